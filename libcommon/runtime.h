/* runtime.h - the one write path, without a process around it
 *
 * A runtime is a service that is being run: its journal, tables and keys, what
 * waits to be decided, whom it follows.  It has no loop, no clock and no socket
 * of its own: process.c gives it real ones, the simulation others.  What arrives
 * is handed in and copied; runtime_turn() then does what there is to do:
 *
 *     pull what ticks need - a batch of inputs - commit - answer, publish - queries - checkpoint
 *
 * One thread.  Nothing leaves before the commit of what it tells of.
 *
 * A source is heard once and in order, and what it says is checked.  Following it
 * halts, with a reason in the status, the metrics and a warning to who runs the
 * service, when an entry cannot be read or decided on, the chain or the numbers
 * do not hold, what was heard is no longer there (a restore), its journal is
 * another one, or eight answers in a row are none or cannot be true.  The service
 * serves on.  Runtime.AcceptFollow, an entry of the journal as all else, goes on:
 * after a restore from the last entry that both have, by the cuts of the source's
 * journal (journal.h); in another journal, which it must name, from the first;
 * else from where it stood.
 */
#ifndef LIBCOMMON_RUNTIME_H
#define LIBCOMMON_RUNTIME_H

#include "libcommon/bus.h"
#include "libcommon/crash.h"
#include "libcommon/keys.h"
#include "libcommon/service.h"

/* Where instants and chance come from. */
struct surroundings {
    int64_t (*wall_ms)(void *self);      /* UTC */
    int64_t (*monotonic_ms)(void *self); /* never steps */
    void (*random)(void *self, uint8_t *bytes, size_t length);
    /* The monotonic one in microseconds, for figures; may be NULL. */
    int64_t (*monotonic_us)(void *self);
    void *self;
};

/* Between any two steps of the write path; a test build may end the process there, or not return.
 */
typedef void failpoint_fn(void *self, const char *name);

struct runtime_setup {
    const struct service *service;
    const char *organisation; /* a short name, part of every event's source */
    const char *directory;    /* the service's own: journal/, tables/, keys */
    const char *keys_copy;    /* the key store's single copy elsewhere; "" when there is none */
    bool without_keys;        /* a copy of a store, to be replayed: its keys are not there */
    size_t map_bytes;         /* address space for each environment; 0: 64 GiB */
    size_t tables_map_bytes;  /* the same for the tables alone; 0: map_bytes */
    const struct parameters *parameters;
    const void *settings;
    struct bus bus;
    struct surroundings surroundings;
    const struct mail_transport *mail; /* for a service that acts outside; else NULL */
    bool manual_clock;
    int64_t manual_start_ms; /* where a new manual clock begins */
    struct crashes *crashes; /* where what is at hand is noted; NULL: nowhere */
    failpoint_fn *failpoint; /* may be NULL */
    void *failpoint_self;
};

struct runtime;

/* Opens or makes the store, applies what the journal has and the tables have not, and is ready.
 * NULL with *fault set when that cannot be. */
struct runtime *runtime_open(const struct runtime_setup *setup, struct fault *fault);
/* A last checkpoint, then everything is closed. */
void runtime_close(struct runtime *runtime);
/* As a crash would leave it: nothing is written, memory and files are given back. */
void runtime_abandon(struct runtime *runtime);

/* Who asks: known by key, or the service's own user with every role and the name it claims. */
struct caller {
    const char *name; /* NULL: as claimed */
    unsigned roles;
};

/* What arrived; copied. */
void runtime_request(struct runtime *runtime, struct bytes peer, struct caller caller,
                     struct bytes message);
void runtime_answer(struct runtime *runtime, const char *source, struct bytes message);
void runtime_hint(struct runtime *runtime, const char *source);
/* What came of an act outside: the service's handler decides on it, in the next batch. */
typedef void report_fn(struct work *work, const ProtobufCMessage *report);
void runtime_report(struct runtime *runtime, report_fn *decide, const char *name,
                    const ProtobufCMessage *report);

/* What the relay said to a mail. */
void runtime_mail_outcome(struct runtime *runtime, const char *id, uint32_t attempt, int code);

/* Does what there is to do, and returns the monotonic instant to be called at again if nothing
 * arrives; at once when something still waits. */
int64_t runtime_turn(struct runtime *runtime);

/* A fault after which the process must end (an EIO: what an fsync lost is lost). */
bool runtime_must_end(const struct runtime *runtime, struct fault *fault);

/* What the health page and the metrics show. */
struct runtime_figures {
    uint64_t commands;
    uint64_t refusals;
    uint64_t faults;
    uint64_t denied;
    uint64_t queries;
    uint64_t hearings;
    uint64_t batches;
    uint64_t commits;
    uint64_t checkpoints;
    uint64_t went_back;
    int64_t commit_us_total;
    uint64_t commit_slower[8]; /* of the commits, how many took more than 0.5, 1, 2, 5, 10, 50, 100,
                                  1000 ms */
};
const struct runtime_figures *runtime_figures(const struct runtime *runtime);
/* The arena is the asker's own. */
void runtime_status(struct runtime *runtime, struct arena *arena, Tremplin__StatusReply *status);
/* serving, full, starting, clock held */
const char *runtime_state_name(const struct runtime *runtime);
struct tables *runtime_tables(struct runtime *runtime);
struct journal *runtime_journal(struct runtime *runtime);
struct keys *runtime_keys(struct runtime *runtime);
int64_t runtime_now_ms(struct runtime *runtime);

/* --- for verification ------------------------------------------------------------------------- */

/* Applies a journal to an empty store in another directory and compares: true when every table is
 * the same.  The digests go to the two arrays. */
bool runtime_replays_same(const struct runtime_setup *setup, const char *scratch_directory,
                          uint8_t here[32], uint8_t replayed[32], struct fault *fault);

#endif
