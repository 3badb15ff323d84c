#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"
#include "libcommon/mail.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* --- opening and closing ------------------------------------------------------------------------
 */

static bool check_methods(const struct service *service, const ProtobufCServiceDescriptor *declared,
                          struct fault *fault)
{
    for (unsigned i = 0; declared && i < declared->n_methods; i++) {
        bool found = false;

        for (const struct method *row = service->methods; row->name; row++)
            found |= strcmp(row->name, declared->methods[i].name) == 0;
        if (!found)
            return fault_set(fault, FAULT_BUILD, "%s declares the method %s and has no row for it",
                             service->name, declared->methods[i].name);
    }
    return true;
}

static bool check_events(const struct service *service, struct fault *fault)
{
    for (unsigned i = 0; i < service->event->n_fields; i++) {
        const ProtobufCMessageDescriptor *event = service->event->fields[i].descriptor;
        bool found = false;

        for (const struct application *row = service->applications; row->event; row++)
            found |= row->event == event;
        if (!found)
            return fault_set(fault, FAULT_BUILD, "%s emits %s and has no apply for it",
                             service->name, event->name);
    }
    return true;
}

/* Of its oneof, or what every runtime warns its operator of. */
static bool is_event_of(const struct source *source, const ProtobufCMessageDescriptor *event)
{
    if (event == &tremplin__operator_warned__descriptor ||
        event == &tremplin__operator_warning_ended__descriptor)
        return true;
    for (unsigned i = 0; i < source->events->n_fields; i++)
        if (source->events->fields[i].type == PROTOBUF_C_TYPE_MESSAGE &&
            source->events->fields[i].descriptor == event)
            return true;
    return false;
}

/* What is heard is found by its type's name and applied by its place in the source's oneof: a row
 * of a type that has no place there would be heard and never applied. */
static bool check_hearings(const struct service *service, const struct source *source,
                           struct fault *fault)
{
    for (const struct hearing *row = source->hearings; row->event; row++) {
        if (!is_event_of(source, row->event))
            return fault_set(fault, FAULT_BUILD, "%s hears %s, which is no event of %s",
                             service->name, row->event->name, source->service);
        for (const struct hearing *other = source->hearings; other < row; other++)
            if (other->event == row->event)
                return fault_set(fault, FAULT_BUILD, "%s hears %s of %s in two rows", service->name,
                                 row->event->name, source->service);
    }
    return true;
}

/* A description that does not fit the contract must not start. */
static bool check_description(const struct service *service, struct fault *fault)
{
    for (const struct source *source = service->sources; source && source->service; source++)
        if (!check_hearings(service, source, fault))
            return false;
    return check_methods(service, service->commands, fault) &&
           check_methods(service, service->queries, fault) && check_events(service, fault);
}

static bool open_tables(struct runtime *runtime)
{
    static const struct table *const own[] = {
        &table_applied,   &table_receipts, &table_receipts_by_day, &table_offsets, &table_today,
        &table_deadlines, &table_erasures, &table_warnings,        NULL,
    };
    const struct runtime_setup *setup = &runtime->setup;
    const struct table *const *const lists[] = { own, runtime->service->tables };
    size_t map_bytes = setup->tables_map_bytes ? setup->tables_map_bytes : setup->map_bytes;

    return tables_open(&runtime->tables, setup->directory, map_bytes, lists, 2,
                       &runtime->input_arena);
}

/* What a journal sealed only its own keys open: others are never made in their place. */
static bool open_keys(struct runtime *runtime, const char *path, const uint8_t random[32])
{
    const char *copy = runtime->setup.keys_copy;
    bool may_make = runtime->journal.committed == 0 || runtime->setup.without_keys;

    if (keys_open(&runtime->keys, path, may_make ? random : NULL))
        return true;
    if (runtime->keys.fault.kind == FAULT_UNREADABLE && runtime->keys.count == 0) {
        runtime->keys.fault = (struct fault){ 0 };
        return fault_set(&runtime->keys.fault, FAULT_UNREADABLE,
                         "the keys are gone: put their copy in their place: %s",
                         *copy ? copy : "none, keys_copy is not set");
    }
    return false;
}

