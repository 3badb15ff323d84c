#include "services/ctl/import.h"

#include "libcommon/clock.h"
#include "libcommon/money.h"
#include "libcommon/text.h"
#include "services/ctl/import_key.h"
#include "services/ctl/labels.h"

#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FILE_MOST = 64 * 1024 * 1024,
    ROW_ARENA = 256 * 1024,
    AT_ONCE = 64,
    STEP_MS =
        60 * 1000,     /* how long a step is asked for; what it was refused before is asked anew */
    ANSWER_MS = 2000,  /* then the same is sent again */
    HEARING_MS = 5000, /* what a service takes besides, to hear what the step comes after */
    AGAIN_MS = 20,     /* after a service said to try again, doubled up to AGAIN_MOST_MS */
    AGAIN_MOST_MS = 500,
    ON_ITS_WAY_MS = 5000, /* what was done just in time may still be told */
};

static const char no_answer[] = "le service ne répond pas";

/* --- fields
 * ------------------------------------------------------------------------------------------ */

__attribute__((format(printf, 3, 4))) static void blame(struct import_row *row, int column,
                                                        const char *format, ...)
{
    va_list arguments;

    if (*row->reason)
        return;
    row->column = column;
    va_start(arguments, format);
    vsnprintf(row->reason, sizeof row->reason, format, arguments);
    va_end(arguments);
}

/* Of no row, only what would be read is noted; the answer is one that keeps a reader going. */
static const char *note_column(struct import_columns *columns, const char *column)
{
    size_t i = 0;

    while (i < columns->count && strcmp(columns->read[i].name, column) != 0)
        i++;
    if (i == columns->count && i < COLUMNS_MOST) {
        columns->read[i].name = column;
        columns->read[i].values = "";
        columns->count++;
    }
    return "2000-01-01";
}

/* What may stand in the column that was noted. */
static void note_values(struct import_row *row, const char *column, const char *values)
{
    for (size_t i = 0; row->asked && i < row->asked->count; i++)
        if (strcmp(row->asked->read[i].name, column) == 0)
            row->asked->read[i].values = values;
}

static const char *find_field(const struct import_row *row, const char *column, int *where)
{
    *where = 0;
    if (row->asked)
        return note_column(row->asked, column);
    for (size_t i = 0; i < row->header->count && i < row->fields->count; i++)
        if (strcmp(row->header->fields[i], column) == 0) {
            *where = row->fields->columns[i];
            return row->fields->fields[i];
        }
    return "";
}

const char *field_text(struct import_row *row, const char *column)
{
    int where;

    return find_field(row, column, &where);
}

const char *field_needed(struct import_row *row, const char *column)
{
    int where;
    const char *text = find_field(row, column, &where);

    if (*text == '\0')
        blame(row, where, "« %s » doit être rempli", column);
    return text;
}

Tremplin__Date *field_date(struct import_row *row, const char *column)
{
    int where, day, month, year, length = 0;
    const char *text = find_field(row, column, &where);
    char iso[DATE_TEXT_SIZE];
    struct date date;
    Tremplin__Date *field;

    note_values(row, column, "2020-12-31");
    if (*text == '\0')
        return NULL;
    /* 31/12/2020 as well as 2020-12-31. */
    if (sscanf(text, "%2d/%2d/%4d%n", &day, &month, &year, &length) == 3 && text[length] == '\0')
        snprintf(iso, sizeof iso, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
                 (unsigned)day % 100);
    else
        snprintf(iso, sizeof iso, "%.10s", text);
    field = arena_take(row->arena, sizeof *field);
    if (!field || (length == 0 && strlen(text) != 10) || !date_parse(iso, &date)) {
        blame(row, where, "« %s » : « %.40s » n'est pas une date (2020-12-31 ou 31/12/2020)",
              column, text);
        return NULL;
    }
    tremplin__date__init(field);
    field->year = date.year;
    field->month = date.month;
    field->day = date.day;
    return field;
}

Tremplin__Date *field_date_needed(struct import_row *row, const char *column)
{
    field_needed(row, column);
    return field_date(row, column);
}

