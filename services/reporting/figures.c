#include "services/reporting/figures.h"

#include "libcommon/money.h"
#include "services/reporting/rules/spread.h"

/* --- counting --------------------------------------------------------------------------------- */

static int64_t count_of(const struct cube *cube, const struct tally *tally)
{
    int64_t count = tally->codes == 0
                        ? reporting_cube_total(cube, tally->base)
                        : reporting_cube_sum(cube, tally->base, tally->axis, tally->codes);

    /* Measure-months are published whole (§2.8), half up where an agreement counts by days. */
    return tally->base == BASE_MONTHS ? divide_half_up(count, 100) : count;
}

/* The code counted most, absent ones aside; 0 when there is none. */
static size_t most_frequent_code(const struct cube *cube,
                                 const struct figure_definition *definition)
{
    size_t names = 0, best;

    while (definition->names[names])
        names++;
    best = most_frequent(&cube->counts[definition->numerator.base][definition->numerator.axis][1],
                         names - 1);
    return best == names - 1 ? 0 : best + 1;
}

static int64_t numerator_of(const struct cube *cube, const struct figure_definition *definition)
{
    const struct tally *tally = &definition->numerator;

    if (definition->printed == PRINTED_AS_MOST_FREQUENT)
        return cube->counts[tally->base][tally->axis][most_frequent_code(cube, definition)] *
               (most_frequent_code(cube, definition) != 0);
    return count_of(cube, tally);
}

static enum figure_form form_of(enum printed printed)
{
    switch (printed) {
    case PRINTED_AS_COUNT: return FORM_COUNT;
    case PRINTED_AS_RATIO:
    case PRINTED_AS_PERCENT: return FORM_RATIO;
    case PRINTED_AS_SHARE:
    case PRINTED_AS_MOST_FREQUENT: break;
    }
    return FORM_SHARE;
}

static struct figure figure_of(const struct cube *cube, unsigned year,
                               const struct figure_definition *definition)
{
    return (struct figure){
        .id = definition->id,
        .scope = definition->scope,
        .from = DATE((int16_t)year, 1, 1),
        .end = date_add_years(DATE((int16_t)year, 1, 1), 1),
        .form = form_of(definition->printed),
        .counts = definition->counts,
        .per = definition->per,
        .decimals = definition->decimals,
        .numerator = numerator_of(cube, definition),
        .denominator = definition->denominator.base ? count_of(cube, &definition->denominator) : 0,
        .note = definition->note_english ? definition->note_english : "",
    };
}

/* --- words ------------------------------------------------------------------------------------ */

static const char *counted_name(enum counted counted, bool one)
{
    static const char *const names[][2] = {
        [COUNTED_HOUSEHOLDS] = { "household", "households" },
        [COUNTED_PERSONS] = { "person", "persons" },
        [COUNTED_MEASURES] = { "measure", "measures" },
        [COUNTED_MEASURE_MONTHS] = { "measure-month", "measure-months" },
        [COUNTED_DIAGNOSES] = { "diagnosis", "diagnoses" },
        [COUNTED_RESIDENCES] = { "residence", "residences" },
        [COUNTED_UNITS] = { "unit", "units" },
        [COUNTED_PLACES] = { "place", "places" },
        [COUNTED_STAYS] = { "stay", "stays" },
        [COUNTED_DOMAINS] = { "domain", "domains" },
        [COUNTED_MONTHS] = { "month", "months" },
        [COUNTED_DISTRICTS] = { "district", "districts" },
        [COUNTED_WORKERS] = { "worker", "workers" },
    };

    return names[counted][one ? 0 : 1];
}

const char *reporting_unit(struct work *work, const struct figure *figure)
{
    if (figure->form == FORM_COUNT)
        return counted_name(figure->counts, false);
    if (figure->form == FORM_SHARE)
        return arena_format(work->arena, "%% of %s", counted_name(figure->per, false));
    return arena_format(work->arena, "%s per %s", counted_name(figure->counts, false),
                        counted_name(figure->per, true));
}

static const char *value_of(struct work *work, const struct cube *cube,
                            const struct figure_definition *definition, const struct figure *figure)
{
    struct number number = figure_value(figure);
    char text[NUMBER_TEXT_SIZE];
    bool in_percent =
        definition->printed == PRINTED_AS_SHARE || definition->printed == PRINTED_AS_PERCENT;

    if (definition->printed == PRINTED_AS_MOST_FREQUENT)
        return definition->names[most_frequent_code(cube, definition)];
    /* So many hundredths are so many per cent. */
    if (definition->printed == PRINTED_AS_PERCENT)
        number.decimals = (uint8_t)(number.decimals - 2);
    if (!number.is_known)
        return "";
    return arena_format(work->arena, "%s%s", number_format(number, ',', text),
                        in_percent ? " %" : "");
}

const struct refusal *reporting_compute(struct work *work, const struct report_definition *report,
                                        unsigned year, const struct computed **computed)
{
    struct computed *made = arena_take(work->arena, sizeof *made);
    const struct refusal *refusal = ACCEPTED;

    *computed = made;
    if (!made) {
        fault_set(&work->tables->fault, FAULT_MEMORY, "the arena is full for a report");
        return ACCEPTED;
    }
    made->definition = report;
    made->cube = reporting_cube(work, year, report->schemes);
    for (size_t i = 0; made->cube && report->figures[i].id && !refusal; i++) {
        made->figures[i] = figure_of(made->cube, year, &report->figures[i]);
        made->values[i] = value_of(work, made->cube, &report->figures[i], &made->figures[i]);
        made->count++;
        refusal = figure_check(&made->figures[i]);
    }
    return refusal;
}
