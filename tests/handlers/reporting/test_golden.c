/* From the counts of domain.md §2.7, told event by event, come exactly the figures that Orne
 * published for 2008 (§2.2) and the CASP for 2020 (§2.1); the public view hides what is too small.
 */
#include "tests/handlers/reporting/told.h"

/* --- Orne, 2008 ------------------------------------------------------------------------------- */

enum { HOUSEHOLDS = 224 };

/* The category of the n-th household, when so many are in each in turn. */
static int dealt(const int counts[], int n)
{
    int category = 0;

    while (n >= counts[category])
        n -= counts[category++];
    return category;
}

/* Spreads the categories of one variable over the households differently from those of another. */
static int shuffled(int n, int step)
{
    return n * step % HOUSEHOLDS;
}

static Intake__Situation situation_of(int n)
{
    static const int tenures[] = { 137, 49, 13, 25 };
    static const Tremplin__Tenure tenure_codes[] = {
        TREMPLIN__TENURE__TENURE_PUBLIC_TENANT,
        TREMPLIN__TENURE__TENURE_PRIVATE_TENANT,
        TREMPLIN__TENURE__TENURE_OWNER,
        TREMPLIN__TENURE__TENURE_HOSTED,
    };
    /* In work: 33 employed, 9 temporary, 3 self-employed (C-7). */
    static const int statuses[] = { 114, 33, 9, 3, 63, 2 };
    static const int ages[] = { 31, 62, 95, 36 };
    static const int locations[] = { 103, 74, 47 };
    Intake__Situation situation = any_situation();

    situation.tenure = tenure_codes[dealt(tenures, shuffled(n, 3))];
    situation.socio_professional_status =
        (Tremplin__SocioProfessionalStatus)(dealt(statuses, shuffled(n, 5)) + 1);
    situation.age_band = (Tremplin__AgeBand)(dealt(ages, shuffled(n, 9)) + 2);
    situation.location_type = dealt(locations, shuffled(n, 11)) == 0
                                  ? TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_OUTSKIRTS
                                  : TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_CENTRE;
    situation.resource_band = shuffled(n, 13) < 166
                                  ? TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL
                                  : TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE;
    return situation;
}

/* 128, 105, 76, 36 and 34 of the 224, by the order of the domains in §2.2. */
static size_t domains_of(int n, Tremplin__InterventionDomain domains[5])
{
    static const int with[] = { 128, 105, 76, 36, 34 };
    static const int steps[] = { 1, 15, 17, 19, 23 };
    size_t count = 0;

    for (int domain = 0; domain < 5; domain++)
        if (shuffled(n, steps[domain]) < with[domain])
            domains[count++] = (Tremplin__InterventionDomain)(domain + 1);
    return count;
}

static Tremplin__RequestOrigin origin_of(int n)
{
    static const int origins[] = { 202, 9, 6, 7 };
    static const Tremplin__RequestOrigin codes[] = {
        TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER,
        TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_ACCOMMODATION_CENTRE,
        TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SPECIALISED_SOCIAL_SERVICE,
        TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CCAS_CIAS,
    };

    return codes[dealt(origins, shuffled(n, 25))];
}

static void tell_household(struct world *world, int n)
{
    Tremplin__InterventionDomain domains[5];
    Intake__Situation situation = situation_of(n);
    Intake__RequestGranted request =
        granted_by_intake((unsigned)n + 1, (unsigned)n + 1, &situation);
    Measures__MeasureGranted granted = granted_by_measures((unsigned)n + 1, (unsigned)n + 1);
    struct date started = DATE(2008, (uint8_t)(1 + n % 6), (uint8_t)(1 + n % 28));

    request.n_domains = granted.n_domains = domains_of(n, domains);
    request.domains = granted.domains = domains;
    request.origin = granted.origin = origin_of(n);
    request.tied_to_financial_aid = granted.tied_to_financial_aid = shuffled(n, 27) < 13;
    if (n < 16) { /* sixteen are external */
        granted.agreement = AGREEMENT;
        granted.line = LINE(1);
        granted.operator_ = text_of("AOLTJ");
    }
    tell(world, &request.base, request.measure, DATE(2008, 1, 2));
    tell(world, &granted.base, granted.measure, DATE(2008, 1, 2));
    for (int month = 0; month < (n < 111 ? 6 : 7); month++)
        tell_month(world, (unsigned)n + 1, (unsigned)n + 1,
                   date_first_of_month(date_add_months(started, month)), 100);
}

