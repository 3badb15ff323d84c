/* What is heard is kept as facts that count once: a household whatever its measures, a
 * measure-month in the year it lies in; an erased household is found no more, and still counts. */
#include "services/reporting/facts.h"
#include "tests/handlers/reporting/told.h"

#define ORNE "orne-evaluation"

static int64_t numerator(struct world *world, unsigned year, const char *indicator)
{
    return figure_of_year(world, ORNE, year, indicator)->numerator;
}

static void is_replayed(struct world *world)
{
    const char *trouble = world_check_store(world, "reporting");

    check(trouble == NULL, "tables are what the journal replayed gives%s", trouble ? trouble : "");
    world_close(world);
}

static void counts_once(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation hosted = any_situation(), owner = any_situation();
    Measures__MonthsTakenBack back = MEASURES__MONTHS_TAKEN_BACK__INIT;

    about("a household counts once, as at the grant of its first measure of the year (Q3, Q13)");
    hosted.tenure = TREMPLIN__TENURE__TENURE_HOSTED;
    owner.tenure = TREMPLIN__TENURE__TENURE_OWNER;
    tell_measure(world, 2, 1, &owner, DATE(2008, 9, 1));
    tell_measure(world, 1, 1, &hosted, DATE(2008, 3, 1));
    tell_month(world, 2, 1, DATE(2009, 1, 1), 100);
    check_number(numerator(world, 2008, "F1-9"), 1, "F1-9: one household of two measures");
    check_number(numerator(world, 2008, "F1-31"), 1,
                 "F1-31: hosted, as at the grant of the measure first counted in March");
    check_number(numerator(world, 2008, "F1-30"), 0, "F1-30: not the owner it was in September");
    check_number(figure_of_year(world, ORNE, 2008, "F1-15")->denominator, 2,
                 "F1-15: measures are counted each");
    check_number(numerator(world, 2008, "F1-10"), 2, "F1-10: two months in 2008");

    about("months lie in the year of their first day (2.8)");
    check_number(numerator(world, 2009, "F1-10"), 1, "F1-10: one month in 2009");
    check_number(numerator(world, 2009, "F1-30"), 1,
                 "F1-30: in 2009 its first measure is the one that goes on");
    check_number(numerator(world, 2007, "F1-9"), 0, "F1-9: nobody in 2007");

    about("a month taken back was never counted");
    back.measure = MEASURE(2);
    back.household = HOUSEHOLD(1);
    back.month = on(DATE(2009, 1, 1));
    back.hundredths = 100;
    tell(world, &back.base, back.measure, DATE(2009, 1, 1));
    check_number(numerator(world, 2009, "F1-9"), 0, "F1-9: nobody is left in 2009");
    check_number(numerator(world, 2008, "F1-9"), 1, "F1-9: 2008 is as it was");

    about("part of a month makes a household one that was supported");
    tell_month(world, 2, 1, DATE(2009, 2, 1), 50);
    check_number(numerator(world, 2009, "F1-9"), 1, "F1-9: half a month is one");
    check_number(numerator(world, 2009, "F1-10"), 1, "F1-10: and prints as one, half up");
    is_replayed(world);
}

static void other_schemes(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation situation = any_situation();
    Intake__RequestGranted request = granted_by_intake(1, 1, &situation);

    about("the evaluation is of one scheme");
    request.scheme = TREMPLIN__SCHEME__SCHEME_MASP2;
    tell(world, &request.base, request.measure, DATE(2008, 1, 2));
    tell_month(world, 1, 1, DATE(2008, 3, 1), 100);
    check_number(numerator(world, 2008, "F1-9"), 0, "F1-9: a MASP is no ASLL");
    is_replayed(world);
}

static void either_order(bool measures_first)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation situation = any_situation();
    Intake__RequestGranted request = granted_by_intake(1, 1, &situation);
    Measures__MeasureGranted granted = granted_by_measures(1, 1);
    Measures__Snapshot snapshot = MEASURES__SNAPSHOT__INIT;

    snapshot.tenure = TREMPLIN__TENURE__TENURE_HOSTED;
    granted.entry = &snapshot;
    if (measures_first) {
        tell(world, &granted.base, granted.measure, DATE(2008, 1, 2));
        tell_month(world, 1, 1, DATE(2008, 3, 1), 100);
        check_number(numerator(world, 2008, "F1-31"), 1,
                     "what measures knows stands until intake's grant is heard");
    }
    tell(world, &request.base, request.measure, DATE(2008, 1, 2));
    world_settle(world);
    if (!measures_first) {
        tell(world, &granted.base, granted.measure, DATE(2008, 1, 2));
        tell_month(world, 1, 1, DATE(2008, 3, 1), 100);
    }
    check_number(numerator(world, 2008, "F1-28"), 1, "the situation is intake's%s",
                 measures_first ? ", heard last" : ", heard first");
    is_replayed(world);
}

