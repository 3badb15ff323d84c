/* machine.h - state machines as data
 *
 * A machine is a table of rows: in this state, this event leads to that state.
 * States and events are small enums of the rules file, from 1; 0 is "not there
 * yet", the state before the first event.  Guards are functions of the rules
 * file, asked before.
 */
#ifndef LIBCOMMON_MACHINE_H
#define LIBCOMMON_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct transition {
    uint8_t from;
    uint8_t event;
    uint8_t to;
};

struct machine {
    const char *name;
    const char *const *states; /* names by number; states[0] is "" */
    size_t state_count;        /* with state 0; at most 63 */
    const char *const *events; /* names by number; events[0] is "" */
    size_t event_count;        /* with event 0 */
    const struct transition *transitions;
    size_t transition_count;
    uint64_t terminal; /* bit n set: state n is final */
};

enum move {
    MOVE_REFUSED, /* no row: the event does not fit the state, or is none */
    MOVE_MADE,
    MOVE_IGNORED, /* the state is final: a late or repeated event is recorded and changes nothing */
};

/* What the event does in the state.  *next is the new state, or the old one unless MOVE_MADE. */
enum move machine_move(const struct machine *machine, unsigned state, unsigned event,
                       unsigned *next);
bool machine_is_terminal(const struct machine *machine, unsigned state);

#endif
