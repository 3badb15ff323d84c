/* A debt is weighed whole or as the resident's own, without awaited aid; what is frozen stands
 * apart, and consecutive wholly unpaid terms are counted as a naive recount counts them (domain.md
 * C-17, RS-5, RS-9, RS-16, SUR-4, Q33, peers.md row 52). */
#include "services/lodging/rules/debt.h"

#include "tests/check.h"

enum { MOST = 6 };

/* A term of 500.00 with 20.00 of services, of which this was aided, waived, paid, and is awaited.
 */
struct settled {
    int64_t aided, waived, paid, awaited;
};

static const struct {
    const char *sentence;
    size_t count;
    struct settled settled[MOST];
    struct debt_view view;
    struct date frozen_before;
    struct debt wanted;
} cases[] = {
    { "no term: no debt",
      0,
      { { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .oldest_due_on = { 0 } } },
    { "one term paid: no debt",
      1,
      { { 0, 0, 50000, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .oldest_due_on = { 0 } } },
    { "one cent of January left: it is owed since 5 January, and is services",
      1,
      { { 0, 0, 49999, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 1,
        .own_cents = 1,
        .weighed_cents = 1,
        .oldest_due_on = { 2024, 1, 5 },
        .partly_paid = true } },
    { "two terms wholly unpaid",
      2,
      { { 0, 0, 0, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 100000,
        .own_cents = 100000,
        .weighed_cents = 100000,
        .housing_cents = 96000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 2 } },
    { "RS-5: a cent on the first of three leaves a run of two",
      3,
      { { 0, 0, 1, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 149999,
        .own_cents = 149999,
        .weighed_cents = 149999,
        .housing_cents = 143999,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 2,
        .partly_paid = true } },
    { "RS-5: the longest run counts, not the last",
      5,
      { { 0, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 50000, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 200000,
        .own_cents = 200000,
        .weighed_cents = 200000,
        .housing_cents = 192000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 3 } },
    { "RS-16: a term of which only the aid came is wholly unpaid, net of the aid",
      2,
      { { 20000, 0, 0, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 80000,
        .own_cents = 80000,
        .weighed_cents = 80000,
        .housing_cents = 76000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 2 } },
    { "unless the organisation holds that aid is a part payment",
      2,
      { { 20000, 0, 0, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, true },
      { 0 },
      { .due_cents = 80000,
        .own_cents = 80000,
        .weighed_cents = 80000,
        .housing_cents = 76000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 1,
        .partly_paid = true } },
    { "a waiver pays nothing: the term remains wholly unpaid",
      1,
      { { 0, 10000, 0, 0 } },
      { WHOLE_DEBT, true },
      { 0 },
      { .due_cents = 40000,
        .own_cents = 40000,
        .weighed_cents = 40000,
        .housing_cents = 38000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 1 } },
    { "row 52: the whole debt holds the aid awaited, and tells it apart",
      2,
      { { 0, 0, 0, 50000 }, { 0, 0, 0, 20000 } },
      { WHOLE_DEBT, false },
      { 0 },
      { .due_cents = 100000,
        .awaited_aid_cents = 70000,
        .own_cents = 30000,
        .weighed_cents = 100000,
        .housing_cents = 96000,
        .oldest_due_on = { 2024, 1, 5 },
        .wholly_unpaid_terms = 2 } },
    { "row 52: the resident's own debt is without it, and younger",
      2,
      { { 0, 0, 0, 50000 }, { 0, 0, 0, 20000 } },
      { OWN_DEBT, false },
      { 0 },
      { .due_cents = 100000,
        .awaited_aid_cents = 70000,
        .own_cents = 30000,
        .weighed_cents = 30000,
        .housing_cents = 28000,
        .oldest_due_on = { 2024, 2, 5 },
        .wholly_unpaid_terms = 1 } },
    { "row 52: when only aid is awaited, nothing is the resident's own",
      2,
      { { 0, 0, 30000, 20000 }, { 0, 0, 30000, 20000 } },
      { OWN_DEBT, false },
      { 0 },
      { .due_cents = 40000, .awaited_aid_cents = 40000 } },
    { "SUR-4, Q33: what is frozen is owed, and counts for nothing current",
      3,
      { { 0, 0, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 0 } },
      { WHOLE_DEBT, false },
      { 2024, 3, 5 },
      { .due_cents = 50000,
        .own_cents = 50000,
        .frozen_cents = 99999,
        .weighed_cents = 50000,
        .housing_cents = 48000,
        .oldest_due_on = { 2024, 3, 5 },
        .wholly_unpaid_terms = 1 } },
};

static struct rent_term term_of(int month, struct settled settled)
{
    return (struct rent_term){
        .month = DATE(2024, (uint8_t)month, 1),
        .due_on = DATE(2024, (uint8_t)month, 5),
        .charged_cents = 50000,
        .aided_cents = settled.aided,
        .waived_cents = settled.waived,
        .paid_cents = settled.paid,
        .left_cents = 50000 - settled.aided - settled.waived - settled.paid,
        .services_cents = 2000,
        .awaited_aid_cents = settled.awaited,
    };
}

static bool is_same(const struct debt *a, const struct debt *b)
{
    return a->due_cents == b->due_cents && a->awaited_aid_cents == b->awaited_aid_cents &&
           a->own_cents == b->own_cents && a->frozen_cents == b->frozen_cents &&
           a->weighed_cents == b->weighed_cents && a->housing_cents == b->housing_cents &&
           date_is_same(a->oldest_due_on, b->oldest_due_on) &&
           a->wholly_unpaid_terms == b->wholly_unpaid_terms && a->partly_paid == b->partly_paid;
}

static void debts(void)
{
    about("what is weighed");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct freeze_span freeze = { .from = cases[i].frozen_before };
        struct rent_term terms[MOST];
        struct debt debt;

        for (size_t k = 0; k < cases[i].count; k++)
            terms[k] = term_of((int)k + 1, cases[i].settled[k]);
        debt = debt_of(terms, cases[i].count, date_is_set(freeze.from) ? &freeze : NULL,
                       &cases[i].view);
        check(is_same(&debt, &cases[i].wanted), "%s", cases[i].sentence);
    }
}

static void passed_over(void)
{
    struct rent_term terms[3] = { term_of(1, (struct settled){ 0, 0, 0, 0 }),
                                  { .month = { 2024, 2, 1 } },
                                  term_of(3, (struct settled){ 0, 0, 0, 0 }) };
    const struct debt_view view = { .weighed = WHOLE_DEBT };
    struct debt debt = debt_of(terms, 3, NULL, &view);

    check_number(debt.wholly_unpaid_terms, 2,
                 "LHI-1: a month for which nothing is due is no term: the run goes over it");
    terms[0].due_on = DATE(2024, 4, 1);
    debt = debt_of(terms, 3, NULL, &view);
    check_date(debt.oldest_due_on, DATE(2024, 3, 5),
               "the oldest due date is the earliest, whatever month it is for");
}

/* Each term a letter; the longest run is the longest row of U that can be found. */
static int naive_run(const char *letters)
{
    const char *row = "UUUUUUUUUUUUUUUU";
    size_t length = strlen(row);

    while (strstr(letters, row + strlen(row) - length) == NULL)
        length--;
    return (int)length;
}

static void runs_agree(void)
{
    struct chance chance = { .state = UINT64_C(0xdeb7) };
    const struct debt_view view = { .weighed = WHOLE_DEBT };
    int longest = 0;
    bool agree = true;

    for (int i = 0; i < 100000; i++) {
        struct rent_term terms[12];
        char letters[13] = "";
        struct debt debt;

        for (int k = 0; k < 12; k++) {
            int64_t what = chance_between(&chance, 0, 6);

            terms[k] = term_of(k + 1, (struct settled){ .paid = what == 5 ? 50000 : what == 6 });
            if (what == 4)
                terms[k] = (struct rent_term){ .month = terms[k].month };
            else
                strcat(letters, what < 4 ? "U" : "P");
        }
        debt = debt_of(terms, 12, NULL, &view);
        agree &= debt.wholly_unpaid_terms == naive_run(letters);
        longest = debt.wholly_unpaid_terms > longest ? debt.wholly_unpaid_terms : longest;
    }
    check(agree && longest > 5, "RS-5 a: consecutive wholly unpaid terms agree with a recount, "
                                "100,000 times (seed 0xdeb7)");
}

int main(void)
{
    debts();
    passed_over();
    runs_agree();
    return checks_done();
}