static void tell_agreement(struct world *world)
{
    Measures__AgreementOpened event = MEASURES__AGREEMENT_OPENED__INIT;
    Measures__AgreementLine young = MEASURES__AGREEMENT_LINE__INIT;
    Measures__AgreementLine chrs = MEASURES__AGREEMENT_LINE__INIT;
    Measures__AgreementLine *lines[] = { &young, &chrs };

    young.line = LINE(1);
    young.target_public = MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_YOUNG_18_25;
    young.contracted_measures = 113;
    young.contracted_measure_months = 678;
    chrs.line = LINE(2);
    chrs.target_public = MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_CHRS_FOLLOW_ON;
    chrs.contracted_measures = 14;
    chrs.contracted_measure_months = 84;
    event.agreement = AGREEMENT;
    event.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    event.starts_on = on(DATE(2008, 1, 1));
    event.ends_on = on(DATE(2008, 12, 31));
    event.lines = lines;
    event.n_lines = 2;
    tell(world, &event.base, event.agreement, DATE(2007, 12, 10));
}

struct published {
    const char *indicator;
    const char *value;
    int64_t numerator;
    int64_t denominator;
    const char *sentence;
};

static const struct published orne[] = {
    { "F1-1", "127", 127, 0, "127 measures contracted" },
    { "F1-2", "762", 762, 0, "762 measure-months contracted" },
    { "F1-3", "6,0", 762, 127, "6.0 months a measure" },
    { "F1-4", "113", 113, 0, "113 measures for those aged 18 to 25" },
    { "F1-5", "14", 14, 0, "14 measures that follow a CHRS" },
    { "F1-9", "224", 224, 0, "224 households" },
    { "F1-9-INT", "208", 208, 0, "Q2: 208 of them internal" },
    { "F1-9-EXT", "16", 16, 0, "Q2: 16 of them external" },
    { "F1-10", "1457", 1457, 0, "1,457 measure-months" },
    { "F1-10-INT", "1361", 1361, 0, "Q2: 1,457 less 16 times 6 of them internal" },
    { "F1-10-EXT", "96", 96, 0, "Q2: 16 times 6 of them external" },
    { "F1-11", "6,50", 1457, 224, "6.50 measure-months a household" },
    { "F1-13", "90 %", 202, 224, "90 % of households referred by the district's workers" },
    { "F1-14", "10 %", 22, 224, "10 % of measures asked for by others" },
    { "F1-15", "94 %", 211, 224, "94 % of measures tied to no financial aid" },
    { "F1-16", "57 %", 128, 224, "57 % keeping the dwelling" },
    { "F1-17", "47 %", 105, 224, "47 % rehousing" },
    { "F1-18", "34 %", 76, 224, "34 % taking possession" },
    { "F1-19", "16 %", 36, 224, "16 % access" },
    { "F1-20", "15 %", 34, 224, "15 % integration" },
    { "F1-21a", "169 %", 379, 224, "169 % in all" },
    { "F1-21b", "1,69", 379, 224, "1.69 domains a measure" },
    { "F1-22", "40-60", 95, 224, "40 to 60 the most represented" },
    { "F1-23", "51 %", 114, 224, "51 % receive minimum benefits" },
    { "F1-24", "20 %", 45, 224, "20 % in work, of three codes (C-7)" },
    { "F1-25", "28 %", 63, 224, "28 % at home, disabled or retired" },
    { "F1-26", "1 %", 2, 224, "1 % students, trainees, apprentices" },
    { "F1-27", "74 %", 166, 224, "74 % at the level of minimum benefits" },
    { "F1-28", "61 %", 137, 224, "61 % tenants of the public stock" },
    { "F1-29", "22 %", 49, 224, "22 % tenants of the private stock" },
    { "F1-30", "6 %", 13, 224, "6 % owners" },
    { "F1-31", "11 %", 25, 224, "11 % hosted" },
    { "F1-32", "46 %", 103, 224, "46 % on the outskirts of a town" },
    { 0 },
};

