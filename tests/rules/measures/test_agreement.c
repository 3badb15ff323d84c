/* What an agreement has reserved, consumed and left is exact and never negative (6.4, C-12). */
#include "services/measures/rules/agreement.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static const struct span year_2024 = { { 2024, 1, 1 }, { 2025, 1, 1 } };

static void test_machine(void)
{
    const struct {
        unsigned from, event;
        enum move move;
        unsigned to;
        const char *sentence;
    } cases[] = {
        { 0, AGREEMENT_DRAW_UP, MOVE_MADE, AGREEMENT_DRAFT, "drawn up" },
        { AGREEMENT_DRAFT, AGREEMENT_SIGN, MOVE_MADE, AGREEMENT_SIGNED, "signed" },
        { AGREEMENT_DRAFT, AGREEMENT_TAKE_EFFECT, MOVE_REFUSED, AGREEMENT_DRAFT, "not unsigned" },
        { AGREEMENT_SIGNED, AGREEMENT_TAKE_EFFECT, MOVE_MADE, AGREEMENT_IN_FORCE, "in force" },
        { AGREEMENT_SIGNED, AGREEMENT_TERMINATE, MOVE_MADE, AGREEMENT_TERMINATED, "given up" },
        { AGREEMENT_IN_FORCE, AGREEMENT_AMEND, MOVE_MADE, AGREEMENT_IN_FORCE, "amended" },
        { AGREEMENT_SIGNED, AGREEMENT_AMEND, MOVE_REFUSED, AGREEMENT_SIGNED, "not before" },
        { AGREEMENT_IN_FORCE, AGREEMENT_SUSPEND, MOVE_MADE, AGREEMENT_SUSPENDED, "suspended" },
        { AGREEMENT_SUSPENDED, AGREEMENT_RESUME, MOVE_MADE, AGREEMENT_IN_FORCE, "resumed" },
        { AGREEMENT_SUSPENDED, AGREEMENT_REACH_END, MOVE_MADE, AGREEMENT_ENDED, "ended so" },
        { AGREEMENT_SUSPENDED, AGREEMENT_TERMINATE, MOVE_MADE, AGREEMENT_TERMINATED, "or broken" },
        { AGREEMENT_IN_FORCE, AGREEMENT_REACH_END, MOVE_MADE, AGREEMENT_ENDED, "ended" },
        { AGREEMENT_IN_FORCE, AGREEMENT_TERMINATE, MOVE_MADE, AGREEMENT_TERMINATED, "broken" },
        { AGREEMENT_ENDED, AGREEMENT_AMEND, MOVE_IGNORED, AGREEMENT_ENDED, "too late" },
        { AGREEMENT_TERMINATED, AGREEMENT_RESUME, MOVE_IGNORED, AGREEMENT_TERMINATED, "too late" },
    };

    check_machine(&agreement_machine);
    about("6.4: from state to state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next;
        enum move move = machine_move(&agreement_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s: %s", cases[i].sentence,
              agreement_machine.states[cases[i].to]);
    }
    for (size_t i = 0; i < agreement_machine.state_count; i++)
        check(strcmp(agreement_machine.states[i], "EXHAUSTED") != 0,
              "C-12: state %zu is not EXHAUSTED", i);
}

static void test_dates(void)
{
    about("6.4, S3-1: signed in November 2018, in force in 2019");
    check(agreement_dates_check(DATE(2018, 11, 15), DATE(2019, 1, 1), DATE(2020, 1, 1)) == ACCEPTED,
          "S3-1: the signature comes before the start");
    check(agreement_dates_check(DATE(2019, 1, 1), DATE(2019, 1, 1), DATE_NONE) == ACCEPTED,
          "6.4: or on the same day, without an end");
    check(agreement_dates_check(DATE(2019, 1, 2), DATE(2019, 1, 1), DATE_NONE) ==
              &AGREEMENT_STARTS_BEFORE_SIGNATURE,
          "6.4: never after");
    check(agreement_dates_check(DATE_NONE, DATE(2019, 1, 1), DATE_NONE) == &AGREEMENT_UNSIGNED,
          "6.4: unsigned");
    check(agreement_dates_check(DATE(2018, 11, 15), DATE(2019, 1, 1), DATE(2019, 1, 1)) ==
              &AGREEMENT_ENDS_BEFORE_START,
          "C-1: over on the day it starts");
    check(agreement_dates_check(DATE(2018, 11, 15), DATE(2019, 1, 1), DATE(2019, 1, 2)) == ACCEPTED,
          "C-1: for one day");
}