static bool open_store(struct runtime *runtime)
{
    const struct runtime_setup *setup = &runtime->setup;
    char path[512], log_id[ID_TEXT_SIZE];
    uint8_t random[64];

    if (mkdir(setup->directory, 0700) != 0 && errno != EEXIST)
        return fault_set(&runtime->journal.fault, FAULT_DISK, "%s: %s", setup->directory,
                         strerror(errno));
    setup->surroundings.random(setup->surroundings.self, random, sizeof random);
    id_format(id_make(setup->surroundings.wall_ms(setup->surroundings.self), random), log_id);
    snprintf(path, sizeof path, "%s/keys", setup->directory);
    return journal_open(&runtime->journal, setup->directory, setup->map_bytes, log_id) &&
           open_tables(runtime) && open_keys(runtime, path, random + 32);
}

/* What was at hand when the last process ended comes again: the sources' next entries, what is due,
 * and commands, which their clients send until not_after.  A batch held no more than this. */
static void heed_crashes(struct runtime *runtime)
{
    const struct crashes *crashes = runtime->setup.crashes;

    for (size_t i = 0; crashes && i < crashes->count; i++) {
        if (!crashes_is_set_aside(crashes, crashes->list[i].input))
            continue;
        log_event(LOG_LEVEL_ERROR, "set_aside", "input", crashes->list[i].input, (char *)NULL);
        snprintf(runtime->trouble, sizeof runtime->trouble, "set aside: %s",
                 crashes->list[i].input);
    }
    if (!crashes || !crashes->unclean)
        return;
    runtime->careful_left = BATCH_MOST;
    runtime->careful_until_ms = now_monotonic(runtime) + NOT_AFTER_MS;
}

struct runtime *runtime_open(const struct runtime_setup *setup, struct fault *fault)
{
    struct runtime *runtime;

    if (!check_description(setup->service, fault))
        return NULL;
    runtime = calloc(1, sizeof *runtime);
    if (!runtime || sodium_init() < 0) {
        fault_set(fault, FAULT_MEMORY, "no memory to start with");
        free(runtime);
        return NULL;
    }
    runtime->setup = *setup;
    runtime->service = setup->service;
    if (runtime->setup.map_bytes == 0)
        runtime->setup.map_bytes = (size_t)64 << 30;
    runtime->last_waiting = &runtime->first_waiting;
    runtime->last_parked = &runtime->first_parked;
    runtime->last_report = &runtime->first_report;
    runtime->last_sending = &runtime->first_sending;
    runtime->inputs = calloc(BATCH_MOST, sizeof *runtime->inputs);
    if (!runtime->inputs || !arena_open(&runtime->input_arena, INPUT_ARENA) ||
        !arena_open(&runtime->batch_arena, BATCH_ARENA)) {
        fault_set(fault, FAULT_MEMORY, "no memory to start with");
        runtime_abandon(runtime);
        return NULL;
    }
    if (!open_store(runtime) || (!apply_journal(runtime) && !go_back_or_full(runtime)) ||
        !memory_open(runtime)) {
        *fault = *first_fault(runtime);
        runtime_abandon(runtime);
        return NULL;
    }
    follow_open(runtime);
    heed_crashes(runtime);
    ticks_open(runtime);
    runtime->checkpoint_ms = now_monotonic(runtime);
    return runtime;
}

static void free_requests(struct waiting *first)
{
    while (first) {
        struct waiting *next = first->next;

        free(first);
        first = next;
    }
}

static void free_waiting(struct runtime *runtime)
{
    free_requests(runtime->first_waiting);
    free_requests(runtime->first_parked);
    while (runtime->first_report) {
        struct report *next = runtime->first_report->next;

        free(runtime->first_report);
        runtime->first_report = next;
    }
    /* Of a batch that ended in the middle. */
    for (size_t i = 0; runtime->inputs && i < runtime->input_count; i++) {
        free(runtime->inputs[i].waiting);
        free(runtime->inputs[i].report);
    }
    for (size_t i = 0; i < runtime->followed_count; i++)
        free(runtime->followed[i].answer);
    finals_close(&runtime->finals);
}

void runtime_abandon(struct runtime *runtime)
{
    if (!runtime)
        return;
    free_waiting(runtime);
    memory_close(runtime);
    keys_close(&runtime->keys);
    tables_close(&runtime->tables);
    journal_close(&runtime->journal);
    arena_close(&runtime->input_arena);
    arena_close(&runtime->batch_arena);
    free(runtime->inputs);
    free(runtime);
}

