/* A vacancy's state derives from its dated facts; its clock starts once, only an extension moves
 * it, and its deadline asks one thing (domain.md 6.6, C-14, S4-27 to S4-32, Q7, Q24). */
#include "services/lodging/rules/vacancy.h"

#include "services/lodging/rules/vacancy_clock.h"
#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/lodging/machine_rows.h"
#include "tests/rules/machines.h"

static struct vacancy_law law;

static const struct machine_row rows[] = {
    { 0, VACANCY_EVENT_ANNOUNCE, VACANCY_ANNOUNCED, "C-13: a vacancy may be announced" },
    { 0, VACANCY_EVENT_OPEN, VACANCY_OPEN, "6.6: a freed place opens a vacancy" },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_OPEN, VACANCY_OPEN,
      "C-14: announced, it is open when the place is free" },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT,
      "C-13: candidatures may be sent in advance" },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED, "C-14: announced, cancelled" },
    { VACANCY_OPEN, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT, "6.6: one is sent" },
    { VACANCY_OPEN, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST, "S4-31: none in time, lost" },
    { VACANCY_OPEN, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED, "C-14: open, cancelled" },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_ONE_IS_RETAINED, VACANCY_RETAINED,
      "6.6: the manager accepts" },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_NONE_IS_LEFT, VACANCY_OPEN,
      "6.6: the manager refuses the last one" },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_NONE_IS_LEFT_BEFORE_FREE, VACANCY_ANNOUNCED,
      "C-13: the same before the place is free" },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST,
      "C-14: the last pending one fails after the deadline" },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED, "C-14: sent, cancelled" },
    { VACANCY_RETAINED, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT,
      "C-14: the retained one withdraws, another is pending" },
    { VACANCY_RETAINED, VACANCY_EVENT_NONE_IS_LEFT, VACANCY_OPEN,
      "S4-28: the retained one withdraws" },
    { VACANCY_RETAINED, VACANCY_EVENT_NONE_IS_LEFT_BEFORE_FREE, VACANCY_ANNOUNCED,
      "S4-28: the same before the place is free" },
    { VACANCY_RETAINED, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST,
      "C-14: the retained one withdraws after the deadline" },
    { VACANCY_RETAINED, VACANCY_EVENT_SIGN_TITLE, VACANCY_FILLED, "6.6: the title is signed" },
    { VACANCY_RETAINED, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED, "C-14: retained, cancelled" },
    { VACANCY_LOST, VACANCY_EVENT_RETURN, VACANCY_RETURNED, "C-14: lost, given back" },
};

static void test_machine(void)
{
    static const unsigned final[] = { VACANCY_FILLED, VACANCY_RETURNED, VACANCY_CANCELLED };

    about("the machine");
    check_machine(&vacancy_machine);
    check_rows(&vacancy_machine, rows, sizeof rows / sizeof *rows);
    check_final(&vacancy_machine, final, 3);
    check_number(vacancy_machine.state_count, VACANCY_STATES, "every state has a name");
    check_number(vacancy_machine.event_count, VACANCY_EVENTS, "every event has a name");
    check_text(vacancy_machine.states[VACANCY_RETURNED], "RETURNED", "states are named");
    check_text(vacancy_machine.events[VACANCY_EVENT_CANCEL], "CANCEL", "and so are events");
}

/* --- facts, in Paris time --------------------------------------------------------------------- */

static struct vacancy_fact announced(struct date day)
{
    return (struct vacancy_fact){ .at_ms = instant_of(day, 9, 0), .kind = FACT_PLACE_ANNOUNCED };
}

static struct vacancy_fact notified(struct date day)
{
    int64_t at = instant_of(day, 10, 0);

    return (struct vacancy_fact){ .at_ms = at,
                                  .kind = FACT_PLACE_NOTIFIED,
                                  .freed_on = day,
                                  .last_day = vacancy_last_day(at, day, &law) };
}

static struct vacancy_fact about_one(enum vacancy_fact_kind kind, int32_t candidature, int64_t at)
{
    return (struct vacancy_fact){ .at_ms = at, .kind = kind, .candidature = candidature };
}

static struct vacancy_fact extended(struct date new_last_day, int64_t at)
{
    return (struct vacancy_fact){ .at_ms = at,
                                  .kind = FACT_DEADLINE_EXTENDED,
                                  .last_day = new_last_day,
                                  .most = DATE(2026, 12, 31),
                                  .has_author = true,
                                  .has_reason = true };
}

static struct vacancy_fact cancelled(int64_t at)
{
    return (struct vacancy_fact){ .at_ms = at, .kind = FACT_VACANCY_CANCELLED, .has_reason = true };
}

