#include "services/measures/parts.h"

#include <string.h>

enum { LINES_MOST = 64, QUANTITY_MOST = 1000000 };

static const struct refusal agreement_exists = {
    .code = "AGREEMENT_EXISTS",
    .field = "agreement",
    .rule = "",
    .french = "Cet identifiant désigne déjà une autre convention.",
    .english = "This identifier is already another agreement's.",
};
static const struct refusal lines_missing = {
    .code = "AGREEMENT_LINES_MISSING",
    .field = "lines",
    .rule = "6.4",
    .french = "Une convention a au moins une ligne, et au plus 64.",
    .english = "An agreement has at least one line, and at most 64.",
};
static const struct refusal line_twice = {
    .code = "AGREEMENT_LINE_TWICE",
    .field = "lines",
    .rule = "6.4",
    .french = "Deux lignes de la convention ont le même identifiant.",
    .english = "Two lines of the agreement have the same identifier.",
};

struct date measures_agreement_end(const Measures__Records__Agreement *agreement)
{
    struct date last_day = date_of(agreement->ends_on);

    return date_is_set(last_day) ? date_add_days(last_day, 1) : DATE_NONE;
}

/* --- opening ---------------------------------------------------------------------------------- */

static const struct refusal *line_check(struct work *work, const Measures__OpenAgreement *asked,
                                        size_t index)
{
    const Measures__AgreementLine *line = asked->lines[index];
    const struct refusal *refusal = need_name(work, "lines.name", line->name);

    if (!refusal && *line->line != '\0')
        refusal = need_id(work, "lines.line", line->line);
    if (refusal)
        return refusal;
    for (size_t i = 0; i < index; i++)
        if (*line->line != '\0' && strcmp(asked->lines[i]->line, line->line) == 0)
            return &line_twice;
    if (line->contracted_measures > QUANTITY_MOST ||
        line->contracted_measure_months > QUANTITY_MOST)
        return &AGREEMENT_QUANTITY_WRONG;
    return ACCEPTED;
}

static const struct refusal *opening_check(struct work *work, const Measures__OpenAgreement *asked)
{
    struct date start = date_of(asked->starts_on), last_day = date_of(asked->ends_on);
    const struct refusal *refusal = need_name(work, "name", asked->name);

    if (!refusal)
        refusal = need_code(work, "operator", asked->operator_);
    if (!refusal)
        refusal = need_date(work, "starts_on", asked->starts_on);
    if (!refusal && asked->ends_on)
        refusal = need_date(work, "ends_on", asked->ends_on);
    if (!refusal)
        refusal =
            agreement_dates_check(date_of(asked->signed_on), start,
                                  date_is_set(last_day) ? date_add_days(last_day, 1) : DATE_NONE);
    if (!refusal && (asked->n_lines == 0 || asked->n_lines > LINES_MOST))
        refusal = &lines_missing;
    for (size_t i = 0; !refusal && i < asked->n_lines; i++)
        refusal = line_check(work, asked, i);
    return refusal;
}

static bool is_same_date(const Tremplin__Date *a, const Tremplin__Date *b)
{
    return date_is_same(date_of(a), date_of(b));
}

/* What an agreement is when it does not say. */
static Measures__CountingMethod counting_asked(const Measures__OpenAgreement *asked)
{
    return asked->counting ? asked->counting
                           : MEASURES__COUNTING_METHOD__COUNTING_METHOD_ANNIVERSARY;
}

static Measures__EndShift shift_asked(const Measures__OpenAgreement *asked)
{
    return asked->end_shift ? asked->end_shift : MEASURES__END_SHIFT__END_SHIFT_STAYS;
}

static Measures__TargetPublic public_asked(const Measures__AgreementLine *line)
{
    return line->target_public ? line->target_public : MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_ALL;
}

/* A line told without an identifier has the one that it was given. */
static bool is_same_line(const Measures__Records__Line *row, const Measures__AgreementLine *asked)
{
    return (*asked->line == '\0' || strcmp(row->line, asked->line) == 0) &&
           strcmp(row->name, asked->name) == 0 && row->target_public == public_asked(asked) &&
           row->contracted_measures == asked->contracted_measures &&
           row->contracted_months == asked->contracted_measure_months;
}

