/* Every cent that is charged or paid is somewhere: fees by the days of occupation, payments once by
 * their reference, a balance that is the sum of what happened (domain.md 6.9, S0-9, RS-9, Q38). */
#include "tests/handlers/lodging/estate.h"

#include "services/lodging/rules/account.h"
#include "services/lodging/rules/arrears.h"
#include "tests/rules/law.h"

/* --- a ledger made of the events alone, as another service would ------------------------------ */

enum { ENTRIES_MOST = 2000, TERMS_MOST = 400 };

struct book {
    const char *account;
    struct account_entry entries[ENTRIES_MOST];
    size_t count;
    int64_t sum_cents;
    int64_t last_balance_cents;
};

static void enter(struct book *book, struct account_entry entry, int64_t balance_effect_cents,
                  const Tremplin__Money *balance)
{
    if (book->count < ENTRIES_MOST)
        book->entries[book->count++] = entry;
    book->sum_cents += balance_effect_cents;
    book->last_balance_cents = cents_of(balance);
}

static void enter_fee(struct book *book, const Lodging__FeeCharged *charged)
{
    int64_t cents =
        cents_of(charged->rent) + cents_of(charged->charges) + cents_of(charged->services);

    enter(book,
          (struct account_entry){ .kind = ENTRY_CHARGE,
                                  .on = date_of(charged->due_on),
                                  .term = date_of(charged->term),
                                  .amount_cents = cents,
                                  .services_cents = cents_of(charged->services) },
          cents, charged->balance);
}

static void enter_payment(struct book *book, const Lodging__PaymentRecorded *recorded)
{
    bool is_aid = recorded->method == LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID;

    enter(book,
          (struct account_entry){ .kind = is_aid ? ENTRY_AID : ENTRY_PAYMENT,
                                  .on = date_of(recorded->paid_on),
                                  .term = date_of(recorded->term),
                                  .amount_cents = cents_of(recorded->amount) },
          -cents_of(recorded->amount), recorded->balance);
}

static void enter_adjustment(struct book *book, const Lodging__AccountAdjusted *adjusted)
{
    enter(book,
          (struct account_entry){ .kind = ENTRY_ADJUSTMENT,
                                  .on = date_of(adjusted->adjusted_on),
                                  .term = date_of(adjusted->term),
                                  .amount_cents = cents_of(adjusted->amount) },
          cents_of(adjusted->amount), adjusted->balance);
}

static void enter_event(void *context, const Tremplin__Header *header,
                        const ProtobufCMessage *event)
{
    struct book *book = context;

    if (!event || strcmp(header->subject, book->account) != 0)
        return;
    if (event->descriptor == &lodging__fee_charged__descriptor)
        enter_fee(book, (const Lodging__FeeCharged *)event);
    else if (event->descriptor == &lodging__payment_recorded__descriptor)
        enter_payment(book, (const Lodging__PaymentRecorded *)event);
    else if (event->descriptor == &lodging__account_adjusted__descriptor)
        enter_adjustment(book, (const Lodging__AccountAdjusted *)event);
}

static void read_book(struct world *world, const char *account, struct book *book)
{
    *book = (struct book){ .account = account };
    world_events(world, "lodging", enter_event, book);
}

/* --- fees ------------------------------------------------------------------------------------- */

static const Lodging__FeeCharged *last_fee(struct world *world)
{
    return world_last(world, "lodging", &HAPPENED(fee_charged));
}

static int fees(struct world *world)
{
    return world_count(world, "lodging", &HAPPENED(fee_charged));
}

static int64_t total(const Lodging__FeeCharged *charged)
{
    return cents_of(charged->rent) + cents_of(charged->charges) + cents_of(charged->services);
}

