/* A freed place is filled within eight days or lost, and at the deadline one thing is asked: is a
 * candidature pending or retained (domain.md S4-27, S4-30, S4-32, C-3, C-14, Q7)? */
#include "tests/handlers/lodging/estate.h"

#define TOO_LOW TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOME_TOO_LOW

static int lost(struct world *world)
{
    return world_count(world, "lodging", &HAPPENED(vacancy_lost));
}

static const Lodging__VacancyLost *last_loss(struct world *world)
{
    return world_last(world, "lodging", &HAPPENED(vacancy_lost));
}

/* A unit of one place in a residence. */
static const char *one_unit(struct world *world)
{
    return commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
}

static void test_day_by_day(void)
{
    struct world *world = an_estate(1, DATE(2021, 3, 24));
    const char *unit = one_unit(world);
    struct answer freed = free_unit(world, unit, NULL, NULL);
    const Lodging__FreeUnitReply *reply = freed.reply;
    const Lodging__VacancyOpened *opened;

    about("eight days from 24 March 2021, across the change to summer time");
    check_date(date_of(reply->last_day), DATE(2021, 4, 1), "the last day is 1 April");
    opened = world_last(world, "lodging", &HAPPENED(vacancy_opened));
    check_number(opened->deadline_ms, end_of_day(DATE(2021, 4, 1)), "until 24:00 in Paris");
    check_number(opened->decided_at_ms, opened->deadline_ms, "when it is decided");
    check_text(vacancy_state(world, reply->vacancy), "OPEN", "the vacancy is open");
    for (struct date day = DATE(2021, 3, 25); date_is_before(day, DATE(2021, 4, 2));
         day = date_add_days(day, 1)) {
        char name[DATE_TEXT_SIZE];

        world_move_to(world, day, 23, 59);
        check_text(vacancy_state(world, reply->vacancy), "OPEN", "on %s at 23:59 it is open",
                   date_format(day, name));
        check_number(lost(world), 0, "and not lost");
    }
    world_move_to(world, DATE(2021, 4, 2), 0, 0);
    check_number(lost(world), 1, "at 24:00 of the eighth day it is lost");
    check_text(vacancy_state(world, reply->vacancy), "LOST", "which its state says");
    check_date(date_of(last_loss(world)->lost_on), DATE(2021, 4, 2), "on the first day after");
    check_number(last_loss(world)->candidatures, 0, "without a candidature");
    check_number(last_loss(world)->holder, STATE, "by the reservation holder");
    world_move_to(world, DATE(2021, 5, 1), 0, 0);
    check_number(lost(world), 1, "once");
    close_estate(world);
}

static void test_clocks(void)
{
    static const struct {
        const char *when;
        struct date notified_on, last_day;
    } cases[] = {
        { "over the end of summer time", { 2021, 10, 25 }, { 2021, 11, 2 } },
        { "ending on a Sunday: it does not roll (C-3)", { 2021, 6, 5 }, { 2021, 6, 13 } },
        { "ending on 14 July: it does not roll", { 2021, 7, 6 }, { 2021, 7, 14 } },
        { "over a leap day", { 2024, 2, 22 }, { 2024, 3, 1 } },
        { "over a new year", { 2021, 12, 28 }, { 2022, 1, 5 } },
    };

    about("eight days from the notification");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world *world = an_estate(2 + i, cases[i].notified_on);
        const char *vacancy = vacancy_made(free_unit(world, one_unit(world), NULL, NULL));

        world_move_to(world, cases[i].last_day, 23, 59);
        check_number(lost(world), 0, "%s: open on the last minute", cases[i].when);
        world_move_to(world, date_add_days(cases[i].last_day, 1), 0, 0);
        check_number(lost(world), 1, "%s: lost with it", cases[i].when);
        check_date(date_of(vacancy_of(world, vacancy)->last_day), cases[i].last_day, "%s",
                   cases[i].when);
        close_estate(world);
    }
}

