#include "services/reporting/rules/figure.h"

#include "libcommon/money.h"

#include <stdio.h>
#include <string.h>

const struct refusal FIGURE_WITHOUT_UNIT = {
    .code = "FIGURE_WITHOUT_UNIT",
    .field = "counts",
    .rule = "SX-4",
    .french = "Un chiffre dit ce qu'il compte, et sur quoi : choisissez l'unité du numérateur et "
              "celle du dénominateur.",
    .english = "A figure says what it counts, and over what: choose the unit of the numerator and "
               "of the denominator.",
};

const struct refusal FIGURE_OUT_OF_BOUNDS = {
    .code = "FIGURE_OUT_OF_BOUNDS",
    .field = "numerator",
    .rule = "§2",
    .french = "Un chiffre publié est un nombre entier positif ou nul, et son dénominateur aussi.",
    .english = "A published figure is a whole number, zero or more, and so is its denominator.",
};

const struct refusal FIGURE_TOO_PRECISE = {
    .code = "FIGURE_TOO_PRECISE",
    .field = "decimals",
    .rule = "C-2",
    .french = "Un chiffre se publie avec trois décimales au plus.",
    .english = "A figure is published with three decimals at most.",
};

const struct refusal FIGURE_COUNT_HAS_DENOMINATOR = {
    .code = "FIGURE_COUNT_HAS_DENOMINATOR",
    .field = "denominator",
    .rule = "§2",
    .french = "Un décompte n'a ni dénominateur ni décimale : choisissez une part ou un rapport.",
    .english = "A count has neither denominator nor decimals: choose a share or a ratio.",
};

const struct refusal FIGURE_SHARE_OF_ANOTHER_UNIT = {
    .code = "FIGURE_SHARE_OF_ANOTHER_UNIT",
    .field = "per",
    .rule = "Q3",
    .french = "Une part compte la même chose en haut et en bas : des ménages sur des ménages, des "
              "mesures sur des mesures.",
    .english = "A share counts the same thing above and below: households over households, "
               "measures over measures.",
};

const struct refusal FIGURE_SHARE_ABOVE_WHOLE = {
    .code = "FIGURE_SHARE_ABOVE_WHOLE",
    .field = "numerator",
    .rule = "Q3",
    .french =
        "Une part ne dépasse pas 100 % : vérifiez que le dénominateur contient le numérateur.",
    .english = "A share does not exceed 100 %: check that the denominator holds the numerator.",
};

const struct refusal FIGURE_PERIOD_STILL_OPEN = {
    .code = "FIGURE_PERIOD_STILL_OPEN",
    .field = "published_on",
    .rule = "Q40",
    .french = "La période n'est pas finie : le chiffre se fige à partir du lendemain de son "
              "dernier jour.",
    .english = "The period is not over: the figure is frozen from the day after its last day.",
};

const struct refusal FIGURE_IS_ANOTHER = {
    .code = "FIGURE_IS_ANOTHER",
    .field = "id",
    .rule = "Q40",
    .french = "Ce n'est pas le même chiffre : l'identifiant, la période, le périmètre, les unités "
              "et la précision doivent être ceux du chiffre publié.",
    .english = "This is not the same figure: id, period, scope, units and precision must be those "
               "of the published one.",
};

const struct refusal FIGURE_RECOMPUTED_BEFORE_PUBLISHED = {
    .code = "FIGURE_RECOMPUTED_BEFORE_PUBLISHED",
    .field = "recomputed_on",
    .rule = "Q40",
    .french = "Un nouveau calcul ne peut pas être antérieur au précédent, ni à la publication.",
    .english = "A new computation cannot be earlier than the last one, nor than publication.",
};

const struct refusal FIGURE_DIFFERENCE_WITHOUT_NOTE = {
    .code = "FIGURE_DIFFERENCE_WITHOUT_NOTE",
    .field = "note",
    .rule = "Q40",
    .french = "Le nouveau calcul diffère du chiffre publié : dites pourquoi dans la note.",
    .english = "The new computation differs from the published figure: say why in the note.",
};

const struct parameter_field wording_law[] = {
    { "publication.more_than_two_thirds", UNIT_COUNT,
      offsetof(struct wording_law, two_thirds_thousandths) },
    { "publication.about_half.from", UNIT_COUNT,
      offsetof(struct wording_law, half_from_thousandths) },
    { "publication.about_half.to", UNIT_COUNT, offsetof(struct wording_law, half_to_thousandths) },
    { "publication.almost_none", UNIT_COUNT,
      offsetof(struct wording_law, almost_none_thousandths) },
    { "publication.nearly_all", UNIT_COUNT, offsetof(struct wording_law, nearly_all_thousandths) },
    { "publication.approximate", UNIT_PERCENT, offsetof(struct wording_law, approximate_percent) },
    { 0 },
};

static bool is_within_bounds(int64_t count)
{
    return count >= 0 && count <= FIGURE_LARGEST;
}

static const struct refusal *check_denominator(const struct figure *figure)
{
    if (figure->form == FORM_COUNT)
        return figure->per != 0 || figure->denominator != 0 || figure->decimals != 0
                   ? &FIGURE_COUNT_HAS_DENOMINATOR
                   : ACCEPTED;
    if (figure->per == 0)
        return &FIGURE_WITHOUT_UNIT;
    if (figure->form == FORM_RATIO)
        return ACCEPTED;
    if (figure->per != figure->counts)
        return &FIGURE_SHARE_OF_ANOTHER_UNIT;
    return figure->numerator > figure->denominator ? &FIGURE_SHARE_ABOVE_WHOLE : ACCEPTED;
}

