#include "tests/wrong.h"

#include "libcommon/ids.h"
#include "libcommon/message.h"
#include "proto/tremplin.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_LENGTH = 2, WIRE_32 = 5 };

static uint32_t mixed(uint64_t a, uint64_t b)
{
    uint64_t x = a * UINT64_C(0x9E3779B97F4A7C15) + b * UINT64_C(0xBF58476D1CE4E5B9) + 1;

    x ^= x >> 29;
    x *= UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(x >> 32);
}

static uint32_t draw(struct draft *draft)
{
    draft->chance++;
    return mixed(draft->chance, draft->chance >> 7);
}

/* --- the fields of a type --------------------------------------------------------------------- */

static enum leaf_kind kind_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_BOOL: return LEAF_BOOL;
    case PROTOBUF_C_TYPE_ENUM: return LEAF_CHOICE;
    case PROTOBUF_C_TYPE_STRING: return LEAF_TEXT;
    case PROTOBUF_C_TYPE_BYTES: return LEAF_DATA;
    case PROTOBUF_C_TYPE_MESSAGE: break;
    default: return LEAF_NUMBER;
    }
    if (field->descriptor == &tremplin__date__descriptor)
        return LEAF_DATE;
    if (field->descriptor == &tremplin__money__descriptor)
        return LEAF_MONEY;
    return field->descriptor == &tremplin__sealed__descriptor ? LEAF_SEALED : LEAF_MESSAGE;
}

static bool is_list(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

static void add_leaves(struct draft *draft, const ProtobufCMessageDescriptor *type,
                       const char *above)
{
    for (unsigned i = 0; i < type->n_fields && draft->count < LEAVES_MOST; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        struct leaf *leaf = &draft->leaves[draft->count++];
        char path[112];

        *leaf = (struct leaf){ .kind = kind_of(field), .field = field, .drawn = draw(draft) };
        snprintf(leaf->path, sizeof leaf->path, "%s%s%s", above, field->name,
                 is_list(field) ? "[0]" : "");
        snprintf(path, sizeof path, "%.110s.", leaf->path);
        if (leaf->kind == LEAF_MESSAGE)
            add_leaves(draft, field->descriptor, path);
    }
}

void draft_open(struct draft *draft, const ProtobufCMessageDescriptor *type, struct date today,
                unsigned generation, uint64_t seed)
{
    *draft = (struct draft){
        .type = type,
        .today = today,
        .chance = seed << 20,
        .generation = generation,
    };
    add_leaves(draft, type, "");
}

/* "lines[3].months" and "lines[0].months" are the same field. */
static bool is_same_field(const char *path, const char *named)
{
    while (*path && *named) {
        if (*path == '[')
            path += strcspn(path, "]") + 1;
        if (*named == '[')
            named += strcspn(named, "]") + 1;
        if (*path != *named)
            return false;
        path += *path != '\0';
        named += *named != '\0';
    }
    if (*path == '[')
        path += strcspn(path, "]") + 1;
    return *path == '\0' && *named == '\0';
}

static const char *last_name(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot ? dot + 1 : path;
}

void draft_redraw(struct draft *draft, const char *field)
{
    bool found = false;

    for (int i = 0; i < draft->count; i++)
        if (is_same_field(draft->leaves[i].path, field)) {
            draft->leaves[i].drawn = draw(draft);
            found = true;
        }
    for (int i = 0; i < draft->count && !found; i++)
        if (*field && is_same_field(last_name(draft->leaves[i].path), last_name(field))) {
            draft->leaves[i].drawn = draw(draft);
            found = true;
        }
    if (draft->count > 0 && (!found || draw(draft) % 4 == 0))
        draft->leaves[draw(draft) % (unsigned)draft->count].drawn = draw(draft);
}

/* --- bytes ------------------------------------------------------------------------------------ */

struct out {
    uint8_t *bytes;
    size_t length;
};

static void put(struct out *out, const void *bytes, size_t length)
{
    if (out->length + length > WRONG_MESSAGE_MOST)
        abort();
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

static void put_varint(struct out *out, uint64_t value)
{
    do {
        uint8_t byte = (uint8_t)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));

        put(out, &byte, 1);
        value >>= 7;
    } while (value > 0);
}

