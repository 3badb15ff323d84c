#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const struct table table_applied = { "runtime.applied", &tremplin__applied__descriptor };
const struct table table_receipts = { "runtime.receipts", &tremplin__receipt__descriptor };
const struct table table_receipts_by_day = { "runtime.receipts_by_day",
                                             &tremplin__receipt__descriptor };
const struct table table_offsets = { "runtime.offsets", &tremplin__offset__descriptor };
const struct table table_today = { "runtime.today", &tremplin__today__descriptor };
const struct table table_deadlines = { "runtime.deadlines", &tremplin__deadline__descriptor };
const struct table table_erasures = { "runtime.erasures", &tremplin__erasure__descriptor };
const struct table table_warnings = { "runtime.warnings", &tremplin__warning__descriptor };

static struct key only_row(void)
{
    return key_text("the");
}

/* --- receipts --------------------------------------------------------------------------------- */

static struct key receipt_day_key(struct date day, const char *command)
{
    struct key key = { 0 };

    key_add_date(&key, day);
    key_add_id(&key, command);
    return key;
}

static void keep_receipt(struct runtime *runtime, const Tremplin__Header *header)
{
    Tremplin__Receipt receipt = TREMPLIN__RECEIPT__INIT;
    const char *command = header->cause ? header->cause->command : "";

    if (*command == '\0' || header->index != 1)
        return;
    receipt.sequence = header->sequence;
    table_put(&runtime->tables, &table_receipts, key_id(command), &receipt.base);
    table_put(&runtime->tables, &table_receipts_by_day, receipt_day_key(runtime->today, command),
              &receipt.base);
}

/* By the opening of a day, never by a clock. */
static void purge_receipts(struct runtime *runtime, struct date today)
{
    struct date kept = date_add_days(today, -RECEIPT_DAYS);
    struct walk walk = walk_from(&runtime->tables, &table_receipts_by_day, (struct key){ 0 });

    while (walk_next(&walk)) {
        size_t at = 0;
        struct date day;
        char command[ID_TEXT_SIZE];

        if (!key_read_date(&walk.key, &at, &day) || !key_read_id(&walk.key, &at, command) ||
            !date_is_before(day, kept))
            return;
        table_delete(&runtime->tables, &table_receipts, key_id(command));
        table_delete(&runtime->tables, &table_receipts_by_day, walk.key);
        walk_forget(&walk);
    }
}

/* --- deadlines -------------------------------------------------------------------------------- */

static struct key deadline_key(uint8_t kind, int64_t due_ms, const char *subject, uint32_t number)
{
    struct key key = { 0 };

    key_add_instant(&key, due_ms);
    key_add_byte(&key, kind);
    key_add_id(&key, subject);
    key_add_number(&key, number);
    return key;
}

void deadline_set(struct tables *tables, uint8_t kind, int64_t due_ms, const char *subject,
                  uint32_t number)
{
    Tremplin__Deadline deadline = TREMPLIN__DEADLINE__INIT;

    deadline.kind = kind;
    table_put(tables, &table_deadlines, deadline_key(kind, due_ms, subject, number),
              &deadline.base);
}

void deadline_clear(struct tables *tables, uint8_t kind, int64_t due_ms, const char *subject,
                    uint32_t number)
{
    table_delete(tables, &table_deadlines, deadline_key(kind, due_ms, subject, number));
}

bool deadline_is_set(struct tables *tables, const struct deadline *deadline)
{
    return table_has(
        tables, &table_deadlines,
        deadline_key(deadline->kind, deadline->due_ms, deadline->subject, deadline->step));
}

bool deadline_read(const struct key *key, struct deadline *deadline)
{
    size_t at = 0;
    uint64_t number;

    *deadline = (struct deadline){ 0 };
    if (!key_read_instant(key, &at, &deadline->due_ms) ||
        !key_read_byte(key, &at, &deadline->kind) || !key_read_id(key, &at, deadline->subject) ||
        !key_read_number(key, &at, &number))
        return false;
    deadline->step = (uint32_t)number;
    return true;
}

/* --- the runtime's own entries ---------------------------------------------------------------- */

static void put_today(struct runtime *runtime)
{
    Tremplin__Today row = TREMPLIN__TODAY__INIT;
    Tremplin__Date day = TREMPLIN__DATE__INIT;

    day.year = runtime->today.year;
    day.month = runtime->today.month;
    day.day = runtime->today.day;
    row.day = date_is_set(runtime->today) ? &day : NULL;
    row.manual_now_ms = runtime->manual_now_ms;
    table_put(&runtime->tables, &table_today, only_row(), &row.base);
}

