#include "services/lodging/accounts.h"

#include <string.h>

const struct table lodging_accounts_late = { "accounts_late", &lodging__records__link__descriptor };

/* The facts of the contract, in its order. */
enum { FACTS = 4 };
static const Lodging__ArrearsFact facts[FACTS] = {
    LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID,
    LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD,
    LODGING__ARREARS_FACT__ARREARS_FACT_TERMINATION_POSSIBLE,
    LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD,
};

/* --- what is looked at ------------------------------------------------------------------------ */

/* An account while its facts are followed from day to day. */
struct following {
    struct work *work;
    struct lodging_account *account;
    struct ledger ledger;
    struct fee_period fee;
    struct arrears_law_period law;
    struct arrears_question question;
    int64_t aid_received_cents; /* for the latest term, on the day looked at */
    bool is_residence;
};

static enum aid_payee payee_of(Lodging__AidPayee payee)
{
    switch (payee) {
    case LODGING__AID_PAYEE__AID_PAYEE_NOBODY: return AID_TO_NOBODY;
    case LODGING__AID_PAYEE__AID_PAYEE_HOUSEHOLD: return AID_TO_HOUSEHOLD;
    default: return AID_TO_MANAGER; /* as lodging.proto says */
    }
}

static void begin(struct following *following, struct work *work, struct lodging_account *account)
{
    static const struct date always = { 1900, 1, 1 };
    const Lodging__Records__Account *row = account->row;

    *following = (struct following){ .work = work, .account = account };
    following->ledger =
        (struct ledger){ .entries = account->entries, .count = account->entry_count };
    following->fee = (struct fee_period){ .from = always,
                                          .fee = { .rent_cents = cents_of(row->rent),
                                                   .charges_cents = cents_of(row->charges),
                                                   .services_cents = cents_of(row->services) },
                                          .aid_payee = payee_of(row->aid_payee) };
    following->question = (struct arrears_question){ .ledger = &following->ledger,
                                                     .fees = &following->fee,
                                                     .fee_count = 1,
                                                     .laws = &following->law,
                                                     .law_count = 1,
                                                     .weighed = WHOLE_DEBT };
    following->is_residence = row->kind != TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED;
}

static struct arrears facts_of(const Lodging__AccountStanding *standing)
{
    if (!standing)
        return (struct arrears){ 0 };
    return (struct arrears){
        .owing_since = date_of(standing->owing_since),
        .housing_owing_since = date_of(standing->housing_owing_since),
        .late_since = date_of(standing->late_since),
        .aid_threshold_since = date_of(standing->apl_threshold_since),
        .aid_report_due_on = date_of(standing->apl_report_due_on),
        .ccapex_threshold_since = date_of(standing->ccapex_threshold_since),
        .unpaid_terms_since = date_of(standing->unpaid_terms_since),
        .part_payment_since = date_of(standing->part_payment_since),
    };
}

static void tell_facts(struct arena *arena, const struct arrears *found,
                       Lodging__AccountStanding *standing)
{
    standing->owing_since = date_field(arena, found->owing_since);
    standing->housing_owing_since = date_field(arena, found->housing_owing_since);
    standing->late_since = date_field(arena, found->late_since);
    standing->apl_threshold_since = date_field(arena, found->aid_threshold_since);
    standing->apl_report_due_on = date_field(arena, found->aid_report_due_on);
    standing->ccapex_threshold_since = date_field(arena, found->ccapex_threshold_since);
    standing->unpaid_terms_since = date_field(arena, found->unpaid_terms_since);
    standing->part_payment_since = date_field(arena, found->part_payment_since);
}

/* --- one fact --------------------------------------------------------------------------------- */

/* Both tests of RS-5 are one fact: it began with the first. */
static struct date residence_since(const struct arrears *found)
{
    if (!date_is_set(found->unpaid_terms_since))
        return found->part_payment_since;
    if (!date_is_set(found->part_payment_since))
        return found->unpaid_terms_since;
    return date_earlier(found->unpaid_terms_since, found->part_payment_since);
}