static void put_tag(struct out *out, uint32_t number, unsigned type)
{
    put_varint(out, (uint64_t)number << 3 | type);
}

static void put_bytes(struct out *out, uint32_t number, const void *bytes, size_t length)
{
    put_tag(out, number, WIRE_LENGTH);
    put_varint(out, length);
    put(out, bytes, length);
}

static void put_number(struct out *out, uint32_t number, uint64_t value)
{
    put_tag(out, number, WIRE_VARINT);
    put_varint(out, value);
}

/* --- values ----------------------------------------------------------------------------------- */

/* "previous_unit", "units" -> "unit": the same things under every name. */
static void write_stem(const char *name, char stem[32])
{
    const char *last = strrchr(name, '_');

    snprintf(stem, 32, "%s", last && last[1] ? last + 1 : name);
    if (*stem && stem[strlen(stem) - 1] == 's')
        stem[strlen(stem) - 1] = '\0';
}

static const char *id_named(const char *name, unsigned number, char id[ID_TEXT_SIZE])
{
    const int64_t made_ms = INT64_C(1577836800000);
    uint8_t random[ID_RANDOM_BYTES] = { 0 };
    uint32_t hash = 0;
    char stem[32];

    write_stem(name, stem);
    for (const char *at = stem; *at; at++)
        hash = mixed(hash, (unsigned char)*at);
    memcpy(random, &hash, sizeof hash);
    random[ID_RANDOM_BYTES - 1] = (uint8_t)number;
    random[ID_RANDOM_BYTES - 2] = (uint8_t)(number >> 8);
    return id_format(id_make(made_ms, random), id);
}

enum { KNOWN_IDS = 6, UNKNOWN_ID = 0xFFFF };

/* --- what was learnt: the latest identifiers under each name ---------------------------------- */

enum { STEMS_MOST = 200, LEARNT_MOST = 12 };

struct learnt {
    char stem[32];
    char ids[LEARNT_MOST][ID_TEXT_SIZE];
    unsigned count; /* ever */
};

static struct learnt all_learnt[STEMS_MOST];

static struct learnt *learnt_of(const char *name)
{
    char stem[32];
    size_t i = 0;

    write_stem(name, stem);
    while (i + 1 < STEMS_MOST && *all_learnt[i].stem && strcmp(all_learnt[i].stem, stem) != 0)
        i++;
    memcpy(all_learnt[i].stem, stem, sizeof stem);
    return &all_learnt[i];
}

static void learn(const char *name, const char *text)
{
    struct learnt *learnt = learnt_of(name);
    struct id id;

    if (!id_parse(text, &id))
        return;
    for (unsigned i = 0; i < LEARNT_MOST; i++)
        if (strcmp(learnt->ids[i], text) == 0)
            return;
    id_format(id, learnt->ids[learnt->count++ % LEARNT_MOST]);
}

void wrong_learn(const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *text;

        if (field->type != PROTOBUF_C_TYPE_STRING || field->label == PROTOBUF_C_LABEL_REPEATED)
            continue;
        memcpy(&text, (const char *)message + field->offset, sizeof text);
        learn(field->name, text);
    }
}

static const char *learnt_id(const char *name, unsigned number)
{
    const struct learnt *learnt = learnt_of(name);
    unsigned known = learnt->count < LEARNT_MOST ? learnt->count : LEARNT_MOST;

    return known > 0 ? learnt->ids[number % known] : NULL;
}