static struct agreement_line line_of(enum line_unit unit, enum target_public target_public,
                                     int64_t contracted)
{
    return (struct agreement_line){ .unit = unit,
                                    .target_public = target_public,
                                    .contracted = contracted * ONE };
}

static void check_line(const struct agreement_line *line, int64_t reserved, int64_t consumed,
                       int64_t released, int64_t left, const char *sentence)
{
    check_number(line->reserved, reserved, "%s: reserved", sentence);
    check_number(line->consumed, consumed, "%s: consumed", sentence);
    check_number(line->released, released, "%s: released", sentence);
    check_number(agreement_line_left(line), left, "%s: left", sentence);
}

static void test_ledger(void)
{
    struct agreement_line line = line_of(LINE_MEASURE_MONTHS, PUBLIC_ANY, 10);

    about("6.4: reserve at grant, consume monthly, release at close");
    check(agreement_reserve(&line, 600) == ACCEPTED, "six of ten months are granted");
    check_line(&line, 600, 0, 0, 400, "six granted");
    check(agreement_reserve(&line, 401) == &AGREEMENT_LINE_TOO_SHORT, "4.01 more are too many");
    check(agreement_consume(&line, 600 + 1) == &AGREEMENT_NOT_RESERVED, "6.01 cannot be consumed");
    check(agreement_consume(&line, 250) == ACCEPTED, "2.5 months are consumed");
    check_line(&line, 350, 250, 0, 400, "consumed");
    check(agreement_release(&line, 351) == &AGREEMENT_NOT_RESERVED, "3.51 cannot be given back");
    check(agreement_release(&line, 350) == ACCEPTED, "3.5 are given back");
    check_line(&line, 0, 250, 350, 750, "given back");
    check(agreement_take_back(&line, 251) == &AGREEMENT_NOT_CONSUMED, "2.51 were never consumed");
    check(agreement_take_back(&line, 250) == ACCEPTED, "2.5 were, and are not any more");
    check_line(&line, 250, 0, 350, 750, "taken back");
    check(agreement_reserve(&line, 750) == ACCEPTED, "all that is left is granted");
    check(agreement_line_is_exhausted(&line), "C-12: the line is exhausted");
    check(agreement_reserve(&line, 1) == &AGREEMENT_LINE_EXHAUSTED, "C-12: and says so");
    check(agreement_amend(&line, 999) == &AGREEMENT_BELOW_USED, "9.99 months are too few now");
    check(agreement_amend(&line, 1000) == ACCEPTED, "ten still do");
    check(agreement_amend(&line, 1001) == ACCEPTED, "an amendment adds a hundredth");
    check(!agreement_line_is_exhausted(&line), "C-12: which makes the line available again");
    check(agreement_reserve(&line, 1) == ACCEPTED, "and granted");
    check(agreement_release(&line, 1) == ACCEPTED && !agreement_line_is_exhausted(&line),
          "C-12: as does a release");

    about("6.4: quantities make sense");
    line = line_of(LINE_HOURS, PUBLIC_ANY, 1000000);
    check(agreement_reserve(&line, QUANTITY_LARGEST) == ACCEPTED, "a million hours");
    check(agreement_consume(&line, QUANTITY_LARGEST) == ACCEPTED, "consumed");
    check(agreement_take_back(&line, QUANTITY_LARGEST) == ACCEPTED, "taken back");
    check(agreement_release(&line, QUANTITY_LARGEST) == ACCEPTED, "released");
    check(agreement_reserve(&line, QUANTITY_LARGEST + 1) == &AGREEMENT_QUANTITY_WRONG, "and more");
    check(agreement_amend(&line, QUANTITY_LARGEST) == ACCEPTED, "a contract of a million");
    check(agreement_amend(&line, QUANTITY_LARGEST + 1) == &AGREEMENT_QUANTITY_WRONG, "and more");
    check(agreement_amend(&line, 0) == ACCEPTED, "an empty contract");
    check(agreement_amend(&line, -1) == &AGREEMENT_QUANTITY_WRONG, "and less");
    for (int64_t wrong = -1; wrong <= 0; wrong++) {
        check(agreement_reserve(&line, wrong) == &AGREEMENT_QUANTITY_WRONG, "nothing reserved");
        check(agreement_consume(&line, wrong) == &AGREEMENT_QUANTITY_WRONG, "nothing consumed");
        check(agreement_release(&line, wrong) == &AGREEMENT_QUANTITY_WRONG, "nothing released");
        check(agreement_take_back(&line, wrong) == &AGREEMENT_QUANTITY_WRONG, "nothing undone");
    }
}

