/* Who a household is rests sealed from the first day, is found by those who may, and is gone for
 * good once erased. */
#include "tests/handlers/intake/office.h"
#include "tests/in_clear.h"

#include <stdlib.h>

static struct world *office(uint64_t seed, struct date start)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    return world;
}

static const char *reference_of(struct answer answer)
{
    const Intake__RegisterHouseholdReply *reply = answer.reply;

    return reply ? reply->reference : "";
}

/* --- registering ------------------------------------------------------------------------------ */

static void test_registering(void)
{
    struct world *world = office(1, DATE(2020, 1, 6));
    const Intake__HouseholdRegistered *told;
    const Intake__HouseholdReply *household;
    struct answer answer;

    about("a household gets a short reference, of the year its file was opened");
    answer = register_household(world, HOUSEHOLD(1), "Vasseur Marguerite", "1979-04-12", DATE_NONE);
    check_text(reference_of(answer), "M-2020-00001", "the first of 2020");
    answer = register_household(world, HOUSEHOLD(2), "Benali Samir", NULL, DATE(2008, 5, 13));
    check_text(reference_of(answer), "M-2008-00001", "the first of 2008, imported");
    answer = register_household(world, HOUSEHOLD(3), "Moreau Alix", NULL, DATE(2020, 1, 5));
    check_text(reference_of(answer), "M-2020-00002", "the second of 2020");
    answer = register_household(world, "", "Petit Jean", NULL, DATE_NONE);
    check(answer.reply &&
              strlen(((const Intake__RegisterHouseholdReply *)answer.reply)->household) ==
                  ID_TEXT_SIZE - 1,
          "without an identifier, intake makes one");

    household = household_of(world, HOUSEHOLD(1));
    check_text(household ? household->name : "", "Vasseur Marguerite", "its name is read in clear");
    check_text(household ? household->birth : "", "1979-04-12", "and its birth date");
    check_text(household ? household->contact : "-", "", "what was not given is empty");
    check_date(household ? date_of(household->opened_on) : DATE_NONE, DATE(2020, 1, 6),
               "a file without a date is opened today");
    check(household && !household->erased, "it is not erased");

    told = world_last(world, "intake", &intake__household_registered__descriptor);
    check(told && told->situation && strcmp(told->situation->district, "ALENCON") == 0,
          "the event tells the situation as codes");
    check_store(world);
    world_close(world);
}

/* C-8: bands begin at 16, 18, 26, 40 and 61; the birthday itself counts. */
static void test_age_bands(void)
{
    static const struct {
        const char *birth;
        int band;
        const char *sentence;
    } cases[] = {
        { "2004-01-07", 0, "15 until tomorrow: in no band" },
        { "2004-01-06", 1, "16 today: 16-17" },
        { "2002-01-07", 1, "18 tomorrow: still 16-17" },
        { "2002-01-06", 2, "18 today: 18-25" },
        { "1994-01-07", 2, "26 tomorrow: still 18-25" },
        { "1994-01-06", 3, "26 today: 26-39" },
        { "1980-01-06", 4, "40 today: 40-60" },
        { "1959-01-07", 4, "61 tomorrow: still 40-60" },
        { "1959-01-06", 5, "61 today" },
        { NULL, 4, "without a birth date, the band that was given" },
    };
    struct world *world = office(2, DATE(2020, 1, 6));
    Intake__ChangeSituation change = INTAKE__CHANGE_SITUATION__INIT;
    const Intake__SituationChanged *changed;

    about("C-8: the age band is that of the birth date on the day told");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Intake__HouseholdRegistered *told;

        register_household(world, HOUSEHOLD(10 + (unsigned)i), "Somebody", cases[i].birth,
                           DATE(2020, 1, 6));
        told = world_last(world, "intake", &intake__household_registered__descriptor);
        check_number(told ? (int)told->situation->age_band : -1, cases[i].band, "%s",
                     cases[i].sentence);
    }

    world_move_to(world, DATE(2020, 1, 7), 9, 0);
    change.household = text_of(HOUSEHOLD(12));
    change.situation = lone_tenant();
    change.changed_on = on(DATE(2020, 1, 7));
    check_done(world_call(world, "intake.ChangeSituation", &change.base,
                          &intake__change_situation_reply__descriptor),
               "a change of situation is recorded");
    changed = world_last(world, "intake", &intake__situation_changed__descriptor);
    check_number(changed ? (int)changed->situation->age_band : -1, 2,
                 "and finds the band anew, from the sealed birth date");
    check_store(world);
    world_close(world);
}