uint32_t field_number(struct import_row *row, const char *column)
{
    int where;
    const char *text = find_field(row, column, &where);
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    note_values(row, column, "12");
    if (*text != '\0' && (*end != '\0' || number > 1000000 || *text == '-'))
        blame(row, where, "« %s » : « %.40s » n'est pas un nombre", column, text);
    return (uint32_t)number;
}

Tremplin__Money *field_money(struct import_row *row, const char *column)
{
    int where;
    const char *text = find_field(row, column, &where);
    Tremplin__Money *field = arena_take(row->arena, sizeof *field);
    int64_t cents;

    note_values(row, column, "1234,56");
    if (*text == '\0' || !field)
        return NULL;
    tremplin__money__init(field);
    if (money_parse(text, &cents))
        field->cents = cents;
    else
        blame(row, where, "« %s » : « %.40s » n'est pas un montant en euros (1 234,56)", column,
              text);
    return field;
}

bool field_yes(struct import_row *row, const char *column)
{
    int where;
    const char *text = find_field(row, column, &where);

    note_values(row, column, "oui, non");
    if (strcmp(text, "oui") == 0)
        return true;
    if (*text != '\0' && strcmp(text, "non") != 0)
        blame(row, where, "« %s » : « %.40s » n'est ni oui ni non", column, text);
    return false;
}

/* The labels that may be chosen, where a reader only says what it reads. */
static void note_choices(struct import_row *row, const char *column,
                         const ProtobufCEnumDescriptor *list)
{
    enum { LABELS_SIZE = 1024 };
    char *labels = row->asked ? arena_take(row->arena, LABELS_SIZE) : NULL;

    if (labels)
        note_values(row, column, labels_of(list, labels, LABELS_SIZE));
}

static int choice_of(struct import_row *row, const char *column, int where,
                     const ProtobufCEnumDescriptor *list, const char *text)
{
    char known[300];
    int value = 0;

    if (*text != '\0' && !label_value(list, text, &value))
        blame(row, where, "« %s » : « %.60s » n'est pas connu (%s)", column, text,
              labels_of(list, known, sizeof known));
    return value;
}

int field_choice(struct import_row *row, const char *column, const ProtobufCEnumDescriptor *list)
{
    int where;
    const char *text = find_field(row, column, &where);

    note_choices(row, column, list);
    return choice_of(row, column, where, list, text);
}

size_t field_choices(struct import_row *row, const char *column,
                     const ProtobufCEnumDescriptor *list, int **values)
{
    enum { CHOICES_MOST = 32 };
    int where;
    const char *text = find_field(row, column, &where);
    char *copy = arena_text(row->arena, text, strlen(text));
    char *rest = NULL;
    size_t count = 0;

    note_choices(row, column, list);
    *values = arena_take(row->arena, CHOICES_MOST * sizeof **values);
    if (!copy || !*values)
        return 0;
    for (char *one = strtok_r(copy, ",|", &rest); one && count < CHOICES_MOST;
         one = strtok_r(NULL, ",|", &rest)) {
        one += strspn(one, " ");
        if (*one != '\0')
            (*values)[count++] = choice_of(row, column, where, list, one);
    }
    return count;
}

Tremplin__Sealed *field_sealed(struct import_row *row, const char *text)
{
    Tremplin__Sealed *sealed = *text ? arena_take(row->arena, sizeof *sealed) : NULL;

    if (!sealed)
        return NULL;
    tremplin__sealed__init(sealed);
    sealed->clear = (char *)(uintptr_t)text;
    return sealed;
}

/* --- identifiers
 * --------------------------------------------------------------------------------------- */

/* Always the same for the same texts; those of one file sort by the numbers in their references, so
 * that they lie together in the tables.  Content may be guessed from the identifier unless there is
 * a key. */