/* Notified on Friday 20 March 2026; the clocks change on the 29th; the last day is the 28th. */
static int64_t on(uint8_t month, uint8_t day, int hour)
{
    return instant_of(DATE(2026, month, day), hour, 0);
}

#define state_at(facts, at, wanted, ...)                                                           \
    check_text(                                                                                    \
        vacancy_machine.states[vacancy_at(facts, sizeof(facts) / sizeof *(facts), at).state],      \
        vacancy_machine.states[wanted], __VA_ARGS__)

static void test_loss(void)
{
    const struct vacancy_fact nothing[] = { notified(DATE(2026, 3, 20)) };
    int64_t deadline = end_of_day(DATE(2026, 3, 28));
    struct vacancy vacancy;

    about("nobody is sent");
    state_at(nothing, nothing[0].at_ms - 1, 0, "a millisecond before the notification: nothing");
    state_at(nothing, nothing[0].at_ms, VACANCY_OPEN, "S4-27: open from the notification");
    state_at(nothing, deadline - 1, VACANCY_OPEN,
             "S4-27: open until the last millisecond of day 8");
    state_at(nothing, deadline, VACANCY_LOST, "S4-31: lost at 24:00 of day 8");
    vacancy = vacancy_at(nothing, 1, deadline + HOUR_MS);
    check_number(vacancy.lost_at_ms, deadline, "S4-31: the loss bears the deadline's instant");
    check_number(vacancy.since_ms, deadline, "S4-31: and so does the state");
    check_date(vacancy.last_day, DATE(2026, 3, 28), "F4-6: the last day is 28 March 2026");
    vacancy = vacancy_at(nothing, 1, deadline - 1);
    check_number(vacancy.lost_at_ms, 0, "S4-31: nothing is lost before");
    check_number(vacancy.since_ms, nothing[0].at_ms, "open since the notification");
    check_number(vacancy.first_sent_ms, 0, "2.6: no first candidature");
}

static void test_sending(void)
{
    int64_t deadline = end_of_day(DATE(2026, 3, 28));
    const struct vacancy_fact late[] = { notified(DATE(2026, 3, 20)),
                                         about_one(FACT_CANDIDATURE_SENT, 0, deadline) };
    const struct vacancy_fact in_time[] = { notified(DATE(2026, 3, 20)),
                                            about_one(FACT_CANDIDATURE_SENT, 0, deadline - 1),
                                            about_one(FACT_CANDIDATURE_REFUSED, 0, on(4, 2, 11)) };
    struct vacancy vacancy;

    about("sent in time or too late");
    state_at(late, deadline, VACANCY_LOST, "S4-27: sent at 00:00 of day 9 is too late");
    state_at(in_time, deadline, VACANCY_CANDIDATES_SENT,
             "Q24: sent in the last millisecond, it is pending at the deadline: not lost");
    state_at(in_time, on(4, 2, 11) - 1, VACANCY_CANDIDATES_SENT,
             "Q24: nor five days later, while it waits");
    state_at(in_time, on(4, 2, 11), VACANCY_LOST,
             "C-14: refused after the deadline, none other pending: lost at that moment");
    vacancy = vacancy_at(in_time, 3, on(4, 30, 0));
    check_number(vacancy.lost_at_ms, on(4, 2, 11), "C-14: the loss bears the refusal's instant");
    check_number(vacancy.since_ms, on(4, 2, 11), "C-14: and so does the state");
    check_number(vacancy.first_sent_ms, deadline - 1, "2.6: the first candidature's instant stays");
    check_number(vacancy.refusals, 1, "2.6: one refusal is counted");
    check_number(vacancy.withdrawals, 0, "2.6: and no withdrawal");
}

