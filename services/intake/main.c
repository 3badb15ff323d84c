#include "services/intake/intake.h"

int main(int argc, char **argv)
{
    return service_run(&intake_service, argc, argv);
}
