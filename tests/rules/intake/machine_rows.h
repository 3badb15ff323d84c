/* machine_rows.h - a machine against its table in domain.md: these moves and no other */
#ifndef TESTS_RULES_INTAKE_MACHINE_ROWS_H
#define TESTS_RULES_INTAKE_MACHINE_ROWS_H

#include "libcommon/machine.h"
#include "tests/check.h"

struct machine_row {
    unsigned from, event, to;
    const char *sentence;
};

/* Every row is a move, every other pair is refused; in a state of the final set, every event is
 * ignored. */
__attribute__((unused)) static void check_rows(const struct machine *machine,
                                               const struct machine_row rows[], size_t count,
                                               uint64_t final)
{
    size_t wrong = 0;
    unsigned next;

    for (size_t i = 0; i < count; i++)
        check(machine_move(machine, rows[i].from, rows[i].event, &next) == MOVE_MADE &&
                  next == rows[i].to,
              "%s", rows[i].sentence);
    for (unsigned state = 0; state < machine->state_count; state++)
        for (unsigned event = 0; event < machine->event_count; event++) {
            bool is_over = event != 0 && (final >> state & 1) != 0;
            enum move wanted = is_over ? MOVE_IGNORED : MOVE_REFUSED;

            for (size_t i = 0; i < count; i++)
                if (rows[i].from == state && rows[i].event == event)
                    wanted = MOVE_MADE;
            wrong += machine_move(machine, state, event, &next) != wanted;
        }
    check_number(wrong, 0, "%s: any other event is refused, or ignored once it is over",
                 machine->name);
}

#endif