static const char *fitting_text(const struct draft *draft, const struct leaf *leaf, uint32_t drawn,
                                char id[ID_TEXT_SIZE])
{
    static const char *const codes[] = { "ALENCON", "ARGENTAN", "WITHDRAWN" };
    uint32_t rest = drawn >> 8;
    const char *learnt = learnt_id(leaf->field->name, rest);

    if (drawn % 16 < 12 && strcmp(leaf->field->name, "operator") == 0)
        return rest % 2 == 0 ? "AOLTJ" : "";
    if (learnt && drawn % 16 < 8)
        return learnt;
    switch (drawn % 16) {
    case 9:
    case 10:
    case 11: return codes[rest % 3];
    case 12: return "";
    case 13: return "Reçu au bureau, à 9 h ; « rien à signaler ».";
    case 14: return "1980-02-29";
    case 15: return "personne@example.org";
    default: return id_named(leaf->field->name, draft->generation * 2 + 1 + rest % KNOWN_IDS, id);
    }
}

static uint64_t fitting_number(const struct draft *draft, const struct leaf *leaf, uint32_t drawn)
{
    const char *name = leaf->field->name;
    uint32_t rest = drawn >> 8;

    if (strstr(name, "_ms"))
        return (uint64_t)instant_of(draft->today, (int)(rest % 24), 0);
    if (strstr(name, "year"))
        return (uint64_t)(draft->today.year - (int)(rest % 2));
    switch (drawn % 8) {
    case 0: return 0;
    case 5: return 30;
    case 6: return 100;
    case 7: return rest % 1000;
    default: return 1 + rest % 12;
    }
}

static struct date fitting_date(const struct draft *draft, uint32_t drawn)
{
    uint32_t rest = drawn >> 8;

    switch (drawn % 8) {
    case 4: return DATE_NONE;
    case 5: return date_add_days(draft->today, (int)(rest % 60));
    case 6: return date_first_of_month(draft->today);
    case 7: return draft->today;
    default: return date_add_days(draft->today, -(int)(rest % 40));
    }
}

static void put_text(struct out *out, uint32_t number, const char *text, enum wrong how)
{
    enum { MOST = 2000 };
    char long_text[MOST + 1];

    memset(long_text, 'a', sizeof long_text);
    switch (how) {
    case WRONG_EMPTY: text = ""; break;
    case WRONG_ID: text = "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5dzz"; break;
    case WRONG_LONGEST: put_bytes(out, number, long_text, MOST); return;
    case WRONG_LONG: put_bytes(out, number, long_text, MOST + 1); return;
    case WRONG_NOT_UTF8: put_bytes(out, number, "ab\xC3\x28", 4); return;
    case WRONG_NUL: put_bytes(out, number, "ab\0cd", 5); return;
    case WRONG_CONTROL: put_bytes(out, number, "ab\x1b[31m", 7); return;
    default: break;
    }
    put_bytes(out, number, text, strlen(text));
}

static void put_text_leaf(struct out *out, const struct draft *draft, const struct leaf *leaf,
                          uint32_t drawn, enum wrong how)
{
    char id[ID_TEXT_SIZE];
    const char *text = fitting_text(draft, leaf, drawn, id);

    if (how == WRONG_ID_UNKNOWN)
        text = id_named(leaf->field->name, UNKNOWN_ID, id);
    put_text(out, leaf->field->id, text, how);
}

static void put_sealed(struct out *out, const struct leaf *leaf, uint32_t drawn, enum wrong how)
{
    static const char *const texts[] = { "Marguerite Vasseur", "1980-02-29", "06 11 22 33 44", "" };
    static uint8_t room[8 * 1024];
    struct out inner = { room, 0 };

    put_text(&inner, 2, texts[drawn % 4], how);
    if (drawn % 8 == 7) /* what only the service fills in is not taken from a sender */
        put_bytes(&inner, 3, "box", 3);
    put_bytes(out, leaf->field->id, inner.bytes, inner.length);
}

