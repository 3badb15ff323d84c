/* No title, no stay; a place never holds two; a term ends nothing; an exit says how, where to and
 * when (domain.md S0-7, S0-8, S4-9, S4-20, RS-1, RS-2, PF-1, C-13, C-15, 6.5, 6.7). */
#include "tests/handlers/lodging/estate.h"

static void test_a_stay(void)
{
    struct world *world = an_estate(1, DATE(2020, 1, 6));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    const Lodging__StayStarted *started;
    const Lodging__StayEnded *ended;
    struct tenancy tenancy;
    Lodging__EndStay exit;

    about("a household moves in and leaves");
    check_text(unit_state(world, unit), "AVAILABLE", "a unit commissioned is available (6.5)");
    tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    check(*tenancy.stay != '\0' && *tenancy.account != '\0',
          "a title is signed without a candidature, and the stay begins");
    check_text(unit_state(world, unit), "OCCUPIED", "the unit is occupied");
    check_text(unit_of(world, unit)->stay, tenancy.stay, "by that stay");
    check_text(stay_of(world, tenancy.stay)->state, "RUNNING", "which runs");
    check_date(date_of(stay_of(world, tenancy.stay)->term_on), DATE(2022, 1, 6),
               "towards the usual term of 24 months (S4-9)");
    started = world_last(world, "lodging", &HAPPENED(stay_started));
    check(started->own_stock && started->holder == STATE && started->kind == A_RESIDENCE,
          "its event says whose unit it is, of what kind and stock");
    world_move_to(world, DATE(2020, 3, 2), 9, 0);
    exit = an_exit(tenancy.stay);
    exit.left_on = ON(2020, 3, 1);
    check(is_done(end(world, &exit)), "the household leaves");
    check_text(stay_of(world, tenancy.stay)->state, "ENDED", "the stay is ended");
    check_text(unit_state(world, unit), "AVAILABLE", "and the unit available");
    ended = world_last(world, "lodging", &HAPPENED(stay_ended));
    check_date(date_of(ended->entered_on), DATE(2020, 1, 6), "its event says from when");
    check_date(date_of(ended->left_on), DATE(2020, 3, 1), "until when");
    check_text(end(world, &exit).code, "STAY_NOT_RUNNING", "once only");
    close_estate(world);
}

