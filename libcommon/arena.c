#include "libcommon/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *unpacker_take(void *arena, size_t size)
{
    return arena_take(arena, size);
}

static void unpacker_free(void *arena, void *pointer)
{
    (void)arena;
    (void)pointer;
}

bool arena_open(struct arena *arena, size_t size)
{
    *arena = (struct arena){ .base = malloc(size), .size = size };
    arena->unpacker = (ProtobufCAllocator){
        .alloc = unpacker_take,
        .free = unpacker_free,
        .allocator_data = arena,
    };
    return arena->base != NULL;
}

void arena_close(struct arena *arena)
{
    free(arena->base);
    *arena = (struct arena){ 0 };
}

void arena_reset(struct arena *arena)
{
    arena->used = 0;
    arena->exhausted = false;
}

void *arena_take(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    size_t start = (arena->used + align - 1) / align * align;

    if (start > arena->size || size > arena->size - start) {
        arena->exhausted = true;
        return NULL;
    }
    arena->used = start + size;
    return memset(arena->base + start, 0, size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    void *copy = arena_take(arena, length);

    if (copy && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1);

    if (copy && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    text = length < 0 ? NULL : arena_take(arena, (size_t)length + 1);
    if (!text)
        return NULL;
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
