#include "services/measures/parts.h"

#include <string.h>

const struct table measures_workers = { "workers", &measures__records__worker__descriptor };
const struct table measures_agreements = { "agreements",
                                           &measures__records__agreement__descriptor };
const struct table measures_measures = { "measures", &measures__records__measure__descriptor };
const struct table measures_by_household = { "by_household", &measures__records__mark__descriptor };
const struct table measures_by_worker = { "by_worker", &measures__records__mark__descriptor };
const struct table measures_open = { "open", &measures__records__mark__descriptor };
const struct table measures_matters = { "matters", &measures__records__matter__descriptor };
const struct table measures_counted = { "counted", &measures__records__counted__descriptor };
const struct table measures_texts = { "texts", &measures__records__text__descriptor };
const struct table measures_follow_ups = { "follow_ups",
                                           &measures__records__follow_up__descriptor };
const struct table measures_follow_ups_due = { "follow_ups_due",
                                               &measures__records__mark__descriptor };
const struct table measures_prescribers = { "prescribers",
                                            &measures__records__prescriber__descriptor };
const struct table measures_accreditations = { "accreditations",
                                               &measures__records__accreditation__descriptor };

/* --- guards ----------------------------------------------------------------------------------- */

const struct refusal *measures_order_check(struct work *work, const char *field,
                                           struct date earlier, struct date later)
{
    char day[DATE_TEXT_SIZE];

    if (!date_is_before(later, earlier))
        return ACCEPTED;
    date_format(earlier, day);
    return work_refusal(
        work, "FACTS_OUT_OF_ORDER", field, "6.2",
        arena_format(work->arena, "« %s » précède l'étape d'avant, du %s : corrigez la date.",
                     field, day),
        arena_format(work->arena, "'%s' comes before the step before, of %s: correct the date.",
                     field, day));
}

const struct refusal *measures_need_measure(struct work *work, const char *id,
                                            Measures__Records__Measure **measure)
{
    const struct refusal *refusal = need_id(work, "measure", id);

    if (refusal)
        return refusal;
    *measure = measures_get(work->tables, id);
    return *measure ? ACCEPTED : not_known(work, "measure", id);
}

static const char *const states_in_french[] = {
    "",
    "accordée, à attribuer",
    "attribuée, premier entretien à tenir",
    "en contractualisation",
    "en cours",
    "suspendue",
    "en attente de renouvellement",
    "terminée, à évaluer",
    "close",
    "annulée",
};

const char *measures_state_name(unsigned state)
{
    return state < measure_machine.state_count ? measure_machine.states[state] : "";
}

const struct refusal *measures_move_check(struct work *work, enum measure_state state,
                                          enum measure_event event)
{
    unsigned next;

    if (machine_move(&measure_machine, state, event, &next) == MOVE_MADE)
        return ACCEPTED;
    return work_refusal(
        work, "MEASURE_STATE_WRONG", "measure", "6.2, C-11",
        arena_format(work->arena, "La mesure est %s : ce n'est pas possible dans cet état.",
                     states_in_french[state]),
        arena_format(work->arena, "The measure is %s: this is not possible in that state.",
                     measures_state_name(state)));
}

enum measure_state measures_state_on(const Measures__Records__Measure *measure, struct date on)
{
    if (measure->state == MEASURE_CLOSING && measure->state_before != 0 &&
        date_is_before(on, date_of(measure->ended_on)))
        return (enum measure_state)measure->state_before;
    return (enum measure_state)measure->state;
}

/* --- a measure's row -------------------------------------------------------------------------- */

Measures__Records__Measure *measures_get(struct tables *tables, const char *id)
{
    return table_get(tables, &measures_measures, key_id(id));
}

void measures_put(struct tables *tables, const Measures__Records__Measure *measure)
{
    table_put(tables, &measures_measures, key_id(measure->measure), &measure->base);
}

static struct date earlier_known(struct date a, struct date b)
{
    if (!date_is_set(a))
        return b;
    return date_is_set(b) ? date_earlier(a, b) : a;
}

struct measure_time measures_time_of(struct arena *arena, const Measures__Records__Measure *measure)
{
    struct span *suspensions =
        arena_take(arena, (measure->n_suspensions + 1) * sizeof *suspensions);
    struct date ended_on = date_of(measure->ended_on);
    struct measure_time time = { .start = date_of(measure->started_on),
                                 .end = date_is_set(ended_on) ? ended_on : date_of(measure->end) };

    for (size_t i = 0; suspensions && i < measure->n_suspensions; i++)
        suspensions[time.suspension_count++] =
            (struct span){ .from = date_of(measure->suspensions[i]->from),
                           .end = date_of(measure->suspensions[i]->end) };
    time.suspensions = suspensions;
    return time;
}