static void test_refusals(void)
{
    struct world *world = office(3, DATE(2020, 1, 6));
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__Situation *situation;
    uint64_t head;

    register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2020, 1, 6));
    world_settle(world);
    head = journal_head(world);

    about("what cannot be is refused, and names its field");
    check_refused(register_household(world, "no identifier", "A", NULL, DATE_NONE),
                  "FIELD_NOT_AN_IDENTIFIER", "household", "no identifier");
    check_refused(register_household(world, HOUSEHOLD(2), "A", NULL, DATE(2020, 1, 7)),
                  "DATE_TO_COME", "opened_on", "a file opened tomorrow");
    check_refused(register_household(world, HOUSEHOLD(2), "A", "2020-01-07", DATE_NONE),
                  "BIRTH_DATE_NOT_POSSIBLE", "birth", "born tomorrow");
    check_refused(register_household(world, HOUSEHOLD(2), "A", "1979-02-30", DATE_NONE),
                  "BIRTH_DATE_NOT_POSSIBLE", "birth", "born on 30 February");
    check_refused(register_household(world, HOUSEHOLD(2), "A", "12/04/1979", DATE_NONE),
                  "BIRTH_DATE_NOT_POSSIBLE", "birth", "a birth date written otherwise");

    about("Q30, P-7: a social-security number is refused wherever it is typed");
    check_refused(
        register_household(world, HOUSEHOLD(2), "Vasseur 2 79 04 61 001 234", NULL, DATE_NONE),
        "TEXT_HOLDS_NIR", "name", "in the name, 13 figures");
    check_refused(register_household(world, HOUSEHOLD(2), "A", "2790461001234", DATE_NONE),
                  "TEXT_HOLDS_NIR", "birth", "in place of a birth date");
    asked.household = text_of(HOUSEHOLD(2));
    asked.situation = lone_tenant();
    asked.contact = clear("3 rue du Bourg, n° 2 79 04 61 001 234");
    check_refused(ask_register(world, &asked), "TEXT_HOLDS_NIR", "contact", "in the contact");

    about("a situation is codes, and says the same thing twice");
    asked.contact = NULL;
    asked.situation = NULL;
    check_refused(ask_register(world, &asked), "FIELD_MISSING", "situation", "no situation");
    situation = asked.situation = lone_tenant();
    situation->adults = 2;
    check_refused(ask_register(world, &asked), "HOUSEHOLD_TYPE_MISMATCH", "situation.type",
                  "S3-6: a single person who is two");
    situation->adults = 1;
    situation->district = text_of("chez Marguerite Vasseur");
    check_refused(ask_register(world, &asked), "FIELD_NOT_A_CODE", "situation.district",
                  "a sentence in place of a code");

    about("an identifier is one household's");
    check_done(register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2020, 1, 6)),
               "the same household once more is no change");
    check_text(reference_of(register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12",
                                               DATE(2020, 1, 6))),
               "M-2020-00001", "with its reference");
    check_refused(
        register_household(world, HOUSEHOLD(1), "Vasseure", "1979-04-12", DATE(2020, 1, 6)),
        "HOUSEHOLD_REGISTERED_ALREADY", "household", "another name under it");
    check_refused(
        register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-13", DATE(2020, 1, 6)),
        "HOUSEHOLD_REGISTERED_ALREADY", "household", "another birth date");
    check_refused(
        register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2020, 1, 5)),
        "HOUSEHOLD_REGISTERED_ALREADY", "household", "another day");
    check_number(journal_head(world), head, "nothing of all that was written");
    world_close(world);
}

static struct answer change(struct world *world, const char *household, int adults,
                            struct date changed_on)
{
    Intake__ChangeSituation asked = INTAKE__CHANGE_SITUATION__INIT;

    asked.household = text_of(household);
    asked.situation = lone_tenant();
    asked.situation->adults = (uint32_t)adults;
    if (adults == 2)
        asked.situation->type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_COUPLE;
    asked.changed_on = on(changed_on);
    return world_call(world, "intake.ChangeSituation", &asked.base,
                      &intake__change_situation_reply__descriptor);
}

