/* office.h - an office that takes requests, for the tests of intake: what it asks, in a line each
 */
#ifndef TESTS_HANDLERS_INTAKE_OFFICE_H
#define TESTS_HANDLERS_INTAKE_OFFICE_H

#include "proto/intake.pb-c.h"
#include "services/intake/intake.h"
#include "tests/check.h"
#include "tests/world.h"

#define DONE    TREMPLIN__STATUS__STATUS_DONE
#define REFUSED TREMPLIN__STATUS__STATUS_REFUSED

/* Identifiers that read as what they are: office_id('a', 3). */
static const char *office_id(char kind, unsigned number)
{
    static char texts[64][ID_TEXT_SIZE];
    static unsigned next;
    char *text = texts[next++ % 64];

    snprintf(text, ID_TEXT_SIZE, "018f0e42-7c1b-7a3e-9d%02x-%012x", (unsigned)kind & 0xff, number);
    return text;
}
#define HOUSEHOLD(n) office_id('h', n)
#define REQUEST(n)   office_id('r', n)
#define BODY         office_id('b', 1)
#define SESSION(n)   office_id('s', n)
#define MEASURE(n)   office_id('m', n)

static char *text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* A date message that lives as long as the test needs it. */
__attribute__((unused)) static Tremplin__Date *on(struct date date)
{
    static Tremplin__Date dates[64];
    static unsigned next;
    Tremplin__Date *message = &dates[next++ % 64];

    tremplin__date__init(message);
    message->year = date.year;
    message->month = date.month;
    message->day = date.day;
    return date_is_set(date) ? message : NULL;
}

__attribute__((unused)) static Tremplin__Sealed *clear(const char *text)
{
    static Tremplin__Sealed texts[64];
    static unsigned next;
    Tremplin__Sealed *message = &texts[next++ % 64];

    tremplin__sealed__init(message);
    message->clear = text_of(text);
    return text ? message : NULL;
}

/* A lone tenant in Alençon, about whom everything is known. */
__attribute__((unused)) static Intake__Situation *lone_tenant(void)
{
    static Intake__Situation situation;

    intake__situation__init(&situation);
    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.adults = 1;
    situation.age_band = TREMPLIN__AGE_BAND__AGE_BAND_40_60;
    situation.tenure = TREMPLIN__TENURE__TENURE_PUBLIC_TENANT;
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL;
    situation.district = text_of("ALENCON");
    return &situation;
}

__attribute__((unused)) static struct answer ask_register(struct world *world,
                                                          Intake__RegisterHousehold *asked)
{
    return world_call(world, "intake.RegisterHousehold", &asked->base,
                      &intake__register_household_reply__descriptor);
}

/* A household of the office's, with a name and maybe a birth date. */
__attribute__((unused)) static struct answer register_household(struct world *world,
                                                                const char *household,
                                                                const char *name, const char *birth,
                                                                struct date opened_on)
{
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;

    asked.household = text_of(household);
    asked.name = clear(name);
    asked.birth = clear(birth);
    asked.situation = lone_tenant();
    asked.opened_on = on(opened_on);
    return ask_register(world, &asked);
}

__attribute__((unused)) static struct answer erase_household(struct world *world,
                                                             const char *household)
{
    Intake__EraseHousehold asked = INTAKE__ERASE_HOUSEHOLD__INIT;

    asked.household = text_of(household);
    asked.reason = text_of("RETENTION");
    return world_call(world, "intake.EraseHousehold", &asked.base,
                      &intake__erase_household_reply__descriptor);
}

__attribute__((unused)) static const Intake__HouseholdReply *household_of(struct world *world,
                                                                          const char *household)
{
    Intake__HouseholdQuery asked = INTAKE__HOUSEHOLD_QUERY__INIT;

    asked.household = text_of(household);
    return world_call(world, "intake.Household", &asked.base, &intake__household_reply__descriptor)
        .reply;
}

__attribute__((unused)) static struct answer open_body(struct world *world,
                                                       Intake__DecisionMode mode)
{
    Intake__OpenDecisionBody asked = INTAKE__OPEN_DECISION_BODY__INIT;

    asked.body = text_of(BODY);
    asked.district = text_of("ALENCON");
    asked.mode = mode;
    asked.quorum = 3;
    return world_call(world, "intake.OpenDecisionBody", &asked.base,
                      &intake__open_decision_body_reply__descriptor);
}
#define HEAD       INTAKE__DECISION_MODE__DECISION_MODE_HEAD
#define COMMISSION INTAKE__DECISION_MODE__DECISION_MODE_COMMISSION
#define FUNDER     INTAKE__DECISION_MODE__DECISION_MODE_FUNDER

__attribute__((unused)) static struct answer plan_session(struct world *world, const char *session,
                                                          struct date held_on)
{
    Intake__PlanSession asked = INTAKE__PLAN_SESSION__INIT;

    asked.session = text_of(session);
    asked.body = text_of(BODY);
    asked.held_on = on(held_on);
    return world_call(world, "intake.PlanSession", &asked.base,
                      &intake__plan_session_reply__descriptor);
}

__attribute__((unused)) static struct answer hold_session(struct world *world, const char *session,
                                                          uint32_t present)
{
    Intake__HoldSession asked = INTAKE__HOLD_SESSION__INIT;

    asked.session = text_of(session);
    asked.members_present = present;
    return world_call(world, "intake.HoldSession", &asked.base,
                      &intake__hold_session_reply__descriptor);
}