static void test_failures_never_reset(void)
{
    const struct vacancy_fact facts[] = {
        notified(DATE(2026, 10, 20)),
        about_one(FACT_CANDIDATURE_SENT, 0, on(10, 21, 9)),
        about_one(FACT_CANDIDATURE_REFUSED, 0, on(10, 24, 9)),
        about_one(FACT_CANDIDATURE_SENT, 1, on(10, 25, 9)),
        about_one(FACT_CANDIDATURE_RETAINED, 1, on(10, 26, 9)),
        about_one(FACT_CANDIDATURE_WITHDRAWN, 1, on(10, 27, 9)),
        about_one(FACT_CANDIDATURE_SENT, 2, on(10, 28, 9)),
        about_one(FACT_CANDIDATURE_EXPIRED, 2, on(10, 28, 20)),
    };
    int64_t deadline = end_of_day(DATE(2026, 10, 28));
    struct vacancy vacancy;

    about("refused, withdrawn, unanswered over the October change");
    state_at(facts, on(10, 21, 9), VACANCY_CANDIDATES_SENT, "6.6: a candidature is pending");
    state_at(facts, on(10, 24, 9), VACANCY_OPEN, "6.6: the manager refuses: open again");
    state_at(facts, on(10, 25, 9), VACANCY_CANDIDATES_SENT, "S4-30: another is proposed");
    state_at(facts, on(10, 26, 9), VACANCY_RETAINED, "6.6: the manager accepts");
    state_at(facts, on(10, 27, 9), VACANCY_OPEN, "S4-28: the candidate withdraws: open again");
    state_at(facts, on(10, 28, 9), VACANCY_CANDIDATES_SENT, "S4-30: a third, on the last day");
    state_at(facts, on(10, 28, 20), VACANCY_OPEN, "C-14: it expires: open, four hours left");
    state_at(facts, deadline - 1, VACANCY_OPEN, "S4-30: the deadline has not moved");
    state_at(facts, deadline, VACANCY_LOST, "S4-30: lost at the deadline of the first day");
    for (size_t count = 1; count <= sizeof facts / sizeof *facts; count++) {
        vacancy = vacancy_at(facts, count, facts[count - 1].at_ms);
        check_date(vacancy.last_day, DATE(2026, 10, 28), "S4-30: after %zu facts, still 28 October",
                   count);
    }
    check_number(vacancy.deadline_ms, on(10, 28, 23) + HOUR_MS,
                 "Q7: 24:00 in winter time, nine days of which one has 25 hours");
    check_number(vacancy.refusals, 1, "2.6: one refusal");
    check_number(vacancy.withdrawals, 1, "2.6: one withdrawal; no answer is neither");
    check_number(vacancy.first_sent_ms, on(10, 21, 9), "2.6: first candidature on 21 October");
}

static void test_several(void)
{
    const struct vacancy_fact facts[] = {
        notified(DATE(2026, 3, 20)),
        about_one(FACT_CANDIDATURE_SENT, 0, on(3, 21, 9)),
        about_one(FACT_CANDIDATURE_SENT, 63, on(3, 21, 10)),
        about_one(FACT_CANDIDATURE_RETAINED, 0, on(3, 23, 9)),
        about_one(FACT_CANDIDATURE_RETAINED, 63, on(3, 24, 9)), /* does not fit: one is retained */
        about_one(FACT_CANDIDATURE_WITHDRAWN, 0, on(3, 30, 9)),
        about_one(FACT_CANDIDATURE_SENT, 1, on(3, 30, 10)), /* does not fit: too late */
        about_one(FACT_CANDIDATURE_RETAINED, 63, on(3, 31, 9)),
        about_one(FACT_TITLE_SIGNED, 0, on(4, 1, 9)), /* does not fit: withdrawn */
        about_one(FACT_TITLE_SIGNED, 63, on(4, 2, 9)),
        about_one(FACT_CANDIDATURE_REFUSED, 63, on(4, 3, 9)), /* late: recorded, ignored */
    };
    struct vacancy vacancy;

    about("several candidatures");
    state_at(facts, on(3, 24, 9), VACANCY_RETAINED, "C-14: one is retained, one is pending");
    state_at(facts, on(3, 29, 12), VACANCY_RETAINED, "C-14: past the deadline, it is not lost");
    state_at(facts, on(3, 30, 9), VACANCY_CANDIDATES_SENT,
             "C-14: the retained one withdraws after the deadline, but another is pending");
    vacancy = vacancy_at(facts, 11, on(3, 21, 10));
    check_number(vacancy.since_ms, on(3, 21, 9),
                 "C-14: a second one changes no state: since the first");
    check(vacancy.deadline_ms == end_of_day(DATE(2026, 3, 28)), "S4-30: and no deadline");
    vacancy = vacancy_at(facts, 11, on(3, 30, 10));
    check(vacancy.sent == (UINT64_C(1) | UINT64_C(1) << 63),
          "S4-27: none is sent after the deadline");
    state_at(facts, on(3, 31, 9), VACANCY_RETAINED, "C-14: which is retained in turn");
    state_at(facts, on(4, 1, 9), VACANCY_RETAINED, "6.6: one who withdrew signs nothing");
    state_at(facts, on(4, 2, 9), VACANCY_FILLED, "6.6: its title is signed: filled");
    vacancy = vacancy_at(facts, 11, on(5, 1, 0));
    check_number(vacancy.state, VACANCY_FILLED, "a late refusal changes nothing");
    check_number(vacancy.refusals, 0, "and is not counted");
    check_number(vacancy.since_ms, on(4, 2, 9), "filled since the signature");
    check_number(vacancy.lost_at_ms, 0, "never lost");
    check(vacancy.pending == 0, "nobody is pending on a filled vacancy");
    check(vacancy.retained == UINT64_C(1) << 63, "the household housed stays known");
}

