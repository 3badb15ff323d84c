#include "services/reporting/reporting.h"

int main(int argc, char **argv)
{
    return service_run(&reporting_service, argc, argv);
}
