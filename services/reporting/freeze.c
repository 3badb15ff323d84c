#include "services/reporting/parts.h"

#include <string.h>

const struct table reporting_frozen = { "frozen_reports", &reporting__report_frozen__descriptor };

static const struct refusal already_frozen = {
    .code = "REPORT_ALREADY_FROZEN",
    .field = "year",
    .rule = "Q40",
    .french = "Ce rapport est déjà figé pour cette année : ce qui est publié ne change plus ; un "
              "nouveau calcul s'affiche à côté.",
    .english = "This report is frozen already for that year: what is published changes no more; a "
               "new computation is shown beside.",
};

struct key reporting_frozen_key(const char *report, unsigned year)
{
    struct key key = key_text(report);

    key_add_number(&key, year);
    return key;
}

static char *text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* The rule names a field of its own; here the year is what to change. */
static const struct refusal *may_be_frozen(struct work *work, const struct computed *computed)
{
    struct frozen_figure frozen;

    for (size_t i = 0; i < computed->count; i++) {
        const struct refusal *refusal = figure_freeze(&computed->figures[i], work->today, &frozen);

        if (refusal)
            return work_refusal(work, refusal->code, "year", refusal->rule, refusal->french,
                                refusal->english);
    }
    return ACCEPTED;
}

static bool fill_figures(struct work *work, const struct computed *computed,
                         Reporting__ReportFrozen *frozen)
{
    Reporting__FrozenFigure *figures =
        arena_take(work->arena, (computed->count + 1) * sizeof *figures);

    frozen->figures =
        arena_take(work->arena, (computed->count + 1) * sizeof(Reporting__FrozenFigure *));
    if (!figures || !frozen->figures)
        return fault_set(&work->tables->fault, FAULT_MEMORY, "the arena is full freezing");
    for (size_t i = 0; i < computed->count; i++) {
        reporting__frozen_figure__init(&figures[i]);
        figures[i].indicator = text_of(computed->figures[i].id);
        figures[i].value = text_of(computed->values[i]);
        figures[i].numerator = computed->figures[i].numerator;
        figures[i].denominator = computed->figures[i].denominator;
        frozen->figures[i] = &figures[i];
    }
    frozen->n_figures = computed->count;
    return true;
}

static void reply_with(struct work *work, size_t figures)
{
    Reporting__FreezeReportReply reply = REPORTING__FREEZE_REPORT_REPLY__INIT;

    reply.figures = (uint32_t)figures;
    work_reply(work, &reply.base);
}

static const struct refusal *freeze(struct work *work, const struct report_definition *definition,
                                    const Reporting__FreezeReport *asked)
{
    const struct computed *computed;
    const struct refusal *refusal = reporting_compute(work, definition, asked->year, &computed);
    Reporting__ReportFrozen frozen = REPORTING__REPORT_FROZEN__INIT;

    if (!refusal && computed)
        refusal = may_be_frozen(work, computed);
    if (refusal || !computed || !fill_figures(work, computed, &frozen))
        return refusal;
    frozen.report = asked->report;
    frozen.year = asked->year;
    frozen.note = asked->note;
    frozen.frozen_on = date_field(work->arena, work->today);
    work_emit(work, &frozen.base, work_new_id(work), work->today);
    reply_with(work, computed->count);
    return ACCEPTED;
}

const struct refusal *reporting_on_freeze_report(struct work *work, const void *body)
{
    const Reporting__FreezeReport *asked = body;
    const struct refusal *refusal;
    const struct report_definition *definition =
        reporting_asked_for(work, asked->report, asked->year, &refusal);
    const Reporting__ReportFrozen *before;

    if (!refusal && *asked->note != '\0')
        refusal = need_name(work, "note", asked->note);
    if (refusal)
        return refusal;
    before = table_get(work->tables, &reporting_frozen,
                       reporting_frozen_key(definition->name, asked->year));
    if (!before)
        return freeze(work, definition, asked);
    if (strcmp(before->note, asked->note) != 0)
        return &already_frozen;
    reply_with(work, before->n_figures);
    return ACCEPTED;
}

void reporting_apply_report_frozen(struct tables *tables, const struct entry *entry)
{
    const Reporting__ReportFrozen *frozen = (const Reporting__ReportFrozen *)entry->event;

    table_put(tables, &reporting_frozen, reporting_frozen_key(frozen->report, frozen->year),
              entry->event);
}