static void test_pending_at_the_deadline(void)
{
    struct world *world = an_estate(10, DATE(2021, 3, 1));
    const char *vacancy = vacancy_made(free_unit(world, one_unit(world), NULL, NULL));
    const char *first = propose(world, vacancy, HOUSEHOLD);
    const char *second = propose(world, vacancy, ANOTHER);

    about("one that is pending at the deadline keeps the place (C-14)");
    check_text(vacancy_state(world, vacancy), "CANDIDATES_SENT", "two candidatures are pending");
    world_move_to(world, DATE(2021, 3, 10), 9, 0);
    check_number(lost(world), 0, "past the deadline it is not lost");
    check(is_done(refuse(world, first, TOO_LOW, NULL)), "the first is refused");
    check_number(lost(world), 0, "the other is still pending");
    check(is_done(refuse(world, second, TOO_LOW, NULL)), "the last is refused");
    check_number(lost(world), 1, "and the place is lost at that moment");
    check_date(date_of(last_loss(world)->lost_on), DATE(2021, 3, 10), "on that day");
    check_number(last_loss(world)->candidatures, 2, "after two candidatures");
    check_text(vacancy_state(world, vacancy), "LOST", "which its state says");
    check_number(vacancy_of(world, vacancy)->candidatures[0]->reason, TOO_LOW,
                 "and each refusal its reason");
    close_estate(world);
}

static void test_never_reset(void)
{
    struct world *world = an_estate(11, DATE(2021, 3, 1));
    const char *vacancy = vacancy_made(free_unit(world, one_unit(world), NULL, NULL));
    const char *first;
    const Lodging__CandidatureRefused *refused;

    about("a refusal or a withdrawal never resets the clock (S4-30)");
    world_move_to(world, DATE(2021, 3, 8), 9, 0);
    first = propose(world, vacancy, HOUSEHOLD);
    check(is_done(refuse(world, first, TOO_LOW, NULL)), "refused on the seventh day");
    refused = world_last(world, "lodging", &HAPPENED(candidature_refused));
    check_number(refused->pending, 0, "none remains");
    check_number(refused->deadline_ms, end_of_day(DATE(2021, 3, 9)), "the deadline is the same");
    check_text(vacancy_state(world, vacancy), "OPEN", "the vacancy is open again");
    check(is_done(withdraw(world, propose(world, vacancy, ANOTHER), NULL)), "another withdraws");
    check_text(vacancy_state(world, vacancy), "OPEN", "it is open still");
    world_move_to(world, DATE(2021, 3, 10), 0, 0);
    check_number(lost(world), 1, "and lost after the eighth day");
    close_estate(world);
}

static void test_extension(void)
{
    struct world *world = an_estate(12, DATE(2021, 3, 1));
    const char *vacancy = vacancy_made(free_unit(world, one_unit(world), NULL, NULL));
    Lodging__ExtendVacancy asked = LODGING__EXTEND_VACANCY__INIT;

    about("an extension moves the deadline (S4-32)");
    asked.vacancy = text(vacancy);
    asked.last_day = ON(2021, 3, 15);
    is_refused(world_call(world, "lodging.ExtendVacancy", &asked.base,
                          &lodging__extend_vacancy_reply__descriptor),
               "VACANCY_EXTENSION_WITHOUT_AUTHOR", "agreed_by", "nobody agreed: refused");
    asked.agreed_by = text("CASP");
    is_refused(world_call(world, "lodging.ExtendVacancy", &asked.base,
                          &lodging__extend_vacancy_reply__descriptor),
               "VACANCY_EXTENSION_WITHOUT_REASON", "reason", "without a reason: refused");
    is_refused(extend(world, vacancy, NULL), "FIELD_MISSING", "last_day", "no day: refused");
    is_refused(extend(world, NOTHING, ON(2021, 3, 15)), "NOT_KNOWN", "vacancy",
               "of no vacancy: refused");
    check_text(extend(world, vacancy, ON(2021, 3, 9)).code, "VACANCY_EXTENSION_NOT_LATER",
               "to the day it has: refused");
    is_refused(extend(world, vacancy, ON(2199, 12, 31)), "VACANCY_EXTENSION_TOO_LONG", "last_day",
               "to a day that never comes: refused");
    is_refused(extend(world, vacancy, ON(2021, 4, 9)), "VACANCY_EXTENSION_TOO_LONG", "last_day",
               "to the 31st day past the first deadline: refused");
    check(is_done(extend(world, vacancy, ON(2021, 3, 15))), "to the 15th: done");
    is_refused(extend(world, vacancy, ON(2021, 4, 9)), "VACANCY_EXTENSION_TOO_LONG", "last_day",
               "the thirty days count from the first deadline, not from this one: refused");
    world_move_to(world, DATE(2021, 3, 15), 23, 59);
    check_number(lost(world), 0, "the eighth day passed, it is open");
    check(is_done(extend(world, vacancy, ON(2021, 3, 16))), "again, to the 16th");
    world_move_to(world, DATE(2021, 3, 16), 23, 59);
    check_number(lost(world), 0, "open until then");
    world_move_to(world, DATE(2021, 3, 17), 0, 0);
    check_number(lost(world), 1, "and lost after");
    check_date(date_of(last_loss(world)->lost_on), DATE(2021, 3, 17), "on the 17th");
    is_refused(extend(world, vacancy, ON(2021, 3, 30)), "VACANCY_NOT_OPEN", "vacancy",
               "what is lost is not extended");
    close_estate(world);
}