/* S1-20...25: 113 measures for young people, 14 of a follow-on service, 762 months for both. */
static void test_orne(void)
{
    struct agreement_line lines[] = { line_of(LINE_MEASURES, PUBLIC_YOUNG, 113),
                                      line_of(LINE_MEASURES, PUBLIC_CHRS_LEAVERS, 14),
                                      line_of(LINE_MEASURE_MONTHS, PUBLIC_ANY, 762),
                                      line_of(LINE_HOURS, PUBLIC_ANY, 50) };
    const struct grant young = { PUBLIC_YOUNG, 6 }, leaver = { PUBLIC_CHRS_LEAVERS, 6 };

    about("S1-20 to S1-25: the convention of the Orne");
    check_number(lines[0].contracted + lines[1].contracted, 12700, "S1-25: 113 + 14 = 127");
    for (int i = 0; i < 113; i++)
        holds_or_report(agreement_reserve_grant(lines, 4, young) == ACCEPTED, "young %d", i);
    check_line(&lines[0], 11300, 0, 0, 0, "F1-4: 113 young measures");
    check_line(&lines[2], 67800, 0, 0, 8400, "F1-2: and 678 months");
    check(agreement_reserve_grant(lines, 4, young) == &AGREEMENT_LINE_EXHAUSTED,
          "F1-4: there is no 114th");
    check_line(&lines[2], 67800, 0, 0, 8400, "which took nothing from the other lines");
    for (int i = 0; i < 13; i++)
        holds_or_report(agreement_reserve_grant(lines, 4, leaver) == ACCEPTED, "leaver %d", i);
    check(agreement_reserve_grant(lines, 4, (struct grant){ PUBLIC_CHRS_LEAVERS, 7 }) ==
              &AGREEMENT_LINE_TOO_SHORT,
          "F1-2: seven months for the last one are one too many");
    check_line(&lines[1], 1300, 0, 0, 100, "which took no measure either");
    check(agreement_reserve_grant(lines, 4, leaver) == ACCEPTED,
          "C-12: the exhausted line of the young does not block the follow-on line");
    check_line(&lines[1], 1400, 0, 0, 0, "F1-5: 14 measures");
    check_line(&lines[2], 76200, 0, 0, 0, "F1-2, S1-21: 127 x 6 = 762 months");
    check_line(&lines[3], 0, 0, 0, 5000, "FSL-10: hours are not touched by months");
    check(agreement_reserve_grant(lines, 2, (struct grant){ PUBLIC_ANY, 6 }) == &AGREEMENT_NO_LINE,
          "no line for others");
    check(agreement_reserve_grant(lines + 3, 1, young) == &AGREEMENT_NO_LINE,
          "none in hours alone");
    check(agreement_reserve_grant(lines, 0, young) == &AGREEMENT_NO_LINE, "none at all");
    check(agreement_reserve_grant(lines + 2, 1, (struct grant){ PUBLIC_ANY, -6 }) ==
              &AGREEMENT_QUANTITY_WRONG,
          "no negative months");
}

