#include "services/measures/parts.h"

#include "services/measures/rules/duration.h"

#include <string.h>

/* --- what may stand in the way of a grant ----------------------------------------------------- */

/* Each is a matter to settle when a grant is heard, and a refusal when people settle it. */
static const struct refusal second_measure = {
    .code = "SECOND_MEASURE_OF_SCHEME",
    .field = "measure",
    .rule = "6.2, Q13",
    .french =
        "Le ménage a déjà une mesure en cours dans ce dispositif : attendez sa fin, ou annulez "
        "celle-ci.",
    .english =
        "The household already has a measure running under this scheme: wait for its end, or "
        "cancel this one.",
};
static const struct refusal duration_out_of_bounds = {
    .code = "DURATION_OUT_OF_BOUNDS",
    .field = "months",
    .rule = "SX-2, MASP-2, S3-20, A-12, A-16",
    .french = "La durée accordée sort des bornes du dispositif : faites-la corriger.",
    .english = "The duration granted is outside the scheme's bounds: have it corrected.",
};
static const struct refusal agreement_not_known = {
    .code = "AGREEMENT_NOT_KNOWN",
    .field = "agreement",
    .rule = "6.4",
    .french =
        "La convention de la décision n'est pas enregistrée : ouvrez-la, ou choisissez-en une.",
    .english = "The agreement that the decision names is not recorded: open it, or choose another.",
};
static const struct refusal line_not_known = {
    .code = "AGREEMENT_LINE_NOT_KNOWN",
    .field = "line",
    .rule = "6.4",
    .french = "La convention n'a pas cette ligne : choisissez-en une.",
    .english = "The agreement has no such line: choose one.",
};
static const struct refusal agreement_not_in_force = {
    .code = "AGREEMENT_NOT_IN_FORCE",
    .field = "agreement",
    .rule = "6.4",
    .french = "La convention n'est pas en vigueur à la date de la décision.",
    .english = "The agreement is not in force on the date of the decision.",
};
static const struct refusal agreement_of_other_scheme = {
    .code = "AGREEMENT_OF_OTHER_SCHEME",
    .field = "agreement",
    .rule = "6.4",
    .french = "La convention porte sur un autre dispositif.",
    .english = "The agreement is for another scheme.",
};
static const struct refusal not_of_target_public = {
    .code = "NOT_OF_TARGET_PUBLIC",
    .field = "line",
    .rule = "S1-22, S1-24, C-8",
    .french = "Le ménage n'est pas du public de cette ligne : choisissez une autre ligne.",
    .english = "The household is not of this line's public: choose another line.",
};

struct grant_facts {
    const char *measure;
    const char *household;
    enum scheme scheme;
    uint32_t months;
    struct date decided_on;
    bool is_young;
    bool leaves_chrs;
};

static bool is_second_of_scheme(struct work *work, const struct grant_facts *facts)
{
    struct walk walk = walk_from(work->tables, &measures_by_household, key_id(facts->household));
    bool found = false;

    while (!found && walk_next(&walk)) {
        size_t at = 16;
        char id[ID_TEXT_SIZE];
        const Measures__Records__Measure *other =
            key_read_id(&walk.key, &at, id) ? measures_get(work->tables, id) : NULL;

        found = other && strcmp(id, facts->measure) != 0 &&
                other->scheme == (Tremplin__Scheme)facts->scheme &&
                measure_is_running((enum measure_state)other->state) &&
                measures_runs_on(other, facts->decided_on);
        walk_forget(&walk);
    }
    return found;
}

static const struct refusal *duration_matter(struct work *work, const struct grant_facts *facts)
{
    struct duration_law law = { 0 };
    const struct refusal *refusal =
        work_law(work, duration_law_of(facts->scheme), facts->decided_on, &law);
    struct duration_asked asked = { .decision = DURATION_FIRST, .months = (int32_t)facts->months };

    if (refusal)
        return refusal;
    return duration_check(&law, asked) ? &duration_out_of_bounds : ACCEPTED;
}

