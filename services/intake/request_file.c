#include "services/intake/requests.h"

#include "services/intake/rules/completeness.h"
#include "services/intake/rules/eligibility.h"

/* The contract's items as the rules'; an item that no scheme asks for is only told in events. */
static const enum item items[] = {
    [INTAKE__FILE_ITEM__FILE_ITEM_CONSENT] = ITEM_CONSENT,
    [INTAKE__FILE_ITEM__FILE_ITEM_RESOURCES] = ITEM_RESOURCES,
    [INTAKE__FILE_ITEM__FILE_ITEM_HOUSING_SITUATION] = ITEM_TENURE,
    [INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT] = ITEM_SOCIAL_EVALUATION,
    [INTAKE__FILE_ITEM__FILE_ITEM_RIGHT_OF_STAY] = ITEM_RIGHT_OF_STAY,
    [INTAKE__FILE_ITEM__FILE_ITEM_PRE_DIAGNOSIS] = ITEM_PRE_DIAGNOSIS,
    [INTAKE__FILE_ITEM__FILE_ITEM_BENEFIT_CERTIFICATE] = ITEM_SOCIAL_BENEFITS,
    [INTAKE__FILE_ITEM__FILE_ITEM_PROJECT] = ITEM_INSERTION_PROJECT,
    [INTAKE__FILE_ITEM__FILE_ITEM_PRESCRIBER] = ITEM_PRESCRIBER,
    [INTAKE__FILE_ITEM__FILE_ITEM_PRIOR_DIAGNOSIS] = ITEM_PRIOR_DIAGNOSIS,
    [INTAKE__FILE_ITEM__FILE_ITEM_SUPPORT_KIND] = ITEM_SUPPORT_KIND,
    [INTAKE__FILE_ITEM__FILE_ITEM_ENFORCEABLE_RIGHT] = ITEM_ENFORCEABLE_RIGHT,
    [INTAKE__FILE_ITEM__FILE_ITEM_MANAGEMENT_DIFFICULTY] = ITEM_MANAGEMENT_DIFFICULTY,
    [INTAKE__FILE_ITEM__FILE_ITEM_RECOMMENDATIONS] = ITEM_RECOMMENDATIONS,
    [INTAKE__FILE_ITEM__FILE_ITEM_ENTRY_REASON] = ITEM_ENTRY_REASON,
    [INTAKE__FILE_ITEM__FILE_ITEM_EMPLOYMENT] = ITEM_EMPLOYMENT,
    [INTAKE__FILE_ITEM__FILE_ITEM_HOUSEHOLD_TYPE] = ITEM_HOUSEHOLD_TYPE,
    [INTAKE__FILE_ITEM__FILE_ITEM_PREVIOUS_HOUSING] = ITEM_PREVIOUS_HOUSING,
    [INTAKE__FILE_ITEM__FILE_ITEM_OUT_OF_REACH_REASON] = ITEM_OUT_OF_REACH_REASON,
    [INTAKE__FILE_ITEM__FILE_ITEM_RESERVATION_HOLDER] = ITEM_RESERVATION_HOLDER,
    [INTAKE__FILE_ITEM__FILE_ITEM_FEE_GUARD] = ITEM_FEE_GUARD,
    [INTAKE__FILE_ITEM__FILE_ITEM_SIAO_REQUEST] = ITEM_SIAO_REQUEST,
    [INTAKE__FILE_ITEM__FILE_ITEM_LANDLORD_AGREEMENT] = ITEM_LANDLORD_AGREEMENT,
    [INTAKE__FILE_ITEM__FILE_ITEM_HOUSEHOLD_COMPOSITION] = ITEM_HOUSEHOLD_COMPOSITION,
};

static const unsigned wire_items = sizeof items / sizeof *items;

uint32_t intake_items_given(const Intake__FileItem *given, size_t count)
{
    uint32_t set = 0;

    for (size_t i = 0; i < count; i++)
        if ((unsigned)given[i] < wire_items && items[given[i]] != 0)
            set |= UINT32_C(1) << items[given[i]];
    return set;
}