static void test_public(void)
{
    const struct agreement_line any = line_of(LINE_MEASURES, PUBLIC_ANY, 1);
    const struct agreement_line leavers = line_of(LINE_MEASURES, PUBLIC_CHRS_LEAVERS, 14);
    struct agreement_line young = line_of(LINE_MEASURES, PUBLIC_YOUNG, 113);
    const struct applicant nobody = { 0 };
    const struct applicant on_the_day = { DATE(2024, 3, 4), false, false };
    const struct applicant housed = { DATE(2024, 3, 4), false, true };
    const struct applicant leaver = { DATE_NONE, true, false };
    const struct date decided = DATE(2024, 3, 4);

    about("S1-22 to S1-24, C-8: whom a line is for");
    check(agreement_public_check(&any, &nobody, decided) == ACCEPTED, "anybody");
    check(agreement_public_check(&young, &nobody, decided) == &AGREEMENT_PUBLIC_NOT_YOUNG,
          "S1-22: not said to be 18 to 25");
    check(agreement_public_check(&young, &on_the_day, decided) == ACCEPTED,
          "C-8: 18 to 25 on the day of the decision");
    check(agreement_public_check(&young, &on_the_day, DATE(2024, 3, 5)) ==
              &AGREEMENT_PUBLIC_NOT_YOUNG,
          "C-8: the day before the decision is not enough");
    check(agreement_public_check(&young, &on_the_day, DATE(2024, 3, 3)) ==
              &AGREEMENT_PUBLIC_NOT_YOUNG,
          "C-8: nor the day after");
    check(agreement_public_check(&young, &nobody, DATE_NONE) == &AGREEMENT_PUBLIC_NOT_YOUNG,
          "C-8: nor no day and no decision");
    young.backed_by_alt = true;
    check(agreement_public_check(&young, &on_the_day, decided) == &AGREEMENT_NEEDS_ALT_DWELLING,
          "S1-23: backed by ALT, without such a dwelling");
    check(agreement_public_check(&young, &housed, decided) == ACCEPTED, "S1-23: with one");
    check(agreement_public_check(&leavers, &leaver, decided) == ACCEPTED, "S1-24: leaves the CHRS");
    check(agreement_public_check(&leavers, &housed, decided) == &AGREEMENT_PUBLIC_NOT_LEAVING_CHRS,
          "S1-24: does not");
}

static void check_year(enum quota_reset reset, struct date start, struct date day,
                       struct span wanted, const char *sentence)
{
    struct span got = agreement_quota_year(reset, start, day);

    check_date(got.from, wanted.from, "%s: from", sentence);
    check_date(got.end, wanted.end, "%s: end", sentence);
}

static void test_quota_years(void)
{
    const struct date july = DATE(2023, 7, 15), leap = DATE(2024, 2, 29);
    struct agreement_line line = line_of(LINE_DWELLINGS_A_YEAR, PUBLIC_ANY, 42), fresh;

    about("6.4, Q15: 42 dwellings a year");
    check_year(RESET_ON_1_JANUARY, july, DATE(2024, 12, 31), year_2024, "31 December");
    check_year(RESET_ON_1_JANUARY, july, DATE(2024, 1, 1), year_2024, "1 January");
    check_year(RESET_ON_1_JANUARY, july, DATE(2023, 7, 15), (struct span){ july, DATE(2024, 1, 1) },
               "its first day");
    check_year(RESET_ON_1_JANUARY, july, DATE(2023, 7, 14), (struct span){ 0 }, "the eve of it");
    check_year(RESET_ON_1_JANUARY, DATE_NONE, DATE(2023, 7, 14), (struct span){ 0 }, "no start");
    check_year(RESET_ON_ANNIVERSARY, july, DATE(2024, 7, 14),
               (struct span){ july, DATE(2024, 7, 15) }, "the eve of the anniversary");
    check_year(RESET_ON_ANNIVERSARY, july, DATE(2024, 7, 15),
               (struct span){ DATE(2024, 7, 15), DATE(2025, 7, 15) }, "the anniversary");
    check_year(RESET_ON_ANNIVERSARY, leap, DATE(2025, 2, 27),
               (struct span){ leap, DATE(2025, 2, 28) }, "of 29 February, on 27 February");
    check_year(RESET_ON_ANNIVERSARY, leap, DATE(2025, 2, 28),
               (struct span){ DATE(2025, 2, 28), DATE(2026, 2, 28) }, "and on 28 February");
    check_year(RESET_ON_ANNIVERSARY, leap, DATE(2028, 2, 28),
               (struct span){ DATE(2027, 2, 28), DATE(2028, 2, 29) }, "and back to the 29th");

    for (int i = 0; i < 42; i++)
        holds_or_report(agreement_reserve(&line, ONE) == ACCEPTED, "F2-1: dwelling %d", i);
    check(agreement_reserve(&line, ONE) == &AGREEMENT_LINE_EXHAUSTED, "F2-1: no 43rd");
    holds_or_report(agreement_consume(&line, 39 * ONE) == ACCEPTED, "39 used");
    holds_or_report(agreement_release(&line, ONE) == ACCEPTED, "one released");
    fresh = agreement_line_of_new_year(&line);
    check_number(fresh.contracted, 4200, "Q15: the new year has 42 again");
    check_line(&fresh, 200, 0, 0, 4000, "Q15: two are still reserved, none is used");
    fresh.contracted = 100;
    check_number(agreement_line_left(&fresh), 0, "a line is never negative");
    check(agreement_line_is_exhausted(&fresh), "C-12: but exhausted");
}

