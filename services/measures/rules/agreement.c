#include "services/measures/rules/agreement.h"

/* --- the machine (6.4, C-12) ------------------------------------------------------------------ */

static const char *const states[] = {
    "", "DRAFT", "SIGNED", "IN_FORCE", "SUSPENDED", "ENDED", "TERMINATED",
};

static const char *const events[] = {
    "", "DRAW_UP", "SIGN", "TAKE_EFFECT", "AMEND", "SUSPEND", "RESUME", "REACH_END", "TERMINATE",
};

static const struct transition transitions[] = {
    { 0, AGREEMENT_DRAW_UP, AGREEMENT_DRAFT },
    { AGREEMENT_DRAFT, AGREEMENT_SIGN, AGREEMENT_SIGNED },
    { AGREEMENT_SIGNED, AGREEMENT_TAKE_EFFECT, AGREEMENT_IN_FORCE },
    { AGREEMENT_SIGNED, AGREEMENT_TERMINATE, AGREEMENT_TERMINATED },
    { AGREEMENT_IN_FORCE, AGREEMENT_AMEND, AGREEMENT_IN_FORCE },
    { AGREEMENT_IN_FORCE, AGREEMENT_SUSPEND, AGREEMENT_SUSPENDED },
    { AGREEMENT_IN_FORCE, AGREEMENT_REACH_END, AGREEMENT_ENDED },
    { AGREEMENT_IN_FORCE, AGREEMENT_TERMINATE, AGREEMENT_TERMINATED },
    { AGREEMENT_SUSPENDED, AGREEMENT_RESUME, AGREEMENT_IN_FORCE },
    { AGREEMENT_SUSPENDED, AGREEMENT_REACH_END, AGREEMENT_ENDED },
    { AGREEMENT_SUSPENDED, AGREEMENT_TERMINATE, AGREEMENT_TERMINATED },
};

const struct machine agreement_machine = {
    .name = "agreement",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << AGREEMENT_ENDED | UINT64_C(1) << AGREEMENT_TERMINATED,
};

const struct refusal AGREEMENT_UNSIGNED = {
    .code = "AGREEMENT_UNSIGNED",
    .field = "signed_on",
    .rule = "6.4",
    .french = "La convention n'est pas signée : indiquez la date de signature.",
    .english = "The agreement is not signed: give the date of signature.",
};
const struct refusal AGREEMENT_STARTS_BEFORE_SIGNATURE = {
    .code = "AGREEMENT_STARTS_BEFORE_SIGNATURE",
    .field = "starts_on",
    .rule = "6.4, S3-1",
    .french = "La convention ne peut pas prendre effet avant sa signature.",
    .english = "The agreement cannot take effect before it is signed.",
};
const struct refusal AGREEMENT_ENDS_BEFORE_START = {
    .code = "AGREEMENT_ENDS_BEFORE_START",
    .field = "ends_on",
    .rule = "6.4, C-1",
    .french = "La fin de la convention doit être postérieure à son début.",
    .english = "The agreement must end after it starts.",
};

const struct refusal *agreement_dates_check(struct date signed_on, struct date start,
                                            struct date end)
{
    if (!date_is_set(signed_on))
        return &AGREEMENT_UNSIGNED;
    if (date_is_before(start, signed_on))
        return &AGREEMENT_STARTS_BEFORE_SIGNATURE;
    if (date_is_set(end) && !date_is_after(end, start))
        return &AGREEMENT_ENDS_BEFORE_START;
    return ACCEPTED;
}

/* --- lines ------------------------------------------------------------------------------------ */

const struct refusal AGREEMENT_QUANTITY_WRONG = {
    .code = "AGREEMENT_QUANTITY_WRONG",
    .field = "lines",
    .rule = "6.4",
    .french = "La quantité doit être positive et vraisemblable.",
    .english = "The quantity must be positive and plausible.",
};
const struct refusal AGREEMENT_LINE_EXHAUSTED = {
    .code = "AGREEMENT_LINE_EXHAUSTED",
    .field = "line",
    .rule = "6.4, C-12, S1-20",
    .french = "Cette ligne de la convention est épuisée : il faut un avenant, une restitution ou "
              "une autre ligne.",
    .english = "This line of the agreement is exhausted: it takes an amendment, a release or "
               "another line.",
};
const struct refusal AGREEMENT_LINE_TOO_SHORT = {
    .code = "AGREEMENT_LINE_TOO_SHORT",
    .field = "months",
    .rule = "6.4, S1-20",
    .french = "Il reste moins que cela sur cette ligne de la convention : réduisez la quantité.",
    .english = "Less than that is left on this line of the agreement: reduce the quantity.",
};
const struct refusal AGREEMENT_NOT_RESERVED = {
    .code = "AGREEMENT_NOT_RESERVED",
    .field = "quantity",
    .rule = "6.4",
    .french = "Cette quantité n'a pas été réservée sur cette ligne de la convention.",
    .english = "That quantity was not reserved on this line of the agreement.",
};
const struct refusal AGREEMENT_NOT_CONSUMED = {
    .code = "AGREEMENT_NOT_CONSUMED",
    .field = "quantity",
    .rule = "6.4",
    .french = "Cette quantité n'a pas été consommée sur cette ligne de la convention.",
    .english = "That quantity was not consumed on this line of the agreement.",
};
const struct refusal AGREEMENT_BELOW_USED = {
    .code = "AGREEMENT_BELOW_USED",
    .field = "contracted",
    .rule = "6.4",
    .french = "L'avenant descendrait sous ce qui est déjà réservé et consommé.",
    .english = "The amendment would go below what is already reserved and consumed.",
};
const struct refusal AGREEMENT_NO_LINE = {
    .code = "AGREEMENT_NO_LINE",
    .field = "line",
    .rule = "6.4, S1-20",
    .french = "La convention n'a pas de ligne pour ce public.",
    .english = "The agreement has no line for this public.",
};

