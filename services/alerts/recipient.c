#include "libcommon/text.h"
#include "services/alerts/parts.h"

#include <string.h>

const struct table alerts_recipients = { "recipients", &alerts__records__recipient__descriptor };

/* In the order of the bits of enum told_role. */
static const Alerts__RecipientRole roles_by_bit[] = {
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_TEAM_LEADER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_SERVICE_MANAGER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_DISTRICT_HEAD,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_COMMISSION_SECRETARY,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_COMMISSION_MEMBER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_REGULATOR,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_COORDINATOR,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_RENTAL_MANAGER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_DATA_PROTECTION_OFFICER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_REPORT_OWNER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_FUNDER_CONTACT,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_PREFECTURE_CONTACT,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_REQUESTER,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_RESIDENT,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_HOUSING_DESK,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_ON_CALL,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_DISTRICT_LEAD,
    ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_OPERATOR,
};
enum { ROLE_COUNT = sizeof roles_by_bit / sizeof roles_by_bit[0] };

/* --- registering ------------------------------------------------------------------------------ */

static const struct refusal address_unfit = {
    "ADDRESS_NOT_A_MAILBOX",
    "address",
    "",
    "L'adresse doit être celle d'une boîte aux lettres ordinaire, par exemple asll@asso.fr.",
    "The address must be that of a plain mailbox, such as asll@asso.fr.",
};

static const struct refusal worker_of_no_role = {
    "WORKER_WITHOUT_ROLE",
    "worker",
    "",
    "Suivre un intervenant est le rôle du référent : ajoutez RECIPIENT_ROLE_KEY_WORKER.",
    "To follow a worker is the key worker's role: add RECIPIENT_ROLE_KEY_WORKER.",
};

static bool has_role(const Alerts__RecipientRole *roles, size_t count, Alerts__RecipientRole role)
{
    for (size_t i = 0; i < count; i++)
        if (roles[i] == role)
            return true;
    return false;
}

static const struct refusal *check_asked(struct work *work, const Alerts__RegisterRecipient *asked)
{
    const struct refusal *refusal = ACCEPTED;

    if (asked->recipient[0])
        refusal = need_id(work, "recipient", asked->recipient);
    if (!refusal)
        refusal = need_code(work, "district", asked->district);
    if (!refusal && !text_is_mail_address(asked->address, strlen(asked->address)))
        refusal = &address_unfit;
    for (size_t i = 0; !refusal && i < asked->n_roles; i++)
        refusal = need_choice(work, "roles", (int)asked->roles[i]);
    if (!refusal && asked->worker[0])
        refusal = need_id(work, "worker", asked->worker);
    if (!refusal && asked->worker[0] &&
        !has_role(asked->roles, asked->n_roles, ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER))
        refusal = &worker_of_no_role;
    return refusal;
}

