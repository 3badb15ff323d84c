/* What people write about a household, in lodging: sealed where it is words, refused where it would
 * be told to everybody, and gone with the household (domain.md P-7, PR-7). */
#include "tests/handlers/lodging/estate.h"
#include "tests/in_clear.h"

#include "proto/intake.pb-c.h"
#include "services/intake/intake.h"
#include "services/lodging/records.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what lies in the files and what was published -------------------------------------------- */

static const char *const secrets[] = { "Quatrefages", "QUATREFAGES", "Zéphyrine" };

static void check_nowhere(struct world *world, const char *when)
{
    static const char *const codes[] = { "CASP" };
    const char *const *texts = secrets;
    size_t count = sizeof secrets / sizeof *secrets;

    check(world_settle(world), "everything is at rest");
    world_pass(world, 5000);
    check_number(in_files(world, "lodging", texts, count), 0, "%s, no file has a name in clear",
                 when);
    check_number(in_published(texts, count), 0, "nor what was published");
    check(in_files(world, "lodging", codes, 1) > 0 && in_published(codes, 1) > 0,
          "where codes do stand, so the search is not blind");
}

/* --- asking ----------------------------------------------------------------------------------- */

static const Lodging__LedgerReply *ledger_of(struct world *world, const char *account,
                                             uint32_t after, uint32_t most)
{
    Lodging__LedgerQuery asked = LODGING__LEDGER_QUERY__INIT;

    asked.account = text(account);
    asked.after = after;
    asked.most = most;
    return world_call(world, "lodging.Ledger", &asked.base, &lodging__ledger_reply__descriptor)
        .reply;
}

static const Lodging__StayInClearReply *in_clear(struct world *world, const char *stay)
{
    Lodging__StayQuery asked = LODGING__STAY_QUERY__INIT;

    asked.stay = text(stay);
    return world_call(world, "lodging.StayInClear", &asked.base,
                      &lodging__stay_in_clear_reply__descriptor)
        .reply;
}

static void register_household(struct world *world)
{
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;

    name.clear = text("Quatrefages Zéphyrine");
    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.adults = 1;
    asked.household = text(HOUSEHOLD);
    asked.name = &name;
    asked.situation = &situation;
    check(is_done(world_call(world, "intake.RegisterHousehold", &asked.base,
                             &intake__register_household_reply__descriptor)),
          "a household is registered");
}

static void erase_household(struct world *world)
{
    Intake__EraseHousehold asked = INTAKE__ERASE_HOUSEHOLD__INIT;

    asked.household = text(HOUSEHOLD);
    asked.reason = text("RETENTION");
    check(is_done(world_call(world, "intake.EraseHousehold", &asked.base,
                             &intake__erase_household_reply__descriptor)),
          "and erased");
    check(world_settle(world), "lodging hears it");
}

static Lodging__RecordPayment a_transfer(const char *account)
{
    Lodging__RecordPayment asked = a_payment(account, NULL);

    asked.reference = text("VIR QUATREFAGES ZEPHYRINE LOYER");
    return asked;
}

/* --- the rules -------------------------------------------------------------------------------- */

