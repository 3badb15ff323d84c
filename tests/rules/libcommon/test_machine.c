/* A state machine moves as its table says, refuses what it does not say, and ends where it ends. */
#include "libcommon/machine.h"
#include "tests/check.h"
#include "tests/rules/machines.h"

enum { NOWHERE, ASKED, GRANTED, CLOSED, CANCELLED };
enum { NO_EVENT, ASK, GRANT, CLOSE, CANCEL, REOPEN };

static const char *const states[] = { "", "asked", "granted", "closed", "cancelled" };
static const char *const events[] = { "", "ask", "grant", "close", "cancel", "reopen" };
/* The last row is past the machine's count. */
static const struct transition transitions[] = {
    { NOWHERE, ASK, ASKED },        { ASKED, GRANT, GRANTED },   { GRANTED, CLOSE, CLOSED },
    { ASKED, CANCEL, CANCELLED },   { GRANTED, GRANT, GRANTED }, { CLOSED, REOPEN, GRANTED },
    { GRANTED, CANCEL, CANCELLED },
};
static const struct machine measure = {
    .name = "a measure, say",
    .states = states,
    .state_count = 5,
    .events = events,
    .event_count = 6,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions - 1,
    .terminal = UINT64_C(1) << CLOSED | UINT64_C(1) << CANCELLED,
};

static void test_moves(void)
{
    static const struct {
        const char *sentence;
        unsigned state, event;
        enum move move;
        unsigned next;
    } cases[] = {
        { "the first event leads to the first state", NOWHERE, ASK, MOVE_MADE, ASKED },
        { "a row moves", ASKED, GRANT, MOVE_MADE, GRANTED },
        { "the same event elsewhere is another row", GRANTED, GRANT, MOVE_MADE, GRANTED },
        { "another event from the same state is another row", ASKED, CANCEL, MOVE_MADE, CANCELLED },
        { "what no row says is refused", ASKED, CLOSE, MOVE_REFUSED, ASKED },
        { "a row past the count is none", GRANTED, CANCEL, MOVE_REFUSED, GRANTED },
        { "before the first event nothing else happens", NOWHERE, CLOSE, MOVE_REFUSED, NOWHERE },
        { "in a final state what comes late is ignored", CANCELLED, GRANT, MOVE_IGNORED,
          CANCELLED },
        { "also the event that led there", CLOSED, CLOSE, MOVE_IGNORED, CLOSED },
        { "a row may leave a final state", CLOSED, REOPEN, MOVE_MADE, GRANTED },
        { "no event is refused", ASKED, NO_EVENT, MOVE_REFUSED, ASKED },
        { "no event is refused in a final state too", CLOSED, NO_EVENT, MOVE_REFUSED, CLOSED },
        { "nor is an event that does not exist ignored", CLOSED, REOPEN + 1, MOVE_REFUSED, CLOSED },
        { "a state that does not exist is left alone", 64, ASK, MOVE_REFUSED, 64 },
    };

    about("moves");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next = 99;
        enum move move = machine_move(&measure, cases[i].state, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].next, "%s", cases[i].sentence);
    }
    check(machine_is_terminal(&measure, CLOSED) && machine_is_terminal(&measure, CANCELLED),
          "final states are final");
    check(!machine_is_terminal(&measure, NOWHERE) && !machine_is_terminal(&measure, ASKED) &&
              !machine_is_terminal(&measure, GRANTED),
          "the others are not");
    check(!machine_is_terminal(&measure, 64) && !machine_is_terminal(&measure, 64 + CLOSED),
          "a state past the sixty-third is none");
}

int main(void)
{
    test_moves();
    about("the properties every machine is checked for");
    check_machine(&measure);
    return checks_done();
}
