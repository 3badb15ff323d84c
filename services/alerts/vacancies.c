/* vacancies.c - alerts of freed places and their eight days (domain.md 7.3) */
#include "services/alerts/parts.h"

#define OPENED    &lodging__vacancy_opened__descriptor
#define PROPOSED  &lodging__candidature_proposed__descriptor
#define REFUSED   &lodging__candidature_refused__descriptor
#define WITHDRAWN &lodging__candidature_withdrawn__descriptor
#define RETAINED  &lodging__candidature_retained__descriptor
#define FILLED    &lodging__vacancy_filled__descriptor
#define LOST      &lodging__vacancy_lost__descriptor
#define RETURNED  &lodging__vacancy_returned__descriptor
#define ACTION    &lodging__corrective_action_recorded__descriptor

/* A-30 counts from the notification; where a vacancy was extended, from as much later. */
static struct date clock_of(struct date notified_on, struct date first_last_day,
                            struct date last_day)
{
    return date_add_days(notified_on, days_between(first_last_day, last_day));
}

static void ask_extended(struct work *work, const struct entry *heard)
{
    const Lodging__VacancyExtended *extended = (const Lodging__VacancyExtended *)heard->event;
    const Alerts__Records__KnownVacancy *known =
        table_get(work->tables, &alerts_vacancies, key_id(extended->vacancy));
    struct fact fact = alerts_fact(heard, "A-30", extended->vacancy);

    if (!known)
        return;
    fact.due = clock_of(date_of(known->notified_on), date_of(known->last_day),
                        date_of(extended->last_day));
    fact.until = date_of(extended->last_day);
    alerts_move_matter(work, &fact, true);
}

/* The last candidate left: candidates are wanted again, on the same clock (C-14). */
static void ask_again(struct work *work, const struct entry *heard)
{
    const char *vacancy = alerts_text_in(heard->event, "vacancy");
    const Alerts__Records__KnownVacancy *known =
        table_get(work->tables, &alerts_vacancies, key_id(vacancy));
    struct fact fact = alerts_fact(heard, "A-30", vacancy);

    if (!known)
        return;
    fact.due = date_of(known->notified_on);
    fact.until = date_of(known->last_day);
    alerts_open_matter(work, &fact);
}

static void ask_refused(struct work *work, const struct entry *heard)
{
    if (((const Lodging__CandidatureRefused *)heard->event)->pending == 0)
        ask_again(work, heard);
}

static void ask_withdrawn(struct work *work, const struct entry *heard)
{
    if (((const Lodging__CandidatureWithdrawn *)heard->event)->pending == 0)
        ask_again(work, heard);
}

/* an action told after its own day is history. */
static bool is_ahead(const ProtobufCMessage *event)
{
    const Lodging__CorrectiveActionRecorded *action =
        (const Lodging__CorrectiveActionRecorded *)event;

    return !date_is_before(date_of(action->due_on), date_of(action->recorded_on));
}

static bool is_free(const ProtobufCMessage *event)
{
    return ((const Lodging__VacancyOpened *)event)->free_on != NULL;
}

static bool is_free_since_notified(const ProtobufCMessage *event)
{
    return !is_free(event);
}

const struct wire alerts_of_vacancies[] = {
    /* candidates to be sent, until one is or the last day is over. */
    { OPENED, "A-30", OPENS, .subject = "vacancy", .due = "notified_on", .until = "last_day" },
    { &lodging__vacancy_extended__descriptor, "A-30", ASKS, .ask = ask_extended },
    { PROPOSED, "A-30", CLOSES, .subject = "vacancy" },
    { FILLED, "A-30", CLOSES, .subject = "vacancy" },
    { LOST, "A-30", CLOSES, .subject = "vacancy" },
    { RETURNED, "A-30", CLOSES, .subject = "vacancy" },
    { REFUSED, "A-30", ASKS, .ask = ask_refused },
    { WITHDRAWN, "A-30", ASKS, .ask = ask_withdrawn },
    /* a candidate refused or gone, until there is another or the vacancy is over. */
    { REFUSED, "A-31", OPENS, .subject = "vacancy", .due = "refused_on", .aspect = "candidature" },
    { WITHDRAWN, "A-31", OPENS, .subject = "vacancy", .due = "withdrawn_on",
      .aspect = "candidature" },
    { PROPOSED, "A-31", CLOSES, .subject = "vacancy" },
    { RETAINED, "A-31", CLOSES, .subject = "vacancy" },
    { FILLED, "A-31", CLOSES, .subject = "vacancy" },
    { LOST, "A-31", CLOSES, .subject = "vacancy" },
    { RETURNED, "A-31", CLOSES, .subject = "vacancy" },
    /* lost, until something is done so that it does not recur, or it is given back. */
    { LOST, "A-32", OPENS, .subject = "vacancy", .due = "lost_on" },
    { ACTION, "A-32", CLOSES, .subject = "vacancy" },
    { RETURNED, "A-32", CLOSES, .subject = "vacancy" },
    /* that action falls due; people say when it is done. */
    { ACTION, "A-33", MOVES, .subject = "vacancy", .due = "due_on", .only = is_ahead },
    /* the place stays empty. */
    { OPENED, "A-40", OPENS, .subject = "vacancy", .due = "free_on", .only = is_free },
    { OPENED, "A-40", OPENS, .subject = "vacancy", .due = "notified_on",
      .only = is_free_since_notified },
    { FILLED, "A-40", CLOSES, .subject = "vacancy" },
    { RETURNED, "A-40", CLOSES, .subject = "vacancy" },
    { 0 },
};