static void test_extension(void)
{
    int64_t deadline = end_of_day(DATE(2026, 3, 28)), new_deadline = end_of_day(DATE(2026, 4, 3));
    const struct vacancy_fact facts[] = { notified(DATE(2026, 3, 20)),
                                          extended(DATE(2026, 4, 3), deadline - 1),
                                          about_one(FACT_CANDIDATURE_SENT, 4, deadline + 1),
                                          about_one(FACT_CANDIDATURE_REFUSED, 4, on(4, 1, 9)) };
    const struct vacancy_fact too_late[] = { notified(DATE(2026, 3, 20)),
                                             extended(DATE(2026, 4, 3), deadline) };
    const struct vacancy_fact pending[] = { notified(DATE(2026, 3, 20)),
                                            about_one(FACT_CANDIDATURE_SENT, 4, on(3, 21, 9)),
                                            extended(DATE(2026, 4, 3), on(3, 30, 9)),
                                            about_one(FACT_CANDIDATURE_REFUSED, 4, on(3, 31, 9)) };
    const struct vacancy_fact retained[] = {
        notified(DATE(2026, 3, 20)),
        about_one(FACT_CANDIDATURE_SENT, 4, on(3, 21, 9)),
        about_one(FACT_CANDIDATURE_RETAINED, 4, on(3, 22, 9)),
        extended(DATE(2026, 4, 3), on(3, 30, 9)),
        about_one(FACT_CANDIDATURE_WITHDRAWN, 4, on(3, 31, 9)),
    };

    about("an extension");
    state_at(facts, deadline, VACANCY_OPEN, "S4-32: extended in the last millisecond, still open");
    state_at(facts, deadline + 1, VACANCY_CANDIDATES_SENT, "S4-32: one is sent in the new time");
    state_at(facts, on(4, 1, 9), VACANCY_OPEN, "S4-30: its refusal does not reset the new one");
    state_at(facts, new_deadline - 1, VACANCY_OPEN, "S4-32: open until 24:00 of 3 April");
    state_at(facts, new_deadline, VACANCY_LOST, "S4-32: lost then");
    check_number(vacancy_at(facts, 4, new_deadline).extensions, 1, "one extension is counted");
    state_at(too_late, deadline, VACANCY_LOST, "S4-32: at the deadline it is too late to extend");
    state_at(pending, on(3, 31, 9), VACANCY_OPEN,
             "C-14: extended after the deadline while one was pending, its refusal loses nothing");
    state_at(pending, new_deadline, VACANCY_LOST, "S4-32: until the new deadline");
    state_at(retained, on(3, 31, 9), VACANCY_OPEN, "C-14: the same while one was retained");
}

static void test_advance(void)
{
    const struct vacancy_fact facts[] = {
        announced(DATE(2026, 3, 1)),
        about_one(FACT_CANDIDATURE_SENT, 0, on(3, 2, 9)),
        about_one(FACT_CANDIDATURE_REFUSED, 0, on(3, 3, 9)),
        about_one(FACT_CANDIDATURE_SENT, 1, on(3, 4, 9)),
        about_one(FACT_CANDIDATURE_RETAINED, 1, on(3, 5, 9)),
        about_one(FACT_CANDIDATURE_WITHDRAWN, 1, on(3, 6, 9)),
        about_one(FACT_CANDIDATURE_SENT, 2, on(3, 7, 9)),
        about_one(FACT_CANDIDATURE_RETAINED, 2, on(3, 8, 9)),
        about_one(FACT_TITLE_SIGNED, 2, on(3, 9, 9)), /* does not fit: the place is not free */
        notified(DATE(2026, 3, 20)),
        about_one(FACT_TITLE_SIGNED, 2, on(3, 21, 9)),
    };
    const struct vacancy_fact alone[] = { announced(DATE(2026, 3, 1)),
                                          notified(DATE(2026, 3, 20)) };
    struct vacancy vacancy;

    about("announced in advance");
    state_at(facts, on(3, 1, 9), VACANCY_ANNOUNCED, "C-13: announced during the notice");
    state_at(facts, on(3, 2, 9), VACANCY_CANDIDATES_SENT, "C-13: a candidature is sent in advance");
    state_at(facts, on(3, 3, 9), VACANCY_ANNOUNCED, "C-13: refused: announced again");
    state_at(facts, on(3, 5, 9), VACANCY_RETAINED, "C-13: another is retained");
    state_at(facts, on(3, 6, 9), VACANCY_ANNOUNCED, "C-13: who withdraws: announced again");
    state_at(facts, on(3, 9, 9), VACANCY_RETAINED, "C-14: no title before the place is free");
    vacancy = vacancy_at(facts, 11, on(3, 20, 9));
    check(!date_is_set(vacancy.last_day), "S4-27: no clock runs before the notification");
    vacancy = vacancy_at(facts, 11, on(3, 20, 10));
    check_number(vacancy.state, VACANCY_RETAINED, "C-14: notified: still retained");
    check_date(vacancy.last_day, DATE(2026, 3, 28), "S4-27: and the clock runs");
    state_at(facts, on(3, 21, 9), VACANCY_FILLED, "6.6: the title is signed");
    state_at(alone, on(3, 20, 10), VACANCY_OPEN, "C-14: announced, it is open when it is free");
    state_at(alone, end_of_day(DATE(2026, 3, 28)), VACANCY_LOST, "S4-31: and lost at its deadline");
    state_at(alone, on(3, 20, 9), VACANCY_ANNOUNCED, "C-14: an announcement is never lost");
}

