/* estate.h - what the tests of lodging's handlers ask, in a line each */
#ifndef TESTS_HANDLERS_LODGING_ESTATE_H
#define TESTS_HANDLERS_LODGING_ESTATE_H

#include "services/lodging/lodging.h"

#include "proto/lodging.pb-c.h"
#include "tests/check.h"
#include "tests/world.h"

#define HOUSEHOLD "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d01"
#define ANOTHER   "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d02"
#define A_THIRD   "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d03"
#define NOTHING   "018f0e42-7c1b-7a3e-9d41-ffffffffffff"

#define STATE          TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_STATE
#define CITY           TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_CITY
#define A_RESIDENCE    TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SOCIAL_RESIDENCE
#define A_BOARDING     TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_FAMILY_BOARDING_HOUSE
#define HAPPENED(type) lodging__##type##__descriptor

/* Fields of messages, as a compound literal in the caller's block. */
#define ON(y, m, d)                                                                                \
    (&(Tremplin__Date){ .base = PROTOBUF_C_MESSAGE_INIT(&tremplin__date__descriptor),              \
                        .year = (y),                                                               \
                        .month = (m),                                                              \
                        .day = (d) })
#define CENTS(amount)                                                                              \
    (&(Tremplin__Money){ .base = PROTOBUF_C_MESSAGE_INIT(&tremplin__money__descriptor),            \
                         .cents = (amount) })

static inline char *text(const char *constant)
{
    return (char *)(uintptr_t)constant;
}

static inline bool is_done(struct answer answer)
{
    return answer.status == TREMPLIN__STATUS__STATUS_DONE;
}

#define is_refused(given, wanted_code, wanted_field, ...)                                          \
    do {                                                                                           \
        struct answer told_ = (given);                                                             \
        check_text(told_.code, wanted_code, __VA_ARGS__);                                          \
        check_text(told_.field, wanted_field, "and names the field: %s", wanted_field);            \
        check(told_.status == TREMPLIN__STATUS__STATUS_REFUSED && told_.french[0] != '\0' &&       \
                  told_.english[0] != '\0',                                                        \
              "in French and in English");                                                         \
    } while (0)

/* --- residences and units --------------------------------------------------------------------- */

__attribute__((unused)) static const char *open_residence(struct world *world, const char *name,
                                                          Tremplin__ResidenceKind kind)
{
    Lodging__OpenResidence asked = LODGING__OPEN_RESIDENCE__INIT;
    const Lodging__OpenResidenceReply *reply;

    asked.name = text(name);
    asked.kind = kind;
    asked.manager = text("CASP");
    asked.own_stock = true;
    asked.has_social_worker = true;
    asked.opened_on = ON(2012, 9, 1);
    reply = world_call(world, "lodging.OpenResidence", &asked.base,
                       &lodging__open_residence_reply__descriptor)
                .reply;
    return reply ? reply->residence : "";
}

/* 400 euros of rent, 60 of charges, 40 of services. */
__attribute__((unused)) static Lodging__CommissionUnit a_unit(const char *residence,
                                                              uint32_t places)
{
    static Tremplin__Money rent, charges, services;
    static Tremplin__Date since;
    Lodging__CommissionUnit asked = LODGING__COMMISSION_UNIT__INIT;

    tremplin__money__init(&rent);
    tremplin__money__init(&charges);
    tremplin__money__init(&services);
    tremplin__date__init(&since);
    rent.cents = 40000;
    charges.cents = 6000;
    services.cents = 4000;
    since.year = 2012;
    since.month = 9;
    since.day = 1;
    asked.residence = text(residence);
    asked.name = text("Riquet 204");
    asked.places = places;
    asked.holder = STATE;
    asked.furnished = true;
    asked.rent = &rent;
    asked.charges = &charges;
    asked.services = &services;
    asked.commissioned_on = &since;
    return asked;
}

