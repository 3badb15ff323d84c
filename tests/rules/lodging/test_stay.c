/* A stay needs a signed title, has a target term that never ends it, and ends by an exit only
 * (domain.md 6.7, C-15, S0-7, S0-8, S4-9, RS-1, PF-1, C-5, C-21, Q8, Q11, Q12). */
#include "services/lodging/rules/stay.h"

#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/lodging/machine_rows.h"
#include "tests/rules/machines.h"

static struct stay_law law;

static const struct machine_row rows[] = {
    { 0, STAY_EVENT_PREPARE, STAY_PREPARED, "6.7: a stay is prepared" },
    { STAY_PREPARED, STAY_EVENT_SIGN, STAY_SIGNED, "6.7: its title is signed" },
    { STAY_PREPARED, STAY_EVENT_CANCEL, STAY_CANCELLED, "C-15: prepared, it may be cancelled" },
    { STAY_SIGNED, STAY_EVENT_CANCEL, STAY_CANCELLED, "C-15: signed, it may be cancelled" },
    { STAY_SIGNED, STAY_EVENT_ENTER, STAY_RUNNING, "6.7: the household enters" },
    { STAY_RUNNING, STAY_EVENT_REACH_TERM, STAY_TERM_DUE, "RS-1: the term asks for a decision" },
    { STAY_RUNNING, STAY_EVENT_EXTEND, STAY_RUNNING, "A-50: extended before the term" },
    { STAY_TERM_DUE, STAY_EVENT_EXTEND, STAY_RUNNING, "6.7: extended at the term" },
    { STAY_RUNNING, STAY_EVENT_RESIDENT_GIVES_NOTICE, STAY_NOTICE, "RS-8: the resident leaves" },
    { STAY_TERM_DUE, STAY_EVENT_RESIDENT_GIVES_NOTICE, STAY_NOTICE, "RS-8: at the term too" },
    { STAY_RUNNING, STAY_EVENT_MANAGER_GIVES_NOTICE, STAY_NOTICE, "RS-4: the manager ends it" },
    { STAY_TERM_DUE, STAY_EVENT_MANAGER_GIVES_NOTICE, STAY_NOTICE, "RS-4: at the term too" },
    { STAY_NOTICE, STAY_EVENT_REGULARISE, STAY_RUNNING, "6.7: regularised" },
    { STAY_NOTICE, STAY_EVENT_WITHDRAW_NOTICE, STAY_RUNNING, "C-13: the notice is withdrawn" },
    { STAY_RUNNING, STAY_EVENT_EXIT, STAY_ENDED, "C-15: an exit from RUNNING" },
    { STAY_TERM_DUE, STAY_EVENT_EXIT, STAY_ENDED, "C-15: an exit from TERM_DUE" },
    { STAY_NOTICE, STAY_EVENT_EXIT, STAY_ENDED, "C-15: an exit from NOTICE" },
};

static void test_machine(void)
{
    static const unsigned final[] = { STAY_ENDED, STAY_CANCELLED };
    bool by_exit_only = true;

    about("the machine");
    check_machine(&stay_machine);
    check_rows(&stay_machine, rows, sizeof rows / sizeof *rows);
    check_final(&stay_machine, final, 2);
    check_number(stay_machine.state_count, STAY_STATES, "every state has a name");
    check_number(stay_machine.event_count, STAY_EVENTS, "every event has a name");
    check_text(stay_machine.states[STAY_CANCELLED], "CANCELLED", "states are named");
    check_text(stay_machine.events[STAY_EVENT_EXIT], "EXIT", "and so are events");
    for (size_t i = 0; i < stay_machine.transition_count; i++)
        by_exit_only &= stay_machine.transitions[i].to != STAY_ENDED ||
                        stay_machine.transitions[i].event == STAY_EVENT_EXIT;
    check(by_exit_only, "RS-1, S0-37: neither a term nor a notice ends a stay: only an exit does");
}

static void test_title(void)
{
    const struct occupancy_title sound = { .has_document = true,
                                           .is_signed_by_resident = true,
                                           .is_signed_by_manager = true,
                                           .has_house_rules = true,
                                           .signed_on = DATE(2026, 2, 28) };
    struct occupancy_title title = sound;

    about("the title");
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == ACCEPTED, "S0-8: a sound title");
    title.has_document = false;
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == &TITLE_WITHOUT_DOCUMENT,
          "S0-8: not without a document");
    title = sound;
    title.is_signed_by_resident = false;
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == &TITLE_NOT_SIGNED_BY_BOTH,
          "6.7: not without the resident");
    title = sound;
    title.is_signed_by_manager = false;
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == &TITLE_NOT_SIGNED_BY_BOTH,
          "6.7: not without the manager");
    title = sound;
    title.signed_on = DATE_NONE;
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == &TITLE_WITHOUT_SIGNATURE_DATE,
          "S0-8: not without its date");
    title = sound;
    title.has_house_rules = false;
    check(title_may_be_signed(&title, FAMILY_BOARDING_HOUSE) == &TITLE_WITHOUT_HOUSE_RULES,
          "RS-2: not without the house rules");
    check(title_may_be_signed(&title, SCATTERED_UNIT) == ACCEPTED,
          "RS-2: a scattered unit has none");
    title = sound;
    title.is_tied_to_employment = true;
    check(title_may_be_signed(&title, SOCIAL_RESIDENCE) == &TITLE_TIED_TO_EMPLOYMENT,
          "RS-10: not tied to a job");
}