static bool is_same_agreement(const Measures__Records__Agreement *row,
                              const Measures__OpenAgreement *asked)
{
    if (strcmp(row->name, asked->name) != 0 || strcmp(row->operator_, asked->operator_) != 0 ||
        row->scheme != asked->scheme || row->counting != counting_asked(asked) ||
        row->end_shift != shift_asked(asked) || row->n_lines != asked->n_lines)
        return false;
    for (size_t i = 0; i < row->n_lines; i++)
        if (!is_same_line(row->lines[i], asked->lines[i]))
            return false;
    return is_same_date(row->signed_on, asked->signed_on) &&
           is_same_date(row->starts_on, asked->starts_on) &&
           is_same_date(row->ends_on, asked->ends_on);
}

/* The lines as the event tells them: with identifiers, and a public. */
static Measures__AgreementLine **lines_with_ids(struct work *work,
                                                const Measures__OpenAgreement *asked)
{
    for (size_t i = 0; i < asked->n_lines; i++) {
        Measures__AgreementLine *line = asked->lines[i];

        if (*line->line == '\0')
            line->line = measures_text(work_new_id(work));
        line->target_public = public_asked(line);
    }
    return asked->lines;
}

static Measures__AgreementLine **lines_as_opened(struct arena *arena,
                                                 const Measures__Records__Agreement *row)
{
    Measures__AgreementLine **lines = arena_take(arena, (row->n_lines + 1) * sizeof *lines);

    for (size_t i = 0; lines && i < row->n_lines; i++) {
        lines[i] = arena_take(arena, sizeof **lines);
        if (!lines[i])
            return lines;
        measures__agreement_line__init(lines[i]);
        lines[i]->line = row->lines[i]->line;
        lines[i]->name = row->lines[i]->name;
        lines[i]->target_public = row->lines[i]->target_public;
        lines[i]->contracted_measures = row->lines[i]->contracted_measures;
        lines[i]->contracted_measure_months = row->lines[i]->contracted_months;
    }
    return lines;
}

static void emit_opened(struct work *work, const Measures__OpenAgreement *asked, const char *id,
                        Measures__AgreementLine **lines)
{
    Measures__AgreementOpened event = MEASURES__AGREEMENT_OPENED__INIT;

    event.agreement = measures_text(id);
    event.name = asked->name;
    event.operator_ = asked->operator_;
    event.scheme = asked->scheme;
    event.signed_on = asked->signed_on;
    event.starts_on = asked->starts_on;
    event.ends_on = asked->ends_on;
    event.counting = counting_asked(asked);
    event.n_lines = asked->n_lines;
    event.lines = lines;
    event.end_shift = shift_asked(asked);
    work_emit(work, &event.base, id, date_of(asked->signed_on));
}

