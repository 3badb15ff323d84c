/* import_run.h - the rows of a file under way, several side by side, each to its end
 *
 * A row's commands follow one another, each once the one before is heard of.  A
 * command without an answer is sent again under the same identifier; a row that
 * cannot go in is given back.
 */
#ifndef CTL_IMPORT_RUN_H
#define CTL_IMPORT_RUN_H

#include "services/ctl/import_given_back.h"
#include "services/ctl/import_key.h"
#include "services/ctl/import_kinds.h"

enum { AT_ONCE = 64 };

/* A row under way: its commands one after another, several rows side by side. */
struct under_way {
    bool taken;
    struct arena arena;
    struct import_row row;
    struct csv_row together[TOGETHER_MOST];
    size_t together_count;
    size_t step;
    int64_t not_after_ms; /* of the step under way: never done after that */
    int64_t due_ms;       /* it is sent again then, or given up */
    int64_t pause_ms;
    char id[ID_TEXT_SIZE];
    Tremplin__Position after[ORGANISATION_NAMES_MOST];
    char log_ids[ORGANISATION_NAMES_MOST][ID_TEXT_SIZE];
    char services[ORGANISATION_NAMES_MOST][32];
    size_t after_count;
};

struct import {
    struct ctl *ctl;
    const struct import_kind *kind;
    uint8_t key[IMPORT_KEY_BYTES]; /* of the commands' identifiers */
    char *original;                /* the file as it is, for the rows given back */
    char *text;
    size_t length;
    int fault; /* errno of reading it; 0: none */
    struct csv csv;
    struct csv_row header;
    struct under_way rows[AT_ONCE];
    struct given_back back;
    char beside[1024];
    int good;
    int64_t heard_ms[ORGANISATION_NAMES_MOST]; /* when each service last answered a step */
    bool is_silent; /* one of them did not for a step's whole time: no more rows are begun */
};

/* Each row of the file goes in or is given back: good counts them.  The header is read, csv
 * stands after it, and the rows' arenas are open. */
void run_rows(struct import *import);

#endif