static void test_months(void)
{
    struct world *world = an_estate(1, DATE(2020, 1, 6));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    const Lodging__FeeCharged *charged = last_fee(world);
    Lodging__EndStay exit = an_exit(tenancy.stay);

    about("each month is charged as it begins, the first and the last by their days (S0-9, RS-9)");
    check_number(fees(world), 1, "an entry charges its month at once");
    check_number(cents_of(charged->rent), 33548, "26 of the 31 days of January: 335.48 of 400");
    check_number(cents_of(charged->charges), 5032, "50.32 of 60");
    check_number(cents_of(charged->services), 3355, "33.55 of 40");
    check_date(date_of(charged->term), DATE(2020, 1, 1), "for the month of January");
    check_date(date_of(charged->due_on), DATE(2020, 1, 6), "due on the day of the entry");
    check_number(cents_of(charged->balance), 41935, "the balance is what was charged");
    world_move_to(world, DATE(2020, 1, 31), 23, 59);
    check_number(fees(world), 1, "on 31 January at 23:59 February is not charged");
    world_move_to(world, DATE(2020, 2, 1), 0, 0);
    charged = last_fee(world);
    check_number(fees(world), 2, "at 24:00 it is");
    check_number(total(charged), 50000, "the whole month");
    check_date(date_of(charged->due_on), DATE(2020, 2, 5), "due on the 5th");
    world_move_to(world, DATE(2020, 4, 1), 0, 0);
    check_number(fees(world), 4, "March and April follow, across the change to summer time");
    check_date(date_of(last_fee(world)->term), DATE(2020, 4, 1), "April at 00:00 of Paris");
    world_move_to(world, DATE(2020, 4, 20), 9, 0);
    exit.left_on = ON(2020, 4, 11);
    check(is_done(end(world, &exit)), "the household left on the 11th");
    check_number(balance_of(world, tenancy.account), 41935 + 2 * 50000 + 16666,
                 "ten of the 30 days of April are due: 133.33, 20.00 and 13.33");
    world_move_to(world, DATE(2020, 6, 2), 9, 0);
    check_number(fees(world), 4, "and nothing is charged any more");
    close_estate(world);
}

static void test_late_news(void)
{
    struct world *world = an_estate(2, DATE(2020, 10, 28));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *unit = commission_unit(world, residence, 1);
    struct tenancy tenancy;
    Lodging__EndStay exit;

    about("an entry told a few days late is charged from its day");
    world_move_to(world, DATE(2020, 11, 2), 9, 0);
    tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 10, 29));
    check(world_settle(world), "it settles");
    check_number(fees(world), 2, "October in part and November are charged");
    check_number(balance_of(world, tenancy.account), 4839 + 50000,
                 "three days of 31 (38.71, 5.81, 3.87), and November");
    exit = an_exit(tenancy.stay);
    exit.left_on = ON(2020, 10, 31);
    check(is_done(end(world, &exit)), "that it left on the 31st is told later still");
    check_number(balance_of(world, tenancy.account), 3226, "two days of 31 are due: 32.26");
    about("one that left before its second month was charged");
    unit = commission_unit(world, residence, 1);
    tenancy = move_in(world, unit, ANOTHER, ON(2020, 10, 29));
    exit = an_exit(tenancy.stay);
    exit.left_on = ON(2020, 11, 2);
    check(is_done(end(world, &exit)), "leaves");
    world_settle(world);
    check_number(balance_of(world, tenancy.account), 4839 + 1666,
                 "three days of October and one of November: 48.39 and 16.66");
    close_estate(world);
}

static void test_history(void)
{
    struct world *world = an_estate(3, DATE(2026, 11, 23));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 3, 10));

    about("a stay of long ago is charged from the month after it was told");
    check(*tenancy.stay != '\0', "a stay that began in 2020 is recorded in 2026");
    check_date(date_of(stay_of(world, tenancy.stay)->entered_on), DATE(2020, 3, 10),
               "with its own entry");
    world_move_to(world, DATE(2026, 11, 30), 23, 59);
    check_number(fees(world), 0, "nothing is charged of the past, nor of November");
    world_move_to(world, DATE(2026, 12, 1), 0, 0);
    check_number(fees(world), 1, "December is charged");
    check_number(balance_of(world, tenancy.account), 50000, "in whole");
    about("what it owed before is told as an adjustment");
    check(is_done(adjust(world, tenancy.account, 12345, ON(2020, 5, 1), ON(2020, 5, 5))),
          "with its month and its day");
    check_number(balance_of(world, tenancy.account), 62345, "and is owed");
    check_date(date_of(account_told(world, tenancy.account)->oldest_due_on), DATE(2020, 5, 5),
               "since then");
    close_estate(world);
}

