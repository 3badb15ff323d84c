#include "services/lodging/accounts.h"
#include "services/lodging/rules/candidature.h"
#include "services/lodging/rules/stay.h"
#include "services/lodging/vacancies.h"

#include <string.h>

static const struct refusal place_has_open_vacancy = {
    .code = "PLACE_HAS_OPEN_VACANCY",
    .field = "candidature",
    .rule = "6.6, C-14",
    .french = "Une vacance est ouverte pour cette place : signez le titre avec la candidature "
              "retenue.",
    .english = "A vacancy is open for this place: sign the title with the candidature retained.",
};

static const struct refusal candidature_of_another = {
    .code = "CANDIDATURE_OF_ANOTHER",
    .field = "candidature",
    .rule = "6.6",
    .french = "Cette candidature est celle d'un autre ménage ou d'un autre logement.",
    .english = "This candidature is of another household or of another unit.",
};

/* What a title is about, once all that must fit does. */
struct signing {
    const Lodging__Records__Unit *unit;
    const Lodging__Records__Candidature *candidature; /* NULL: none */
    const Lodging__Records__Vacancy *vacancy;         /* of it */
    uint32_t place;
    struct date signed_on;
    int64_t term_months;
};

/* Without a candidature: a place that is free and for which nobody is sought. */
static const struct refusal *choose_free_place(const Lodging__Records__Unit *unit, uint32_t *place)
{
    bool has_vacancy = false;

    for (uint32_t i = 1; i <= unit->n_places; i++) {
        const Lodging__Records__Place *candidate = unit->places[i - 1];

        if (candidate->state == UNIT_AVAILABLE && *candidate->vacancy == '\0') {
            *place = i;
            return ACCEPTED;
        }
        has_vacancy |= *candidate->vacancy != '\0';
    }
    return has_vacancy ? &place_has_open_vacancy : &STAY_PLACE_TAKEN;
}

/* With one: the place of its vacancy, for which it is retained, once it is free. */
static const struct refusal *take_retained_place(struct work *work, const Lodging__SignTitle *asked,
                                                 struct signing *signing)
{
    struct vacancy_fact fact = { .at_ms = lodging_fact_instant(work, signing->signed_on),
                                 .kind = FACT_TITLE_SIGNED };
    const struct refusal *refusal;
    struct vacancy vacancy;

    signing->candidature =
        table_get(work->tables, &lodging_candidatures, key_id(asked->candidature));
    signing->vacancy = signing->candidature ? table_get(work->tables, &lodging_vacancies,
                                                        key_id(signing->candidature->vacancy))
                                            : NULL;
    if (!signing->vacancy)
        return not_known(work, "candidature", asked->candidature);
    if (strcmp(signing->candidature->household, asked->household) != 0 ||
        strcmp(signing->candidature->unit, asked->unit) != 0)
        return &candidature_of_another;
    vacancy = lodging_vacancy_of(signing->vacancy);
    fact.candidature = (int32_t)signing->candidature->number;
    refusal = vacancy_accepts(&vacancy, &fact);
    if (refusal)
        return lodging_renamed(work, refusal, "vacancy", "candidature");
    signing->place = signing->vacancy->place;
    return lodging_place(signing->unit, signing->place)->state == UNIT_RESERVED
               ? ACCEPTED
               : &VACANCY_PLACE_NOT_FREE;
}

static struct stay_kind kind_of(const Lodging__Records__Unit *unit)
{
    return (struct stay_kind){ .kind = (enum unit_kind)unit->kind,
                               .programme = lodging_programme(unit->programme) };
}

static const struct refusal *choose_term(struct work *work, const Lodging__SignTitle *asked,
                                         struct signing *signing)
{
    struct stay_kind kind = kind_of(signing->unit);
    struct stay_law law;
    const struct refusal *refusal = work_law(work, stay_law, signing->signed_on, &law);

    if (refusal)
        return refusal;
    signing->term_months = asked->term_months;
    if (asked->term_months == 0)
        signing->term_months = stay_default_term(kind, &law);
    return stay_term_may_be(kind, signing->term_months, &law);
}