static void test_changes(void)
{
    struct world *world = office(4, DATE(2020, 6, 1));

    about("a situation changes in the order of its days");
    register_household(world, HOUSEHOLD(1), "Vasseur", NULL, DATE(2008, 1, 6));
    check_done(change(world, HOUSEHOLD(1), 2, DATE(2010, 3, 1)), "a couple since 2010, imported");
    check_number(household_of(world, HOUSEHOLD(1))->situation->adults, 2, "it is two now");
    check_done(change(world, HOUSEHOLD(1), 2, DATE(2011, 3, 1)), "the same again");
    check_number(world_count(world, "intake", &intake__situation_changed__descriptor), 1,
                 "is no change");
    check_refused(change(world, HOUSEHOLD(1), 1, DATE(2009, 3, 1)), "LATER_SITUATION_KNOWN",
                  "changed_on", "a change before the last one");
    check_done(change(world, HOUSEHOLD(1), 1, DATE(2010, 3, 1)),
               "another on the same day corrects");
    check_refused(change(world, HOUSEHOLD(2), 1, DATE_NONE), "NOT_KNOWN", "household",
                  "a household nobody registered");
    check_refused(change(world, HOUSEHOLD(1), 1, DATE(2020, 6, 2)), "DATE_TO_COME", "changed_on",
                  "a change of tomorrow");
    check_store(world);
    world_close(world);
}

/* --- finding ---------------------------------------------------------------------------------- */

static const Intake__FindHouseholdsReply *find(struct world *world, const char *name, uint32_t most,
                                               const char *after)
{
    static const Intake__FindHouseholdsReply nothing = INTAKE__FIND_HOUSEHOLDS_REPLY__INIT;
    Intake__FindHouseholdsQuery asked = INTAKE__FIND_HOUSEHOLDS_QUERY__INIT;
    const Intake__FindHouseholdsReply *reply;

    asked.name = text_of(name);
    asked.most = most;
    asked.after = text_of(after);
    reply = world_call(world, "intake.FindHouseholds", &asked.base,
                       &intake__find_households_reply__descriptor)
                .reply;
    return reply ? reply : &nothing;
}

static void test_finding(void)
{
    struct world *world = office(5, DATE(2020, 1, 6));
    const Intake__FindHouseholdsReply *found;
    Intake__FindHouseholdsQuery asked = INTAKE__FIND_HOUSEHOLDS_QUERY__INIT;
    char next[ID_TEXT_SIZE] = "";
    int seen = 0;

    about("a household is found by a part of its name, whatever its accents");
    register_household(world, HOUSEHOLD(1), "Lefèvre-Özdemir Élodie", NULL, DATE_NONE);
    register_household(world, HOUSEHOLD(2), "LEFEVRE Jean", NULL, DATE_NONE);
    register_household(world, HOUSEHOLD(3), "Benali Samir", NULL, DATE_NONE);
    register_household(world, HOUSEHOLD(4), NULL, NULL, DATE_NONE);
    check_number(find(world, "lefevre", 0, "")->n_households, 2, "two are called Lefevre");
    check_number(find(world, "LEFÈVRE", 0, "")->n_households, 2, "however it is written");
    found = find(world, "lefevre ozdemir elodie", 0, "");
    check_number(found->n_households, 1, "one of them is Élodie");
    check_text(found->n_households == 1 ? found->households[0]->name : "", "Lefèvre-Özdemir Élodie",
               "shown as it was given");
    check_number(find(world, "enal", 0, "")->n_households, 1, "the middle of a name is enough");
    check_number(find(world, "nobody", 0, "")->n_households, 0, "nobody is called so");
    check_text(find(world, "lefevre", 0, "")->next, "", "all names were looked at");

    about("in pages");
    for (int i = 0; i < 5; i++) {
        found = find(world, "e", 1, next);
        seen += (int)found->n_households;
        snprintf(next, sizeof next, "%s", found->next);
        if (*next == '\0')
            break;
    }
    check_number(seen, 3, "one at a time, each of the three that have a name with an e, once");
    check_text(next, "", "until there is no more");

    check_refused(world_call(world, "intake.FindHouseholds", &asked.base,
                             &intake__find_households_reply__descriptor),
                  "FIELD_MISSING", "name", "a search for nothing");
    asked.name = text_of(" - ");
    check_refused(world_call(world, "intake.FindHouseholds", &asked.base,
                             &intake__find_households_reply__descriptor),
                  "FIELD_MISSING", "name", "a search for signs alone");

    about("after kill -9 too, and not once erased");
    world_kill(world, "intake");
    world_revive(world, "intake");
    check_number(find(world, "lefevre", 0, "")->n_households, 2, "both are still found");
    erase_household(world, HOUSEHOLD(2));
    check_number(find(world, "lefevre", 0, "")->n_households, 1, "one is not any more");
    check_store(world);
    world_close(world);
}

