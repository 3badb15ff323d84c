#include "services/ctl/import_row.h"

#include "libcommon/money.h"
#include "services/ctl/labels.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void blame(struct import_row *row, int column, const char *format, ...)
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

const char *field_day(struct import_row *row, const char *column)
{
    const Tremplin__Date *day = field_date(row, column);

    return day ? arena_format(row->arena, "%04u-%02u-%02u", day->year, day->month, day->day) : "";
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

/* --- identifiers and commands ----------------------------------------------------------------- */

/* Those of one file sort by the numbers in their references, so that they lie together in the
 * tables. */
void derive_id(struct bytes key, const char *organisation, const char *kind, const char *reference,
               struct bytes content, char id[ID_TEXT_SIZE])
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