static void test_free_of_charge(void)
{
    struct world *world = an_estate(4, DATE(2020, 1, 6));
    Lodging__CommissionUnit asked = a_unit(open_residence(world, "Riquet", A_RESIDENCE), 1);
    const Lodging__CommissionUnitReply *made;
    struct tenancy tenancy;

    about("a unit without a fee");
    asked.rent = asked.charges = asked.services = NULL;
    made = commission(world, &asked).reply;
    tenancy = move_in(world, made->unit, HOUSEHOLD, ON(2020, 1, 6));
    world_move_to(world, DATE(2020, 3, 2), 0, 0);
    check_number(fees(world), 0, "is never charged");
    check_number(balance_of(world, tenancy.account), 0, "and its account stays at nothing");
    close_estate(world);
}

/* --- payments --------------------------------------------------------------------------------- */

static void test_payment_refusals(void)
{
    struct world *world = an_estate(5, DATE(2020, 1, 6));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    Lodging__RecordPayment asked = a_payment(NOTHING, CENTS(100));
    Lodging__AdjustAccount less = LODGING__ADJUST_ACCOUNT__INIT;
    uint64_t head = runtime_journal(world_runtime(world, "lodging"))->committed;

    about("a payment that cannot be");
    is_refused(pay(world, &asked), "NOT_KNOWN", "account", "on no account is refused");
    asked.account = text(tenancy.account);
    asked.amount = NULL;
    is_refused(pay(world, &asked), "FIELD_MISSING", "amount", "without amount is refused");
    asked.amount = CENTS(0);
    is_refused(pay(world, &asked), "FIELD_NOT_AN_AMOUNT", "amount", "of nothing is refused");
    asked.amount = CENTS(-1);
    is_refused(pay(world, &asked), "FIELD_NOT_AN_AMOUNT", "amount", "below zero is refused");
    asked.amount = CENTS(100);
    asked.method = 0;
    is_refused(pay(world, &asked), "FIELD_MISSING", "method", "without method is refused");
    asked.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_CASH;
    asked.paid_on = ON(2020, 1, 7);
    is_refused(pay(world, &asked), "DATE_TO_COME", "paid_on", "of tomorrow is refused");
    asked.paid_on = ON(2020, 2, 30);
    is_refused(pay(world, &asked), "FIELD_NOT_A_DATE", "paid_on", "of no day is refused");
    asked.paid_on = NULL;
    asked.term = ON(2020, 13, 1);
    is_refused(pay(world, &asked), "FIELD_NOT_A_DATE", "term", "for no month is refused");
    asked.term = NULL;
    asked.reference = text("1234567890123456789012345678901234567890123456789012345678901");
    is_refused(pay(world, &asked), "REFERENCE_TOO_LONG", "reference",
               "with a reference of 61 bytes is refused");
    about("an adjustment that cannot be");
    less.account = text(tenancy.account);
    less.amount = CENTS(-100);
    is_refused(world_call(world, "lodging.AdjustAccount", &less.base,
                          &lodging__adjust_account_reply__descriptor),
               "FIELD_MISSING", "reason", "without a reason is refused");
    is_refused(adjust(world, NOTHING, 100, NULL, NULL), "NOT_KNOWN", "account",
               "on no account is refused");
    is_refused(adjust(world, tenancy.account, 0, NULL, NULL), "ENTRY_HAS_NO_AMOUNT", "amount",
               "of nothing is refused");
    is_refused(adjust(world, tenancy.account, 1, NULL, ON(2020, 1, 7)), "DATE_TO_COME",
               "adjusted_on", "of tomorrow is refused");
    check_number(runtime_journal(world_runtime(world, "lodging"))->committed, head,
                 "nothing of all this was written");
    asked.reference = text("123456789012345678901234567890123456789012345678901234567890");
    check(is_done(pay(world, &asked)), "a reference of 60 bytes is taken");
    close_estate(world);
}

