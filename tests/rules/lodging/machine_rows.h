/* machine_rows.h - a machine against the table of domain.md: these moves and no other */
#ifndef TESTS_RULES_LODGING_MACHINE_ROWS_H
#define TESTS_RULES_LODGING_MACHINE_ROWS_H

#include "libcommon/machine.h"
#include "tests/check.h"

struct machine_row {
    unsigned from, event, to;
    const char *sentence;
};

/* Every row is a move of the machine, and every pair without a row is refused, or ignored when the
 * state is final. */
__attribute__((unused)) static void check_rows(const struct machine *machine,
                                               const struct machine_row rows[], size_t count)
{
    size_t moves = 0;
    unsigned next;

    for (size_t i = 0; i < count; i++) {
        enum move move = machine_move(machine, rows[i].from, rows[i].event, &next);

        check(move == MOVE_MADE && next == rows[i].to, "%s", rows[i].sentence);
    }
    for (unsigned state = 0; state < machine->state_count; state++)
        for (unsigned event = 0; event < machine->event_count; event++)
            moves += machine_move(machine, state, event, &next) == MOVE_MADE;
    check_number(moves, count, "%s: these %zu moves are all there are", machine->name, count);
}

/* These states are final, and no other. */
__attribute__((unused)) static void check_final(const struct machine *machine,
                                                const unsigned states[], size_t count)
{
    size_t final = 0;

    for (unsigned state = 0; state < machine->state_count; state++)
        final += machine_is_terminal(machine, state);
    for (size_t i = 0; i < count; i++)
        check(machine_is_terminal(machine, states[i]), "%s: %s is final", machine->name,
              machine->states[states[i]]);
    check_number(final, count, "%s: nothing else is final", machine->name);
}

#endif
