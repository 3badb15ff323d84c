/* agreements.c - alerts of what agreements contracted, and of caseloads */
#include "services/alerts/parts.h"

#include <string.h>

/* --- A-19 ------------------------------------------------------------------------------------- */

static bool is_over_caseload(const ProtobufCMessage *event)
{
    const char *level = ((const Measures__CaseloadChanged *)event)->level;

    return strcmp(level, "OVER") == 0 || strcmp(level, "FULL") == 0;
}

/* Told once an episode, from the day it began. */
static void ask_caseload(struct work *work, const struct entry *heard)
{
    const Measures__CaseloadChanged *changed = (const Measures__CaseloadChanged *)heard->event;
    const Alerts__Records__KnownWorker *worker =
        table_get(work->tables, &alerts_workers, key_id(changed->worker));
    struct fact fact = alerts_fact(heard, "A-19", changed->worker);

    if (!is_over_caseload(heard->event)) {
        alerts_close_matters(work, "A-19", changed->worker, NULL, DATE_NONE, fact.fact_on);
        return;
    }
    if (alerts_matter_is_open(work, "A-19", changed->worker, ""))
        return;
    fact.due = date_of(changed->changed_on);
    fact.district = worker ? worker->district : "";
    alerts_open_matter(work, &fact);
}

/* --- A-20 ------------------------------------------------------------------------------------- */

/* Each threshold is a matter of its own; told as it is crossed, the highest when several are at
 * once; closed when the line is below it again. */
static void ask_line(struct work *work, const struct entry *heard)
{
    static const struct {
        uint32_t percent;
        const char *aspect;
    } thresholds[] = { { 80, "80 %" }, { 90, "90 %" }, { 100, "100 %" } };
    const Measures__AgreementLineChanged *changed =
        (const Measures__AgreementLineChanged *)heard->event;
    const Alerts__Records__KnownAgreement *agreement =
        table_get(work->tables, &alerts_agreements, key_id(changed->agreement));
    struct fact fact = alerts_fact(heard, "A-20", changed->standing ? changed->standing->line : "");
    int reached = -1;

    for (int i = 0; i < 3; i++) {
        if (changed->used_percent >= thresholds[i].percent)
            reached = i;
        else
            alerts_close_matters(work, "A-20", fact.subject, thresholds[i].aspect, DATE_NONE,
                                 fact.fact_on);
    }
    if (reached < 0 ||
        alerts_matter_is_open(work, "A-20", fact.subject, thresholds[reached].aspect))
        return;
    fact.aspect = thresholds[reached].aspect;
    fact.due = date_of(changed->changed_on);
    fact.until = agreement ? date_of(agreement->ends_on) : DATE_NONE;
    alerts_open_matter(work, &fact);
}

/* --- A-22 ------------------------------------------------------------------------------------- */

/* One without an end ends after any other. */
static bool ends_after(const Tremplin__Date *one, const Tremplin__Date *other)
{
    return other && (!one || date_is_after(date_of(one), date_of(other)));
}

/* A later agreement with the same operator for the same scheme renews those before it; one that
 * is told after its renewal is renewed already. */
static void ask_agreement(struct work *work, const struct entry *heard)
{
    const Measures__AgreementOpened *opened = (const Measures__AgreementOpened *)heard->event;
    struct fact fact = alerts_fact(heard, "A-22", opened->agreement);
    struct walk walk = walk_from(work->tables, &alerts_agreements, (struct key){ 0 });
    bool renewed = false;

    while (walk_next(&walk)) {
        const Alerts__Records__KnownAgreement *other = walk.value;
        char id[ID_TEXT_SIZE];
        size_t at = 0;

        if (!key_read_id(&walk.key, &at, id) || other->scheme != (int32_t)opened->scheme ||
            strcmp(other->operator_, opened->operator_) != 0)
            continue;
        if (ends_after(opened->ends_on, other->ends_on))
            alerts_close_matters(work, "A-22", arena_text(work->arena, id, strlen(id)), NULL,
                                 DATE_NONE, fact.fact_on);
        renewed |= ends_after(other->ends_on, opened->ends_on);
    }
    fact.due = date_of(opened->ends_on);
    fact.until = fact.due;
    if (!renewed)
        alerts_open_matter(work, &fact);
}

const struct wire alerts_of_agreements[] = {
    { &measures__caseload_changed__descriptor, "A-19", ASKS, .ask = ask_caseload },
    { &measures__agreement_line_changed__descriptor, "A-20", ASKS, .ask = ask_line },
    { &measures__agreement_opened__descriptor, "A-22", ASKS, .ask = ask_agreement },
    { 0 },
};