static void test_titles(void)
{
    struct world *world = an_estate(2, DATE(2020, 1, 6));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *unit = commission_unit(world, residence, 1);
    Lodging__CommissionUnit scattered = a_unit("", 1);
    Lodging__SignTitle asked = a_title(unit, HOUSEHOLD);
    const Lodging__CommissionUnitReply *made;
    const Lodging__SignTitleReply *reply;

    about("a title that cannot be signed");
    asked.unit = text(NOTHING);
    is_refused(sign(world, &asked), "NOT_KNOWN", "unit", "of no unit");
    asked = a_title(unit, "somebody");
    is_refused(sign(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "household", "of no household");
    asked = a_title(unit, HOUSEHOLD);
    asked.document = text("");
    is_refused(sign(world, &asked), "TITLE_WITHOUT_DOCUMENT", "document", "no document (S0-8)");
    asked = a_title(unit, HOUSEHOLD);
    asked.house_rules_annexed = false;
    is_refused(sign(world, &asked), "TITLE_WITHOUT_HOUSE_RULES", "house_rules_annexed",
               "no house rules in a residence (RS-2)");
    asked = a_title(unit, HOUSEHOLD);
    asked.signed_on = ON(2020, 1, 7);
    is_refused(sign(world, &asked), "DATE_TO_COME", "signed_on", "signed tomorrow");
    asked = a_title(unit, HOUSEHOLD);
    asked.term_months = 12;
    is_refused(sign(world, &asked), "STAY_TERM_NOT_OFFERED", "term_months", "for 12 months (S4-9)");
    asked = a_title(unit, HOUSEHOLD);
    asked.stay = text("S-001");
    is_refused(sign(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "stay", "under no identifier");
    free_unit(world, unit, NULL, NULL);
    asked = a_title(unit, HOUSEHOLD);
    is_refused(sign(world, &asked), "PLACE_HAS_OPEN_VACANCY", "candidature",
               "past the candidates of an open vacancy");
    about("and some that can");
    scattered.manager = text("CASP");
    made = commission(world, &scattered).reply;
    asked = a_title(made->unit, HOUSEHOLD);
    asked.house_rules_annexed = false;
    asked.term_months = 36;
    asked.stay = text(NOTHING);
    reply = sign(world, &asked).reply;
    check_text(reply->stay, NOTHING, "a scattered unit has no house rules; an identifier is kept");
    check_text(stay_of(world, NOTHING)->state, "SIGNED", "the stay is signed");
    check_text(unit_state(world, made->unit), "OCCUPIED", "and the place its own");
    close_estate(world);
}

static void test_terms(void)
{
    static const struct {
        const char *when;
        Tremplin__ResidenceKind kind;
        const char *programme;
        uint32_t asked, months;
        struct date term_on;
    } cases[] = {
        { "by default 24 months", A_RESIDENCE, "", 0, 24, { 2022, 1, 31 } },
        { "18 months, to the last day of a shorter month",
          A_RESIDENCE,
          "",
          18,
          18,
          { 2021, 7, 31 } },
        { "36 months", A_RESIDENCE, "", 36, 36, { 2023, 1, 31 } },
        { "18 months in Louez solidaire (LS-1)",
          A_RESIDENCE,
          "LOUEZ_SOLIDAIRE",
          0,
          18,
          { 2021, 7, 31 } },
        { "6 months in ALT (ALT-1)", A_RESIDENCE, "ALT", 0, 6, { 2020, 7, 31 } },
        { "none in a family boarding house (PF-1)", A_BOARDING, "", 0, 0, { 0 } },
    };

    about("the target term, by kind and programme");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world *world = an_estate(10 + i, DATE(2020, 1, 31));
        Lodging__CommissionUnit unit = a_unit(open_residence(world, "Riquet", cases[i].kind), 1);
        const Lodging__CommissionUnitReply *made;
        const Lodging__SignTitleReply *reply;
        Lodging__SignTitle asked;

        unit.programme = text(cases[i].programme);
        made = commission(world, &unit).reply;
        asked = a_title(made->unit, HOUSEHOLD);
        asked.term_months = cases[i].asked;
        reply = sign(world, &asked).reply;
        enter_stay(world, reply->stay, NULL);
        check_date(date_of(stay_of(world, reply->stay)->term_on), cases[i].term_on, "%s",
                   cases[i].when);
        check_number(
            ((const Lodging__StayStarted *)world_last(world, "lodging", &HAPPENED(stay_started)))
                ->term_months,
            cases[i].months, "%s: %u", cases[i].when, cases[i].months);
        close_estate(world);
    }
}

static void test_term_ends_nothing(void)
{
    struct world *world = an_estate(3, DATE(2020, 1, 6));
    struct tenancy tenancy =
        move_in(world, commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1),
                HOUSEHOLD, ON(2020, 1, 6));
    Lodging__EndStay exit = an_exit(tenancy.stay);

    about("a term is a target: it ends nothing (RS-1)");
    world_move_to(world, DATE(2022, 1, 5), 23, 59);
    check_text(stay_of(world, tenancy.stay)->state, "RUNNING", "before it the stay runs");
    world_move_to(world, DATE(2022, 1, 6), 0, 0);
    check_text(stay_of(world, tenancy.stay)->state, "TERM_DUE", "on its day a decision is due");
    world_move_to(world, DATE(2022, 6, 1), 0, 0);
    check_text(stay_of(world, tenancy.stay)->state, "TERM_DUE", "and as long as none is taken");
    check(is_done(end(world, &exit)), "only an exit ends it (C-15)");
    check_text(stay_of(world, tenancy.stay)->state, "ENDED", "then it is ended");
    close_estate(world);
}

static void test_entries(void)
{
    struct world *world = an_estate(4, DATE(2020, 3, 10));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    Lodging__SignTitle asked = a_title(unit, HOUSEHOLD);
    Lodging__EndStay exit = an_exit(NOTHING);
    const Lodging__SignTitleReply *reply;
    const char *first;

    about("an entry that cannot be");
    asked.signed_on = ON(2020, 3, 5);
    reply = sign(world, &asked).reply;
    first = reply->stay;
    is_refused(enter_stay(world, NOTHING, NULL), "NOT_KNOWN", "stay", "of no stay");
    is_refused(enter_stay(world, first, ON(2020, 3, 11)), "DATE_TO_COME", "entered_on", "tomorrow");
    is_refused(enter_stay(world, first, ON(2020, 3, 4)), "STAY_BEFORE_TITLE", "entered_on",
               "before the title (S0-8)");
    is_refused(end(world, &exit), "NOT_KNOWN", "stay", "nor an exit of no stay");
    exit.stay = text(first);
    is_refused(end(world, &exit), "STAY_NOT_RUNNING", "stay", "nor of one that has not begun");
    check(is_done(enter_stay(world, first, ON(2020, 3, 5))), "on the day of the title");
    is_refused(enter_stay(world, first, ON(2020, 3, 5)), "STAY_NOT_SIGNED", "stay", "once only");
    asked = a_title(unit, ANOTHER);
    is_refused(sign(world, &asked), "STAY_PLACE_TAKEN", "unit",
               "a place never holds two stays (C-13)");
    exit.left_on = ON(2020, 3, 9);
    check(is_done(end(world, &exit)), "the household leaves on the 9th");
    asked.signed_on = ON(2020, 3, 6);
    reply = sign(world, &asked).reply;
    is_refused(enter_stay(world, reply->stay, ON(2020, 3, 8)), "STAY_PLACE_TAKEN", "stay",
               "the next cannot have been there on the 8th");
    check(is_done(enter_stay(world, reply->stay, ON(2020, 3, 9))), "but on the 9th");
    close_estate(world);
}

