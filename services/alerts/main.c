#include "services/alerts/alerts.h"

int main(int argc, char **argv)
{
    return service_run(&alerts_service, argc, argv);
}
