#include "libcommon/message.h"
#include "libcommon/runtime_parts.h"

#include <string.h>

/* --- what each kind of input is --------------------------------------------------------------- */

/* Another service's event enters here: it is no better checked at its source than a client's. */
static const ProtobufCMessage *event_heard(struct runtime *runtime, const struct input *input)
{
    const ProtobufCMessageDescriptor *own = warning_type(input->heard_header);
    const ProtobufCMessageDescriptor *type = own ? own : input->source->source->events;
    struct bytes bytes = { input->heard->event.data, input->heard->event.len };
    struct arena *arena = &runtime->input_arena;
    struct message_trouble trouble = { .code = "MESSAGE_MALFORMED" };
    const ProtobufCMessage *event = NULL;
    ProtobufCMessage *whole =
        message_unpack(type, arena, bytes.at, bytes.length, &message_limits_of_events, &trouble);

    if (whole && message_check(whole, &message_limits_of_events, &trouble) &&
        message_check(&input->heard_header->base, &message_limits_of_events, &trouble))
        event = own ? whole : unwrap(arena, type, bytes);
    if (event && event->descriptor != input->hearing->event) {
        trouble = (struct message_trouble){ .code = "EVENT_NOT_OF_ITS_TYPE" };
        event = NULL;
    }
    if (!event)
        fault_set(&runtime->deciding.fault, FAULT_UNREADABLE, "a heard event is not taken: %s %s",
                  trouble.code, trouble.field);
    return event;
}

static void decide_hearing(struct runtime *runtime, struct input *input)
{
    struct work *work = &runtime->work;
    Tremplin__OffsetMoved moved = TREMPLIN__OFFSET_MOVED__INIT;
    Tremplin__Position *position = arena_take(work->arena, sizeof *position);
    Tremplin__Heard *heard = arena_take(work->arena, sizeof *heard);
    struct entry entry = { .header = input->heard_header };
    struct emission *emission;

    if (!position || !heard) {
        fault_set(&runtime->deciding.fault, FAULT_MEMORY, "the input's arena is full");
        return;
    }
    tremplin__position__init(position);
    position->service = (char *)(uintptr_t)input->source->source->service;
    position->log_id = input->source->log_id;
    position->sequence = input->heard_header->sequence;
    moved.upto = position;
    moved.hash = input->heard->hash;
    moved.epoch = input->heard_header->epoch;
    if (!input->hearing) {
        emit_own(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_OFFSET, &moved.base, "");
        return;
    }
    tremplin__heard__init(heard);
    heard->service = position->service;
    heard->header = input->heard->header;
    heard->event = input->heard->event;
    runtime->deciding.cause->heard = position;
    runtime->deciding.hops = input->heard_header->hops + 1;
    emission = emit_entry(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_HEARING,
                          input->heard_header->type, input->heard_header->subject,
                          date_of(input->heard_header->date), pack_into(work->arena, &moved.base));
    if (!emission)
        return;
    emission->heard = heard;
    entry.event = event_heard(runtime, input);
    if (entry.event && input->hearing->hear)
        input->hearing->hear(work, &entry);
}

static void decide_day(struct runtime *runtime, const struct input *input)
{
    Tremplin__DayOpened opened = TREMPLIN__DAY_OPENED__INIT;

    runtime->deciding.cause->tick_ms = start_of_day(input->day);
    runtime->work.today = input->day;
    opened.day = date_field(runtime->work.arena, input->day);
    emit_own(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_DAY, &opened.base, "");
    if (runtime->service->open_day)
        runtime->service->open_day(&runtime->work);
}

static void decide_deadline(struct runtime *runtime, const struct input *input)
{
    const struct deadline *deadline = &input->deadline;
    Tremplin__DeadlinePassed passed = TREMPLIN__DEADLINE_PASSED__INIT;

    if (!deadline_is_set(&runtime->tables, deadline))
        return; /* settled by an input before this one in the batch */
    if (date_is_before(runtime->today, civil_date_at(deadline->due_ms)))
        return; /* its day did not open: it comes again */
    runtime->deciding.cause->tick_ms = deadline->due_ms;
    passed.due_ms = deadline->due_ms;
    passed.kind = deadline->kind;
    passed.step = deadline->step;
    passed.subject = (char *)(uintptr_t)deadline->subject;
    emit_own(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_DEADLINE, &passed.base, deadline->subject);
    for (const struct deadline_kind *row = runtime->service->deadlines; row && row->kind; row++)
        if (row->kind == deadline->kind)
            row->pass(&runtime->work, deadline);
}