static void test_words_of_a_household(void)
{
    struct world *world = an_estate(31, DATE(2020, 1, 6));
    const char *unit;
    Lodging__SignTitle title;
    Lodging__RecordPayment payment;
    Lodging__EndStay exit;
    const Lodging__SignTitleReply *made;
    const Lodging__LedgerReply *ledger;
    struct tenancy tenancy;

    about("what is written about a household is read by who may, and stands in clear nowhere");
    world_add(world, &intake_service, NULL);
    simulated_bus_join(world_bus(world), &watcher);
    register_household(world);
    unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    title = a_title(unit, HOUSEHOLD);
    title.document = text("Titre de Mme Quatrefages");
    title.signed_on = ON(2020, 1, 6);
    made = sign(world, &title).reply;
    tenancy = (struct tenancy){ made->stay, made->account };
    check(is_done(enter_stay(world, tenancy.stay, ON(2020, 1, 6))), "a household lives here");
    payment = a_transfer(tenancy.account);
    payment.amount = CENTS(10000);
    check(is_done(pay(world, &payment)), "it pays by a transfer that names it");
    ledger = ledger_of(world, tenancy.account, 0, 0);
    check_number(ledger->n_lines, 2, "a fee and a payment");
    check_text(ledger->lines[0]->kind, "FEE", "the fee");
    check_text(ledger->lines[1]->kind, "PAYMENT", "the payment");
    check_text(ledger->lines[1]->reference, "VIR QUATREFAGES ZEPHYRINE LOYER",
               "with the reference that the bank gave");
    check_text(in_clear(world, tenancy.stay)->document, "Titre de Mme Quatrefages",
               "its title is found");
    check_nowhere(world, "before the erasure");

    about("the same reference is the same payment, though no one reads it");
    check_number(balance_told(pay(world, &payment)), 31935, "sent again, it is not paid twice");
    payment.amount = CENTS(20000);
    is_refused(pay(world, &payment), "REFERENCE_OF_ANOTHER_PAYMENT", "reference",
               "another amount is another payment");
    world_kill(world, "lodging");
    world_revive(world, "lodging");
    payment.amount = CENTS(10000);
    check_number(balance_told(pay(world, &payment)), 31935, "nor twice after a start");

    exit = an_exit(tenancy.stay);
    exit.destination = text("chez sa fille, Zéphyrine");
    check(is_done(end(world, &exit)), "the household leaves");
    check_text(in_clear(world, tenancy.stay)->destination, "chez sa fille, Zéphyrine",
               "where to is read");
    check_nowhere(world, "after the exit");

    about("PR-7: with the household its words go, and the figures stay");
    erase_household(world);
    check_text(ledger_of(world, tenancy.account, 0, 0)->lines[1]->reference, "", "no reference");
    check_text(in_clear(world, tenancy.stay)->document, "", "no title");
    check_text(in_clear(world, tenancy.stay)->destination, "", "no destination");
    check_number(cents_of(ledger_of(world, tenancy.account, 0, 0)->lines[1]->amount), -10000,
                 "the payment stays");
    check_number(balance_told(pay(world, &payment)), balance_of(world, tenancy.account),
                 "and its reference is still the same payment");
    payment.reference = text("VIR QUATREFAGES FEVRIER");
    check(is_done(pay(world, &payment)), "a last one is taken: money comes all the same");
    check_text(ledger_of(world, tenancy.account, 2, 1)->lines[0]->reference, "",
               "and its words kept no more");
    check_nowhere(world, "after the erasure");
    close_estate(world);
}

/* What is sealed beside the lodging entry of that number, opened; "" when nothing is, or opens. */
static const char *guard_kept(struct world *world, uint64_t sequence)
{
    static char kept[64];
    struct runtime *runtime = world_runtime(world, "lodging");
    struct stored_entry entry = { 0 };
    Lodging__Records__Record *record;
    const Tremplin__Sealed *inputs;
    const char *clear = NULL;
    struct arena arena;

    check(arena_open(&arena, 1 << 20) &&
              journal_read(runtime_journal(runtime), sequence, &arena, &entry),
          "the candidature's entry is read");
    record = lodging__records__record__unpack(&arena.unpacker, entry.private_part->record.len,
                                              entry.private_part->record.data);
    inputs = record && record->what_case == LODGING__RECORDS__RECORD__WHAT_FEE_GUARD
                 ? record->fee_guard->inputs
                 : NULL;
    if (inputs)
        clear = keys_open_box(runtime_keys(runtime), inputs->household,
                              (struct bytes){ inputs->box.data, inputs->box.len }, &arena, NULL);
    snprintf(kept, sizeof kept, "%s", clear ? clear : "");
    arena_close(&arena);
    return kept;
}