static void test_return(void)
{
    const struct vacancy_fact facts[] = {
        notified(DATE(2026, 12, 22)),
        about_one(FACT_PLACE_RETURNED, 0, instant_of(DATE(2026, 12, 30), 23, 59)), /* not lost */
        about_one(FACT_PLACE_RETURNED, 0, instant_of(DATE(2027, 1, 4), 9, 0)),
        cancelled(instant_of(DATE(2027, 1, 5), 9, 0)),
    };
    const struct vacancy_fact next[] = { notified(DATE(2027, 1, 4)) };
    struct vacancy vacancy = vacancy_at(facts, 4, start_of_day(DATE(2027, 2, 1)));

    about("given back after the loss");
    state_at(facts, instant_of(DATE(2026, 12, 30), 23, 59), VACANCY_OPEN,
             "C-14: nothing is given back before the loss");
    state_at(facts, end_of_day(DATE(2026, 12, 30)), VACANCY_LOST, "S4-31: lost on 31 December");
    check_number(vacancy.state, VACANCY_RETURNED, "C-14: LOST to RETURNED, and no further");
    check_number(vacancy.since_ms, facts[2].at_ms, "C-14: since the manager gave it back");
    check_number(vacancy.lost_at_ms, end_of_day(DATE(2026, 12, 30)),
                 "S4-31: the loss stays counted");
    check_date(vacancy_at(next, 1, facts[2].at_ms + 2 * HOUR_MS).last_day, DATE(2027, 1, 12),
               "C-14: the vacancy that follows has a new clock: 12 January 2027");
}

static void test_cancelling(void)
{
    const struct vacancy_fact facts[] = { notified(DATE(2026, 3, 20)),
                                          about_one(FACT_CANDIDATURE_SENT, 0, on(3, 21, 9)),
                                          about_one(FACT_CANDIDATURE_SENT, 1, on(3, 21, 9)),
                                          about_one(FACT_CANDIDATURE_RETAINED, 0, on(3, 22, 9)),
                                          cancelled(on(3, 23, 9)) };
    struct vacancy vacancy = vacancy_at(facts, 5, on(4, 30, 9));

    about("cancelled");
    check_number(vacancy.state, VACANCY_CANCELLED, "C-14: cancelled, and never lost after");
    check(vacancy.pending == 0 && vacancy.retained == 0, "C-14: nobody waits on it");
    state_at(facts, on(3, 23, 9) - 1, VACANCY_RETAINED, "C-14: not before");
}

static bool is_same(const struct vacancy *a, const struct vacancy *b)
{
    return a->state == b->state && a->since_ms == b->since_ms &&
           a->is_place_free == b->is_place_free && a->sent == b->sent && a->pending == b->pending &&
           a->retained == b->retained && date_is_same(a->last_day, b->last_day) &&
           a->deadline_ms == b->deadline_ms && a->lost_at_ms == b->lost_at_ms &&
           a->first_sent_ms == b->first_sent_ms && a->extensions == b->extensions &&
           a->refusals == b->refusals && a->withdrawals == b->withdrawals;
}

/* --- refusals --------------------------------------------------------------------------------- */

static const struct refusal *refused(const struct vacancy_fact facts[], size_t count,
                                     struct vacancy_fact fact)
{
    struct vacancy vacancy = vacancy_at(facts, count, fact.at_ms - 1);
    struct vacancy after = vacancy_with(vacancy, &fact);
    const struct refusal *refusal = vacancy_accepts(&vacancy, &fact);
    struct vacancy until = vacancy_until(vacancy, fact.at_ms);

    if (refusal != ACCEPTED)
        holds_or_report(is_same(&after, &until), "a fact that does not fit changes nothing (%s)",
                        refusal->code);
    return refusal;
}