/* Without the law of its steps the day to assign it by is not known. */
static const struct refusal *steps_matter(struct work *work, const struct grant_facts *facts)
{
    struct measure_law law = { 0 };

    return work_law(work, measure_law, facts->decided_on, &law);
}

static const struct refusal *line_matter(const struct measures_line *line,
                                         const struct grant_facts *facts)
{
    struct applicant applicant = { .aged_18_to_25_on =
                                       facts->is_young ? facts->decided_on : DATE_NONE,
                                   .leaves_chrs = facts->leaves_chrs };

    if (!line->agreement)
        return &agreement_not_known;
    if (!date_is_within(facts->decided_on, date_of(line->agreement->starts_on),
                        measures_agreement_end(line->agreement)))
        return &agreement_not_in_force;
    if (line->agreement->scheme != 0 && line->agreement->scheme != (Tremplin__Scheme)facts->scheme)
        return &agreement_of_other_scheme;
    if (!line->row)
        return &line_not_known;
    return agreement_public_check(&line->months, &applicant, facts->decided_on)
               ? &not_of_target_public
               : ACCEPTED;
}

/* Every rule a grant must pass; reserves on the line when all do. */
static const struct refusal *grant_check(struct work *work, const struct grant_facts *facts,
                                         const char *agreement, struct measures_line *line)
{
    const struct refusal *refusal = is_second_of_scheme(work, facts) ? &second_measure : ACCEPTED;

    if (!refusal)
        refusal = duration_matter(work, facts);
    if (!refusal)
        refusal = steps_matter(work, facts);
    if (refusal || *agreement == '\0')
        return refusal;
    refusal = line_matter(line, facts);
    return refusal ? refusal : measures_line_reserve(line, facts->months, true);
}

/* --- the grant, as heard ---------------------------------------------------------------------- */

static Measures__Snapshot *snapshot_of(struct arena *arena, const Intake__Situation *situation)
{
    Measures__Snapshot *snapshot = arena_take(arena, sizeof *snapshot);

    if (!snapshot)
        return NULL;
    measures__snapshot__init(snapshot);
    if (!situation)
        return snapshot;
    snapshot->tenure = situation->tenure;
    snapshot->resource_band = situation->resource_band;
    snapshot->socio_professional_status = situation->socio_professional_status;
    return snapshot;
}

/* Absent while its law is not known, which is then a matter to settle: undecided, it would halt all
 * that intake tells. */
static struct date assign_by(struct work *work, struct date granted_on)
{
    struct measure_law law = { 0 };

    if (work_law(work, measure_law, granted_on, &law))
        return DATE_NONE;
    return measure_step_due(&law, MEASURE_GRANTED,
                            &(struct measure_dates){ .granted_on = granted_on },
                            HOLIDAYS_OF_FRANCE);
}

static void emit_granted(struct work *work, const Intake__RequestGranted *heard,
                         const struct measures_line *line, const struct grant_facts *facts)
{
    Measures__MeasureGranted event = MEASURES__MEASURE_GRANTED__INIT;

    event.measure = heard->measure;
    event.household = heard->household;
    event.request = heard->request;
    event.scheme = heard->scheme;
    event.months = heard->months;
    event.agreement = heard->agreement;
    event.line = line->row ? line->row->line : heard->line;
    event.operator_ =
        *heard->operator_ || !line->agreement ? heard->operator_ : line->agreement->operator_;
    event.district = heard->district;
    event.granted_on = heard->decided_on;
    event.origin = heard->origin;
    event.n_domains = heard->n_domains;
    event.domains = heard->domains;
    event.tied_to_financial_aid = heard->tied_to_financial_aid;
    event.assign_by = date_field(work->arena, assign_by(work, facts->decided_on));
    event.entry = snapshot_of(work->arena, heard->situation);
    event.aged_18_to_25 = facts->is_young;
    event.leaves_chrs = facts->leaves_chrs;
    work_emit(work, &event.base, event.measure, facts->decided_on);
}

static void emit_matter(struct work *work, const Intake__RequestGranted *heard, const char *matter)
{
    Measures__MatterToSettle event = MEASURES__MATTER_TO_SETTLE__INIT;

    event.measure = heard->measure;
    event.household = heard->household;
    event.matter = measures_text(matter);
    event.found_on = date_field(work->arena, work->today);
    event.district = heard->district;
    work_emit(work, &event.base, event.measure, work->today);
}