static struct answer record_action(struct world *world, const char *vacancy, const char *action)
{
    Lodging__RecordCorrectiveAction asked = LODGING__RECORD_CORRECTIVE_ACTION__INIT;

    asked.vacancy = text(vacancy);
    asked.action = text(action);
    asked.due_on = ON(2021, 4, 30);
    return world_call(world, "lodging.RecordCorrectiveAction", &asked.base,
                      &lodging__record_corrective_action_reply__descriptor);
}

static void test_after_the_loss(void)
{
    struct world *world = an_estate(13, DATE(2021, 3, 1));
    const char *unit = one_unit(world);
    const char *vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    Lodging__ProposeCandidature late = a_candidature(vacancy, HOUSEHOLD);
    const Lodging__ReturnVacancyReply *reply;

    about("a loss asks for a corrective action (A-32), and the manager may give the place back");
    is_refused(record_action(world, vacancy, "CALL_EARLIER"), "VACANCY_NOT_LOST", "vacancy",
               "an open one needs no action");
    is_refused(give_back(world, vacancy, NULL), "VACANCY_NOT_LOST", "vacancy",
               "nor can it be given back");
    world_move_to(world, DATE(2021, 3, 10), 9, 0);
    is_refused(send(world, &late), "VACANCY_NOT_OPEN", "vacancy", "no candidature for a lost one");
    is_refused(record_action(world, vacancy, ""), "FIELD_MISSING", "action", "an action says what");
    is_refused(record_action(world, NOTHING, "CALL_EARLIER"), "NOT_KNOWN", "vacancy",
               "and of what");
    check(is_done(record_action(world, vacancy, "CALL_EARLIER")), "then it is recorded");
    check_text(vacancy_of(world, vacancy)->corrective_action, "CALL_EARLIER", "and told");
    is_refused(give_back(world, NOTHING, NULL), "NOT_KNOWN", "vacancy", "no vacancy, no return");
    world_move_to(world, DATE(2021, 3, 20), 9, 0);
    reply = give_back(world, vacancy, ON(2021, 3, 18)).reply;
    check(reply != NULL, "the manager gave it back on the 18th");
    check_text(vacancy_state(world, vacancy), "RETURNED", "the lost one is ended");
    check(strcmp(reply->vacancy, vacancy) != 0, "another is open");
    check_date(date_of(reply->last_day), DATE(2021, 3, 26), "with a clock of its own (C-14)");
    check_text(give_back(world, vacancy, NULL).code, "VACANCY_NOT_LOST", "once only");
    check_text(free_unit(world, unit, NULL, NULL).code, "VACANCY_ALREADY_OPEN",
               "the place has its vacancy");
    world_move_to(world, DATE(2021, 3, 27), 0, 0);
    check_number(lost(world), 2, "which is lost in its turn");
    check(is_done(record_action(world, vacancy, "CALL_TWICE")),
          "the action on the first may still be told");
    close_estate(world);
}

