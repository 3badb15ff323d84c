#include "libcommon/log.h"
#include "libcommon/message.h"
#include "libcommon/runtime_parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the table of methods --------------------------------------------------------------------- */

struct called {
    const struct method *method;
    const ProtobufCMessageDescriptor *asked;
    bool is_query;
};

static bool find_in(const ProtobufCServiceDescriptor *declared, const struct method *rows,
                    const char *name, struct called *called)
{
    const ProtobufCMethodDescriptor *method =
        declared ? protobuf_c_service_descriptor_get_method_by_name(declared, name) : NULL;

    if (!method)
        return false;
    called->asked = method->input;
    for (const struct method *row = rows; row->name && !called->method; row++)
        if (strcmp(row->name, name) == 0)
            called->method = row;
    return called->method != NULL;
}

static bool find_method(const struct runtime *runtime, const char *name, struct called *called)
{
    const struct service *service = runtime->service;
    const char *dot = strchr(name, '.');
    size_t length = dot ? (size_t)(dot - name) : 0;

    *called = (struct called){ 0 };
    if (!dot)
        return false;
    if (length == strlen("Runtime") && strncmp(name, "Runtime", length) == 0) {
        if (find_in(&tremplin__runtime_commands__descriptor, runtime->own_methods, dot + 1, called))
            return true;
        called->is_query = true;
        return find_in(&tremplin__runtime_queries__descriptor, runtime->own_methods, dot + 1,
                       called);
    }
    if (length != strlen(service->name) || strncmp(name, service->name, length) != 0)
        return false;
    if (find_in(service->commands, service->methods, dot + 1, called))
        return true;
    called->is_query = true;
    return find_in(service->queries, service->methods, dot + 1, called);
}

/* --- commands --------------------------------------------------------------------------------- */

/* Between inputs, so that the input's arena has room for any request. */
static void digest_request(struct runtime *runtime, const Tremplin__Request *request,
                           uint8_t digest[HASH_SIZE])
{
    size_t method_length = strlen(request->method) + 1;
    uint8_t *bytes;

    arena_reset(&runtime->input_arena);
    bytes = arena_take(&runtime->input_arena, method_length + request->body.len);
    assert(bytes && "a request is smaller than an input's arena");
    memcpy(bytes, request->method, method_length);
    if (request->body.len > 0)
        memcpy(bytes + method_length, request->body.data, request->body.len);
    keys_digest(&runtime->keys, (struct bytes){ bytes, method_length + request->body.len }, digest);
}

static const struct refusal id_reused = {
    "ID_REUSED",
    "id",
    "",
    "Cet identifiant de commande a déjà servi pour un autre contenu : faites-en un nouveau.",
    "This command identifier was already used for another content: make a new one.",
};

static const struct refusal too_late = {
    "TOO_LATE",
    "not_after_ms",
    "",
    "La commande est arrivée après l'instant limite que son émetteur a fixé : rien n'a été fait.",
    "The command arrived after the instant its sender set: nothing was done.",
};

static const struct refusal household_erased = {
    "HOUSEHOLD_ERASED",
    "household",
    "PR-7",
    "Ce ménage a été effacé : plus rien de personnel ne peut être enregistré à son sujet.",
    "This household was erased: nothing personal may be recorded about it any more.",
};

/* For a command that names something of the household's, not the household. */
static const struct refusal its_household_erased = {
    "HOUSEHOLD_ERASED",
    "",
    "PR-7",
    "Ce ménage a été effacé : plus rien de personnel ne peut être enregistré à son sujet.",
    "This household was erased: nothing personal may be recorded about it any more.",
};

/* A final answer that will be in no journal is kept once it leaves. */
static void remember(struct runtime *runtime, struct sending *sending, const struct input *input)
{
    if (!sending || !id_parse(input->request->id, &sending->remembered))
        return;
    runtime->finals_leave = true;
    sending->not_after_ms = input->request->not_after_ms;
    memcpy(sending->digest, input->digest, HASH_SIZE);
}

