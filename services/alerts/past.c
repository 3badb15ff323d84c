/* past.c - what is over, by the day it was: so that it can be dropped in that order */
#include "services/alerts/parts.h"

const struct table alerts_past = { "past", &alerts__records__reference__descriptor };

void alerts_note_past(struct tables *tables, const struct entry *entry, const char *id)
{
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;
    struct key key = { 0 };

    key_add_date(&key, civil_date_at(entry->header->recorded_at_ms));
    key_add_id(&key, id);
    reference.id = alerts_text(id);
    table_put(tables, &alerts_past, key, &reference.base);
}
