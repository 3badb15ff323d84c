/* runtime_parts.h - what the runtime's own files share; for nobody else
 *
 *     runtime.c      opening, closing, the turn
 *     description.c  does the service's description fit the contract
 *     methods.c      what every service answers
 *     acting.c       acting outside, once it is committed
 *     batch.c        inputs run, committed and answered together
 *     decide.c       what each kind of input is
 *     dispatch.c     which method is asked, a command once, queries
 *     requests.c     what arrived, and what waits for what it comes after
 *     replies.c      what is answered, until it leaves with the batch
 *     warning.c      troubles that the operator is told of
 *     erasures.c     keys whose end has come, and the copy of the keys
 *     reports.c      what came of acts outside
 *     ticks.c        days, deadlines, the manual clock
 *     finals.c       answers that are in no journal
 *     hear.c         what other journals tell
 *     recovery.c     the one way back, checkpoints, the full disk
 *     follow.c       where other journals are heard up to
 *     apply.c        an entry's effect on the tables
 *     work.c         what handlers do: emit, reply, seal
 *     memory.c       what the service keeps in memory
 *     ground.c       instants, the first fault, what is at hand
 */
#ifndef LIBCOMMON_RUNTIME_PARTS_H
#define LIBCOMMON_RUNTIME_PARTS_H

#include "libcommon/crash.h"
#include "libcommon/finals.h"
#include "libcommon/runtime.h"
#include "libcommon/trouble.h"

enum {
    INPUT_ARENA = 8 * 1024 * 1024,
    BATCH_ARENA = 24 * 1024 * 1024,
    BATCH_MOST = 4096,    /* inputs in one batch */
    COMMANDS_MOST = 512,  /* of them, commands */
    WAITING_MOST = 20000, /* requests that wait; more are dropped, and sent again */
    WAITING_BYTES_MOST = 64 * 1024 * 1024,      /* and of all that wait */
    ACTOR_MOST = 200,                           /* bytes of a claimed name */
    REPLY_MOST = MESSAGE_SIZE_MOST - 4 * 1024,  /* what a reply may carry */
    EVENT_MOST = MESSAGE_SIZE_MOST - 64 * 1024, /* what a follower can still be told */
    PARKED_MS = 5000, /* how long a request waits for what it comes after */
    NOT_AFTER_MS = 5 * 60 * 1000,
    POLL_MS = 1000,       /* how often a source is asked without a sign */
    ASK_AGAIN_MS = 2000,  /* an answer that does not come is asked for again */
    OFFSET_MS = 1000,     /* how often what holds nothing of interest is noted on the way */
    BAD_ANSWERS_MOST = 8, /* in a row; then following halts */
    TICK_WAIT_MS = 60 * 1000,
    CHECKPOINT_PUTS = 4000,
    CHECKPOINT_MS = 1000,
    CHECKPOINT_IDLE_MS = 50,
    RECEIPT_DAYS = 30,
    HOPS_MOST = 8,
    QUERIES_MOST = 512,                   /* answered in one turn, */
    QUERIES_US_MOST = 20 * 1000,          /* for about so long, */
    QUERIES_BYTES_MOST = 8 * 1024 * 1024, /* and so much */
    SPACE_PROBE_MS = 1000,
    TICK_RETRY_MS = 10 * 1000,     /* after a day that could not be opened */
    DEADLINE_RETRY_MS = 60 * 1000, /* after a deadline that could not be decided */
    REPORT_RETRY_MS = 10 * 1000,   /* the same for a report */
    ERASURE_RETRY_MS = 60 * 1000,  /* after the copy of the keys could not be replaced */
    KEYS_COPY_MS = 60 * 1000,      /* how long a new key may lie in one place only */
    LEAP_MS = 60 * 60 * 1000,
};

/* --- the runtime's own tables ----------------------------------------------------------------- */