/* The copy elsewhere replaced; what is wrong with it is no trouble of the service's own disk. */
static bool replace_copy(struct runtime *runtime)
{
    if (*runtime->setup.keys_copy == '\0')
        return true;
    runtime->keys_copied_ms = now_monotonic(runtime);
    if (keys_copy(&runtime->keys, runtime->setup.keys_copy)) {
        runtime->keys_copied = runtime->keys.count;
        return true;
    }
    log_event(LOG_LEVEL_ERROR, "keys_copy_failed", "detail", runtime->keys.fault.detail,
              (char *)NULL);
    runtime->keys.fault = (struct fault){ 0 };
    return false;
}

void runtime_close(struct runtime *runtime)
{
    if (!runtime)
        return;
    if (runtime->state == SERVING && runtime->ending.kind == NO_FAULT)
        take_checkpoint(runtime);
    if (runtime->ending.kind == NO_FAULT && runtime->keys.count != runtime->keys_copied)
        replace_copy(runtime);
    runtime_abandon(runtime);
}

/* --- keys to destroy
 * --------------------------------------------------------------------------------- */

/* Destroys the keys of all that are erased; how many erasures are not done with. */
static size_t destroy_all(struct runtime *runtime)
{
    struct walk walk = walk_from(&runtime->tables, &table_erasures, (struct key){ 0 });
    size_t open = 0;

    while (walk_next(&walk)) {
        const Tremplin__Erasure *erasure = walk.value;
        char household[ID_TEXT_SIZE];
        size_t at = 0;

        open += !erasure->destroyed || !erasure->copy_replaced;
        if (key_read_id(&walk.key, &at, household) && !keys_destroy(&runtime->keys, household)) {
            if (runtime->keys.fault.kind == FAULT_DISK)
                runtime->ending = runtime->keys.fault;
            return 0;
        }
        walk_forget(&walk);
    }
    return open;
}

static void report_destroyed(struct runtime *runtime, bool copied)
{
    struct walk walk = walk_from(&runtime->tables, &table_erasures, (struct key){ 0 });

    while (runtime->input_count < BATCH_MOST && walk_next(&walk)) {
        const Tremplin__Erasure *erasure = walk.value;
        struct input input = { .kind = INPUT_DESTROYED, .copy_replaced = copied };
        size_t at = 0;
        bool tells = !erasure->destroyed || (copied && !erasure->copy_replaced);

        if (tells && key_read_id(&walk.key, &at, input.household))
            runtime->inputs[runtime->input_count++] = input;
        walk_forget(&walk);
    }
}

/* After the commit of an erasure, and at every start: the key, then its copy elsewhere, then the
 * report of both.  A copy that cannot be replaced is tried again later. */
static void destroy_keys(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    bool copied;

    if (!runtime->erasures_to_do ||
        (runtime->erasures_tried_ms > 0 && now - runtime->erasures_tried_ms < ERASURE_RETRY_MS))
        return;
    arena_reset(&runtime->input_arena);
    if (destroy_all(runtime) == 0 && first_fault(runtime)->kind == NO_FAULT) {
        runtime->erasures_to_do = false;
        return;
    }
    copied = runtime->keys.fault.kind == NO_FAULT && replace_copy(runtime);
    if (runtime->keys.fault.kind == NO_FAULT)
        report_destroyed(runtime, copied);
    runtime->keys.fault = (struct fault){ 0 };
    runtime->erasures_tried_ms = copied && first_fault(runtime)->kind == NO_FAULT ? 0 : now;
}

/* New keys go to the copy too: without it a lost disk loses what they sealed, whatever backups of
 * the journals there are. */
static void copy_new_keys(struct runtime *runtime)
{
    if (*runtime->setup.keys_copy == '\0' || runtime->keys.count == runtime->keys_copied ||
        (runtime->keys_copied_ms > 0 &&
         now_monotonic(runtime) - runtime->keys_copied_ms < KEYS_COPY_MS))
        return;
    replace_copy(runtime);
}

/* --- the turn
 * ------------------------------------------------------------------------------------------ */

static void probe_space(struct runtime *runtime)
{
    enum { ROOM_WANTED = 4 * 1024 * 1024 };
    struct statvfs disk;

    if (now_monotonic(runtime) - runtime->probed_ms < SPACE_PROBE_MS)
        return;
    runtime->probed_ms = now_monotonic(runtime);
    if (statvfs(runtime->setup.directory, &disk) != 0 ||
        (uint64_t)disk.f_bavail * disk.f_bsize < ROOM_WANTED)
        return;
    if (!go_back(runtime) || !take_checkpoint(runtime)) {
        struct fault fault = *first_fault(runtime);

        if (fault.kind != FAULT_NO_SPACE)
            runtime->ending = fault;
        else
            go_back(runtime); /* so that queries see all that is committed */
        return;
    }
    runtime->state = SERVING;
    runtime->trouble[0] = '\0';
    for (size_t i = 0; i < runtime->followed_count; i++)
        runtime->followed[i].hinted = true;
    log_event(LOG_LEVEL_INFO, "room_again", (char *)NULL);
}