__attribute__((unused)) static struct answer commission(struct world *world,
                                                        const Lodging__CommissionUnit *asked)
{
    return world_call(world, "lodging.CommissionUnit", &asked->base,
                      &lodging__commission_unit_reply__descriptor);
}

__attribute__((unused)) static const char *commission_unit(struct world *world,
                                                           const char *residence, uint32_t places)
{
    Lodging__CommissionUnit asked = a_unit(residence, places);
    const Lodging__CommissionUnitReply *reply = commission(world, &asked).reply;

    return reply ? reply->unit : "";
}

__attribute__((unused)) static const Lodging__UnitReply *unit_of(struct world *world,
                                                                 const char *unit)
{
    Lodging__UnitQuery asked = LODGING__UNIT_QUERY__INIT;

    asked.unit = text(unit);
    return world_call(world, "lodging.Unit", &asked.base, &lodging__unit_reply__descriptor).reply;
}

__attribute__((unused)) static const char *unit_state(struct world *world, const char *unit)
{
    const Lodging__UnitReply *reply = unit_of(world, unit);

    return reply ? reply->state : "";
}

/* --- vacancies and candidatures --------------------------------------------------------------- */

__attribute__((unused)) static struct answer free_unit(struct world *world, const char *unit,
                                                       Tremplin__Date *notified_on,
                                                       Tremplin__Date *free_on)
{
    Lodging__FreeUnit asked = LODGING__FREE_UNIT__INIT;

    asked.unit = text(unit);
    asked.notified_on = notified_on;
    asked.free_on = free_on;
    return world_call(world, "lodging.FreeUnit", &asked.base,
                      &lodging__free_unit_reply__descriptor);
}

__attribute__((unused)) static const char *vacancy_made(struct answer answer)
{
    const Lodging__FreeUnitReply *reply = answer.reply;

    return reply ? reply->vacancy : "";
}

__attribute__((unused)) static const Lodging__VacancyReply *vacancy_of(struct world *world,
                                                                       const char *vacancy)
{
    Lodging__VacancyQuery asked = LODGING__VACANCY_QUERY__INIT;

    asked.vacancy = text(vacancy);
    return world_call(world, "lodging.Vacancy", &asked.base, &lodging__vacancy_reply__descriptor)
        .reply;
}

__attribute__((unused)) static const char *vacancy_state(struct world *world, const char *vacancy)
{
    const Lodging__VacancyReply *reply = vacancy_of(world, vacancy);

    return reply ? reply->state : "";
}

/* A complete file, 1,600 euros a month: a third of it is more than the fee. */
__attribute__((unused)) static Lodging__ProposeCandidature a_candidature(const char *vacancy,
                                                                         const char *household)
{
    static Tremplin__Money income, aid;
    Lodging__ProposeCandidature asked = LODGING__PROPOSE_CANDIDATURE__INIT;

    tremplin__money__init(&income);
    tremplin__money__init(&aid);
    income.cents = 160000;
    asked.vacancy = text(vacancy);
    asked.household = text(household);
    asked.rank = 1;
    asked.has_siao_request = true;
    asked.file_complete = true;
    asked.income = &income;
    asked.aid = &aid;
    return asked;
}

__attribute__((unused)) static struct answer send(struct world *world,
                                                  const Lodging__ProposeCandidature *asked)
{
    return world_call(world, "lodging.ProposeCandidature", &asked->base,
                      &lodging__propose_candidature_reply__descriptor);
}

__attribute__((unused)) static const char *propose(struct world *world, const char *vacancy,
                                                   const char *household)
{
    Lodging__ProposeCandidature asked = a_candidature(vacancy, household);
    const Lodging__ProposeCandidatureReply *reply = send(world, &asked).reply;

    return reply ? reply->candidature : "";
}

