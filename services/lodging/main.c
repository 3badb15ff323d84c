#include "services/lodging/lodging.h"

int main(int argc, char **argv)
{
    return service_run(&lodging_service, argc, argv);
}
