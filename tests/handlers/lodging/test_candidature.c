/* Who is sent to the manager, who is refused and why, who is retained, and what becomes of the
 * others (domain.md S4-26, S4-29, S4-38, C-9, C-14, 6.6). */
#include "tests/handlers/lodging/estate.h"

#define INCOMPLETE TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOMPLETE_FILE

struct place {
    const char *unit;
    const char *vacancy;
};

static struct place a_vacancy(struct world *world, const char *residence)
{
    struct place place = { .unit = commission_unit(world, residence, 1) };

    place.vacancy = vacancy_made(free_unit(world, place.unit, NULL, NULL));
    return place;
}

static const char *state_of(struct world *world, const char *vacancy, size_t number)
{
    const Lodging__VacancyReply *reply = vacancy_of(world, vacancy);

    return reply && number < reply->n_candidatures ? reply->candidatures[number]->state : "";
}

static void test_the_guard(void)
{
    struct world *world = an_estate(1, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    struct place place = a_vacancy(world, residence);
    Lodging__ProposeCandidature asked = a_candidature(place.vacancy, HOUSEHOLD);
    Lodging__CommissionUnit of_the_city = a_unit(residence, 1);
    const Lodging__CommissionUnitReply *unit;
    uint64_t head = runtime_journal(world_runtime(world, "lodging"))->committed;

    about("what must hold before a candidature is sent");
    asked.vacancy = text(NOTHING);
    is_refused(send(world, &asked), "NOT_KNOWN", "vacancy", "for no vacancy");
    asked.vacancy = text(place.vacancy);
    asked.household = text("somebody");
    is_refused(send(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "household", "of no household");
    asked.household = text(HOUSEHOLD);
    asked.proposed_on = ON(2021, 3, 2);
    is_refused(send(world, &asked), "DATE_TO_COME", "proposed_on", "of tomorrow");
    asked.proposed_on = NULL;
    asked.has_siao_request = false;
    is_refused(send(world, &asked), "CANDIDATE_WITHOUT_SIAO_REQUEST", "has_siao_request",
               "without a request in SI SIAO, on the State's contingent (S4-26)");
    asked.has_siao_request = true;
    asked.file_complete = false;
    is_refused(send(world, &asked), "CANDIDATE_FILE_INCOMPLETE", "file_complete",
               "with an incomplete file (S4-38)");
    asked.file_complete = true;
    asked.income = NULL;
    is_refused(send(world, &asked), "CANDIDATE_FEE_NOT_COMPUTED", "income",
               "without income: the fee guard has no result (C-9)");
    asked.income = CENTS(151515);
    is_refused(send(world, &asked), "FEE_NOT_AFFORDABLE", "income",
               "500.00 is more than a third (33 %%) of 1,515.15");
    asked.income = CENTS(-1);
    is_refused(send(world, &asked), "AFFORDABILITY_OUT_OF_RANGE", "income", "an income below zero");
    check_number(runtime_journal(world_runtime(world, "lodging"))->committed, head,
                 "nothing of it was written");
    asked.income = CENTS(151516);
    check(is_done(send(world, &asked)), "33 %% of 1,515.16 is enough, to the cent");
    is_refused(send(world, &asked), "VACANCY_CANDIDATURE_ALREADY_SENT", "candidature",
               "the same household again");
    asked.household = text(ANOTHER);
    asked.income = CENTS(100000);
    asked.aid = CENTS(17000);
    check(is_done(send(world, &asked)), "aid lowers what remains to pay: 330 of 1,000");
    of_the_city.holder = CITY;
    unit = commission(world, &of_the_city).reply;
    asked = a_candidature(vacancy_made(free_unit(world, unit->unit, NULL, NULL)), A_THIRD);
    asked.has_siao_request = false;
    check(is_done(send(world, &asked)), "on the City's, no request in SI SIAO is asked for");
    close_estate(world);
}

static void test_many(void)
{
    struct world *world = an_estate(2, DATE(2021, 3, 1));
    struct place place = a_vacancy(world, open_residence(world, "Riquet", A_RESIDENCE));
    char household[40];
    Lodging__ProposeCandidature asked = a_candidature(place.vacancy, household);
    int sent = 0;

    about("a vacancy takes 64 candidatures");
    for (int i = 0; i < 64; i++) {
        snprintf(household, sizeof household, "018f0e42-7c1b-7a3e-9d41-%012x", i + 1);
        sent += is_done(send(world, &asked));
    }
    check_number(sent, 64, "sixty-four are sent");
    snprintf(household, sizeof household, "018f0e42-7c1b-7a3e-9d41-%012x", 65);
    is_refused(send(world, &asked), "VACANCY_HAS_TOO_MANY_CANDIDATURES", "candidature",
               "not one more");
    check_number(vacancy_of(world, place.vacancy)->n_candidatures, 64, "all are told");
    close_estate(world);
}

static void test_answers(void)
{
    struct world *world = an_estate(3, DATE(2021, 3, 1));
    struct place place = a_vacancy(world, open_residence(world, "Riquet", A_RESIDENCE));
    const char *first = propose(world, place.vacancy, HOUSEHOLD);
    const char *second = propose(world, place.vacancy, ANOTHER);
    const Lodging__RetainCandidatureReply *reply;

    about("the manager answers with a reason (S4-29), and retains one");
    is_refused(refuse(world, NOTHING, INCOMPLETE, NULL), "NOT_KNOWN", "candidature", "of nobody");
    is_refused(refuse(world, first, 0, NULL), "REFUSAL_WITHOUT_REASON", "reason", "for no reason");
    is_refused(refuse(world, first, INCOMPLETE, ON(2021, 3, 2)), "DATE_TO_COME", "refused_on",
               "tomorrow");
    is_refused(retain(world, NOTHING, NULL), "NOT_KNOWN", "candidature", "nobody is retained");
    is_refused(withdraw(world, NOTHING, NULL), "NOT_KNOWN", "candidature", "nor withdraws");
    is_refused(retain(world, first, ON(2021, 3, 2)), "DATE_TO_COME", "retained_on", "nor tomorrow");
    reply = retain(world, first, NULL).reply;
    check_date(date_of(reply->move_in_by), DATE(2021, 3, 11), "to move in within ten days (6.6)");
    check_text(vacancy_state(world, place.vacancy), "RETAINED", "the vacancy says so");
    check_text(unit_state(world, place.unit), "RESERVED", "and the place is reserved");
    is_refused(retain(world, second, NULL), "VACANCY_ALREADY_RETAINED", "candidature",
               "one only (C-14)");
    check(is_done(withdraw(world, first, NULL)), "who was retained withdraws");
    check_text(unit_state(world, place.unit), "AVAILABLE", "the place is free again");
    check_text(vacancy_state(world, place.vacancy), "CANDIDATES_SENT", "the other is pending");
    is_refused(withdraw(world, first, NULL), "VACANCY_CANDIDATURE_NOT_PENDING", "candidature",
               "once only");
    is_refused(refuse(world, first, INCOMPLETE, NULL), "VACANCY_CANDIDATURE_NOT_PENDING",
               "candidature", "nor is it refused any more");
    check(is_done(retain(world, second, NULL)), "the other is retained");
    check(is_done(refuse(world, second, INCOMPLETE, NULL)), "and then refused after all");
    check_text(state_of(world, place.vacancy, 1), "REFUSED", "which is its state");
    check(*propose(world, place.vacancy, HOUSEHOLD) != '\0', "who withdrew may be sent again");
    close_estate(world);
}

static void test_after_the_deadline(void)
{
    struct world *world = an_estate(4, DATE(2021, 3, 1));
    struct place place = a_vacancy(world, open_residence(world, "Riquet", A_RESIDENCE));
    Lodging__ProposeCandidature late = a_candidature(place.vacancy, ANOTHER);

    about("after the deadline no more are sent, but one that is pending may be retained");
    propose(world, place.vacancy, HOUSEHOLD);
    world_move_to(world, DATE(2021, 3, 10), 0, 1);
    is_refused(send(world, &late), "VACANCY_DEADLINE_PASSED", "vacancy", "a minute late");
    late.proposed_on = ON(2021, 3, 9);
    check(is_done(send(world, &late)), "one that was sent in time and is told late counts");
    close_estate(world);
}

static void test_housed(void)
{
    struct world *world = an_estate(5, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    struct place here = a_vacancy(world, residence), elsewhere = a_vacancy(world, residence);
    const char *taken = propose(world, here.vacancy, HOUSEHOLD);
    const char *other;
    Lodging__SignTitle title = a_title(here.unit, HOUSEHOLD);
    const Lodging__VacancyFilled *filled;
    const Lodging__CandidatureWithdrawn *withdrawn;

    about("who is housed withdraws elsewhere; who was not taken is not retained (6.6)");
    propose(world, here.vacancy, ANOTHER);
    other = propose(world, elsewhere.vacancy, HOUSEHOLD);
    title.candidature = text(taken);
    is_refused(sign(world, &title), "VACANCY_CANDIDATURE_NOT_RETAINED", "candidature",
               "who is not retained signs nothing");
    check(is_done(retain(world, taken, NULL)), "it is retained");
    title.household = text(ANOTHER);
    is_refused(sign(world, &title), "CANDIDATURE_OF_ANOTHER", "candidature",
               "the title is its own household's");
    title.household = text(HOUSEHOLD);
    title.unit = text(elsewhere.unit);
    is_refused(sign(world, &title), "CANDIDATURE_OF_ANOTHER", "candidature", "and of its own unit");
    title.unit = text(here.unit);
    title.candidature = text(NOTHING);
    is_refused(sign(world, &title), "NOT_KNOWN", "candidature", "of a candidature that exists");
    title.candidature = text("");
    is_refused(sign(world, &title), "PLACE_HAS_OPEN_VACANCY", "candidature",
               "nobody signs past it");
    title.candidature = text(taken);
    world_move_to(world, DATE(2021, 3, 5), 9, 0);
    check(is_done(sign(world, &title)), "it signs");
    filled = world_last(world, "lodging", &HAPPENED(vacancy_filled));
    check_number(filled->days, 4, "the vacancy was filled in four days");
    check_text(vacancy_state(world, here.vacancy), "FILLED", "which is its state");
    check_text(state_of(world, here.vacancy, 0), "HOUSED", "one is housed");
    check_text(state_of(world, here.vacancy, 1), "NOT_RETAINED", "the other not retained");
    withdrawn = world_last(world, "lodging", &HAPPENED(candidature_withdrawn));
    check_text(withdrawn->candidature, other, "the household's own elsewhere is withdrawn");
    check(withdrawn->housed_elsewhere, "because it is housed");
    check_text(vacancy_state(world, elsewhere.vacancy), "OPEN", "that vacancy is open again");
    is_refused(withdraw(world, taken, NULL), "VACANCY_NOT_OPEN", "candidature",
               "who is housed withdraws no more");
    world_move_to(world, DATE(2021, 3, 10), 0, 0);
    check_number(world_count(world, "lodging", &HAPPENED(vacancy_lost)), 1,
                 "and only that one is lost at its deadline");
    close_estate(world);
}

static void test_housed_after_the_deadline(void)
{
    struct world *world = an_estate(6, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    struct place here = a_vacancy(world, residence), elsewhere = a_vacancy(world, residence);
    const char *taken = propose(world, here.vacancy, HOUSEHOLD);
    Lodging__SignTitle title = a_title(here.unit, HOUSEHOLD);

    about("a withdrawal for being housed may lose the other place (C-14)");
    retain(world, propose(world, elsewhere.vacancy, HOUSEHOLD), NULL);
    retain(world, taken, NULL);
    world_move_to(world, DATE(2021, 3, 12), 9, 0);
    title.candidature = text(taken);
    check(is_done(sign(world, &title)), "it signs after both deadlines");
    check_text(vacancy_state(world, elsewhere.vacancy), "LOST", "the other place is lost");
    check_text(unit_state(world, elsewhere.unit), "AVAILABLE", "and not reserved any more");
    check_text(vacancy_state(world, here.vacancy), "FILLED", "this one is filled");
    close_estate(world);
}

int main(void)
{
    test_the_guard();
    test_many();
    test_answers();
    test_after_the_deadline();
    test_housed();
    test_housed_after_the_deadline();
    return checks_done();
}
