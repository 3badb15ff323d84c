/* A resident gives 8 days from receipt, a manager 1 or 3 months from service, for a ground and in a
 * form that proves it (domain.md RS-3 to RS-8, C-15, C-24). */
#include "services/lodging/rules/notice.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static struct notice_law law;

static struct notice by_manager(enum notice_ground ground)
{
    return (struct notice){ .giver = NOTICE_BY_MANAGER,
                            .ground = ground,
                            .form = NOTICE_SERVED_BY_OFFICER,
                            .received_on = DATE(2026, 5, 31) };
}

static void test_giving(void)
{
    struct notice notice = by_manager(NOTICE_FOR_BREACH);

    about("what is a notice");
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-3: for breach, served by an officer");
    notice.ground = 0;
    check(notice_may_be_given(&notice) == &NOTICE_WITHOUT_GROUND, "RS-3: not without a ground");
    notice.ground = NOTICE_GROUNDS;
    check(notice_may_be_given(&notice) == &NOTICE_WITHOUT_GROUND, "RS-3: there is no other ground");
    notice.ground = NOTICE_FOR_CLOSURE;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-3: closure is one");
    notice.ground = NOTICE_FOR_LOSS_OF_CONDITIONS;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-3: loss of the conditions is one");
    notice.ground = NOTICE_FOR_ARREARS;
    check(notice_may_be_given(&notice) == &NOTICE_BELOW_ARREARS_TEST,
          "RS-5: arrears below the test are none");
    notice.is_arrears_test_met = true;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-5: arrears that meet it are one");
    notice.form = NOTICE_HANDED_AGAINST_RECEIPT;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-6: handed over against a receipt");
    notice.form = NOTICE_BY_REGISTERED_LETTER;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-6: a registered letter collected");
    notice.received_on = DATE_NONE;
    check(notice_may_be_given(&notice) == &NOTICE_LETTER_NOT_COLLECTED,
          "RS-6: a registered letter never collected is no notice");
    notice.form = NOTICE_SERVED_BY_OFFICER;
    check(notice_may_be_given(&notice) == &NOTICE_NOT_RECEIVED,
          "C-15: the date of service is needed");
    notice = by_manager(NOTICE_FOR_BREACH);
    notice.form = NOTICE_OTHERWISE;
    check(notice_may_be_given(&notice) == &NOTICE_IN_NO_FORM, "RS-6: a plain letter is no notice");
    notice.form = 0;
    check(notice_may_be_given(&notice) == &NOTICE_IN_NO_FORM, "RS-6: nor is none at all");
    notice = (struct notice){ .received_on = DATE(2026, 5, 31) };
    check(notice_may_be_given(&notice) == &NOTICE_WITHOUT_GIVER, "somebody gives notice");
    notice.giver = NOTICE_BY_RESIDENT;
    check(notice_may_be_given(&notice) == ACCEPTED, "RS-8: a resident needs no ground and no form");
    notice.received_on = DATE_NONE;
    check(notice_may_be_given(&notice) == &NOTICE_NOT_RECEIVED, "C-24: but the day of receipt");
    notice.form = NOTICE_BY_REGISTERED_LETTER;
    check(notice_may_be_given(&notice) == &NOTICE_NOT_RECEIVED, "C-24: by registered letter too");
}

