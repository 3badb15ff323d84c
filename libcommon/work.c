#include "libcommon/nir.h"
#include "libcommon/runtime_parts.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* --- the input at hand ------------------------------------------------------------------------ */

void deciding_begin(struct runtime *runtime, bool may_emit, const char *actor)
{
    arena_reset(&runtime->input_arena);
    runtime->deciding = (struct deciding){ .may_emit = may_emit };
    runtime->deciding.cause = arena_take(&runtime->input_arena, sizeof(Tremplin__Cause));
    tremplin__cause__init(runtime->deciding.cause);
    runtime->work = (struct work){
        .actor = actor,
        .today = runtime->today,
        .now_ms = runtime_now_ms(runtime),
        .tables = &runtime->tables,
        .arena = &runtime->input_arena,
        .parameters = runtime->setup.parameters,
        .settings = runtime->setup.settings,
        .memory = may_emit ? NULL : runtime->memory,
        .runtime = runtime,
    };
}

void work_random(struct work *work, uint8_t random[32])
{
    struct runtime *runtime = work->runtime;
    const struct surroundings *surroundings = &runtime->setup.surroundings;
    uint8_t number[sizeof runtime->drawn];

    if (!runtime->is_seeded)
        surroundings->random(surroundings->self, runtime->seed, sizeof runtime->seed);
    runtime->is_seeded = true;
    runtime->drawn++;
    memcpy(number, &runtime->drawn, sizeof number);
    crypto_generichash(random, 32, number, sizeof number, runtime->seed, sizeof runtime->seed);
}

const char *work_new_id(struct work *work)
{
    uint8_t random[32];
    char *text = arena_take(work->arena, ID_TEXT_SIZE);

    work_random(work, random);
    return text ? id_format(id_make(work->now_ms, random), text) : "";
}

const struct refusal *work_refusal(struct work *work, const char *code, const char *field,
                                   const char *rule, const char *french, const char *english)
{
    work->runtime->deciding.spoken = (struct refusal){
        .code = code,
        .field = field,
        .rule = rule,
        .french = french,
        .english = english,
    };
    return &work->runtime->deciding.spoken;
}

const struct refusal *work_law(struct work *work, const struct parameter_field fields[],
                               struct date on, void *law)
{
    struct parameters_error error;
    char day[DATE_TEXT_SIZE];

    if (parameters_fill_again(work->parameters, &work->runtime->laws, fields,
                              date_is_set(on) ? on : work->today, law, &error))
        return ACCEPTED;
    date_format(on, day);
    return work_refusal(
        work, "LAW_NOT_KNOWN", "", "parameters",
        arena_format(work->arena, "Les paramètres ne disent pas la règle en vigueur au %s : %s.",
                     day, error.sentence),
        arena_format(work->arena, "The parameters do not say the rule in force on %s: %s.", day,
                     error.sentence));
}

/* --- oneofs ----------------------------------------------------------------------------------- */

struct bytes pack_into(struct arena *arena, const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *packed = arena_take(arena, length + 1);

    if (!packed)
        return (struct bytes){ 0 };
    protobuf_c_message_pack(message, packed);
    return (struct bytes){ .at = packed, .length = length };
}

static size_t put_varint(uint8_t *to, uint64_t value)
{
    size_t length = 0;

    for (; value >= 0x80; value >>= 7)
        to[length++] = (uint8_t)(value | 0x80);
    to[length++] = (uint8_t)value;
    return length;
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessageDescriptor *outer,
                                                const ProtobufCMessageDescriptor *inner)
{
    for (unsigned i = 0; i < outer->n_fields; i++)
        if (outer->fields[i].type == PROTOBUF_C_TYPE_MESSAGE &&
            outer->fields[i].descriptor == inner)
            return &outer->fields[i];
    return NULL;
}