static void test_steps(void)
{
    const struct {
        int64_t contracted, reserved, consumed, wanted;
        const char *sentence;
    } cases[] = {
        { 76200, 0, 60959, 0, "609.59 of 762 months: under 80 %" },
        { 76200, 0, 60960, 80, "609.60 of 762: 80 %" },
        { 76200, 40000, 20960, 80, "reserved and consumed together" },
        { 76200, 60960, 0, 80, "reserved alone" },
        { 76200, 0, 68579, 80, "685.79 of 762: under 90 %" },
        { 76200, 0, 68580, 90, "685.80 of 762: 90 %" },
        { 76200, 0, 76199, 90, "a hundredth is left" },
        { 76200, 0, 76200, 100, "all is used" },
        { 12700, 0, 0, 0, "nothing is" },
        { 0, 0, 0, 100, "a line of nothing is used up" },
    };
    struct agreement_law law;

    law_on(agreement_law, DATE(2024, 1, 1), &law);
    about("A-20: 80, 90, 100 per cent");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct agreement_line line = { .contracted = cases[i].contracted,
                                       .reserved = cases[i].reserved,
                                       .consumed = cases[i].consumed };

        check_number(agreement_line_step(&law, &line), cases[i].wanted, "%s", cases[i].sentence);
    }
}