static void put_number_leaf(struct out *out, const struct draft *draft, const struct leaf *leaf,
                            uint32_t drawn, enum wrong how)
{
    bool is_wide =
        leaf->field->type == PROTOBUF_C_TYPE_INT64 || leaf->field->type == PROTOBUF_C_TYPE_UINT64;
    bool has_sign =
        leaf->field->type == PROTOBUF_C_TYPE_INT64 || leaf->field->type == PROTOBUF_C_TYPE_INT32;
    uint64_t value = fitting_number(draft, leaf, drawn);

    if (how == WRONG_ZERO)
        value = 0;
    else if (how == WRONG_ONE)
        value = 1;
    else if (how == WRONG_MOST)
        value = is_wide ? (has_sign ? (uint64_t)INT64_MAX : UINT64_MAX)
                        : (has_sign ? (uint64_t)INT32_MAX : UINT32_MAX);
    else if (how == WRONG_LEAST)
        value = is_wide ? (uint64_t)INT64_MIN : (uint64_t)(int64_t)INT32_MIN;
    else if (how == WRONG_NEGATIVE)
        value = (uint64_t)INT64_C(-1);
    put_number(out, leaf->field->id, value);
}

static void put_choice(struct out *out, const struct leaf *leaf, uint32_t drawn, enum wrong how)
{
    const ProtobufCEnumDescriptor *list = leaf->field->descriptor;
    unsigned place = drawn % 16 == 15 ? 0 : 1 + (drawn >> 8) % (list->n_values - 1);
    int64_t value = list->values[place].value;

    if (how == WRONG_ZERO)
        value = 0;
    else if (how == WRONG_CHOICE)
        value = 9999;
    else if (how == WRONG_CHOICE_NEGATIVE)
        value = -1;
    put_number(out, leaf->field->id, (uint64_t)value);
}

static void put_date(struct out *out, const struct draft *draft, const struct leaf *leaf,
                     uint32_t drawn, enum wrong how)
{
    struct date fitting = fitting_date(draft, drawn);
    int64_t year = fitting.year, month = fitting.month, day = fitting.day;
    uint8_t room[64];
    struct out inner = { room, 0 };

    if (how == WRONG_NOT && !date_is_set(fitting))
        return;
    switch (how) {
    case WRONG_DATE_FIRST: year = 1900, month = 1, day = 1; break;
    case WRONG_DATE_LAST: year = 2199, month = 12, day = 31; break;
    case WRONG_DATE_LEAP: year = 2000, month = 2, day = 29; break;
    case WRONG_DATE_30_FEBRUARY: year = 2020, month = 2, day = 30; break;
    case WRONG_DATE_YEAR_0: year = 0, month = 1, day = 1; break;
    case WRONG_DATE_YEAR_3000: year = 3000, month = 1, day = 1; break;
    case WRONG_DATE_MONTH_13: year = 2020, month = 13, day = 1; break;
    case WRONG_DATE_NEGATIVE: year = 2020, month = -1, day = -1; break;
    case WRONG_DATE_HUGE: year = INT32_MAX, month = INT32_MAX, day = INT32_MAX; break;
    case WRONG_DATE_NOTHING: year = 0, month = 0, day = 0; break;
    default: break;
    }
    put_number(&inner, 1, (uint64_t)year);
    put_number(&inner, 2, (uint64_t)month);
    put_number(&inner, 3, (uint64_t)day);
    put_bytes(out, leaf->field->id, inner.bytes, inner.length);
}

static void put_money(struct out *out, const struct leaf *leaf, uint32_t drawn, enum wrong how)
{
    int64_t cents = 1 + (drawn >> 4) % 100000;
    uint8_t room[16];
    struct out inner = { room, 0 };

    if (how == WRONG_NOT && drawn % 8 == 0)
        return;
    if (how == WRONG_ZERO)
        cents = 0;
    else if (how == WRONG_ONE)
        cents = 1;
    else if (how == WRONG_NEGATIVE)
        cents = -1;
    else if (how == WRONG_MOST)
        cents = INT64_MAX;
    else if (how == WRONG_LEAST)
        cents = INT64_MIN;
    put_number(&inner, 1, (uint64_t)cents);
    put_bytes(out, leaf->field->id, inner.bytes, inner.length);
}