static void put_offset(struct runtime *runtime, const char *service, const char *log_id,
                       uint64_t sequence, ProtobufCBinaryData hash, uint32_t epoch)
{
    Tremplin__Offset offset = TREMPLIN__OFFSET__INIT;

    offset.log_id = (char *)(uintptr_t)log_id;
    offset.sequence = sequence;
    offset.hash = hash;
    offset.epoch = epoch;
    table_put(&runtime->tables, &table_offsets, key_text(service), &offset.base);
}

static void apply_erasure(struct runtime *runtime, const char *household, bool destroyed,
                          bool copy_replaced)
{
    Tremplin__Erasure *row = table_get(&runtime->tables, &table_erasures, key_id(household));
    Tremplin__Erasure fresh = TREMPLIN__ERASURE__INIT;

    if (!row) {
        fresh.withdrawn = date_field(&runtime->input_arena, runtime->today);
        row = &fresh;
    }
    row->destroyed |= destroyed;
    row->copy_replaced |= copy_replaced;
    table_put(&runtime->tables, &table_erasures, key_id(household), &row->base);
    runtime->erasures_to_do = true;
}

/* Unpacks one of the runtime's events; a NULL is a fault. */
static void *own_event(struct runtime *runtime, const ProtobufCMessageDescriptor *type,
                       struct bytes event)
{
    void *message =
        protobuf_c_message_unpack(type, &runtime->input_arena.unpacker, event.length, event.at);

    if (!message)
        fault_set(&runtime->tables.fault, FAULT_UNREADABLE, "%s cannot be read", type->name);
    return message;
}

static void apply_offset(struct runtime *runtime, struct bytes event)
{
    const Tremplin__OffsetMoved *moved =
        own_event(runtime, &tremplin__offset_moved__descriptor, event);

    if (moved && moved->upto)
        put_offset(runtime, moved->upto->service, moved->upto->log_id, moved->upto->sequence,
                   moved->hash, moved->epoch);
}

static void apply_day(struct runtime *runtime, struct bytes event)
{
    const Tremplin__DayOpened *opened =
        own_event(runtime, &tremplin__day_opened__descriptor, event);

    if (!opened)
        return;
    runtime->today = date_of(opened->day);
    put_today(runtime);
    purge_receipts(runtime, runtime->today);
}

static void apply_clock(struct runtime *runtime, struct bytes event)
{
    const Tremplin__ClockMoved *moved =
        own_event(runtime, &tremplin__clock_moved__descriptor, event);

    if (!moved)
        return;
    runtime->manual_now_ms = moved->now_ms;
    put_today(runtime);
}

static void apply_deadline(struct runtime *runtime, struct bytes event)
{
    const Tremplin__DeadlinePassed *passed =
        own_event(runtime, &tremplin__deadline_passed__descriptor, event);

    if (passed)
        deadline_clear(&runtime->tables, (uint8_t)passed->kind, passed->due_ms, passed->subject,
                       passed->step);
}

static void apply_follow(struct runtime *runtime, struct bytes event)
{
    const Tremplin__FollowAccepted *accepted =
        own_event(runtime, &tremplin__follow_accepted__descriptor, event);

    if (accepted)
        put_offset(runtime, accepted->service, accepted->log_id, accepted->sequence, accepted->hash,
                   accepted->epoch);
}

static void apply_own_erasure(struct runtime *runtime, Tremplin__EntryKind kind, struct bytes event)
{
    const Tremplin__KeyDestroyed *destroyed;
    const Tremplin__KeyWithdrawn *withdrawn;

    if (kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_DESTROYED) {
        destroyed = own_event(runtime, &tremplin__key_destroyed__descriptor, event);
        if (destroyed)
            apply_erasure(runtime, destroyed->household, true, destroyed->copy_replaced);
        return;
    }
    withdrawn = own_event(runtime, &tremplin__key_withdrawn__descriptor, event);
    if (!withdrawn)
        return;
    runtime->erasures_tried_ms = 0; /* this one is not to wait for another's copy */
    apply_erasure(runtime, withdrawn->household, false, false);
}

struct key warning_key(Tremplin__OperatorTrouble trouble, const char *about)
{
    struct key key = { 0 };

    key_add_byte(&key, (uint8_t)trouble);
    if (*about)
        key_add_text(&key, about);
    return key;
}