static void check_published(struct world *world, const char *report, unsigned year,
                            const struct published published[])
{
    struct answer answer = ask_report(world, report, year, false);
    const Reporting__ReportReply *reply = answer.reply;
    size_t count = 0;

    check(answer.status == DONE, "%s of %u is told", report, year);
    for (; published[count].indicator; count++) {
        const Reporting__Figure *figure = figure_in(reply, published[count].indicator);

        check_text(figure->value, published[count].value, "%s: %s", published[count].indicator,
                   published[count].sentence);
        check_number(figure->numerator, published[count].numerator, "%s: its numerator",
                     published[count].indicator);
        check_number(figure->denominator, published[count].denominator, "%s: its denominator",
                     published[count].indicator);
        check(!figure->suppressed && *figure->name_french && *figure->name_english &&
                  *figure->unit && *figure->scope,
              "%s: has names in both languages, a unit and a scope", published[count].indicator);
    }
    check_number(reply ? reply->n_figures : 0, count, "and it has no other figure");
}

static bool is_hidden(const Reporting__Figure *figure)
{
    return figure->suppressed && *figure->value == '\0' && figure->numerator == 0 &&
           figure->denominator == 0;
}

static void hides_few(struct world *world)
{
    const Reporting__ReportReply *reply = ask_report(world, "orne-evaluation", 2008, true).reply;
    size_t hidden = 0;

    about("the public view of Orne, 2008 (SC-6, SC-7)");
    check(is_hidden(figure_in(reply, "F1-26")), "F1-26: two students are hidden, with their share");
    check(is_hidden(figure_in(reply, "F1-24")),
          "F1-24: and the smallest other count with them, so that they cannot be told");
    for (size_t i = 0; reply && i < reply->n_figures; i++)
        hidden += reply->figures[i]->suppressed;
    check_number(hidden, 2, "nothing else is hidden");
    check_text(figure_in(reply, "F1-22")->value, "40-60", "F1-22: the band is shown");
    check_number(figure_in(reply, "F1-22")->numerator, 0, "F1-22: but not how many they are");
    check_text(figure_in(reply, "F1-28")->value, "61 %", "F1-28: what is large is shown");
}

static void orne_2008(struct world *world)
{
    about("Orne, 2008: domain.md §2.2 from the counts of §2.7");
    tell_agreement(world);
    for (int n = 0; n < HOUSEHOLDS; n++)
        tell_household(world, n);
    check(world_settle(world), "everything is heard");
    check_published(world, "orne-evaluation", 2008, orne);
    hides_few(world);
}

/* --- CASP, 2020 ------------------------------------------------------------------------------- */

static const struct published casp[] = {
    { "F0-1", "9", 9, 0, "9 residences" },
    { "F0-2", "252", 252, 0, "252 units" },
    { "F0-3", "12", 12, 0, "12 of them Louez solidaire" },
    { "F0-4", "281", 281, 0, "281 households" },
    { "F0-8", "109", 109, 0, "109 exits" },
    { "F0-9", "40", 40, 0, "40 by collective agreements" },
    { "F0-10", "24", 24, 0, "24 through DALO" },
    { "F0-11", "45", 45, 0, "45 by other channels" },
    { "F0-12a", "36,7 %", 40, 109, "36.7 % by collective agreements" },
    { "F0-12b", "22,0 %", 24, 109, "22.0 % through DALO" },
    { "F0-12c", "41,3 %", 45, 109, "41.3 % by others" },
    { 0 },
};