static void answer_refused(struct runtime *runtime, const struct input *input,
                           Tremplin__Trouble *trouble)
{
    runtime->figures.refusals++;
    remember(runtime,
             reply_trouble(runtime, input->waiting, input->request->id,
                           TREMPLIN__STATUS__STATUS_REFUSED, trouble),
             input);
}

void dispatch_refused(struct runtime *runtime, struct input *input, const struct refusal *refusal)
{
    Tremplin__Trouble trouble = trouble_of(refusal);

    /* The identifier's own answer is the one to remember. */
    if (refusal == &id_reused) {
        runtime->figures.refusals++;
        reply_trouble(runtime, input->waiting, input->request->id, TREMPLIN__STATUS__STATUS_REFUSED,
                      &trouble);
        return;
    }
    answer_refused(runtime, input, &trouble);
}

void dispatch_faulted(struct runtime *runtime, struct input *input)
{
    reply_try_again(runtime, input->waiting, input->request->id, "FAULT",
                    "Le service n'a pas pu traiter la demande ; rien n'a été écrit. Réessayez, "
                    "et prévenez l'exploitant si cela dure.",
                    "The service could not handle the request; nothing was written. Try again, "
                    "and tell the operator if it lasts.");
}

void dispatch_done(struct runtime *runtime, struct input *input, uint64_t last_sequence)
{
    struct sending *sending = reply_done(runtime, input, runtime->deciding.reply, last_sequence);

    runtime->figures.commands++;
    if (runtime->deciding.count == 0)
        remember(runtime, sending, input);
}

/* The same identifier again: the reply in the journal, or a refusal when the content is another. */
static bool answer_from_journal(struct runtime *runtime, const struct input *input,
                                const struct refusal **refusal)
{
    const Tremplin__Receipt *receipt =
        table_get(&runtime->tables, &table_receipts, key_id(input->request->id));
    struct stored_entry entry;
    struct bytes body;

    if (!receipt ||
        !journal_read(&runtime->journal, receipt->sequence, &runtime->input_arena, &entry))
        return false;
    if (entry.private_part->request_digest.len != HASH_SIZE ||
        memcmp(entry.private_part->request_digest.data, input->digest, HASH_SIZE) != 0) {
        *refusal = &id_reused;
        return false;
    }
    body = (struct bytes){ entry.private_part->reply.data, entry.private_part->reply.len };
    reply_done(runtime, input, body, receipt->sequence + entry.header->of - 1);
    return true;
}

struct remembered {
    struct bytes reply;
    const uint8_t *digest;
    int64_t not_after_ms;
};

/* The final answer to an identifier that is in no journal: one of this very batch that is about to
 * leave, or one that has left. */
static bool find_final(struct runtime *runtime, struct id id, struct remembered *found)
{
    const struct final_answer *final;
    const struct sending *first = runtime->finals_leave ? runtime->first_sending : NULL;
    bool leaves = false;

    for (const struct sending *sending = first; sending; sending = sending->next) {
        if (!id_is_set(sending->remembered) || !id_is_same(sending->remembered, id))
            continue;
        *found = (struct remembered){ sending->message, sending->digest, sending->not_after_ms };
        leaves = true; /* one asked anew may follow: the newest counts */
    }
    if (leaves)
        return true;
    final = finals_find(&runtime->finals, id);
    if (!final)
        return false;
    *found =
        (struct remembered){ { final->reply, final->length }, final->digest, final->not_after_ms };
    return true;
}

static bool answer_from_memory(struct runtime *runtime, const struct input *input,
                               const struct refusal **refusal)
{
    struct remembered final;
    struct sending *sending;
    struct id id;

    if (!id_parse(input->request->id, &id) || !find_final(runtime, id, &final))
        return false;
    if (memcmp(final.digest, input->digest, HASH_SIZE) != 0) {
        *refusal = &id_reused;
        return false;
    }
    /* A later limit that its sender set: asked anew, not the same request on its way twice. */
    if (input->waiting->is_limited && input->request->not_after_ms > final.not_after_ms)
        return false;
    sending = arena_take(&runtime->batch_arena, sizeof *sending);
    if (!sending)
        return true;
    *sending = (struct sending){
        .peer = { input->waiting->bytes, input->waiting->peer_length },
        .message = { arena_copy(&runtime->batch_arena, final.reply.at, final.reply.length),
                     final.reply.length },
    };
    if (!sending->message.at)
        return true;
    *runtime->last_sending = sending;
    runtime->last_sending = &sending->next;
    return true;
}