__attribute__((unused)) static struct answer refuse(struct world *world, const char *candidature,
                                                    Tremplin__RefusalReason reason,
                                                    Tremplin__Date *refused_on)
{
    Lodging__RefuseCandidature asked = LODGING__REFUSE_CANDIDATURE__INIT;

    asked.candidature = text(candidature);
    asked.reason = reason;
    asked.refused_on = refused_on;
    return world_call(world, "lodging.RefuseCandidature", &asked.base,
                      &lodging__refuse_candidature_reply__descriptor);
}

__attribute__((unused)) static struct answer withdraw(struct world *world, const char *candidature,
                                                      Tremplin__Date *withdrawn_on)
{
    Lodging__WithdrawCandidature asked = LODGING__WITHDRAW_CANDIDATURE__INIT;

    asked.candidature = text(candidature);
    asked.withdrawn_on = withdrawn_on;
    return world_call(world, "lodging.WithdrawCandidature", &asked.base,
                      &lodging__withdraw_candidature_reply__descriptor);
}

__attribute__((unused)) static struct answer retain(struct world *world, const char *candidature,
                                                    Tremplin__Date *retained_on)
{
    Lodging__RetainCandidature asked = LODGING__RETAIN_CANDIDATURE__INIT;

    asked.candidature = text(candidature);
    asked.retained_on = retained_on;
    return world_call(world, "lodging.RetainCandidature", &asked.base,
                      &lodging__retain_candidature_reply__descriptor);
}

__attribute__((unused)) static struct answer extend(struct world *world, const char *vacancy,
                                                    Tremplin__Date *last_day)
{
    Lodging__ExtendVacancy asked = LODGING__EXTEND_VACANCY__INIT;

    asked.vacancy = text(vacancy);
    asked.last_day = last_day;
    asked.agreed_by = text("CASP");
    asked.reason = text("DOCUMENTS_AWAITED");
    return world_call(world, "lodging.ExtendVacancy", &asked.base,
                      &lodging__extend_vacancy_reply__descriptor);
}

__attribute__((unused)) static struct answer give_back(struct world *world, const char *vacancy,
                                                       Tremplin__Date *returned_on)
{
    Lodging__ReturnVacancy asked = LODGING__RETURN_VACANCY__INIT;

    asked.vacancy = text(vacancy);
    asked.returned_on = returned_on;
    return world_call(world, "lodging.ReturnVacancy", &asked.base,
                      &lodging__return_vacancy_reply__descriptor);
}

/* --- stays ------------------------------------------------------------------------------------ */

__attribute__((unused)) static Lodging__SignTitle a_title(const char *unit, const char *household)
{
    Lodging__SignTitle asked = LODGING__SIGN_TITLE__INIT;

    asked.unit = text(unit);
    asked.household = text(household);
    asked.document = text("TITRE-2020-001");
    asked.house_rules_annexed = true;
    return asked;
}

__attribute__((unused)) static struct answer sign(struct world *world,
                                                  const Lodging__SignTitle *asked)
{
    return world_call(world, "lodging.SignTitle", &asked->base,
                      &lodging__sign_title_reply__descriptor);
}

__attribute__((unused)) static struct answer enter_stay(struct world *world, const char *stay,
                                                        Tremplin__Date *entered_on)
{
    Lodging__StartStay asked = LODGING__START_STAY__INIT;

    asked.stay = text(stay);
    asked.entered_on = entered_on;
    return world_call(world, "lodging.StartStay", &asked.base,
                      &lodging__start_stay_reply__descriptor);
}

__attribute__((unused)) static Lodging__EndStay an_exit(const char *stay)
{
    Lodging__EndStay asked = LODGING__END_STAY__INIT;

    asked.stay = text(stay);
    asked.channel = TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO;
    asked.direction = TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_UPWARD;
    asked.destination = text("ORDINARY_HOUSING");
    return asked;
}

__attribute__((unused)) static struct answer end(struct world *world, const Lodging__EndStay *asked)
{
    return world_call(world, "lodging.EndStay", &asked->base, &lodging__end_stay_reply__descriptor);
}