static const struct refusal *may_be_signed(struct work *work, const Lodging__SignTitle *asked,
                                           struct signing *signing)
{
    const struct occupancy_title title = {
        .has_document = *asked->document != '\0',
        .is_signed_by_resident = true, /* a title is recorded once both have signed */
        .is_signed_by_manager = true,
        .has_house_rules = asked->house_rules_annexed,
        .signed_on = signing->signed_on,
    };
    const struct refusal *refusal =
        title_may_be_signed(&title, (enum unit_kind)signing->unit->kind);

    if (!refusal)
        refusal = choose_term(work, asked, signing);
    if (refusal)
        return refusal;
    return *asked->candidature == '\0' ? choose_free_place(signing->unit, &signing->place)
                                       : take_retained_place(work, asked, signing);
}

static void emit_signed(struct work *work, const Lodging__SignTitle *asked,
                        const struct signing *signing, const Lodging__SignTitleReply *made)
{
    Lodging__TitleSigned title = LODGING__TITLE_SIGNED__INIT;

    title.stay = made->stay;
    title.account = made->account;
    title.unit = asked->unit;
    title.residence = signing->unit->residence;
    title.household = asked->household;
    title.candidature = asked->candidature;
    title.signed_on = date_field(work->arena, signing->signed_on);
    title.term_months = (uint32_t)signing->term_months;
    title.place = signing->place;
    title.rent = signing->unit->rent;
    title.charges = signing->unit->charges;
    title.services = signing->unit->services;
    title.aid_payee = asked->aid_payee;
    title.kind = signing->unit->kind;
    lodging_emit_with_words(work, &title.base, made->stay, signing->signed_on, asked->household,
                            asked->document);
}

const struct refusal *lodging_on_sign_title(struct work *work, const void *body)
{
    const Lodging__SignTitle *asked = body;
    Lodging__SignTitleReply reply = LODGING__SIGN_TITLE_REPLY__INIT;
    struct signing signing = { .unit =
                                   table_get(work->tables, &lodging_units, key_id(asked->unit)) };
    const struct refusal *refusal = need_id(work, "household", asked->household);
    const char *stay, *account;

    if (!refusal)
        refusal = need_no_nir(work, "document", asked->document);
    if (!refusal)
        refusal = need_fact_date(work, "signed_on", asked->signed_on, &signing.signed_on);
    if (refusal)
        return refusal;
    if (!signing.unit)
        return not_known(work, "unit", asked->unit);
    refusal = may_be_signed(work, asked, &signing);
    if (!refusal)
        refusal = lodging_new_id(work, "stay", &lodging_stays, asked->stay, &stay);
    if (!refusal)
        refusal = lodging_new_id(work, "account", &lodging_accounts, asked->account, &account);
    if (refusal)
        return refusal;
    reply.stay = lodging_text(stay);
    reply.account = lodging_text(account);
    emit_signed(work, asked, &signing, &reply);
    if (signing.candidature)
        lodging_emit_vacancy_filled(work, asked->candidature, signing.candidature, signing.vacancy,
                                    signing.signed_on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void take_place(struct tables *tables, const Lodging__TitleSigned *title)
{
    Lodging__Records__Unit *unit = table_get(tables, &lodging_units, key_id(title->unit));
    Lodging__Records__Place *place = unit ? lodging_place(unit, title->place) : NULL;

    if (!place)
        return;
    if (place->state == UNIT_AVAILABLE)
        lodging_place_move(place, UNIT_EVENT_RETAIN_CANDIDATE);
    lodging_place_move(place, UNIT_EVENT_SIGN_TITLE);
    place->stay = title->stay;
    table_put(tables, &lodging_units, key_id(title->unit), &unit->base);
}

void lodging_apply_title_signed(struct tables *tables, const struct entry *entry)
{
    const Lodging__TitleSigned *title = (const Lodging__TitleSigned *)entry->event;
    Lodging__Records__Stay row = LODGING__RECORDS__STAY__INIT;

    row.unit = title->unit;
    row.residence = title->residence;
    row.place = title->place;
    row.household = title->household;
    row.account = title->account;
    row.state = STAY_SIGNED;
    row.signed_on = title->signed_on;
    row.document = lodging_words(entry);
    row.term_months = title->term_months;
    table_put(tables, &lodging_stays, key_id(title->stay), &row.base);
    take_place(tables, title);
    lodging_account_open(tables, title);
}
