/* Each fact about arrears begins on its day, ends by itself, and begins anew with a new arrear
 * (domain.md C-17, ARR-1, ARR-2, ARR-5, ARR-8, RS-5, SUR-4, Q31 to Q33, peers.md row 52). */
#include "services/lodging/rules/arrears.h"

#include "tests/rules/law.h"

enum { EXTRA = 9, ENTRIES = 24, TERMS = 24 };

enum fact {
    OWING = 1,
    HOUSING_OWING,
    LATE,
    AID_THRESHOLD,
    AID_REPORT,
    CCAPEX,
    UNPAID_TERMS,
    PART_PAYMENT,
};

#define PAID(year, month, day, cents)                                                              \
    {                                                                                              \
        ENTRY_PAYMENT, { year, month, day }, { 0 }, cents, 0                                       \
    }
#define AIDED(year, month, day, m, cents)                                                          \
    {                                                                                              \
        ENTRY_AID, { year, month, day }, { year, m, 1 }, cents, 0                                  \
    }
#define AWAITED(month, cents)                                                                      \
    {                                                                                              \
        ENTRY_AID_AWAITED, { 2024, month, 5 }, { 2024, month, 1 }, cents, 0                        \
    }
#define MORE(year, month, day, cents)                                                              \
    {                                                                                              \
        ENTRY_ADJUSTMENT, { year, month, day }, { 0 }, cents, 0                                    \
    }
#define TERM(year, month, day)                                                                     \
    {                                                                                              \
        ENTRY_CHARGE, { year, month, day }, { 0 }, 50000, 2000                                     \
    }
#define NOTHING                                                                                    \
    {                                                                                              \
        .kind = 0                                                                                  \
    }
#define NEVER_FROZEN                                                                               \
    {                                                                                              \
        .from = { 0 }                                                                              \
    }

/* A month costs 400.00 of rent, 80.00 of charges and 20.00 of services, due on the 5th.  So:
 * housing 480.00, the aid's threshold 960.00 gross, CCAPEX 800.00 (1,200.00 before 29 July 2023),
 * and for a residence 960.00. */
