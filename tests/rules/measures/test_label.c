/* A label says who granted it and when, and a collective agreement is applied by the criteria of
 * the day (domain.md S0-28, S0-29, AC-1). */
#include "services/measures/rules/label.h"
#include "tests/check.h"
#include "tests/rules/machines.h"

static void the_machine(void)
{
    static const struct {
        const char *sentence;
        enum label_state from;
        enum label_event event;
        enum move move;
        enum label_state to;
    } cases[] = {
        { "a label is requested", 0, LABEL_REQUEST, MOVE_MADE, LABEL_REQUESTED },
        { "or known once granted", 0, LABEL_GRANT, MOVE_MADE, LABEL_GRANTED },
        { "none is used before it is granted", 0, LABEL_USE, MOVE_REFUSED, 0 },
        { "requested, it is granted", LABEL_REQUESTED, LABEL_GRANT, MOVE_MADE, LABEL_GRANTED },
        { "or refused", LABEL_REQUESTED, LABEL_REFUSE, MOVE_MADE, LABEL_REFUSED },
        { "refused, a challenge wins it", LABEL_REFUSED, LABEL_GRANT, MOVE_MADE, LABEL_GRANTED },
        { "refused, it is not used", LABEL_REFUSED, LABEL_USE, MOVE_REFUSED, LABEL_REFUSED },
        { "granted, it is used", LABEL_GRANTED, LABEL_USE, MOVE_MADE, LABEL_USED },
        { "or lost", LABEL_GRANTED, LABEL_LOSE, MOVE_MADE, LABEL_LOST },
        { "or expires", LABEL_GRANTED, LABEL_EXPIRE, MOVE_MADE, LABEL_EXPIRED },
        { "used, nothing changes it", LABEL_USED, LABEL_LOSE, MOVE_IGNORED, LABEL_USED },
        { "nor when lost", LABEL_LOST, LABEL_USE, MOVE_IGNORED, LABEL_LOST },
        { "nor when expired", LABEL_EXPIRED, LABEL_USE, MOVE_IGNORED, LABEL_EXPIRED },
    };
    unsigned next;

    about("S0-29: the life of a label");
    check_machine(&label_machine);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(machine_move(&label_machine, cases[i].from, cases[i].event, &next) == cases[i].move &&
                  next == cases[i].to,
              "%s", cases[i].sentence);
}

