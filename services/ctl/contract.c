#include "proto/alerts.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"
#include "proto/reporting.pb-c.h"
#include "services/ctl/ctl.h"

#include <string.h>

static const struct {
    const char *service;
    const ProtobufCServiceDescriptor *commands;
    const ProtobufCServiceDescriptor *queries;
    const ProtobufCMessageDescriptor *event;
} contract[] = {
    { "intake", &intake__intake_commands__descriptor, &intake__intake_queries__descriptor,
      &intake__event__descriptor },
    { "measures", &measures__measures_commands__descriptor, &measures__measures_queries__descriptor,
      &measures__event__descriptor },
    { "lodging", &lodging__lodging_commands__descriptor, &lodging__lodging_queries__descriptor,
      &lodging__event__descriptor },
    { "alerts", &alerts__alerts_commands__descriptor, &alerts__alerts_queries__descriptor,
      &alerts__event__descriptor },
    { "reporting", &reporting__reporting_commands__descriptor,
      &reporting__reporting_queries__descriptor, &reporting__event__descriptor },
    { "Runtime", &tremplin__runtime_commands__descriptor, &tremplin__runtime_queries__descriptor,
      NULL },
};

enum { SERVICES = sizeof contract / sizeof *contract };

bool contract_next(size_t *at, struct contract_method *method)
{
    size_t seen = 0;

    for (size_t i = 0; i < SERVICES; i++) {
        const ProtobufCServiceDescriptor *halves[] = { contract[i].commands, contract[i].queries };

        for (size_t half = 0; half < 2; half++)
            for (unsigned n = 0; n < halves[half]->n_methods; n++) {
                const ProtobufCMethodDescriptor *declared = &halves[half]->methods[n];

                if (seen++ != *at)
                    continue;
                *method = (struct contract_method){
                    .service = contract[i].service,
                    .name = declared->name,
                    .asked = declared->input,
                    .reply = declared->output,
                    .is_query = half == 1,
                };
                (*at)++;
                return true;
            }
    }
    return false;
}

bool contract_find(const char *name, struct contract_method *method)
{
    const char *dot = strchr(name, '.');

    for (size_t at = 0; dot && contract_next(&at, method);)
        if (strlen(method->service) == (size_t)(dot - name) &&
            strncmp(method->service, name, (size_t)(dot - name)) == 0 &&
            strcmp(method->name, dot + 1) == 0)
            return true;
    return false;
}

/* The member of the oneof that is set. */
static const ProtobufCMessage *inside(const ProtobufCMessage *outer)
{
    for (unsigned i = 0; i < outer->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &outer->descriptor->fields[i];
        const ProtobufCMessage *inner;
        uint32_t which;

        memcpy(&which, (const char *)outer + field->quantifier_offset, sizeof which);
        memcpy(&inner, (const char *)outer + field->offset, sizeof inner);
        if (which == field->id)
            return inner;
    }
    return NULL;
}

const ProtobufCMessage *contract_event(const char *service, struct bytes event, struct arena *arena)
{
    for (size_t i = 0; i < SERVICES; i++) {
        const ProtobufCMessage *outer;

        if (!contract[i].event || strcmp(contract[i].service, service) != 0)
            continue;
        outer =
            protobuf_c_message_unpack(contract[i].event, &arena->unpacker, event.length, event.at);
        return outer ? inside(outer) : NULL;
    }
    return NULL;
}