static void test_references(void)
{
    struct world *world = an_estate(6, DATE(2020, 1, 6));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *unit = commission_unit(world, residence, 1);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    Lodging__RecordPayment asked = a_payment(tenancy.account, CENTS(20000));
    struct answer again;
    uint64_t head;

    about("the same reference on an account is the same payment");
    asked.reference = text("VIR-0001");
    check_number(balance_told(pay(world, &asked)), 21935, "a payment is taken");
    head = runtime_journal(world_runtime(world, "lodging"))->committed;
    again = pay(world, &asked);
    check(is_done(again) && balance_told(again) == 21935,
          "the same again is answered with the balance");
    check_number(runtime_journal(world_runtime(world, "lodging"))->committed, head,
                 "and writes nothing");
    check_number(world_count(world, "lodging", &HAPPENED(payment_recorded)), 1, "it counts once");
    asked.amount = CENTS(20001);
    is_refused(pay(world, &asked), "REFERENCE_OF_ANOTHER_PAYMENT", "reference",
               "another amount under it is refused");
    asked.amount = CENTS(20000);
    asked.reference = text("VIR-0002");
    check_number(balance_told(pay(world, &asked)), 1935, "another reference is another payment");
    asked.reference = text("");
    pay(world, &asked);
    check_number(balance_told(pay(world, &asked)), 1935 - 40000,
                 "without a reference each is its own, and what is more is a credit");
    asked.reference = text("VIR-0001");
    asked.account =
        text(move_in(world, commission_unit(world, residence, 1), ANOTHER, ON(2020, 1, 6)).account);
    check_number(balance_told(pay(world, &asked)), 21935,
                 "the same reference on another account is another payment");
    close_estate(world);
}

static void test_terms(void)
{
    struct world *world = an_estate(7, DATE(2020, 1, 6));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    Lodging__RecordPayment asked = a_payment(tenancy.account, CENTS(50000));
    const Lodging__AccountReply *told;

    about("money is set against the term named, else against the oldest (Code civil 1342-10)");
    world_move_to(world, DATE(2020, 3, 6), 9, 0);
    asked.term = ON(2020, 2, 17);
    pay(world, &asked);
    told = account_told(world, tenancy.account);
    check_number(told->n_terms, 3, "three months were charged");
    check_number(cents_of(told->terms[0]->left), 41935, "January is open");
    check_number(cents_of(told->terms[1]->left), 0, "February, which was named, is settled");
    check_number(cents_of(told->terms[2]->left), 50000, "March is open");
    check_date(date_of(told->oldest_due_on), DATE(2020, 1, 6), "the oldest is that of January");
    pay_cents(world, tenancy.account, 41936);
    told = account_told(world, tenancy.account);
    check_number(cents_of(told->terms[0]->left), 0, "what names none goes to January");
    check_number(cents_of(told->terms[2]->left), 49999, "and what is more to March");
    about("housing aid is for one month");
    asked.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID;
    asked.term = NULL;
    asked.amount = CENTS(20000);
    pay(world, &asked);
    told = account_told(world, tenancy.account);
    check_number(cents_of(told->terms[2]->aided), 20000, "the oldest open one when none is named");
    check_number(cents_of(told->terms[2]->left), 29999, "of which less is left");
    close_estate(world);
}

/* --- the cost --------------------------------------------------------------------------------- */

static void keep_longest(void *context, const Tremplin__Header *header,
                         const ProtobufCMessage *event)
{
    size_t *most = context;
    const Lodging__PaymentRecorded *recorded = (const Lodging__PaymentRecorded *)event;

    (void)header;
    if (event && event->descriptor == &lodging__payment_recorded__descriptor &&
        recorded->standing && recorded->standing->n_terms > *most)
        *most = recorded->standing->n_terms;
}

static void test_years(void)
{
    struct world *world = an_estate(8, DATE(2013, 1, 1));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy;
    size_t most = 0;

    about("a payment costs the same after ten years: the account forgets what is settled");
    tenancy = move_in(world, unit, HOUSEHOLD, ON(2013, 1, 1));
    for (int month = 1; month <= 120; month++) {
        world_move_to(world, date_add_months(DATE(2013, 1, 8), month), 9, 0);
        pay_cents(world, tenancy.account, 50000); /* always a month behind */
    }
    check_number(balance_of(world, tenancy.account), 50000, "a month is owed, as ever");
    world_events(world, "lodging", keep_longest, &most);
    check(most <= 2, "never more than two terms were kept (%zu)", most);
    check_number(account_told(world, tenancy.account)->n_terms, 121,
                 "and all are told to whoever asks");
    close_estate(world);
}