static void grants(void)
{
    static const struct {
        const char *sentence;
        struct label label;
        const struct refusal *refusal;
    } cases[] = {
        { "the State recognises the right to housing",
          { LABEL_HOUSING_RIGHT, AUTHORITY_STATE, { 2024, 3, 5 }, { 0 }, { 0 } },
          ACCEPTED },
        { "a city does not",
          { LABEL_HOUSING_RIGHT, AUTHORITY_LOCAL, { 2024, 3, 5 }, { 0 }, { 0 } },
          &LABEL_AUTHORITY_UNFIT },
        { "a city grants its collective agreement",
          { LABEL_COLLECTIVE_AGREEMENT, AUTHORITY_LOCAL, { 2024, 3, 5 }, { 0 }, { 0 } },
          ACCEPTED },
        { "the State does not",
          { LABEL_COLLECTIVE_AGREEMENT, AUTHORITY_STATE, { 2024, 3, 5 }, { 0 }, { 0 } },
          &LABEL_AUTHORITY_UNFIT },
        { "a label of no kind",
          { 0, AUTHORITY_STATE, { 2024, 3, 5 }, { 0 }, { 0 } },
          &LABEL_AUTHORITY_UNFIT },
        { "by nobody",
          { LABEL_HOUSING_RIGHT, 0, { 2024, 3, 5 }, { 0 }, { 0 } },
          &LABEL_AUTHORITY_UNFIT },
        { "without a date",
          { LABEL_HOUSING_RIGHT, AUTHORITY_STATE, { 0 }, { 0 }, { 0 } },
          &LABEL_WITHOUT_DATE },
        { "ending on its first day",
          { LABEL_HOUSING_RIGHT, AUTHORITY_STATE, { 2024, 3, 5 }, { 2024, 3, 5 }, { 0 } },
          ACCEPTED },
        { "ending on the eve",
          { LABEL_HOUSING_RIGHT, AUTHORITY_STATE, { 2024, 3, 5 }, { 2024, 3, 4 }, { 0 } },
          &LABEL_ENDS_BEFORE_IT_STARTS },
    };

    about("S0-29: who grants what");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(label_may_be_granted(&cases[i].label) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void validity(void)
{
    static const struct label open = { .granted_on = { 2024, 3, 5 } };
    static const struct label ending = { .granted_on = { 2024, 3, 5 }, .valid_to = { 2025, 3, 4 } };
    static const struct label ended = { .granted_on = { 2024, 3, 5 }, .ended_on = { 2024, 9, 1 } };
    static const struct label ungranted = { .kind = LABEL_HOUSING_RIGHT };
    static const struct {
        const char *sentence;
        const struct label *label;
        struct date on;
        bool valid;
    } cases[] = {
        { "on the eve of its grant", &open, { 2024, 3, 4 }, false },
        { "on its first day", &open, { 2024, 3, 5 }, true },
        { "years later, without an end", &open, { 2034, 3, 5 }, true },
        { "on its last day", &ending, { 2025, 3, 4 }, true },
        { "the day after", &ending, { 2025, 3, 5 }, false },
        { "on the eve of its use or loss", &ended, { 2024, 8, 31 }, true },
        { "on the day of its use or loss", &ended, { 2024, 9, 1 }, false },
        { "when it was never granted", &ungranted, { 2024, 9, 1 }, false },
    };

    about("S0-29: the days on which a label is valid");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(label_is_valid(cases[i].label, cases[i].on) == cases[i].valid, "S0-29: %s: %s",
              cases[i].sentence, cases[i].valid ? "valid" : "not valid");
}

enum {
    DIFFICULTIES = SITUATION_SOCIAL_DIFFICULTY | SITUATION_FAMILY_DIFFICULTY |
                   SITUATION_WORK_DIFFICULTY | SITUATION_HEALTH_DIFFICULTY
};

/* Narrow criteria at first, then the widened ones of AC-1. */
static const struct agreement_criteria versions[] = {
    { .valid_from = { 2015, 1, 1 },
      .valid_to = { 2019, 12, 31 },
      .situations = DIFFICULTIES,
      .only_if_urgent = DIFFICULTIES,
      .only_if_low_income = DIFFICULTIES,
      .income_ceiling_cents = 150000 },
    { .valid_from = { 2020, 1, 1 },
      .situations = DIFFICULTIES | SITUATION_CONSOLIDATES_INSERTION | SITUATION_UNFIT_HOUSING |
                    SITUATION_DISASTER,
      .only_if_urgent = DIFFICULTIES,
      .only_if_low_income = DIFFICULTIES | SITUATION_CONSOLIDATES_INSERTION,
      .income_ceiling_cents = 180000 },
};

static void versions_of_criteria(void)
{
    static const struct {
        const char *sentence;
        struct agreement_criteria added;
        const struct refusal *refusal;
    } cases[] = {
        { "before all others, to the eve of the first",
          { .valid_from = { 2010, 1, 1 }, .valid_to = { 2014, 12, 31 }, .situations = 1 },
          ACCEPTED },
        { "to the first day of the first",
          { .valid_from = { 2010, 1, 1 }, .valid_to = { 2015, 1, 1 }, .situations = 1 },
          &CRITERIA_OVERLAP },
        { "over all, without an end",
          { .valid_from = { 2010, 1, 1 }, .situations = 1 },
          &CRITERIA_OVERLAP },
        { "on the last day of the first",
          { .valid_from = { 2019, 12, 31 }, .valid_to = { 2019, 12, 31 }, .situations = 1 },
          &CRITERIA_OVERLAP },
        { "in the time of one without an end",
          { .valid_from = { 2024, 1, 1 }, .situations = 1 },
          &CRITERIA_OVERLAP },
        { "without a start", { .situations = 1 }, &CRITERIA_UNDATED },
        { "ending on the eve of its start",
          { .valid_from = { 2010, 1, 2 }, .valid_to = { 2010, 1, 1 }, .situations = 1 },
          &CRITERIA_END_BEFORE_THEY_START },
        { "of one day",
          { .valid_from = { 2010, 1, 1 }, .valid_to = { 2010, 1, 1 }, .situations = 1 },
          ACCEPTED },
        { "without any situation",
          { .valid_from = { 2010, 1, 1 }, .valid_to = { 2010, 1, 2 } },
          &CRITERIA_EMPTY },
    };

    about("S0-28: versions of criteria");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(agreement_criteria_may_be_added(versions, 2, &cases[i].added) == cases[i].refusal,
              "S0-28: %s: %s", cases[i].sentence,
              cases[i].refusal ? cases[i].refusal->code : "accepted");
    check(!agreement_criteria_may_be_added(versions, 1, &versions[1]),
          "S0-28: the day after the last version ended, a new one holds");
    check(!agreement_criteria_on(versions, 2, DATE(2014, 12, 31)), "S0-28: in 2014, none");
    check(agreement_criteria_on(versions, 2, DATE(2015, 1, 1)) == &versions[0],
          "S0-28: on 1 January 2015, the first");
    check(agreement_criteria_on(versions, 2, DATE(2019, 12, 31)) == &versions[0],
          "S0-28: on 31 December 2019, the first");
    check(agreement_criteria_on(versions, 2, DATE(2020, 1, 1)) == &versions[1],
          "S0-28: on 1 January 2020, the widened ones");
    check(agreement_criteria_on(versions, 2, DATE(2026, 11, 23)) == &versions[1],
          "S0-28: and today");
    check(!agreement_criteria_on(versions, 1, DATE(2020, 1, 1)), "S0-28: none after the last end");
    check(!agreement_criteria_on(versions, 0, DATE(2020, 1, 1)), "S0-28: none without a version");
}

static void findings(void)
{
    static const struct {
        const char *sentence;
        size_t version;
        struct agreement_facts facts;
        uint32_t met;
    } cases[] = {
        { "urgent, poor and ill in 2018",
          0,
          { SITUATION_HEALTH_DIFFICULTY, true, 120000 },
          SITUATION_HEALTH_DIFFICULTY },
        { "the same without urgency", 0, { SITUATION_HEALTH_DIFFICULTY, false, 120000 }, 0 },
        { "an income at the ceiling",
          0,
          { SITUATION_WORK_DIFFICULTY, true, 150000 },
          SITUATION_WORK_DIFFICULTY },
        { "one cent above it", 0, { SITUATION_WORK_DIFFICULTY, true, 150001 }, 0 },
        { "the ceiling of 2020 is higher",
          1,
          { SITUATION_WORK_DIFFICULTY, true, 150001 },
          SITUATION_WORK_DIFFICULTY },
        { "a rehousing that consolidates insertion did not count in 2018",
          0,
          { SITUATION_CONSOLIDATES_INSERTION, true, 120000 },
          0 },
        { "AC-1: it does since 2020, urgent or not",
          1,
          { SITUATION_CONSOLIDATES_INSERTION, false, 120000 },
          SITUATION_CONSOLIDATES_INSERTION },
        { "AC-1: for low incomes", 1, { SITUATION_CONSOLIDATES_INSERTION, false, 180001 }, 0 },
        { "AC-1: unfit housing and disaster count by themselves",
          1,
          { SITUATION_UNFIT_HOUSING | SITUATION_DISASTER, false, 900000 },
          SITUATION_UNFIT_HOUSING | SITUATION_DISASTER },
        { "AC-1: what holds is kept, what does not is not",
          1,
          { SITUATION_FAMILY_DIFFICULTY | SITUATION_CONSOLIDATES_INSERTION, false, 120000 },
          SITUATION_CONSOLIDATES_INSERTION },
        { "AC-1: several situations at once",
          1,
          { SITUATION_SOCIAL_DIFFICULTY | SITUATION_FAMILY_DIFFICULTY, true, 120000 },
          SITUATION_SOCIAL_DIFFICULTY | SITUATION_FAMILY_DIFFICULTY },
        { "no situation", 1, { 0, true, 0 }, 0 },
    };

    about("S0-28, AC-1: who meets the criteria");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(agreement_criteria_met(&versions[cases[i].version], &cases[i].facts),
                     cases[i].met, "%s", cases[i].sentence);
}

int main(void)
{
    the_machine();
    grants();
    validity();
    versions_of_criteria();
    findings();
    return checks_done();
}