extern const struct table table_applied;  /* one row: how far the journal is applied */
extern const struct table table_receipts; /* command id -> entry */
extern const struct table table_receipts_by_day;
extern const struct table table_offsets;   /* source -> how far it is heard */
extern const struct table table_today;     /* one row: the day that is open, the manual clock */
extern const struct table table_deadlines; /* due, kind, subject, step */
extern const struct table table_erasures;  /* household -> its key's end */
extern const struct table table_warnings;  /* troubles that last and are told */

/* --- inputs ----------------------------------------------------------------------------------- */

enum input_kind {
    INPUT_COMMAND,
    INPUT_HEARING,
    INPUT_DAY,
    INPUT_DEADLINE,
    INPUT_REPORT,
    INPUT_DESTROYED,
    INPUT_WARNING,  /* a trouble began or is over */
    INPUT_EPOCH,    /* the journal was cut by a restore */
    INPUT_ANSWERED, /* a request that needed no deciding: its answer leaves with the batch */
};

enum { SOURCES_MOST = 8 };

/* What a parked request waits for, so that it is not read again before that has come. */
struct awaited {
    uint64_t sequences[SOURCES_MOST]; /* of each source; 0: nothing */
    unsigned unknown;                 /* sources, as bits, of which no journal was known yet */
    uint64_t own;                     /* of this journal */
    bool day;                         /* the day is not open */
};

/* A request that arrived; one allocation holds its bytes. */
struct waiting {
    struct waiting *next;
    struct awaited awaited;
    int64_t arrived_ms; /* monotonic */
    size_t peer_length;
    size_t length;
    unsigned roles;
    bool is_limited; /* its sender said how long it may be run */
    enum { NOT_LOOKED_AT, IS_COMMAND, IS_QUERY } what;
    char actor[64];  /* "" : as claimed in the request */
    uint8_t bytes[]; /* the peer, then the message */
};

struct report {
    struct report *next;
    report_fn *decide;
    const char *name;
    char subject[ID_TEXT_SIZE]; /* what it is about: its first text */
    uint32_t attempt;           /* of a mail's outcome */
    bool held;                  /* it could not be decided, */
    int64_t not_before_ms;      /* monotonic: and is tried again then */
    const ProtobufCMessageDescriptor *type;
    size_t length;
    uint8_t bytes[];
};

#define WARNING_AT_HAND "warning " /* how such an input is noted */

struct warning {
    Tremplin__OperatorTrouble trouble;
    const char *about;
    const char *detail;
    bool is_over;
    int64_t began_ms; /* when it is over */
};

/* A deadline that could not be decided: tried again later.  The deadline comes first. */
struct held_deadline {
    struct deadline deadline;
    int64_t retry_ms; /* monotonic */
};

struct input {
    enum input_kind kind;
    struct waiting *waiting;
    const Tremplin__Request *request; /* in the batch's arena */
    uint8_t digest[HASH_SIZE];        /* of method and body, keyed */
    struct followed *source;
    const Tremplin__Entry *heard; /* in the batch's arena */
    const Tremplin__Header *heard_header;
    const struct hearing *hearing; /* NULL: of no interest, only the offset moves */
    struct date day;
    struct deadline deadline;
    struct report *report;
    const struct warning *warning; /* in the batch's arena */
    char household[ID_TEXT_SIZE];
    bool copy_replaced;
    bool done; /* committed, or answered for good */
};

/* --- deciding --------------------------------------------------------------------------------- */

struct emission {
    struct emission *next;
    Tremplin__EntryKind kind;
    const char *type;
    const char *subject;
    struct date date;
    struct bytes event;    /* packed, outer */
    const char *household; /* whose key seals the record */
    struct bytes record;   /* packed in clear; sealed before it is appended */
    const Tremplin__Heard *heard;
};

struct deciding {
    bool may_emit;
    Tremplin__Cause *cause;
    uint32_t hops;
    struct emission *first;
    struct emission *last;
    uint32_t count;
    struct bytes reply;
    struct refusal spoken; /* for work_refusal() */
    struct fault fault;
};

/* --- following -------------------------------------------------------------------------------- */