struct bytes wrap(struct arena *arena, const ProtobufCMessageDescriptor *outer,
                  const ProtobufCMessage *message)
{
    enum { LENGTH_DELIMITED = 2, LONGEST_PREFIX = 20 };
    const ProtobufCFieldDescriptor *field = field_of(outer, message->descriptor);
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *packed = arena_take(arena, length + LONGEST_PREFIX);
    size_t prefix;

    assert(field && "a message that is not part of the service's oneof");
    if (!packed)
        return (struct bytes){ 0 };
    prefix = put_varint(packed, (uint64_t)field->id << 3 | LENGTH_DELIMITED);
    prefix += put_varint(packed + prefix, length);
    protobuf_c_message_pack(message, packed + prefix);
    return (struct bytes){ .at = packed, .length = prefix + length };
}

ProtobufCMessage *unwrap(struct arena *arena, const ProtobufCMessageDescriptor *outer,
                         struct bytes bytes)
{
    ProtobufCMessage *message =
        protobuf_c_message_unpack(outer, &arena->unpacker, bytes.length, bytes.at);

    if (!message)
        return NULL;
    for (unsigned i = 0; i < outer->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &outer->fields[i];
        uint32_t which;

        memcpy(&which, (const char *)message + field->quantifier_offset, sizeof which);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && which == field->id) {
            ProtobufCMessage *inner;

            memcpy(&inner, (const char *)message + field->offset, sizeof inner);
            return inner;
        }
    }
    return NULL;
}

const ProtobufCMessageDescriptor *warning_type(const Tremplin__Header *header)
{
    if (header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNED)
        return &tremplin__operator_warned__descriptor;
    if (header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNING_ENDED)
        return &tremplin__operator_warning_ended__descriptor;
    return NULL;
}

/* --- emitting --------------------------------------------------------------------------------- */

struct emission *emit_entry(struct runtime *runtime, Tremplin__EntryKind kind, const char *type,
                            const char *subject, struct date date, struct bytes event)
{
    struct deciding *deciding = &runtime->deciding;
    struct arena *arena = &runtime->input_arena;
    struct emission *emission = arena_take(arena, sizeof *emission);

    assert(deciding->may_emit && "a query emits nothing");
    if (!emission || (event.length > 0 && !event.at)) {
        fault_set(&deciding->fault, FAULT_MEMORY, "the input's arena is full");
        return NULL;
    }
    if (event.length > EVENT_MOST) {
        fault_set(&deciding->fault, FAULT_BUILD, "a %s is too long to be told", type);
        return NULL;
    }
    *emission = (struct emission){
        .kind = kind,
        .type = type,
        .subject = arena_text(arena, subject, strlen(subject)),
        .date = date_is_set(date) ? date : runtime->work.today,
        .event = event,
    };
    if (deciding->last)
        deciding->last->next = emission;
    else
        deciding->first = emission;
    deciding->last = emission;
    deciding->count++;
    return emission;
}

void emit_own(struct runtime *runtime, Tremplin__EntryKind kind, const ProtobufCMessage *event,
              const char *subject)
{
    emit_entry(runtime, kind, event->descriptor->name, subject, DATE_NONE,
               pack_into(&runtime->input_arena, event));
}

void work_emit(struct work *work, const ProtobufCMessage *event, const char *subject,
               struct date date)
{
    emit_entry(work->runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT, event->descriptor->name,
               subject ? subject : "", date,
               wrap(work->arena, work->runtime->service->event, event));
}

void work_emit_sealed(struct work *work, const ProtobufCMessage *event, const char *subject,
                      struct date date, const char *household, const ProtobufCMessage *record)
{
    struct emission *emission;

    work_emit(work, event, subject, date);
    emission = work->runtime->deciding.last;
    if (!emission || work->runtime->deciding.fault.kind != NO_FAULT)
        return;
    emission->household = arena_text(work->arena, household, strlen(household));
    emission->record = wrap(work->arena, work->runtime->service->record, record);
}

void work_reply(struct work *work, const ProtobufCMessage *reply)
{
    work->runtime->deciding.reply = pack_into(work->arena, reply);
    if (!work->runtime->deciding.reply.at)
        fault_set(&work->runtime->deciding.fault, FAULT_MEMORY, "the input's arena is full");
}

