#include "services/measures/rules/social_watch.h"

const struct parameter_field watch_law_fields[] = {
    { "measures.social_watch.clean_reviews", UNIT_COUNT,
      offsetof(struct watch_law, clean_reviews) },
    { "measures.social_watch.silence_period", UNIT_PERIOD, offsetof(struct watch_law, silence) },
    { .name = NULL },
};

/* --- the monthly meeting ---------------------------------------------------------------------- */

struct date watch_meeting_due(struct date last_meeting)
{
    return date_last_of_month(date_first_of_next_month(last_meeting));
}

bool watch_month_has_meeting(const struct date meetings[], size_t count, struct date month)
{
    for (size_t i = 0; i < count; i++)
        if (date_is_same(date_first_of_month(meetings[i]), date_first_of_month(month)))
            return true;
    return false;
}

/* --- on and off the list ---------------------------------------------------------------------- */

const struct refusal WATCH_ALREADY_ON_THE_LIST = {
    "WATCH_ALREADY_ON_THE_LIST",
    "household",
    "S2-32",
    "Ce ménage est déjà suivi en veille sociale : ajoutez une note à son dossier.",
    "This household is on the watch list already: add a note to its file.",
};
const struct refusal WATCH_WITHOUT_REASON = {
    "WATCH_WITHOUT_REASON",
    "reason",
    "S2-30",
    "Indiquez la difficulté qui motive la veille.",
    "Name the difficulty that is the reason for the watch.",
};

const struct refusal *watch_may_be_entered(bool is_on_the_list, enum watch_reason reason)
{
    if (is_on_the_list)
        return &WATCH_ALREADY_ON_THE_LIST;
    if (reason < WATCH_ISOLATION || reason > WATCH_OTHER)
        return &WATCH_WITHOUT_REASON;
    return ACCEPTED;
}

int64_t watch_clean_reviews(const struct watch_review reviews[], size_t count, struct date from)
{
    struct date last_clean = DATE_NONE;
    int64_t clean = 0;

    for (size_t i = 0; i < count; i++) {
        if (date_is_before(reviews[i].on, from))
            continue;
        if (reviews[i].result != REVIEW_CLEAN) {
            clean = 0;
            last_clean = DATE_NONE;
        } else if (!date_is_same(reviews[i].on, last_clean)) {
            clean++;
            last_clean = reviews[i].on;
        }
    }
    return clean;
}

const struct refusal WATCH_REVIEWS_NOT_CLEAN = {
    "WATCH_REVIEWS_NOT_CLEAN",
    "",
    "6.12",
    "Il faut deux revues de suite sans difficulté pour sortir de la veille : attendez la prochaine "
    "réunion.",
    "Two reviews in a row without difficulty are needed to leave the watch: wait for the next "
    "meeting.",
};

const struct refusal *watch_may_be_left(int64_t clean_reviews, const struct watch_law *law)
{
    return clean_reviews < law->clean_reviews ? &WATCH_REVIEWS_NOT_CLEAN : ACCEPTED;
}

/* --- silence ---------------------------------------------------------------------------------- */

struct date watch_silent_from(struct date last_entry, const struct watch_law *law)
{
    return date_add_days(date_add_period(last_entry, law->silence), 1);
}

bool watch_is_silent(struct date last_entry, struct date on, const struct watch_law *law)
{
    return date_is_set(last_entry) && !date_is_before(on, watch_silent_from(last_entry, law));
}