struct followed {
    const struct source *source;
    char log_id[ID_TEXT_SIZE]; /* "" until the first answer */
    uint64_t sequence;         /* heard, and in the journal, up to here */
    uint8_t hash[HASH_SIZE];
    uint32_t epoch; /* the source's, at that entry */
    uint64_t read; /* checked up to here: the entries after sequence are in the batch at hand, or of
                      no interest */
    uint8_t read_hash[HASH_SIZE];
    uint32_t read_epoch;
    int64_t offset_ms; /* monotonic; when that was last journalled for itself */
    uint64_t head;     /* as last told */
    bool halted;
    bool accepted; /* by an operator, in the batch at hand */
    bool sound;    /* accepted, or heard in this life without a halt since */
    char reason[160];
    uint32_t head_epoch; /* the source's, as it told the head */
    bool asked;          /* a question is under way: */
    char asked_id[ID_TEXT_SIZE];
    uint64_t asked_first; /* for the entries from here on */
    int64_t asked_ms;
    int64_t answered_ms;  /* monotonic; of the last answer */
    int64_t caught_up_ms; /* monotonic: all that was there when this was asked is heard */
    bool hinted;
    uint8_t *answer; /* one that waits to be heard */
    size_t answer_length;
    uint64_t bad_answers; /* that were no answers, or could not be true */
    unsigned bad_in_a_row;
    int64_t rest_until_ms; /* monotonic: after a bad one it is not asked before */
    bool diverged;         /* what was heard is not in the source's journal, */
    uint64_t cut;          /* but up to here it is */
    uint8_t cut_hash[HASH_SIZE];
    uint32_t cut_epoch;              /* the source's, as it said so */
    char other_log_id[ID_TEXT_SIZE]; /* of the source's journal, when it is another one; else "" */
};

/* A day of Paris: from its first instant to before the next day's.  All zeros: none. */
struct day_span {
    struct date date;
    int64_t from_ms;
    int64_t until_ms;
};

/* --- the runtime ------------------------------------------------------------------------------ */

enum runtime_state { SERVING, FULL };

struct sending {
    struct sending *next;
    struct bytes peer;
    struct bytes message;
    struct id remembered; /* a final answer that is in no journal: kept once it leaves */
    int64_t not_after_ms;
    uint8_t digest[HASH_SIZE];
};

struct runtime {
    struct runtime_setup setup;
    const struct service *service;
    const struct method *own_methods; /* what every service answers */
    bool (*needs_no_day)(const struct method *method);
    struct journal journal;
    struct tables tables;
    struct keys keys;
    struct arena input_arena;
    struct arena batch_arena;
    void *memory;        /* the service's; NULL when it keeps none */
    uint64_t remembered; /* the last entry it was told of */
    struct work work;
    struct deciding deciding;
    uint8_t seed[32]; /* of what is drawn at random: another one each turn, */
    bool is_seeded;   /* once something is drawn, */
    uint64_t drawn;   /* and what was drawn before never comes again */
    struct parameters_found laws;
    struct day_span day_span; /* the day it was when last looked */
    char at_hand[CRASH_INPUT_SIZE];
    bool one_by_one;          /* each input is a batch of its own, noted and synced before */
    int careful_left;         /* inputs that are run so, after an unclean end */
    int64_t careful_until_ms; /* monotonic: and no longer than this */

    /* what the tables say, kept at hand */
    struct date today;
    int64_t manual_now_ms;
    uint64_t applied;
    uint8_t applied_hash[HASH_SIZE];