static void test_pace(void)
{
    /* 366 days: at the end of 1 July 183 are over, half of them. */
    const struct {
        int64_t used, quantity;
        struct date day;
        enum pace wanted;
        const char *sentence;
    } cases[] = {
        { 5000, 10000, DATE(2024, 7, 1), PACE_IN_BAND, "half used at half time" },
        { 6500, 10000, DATE(2024, 7, 1), PACE_IN_BAND, "15 points ahead" },
        { 6501, 10000, DATE(2024, 7, 1), PACE_AHEAD, "a hundredth more" },
        { 3500, 10000, DATE(2024, 7, 1), PACE_IN_BAND, "15 points behind" },
        { 3499, 10000, DATE(2024, 7, 1), PACE_BEHIND, "a hundredth less" },
        { 6501, 10000, DATE(2024, 7, 2), PACE_IN_BAND, "the next day has caught up" },
        { 3500, 10000, DATE(2024, 7, 2), PACE_BEHIND, "and left the other behind" },
        { 1500, 10000, DATE(2023, 12, 1), PACE_IN_BAND, "before it starts no time is over" },
        { 1501, 10000, DATE(2023, 12, 1), PACE_AHEAD, "and 15.01 are ahead" },
        { 1501, 10000, DATE(2023, 12, 31), PACE_AHEAD, "also on the eve" },
        { 8500, 10000, DATE(2026, 1, 1), PACE_IN_BAND, "after its end all of it is" },
        { 8499, 10000, DATE(2026, 1, 1), PACE_BEHIND, "and 84.99 are behind" },
        { 8499, 10000, DATE(2024, 12, 31), PACE_BEHIND, "also on the last day" },
        { 0, 0, DATE(2024, 7, 1), PACE_IN_BAND, "nothing of nothing" },
    };
    struct agreement_law law;

    law_on(agreement_law, DATE(2024, 1, 1), &law);
    about("A-21: ahead or behind by more than 15 points of a year");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(
            agreement_pace(&law, cases[i].used, cases[i].quantity, year_2024, cases[i].day),
            cases[i].wanted, "%s", cases[i].sentence);
    check_number(agreement_pace(&law, 5000, 10000, (struct span){ .from = DATE(2024, 1, 1) },
                                DATE(2024, 7, 1)),
                 PACE_IN_BAND, "an agreement without an end has no pace");
    about("A-38, C-25, Q14: the DALO share of the 42, 10 agreed");
    check(!agreement_sub_target_is_behind(&law, 400, 1000, year_2024, DATE(2024, 7, 1)),
          "four at half time are 10 points behind");
    check(agreement_sub_target_is_behind(&law, 399, 1000, year_2024, DATE(2024, 7, 1)),
          "a hundredth less is too little");
    check(!agreement_sub_target_is_behind(&law, 1000, 1000, year_2024, DATE(2024, 7, 1)),
          "all ten at half time are not");
    check(!agreement_sub_target_is_behind(&law, 0, 0, year_2024, DATE(2024, 12, 31)),
          "Q14: none agreed, none alerted");
}

static bool is_as_before(const struct agreement_line *a, const struct agreement_line *b)
{
    return a->contracted == b->contracted && a->reserved == b->reserved &&
           a->consumed == b->consumed && a->released == b->released;
}

/* 100,000 random histories of grants, months, closings, corrections and amendments. */
static void test_histories(void)
{
    struct chance chance = { .state = UINT64_C(0xa94ee) };
    int64_t exhausted = 0, accepted = 0;

    about("100,000 random histories of a line (seed 0xa94ee)");
    for (int history = 0; history < 100000; history++) {
        struct agreement_line line =
            line_of(LINE_MEASURE_MONTHS, PUBLIC_ANY, chance_between(&chance, 0, 30));
        int64_t granted = 0;

        for (int step = 0; step < 25; step++) {
            int64_t quantity = chance_between(&chance, -10, 1200);
            struct agreement_line before = line;
            const struct refusal *refusal;

            switch (chance_between(&chance, 0, 5)) {
            case 0: refusal = agreement_consume(&line, quantity); break;
            case 1: refusal = agreement_release(&line, quantity); break;
            case 2: refusal = agreement_take_back(&line, quantity); break;
            case 3: refusal = agreement_amend(&line, quantity * 3); break;
            default:
                refusal = agreement_reserve(&line, quantity);
                granted += refusal ? 0 : quantity;
            }
            holds_or_report(refusal == ACCEPTED || is_as_before(&before, &line),
                            "history %d: a refusal changes nothing", history);
            holds_or_report(line.contracted >= 0 && line.reserved >= 0 && line.consumed >= 0 &&
                                line.released >= 0 &&
                                line.contracted - line.reserved - line.consumed >= 0,
                            "6.4: history %d: nothing is negative", history);
            holds_or_report(granted == line.reserved + line.consumed + line.released,
                            "2.8: history %d: granted = reserved + consumed + released", history);
            holds_or_report(agreement_line_left(&line) ==
                                line.contracted - line.reserved - line.consumed,
                            "history %d: what is left is what is not used", history);
            exhausted += agreement_line_is_exhausted(&line);
            accepted += refusal == ACCEPTED;
        }
    }
    check(exhausted > 10000 && accepted > 500000, "the histories did reach 0 and did act");
}

int main(void)
{
    test_machine();
    test_dates();
    test_ledger();
    test_orne();
    test_public();
    test_quota_years();
    test_steps();
    test_pace();
    test_histories();
    return checks_done();
}