/* Since when the fact holds; absent: it does not.  RS-5 ends contracts of residences, while there
 * is one. */
static struct date since_of(const struct following *following, const struct arrears *found,
                            Lodging__ArrearsFact fact)
{
    switch (fact) {
    case LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID: return found->late_since;
    case LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD: return found->aid_threshold_since;
    case LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD: return found->ccapex_threshold_since;
    default:
        return following->is_residence && !following->account->has_left ? residence_since(found)
                                                                        : DATE_NONE;
    }
}

static int64_t threshold_of(const struct following *following, Lodging__ArrearsFact fact)
{
    const struct arrears_law *law = &following->law.law;
    const struct fee_period *fee = &following->fee;

    switch (fact) {
    case LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD:
        return arrears_aid_threshold_cents(fee, following->aid_received_cents, law);
    case LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD:
        return arrears_ccapex_threshold_cents(&fee->fee, law);
    case LODGING__ARREARS_FACT__ARREARS_FACT_TERMINATION_POSSIBLE:
        return arrears_residence_threshold_cents(&fee->fee, law);
    default: return 0;
    }
}

/* Thresholds on housing debt weigh rent and charges; the others services too. */
static int64_t debt_of_fact(const struct arrears *found, Lodging__ArrearsFact fact)
{
    bool is_housing = fact == LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD ||
                      fact == LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD;

    return is_housing ? found->debt.housing_cents : found->debt.weighed_cents;
}

/* --- changes ---------------------------------------------------------------------------------- */

/* The episode that runs, of before or begun in this input; "" when none does. */
static const char *running_episode(const struct lodging_account *account, Lodging__ArrearsFact fact)
{
    const char *episode = "";

    for (size_t i = 0; i < account->row->n_episodes; i++)
        if (account->row->episodes[i]->fact == fact)
            episode = account->row->episodes[i]->episode;
    for (const struct lodging_fact_change *change = account->first_change; change;
         change = change->next)
        if (change->fact == fact)
            episode = change->began ? change->episode : "";
    return episode;
}

static struct lodging_fact_change *add_change(struct following *following,
                                              Lodging__ArrearsFact fact, const char *episode,
                                              struct date on)
{
    struct lodging_account *account = following->account;
    struct lodging_fact_change *change = arena_take(following->work->arena, sizeof *change);

    if (!change)
        return NULL;
    change->fact = fact;
    change->episode = episode;
    change->on = on;
    if (account->last_change)
        account->last_change->next = change;
    else
        account->first_change = change;
    account->last_change = change;
    return change;
}

static void note_begin(struct following *following, Lodging__ArrearsFact fact,
                       const struct arrears *found, struct date on)
{
    struct lodging_fact_change *change =
        add_change(following, fact, work_new_id(following->work), on);

    if (!change)
        return;
    change->began = true;
    change->debt_cents = debt_of_fact(found, fact);
    change->threshold_cents = threshold_of(following, fact);
    if (fact == LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD)
        change->act_by = found->aid_report_due_on;
}

static void note_changes(struct following *following, const struct arrears *found, struct date day)
{
    for (int i = 0; i < FACTS; i++) {
        const char *episode = running_episode(following->account, facts[i]);
        bool holds = date_is_set(since_of(following, found, facts[i]));

        if (holds && *episode == '\0')
            note_begin(following, facts[i], found, day);
        else if (!holds && *episode != '\0')
            add_change(following, facts[i], episode, day);
    }
}

/* --- following -------------------------------------------------------------------------------- */

/* The law of the day; refused when the parameters do not say it. */
static const struct refusal *take_law(struct following *following, struct date day)
{
    return work_law(following->work, arrears_law, day, &following->law.law);
}