const struct refusal *measures_on_open_agreement(struct work *work, const void *body)
{
    const Measures__OpenAgreement *asked = body;
    Measures__OpenAgreementReply reply = MEASURES__OPEN_AGREEMENT_REPLY__INIT;
    const char *id = *asked->agreement ? asked->agreement : work_new_id(work);
    const struct refusal *refusal = need_id(work, "agreement", id);
    const Measures__Records__Agreement *row;

    if (!refusal)
        refusal = opening_check(work, asked);
    if (refusal)
        return refusal;
    row = table_get(work->tables, &measures_agreements, key_id(id));
    if (row && !is_same_agreement(row, asked))
        return &agreement_exists;
    reply.agreement = measures_text(id);
    reply.n_lines = asked->n_lines;
    reply.lines = row ? lines_as_opened(work->arena, row) : lines_with_ids(work, asked);
    if (!row)
        emit_opened(work, asked, id, reply.lines);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_agreement_opened(struct tables *tables, const struct entry *entry)
{
    const Measures__AgreementOpened *event = (const Measures__AgreementOpened *)entry->event;
    Measures__Records__Agreement row = MEASURES__RECORDS__AGREEMENT__INIT;
    Measures__Records__Line lines[LINES_MOST];
    Measures__Records__Line *list[LINES_MOST];

    row.agreement = event->agreement;
    row.name = event->name;
    row.operator_ = event->operator_;
    row.scheme = event->scheme;
    row.signed_on = event->signed_on;
    row.starts_on = event->starts_on;
    row.ends_on = event->ends_on;
    row.counting = event->counting;
    row.end_shift = event->end_shift;
    row.lines = list;
    for (size_t i = 0; i < event->n_lines && i < LINES_MOST; i++) {
        measures__records__line__init(&lines[i]);
        lines[i].line = event->lines[i]->line;
        lines[i].name = event->lines[i]->name;
        lines[i].target_public = event->lines[i]->target_public;
        lines[i].contracted_measures = event->lines[i]->contracted_measures;
        lines[i].contracted_months = event->lines[i]->contracted_measure_months;
        list[row.n_lines++] = &lines[i];
    }
    table_put(tables, &measures_agreements, key_id(event->agreement), &row.base);
}

/* --- a line during one input ------------------------------------------------------------------ */

/* What is not contracted in a unit is not bounded in it. */
static int64_t contracted_or_unbounded(uint32_t contracted)
{
    return contracted > 0 ? (int64_t)contracted * ONE : QUANTITY_LARGEST;
}

static void fill_line(struct measures_line *line, const Measures__Records__Line *row)
{
    line->row = row;
    line->measures = (struct agreement_line){
        .unit = LINE_MEASURES,
        .target_public = (enum target_public)row->target_public,
        .contracted = contracted_or_unbounded(row->contracted_measures),
        .reserved = (int64_t)row->reserved_measures * ONE,
    };
    line->months = (struct agreement_line){
        .unit = LINE_MEASURE_MONTHS,
        .target_public = (enum target_public)row->target_public,
        .contracted = contracted_or_unbounded(row->contracted_months),
        .reserved = row->reserved,
        .consumed = row->consumed,
        .released = row->released,
    };
}

/* Without a line's identifier it is the only one there is. */
struct measures_line measures_line_at(struct tables *tables, const char *agreement,
                                      const char *line)
{
    struct measures_line found = { 0 };

    if (*agreement == '\0')
        return found;
    found.agreement = table_get(tables, &measures_agreements, key_id(agreement));
    for (size_t i = 0; found.agreement && i < found.agreement->n_lines; i++) {
        const Measures__Records__Line *row = found.agreement->lines[i];

        if (strcmp(row->line, line) == 0 || (*line == '\0' && found.agreement->n_lines == 1))
            fill_line(&found, row);
    }
    return found;
}

struct measures_line measures_line_of(struct tables *tables,
                                      const Measures__Records__Measure *measure)
{
    struct measures_line line = measures_line_at(tables, measure->agreement, measure->line);

    line.held = measure->held;
    return line;
}

const struct refusal *measures_line_reserve(struct measures_line *line, uint32_t months,
                                            bool is_first)
{
    struct agreement_line both[] = { line->months, line->measures };
    const struct refusal *refusal;

    if (!line->row || (months == 0 && !is_first))
        return ACCEPTED;
    refusal = agreement_reserve_grant(
        both, is_first ? 2 : 1,
        (struct grant){ .target_public = line->months.target_public, .months = (int32_t)months });
    if (refusal)
        return refusal;
    line->months = both[0];
    line->measures = both[1];
    line->held += (int64_t)months * MONTH_HUNDREDTHS;
    line->changed = true;
    return ACCEPTED;
}

void measures_line_consume(struct measures_line *line, int64_t hundredths)
{
    int64_t taken = hundredths < line->held ? hundredths : line->held;

    if (!line->row || agreement_consume(&line->months, taken))
        return;
    line->held -= taken;
    line->changed = true;
}

void measures_line_take_back(struct measures_line *line, int64_t hundredths)
{
    if (!line->row || agreement_take_back(&line->months, hundredths))
        return;
    line->held += hundredths;
    line->changed = true;
}

void measures_line_release(struct measures_line *line, bool is_cancelled)
{
    if (!line->row)
        return;
    if (!agreement_release(&line->months, line->held)) {
        line->held = 0;
        line->changed = true;
    }
    if (is_cancelled && !agreement_release(&line->measures, ONE))
        line->changed = true;
}

/* --- what a line has, as told ----------------------------------------------------------------- */

/* Of what was contracted, rounded down, so that a step is told when it is reached. */
static int64_t percent_used(const struct agreement_line *line, uint32_t contracted)
{
    return contracted > 0 ? (line->reserved + line->consumed) * 100 / line->contracted : 0;
}

static Measures__LineStanding *standing_of(struct arena *arena, const struct measures_line *line)
{
    Measures__LineStanding *standing = arena_take(arena, sizeof *standing);

    if (!standing)
        return NULL;
    measures__line_standing__init(standing);
    standing->line = line->row->line;
    standing->name = line->row->name;
    standing->contracted_measures = line->row->contracted_measures;
    standing->reserved_measures = (uint32_t)(line->measures.reserved / ONE);
    standing->contracted_months = line->row->contracted_months;
    standing->reserved_months = (uint32_t)(line->months.reserved / MONTH_HUNDREDTHS);
    standing->consumed_months = (uint32_t)(line->months.consumed / MONTH_HUNDREDTHS);
    if (line->row->contracted_months > 0)
        standing->left_months = agreement_line_left(&line->months) / MONTH_HUNDREDTHS;
    if (line->row->contracted_measures > 0)
        standing->left_measures = agreement_line_left(&line->measures) / ONE;
    standing->reserved_hundredths = line->months.reserved;
    standing->consumed_hundredths = line->months.consumed;
    standing->released_hundredths = line->months.released;
    return standing;
}

void measures_line_emit(struct work *work, const struct measures_line *line, const char *measure,
                        struct date on)
{
    Measures__AgreementLineChanged event = MEASURES__AGREEMENT_LINE_CHANGED__INIT;
    int64_t of_measures, of_months;

    if (!line->row || !line->changed)
        return;
    of_measures = percent_used(&line->measures, line->row->contracted_measures);
    of_months = percent_used(&line->months, line->row->contracted_months);
    event.agreement = line->agreement->agreement;
    event.standing = standing_of(work->arena, line);
    event.measure = measures_text(measure);
    event.changed_on = date_field(work->arena, on);
    event.used_percent = (uint32_t)(of_measures > of_months ? of_measures : of_months);
    event.held_hundredths = line->held;
    work_emit(work, &event.base, event.agreement, on);
}

void measures_apply_agreement_line_changed(struct tables *tables, const struct entry *entry)
{
    const Measures__AgreementLineChanged *event =
        (const Measures__AgreementLineChanged *)entry->event;
    Measures__Records__Agreement *row =
        table_get(tables, &measures_agreements, key_id(event->agreement));
    Measures__Records__Measure *measure = measures_get(tables, event->measure);

    if (!row || !event->standing)
        return;
    for (size_t i = 0; i < row->n_lines; i++) {
        if (strcmp(row->lines[i]->line, event->standing->line) != 0)
            continue;
        row->lines[i]->reserved_measures = event->standing->reserved_measures;
        row->lines[i]->reserved = event->standing->reserved_hundredths;
        row->lines[i]->consumed = event->standing->consumed_hundredths;
        row->lines[i]->released = event->standing->released_hundredths;
    }
    table_put(tables, &measures_agreements, key_id(event->agreement), &row->base);
    if (!measure)
        return;
    measure->held = event->held_hundredths;
    measures_put(tables, measure);
}

const struct refusal *measures_on_agreement(struct work *work, const void *body)
{
    const Measures__AgreementQuery *asked = body;
    const Measures__Records__Agreement *row =
        table_get(work->tables, &measures_agreements, key_id(asked->agreement));
    Measures__AgreementReply reply = MEASURES__AGREEMENT_REPLY__INIT;

    if (!row)
        return not_known(work, "agreement", asked->agreement);
    reply.agreement = row->agreement;
    reply.name = row->name;
    reply.operator_ = row->operator_;
    reply.starts_on = row->starts_on;
    reply.ends_on = row->ends_on;
    reply.lines = arena_take(work->arena, (row->n_lines + 1) * sizeof *reply.lines);
    for (size_t i = 0; reply.lines && i < row->n_lines; i++) {
        struct measures_line line = { .agreement = row };

        fill_line(&line, row->lines[i]);
        reply.lines[reply.n_lines++] = standing_of(work->arena, &line);
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