__attribute__((unused)) static const Lodging__StayReply *stay_of(struct world *world,
                                                                 const char *stay)
{
    Lodging__StayQuery asked = LODGING__STAY_QUERY__INIT;

    asked.stay = text(stay);
    return world_call(world, "lodging.Stay", &asked.base, &lodging__stay_reply__descriptor).reply;
}

/* A stay that was signed and began on a day; its account. */
struct tenancy {
    const char *stay;
    const char *account;
};
__attribute__((unused)) static struct tenancy move_in(struct world *world, const char *unit,
                                                      const char *household, Tremplin__Date *day)
{
    Lodging__SignTitle asked = a_title(unit, household);
    const Lodging__SignTitleReply *reply;

    asked.signed_on = day;
    reply = sign(world, &asked).reply;
    if (!reply || !is_done(enter_stay(world, reply->stay, day)))
        return (struct tenancy){ "", "" };
    return (struct tenancy){ reply->stay, reply->account };
}

/* --- accounts --------------------------------------------------------------------------------- */

__attribute__((unused)) static Lodging__RecordPayment a_payment(const char *account,
                                                                Tremplin__Money *amount)
{
    Lodging__RecordPayment asked = LODGING__RECORD_PAYMENT__INIT;

    asked.account = text(account);
    asked.amount = amount;
    asked.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_TRANSFER;
    return asked;
}

__attribute__((unused)) static struct answer pay(struct world *world,
                                                 const Lodging__RecordPayment *asked)
{
    return world_call(world, "lodging.RecordPayment", &asked->base,
                      &lodging__record_payment_reply__descriptor);
}

__attribute__((unused)) static struct answer pay_cents(struct world *world, const char *account,
                                                       int64_t cents)
{
    Lodging__RecordPayment asked = a_payment(account, CENTS(cents));

    return pay(world, &asked);
}

__attribute__((unused)) static int64_t balance_told(struct answer answer)
{
    const Lodging__RecordPaymentReply *reply = answer.reply;

    return reply ? cents_of(reply->balance) : INT64_MIN;
}

__attribute__((unused)) static struct answer adjust(struct world *world, const char *account,
                                                    int64_t cents, Tremplin__Date *term,
                                                    Tremplin__Date *adjusted_on)
{
    Lodging__AdjustAccount asked = LODGING__ADJUST_ACCOUNT__INIT;

    asked.account = text(account);
    asked.amount = CENTS(cents);
    asked.term = term;
    asked.adjusted_on = adjusted_on;
    asked.reason = text("REGULARISATION");
    return world_call(world, "lodging.AdjustAccount", &asked.base,
                      &lodging__adjust_account_reply__descriptor);
}

__attribute__((unused)) static const Lodging__AccountReply *account_told(struct world *world,
                                                                         const char *account)
{
    Lodging__AccountQuery asked = LODGING__ACCOUNT_QUERY__INIT;

    asked.account = text(account);
    return world_call(world, "lodging.Account", &asked.base, &lodging__account_reply__descriptor)
        .reply;
}

__attribute__((unused)) static int64_t balance_of(struct world *world, const char *account)
{
    const Lodging__AccountReply *reply = account_told(world, account);

    return reply ? cents_of(reply->balance) : INT64_MIN;
}

/* --- the world -------------------------------------------------------------------------------- */

__attribute__((unused)) static struct world *an_estate(uint64_t seed, struct date start)
{
    struct world *world = world_open(seed, start);

    world_add(world, &lodging_service, NULL);
    return world;
}

/* Closes it, once its store holds. */
__attribute__((unused)) static void close_estate(struct world *world)
{
    const char *trouble = world_check_store(world, "lodging");

    check(trouble == NULL, "the chain holds and the tables are the journal replayed%s%s",
          trouble ? ": " : "", trouble ? trouble : "");
    world_close(world);
}

#endif