static void test_refusals(void)
{
    struct world *world = an_estate(14, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *unit = commission_unit(world, residence, 2);
    const char *taken = commission_unit(world, residence, 1);
    Lodging__FreeUnit asked = LODGING__FREE_UNIT__INIT;
    const char *vacancy;

    about("a freeing that cannot be");
    is_refused(free_unit(world, NOTHING, NULL, NULL), "NOT_KNOWN", "unit", "of no unit");
    is_refused(free_unit(world, unit, ON(2021, 3, 2), NULL), "DATE_TO_COME", "notified_on",
               "notified tomorrow");
    is_refused(free_unit(world, unit, NULL, ON(2021, 2, 29)), "FIELD_NOT_A_DATE", "free_on",
               "free on no day");
    vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    check(*vacancy != '\0', "the first of two places");
    asked.unit = text(unit);
    asked.vacancy = text(vacancy);
    is_refused(
        world_call(world, "lodging.FreeUnit", &asked.base, &lodging__free_unit_reply__descriptor),
        "ID_TAKEN", "vacancy", "an identifier that is taken");
    asked.vacancy = text("no identifier");
    is_refused(
        world_call(world, "lodging.FreeUnit", &asked.base, &lodging__free_unit_reply__descriptor),
        "FIELD_NOT_AN_IDENTIFIER", "vacancy", "or is none");
    check(is_done(free_unit(world, unit, NULL, NULL)), "the second of two places");
    is_refused(free_unit(world, unit, NULL, NULL), "VACANCY_ALREADY_OPEN", "unit", "no third");
    move_in(world, taken, HOUSEHOLD, ON(2021, 3, 1));
    is_refused(free_unit(world, taken, NULL, NULL), "UNIT_HAS_NO_FREE_PLACE", "unit",
               "of a unit that is lived in");
    check(vacancy_of(world, NOTHING) == NULL, "a vacancy that is not there is not told");
    close_estate(world);
}

static void test_in_advance(void)
{
    struct world *world = an_estate(15, DATE(2021, 3, 1));
    const char *unit = one_unit(world);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2021, 3, 1));
    Lodging__EndStay exit = an_exit(tenancy.stay);
    Lodging__SignTitle title;
    const char *candidature;
    struct answer freed;

    about("a place may be announced while notice runs; the clock runs from the notification (Q7)");
    world_move_to(world, DATE(2021, 6, 1), 9, 0);
    freed = free_unit(world, unit, NULL, ON(2021, 6, 20));
    check_date(date_of(((const Lodging__FreeUnitReply *)freed.reply)->last_day), DATE(2021, 6, 9),
               "eight days from 1 June");
    check_text(unit_state(world, unit), "NOTICE_GIVEN", "the place is under notice");
    candidature = propose(world, vacancy_made(freed), ANOTHER);
    check(is_done(retain(world, candidature, NULL)), "a candidate is retained meanwhile");
    title = a_title(unit, ANOTHER);
    title.candidature = text(candidature);
    is_refused(sign(world, &title), "VACANCY_PLACE_NOT_FREE", "vacancy",
               "but signs only once the place is free");
    world_move_to(world, DATE(2021, 6, 20), 9, 0);
    exit.left_on = ON(2021, 6, 20);
    check(is_done(end(world, &exit)), "the household leaves");
    check_text(unit_state(world, unit), "RESERVED", "the place is kept for the one retained");
    check(is_done(sign(world, &title)), "who signs");
    check_text(unit_state(world, unit), "OCCUPIED", "and has it");
    close_estate(world);
}