static void decide_report(struct runtime *runtime, const struct input *input)
{
    const struct report *report = input->report;
    ProtobufCMessage *message = protobuf_c_message_unpack(
        report->type, &runtime->input_arena.unpacker, report->length, report->bytes);

    runtime->deciding.cause->report = (char *)(uintptr_t)report->name;
    if (message)
        report->decide(&runtime->work, message);
    else
        fault_set(&runtime->deciding.fault, FAULT_MEMORY, "a report cannot be read");
}

static void decide_destroyed(struct runtime *runtime, const struct input *input)
{
    Tremplin__KeyDestroyed destroyed = TREMPLIN__KEY_DESTROYED__INIT;

    runtime->deciding.cause->report = (char *)(uintptr_t) "key destroyed";
    destroyed.household = (char *)(uintptr_t)input->household;
    destroyed.copy_replaced = input->copy_replaced;
    emit_own(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_DESTROYED, &destroyed.base,
             input->household);
}

static void decide_warning(struct runtime *runtime, const struct warning *warning)
{
    Tremplin__OperatorWarned warned = TREMPLIN__OPERATOR_WARNED__INIT;
    Tremplin__OperatorWarningEnded ended = TREMPLIN__OPERATOR_WARNING_ENDED__INIT;
    const ProtobufCMessage *event = warning->is_over ? &ended.base : &warned.base;

    /* A source may have halted again, in this very batch, at what it was halted at before. */
    if (warning->is_over && !warning_is_over(runtime, warning))
        return;
    runtime->deciding.cause->report = (char *)(uintptr_t) "trouble";
    ended.service = warned.service = (char *)(uintptr_t)runtime->service->name;
    ended.trouble = warned.trouble = warning->trouble;
    ended.about = warned.about = (char *)(uintptr_t)warning->about;
    warned.detail = (char *)(uintptr_t)warning->detail;
    warned.began_ms = runtime->work.now_ms;
    ended.began_ms = warning->began_ms;
    emit_own(runtime,
             warning->is_over ? TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNING_ENDED
                              : TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNED,
             event, warning->about);
    if (runtime->service->warn)
        runtime->service->warn(&runtime->work, event);
}

/* What the journal was cut to is another story from here on: followers outside must see it. */
static void decide_epoch(struct runtime *runtime)
{
    Tremplin__EpochRaised raised = TREMPLIN__EPOCH_RAISED__INIT;

    runtime->deciding.cause->report = (char *)(uintptr_t) "restored";
    raised.epoch = journal_next_epoch(&runtime->journal);
    raised.reason = (char *)(uintptr_t) "restored from a backup";
    emit_own(runtime, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH, &raised.base, "");
    if (runtime->service->raise_epoch)
        runtime->service->raise_epoch(&runtime->work);
}

static void note_at_hand(struct runtime *runtime, const struct input *input)
{
    switch (input->kind) {
    case INPUT_HEARING:
        take_at_hand(runtime, "hearing %s %llu", input->source->source->service,
                     (unsigned long long)input->heard_header->sequence);
        break;
    case INPUT_DAY: take_at_hand(runtime, "day %d", date_to_days(input->day)); break;
    case INPUT_DEADLINE:
        take_at_hand(runtime, "deadline %u %s %u", input->deadline.kind, input->deadline.subject,
                     input->deadline.step);
        break;
    case INPUT_REPORT:
        take_at_hand(runtime, "report %.40s %s", input->report->name, input->report->subject);
        break;
    case INPUT_WARNING:
        take_at_hand(runtime, "%s%d %s", WARNING_AT_HAND, (int)input->warning->trouble,
                     input->warning->about);
        break;
    case INPUT_EPOCH:
        take_at_hand(runtime, "epoch %u", journal_next_epoch(&runtime->journal));
        break;
    default: take_at_hand(runtime, "destroyed %s", input->household); break;
    }
}

const struct refusal *decide_input(struct runtime *runtime, struct input *input, bool *answered)
{
    *answered = false;
    if (input->kind == INPUT_COMMAND)
        return dispatch_decide(runtime, input, answered);
    deciding_begin(runtime, true, runtime->service->name);
    note_at_hand(runtime, input);
    if (is_set_aside(runtime)) {
        fault_set(&runtime->deciding.fault, FAULT_BUILD,
                  "this input ended the service twice and is set aside");
        return ACCEPTED;
    }
    switch (input->kind) {
    case INPUT_HEARING: decide_hearing(runtime, input); break;
    case INPUT_DAY: decide_day(runtime, input); break;
    case INPUT_DEADLINE: decide_deadline(runtime, input); break;
    case INPUT_REPORT: decide_report(runtime, input); break;
    case INPUT_WARNING: decide_warning(runtime, input->warning); break;
    case INPUT_EPOCH: decide_epoch(runtime); break;
    default: decide_destroyed(runtime, input); break;
    }
    return ACCEPTED;
}
