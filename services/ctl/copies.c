#include "services/ctl/copies.h"

#include "libcommon/store.h"
#include "services/ctl/apart.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

const char *path_of(struct ctl *ctl, const char *folder, const char *name)
{
    return arena_format(&ctl->arena, "%s/%s", folder, name);
}

bool copy_read_all(struct journal *journal, copied_entry_fn *each, void *context)
{
    struct arena arena;
    bool readable = arena_open(&arena, 8 * 1024 * 1024);
    bool on = true;

    for (uint64_t sequence = 1; readable && on && sequence <= journal->committed; sequence++) {
        struct copied_entry entry = { 0 };

        arena_reset(&arena);
        readable = journal_read(journal, sequence, &arena, &entry.stored);
        if (!readable) {
            fault_set(&journal->fault, FAULT_DAMAGED, "entry %llu is not there",
                      (unsigned long long)sequence);
            break;
        }
        entry.header = entry.stored.header;
        if (entry.header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_HEARING ||
            entry.header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_OFFSET)
            entry.heard = tremplin__offset_moved__unpack(&arena.unpacker, entry.stored.event.length,
                                                         entry.stored.event.at);
        on = each(context, &entry);
    }
    arena_close(&arena);
    return readable;
}

/* --- the chain -------------------------------------------------------------------------------- */

struct chain {
    uint8_t previous[HASH_SIZE];
    uint64_t last;
    const char *trouble;
};

static bool check_link(void *context, const struct copied_entry *entry)
{
    struct chain *chain = context;
    uint8_t digest[HASH_SIZE], hash[HASH_SIZE];

    if (entry->header->sequence != chain->last + 1)
        chain->trouble = "a number is missing";
    journal_digest(entry->stored.private_bytes, digest);
    journal_chain(chain->previous, entry->stored.header_bytes, entry->stored.event, digest, hash);
    if (memcmp(hash, entry->stored.hash, HASH_SIZE) != 0)
        chain->trouble = "the hash is not that of the entry and all before it";
    memcpy(chain->previous, hash, HASH_SIZE);
    chain->last++;
    return chain->trouble == NULL;
}

const char *copy_check_chain(struct journal *journal, uint64_t *sequence)
{
    struct chain chain = { 0 };
    bool read = copy_read_all(journal, check_link, &chain);

    *sequence = chain.last + (read ? 0 : 1);
    if (!read)
        return "an entry cannot be read";
    return chain.trouble;
}

int copy_check(const struct apart *apart, const char *service, const char *folder)
{
    struct journal journal;
    uint64_t sequence;
    const char *trouble;
    int code;

    if (!journal_open(&journal, folder, 0, ""))
        return apart_tell(apart, service, &journal.fault);
    trouble = copy_check_chain(&journal, &sequence);
    if (trouble)
        fprintf(stderr, "%s, %llu: %s\n", service, (unsigned long long)sequence, trouble);
    code = trouble ? CTL_REFUSED : CTL_DONE;
    if (journal.fault.kind != NO_FAULT)
        code = apart_tell(apart, service, &journal.fault);
    journal_close(&journal);
    return code;
}

struct copying {
    struct apart apart;
    const char *service;
    const char *from, *to;
    bool (*copy)(const char *from, const char *to, struct fault *fault);
};

static int copy_apart(void *context)
{
    const struct copying *copying = context;
    struct fault fault = { 0 };

    if (copying->copy(copying->from, copying->to, &fault))
        return CTL_DONE;
    return apart_tell(&copying->apart, copying->service, &fault);
}

static int copy_part(struct copying *copying, const char *file,
                     bool (*copy)(const char *from, const char *to, struct fault *fault))
{
    copying->apart.file = path_of(copying->apart.ctl, copying->from, file);
    copying->copy = copy;
    return apart_read(&copying->apart, copy_apart, copying);
}

int copy_service(struct ctl *ctl, const char *service, const char *to, bool with_tables)
{
    Tremplin__Checkpoint asked = TREMPLIN__CHECKPOINT__INIT;
    struct copying copying = {
        .apart = { .ctl = ctl, .copies = to, .of = ctl->organisation.data },
        .service = service,
        .from = path_of(ctl, ctl->organisation.data, service),
        .to = path_of(ctl, to, service),
    };
    int code;

    ask(ctl, service, "Runtime.Checkpoint", &asked.base, &tremplin__checkpoint_reply__descriptor,
        &code);
    if (code != CTL_DONE)
        return code;
    if (mkdir(to, 0700) != 0 && errno != EEXIST) {
        fprintf(stderr, "%s: %s\n", to, trouble_of(ctl, errno));
        return EXIT_CANNOT_CREATE;
    }
    /* Tables first: so that the copy of the journal is never behind them. */
    if (with_tables)
        code = copy_part(&copying, "tables/data.mdb", tables_copy);
    return code == CTL_DONE ? copy_part(&copying, "journal/data.mdb", journal_copy) : code;
}
