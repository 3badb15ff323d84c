#include "services/lodging/rules/eviction_timers.h"

const struct parameter_field payment_order_law[] = {
    { "lodging.eviction.payment_order_period", UNIT_PERIOD,
      offsetof(struct payment_order_law, delay) },
    { 0 },
};

const struct parameter_field eviction_law[] = {
    { "lodging.eviction.guarantor_period", UNIT_PERIOD, offsetof(struct eviction_law, guarantor) },
    { "lodging.eviction.ccapex_before_summons", UNIT_PERIOD,
      offsetof(struct eviction_law, ccapex_before_summons) },
    { "lodging.eviction.prefect_notice_period", UNIT_PERIOD,
      offsetof(struct eviction_law, prefect_notice) },
    { "lodging.eviction.diagnosis_before_hearing", UNIT_PERIOD,
      offsetof(struct eviction_law, diagnosis) },
    { "lodging.eviction.payment_time_most", UNIT_MONTHS,
      offsetof(struct eviction_law, payment_months_most) },
    { "lodging.eviction.payment_time_needs_rent_resumed", UNIT_YES_NO,
      offsetof(struct eviction_law, payment_needs_rent_resumed) },
    { "lodging.eviction.order_to_leave_period", UNIT_MONTHS,
      offsetof(struct eviction_law, order_to_leave_months) },
    { "lodging.eviction.hardship_most", UNIT_MONTHS,
      offsetof(struct eviction_law, hardship_months_most) },
    { "lodging.eviction.judge_time_least", UNIT_MONTHS,
      offsetof(struct eviction_law, judge_months_least) },
    { "lodging.eviction.judge_time_most", UNIT_MONTHS,
      offsetof(struct eviction_law, judge_months_most) },
    { "lodging.eviction.police_silence", UNIT_PERIOD,
      offsetof(struct eviction_law, police_silence) },
    { "time.winter_truce.first_day", UNIT_DAY_OF_YEAR,
      offsetof(struct eviction_law, winter_truce.first) },
    { "time.winter_truce.last_day", UNIT_DAY_OF_YEAR,
      offsetof(struct eviction_law, winter_truce.last) },
    { "lodging.eviction.staying_is_punished", UNIT_YES_NO,
      offsetof(struct eviction_law, staying_is_punished) },
    { "lodging.eviction.staying_period", UNIT_PERIOD, offsetof(struct eviction_law, staying) },
    { "lodging.eviction.staying_fine", UNIT_CENTS, offsetof(struct eviction_law, fine_cents) },
    { 0 },
};

struct date payment_order_law_date(struct date made_on, struct date renewed_on)
{
    return date_later(made_on, renewed_on);
}

/* What the clause says holds where it gives more time than the law, never where it gives less: the
 * law's period cannot be shortened, and a longer one is kept (Cass., opinion of 13 June 2024). */
static struct date clause_works_after(const struct eviction_case *about,
                                      const struct payment_order_law *lease_law)
{
    return date_later(date_add_period(about->order_served_on, lease_law->delay),
                      date_add_period(about->order_served_on, about->clause));
}

struct date eviction_leave_by(const struct eviction_case *about, const struct eviction_law *law)
{
    struct date runs_from = date_later(about->leave_ordered_on, about->prefect_told_of_order_on);
    int64_t months = law->order_to_leave_months + about->hardship_months;

    if (!date_is_set(about->leave_ordered_on) || !date_is_set(about->prefect_told_of_order_on))
        return DATE_NONE;
    return date_add_months(runs_from, (int32_t)months);
}

static struct date possible_from(const struct eviction_case *about, const struct eviction_law *law)
{
    struct date leave = eviction_leave_by(about, law);
    struct date day = date_add_days(date_later(leave, about->judge_time_until), 1);

    if (!date_is_set(leave))
        return DATE_NONE;
    return about->is_truce_exempt ? day : yearly_span_next_day_outside(law->winter_truce, day);
}

/* Limits before an event that is not planned are absent, as all that is computed of no date. */
static void set_limits_before_judgment(struct eviction_timers *timers,
                                       const struct eviction_case *about,
                                       const struct eviction_law *law, enum holidays holidays)
{
    if (about->has_guarantor)
        timers->guarantor_by = time_limit(about->order_served_on, law->guarantor, holidays);
    if (about->is_corporate_landlord) {
        timers->ccapex_by = backward_limit(about->summons_on, law->ccapex_before_summons);
        timers->summons_from = date_add_period(about->ccapex_seized_on, law->ccapex_before_summons);
    }
    timers->prefect_by = backward_limit(about->hearing_on, law->prefect_notice);
    timers->prefect_aim_for =
        backward_limit_to_aim_for(about->hearing_on, law->prefect_notice, holidays);
    timers->diagnosis_by = backward_limit(about->hearing_on, law->diagnosis);
}

struct eviction_timers eviction_timers_of(const struct eviction_case *about,
                                          const struct payment_order_law *lease_law,
                                          const struct eviction_law *law, enum holidays holidays)
{
    struct date pay_by = clause_works_after(about, lease_law);
    struct eviction_timers timers = {
        .pay_by = pay_by,
        .pay_by_working_day = working_day_on_or_after(pay_by, holidays),
        .leave_by = eviction_leave_by(about, law),
        .police_refused_on = date_add_period(about->police_asked_on, law->police_silence),
        .possible_from = possible_from(about, law),
    };

    set_limits_before_judgment(&timers, about, law, holidays);
    return timers;
}