/* Whatever order they came in: pages follow one another, each household stands in one of them. */
static void test_finding_many(void)
{
    enum { HOUSEHOLDS = 60, PAGE = 7 };
    struct world *world = office(6, DATE(2020, 1, 6));
    const Intake__FindHouseholdsReply *found;
    char next[ID_TEXT_SIZE] = "";
    unsigned expected = 1, pages = 0;

    about("households registered in any order, one in three erased");
    for (unsigned i = 0; i < HOUSEHOLDS; i++)
        register_household(world, HOUSEHOLD(1 + i * 37 % HOUSEHOLDS), "Lefèvre", NULL, DATE_NONE);
    for (unsigned i = 3; i <= HOUSEHOLDS; i += 3)
        erase_household(world, HOUSEHOLD(i));
    do {
        found = find(world, "lefevre", PAGE, next);
        for (size_t i = 0; i < found->n_households; i++) {
            expected += expected % 3 == 0;
            check_text(found->households[i]->household, HOUSEHOLD(expected), "the next one left");
            expected++;
        }
        snprintf(next, sizeof next, "%s", found->next);
        pages++;
    } while (*next != '\0');
    check_number(expected, HOUSEHOLDS, "all that are left are found, in order");
    check_number(pages, (HOUSEHOLDS * 2 / 3 + PAGE - 1) / PAGE, "and the last page is the last");
    found = find(world, "lefevre", 2, HOUSEHOLD(9));
    check_text(found->n_households == 2 ? found->households[0]->household : "", HOUSEHOLD(10),
               "a search goes on after a household that is erased, too");
    world_close(world);
}

/* The bytes of a household's name on disk are others than were written. */
static void spoil_name(struct world *world, const char *household)
{
    struct tables *tables = runtime_tables(world_runtime(world, "intake"));
    struct key key = key_id(household);
    MDB_val at = { .mv_size = key.length, .mv_data = key.bytes };
    MDB_val value = { .mv_size = 8, .mv_data = (char[]){ "nonsense" } };

    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->list[i]->name, "names") == 0)
            mdb_put(tables->txn, tables->dbi[i], &at, &value, 0);
}

static const char *trouble_of(struct world *world)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct arena *arena = runtime_tables(world_runtime(world, "intake"))->arena;

    runtime_status(world_runtime(world, "intake"), arena, &status);
    return status.trouble;
}

static void test_finding_what_cannot_be_read(void)
{
    struct world *world = office(8, DATE(2020, 1, 6));

    about("a name that cannot be read any more is left out, and status says so");
    for (unsigned i = 1; i <= 3; i++)
        register_household(world, HOUSEHOLD(i), "Lefèvre", NULL, DATE_NONE);
    check_number(find(world, "lefevre", 0, "")->n_households, 3, "three are called Lefevre");
    check_text(trouble_of(world), "", "and nothing is wrong");
    spoil_name(world, HOUSEHOLD(2));
    check_done(change(world, HOUSEHOLD(2), 2, DATE_NONE), "something is told of one of them");
    check_number(find(world, "lefevre", 0, "")->n_households, 2, "it is not found any more");
    check(strstr(trouble_of(world), "names") != NULL, "the status names the table: %s",
          trouble_of(world));
    register_household(world, HOUSEHOLD(4), "Lefèvre", NULL, DATE_NONE);
    check_number(find(world, "lefevre", 0, "")->n_households, 3, "who comes after it is");

    about("it does not keep the service from starting");
    world_pass(world, 5000);
    check(tables_checkpoint(runtime_tables(world_runtime(world, "intake"))), "it rests on disk");
    world_kill(world, "intake");
    world_revive(world, "intake");
    check(world_is_alive(world, "intake"), "it starts");
    check_number(find(world, "lefevre", 0, "")->n_households, 3, "all others are found");
    check(strstr(trouble_of(world), "names") != NULL, "and status says what is not: %s",
          trouble_of(world));
    world_close(world);
}