static void derive_id(struct bytes key, const char *organisation, const char *kind,
                      const char *reference, struct bytes content, char id[ID_TEXT_SIZE])
{
    const int64_t some_day_ms = INT64_C(946684800000); /* 2000-01-01: derived, not made then */
    crypto_generichash_state state;
    uint8_t random[16];
    uint64_t number = 0;

    crypto_generichash_init(&state, key.at, key.length, sizeof random);
    crypto_generichash_update(&state, (const uint8_t *)organisation, strlen(organisation) + 1);
    crypto_generichash_update(&state, (const uint8_t *)kind, strlen(kind) + 1);
    crypto_generichash_update(&state, (const uint8_t *)reference, strlen(reference) + 1);
    crypto_generichash_update(&state, content.at, content.length);
    crypto_generichash_final(&state, random, sizeof random);
    for (const char *at = reference; *at; at++)
        if (*at >= '0' && *at <= '9')
            number = number * 10 + (uint64_t)(*at - '0');
    id_format(id_make(some_day_ms + (int64_t)(number % 100000000), random), id);
}

char *id_for(struct import_row *row, const char *kind, const char *reference)
{
    char *id = arena_take(row->arena, ID_TEXT_SIZE);
    struct id given;

    if (!id || *reference == '\0')
        return (char *)(uintptr_t) "";
    if (id_parse(reference, &given))
        return id_format(given, id), id;
    derive_id((struct bytes){ 0 }, row->organisation, kind, reference, (struct bytes){ 0 }, id);
    return id;
}

void add_step(struct import_row *row, const char *method, const ProtobufCMessage *command)
{
    size_t length = protobuf_c_message_get_packed_size(command);
    uint8_t *packed = arena_take(row->arena, length + 1);

    if (!packed || row->step_count == STEPS_MOST) {
        blame(row, 0, "la ligne est trop longue");
        return;
    }
    protobuf_c_message_pack(command, packed);
    row->steps[row->step_count++] = (struct import_step){ method, { packed, length } };
}

/* --- the run
 * ------------------------------------------------------------------------------------------- */

/* A row under way: its commands one after another, several rows side by side. */
struct under_way {
    bool taken;
    struct arena arena;
    struct import_row row;
    struct csv_row together[TOGETHER_MOST];
    size_t together_count;
    size_t step;
    int64_t not_after_ms; /* of the step under way: never done after that */
    int64_t due_ms;       /* it is sent again then, or given up */
    int64_t pause_ms;
    char id[ID_TEXT_SIZE];
    Tremplin__Position after[ORGANISATION_NAMES_MOST];
    char log_ids[ORGANISATION_NAMES_MOST][ID_TEXT_SIZE];
    char services[ORGANISATION_NAMES_MOST][32];
    size_t after_count;
};

struct import {
    struct ctl *ctl;
    const struct import_kind *kind;
    uint8_t key[IMPORT_KEY_BYTES]; /* of the commands' identifiers */
    const char *path;
    char *original; /* the file as it is, for the rows given back */
    char *text;
    size_t length;
    int fault; /* errno of reading it; 0: none */
    struct csv csv;
    struct csv_row header;
    struct under_way rows[AT_ONCE];
    FILE *rejected;
    const char *rejected_path;
    char beside[1024];
    int good;
    int bad;
    int64_t heard_ms[ORGANISATION_NAMES_MOST]; /* when each service last answered a step */
    bool is_silent; /* one of them did not for a step's whole time: no more rows are begun */
};

/* The last column of a file that came back says what was wrong: it is written anew. */
static bool came_back(const struct import *import)
{
    return import->header.count > 1 &&
           strcmp(import->header.fields[import->header.count - 1], "erreur") == 0;
}

/* How much of a row stays: all, or what is before the reason that it came back with. */
static size_t kept_of(const struct import *import, const char *text, size_t length)
{
    size_t separators = 0;
    bool quoted = false;

    for (size_t at = 0; came_back(import) && at < length; at++) {
        if (text[at] == '"')
            quoted = !quoted;
        else if (text[at] == import->csv.separator && !quoted &&
                 ++separators == import->header.count - 1)
            return at;
    }
    return length;
}

/* The header as it was, and a column for what is wrong. */
static bool begin_rejected(struct import *import)
{
    const char *header = import->original + (import->header.raw - import->text);

    import->rejected = fopen(import->rejected_path, "wb");
    if (import->rejected)
        fprintf(import->rejected, "%.*s%cerreur\n",
                (int)kept_of(import, header, import->header.raw_length), header,
                import->csv.separator);
    return import->rejected != NULL;
}

