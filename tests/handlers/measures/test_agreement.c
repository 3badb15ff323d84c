/* An agreement is opened once, with its lines; a command is done once. */
#include "tests/handlers/measures/office.h"

static Measures__OpenAgreement usual(Measures__AgreementLine *line, Measures__AgreementLine **lines)
{
    Measures__OpenAgreement asked = MEASURES__OPEN_AGREEMENT__INIT;

    measures__agreement_line__init(line);
    line->name = text("Jeunes 18-25");
    line->contracted_measures = 10;
    lines[0] = line;
    asked.agreement = text(AGREEMENT);
    asked.name = text("Convention 2020");
    asked.signed_on = day(DATE(2020, 1, 1));
    asked.starts_on = day(DATE(2020, 1, 1));
    asked.ends_on = day(DATE(2020, 12, 31));
    asked.n_lines = 1;
    asked.lines = lines;
    return asked;
}

static struct answer open(struct world *world, const Measures__OpenAgreement *asked)
{
    return world_call(world, "measures.OpenAgreement", &asked->base,
                      &measures__open_agreement_reply__descriptor);
}

static void test_opening(void)
{
    struct world *world = office(1, DATE(2020, 1, 6));
    Measures__AgreementLine line, other;
    Measures__AgreementLine *lines[2];
    Measures__OpenAgreement asked = usual(&line, lines);
    const Measures__OpenAgreementReply *reply, *again;
    const Measures__AgreementOpened *opened;
    struct answer answer;

    about("what an agreement needs (6.4)");
    asked.signed_on = NULL;
    check_refused(open(world, &asked), "AGREEMENT_UNSIGNED", "signed_on", "a signature");
    asked = usual(&line, lines);
    asked.signed_on = day(DATE(2020, 1, 2));
    check_refused(open(world, &asked), "AGREEMENT_STARTS_BEFORE_SIGNATURE", "starts_on",
                  "before its start");
    asked = usual(&line, lines);
    asked.ends_on = day(DATE(2019, 12, 31));
    check_refused(open(world, &asked), "AGREEMENT_ENDS_BEFORE_START", "ends_on",
                  "an end after its start");
    asked = usual(&line, lines);
    asked.starts_on = NULL;
    check_refused(open(world, &asked), "FIELD_MISSING", "starts_on", "a start");
    asked = usual(&line, lines);
    asked.name = text(" ");
    check_refused(open(world, &asked), "FIELD_MISSING", "name", "a name");
    asked = usual(&line, lines);
    asked.n_lines = 0;
    check_refused(open(world, &asked), "AGREEMENT_LINES_MISSING", "lines", "a line");
    asked = usual(&line, lines);
    line.name = text("");
    check_refused(open(world, &asked), "FIELD_MISSING", "lines.name", "with a name");
    asked = usual(&line, lines);
    line.contracted_measures = 1000001;
    check_refused(open(world, &asked), "AGREEMENT_QUANTITY_WRONG", "lines", "and a quantity");
    asked = usual(&line, lines);
    line.line = text(LINE);
    other = line;
    lines[1] = &other;
    asked.n_lines = 2;
    check_refused(open(world, &asked), "AGREEMENT_LINE_TWICE", "lines", "each its own");
    other.line = text("");
    answer = open(world, &asked);
    check_done(answer, "then it is opened");
    reply = answer.reply;
    check(reply && reply->n_lines == 2 && *reply->lines[1]->line, "each line has an identifier");
    opened = world_last(world, "measures", &measures__agreement_opened__descriptor);
    check_number(opened->counting, MEASURES__COUNTING_METHOD__COUNTING_METHOD_ANNIVERSARY,
                 "anniversaries are counted unless it says otherwise (Q1)");
    check_number(opened->end_shift, MEASURES__END_SHIFT__END_SHIFT_STAYS, "and ends stay");
    answer = open(world, &asked);
    again = answer.reply;
    check_text(again ? again->lines[1]->line : "", reply ? reply->lines[1]->line : "?",
               "the same again is no change, and answers the same lines");
    asked.name = text("Another");
    check_refused(open(world, &asked), "AGREEMENT_EXISTS", "agreement",
                  "another under its identifier is refused");
    check_number(world_count(world, "measures", &measures__agreement_opened__descriptor), 1,
                 "there is one");
    check_store(world);
    world_close(world);
}