static void test_entry(void)
{
    const struct stay_span others[] = { { DATE(2024, 1, 1), DATE(2026, 3, 1) },
                                        { DATE(2022, 1, 1), DATE(2024, 1, 1) } };
    const struct stay_span running[] = { { DATE(2027, 1, 1), DATE_NONE } };

    about("the entry");
    check(stay_may_begin(DATE(2026, 3, 1), DATE(2026, 3, 1), others, 2) == ACCEPTED,
          "S0-8: signed and entered the day the last household has left");
    check(stay_may_begin(DATE(2026, 3, 2), DATE(2026, 3, 1), others, 2) == &STAY_BEFORE_TITLE,
          "S0-8: not entered the day before the signature");
    check(stay_may_begin(DATE_NONE, DATE(2026, 3, 1), others, 2) == &STAY_BEFORE_TITLE,
          "S0-8: no title, no stay");
    check(stay_may_begin(DATE(2026, 2, 1), DATE_NONE, others, 2) == &STAY_WITHOUT_ENTRY_DATE,
          "S0-7: not on no day");
    check(stay_may_begin(DATE(2026, 2, 1), DATE(2026, 2, 28), others, 2) == &STAY_PLACE_TAKEN,
          "C-13: not on the last day of another stay");
    check(stay_may_begin(DATE(2026, 2, 1), DATE(2026, 2, 28), others + 1, 1) == ACCEPTED,
          "C-13: stays long over are no matter");
    check(stay_may_begin(DATE(2026, 2, 1), DATE(2026, 3, 1), running, 1) == &STAY_PLACE_TAKEN,
          "C-13: nor before a stay that is already recorded as running");
    check(stay_may_begin(DATE(2026, 2, 1), DATE(2026, 3, 1), NULL, 0) == ACCEPTED,
          "C-13: a new place is free");
}

static void test_overlap(void)
{
    const struct {
        const char *sentence;
        struct stay_span a, b;
        bool wanted;
    } cases[] = {
        { "one ends the day the other begins",
          { DATE(2026, 1, 1), DATE(2026, 2, 1) },
          { DATE(2026, 2, 1), DATE_NONE },
          false },
        { "one ends a day later",
          { DATE(2026, 1, 1), DATE(2026, 2, 2) },
          { DATE(2026, 2, 1), DATE_NONE },
          true },
        { "both run", { DATE(2026, 1, 1), DATE_NONE }, { DATE(2028, 2, 1), DATE_NONE }, true },
        { "one within the other",
          { DATE(2026, 1, 1), DATE(2026, 12, 1) },
          { DATE(2026, 3, 1), DATE(2026, 4, 1) },
          true },
        { "a stay without days, within another",
          { DATE(2026, 3, 1), DATE(2026, 3, 1) },
          { DATE(2026, 1, 1), DATE_NONE },
          false },
    };

    about("two stays in one place");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(stays_overlap(cases[i].a, cases[i].b) == cases[i].wanted, "C-13: %s: %s",
              cases[i].sentence, cases[i].wanted ? "they overlap" : "they do not");
        check(stays_overlap(cases[i].b, cases[i].a) == cases[i].wanted, "C-13: the same reversed");
    }
}

/* --- the term --------------------------------------------------------------------------------- */

static void test_default_terms(void)
{
    static const struct {
        const char *sentence;
        struct stay_kind kind;
        int64_t wanted;
    } cases[] = {
        { "RS-12: about two years in a social residence", { .kind = SOCIAL_RESIDENCE }, 24 },
        { "FJT-1: two years in a young-worker hostel", { .kind = YOUNG_WORKER_HOSTEL }, 24 },
        { "PF-1: none in a family boarding house", { .kind = FAMILY_BOARDING_HOUSE }, 0 },
        { "two years in a scattered unit", { .kind = SCATTERED_UNIT }, 24 },
        { "ALT-1: six months under ALT",
          { .kind = SCATTERED_UNIT, .programme = PROGRAMME_ALT },
          6 },
        { "LS-1: 18 months under Louez solidaire",
          { .kind = SCATTERED_UNIT, .programme = PROGRAMME_LOUEZ_SOLIDAIRE },
          18 },
        { "another programme changes nothing",
          { .kind = SOCIAL_RESIDENCE, .programme = PROGRAMME_OTHER },
          24 },
        { "RS-12: none for a former migrant-worker hostel resident",
          { .kind = SOCIAL_RESIDENCE, .is_former_hostel_resident = true },
          0 },
        { "PF-1: none in a boarding house, whatever the programme",
          { .kind = FAMILY_BOARDING_HOUSE, .programme = PROGRAMME_ALT },
          0 },
    };

    about("the term of each kind");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(stay_default_term(cases[i].kind, &law), cases[i].wanted, "%s",
                     cases[i].sentence);
}