/* The body checked and the handler asked. */
static const struct refusal *ask_handler(struct runtime *runtime, const struct input *input,
                                         bool *answered)
{
    const Tremplin__Request *request = input->request;
    struct message_trouble found;
    struct called called;
    ProtobufCMessage *body;

    if (!find_method(runtime, request->method, &called))
        return ACCEPTED;
    body = message_unpack(called.asked, &runtime->input_arena, request->body.data,
                          request->body.len, &message_limits_of_commands, &found);
    if (!body || !message_check(body, &message_limits_of_commands, &found)) {
        Tremplin__Trouble trouble = TREMPLIN__TROUBLE__INIT;

        trouble.code = (char *)(uintptr_t)found.code;
        trouble.field = found.field;
        trouble.french = found.french;
        trouble.english = found.english;
        answer_refused(runtime, input, &trouble);
        *answered = true;
        return ACCEPTED;
    }
    return called.method->handle(&runtime->work, body);
}

/* A command may not seal for a household whose key is destroyed, or is about to be. */
static bool seals_for_erased(struct runtime *runtime)
{
    for (const struct emission *emission = runtime->deciding.first; emission;
         emission = emission->next)
        if (emission->record.length > 0 &&
            (keys_state(&runtime->keys, emission->household) == KEY_ERASED ||
             work_is_erased(&runtime->work, emission->household)))
            return true;
    return false;
}

static void say_day_is_not_open(struct runtime *runtime, const struct waiting *waiting,
                                const Tremplin__Request *request)
{
    reply_try_again(runtime, waiting, request->id, "DAY_NOT_OPEN",
                    "La journée n'est pas encore ouverte dans ce service : réessayez.",
                    "The day is not yet open at this service: try again.");
}

/* The day may not have opened as it should, or the clock was moved by a command before this one. */
static bool comes_before_its_day(struct runtime *runtime, const Tremplin__Request *request)
{
    struct called called;

    return date_is_before(runtime->work.today, day_at(runtime, runtime->work.now_ms)) &&
           find_method(runtime, request->method, &called) && !runtime->needs_no_day(called.method);
}

static bool names_household(const struct runtime *runtime, const Tremplin__Request *request)
{
    struct called called;

    return find_method(runtime, request->method, &called) &&
           protobuf_c_message_descriptor_get_field_by_name(called.asked, "household");
}

const struct refusal *dispatch_decide(struct runtime *runtime, struct input *input, bool *answered)
{
    const struct refusal *refusal = ACCEPTED;
    const Tremplin__Request *request = input->request;

    deciding_begin(runtime, true, *input->waiting->actor ? input->waiting->actor : request->actor);
    runtime->deciding.cause->command = request->id;
    take_at_hand(runtime, "command %s", request->id);
    *answered = answer_from_journal(runtime, input, &refusal) ||
                (!refusal && answer_from_memory(runtime, input, &refusal));
    if (*answered || refusal)
        return refusal;
    if (runtime_wall_ms(runtime) > request->not_after_ms)
        return &too_late;
    if (is_set_aside(runtime)) {
        fault_set(&runtime->deciding.fault, FAULT_BUILD,
                  "this command ended the service twice and is set aside");
        return ACCEPTED;
    }
    if (comes_before_its_day(runtime, request)) {
        say_day_is_not_open(runtime, input->waiting, request);
        *answered = true;
        return ACCEPTED;
    }
    refusal = ask_handler(runtime, input, answered);
    if (!refusal && seals_for_erased(runtime))
        return names_household(runtime, request) ? &household_erased : &its_household_erased;
    return refusal;
}