static void test_exits(void)
{
    struct world *world = an_estate(5, DATE(2020, 3, 10));
    struct tenancy tenancy =
        move_in(world, commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1),
                HOUSEHOLD, ON(2020, 3, 5));
    Lodging__EndStay asked = an_exit(tenancy.stay);

    about("an exit says how, where to and when (6.7)");
    asked.left_on = ON(2020, 3, 11);
    is_refused(end(world, &asked), "EXIT_IN_THE_FUTURE", "left_on", "not tomorrow");
    asked.left_on = ON(2020, 3, 4);
    is_refused(end(world, &asked), "EXIT_BEFORE_ENTRY", "left_on", "not before the entry");
    asked.left_on = ON(2020, 2, 30);
    is_refused(end(world, &asked), "FIELD_NOT_A_DATE", "left_on", "not on no day");
    asked = an_exit(tenancy.stay);
    asked.channel = 0;
    is_refused(end(world, &asked), "EXIT_WITHOUT_CHANNEL", "channel", "not without a channel");
    asked = an_exit(tenancy.stay);
    asked.direction = 0;
    is_refused(end(world, &asked), "EXIT_WITHOUT_DIRECTION", "direction",
               "not without a direction");
    asked = an_exit(tenancy.stay);
    asked.destination = text("");
    is_refused(end(world, &asked), "EXIT_WITHOUT_DESTINATION", "destination",
               "not without a destination");
    asked = an_exit(tenancy.stay);
    asked.direction = TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_DOWNWARD_SHELTER;
    is_refused(end(world, &asked), "EXIT_WITHOUT_CAUSE", "cause",
               "not downward without its cause (S4-20)");
    asked.cause = LODGING__DOWNWARD_CAUSE__DOWNWARD_CAUSE_JOB_LOSS;
    check(is_done(end(world, &asked)), "with it, it is recorded");
    close_estate(world);
}

static void test_places(void)
{
    struct world *world = an_estate(6, DATE(2020, 3, 10));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 2);
    struct tenancy one = move_in(world, unit, HOUSEHOLD, ON(2020, 3, 10)), two;
    Lodging__SignTitle third = a_title(unit, A_THIRD);
    Lodging__EndStay exit = an_exit(one.stay);

    about("a unit of two places holds two stays at most (C-13)");
    check_text(unit_state(world, unit), "AVAILABLE", "with one it has a place left");
    two = move_in(world, unit, ANOTHER, ON(2020, 3, 10));
    check(*two.stay != '\0', "a second household moves in");
    check_text(unit_state(world, unit), "OCCUPIED", "then it is full");
    check_text(sign(world, &third).code, "STAY_PLACE_TAKEN", "a third is refused");
    check(is_done(end(world, &exit)), "the first leaves");
    check_text(unit_of(world, unit)->stay, two.stay, "the second stays");
    check(is_done(sign(world, &third)), "and the third takes its place");
    close_estate(world);
}

static void test_once(void)
{
    struct world *world = an_estate(7, DATE(2020, 3, 10));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    Lodging__SignTitle asked = a_title(unit, HOUSEHOLD);
    struct answer first, again;

    about("a command is done once");
    first = world_call_as(world, ANOTHER, "lodging.SignTitle", &asked.base,
                          &lodging__sign_title_reply__descriptor);
    world_kill(world, "lodging");
    world_revive(world, "lodging");
    again = world_call_as(world, ANOTHER, "lodging.SignTitle", &asked.base,
                          &lodging__sign_title_reply__descriptor);
    check(is_done(first) && is_done(again), "a title sent twice under one identifier");
    check_text(((const Lodging__SignTitleReply *)again.reply)->stay,
               ((const Lodging__SignTitleReply *)first.reply)->stay, "is one stay");
    check_number(world_count(world, "lodging", &HAPPENED(title_signed)), 1, "signed once");
    close_estate(world);
}

/* What an organisation's books call it can be made into an identifier beforehand, as an import
 * does.
 */
static void test_given_identifiers(void)
{
    struct world *world = an_estate(8, DATE(2020, 3, 10));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 2);
    Lodging__SignTitle asked = a_title(unit, HOUSEHOLD);
    const Lodging__TitleSigned *told;

    about("a stay and its account get the identifiers that they are given");
    asked.stay = text(A_THIRD);
    asked.account = text("an account");
    check_text(sign(world, &asked).field, "account", "what is no identifier is refused");
    asked.account = text(ANOTHER);
    check(is_done(sign(world, &asked)), "a title with both");
    told = world_last(world, "lodging", &HAPPENED(title_signed));
    check_text(told ? told->stay : "", A_THIRD, "the stay's");
    check_text(told ? told->account : "", ANOTHER, "the account's");
    check(is_done(pay_cents(world, ANOTHER, 1000)), "and it can be paid on under it");
    asked.household = text(ANOTHER);
    asked.stay = text("");
    check_text(sign(world, &asked).code, "ID_TAKEN", "a second title takes no account that is");
    close_estate(world);
}

int main(void)
{
    test_a_stay();
    test_titles();
    test_terms();
    test_term_ends_nothing();
    test_entries();
    test_exits();
    test_places();
    test_once();
    test_given_identifiers();
    return checks_done();
}