static void tell_residence(struct world *world, unsigned n, bool own)
{
    Lodging__ResidenceOpened event = LODGING__RESIDENCE_OPENED__INIT;

    event.residence = RESIDENCE(n);
    event.kind = n == 9 ? TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_FAMILY_BOARDING_HOUSE
                        : TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SOCIAL_RESIDENCE;
    event.manager = text_of(own ? "CASP" : "ADOMA");
    event.own_stock = own;
    event.opened_on = on(DATE(2012, 9, 1));
    tell(world, &event.base, event.residence, DATE(2012, 9, 1));
}

static void tell_unit(struct world *world, unsigned n, bool own, struct date since)
{
    Lodging__UnitCommissioned event = LODGING__UNIT_COMMISSIONED__INIT;

    event.unit = UNIT(n);
    event.kind = TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED;
    event.programme = text_of(n <= 12 ? "LOUEZ_SOLIDAIRE" : n <= 20 ? "ALT" : "");
    event.places = 1;
    event.own_stock = own;
    event.commissioned_on = on(since);
    tell(world, &event.base, event.unit, since);
}

static void tell_stay(struct world *world, unsigned n, struct date entered, struct date left,
                      Tremplin__ExitChannel channel, bool own)
{
    Lodging__StayStarted started = LODGING__STAY_STARTED__INIT;
    Lodging__StayEnded ended = LODGING__STAY_ENDED__INIT;

    started.stay = ended.stay = STAY(n);
    started.unit = ended.unit = UNIT(n % 252 + 1);
    started.household = ended.household = HOUSEHOLD(n);
    started.own_stock = ended.own_stock = own;
    started.entered_on = ended.entered_on = on(entered);
    tell(world, &started.base, started.stay, entered);
    if (!date_is_set(left))
        return;
    ended.left_on = on(left);
    ended.channel = channel;
    ended.direction = TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_UPWARD;
    tell(world, &ended.base, ended.stay, left);
}

static Tremplin__ExitChannel channel_of(int n)
{
    static const int channels[] = { 40, 24, 19, 14, 12 };
    static const Tremplin__ExitChannel codes[] = {
        TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_COLLECTIVE_AGREEMENT,
        TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO,
        TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_ACTION_LOGEMENT,
        TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_CITY_DIRECT,
        TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_PRIVATE,
    };

    return codes[dealt(channels, n)];
}

/* Beside what counts, what must not: a partner's residence, unit and stays, a unit of the year
 * after, stays before and after the year. */
static void casp_2020(struct world *world)
{
    about("CASP, 2020: domain.md §2.1 from the counts of §2.7");
    for (unsigned n = 1; n <= 9; n++)
        tell_residence(world, n, true);
    tell_residence(world, 10, false);
    for (unsigned n = 1; n <= 252; n++)
        tell_unit(world, n, true, DATE(2020, 12, 31));
    tell_unit(world, 300, true, DATE(2021, 1, 1));
    tell_unit(world, 301, false, DATE(2015, 1, 1));
    for (int n = 0; n < 281; n++)
        tell_stay(world, 1001 + (unsigned)n, n < 200 ? DATE(2018, 5, 4) : DATE(2020, 12, 31),
                  n < 109 ? DATE(2020, (uint8_t)(1 + n % 12), 2) : DATE_NONE,
                  channel_of(n < 109 ? n : 0), true);
    tell_stay(world, 2001, DATE(2018, 1, 1), DATE(2019, 12, 31),
              TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO, true);
    tell_stay(world, 2002, DATE(2021, 1, 1), DATE_NONE, 0, true);
    tell_stay(world, 2003, DATE(2019, 1, 1), DATE(2020, 6, 1),
              TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO, false);
    check(world_settle(world), "everything is heard");
    check_published(world, "housing", 2020, casp);
}

int main(void)
{
    struct world *world = open_world(DATE(2026, 11, 23));

    orne_2008(world);
    casp_2020(world);
    check_published(world, "orne-evaluation", 2008, orne);
    check_text(world_check_store(world, "reporting") ? "no" : "yes", "yes",
               "reporting's tables are what its journal replayed gives");
    world_close(world);
    return checks_done();
}