static void test_income(void)
{
    /* 1,234,567.89 and 7,654.32 as texts, and as a Money is packed. */
    static const char *const money[] = { "123456789", "\x08\x95\x9a\xef\x3a", "765432",
                                         "\x08\xf8\xdb\x2e" };
    static const char *const heard[] = { HOUSEHOLD };
    struct world *world = an_estate(36, DATE(2021, 3, 1));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    const char *vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    Lodging__ProposeCandidature asked = a_candidature(vacancy, HOUSEHOLD);
    const Lodging__CandidatureProposed *proposed;
    uint64_t sequence;

    about("C-9: what the fee guard was asked of is kept, and read by who has the key alone");
    world_add(world, &intake_service, NULL);
    simulated_bus_join(world_bus(world), &watcher);
    register_household(world);
    asked.income = CENTS(123456789);
    asked.aid = CENTS(765432);
    asked.consumption_unit_tenths = 15;
    check(is_done(send(world, &asked)), "a household of some income and aid is proposed");
    sequence = runtime_journal(world_runtime(world, "lodging"))->committed;
    proposed = world_last(world, "lodging", &HAPPENED(candidature_proposed));
    check(proposed->affordable && !proposed->income && !proposed->aid,
          "what is told is that it can pay, not of what");
    check_text(guard_kept(world, sequence), "income 0000123456789 aid 0000000765432 units 0015",
               "the figures lie sealed beside it, as wide whatever they are");
    check(world_settle(world), "everything is at rest");
    world_pass(world, 5000);
    check_number(in_published(money, 4), 0, "no published byte has them");
    check(in_published(heard, 1) > 0, "where the household does stand, so the search is not blind");
    check_number(in_files(world, "lodging", money, 4), 0, "nor any file");

    about("PR-7: with the household they go");
    erase_household(world);
    check_text(guard_kept(world, sequence), "", "what was sealed opens no more");
    check_number(in_files(world, "lodging", money, 4) + in_published(money, 4), 0,
                 "and they stand in clear nowhere");
    check(is_done(withdraw(world, proposed->candidature, NULL)), "the candidature stays");
    asked.candidature = text("");
    check(is_done(send(world, &asked)), "another is recorded still");
    check_text(guard_kept(world, runtime_journal(world_runtime(world, "lodging"))->committed), "",
               "its figures no more");
    close_estate(world);
}

static void test_pages(void)
{
    struct world *world = an_estate(32, DATE(2020, 1, 6));
    struct tenancy tenancy =
        move_in(world, commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1),
                HOUSEHOLD, ON(2020, 1, 6));
    const Lodging__LedgerReply *ledger;

    about("a ledger is read in pages");
    for (int i = 0; i < 4; i++)
        pay_cents(world, tenancy.account, 100);
    ledger = ledger_of(world, tenancy.account, 0, 3);
    check_number(ledger->n_lines, 3, "three lines of five");
    check(ledger->more, "there are more");
    ledger = ledger_of(world, tenancy.account, 3, 3);
    check_number(ledger->n_lines, 2, "then the last two");
    check_number(ledger->lines[0]->number, 4, "from the fourth on");
    check(!ledger->more, "which are all");
    check_number(ledger_of(world, tenancy.account, UINT32_MAX, 3)->n_lines, 0,
                 "after the last there are none");
    check(ledger_of(world, NOTHING, 0, 0) == NULL, "of no account there is none");
    close_estate(world);
}

