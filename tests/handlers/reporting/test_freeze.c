/* What was published stays as it was; what later data give stands beside, and neither tells of few
 * households by the other's difference (Q40, SC-6 (6)). */
#include "tests/handlers/reporting/told.h"

#define ORNE "orne-evaluation"

static void tell_households(struct world *world, unsigned from, unsigned to)
{
    Intake__Situation situation = any_situation();

    for (unsigned n = from; n <= to; n++)
        tell_measure(world, n, n, &situation, DATE(2008, 3, 1));
    world_settle(world);
}

static void check_refused(struct answer answer, const char *code, const char *field,
                          const char *sentence)
{
    check(answer.status == REFUSED, "%s", sentence);
    check_text(answer.code, code, "%s: it says why", sentence);
    check_text(answer.field, field, "%s: it names the field", sentence);
    check(*answer.french && *answer.english, "%s: in both languages", sentence);
}

static void refusals(struct world *world)
{
    about("what cannot be asked");
    check_refused(ask_report(world, "nothing", 2008, false), "NOT_KNOWN", "report",
                  "a report that is none");
    check_refused(ask_report(world, ORNE, 0, false), "REPORT_YEAR", "year", "no year");
    check_refused(ask_report(world, ORNE, 1899, false), "REPORT_YEAR", "year", "the year 1899");
    check(ask_report(world, ORNE, 1900, false).status == DONE, "1900 may be asked");
    check(ask_report(world, ORNE, 2010, false).status == DONE, "so may the year under way");
    check_refused(ask_report(world, ORNE, 2011, false), "REPORT_YEAR", "year", "a year to come");
    check_refused(ask_freeze(world, "nothing", 2008, ""), "NOT_KNOWN", "report",
                  "freezing a report that is none");
    check_refused(ask_freeze(world, ORNE, 2011, ""), "REPORT_YEAR", "year",
                  "freezing a year to come");
    check_refused(ask_freeze(world, ORNE, 2010, ""), "FIGURE_PERIOD_STILL_OPEN", "year",
                  "freezing a year that is not over");
    check_number(world_count(world, "reporting", &reporting__report_frozen__descriptor), 0,
                 "nothing was written");
}

static void freezes(struct world *world)
{
    const Reporting__ReportReply *report;
    const Reporting__FreezeReportReply *reply;
    struct answer answer;

    about("freezing keeps what is published");
    tell_households(world, 1, 20);
    answer = ask_freeze(world, ORNE, 2008, "crise sanitaire");
    check(answer.status == DONE, "a year that is over is frozen");
    report = ask_report(world, ORNE, 2008, false).reply;
    reply = answer.reply;
    check_number(reply ? reply->figures : 0, report->n_figures, "all its figures");
    check_text(report->note, "crise sanitaire", "its note is told (S0-30)");
    check_date(date_of(report->frozen_on), DATE(2010, 3, 1), "and the day");
    check_text(figure_in(report, "F1-9")->frozen_value, "20", "F1-9: 20, as frozen");

    answer = ask_freeze(world, ORNE, 2008, "crise sanitaire");
    check(answer.status == DONE, "the same again is done");
    check_refused(ask_freeze(world, ORNE, 2008, "autre"), "REPORT_ALREADY_FROZEN", "year",
                  "freezing again with another note");
    check_number(world_count(world, "reporting", &reporting__report_frozen__descriptor), 1,
                 "and it was frozen once");
    check(ask_report(world, ORNE, 2009, false).reply != NULL &&
              ((const Reporting__ReportReply *)ask_report(world, ORNE, 2009, false).reply)
                      ->frozen_on == NULL,
          "another year is not frozen by it");
}

static void stands_beside(struct world *world)
{
    const Reporting__ReportReply *report;

    about("later data stand beside (Q40)");
    tell_households(world, 21, 22);
    report = ask_report(world, ORNE, 2008, false).reply;
    check_text(figure_in(report, "F1-9")->value, "22", "F1-9: 22 now");
    check_text(figure_in(report, "F1-9")->frozen_value, "20", "F1-9: 20 as published");

    about("in public, two more households are not told by the difference (SC-6 (6))");
    report = ask_report(world, ORNE, 2008, true).reply;
    check(figure_in(report, "F1-9")->suppressed, "F1-9: 22 is hidden beside the 20");
    check_text(figure_in(report, "F1-9")->frozen_value, "20", "F1-9: 20 stays published");
    check(figure_in(report, "F1-10")->suppressed, "F1-10: its months are hidden with it");
    check(figure_in(report, "F1-11")->suppressed, "F1-11: and their ratio");
    check(!figure_in(report, "F1-1")->suppressed, "F1-1: what is contracted tells of nobody");

    tell_households(world, 23, 25);
    report = ask_report(world, ORNE, 2008, true).reply;
    check_text(figure_in(report, "F1-9")->value, "25", "F1-9: five more are shown");
}

static void lists(struct world *world)
{
    Reporting__ReportsQuery asked = REPORTING__REPORTS_QUERY__INIT;
    const Reporting__ReportsReply *reply =
        world_call(world, "reporting.Reports", &asked.base, &reporting__reports_reply__descriptor)
            .reply;

    about("which reports there are");
    check_number(reply ? reply->n_reports : 0, 2, "two");
    for (size_t i = 0; reply && i < reply->n_reports; i++)
        check(*reply->reports[i]->title_french && *reply->reports[i]->title_english,
              "%s has a title in both languages", reply->reports[i]->report);
}

static void small_towns(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    const Reporting__ReportReply *report;

    about("in public, four households are too few for anything but contracts (SC-5)");
    tell_households(world, 1, 4);
    report = ask_report(world, ORNE, 2008, true).reply;
    for (size_t i = 0; report && i < report->n_figures; i++) {
        const Reporting__Figure *figure = report->figures[i];
        bool is_contract =
            strncmp(figure->scope, "external", 8) == 0 && figure->indicator[4] == '\0';

        check(is_contract || figure->suppressed || figure->numerator == 0,
              "%s tells nothing of four households", figure->indicator);
    }
    check(figure_in(report, "F1-9")->suppressed, "F1-9: not even that they are four");
    world_close(world);
}

int main(void)
{
    struct world *world = open_world(DATE(2010, 3, 1));
    const char *trouble;

    refusals(world);
    freezes(world);
    stands_beside(world);
    lists(world);
    trouble = world_check_store(world, "reporting");
    check(trouble == NULL, "tables are what the journal replayed gives%s", trouble ? trouble : "");
    check_text(figure_of_year(world, ORNE, 2008, "F1-9")->frozen_value, "20",
               "and what was published survives a restart");
    world_close(world);
    small_towns();
    return checks_done();
}