static void test_history(void)
{
    struct world *world = an_estate(16, DATE(2026, 11, 23));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *filled =
        vacancy_made(free_unit(world, commission_unit(world, residence, 1), ON(2020, 3, 2), NULL));
    const char *forgotten =
        vacancy_made(free_unit(world, commission_unit(world, residence, 1), ON(2020, 4, 6), NULL));
    const char *failed =
        vacancy_made(free_unit(world, commission_unit(world, residence, 1), ON(2020, 5, 4), NULL));
    Lodging__ProposeCandidature asked = a_candidature(filled, HOUSEHOLD);
    Lodging__SignTitle title;
    const Lodging__ProposeCandidatureReply *reply;

    about("a vacancy of 2020 told in 2026 has the end that it had");
    check_date(date_of(vacancy_of(world, filled)->last_day), DATE(2020, 3, 10), "its own last day");
    asked.proposed_on = ON(2020, 3, 11);
    is_refused(send(world, &asked), "VACANCY_NOT_OPEN", "vacancy", "not a day later");
    asked.proposed_on = ON(2020, 3, 10);
    reply = send(world, &asked).reply;
    check(reply != NULL, "a candidature of the last day counts");
    check(is_done(retain(world, reply->candidature, ON(2020, 3, 12))), "it is retained");
    title = a_title(vacancy_of(world, filled)->unit, HOUSEHOLD);
    title.candidature = reply->candidature;
    title.signed_on = ON(2020, 3, 16);
    check(is_done(sign(world, &title)), "and signed");
    check_text(vacancy_state(world, filled), "FILLED", "the vacancy is filled");
    asked = a_candidature(failed, ANOTHER);
    asked.proposed_on = ON(2020, 5, 5);
    reply = send(world, &asked).reply;
    check_number(lost(world), 0, "nothing is lost while history is told");
    world_move_to(world, DATE(2026, 11, 24), 0, 0);
    check_number(lost(world), 1, "at the end of that day what nobody was sent for is lost");
    check_text(vacancy_state(world, forgotten), "LOST", "which is the one");
    check_date(date_of(last_loss(world)->lost_on), DATE(2020, 4, 15), "on its own day");
    check_text(vacancy_state(world, failed), "CANDIDATES_SENT", "the other has one pending");
    check(is_done(refuse(world, reply->candidature, TOO_LOW, ON(2020, 5, 7))),
          "which, it is told now, was refused in time");
    check_text(vacancy_state(world, failed), "LOST", "so that it was lost");
    check_date(date_of(last_loss(world)->lost_on), DATE(2020, 5, 13), "when its days were over");
    close_estate(world);
}

static void test_down(void)
{
    struct world *world = an_estate(17, DATE(2021, 3, 1));
    const char *vacancy = vacancy_made(free_unit(world, one_unit(world), NULL, NULL));

    about("a service that is down over the deadline");
    world_kill(world, "lodging");
    world_move_to(world, DATE(2021, 3, 25), 9, 0);
    world_revive(world, "lodging");
    world_settle(world);
    check_number(lost(world), 1, "tells the loss when it is back");
    check_date(date_of(last_loss(world)->lost_on), DATE(2021, 3, 10), "by its day");
    check_text(vacancy_state(world, vacancy), "LOST", "once");
    close_estate(world);
}

static void test_lists(void)
{
    struct world *world = an_estate(18, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *old =
        vacancy_made(free_unit(world, commission_unit(world, residence, 1), NULL, NULL));
    Lodging__VacanciesQuery asked = LODGING__VACANCIES_QUERY__INIT;
    const Lodging__VacanciesReply *reply;
    const char *open;

    about("vacancies are listed, the open ones by themselves");
    world_move_to(world, DATE(2021, 3, 10), 9, 0);
    open = vacancy_made(free_unit(world, commission_unit(world, residence, 1), NULL, NULL));
    propose(world, open, HOUSEHOLD);
    asked.most = 1;
    reply =
        world_call(world, "lodging.Vacancies", &asked.base, &lodging__vacancies_reply__descriptor)
            .reply;
    check(reply->n_vacancies == 1 && reply->more, "one, and there are more");
    check_text(reply->vacancies[0]->vacancy, old, "the older first");
    asked.after = text(old);
    reply =
        world_call(world, "lodging.Vacancies", &asked.base, &lodging__vacancies_reply__descriptor)
            .reply;
    check(reply->n_vacancies == 1 && !reply->more, "then the last");
    asked.after = text("");
    asked.most = 0;
    asked.open_only = true;
    reply =
        world_call(world, "lodging.Vacancies", &asked.base, &lodging__vacancies_reply__descriptor)
            .reply;
    check(reply->n_vacancies == 1, "one is open");
    check_text(reply->vacancies[0]->vacancy, open, "the younger");
    check_number(reply->vacancies[0]->n_candidatures, 1, "with its candidature");
    close_estate(world);
}

int main(void)
{
    test_day_by_day();
    test_clocks();
    test_pending_at_the_deadline();
    test_never_reset();
    test_extension();
    test_after_the_loss();
    test_refusals();
    test_in_advance();
    test_history();
    test_down();
    test_lists();
    return checks_done();
}