static void give_back(struct import *import, int line, int column, const char *raw, size_t length,
                      const char *reason)
{
    const char *text = import->original + (raw - import->text);

    import->bad++;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    fprintf(stderr, "%s:%d:%d: %s\n", import->path, line, column, reason);
    if (!import->rejected && !begin_rejected(import))
        return;
    fprintf(import->rejected, "%.*s%c\"", (int)kept_of(import, text, length), text,
            import->csv.separator);
    for (const char *at = reason; *at; at++)
        fprintf(import->rejected, *at == '"' ? "\"\"" : "%c", *at);
    fprintf(import->rejected, "\"\n");
}

static void show_progress(const struct import *import)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%s : %d ", import->kind->name, import->good + import->bad);
}

static void finish_row(struct import *import, struct under_way *way, const char *reason)
{
    for (size_t i = 0; i < way->together_count; i++) {
        const struct csv_row *row = &way->together[i];

        if (reason)
            give_back(import, row->line, way->row.column, row->raw, row->raw_length, reason);
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

/* Each row of the file goes in or is given back. */
static void run_rows(struct import *import)
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
            give_back(import, fields.line, 0, fields.raw, fields.raw_length, no_answer);
        else
            give_back(import, fields.line, where_broken(&fields), fields.raw, fields.raw_length,
                      "la ligne ne peut pas être lue (guillemets, trop de champs)");
        result = csv_next(&import->csv, &fields);
    }
    while (any_under_way(import))
        go_on(import);
}

/* --- the file
 * ------------------------------------------------------------------------------------------ */

static bool read_file(struct import *import)
{
    FILE *file = fopen(import->path, "rb");

    if (!file) {
        import->fault = errno;
        return false;
    }
    import->original = calloc(1, FILE_MOST + 2);
    import->text = calloc(1, FILE_MOST + 2);
    if (import->original && import->text) {
        import->length = fread(import->original, 1, FILE_MOST, file);
        memcpy(import->text, import->original, import->length);
    }
    import->fault = ferror(file) ? errno : 0;
    fclose(file);
    return import->fault == 0 && import->length > 0 && import->length < FILE_MOST;
}

static const char *why_unread(const struct import *import)
{
    if (import->fault)
        return trouble_of(import->ctl, import->fault);
    return import->length == 0
               ? say(import->ctl, "le fichier est vide", "the file is empty")
               : say(import->ctl, "le fichier dépasse 64 Mo", "the file is larger than 64 MB");
}

/* A column that nobody reads is most often one that is misspelt. */
static void tell_unread(const struct import *import)
{
    struct import_columns columns;

    import_columns_of(import->kind, &import->ctl->arena, &columns);
    for (size_t i = 0; i < import->header.count; i++) {
        const char *name = import->header.fields[i];
        size_t at = 0;

        while (at < columns.count && strcmp(columns.read[at].name, name) != 0)
            at++;
        if (at == columns.count && *name != '\0' && strcmp(name, "erreur") != 0)
            fprintf(stderr,
                    "%s:%d:%d: la colonne « %s » n'est pas lue : « tremplin help import %s » dit "
                    "lesquelles le sont\n",
                    import->path, import->header.line, import->header.columns[i], name,
                    import->kind->name);
    }
}

static bool is_utf8(const struct import *import)
{
    int line = 1;

    for (const char *at = import->text, *end = at + import->length; at < end; line++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line_end ? line_end : end) - at);

        if (length > 0 && !text_is_utf8(at, length)) {
            fprintf(stderr, "%s:%d: %s\n", import->path, line,
                    say(import->ctl,
                        "le fichier n'est pas en UTF-8 : enregistrez-le en « CSV UTF-8 »",
                        "the file is not UTF-8: save it as \"CSV UTF-8\""));
            return false;
        }
        at += length + 1;
    }
    return true;
}