static void apply_warned(struct runtime *runtime, struct bytes event)
{
    const Tremplin__OperatorWarned *warned =
        own_event(runtime, &tremplin__operator_warned__descriptor, event);
    Tremplin__Warning row = TREMPLIN__WARNING__INIT;

    if (!warned)
        return;
    row.trouble = warned->trouble;
    row.about = warned->about;
    row.began_ms = warned->began_ms;
    table_put(&runtime->tables, &table_warnings, warning_key(row.trouble, row.about), &row.base);
    runtime->warnings_told = true;
}

static void apply_warning_ended(struct runtime *runtime, struct bytes event)
{
    const Tremplin__OperatorWarningEnded *ended =
        own_event(runtime, &tremplin__operator_warning_ended__descriptor, event);

    if (ended)
        table_delete(&runtime->tables, &table_warnings, warning_key(ended->trouble, ended->about));
}

/* --- the service's entries -------------------------------------------------------------------- */

static void apply_event(struct runtime *runtime, const Tremplin__Header *header, struct bytes event,
                        const Tremplin__PrivatePart *private_part)
{
    struct arena *arena = &runtime->input_arena;
    struct entry entry = { .header = header,
                           .event = unwrap(arena, runtime->service->event, event) };

    if (private_part->record.len > 0 && runtime->service->record)
        entry.record =
            unwrap(arena, runtime->service->record,
                   (struct bytes){ private_part->record.data, private_part->record.len });
    for (const struct application *row = runtime->service->applications; row->event; row++)
        if (entry.event && row->event == entry.event->descriptor) {
            row->apply(&runtime->tables, &entry);
            return;
        }
    fault_set(&runtime->tables.fault, arena->exhausted ? FAULT_MEMORY : FAULT_UNREADABLE,
              "entry %llu is of type %s, which this release does not apply",
              (unsigned long long)header->sequence, header->type);
}

static void apply_heard(struct runtime *runtime, const Tremplin__Header *header,
                        const Tremplin__Heard *heard)
{
    struct arena *arena = &runtime->input_arena;
    const struct source *source = heard ? source_of(runtime->service, heard->service) : NULL;
    const ProtobufCMessageDescriptor *own;
    struct entry entry = { 0 };

    if (!source || !header->cause || !header->cause->heard) {
        fault_set(&runtime->tables.fault, FAULT_UNREADABLE, "hearing %llu has no known source",
                  (unsigned long long)header->sequence);
        return;
    }
    entry.header =
        tremplin__header__unpack(&arena->unpacker, heard->header.len, heard->header.data);
    own = entry.header ? warning_type(entry.header) : NULL;
    if (own)
        entry.event =
            protobuf_c_message_unpack(own, &arena->unpacker, heard->event.len, heard->event.data);
    else
        entry.event =
            unwrap(arena, source->events, (struct bytes){ heard->event.data, heard->event.len });
    if (!entry.header || !entry.event) {
        fault_set(&runtime->tables.fault, arena->exhausted ? FAULT_MEMORY : FAULT_UNREADABLE,
                  "hearing %llu cannot be read", (unsigned long long)header->sequence);
        return;
    }
    for (const struct hearing *row = source->hearings; row->event; row++)
        if (row->event == entry.event->descriptor && row->apply)
            row->apply(&runtime->tables, &entry);
}