static void hear_request_granted(struct work *work, const struct entry *heard)
{
    const Intake__RequestGranted *granted = (const Intake__RequestGranted *)heard->event;
    struct grant_facts facts = {
        .measure = granted->measure,
        .household = granted->household,
        .scheme = (enum scheme)granted->scheme,
        .months = granted->months,
        .decided_on = date_of(granted->decided_on),
        .is_young = granted->aged_18_to_25,
        .leaves_chrs = granted->situation && granted->situation->previous_housing ==
                                                 TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_CHRS,
    };
    struct measures_line line = measures_line_at(work->tables, granted->agreement, granted->line);
    const struct refusal *matter;

    if (measures_get(work->tables, granted->measure))
        return;
    matter = grant_check(work, &facts, granted->agreement, &line);
    emit_granted(work, granted, &line, &facts);
    if (matter)
        emit_matter(work, granted, matter->code);
    else
        measures_line_emit(work, &line, granted->measure, facts.decided_on);
}

void measures_apply_measure_granted(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureGranted *event = (const Measures__MeasureGranted *)entry->event;
    Measures__Records__Measure row = MEASURES__RECORDS__MEASURE__INIT;
    Measures__Records__Mark mark = MEASURES__RECORDS__MARK__INIT;

    row.measure = event->measure;
    row.household = event->household;
    row.request = event->request;
    row.scheme = event->scheme;
    row.state = MEASURE_GRANTED;
    row.agreement = event->agreement;
    row.line = event->line;
    row.operator_ = event->operator_;
    row.district = event->district;
    row.origin = event->origin;
    row.months = event->months;
    row.granted_on = event->granted_on;
    row.entry = event->entry;
    row.aged_18_to_25 = event->aged_18_to_25;
    row.leaves_chrs = event->leaves_chrs;
    measures_put(tables, &row);
    table_put(tables, &measures_by_household, key_ids(row.household, row.measure), &mark.base);
    table_put(tables, &measures_open, key_id(row.measure), &mark.base);
}

void measures_apply_matter_to_settle(struct tables *tables, const struct entry *entry)
{
    const Measures__MatterToSettle *event = (const Measures__MatterToSettle *)entry->event;
    Measures__Records__Matter row = MEASURES__RECORDS__MATTER__INIT;

    row.matter = event->matter;
    row.found_on = event->found_on;
    table_put(tables, &measures_matters, key_id(event->measure), &row.base);
}

/* --- the other things intake tells ------------------------------------------------------------ */

/* The situation at entry is the one last heard before the measure starts (6.2). */
static void apply_situation_changed(struct tables *tables, const struct entry *heard)
{
    const Intake__SituationChanged *event = (const Intake__SituationChanged *)heard->event;
    struct walk walk = walk_from(tables, &measures_by_household, key_id(event->household));

    while (walk_next(&walk)) {
        size_t at = 16;
        char id[ID_TEXT_SIZE];
        Measures__Records__Measure *row =
            key_read_id(&walk.key, &at, id) ? measures_get(tables, id) : NULL;

        if (row && !measure_entry_check((enum measure_state)row->state)) {
            row->entry = snapshot_of(tables->arena, event->situation);
            measures_put(tables, row);
        }
        walk_forget(&walk);
    }
}

static void hear_household_erased(struct work *work, const struct entry *heard)
{
    const Intake__HouseholdErased *event = (const Intake__HouseholdErased *)heard->event;

    measures_drop_follow_ups(work, event->household);
    work_destroy_key(work, event->household);
}

static void apply_request_submitted(struct tables *tables, const struct entry *heard)
{
    const Intake__RequestSubmitted *event = (const Intake__RequestSubmitted *)heard->event;
    Measures__Records__Prescriber row = MEASURES__RECORDS__PRESCRIBER__INIT;

    if (*event->prescriber == '\0')
        return;
    row.prescriber = event->prescriber;
    table_put(tables, &measures_prescribers, key_id(event->request), &row.base);
}