/* The aid that came for the latest term, which the threshold of ARR-1 deducts. */
static void note_aid(struct following *following, struct date day)
{
    size_t count = account_term_count(&following->ledger, day);

    following->aid_received_cents =
        count > 0 ? following->account->terms[count - 1].aided_cents : 0;
}

/* Brings the facts to the end of a later day, the next on which one can change or the last. */
static const struct refusal *step(struct following *following, struct arrears *found,
                                  struct date last, struct date *day)
{
    struct date next = arrears_next_day(&following->question, found, *day);
    const struct refusal *refusal;

    *day = date_is_set(next) ? date_earlier(next, last) : last;
    refusal = take_law(following, *day);
    if (refusal)
        return refusal;
    arrears_on_day(&following->question, *day, following->account->terms,
                   following->account->term_capacity, found);
    note_aid(following, *day);
    return ACCEPTED;
}

static struct date day_before(struct date day)
{
    return date_add_days(day, -1);
}

/* From the last day looked at to today, which is looked at again when it was before. */
static const struct refusal *follow_to_today(struct following *following, struct arrears *found,
                                             struct date looked_at_on)
{
    struct date today = following->work->today;
    struct date day =
        date_is_set(looked_at_on) ? date_earlier(looked_at_on, day_before(today)) : DATE_NONE;
    const struct refusal *refusal = take_law(following, today);

    while (!refusal && date_is_before(day, today)) {
        refusal = step(following, found, today, &day);
        if (!refusal)
            note_changes(following, found, day);
    }
    return refusal;
}

static void move_since(struct date *since, struct date told)
{
    if (date_is_set(*since) && date_is_set(told))
        *since = date_earlier(*since, told);
}

/* What was told late began when it did, not when it was told: what is still owed says since when.
 */
static void date_back(struct following *following, struct arrears *found)
{
    struct date today = following->work->today, day = DATE_NONE;
    struct arrears told = { 0 };

    while (date_is_before(day, today))
        if (step(following, &told, today, &day) != ACCEPTED)
            return;
    move_since(&found->owing_since, told.owing_since);
    move_since(&found->housing_owing_since, told.housing_owing_since);
    move_since(&found->late_since, told.late_since);
    move_since(&found->aid_threshold_since, told.aid_threshold_since);
    move_since(&found->aid_report_due_on, told.aid_report_due_on);
    move_since(&found->ccapex_threshold_since, told.ccapex_threshold_since);
    move_since(&found->unpaid_terms_since, told.unpaid_terms_since);
    move_since(&found->part_payment_since, told.part_payment_since);
    for (struct lodging_fact_change *change = following->account->first_change; change;
         change = change->next) {
        change->on = change->began ? since_of(following, found, change->fact)
                                   : following->account->first_new;
        if (change->began && date_is_set(change->act_by))
            change->act_by = found->aid_report_due_on;
    }
}

/* The first day to come on which a fact changes if no money moves; absent when on none. */
static struct date next_change(struct following *following, struct arrears found)
{
    enum { DAYS_MOST = 64 };
    const struct arrears now = found;
    struct date day = following->work->today;

    for (int i = 0; i < DAYS_MOST; i++) {
        day = arrears_next_day(&following->question, &found, day);
        if (!date_is_set(day))
            return DATE_NONE;
        arrears_on_day(&following->question, day, following->account->terms,
                       following->account->term_capacity, &found);
        for (int fact = 0; fact < FACTS; fact++)
            if (date_is_set(since_of(following, &found, facts[fact])) !=
                date_is_set(since_of(following, &now, facts[fact])))
                return day;
    }
    return day;
}

const struct refusal *lodging_arrears_follow(struct work *work, struct lodging_account *account)
{
    struct date looked_at_on =
        account->row->standing ? date_of(account->row->standing->looked_at_on) : DATE_NONE;
    struct arrears found = facts_of(account->row->standing);
    struct following following;
    const struct refusal *refusal;
    struct date next;

    begin(&following, work, account);
    refusal = follow_to_today(&following, &found, looked_at_on);
    if (!refusal && account->first_change && date_is_set(account->first_new) &&
        !date_is_after(account->first_new, looked_at_on))
        date_back(&following, &found);
    tell_facts(work->arena, &found, account->standing);
    account->standing->looked_at_on = date_field(work->arena, work->today);
    next = refusal ? DATE_NONE : next_change(&following, found);
    account->standing->next_look_ms = start_of_day(next);
    return refusal;
}

