/* stores.h - the stores of stopped services, as a restore exchanges them
 *
 * A store is put back in steps of which each may be the last: what comes is built
 * whole beside what is there (<service>/put_back), a note in the data's folder says
 * that an exchange has begun, what is there is moved aside (<service>/before-...),
 * what comes takes its place, the note goes.  No service of the note starts while it
 * is there, and a restore that finds it finishes what it tells.
 */
#ifndef CTL_STORES_H
#define CTL_STORES_H

#include "services/ctl/ctl.h"

struct stores {
    struct ctl *ctl;
    const char *aside; /* the folder, in each store, for what was there before */
    bool begun;        /* the note is there: of this exchange, or of one that was interrupted */
    /* Of each service in its turn: no journal was there before the exchange. */
    bool had_none[ORGANISATION_NAMES_MOST];
};

/* Takes the locks of all, until this command ends; makes the folders that are not there.  CTL_DONE,
 * or an exit code with what is wrong told: nothing else was touched. */
int stores_lock(struct stores *stores, struct ctl *ctl);

/* <service>/put_back, empty; NULL, told, when it cannot be made. */
const char *stores_stage(struct stores *stores, const char *service);
/* The folder with the journal that was there before, moved aside or not; one without a journal
 * where there was none. */
const char *stores_before(struct stores *stores, const char *service);
/* What was staged is no longer wanted. */
void stores_drop(struct stores *stores);

/* From here to its return true no service starts.  False, told. */
bool stores_exchange(struct stores *stores);

/* restore_keys.c: the keys of a service, its own and their copy elsewhere, become one: whoever is
 * erased in either stays erased.  Where they are of two kinds the copy's are staged.  False, told.
 */
bool restore_keys(struct stores *stores, const char *service, bool without_keys);

#endif
