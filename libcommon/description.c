/* Does a service's description fit the contract? */
#include "libcommon/runtime_parts.h"

#include <string.h>

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
bool description_fits(const struct service *service, struct fault *fault)
{
    for (const struct source *source = service->sources; source && source->service; source++)
        if (!check_hearings(service, source, fault))
            return false;
    return check_methods(service, service->commands, fault) &&
           check_methods(service, service->queries, fault) && check_events(service, fault);
}