Intake__FileItem *intake_items_of(struct work *work, uint32_t set, size_t *count)
{
    Intake__FileItem *list = arena_take(work->arena, ITEM_COUNT * sizeof *list);

    *count = 0;
    for (unsigned i = 0; list && i < wire_items; i++)
        if (items[i] != 0 && (set >> items[i] & 1) != 0)
            list[(*count)++] = (Intake__FileItem)i;
    return list;
}

/* --- what is there without being handed in ---------------------------------------------------- */

uint32_t intake_items_of_situation(const Intake__Situation *situation)
{
    uint32_t set = 0;

    if (!situation)
        return 0;
    if (situation->adults + situation->children > 0)
        set |= ITEM(HOUSEHOLD_COMPOSITION);
    if (situation->type != 0)
        set |= ITEM(HOUSEHOLD_TYPE);
    if (situation->tenure != 0)
        set |= ITEM(TENURE);
    if (situation->previous_housing != 0)
        set |= ITEM(PREVIOUS_HOUSING);
    if (situation->socio_professional_status != 0)
        set |= ITEM(EMPLOYMENT);
    if (situation->resource_band == TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL ||
        situation->resource_band == TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE)
        set |= ITEM(RESOURCES);
    return set;
}

/* What an assessment that came with a request is, by scheme. */
static uint32_t item_of_assessment(enum scheme scheme)
{
    switch (scheme) {
    case SCHEME_ACTION_LOGEMENT: return ITEM(PRE_DIAGNOSIS);
    case SCHEME_AVDL_DALO:
    case SCHEME_AVDL_NON_DALO: return ITEM(PRIOR_DIAGNOSIS);
    default: return ITEM(SOCIAL_EVALUATION);
    }
}

uint32_t intake_items_of_request(const Intake__SubmitRequest *asked)
{
    uint32_t set = intake_items_given(asked->items, asked->n_items);

    if (asked->consented_on)
        set |= ITEM(CONSENT);
    if (*asked->prescriber != '\0')
        set |= ITEM(PRESCRIBER);
    if (*asked->prescriber != '\0' &&
        asked->origin == TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_RESERVATION_HOLDER)
        set |= ITEM(RESERVATION_HOLDER);
    if (asked->origin == TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SIAO)
        set |= ITEM(RESERVATION_HOLDER);
    if (asked->n_domains > 0)
        set |= ITEM(ENTRY_REASON);
    if (intake_has_text(asked->assessment))
        set |= item_of_assessment((enum scheme)asked->scheme);
    return set;
}

/* --- conditions ------------------------------------------------------------------------------- */

/* The birth date, or the latest one that the age band told leaves possible. */
static const struct refusal *birth_or_band(struct work *work,
                                           const Intake__Records__Household *household,
                                           struct date on, struct date *birth)
{
    const Intake__Situation *situation = household->situation;
    struct age_band_law law;
    const struct refusal *refusal = work_law(work, age_band_law, on, &law);

    *birth = intake_birth_of(work, household);
    if (refusal || date_is_set(*birth) || !situation || situation->age_band == 0)
        return refusal;
    *birth = date_add_years(on, -(int32_t)law.from_years[situation->age_band - 1]);
    return ACCEPTED;
}

const struct refusal *intake_eligibility(struct work *work, enum scheme scheme, uint32_t held,
                                         const Intake__Records__Household *household,
                                         struct date assessed_on, struct date on)
{
    struct eligibility facts = {
        .receives_social_benefits = (held & ITEM(SOCIAL_BENEFITS)) != 0,
        .health_or_safety_is_threatened = (held & ITEM(MANAGEMENT_DIFFICULTY)) != 0,
        .diagnosed_on = date_is_set(assessed_on) ? assessed_on : on,
        .diagnosis_finds_support_needed = (held & ITEM(PRIOR_DIAGNOSIS)) != 0,
    };
    struct eligibility_law law;
    const struct refusal *refusal = work_law(work, eligibility_law, on, &law);

    if (!refusal)
        refusal = birth_or_band(work, household, on, &facts.birth_date);
    return refusal ? refusal : eligibility_accept(scheme, &facts, on, &law);
}
