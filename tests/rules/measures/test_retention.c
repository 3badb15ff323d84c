/* A file leaves the active base 24 months after the last contact with the person unless an open
 * matter holds it, and each record is kept for its own time (domain.md PR-4 to PR-7, P-2, C-24). */
#include "services/measures/rules/retention.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static void last_contact(void)
{
    static const struct contact contacts[] = {
        { { 2024, 1, 10 }, true },
        { { 2024, 5, 2 }, true },
        { { 2024, 3, 1 }, true },
        { { 2025, 1, 1 }, false },
    };

    about("PR-5: the last contact");
    check_date(last_contact_date(contacts, 4), DATE(2024, 5, 2),
               "the latest with the person, whatever the order; an internal edit is none");
    check_date(last_contact_date(contacts, 1), DATE(2024, 1, 10), "the only one");
    check_date(last_contact_date(contacts + 3, 1), DATE_NONE, "an edit alone is no contact");
    check_date(last_contact_date(contacts, 0), DATE_NONE, "none");
}

static void archiving(const struct retention_law *law)
{
    static const struct {
        const char *sentence;
        struct date contact;
        uint32_t bonds;
        struct date on;
        const struct refusal *refusal;
    } cases[] = {
        { "on the eve", { 2024, 2, 29 }, 0, { 2026, 2, 27 }, &FILE_CONTACT_RECENT },
        { "24 months later", { 2024, 2, 29 }, 0, { 2026, 2, 28 }, ACCEPTED },
        { "later", { 2024, 2, 29 }, 0, { 2026, 3, 1 }, ACCEPTED },
        { "with a measure",
          { 2024, 2, 29 },
          BOND_MEASURE,
          { 2026, 3, 1 },
          &FILE_HELD_BY_OPEN_MATTER },
        { "with a stay", { 2024, 2, 29 }, BOND_STAY, { 2026, 3, 1 }, &FILE_HELD_BY_OPEN_MATTER },
        { "with an unpaid balance",
          { 2024, 2, 29 },
          BOND_UNPAID_BALANCE,
          { 2026, 3, 1 },
          &FILE_HELD_BY_OPEN_MATTER },
        { "with a claim", { 2024, 2, 29 }, BOND_CLAIM, { 2026, 3, 1 }, &FILE_HELD_BY_OPEN_MATTER },
        { "with a procedure",
          { 2024, 2, 29 },
          BOND_PROCEDURE,
          { 2026, 3, 1 },
          &FILE_HELD_BY_OPEN_MATTER },
        { "no contact known", { 0 }, 0, { 2026, 3, 1 }, &FILE_CONTACT_UNKNOWN },
    };

    about("PR-5, A-103: leaving the active base, last contact on 29 February 2024");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(file_may_be_archived(cases[i].contact, cases[i].bonds, cases[i].on, law) ==
                  cases[i].refusal,
              "PR-5: %s: %s", cases[i].sentence,
              cases[i].refusal ? cases[i].refusal->code : "accepted");
    check_date(file_archive_due(DATE(2024, 2, 29), law), DATE(2026, 2, 28),
               "PR-5: due on 28 February 2026");
    check_date(file_archive_due(DATE_NONE, law), DATE_NONE, "PR-5: no contact, no date");
}

static void purging(const struct retention_law *law)
{
    static const struct {
        const char *sentence;
        enum record_kind kind;
        struct date due;
    } cases[] = {
        { "a support file, 24 months", RECORD_SUPPORT_FILE, { 2022, 2, 28 } },
        { "an occupancy title, 5 years", RECORD_OCCUPANCY_TITLE, { 2025, 2, 28 } },
        { "a rent account, 5 years", RECORD_RENT_ACCOUNT, { 2025, 2, 28 } },
        { "accounting, 10 years", RECORD_ACCOUNTING, { 2030, 2, 28 } },
        { "an over-indebtedness file, 5 years", RECORD_OVER_INDEBTEDNESS, { 2025, 2, 28 } },
        { "an eviction, 5 years", RECORD_EVICTION, { 2025, 2, 28 } },
        { "a request without measure, 24 months", RECORD_REQUEST_WITHOUT_MEASURE, { 2022, 2, 28 } },
        { "an unsuccessful candidature, 12 months",
          RECORD_UNSUCCESSFUL_CANDIDATURE,
          { 2021, 2, 28 } },
        { "a crisis, 5 years", RECORD_CRISIS, { 2025, 2, 28 } },
        { "an access log, 12 months", RECORD_ACCESS_LOG, { 2021, 2, 28 } },
        { "a proof of consent, 5 years", RECORD_CONSENT_PROOF, { 2025, 2, 28 } },
        { "nothing", 0, { 0 } },
        { "an unknown kind", RECORD_KINDS, { 0 } },
    };
    static const struct retained_record records[] = {
        { RECORD_RENT_ACCOUNT, { 2020, 3, 31 } },
        { RECORD_ACCOUNTING, { 2019, 12, 31 } },
        { RECORD_SUPPORT_FILE, { 2021, 6, 30 } },
        { RECORD_CRISIS, { 0 } },
    };

    about("PR-6: until when each record is kept, from 29 February 2020");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(record_purge_due(cases[i].kind, DATE(2020, 2, 29), law), cases[i].due,
                   "PR-6: %s", cases[i].sentence);
    check_date(record_purge_due(RECORD_CRISIS, DATE_NONE, law), DATE_NONE,
               "PR-6: a crisis still open has no date");
    check_date(identity_purge_due(records, 3, law), DATE(2029, 12, 31),
               "PR-7: who the household is goes with the last of its records");
    check_date(identity_purge_due(records, 1, law), DATE(2025, 3, 31), "PR-7: with the only one");
    check_date(identity_purge_due(records, 4, law), DATE_NONE,
               "PR-7: and not while one is running");
    check_date(identity_purge_due(records, 0, law), DATE_NONE, "PR-7: no record, no date");
    check_date(rent_claim_last_day(DATE(2024, 2, 29), law), DATE(2027, 2, 28),
               "C-24: a term of 29 February 2024 can be claimed to 28 February 2027");
    check(date_is_before(rent_claim_last_day(DATE(2024, 2, 29), law),
                         record_purge_due(RECORD_RENT_ACCOUNT, DATE(2024, 2, 29), law)),
          "C-24: the account is kept longer than the claim");
}

static void access_log(const struct retention_law *law)
{
    about("PR-4, P-6: the setting of the access log");
    check(access_log_period_is_allowed(5, law) == &ACCESS_LOG_KEPT_TOO_SHORT, "5 months");
    check(!access_log_period_is_allowed(6, law), "6 months");
    check(!access_log_period_is_allowed(12, law), "12 months, as shipped");
    check(!access_log_period_is_allowed(36, law), "36 months");
    check(access_log_period_is_allowed(37, law) == &ACCESS_LOG_KEPT_TOO_LONG, "37 months");
    check(!access_log_period_is_allowed(law->kept[RECORD_ACCESS_LOG].months, law),
          "what is shipped is allowed");
}

int main(void)
{
    struct retention_law law;

    law_on(retention_law_fields, DATE(2024, 6, 1), &law);
    last_contact();
    archiving(&law);
    purging(&law);
    access_log(&law);
    return checks_done();
}