static void test_chosen_terms(void)
{
    const struct stay_kind residence = { .kind = SOCIAL_RESIDENCE };
    const struct stay_kind boarding_house = { .kind = FAMILY_BOARDING_HOUSE };
    const struct stay_kind alt = { .kind = SCATTERED_UNIT, .programme = PROGRAMME_ALT };
    const struct stay_kind louez = { .kind = SCATTERED_UNIT,
                                     .programme = PROGRAMME_LOUEZ_SOLIDAIRE };
    struct stay_law other = law;

    about("the terms to choose from");
    check(stay_term_may_be(residence, 18, &law) == ACCEPTED, "F4-5: 18 months");
    check(stay_term_may_be(residence, 24, &law) == ACCEPTED, "F4-5: 24 months");
    check(stay_term_may_be(residence, 36, &law) == ACCEPTED, "F4-5: 36 months");
    check(stay_term_may_be(residence, 35, &law) == &STAY_TERM_NOT_OFFERED, "F4-5: not 35");
    check(stay_term_may_be(residence, 0, &law) == &STAY_TERM_NOT_OFFERED, "S0-7: not none");
    check(stay_term_may_be(residence, 48, &law) == &STAY_TERM_NOT_OFFERED, "S4-9: not 48");
    check(stay_term_may_be(boarding_house, 0, &law) == ACCEPTED, "PF-1: a boarding house has none");
    check(stay_term_may_be(boarding_house, 24, &law) == &STAY_HAS_NO_TERM, "PF-1: so none is set");
    check(stay_term_may_be(alt, 6, &law) == ACCEPTED, "ALT-1: six months under ALT");
    check(stay_term_may_be(alt, 24, &law) == &STAY_TERM_NOT_OFFERED, "ALT-1: not 24");
    check(stay_term_may_be(louez, 18, &law) == ACCEPTED, "LS-1: 18 months");
    check(stay_term_may_be(louez, 24, &law) == ACCEPTED, "S4-9: or one of the usual three");
    other.louez_solidaire_months = 12;
    check(stay_term_may_be(louez, 12, &other) == ACCEPTED, "LS-1: an own setting is offered");
    check(stay_term_may_be(residence, 12, &other) == &STAY_TERM_NOT_OFFERED, "but not elsewhere");
}

static void test_target_end(void)
{
    const struct {
        const char *sentence;
        struct date entry;
        int64_t term, extended;
        struct date wanted;
    } cases[] = {
        { "18 months from 31 August 2025: 28 February 2027", DATE(2025, 8, 31), 18, 0,
          DATE(2027, 2, 28) },
        { "18 months from 31 August 2026: 29 February 2028", DATE(2026, 8, 31), 18, 0,
          DATE(2028, 2, 29) },
        { "24 months from 29 February 2024: 28 February 2026", DATE(2024, 2, 29), 24, 0,
          DATE(2026, 2, 28) },
        { "36 months from 15 January 2024: 15 January 2027", DATE(2024, 1, 15), 36, 0,
          DATE(2027, 1, 15) },
        { "6 months from 30 September: 30 March", DATE(2026, 9, 30), 6, 0, DATE(2027, 3, 30) },
        { "D-2: 18 months and 6 more from 31 August 2025 are 24 from the entry, not from February",
          DATE(2025, 8, 31), 18, 6, DATE(2027, 8, 31) },
        { "no term has no end", DATE(2024, 1, 15), 0, 6, DATE_NONE },
    };
    struct date end = DATE(2027, 2, 28);

    about("the target end");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(stay_target_end(cases[i].entry, cases[i].term, cases[i].extended),
                   cases[i].wanted, "S4-9: %s", cases[i].sentence);
    check(!stay_term_comes_due(STAY_RUNNING, end, DATE(2027, 2, 27)),
          "6.7: not due the day before");
    check(stay_term_comes_due(STAY_RUNNING, end, end), "6.7: due on the day");
    check(stay_term_comes_due(STAY_RUNNING, end, DATE(2027, 3, 1)), "6.7: and after");
    check(!stay_term_comes_due(STAY_RUNNING, DATE_NONE, DATE(2099, 1, 1)),
          "PF-1: never without one");
    check(!stay_term_comes_due(STAY_TERM_DUE, end, end), "6.7: once");
    check(!stay_term_comes_due(STAY_NOTICE, end, end), "6.7: not during notice");
}