/* --- the property ----------------------------------------------------------------------------- */

static int64_t left_in_all(const Lodging__AccountReply *told)
{
    int64_t left = 0;

    for (size_t i = 0; i < told->n_terms; i++)
        left += cents_of(told->terms[i]->left);
    return left;
}

/* What the rules say of the whole ledger, from its first entry, today. */
static void check_by_the_rules(struct world *world, const struct book *book, uint64_t seed)
{
    static struct rent_term terms[TERMS_MOST];
    const Lodging__AccountReply *told = account_told(world, book->account);
    const struct ledger ledger = { .entries = book->entries, .count = book->count };
    const struct fee_period fee = { .from = DATE(1900, 1, 1),
                                    .fee = { 40000, 6000, 4000, 0 },
                                    .aid_payee = AID_TO_MANAGER };
    struct date today = civil_date_at(world_now_ms(world));
    struct arrears_law_period law = { .from = DATE(1900, 1, 1) };
    const struct arrears_question question = { &ledger, &fee, 1, &law, 1, WHOLE_DEBT };
    struct arrears found;
    struct account sums;

    law_on(arrears_law, today, &law.law);
    holds_or_report(book->sum_cents == cents_of(told->balance) &&
                        book->last_balance_cents == cents_of(told->balance),
                    "seed %" PRIu64 ": the balance is the sum of what happened", seed);
    if (!arrears_at(&question, today, terms, TERMS_MOST, &found) ||
        !account_at(&ledger, DATE(2199, 12, 31), terms, TERMS_MOST, &sums)) {
        check(false, "seed %" PRIu64 ": too many terms", seed);
        return;
    }
    holds_or_report(sums.left_cents - sums.credit_cents == cents_of(told->balance),
                    "seed %" PRIu64 ": and what the rules make of it", seed);
    holds_or_report(sums.left_cents == left_in_all(told), "seed %" PRIu64 ": term by term", seed);
    holds_or_report(date_is_same(date_of(told->oldest_due_on), found.debt.oldest_due_on),
                    "seed %" PRIu64 ": the oldest debt is the same", seed);
    holds_or_report(told->unpaid_terms == (uint32_t)found.debt.wholly_unpaid_terms,
                    "seed %" PRIu64 ": and the terms wholly unpaid", seed);
    holds_or_report(told->late == date_is_set(found.late_since),
                    "seed %" PRIu64 ": the account is late when the rules say so", seed);
    holds_or_report(told->over_apl_threshold == date_is_set(found.aid_threshold_since),
                    "seed %" PRIu64 ": and over the threshold of the aid", seed);
    holds_or_report(told->termination_possible == arrears_residence_test_is_met(&found),
                    "seed %" PRIu64 ": and open to termination", seed);
}

static void move_money(struct world *world, struct chance *chance, const char *account)
{
    struct date today = civil_date_at(world_now_ms(world));
    Lodging__RecordPayment asked = a_payment(account, CENTS(chance_between(chance, 1, 90000)));
    struct date term = date_add_months(today, -(int32_t)chance_between(chance, 0, 2));

    switch (chance_between(chance, 0, 5)) {
    case 0: adjust(world, account, -chance_between(chance, 1, 20000), NULL, NULL); break;
    case 1: adjust(world, account, chance_between(chance, 1, 20000), NULL, NULL); break;
    case 2:
        asked.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID;
        asked.term = ON(term.year, term.month, 1);
        pay(world, &asked);
        break;
    case 3:
        asked.term = ON(term.year, term.month, 1);
        pay(world, &asked);
        break;
    default: pay(world, &asked);
    }
}

