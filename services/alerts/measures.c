/* measures.c - alerts of measures, from the grant to the contact six months after (domain.md 7.2)
 */
#include "services/alerts/parts.h"

#define GRANTED   &measures__measure_granted__descriptor
#define ASSIGNED  &measures__measure_assigned__descriptor
#define MET       &measures__first_meeting_held__descriptor
#define STARTED   &measures__measure_started__descriptor
#define RESUMED   &measures__measure_resumed__descriptor
#define SUSPENDED &measures__measure_suspended__descriptor
#define RENEWED   &measures__measure_renewed__descriptor
#define CLOSING   &measures__measure_closing__descriptor
#define CLOSED    &measures__measure_closed__descriptor
#define CANCELLED &measures__measure_cancelled__descriptor

/* Absent once the first meeting was held: a change of worker asks for no other one. */
static bool must_meet(const ProtobufCMessage *event)
{
    return ((const Measures__MeasureAssigned *)event)->meet_by != NULL;
}

static bool is_with_household(const ProtobufCMessage *event)
{
    return ((const Measures__ContactNoted *)event)->with_household;
}

static bool has_cap(const ProtobufCMessage *event)
{
    return date_is_set(alerts_date_in(event, "cap_on"));
}

/* A-13 counts from the last day with support, as people say it; events carry the first without
 * (C-1). */
static void ask_end(struct work *work, const struct entry *heard)
{
    struct fact fact = alerts_fact(heard, "A-13", alerts_text_in(heard->event, "measure"));

    fact.due = date_add_days(alerts_date_in(heard->event, "end"), -1);
    alerts_move_matter(work, &fact, false);
}

static void open_reviews(struct work *work, const struct entry *heard, Tremplin__Date *const *due,
                         size_t count)
{
    struct fact fact = alerts_fact(heard, "A-17", alerts_text_in(heard->event, "measure"));

    for (size_t i = 0; i < count; i++) {
        fact.due = date_of(due[i]);
        alerts_open_matter(work, &fact);
    }
}

static void ask_reviews_of_started(struct work *work, const struct entry *heard)
{
    const Measures__MeasureStarted *started = (const Measures__MeasureStarted *)heard->event;

    open_reviews(work, heard, started->reviews_due, started->n_reviews_due);
}

static void ask_reviews_of_renewed(struct work *work, const struct entry *heard)
{
    const Measures__MeasureRenewed *renewed = (const Measures__MeasureRenewed *)heard->event;

    open_reviews(work, heard, renewed->reviews_due, renewed->n_reviews_due);
}

static bool is_among(struct date day, Tremplin__Date *const *days, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (date_is_same(day, date_of(days[i])))
            return true;
    return false;
}

/* The reviews left to its new end are all there are: one that was due by the old end is no more.
 * An event of a release that said no cap says nothing of reviews either. */
static void ask_reviews_of_resumed(struct work *work, const struct entry *heard)
{
    const Measures__MeasureResumed *resumed = (const Measures__MeasureResumed *)heard->event;
    struct walk walk = walk_from(work->tables, &alerts_matters_by_fact,
                                 alerts_fact_key("A-17", resumed->measure, NULL));

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *open = walk.value;
        const Alerts__Records__Matter *matter =
            table_get(work->tables, &alerts_matters, key_id(open->id));

        if (matter &&
            !is_among(date_of(matter->due_on), resumed->reviews_due, resumed->n_reviews_due))
            alerts_close_matter(work, open->id, date_of(resumed->resumed_on), NULL);
    }
    open_reviews(work, heard, resumed->reviews_due, resumed->n_reviews_due);
}

/* A review settles all that fell due before the next one. */
static void ask_review(struct work *work, const struct entry *heard)
{
    const Measures__ReviewWritten *written = (const Measures__ReviewWritten *)heard->event;

    alerts_close_matters(work, "A-17", written->measure, NULL, date_of(written->next_due_on),
                         date_of(heard->header->date));
    open_reviews(work, heard, &written->next_due_on, written->next_due_on != NULL);
}