/* What everybody hears is a code: a name is refused by what it is written with. */
static void test_codes(void)
{
    static const char *const names[] = { "Madame Quatrefages",
                                         "Quatrefages",
                                         "QUATREFAGES ZEPHYRINE",
                                         "ZÉPHYRINE",
                                         "L'AINEE",
                                         "255081416802538",
                                         "A-CODE-OF-MORE-THAN-FORTY-BYTES-IS-A-TEXT" };
    struct world *world = an_estate(33, DATE(2021, 3, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    const char *unit = commission_unit(world, residence, 2);
    const char *vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    struct tenancy tenancy =
        move_in(world, commission_unit(world, residence, 1), HOUSEHOLD, ON(2021, 3, 1));

    about("a code of the organisation's is no name");
    simulated_bus_join(world_bus(world), &watcher);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Lodging__OpenResidence opening = LODGING__OPEN_RESIDENCE__INIT;
        Lodging__CommissionUnit commissioning = a_unit(residence, 1);
        Lodging__ExtendVacancy extension = LODGING__EXTEND_VACANCY__INIT;
        Lodging__AdjustAccount adjustment = LODGING__ADJUST_ACCOUNT__INIT;

        opening.name = text("Flandre");
        opening.kind = A_RESIDENCE;
        opening.manager = text(names[i]);
        is_refused(world_call(world, "lodging.OpenResidence", &opening.base,
                              &lodging__open_residence_reply__descriptor),
                   "FIELD_NOT_A_CODE", "manager", "a residence's manager: %s", names[i]);
        commissioning.programme = text(names[i]);
        is_refused(commission(world, &commissioning), "FIELD_NOT_A_CODE", "programme",
                   "a unit's programme");
        commissioning.programme = text("ALT");
        commissioning.manager = text(names[i]);
        is_refused(commission(world, &commissioning), "FIELD_NOT_A_CODE", "manager",
                   "a unit's manager");
        extension.vacancy = text(vacancy);
        extension.last_day = ON(2021, 3, 12);
        extension.agreed_by = text(names[i]);
        extension.reason = text("DOCUMENTS_AWAITED");
        is_refused(world_call(world, "lodging.ExtendVacancy", &extension.base,
                              &lodging__extend_vacancy_reply__descriptor),
                   "FIELD_NOT_A_CODE", "agreed_by", "who agreed to more time");
        extension.agreed_by = text("CASP");
        extension.reason = text(names[i]);
        is_refused(world_call(world, "lodging.ExtendVacancy", &extension.base,
                              &lodging__extend_vacancy_reply__descriptor),
                   "FIELD_NOT_A_CODE", "reason", "and why");
        adjustment.account = text(tenancy.account);
        adjustment.amount = CENTS(-500);
        adjustment.reason = text(names[i]);
        is_refused(world_call(world, "lodging.AdjustAccount", &adjustment.base,
                              &lodging__adjust_account_reply__descriptor),
                   "FIELD_NOT_A_CODE", "reason", "why an account is adjusted");
    }
    check_nowhere(world, "after all that was refused");
    close_estate(world);
}

static void test_names_of_things(void)
{
    struct world *world = an_estate(34, DATE(2021, 3, 1));
    Lodging__CommissionUnit unit = a_unit("", 1);
    char long_name[122];

    about("how a residence or a unit is called is told to everybody, and is short");
    memset(long_name, 'R', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    unit.manager = text("TOIT");
    unit.name = text(long_name);
    is_refused(commission(world, &unit), "NAME_TOO_LONG", "name", "121 bytes");
    long_name[120] = '\0';
    check(is_done(commission(world, &unit)), "120 bytes");
    unit.name = text("chez 2 55 08 14 168 025 38");
    is_refused(commission(world, &unit), "TEXT_HOLDS_NIR", "name", "no social-security number");
    close_estate(world);
}

static void test_corrective_action(void)
{
    struct world *world = an_estate(35, DATE(2021, 3, 1));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    const char *vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    Lodging__RecordCorrectiveAction asked = LODGING__RECORD_CORRECTIVE_ACTION__INIT;

    about("what is done about a place lost is in words, and read only where it is asked for");
    simulated_bus_join(world_bus(world), &watcher);
    world_move_to(world, DATE(2021, 3, 10), 9, 0);
    asked.vacancy = text(vacancy);
    asked.action = text("Appeler Mme Quatrefages plus tôt");
    asked.due_on = ON(2021, 4, 1);
    check(is_done(world_call(world, "lodging.RecordCorrectiveAction", &asked.base,
                             &lodging__record_corrective_action_reply__descriptor)),
          "it is recorded");
    check_text(vacancy_of(world, vacancy)->corrective_action, "Appeler Mme Quatrefages plus tôt",
               "and told");
    check(world_settle(world), "everything is at rest");
    world_pass(world, 5000);
    check_number(in_files(world, "lodging", secrets, 3) + in_published(secrets, 3), 0,
                 "it stands in clear nowhere");
    close_estate(world);
}

int main(void)
{
    test_words_of_a_household();
    test_income();
    test_pages();
    test_codes();
    test_names_of_things();
    test_corrective_action();
    return checks_done();
}