bool checkpoint_or_back(struct runtime *runtime)
{
    struct fault fault;

    if (take_checkpoint(runtime))
        return true;
    fault = *first_fault(runtime);
    log_event(LOG_LEVEL_WARNING, "going_back", "kind", fault_name(fault.kind), "detail",
              fault.detail, (char *)NULL);
    if (fault.kind == FAULT_NO_SPACE)
        enter_full(runtime, fault.detail);
    if (ends_process(&fault))
        runtime->ending = fault;
    else if (!go_back_or_full(runtime))
        runtime->ending = *first_fault(runtime);
    return false;
}

static void checkpoint_when_due(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    bool idle = now - runtime->input_ms >= CHECKPOINT_IDLE_MS;

    if (runtime->tables.puts == 0 || runtime->state == FULL)
        return;
    if (runtime->tables.puts >= CHECKPOINT_PUTS || idle ||
        now - runtime->checkpoint_ms >= CHECKPOINT_MS)
        checkpoint_or_back(runtime);
}

/* What is looked for between inputs is no input's trouble: it is said, and tried again later. */
static void note_fault_between(struct runtime *runtime)
{
    struct fault fault = *first_fault(runtime);

    if (fault.kind == NO_FAULT)
        return;
    log_event(LOG_LEVEL_ERROR, "fault", "input", "what is due", "kind", fault_name(fault.kind),
              "detail", fault.detail, (char *)NULL);
    runtime->figures.faults++;
    if (ends_process(&fault))
        runtime->ending = fault;
    snprintf(runtime->trouble, sizeof runtime->trouble, "what is due: %.120s", fault.detail);
    *first_fault(runtime) = (struct fault){ 0 };
    runtime->ticks_retry_ms = now_monotonic(runtime) + TICK_RETRY_MS;
}

/* Those that could not be decided wait their time. */
static void collect_reports(struct runtime *runtime)
{
    struct report **at = &runtime->first_report;
    int64_t now = now_monotonic(runtime);

    while (*at && runtime->input_count < BATCH_MOST) {
        struct report *report = *at;

        if (report->not_before_ms > now) {
            at = &report->next;
            continue;
        }
        *at = report->next;
        if (!*at)
            runtime->last_report = at;
        report->held = false;
        runtime->inputs[runtime->input_count++] =
            (struct input){ .kind = INPUT_REPORT, .report = report };
    }
}

/* While the disk is full only commands are taken, to be told so; all else waits for room. */
static void collect(struct runtime *runtime)
{
    runtime->input_count = 0;
    arena_reset(&runtime->batch_arena);
    if (runtime->state == FULL) {
        dispatch_collect(runtime);
        return;
    }
    if (runtime->journal.restored && runtime->ticks_retry_ms <= now_monotonic(runtime))
        runtime->inputs[runtime->input_count++] = (struct input){ .kind = INPUT_EPOCH };
    destroy_keys(runtime);
    hear_collect(runtime);
    ticks_collect(runtime);
    warnings_collect(runtime);
    note_fault_between(runtime);
    collect_reports(runtime);
    dispatch_collect(runtime);
}

/* What came of an act outside is told once: when it could not be written or decided, it waits. */
static void wait_again(struct runtime *runtime, struct report *report)
{
    if (!runtime->first_report)
        runtime->last_report = &report->next;
    report->next = runtime->first_report;
    runtime->first_report = report;
}

uint32_t held_reports(const struct runtime *runtime)
{
    uint32_t count = 0;

    for (const struct report *report = runtime->first_report; report; report = report->next)
        count += report->held;
    return count;
}

static void free_inputs(struct runtime *runtime)
{
    for (size_t i = runtime->input_count; i-- > 0;) {
        struct input *input = &runtime->inputs[i];

        free(input->waiting);
        if (input->report && !input->done)
            wait_again(runtime, input->report);
        else
            free(input->report);
    }
    runtime->input_count = 0;
    if (strncmp(runtime->trouble, "report ", strlen("report ")) == 0 && held_reports(runtime) == 0)
        runtime->trouble[0] = '\0';
}

