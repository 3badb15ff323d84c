/* arena.h - memory that lives exactly as long as one message
 *
 * Whatever is unpacked or built while an input is handled comes from the
 * service's arena and is forgotten in one step when it is done.  Nothing taken
 * from an arena is ever freed on its own.  A full arena gives NULL and stays
 * full: its size is also the limit on what one message may unpack to.
 */
#ifndef LIBCOMMON_ARENA_H
#define LIBCOMMON_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

struct arena {
    char *base;
    size_t size;
    size_t used;
    bool exhausted;              /* something did not fit since the last reset */
    ProtobufCAllocator unpacker; /* hand this to protobuf-c: frees nothing */
};

/* Takes size bytes from the system once; false when there are none. */
bool arena_open(struct arena *arena, size_t size);
void arena_close(struct arena *arena);
void arena_reset(struct arena *arena);

/* Zeroed and aligned for anything; NULL when it does not fit. */
void *arena_take(struct arena *arena, size_t size);
/* Copies length bytes and adds a NUL; NULL when it does not fit. */
char *arena_text(struct arena *arena, const char *text, size_t length);
void *arena_copy(struct arena *arena, const void *bytes, size_t length);
__attribute__((format(printf, 2, 3))) char *arena_format(struct arena *arena, const char *format,
                                                         ...);
#endif