static void test_refusals(void)
{
    const struct vacancy_fact none[] = { announced(DATE(2026, 3, 1)) };
    const struct vacancy_fact open[] = { notified(DATE(2026, 3, 20)),
                                         about_one(FACT_CANDIDATURE_SENT, 3, on(3, 21, 9)),
                                         about_one(FACT_CANDIDATURE_SENT, 5, on(3, 21, 9)),
                                         about_one(FACT_CANDIDATURE_RETAINED, 3, on(3, 22, 9)),
                                         about_one(FACT_TITLE_SIGNED, 3, on(3, 26, 9)) };
    struct vacancy_fact fact = notified(DATE(2026, 3, 20));
    int64_t at = on(3, 23, 9);

    about("what does not fit");
    fact.freed_on = DATE_NONE;
    check(refused(none, 0, fact) == &VACANCY_WITHOUT_FREEING_DATE, "Q7: freed on no day");
    fact = notified(DATE(2026, 3, 20));
    fact.last_day = DATE_NONE;
    check(refused(none, 0, fact) == &VACANCY_LAST_DAY_PAST, "S4-27: with no last day");
    fact.last_day = DATE(2026, 3, 19);
    check(refused(none, 0, fact) == &VACANCY_LAST_DAY_PAST, "S4-27: with one that is over");
    fact.last_day = DATE(2026, 3, 20);
    check(refused(none, 0, fact) == ACCEPTED, "S4-27: with one that ends tonight");
    check(refused(none, 0, notified(DATE(2026, 3, 20))) == ACCEPTED, "6.6: a new vacancy opens");
    check(refused(none, 1, notified(DATE(2026, 3, 20))) == ACCEPTED, "C-14: an announced one too");
    check(refused(none, 1, announced(DATE(2026, 3, 2))) == &VACANCY_ALREADY_OPEN,
          "C-14: announced twice");
    check(refused(open, 1, notified(DATE(2026, 3, 21))) == &VACANCY_ALREADY_OPEN,
          "C-14: notified twice: the clock starts once");
    check(refused(open, 5, notified(DATE(2026, 3, 27))) == &VACANCY_NOT_OPEN,
          "C-14: notified after it was filled");
    check(refused(none, 0, about_one(FACT_CANDIDATURE_SENT, 0, at)) == &VACANCY_UNKNOWN,
          "6.6: sent to no vacancy");
    check(refused(none, 0, cancelled(at)) == &VACANCY_UNKNOWN, "6.6: no vacancy is cancelled");
    check(refused(open, 1, about_one(FACT_CANDIDATURE_SENT, 64, at)) ==
              &VACANCY_HAS_TOO_MANY_CANDIDATURES,
          "the 65th candidature");
    check(refused(open, 1, about_one(FACT_CANDIDATURE_SENT, 63, at)) == ACCEPTED, "not the 64th");
    check(refused(open, 1, about_one(FACT_CANDIDATURE_SENT, 0, at)) == ACCEPTED, "nor the first");
    check(refused(open, 1, about_one(FACT_CANDIDATURE_SENT, -1, at)) ==
              &VACANCY_HAS_TOO_MANY_CANDIDATURES,
          "a candidature numbered below 0");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_SENT, 5, at)) ==
              &VACANCY_CANDIDATURE_ALREADY_SENT,
          "6.6: sent twice");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_SENT, 6, on(3, 29, 0))) ==
              &VACANCY_DEADLINE_PASSED,
          "S4-27: sent after the deadline while another is pending");
    check(refused(open, 1, about_one(FACT_CANDIDATURE_SENT, 6, on(3, 29, 0))) == &VACANCY_NOT_OPEN,
          "S4-31: sent to a lost vacancy");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_RETAINED, 4, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: retained without having been sent");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_RETAINED, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: retained beyond all numbers");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_RETAINED, -1, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: retained below all numbers");
    check(refused(open, 4, about_one(FACT_CANDIDATURE_RETAINED, 5, at)) ==
              &VACANCY_ALREADY_RETAINED,
          "C-14: a second one retained");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_REFUSED, 4, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: refused without having been sent");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_WITHDRAWN, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: withdrawn beyond all numbers");
    check(refused(open, 3, about_one(FACT_CANDIDATURE_EXPIRED, -1, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: expired below all numbers");
    check(refused(open, 4, about_one(FACT_CANDIDATURE_EXPIRED, 3, at)) == ACCEPTED,
          "A-68: a retained candidate may not answer");
    check(refused(open, 4, about_one(FACT_CANDIDATURE_EXPIRED, 5, at)) == ACCEPTED,
          "A-68: a pending one too");
    check(refused(open, 4, about_one(FACT_TITLE_SIGNED, 5, at)) ==
              &VACANCY_CANDIDATURE_NOT_RETAINED,
          "6.6: a title for one not retained");
    check(refused(open, 4, about_one(FACT_TITLE_SIGNED, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_RETAINED,
          "6.6: a title beyond all numbers");
    check(refused(open, 4, about_one(FACT_TITLE_SIGNED, -1, at)) ==
              &VACANCY_CANDIDATURE_NOT_RETAINED,
          "6.6: a title below all numbers");
    check(refused(open, 5, about_one(FACT_TITLE_SIGNED, 3, on(3, 27, 9))) == &VACANCY_NOT_OPEN,
          "6.6: a title for a filled vacancy");
    check(refused(open, 1, about_one(FACT_PLACE_RETURNED, 0, at)) == &VACANCY_NOT_LOST,
          "C-14: an open place is not given back");
    check(refused(none, 0, about_one(FACT_PLACE_RETURNED, 0, at)) == &VACANCY_NOT_LOST,
          "C-14: nor one without vacancy");
    check(refused(open, 1, about_one(FACT_PLACE_RETURNED, 0, on(3, 29, 0))) == ACCEPTED,
          "C-14: a lost one is");
    fact = cancelled(at);
    fact.has_reason = false;
    check(refused(open, 1, fact) == &VACANCY_CANCELLED_WITHOUT_REASON,
          "C-14: cancelled for nothing");
    check(refused(open, 1, cancelled(at)) == ACCEPTED, "C-14: cancelled with a reason");
    check(refused(open, 1, about_one(99, 0, at)) == &VACANCY_NOT_OPEN, "a fact nobody knows");
}

static void test_numbers(void)
{
    const struct vacancy_fact first[] = { notified(DATE(2026, 3, 20)),
                                          about_one(FACT_CANDIDATURE_SENT, 0, on(3, 21, 9)),
                                          about_one(FACT_CANDIDATURE_RETAINED, 0, on(3, 22, 9)) };
    int64_t at = on(3, 23, 9);

    about("a candidature numbered 64 is not the one numbered 0");
    check(refused(first, 2, about_one(FACT_CANDIDATURE_RETAINED, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: it is not retained in its stead");
    check(refused(first, 2, about_one(FACT_CANDIDATURE_REFUSED, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_PENDING,
          "6.6: nor refused");
    check(refused(first, 3, about_one(FACT_TITLE_SIGNED, 64, at)) ==
              &VACANCY_CANDIDATURE_NOT_RETAINED,
          "6.6: nor does it sign");
    check(refused(first, 3, about_one(FACT_TITLE_SIGNED, 0, at)) == ACCEPTED, "6.6: that one does");
}

static void test_extension_refusals(void)
{
    const struct vacancy_fact none[] = { announced(DATE(2026, 3, 1)),
                                         about_one(FACT_CANDIDATURE_SENT, 1, on(3, 2, 9)),
                                         about_one(FACT_CANDIDATURE_RETAINED, 1, on(3, 3, 9)) };
    const struct vacancy_fact open[] = { notified(DATE(2026, 3, 20)),
                                         about_one(FACT_CANDIDATURE_SENT, 3, on(3, 21, 9)) };
    struct vacancy_fact fact = extended(DATE(2026, 4, 1), on(3, 23, 9));

    about("extensions that do not fit");
    check(refused(open, 1, fact) == ACCEPTED, "S4-32: with author, reason and a later day it fits");
    fact.has_author = false;
    check(refused(open, 1, fact) == &VACANCY_EXTENSION_WITHOUT_AUTHOR, "S4-32: by nobody");
    fact.has_author = true;
    fact.has_reason = false;
    check(refused(open, 1, fact) == &VACANCY_EXTENSION_WITHOUT_REASON, "S4-32: for nothing");
    check(refused(open, 1, extended(DATE(2026, 3, 28), on(3, 23, 9))) ==
              &VACANCY_EXTENSION_NOT_LATER,
          "S4-32: to the present last day");
    check(refused(open, 1, extended(DATE(2026, 3, 29), on(3, 23, 9))) == ACCEPTED,
          "S4-32: to the day after it");
    check(refused(open, 1, extended(DATE_NONE, on(3, 23, 9))) == &VACANCY_EXTENSION_NOT_LATER,
          "S4-32: to no day");
    check(refused(open, 2, extended(DATE(2026, 4, 1), end_of_day(DATE(2026, 4, 1)))) ==
              &VACANCY_EXTENSION_NOT_LATER,
          "S4-32: to a day that is over, while one is pending");
    check(refused(open, 2, extended(DATE(2026, 4, 1), end_of_day(DATE(2026, 4, 1)) - 1)) ==
              ACCEPTED,
          "S4-32: to the last millisecond of a day");
    fact = extended(DATE(2026, 4, 28), on(3, 23, 9));
    fact.most = vacancy_extension_most(DATE(2026, 3, 28), &law);
    check(refused(open, 1, fact) == &VACANCY_EXTENSION_TOO_LONG,
          "S4-32: to a day more than thirty days past the ordinary last one");
    fact.last_day = DATE(2026, 4, 27);
    check(refused(open, 1, fact) == ACCEPTED, "S4-32: the thirtieth is the last");
    check(refused(none, 1, fact) == &VACANCY_CLOCK_NOT_STARTED, "C-14: before the place is free");
    check(refused(none, 2, fact) == &VACANCY_CLOCK_NOT_STARTED, "C-14: with one pending too");
    check(refused(none, 3, fact) == &VACANCY_CLOCK_NOT_STARTED, "C-14: with one retained too");
}

/* --- any history ------------------------------------------------------------------------------ */

static bool is_row(enum vacancy_state from, enum vacancy_state to)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].from == from && rows[i].to == to)
            return true;
    return from == to;
}

static struct vacancy_fact any_fact(struct chance *chance, int64_t at)
{
    struct vacancy_fact fact = {
        .at_ms = at,
        .kind = (enum vacancy_fact_kind)chance_between(chance, 1, 12),
        .candidature = (int32_t)chance_between(chance, -1, 6),
        .freed_on = DATE(2026, 10, 15),
        .last_day = date_add_days(DATE(2026, 10, 15), (int32_t)chance_between(chance, 0, 40)),
        .most = DATE(2026, 12, 31),
        .has_author = true,
        .has_reason = true,
    };

    if (fact.kind == 12 || (fact.kind >= FACT_TITLE_SIGNED && chance_between(chance, 0, 3) > 0))
        fact.kind = FACT_CANDIDATURE_SENT;
    return fact;
}

static void test_any_history(void)
{
    const uint64_t seed = UINT64_C(0x5eed0f7ace);
    struct chance chance = { .state = seed };
    int64_t reached[VACANCY_STATES] = { 0 };

    about("20,000 histories of 14 random facts over the October change, seed %#" PRIx64, seed);
    for (int run = 0; run < 20000; run++) {
        struct vacancy_fact facts[14];
        struct vacancy now = { 0 };
        int64_t at = instant_of(DATE(2026, 10, 15), 9, 0);

        for (int i = 0; i < 14; i++) {
            struct vacancy before;

            at += chance_between(&chance, 0, 60) * HOUR_MS;
            facts[i] = any_fact(&chance, at);
            if (i == 0)
                facts[i].kind = run % 2 == 0 ? FACT_PLACE_ANNOUNCED : FACT_PLACE_NOTIFIED;
            before = vacancy_until(now, at);
            holds_or_report(is_row(now.state, before.state), "C-14: the clock moves along a row");
            now = vacancy_with(before, &facts[i]);
            holds_or_report(is_row(before.state, now.state), "C-14: a fact moves along a row");
            holds_or_report((now.retained & (now.retained - 1)) == 0, "C-14: one retained at most");
            holds_or_report((now.pending & now.retained) == 0 &&
                                ((now.pending | now.retained) & ~now.sent) == 0,
                            "C-14: pending and retained were sent, and differ");
            holds_or_report(facts[i].kind == FACT_DEADLINE_EXTENDED ||
                                facts[i].kind == FACT_PLACE_NOTIFIED ||
                                now.deadline_ms == before.deadline_ms,
                            "S4-30: nothing but a notification or an extension moves the deadline");
            holds_or_report(now.state != VACANCY_OPEN || at < now.deadline_ms,
                            "S4-31: no vacancy is open past its deadline");
            holds_or_report(now.state != VACANCY_LOST || now.lost_at_ms >= now.deadline_ms,
                            "S4-31: none is lost before it");
            reached[now.state]++;
        }
        struct vacancy replayed = vacancy_at(facts, 14, at);

        holds_or_report(is_same(&replayed, &now), "C-14: a replay gives what the steps gave");
    }
    for (int state = 1; state < VACANCY_STATES; state++)
        check(reached[state] > 50, "%s is reached (%" PRId64 " times)",
              vacancy_machine.states[state], reached[state]);
}

int main(void)
{
    law_on(vacancy_law, DATE(2026, 11, 23), &law);
    test_machine();
    test_loss();
    test_sending();
    test_failures_never_reset();
    test_several();
    test_extension();
    test_advance();
    test_return();
    test_cancelling();
    test_refusals();
    test_numbers();
    test_extension_refusals();
    test_any_history();
    return checks_done();
}