static const Measures__Records__Agreement *agreement_of(struct tables *tables,
                                                        const Measures__Records__Measure *measure)
{
    if (*measure->agreement == '\0')
        return NULL;
    return table_get(tables, &measures_agreements, key_id(measure->agreement));
}

/* Internal measures have no agreement: they are counted as Q1 says. */
enum counting measures_counting_of(struct tables *tables, const Measures__Records__Measure *measure)
{
    const Measures__Records__Agreement *agreement = agreement_of(tables, measure);

    return agreement && agreement->counting ? (enum counting)agreement->counting
                                            : COUNT_ANNIVERSARY;
}

enum end_shift measures_shift_of(struct tables *tables, const Measures__Records__Measure *measure)
{
    const Measures__Records__Agreement *agreement = agreement_of(tables, measure);

    return agreement && agreement->end_shift ? (enum end_shift)agreement->end_shift : END_STAYS;
}

int64_t measures_instant_of(struct date date)
{
    return date_is_set(date) ? start_of_day(date) : 0;
}

int64_t measures_end_instant(const struct work *work, struct date end)
{
    return measures_is_of_now(work, end) ? measures_instant_of(end) : end_of_day(work->today);
}

bool measures_is_of_now(const struct work *work, struct date end)
{
    return !date_is_set(end) || date_is_after(end, work->today);
}

bool measures_runs_on(const Measures__Records__Measure *measure, struct date day)
{
    struct date start = date_of(measure->started_on);
    struct date end = date_of(measure->ended_on);

    if (!date_is_set(start))
        return false;
    if (measure->state != MEASURE_RENEWAL_PENDING)
        end = earlier_known(end, date_of(measure->end));
    return date_is_within(day, start, end);
}

Tremplin__Date **measures_dates(struct arena *arena, const struct date dates[], size_t count,
                                size_t *listed)
{
    Tremplin__Date **list = arena_take(arena, (count + 1) * sizeof *list);

    *listed = 0;
    for (size_t i = 0; list && i < count; i++) {
        list[*listed] = date_field(arena, dates[i]);
        *listed += list[*listed] != NULL;
    }
    return list;
}

/* --- what is personal ------------------------------------------------------------------------- */

static bool has_text(const Tremplin__Sealed *sealed)
{
    return sealed && sealed->clear[strspn(sealed->clear, " \t\n")] != '\0';
}

void measures_emit_texts(struct work *work, const ProtobufCMessage *event,
                         const Measures__Records__Measure *measure, struct date date,
                         Tremplin__Sealed *const texts[], size_t count)
{
    Measures__Records__Texts record = MEASURES__RECORDS__TEXTS__INIT;

    record.texts = arena_take(work->arena, (count + 1) * sizeof *record.texts);
    for (size_t i = 0; record.texts && i < count; i++)
        if (has_text(texts[i]))
            record.texts[record.n_texts++] = texts[i];
    if (record.n_texts > 0)
        work_emit_sealed(work, event, measure->measure, date, measure->household, &record.base);
    else
        work_emit(work, event, measure->measure, date);
}

void measures_keep_texts(struct tables *tables, const char *measure, const struct entry *entry)
{
    const Measures__Records__Texts *record = (const Measures__Records__Texts *)entry->record;

    for (size_t i = 0; record && i < record->n_texts; i++) {
        Measures__Records__Text row = MEASURES__RECORDS__TEXT__INIT;
        struct key key = key_id(measure);

        key_add_number(&key, entry->header->sequence);
        key_add_number(&key, i);
        row.text = record->texts[i];
        table_put(tables, &measures_texts, key, &row.base);
    }
}

/* --- deadlines -------------------------------------------------------------------------------- */

void measures_set_end(struct tables *tables, Measures__Records__Measure *measure, int64_t at_ms)
{
    if (measure->end_at_ms != 0)
        deadline_clear(tables, MEASURES_DEADLINE_END, measure->end_at_ms, measure->measure, 1);
    if (at_ms != 0)
        deadline_set(tables, MEASURES_DEADLINE_END, at_ms, measure->measure, 1);
    measure->end_at_ms = at_ms;
}

void measures_set_count(struct tables *tables, Measures__Records__Measure *measure, int64_t at_ms)
{
    if (measure->count_at_ms != 0)
        deadline_clear(tables, MEASURES_DEADLINE_COUNT, measure->count_at_ms, measure->measure, 1);
    if (at_ms != 0)
        deadline_set(tables, MEASURES_DEADLINE_COUNT, at_ms, measure->measure, 1);
    measure->count_at_ms = at_ms;
}

void measures_clear_deadlines(struct tables *tables, Measures__Records__Measure *measure)
{
    measures_set_end(tables, measure, 0);
    measures_set_count(tables, measure, 0);
}
