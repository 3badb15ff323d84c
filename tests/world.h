/* world.h - services in one process, on a simulated bus and clock, for tests
 *
 * The disk is real LMDB, in a scratch directory; bus, clock and chance come from
 * a seed.  Time stands still but when the test moves it, and then goes from one
 * instant at which something is due to the next.
 *
 *     struct world *world = world_open(1, DATE(2020, 1, 6));
 *     world_add(world, &lodging, NULL);
 *     struct answer answer = world_call(world, "lodging.OpenUnit", &asked.base, &reply_descriptor);
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "libcommon/bus_simulated.h"
#include "libcommon/mail.h"
#include "libcommon/runtime.h"

struct world;

/* What a client got. */
struct answer {
    Tremplin__Status status; /* UNSPECIFIED: nothing came */
    const char *code;        /* of the trouble; "" when there is none */
    const char *field;
    const char *french;
    const char *english;
    const void *reply; /* unpacked; NULL unless done */
    Tremplin__Position position;
};

/* A world whose clock shows 00:00:01 in Paris on start.  Ends the test on any trouble of its own.
 */
struct world *world_open(uint64_t seed, struct date start);
void world_close(struct world *world);

/* The transport that services which act outside get when they start; borrowed, or NULL. */
void world_set_mail(struct world *world, const struct mail_transport *mail);
/* What the relay said to a mail, later than at its hand-over. */
void world_mail_outcome(struct world *world, const char *service, const char *id, uint32_t attempt,
                        int code);
/* Starts a service; settings as its description says, borrowed, or NULL. */
void world_add(struct world *world, const struct service *service, const void *settings);
/* As kill -9 would, and starting again from what is on disk. */
void world_kill(struct world *world, const char *service);
void world_revive(struct world *world, const char *service);
/* As if this input had ended the service twice; "": no input. */
void world_set_aside(struct world *world, const char *service, const char *input);
/* Its journal is cut by its last entries and it starts from that, as after a restore. */
void world_cut(struct world *world, const char *service, uint64_t entries);
/* How often it was started. */
int world_lives(const struct world *world, const char *service);
bool world_is_alive(const struct world *world, const char *service);
struct runtime *world_runtime(struct world *world, const char *service);
struct simulated_bus *world_bus(struct world *world);
const char *world_directory(const struct world *world, const char *service);
const struct parameters *world_parameters(struct world *world);
/* The law of a name ends, or is said again, in the world's own parameters. */
void world_law_until(struct world *world, const char *name, struct date valid_to);
/* What a service's status says is wrong; lives until its next turn. */
const char *world_trouble_of(struct world *world, const char *service);

/* Calls and runs the world until the answer came, sending again under the same identifier when none
 * does.  Answers live until the world is closed. */
struct answer world_call(struct world *world, const char *method, const ProtobufCMessage *asked,
                         const ProtobufCMessageDescriptor *reply);
/* The same under a given identifier, as a client that sends again would. */
struct answer world_call_as(struct world *world, const char *id, const char *method,
                            const ProtobufCMessage *asked, const ProtobufCMessageDescriptor *reply);

/* The same with a body of any bytes, at a service named apart (for Runtime.Status and the like);
 * the answer's reply is not unpacked. */
struct answer world_call_bytes(struct world *world, const char *service, const char *method,
                               struct bytes body);
/* For very many calls: answers since the mark are given back. */
size_t world_mark(const struct world *world);
void world_forget(struct world *world, size_t mark);

/* Runs until every message has arrived, every follower has heard all and nothing is due; false when
 * that does not come within a simulated ten minutes. */
bool world_settle(struct world *world);
/* Lets simulated time pass, ticks and all. */
void world_pass(struct world *world, int64_t ms);
/* Settles, then moves to an instant by way of everything that is due before it. */
void world_move_to(struct world *world, struct date day, int hour, int minute);
/* The clocks go to the next midnight at once, whatever is under way, as after a night without
 * calls; what was due meanwhile is done late. */
void world_leap(struct world *world, int days);
/* The wall clock alone leaps, as an error of the machine's does. */
void world_leap_wall(struct world *world, int64_t ms);
int64_t world_now_ms(const struct world *world);

/* The events of a service's journal: walks them with the message inside the oneof. */
typedef void world_event_fn(void *context, const Tremplin__Header *header,
                            const ProtobufCMessage *event);
void world_events(struct world *world, const char *service, world_event_fn *each, void *context);
/* How many events of a type a service's journal has. */
int world_count(struct world *world, const char *service, const ProtobufCMessageDescriptor *event);
/* How many entries of a kind. */
int world_count_kind(struct world *world, const char *service, Tremplin__EntryKind kind);
/* The last event of a type, in memory that lives until the world is closed; NULL when none. */
const void *world_last(struct world *world, const char *service,
                       const ProtobufCMessageDescriptor *event);

/* What must hold of every store: the chain, the numbers, and the tables equal to the journal
 * replayed.  Kills and revives the service. Returns NULL, or what does not hold. */
const char *world_check_store(struct world *world, const char *service);

/* Called between any two steps of the write path of any service; may call world_die(). */
typedef void world_failpoint_fn(void *context, const char *service, const char *name);
void world_on_failpoint(struct world *world, world_failpoint_fn *hook, void *context);
/* From a failpoint: this service ends here, as kill -9 would; world_revive() starts it again. */
_Noreturn void world_die(struct world *world);

#endif
