#include "tests/runtime/ledger.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { DEADLINE_REMINDER = 1 };

static const struct table accounts = { "accounts", &ledger__account__descriptor };
static const struct table texts = { "texts", &ledger__text__descriptor };

/* --- commands --------------------------------------------------------------------------------- */

static const struct refusal account_exists = {
    "ACCOUNT_EXISTS", "account", "", "Ce compte existe déjà.", "This account exists already.",
};

static const struct refusal *on_open_account(struct work *work, const void *body)
{
    const Ledger__OpenAccount *asked = body;
    Ledger__AccountOpened opened = LEDGER__ACCOUNT_OPENED__INIT;
    Ledger__HolderNamed named = LEDGER__HOLDER_NAMED__INIT;
    Ledger__OpenAccountReply reply = LEDGER__OPEN_ACCOUNT_REPLY__INIT;
    const struct refusal *refusal = need_id(work, "account", asked->account);

    if (refusal)
        return refusal;
    if (table_has(work->tables, &accounts, key_id(asked->account)))
        return &account_exists;
    opened.account = asked->account;
    named.holder = asked->holder;
    if (asked->holder)
        work_emit_sealed(work, &opened.base, asked->account, DATE_NONE, asked->account,
                         &named.base);
    else
        work_emit(work, &opened.base, asked->account, DATE_NONE);
    reply.account = asked->account;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void apply_account_opened(struct tables *tables, const struct entry *entry)
{
    const Ledger__AccountOpened *opened = (const Ledger__AccountOpened *)entry->event;
    const Ledger__HolderNamed *named = (const Ledger__HolderNamed *)entry->record;
    Ledger__Account row = LEDGER__ACCOUNT__INIT;

    if (named)
        row.holder = named->holder;
    table_put(tables, &accounts, key_id(opened->account), &row.base);
}

static const struct refusal *on_pay(struct work *work, const void *body)
{
    const Ledger__Pay *asked = body;
    const Ledger__Account *account = table_get(work->tables, &accounts, key_id(asked->account));
    Ledger__Paid paid = LEDGER__PAID__INIT;
    Ledger__PayReply reply = LEDGER__PAY_REPLY__INIT;
    const struct refusal *refusal = need_amount(work, "amount", asked->amount);

    if (refusal)
        return refusal;
    if (!account)
        return not_known(work, "account", asked->account);
    paid.account = asked->account;
    paid.amount = asked->amount;
    paid.balance = money_field(work->arena, cents_of(account->balance) + asked->amount->cents);
    work_emit(work, &paid.base, asked->account, DATE_NONE);
    reply.balance = paid.balance;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void apply_paid(struct tables *tables, const struct entry *entry)
{
    const Ledger__Paid *paid = (const Ledger__Paid *)entry->event;
    Ledger__Account *account = table_get(tables, &accounts, key_id(paid->account));

    if (!account)
        return;
    account->balance = paid->balance;
    table_put(tables, &accounts, key_id(paid->account), &account->base);
}

static const struct refusal *on_touch(struct work *work, const void *body)
{
    const Ledger__Touch *asked = body;
    Ledger__TouchReply reply = LEDGER__TOUCH_REPLY__INIT;

    if (!table_has(work->tables, &accounts, key_id(asked->account)))
        return not_known(work, "account", asked->account);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static const struct refusal *on_remind(struct work *work, const void *body)
{
    const Ledger__Remind *asked = body;
    Ledger__ReminderSet set = LEDGER__REMINDER_SET__INIT;
    Ledger__RemindReply reply = LEDGER__REMIND_REPLY__INIT;

    if (!table_has(work->tables, &accounts, key_id(asked->account)))
        return not_known(work, "account", asked->account);
    set.account = asked->account;
    set.at_ms = asked->at_ms;
    work_emit(work, &set.base, asked->account, DATE_NONE);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void apply_reminder_set(struct tables *tables, const struct entry *entry)
{
    const Ledger__ReminderSet *set = (const Ledger__ReminderSet *)entry->event;

    deadline_set(tables, DEADLINE_REMINDER, set->at_ms, set->account, 1);
}

static void pass_reminder(struct work *work, const struct deadline *deadline)
{
    Ledger__Reminded reminded = LEDGER__REMINDED__INIT;

    reminded.account = (char *)(uintptr_t)deadline->subject;
    reminded.due_ms = deadline->due_ms;
    work_emit(work, &reminded.base, deadline->subject, DATE_NONE);
}

static void apply_reminded(struct tables *tables, const struct entry *entry)
{
    const Ledger__Reminded *reminded = (const Ledger__Reminded *)entry->event;
    Ledger__Account *account = table_get(tables, &accounts, key_id(reminded->account));

    if (!account)
        return;
    account->reminders++;
    table_put(tables, &accounts, key_id(reminded->account), &account->base);
}

static const struct refusal *on_fill(struct work *work, const void *body)
{
    const Ledger__Fill *asked = body;
    Ledger__FillReply reply = LEDGER__FILL_REPLY__INIT;
    char *text = arena_take(work->arena, asked->size + 1);

    if (!text)
        return not_known(work, "size", "too much");
    memset(text, 'x', asked->size);
    for (uint32_t i = 0; i < asked->times; i++) {
        Ledger__Filled filled = LEDGER__FILLED__INIT;

        filled.account = asked->account;
        filled.number = i;
        filled.text = text;
        work_emit(work, &filled.base, asked->account, DATE_NONE);
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void apply_filled(struct tables *tables, const struct entry *entry)
{
    const Ledger__Filled *filled = (const Ledger__Filled *)entry->event;
    Ledger__Text row = LEDGER__TEXT__INIT;
    struct key key = key_id(filled->account);

    key_add_number(&key, filled->number);
    row.text = filled->text;
    table_put(tables, &texts, key, &row.base);
}

static const struct refusal *on_erase(struct work *work, const void *body)
{
    const Ledger__Erase *asked = body;
    Ledger__Erased erased = LEDGER__ERASED__INIT;
    Ledger__EraseReply reply = LEDGER__ERASE_REPLY__INIT;
    const struct refusal *refusal = need_id(work, "household", asked->household);

    if (refusal)
        return refusal;
    erased.household = asked->household;
    work_emit(work, &erased.base, asked->household, DATE_NONE);
    work_destroy_key(work, asked->household);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* As a machine does whose memory is gone, or a watchdog in earnest. */
_Noreturn static void die(bool killed)
{
    if (killed)
        raise(SIGKILL);
    abort();
}

static const struct refusal *on_crash(struct work *work, const void *body)
{
    const Ledger__Crash *asked = body;
    Ledger__Broken broken = LEDGER__BROKEN__INIT;
    Ledger__CrashReply reply = LEDGER__CRASH_REPLY__INIT;

    if (!asked->at_follower)
        die(asked->killed);
    broken.account = asked->account;
    broken.killed = asked->killed;
    work_emit(work, &broken.base, asked->account, DATE_NONE);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void hear_broken(struct work *work, const struct entry *heard)
{
    (void)work;
    die(((const Ledger__Broken *)heard->event)->killed);
}

static void apply_nothing(struct tables *tables, const struct entry *entry)
{
    (void)tables;
    (void)entry;
}

/* --- hearing, days, queries ------------------------------------------------------------------- */

static void apply_heard_opened(struct tables *tables, const struct entry *heard)
{
    const Ledger__AccountOpened *opened = (const Ledger__AccountOpened *)heard->event;
    Ledger__Account row = LEDGER__ACCOUNT__INIT;

    table_put(tables, &accounts, key_id(opened->account), &row.base);
}

static void apply_heard_paid(struct tables *tables, const struct entry *heard)
{
    const Ledger__Paid *paid = (const Ledger__Paid *)heard->event;
    Ledger__Account *account = table_get(tables, &accounts, key_id(paid->account));
    Tremplin__Money sum = TREMPLIN__MONEY__INIT;

    if (!account)
        return;
    sum.cents = cents_of(account->heard) + cents_of(paid->amount);
    account->heard = &sum;
    table_put(tables, &accounts, key_id(paid->account), &account->base);
}

static void hear_erased(struct work *work, const struct entry *heard)
{
    const Ledger__Erased *erased = (const Ledger__Erased *)heard->event;

    work_destroy_key(work, erased->household);
}

static void count_day(struct work *work)
{
    Ledger__DayCounted counted = LEDGER__DAY_COUNTED__INIT;

    counted.day_id = (char *)(uintptr_t)work_new_id(work);
    counted.accounts = (uint32_t)table_count(work->tables, &accounts);
    work_emit(work, &counted.base, counted.day_id, work->today);
}

static const struct refusal *on_account(struct work *work, const void *body)
{
    const Ledger__AccountQuery *asked = body;
    const Ledger__Account *account = table_get(work->tables, &accounts, key_id(asked->account));
    Ledger__AccountReply reply = LEDGER__ACCOUNT_REPLY__INIT;
    const char *holder;

    if (!account)
        return not_known(work, "account", asked->account);
    reply.balance = account->balance;
    reply.heard = account->heard;
    reply.reminders = account->reminders;
    holder = work_unseal(work, account->holder);
    if (holder)
        reply.holder = (char *)(uintptr_t)holder;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- the descriptions ------------------------------------------------------------------------- */

static const struct method methods[] = {
    { .name = "OpenAccount", .handle = on_open_account, .roles = ROLE_STAFF },
    { .name = "Pay", .handle = on_pay, .roles = ROLE_STAFF },
    { .name = "Touch", .handle = on_touch, .roles = ROLE_STAFF },
    { .name = "Remind", .handle = on_remind, .roles = ROLE_STAFF },
    { .name = "Fill", .handle = on_fill, .roles = ROLE_STAFF },
    { .name = "Erase", .handle = on_erase, .roles = ROLE_STAFF },
    { .name = "Crash", .handle = on_crash, .roles = ROLE_STAFF },
    { .name = "Account", .handle = on_account, .roles = ROLE_ANYBODY },
    { 0 },
};

static const struct application applications[] = {
    { &ledger__account_opened__descriptor, apply_account_opened },
    { &ledger__paid__descriptor, apply_paid },
    { &ledger__reminder_set__descriptor, apply_reminder_set },
    { &ledger__reminded__descriptor, apply_reminded },
    { &ledger__filled__descriptor, apply_filled },
    { &ledger__erased__descriptor, apply_nothing },
    { &ledger__day_counted__descriptor, apply_nothing },
    { &ledger__broken__descriptor, apply_nothing },
    { 0 },
};

static const struct hearing hearings[] = {
    { &ledger__account_opened__descriptor, apply_heard_opened, NULL },
    { &ledger__paid__descriptor, apply_heard_paid, NULL },
    { &ledger__erased__descriptor, NULL, hear_erased },
    { &ledger__broken__descriptor, NULL, hear_broken },
    { 0 },
};

static const struct source sources[] = {
    { "ledger", &ledger__event__descriptor, hearings },
    { 0 },
};

static const struct table *const tables[] = { &accounts, &texts, NULL };

static const struct deadline_kind deadlines[] = {
    { DEADLINE_REMINDER, "reminder", pass_reminder },
    { 0 },
};

const struct service ledger = {
    .name = "ledger",
    .tables_version = 1,
    .tables = tables,
    .methods = methods,
    .commands = &ledger__ledger_commands__descriptor,
    .queries = &ledger__ledger_queries__descriptor,
    .event = &ledger__event__descriptor,
    .record = &ledger__record__descriptor,
    .applications = applications,
    .deadlines = deadlines,
    .open_day = count_day,
    .known_services = "ledger beside",
};

const struct service ledger_beside = {
    .name = "beside",
    .tables_version = 1,
    .tables = tables,
    .methods = methods,
    .commands = &ledger__ledger_commands__descriptor,
    .queries = &ledger__ledger_queries__descriptor,
    .event = &ledger__event__descriptor,
    .record = &ledger__record__descriptor,
    .applications = applications,
    .sources = sources,
    .deadlines = deadlines,
    .known_services = "ledger beside",
};
