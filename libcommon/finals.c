#include "libcommon/finals.h"

#include <stdlib.h>
#include <string.h>

/* An identifier's last bytes are random. */
static struct final_answer **bucket_of(const struct finals *finals, struct id id)
{
    uint64_t number;

    memcpy(&number, id.bytes + sizeof id.bytes - sizeof number, sizeof number);
    return &finals->buckets[(number * UINT64_C(0x9E3779B97F4A7C15) >> 32) % FINALS_BUCKETS];
}

const struct final_answer *finals_find(const struct finals *finals, struct id id)
{
    const struct final_answer *found = finals->buckets ? *bucket_of(finals, id) : NULL;

    while (found && !id_is_same(found->id, id))
        found = found->chain;
    return found;
}

static void forget_oldest(struct finals *finals)
{
    struct final_answer *oldest = finals->oldest;
    struct final_answer **at = bucket_of(finals, oldest->id);

    while (*at != oldest)
        at = &(*at)->chain;
    *at = oldest->chain;
    finals->oldest = oldest->next;
    if (!finals->oldest)
        finals->newest = &finals->oldest;
    finals->count--;
    finals->bytes -= sizeof *oldest + oldest->length;
    free(oldest);
}

/* Most are answered once; a later answer goes before the one it replaces, which leaves in its turn.
 */
void finals_keep(struct finals *finals, struct id id, int64_t not_after_ms,
                 const uint8_t digest[HASH_SIZE], struct bytes reply)
{
    struct final_answer *final;
    struct final_answer **bucket;

    if (!finals->buckets) {
        finals->buckets = calloc(FINALS_BUCKETS, sizeof(struct final_answer *));
        finals->newest = &finals->oldest;
    }
    final = finals->buckets ? malloc(sizeof *final + reply.length) : NULL;
    if (!final)
        return;
    bucket = bucket_of(finals, id);
    *final = (struct final_answer){
        .chain = *bucket,
        .id = id,
        .not_after_ms = not_after_ms,
        .length = reply.length,
    };
    memcpy(final->digest, digest, HASH_SIZE);
    memcpy(final->reply, reply.at, reply.length);
    *bucket = final;
    *finals->newest = final;
    finals->newest = &final->next;
    finals->count++;
    finals->bytes += sizeof *final + reply.length;
    while (finals->count > FINALS_MOST ||
           (finals->bytes > FINALS_BYTES_MOST && finals->oldest != final))
        forget_oldest(finals);
}

/* One that lasts longer holds up those after it, for a few minutes at most. */
void finals_forget(struct finals *finals, int64_t wall_ms)
{
    while (finals->oldest && finals->oldest->not_after_ms < wall_ms)
        forget_oldest(finals);
}

void finals_close(struct finals *finals)
{
    while (finals->oldest)
        forget_oldest(finals);
    free(finals->buckets);
    *finals = (struct finals){ 0 };
}