/* Ticks: at once when one is due and nothing holds it up. */
static int64_t next_tick(struct runtime *runtime, int64_t now, int64_t next)
{
    enum { HELD_UP_MS = 20 };
    int64_t due_ms, left;

    if (runtime->clock_held || !ticks_next(runtime, &due_ms))
        return next;
    left = due_ms - runtime_now_ms(runtime);
    if (left > 0)
        return !runtime->setup.manual_clock && left < next - now ? now + left : next;
    if (runtime->ticks_retry_ms > now)
        return runtime->ticks_retry_ms < next ? runtime->ticks_retry_ms : next;
    if (runtime->tick_noticed_ms > 0 && !follow_is_caught_up(runtime, runtime->tick_noticed_ms))
        return now + HELD_UP_MS;
    return now;
}

static int64_t next_turn(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    int64_t next = now + POLL_MS;

    if (runtime->first_waiting ||
        (runtime->first_parked && runtime->parked_seen != runtime->journal.committed))
        return now;
    if (runtime->state == FULL)
        return next;
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (runtime->followed[i].answer && !runtime->followed[i].halted)
            return now;
    if ((runtime->erasures_to_do && runtime->erasures_tried_ms == 0) || warnings_wait(runtime))
        return now;
    for (const struct report *report = runtime->first_report; report; report = report->next)
        if (report->not_before_ms < next)
            next = report->not_before_ms > now ? report->not_before_ms : now;
    if (runtime->tables.puts > 0 && next > now + CHECKPOINT_IDLE_MS)
        next = now + CHECKPOINT_IDLE_MS;
    if (runtime->first_parked && next > runtime->first_parked->arrived_ms + PARKED_MS)
        next = runtime->first_parked->arrived_ms + PARKED_MS;
    return next_tick(runtime, now, next);
}

/* --- acting outside: what the service sees of the transport -------------------------------------
 *
 * A mail whose outcome waits to be written is still promised: it is neither handed over nor
 * promised again, though the transport has done with it. */

static bool outcome_waits(const struct runtime *runtime, const char *id, uint32_t attempt)
{
    for (const struct report *report = runtime->first_report; report; report = report->next)
        if (report->decide == runtime->service->hear_mail && report->attempt == attempt &&
            strcmp(report->subject, id) == 0)
            return true;
    return false;
}

static bool promise_mail(void *self, const char *id, uint32_t attempt)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    return mail->promise(mail->self, id, attempt);
}

static bool mail_is_promised(void *self, const char *id, uint32_t attempt)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    return outcome_waits(runtime, id, attempt) || mail->is_promised(mail->self, id, attempt);
}

static bool mail_is_handed(void *self, const char *id, uint32_t attempt)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    return outcome_waits(runtime, id, attempt) || mail->is_handed(mail->self, id, attempt);
}

static void forget_mails_unless(void *self, mail_wanted_fn *is_wanted, void *owner)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    mail->forget_unless(mail->self, is_wanted, owner);
}

static void hand_over_mail(void *self, const struct mail *handed)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    if (!outcome_waits(runtime, handed->id, handed->attempt))
        mail->hand_over(mail->self, handed);
}

static int mail_room(void *self)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    return mail->room(mail->self);
}

/* Only what is committed is acted on: the batch is over. */
static void act_outside(struct runtime *runtime)
{
    const struct mail_transport mail = { .promise = promise_mail,
                                         .is_promised = mail_is_promised,
                                         .is_handed = mail_is_handed,
                                         .forget_unless = forget_mails_unless,
                                         .hand_over = hand_over_mail,
                                         .room = mail_room,
                                         .self = runtime };

    if (!runtime->service->act || !runtime->setup.mail || runtime->state == FULL ||
        runtime->ending.kind != NO_FAULT)
        return;
    deciding_begin(runtime, false, runtime->service->name);
    runtime->service->act(&runtime->work, &mail);
    fault_when_exhausted(runtime, &runtime->deciding.fault);
    if (first_fault(runtime)->kind == NO_FAULT)
        return;
    if (ends_process(first_fault(runtime)))
        runtime->ending = *first_fault(runtime);
    /* Nothing was written: what could not be read is seen again at the next turn. */
    log_event(LOG_LEVEL_ERROR, "fault", "input", "acting outside", "detail",
              first_fault(runtime)->detail, (char *)NULL);
    runtime->figures.faults++;
    *first_fault(runtime) = (struct fault){ 0 };
}