    /* what waits */
    struct waiting
        *first_waiting; /* all that can move: a turn's end leaves none but for too many */
    struct waiting **last_waiting;
    struct waiting *first_parked; /* in the order of their arrival */
    struct waiting **last_parked;
    int64_t parked_latest_ms; /* the latest arrival among them */
    uint64_t parked_seen;     /* what was committed when the parked were last looked at */
    size_t waiting_count;
    size_t waiting_bytes;
    struct report *first_report;
    struct report **last_report;
    struct followed followed[SOURCES_MOST];
    size_t followed_count;
    bool erasures_to_do;
    bool warnings_told;         /* some that may be over */
    int64_t erasures_tried_ms;  /* monotonic; 0: not yet */
    size_t keys_copied;         /* how many slots the copy of the keys has */
    int64_t keys_copied_ms;     /* monotonic; 0: not yet */
    char keys_copy_failed[800]; /* the last time, where and why; "" when it was replaced */
    int64_t ticks_retry_ms; /* monotonic: after a tick or warning that failed, not before this */
    struct held_deadline *held; /* deadlines that could not be decided, sorted */
    size_t held_count;
    size_t held_room;

    /* the batch */
    struct input *inputs;
    size_t input_count;
    struct sending *first_sending;
    struct sending **last_sending;
    bool finals_leave; /* some that are sent may be final answers in no journal */

    /* answers that are in no journal */
    struct finals finals;

    enum runtime_state state;
    char trouble[200];
    struct fault ending;
    bool clock_held;
    int64_t clock_leap_ms;   /* while it is held: by how much it leapt */
    int64_t clock_offset_ms; /* wall less monotonic, when last looked */
    bool clock_seen;
    int64_t tick_noticed_ms; /* monotonic; 0: none */
    int64_t checkpoint_ms;   /* monotonic: of the last one */
    int64_t input_ms;        /* monotonic: of the last input */
    int64_t probed_ms;
    struct runtime_figures figures;
};

/* ground.c */
struct fault *first_fault(struct runtime *runtime);
int64_t now_monotonic(struct runtime *runtime);
int64_t now_us(struct runtime *runtime);
/* The day at an instant: civil_date_at(), kept for the day it was. */
struct date day_at(struct runtime *runtime, int64_t utc_ms);
/* What is run from here on, told before it is: so that it is known should it end the process. */
__attribute__((format(printf, 2, 3))) void take_at_hand(struct runtime *runtime, const char *format,
                                                        ...);
/* Nothing is at hand. */
void put_down(struct runtime *runtime);
/* The input at hand was run, and the process lives; its batch was committed, or dropped. */
void pass_input(struct runtime *runtime);
void passed(struct runtime *runtime, bool committed);
/* Did the input at hand end the process twice? */
bool is_set_aside(const struct runtime *runtime);
/* After an unclean end, until what was at hand then has passed, inputs are run one by one. */
bool is_careful(struct runtime *runtime);
void failpoint(struct runtime *runtime, const char *name);
/* What did not fit into the input's arena was left out somewhere: nothing of it may be kept. */
void fault_when_exhausted(struct runtime *runtime, struct fault *fault);
/* A fault that no other input would survive: the disk's, or the store's. */
bool ends_process(const struct fault *fault);

/* work.c */
void deciding_begin(struct runtime *runtime, bool may_emit, const char *actor);
struct emission *emit_entry(struct runtime *runtime, Tremplin__EntryKind kind, const char *type,
                            const char *subject, struct date date, struct bytes event);
/* An event of the runtime itself. */
void emit_own(struct runtime *runtime, Tremplin__EntryKind kind, const ProtobufCMessage *event,
              const char *subject);
struct bytes pack_into(struct arena *arena, const ProtobufCMessage *message);
/* The private part of an entry, its personal fields sealed; false on a fault. */
bool seal_private(struct runtime *runtime, const struct emission *emission, struct bytes reply,
                  const uint8_t *request_digest, struct bytes *sealed);
/* The message inside the oneof of an outer one, and back. */
struct bytes wrap(struct arena *arena, const ProtobufCMessageDescriptor *outer,
                  const ProtobufCMessage *message);
ProtobufCMessage *unwrap(struct arena *arena, const ProtobufCMessageDescriptor *outer,
                         struct bytes bytes);
/* The runtime's own message that an entry tells to followers; NULL: one of the service's events, or
 * nothing. */
const ProtobufCMessageDescriptor *warning_type(const Tremplin__Header *header);

