/* machines.h - what holds of every state machine: no undeclared state is reached, every declared
 * one is, no final state is left unless the table says so, no row is written twice */
#ifndef TESTS_RULES_MACHINES_H
#define TESTS_RULES_MACHINES_H

#include "libcommon/machine.h"
#include "tests/check.h"

/* Walks 100,000 random events, and the table itself. */
__attribute__((unused)) static void check_machine(const struct machine *machine)
{
    struct chance chance = { .state = UINT64_C(0x5eed0001) };
    uint64_t reached = 1;
    bool grew = true, sound = true;
    unsigned state = 0;

    while (grew) {
        grew = false;
        for (size_t i = 0; i < machine->transition_count; i++) {
            const struct transition *row = &machine->transitions[i];

            if ((reached >> row->from & 1) != 0 && (reached >> row->to & 1) == 0) {
                reached |= UINT64_C(1) << row->to;
                grew = true;
            }
        }
    }
    check(reached == (UINT64_C(1) << machine->state_count) - 1,
          "%s: every declared state is reached and no other", machine->name);
    for (size_t i = 0; i < machine->transition_count; i++)
        for (size_t j = 0; j < i; j++)
            sound &= machine->transitions[i].from != machine->transitions[j].from ||
                     machine->transitions[i].event != machine->transitions[j].event;
    check(sound, "%s: one state and one event lead to one state", machine->name);
    sound = true;
    for (size_t i = 0; i < machine->state_count; i++)
        sound &= machine->states[i] != NULL;
    for (size_t i = 0; i < machine->event_count; i++)
        sound &= machine->events[i] != NULL;
    check(sound, "%s: every state and event has its name", machine->name);
    sound = true;
    for (int i = 0; i < 100000; i++) {
        unsigned event = (unsigned)chance_between(&chance, 0, (int64_t)machine->event_count + 2);
        unsigned next;
        enum move move = machine_move(machine, state, event, &next);

        sound &= next < machine->state_count && (move == MOVE_MADE || next == state);
        state = machine_is_terminal(machine, next) && i % 3 == 0 ? 0 : next;
    }
    check(sound, "%s: 100,000 random events never leave the declared states", machine->name);
}

#endif