static void test_conservation(void)
{
    static struct book book;

    about("whatever is paid, cents are conserved and the rules agree on the whole ledger");
    for (uint64_t seed = 20; seed < 28; seed++) {
        struct world *world = an_estate(seed, DATE(2020, 1, 6));
        struct chance chance = { .state = seed };
        const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
        struct tenancy tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
        struct date day = DATE(2020, 1, 6);

        for (int i = 0; i < 40; i++) {
            day = date_add_days(day, (int32_t)chance_between(&chance, 1, 25));
            world_move_to(world, day, 10, 0);
            if (chance_between(&chance, 0, 2) > 0)
                move_money(world, &chance, tenancy.account);
            read_book(world, tenancy.account, &book);
            check_by_the_rules(world, &book, seed);
        }
        check(book.count > 30, "seed %" PRIu64 ": %zu entries came to the same", seed, book.count);
        close_estate(world);
    }
}

static void test_lists(void)
{
    struct world *world = an_estate(9, DATE(2020, 1, 6));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    Lodging__AccountsQuery asked = LODGING__ACCOUNTS_QUERY__INIT;
    const Lodging__AccountsReply *reply;
    struct tenancy paid, owing;

    about("accounts are listed page by page, the late ones by themselves");
    paid = move_in(world, commission_unit(world, residence, 1), HOUSEHOLD, ON(2020, 1, 6));
    world_move_to(world, DATE(2020, 1, 6), 10, 0);
    owing = move_in(world, commission_unit(world, residence, 1), ANOTHER, ON(2020, 1, 6));
    pay_cents(world, paid.account, 41935);
    world_move_to(world, DATE(2020, 1, 12), 9, 0);
    asked.most = 1;
    reply = world_call(world, "lodging.Accounts", &asked.base, &lodging__accounts_reply__descriptor)
                .reply;
    check(reply->n_accounts == 1 && reply->more, "one, and there are more");
    check_text(reply->accounts[0]->account, paid.account, "the older first");
    asked.after = text(paid.account);
    reply = world_call(world, "lodging.Accounts", &asked.base, &lodging__accounts_reply__descriptor)
                .reply;
    check(reply->n_accounts == 1 && !reply->more, "then the last");
    check_text(reply->accounts[0]->account, owing.account, "which is the other");
    asked.after = text("");
    asked.most = 0;
    asked.late_only = true;
    reply = world_call(world, "lodging.Accounts", &asked.base, &lodging__accounts_reply__descriptor)
                .reply;
    check(reply->n_accounts == 1 && reply->accounts[0]->late, "one is late");
    check_text(reply->accounts[0]->account, owing.account, "the one that owes");
    check(account_told(world, NOTHING) == NULL, "an account that is not there is not told");
    close_estate(world);
}

static void test_a_law_that_is_missing(void)
{
    enum { RETRIED_MS = 120000 };
    static const char law[] = "lodging.fee.due_day";
    struct world *world = an_estate(41, DATE(2020, 1, 6));
    struct tenancy tenancy =
        move_in(world, commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1),
                HOUSEHOLD, ON(2020, 1, 6));

    about("a month whose law is not known is charged once it is, and not forgotten");
    check_number(world_count(world, "lodging", &HAPPENED(fee_charged)), 1, "January is charged");
    world_law_until(world, law, DATE(2020, 1, 31));
    world_leap(world, 26);
    world_pass(world, RETRIED_MS);
    check_number(world_count(world, "lodging", &HAPPENED(fee_charged)), 1,
                 "February's law is not said: it is not charged");
    check(strstr(world_trouble_of(world, "lodging"), "LAW_NOT_KNOWN") != NULL,
          "and status says so: %s", world_trouble_of(world, "lodging"));
    world_law_until(world, law, DATE_NONE);
    world_pass(world, RETRIED_MS);
    check_number(world_count(world, "lodging", &HAPPENED(fee_charged)), 2,
                 "once it is said, February is charged, once");
    check_number(balance_of(world, tenancy.account), 91935, "for the whole of it");
    close_estate(world);
}

int main(void)
{
    test_months();
    test_late_news();
    test_history();
    test_free_of_charge();
    test_payment_refusals();
    test_references();
    test_terms();
    test_years();
    test_conservation();
    test_lists();
    test_a_law_that_is_missing();
    return checks_done();
}
