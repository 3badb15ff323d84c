#include "services/ctl/import_run.h"

#include "libcommon/clock.h"

#include <string.h>
#include <unistd.h>

enum {
    STEP_MS =
        60 * 1000,     /* how long a step is asked for; what it was refused before is asked anew */
    ANSWER_MS = 2000,  /* then the same is sent again */
    HEARING_MS = 5000, /* what a service takes besides, to hear what the step comes after */
    AGAIN_MS = 20,     /* after a service said to try again, doubled up to AGAIN_MOST_MS */
    AGAIN_MOST_MS = 500,
    ON_ITS_WAY_MS = 5000, /* what was done just in time may still be told */
};

static const char no_answer[] = "le service ne répond pas";

static void show_progress(const struct import *import)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%s : %d ", import->kind->name, import->good + import->back.count);
}

static void finish_row(struct import *import, struct under_way *way, const char *reason)
{
    for (size_t i = 0; i < way->together_count; i++) {
        const struct csv_row *row = &way->together[i];

        if (reason)
            give_back(&import->back, row->line, way->row.column, row->raw, row->raw_length, reason);
        else
            import->good++;
    }
    way->taken = false;
    show_progress(import);
}

/* Again in a while; once that is past its time, only what is on its way is waited for. */
static void set_due(struct under_way *way, int64_t wait_ms)
{
    way->due_ms = clock_ms(CLOCK_REALTIME) + wait_ms;
    if (way->due_ms >= way->not_after_ms)
        way->due_ms = way->not_after_ms + ON_ITS_WAY_MS;
}

/* The identifier of a step's command: of the row's own content, so that the same row is done once,
 * and the same step sent again too; keyed, for names are among it. */
static bool send_step(struct import *import, struct under_way *way)
{
    const struct import_step *step = &way->row.steps[way->step];
    const Tremplin__Position *after[ORGANISATION_NAMES_MOST];
    char reference[64];

    for (size_t i = 0; i < way->after_count; i++)
        after[i] = &way->after[i];
    snprintf(reference, sizeof reference, "%zu", way->step);
    derive_id((struct bytes){ import->key, sizeof import->key }, import->ctl->organisation.name,
              step->method, reference, step->body, way->id);
    set_due(way, ANSWER_MS + (way->after_count > 0 ? HEARING_MS : 0));
    return client_send(import->ctl->client, way->id, step->method, step->body, way->not_after_ms,
                       after, way->after_count);
}

static void begin_step(struct import *import, struct under_way *way)
{
    way->not_after_ms = clock_ms(CLOCK_REALTIME) + STEP_MS;
    way->pause_ms = AGAIN_MS;
    way->row.column = 0;
    *way->row.reason = '\0';
    if (!send_step(import, way))
        finish_row(import, way, no_answer);
}

/* When the service of the step under way last answered; NULL when it is not the organisation's. */
static int64_t *heard_of(struct import *import, const struct under_way *way)
{
    const char *method = way->row.steps[way->step].method;
    const char *const *names = service_names(import->ctl);
    size_t length = strcspn(method, ".");

    for (size_t i = 0; names[i]; i++)
        if (strlen(names[i]) == length && strncmp(names[i], method, length) == 0)
            return &import->heard_ms[i];
    return NULL;
}

/* Its time is over, and no one does it any more: the row may be given back. */
static void give_up(struct import *import, struct under_way *way)
{
    const int64_t *heard = heard_of(import, way);

    if (!heard || *heard < way->not_after_ms - STEP_MS)
        import->is_silent = true;
    finish_row(import, way, *way->row.reason ? way->row.reason : no_answer);
}

static void look_at_time(struct import *import)
{
    const int64_t now_ms = clock_ms(CLOCK_REALTIME);

    for (size_t i = 0; i < AT_ONCE; i++) {
        struct under_way *way = &import->rows[i];

        if (!way->taken || now_ms < way->due_ms)
            continue;
        if (now_ms >= way->not_after_ms)
            give_up(import, way);
        else
            send_step(import, way); /* if it cannot be, it is tried again in its turn */
    }
}

