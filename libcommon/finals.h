/* finals.h - final answers that are in no journal, remembered so that they stay final
 *
 * A refusal, or a command that changed nothing, is written nowhere; its answer is
 * kept until the command may not be run any more (not_after), and by count and
 * bytes: beyond them the oldest are forgotten first.
 *
 * That is safe.  Nothing was done, so whoever is answered by a second decision is
 * answered by the first that takes effect; and a client that has its final answer
 * never sends again.  What is left are copies that were sent before the answer
 * came: they stand in the queue close behind the first, and the queue is shorter
 * (WAITING_MOST) than what is kept, so that they are found here.
 */
#ifndef LIBCOMMON_FINALS_H
#define LIBCOMMON_FINALS_H

#include "libcommon/journal.h"

enum {
    FINALS_MOST = 80 * 1000,
    FINALS_BYTES_MOST = 64 * 1024 * 1024,
    FINALS_BUCKETS = 16 * 1024,
};

struct final_answer {
    struct final_answer *next;  /* in the order of keeping */
    struct final_answer *chain; /* in its bucket */
    struct id id;
    int64_t not_after_ms;      /* wall clock */
    uint8_t digest[HASH_SIZE]; /* of what was asked */
    size_t length;
    uint8_t reply[];
};

struct finals {
    struct final_answer **buckets; /* NULL: nothing was ever kept */
    struct final_answer *oldest;
    struct final_answer **newest;
    size_t count;
    size_t bytes;
};

/* NULL when there is none. Borrowed until the next keeping or forgetting. */
const struct final_answer *finals_find(const struct finals *finals, struct id id);
/* Copies; replaces what the identifier had.  Without memory nothing is kept. */
void finals_keep(struct finals *finals, struct id id, int64_t not_after_ms,
                 const uint8_t digest[HASH_SIZE], struct bytes reply);
/* Those whose command may not be run any more. */
void finals_forget(struct finals *finals, int64_t wall_ms);
void finals_close(struct finals *finals);

#endif