static void test_extension(void)
{
    about("an extension");
    check(stay_may_be_extended(24, 6, true, true) == ACCEPTED, "6.7: by six months");
    check(stay_may_be_extended(24, 1, true, true) == ACCEPTED, "6.7: by one");
    check(stay_may_be_extended(24, 0, true, true) == &EXTENSION_WITHOUT_LENGTH, "6.7: not by none");
    check(stay_may_be_extended(24, 120, true, true) == ACCEPTED, "6.7: by ten years");
    check(stay_may_be_extended(24, 121, true, true) == &EXTENSION_WITHOUT_LENGTH, "6.7: no more");
    check(stay_may_be_extended(24, 6, false, true) == &EXTENSION_WITHOUT_REASON,
          "6.7: not without a reason");
    check(stay_may_be_extended(24, 6, true, false) == &EXTENSION_WITHOUT_DECIDER,
          "A-51: not without who decided");
    check(stay_may_be_extended(0, 6, true, true) == &STAY_HAS_NO_TERM,
          "PF-1: no term, no extension");
}

static void test_renewal(void)
{
    struct stay_law quarterly = law;

    about("the silent renewal");
    check_date(stay_contract_renews_on(DATE(2026, 1, 31), DATE(2026, 1, 31), &law),
               DATE(2026, 2, 28), "RS-1: entered on 31 January 2026, renewed on 28 February");
    check_date(stay_contract_renews_on(DATE(2026, 1, 31), DATE(2026, 2, 27), &law),
               DATE(2026, 2, 28), "RS-1: seen from the eve, the same");
    check_date(stay_contract_renews_on(DATE(2026, 1, 31), DATE(2026, 2, 28), &law),
               DATE(2026, 3, 31), "RS-1: seen from that day, on 31 March");
    check_date(stay_contract_renews_on(DATE(2024, 1, 15), DATE(2026, 12, 20), &law),
               DATE(2027, 1, 15), "RS-1: over New Year");
    quarterly.contract_months = 3;
    check_date(stay_contract_renews_on(DATE(2026, 1, 15), DATE(2026, 6, 20), &quarterly),
               DATE(2026, 7, 15), "RS-1: as the setting says");
}

static void test_length(void)
{
    struct date entry = DATE(2020, 2, 29);

    about("the length");
    check_number(stay_months(DATE(2024, 1, 31), DATE(2024, 2, 29)), 1,
                 "2.6: 31 January to 29 February 2024 is a month");
    check_number(stay_months(DATE(2024, 1, 31), DATE(2024, 2, 28)), 0, "2.6: a day less is none");
    check_date(stay_is_long_from(entry, &law), DATE(2024, 2, 29),
               "A-52: 48 months from 29 February 2020 are complete on 29 February 2024");
    check_date(stay_is_long_from(DATE(2022, 11, 23), &law), DATE(2026, 11, 23),
               "Q12: counted from the entry");
    check(!stay_is_longer_than(entry, DATE(2024, 2, 28), 48), "C-5: the day before, not longer");
    check(!stay_is_longer_than(entry, DATE(2024, 2, 29), 48), "C-5: 48 months to the day are not");
    check(stay_is_longer_than(entry, DATE(2024, 3, 1), 48), "C-5: a day more is more than 4 years");
    check(stay_is_longer_than(DATE(2025, 5, 22), DATE(2026, 11, 23), 18),
          "2.6: more than 18 months, by a day");
    check(!stay_is_longer_than(DATE(2025, 5, 23), DATE(2026, 11, 23), 18), "2.6: not to the day");
    check_date(stay_allows_dalo_from(DATE(2025, 8, 31), SOCIAL_RESIDENCE, &law), DATE(2027, 2, 28),
               "A-64: 18 months in a social residence from 31 August 2025");
    check_date(stay_allows_dalo_from(DATE(2025, 1, 1), SCATTERED_UNIT, &law), DATE(2026, 7, 1),
               "C-21: in transitional housing too");
    check_date(stay_allows_dalo_from(DATE(2025, 1, 1), FAMILY_BOARDING_HOUSE, &law), DATE_NONE,
               "PF-1: not in a boarding house, which is no temporary housing");
}

int main(void)
{
    law_on(stay_law, DATE(2026, 11, 23), &law);
    test_machine();
    test_title();
    test_entry();
    test_overlap();
    test_default_terms();
    test_chosen_terms();
    test_target_end();
    test_extension();
    test_renewal();
    test_length();
    return checks_done();
}
