/* The runtime alone, simulated: two ledgers, one following the other, under every fault of a seed.
 * Every acknowledged payment is there once and heard once, every reminder fires once and none
 * early. */
#include "tests/runtime/ledger.h"
#include "tests/simulation/simulation.h"

#include <stdlib.h>

enum { ACCOUNTS = 5, REMINDERS_MOST = 512 };

struct reminder {
    int account;
    int64_t at_ms;
};

struct model {
    char ids[ACCOUNTS][ID_TEXT_SIZE];
    bool opened[ACCOUNTS];
    int64_t paid[ACCOUNTS];
    int payments;
    struct reminder reminders[REMINDERS_MOST];
    int reminder_count;
};

static void *open_ledgers(struct simulation *simulation)
{
    struct model *model = calloc(1, sizeof *model);

    world_add(simulation->world, &ledger, NULL);
    world_add(simulation->world, &ledger_beside, NULL);
    for (int i = 0; i < ACCOUNTS; i++) {
        uint8_t random[ID_RANDOM_BYTES] = { 0, 0, (uint8_t)i };

        id_format(id_make(world_now_ms(simulation->world), random), model->ids[i]);
    }
    return model;
}

static void open_account(struct simulation *simulation, struct model *model, int account)
{
    Ledger__OpenAccount asked = LEDGER__OPEN_ACCOUNT__INIT;
    Tremplin__Sealed holder = TREMPLIN__SEALED__INIT;

    asked.account = model->ids[account];
    holder.clear = (char *)(uintptr_t) "Marguerite Vasseur";
    asked.holder = &holder;
    if (simulation_call(simulation, "ledger.OpenAccount", &asked.base,
                        &ledger__open_account_reply__descriptor)
            .status == TREMPLIN__STATUS__STATUS_DONE)
        model->opened[account] = true;
}

static void pay(struct simulation *simulation, struct model *model, int account)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    struct answer answer;

    asked.account = model->ids[account];
    amount.cents = simulation_choose(simulation, -5, 100000);
    asked.amount = &amount;
    answer = simulation_call(simulation, "ledger.Pay", &asked.base, &ledger__pay_reply__descriptor);
    if (answer.status == TREMPLIN__STATUS__STATUS_DONE) {
        model->paid[account] += amount.cents;
        model->payments++;
        if (answer.reply &&
            cents_of(((const Ledger__PayReply *)answer.reply)->balance) != model->paid[account])
            simulation_fails(simulation, "a reply tells another balance");
    } else if (amount.cents > 0 && model->opened[account]) {
        simulation_fails(simulation, "a good payment is refused: %s", answer.code);
    }
}

static void remind(struct simulation *simulation, struct model *model, int account)
{
    Ledger__Remind asked = LEDGER__REMIND__INIT;

    asked.account = model->ids[account];
    asked.at_ms =
        world_now_ms(simulation->world) + simulation_choose(simulation, -2, 20) * 12 * HOUR_MS;
    if (model->reminder_count == REMINDERS_MOST)
        return;
    if (simulation_call(simulation, "ledger.Remind", &asked.base, &ledger__remind_reply__descriptor)
            .status == TREMPLIN__STATUS__STATUS_DONE)
        model->reminders[model->reminder_count++] =
            (struct reminder){ .account = account, .at_ms = asked.at_ms };
}

static void ask(struct simulation *simulation, void *context)
{
    struct model *model = context;
    int account = (int)simulation_choose(simulation, 0, ACCOUNTS - 1);

    if (!model->opened[account])
        open_account(simulation, model, account);
    else if (simulation_choose(simulation, 0, 3) == 0)
        remind(simulation, model, account);
    else
        pay(simulation, model, account);
}

/* --- what must hold --------------------------------------------------------------------------- */

struct counted {
    struct simulation *simulation;
    struct model *model;
    int payments;
    int reminded[REMINDERS_MOST];
};

static void count(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct counted *counted = context;

    if (event->descriptor == &ledger__paid__descriptor)
        counted->payments++;
    if (event->descriptor != &ledger__reminded__descriptor)
        return;
    const Ledger__Reminded *reminded = (const Ledger__Reminded *)event;
    if (header->recorded_at_ms < reminded->due_ms)
        simulation_fails(counted->simulation, "a reminder fired early");
    for (int i = 0; i < counted->model->reminder_count; i++)
        if (counted->model->reminders[i].at_ms == reminded->due_ms &&
            strcmp(counted->model->ids[counted->model->reminders[i].account], reminded->account) ==
                0)
            counted->reminded[i]++;
}

static const Ledger__AccountReply *account(struct simulation *simulation, const char *method,
                                           const char *id)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;

    asked.account = (char *)(uintptr_t)id;
    return simulation_call(simulation, method, &asked.base, &ledger__account_reply__descriptor)
        .reply;
}

static void check_accounts(struct simulation *simulation, const struct model *model)
{
    for (int i = 0; i < ACCOUNTS; i++) {
        const Ledger__AccountReply *here, *heard;

        if (!model->opened[i])
            continue;
        here = account(simulation, "ledger.Account", model->ids[i]);
        heard = account(simulation, "beside.Account", model->ids[i]);
        if (!here || cents_of(here->balance) != model->paid[i])
            simulation_fails(simulation, "an acknowledged payment is lost or doubled");
        if (!heard || cents_of(heard->heard) != model->paid[i])
            simulation_fails(simulation, "a payment was not heard once");
    }
}

static void verify(struct simulation *simulation, void *context)
{
    struct counted counted = { .simulation = simulation, .model = context };

    check_accounts(simulation, counted.model);
    world_events(simulation->world, "ledger", count, &counted);
    if (counted.payments != counted.model->payments)
        simulation_fails(simulation, "%d payments in the journal, %d acknowledged",
                         counted.payments, counted.model->payments);
    for (int i = 0; i < counted.model->reminder_count; i++) {
        bool due = counted.model->reminders[i].at_ms <= world_now_ms(simulation->world);
        bool doubled = false;

        for (int j = 0; j < counted.model->reminder_count; j++)
            doubled |= i != j &&
                       counted.model->reminders[i].account == counted.model->reminders[j].account &&
                       counted.model->reminders[i].at_ms == counted.model->reminders[j].at_ms;
        if (due && counted.reminded[i] == 0)
            simulation_fails(simulation, "a due reminder did not fire");
        if (!doubled && counted.reminded[i] > 1)
            simulation_fails(simulation, "a reminder fired twice");
    }
}

int main(int argc, char **argv)
{
    static const char *const services[] = { "ledger", "beside", NULL };
    static const struct workload workload = {
        .name = "two ledgers",
        .start = { 2020, 2, 20 },
        .days = 90,
        .open = open_ledgers,
        .ask = ask,
        .verify = verify,
        .close = free,
        .services = services,
    };

    return simulation_main(&workload, argc, argv);
}