static void put_leaf(struct out *out, const struct draft *draft, const struct leaf *leaf,
                     uint32_t drawn, enum wrong how)
{
    switch (leaf->kind) {
    case LEAF_NUMBER: put_number_leaf(out, draft, leaf, drawn, how); break;
    case LEAF_BOOL: put_number(out, leaf->field->id, drawn & 1); break;
    case LEAF_CHOICE: put_choice(out, leaf, drawn, how); break;
    case LEAF_TEXT: put_text_leaf(out, draft, leaf, drawn, how); break;
    case LEAF_DATA: put_bytes(out, leaf->field->id, "\x00\xff\x80", 3); break;
    case LEAF_DATE: put_date(out, draft, leaf, drawn, how); break;
    case LEAF_MONEY: put_money(out, leaf, drawn, how); break;
    case LEAF_SEALED: put_sealed(out, leaf, drawn, how); break;
    case LEAF_MESSAGE: break;
    }
}

/* --- the message ------------------------------------------------------------------------------ */

struct writing {
    const struct draft *draft;
    int wrong_leaf;
    enum wrong how;
};

static unsigned times_of(const struct writing *writing, const struct leaf *leaf, enum wrong how)
{
    enum { LIST_MOST = 1000 };
    static const unsigned char times[] = { 1, 1, 2, 0 };

    (void)writing;
    if (how == WRONG_ABSENT)
        return 0;
    if (how == WRONG_REPEATED)
        return 100;
    if (how == WRONG_LIST_LONG)
        return LIST_MOST + 1;
    if (is_list(leaf->field))
        return how == WRONG_NOT ? times[(leaf->drawn >> 4) % 4] : 1;
    return leaf->kind != LEAF_MESSAGE || how != WRONG_NOT || leaf->drawn % 8 != 0;
}

static int leaves_within(const struct draft *draft, int at)
{
    size_t length = strlen(draft->leaves[at].path);
    int end = at + 1;

    while (end < draft->count &&
           strncmp(draft->leaves[end].path, draft->leaves[at].path, length) == 0 &&
           draft->leaves[end].path[length] == '.')
        end++;
    return end;
}

static void put_leaves(struct out *out, const struct writing *writing, int from, int to,
                       unsigned salt);

/* A message within: its length first, in five bytes whatever it is. */
static void put_within(struct out *out, const struct writing *writing, int at, int end,
                       unsigned salt)
{
    uint8_t length_bytes[5] = { 0 };
    size_t length_at, length;

    put_tag(out, writing->draft->leaves[at].field->id, WIRE_LENGTH);
    length_at = out->length;
    put(out, length_bytes, sizeof length_bytes);
    put_leaves(out, writing, at + 1, end, salt);
    length = out->length - length_at - sizeof length_bytes;
    for (int i = 0; i < 5; i++)
        out->bytes[length_at + (size_t)i] =
            (uint8_t)((length >> (7 * i) & 0x7f) | (i < 4 ? 0x80 : 0));
}

static void put_leaves(struct out *out, const struct writing *writing, int from, int to,
                       unsigned salt)
{
    const struct draft *draft = writing->draft;

    for (int at = from; at < to;) {
        const struct leaf *leaf = &draft->leaves[at];
        int end = leaf->kind == LEAF_MESSAGE ? leaves_within(draft, at) : at + 1;
        bool is_wrong = at == writing->wrong_leaf;
        /* A field that is to be wrong needs those above it. */
        bool leads = writing->wrong_leaf > at && writing->wrong_leaf < end;
        enum wrong how = is_wrong ? writing->how : WRONG_NOT;
        unsigned times = times_of(writing, leaf, how);

        if (leads && times == 0)
            times = 1;
        for (unsigned n = 0; n < times; n++) {
            bool same = how == WRONG_REPEATED || (salt == 0 && n == 0);
            uint32_t drawn = same ? leaf->drawn : mixed(leaf->drawn, salt * 64 + n);

            if (leaf->kind == LEAF_MESSAGE)
                put_within(out, writing, at, end, how == WRONG_REPEATED ? salt : salt * 64 + n);
            else
                put_leaf(out, draft, leaf, drawn, n == 0 ? how : WRONG_NOT);
        }
        at = end;
    }
}