/* An ASLL request of the family, agreed to the day it came; without its social evaluation. */
__attribute__((unused)) static Intake__SubmitRequest asll_request(const char *request,
                                                                  const char *household,
                                                                  struct date received_on)
{
    Intake__SubmitRequest asked = INTAKE__SUBMIT_REQUEST__INIT;

    asked.request = text_of(request);
    asked.household = text_of(household);
    asked.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_FAMILY;
    asked.received_on = on(received_on);
    asked.consented_on = on(received_on);
    return asked;
}

__attribute__((unused)) static struct answer ask_submit(struct world *world,
                                                        Intake__SubmitRequest *asked)
{
    return world_call(world, "intake.SubmitRequest", &asked->base,
                      &intake__submit_request_reply__descriptor);
}

static Intake__FileItem social_evaluation[] = { INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT };

/* The same with all its items. */
__attribute__((unused)) static struct answer submit_complete(struct world *world,
                                                             const char *request,
                                                             const char *household,
                                                             struct date received_on)
{
    Intake__SubmitRequest asked = asll_request(request, household, received_on);

    asked.n_items = 1;
    asked.items = social_evaluation;
    return ask_submit(world, &asked);
}

__attribute__((unused)) static struct answer complete_request(struct world *world,
                                                              const char *request,
                                                              struct date completed_on)
{
    Intake__CompleteRequest asked = INTAKE__COMPLETE_REQUEST__INIT;

    asked.request = text_of(request);
    asked.n_items = 1;
    asked.items = social_evaluation;
    asked.completed_on = on(completed_on);
    return world_call(world, "intake.CompleteRequest", &asked.base,
                      &intake__complete_request_reply__descriptor);
}

__attribute__((unused)) static struct answer withdraw_request(struct world *world,
                                                              const char *request,
                                                              struct date withdrawn_on)
{
    Intake__WithdrawRequest asked = INTAKE__WITHDRAW_REQUEST__INIT;

    asked.request = text_of(request);
    asked.withdrawn_on = on(withdrawn_on);
    return world_call(world, "intake.WithdrawRequest", &asked.base,
                      &intake__withdraw_request_reply__descriptor);
}

__attribute__((unused)) static Intake__DecideRequest decision_on(const char *request,
                                                                 Intake__Decision decision,
                                                                 struct date decided_on)
{
    Intake__DecideRequest asked = INTAKE__DECIDE_REQUEST__INIT;

    asked.request = text_of(request);
    asked.decision = decision;
    asked.decided_on = on(decided_on);
    if (decision == INTAKE__DECISION__DECISION_GRANT)
        asked.months = 6;
    else
        asked.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_PROJECT_MISMATCH;
    return asked;
}
#define GRANT  INTAKE__DECISION__DECISION_GRANT
#define REFUSE INTAKE__DECISION__DECISION_REFUSE
#define DEFER  INTAKE__DECISION__DECISION_DEFER

__attribute__((unused)) static struct answer ask_decide(struct world *world,
                                                        Intake__DecideRequest *asked)
{
    return world_call(world, "intake.DecideRequest", &asked->base,
                      &intake__decide_request_reply__descriptor);
}

__attribute__((unused)) static struct answer decide(struct world *world, const char *request,
                                                    Intake__Decision decision,
                                                    struct date decided_on)
{
    Intake__DecideRequest asked = decision_on(request, decision, decided_on);

    return ask_decide(world, &asked);
}

__attribute__((unused)) static const Intake__RequestReply *request_of(struct world *world,
                                                                      const char *request)
{
    static const Intake__RequestReply nothing = INTAKE__REQUEST_REPLY__INIT;
    Intake__RequestQuery asked = INTAKE__REQUEST_QUERY__INIT;
    const Intake__RequestReply *reply;

    asked.request = text_of(request);
    reply =
        world_call(world, "intake.Request", &asked.base, &intake__request_reply__descriptor).reply;
    return reply ? reply : &nothing;
}

/* The answer refuses by a code and names a field. */
#define check_refused(got, wanted_code, wanted_field, ...)                                         \
    do {                                                                                           \
        const struct answer answer_ = (got);                                                       \
        check_text(answer_.code, wanted_code, __VA_ARGS__);                                        \
        check_text(answer_.field, wanted_field, "... and the field to change is %s",               \
                   wanted_field);                                                                  \
        check(answer_.status == REFUSED && strlen(answer_.french) > 10 &&                          \
                  strlen(answer_.english) > 10,                                                    \
              "... said in French and in English");                                                \
    } while (0)

#define check_done(got, ...)                                                                       \
    do {                                                                                           \
        const struct answer answer_ = (got);                                                       \
        if (!check(answer_.status == DONE, __VA_ARGS__))                                           \
            printf("#   status %d, %s %s: %s\n", (int)answer_.status, answer_.code, answer_.field, \
                   answer_.english);                                                               \
    } while (0)

__attribute__((unused)) static void check_store(struct world *world)
{
    const char *trouble = world_check_store(world, "intake");

    if (!check(trouble == NULL, "the chain holds and the tables are the journal replayed"))
        printf("#   %s\n", trouble);
}

__attribute__((unused)) static uint64_t journal_head(struct world *world)
{
    return runtime_journal(world_runtime(world, "intake"))->committed;
}

#endif
