/* The tests' service as a process of its own. */
#include "tests/runtime/ledger.h"

int main(int argc, char **argv)
{
    return service_run(&ledger, argc, argv);
}