struct death {
    struct world *world;
    const char *at;
};

static void die_once(void *context, const char *service, const char *name)
{
    struct death *death = context;

    (void)service;
    if (strcmp(name, death->at) != 0)
        return;
    death->at = "";
    world_die(death->world);
}

/* The names are opened anew at each start: wherever the service died, a search tells what is so. */
static void test_finding_after_a_death(void)
{
    static const char *const deaths[] = { "batch.before_commit", "batch.committed",
                                          "batch.answered" };

    for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) {
        struct world *world = office(7 + i, DATE(2020, 1, 6));
        struct death death = { .world = world, .at = deaths[i] };

        about("the service dies at %s", deaths[i]);
        register_household(world, HOUSEHOLD(1), "Lefèvre", NULL, DATE_NONE);
        world_on_failpoint(world, die_once, &death);
        erase_household(world, HOUSEHOLD(1));
        check_number(find(world, "lefevre", 0, "")->n_households, 0,
                     "whose erasure it died at is found no more");
        death.at = deaths[i];
        register_household(world, HOUSEHOLD(2), "Benali", NULL, DATE_NONE);
        check_number(find(world, "benali", 0, "")->n_households, 1,
                     "whose registering it died at is found once");
        check_store(world);
        world_close(world);
    }
}

/* --- erasing ---------------------------------------------------------------------------------- */

static const char *const secrets[] = { "Quatrefages",          "Zéphyrine",
                                       "1931-07-19",           "ruelle du Puits",
                                       "dort dans sa voiture", "Bérénice Thirouin",
                                       "trop loin du travail" };

/* Everything personal that intake takes, about one household. */
static void tell_everything(struct world *world)
{
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__SubmitRequest request;
    Intake__DecideRequest decision;

    open_body(world, HEAD);
    asked.household = text_of(HOUSEHOLD(1));
    asked.name = clear("Quatrefages Zéphyrine");
    asked.birth = clear("1931-07-19");
    asked.contact = clear("2 ruelle du Puits, Alençon");
    asked.situation = lone_tenant();
    check_done(ask_register(world, &asked), "a household is registered");
    request = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    request.assessment = clear("Madame dort dans sa voiture.");
    request.assessment_author = text_of("Bérénice Thirouin");
    request.assessed_on = on(DATE(2020, 1, 6));
    check_done(ask_submit(world, &request), "with an assessment that came along");
    decision = decision_on(REQUEST(1), REFUSE, DATE_NONE);
    decision.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_OTHER;
    decision.explanation = clear("Le logement est trop loin du travail.");
    check_done(ask_decide(world, &decision), "and a refusal that is explained");
}