static const struct {
    const char *sentence;
    int terms; /* due on the 5th of January 2024 and of the months after it */
    struct account_entry extra[EXTRA];
    enum aid_payee payee;
    enum debt_weighed weighed;
    struct freeze_span freeze;
    struct date on;
    enum fact fact;
    struct date since;
} cases[] = {
    { "A-70: on the fourth day after the term nobody is late",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 9 },
      LATE,
      { 0 } },
    { "A-70: on the fifth one is",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 10 },
      LATE,
      { 2024, 1, 10 } },
    { "A-70: and since that day, later on",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      LATE,
      { 2024, 1, 10 } },
    { "paid on the fifth day: not late",
      1,
      { PAID(2024, 1, 10, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      LATE,
      { 0 } },
    { "paid but for a cent: late",
      1,
      { PAID(2024, 1, 9, 49999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      LATE,
      { 2024, 1, 10 } },
    { "C-17: paid on 20 January; the next is late on its own day only",
      2,
      { PAID(2024, 1, 20, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 9 },
      LATE,
      { 0 } },
    { "C-17: and is a new arrear",
      2,
      { PAID(2024, 1, 20, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 20 },
      LATE,
      { 2024, 2, 10 } },
    { "paid a day after the next term fell due: that one is not late yet",
      2,
      { PAID(2024, 2, 6, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 9 },
      LATE,
      { 0 } },
    { "row 52: late by the whole debt, while all of it is awaited aid",
      1,
      { AWAITED(1, 50000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 20 },
      LATE,
      { 2024, 1, 10 } },
    { "row 52: by the resident's own, not late",
      1,
      { AWAITED(1, 50000) },
      AID_TO_MANAGER,
      OWN_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 20 },
      LATE,
      { 0 } },
    { "row 52: late with a cent of their own",
      1,
      { AWAITED(1, 49999) },
      AID_TO_MANAGER,
      OWN_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 20 },
      LATE,
      { 2024, 1, 10 } },
    { "SUR-4: frozen on 1 February, late no more",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 2, 1 },
      LATE,
      { 0 } },
    { "SUR-4: late on the eve of it",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 1, 31 },
      LATE,
      { 2024, 1, 10 } },
    { "SUR-5: the current term runs on, and is late on its day",
      2,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 2, 29 },
      LATE,
      { 2024, 2, 10 } },
    { "C-17: the freeze ends on 1 March: late anew from that day",
      1,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      { { 2024, 2, 1 }, { 2024, 3, 1 } },
      { 2024, 3, 31 },
      LATE,
      { 2024, 3, 1 } },

    { "row 55: arrears began on the day of the term",
      2,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      OWING,
      { 2024, 1, 5 } },
    { "a cent is enough to keep that day",
      2,
      { PAID(2024, 1, 20, 49999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      OWING,
      { 2024, 1, 5 } },
    { "all paid, and then a new one",
      2,
      { PAID(2024, 1, 20, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      OWING,
      { 2024, 2, 5 } },
    { "RS-9: 480.00 paid of 500.00: services are owed, housing is not",
      1,
      { PAID(2024, 1, 20, 48000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      HOUSING_OWING,
      { 0 } },
    { "RS-9: 479.99 paid: a cent of housing is",
      1,
      { PAID(2024, 1, 20, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      HOUSING_OWING,
      { 2024, 1, 5 } },

    { "ARR-1: aid to the household, one month unpaid",
      1,
      { NOTHING },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 4 },
      AID_THRESHOLD,
      { 0 } },
    { "ARR-1: two months of 480.00, exactly the threshold",
      2,
      { NOTHING },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 2024, 2, 5 } },
    { "ARR-1: a cent below it",
      2,
      { PAID(2024, 1, 5, 1) },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "ARR-1: a cent above it",
      2,
      { MORE(2024, 1, 9, 1) },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 2024, 2, 5 } },
    { "ARR-1: no aid, no threshold of it",
      3,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "ARR-1: aid of 200.00 received by the manager on the term's day: twice 280.00",
      2,
      { AIDED(2024, 1, 5, 1, 20000), AIDED(2024, 2, 5, 2, 20000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 2024, 2, 5 } },
    { "ARR-1: a cent below 560.00",
      2,
      { AIDED(2024, 1, 5, 1, 20000), AIDED(2024, 2, 5, 2, 20000), PAID(2024, 1, 6, 1) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "ARR-1: the same sums by a household that receives the aid itself: 560.00 of 960.00",
      2,
      { PAID(2024, 1, 5, 40000) },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "Q32: February's aid has not come: 760.00 against twice 480.00",
      2,
      { AIDED(2024, 1, 5, 1, 20000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 4 },
      AID_THRESHOLD,
      { 0 } },
    { "Q32: it comes on 1 March: 560.00 against twice 280.00",
      2,
      { AIDED(2024, 1, 5, 1, 20000), AIDED(2024, 3, 1, 2, 20000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 4 },
      AID_THRESHOLD,
      { 2024, 3, 1 } },
    { "ARR-1: aid that covers housing leaves services only, which no threshold of aid weighs",
      3,
      { AIDED(2024, 1, 5, 1, 48000), AIDED(2024, 2, 5, 2, 48000), AIDED(2024, 3, 5, 3, 48000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "C-17: under it again on 10 February, and over it anew with March",
      3,
      { PAID(2024, 2, 10, 50000) },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 28 },
      AID_THRESHOLD,
      { 2024, 3, 5 } },
    { "Q33: frozen, the debt is over no threshold",
      2,
      { NOTHING },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      { { 2024, 2, 6 }, { 0 } },
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "row 52: the resident's own debt is under it while aid is awaited",
      2,
      { AWAITED(2, 1) },
      AID_TO_HOUSEHOLD,
      OWN_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_THRESHOLD,
      { 0 } },
    { "ARR-1: an unpaid month before any fee was set has no threshold",
      0,
      { TERM(2007, 1, 5), TERM(2007, 2, 5), TERM(2007, 3, 5) },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2007, 3, 28 },
      AID_THRESHOLD,
      { 0 } },

    { "ARR-2: met on 5 February, to be reported by 5 April",
      2,
      { NOTHING },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 5 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "ARR-2: met on 31 December 2023, by 29 February 2024",
      0,
      { TERM(2023, 12, 1), MORE(2023, 12, 31, 48000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 1, 31 },
      AID_REPORT,
      { 2024, 2, 29 } },
    { "ARR-2: not by a manager who does not receive the aid",
      2,
      { NOTHING },
      AID_TO_HOUSEHOLD,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 5 },
      AID_REPORT,
      { 0 } },
    { "ARR-2: a part payment clears the threshold, not the duty",
      2,
      { PAID(2024, 2, 10, 50000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "ARR-2: nor does all but a cent",
      2,
      { PAID(2024, 2, 10, 99999) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "ARR-2: full settlement does",
      2,
      { PAID(2024, 2, 10, 100000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      AID_REPORT,
      { 0 } },
    { "ARR-2: a freeze settles nothing",
      2,
      { NOTHING },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      { { 2024, 2, 8 }, { 0 } },
      { 2024, 2, 28 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "ARR-2: nor is it settled when as much is frozen as is due besides",
      4,
      { NOTHING },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      { { 2024, 2, 8 }, { 0 } },
      { 2024, 4, 5 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "ARR-2: the duty's day stays while the threshold is met again",
      3,
      { PAID(2024, 2, 10, 50000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 28 },
      AID_REPORT,
      { 2024, 4, 5 } },
    { "C-17, ARR-2: settled, then two months anew",
      4,
      { PAID(2024, 2, 10, 100000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 4, 30 },
      AID_REPORT,
      { 2024, 6, 5 } },

    { "ARR-8 since 29 July 2023: a cent below 800.00",
      1,
      { MORE(2024, 1, 10, 31999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 4 },
      CCAPEX,
      { 0 } },
    { "ARR-8: 800.00, twice the rent without charges",
      1,
      { MORE(2024, 1, 10, 32000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 4 },
      CCAPEX,
      { 2024, 1, 10 } },
    { "ARR-8: a cent owed without interruption, a day before two months",
      1,
      { PAID(2024, 1, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 4 },
      CCAPEX,
      { 0 } },
    { "ARR-8: two months of it",
      1,
      { PAID(2024, 1, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      CCAPEX,
      { 2024, 3, 5 } },
    { "ARR-8: paid on the last day",
      1,
      { PAID(2024, 3, 5, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      CCAPEX,
      { 0 } },
    { "ARR-8: paid, and owed anew: the months run from the new arrear",
      2,
      { PAID(2024, 2, 4, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 4, 4 },
      CCAPEX,
      { 0 } },
    { "ARR-8: two months after the new arrear",
      2,
      { PAID(2024, 2, 4, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 4, 30 },
      CCAPEX,
      { 2024, 4, 5 } },
    { "ARR-8: each month paid a day after the next fell due is never interrupted",
      3,
      { PAID(2024, 1, 6, 20000), PAID(2024, 2, 5, 20000), PAID(2024, 2, 6, 30000),
        PAID(2024, 3, 5, 20000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      CCAPEX,
      { 2024, 3, 5 } },
    { "ARR-8: owed from 31 December, two months are complete on 29 February 2024",
      0,
      { TERM(2023, 12, 31), PAID(2023, 12, 31, 40000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      CCAPEX,
      { 2024, 2, 29 } },
    { "ARR-8 in 2020: two terms and a cent below 1,200.00",
      0,
      { TERM(2020, 1, 5), TERM(2020, 2, 5), MORE(2020, 2, 9, 23999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2020, 3, 31 },
      CCAPEX,
      { 0 } },
    { "ARR-8 in 2020: 1,200.00, three times the rent",
      0,
      { TERM(2020, 1, 5), TERM(2020, 2, 5), MORE(2020, 2, 9, 24000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2020, 3, 31 },
      CCAPEX,
      { 2020, 2, 9 } },
    { "ARR-8 in 2020: a day before three months without interruption",
      0,
      { TERM(2020, 1, 5), PAID(2020, 1, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2020, 4, 4 },
      CCAPEX,
      { 0 } },
    { "ARR-8 in 2020: three months",
      0,
      { TERM(2020, 1, 5), PAID(2020, 1, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2020, 4, 30 },
      CCAPEX,
      { 2020, 4, 5 } },
    { "ARR-8 in 2008: three months",
      0,
      { TERM(2008, 1, 5), PAID(2008, 1, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2008, 4, 30 },
      CCAPEX,
      { 2008, 4, 5 } },
    { "ARR-8: 960.00 on 28 July 2023, under the earlier law",
      0,
      { TERM(2023, 6, 5), TERM(2023, 7, 5) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2023, 7, 28 },
      CCAPEX,
      { 0 } },
    { "ARR-8: the same on 29 July 2023, under the new one",
      0,
      { TERM(2023, 6, 5), TERM(2023, 7, 5) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2023, 8, 4 },
      CCAPEX,
      { 2023, 7, 29 } },
    { "ARR-8: a cent owed since 5 May 2023 is two months old when the law changes",
      0,
      { TERM(2023, 5, 5), PAID(2023, 5, 5, 47999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2023, 8, 31 },
      CCAPEX,
      { 2023, 7, 29 } },
    { "ARR-8: services alone are no rent",
      1,
      { PAID(2024, 1, 5, 48000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 5, 31 },
      CCAPEX,
      { 0 } },
    { "ARR-8: before any fee was set, the months alone count",
      0,
      { TERM(2007, 1, 5), TERM(2007, 2, 5), TERM(2007, 3, 5) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2007, 4, 30 },
      CCAPEX,
      { 2007, 4, 5 } },

    { "RS-5 a: two terms wholly unpaid",
      2,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 4 },
      UNPAID_TERMS,
      { 0 } },
    { "RS-5 a: three, from the third's day",
      3,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      UNPAID_TERMS,
      { 2024, 3, 5 } },
    { "RS-5 a: a cent paid on the first: three from April",
      4,
      { PAID(2024, 1, 20, 1) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 4, 30 },
      UNPAID_TERMS,
      { 2024, 4, 5 } },
    { "RS-5 a: a cent that names February breaks the run: three from May",
      5,
      { { ENTRY_PAYMENT, { 2024, 2, 20 }, { 2024, 2, 1 }, 1, 0 } },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 5, 31 },
      UNPAID_TERMS,
      { 2024, 5, 5 } },
    { "RS-5 a, C-17: a cent paid after the third ends the fact",
      3,
      { PAID(2024, 3, 20, 1) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 20 },
      UNPAID_TERMS,
      { 0 } },
    { "RS-5 a, RS-16: aid to the manager lowers the terms, it pays none",
      3,
      { AIDED(2024, 1, 5, 1, 20000), AIDED(2024, 2, 5, 2, 20000), AIDED(2024, 3, 5, 3, 20000) },
      AID_TO_MANAGER,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      UNPAID_TERMS,
      { 2024, 3, 5 } },
    { "RS-5 a: a term under a rent stop is passed over",
      4,
      { { ENTRY_RENT_STOP, { 2024, 2, 5 }, { 2024, 2, 1 }, 50000, 0 } },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 4, 30 },
      UNPAID_TERMS,
      { 2024, 4, 5 } },
    { "RS-5 a: frozen terms do not count",
      5,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      { { 2024, 3, 1 }, { 0 } },
      { 2024, 5, 31 },
      UNPAID_TERMS,
      { 2024, 5, 5 } },
    { "RS-5 a, row 52: a term that only awaits its aid is not the resident's",
      5,
      { AWAITED(2, 50000) },
      AID_TO_MANAGER,
      OWN_DEBT,
      NEVER_FROZEN,
      { 2024, 5, 31 },
      UNPAID_TERMS,
      { 2024, 5, 5 } },

    { "RS-5 b: with a part payment, a cent below 960.00",
      2,
      { PAID(2024, 1, 10, 4001) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      PART_PAYMENT,
      { 0 } },
    { "RS-5 b: 960.00",
      2,
      { PAID(2024, 1, 10, 4000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      PART_PAYMENT,
      { 2024, 2, 5 } },
    { "RS-5 b: a cent above",
      2,
      { PAID(2024, 1, 10, 3999) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      PART_PAYMENT,
      { 2024, 2, 5 } },
    { "RS-5 b: 1,000.00 without any part payment is not b",
      2,
      { NOTHING },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      PART_PAYMENT,
      { 0 } },
    { "RS-5 b: nor is a term paid in full before two that are not",
      3,
      { PAID(2024, 1, 10, 50000) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2024, 3, 31 },
      PART_PAYMENT,
      { 0 } },
    { "RS-5 b, row 52: not by the resident's own debt, while a cent is awaited",
      2,
      { PAID(2024, 1, 10, 4000), AWAITED(2, 1) },
      AID_TO_MANAGER,
      OWN_DEBT,
      NEVER_FROZEN,
      { 2024, 2, 28 },
      PART_PAYMENT,
      { 0 } },
    { "RS-5 b: before any fee was set there is no threshold",
      0,
      { TERM(2007, 1, 5), TERM(2007, 2, 5), TERM(2007, 3, 5), PAID(2007, 1, 6, 1) },
      AID_TO_NOBODY,
      WHOLE_DEBT,
      NEVER_FROZEN,
      { 2007, 4, 30 },
      PART_PAYMENT,
      { 0 } },
};

static struct arrears_law_period laws[2] = { { .from = { 0 } }, { .from = { 2023, 7, 29 } } };

static struct date fact_of(const struct arrears *arrears, enum fact fact)
{
    switch (fact) {
    case OWING: return arrears->owing_since;
    case HOUSING_OWING: return arrears->housing_owing_since;
    case LATE: return arrears->late_since;
    case AID_THRESHOLD: return arrears->aid_threshold_since;
    case AID_REPORT: return arrears->aid_report_due_on;
    case CCAPEX: return arrears->ccapex_threshold_since;
    case UNPAID_TERMS: return arrears->unpaid_terms_since;
    case PART_PAYMENT: return arrears->part_payment_since;
    }
    return DATE_NONE;
}

static size_t charge_terms(struct account_entry entries[], int terms)
{
    for (int i = 0; i < terms; i++)
        entries[i] = (struct account_entry){ .kind = ENTRY_CHARGE,
                                             .on = DATE(2024, (uint8_t)(i + 1), 5),
                                             .amount_cents = 50000,
                                             .services_cents = 2000 };
    return (size_t)terms;
}

static const struct fee fee = { .rent_cents = 40000,
                                .charges_cents = 8000,
                                .services_cents = 2000 };

static void facts(void)
{
    about("each fact and the day it began");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct fee_period fees[] = {
            { .from = { 2008, 1, 1 }, .fee = fee, .aid_payee = cases[i].payee },
        };
        struct account_entry entries[ENTRIES];
        struct ledger ledger = { .entries = entries, .freezes = { cases[i].freeze } };
        const struct arrears_question question = { &ledger, fees, 1, laws, 2, cases[i].weighed };
        struct rent_term terms[TERMS];
        struct arrears arrears = { .late_since = { 1, 1, 1 } };

        ledger.count = charge_terms(entries, cases[i].terms);
        for (size_t k = 0; k < EXTRA && cases[i].extra[k].kind != 0; k++)
            entries[ledger.count++] = cases[i].extra[k];
        arrears_at(&question, cases[i].on, terms, TERMS, &arrears);
        check_date(fact_of(&arrears, cases[i].fact), cases[i].since, "%s", cases[i].sentence);
    }
}

/* What a case of one fact cannot show: several at once, fees that change, room that is short. */
static void together(void)
{
    struct account_entry entries[ENTRIES];
    struct ledger ledger = { .entries = entries, .count = charge_terms(entries, 3) };
    const struct fee_period fees[] = {
        { .from = { 2024, 1, 1 }, .fee = fee, .aid_payee = AID_TO_HOUSEHOLD },
        { .from = { 2024, 2, 10 },
          .fee = { .rent_cents = 42000, .charges_cents = 8000 },
          .aid_payee = AID_TO_HOUSEHOLD },
        { .from = { 2024, 3, 20 }, .fee = fee, .aid_payee = AID_TO_MANAGER },
    };
    struct arrears_question question = { &ledger, fees, 3, laws, 2, WHOLE_DEBT };
    struct arrears_law_period one_law = laws[1];
    struct rent_term terms[3];
    struct arrears arrears = { .late_since = { 1, 1, 1 } };

    about("several facts at once, fees that change");
    check(!arrears_at(&question, DATE(2024, 3, 31), terms, 2, &arrears) &&
              arrears.late_since.year == 1,
          "room for two terms of three is refused, and nothing is touched");
    check(arrears_at(&question, DATE(2024, 3, 31), terms, 3, &arrears), "room for three does");
    check_number(arrears.debt.due_cents, 150000, "three terms of 500.00 are due");
    check_date(arrears.debt.oldest_due_on, DATE(2024, 1, 5), "the oldest since 5 January");
    check_date(arrears.late_since, DATE(2024, 1, 10), "late since 10 January");
    check_date(arrears.ccapex_threshold_since, DATE(2024, 2, 5), "CCAPEX since 5 February");
    check_date(arrears.unpaid_terms_since, DATE(2024, 3, 5), "RS-5 a since 5 March");
    check_date(arrears.part_payment_since, DATE_NONE, "and RS-5 b not");
    check(arrears_residence_test_is_met(&arrears), "A-73: RS-5 a is enough");
    check_date(arrears.aid_threshold_since, DATE(2024, 3, 5),
               "ARR-1: met on 5 February by the first fee, not by the higher one of 10 February, "
               "met anew with March");
    check_date(
        arrears.aid_report_due_on, DATE(2024, 5, 20),
        "RS-16, ARR-2: the manager receives the aid from 20 March, and is to report from then");
    arrears_at(&question, DATE(2024, 3, 4), terms, 3, &arrears);
    check_date(arrears.aid_threshold_since, DATE_NONE, "ARR-1: 960.00 of 1,000.00 on 4 March");
    check(!arrears_residence_test_is_met(&arrears), "A-73: neither a nor b on 4 March");
    one_law.law.aid_is_part_payment = true;
    question.laws = &one_law;
    question.law_count = 1;
    entries[ledger.count++] =
        (struct account_entry){ ENTRY_AID, { 2024, 1, 5 }, { 2024, 1, 1 }, 20000, 0 };
    arrears_at(&question, DATE(2024, 3, 31), terms, 3, &arrears);
    check_date(arrears.unpaid_terms_since, DATE_NONE,
               "RS-5 a: where aid is held a part payment, January is not wholly unpaid");
    check_date(arrears.part_payment_since, DATE(2024, 3, 5), "and RS-5 b is met at 1,300.00");
    check(arrears_residence_test_is_met(&arrears), "A-73: RS-5 b is enough");
    one_law.from = DATE(2025, 1, 1);
    arrears_at(&question, DATE(2024, 3, 31), terms, 3, &arrears);
    check_date(arrears.part_payment_since, DATE(2024, 3, 5),
               "the first law known is that of the days before it too");
}

/* The facts of a day do not depend on whether it is asked on that day or found on the way. */
static void days_agree(void)
{
    struct chance chance = { .state = UINT64_C(0xa55ea5) };
    bool agree = true;
    int met = 0;

    for (int i = 0; i < 3000; i++) {
        struct account_entry entries[ENTRIES];
        struct ledger ledger = { .entries = entries, .count = charge_terms(entries, 4) };
        const struct fee_period fees[] = {
            { .from = { 2024, 1, 1 }, .fee = fee, .aid_payee = AID_TO_MANAGER },
        };
        const struct arrears_question question = { &ledger, fees, 1,
                                                   laws,    2,    i % 2 ? OWN_DEBT : WHOLE_DEBT };
        struct rent_term terms[TERMS];
        struct arrears arrears, at_since, before;

        while (ledger.count < 12) {
            struct date day =
                date_add_days(DATE(2024, 1, 1), (int32_t)chance_between(&chance, 0, 150));
            enum entry_kind kinds[] = { ENTRY_PAYMENT, ENTRY_AID, ENTRY_AID_AWAITED };

            entries[ledger.count++] = (struct account_entry){
                .kind = kinds[chance_between(&chance, 0, 2)],
                .on = day,
                .term = date_first_of_month(day),
                .amount_cents = chance_between(&chance, 1, 40000),
            };
        }
        arrears_at(&question, DATE(2024, 6, 30), terms, TERMS, &arrears);
        for (enum fact fact = OWING; fact <= PART_PAYMENT; fact++) {
            struct date since = fact_of(&arrears, fact);

            if (!date_is_set(since) || fact == AID_REPORT)
                continue;
            met++;
            arrears_at(&question, since, terms, TERMS, &at_since);
            arrears_at(&question, date_add_days(since, -1), terms, TERMS, &before);
            agree &= date_is_same(fact_of(&at_since, fact), since) &&
                     !date_is_set(fact_of(&before, fact));
        }
    }
    check(agree && met > 3000,
          "over 3,000 random accounts every fact holds on the day it began and not on the eve");
}

/* Going on from a day already looked at comes to the same as following the account from its first
 * entry; and no fact changes between one day to look at and the next. */
static void going_on(void)
{
    struct chance chance = { .state = UINT64_C(0x90199) };
    bool agree = true;
    int days = 0;

    for (int i = 0; i < 500; i++) {
        struct account_entry entries[ENTRIES];
        struct ledger ledger = { .entries = entries, .count = charge_terms(entries, 4) };
        const struct fee_period fees[] = {
            { .from = { 2024, 1, 1 }, .fee = fee, .aid_payee = AID_TO_MANAGER },
        };
        const struct arrears_question question = { &ledger, fees, 1, laws, 2, WHOLE_DEBT };
        struct rent_term terms[TERMS];
        struct arrears step = { 0 }, whole, eve;
        struct date day = DATE_NONE;

        for (; ledger.count < 8; ledger.count++)
            entries[ledger.count] = (struct account_entry){
                .kind = ENTRY_PAYMENT,
                .on = date_add_days(DATE(2024, 1, 1), (int32_t)chance_between(&chance, 0, 150)),
                .amount_cents = chance_between(&chance, 1, 60000),
            };
        while (date_is_set(day = arrears_next_day(&question, &step, day))) {
            days++;
            arrears_at(&question, date_add_days(day, -1), terms, TERMS, &eve);
            for (enum fact fact = OWING; fact <= PART_PAYMENT; fact++)
                agree &= date_is_same(fact_of(&eve, fact), fact_of(&step, fact));
            agree &= arrears_on_day(&question, day, terms, TERMS, &step);
            arrears_at(&question, day, terms, TERMS, &whole);
            for (enum fact fact = OWING; fact <= PART_PAYMENT; fact++)
                agree &= date_is_same(fact_of(&whole, fact), fact_of(&step, fact));
        }
        agree &= !arrears_on_day(&question, DATE(2024, 6, 30), terms, 3, &step);
    }
    check(agree && days > 3000, "over 500 random accounts, %d days looked at one by one", days);
}

static void thresholds(void)
{
    const struct fee_period to_manager = { .fee = fee, .aid_payee = AID_TO_MANAGER };
    const struct fee_period to_household = { .fee = fee, .aid_payee = AID_TO_HOUSEHOLD };

    about("the two computations that must not be mixed (section 3.9)");
    check_number(arrears_aid_threshold_cents(&to_manager, 20000, &laws[1].law), 56000,
                 "ARR-1: 2 x (400.00 + 80.00 - 200.00) where the manager received 200.00");
    check_number(arrears_aid_threshold_cents(&to_household, 20000, &laws[1].law), 96000,
                 "ARR-1: 2 x (400.00 + 80.00) where the household receives it");
    check_number(arrears_aid_threshold_cents(&to_manager, 48001, &laws[1].law), 0,
                 "ARR-1: never below zero");
    check_number(arrears_ccapex_threshold_cents(&fee, &laws[1].law), 80000,
                 "ARR-8: 2 x 400.00 without charges since 29 July 2023");
    check_number(arrears_ccapex_threshold_cents(&fee, &laws[0].law), 120000,
                 "ARR-8: 3 x 400.00 before, unless the prefect set more");
    check_number(arrears_residence_threshold_cents(&fee, &laws[1].law), 96000,
                 "RS-5 b: 2 x (400.00 + 80.00)");
}

static void half_payment(void)
{
    static const struct {
        const char *sentence;
        int64_t paid, housing, aid;
        enum current_cost state;
    } months[] = {
        { "280.00 of 280.00", 28000, 48000, 20000, CURRENT_COST_PAID },
        { "279.99 of 280.00", 27999, 48000, 20000, CURRENT_COST_HALF_PAID },
        { "140.00, exactly half", 14000, 48000, 20000, CURRENT_COST_HALF_PAID },
        { "139.99, a cent below half", 13999, 48000, 20000, CURRENT_COST_LESS_THAN_HALF },
        { "140.01 of 280.01", 14001, 48001, 20000, CURRENT_COST_HALF_PAID },
        { "140.00 of 280.01, half a cent below half", 14000, 48001, 20000,
          CURRENT_COST_LESS_THAN_HALF },
        { "nothing of 280.00", 0, 48000, 20000, CURRENT_COST_LESS_THAN_HALF },
        { "nothing where aid covers all", 0, 48000, 48000, CURRENT_COST_PAID },
        { "nothing where aid is more", 0, 48000, 48001, CURRENT_COST_PAID },
    };
    static const struct account_entry entries[] = {
        { ENTRY_PAYMENT, { 2024, 2, 1 }, { 0 }, 1, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 29 }, { 0 }, 20, 0 },
        { ENTRY_PAYMENT, { 2024, 3, 4 }, { 2024, 2, 10 }, 300, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 4 }, { 2024, 1, 10 }, 4000, 0 },
        { ENTRY_PAYMENT, { 2024, 1, 31 }, { 0 }, 50000, 0 },
        { ENTRY_AID, { 2024, 2, 4 }, { 2024, 2, 10 }, 600000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 4 }, { 0 }, 7000000, 0 }, /* past the ledger's count */
    };
    const struct ledger ledger = { .entries = entries, .count = 6 };

    about("the half-payment rule (ARR-5, A-75)");
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        check_number(
            arrears_current_cost(months[i].paid, months[i].housing, months[i].aid, &laws[1].law),
            months[i].state, "ARR-5: %s", months[i].sentence);
    check_number(arrears_paid_for_month_cents(&ledger, DATE(2024, 2, 15), DATE(2024, 3, 31)), 321,
                 "paid for February: what came in it without a name, and what names it");
    check_number(arrears_paid_for_month_cents(&ledger, DATE(2024, 2, 15), DATE(2024, 3, 3)), 21,
                 "not what comes the day after");
    check_number(arrears_paid_for_month_cents(&ledger, DATE(2024, 2, 15), DATE(2024, 3, 4)), 321,
                 "but what comes on the day");
}

int main(void)
{
    law_on(arrears_law, DATE(2008, 1, 1), &laws[0].law);
    law_on(arrears_law, DATE(2024, 1, 1), &laws[1].law);
    thresholds();
    facts();
    together();
    days_agree();
    going_on();
    half_payment();
    return checks_done();
}
