#include "services/measures/measures.h"

int main(int argc, char **argv)
{
    return service_run(&measures_service, argc, argv);
}