static void remember_position(struct under_way *way, const Tremplin__Position *position)
{
    size_t i = 0;

    while (i < way->after_count && strcmp(way->services[i], position->service) != 0)
        i++;
    if (i == ORGANISATION_NAMES_MOST)
        return;
    if (i == way->after_count)
        way->after_count++;
    snprintf(way->services[i], sizeof way->services[i], "%s", position->service);
    snprintf(way->log_ids[i], sizeof way->log_ids[i], "%s", position->log_id);
    tremplin__position__init(&way->after[i]);
    way->after[i].service = way->services[i];
    way->after[i].log_id = way->log_ids[i];
    way->after[i].sequence = position->sequence;
}

/* The column that the field of a refusal comes from, and its place; NULL when there is none. */
static const char *column_of_field(const struct import_row *row, const char *field, int *where)
{
    for (const struct import_field *known = import_fields; known->field; known++)
        for (size_t i = 0; i < row->header->count && i < row->fields->count; i++)
            if (strcmp(known->field, field) == 0 &&
                strcmp(known->column, row->header->fields[i]) == 0) {
                *where = row->fields->columns[i];
                return known->column;
            }
    return NULL;
}

/* In the file's words: the column where the sentence names the field, or before the sentence. */
static void tell_refusal(struct under_way *way, const Tremplin__Trouble *trouble, char *reason,
                         size_t size)
{
    const char *dot = strrchr(trouble->field, '.');
    const char *field = dot ? dot + 1 : trouble->field;
    const char *column = column_of_field(&way->row, field, &way->row.column);
    const char *named = column ? arena_format(&way->arena, "« %s »", trouble->field) : NULL;
    const char *at = named ? strstr(trouble->french, named) : NULL;
    const char *method = way->row.steps[way->step].method;

    if (at)
        snprintf(reason, size, "%.*s« %s »%s (%s, %s)", (int)(at - trouble->french),
                 trouble->french, column, at + strlen(named), trouble->code, method);
    else if (column)
        snprintf(reason, size, "« %s » : %s (%s, %s)", column, trouble->french, trouble->code,
                 method);
    else
        snprintf(reason, size, "%s (%s, %s%s%s)", trouble->french, trouble->code, method,
                 *field ? ", " : "", trouble->field);
}

static void tell_answer(struct under_way *way, const Tremplin__Reply *reply)
{
    if (reply->trouble)
        tell_refusal(way, reply->trouble, way->row.reason, sizeof way->row.reason);
    else
        snprintf(way->row.reason, sizeof way->row.reason, "refusé (%s)",
                 way->row.steps[way->step].method);
}

static void step_answered(struct import *import, struct under_way *way,
                          const Tremplin__Reply *reply)
{
    int64_t *heard = heard_of(import, way);

    if (heard)
        *heard = clock_ms(CLOCK_REALTIME);
    if (reply->status == TREMPLIN__STATUS__STATUS_DONE) {
        if (reply->position)
            remember_position(way, reply->position);
        if (++way->step == way->row.step_count)
            finish_row(import, way, NULL);
        else
            begin_step(import, way);
        return;
    }
    if (!*way->row.reason)
        tell_answer(way, reply);
    if (reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN) {
        set_due(way, way->pause_ms);
        way->pause_ms = way->pause_ms * 2 < AGAIN_MOST_MS ? way->pause_ms * 2 : AGAIN_MOST_MS;
        return;
    }
    finish_row(import, way, way->row.reason);
}

static bool belongs_to(const struct import *import, const struct under_way *way,
                       const struct csv_row *next)
{
    const struct csv_row *first = &way->together[0];

    if (!import->kind->together || way->together_count == TOGETHER_MOST)
        return false;
    for (size_t i = 0; i < import->header.count && i < first->count && i < next->count; i++)
        if (strcmp(import->header.fields[i], import->kind->together) == 0)
            return strcmp(first->fields[i], next->fields[i]) == 0;
    return false;
}

