/* A write-off is a decision with a ground and never more than the debt; rent lapses three years
 * after its term or the last act that interrupted it (domain.md 6.9, SUR-9, C-24, PR-6). */
#include "services/lodging/rules/write_off.h"

#include "tests/rules/law.h"

static struct write_off_law law;

static void lapse(void)
{
    static const struct date acts[] = { { 2022, 6, 1 }, { 2024, 5, 31 } };
    static const struct {
        const char *sentence;
        struct date due_on;
        size_t acts;
        struct date until;
    } cases[] = {
        { "C-24: due on 5 January 2021, three years", { 2021, 1, 5 }, 0, { 2024, 1, 5 } },
        { "C-24: due on 29 February 2020, to 28 February 2023",
          { 2020, 2, 29 },
          0,
          { 2023, 2, 28 } },
        { "a debt acknowledged on 1 June 2022: three years from then",
          { 2021, 1, 5 },
          1,
          { 2025, 6, 1 } },
        { "and a summons in time after it: three years from that",
          { 2021, 1, 5 },
          2,
          { 2027, 5, 31 } },
        { "an act on the last day counts", { 2019, 6, 1 }, 1, { 2025, 6, 1 } },
        { "an act the day after does not", { 2019, 5, 31 }, 1, { 2022, 5, 31 } },
        { "an act on the day of the term adds nothing", { 2022, 6, 1 }, 1, { 2025, 6, 1 } },
        { "an act before the term adds nothing", { 2022, 6, 2 }, 1, { 2025, 6, 2 } },
    };
    struct write_off_law before;

    about("until when rent can be claimed");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct interruptions interruptions = { acts, cases[i].acts };

        check_date(rent_claimable_until(cases[i].due_on, &interruptions, &law), cases[i].until,
                   "%s", cases[i].sentence);
    }
    law_on(write_off_law, DATE(2008, 1, 1), &before);
    check_date(rent_claimable_until(DATE(2008, 1, 5), &(struct interruptions){ acts, 0 }, &before),
               DATE(2013, 1, 5), "under the law of 2008, five years");
    check_date(account_kept_until(DATE(2024, 2, 29), &law), DATE(2029, 2, 28),
               "C-24, PR-6: a closed account is kept five years");
}

/* Left: 100.00 of January 2021, 200.00 of February, 300.00 of March 2024. */
static const struct rent_term terms[] = {
    { .month = { 2021, 1, 1 }, .due_on = { 2021, 1, 5 }, .left_cents = 10000 },
    { .month = { 2021, 2, 1 }, .due_on = { 2021, 2, 5 }, .left_cents = 20000 },
    { .month = { 2024, 3, 1 }, .due_on = { 2024, 3, 5 }, .left_cents = 30000 },
    /* Past the three that the cases hand in. */
    { .month = { 2021, 1, 1 }, .due_on = { 2021, 1, 5 }, .left_cents = 7 },
};

static void lapsed(void)
{
    static const struct date act = { 2024, 2, 1 };
    const struct interruptions none = { 0 };
    const struct interruptions one = { &act, 1 };

    about("what has lapsed");
    check_number(rent_lapsed_cents(terms, 3, &none, DATE(2024, 1, 5), &law), 0,
                 "nothing on the last day of January's");
    check_number(rent_lapsed_cents(terms, 3, &none, DATE(2024, 1, 6), &law), 10000,
                 "January's the day after");
    check_number(rent_lapsed_cents(terms, 3, &none, DATE(2024, 3, 31), &law), 30000,
                 "January's and February's in March");
    check_number(rent_lapsed_cents(terms, 3, &one, DATE(2024, 3, 31), &law), 10000,
                 "January's only, after an act of 1 February 2024");
}

static void entering(void)
{
    static const struct {
        const char *sentence;
        struct write_off write_off;
        const struct refusal *refusal;
    } cases[] = {
        { "all that is left, waived", { WRITE_OFF_WAIVED, { 2024, 3, 31 }, 60000 }, ACCEPTED },
        { "a cent more", { WRITE_OFF_WAIVED, { 2024, 3, 31 }, 60001 }, &WRITE_OFF_EXCEEDS_DEBT },
        { "SUR-9: all that is left, erased",
          { WRITE_OFF_ERASED, { 2024, 3, 31 }, 60000 },
          ACCEPTED },
        { "SUR-9: a cent more",
          { WRITE_OFF_ERASED, { 2024, 3, 31 }, 60001 },
          &WRITE_OFF_EXCEEDS_DEBT },
        { "C-24: what has lapsed", { WRITE_OFF_LAPSED, { 2024, 3, 31 }, 30000 }, ACCEPTED },
        { "C-24: a cent more than has lapsed",
          { WRITE_OFF_LAPSED, { 2024, 3, 31 }, 30001 },
          &WRITE_OFF_NOT_LAPSED },
        { "one cent", { WRITE_OFF_WAIVED, { 2024, 3, 31 }, 1 }, ACCEPTED },
        { "nothing", { WRITE_OFF_WAIVED, { 2024, 3, 31 }, 0 }, &WRITE_OFF_WITHOUT_AMOUNT },
        { "less than nothing",
          { WRITE_OFF_WAIVED, { 2024, 3, 31 }, -1 },
          &WRITE_OFF_WITHOUT_AMOUNT },
        { "without a decision", { WRITE_OFF_WAIVED, { 0 }, 1 }, &WRITE_OFF_WITHOUT_DECISION },
        { "without a ground",
          { (enum write_off_ground)0, { 2024, 3, 31 }, 1 },
          &WRITE_OFF_WITHOUT_GROUND },
        { "with a ground not on the list",
          { (enum write_off_ground)(WRITE_OFF_LAPSED + 1), { 2024, 3, 31 }, 1 },
          &WRITE_OFF_WITHOUT_GROUND },
    };
    const struct interruptions none = { 0 };
    struct account_entry entry = write_off_entry(&cases[4].write_off);

    about("what may be entered");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(write_off_may_be_entered(&cases[i].write_off, terms, 3, &none, &law) ==
                  cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
    check(entry.kind == ENTRY_WAIVER && entry.amount_cents == 30000 &&
              date_is_same(entry.on, DATE(2024, 3, 31)) && !date_is_set(entry.term),
          "it enters the account as a waiver of the oldest terms, on the day of the decision");
}

int main(void)
{
    law_on(write_off_law, DATE(2024, 3, 31), &law);
    lapse();
    lapsed();
    entering();
    return checks_done();
}