static void test_last_day(void)
{
    const struct {
        const char *sentence;
        enum notice_giver giver;
        enum notice_ground ground;
        struct date received, last_day;
    } cases[] = {
        { "RS-8: a resident, received on 1 March 2026: 9 March", NOTICE_BY_RESIDENT, 0,
          DATE(2026, 3, 1), DATE(2026, 3, 9) },
        { "RS-8: on 21 February 2028: 29 February", NOTICE_BY_RESIDENT, 0, DATE(2028, 2, 21),
          DATE(2028, 2, 29) },
        { "RS-8: on 21 February 2027: 1 March", NOTICE_BY_RESIDENT, 0, DATE(2027, 2, 21),
          DATE(2027, 3, 1) },
        { "RS-8: over New Year and a Sunday, which it does not roll over", NOTICE_BY_RESIDENT, 0,
          DATE(2026, 12, 26), DATE(2027, 1, 3) },
        { "RS-4: a manager for breach, 31 January 2026: one month, 28 February", NOTICE_BY_MANAGER,
          NOTICE_FOR_BREACH, DATE(2026, 1, 31), DATE(2026, 2, 28) },
        { "RS-4: for arrears, 31 May 2026: one month, 30 June", NOTICE_BY_MANAGER,
          NOTICE_FOR_ARREARS, DATE(2026, 5, 31), DATE(2026, 6, 30) },
        { "RS-4: for loss of conditions, 30 November 2026: three months, 28 February 2027",
          NOTICE_BY_MANAGER, NOTICE_FOR_LOSS_OF_CONDITIONS, DATE(2026, 11, 30), DATE(2027, 2, 28) },
        { "RS-4: for closure, 30 November 2027: three months, 29 February 2028", NOTICE_BY_MANAGER,
          NOTICE_FOR_CLOSURE, DATE(2027, 11, 30), DATE(2028, 2, 29) },
    };
    struct notice_law other = law;
    struct notice notice;

    about("the last day");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        notice = (struct notice){ .giver = cases[i].giver,
                                  .ground = cases[i].ground,
                                  .received_on = cases[i].received };
        check_date(notice_last_day(&notice, &law), cases[i].last_day, "%s", cases[i].sentence);
    }
    other.closure_period = (struct period){ .months = 6 };
    notice = by_manager(NOTICE_FOR_LOSS_OF_CONDITIONS);
    check_date(notice_last_day(&notice, &other), DATE(2026, 8, 31),
               "RS-4: closure and loss of conditions have settings of their own");
    check(!notice_has_run_out(DATE(2026, 2, 28), DATE(2026, 2, 28)),
          "D-1: on its last day the notice still runs");
    check(notice_has_run_out(DATE(2026, 2, 28), DATE(2026, 3, 1)),
          "D-1: on the next it has run out");
}

static void test_fee(void)
{
    const struct {
        const char *sentence;
        enum notice_giver giver;
        struct date exit, fee_ends;
    } cases[] = {
        { "a resident who leaves early pays the whole notice", NOTICE_BY_RESIDENT, DATE(2026, 3, 3),
          DATE(2026, 3, 10) },
        { "a resident who leaves on the last day pays that day", NOTICE_BY_RESIDENT,
          DATE(2026, 3, 9), DATE(2026, 3, 10) },
        { "a resident gone the day after pays no more", NOTICE_BY_RESIDENT, DATE(2026, 3, 10),
          DATE(2026, 3, 10) },
        { "a resident who stays longer pays until the exit", NOTICE_BY_RESIDENT, DATE(2026, 3, 11),
          DATE(2026, 3, 11) },
        { "under the manager's notice only occupation is paid", NOTICE_BY_MANAGER, DATE(2026, 3, 3),
          DATE(2026, 3, 3) },
        { "beyond the manager's notice too", NOTICE_BY_MANAGER, DATE(2026, 4, 1),
          DATE(2026, 4, 1) },
        { "while a resident stays, no end is known", NOTICE_BY_RESIDENT, DATE_NONE, DATE_NONE },
        { "nor under the manager's notice", NOTICE_BY_MANAGER, DATE_NONE, DATE_NONE },
    };

    about("the fee, with 9 March 2026 as last day");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(notice_fee_ends(cases[i].giver, DATE(2026, 3, 9), cases[i].exit),
                   cases[i].fee_ends, "RS-7, C-24: %s", cases[i].sentence);
}

static void test_regularising(void)
{
    struct notice notice = by_manager(NOTICE_FOR_ARREARS);

    about("regularised");
    check(notice_may_be_regularised(&notice, true, true) == ACCEPTED, "6.7: paid and agreed");
    check(notice_may_be_regularised(&notice, false, true) == &NOTICE_ARREARS_REMAIN,
          "6.7: not paid");
    check(notice_may_be_regularised(&notice, true, false) == &NOTICE_STANDS_FOR_MANAGER,
          "6.7: not agreed");
    notice.ground = NOTICE_FOR_BREACH;
    check(notice_may_be_regularised(&notice, true, true) == ACCEPTED, "6.7: a breach too");
    notice.ground = NOTICE_FOR_CLOSURE;
    check(notice_may_be_regularised(&notice, true, true) == &NOTICE_NOT_TO_REGULARISE,
          "6.7: a closure is not");
    notice.ground = NOTICE_FOR_LOSS_OF_CONDITIONS;
    check(notice_may_be_regularised(&notice, true, true) == &NOTICE_NOT_TO_REGULARISE,
          "6.7: nor is a loss of conditions");
    notice.ground = NOTICE_FOR_BREACH;
    notice.giver = NOTICE_BY_RESIDENT;
    check(notice_may_be_regularised(&notice, true, true) == &NOTICE_NOT_TO_REGULARISE,
          "6.7: nor a resident's notice, which is withdrawn");
}

int main(void)
{
    law_on(notice_law, DATE(2026, 11, 23), &law);
    test_giving();
    test_last_day();
    test_fee();
    test_regularising();
    return checks_done();
}
