/* What came of acts outside, until it is decided on. */
#include "libcommon/runtime_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Those that could not be decided wait their time. */
void reports_collect(struct runtime *runtime)
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

/* What came of an act outside is told once: when it could not be written or decided, it waits. */
void reports_wait_again(struct runtime *runtime, struct report *report)
{
    if (!runtime->first_report)
        runtime->last_report = &report->next;
    report->next = runtime->first_report;
    runtime->first_report = report;
}

uint32_t reports_held(const struct runtime *runtime)
{
    uint32_t count = 0;

    for (const struct report *report = runtime->first_report; report; report = report->next)
        count += report->held;
    return count;
}

bool mail_outcome_waits(const struct runtime *runtime, const char *id, uint32_t attempt)
{
    for (const struct report *report = runtime->first_report; report; report = report->next)
        if (report->decide == runtime->service->hear_mail && report->attempt == attempt &&
            strcmp(report->subject, id) == 0)
            return true;
    return false;
}