/* --- who is next ------------------------------------------------------------------------------ */

enum readiness { READY, PARKED, ANSWERED };

/* Its five seconds are over. */
static void tell_parked(struct runtime *runtime, const struct waiting *waiting,
                        const Tremplin__Request *request)
{
    struct awaited heard = waiting->awaited;

    heard.day = false;
    if (waiting->awaited.day && follow_has_heard(runtime, &heard)) {
        say_day_is_not_open(runtime, waiting, request);
        return;
    }
    reply_try_again(runtime, waiting, request->id, "NOT_HEARD_YET",
                    "Le service n'a pas encore entendu ce dont la demande dépend : réessayez.",
                    "The service has not yet heard what the request comes after: try again.");
}

/* What of a request can be answered without a handler. */
static enum readiness look_at(struct runtime *runtime, struct waiting *waiting,
                              const Tremplin__Request **parsed, bool *is_query)
{
    struct message_trouble trouble = { 0 };
    Tremplin__Request *request = request_read(waiting, &runtime->batch_arena, &trouble);
    char alone[ID_TEXT_SIZE];
    struct called called;
    struct id id;

    *parsed = request;
    if (!request) {
        if (request_read_id(waiting, alone))
            reply_denied(runtime, waiting, alone, TREMPLIN__STATUS__STATUS_REFUSED, trouble.code,
                         trouble.field, trouble.french, trouble.english);
        return ANSWERED;
    }
    request_limit(runtime, waiting, request);
    if (!id_parse(request->id, &id)) {
        reply_denied(runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_REFUSED, "ID_MISSING",
                     "id", "La demande doit porter un identifiant (UUID).",
                     "The request must carry an identifier (UUID).");
        return ANSWERED;
    }
    if (strlen(request->actor) > ACTOR_MOST) {
        reply_denied(runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_REFUSED,
                     "ACTOR_TOO_LONG", "actor",
                     "Le nom de qui demande dépasse 200 octets : raccourcissez-le.",
                     "The name of who asks is longer than 200 bytes: shorten it.");
        return ANSWERED;
    }
    if (!find_method(runtime, request->method, &called)) {
        reply_denied(runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_REFUSED,
                     "METHOD_NOT_KNOWN", "method", "Ce service n'a pas cette méthode.",
                     "This service has no such method.");
        return ANSWERED;
    }
    if ((called.method->roles & waiting->roles) == 0) {
        reply_denied(runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_DENIED, "DENIED",
                     "method", "Cette clé ne donne pas le droit d'appeler cette méthode.",
                     "This key may not call this method.");
        return ANSWERED;
    }
    *is_query = called.is_query;
    waiting->what = called.is_query ? IS_QUERY : IS_COMMAND;
    if (!waiting_awaits(runtime, waiting, request,
                        !called.is_query && !runtime->needs_no_day(called.method)))
        return READY;
    if (now_monotonic(runtime) - waiting->arrived_ms < PARKED_MS)
        return PARKED;
    tell_parked(runtime, waiting, request);
    return ANSWERED;
}

/* The other half is for what the next request unpacks to, and for the answers. */
static bool has_room(const struct runtime *runtime)
{
    return runtime->batch_arena.used <= BATCH_ARENA / 2;
}

static void give_back(struct arena *arena, size_t mark)
{
    arena->used = mark;
    arena->exhausted = false;
}

void dispatch_collect(struct runtime *runtime)
{
    struct waiting **at = &runtime->first_waiting;
    size_t commands = 0;

    waiting_wake(runtime);
    while (*at && commands < COMMANDS_MOST && runtime->input_count < BATCH_MOST &&
           has_room(runtime)) {
        struct input input = { .kind = INPUT_COMMAND };
        bool is_query = false;
        size_t mark = runtime->batch_arena.used;
        enum readiness readiness;

        if ((*at)->what == IS_QUERY) {
            at = &(*at)->next;
            continue;
        }
        readiness = look_at(runtime, *at, &input.request, &is_query);
        if (readiness == PARKED || (readiness == READY && is_query)) {
            give_back(&runtime->batch_arena, mark);
            if (readiness == PARKED)
                waiting_park(runtime, at);
            else
                at = &(*at)->next;
            continue;
        }
        /* Until its answer has left, the peer's bytes are needed. */
        input.waiting = waiting_take(runtime, at);
        if (readiness == ANSWERED)
            input.kind = INPUT_ANSWERED;
        else
            digest_request(runtime, input.request, input.digest);
        runtime->inputs[runtime->input_count++] = input;
        commands++;
    }
}