/* --- what is emitted -------------------------------------------------------------------------- */

static void emit_began(struct work *work, const struct lodging_account *account,
                       const struct lodging_fact_change *change)
{
    Lodging__ArrearsBegan began = LODGING__ARREARS_BEGAN__INIT;

    began.account = lodging_text(account->id);
    began.stay = account->row->stay;
    began.household = account->row->household;
    began.unit = account->row->unit;
    began.fact = change->fact;
    began.since = date_field(work->arena, change->on);
    began.act_by = date_field(work->arena, change->act_by);
    began.debt = money_field(work->arena, change->debt_cents);
    if (change->threshold_cents > 0)
        began.threshold = money_field(work->arena, change->threshold_cents);
    began.episode = lodging_text(change->episode);
    work_emit(work, &began.base, account->id, change->on);
}

static void emit_ended(struct work *work, const struct lodging_account *account,
                       const struct lodging_fact_change *change)
{
    Lodging__ArrearsEnded ended = LODGING__ARREARS_ENDED__INIT;

    ended.account = lodging_text(account->id);
    ended.stay = account->row->stay;
    ended.household = account->row->household;
    ended.unit = account->row->unit;
    ended.fact = change->fact;
    ended.ended_on = date_field(work->arena, change->on);
    ended.episode = lodging_text(change->episode);
    work_emit(work, &ended.base, account->id, change->on);
}

void lodging_account_emit_facts(struct work *work, const struct lodging_account *account)
{
    for (const struct lodging_fact_change *change = account->first_change; change;
         change = change->next) {
        if (change->began)
            emit_began(work, account, change);
        else
            emit_ended(work, account, change);
    }
}

/* --- apply ------------------------------------------------------------------------------------ */

void lodging_apply_arrears_began(struct tables *tables, const struct entry *entry)
{
    const Lodging__ArrearsBegan *began = (const Lodging__ArrearsBegan *)entry->event;
    Lodging__Records__Account *row = table_get(tables, &lodging_accounts, key_id(began->account));
    Lodging__Records__Episode episode = LODGING__RECORDS__EPISODE__INIT;
    Lodging__Records__Episode **episodes =
        row ? arena_take(tables->arena, (row->n_episodes + 1) * sizeof *episodes) : NULL;

    if (!episodes)
        return;
    episode.fact = began->fact;
    episode.episode = began->episode;
    episode.since = began->since;
    if (row->n_episodes > 0)
        memcpy(episodes, row->episodes, row->n_episodes * sizeof *episodes);
    episodes[row->n_episodes++] = &episode;
    row->episodes = episodes;
    table_put(tables, &lodging_accounts, key_id(began->account), &row->base);
    if (began->fact == LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID)
        lodging_link(tables, &lodging_accounts_late, key_id(began->account));
}

void lodging_apply_arrears_ended(struct tables *tables, const struct entry *entry)
{
    const Lodging__ArrearsEnded *ended = (const Lodging__ArrearsEnded *)entry->event;
    Lodging__Records__Account *row = table_get(tables, &lodging_accounts, key_id(ended->account));
    size_t kept = 0;

    if (!row)
        return;
    for (size_t i = 0; i < row->n_episodes; i++)
        if (row->episodes[i]->fact != ended->fact)
            row->episodes[kept++] = row->episodes[i];
    row->n_episodes = kept;
    table_put(tables, &lodging_accounts, key_id(ended->account), &row->base);
    if (ended->fact == LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID)
        table_delete(tables, &lodging_accounts_late, key_id(ended->account));
}