void apply_entry(struct runtime *runtime, const Tremplin__Header *header, struct bytes event,
                 const Tremplin__PrivatePart *private_part)
{
    runtime->tables.writable = true;
    switch (header->kind) {
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT:
        apply_event(runtime, header, event, private_part);
        break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_HEARING:
        apply_offset(runtime, event);
        apply_heard(runtime, header, private_part->heard);
        break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_OFFSET: apply_offset(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_DAY: apply_day(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_CLOCK: apply_clock(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_DEADLINE: apply_deadline(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_FOLLOW: apply_follow(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNED: apply_warned(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNING_ENDED: apply_warning_ended(runtime, event); break;
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH: break; /* the journal itself carries the epoch */
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_ERASURE:
    case TREMPLIN__ENTRY_KIND__ENTRY_KIND_DESTROYED:
        apply_own_erasure(runtime, header->kind, event);
        break;
    default:
        fault_set(&runtime->tables.fault, FAULT_UNREADABLE,
                  "entry %llu is of a kind that this release does not know",
                  (unsigned long long)header->sequence);
    }
    keep_receipt(runtime, header);
    runtime->tables.writable = false;
    fault_when_exhausted(runtime, &runtime->tables.fault);
    runtime->applied = header->sequence;
}

/* --- from the journal ------------------------------------------------------------------------- */

bool take_checkpoint(struct runtime *runtime)
{
    Tremplin__Applied applied = TREMPLIN__APPLIED__INIT;

    applied.log_id = runtime->journal.log_id;
    applied.epoch = runtime->journal.committed_epoch;
    applied.sequence = runtime->applied;
    applied.hash = (ProtobufCBinaryData){ HASH_SIZE, runtime->applied_hash };
    applied.tables_version = runtime->service->tables_version;
    runtime->tables.writable = true;
    table_put(&runtime->tables, &table_applied, only_row(), &applied.base);
    runtime->tables.writable = false;
    failpoint(runtime, "checkpoint.before");
    if (!tables_checkpoint(&runtime->tables))
        return false;
    failpoint(runtime, "checkpoint.after");
    runtime->checkpoint_ms = now_monotonic(runtime);
    runtime->figures.checkpoints++;
    return true;
}

void apply_read_back(struct runtime *runtime)
{
    const Tremplin__Today *row = table_get(&runtime->tables, &table_today, only_row());

    runtime->today = row ? date_of(row->day) : DATE_NONE;
    runtime->manual_now_ms =
        row && row->manual_now_ms != 0 ? row->manual_now_ms : runtime->setup.manual_start_ms;
    runtime->erasures_to_do = table_count(&runtime->tables, &table_erasures) > 0;
    runtime->warnings_told = table_count(&runtime->tables, &table_warnings) > 0;
}

bool tables_were_applied(struct runtime *runtime)
{
    const Tremplin__Applied *applied = table_get(&runtime->tables, &table_applied, only_row());

    return applied && applied->sequence > 0;
}

/* Where the tables stand, or the beginning when they are of another journal or version. */
static bool find_place(struct runtime *runtime)
{
    const Tremplin__Applied *applied = table_get(&runtime->tables, &table_applied, only_row());
    uint8_t hash[HASH_SIZE];

    runtime->applied = 0;
    memset(runtime->applied_hash, 0, HASH_SIZE);
    if (applied && applied->tables_version == runtime->service->tables_version &&
        strcmp(applied->log_id, runtime->journal.log_id) == 0 && applied->hash.len == HASH_SIZE &&
        journal_hash_of(&runtime->journal, applied->sequence, hash) &&
        memcmp(hash, applied->hash.data, HASH_SIZE) == 0) {
        runtime->applied = applied->sequence;
        memcpy(runtime->applied_hash, hash, HASH_SIZE);
        return true;
    }
    if (runtime->journal.fault.kind != NO_FAULT)
        return false;
    if (runtime->tables.fault.kind == FAULT_UNREADABLE)
        runtime->tables.fault = (struct fault){ 0 };
    return tables_empty(&runtime->tables);
}

/* What was read is what was chained. */
static bool holds(const struct runtime *runtime, const struct stored_entry *entry)
{
    uint8_t digest[HASH_SIZE], hash[HASH_SIZE];

    journal_digest(entry->private_bytes, digest);
    journal_chain(runtime->applied_hash, entry->header_bytes, entry->event, digest, hash);
    return entry->header->sequence == runtime->applied + 1 &&
           memcmp(hash, entry->hash, HASH_SIZE) == 0;
}

bool apply_journal(struct runtime *runtime)
{
    arena_reset(&runtime->input_arena);
    if (!find_place(runtime))
        return false;
    apply_read_back(runtime);
    while (runtime->applied < runtime->journal.committed) {
        struct stored_entry entry;

        arena_reset(&runtime->input_arena);
        if (!journal_read(&runtime->journal, runtime->applied + 1, &runtime->input_arena, &entry))
            return fault_set(&runtime->journal.fault, FAULT_DAMAGED,
                             "entry %llu of the journal is not there",
                             (unsigned long long)runtime->applied + 1);
        if (!holds(runtime, &entry))
            return fault_set(&runtime->journal.fault, FAULT_DAMAGED,
                             "entry %llu of the journal does not match the chain",
                             (unsigned long long)runtime->applied + 1);
        apply_entry(runtime, entry.header, entry.event, entry.private_part);
        if (runtime->tables.fault.kind != NO_FAULT)
            return false;
        memcpy(runtime->applied_hash, entry.hash, HASH_SIZE);
        /* On a full disk there is no checkpoint; what is committed is applied all the same. */
        if (runtime->tables.puts >= CHECKPOINT_PUTS && runtime->state != FULL &&
            !take_checkpoint(runtime))
            return false;
    }
    return true;
}
