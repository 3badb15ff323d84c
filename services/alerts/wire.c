#include "services/alerts/parts.h"

/* --- hearing ---------------------------------------------------------------------------------- */

static struct fact fact_of(const struct entry *heard, const struct wire *wire)
{
    struct fact fact = alerts_fact(heard, wire->rule, alerts_text_in(heard->event, wire->subject));

    if (wire->aspect)
        fact.aspect = alerts_text_in(heard->event, wire->aspect);
    if (wire->due)
        fact.due = date_add_months(alerts_date_in(heard->event, wire->due), wire->months);
    if (wire->until)
        fact.until = alerts_date_in(heard->event, wire->until);
    return fact;
}

static void follow(struct work *work, const struct entry *heard, const struct wire *wire)
{
    struct fact fact = { 0 };

    if (wire->only && !wire->only(heard->event))
        return;
    if (wire->effect != ASKS)
        fact = fact_of(heard, wire);
    switch (wire->effect) {
    case OPENS:
        if (!alerts_matter_is_open(work, fact.rule, fact.subject, fact.aspect))
            alerts_open_matter(work, &fact);
        break;
    case MOVES: alerts_move_matter(work, &fact, false); break;
    case POSTPONES: alerts_move_matter(work, &fact, true); break;
    case CLOSES:
        alerts_close_matters(work, wire->rule, fact.subject, wire->aspect ? fact.aspect : NULL,
                             DATE_NONE, fact.fact_on);
        break;
    case ASKS: wire->ask(work, heard); break;
    }
}

const struct wire *const alerts_wires[] = {
    alerts_of_requests,
    alerts_of_agreements,
    alerts_of_measures,
    alerts_of_vacancies,
    alerts_of_stays,
    alerts_of_arrears,
    NULL,
};

void alerts_hear(struct work *work, const struct entry *heard)
{
    for (size_t group = 0; alerts_wires[group]; group++)
        for (const struct wire *wire = alerts_wires[group]; wire->event; wire++)
            if (wire->event == heard->event->descriptor)
                follow(work, heard, wire);
}

/* The key is no more: what alerts tells of a household has no name in it anyway. */
static void hear_erased(struct work *work, const struct entry *heard)
{
    work_destroy_key(work, alerts_text_in(heard->event, "household"));
}

/* --- whom alerts follows ---------------------------------------------------------------------- */

static const struct hearing of_intake[] = {
    { &intake__household_registered__descriptor, alerts_know_household, NULL },
    { &intake__situation_changed__descriptor, alerts_know_situation, NULL },
    { &intake__household_erased__descriptor, alerts_know_erased, hear_erased },
    { &intake__session_planned__descriptor, alerts_know_session, alerts_hear },
    { &intake__session_held__descriptor, NULL, alerts_hear },
    { &intake__request_found_incomplete__descriptor, NULL, alerts_hear },
    { &intake__request_completed__descriptor, alerts_know_waiting, alerts_hear },
    { &intake__request_scheduled__descriptor, alerts_forget_waiting, alerts_hear },
    { &intake__request_deferred__descriptor, alerts_know_deferred, alerts_hear },
    { &intake__request_granted__descriptor, alerts_forget_waiting, alerts_hear },
    { &intake__request_refused__descriptor, alerts_forget_waiting, alerts_hear },
    { &intake__request_withdrawn__descriptor, alerts_forget_waiting, alerts_hear },
    { &intake__request_lapsed__descriptor, alerts_forget_waiting, alerts_hear },
    { &intake__accreditation_changed__descriptor, alerts_know_accreditation, alerts_hear },
    { &tremplin__operator_warned__descriptor, NULL, alerts_hear_warning },
    { &tremplin__operator_warning_ended__descriptor, NULL, alerts_hear_warning },
    { 0 },
};

static const struct hearing of_measures[] = {
    { &measures__worker_registered__descriptor, alerts_know_worker, NULL },
    { &measures__agreement_opened__descriptor, alerts_know_agreement, alerts_hear },
    { &measures__agreement_line_changed__descriptor, NULL, alerts_hear },
    { &measures__measure_granted__descriptor, alerts_know_measure, alerts_hear },
    { &measures__matter_to_settle__descriptor, NULL, alerts_hear },
    { &measures__matter_settled__descriptor, NULL, alerts_hear },
    { &measures__measure_assigned__descriptor, alerts_know_assigned, alerts_hear },
    { &measures__caseload_changed__descriptor, NULL, alerts_hear },
    { &measures__first_meeting_held__descriptor, NULL, alerts_hear },
    { &measures__measure_started__descriptor, NULL, alerts_hear },
    { &measures__contact_noted__descriptor, NULL, alerts_hear },
    { &measures__measure_suspended__descriptor, NULL, alerts_hear },
    { &measures__measure_resumed__descriptor, NULL, alerts_hear },
    { &measures__review_written__descriptor, NULL, alerts_hear },
    { &measures__measure_renewed__descriptor, NULL, alerts_hear },
    { &measures__measure_closing__descriptor, NULL, alerts_hear },
    { &measures__measure_closed__descriptor, NULL, alerts_hear },
    { &measures__measure_cancelled__descriptor, NULL, alerts_hear },
    { &measures__follow_up_planned__descriptor, NULL, alerts_hear },
    { &measures__follow_up_ended__descriptor, NULL, alerts_hear },
    { &tremplin__operator_warned__descriptor, NULL, alerts_hear_warning },
    { &tremplin__operator_warning_ended__descriptor, NULL, alerts_hear_warning },
    { 0 },
};

static const struct hearing of_lodging[] = {
    { &lodging__unit_commissioned__descriptor, alerts_know_unit, NULL },
    { &lodging__vacancy_opened__descriptor, alerts_know_vacancy, alerts_hear },
    { &lodging__vacancy_extended__descriptor, alerts_know_extended, alerts_hear },
    { &lodging__candidature_proposed__descriptor, NULL, alerts_hear },
    { &lodging__candidature_refused__descriptor, NULL, alerts_hear },
    { &lodging__candidature_withdrawn__descriptor, NULL, alerts_hear },
    { &lodging__candidature_retained__descriptor, NULL, alerts_hear },
    { &lodging__vacancy_filled__descriptor, NULL, alerts_hear },
    { &lodging__vacancy_lost__descriptor, NULL, alerts_hear },
    { &lodging__vacancy_returned__descriptor, NULL, alerts_hear },
    { &lodging__corrective_action_recorded__descriptor, NULL, alerts_hear },
    { &lodging__stay_started__descriptor, NULL, alerts_hear },
    { &lodging__stay_ended__descriptor, NULL, alerts_hear },
    { &lodging__arrears_began__descriptor, NULL, alerts_hear },
    { &lodging__arrears_ended__descriptor, NULL, alerts_hear },
    { &tremplin__operator_warned__descriptor, NULL, alerts_hear_warning },
    { &tremplin__operator_warning_ended__descriptor, NULL, alerts_hear_warning },
    { 0 },
};

const struct source alerts_sources[] = {
    { "intake", &intake__event__descriptor, of_intake },
    { "measures", &measures__event__descriptor, of_measures },
    { "lodging", &lodging__event__descriptor, of_lodging },
    { 0 },
};
