#include "services/measures/rules/retention.h"

#define KEPT(kind, parameter)                                                                      \
    {                                                                                              \
        "measures.retention." parameter, UNIT_PERIOD, offsetof(struct retention_law, kept[kind])   \
    }
#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.retention." parameter, unit, offsetof(struct retention_law, member)              \
    }

const struct parameter_field retention_law_fields[] = {
    KEPT(RECORD_SUPPORT_FILE, "support_file"),
    KEPT(RECORD_OCCUPANCY_TITLE, "occupancy_title"),
    KEPT(RECORD_RENT_ACCOUNT, "rent_account"),
    KEPT(RECORD_ACCOUNTING, "accounting"),
    KEPT(RECORD_OVER_INDEBTEDNESS, "over_indebtedness"),
    KEPT(RECORD_EVICTION, "eviction"),
    KEPT(RECORD_REQUEST_WITHOUT_MEASURE, "request_without_measure"),
    KEPT(RECORD_UNSUCCESSFUL_CANDIDATURE, "unsuccessful_candidature"),
    KEPT(RECORD_CRISIS, "crisis"),
    KEPT(RECORD_ACCESS_LOG, "access_log"),
    KEPT(RECORD_CONSENT_PROOF, "consent_proof"),
    FIELD(rent_claim, "rent_claim", UNIT_PERIOD),
    FIELD(access_log_least_months, "access_log_least", UNIT_MONTHS),
    FIELD(access_log_most_months, "access_log_most", UNIT_MONTHS),
    { .name = NULL },
};

struct date last_contact_date(const struct contact contacts[], size_t count)
{
    struct date last = DATE_NONE;

    for (size_t i = 0; i < count; i++)
        if (contacts[i].with_person)
            last = date_later(last, contacts[i].on);
    return last;
}

struct date file_archive_due(struct date last_contact, const struct retention_law *law)
{
    return record_purge_due(RECORD_SUPPORT_FILE, last_contact, law);
}

const struct refusal FILE_CONTACT_UNKNOWN = {
    "FILE_CONTACT_UNKNOWN",
    "last_contact",
    "PR-5",
    "Le dernier contact avec la personne n'est pas connu : enregistrez-le, à défaut la date "
    "d'ouverture du dossier.",
    "The last contact with the person is not known: record it, or else the day the file was "
    "opened.",
};
const struct refusal FILE_CONTACT_RECENT = {
    "FILE_CONTACT_RECENT",
    "last_contact",
    "PR-5, P-2",
    "La personne a été en contact il y a moins de 24 mois : le dossier reste actif.",
    "The person was in contact less than 24 months ago: the file stays active.",
};
const struct refusal FILE_HELD_BY_OPEN_MATTER = {
    "FILE_HELD_BY_OPEN_MATTER",
    "bonds",
    "PR-5",
    "Une mesure, un séjour, un solde impayé, une créance ou une procédure est en cours : terminez-"
    "la d'abord.",
    "A measure, a stay, an unpaid balance, a claim or a procedure is open: end it first.",
};

const struct refusal *file_may_be_archived(struct date last_contact, uint32_t bonds, struct date on,
                                           const struct retention_law *law)
{
    if (!date_is_set(last_contact))
        return &FILE_CONTACT_UNKNOWN;
    if (bonds != 0)
        return &FILE_HELD_BY_OPEN_MATTER;
    if (date_is_before(on, file_archive_due(last_contact, law)))
        return &FILE_CONTACT_RECENT;
    return ACCEPTED;
}

struct date record_purge_due(enum record_kind kind, struct date from,
                             const struct retention_law *law)
{
    if (kind < RECORD_SUPPORT_FILE || kind >= RECORD_KINDS)
        return DATE_NONE;
    return date_add_period(from, law->kept[kind]);
}

struct date identity_purge_due(const struct retained_record records[], size_t count,
                               const struct retention_law *law)
{
    struct date last = DATE_NONE;

    for (size_t i = 0; i < count; i++) {
        struct date due = record_purge_due(records[i].kind, records[i].from, law);

        if (!date_is_set(due))
            return DATE_NONE;
        last = date_later(last, due);
    }
    return last;
}

struct date rent_claim_last_day(struct date term_due_on, const struct retention_law *law)
{
    return date_add_period(term_due_on, law->rent_claim);
}

const struct refusal ACCESS_LOG_KEPT_TOO_SHORT = {
    "ACCESS_LOG_KEPT_TOO_SHORT",
    "months",
    "PR-4, P-6",
    "Les traces d'accès se gardent au moins six mois : augmentez la durée.",
    "Access logs are kept for at least six months: lengthen it.",
};
const struct refusal ACCESS_LOG_KEPT_TOO_LONG = {
    "ACCESS_LOG_KEPT_TOO_LONG",
    "months",
    "PR-4, P-6",
    "Les traces d'accès se gardent au plus trois ans : réduisez la durée.",
    "Access logs are kept for at most three years: shorten it.",
};

const struct refusal *access_log_period_is_allowed(int64_t months, const struct retention_law *law)
{
    if (months < law->access_log_least_months)
        return &ACCESS_LOG_KEPT_TOO_SHORT;
    if (months > law->access_log_most_months)
        return &ACCESS_LOG_KEPT_TOO_LONG;
    return ACCEPTED;
}
