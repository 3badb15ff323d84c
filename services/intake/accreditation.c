#include "services/intake/parts.h"

#include <string.h>

const struct table intake_accreditations = { "accreditations",
                                             &intake__records__accreditation__descriptor };

enum { ACCREDITATIONS_MOST = 100 };

static struct key accreditation_key(const char *operator_code, struct date from)
{
    struct key key = key_text(operator_code);

    key_add_date(&key, from);
    return key;
}

/* The register of one association, without the entry that begins on a day. */
static size_t read_register(struct tables *tables, const char *operator_code, struct date without,
                            struct accreditation list[static ACCREDITATIONS_MOST])
{
    struct walk walk = walk_from(tables, &intake_accreditations, key_text(operator_code));
    size_t count = 0;

    while (count < ACCREDITATIONS_MOST && walk_next(&walk)) {
        const Intake__Records__Accreditation *row = walk.value;

        if (!intake_same_date(row->valid_from, without))
            list[count++] = (struct accreditation){
                .from = date_of(row->valid_from),
                .until = date_of(row->valid_to),
            };
        walk_forget(&walk);
    }
    return count;
}

bool intake_is_accredited(struct work *work, const char *operator_code, struct date on)
{
    struct accreditation list[ACCREDITATIONS_MOST];

    if (*operator_code == '\0')
        return false;
    return accreditation_holds(list, read_register(work->tables, operator_code, DATE_NONE, list),
                               on);
}

static const struct refusal *accept_accreditation(struct work *work,
                                                  const Intake__ChangeAccreditation *asked)
{
    struct accreditation list[ACCREDITATIONS_MOST];
    const struct accreditation changed = {
        .from = date_of(asked->valid_from),
        .until = date_of(asked->valid_to),
    };
    const struct refusal *refusal = need_text(work, "operator", asked->operator_);

    if (!refusal)
        refusal = need_code(work, "operator", asked->operator_);
    if (!refusal)
        refusal = need_date(work, "valid_from", asked->valid_from);
    if (!refusal && asked->valid_to)
        refusal = need_date(work, "valid_to", asked->valid_to);
    if (refusal)
        return refusal;
    return accreditation_accept(
        list, read_register(work->tables, asked->operator_, changed.from, list), &changed);
}

/* The same first day again changes the end of that accreditation; another first day begins one. */
const struct refusal *intake_on_change_accreditation(struct work *work, const void *body)
{
    const Intake__ChangeAccreditation *asked = body;
    Intake__AccreditationChanged changed = INTAKE__ACCREDITATION_CHANGED__INIT;
    Intake__ChangeAccreditationReply reply = INTAKE__CHANGE_ACCREDITATION_REPLY__INIT;
    const Intake__Records__Accreditation *known;
    const struct refusal *refusal = accept_accreditation(work, asked);

    if (refusal)
        return refusal;
    work_reply(work, &reply.base);
    known = table_get(work->tables, &intake_accreditations,
                      accreditation_key(asked->operator_, date_of(asked->valid_from)));
    if (known && intake_same_date(known->valid_to, date_of(asked->valid_to)))
        return ACCEPTED;
    changed.operator_ = asked->operator_;
    changed.valid_from = asked->valid_from;
    changed.valid_to = asked->valid_to;
    work_emit(work, &changed.base, asked->operator_, DATE_NONE);
    return ACCEPTED;
}

void intake_apply_accreditation_changed(struct tables *tables, const struct entry *entry)
{
    const Intake__AccreditationChanged *changed =
        (const Intake__AccreditationChanged *)entry->event;
    Intake__Records__Accreditation row = INTAKE__RECORDS__ACCREDITATION__INIT;

    row.valid_from = changed->valid_from;
    row.valid_to = changed->valid_to;
    table_put(tables, &intake_accreditations,
              accreditation_key(changed->operator_, date_of(changed->valid_from)), &row.base);
}