void work_destroy_key(struct work *work, const char *household)
{
    Tremplin__KeyWithdrawn withdrawn = TREMPLIN__KEY_WITHDRAWN__INIT;

    if (table_has(work->tables, &table_erasures, key_id(household)))
        return;
    withdrawn.household = (char *)(uintptr_t)household;
    emit_own(work->runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_ERASURE, &withdrawn.base, household);
}

bool work_is_erased(struct work *work, const char *household)
{
    return table_has(work->tables, &table_erasures, key_id(household));
}

/* --- sealing ---------------------------------------------------------------------------------- */

static void seal_one(struct runtime *runtime, const char *household, Tremplin__Sealed *sealed)
{
    struct bytes clear = { .at = (const uint8_t *)sealed->clear, .length = strlen(sealed->clear) };
    uint8_t nonce[32];
    struct bytes box;

    work_random(&runtime->work, nonce);
    box = keys_seal(&runtime->keys, household, clear, nonce, &runtime->input_arena);
    if (!box.at)
        fault_set(&runtime->deciding.fault, FAULT_BUILD, "a field cannot be sealed");
    sealed->household = (char *)(uintptr_t)household;
    sealed->clear = (char *)(uintptr_t)protobuf_c_empty_string;
    sealed->box = (ProtobufCBinaryData){ .len = box.length, .data = (uint8_t *)(uintptr_t)box.at };
}

/* The messages of a record, by a list instead of recursion: the contract nests a few levels. */
static void seal_message(struct runtime *runtime, const char *household, ProtobufCMessage *record)
{
    enum { NESTED_MOST = 256 };
    ProtobufCMessage *pending[NESTED_MOST];
    size_t count = 0;

    pending[count++] = record;
    while (count > 0) {
        ProtobufCMessage *message = pending[--count];

        if (message->descriptor == &tremplin__sealed__descriptor) {
            seal_one(runtime, household, (Tremplin__Sealed *)message);
            continue;
        }
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
            const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
            char *member = (char *)message + field->offset;
            size_t listed = 1;
            ProtobufCMessage **list = (ProtobufCMessage **)(void *)member;

            if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                continue;
            if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                memcpy(&listed, (char *)message + field->quantifier_offset, sizeof listed);
                memcpy(&list, member, sizeof list);
            } else if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
                uint32_t which;

                memcpy(&which, (char *)message + field->quantifier_offset, sizeof which);
                listed = which == field->id;
            }
            for (size_t n = 0; n < listed; n++)
                if (list[n] && count < NESTED_MOST)
                    pending[count++] = list[n];
                else if (list[n])
                    fault_set(&runtime->deciding.fault, FAULT_BUILD, "a record nests too much");
        }
    }
}

/* The record sealed, or nothing when the household is erased: a hearing is stored without it. */
static struct bytes sealed_record(struct runtime *runtime, const struct emission *emission)
{
    uint8_t random[32];
    ProtobufCMessage *outer;
    enum key_state state;

    if (emission->record.length == 0)
        return (struct bytes){ 0 };
    state = keys_state(&runtime->keys, emission->household);
    if (state == KEY_UNKNOWN) {
        work_random(&runtime->work, random);
        state = keys_make(&runtime->keys, emission->household, random);
    }
    if (state == KEY_ERASED)
        return (struct bytes){ 0 };
    outer = protobuf_c_message_unpack(runtime->service->record, &runtime->input_arena.unpacker,
                                      emission->record.length, emission->record.at);
    if (state != KEY_READY || !outer) {
        fault_set(&runtime->deciding.fault, state == KEY_READY ? FAULT_MEMORY : FAULT_BUILD,
                  "a record cannot be sealed");
        return (struct bytes){ 0 };
    }
    seal_message(runtime, emission->household, outer);
    return pack_into(&runtime->input_arena, outer);
}

static ProtobufCBinaryData as_data(struct bytes bytes)
{
    return (ProtobufCBinaryData){ .len = bytes.length, .data = (uint8_t *)(uintptr_t)bytes.at };
}