const struct wire alerts_of_measures[] = {
    /* S-1: what a rule would have refused and people must settle. */
    { &measures__matter_to_settle__descriptor, "S-1", OPENS, .subject = "measure",
      .due = "found_on", .aspect = "matter" },
    { &measures__matter_settled__descriptor, "S-1", CLOSES, .subject = "measure",
      .aspect = "matter" },
    { CLOSED, "S-1", CLOSES, .subject = "measure" },
    { CANCELLED, "S-1", CLOSES, .subject = "measure" },
    /* granted and not assigned. */
    { GRANTED, "A-10", OPENS, .subject = "measure", .due = "granted_on" },
    { ASSIGNED, "A-10", CLOSES, .subject = "measure" },
    { STARTED, "A-10", CLOSES, .subject = "measure" },
    { CANCELLED, "A-10", CLOSES, .subject = "measure" },
    { CLOSING, "A-10", CLOSES, .subject = "measure" },
    /* assigned, and the first meeting not held. */
    { ASSIGNED, "A-66", MOVES, .subject = "measure", .due = "assigned_on", .only = must_meet },
    { MET, "A-66", CLOSES, .subject = "measure" },
    { STARTED, "A-66", CLOSES, .subject = "measure" },
    { CANCELLED, "A-66", CLOSES, .subject = "measure" },
    { CLOSING, "A-66", CLOSES, .subject = "measure" },
    /* met, and the contract not signed. */
    { MET, "A-11", OPENS, .subject = "measure", .due = "held_on" },
    { STARTED, "A-11", CLOSES, .subject = "measure" },
    { CANCELLED, "A-11", CLOSES, .subject = "measure" },
    { CLOSING, "A-11", CLOSES, .subject = "measure" },
    /* its end comes near. */
    { STARTED, "A-13", ASKS, .ask = ask_end },
    { RESUMED, "A-13", ASKS, .ask = ask_end },
    { RENEWED, "A-13", ASKS, .ask = ask_end },
    { CLOSING, "A-13", CLOSES, .subject = "measure" },
    { CANCELLED, "A-13", CLOSES, .subject = "measure" },
    /* the scheme's total is near (C-25: on leads before the cap date, nothing else). */
    { STARTED, "A-14", MOVES, .subject = "measure", .due = "cap_on", .until = "cap_on" },
    { RENEWED, "A-14", MOVES, .subject = "measure", .due = "cap_on", .until = "cap_on",
      .only = has_cap },
    { RESUMED, "A-14", MOVES, .subject = "measure", .due = "cap_on", .until = "cap_on",
      .only = has_cap },
    { CLOSING, "A-14", CLOSES, .subject = "measure" },
    { CANCELLED, "A-14", CLOSES, .subject = "measure" },
    /* a review is due. */
    { STARTED, "A-17", ASKS, .ask = ask_reviews_of_started },
    { RENEWED, "A-17", ASKS, .ask = ask_reviews_of_renewed },
    { RESUMED, "A-17", ASKS, .ask = ask_reviews_of_resumed, .only = has_cap },
    { &measures__review_written__descriptor, "A-17", ASKS, .ask = ask_review },
    { CLOSING, "A-17", CLOSES, .subject = "measure" },
    { CANCELLED, "A-17", CLOSES, .subject = "measure" },
    /* no contact; each contact moves it. A renewal told after the end opens it again. */
    { RENEWED, "A-18", OPENS, .subject = "measure", .due = "decided_on" },
    { STARTED, "A-18", MOVES, .subject = "measure", .due = "started_on" },
    { RESUMED, "A-18", MOVES, .subject = "measure", .due = "resumed_on" },
    { &measures__contact_noted__descriptor, "A-18", POSTPONES, .subject = "measure",
      .due = "contact_on", .only = is_with_household },
    { SUSPENDED, "A-18", CLOSES, .subject = "measure" },
    { CLOSING, "A-18", CLOSES, .subject = "measure" },
    { CANCELLED, "A-18", CLOSES, .subject = "measure" },
    /* over, and its evaluation owed; told again, the last end holds, and what is told late
     * may say that it was not over. */
    { RENEWED, "A-25", CLOSES, .subject = "measure" },
    { SUSPENDED, "A-25", CLOSES, .subject = "measure" },
    { CLOSING, "A-25", MOVES, .subject = "measure", .due = "ended_on" },
    { CLOSED, "A-25", CLOSES, .subject = "measure" },
    /* the contact six months after. */
    { &measures__follow_up_planned__descriptor, "A-24", MOVES, .subject = "measure",
      .due = "due_on" },
    { &measures__follow_up_ended__descriptor, "A-24", CLOSES, .subject = "measure" },
    { 0 },
};