static bool read_header(struct import *import)
{
    csv_open(&import->csv, import->text, import->length);
    if (!is_utf8(import))
        return false;
    if (csv_next(&import->csv, &import->header) != CSV_ROW) {
        fprintf(stderr, "%s:%d: %s\n", import->path, import->header.line,
                say(import->ctl, "l'en-tête ne peut pas être lu", "the header cannot be read"));
        return false;
    }
    for (const char *const *column = import->kind->columns; *column; column++) {
        bool found = false;

        for (size_t i = 0; i < import->header.count; i++)
            found |= strcmp(import->header.fields[i], *column) == 0;
        if (!found) {
            fprintf(stderr, "%s:%d: la colonne « %s » manque\n", import->path, import->header.line,
                    *column);
            return false;
        }
    }
    tell_unread(import);
    return true;
}

const struct import_kind *import_kind_of(const struct ctl *ctl, const char *name)
{
    for (const struct import_kind *kind = import_kinds; kind->name; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    fprintf(stderr, "%s %s (", say(ctl, "genre de fichier inconnu :", "unknown kind of file:"),
            name);
    for (const struct import_kind *kind = import_kinds; kind->name; kind++)
        fprintf(stderr, "%s%s", kind == import_kinds ? "" : ", ", kind->name);
    fprintf(stderr, ")\n");
    return NULL;
}

bool import_needs(const struct import_kind *kind, const char *column)
{
    for (const char *const *needed = kind->columns; *needed; needed++)
        if (strcmp(*needed, column) == 0)
            return true;
    return false;
}

void import_columns_of(const struct import_kind *kind, struct arena *arena,
                       struct import_columns *columns)
{
    struct csv_row none = { 0 };
    struct import_row row = {
        .organisation = "",
        .arena = arena,
        .header = &none,
        .fields = &none,
        .together = &none,
        .together_count = 1,
        .asked = columns,
    };

    columns->count = 0;
    kind->read(&row);
}

static void tell_result(const struct import *import)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r");
    if (import->ctl->english)
        printf("%s: %d line%s in, %d given back", import->kind->name, import->good,
               import->good == 1 ? "" : "s", import->bad);
    else
        printf("%s : %d ligne%s importée%s, %d rendue%s", import->kind->name, import->good,
               import->good > 1 ? "s" : "", import->good > 1 ? "s" : "", import->bad,
               import->bad > 1 ? "s" : "");
    if (import->bad > 0)
        printf(" (%s)", import->rejected_path);
    printf("\n");
}

int run_import(struct ctl *ctl)
{
    const char *rejected = take_option(ctl, "--rejets");
    const struct import_kind *kind = ctl->argc == 2 ? import_kind_of(ctl, ctl->argv[0]) : NULL;
    struct import *import = kind ? calloc(1, sizeof *import) : NULL;
    int code = CTL_REFUSED;

    if (!kind)
        return ctl->argc == 2 ? EXIT_USAGE : usage_of(ctl, "import");
    if (!import)
        return EXIT_MEMORY;
    import->ctl = ctl;
    import->path = ctl->argv[1];
    import->kind = kind;
    import->rejected_path = rejected ? rejected : import->beside;
    snprintf(import->beside, sizeof import->beside, "%s.rejets.csv", import->path);
    for (size_t i = 0; i < AT_ONCE; i++)
        if (!arena_open(&import->rows[i].arena, ROW_ARENA))
            return EXIT_MEMORY;
    if (!read_file(import)) {
        fprintf(stderr, "%s: %s\n", import->path, why_unread(import));
    } else if (read_header(import) && (code = import_key_read(ctl, import->key)) == CTL_DONE) {
        run_rows(import);
        tell_result(import);
        code = import->bad > 0 ? CTL_REFUSED : CTL_DONE;
    }
    if ((import->bad > 0 && !import->rejected) ||
        (import->rejected && fclose(import->rejected) != 0)) {
        fprintf(stderr, "%s: %s\n", import->rejected_path,
                say(ctl, "les lignes rendues ne peuvent pas y être écrites",
                    "the lines given back cannot be written there"));
        code = EXIT_CANNOT_CREATE;
    }
    for (size_t i = 0; i < AT_ONCE; i++)
        arena_close(&import->rows[i].arena);
    sodium_memzero(import->key, sizeof import->key);
    free(import->original);
    free(import->text);
    free(import);
    return code;
}