int64_t runtime_turn(struct runtime *runtime)
{
    ticks_watch_clock(runtime);
    if (runtime->state == FULL)
        probe_space(runtime);
    collect(runtime);
    if (runtime->input_count > 0) {
        if (runtime->ending.kind != NO_FAULT) {
            log_event(LOG_LEVEL_ERROR, "not_run", "detail", runtime->ending.detail, (char *)NULL);
        } else if (runtime->state == FULL) {
            refuse_for_space(runtime, runtime->inputs, runtime->input_count);
        } else {
            runtime->figures.batches++;
            runtime->input_ms = now_monotonic(runtime);
            run_batch(runtime, runtime->inputs, runtime->input_count);
        }
        free_inputs(runtime);
    }
    /* What the tables say now may be in no journal. */
    if (runtime->ending.kind != NO_FAULT)
        return now_monotonic(runtime);
    memory_follow(runtime);
    dispatch_queries(runtime);
    send_all(runtime);
    finals_forget(&runtime->finals, runtime_wall_ms(runtime));
    follow_ask(runtime);
    act_outside(runtime);
    checkpoint_when_due(runtime);
    copy_new_keys(runtime);
    return next_turn(runtime);
}

/* --- what arrives, and what is looked at
 * ------------------------------------------------------------- */

/* Who acts asks at each turn that what is not yet decided be decided: once is enough. */
static bool waits_already(const struct runtime *runtime, const struct report *report)
{
    for (const struct report *other = runtime->first_report; other; other = other->next)
        if (other->decide == report->decide && other->type == report->type &&
            other->length == report->length &&
            memcmp(other->bytes, report->bytes, report->length) == 0)
            return true;
    return false;
}

/* The first text of what it tells. */
static void name_subject(struct report *report, const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field = message->descriptor->fields;
    const char *text;

    if (message->descriptor->n_fields == 0 || field->type != PROTOBUF_C_TYPE_STRING)
        return;
    memcpy(&text, (const char *)message + field->offset, sizeof text);
    snprintf(report->subject, sizeof report->subject, "%s", text);
}

void runtime_report(struct runtime *runtime, report_fn *decide, const char *name,
                    const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    struct report *report = malloc(sizeof *report + length);

    if (!report)
        return;
    *report = (struct report){
        .decide = decide,
        .name = name,
        .type = message->descriptor,
        .length = length,
    };
    protobuf_c_message_pack(message, report->bytes);
    name_subject(report, message);
    if (message->descriptor == &tremplin__mail_outcome__descriptor)
        report->attempt = ((const Tremplin__MailOutcome *)message)->attempt;
    if (waits_already(runtime, report)) {
        free(report);
        return;
    }
    *runtime->last_report = report;
    runtime->last_report = &report->next;
}

void runtime_mail_outcome(struct runtime *runtime, const char *id, uint32_t attempt, int code)
{
    Tremplin__MailOutcome outcome = TREMPLIN__MAIL_OUTCOME__INIT;

    outcome.mail = (char *)(uintptr_t)id;
    outcome.attempt = attempt;
    outcome.code = code;
    runtime_report(runtime, runtime->service->hear_mail, "mail", &outcome.base);
}

bool runtime_must_end(const struct runtime *runtime, struct fault *fault)
{
    if (runtime->ending.kind == NO_FAULT)
        return false;
    *fault = runtime->ending;
    return true;
}

/* --- verification
 * ------------------------------------------------------------------------------------- */

static bool digest_of(const struct runtime_setup *setup, uint8_t digest[32], struct fault *fault)
{
    struct runtime *runtime = runtime_open(setup, fault);
    bool digested = runtime && tables_digest(&runtime->tables, &table_applied, digest);

    if (runtime && !digested)
        *fault = *first_fault(runtime);
    runtime_abandon(runtime);
    return digested;
}

bool runtime_replays_same(const struct runtime_setup *setup, const char *scratch_directory,
                          uint8_t here[32], uint8_t replayed[32], struct fault *fault)
{
    struct runtime_setup copied = *setup;

    copied.without_keys = true;
    if (!digest_of(&copied, here, fault) ||
        !journal_copy(setup->directory, scratch_directory, fault))
        return false;
    copied.directory = scratch_directory;
    return digest_of(&copied, replayed, fault) && memcmp(here, replayed, 32) == 0;
}