/* apply.c */
/* The effect of one entry.  Sticky fault in the tables. */
void apply_entry(struct runtime *runtime, const Tremplin__Header *header, struct bytes event,
                 const Tremplin__PrivatePart *private_part);
/* Applies what the journal has and the tables have not. */
bool apply_journal(struct runtime *runtime);
/* Do the tables on disk say anything of a journal? */
bool tables_were_applied(struct runtime *runtime);
/* What is kept at hand, from the tables. */
void apply_read_back(struct runtime *runtime);
struct key warning_key(Tremplin__OperatorTrouble trouble, const char *about);
bool deadline_is_set(struct tables *tables, const struct deadline *deadline);
bool deadline_read(const struct key *key, struct deadline *deadline);
bool take_checkpoint(struct runtime *runtime);

/* dispatch.c */
void dispatch_collect(struct runtime *runtime);
const struct refusal *dispatch_decide(struct runtime *runtime, struct input *input, bool *answered);
void dispatch_refused(struct runtime *runtime, struct input *input, const struct refusal *refusal);
void dispatch_faulted(struct runtime *runtime, struct input *input);
void dispatch_done(struct runtime *runtime, struct input *input, uint64_t last_sequence);
void dispatch_queries(struct runtime *runtime);

/* replies.c: all are kept in the batch's arena until the batch is committed */
/* What the batch answered leaves; final answers that are in no journal are kept from here on. */
void send_all(struct runtime *runtime);
/* Each is NULL when there is no memory: the client asks again under the same identifier. */
struct sending *reply_trouble(struct runtime *runtime, const struct waiting *waiting,
                              const char *id, Tremplin__Status status, Tremplin__Trouble *trouble);
struct sending *reply_done(struct runtime *runtime, const struct input *input, struct bytes reply,
                           uint64_t sequence);
void reply_try_again(struct runtime *runtime, const struct waiting *waiting, const char *id,
                     const char *code, const char *french, const char *english);
/* Says once what is wrong with a request that no handler will see. */
void reply_denied(struct runtime *runtime, const struct waiting *waiting, const char *id,
                  Tremplin__Status status, const char *code, const char *field, const char *french,
                  const char *english);
Tremplin__Trouble trouble_of(const struct refusal *refusal);

/* requests.c */
/* NULL, with the trouble, when it cannot be read: nothing of the arena is then taken. */
Tremplin__Request *request_read(const struct waiting *waiting, struct arena *arena,
                                struct message_trouble *trouble);
/* The identifier alone, to answer under; false when there is none. */
bool request_read_id(const struct waiting *waiting, char text[static ID_TEXT_SIZE]);
/* A limit that the sender did not set, or set too far, begins at the arrival. */
void request_limit(struct runtime *runtime, struct waiting *waiting, Tremplin__Request *request);
/* What the request comes after and is not there yet, kept with it; false when nothing is. */
bool waiting_awaits(struct runtime *runtime, struct waiting *waiting,
                    const Tremplin__Request *request, bool needs_day);
/* Out of the queue: the caller frees it. */
struct waiting *waiting_take(struct runtime *runtime, struct waiting **at);
/* From the queue to those that wait for something to come. */
void waiting_park(struct runtime *runtime, struct waiting **at);
/* Those that can move go before all that came later. */
void waiting_wake(struct runtime *runtime);

/* follow.c */
void follow_open(struct runtime *runtime);
void follow_ask(struct runtime *runtime);
/* For what comes after what was read. */
void follow_ask_one(struct runtime *runtime, struct followed *followed);
void follow_accept(struct runtime *runtime, const char *service);
/* What was accepted is committed. */
void follow_resume(struct runtime *runtime);
void follow_halt(struct runtime *runtime, struct followed *followed, const char *reason);
void follow_heard(struct runtime *runtime, const struct input *input);
/* What is still to be heard up to a position is added to what is awaited: false when nothing is. */
bool follow_awaits(const struct runtime *runtime, const Tremplin__Position *position,
                   struct awaited *awaited);
