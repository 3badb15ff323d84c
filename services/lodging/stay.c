#include "services/lodging/rules/stay.h"

#include "services/lodging/accounts.h"
#include "services/lodging/rules/exit.h"

#include <string.h>

const struct table lodging_stays = { "stays", &lodging__records__stay__descriptor };
const struct table lodging_stays_of_unit = { "stays_of_unit",
                                             &lodging__records__stay_of_unit__descriptor };
const struct table lodging_stays_running = { "stays_running", &lodging__records__link__descriptor };

static const struct refusal stay_not_signed = {
    .code = "STAY_NOT_SIGNED",
    .field = "stay",
    .rule = "6.7",
    .french = "Ce séjour a déjà commencé ou est terminé : l'entrée s'enregistre une seule fois, "
              "après la signature du titre.",
    .english = "This stay has begun or ended already: the entry is recorded once, after the title "
               "is signed.",
};

static const struct refusal stay_not_running = {
    .code = "STAY_NOT_RUNNING",
    .field = "stay",
    .rule = "6.7, C-15",
    .french = "Ce séjour n'est pas en cours : enregistrez d'abord l'entrée, ou vérifiez s'il n'est "
              "pas déjà terminé.",
    .english = "This stay does not run: record the entry first, or check whether it has ended "
               "already.",
};

static bool may(const struct machine *machine, uint32_t state, unsigned event)
{
    unsigned next;

    return machine_move(machine, state, event, &next) == MOVE_MADE;
}

static void put_span(struct tables *tables, const char *id, const Lodging__Records__Stay *stay)
{
    Lodging__Records__StayOfUnit span = LODGING__RECORDS__STAY_OF_UNIT__INIT;

    span.place = stay->place;
    span.entered_on = stay->entered_on;
    span.left_on = stay->left_on;
    table_put(tables, &lodging_stays_of_unit, key_ids(stay->unit, id), &span.base);
}

/* --- the entry -------------------------------------------------------------------------------- */

/* C-13: what was and is in the place must leave room for it. */
static const struct refusal *may_begin(struct work *work, const char *id,
                                       const Lodging__Records__Stay *stay, struct date entry)
{
    struct walk walk = walk_from(work->tables, &lodging_stays_of_unit, key_id(stay->unit));
    const struct refusal *refusal = stay_may_begin(date_of(stay->signed_on), entry, NULL, 0);

    while (!refusal && walk_next(&walk)) {
        const Lodging__Records__StayOfUnit *other = walk.value;
        const struct stay_span span = { date_of(other->entered_on), date_of(other->left_on) };
        char other_id[ID_TEXT_SIZE];
        size_t at = walk.prefix;

        if (key_read_id(&walk.key, &at, other_id) && strcmp(other_id, id) != 0 &&
            other->place == stay->place)
            refusal = stay_may_begin(date_of(stay->signed_on), entry, &span, 1);
        walk_forget(&walk);
    }
    return refusal;
}

static void fill_started(struct work *work, Lodging__StayStarted *started,
                         const Lodging__Records__Stay *stay, const Lodging__Records__Unit *unit,
                         struct date entered_on)
{
    started->unit = stay->unit;
    started->residence = stay->residence;
    started->household = stay->household;
    started->account = stay->account;
    started->kind = unit->kind;
    started->holder = unit->holder;
    started->programme = unit->programme;
    started->own_stock = unit->own_stock;
    started->entered_on = date_field(work->arena, entered_on);
    started->term_months = stay->term_months;
    started->term_on = date_field(work->arena, stay_target_end(entered_on, stay->term_months, 0));
}