static int64_t used_of(const struct agreement_line *line)
{
    return line->reserved + line->consumed;
}

int64_t agreement_line_left(const struct agreement_line *line)
{
    return used_of(line) < line->contracted ? line->contracted - used_of(line) : 0;
}

bool agreement_line_is_exhausted(const struct agreement_line *line)
{
    return agreement_line_left(line) == 0;
}

static bool is_plausible(int64_t quantity)
{
    return quantity > 0 && quantity <= QUANTITY_LARGEST;
}

static const struct refusal *reservation_check(const struct agreement_line *line, int64_t quantity)
{
    if (!is_plausible(quantity))
        return &AGREEMENT_QUANTITY_WRONG;
    if (agreement_line_is_exhausted(line))
        return &AGREEMENT_LINE_EXHAUSTED;
    return quantity > agreement_line_left(line) ? &AGREEMENT_LINE_TOO_SHORT : ACCEPTED;
}

const struct refusal *agreement_reserve(struct agreement_line *line, int64_t quantity)
{
    const struct refusal *refusal = reservation_check(line, quantity);

    if (refusal == ACCEPTED)
        line->reserved += quantity;
    return refusal;
}

static const struct refusal *take_from_reserved(struct agreement_line *line, int64_t quantity)
{
    if (!is_plausible(quantity))
        return &AGREEMENT_QUANTITY_WRONG;
    if (quantity > line->reserved)
        return &AGREEMENT_NOT_RESERVED;
    line->reserved -= quantity;
    return ACCEPTED;
}

const struct refusal *agreement_consume(struct agreement_line *line, int64_t quantity)
{
    const struct refusal *refusal = take_from_reserved(line, quantity);

    if (refusal == ACCEPTED)
        line->consumed += quantity;
    return refusal;
}

const struct refusal *agreement_release(struct agreement_line *line, int64_t quantity)
{
    const struct refusal *refusal = take_from_reserved(line, quantity);

    if (refusal == ACCEPTED)
        line->released += quantity;
    return refusal;
}

const struct refusal *agreement_take_back(struct agreement_line *line, int64_t quantity)
{
    if (!is_plausible(quantity))
        return &AGREEMENT_QUANTITY_WRONG;
    if (quantity > line->consumed)
        return &AGREEMENT_NOT_CONSUMED;
    line->consumed -= quantity;
    line->reserved += quantity;
    return ACCEPTED;
}

const struct refusal *agreement_amend(struct agreement_line *line, int64_t contracted)
{
    if (contracted < 0 || contracted > QUANTITY_LARGEST)
        return &AGREEMENT_QUANTITY_WRONG;
    if (contracted < used_of(line))
        return &AGREEMENT_BELOW_USED;
    line->contracted = contracted;
    return ACCEPTED;
}

/* --- a grant ---------------------------------------------------------------------------------- */

/* 0 when the line is not concerned. */
static int64_t taken_from(const struct agreement_line *line, struct grant grant)
{
    if (line->target_public != PUBLIC_ANY && line->target_public != grant.target_public)
        return 0;
    switch (line->unit) {
    case LINE_MEASURES: return ONE;
    case LINE_MEASURE_MONTHS: return (int64_t)grant.months * MONTH_HUNDREDTHS;
    default: return 0;
    }
}

const struct refusal *agreement_reserve_grant(struct agreement_line lines[], size_t count,
                                              struct grant grant)
{
    bool is_concerned = false;

    for (size_t i = 0; i < count; i++) {
        int64_t taken = taken_from(&lines[i], grant);
        const struct refusal *refusal = taken == 0 ? ACCEPTED : reservation_check(&lines[i], taken);

        if (refusal)
            return refusal;
        is_concerned = is_concerned || taken != 0;
    }
    if (!is_concerned)
        return &AGREEMENT_NO_LINE;
    for (size_t i = 0; i < count; i++)
        lines[i].reserved += taken_from(&lines[i], grant);
    return ACCEPTED;
}

/* --- the public of a line --------------------------------------------------------------------- */