/* Takes a row, and those after it that are one with it; next becomes the row after them. */
static enum csv_result take_rows(struct import *import, struct under_way *way, struct csv_row *next)
{
    enum csv_result result;

    way->together_count = 0;
    do {
        way->together[way->together_count++] = *next;
        result = csv_next(&import->csv, next);
    } while (result == CSV_ROW && belongs_to(import, way, next));
    return result;
}

static void begin_row(struct import *import, struct under_way *way)
{
    way->taken = true;
    way->step = 0;
    way->after_count = 0;
    arena_reset(&way->arena);
    way->row = (struct import_row){
        .organisation = import->ctl->organisation.name,
        .arena = &way->arena,
        .header = &import->header,
        .fields = &way->together[0],
        .together = way->together,
        .together_count = way->together_count,
    };
    for (size_t i = 0; i < way->together_count; i++)
        if (way->together[i].count > import->header.count)
            blame(&way->row, way->together[i].columns[import->header.count],
                  "la ligne a plus de champs que l'en-tête");
    import->kind->read(&way->row);
    if (*way->row.reason)
        finish_row(import, way, way->row.reason);
    else if (way->row.step_count == 0)
        finish_row(import, way, NULL);
    else
        begin_step(import, way);
}

static struct under_way *free_way(struct import *import)
{
    for (size_t i = 0; i < AT_ONCE; i++)
        if (!import->rows[i].taken)
            return &import->rows[i];
    return NULL;
}

static int64_t wait_ms(const struct import *import)
{
    int64_t due_ms = INT64_MAX, now_ms = clock_ms(CLOCK_REALTIME);

    for (size_t i = 0; i < AT_ONCE; i++)
        if (import->rows[i].taken && import->rows[i].due_ms < due_ms)
            due_ms = import->rows[i].due_ms;
    return due_ms > now_ms ? due_ms - now_ms : 0;
}

/* Waits for an answer, or until a row under way is due.  Every row ends, answered or not. */
static void go_on(struct import *import)
{
    const Tremplin__Reply *reply;

    arena_reset(&import->ctl->arena);
    reply = client_receive(import->ctl->client, wait_ms(import), &import->ctl->arena);
    for (size_t i = 0; reply && i < AT_ONCE; i++)
        if (import->rows[i].taken && strcmp(import->rows[i].id, reply->id) == 0) {
            step_answered(import, &import->rows[i], reply);
            break;
        }
    look_at_time(import);
}

/* Where a row can be begun; NULL once a service does not answer. */
static struct under_way *wait_for_way(struct import *import)
{
    struct under_way *way;

    while (!(way = free_way(import)))
        go_on(import);
    return import->is_silent ? NULL : way;
}

static bool any_under_way(const struct import *import)
{
    for (size_t i = 0; i < AT_ONCE; i++)
        if (import->rows[i].taken)
            return true;
    return false;
}

static int where_broken(const struct csv_row *row)
{
    return row->columns[row->count < CSV_FIELDS_MOST ? row->count : CSV_FIELDS_MOST - 1];
}

void run_rows(struct import *import)
{
    struct csv_row fields;
    enum csv_result result = csv_next(&import->csv, &fields);

    while (result != CSV_END) {
        struct under_way *way = result == CSV_ROW ? wait_for_way(import) : NULL;

        if (way) {
            result = take_rows(import, way, &fields);
            begin_row(import, way);
            continue;
        }
        if (result == CSV_ROW)
            give_back(&import->back, fields.line, 0, fields.raw, fields.raw_length, no_answer);
        else
            give_back(&import->back, fields.line, where_broken(&fields), fields.raw,
                      fields.raw_length,
                      "la ligne ne peut pas être lue (guillemets, trop de champs)");
        result = csv_next(&import->csv, &fields);
    }
    while (any_under_way(import))
        go_on(import);
}