const struct refusal *lodging_on_start_stay(struct work *work, const void *body)
{
    const Lodging__StartStay *asked = body;
    const Lodging__Records__Stay *stay =
        table_get(work->tables, &lodging_stays, key_id(asked->stay));
    const Lodging__Records__Unit *unit =
        stay ? table_get(work->tables, &lodging_units, key_id(stay->unit)) : NULL;
    Lodging__StayStarted started = LODGING__STAY_STARTED__INIT;
    Lodging__StartStayReply reply = LODGING__START_STAY_REPLY__INIT;
    struct date entered_on;
    struct lodging_fees fees;
    const struct refusal *refusal =
        need_fact_date(work, "entered_on", asked->entered_on, &entered_on);

    if (refusal)
        return refusal;
    if (!unit)
        return not_known(work, "stay", asked->stay);
    if (!may(&stay_machine, stay->state, STAY_EVENT_ENTER))
        return &stay_not_signed;
    refusal = lodging_renamed(work, may_begin(work, asked->stay, stay, entered_on), "unit", "stay");
    if (!refusal)
        refusal = lodging_fees_plan_entry(work, stay->account, entered_on, &fees);
    if (refusal)
        return refusal;
    started.stay = asked->stay;
    fill_started(work, &started, stay, unit, entered_on);
    started.fees_from = date_field(work->arena, fees.from);
    started.next_fee_ms = fees.next_ms;
    reply.term_on = started.term_on;
    work_emit(work, &started.base, asked->stay, entered_on);
    lodging_fees_emit(work, &fees);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_stay_started(struct tables *tables, const struct entry *entry)
{
    const Lodging__StayStarted *started = (const Lodging__StayStarted *)entry->event;
    Lodging__Records__Stay *row = table_get(tables, &lodging_stays, key_id(started->stay));

    if (!row)
        return;
    row->state = STAY_RUNNING;
    row->entered_on = started->entered_on;
    row->term_on = started->term_on;
    table_put(tables, &lodging_stays, key_id(started->stay), &row->base);
    put_span(tables, started->stay, row);
    lodging_link(tables, &lodging_stays_running, key_id(started->stay));
    lodging_account_start(tables, started);
}

/* --- the exit --------------------------------------------------------------------------------- */

static const struct refusal *may_be_ended(struct work *work, const Lodging__EndStay *asked,
                                          const Lodging__Records__Stay *stay, struct date left_on)
{
    const struct stay_exit asked_exit = {
        .on = left_on,
        .channel = (enum exit_channel)asked->channel,
        .direction = (enum exit_direction)asked->direction,
        .cause = (enum downward_cause)asked->cause,
        .has_destination = *asked->destination != '\0',
    };

    if (!may(&stay_machine, stay->state, STAY_EVENT_EXIT))
        return &stay_not_running;
    return exit_may_be_recorded(&asked_exit, date_of(stay->entered_on), work->today);
}

static void emit_ended(struct work *work, const Lodging__EndStay *asked,
                       const Lodging__Records__Stay *stay, struct date left_on)
{
    const Lodging__Records__Unit *unit =
        table_get(work->tables, &lodging_units, key_id(stay->unit));
    Lodging__StayEnded ended = LODGING__STAY_ENDED__INIT;

    ended.stay = asked->stay;
    ended.unit = stay->unit;
    ended.residence = stay->residence;
    ended.household = stay->household;
    ended.account = stay->account;
    ended.entered_on = stay->entered_on;
    ended.left_on = date_field(work->arena, left_on);
    ended.channel = asked->channel;
    ended.direction = asked->direction;
    ended.cause = asked->cause;
    ended.has_destination = *asked->destination != '\0';
    ended.own_stock = unit && unit->own_stock;
    lodging_emit_with_words(work, &ended.base, asked->stay, left_on, stay->household,
                            asked->destination);
}

const struct refusal *lodging_on_end_stay(struct work *work, const void *body)
{
    const Lodging__EndStay *asked = body;
    const Lodging__Records__Stay *stay =
        table_get(work->tables, &lodging_stays, key_id(asked->stay));
    Lodging__EndStayReply reply = LODGING__END_STAY_REPLY__INIT;
    struct date left_on = asked->left_on ? date_of(asked->left_on) : work->today;
    struct lodging_fees fees;
    const struct refusal *refusal;

    if (!stay)
        return not_known(work, "stay", asked->stay);
    refusal = may_be_ended(work, asked, stay, left_on);
    if (!refusal)
        refusal = need_no_nir(work, "destination", asked->destination);
    if (!refusal)
        refusal = lodging_fees_plan_exit(work, stay->account, left_on, &fees);
    if (refusal)
        return refusal;
    emit_ended(work, asked, stay, left_on);
    lodging_fees_emit(work, &fees);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* The keys are back: the place is free, or kept for who was retained in advance. */
static void give_place_back(struct tables *tables, const Lodging__Records__Stay *stay)
{
    Lodging__Records__Unit *unit = table_get(tables, &lodging_units, key_id(stay->unit));
    Lodging__Records__Place *place = unit ? lodging_place(unit, stay->place) : NULL;
    const Lodging__Records__Vacancy *vacancy;

    if (!place)
        return;
    lodging_place_move(place, UNIT_EVENT_RETURN_KEYS);
    place->stay = lodging_text("");
    vacancy = table_get(tables, &lodging_vacancies, key_id(place->vacancy));
    if (vacancy && vacancy->retained != 0)
        lodging_place_move(place, UNIT_EVENT_RETAIN_CANDIDATE);
    table_put(tables, &lodging_units, key_id(stay->unit), &unit->base);
}

void lodging_apply_stay_ended(struct tables *tables, const struct entry *entry)
{
    const Lodging__StayEnded *ended = (const Lodging__StayEnded *)entry->event;
    Lodging__Records__Stay *row = table_get(tables, &lodging_stays, key_id(ended->stay));

    if (!row)
        return;
    row->state = STAY_ENDED;
    row->left_on = ended->left_on;
    row->channel = ended->channel;
    row->direction = ended->direction;
    row->destination = lodging_words(entry);
    table_put(tables, &lodging_stays, key_id(ended->stay), &row->base);
    put_span(tables, ended->stay, row);
    table_delete(tables, &lodging_stays_running, key_id(ended->stay));
    give_place_back(tables, row);
    lodging_account_end(tables, ended);
}

/* --- query ------------------------------------------------------------------------------------ */

/* The term asks for a decision and ends nothing (RS-1): that it came due is seen, not stored. */
static const char *state_on(const Lodging__Records__Stay *stay, struct date today)
{
    bool is_due = stay_term_comes_due((enum stay_state)stay->state, date_of(stay->term_on), today);

    return stay_machine.states[is_due ? STAY_TERM_DUE : stay->state];
}

const struct refusal *lodging_on_stay(struct work *work, const void *body)
{
    const Lodging__StayQuery *asked = body;
    const Lodging__Records__Stay *stay =
        table_get(work->tables, &lodging_stays, key_id(asked->stay));
    Lodging__StayReply reply = LODGING__STAY_REPLY__INIT;

    if (!stay)
        return not_known(work, "stay", asked->stay);
    reply.stay = asked->stay;
    reply.unit = stay->unit;
    reply.household = stay->household;
    reply.state = lodging_text(state_on(stay, work->today));
    reply.account = stay->account;
    reply.signed_on = stay->signed_on;
    reply.entered_on = stay->entered_on;
    reply.term_on = stay->term_on;
    reply.left_on = stay->left_on;
    reply.channel = stay->channel;
    reply.direction = stay->direction;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

const struct refusal *lodging_on_stay_in_clear(struct work *work, const void *body)
{
    const Lodging__StayQuery *asked = body;
    const Lodging__Records__Stay *stay =
        table_get(work->tables, &lodging_stays, key_id(asked->stay));
    Lodging__StayInClearReply reply = LODGING__STAY_IN_CLEAR_REPLY__INIT;

    if (!stay)
        return not_known(work, "stay", asked->stay);
    reply.stay = asked->stay;
    reply.document = lodging_in_clear(work, stay->document);
    reply.destination = lodging_in_clear(work, stay->destination);
    work_reply(work, &reply.base);
    return ACCEPTED;
}
