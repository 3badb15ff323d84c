#include "services/lodging/parts.h"

#include <string.h>

int64_t lodging_fact_instant(const struct work *work, struct date date)
{
    return date_is_same(date, civil_date_at(work->now_ms)) ? work->now_ms : start_of_day(date);
}

const struct refusal *lodging_new_id(struct work *work, const char *field,
                                     const struct table *table, const char *given, const char **id)
{
    const struct refusal *refusal;

    if (*given == '\0') {
        *id = work_new_id(work);
        return ACCEPTED;
    }
    refusal = need_id(work, field, given);
    if (refusal)
        return refusal;
    *id = given;
    if (!table_has(work->tables, table, key_id(given)))
        return ACCEPTED;
    return work_refusal(work, "ID_TAKEN", field, "",
                        "Cet identifiant désigne déjà autre chose : laissez-le vide ou donnez-en "
                        "un nouveau.",
                        "This identifier is taken already: leave it empty or give a new one.");
}

uint32_t lodging_most(uint32_t asked)
{
    enum { PRESET = 50, MOST = 200 };

    if (asked == 0)
        return PRESET;
    return asked < MOST ? asked : MOST;
}

struct walk lodging_walk_after(struct tables *tables, const struct table *table, struct key prefix,
                               const char *after)
{
    uint8_t length = prefix.length;

    if (*after != '\0') {
        key_add_id(&prefix, after);
        key_add_byte(&prefix, 0); /* the first key past it */
    }
    return walk_from_key(tables, table, prefix, length);
}

void lodging_link(struct tables *tables, const struct table *table, struct key key)
{
    Lodging__Records__Link link = LODGING__RECORDS__LINK__INIT;

    table_put(tables, table, key, &link.base);
}

void lodging_emit_with_words(struct work *work, const ProtobufCMessage *event, const char *subject,
                             struct date date, const char *whose, const char *words)
{
    Lodging__Records__Words record = LODGING__RECORDS__WORDS__INIT;
    Tremplin__Sealed text = TREMPLIN__SEALED__INIT;

    if (*words == '\0' || work_is_erased(work, whose)) {
        work_emit(work, event, subject, date);
        return;
    }
    text.clear = lodging_text(words);
    record.text = &text;
    work_emit_sealed(work, event, subject, date, whose, &record.base);
}

Tremplin__Sealed *lodging_words(const struct entry *entry)
{
    const Lodging__Records__Words *record = (const Lodging__Records__Words *)entry->record;

    return record ? record->text : NULL;
}

char *lodging_in_clear(struct work *work, const Tremplin__Sealed *words)
{
    const char *clear = work_unseal(work, words);

    return lodging_text(clear ? clear : "");
}

const struct refusal *lodging_renamed(struct work *work, const struct refusal *refusal,
                                      const char *from, const char *to)
{
    if (!refusal || strcmp(refusal->field, from) != 0)
        return refusal;
    return work_refusal(work, refusal->code, to, refusal->rule, refusal->french, refusal->english);
}