struct bytes draft_write(const struct draft *draft, int leaf, enum wrong how, uint8_t *room)
{
    const struct writing writing = { draft, leaf, how };
    struct out out = { room, 0 };

    put_leaves(&out, &writing, 0, draft->count, 0);
    return (struct bytes){ room, out.length };
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static bool is_signed(const struct leaf *leaf)
{
    return leaf->kind == LEAF_MONEY || leaf->field->type == PROTOBUF_C_TYPE_INT32 ||
           leaf->field->type == PROTOBUF_C_TYPE_INT64;
}

bool wrong_applies(const struct leaf *leaf, enum wrong how)
{
    enum leaf_kind kind = leaf->kind;

    switch (how) {
    case WRONG_NOT:
    case WRONG_END: return false;
    case WRONG_ABSENT: return true;
    case WRONG_REPEATED:
    case WRONG_LIST_LONG: return is_list(leaf->field);
    case WRONG_ZERO: return kind == LEAF_NUMBER || kind == LEAF_MONEY || kind == LEAF_CHOICE;
    case WRONG_ONE:
    case WRONG_MOST: return kind == LEAF_NUMBER || kind == LEAF_MONEY;
    case WRONG_LEAST:
    case WRONG_NEGATIVE: return (kind == LEAF_NUMBER || kind == LEAF_MONEY) && is_signed(leaf);
    case WRONG_EMPTY:
    case WRONG_LONGEST:
    case WRONG_LONG:
    case WRONG_NOT_UTF8:
    case WRONG_NUL:
    case WRONG_CONTROL: return kind == LEAF_TEXT || kind == LEAF_SEALED;
    case WRONG_ID:
    case WRONG_ID_UNKNOWN: return kind == LEAF_TEXT;
    case WRONG_CHOICE:
    case WRONG_CHOICE_NEGATIVE: return kind == LEAF_CHOICE;
    default: return kind == LEAF_DATE;
    }
}

bool wrong_is_of_form(enum wrong how)
{
    return how >= WRONG_LONG && how <= WRONG_LIST_LONG;
}

const char *wrong_name(enum wrong how)
{
    static const char *const names[] = {
        "not wrong",
        "absent",
        "zero",
        "one",
        "the most",
        "the least",
        "negative",
        "empty",
        "longest",
        "no identifier",
        "an unknown id",
        "the last day",
        "1900",
        "29 February",
        "a hundred times",
        "over-long",
        "not UTF-8",
        "with a NUL",
        "with a control character",
        "no such value",
        "a negative value",
        "30 February",
        "in year 0",
        "in year 3000",
        "in month 13",
        "a negative day",
        "a huge date",
        "a date of zeros",
        "too long a list",
    };

    return names[how];
}

/* One step of a path: its name's length, and whether an index follows. */
static const ProtobufCFieldDescriptor *step(const ProtobufCMessageDescriptor *type,
                                            const char **path)
{
    size_t length = strcspn(*path, ".[");
    const ProtobufCFieldDescriptor *found = NULL;

    for (unsigned i = 0; i < type->n_fields; i++)
        if (strlen(type->fields[i].name) == length &&
            strncmp(type->fields[i].name, *path, length) == 0)
            found = &type->fields[i];
    *path += length;
    if (**path == '[')
        *path += strcspn(*path, "]") + 1;
    if (**path == '.')
        (*path)++;
    return found;
}

bool wrong_field_is_of(const ProtobufCMessageDescriptor *type, const char *field)
{
    while (type && *field) {
        const ProtobufCFieldDescriptor *found = step(type, &field);

        if (!found)
            return false;
        type = found->type == PROTOBUF_C_TYPE_MESSAGE ? found->descriptor : NULL;
    }
    return *field == '\0';
}