static void apply_accreditation_changed(struct tables *tables, const struct entry *heard)
{
    const Intake__AccreditationChanged *event = (const Intake__AccreditationChanged *)heard->event;
    Measures__Records__Accreditation row = MEASURES__RECORDS__ACCREDITATION__INIT;
    struct key key = key_text(event->operator_);

    key_add_date(&key, date_of(event->valid_from));
    row.valid_from = event->valid_from;
    row.valid_to = event->valid_to;
    table_put(tables, &measures_accreditations, key, &row.base);
}

const struct hearing measures_of_intake[] = {
    { &intake__request_granted__descriptor, NULL, hear_request_granted },
    { &intake__situation_changed__descriptor, apply_situation_changed, NULL },
    { &intake__household_erased__descriptor, NULL, hear_household_erased },
    { &intake__request_submitted__descriptor, apply_request_submitted, NULL },
    { &intake__accreditation_changed__descriptor, apply_accreditation_changed, NULL },
    { 0 },
};

/* --- settling --------------------------------------------------------------------------------- */

static const struct refusal nothing_to_settle = {
    .code = "NOTHING_TO_SETTLE",
    .field = "measure",
    .rule = "",
    .french = "Rien n'est à régler pour cette mesure.",
    .english = "There is nothing to settle about this measure.",
};

/* Where it is to count, and for how long: as told, else as granted. */
static void fill_settled(const Measures__SettleMatter *asked, const Measures__Records__Measure *row,
                         Measures__MatterSettled *event)
{
    event->measure = row->measure;
    event->household = row->household;
    event->agreement = *asked->agreement ? asked->agreement : row->agreement;
    event->line = *asked->agreement ? asked->line : row->line;
    if (asked->outside_agreement)
        event->agreement = event->line = measures_text("");
    event->months = asked->months ? asked->months : row->months;
}

static struct grant_facts facts_of(const Measures__Records__Measure *row, uint32_t months)
{
    return (struct grant_facts){ .measure = row->measure,
                                 .household = row->household,
                                 .scheme = (enum scheme)row->scheme,
                                 .months = months,
                                 .decided_on = date_of(row->granted_on),
                                 .is_young = row->aged_18_to_25,
                                 .leaves_chrs = row->leaves_chrs };
}

static const struct refusal *settle(struct work *work, const Measures__SettleMatter *asked,
                                    const Measures__Records__Measure *row, struct date on)
{
    const Measures__Records__Matter *matter =
        table_get(work->tables, &measures_matters, key_id(row->measure));
    Measures__MatterSettled event = MEASURES__MATTER_SETTLED__INIT;
    const struct refusal *refusal;
    struct measures_line line;
    struct grant_facts facts;

    if (!matter)
        return &nothing_to_settle;
    fill_settled(asked, row, &event);
    facts = facts_of(row, event.months);
    line = measures_line_at(work->tables, event.agreement, event.line);
    refusal = grant_check(work, &facts, event.agreement, &line);
    if (refusal)
        return refusal;
    event.matter = matter->matter;
    if (line.row)
        event.line = line.row->line;
    event.settled_on = date_field(work->arena, on);
    work_emit(work, &event.base, row->measure, on);
    measures_line_emit(work, &line, row->measure, on);
    return ACCEPTED;
}

const struct refusal *measures_on_settle_matter(struct work *work, const void *body)
{
    const Measures__SettleMatter *asked = body;
    Measures__SettleMatterReply reply = MEASURES__SETTLE_MATTER_REPLY__INIT;
    Measures__Records__Measure *row = NULL;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "settled_on", asked->settled_on, &on);
    if (!refusal)
        refusal = settle(work, asked, row, on);
    if (!refusal)
        work_reply(work, &reply.base);
    return refusal;
}

void measures_apply_matter_settled(struct tables *tables, const struct entry *entry)
{
    const Measures__MatterSettled *event = (const Measures__MatterSettled *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    table_delete(tables, &measures_matters, key_id(event->measure));
    if (!row)
        return;
    row->agreement = event->agreement;
    row->line = event->line;
    row->months = event->months;
    measures_put(tables, row);
}