static void test_told_again(void)
{
    struct world *world = office(4, DATE(2020, 1, 6));
    Measures__AgreementLine line;
    Measures__AgreementLine *lines[1];
    Measures__OpenAgreement asked = usual(&line, lines);

    about("told again it is the same in all it says, or another one");
    check_done(open(world, &asked), "an agreement that leaves the presets");
    asked.counting = MEASURES__COUNTING_METHOD__COUNTING_METHOD_ANNIVERSARY;
    asked.end_shift = MEASURES__END_SHIFT__END_SHIFT_STAYS;
    line.target_public = MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_ALL;
    check_done(open(world, &asked), "is the same when they are said");
    asked.counting = MEASURES__COUNTING_METHOD__COUNTING_METHOD_DAY_15;
    check_refused(open(world, &asked), "AGREEMENT_EXISTS", "agreement", "not counted otherwise");
    asked = usual(&line, lines);
    asked.end_shift = MEASURES__END_SHIFT__END_SHIFT_BY_DAYS;
    check_refused(open(world, &asked), "AGREEMENT_EXISTS", "agreement", "nor with ends that shift");
    asked = usual(&line, lines);
    line.target_public = MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_YOUNG_18_25;
    check_refused(open(world, &asked), "AGREEMENT_EXISTS", "agreement",
                  "nor with a line for another public");
    asked = usual(&line, lines);
    line.line = text(LINE);
    check_refused(open(world, &asked), "AGREEMENT_EXISTS", "agreement", "nor with another line");
    check_number(world_count(world, "measures", &measures__agreement_opened__descriptor), 1,
                 "there is one");
    check_store(world);
    world_close(world);
}

static struct answer assign_as(struct world *world, const char *id)
{
    Measures__AssignMeasure asked = MEASURES__ASSIGN_MEASURE__INIT;

    asked.measure = text(MEASURE);
    asked.worker = text(WORKER);
    return world_call_as(world, id, "measures.AssignMeasure", &asked.base,
                         &measures__assign_measure_reply__descriptor);
}

static void test_once(void)
{
    struct world *world = office(2, DATE(2020, 1, 6));
    struct answer first, again;

    about("a command sent again is done once");
    usual_worker(world);
    grant(world, (struct granted){ .on = DATE(2020, 1, 6) });
    first = assign_as(world, NOBODY);
    world_kill(world, "measures");
    world_revive(world, "measures");
    again = assign_as(world, NOBODY);
    check_done(again, "under its identifier it gets its answer");
    check_number((int64_t)again.position.sequence, (int64_t)first.position.sequence,
                 "the same one");
    check_number(world_count(world, "measures", &measures__measure_assigned__descriptor), 1,
                 "and one effect");
    check_number(caseload_of(world, WORKER), 1, "one measure is held");
    check_store(world);
    world_close(world);
}

static void test_unbounded(void)
{
    struct world *world = office(3, DATE(2020, 1, 6));

    about("what is not contracted in a unit is not bounded in it");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 1 });
    grant(world, (struct granted){ .months = 18, .on = DATE(2020, 1, 6), .agreement = AGREEMENT });
    check_text(measure_of(world, MEASURE)->unsettled, "", "18 months fit an agreement of measures");
    check_number(line_of(world)->reserved_months, 18, "and are told");
    check_number(line_of(world)->left_measures, 0, "no measure is left");
    check_number(line_of(world)->left_months, 0, "and of months none was contracted");
    grant(world,
          (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 1, 6), .agreement = AGREEMENT });
    check_text(measure_of(world, MEASURE_2)->unsettled, "AGREEMENT_LINE_EXHAUSTED",
               "the next is a matter to settle");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_opening();
    test_told_again();
    test_once();
    test_unbounded();
    return checks_done();
}