const struct refusal AGREEMENT_PUBLIC_NOT_YOUNG = {
    .code = "AGREEMENT_PUBLIC_NOT_YOUNG",
    .field = "target_public",
    .rule = "S1-22, C-8, A-06",
    .french = "Cette ligne est réservée aux 18-25 ans : l'âge doit être attesté à la date de la "
              "décision.",
    .english = "This line is for those aged 18 to 25: the age must be attested on the date of the "
               "decision.",
};
const struct refusal AGREEMENT_PUBLIC_NOT_LEAVING_CHRS = {
    .code = "AGREEMENT_PUBLIC_NOT_LEAVING_CHRS",
    .field = "target_public",
    .rule = "S1-24",
    .french = "Cette ligne est un service de suite : le ménage doit sortir de ce CHRS.",
    .english = "This line is a follow-on service: the household must be leaving that CHRS.",
};
const struct refusal AGREEMENT_NEEDS_ALT_DWELLING = {
    .code = "AGREEMENT_NEEDS_ALT_DWELLING",
    .field = "lodging_unit",
    .rule = "S1-23",
    .french = "Cette ligne est adossée à l'ALT : rattachez un logement financé par l'ALT.",
    .english = "This line is backed by ALT: tie the measure to a dwelling financed by ALT.",
};

const struct refusal *agreement_public_check(const struct agreement_line *line,
                                             const struct applicant *applicant,
                                             struct date decided_on)
{
    bool is_young =
        date_is_set(decided_on) && date_is_same(applicant->aged_18_to_25_on, decided_on);

    if (line->target_public == PUBLIC_YOUNG && !is_young)
        return &AGREEMENT_PUBLIC_NOT_YOUNG;
    if (line->target_public == PUBLIC_CHRS_LEAVERS && !applicant->leaves_chrs)
        return &AGREEMENT_PUBLIC_NOT_LEAVING_CHRS;
    if (line->backed_by_alt && !applicant->in_alt_dwelling)
        return &AGREEMENT_NEEDS_ALT_DWELLING;
    return ACCEPTED;
}

/* --- quotas of a year ------------------------------------------------------------------------- */

struct span agreement_quota_year(enum quota_reset reset, struct date start, struct date day)
{
    int32_t years;

    if (!date_is_set(start) || date_is_before(day, start))
        return (struct span){ .from = DATE_NONE };
    if (reset == RESET_ON_1_JANUARY)
        return (struct span){ .from = date_later(start, DATE(day.year, 1, 1)),
                              .end = DATE((int16_t)(day.year + 1), 1, 1) };
    years = months_between(start, day) / 12;
    return (struct span){ .from = date_add_years(start, years),
                          .end = date_add_years(start, years + 1) };
}

struct agreement_line agreement_line_of_new_year(const struct agreement_line *line)
{
    struct agreement_line fresh = *line;

    fresh.consumed = 0;
    fresh.released = 0;
    return fresh;
}

/* --- steps and pace --------------------------------------------------------------------------- */

const struct parameter_field agreement_law[] = {
    { "measures.agreement.first_step", UNIT_PERCENT,
      offsetof(struct agreement_law, first_step_percent) },
    { "measures.agreement.second_step", UNIT_PERCENT,
      offsetof(struct agreement_law, second_step_percent) },
    { "measures.agreement.last_step", UNIT_PERCENT,
      offsetof(struct agreement_law, last_step_percent) },
    { "measures.agreement.pace", UNIT_PERCENT, offsetof(struct agreement_law, pace_points) },
    { "measures.agreement.sub_target", UNIT_PERCENT,
      offsetof(struct agreement_law, sub_target_points) },
    { 0 },
};

int64_t agreement_line_step(const struct agreement_law *law, const struct agreement_line *line)
{
    const int64_t steps[] = { law->last_step_percent, law->second_step_percent,
                              law->first_step_percent };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (used_of(line) * 100 >= line->contracted * steps[i])
            return steps[i];
    return 0;
}

/* How far use is ahead of time, in points, times quantity and days so that nothing is rounded:
 * 100 x (used / quantity - elapsed / days). */
struct lead {
    int64_t value;
    int64_t point;
};

static struct lead lead_of(int64_t used, int64_t quantity, struct span period, struct date day)
{
    int64_t days = days_between(period.from, period.end);
    int64_t elapsed = days_between(period.from, day) + 1;

    if (elapsed < 0)
        elapsed = 0;
    if (elapsed > days)
        elapsed = days;
    return (struct lead){ .value = (used * days - quantity * elapsed) * 100,
                          .point = quantity * days };
}

enum pace agreement_pace(const struct agreement_law *law, int64_t used, int64_t quantity,
                         struct span period, struct date day)
{
    struct lead lead = lead_of(used, quantity, period, day);

    if (lead.value > law->pace_points * lead.point)
        return PACE_AHEAD;
    return lead.value < -law->pace_points * lead.point ? PACE_BEHIND : PACE_IN_BAND;
}

bool agreement_sub_target_is_behind(const struct agreement_law *law, int64_t used,
                                    int64_t sub_target, struct span period, struct date day)
{
    struct lead lead = lead_of(used, sub_target, period, day);

    return lead.value < -law->sub_target_points * lead.point;
}
