/* What every service answers, whatever it is for. */
#include "libcommon/mail.h"
#include "libcommon/runtime_parts.h"

#include <string.h>

/* --- queries ---------------------------------------------------------------------------------- */

static bool is_in_chain(struct journal *journal, const Tremplin__ReadQuery *asked)
{
    uint8_t hash[HASH_SIZE];

    if (asked->first <= 1 || asked->previous_hash.len != HASH_SIZE)
        return true;
    return journal_hash_of(journal, asked->first - 1, hash) &&
           memcmp(hash, asked->previous_hash.data, HASH_SIZE) == 0;
}

/* From where on the follower's journal and this one differ, when the cuts say it. */
static void tell_divergence(struct journal *journal, const Tremplin__ReadQuery *asked,
                            struct arena *arena, Tremplin__ReadReply *reply)
{
    struct journal_past *past = arena_take(arena, sizeof *past);
    uint8_t *hash = arena_take(arena, HASH_SIZE);

    reply->diverged = true;
    if (!past || !hash || !journal_past(journal, past))
        return;
    reply->cut = journal_shared(past, asked->epoch, asked->first - 1);
    if (reply->cut < asked->first - 1 && journal_hash_of(journal, reply->cut, hash))
        reply->cut_hash = (ProtobufCBinaryData){ HASH_SIZE, hash };
}

