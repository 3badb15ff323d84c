#include "libcommon/machine.h"

bool machine_is_terminal(const struct machine *machine, unsigned state)
{
    return state < 64 && (machine->terminal >> state & 1) != 0;
}

enum move machine_move(const struct machine *machine, unsigned state, unsigned event,
                       unsigned *next)
{
    *next = state;
    if (event == 0 || event >= machine->event_count)
        return MOVE_REFUSED;
    for (size_t i = 0; i < machine->transition_count; i++) {
        const struct transition *row = &machine->transitions[i];

        if (row->from == state && row->event == event) {
            *next = row->to;
            return MOVE_MADE;
        }
    }
    return machine_is_terminal(machine, state) ? MOVE_IGNORED : MOVE_REFUSED;
}