const struct refusal *figure_check(const struct figure *figure)
{
    if (figure->form == 0 || figure->counts == 0)
        return &FIGURE_WITHOUT_UNIT;
    if (!is_within_bounds(figure->numerator) || !is_within_bounds(figure->denominator))
        return &FIGURE_OUT_OF_BOUNDS;
    if (figure->decimals > FIGURE_DECIMALS_MOST)
        return &FIGURE_TOO_PRECISE;
    return check_denominator(figure);
}

static int64_t power_of_ten(unsigned exponent)
{
    int64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

struct number figure_value(const struct figure *figure)
{
    int64_t scale = power_of_ten(figure->decimals) * (figure->form == FORM_SHARE ? 100 : 1);

    if (figure->form == FORM_COUNT)
        return (struct number){ .is_known = true, .scaled = figure->numerator };
    if (figure->denominator <= 0)
        return (struct number){ .decimals = figure->decimals };
    return (struct number){
        .is_known = true,
        .decimals = figure->decimals,
        .scaled = divide_half_up(figure->numerator * scale, figure->denominator),
    };
}

const char *number_format(struct number number, char mark, char text[static NUMBER_TEXT_SIZE])
{
    int64_t scale = power_of_ten(number.decimals);
    size_t length;

    text[0] = '\0';
    if (!number.is_known)
        return text;
    snprintf(text, NUMBER_TEXT_SIZE, "%lld", (long long)(number.scaled / scale));
    if (number.decimals == 0)
        return text;
    length = strlen(text);
    text[length++] = mark;
    for (int64_t place = scale / 10; place > 0; place /= 10)
        text[length++] = (char)('0' + number.scaled / place % 10);
    text[length] = '\0';
    return text;
}

int64_t count_of_union(int64_t first, int64_t second, int64_t in_both)
{
    return first + second - in_both;
}

int64_t count_of_rest(int64_t total, const int64_t parts[], size_t count)
{
    int64_t rest = total;

    for (size_t i = 0; i < count; i++)
        rest -= parts[i];
    return rest < 0 ? -1 : rest;
}

bool wording_holds(const struct wording_law *law, enum wording wording, int64_t numerator,
                   int64_t denominator)
{
    int64_t thousandfold = numerator * 1000;

    if (denominator <= 0)
        return false;
    switch (wording) {
    case MORE_THAN_TWO_THIRDS: return thousandfold > law->two_thirds_thousandths * denominator;
    case ABOUT_HALF:
        return thousandfold >= law->half_from_thousandths * denominator &&
               thousandfold <= law->half_to_thousandths * denominator;
    case ALMOST_NONE: return thousandfold < law->almost_none_thousandths * denominator;
    case NEARLY_ALL: return thousandfold >= law->nearly_all_thousandths * denominator;
    }
    return false;
}

const char *wording_french(enum wording wording)
{
    switch (wording) {
    case MORE_THAN_TWO_THIRDS: return "plus des deux tiers";
    case ABOUT_HALF: return "environ la moitié";
    case ALMOST_NONE: return "presque aucun";
    case NEARLY_ALL: return "la quasi-totalité";
    }
    return "";
}

const char *wording_english(enum wording wording)
{
    switch (wording) {
    case MORE_THAN_TWO_THIRDS: return "more than two thirds";
    case ABOUT_HALF: return "about half";
    case ALMOST_NONE: return "almost none";
    case NEARLY_ALL: return "nearly all";
    }
    return "";
}

bool count_is_about(const struct wording_law *law, int64_t count, int64_t about)
{
    int64_t off = count < about ? about - count : count - about;

    return off * 100 <= about * law->approximate_percent;
}

static bool figure_is_same_kind(const struct figure *one, const struct figure *other)
{
    return strcmp(one->id, other->id) == 0 && strcmp(one->scope, other->scope) == 0 &&
           date_is_same(one->from, other->from) && date_is_same(one->end, other->end) &&
           one->form == other->form && one->counts == other->counts && one->per == other->per &&
           one->decimals == other->decimals;
}

const struct refusal *figure_freeze(const struct figure *figure, struct date on,
                                    struct frozen_figure *frozen)
{
    const struct refusal *refusal = figure_check(figure);

    if (refusal)
        return refusal;
    if (date_is_before(on, figure->end))
        return &FIGURE_PERIOD_STILL_OPEN;
    *frozen = (struct frozen_figure){ .published = *figure, .published_on = on };
    return ACCEPTED;
}

static enum figure_agreement compare(const struct figure *published, const struct figure *again)
{
    struct number one = figure_value(published), other = figure_value(again);

    if (published->numerator == again->numerator && published->denominator == again->denominator)
        return FIGURE_SAME;
    return one.is_known == other.is_known && one.scaled == other.scaled ? FIGURE_ROUNDS_ALIKE
                                                                        : FIGURE_DIFFERS;
}

const struct refusal *figure_recompute(struct frozen_figure *frozen, const struct figure *again,
                                       struct date on)
{
    const struct refusal *refusal = figure_check(again);

    if (refusal)
        return refusal;
    if (!figure_is_same_kind(&frozen->published, again))
        return &FIGURE_IS_ANOTHER;
    if (date_is_before(on, date_later(frozen->published_on, frozen->recomputed_on)))
        return &FIGURE_RECOMPUTED_BEFORE_PUBLISHED;
    if (compare(&frozen->published, again) == FIGURE_DIFFERS && again->note[0] == '\0')
        return &FIGURE_DIFFERENCE_WITHOUT_NOTE;
    frozen->recomputed = *again;
    frozen->recomputed_on = on;
    frozen->version++;
    return ACCEPTED;
}

enum figure_agreement figure_agreement(const struct frozen_figure *frozen)
{
    if (frozen->version == 0)
        return FIGURE_NOT_RECOMPUTED;
    return compare(&frozen->published, &frozen->recomputed);
}
