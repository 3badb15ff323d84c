#include "services/intake/parts.h"

#include <string.h>

/* The rules' numbers are those of the contract. */
#define SAME(rule, wire) _Static_assert((int)(rule) == (int)(wire), #rule " is " #wire)
SAME(SCHEME_ASLL, TREMPLIN__SCHEME__SCHEME_ASLL);
SAME(SCHEME_ACTION_LOGEMENT, TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT);
SAME(SCHEME_OTHER, TREMPLIN__SCHEME__SCHEME_OTHER);
SAME(ORIGIN_FAMILY, TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_FAMILY);
SAME(ORIGIN_INSERTION_ASSOCIATION, TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_INSERTION_ASSOCIATION);
SAME(ORIGIN_ACTION_LOGEMENT, TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_ACTION_LOGEMENT);
SAME(ORIGIN_SIAO, TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SIAO);
SAME(ORIGIN_CCAPEX, TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CCAPEX);
SAME(REFUSED_OUT_OF_QUOTA, TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_OUT_OF_QUOTA);
SAME(REFUSED_OTHER, TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_OTHER);
SAME(REFUSED_CAPACITY_CONFLICT, TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_CAPACITY_CONFLICT);
SAME(HOUSEHOLD_OTHER, TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_OTHER);
SAME(AGE_BANDS, TREMPLIN__AGE_BAND__AGE_BAND_61_AND_OVER);
SAME(BODY_DISTRICT_HEAD, INTAKE__DECIDING_BODY__DECIDING_BODY_DISTRICT_HEAD);
SAME(BODY_JUDGE, INTAKE__DECIDING_BODY__DECIDING_BODY_JUDGE);
SAME(CONSENT_SIGNED, INTAKE__CONSENT_FORM__CONSENT_FORM_SIGNED);
SAME(CONSENT_ELECTRONIC, INTAKE__CONSENT_FORM__CONSENT_FORM_ELECTRONIC);

const struct refusal INTAKE_HOUSEHOLD_ERASED = {
    .code = "HOUSEHOLD_ERASED",
    .field = "household",
    .rule = "PR-7",
    .french = "Ce ménage a été effacé : plus rien ne peut être enregistré à son sujet.",
    .english = "This household was erased: nothing may be recorded about it any more.",
};

const struct refusal INTAKE_REQUEST_CLOSED = {
    .code = "REQUEST_CLOSED",
    .field = "request",
    .rule = "6.1",
    .french = "Cette demande est close : déposez-en une nouvelle.",
    .english = "This request is closed: submit a new one.",
};

const struct refusal *intake_not_before(struct work *work, const char *field, struct date date,
                                        struct date first)
{
    char day[DATE_TEXT_SIZE];

    if (!date_is_before(date, first))
        return ACCEPTED;
    date_format(first, day);
    return work_refusal(work, "DATE_TOO_EARLY", field, "",
                        arena_format(work->arena, "« %s » ne peut pas précéder le %s.", field, day),
                        arena_format(work->arena, "'%s' cannot come before %s.", field, day));
}

const struct refusal *intake_given_or_new_id(struct work *work, const char *field,
                                             const char *given, const char **id)
{
    *id = *given == '\0' ? work_new_id(work) : given;
    return need_id(work, field, *id);
}

char *intake_in_clear(struct work *work, const Tremplin__Sealed *sealed)
{
    const char *clear = work_unseal(work, sealed);

    return (char *)(uintptr_t)(clear ? clear : "");
}

bool intake_has_text(const Tremplin__Sealed *sealed)
{
    return sealed && *sealed->clear != '\0';
}

bool intake_same_date(const Tremplin__Date *a, struct date b)
{
    return date_is_same(date_of(a), b);
}

/* --- totals ----------------------------------------------------------------------------------- */

const struct table intake_totals = { "totals", &intake__records__total__descriptor };

void intake_count(struct tables *tables, const char *total, int64_t more)
{
    Intake__Records__Total row = INTAKE__RECORDS__TOTAL__INIT;

    row.count = intake_counted(tables, total) + (uint64_t)more;
    table_put(tables, &intake_totals, key_text(total), &row.base);
}

uint64_t intake_counted(struct tables *tables, const char *total)
{
    const Intake__Records__Total *row = table_get(tables, &intake_totals, key_text(total));

    return row ? row->count : 0;
}
