/* The register says which associations may perform what they asked for, and from when to when. */
#include "tests/handlers/intake/office.h"

static struct answer accredit(struct world *world, const char *operator_code, struct date from,
                              struct date to)
{
    Intake__ChangeAccreditation asked = INTAKE__CHANGE_ACCREDITATION__INIT;

    asked.operator_ = text_of(operator_code);
    asked.valid_from = on(from);
    asked.valid_to = on(to);
    return world_call(world, "intake.ChangeAccreditation", &asked.base,
                      &intake__change_accreditation_reply__descriptor);
}

static int changes(struct world *world)
{
    return world_count(world, "intake", &intake__accreditation_changed__descriptor);
}

static void test_register(void)
{
    struct world *world = world_open(1, DATE(2020, 1, 6));
    const Intake__AccreditationChanged *changed;

    about("S1-7: the register of accreditations");
    world_add(world, &intake_service, NULL);
    check_done(accredit(world, "AOLTJ", DATE(2008, 1, 1), DATE_NONE), "accredited since 2008");
    check_done(accredit(world, "AOLTJ", DATE(2008, 1, 1), DATE_NONE), "the same again");
    check_number(changes(world), 1, "is no change");
    check_done(accredit(world, "AOLTJ", DATE(2008, 1, 1), DATE(2012, 12, 31)), "until 2012");
    changed = world_last(world, "intake", &intake__accreditation_changed__descriptor);
    check_date(changed ? date_of(changed->valid_to) : DATE_NONE, DATE(2012, 12, 31),
               "its end is told");
    check_refused(accredit(world, "AOLTJ", DATE(2012, 12, 31), DATE_NONE), "ACCREDITATION_OVERLAPS",
                  "valid_from", "one that begins on the last day of it");
    check_done(accredit(world, "AOLTJ", DATE(2013, 1, 1), DATE_NONE), "on the day after, it may");
    check_done(accredit(world, "YSOS", DATE(2012, 12, 31), DATE_NONE),
               "another association's is its own");
    check_refused(accredit(world, "AOLTJ", DATE(2013, 1, 1), DATE(2012, 12, 31)),
                  "ACCREDITATION_DATES_NOT_POSSIBLE", "valid_from", "ending before it begins");
    check_refused(accredit(world, "", DATE(2013, 1, 1), DATE_NONE), "FIELD_MISSING", "operator",
                  "of nobody");
    check_refused(accredit(world, "A O", DATE(2013, 1, 1), DATE_NONE), "FIELD_NOT_A_CODE",
                  "operator", "of what is no code");
    check_refused(accredit(world, "AOLTJ", DATE_NONE, DATE_NONE), "FIELD_MISSING", "valid_from",
                  "without a beginning");
    check_number(changes(world), 4, "four changes in all");
    check_store(world);
    world_close(world);
}

static struct answer grant_to(struct world *world, const char *request, const char *operator_code,
                              struct date decided_on)
{
    Intake__DecideRequest asked = decision_on(request, GRANT, decided_on);

    asked.operator_ = text_of(operator_code);
    return ask_decide(world, &asked);
}

static void test_who_may_perform(void)
{
    struct world *world = world_open(2, DATE(2020, 1, 6));
    Intake__SubmitRequest asked;

    about("S1-7: an association performs what it asked for only while it is accredited");
    world_add(world, &intake_service, NULL);
    open_body(world, HEAD);
    register_household(world, HOUSEHOLD(1), "Vasseur", NULL, DATE(2008, 1, 2));
    accredit(world, "AOLTJ", DATE(2019, 1, 1), DATE(2019, 12, 31));
    for (unsigned i = 1; i <= 3; i++) {
        asked = asll_request(REQUEST(i), HOUSEHOLD(1), DATE(2019, 12, 2));
        asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_INSERTION_ASSOCIATION;
        asked.prescriber = text_of("AOLTJ");
        asked.n_items = 1;
        asked.items = social_evaluation;
        check_done(ask_submit(world, &asked), "a request of the association");
    }
    check_done(grant_to(world, REQUEST(1), "AOLTJ", DATE(2019, 12, 31)),
               "on the last day of its accreditation");
    check_refused(grant_to(world, REQUEST(2), "AOLTJ", DATE(2020, 1, 1)),
                  "REQUESTER_NOT_ACCREDITED", "operator", "not on the day after");
    check_done(grant_to(world, REQUEST(2), "YSOS", DATE(2020, 1, 1)), "another one may");
    check_done(grant_to(world, REQUEST(3), "", DATE(2020, 1, 1)), "or the organisation itself");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_register();
    test_who_may_perform();
    return checks_done();
}