static void settled_and_closed(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation situation = any_situation();
    Measures__MeasureGranted granted = granted_by_measures(1, 1);
    Measures__MatterSettled settled = MEASURES__MATTER_SETTLED__INIT;
    Measures__MeasureClosed closed = MEASURES__MEASURE_CLOSED__INIT;
    Tremplin__InterventionDomain asked[] = {
        TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_TENANCY_KEEPING
    };
    Tremplin__InterventionDomain found[] = {
        TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_REHOUSING
    };

    about("what a measure counts on, and what it was about, is what was said last");
    tell_measure(world, 1, 1, &situation, DATE(2008, 3, 1));
    granted.agreement = AGREEMENT;
    granted.line = LINE(1);
    granted.domains = asked;
    granted.n_domains = 1;
    tell(world, &granted.base, granted.measure, DATE(2008, 1, 2));
    check_number(numerator(world, 2008, "F1-9-EXT"), 1, "Q2: on an agreement, it is external");
    check_number(numerator(world, 2008, "F1-16"), 1, "F1-16: until it is evaluated, as granted");
    settled.measure = MEASURE(1);
    settled.months = 6;
    tell(world, &settled.base, settled.measure, DATE(2008, 2, 2));
    check_number(numerator(world, 2008, "F1-9-INT"), 1, "Q2: settled outside any, it is internal");
    closed.measure = MEASURE(1);
    closed.household = HOUSEHOLD(1);
    closed.domains = found;
    closed.n_domains = 1;
    closed.evaluated_on = on(DATE(2008, 9, 10));
    tell(world, &closed.base, closed.measure, DATE(2008, 9, 10));
    check_number(numerator(world, 2008, "F1-16"), 0, "F1-16: evaluated, no longer as granted");
    check_number(numerator(world, 2008, "F1-17"), 1, "F1-17: but as evaluated");
    is_replayed(world);
}

static void erased(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation situation = any_situation();
    Intake__HouseholdRegistered registered = INTAKE__HOUSEHOLD_REGISTERED__INIT;
    Intake__HouseholdErased erased = INTAKE__HOUSEHOLD_ERASED__INIT;
    struct tables *tables;

    about("an erased household's identifier leads nowhere, and everything still adds up");
    registered.household = HOUSEHOLD(1);
    registered.situation = &situation;
    tell(world, &registered.base, registered.household, DATE(2008, 1, 2));
    tell_measure(world, 1, 1, &situation, DATE(2008, 3, 1));
    tell_measure(world, 2, 2, &situation, DATE(2008, 3, 1));
    check_number(numerator(world, 2008, "F1-9"), 2, "two households before");
    tables = runtime_tables(world_runtime(world, "reporting"));
    check_number(reporting_number(tables, NUMBERED_HOUSEHOLD, HOUSEHOLD(1)), 1,
                 "the first one is row 1");
    erased.household = HOUSEHOLD(1);
    tell(world, &erased.base, erased.household, DATE(2010, 3, 1));
    check_number(numerator(world, 2008, "F1-9"), 2, "two households after");
    tables = runtime_tables(world_runtime(world, "reporting"));
    check_number(reporting_number(tables, NUMBERED_HOUSEHOLD, HOUSEHOLD(1)), 0,
                 "but none has the erased identifier");
    check_number(reporting_number(tables, NUMBERED_HOUSEHOLD, HOUSEHOLD(2)), 2,
                 "the other one's row is its own");
    tell_month(world, 1, 1, DATE(2008, 4, 1), 100);
    check_number(numerator(world, 2008, "F1-9"), 2,
                 "a month of its measure heard later makes no third household");
    check_number(numerator(world, 2008, "F1-10"), 3, "and is counted");
    is_replayed(world);
}

static void jobseekers(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    Intake__Situation situation = any_situation();
    const Reporting__Figure *figure;

    about("a jobseeker without minimum benefits is reported, never dropped (C-7)");
    tell_measure(world, 1, 1, &situation, DATE(2008, 3, 1));
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_JOBSEEKER;
    tell_measure(world, 2, 2, &situation, DATE(2008, 3, 1));
    figure = figure_of_year(world, ORNE, 2008, "F1-24");
    check_text(figure->value, "50 %", "in work: one of two");
    check(strstr(figure->note_french, "1 demandeurs d'emploi") != NULL,
          "the note says in French that one is a jobseeker");
    check(strstr(figure->note_english, "1 jobseekers") != NULL, "and in English");
    figure = figure_in(ask_report(world, ORNE, 2008, true).reply, "F1-24");
    check(figure->suppressed && strstr(figure->note_english, "1 jobseekers") == NULL,
          "the public view says neither");
    is_replayed(world);
}

int main(void)
{
    counts_once();
    other_schemes();
    about("the two services that tell of a grant may be heard in either order");
    either_order(true);
    either_order(false);
    settled_and_closed();
    erased();
    jobseekers();
    return checks_done();
}
