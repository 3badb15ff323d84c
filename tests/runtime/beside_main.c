/* The ledger that follows the first, as a process of its own. */
#include "tests/runtime/ledger.h"

int main(int argc, char **argv)
{
    return service_run(&ledger_beside, argc, argv);
}