bool seal_private(struct runtime *runtime, const struct emission *emission, struct bytes reply,
                  const uint8_t *request_digest, struct bytes *sealed)
{
    Tremplin__PrivatePart part = TREMPLIN__PRIVATE_PART__INIT;

    part.reply = as_data(reply);
    if (request_digest)
        part.request_digest = as_data((struct bytes){ request_digest, HASH_SIZE });
    part.record = as_data(sealed_record(runtime, emission));
    part.heard = (Tremplin__Heard *)(uintptr_t)emission->heard;
    *sealed = pack_into(&runtime->input_arena, &part.base);
    return runtime->deciding.fault.kind == NO_FAULT &&
           (sealed->at || fault_set(&runtime->deciding.fault, FAULT_MEMORY, "the arena is full"));
}

const char *work_unseal(struct work *work, const Tremplin__Sealed *sealed)
{
    if (!sealed)
        return NULL;
    return keys_open_box(&work->runtime->keys, sealed->household,
                         (struct bytes){ sealed->box.data, sealed->box.len }, work->arena, NULL);
}

const uint8_t *work_digest(struct work *work, const char *about, const char *text)
{
    size_t about_length = strlen(about), text_length = strlen(text);
    uint8_t *whole = arena_take(work->arena, about_length + 1 + text_length);
    uint8_t *digest = arena_take(work->arena, HASH_SIZE);

    if (!whole || !digest)
        return NULL;
    memcpy(whole, about, about_length);
    whole[about_length] = ' ';
    memcpy(whole + about_length + 1, text, text_length);
    keys_digest(&work->runtime->keys, (struct bytes){ whole, about_length + 1 + text_length },
                digest);
    return digest;
}

void work_undecided(struct work *work, const struct refusal *refusal)
{
    fault_set(&work->runtime->deciding.fault, FAULT_UNDECIDED, "%s: %s", refusal->code,
              refusal->english);
}

bool work_needs_law(struct work *work, const struct parameter_field fields[], struct date on,
                    void *law)
{
    const struct refusal *refusal = work_law(work, fields, on, law);

    if (refusal)
        work_undecided(work, refusal);
    return !refusal;
}

/* --- fields ----------------------------------------------------------------------------------- */

struct date date_of(const Tremplin__Date *date)
{
    struct date read;

    if (!date || date->year < 1900 || date->year > 2199 || date->month < 1 || date->month > 12 ||
        date->day < 1 || date->day > 31)
        return DATE_NONE;
    read = DATE((int16_t)date->year, (uint8_t)date->month, (uint8_t)date->day);
    return date_is_valid(read) ? read : DATE_NONE;
}

Tremplin__Date *date_field(struct arena *arena, struct date date)
{
    Tremplin__Date *field = date_is_set(date) ? arena_take(arena, sizeof *field) : NULL;

    if (!field)
        return NULL;
    tremplin__date__init(field);
    field->year = date.year;
    field->month = date.month;
    field->day = date.day;
    return field;
}

int64_t cents_of(const Tremplin__Money *money)
{
    return money ? money->cents : 0;
}

Tremplin__Money *money_field(struct arena *arena, int64_t cents)
{
    Tremplin__Money *field = arena_take(arena, sizeof *field);

    if (!field)
        return NULL;
    tremplin__money__init(field);
    field->cents = cents;
    return field;
}

const struct refusal *need_id(struct work *work, const char *field, const char *value)
{
    const struct refusal *missing = need_text(work, field, value);
    struct id id;

    if (missing || id_parse(value, &id))
        return missing;
    return work_refusal(work, "FIELD_NOT_AN_IDENTIFIER", field, "",
                        arena_format(work->arena, "« %s » doit être un identifiant (UUID).", field),
                        arena_format(work->arena, "'%s' must be an identifier (UUID).", field));
}

const struct refusal *need_text(struct work *work, const char *field, const char *value)
{
    if (value && value[strspn(value, " \t\n")] != '\0')
        return ACCEPTED;
    return work_refusal(work, "FIELD_MISSING", field, "",
                        arena_format(work->arena, "« %s » doit être rempli.", field),
                        arena_format(work->arena, "'%s' must be filled in.", field));
}