static void test_erasing(void)
{
    enum { SECRETS = sizeof secrets / sizeof *secrets };
    static const char *const codes[] = { "ALENCON" };
    struct world *world = office(6, DATE(2020, 1, 6));
    const Intake__HouseholdReply *household;
    struct answer answer;

    about("names, birth dates and texts are in clear nowhere at rest, nor in what is published");
    simulated_bus_join(world_bus(world), &watcher);
    tell_everything(world);
    check_text(request_of(world, REQUEST(1))->assessment, "Madame dort dans sa voiture.",
               "who may read the assessment does");
    check_text(request_of(world, REQUEST(1))->assessment_author, "Bérénice Thirouin",
               "and who wrote it");
    check_text(request_of(world, REQUEST(1))->explanation, "Le logement est trop loin du travail.",
               "and why it was refused");
    check(world_settle(world), "everything is at rest");
    world_pass(world, 5000);
    check_number(in_files(world, "intake", secrets, SECRETS), 0, "before the erasure");
    check(in_files(world, "intake", codes, 1) > 0,
          "where codes do stand, so the search is not blind");
    check_number(in_published(secrets, SECRETS), 0, "nothing personal was published");
    check(in_published(codes, 1) > 0, "where codes were");

    about("PR-7: an erased household is unreadable, and counts stay");
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 6));
    answer = erase_household(world, HOUSEHOLD(1));
    check_done(answer, "a household is erased");
    check(world_settle(world), "and its key destroyed");
    check(keys_state(runtime_keys(world_runtime(world, "intake")), HOUSEHOLD(1)) == KEY_ERASED,
          "for ever");
    household = household_of(world, HOUSEHOLD(1));
    check(household && household->erased, "a query says that it is erased");
    check_text(household ? household->name : "-", "", "it has no name any more");
    check_text(household ? household->birth : "-", "", "no birth date");
    check_text(household ? household->contact : "-", "", "no contact");
    check_text(household ? household->reference : "", "M-2020-00001", "its reference stays");
    check_text(request_of(world, REQUEST(1))->assessment, "", "the assessment is gone");
    check_text(request_of(world, REQUEST(1))->explanation, "", "and the explanation");
    check_text(request_of(world, REQUEST(1))->state, "REFUSED", "the decision stays");
    check_text(request_of(world, REQUEST(2))->state, "WITHDRAWN",
               "nothing is decided about who is erased: what was open is withdrawn");
    check_number(in_files(world, "intake", secrets, SECRETS), 0, "no file has a word of it");
    check_number(in_published(secrets, SECRETS), 0, "nor what was published");

    about("nothing may be recorded about it any more");
    check_done(erase_household(world, HOUSEHOLD(1)), "erasing it again is no change");
    check_number(world_count(world, "intake", &intake__household_erased__descriptor), 1,
                 "it was erased once");
    check_refused(register_household(world, HOUSEHOLD(1), "Quatrefages", NULL, DATE_NONE),
                  "HOUSEHOLD_ERASED", "household", "registering it again");
    check_refused(change(world, HOUSEHOLD(1), 1, DATE_NONE), "HOUSEHOLD_ERASED", "household",
                  "a change of situation");
    check_refused(submit_complete(world, REQUEST(3), HOUSEHOLD(1), DATE_NONE), "HOUSEHOLD_ERASED",
                  "household", "a request");
    check_refused(erase_household(world, HOUSEHOLD(9)), "NOT_KNOWN", "household",
                  "a household nobody registered is not erased");
    check_store(world);
    world_close(world);
}

static void test_erasing_reason(void)
{
    struct world *world = office(7, DATE(2020, 1, 6));
    Intake__EraseHousehold asked = INTAKE__ERASE_HOUSEHOLD__INIT;

    about("the reason of an erasure is a code, since everybody hears it");
    register_household(world, HOUSEHOLD(1), "Vasseur", NULL, DATE_NONE);
    asked.household = text_of(HOUSEHOLD(1));
    check_refused(world_call(world, "intake.EraseHousehold", &asked.base,
                             &intake__erase_household_reply__descriptor),
                  "FIELD_MISSING", "reason", "none");
    asked.reason = text_of("Madame Vasseur l'a demandé");
    check_refused(world_call(world, "intake.EraseHousehold", &asked.base,
                             &intake__erase_household_reply__descriptor),
                  "FIELD_NOT_A_CODE", "reason", "a sentence");
    world_close(world);
}

static int64_t counted(struct world *world, const char *name)
{
    for (const struct counter *row = intake_service.counters; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row->count(runtime_tables(world_runtime(world, "intake")));
    return -1;
}

static void test_counters(void)
{
    struct world *world = office(8, DATE(2020, 1, 6));

    about("operators see how many");
    open_body(world, HEAD);
    for (unsigned i = 1; i <= 3; i++)
        register_household(world, HOUSEHOLD(i), "Vasseur", NULL, DATE_NONE);
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    submit_complete(world, REQUEST(2), HOUSEHOLD(2), DATE(2020, 1, 6));
    decide(world, REQUEST(2), GRANT, DATE_NONE);
    erase_household(world, HOUSEHOLD(3));
    check_number(counted(world, "households"), 3, "three households, the erased one among them");
    check_number(counted(world, "erased"), 1, "one erased");
    check_number(counted(world, "requests_open"), 1, "one request is open");
    world_close(world);
}

int main(void)
{
    test_registering();
    test_age_bands();
    test_refusals();
    test_changes();
    test_finding();
    test_finding_many();
    test_finding_what_cannot_be_read();
    test_finding_after_a_death();
    test_erasing();
    test_erasing_reason();
    test_counters();
    return checks_done();
}