/* Has all of it come?  As far as it was known what it is. */
bool follow_has_heard(const struct runtime *runtime, const struct awaited *awaited);
/* Has everything that the sources had at this monotonic instant been heard? */
bool follow_is_caught_up(const struct runtime *runtime, int64_t since_ms);
const struct source *source_of(const struct service *service, const char *name);

/* hear.c */
/* Of each answer that waits: the events of interest become inputs. */
void hear_collect(struct runtime *runtime);

/* ticks.c */
void ticks_collect(struct runtime *runtime);
/* The next instant at which there is something to do; false when there is none. */
bool ticks_next(struct runtime *runtime, int64_t *due_ms);
bool day_is_open(struct runtime *runtime);
/* The wall clock, never the manual one: for how long a command may be run. */
int64_t runtime_wall_ms(struct runtime *runtime);
void ticks_watch_clock(struct runtime *runtime);
/* A deadline that could not be decided holds up no other, nor a day: it is tried again later. */
void ticks_hold(struct runtime *runtime, const struct deadline *deadline);
/* It was decided. */
void ticks_let_go(struct runtime *runtime, const struct deadline *deadline);
/* What the tables say of the clock, at start. */
void ticks_open(struct runtime *runtime);

/* memory.c */
/* False, with the first fault set, when the service cannot have what it keeps in memory. */
bool memory_open(struct runtime *runtime);
void memory_close(struct runtime *runtime);
/* Tells it of what was committed since. */
void memory_follow(struct runtime *runtime);

/* warning.c */
/* One input for each trouble that began or is over and is not told. */
void warnings_collect(struct runtime *runtime);
/* Is there any? */
bool warnings_wait(struct runtime *runtime);
/* Is what is told to be over over still, after what the batch ran before it? */
bool warning_is_over(struct runtime *runtime, const struct warning *warning);

/* methods.c */
extern const struct method runtime_methods[];
/* A held clock opens no day: what accepts it is taken all the same. */
bool method_needs_no_day(const struct method *method);

/* reports.c */
/* Those whose time has come become inputs. */
void reports_collect(struct runtime *runtime);
/* What came of an act outside is told once: when it could not be written or decided, it waits. */
void reports_wait_again(struct runtime *runtime, struct report *report);
/* How many could not be decided, and wait. */
uint32_t reports_held(const struct runtime *runtime);
/* Is what came of this mail still to be decided on? */
bool mail_outcome_waits(const struct runtime *runtime, const char *id, uint32_t attempt);

/* erasures.c */
/* Destroys the keys of who is erased, replaces their copy, and tells of both as inputs. */
void erasures_collect(struct runtime *runtime);
/* The copy of the keys elsewhere; false, logged, when it cannot be replaced.  True without one. */
bool keys_copy_replace(struct runtime *runtime);
void keys_copy_when_due(struct runtime *runtime);

/* acting.c */
/* Lets the service act outside: only what is committed is acted on. */
void act_outside(struct runtime *runtime);

/* description.c */
/* A description that does not fit the contract must not start. */
bool description_fits(const struct service *service, struct fault *fault);

/* decide.c */
const struct refusal *decide_input(struct runtime *runtime, struct input *input, bool *answered);

/* recovery.c */
/* The one way back, after a fault: the last checkpoint, then the journal's entries after it. */
bool go_back(struct runtime *runtime);
/* The same where the disk may be full: then without checkpoints, in state full. */
bool go_back_or_full(struct runtime *runtime);
void enter_full(struct runtime *runtime, const char *detail);
/* While the disk is full: serving again once there is room. */
void probe_space(struct runtime *runtime);
/* The last checkpoint failed or the next does: back, full or the end, by what went wrong. */
bool checkpoint_or_back(struct runtime *runtime);
void checkpoint_when_due(struct runtime *runtime);

/* batch.c */
void run_batch(struct runtime *runtime, struct input *inputs, size_t count);
void refuse_for_space(struct runtime *runtime, struct input *inputs, size_t count);

#endif