static const struct refusal *on_read(struct work *work, const void *body)
{
    const Tremplin__ReadQuery *asked = body;
    struct journal *journal = runtime_journal(work->runtime);
    Tremplin__ReadReply reply = TREMPLIN__READ_REPLY__INIT;

    reply.log_id = journal->log_id;
    reply.epoch = journal->committed_epoch;
    reply.head = journal->committed;
    /* What was heard of another journal is in this one nowhere. */
    if (*asked->log_id && strcmp(asked->log_id, journal->log_id) != 0)
        reply.diverged = true;
    else if (*asked->log_id && !is_in_chain(journal, asked))
        tell_divergence(journal, asked, work->arena, &reply);
    else
        journal_tell(journal, asked->first > 0 ? asked->first : 1, asked->most, work->arena,
                     &reply);
    if (journal->fault.kind != NO_FAULT)
        return ACCEPTED; /* the fault is the answer: nobody is told of a divergence that is none */
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static Tremplin__SourceStatus *source_status(struct runtime *runtime, struct arena *arena,
                                             const struct followed *followed)
{
    Tremplin__SourceStatus *status = arena_take(arena, sizeof *status);

    if (!status)
        return NULL;
    tremplin__source_status__init(status);
    status->service = (char *)(uintptr_t)followed->source->service;
    status->sequence = followed->sequence;
    status->head = followed->head;
    status->halted = followed->halted;
    status->reason = (char *)(uintptr_t)followed->reason;
    status->log_id = (char *)(uintptr_t)followed->log_id;
    status->other_log_id = (char *)(uintptr_t)followed->other_log_id;
    status->bad_answers = followed->bad_answers;
    status->reached =
        followed->answered_ms > 0 && now_monotonic(runtime) - followed->answered_ms < 5 * POLL_MS;
    return status;
}

static void add_counts(struct runtime *runtime, struct arena *arena, Tremplin__StatusReply *status)
{
    size_t count = 0;

    for (const struct counter *counter = runtime->service->counters; counter && counter->name;
         counter++)
        count++;
    status->counts = arena_take(arena, (count + 1) * sizeof *status->counts);
    for (size_t i = 0; status->counts && i < count; i++) {
        Tremplin__Count *row = arena_take(arena, sizeof *row);

        if (!row)
            return;
        tremplin__count__init(row);
        row->name = (char *)(uintptr_t)runtime->service->counters[i].name;
        row->value = runtime->service->counters[i].count(&runtime->tables);
        status->counts[status->n_counts++] = row;
    }
}

static bool is_busy(struct runtime *runtime)
{
    const struct mail_transport *mail = runtime->setup.mail;
    int64_t due_ms;

    if (mail && mail->is_under_way && mail->is_under_way(mail->self))
        return true;
    for (const struct report *report = runtime->first_report; report; report = report->next)
        if (!report->held)
            return true;
    if ((runtime->erasures_to_do && runtime->erasures_tried_ms == 0) || runtime->journal.restored ||
        warnings_wait(runtime))
        return true;
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (runtime->followed[i].answer || runtime->followed[i].hinted)
            return true;
    return !runtime->clock_held && ticks_next(runtime, &due_ms) &&
           due_ms <= runtime_now_ms(runtime);
}

const char *runtime_state_name(const struct runtime *runtime)
{
    if (runtime->state == FULL)
        return "full";
    if (runtime->clock_held)
        return "clock held";
    return date_is_set(runtime->today) ? "serving" : "starting";
}

static uint32_t open_erasures(struct runtime *runtime)
{
    struct walk walk = walk_from(&runtime->tables, &table_erasures, (struct key){ 0 });
    uint32_t open = 0;

    while (walk_next(&walk)) {
        const Tremplin__Erasure *erasure = walk.value;

        open += !erasure->destroyed || !erasure->copy_replaced;
        walk_forget(&walk);
    }
    return open;
}

void runtime_status(struct runtime *runtime, struct arena *arena, Tremplin__StatusReply *status)
{
    bool busy;
    int64_t due_ms = 0;

    /* Asked from outside of a turn: what counters read is forgotten here. */
    if (arena != &runtime->input_arena)
        arena_reset(&runtime->input_arena);
    busy = is_busy(runtime);
    ticks_next(runtime, &due_ms);
    status->service = (char *)(uintptr_t)runtime->service->name;
    status->version = (char *)(uintptr_t)TREMPLIN_VERSION;
    status->log_id = runtime->journal.log_id;
    status->epoch = runtime->journal.committed_epoch;
    status->head = runtime->journal.committed;
    status->head_hash = (ProtobufCBinaryData){ HASH_SIZE, runtime->journal.committed_hash };
    status->state = (char *)(uintptr_t)runtime_state_name(runtime);
    status->today = date_field(arena, runtime->today);
    status->now_ms = runtime_now_ms(runtime);
    status->manual_clock = runtime->setup.manual_clock;
    status->next_tick_ms = due_ms;
    status->busy = busy;
    status->trouble = runtime->trouble;
    status->keys_copy_failed = runtime->keys_copy_failed;
    status->reports_held = reports_held(runtime);
    status->erased_households = (uint32_t)table_count(&runtime->tables, &table_erasures);
    status->erasures_open = open_erasures(runtime);
    status->sources = arena_take(arena, SOURCES_MOST * sizeof *status->sources);
    for (size_t i = 0; status->sources && i < runtime->followed_count; i++) {
        status->sources[i] = source_status(runtime, arena, &runtime->followed[i]);
        status->n_sources += status->sources[i] != NULL;
    }
    add_counts(runtime, arena, status);
}

static const struct refusal *on_status(struct work *work, const void *body)
{
    Tremplin__StatusReply reply = TREMPLIN__STATUS_REPLY__INIT;

    (void)body;
    runtime_status(work->runtime, work->arena, &reply);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal *on_erasure(struct work *work, const void *body)
{
    const Tremplin__ErasureQuery *asked = body;
    const Tremplin__Erasure *erasure =
        table_get(work->tables, &table_erasures, key_id(asked->household));
    Tremplin__ErasureReply reply = TREMPLIN__ERASURE_REPLY__INIT;
    const struct refusal *refusal = need_id(work, "household", asked->household);

    if (refusal)
        return refusal;
    if (erasure) {
        reply.known = true;
        reply.withdrawn = erasure->withdrawn;
        reply.destroyed = erasure->destroyed;
        reply.complete = erasure->destroyed && erasure->copy_replaced;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void describe(const struct work *work, const struct method *rows, const char *prefix,
                     const ProtobufCServiceDescriptor *queries, Tremplin__DescribeReply *reply)
{
    for (const struct method *row = rows; row->name; row++) {
        Tremplin__MethodDescription *told = arena_take(work->arena, sizeof *told);

        if (!told)
            return;
        tremplin__method_description__init(told);
        told->name = arena_format(work->arena, "%s.%s", prefix, row->name);
        told->is_query =
            queries && protobuf_c_service_descriptor_get_method_by_name(queries, row->name);
        told->for_staff = (row->roles & ROLE_STAFF) != 0;
        told->for_operators = (row->roles & ROLE_OPERATOR) != 0;
        told->for_integrators = (row->roles & ROLE_INTEGRATOR) != 0;
        told->help_french = (char *)(uintptr_t)(row->help_french ? row->help_french : "");
        told->help_english = (char *)(uintptr_t)(row->help_english ? row->help_english : "");
        reply->methods[reply->n_methods++] = told;
    }
}

static const struct refusal *on_describe(struct work *work, const void *body)
{
    enum { METHODS_MOST = 256 };
    const struct service *service = work->runtime->service;
    Tremplin__DescribeReply reply = TREMPLIN__DESCRIBE_REPLY__INIT;

    (void)body;
    reply.service = (char *)(uintptr_t)service->name;
    reply.version = (char *)(uintptr_t)TREMPLIN_VERSION;
    reply.methods = arena_take(work->arena, METHODS_MOST * sizeof *reply.methods);
    describe(work, service->methods, service->name, service->queries, &reply);
    describe(work, runtime_methods, "Runtime", &tremplin__runtime_queries__descriptor, &reply);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal no_checkpoint = {
    "NO_CHECKPOINT",
    "",
    "",
    "Aucun point de reprise n'a pu être posé : le disque est plein ou en panne.",
    "No checkpoint could be taken: the disk is full or failing.",
};

/* So that a copy made now holds all that was acknowledged. */
static const struct refusal *on_checkpoint(struct work *work, const void *body)
{
    Tremplin__CheckpointReply reply = TREMPLIN__CHECKPOINT_REPLY__INIT;

    (void)body;
    if (!checkpoint_or_back(work->runtime))
        return &no_checkpoint;
    reply.sequence = work->runtime->journal.committed;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- commands --------------------------------------------------------------------------------- */

static const struct refusal clock_is_real = {
    "CLOCK_IS_REAL",
    "to_ms",
    "",
    "Ce déploiement suit l'horloge réelle : elle ne se déplace pas.",
    "This deployment follows the real clock: it cannot be moved.",
};

static const struct refusal clock_goes_forward = {
    "CLOCK_GOES_FORWARD",
    "to_ms",
    "",
    "L'horloge manuelle n'avance que vers le futur.",
    "The manual clock only moves forward.",
};

static const struct refusal clock_goes_too_far = {
    "CLOCK_GOES_TOO_FAR",
    "to_ms",
    "",
    "Le calendrier s'arrête au 31 décembre 2199.",
    "The calendar ends on 31 December 2199.",
};

static const struct refusal *on_move_clock(struct work *work, const void *body)
{
    const Tremplin__MoveClock *asked = body;
    Tremplin__ClockMoved moved = TREMPLIN__CLOCK_MOVED__INIT;
    Tremplin__MoveClockReply reply = TREMPLIN__MOVE_CLOCK_REPLY__INIT;

    if (!work->runtime->setup.manual_clock)
        return &clock_is_real;
    if (asked->to_ms < work->now_ms)
        return &clock_goes_forward;
    if (asked->to_ms >= start_of_day((struct date){ 2199, 12, 31 }))
        return &clock_goes_too_far;
    if (asked->to_ms > work->now_ms) {
        moved.now_ms = asked->to_ms;
        emit_own(work->runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_CLOCK, &moved.base, "");
    }
    reply.today = date_field(work->arena, work->today);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal *on_accept_clock(struct work *work, const void *body)
{
    Tremplin__AcceptClockReply reply = TREMPLIN__ACCEPT_CLOCK_REPLY__INIT;

    (void)body;
    work->runtime->clock_seen = false;
    work->runtime->clock_held = false;
    work->runtime->trouble[0] = '\0';
    reply.now_ms = work->now_ms;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal not_followed = {
    "NOT_FOLLOWED",
    "service",
    "",
    "Ce service ne suit pas cette source.",
    "This service does not follow that source.",
};

static const struct refusal not_halted = {
    "NOT_HALTED",
    "service",
    "",
    "Rien n'est à accepter : cette source est suivie normalement.",
    "There is nothing to accept: that source is followed as usual.",
};

static struct followed *halted_source(struct work *work, const char *name,
                                      const struct refusal **refusal)
{
    struct runtime *runtime = work->runtime;

    for (size_t i = 0; i < runtime->followed_count; i++) {
        struct followed *followed = &runtime->followed[i];

        if (strcmp(followed->source->service, name) != 0)
            continue;
        *refusal = followed->halted ? ACCEPTED : &not_halted;
        return followed;
    }
    *refusal = &not_followed;
    return NULL;
}

static const struct refusal *not_that_journal(struct work *work, const char *log_id)
{
    return work_refusal(
        work, "NOT_THAT_JOURNAL", "log_id", "",
        arena_format(work->arena,
                     "Le journal de cette source est maintenant %s : nommez-le pour l'entendre "
                     "depuis sa première entrée.",
                     log_id),
        arena_format(work->arena,
                     "The journal of that source is now %s: name it to hear it from its first "
                     "entry.",
                     log_id));
}

/* Where following goes on: in another journal at its beginning; in one that was cut, at the cut; in
 * one that halted it for another reason, where it stands. */
static void place_to_go_on(const struct followed *followed, Tremplin__FollowAccepted *accepted)
{
    static const uint8_t beginning[HASH_SIZE];
    const uint8_t *hash = followed->hash;

    accepted->log_id = (char *)(uintptr_t)followed->log_id;
    accepted->sequence = followed->sequence;
    accepted->epoch = followed->epoch;
    if (*followed->other_log_id) {
        accepted->log_id = (char *)(uintptr_t)followed->other_log_id;
        accepted->sequence = 0;
        accepted->epoch = 0;
        hash = beginning;
    } else if (followed->diverged && followed->cut < followed->sequence) {
        accepted->sequence = followed->cut;
        accepted->epoch = followed->cut_epoch;
        hash = followed->cut_hash;
    }
    accepted->hash = (ProtobufCBinaryData){ HASH_SIZE, (uint8_t *)(uintptr_t)hash };
    accepted->dropped = followed->sequence - accepted->sequence;
}

/* What was heard and is no longer there is said to be dropped. */
static const struct refusal *on_accept_follow(struct work *work, const void *body)
{
    const Tremplin__AcceptFollow *asked = body;
    const struct refusal *refusal;
    const struct followed *followed = halted_source(work, asked->service, &refusal);
    Tremplin__FollowAccepted accepted = TREMPLIN__FOLLOW_ACCEPTED__INIT;
    Tremplin__AcceptFollowReply reply = TREMPLIN__ACCEPT_FOLLOW_REPLY__INIT;

    if (refusal)
        return refusal;
    accepted.service = asked->service;
    place_to_go_on(followed, &accepted);
    if ((*asked->log_id || *followed->other_log_id) && strcmp(asked->log_id, accepted.log_id) != 0)
        return not_that_journal(work, accepted.log_id);
    emit_own(work->runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_FOLLOW, &accepted.base,
             asked->service);
    reply.dropped = accepted.dropped;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal *on_raise_epoch(struct work *work, const void *body)
{
    const Tremplin__RaiseEpoch *asked = body;
    Tremplin__EpochRaised raised = TREMPLIN__EPOCH_RAISED__INIT;
    Tremplin__RaiseEpochReply reply = TREMPLIN__RAISE_EPOCH_REPLY__INIT;
    const struct refusal *refusal = need_text(work, "reason", asked->reason);

    if (refusal)
        return refusal;
    raised.epoch = journal_next_epoch(&work->runtime->journal);
    raised.reason = asked->reason;
    emit_own(work->runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH, &raised.base, "");
    if (work->runtime->service->raise_epoch)
        work->runtime->service->raise_epoch(work);
    reply.epoch = raised.epoch;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

bool method_needs_no_day(const struct method *method)
{
    return method->handle == on_accept_clock;
}

const struct method runtime_methods[] = {
    {
        .name = "Describe",
        .handle = on_describe,
        .roles = ROLE_ANYBODY,
        .help_french = "Dit ce que le service sait faire.",
        .help_english = "Says what the service can do.",
    },
    {
        .name = "Read",
        .handle = on_read,
        .roles = ROLE_ANYBODY,
        .help_french = "Lit le journal à partir d'un numéro, pour le suivre.",
        .help_english = "Reads the journal from a number on, to follow it.",
    },
    {
        .name = "Status",
        .handle = on_status,
        .roles = ROLE_ANYBODY,
        .help_french = "Dit où en est le service.",
        .help_english = "Says how the service stands.",
    },
    {
        .name = "Erasure",
        .handle = on_erasure,
        .roles = ROLE_ANYBODY,
        .help_french = "Dit où en est l'effacement d'un ménage dans ce service.",
        .help_english = "Says how the erasure of a household stands in this service.",
    },
    {
        .name = "Checkpoint",
        .handle = on_checkpoint,
        .roles = ROLE_OPERATOR,
        .help_french = "Pose un point de reprise, avant une sauvegarde.",
        .help_english = "Takes a checkpoint, before a backup.",
    },
    {
        .name = "MoveClock",
        .handle = on_move_clock,
        .roles = ROLE_OPERATOR,
        .help_french = "Avance l'horloge manuelle (démonstration et essais).",
        .help_english = "Moves the manual clock (demo and tests).",
    },
    {
        .name = "AcceptClock",
        .handle = on_accept_clock,
        .roles = ROLE_OPERATOR,
        .help_french = "Accepte l'heure après un saut d'horloge : les échéances repartent.",
        .help_english = "Accepts the time after the clock leapt: deadlines go on.",
    },
    {
        .name = "AcceptFollow",
        .handle = on_accept_follow,
        .roles = ROLE_OPERATOR,
        .help_french = "Reprend le suivi d'une source arrêté (restaurée, ou dont le journal est un "
                       "autre, nommé par log_id), en notant ce qui est perdu.",
        .help_english = "Follows a source again that halted (restored, or with another journal, "
                        "named by log_id), noting what was dropped.",
    },
    {
        .name = "RaiseEpoch",
        .handle = on_raise_epoch,
        .roles = ROLE_OPERATOR,
        .help_french = "Ouvre une nouvelle époque du journal (restauration, reprise).",
        .help_english = "Opens a new epoch of the journal (restore, takeover).",
    },
    { 0 },
};
