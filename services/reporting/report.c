#include "services/reporting/parts.h"

#include <string.h>

/* --- what is shown ---------------------------------------------------------------------------- */

/* A figure as it was frozen beside the one computed now; which of them the asker may see. */
struct presentation {
    const struct computed *computed;
    const Reporting__ReportFrozen *frozen; /* NULL: not frozen */
    const Reporting__FrozenFigure *frozen_figures[REPORT_FIGURES_MOST];
    bool is_public;
    bool shown[REPORT_FIGURES_MOST];
    bool frozen_shown[REPORT_FIGURES_MOST];
};

static const Reporting__FrozenFigure *find_frozen(const Reporting__ReportFrozen *frozen,
                                                  const char *id)
{
    for (size_t i = 0; frozen && i < frozen->n_figures; i++)
        if (strcmp(frozen->figures[i]->indicator, id) == 0)
            return frozen->figures[i];
    return NULL;
}

static const struct refusal *hide_what_tells(struct work *work, struct presentation *view)
{
    struct standing now[REPORT_FIGURES_MOST] = { 0 }, before[REPORT_FIGURES_MOST] = { 0 };
    struct suppression_law law;
    const struct refusal *refusal = work_law(work, suppression_law, work->today, &law);

    if (refusal)
        return refusal;
    for (size_t i = 0; i < view->computed->count; i++) {
        const struct figure *figure = &view->computed->figures[i];
        const Reporting__FrozenFigure *frozen = view->frozen_figures[i];

        now[i] = (struct standing){ true, figure->numerator, figure->denominator };
        if (frozen)
            before[i] = (struct standing){ true, frozen->numerator, frozen->denominator };
    }
    reporting_disclosable(view->computed->definition, &law, now, view->frozen ? before : NULL,
                          view->shown, view->frozen_shown);
    return ACCEPTED;
}

static const struct refusal *make_view(struct work *work, const struct computed *computed,
                                       bool is_public, unsigned year, struct presentation *view)
{
    view->computed = computed;
    view->is_public = is_public;
    view->frozen = table_get(work->tables, &reporting_frozen,
                             reporting_frozen_key(computed->definition->name, year));
    for (size_t i = 0; i < computed->count; i++) {
        view->frozen_figures[i] = find_frozen(view->frozen, computed->figures[i].id);
        view->shown[i] = true;
        view->frozen_shown[i] = view->frozen_figures[i] != NULL;
    }
    return is_public ? hide_what_tells(work, view) : ACCEPTED;
}

/* --- the reply -------------------------------------------------------------------------------- */

static char *text_of(const char *text)
{
    return (char *)(uintptr_t)(text ? text : "");
}

static char *note_with(struct work *work, const char *note, const char *remark)
{
    if (!remark)
        return text_of(note);
    return note ? arena_format(work->arena, "%s %s", note, remark) : text_of(remark);
}

static void fill_notes(struct work *work, const struct presentation *view, size_t index,
                       Reporting__Figure *told)
{
    const struct figure_definition *definition = &view->computed->definition->figures[index];
    struct remark remark = { 0 };

    if (definition->remark && !view->is_public)
        remark = definition->remark(work, view->computed->cube);
    told->note_french = note_with(work, definition->note_french, remark.french);
    told->note_english = note_with(work, definition->note_english, remark.english);
}

static void fill_value(const struct presentation *view, size_t index, Reporting__Figure *told)
{
    const struct figure_definition *definition = &view->computed->definition->figures[index];
    const struct figure *figure = &view->computed->figures[index];

    told->suppressed = !view->shown[index];
    if (told->suppressed)
        return;
    told->value = text_of(view->computed->values[index]);
    /* Which code is the most frequent is published, not how many that is. */
    if (view->is_public && definition->printed == PRINTED_AS_MOST_FREQUENT)
        return;
    told->numerator = figure->numerator;
    told->denominator = figure->denominator;
}

static void fill_figure(struct work *work, const struct presentation *view, size_t index,
                        Reporting__Figure *told)
{
    const struct figure_definition *definition = &view->computed->definition->figures[index];

    reporting__figure__init(told);
    told->indicator = text_of(definition->id);
    told->name_french = text_of(definition->french);
    told->name_english = text_of(definition->english);
    told->unit = text_of(reporting_unit(work, &view->computed->figures[index]));
    told->scope = text_of(definition->scope);
    told->derived = definition->derived;
    fill_value(view, index, told);
    if (view->frozen_shown[index])
        told->frozen_value = view->frozen_figures[index]->value;
    fill_notes(work, view, index, told);
}

static void reply_report(struct work *work, const struct presentation *view, unsigned year)
{
    const struct report_definition *definition = view->computed->definition;
    Reporting__ReportReply reply = REPORTING__REPORT_REPLY__INIT;
    Reporting__Figure *figures = arena_take(work->arena, REPORT_FIGURES_MOST * sizeof *figures);

    reply.figures = arena_take(work->arena, REPORT_FIGURES_MOST * sizeof(Reporting__Figure *));
    if (!figures || !reply.figures) {
        fault_set(&work->tables->fault, FAULT_MEMORY, "the arena is full for a report");
        return;
    }
    for (size_t i = 0; i < view->computed->count; i++) {
        fill_figure(work, view, i, &figures[i]);
        reply.figures[i] = &figures[i];
    }
    reply.n_figures = view->computed->count;
    reply.report = text_of(definition->name);
    reply.year = year;
    reply.title_french = text_of(definition->title_french);
    reply.title_english = text_of(definition->title_english);
    reply.computed_on = date_field(work->arena, work->today);
    if (view->frozen) {
        reply.frozen_on = view->frozen->frozen_on;
        reply.note = view->frozen->note;
    }
    work_reply(work, &reply.base);
}

const struct refusal *reporting_on_report(struct work *work, const void *body)
{
    const Reporting__ReportQuery *asked = body;
    const struct refusal *refusal;
    const struct report_definition *definition =
        reporting_asked_for(work, asked->report, asked->year, &refusal);
    const struct computed *computed;
    struct presentation view = { 0 };

    if (refusal)
        return refusal;
    refusal = reporting_compute(work, definition, asked->year, &computed);
    if (!refusal && computed)
        refusal = make_view(work, computed, asked->public_, asked->year, &view);
    if (refusal || !computed)
        return refusal;
    reply_report(work, &view, asked->year);
    return ACCEPTED;
}

const struct refusal *reporting_on_reports(struct work *work, const void *body)
{
    enum { REPORTS_MOST = 32 };
    Reporting__ReportDescription descriptions[REPORTS_MOST];
    Reporting__ReportDescription *list[REPORTS_MOST];
    Reporting__ReportsReply reply = REPORTING__REPORTS_REPLY__INIT;

    (void)body;
    for (size_t i = 0; reporting_reports[i] && i < REPORTS_MOST; i++) {
        reporting__report_description__init(&descriptions[i]);
        descriptions[i].report = text_of(reporting_reports[i]->name);
        descriptions[i].title_french = text_of(reporting_reports[i]->title_french);
        descriptions[i].title_english = text_of(reporting_reports[i]->title_english);
        list[reply.n_reports++] = &descriptions[i];
    }
    reply.reports = list;
    work_reply(work, &reply.base);
    return ACCEPTED;
}