const struct refusal *need_date(struct work *work, const char *field, const Tremplin__Date *value)
{
    if (date_is_set(date_of(value)))
        return ACCEPTED;
    return work_refusal(
        work, value ? "FIELD_NOT_A_DATE" : "FIELD_MISSING", field, "",
        arena_format(work->arena, "« %s » doit être une date de 1900 à 2199.", field),
        arena_format(work->arena, "'%s' must be a date from 1900 to 2199.", field));
}

const struct refusal *need_fact_date(struct work *work, const char *field,
                                     const Tremplin__Date *value, struct date *date)
{
    const struct refusal *refusal = value ? need_date(work, field, value) : ACCEPTED;

    *date = value ? date_of(value) : work->today;
    if (refusal || !date_is_after(*date, work->today))
        return refusal;
    return work_refusal(
        work, "DATE_TO_COME", field, "",
        arena_format(work->arena, "« %s » est à venir : donnez la date du fait.", field),
        arena_format(work->arena, "'%s' lies in the future: give the day of the fact.", field));
}

const struct refusal *need_amount(struct work *work, const char *field,
                                  const Tremplin__Money *value)
{
    if (value && value->cents > 0 && value->cents <= INT64_C(100000000000))
        return ACCEPTED;
    return work_refusal(work, value ? "FIELD_NOT_AN_AMOUNT" : "FIELD_MISSING", field, "",
                        arena_format(work->arena, "« %s » doit être un montant positif.", field),
                        arena_format(work->arena, "'%s' must be an amount above zero.", field));
}

const struct refusal *need_choice(struct work *work, const char *field, int value)
{
    if (value != 0)
        return ACCEPTED;
    return work_refusal(work, "FIELD_MISSING", field, "",
                        arena_format(work->arena, "« %s » doit être choisi.", field),
                        arena_format(work->arena, "'%s' must be chosen.", field));
}

const struct refusal *need_no_nir(struct work *work, const char *field, const char *value)
{
    const struct refusal *refusal = text_without_nir(value, strlen(value));

    if (refusal == ACCEPTED)
        return ACCEPTED;
    return work_refusal(work, refusal->code, field, refusal->rule, refusal->french,
                        refusal->english);
}

const struct refusal *need_code(struct work *work, const char *field, const char *value)
{
    enum { CODE_MOST = 40 };
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    size_t length = strlen(value);

    if (length <= CODE_MOST && value[strspn(value, letters)] == '\0' &&
        text_without_nir(value, length) == ACCEPTED)
        return ACCEPTED;
    return work_refusal(
        work, "FIELD_NOT_A_CODE", field, "PR-7",
        arena_format(work->arena,
                     "« %s » est un code : 40 majuscules sans accent, chiffres, tirets ou points "
                     "au plus.",
                     field),
        arena_format(work->arena,
                     "'%s' is a code: at most 40 capitals, figures, hyphens, underscores or dots.",
                     field));
}

const struct refusal *need_name(struct work *work, const char *field, const char *value)
{
    enum { NAME_MOST = 120 };
    const struct refusal *refusal = need_text(work, field, value);

    if (!refusal)
        refusal = need_no_nir(work, field, value);
    if (refusal || strlen(value) <= NAME_MOST)
        return refusal;
    return work_refusal(work, "NAME_TOO_LONG", field, "",
                        arena_format(work->arena, "« %s » compte au plus 120 octets.", field),
                        arena_format(work->arena, "'%s' has 120 bytes at most.", field));
}

const struct refusal *not_known(struct work *work, const char *field, const char *value)
{
    const struct refusal *missing = need_text(work, field, value);

    if (missing)
        return missing;
    return work_refusal(
        work, "NOT_KNOWN", field, "",
        arena_format(work->arena, "« %s » ne désigne rien que ce service connaisse.", field),
        arena_format(work->arena, "'%s' leads to nothing that this service knows.", field));
}
