/* A protocol of social cohesion runs two years, five at most, and a new lease follows within three
 * months when it is respected (domain.md EV-11, A-93). */
#include "services/lodging/rules/social_cohesion_protocol.h"

#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static struct protocol_law law;

static void machine(void)
{
    static const struct {
        const char *sentence;
        unsigned from, event, to;
    } moves[] = {
        { "proposed", 0, PROTOCOL_PROPOSE, PROTOCOL_PROPOSED },
        { "signed, it runs", PROTOCOL_PROPOSED, PROTOCOL_SIGN, PROTOCOL_RUNNING },
        { "never signed", PROTOCOL_PROPOSED, PROTOCOL_DROP, PROTOCOL_DROPPED },
        { "extended, it runs on", PROTOCOL_RUNNING, PROTOCOL_EXTEND, PROTOCOL_RUNNING },
        { "EV-11: not respected, the eviction resumes", PROTOCOL_RUNNING, PROTOCOL_BREAK,
          PROTOCOL_BROKEN },
        { "EV-11: respected to its end", PROTOCOL_RUNNING, PROTOCOL_REACH_END, PROTOCOL_RESPECTED },
        { "the household leaves", PROTOCOL_RUNNING, PROTOCOL_DROP, PROTOCOL_DROPPED },
        { "EV-11: a new lease", PROTOCOL_RESPECTED, PROTOCOL_LEASE, PROTOCOL_LEASED },
        { "the household leaves before the lease", PROTOCOL_RESPECTED, PROTOCOL_DROP,
          PROTOCOL_DROPPED },
        { "no lease before the end", PROTOCOL_RUNNING, PROTOCOL_LEASE, PROTOCOL_RUNNING },
        { "not broken once respected", PROTOCOL_RESPECTED, PROTOCOL_BREAK, PROTOCOL_RESPECTED },
        { "nothing after it is broken", PROTOCOL_BROKEN, PROTOCOL_EXTEND, PROTOCOL_BROKEN },
        { "nothing after the lease", PROTOCOL_LEASED, PROTOCOL_BREAK, PROTOCOL_LEASED },
        { "nothing after it was dropped", PROTOCOL_DROPPED, PROTOCOL_SIGN, PROTOCOL_DROPPED },
    };

    about("its stages");
    check_machine(&social_cohesion_protocol_machine);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        unsigned next;

        machine_move(&social_cohesion_protocol_machine, moves[i].from, moves[i].event, &next);
        check_number(next, moves[i].to, "%s", moves[i].sentence);
    }
    check(machine_is_terminal(&social_cohesion_protocol_machine, PROTOCOL_LEASED) &&
              machine_is_terminal(&social_cohesion_protocol_machine, PROTOCOL_BROKEN) &&
              machine_is_terminal(&social_cohesion_protocol_machine, PROTOCOL_DROPPED) &&
              !machine_is_terminal(&social_cohesion_protocol_machine, PROTOCOL_RESPECTED),
          "leased, broken and dropped are final");
}

static void signing(void)
{
    static const struct {
        const char *sentence;
        struct social_cohesion_protocol protocol;
        struct protocol_grounds grounds;
        const struct refusal *refusal;
    } cases[] = {
        { "EV-11: a social landlord, the day the lease ended, with a plan, two years",
          { { 2024, 3, 1 }, 24, 0 },
          { true, { 2024, 3, 1 }, true },
          ACCEPTED },
        { "EV-11: a private landlord",
          { { 2024, 3, 1 }, 24, 0 },
          { false, { 2024, 3, 1 }, true },
          &PROTOCOL_LANDLORD_NOT_SOCIAL },
        { "EV-11: a lease that still runs",
          { { 2024, 3, 1 }, 24, 0 },
          { true, { 0 }, true },
          &PROTOCOL_LEASE_STILL_RUNS },
        { "EV-11: signed on the eve of the lease's end",
          { { 2024, 2, 29 }, 24, 0 },
          { true, { 2024, 3, 1 }, true },
          &PROTOCOL_LEASE_STILL_RUNS },
        { "EV-11: without a plan",
          { { 2024, 3, 1 }, 24, 0 },
          { true, { 2024, 3, 1 }, false },
          &PROTOCOL_WITHOUT_PLAN },
        { "EV-11: one month", { { 2024, 3, 1 }, 1, 0 }, { true, { 2024, 3, 1 }, true }, ACCEPTED },
        { "EV-11: no month",
          { { 2024, 3, 1 }, 0, 0 },
          { true, { 2024, 3, 1 }, true },
          &PROTOCOL_LENGTH_WRONG },
        { "EV-11: 25 months",
          { { 2024, 3, 1 }, 25, 0 },
          { true, { 2024, 3, 1 }, true },
          &PROTOCOL_LENGTH_WRONG },
    };

    about("may it be signed?");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(protocol_may_be_signed(&cases[i].protocol, &cases[i].grounds, &law) ==
                  cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void extending(void)
{
    static const struct {
        const char *sentence;
        struct social_cohesion_protocol protocol;
        int64_t months;
        const struct refusal *refusal;
    } cases[] = {
        { "two years by three", { { 2024, 3, 1 }, 24, 0 }, 36, ACCEPTED },
        { "two years by three and a month",
          { { 2024, 3, 1 }, 24, 0 },
          37,
          &PROTOCOL_EXTENSION_TOO_LONG },
        { "one year by three and a month, though it makes less than five",
          { { 2024, 3, 1 }, 12, 0 },
          37,
          &PROTOCOL_EXTENSION_TOO_LONG },
        { "again, up to three years in all", { { 2024, 3, 1 }, 24, 24 }, 12, ACCEPTED },
        { "again, a month more", { { 2024, 3, 1 }, 24, 24 }, 13, &PROTOCOL_EXTENSION_TOO_LONG },
        { "by a month", { { 2024, 3, 1 }, 24, 0 }, 1, ACCEPTED },
        { "by nothing", { { 2024, 3, 1 }, 24, 0 }, 0, &PROTOCOL_EXTENSION_TOO_LONG },
        { "one that an organisation let run 30 months, to five years",
          { { 2024, 3, 1 }, 30, 0 },
          30,
          ACCEPTED },
        { "and a month beyond five years",
          { { 2024, 3, 1 }, 30, 0 },
          31,
          &PROTOCOL_EXTENSION_TOO_LONG },
    };
    const struct social_cohesion_protocol two_years = { { 2022, 2, 28 }, 24, 0 };
    const struct social_cohesion_protocol five_years = { { 2024, 2, 29 }, 24, 36 };
    const struct social_cohesion_protocol unsigned_one = { { 0 }, 24, 0 };

    about("how long it lasts (EV-11)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(protocol_may_be_extended(&cases[i].protocol, cases[i].months, &law) ==
                  cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
    check_date(protocol_last_day(&two_years), DATE(2024, 2, 28), "A-93: two years end");
    check_date(protocol_new_lease_by(&two_years, &law), DATE(2024, 5, 28),
               "EV-11: a new lease within three months");
    check_date(protocol_last_day(&five_years), DATE(2029, 2, 28), "A-93: extended to five years");
    check_date(protocol_new_lease_by(&five_years, &law), DATE(2029, 5, 28),
               "EV-11: three months after the extended end");
    check_date(protocol_last_day(&unsigned_one), DATE_NONE, "no end before it is signed");
}

int main(void)
{
    law_on(protocol_law, DATE(2024, 3, 1), &law);
    machine();
    signing();
    extending();
    return checks_done();
}