/* --- queries: between batches, from what is committed ----------------------------------------- */

static void answer_query(struct runtime *runtime, struct waiting *waiting,
                         const Tremplin__Request *request)
{
    struct input input = { .kind = INPUT_COMMAND, .waiting = waiting, .request = request };
    const struct refusal *refusal;
    const struct fault *fault;
    bool answered = false;

    deciding_begin(runtime, false, *waiting->actor ? waiting->actor : request->actor);
    runtime->figures.queries++;
    take_at_hand(runtime, "query %s", request->id);
    if (is_set_aside(runtime)) {
        dispatch_faulted(runtime, &input);
        return;
    }
    refusal = ask_handler(runtime, &input, &answered);
    if (!refusal && !answered)
        fault_when_exhausted(runtime, &runtime->deciding.fault);
    fault = first_fault(runtime);
    if (fault->kind != NO_FAULT) {
        log_event(LOG_LEVEL_ERROR, "fault", "input", runtime->at_hand, "kind",
                  fault_name(fault->kind), "detail", fault->detail, (char *)NULL);
        runtime->figures.faults++;
        if (fault->kind == FAULT_DISK || fault->kind == FAULT_DAMAGED)
            runtime->ending = *fault;
        runtime->journal.fault = (struct fault){ 0 };
        runtime->deciding.fault = (struct fault){ 0 };
        runtime->tables.fault = (struct fault){ 0 };
        dispatch_faulted(runtime, &input);
    } else if (refusal) {
        Tremplin__Trouble trouble = trouble_of(refusal);

        reply_trouble(runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_REFUSED, &trouble);
    } else if (!answered && runtime->deciding.reply.length > REPLY_MOST) {
        reply_denied(
            runtime, waiting, request->id, TREMPLIN__STATUS__STATUS_REFUSED, "ANSWER_TOO_LARGE", "",
            "La réponse dépasse ce qu'un message peut porter : demandez-en moins à la fois.",
            "The answer is larger than a message may be: ask for less at a time.");
    } else if (!answered) {
        reply_done(runtime, &input, runtime->deciding.reply, runtime->journal.committed);
    }
}

void dispatch_queries(struct runtime *runtime)
{
    int64_t until_us = now_us(runtime) + QUERIES_US_MOST;
    size_t bytes = 0;
    int answered = 0;

    waiting_wake(runtime);
    for (struct waiting **at = &runtime->first_waiting; *at;) {
        const Tremplin__Request *request;
        bool is_query = false;
        enum readiness readiness;
        struct waiting *waiting;

        /* A command was looked at when commands were collected. */
        if ((*at)->what == IS_COMMAND) {
            at = &(*at)->next;
            continue;
        }
        if (answered == QUERIES_MOST || bytes > QUERIES_BYTES_MOST || now_us(runtime) > until_us)
            break; /* commands come between */
        arena_reset(&runtime->batch_arena);
        readiness = look_at(runtime, *at, &request, &is_query);
        if (readiness == PARKED) {
            waiting_park(runtime, at);
            continue;
        }
        if (readiness == READY && !is_query) {
            at = &(*at)->next;
            continue;
        }
        waiting = waiting_take(runtime, at);
        if (readiness == READY) {
            runtime->one_by_one = is_careful(runtime);
            answer_query(runtime, waiting, request);
            bytes += runtime->deciding.reply.length;
            pass_input(runtime);
            passed(runtime, true);
        }
        send_all(runtime);
        free(waiting);
        answered++;
    }
    runtime->one_by_one = false;
    put_down(runtime);
}