const struct refusal *alerts_on_register_recipient(struct work *work, const void *body)
{
    const Alerts__RegisterRecipient *asked = body;
    const struct refusal *refusal = check_asked(work, asked);
    Alerts__RecipientRegistered registered = ALERTS__RECIPIENT_REGISTERED__INIT;
    Alerts__Records__RecipientAddress record = ALERTS__RECORDS__RECIPIENT_ADDRESS__INIT;
    Alerts__RegisterRecipientReply reply = ALERTS__REGISTER_RECIPIENT_REPLY__INIT;
    Tremplin__Sealed address = TREMPLIN__SEALED__INIT;

    if (refusal)
        return refusal;
    registered.recipient = asked->recipient[0] ? asked->recipient : alerts_text(work_new_id(work));
    registered.roles = asked->roles;
    registered.n_roles = asked->n_roles;
    registered.district = asked->district;
    registered.worker = asked->worker;
    registered.language = asked->language ? asked->language : ALERTS__LANGUAGE__LANGUAGE_FRENCH;
    address.clear = asked->address;
    record.address = &address;
    work_emit_sealed(work, &registered.base, registered.recipient, DATE_NONE, registered.recipient,
                     &record.base);
    reply.recipient = registered.recipient;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void alerts_apply_recipient_registered(struct tables *tables, const struct entry *entry)
{
    const Alerts__RecipientRegistered *registered =
        (const Alerts__RecipientRegistered *)entry->event;
    const Alerts__Records__RecipientAddress *record =
        (const Alerts__Records__RecipientAddress *)entry->record;
    Alerts__Records__Recipient row = ALERTS__RECORDS__RECIPIENT__INIT;

    row.recipient = registered->recipient;
    row.address = record ? record->address : NULL;
    row.roles = registered->roles;
    row.n_roles = registered->n_roles;
    row.district = registered->district;
    row.worker = registered->worker;
    row.language = registered->language;
    table_put(tables, &alerts_recipients, key_id(registered->recipient), &row.base);
}

/* --- choosing --------------------------------------------------------------------------------- */

enum { RECIPIENTS_MOST = 1024 };

struct candidate {
    char *id;
    uint32_t roles;  /* that it holds here */
    bool is_anybody; /* a key worker's mailbox that follows no worker by name */
};

static uint32_t role_bits(const Alerts__Records__Recipient *recipient)
{
    uint32_t bits = 0;

    for (size_t bit = 0; bit < ROLE_COUNT; bit++)
        if (has_role(recipient->roles, recipient->n_roles, roles_by_bit[bit]))
            bits |= UINT32_C(1) << bit;
    return bits;
}

/* What a recipient holds for a district and a worker: its district, or all; key worker of that
 * worker alone. */
static uint32_t held_here(const Alerts__Records__Recipient *recipient, const char *district,
                          const char *worker)
{
    uint32_t bits = role_bits(recipient);
    bool here = recipient->district[0] == '\0' || district[0] == '\0' ||
                strcmp(recipient->district, district) == 0;

    if (recipient->worker[0])
        bits = strcmp(recipient->worker, worker) == 0 ? bits : bits & ~(uint32_t)ROLE_WORKER;
    if (!here)
        bits &= recipient->worker[0] ? ROLE_WORKER : 0;
    return bits;
}

static size_t find_candidates(struct work *work, const char *district, const char *worker,
                              struct candidate *candidates, uint32_t *named)
{
    struct walk walk = walk_from(work->tables, &alerts_recipients, (struct key){ 0 });
    size_t count = 0;

    while (count < RECIPIENTS_MOST && walk_next(&walk)) {
        const Alerts__Records__Recipient *recipient = walk.value;
        uint32_t roles = held_here(recipient, district, worker);

        if (roles == 0)
            continue;
        candidates[count] =
            (struct candidate){ recipient->recipient, roles, recipient->worker[0] == '\0' };
        *named |= candidates[count].is_anybody ? 0 : roles & ROLE_WORKER;
        count++;
    }
    return count;
}

struct chosen alerts_choose(struct work *work, uint32_t roles, const char *district,
                            const char *worker)
{
    struct candidate *candidates = arena_take(work->arena, RECIPIENTS_MOST * sizeof *candidates);
    struct chosen chosen = {
        .recipients = arena_take(work->arena, RECIPIENTS_MOST * sizeof *chosen.recipients),
        .missing = arena_take(work->arena, ROLE_COUNT * sizeof *chosen.missing),
    };
    uint32_t named = 0, held = 0;
    size_t count;

    if (!candidates || !chosen.recipients || !chosen.missing)
        return (struct chosen){ 0 };
    count = find_candidates(work, district, worker, candidates, &named);
    for (size_t i = 0; i < count; i++) {
        if (named && candidates[i].is_anybody)
            candidates[i].roles &= ~(uint32_t)ROLE_WORKER;
        held |= candidates[i].roles;
    }
    for (size_t bit = 0; bit < ROLE_COUNT; bit++)
        if ((roles & ~held) >> bit & 1)
            chosen.missing[chosen.missing_count++] = roles_by_bit[bit];
    if (chosen.missing_count > 0)
        roles |= ROLE_OPERATION;
    for (size_t i = 0; i < count; i++)
        if (candidates[i].roles & roles)
            chosen.recipients[chosen.count++] = candidates[i].id;
    return chosen;
}

bool alerts_has_operator(struct tables *tables)
{
    struct walk walk = walk_from(tables, &alerts_recipients, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__Recipient *recipient = walk.value;

        if (has_role(recipient->roles, recipient->n_roles,
                     ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_OPERATOR))
            return true;
        walk_forget(&walk);
    }
    return false;
}
