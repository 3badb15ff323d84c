#include "services/measures/rules/review.h"

const struct parameter_field review_law[] = {
    { "review.every", UNIT_MONTHS, offsetof(struct review_law, every_months) },
    { "review.mid_term_mandate", UNIT_MONTHS,
      offsetof(struct review_law, mid_term_mandate_months) },
    { "review.mid_term", UNIT_MONTHS, offsetof(struct review_law, mid_term_months) },
    { 0 },
};

const struct refusal REVIEW_DATE_MISSING = {
    .code = "REVIEW_DATE_MISSING",
    .field = "written_on",
    .rule = "FSL-8",
    .french = "Datez le bilan.",
    .english = "Date the review.",
};
const struct refusal REVIEW_PROPOSAL_MISSING = {
    .code = "REVIEW_PROPOSAL_MISSING",
    .field = "proposal",
    .rule = "FSL-8",
    .french = "Le bilan final propose l'arrêt ou le renouvellement : choisissez.",
    .english = "A final review proposes to stop or to renew: choose.",
};
const struct refusal REVIEW_AXES_MISSING = {
    .code = "REVIEW_AXES_MISSING",
    .field = "work_axes",
    .rule = "S0-31",
    .french = "Indiquez au moins un axe de travail poursuivi avec le ménage.",
    .english = "Give at least one work axis pursued with the household.",
};
const struct refusal REVIEW_PROBLEMS_MISSING = {
    .code = "REVIEW_PROBLEMS_MISSING",
    .field = "problems",
    .rule = "S0-31",
    .french = "Indiquez les difficultés rencontrées dans l'exercice de la mesure, ou « aucune ».",
    .english = "Give the problems met in delivering the measure, or \"none\".",
};

/* --- when ------------------------------------------------------------------------------------- */

/* The sooner of two; on the same day the first, which is the more particular. */
static struct review_due sooner(struct review_due a, struct review_due b)
{
    if (a.kind == 0)
        return b;
    return date_is_before(b.on, a.on) ? b : a;
}

static struct review_due final_due(const struct mandate *mandate,
                                   const struct reviews_written *written)
{
    if (written->final || !date_is_set(mandate->end))
        return (struct review_due){ .on = DATE_NONE };
    return (struct review_due){ REVIEW_FINAL, date_add_days(mandate->end, -1) };
}

static struct review_due mid_term_due(const struct review_law *law, const struct mandate *mandate,
                                      const struct reviews_written *written)
{
    if (written->mid_term || mandate->months != law->mid_term_mandate_months)
        return (struct review_due){ .on = DATE_NONE };
    return (struct review_due){ REVIEW_MID_TERM,
                                date_add_months(mandate->from, (int32_t)law->mid_term_months) };
}

/* Not at or after the end, where the final review stands. */
static bool is_in_mandate(struct review_due due, const struct mandate *mandate)
{
    return due.kind == REVIEW_FINAL || date_is_within(due.on, mandate->from, mandate->end);
}

struct review_due review_next_due(const struct review_law *law, const struct mandate *mandate,
                                  const struct reviews_written *written)
{
    struct review_due last = final_due(mandate, written);
    struct review_due mid_term = mid_term_due(law, mandate, written);
    struct review_due periodic = {
        REVIEW_PERIODIC,
        date_add_months(date_later(mandate->from, written->last_on), (int32_t)law->every_months),
    };
    struct review_due next = sooner(last, sooner(mid_term, periodic));

    return is_in_mandate(next, mandate) ? next : (struct review_due){ .on = DATE_NONE };
}

bool review_is_overdue(struct review_due due, struct date on)
{
    return due.kind != 0 && date_is_after(on, due.on);
}

const struct refusal *review_check(enum review_kind kind, struct date written_on,
                                   enum review_proposal proposal)
{
    if (!date_is_set(written_on))
        return &REVIEW_DATE_MISSING;
    if (kind == REVIEW_FINAL && proposal == 0)
        return &REVIEW_PROPOSAL_MISSING;
    return ACCEPTED;
}

/* --- a campaign ------------------------------------------------------------------------------- */

const struct refusal *campaign_sheet_check(const struct campaign_sheet *sheet)
{
    if (sheet->work_axes < 1)
        return &REVIEW_AXES_MISSING;
    return sheet->problems_recorded ? ACCEPTED : &REVIEW_PROBLEMS_MISSING;
}

size_t campaign_sheets_complete(const struct campaign_sheet sheets[], size_t households)
{
    size_t complete = 0;

    for (size_t i = 0; i < households; i++)
        complete += campaign_sheet_check(&sheets[i]) == ACCEPTED;
    return complete;
}
