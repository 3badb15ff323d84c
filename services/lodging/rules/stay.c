#include "services/lodging/rules/stay.h"

const struct parameter_field stay_law[] = {
    { "lodging.stay.contract_period", UNIT_MONTHS, offsetof(struct stay_law, contract_months) },
    { "lodging.stay.shorter_term", UNIT_MONTHS, offsetof(struct stay_law, shorter_term_months) },
    { "lodging.stay.usual_term", UNIT_MONTHS, offsetof(struct stay_law, usual_term_months) },
    { "lodging.stay.longer_term", UNIT_MONTHS, offsetof(struct stay_law, longer_term_months) },
    { "lodging.stay.louez_solidaire_term", UNIT_MONTHS,
      offsetof(struct stay_law, louez_solidaire_months) },
    { "lodging.stay.alt_term", UNIT_MONTHS, offsetof(struct stay_law, alt_months) },
    { "lodging.stay.long_stay", UNIT_MONTHS, offsetof(struct stay_law, long_stay_months) },
    { "lodging.stay.dalo_after", UNIT_MONTHS, offsetof(struct stay_law, dalo_months) },
    { 0 },
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[] = {
    "", "PREPARED", "SIGNED", "RUNNING", "TERM_DUE", "NOTICE", "ENDED", "CANCELLED",
};

static const char *const events[] = {
    "",
    "PREPARE",
    "SIGN",
    "CANCEL",
    "ENTER",
    "REACH_TERM",
    "EXTEND",
    "RESIDENT_GIVES_NOTICE",
    "MANAGER_GIVES_NOTICE",
    "REGULARISE",
    "WITHDRAW_NOTICE",
    "EXIT",
};

static const struct transition transitions[] = {
    { 0, STAY_EVENT_PREPARE, STAY_PREPARED },
    { STAY_PREPARED, STAY_EVENT_SIGN, STAY_SIGNED },
    { STAY_PREPARED, STAY_EVENT_CANCEL, STAY_CANCELLED },
    { STAY_SIGNED, STAY_EVENT_ENTER, STAY_RUNNING },
    { STAY_SIGNED, STAY_EVENT_CANCEL, STAY_CANCELLED },
    { STAY_RUNNING, STAY_EVENT_REACH_TERM, STAY_TERM_DUE },
    { STAY_RUNNING, STAY_EVENT_EXTEND, STAY_RUNNING },
    { STAY_RUNNING, STAY_EVENT_RESIDENT_GIVES_NOTICE, STAY_NOTICE },
    { STAY_RUNNING, STAY_EVENT_MANAGER_GIVES_NOTICE, STAY_NOTICE },
    { STAY_RUNNING, STAY_EVENT_EXIT, STAY_ENDED },
    { STAY_TERM_DUE, STAY_EVENT_EXTEND, STAY_RUNNING },
    { STAY_TERM_DUE, STAY_EVENT_RESIDENT_GIVES_NOTICE, STAY_NOTICE },
    { STAY_TERM_DUE, STAY_EVENT_MANAGER_GIVES_NOTICE, STAY_NOTICE },
    { STAY_TERM_DUE, STAY_EVENT_EXIT, STAY_ENDED },
    { STAY_NOTICE, STAY_EVENT_REGULARISE, STAY_RUNNING },
    { STAY_NOTICE, STAY_EVENT_WITHDRAW_NOTICE, STAY_RUNNING },
    { STAY_NOTICE, STAY_EVENT_EXIT, STAY_ENDED },
};

const struct machine stay_machine = {
    .name = "stay",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << STAY_ENDED | UINT64_C(1) << STAY_CANCELLED,
};

/* --- the title and the entry ------------------------------------------------------------------ */

const struct refusal TITLE_WITHOUT_DOCUMENT = {
    .code = "TITLE_WITHOUT_DOCUMENT",
    .field = "document",
    .rule = "S0-8",
    .french = "Joignez la référence du titre d'occupation signé.",
    .english = "Add the reference of the signed occupancy title.",
};

const struct refusal TITLE_NOT_SIGNED_BY_BOTH = {
    .code = "TITLE_NOT_SIGNED_BY_BOTH",
    .field = "signatures",
    .rule = "6.7, RS-2",
    .french = "Le titre doit être signé par le résident et par le gestionnaire.",
    .english = "The title is signed by the resident and by the manager.",
};

const struct refusal TITLE_WITHOUT_SIGNATURE_DATE = {
    .code = "TITLE_WITHOUT_SIGNATURE_DATE",
    .field = "signed_on",
    .rule = "S0-8",
    .french = "Indiquez la date de signature du titre.",
    .english = "Give the date on which the title was signed.",
};

const struct refusal TITLE_WITHOUT_HOUSE_RULES = {
    .code = "TITLE_WITHOUT_HOUSE_RULES",
    .field = "house_rules_annexed",
    .rule = "RS-2, L633-2",
    .french = "Le règlement intérieur doit être annexé au contrat et paraphé par le résident.",
    .english = "The house rules are annexed to the contract and initialled by the resident.",
};

const struct refusal TITLE_TIED_TO_EMPLOYMENT = {
    .code = "TITLE_TIED_TO_EMPLOYMENT",
    .field = "title",
    .rule = "RS-10",
    .french = "Le titre d'occupation ne peut pas être l'accessoire d'un contrat de travail.",
    .english = "The title cannot be an accessory of an employment contract.",
};

const struct refusal STAY_WITHOUT_ENTRY_DATE = {
    .code = "STAY_WITHOUT_ENTRY_DATE",
    .field = "entered_on",
    .rule = "S0-7",
    .french = "Indiquez la date d'entrée.",
    .english = "Give the date of entry.",
};

const struct refusal STAY_BEFORE_TITLE = {
    .code = "STAY_BEFORE_TITLE",
    .field = "entered_on",
    .rule = "S0-8",
    .french = "Pas d'entrée sans titre signé : l'entrée a lieu le jour de la signature ou après.",
    .english = "No entry without a signed title: entry is on the day of the signature or later.",
};

const struct refusal STAY_PLACE_TAKEN = {
    .code = "STAY_PLACE_TAKEN",
    .field = "unit",
    .rule = "C-13",
    .french = "Un autre séjour occupe cette place à cette date : vérifiez la place et la date.",
    .english = "Another stay holds this place then: check the place and the date.",
};

const struct refusal *title_may_be_signed(const struct occupancy_title *title, enum unit_kind kind)
{
    if (!title->has_document)
        return &TITLE_WITHOUT_DOCUMENT;
    if (!title->is_signed_by_resident || !title->is_signed_by_manager)
        return &TITLE_NOT_SIGNED_BY_BOTH;
    if (!date_is_valid(title->signed_on))
        return &TITLE_WITHOUT_SIGNATURE_DATE;
    if (kind != SCATTERED_UNIT && !title->has_house_rules)
        return &TITLE_WITHOUT_HOUSE_RULES;
    return title->is_tied_to_employment ? &TITLE_TIED_TO_EMPLOYMENT : ACCEPTED;
}

/* A stay without days shares none. */
static bool starts_before_end(struct stay_span first, struct stay_span second)
{
    return !date_is_set(second.exit) || date_is_before(first.entry, second.exit);
}

bool stays_overlap(struct stay_span a, struct stay_span b)
{
    return starts_before_end(a, b) && starts_before_end(b, a) && starts_before_end(a, a) &&
           starts_before_end(b, b);
}

const struct refusal *stay_may_begin(struct date signed_on, struct date entry,
                                     const struct stay_span others[], size_t count)
{
    struct stay_span asked = { .entry = entry };

    if (!date_is_valid(entry))
        return &STAY_WITHOUT_ENTRY_DATE;
    if (!date_is_set(signed_on) || date_is_before(entry, signed_on))
        return &STAY_BEFORE_TITLE;
    for (size_t i = 0; i < count; i++)
        if (stays_overlap(asked, others[i]))
            return &STAY_PLACE_TAKEN;
    return ACCEPTED;
}

/* --- the term --------------------------------------------------------------------------------- */

const struct refusal STAY_HAS_NO_TERM = {
    .code = "STAY_HAS_NO_TERM",
    .field = "term_months",
    .rule = "PF-1, RS-12",
    .french = "Ce séjour n'a pas de durée cible : aucune échéance n'est à fixer ni à prolonger.",
    .english = "This stay has no target term: there is none to set or to extend.",
};

const struct refusal STAY_TERM_NOT_OFFERED = {
    .code = "STAY_TERM_NOT_OFFERED",
    .field = "term_months",
    .rule = "S4-9, ALT-1",
    .french = "Choisissez une durée proposée pour ce type de logement : 18, 24 ou 36 mois, 6 mois "
              "en ALT.",
    .english = "Choose a term offered for this kind of housing: 18, 24 or 36 months, 6 for ALT.",
};

const struct refusal EXTENSION_WITHOUT_LENGTH = {
    .code = "EXTENSION_WITHOUT_LENGTH",
    .field = "months",
    .rule = "6.7",
    .french = "Indiquez de combien de mois le séjour est prolongé, entre 1 et 120.",
    .english = "Say by how many months the stay is extended, from 1 to 120.",
};

const struct refusal EXTENSION_WITHOUT_REASON = {
    .code = "EXTENSION_WITHOUT_REASON",
    .field = "reason",
    .rule = "6.7",
    .french = "Indiquez le motif de la prolongation du séjour.",
    .english = "Give the reason for extending the stay.",
};

const struct refusal EXTENSION_WITHOUT_DECIDER = {
    .code = "EXTENSION_WITHOUT_DECIDER",
    .field = "decided_by",
    .rule = "6.7, A-51",
    .french = "Indiquez qui a décidé de la prolongation.",
    .english = "Say who decided to extend the stay.",
};

enum { LONGEST_EXTENSION_MONTHS = 120 };

static bool has_no_term(struct stay_kind kind)
{
    return kind.kind == FAMILY_BOARDING_HOUSE || kind.is_former_hostel_resident;
}

int64_t stay_default_term(struct stay_kind kind, const struct stay_law *law)
{
    if (has_no_term(kind))
        return 0;
    if (kind.programme == PROGRAMME_ALT)
        return law->alt_months;
    if (kind.programme == PROGRAMME_LOUEZ_SOLIDAIRE)
        return law->louez_solidaire_months;
    return law->usual_term_months;
}

const struct refusal *stay_term_may_be(struct stay_kind kind, int64_t months,
                                       const struct stay_law *law)
{
    if (has_no_term(kind))
        return months == 0 ? ACCEPTED : &STAY_HAS_NO_TERM;
    if (months == stay_default_term(kind, law))
        return ACCEPTED;
    if (kind.programme != PROGRAMME_ALT &&
        (months == law->shorter_term_months || months == law->usual_term_months ||
         months == law->longer_term_months))
        return ACCEPTED;
    return &STAY_TERM_NOT_OFFERED;
}

struct date stay_target_end(struct date entry, int64_t term_months, int64_t extended_months)
{
    if (term_months == 0)
        return DATE_NONE;
    return date_add_months(entry, (int32_t)(term_months + extended_months));
}

bool stay_term_comes_due(enum stay_state state, struct date target_end, struct date on)
{
    return state == STAY_RUNNING && date_is_set(target_end) && !date_is_before(on, target_end);
}

const struct refusal *stay_may_be_extended(int64_t term_months, int64_t months, bool has_reason,
                                           bool has_decider)
{
    if (term_months == 0)
        return &STAY_HAS_NO_TERM;
    if (months < 1 || months > LONGEST_EXTENSION_MONTHS)
        return &EXTENSION_WITHOUT_LENGTH;
    if (!has_reason)
        return &EXTENSION_WITHOUT_REASON;
    return has_decider ? ACCEPTED : &EXTENSION_WITHOUT_DECIDER;
}

struct date stay_contract_renews_on(struct date entry, struct date day, const struct stay_law *law)
{
    int64_t contracts = months_between(entry, day) / law->contract_months;

    return date_add_months(entry, (int32_t)((contracts + 1) * law->contract_months));
}

/* --- the length ------------------------------------------------------------------------------- */

int32_t stay_months(struct date entry, struct date until)
{
    return months_between(entry, until);
}

bool stay_is_longer_than(struct date entry, struct date until, int64_t months)
{
    return date_is_after(until, date_add_months(entry, (int32_t)months));
}

struct date stay_is_long_from(struct date entry, const struct stay_law *law)
{
    return date_add_months(entry, (int32_t)law->long_stay_months);
}

struct date stay_allows_dalo_from(struct date entry, enum unit_kind kind,
                                  const struct stay_law *law)
{
    if (!unit_kind_is_temporary(kind))
        return DATE_NONE;
    return date_add_months(entry, (int32_t)law->dalo_months);
}
