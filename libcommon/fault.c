#include "libcommon/fault.h"

#include <errno.h>
#include <lmdb.h>
#include <stdarg.h>
#include <stdio.h>

bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...)
{
    va_list arguments;

    if (fault->kind != NO_FAULT)
        return false;
    fault->kind = kind;
    va_start(arguments, format);
    vsnprintf(fault->detail, sizeof fault->detail, format, arguments);
    va_end(arguments);
    return false;
}

static enum fault_kind kind_of(int code)
{
    switch (code) {
    case MDB_MAP_FULL: return FAULT_MAP_FULL;
    case ENOSPC:
    case EDQUOT: return FAULT_NO_SPACE;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_INCOMPATIBLE: /* not the table that it is */
    case MDB_CURSOR_FULL:  /* a tree that leads in circles */
    case EFAULT:           /* a copy that reads past the end of its file */
    case MDB_BAD_TXN:
    case MDB_VERSION_MISMATCH: return FAULT_DAMAGED;
    case ENOMEM: return FAULT_MEMORY;
    case MDB_BAD_VALSIZE: return FAULT_BUILD;
    default: return FAULT_DISK;
    }
}

bool fault_set_code(struct fault *fault, int code, const char *doing)
{
    return fault_set(fault, kind_of(code), "%s: %s", doing, mdb_strerror(code));
}

bool fault_set_written(struct fault *fault, int code, const char *doing)
{
    if (code == EIO && errno != EIO)
        return fault_set(fault, FAULT_NO_SPACE, "%s: a write came short", doing);
    return fault_set_code(fault, code, doing);
}

const char *fault_name(enum fault_kind kind)
{
    static const char *const names[] = { "none",   "no-space",   "map-full",
                                         "disk",   "unreadable", "damaged",
                                         "memory", "build",      "undecided" };

    return names[kind];
}
