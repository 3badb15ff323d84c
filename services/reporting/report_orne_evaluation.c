/* The evaluation of housing support in a department, as Orne published 2008 (domain.md §2.2).
 *
 * Denominators (Q3): figures of households count each household with a measure-month in the year
 * once, in the situation it was in when its first measure of the year was granted; figures of
 * measures count measures with a measure-month in the year.  The source does not say whether
 * internal and external measures are counted together (Q2): here they are, and beside them each
 * apart. */
#include "proto/measures.pb-c.h"
#include "services/reporting/definition.h"

#define UNSTATED "UNSTATED"
#define EXTERNAL "external"
#define INTERNAL "internal"

#define ORIGIN(name)    CODE(TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_##name)
#define STATUS(name)    CODE(TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_##name)
#define TENURE(name)    CODE(TREMPLIN__TENURE__TENURE_##name)
#define RESOURCES(name) CODE(TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_##name)
#define LOCATION(name)  CODE(TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_##name)
#define TARGET(name)    CODE(MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_##name)
#define DOMAIN(name)    CODE(TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_##name)

#define OF_THE_DISTRICT ORIGIN(DISTRICT_SOCIAL_WORKER)
#define OF_OTHERS       (~(OF_THE_DISTRICT | ORIGIN(UNSPECIFIED)))
/* C-7 */
#define IN_WORK         (STATUS(EMPLOYED) | STATUS(TEMP_WORKER) | STATUS(SELF_EMPLOYED))
#define FIVE_DOMAINS                                                                               \
    (DOMAIN(TENANCY_KEEPING) | DOMAIN(REHOUSING) | DOMAIN(DWELLING_APPROPRIATION) |                \
     DOMAIN(HOUSING_ACCESS) | DOMAIN(DWELLING_NEIGHBOURHOOD_INTEGRATION))

enum {
    TABLE_DELIVERY = 1,
    TABLE_ORIGIN,
    TABLE_ORIGIN_OF_MEASURES,
    TABLE_TIED,
    TABLE_DOMAINS,
    TABLE_AGE,
    TABLE_STATUS,
    TABLE_RESOURCES,
    TABLE_TENURE,
    TABLE_LOCATION,
};

static const struct table_definition tables[] = {
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_DELIVERY, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_ORIGIN, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_MEASURES, AXIS_ORIGIN, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_MEASURES, AXIS_TIED, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_CHOICES, { BASE_MEASURES, AXIS_DOMAIN, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_CHOICES, { BASE_HOUSEHOLDS, AXIS_AGE_BAND, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_STATUS, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_RESOURCES, 0 }, SOURCE_INCOME },
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_TENURE, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_HOUSEHOLDS, AXIS_LOCATION, 0 }, SOURCE_HOUSEHOLDS },
    { 0 },
};

static const char *const age_bands[] = { "", "16-17", "18-25", "26-39", "40-60", "61+", NULL };

/* Every household of the table, even where the four-way table takes it nowhere (C-7). */
static struct remark outside_the_four(struct work *work, const struct cube *cube)
{
    int64_t jobseekers = reporting_cube_sum(cube, BASE_HOUSEHOLDS, AXIS_STATUS, STATUS(JOBSEEKER));
    int64_t unknown = reporting_cube_sum(cube, BASE_HOUSEHOLDS, AXIS_STATUS, STATUS(UNSPECIFIED));

    if (jobseekers + unknown == 0)
        return (struct remark){ 0 };
    return (struct remark){
        arena_format(work->arena,
                     "Au dénominateur sans être dans aucune des quatre parts : %lld demandeurs "
                     "d'emploi sans minima sociaux, %lld situations non renseignées (C-7).",
                     (long long)jobseekers, (long long)unknown),
        arena_format(work->arena,
                     "In the denominator and in none of the four parts: %lld jobseekers without "
                     "minimum benefits, %lld situations not known (C-7).",
                     (long long)jobseekers, (long long)unknown),
    };
}

#define CONTRACTED_NOTE                                                                            \
    .note_french = "Lignes des conventions en vigueur dans l'année.",                              \
    .note_english = "Lines of the agreements in force in the year."
#define UNSTATED_NOTE                                                                              \
    .note_french = "La source ne dit pas si les mesures externes y sont : internes et externes "   \
                   "ensemble (Q2).",                                                               \
    .note_english = "The source does not say whether external measures are in: internal and "      \
                    "external together (Q2)."
#define PER_HOUSEHOLD_NOTE                                                                         \
    .note_french = "Sur les ménages distincts, d'après leur première mesure de l'année (Q3).",     \
    .note_english = "Over distinct households, by their first measure of the year (Q3)."
#define PER_MEASURE_NOTE                                                                           \
    .note_french = "Sur les mesures de l'année (Q3, C-6).",                                        \
    .note_english = "Over the measures of the year (Q3, C-6)."
#define DOMAIN_NOTE                                                                                \
    .note_french = "Sur les mesures de l'année ; plusieurs domaines par mesure : ceux de "        \
                   "l'évaluation, sinon ceux de l'accord (C-6).",                                  \
    .note_english = "Over the measures of the year; several domains a measure: those of the "      \
                    "evaluation, else those of the grant (C-6)."

static const struct figure_definition figures[] = {
    {
        .id = "F1-1",
        .french = "Mesures conventionnées",
        .english = "Contracted measures",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURES,
        .numerator = { BASE_CONTRACTED, AXIS_ALL, 0 },
        CONTRACTED_NOTE,
    },
    {
        .id = "F1-2",
        .french = "Mois-mesures conventionnés",
        .english = "Contracted measure-months",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURE_MONTHS,
        .numerator = { BASE_CONTRACTED_MONTHS, AXIS_ALL, 0 },
        CONTRACTED_NOTE,
    },
    {
        .id = "F1-3",
        .french = "Mois par mesure conventionnée",
        .english = "Months per contracted measure",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_RATIO,
        .counts = COUNTED_MEASURE_MONTHS,
        .per = COUNTED_MEASURES,
        .decimals = 1,
        .derived = true,
        .numerator = { BASE_CONTRACTED_MONTHS, AXIS_ALL, 0 },
        .denominator = { BASE_CONTRACTED, AXIS_ALL, 0 },
        CONTRACTED_NOTE,
    },
    {
        .id = "F1-4",
        .french = "Mesures réservées aux 18-25 ans",
        .english = "Measures reserved for those aged 18 to 25",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURES,
        .numerator = { BASE_CONTRACTED, AXIS_TARGET_PUBLIC, TARGET(YOUNG_18_25) },
        CONTRACTED_NOTE,
    },
    {
        .id = "F1-5",
        .french = "Mesures en suite de CHRS",
        .english = "Measures that follow a stay in a CHRS",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURES,
        .numerator = { BASE_CONTRACTED, AXIS_TARGET_PUBLIC, TARGET(CHRS_FOLLOW_ON) },
        CONTRACTED_NOTE,
    },
    {
        .id = "F1-9",
        .french = "Ménages ayant bénéficié d'une mesure",
        .english = "Households with a measure",
        .scope = UNSTATED,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_DELIVERY,
        UNSTATED_NOTE,
    },
    {
        .id = "F1-9-INT",
        .french = "dont mesure interne",
        .english = "of which internal",
        .scope = INTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .derived = true,
        .numerator = { BASE_HOUSEHOLDS, AXIS_DELIVERY, CODE(DELIVERY_INTERNAL) },
        .table = TABLE_DELIVERY,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-9-EXT",
        .french = "dont mesure externe",
        .english = "of which external",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .derived = true,
        .numerator = { BASE_HOUSEHOLDS, AXIS_DELIVERY, CODE(DELIVERY_EXTERNAL) },
        .table = TABLE_DELIVERY,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-10",
        .french = "Mois-mesures",
        .english = "Measure-months",
        .scope = UNSTATED,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURE_MONTHS,
        .numerator = { BASE_MONTHS, AXIS_ALL, 0 },
        .with = "F1-9",
        UNSTATED_NOTE,
    },
    {
        .id = "F1-10-INT",
        .french = "dont mois-mesures internes",
        .english = "of which internal",
        .scope = INTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURE_MONTHS,
        .derived = true,
        .numerator = { BASE_MONTHS, AXIS_DELIVERY, CODE(DELIVERY_INTERNAL) },
        .with = "F1-9-INT",
    },
    {
        .id = "F1-10-EXT",
        .french = "dont mois-mesures externes",
        .english = "of which external",
        .scope = EXTERNAL,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_MEASURE_MONTHS,
        .derived = true,
        .numerator = { BASE_MONTHS, AXIS_DELIVERY, CODE(DELIVERY_EXTERNAL) },
        .with = "F1-9-EXT",
    },
    {
        .id = "F1-11",
        .french = "Mois-mesures par ménage",
        .english = "Measure-months per household",
        .scope = UNSTATED,
        .printed = PRINTED_AS_RATIO,
        .counts = COUNTED_MEASURE_MONTHS,
        .per = COUNTED_HOUSEHOLDS,
        .decimals = 2,
        .derived = true,
        .numerator = { BASE_MONTHS, AXIS_ALL, 0 },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .with = "F1-9",
    },
    {
        .id = "F1-13",
        .french = "Ménages orientés par un travailleur social de circonscription",
        .english = "Households referred by a district social worker",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_ORIGIN, OF_THE_DISTRICT },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_ORIGIN,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-14",
        .french =
            "Mesures demandées par d'autres : hébergement, services spécialisés, CCAS et CIAS",
        .english = "Measures asked for by others: accommodation centres, specialised services, "
                   "CCAS and CIAS",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_ORIGIN, OF_OTHERS },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_ORIGIN_OF_MEASURES,
        PER_MEASURE_NOTE,
    },
    {
        .id = "F1-15",
        .french = "Mesures indépendantes de toute aide financière",
        .english = "Measures independent of any financial aid",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_TIED, CODE(TIED_NO) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_TIED,
        PER_MEASURE_NOTE,
    },
    {
        .id = "F1-16",
        .french = "Maintien dans le logement",
        .english = "Keeping the dwelling",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, DOMAIN(TENANCY_KEEPING) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-17",
        .french = "Relogement",
        .english = "Rehousing",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, DOMAIN(REHOUSING) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-18",
        .french = "Appropriation du logement",
        .english = "Taking possession of the dwelling",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, DOMAIN(DWELLING_APPROPRIATION) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-19",
        .french = "Accès au logement",
        .english = "Access to housing",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, DOMAIN(HOUSING_ACCESS) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-20",
        .french = "Insertion dans le logement et le quartier",
        .english = "Integration in dwelling and neighbourhood",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_MEASURES,
        .per = COUNTED_MEASURES,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, DOMAIN(DWELLING_NEIGHBOURHOOD_INTEGRATION) },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-21a",
        .french = "Somme de ces cinq domaines",
        .english = "Sum of these five domains",
        .scope = UNSTATED,
        .printed = PRINTED_AS_PERCENT,
        .counts = COUNTED_DOMAINS,
        .per = COUNTED_MEASURES,
        .decimals = 2,
        .derived = true,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, FIVE_DOMAINS },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-21b",
        .french = "Domaines par mesure",
        .english = "Domains per measure",
        .scope = UNSTATED,
        .printed = PRINTED_AS_RATIO,
        .counts = COUNTED_DOMAINS,
        .per = COUNTED_MEASURES,
        .decimals = 2,
        .derived = true,
        .numerator = { BASE_MEASURES, AXIS_DOMAIN, FIVE_DOMAINS },
        .denominator = { BASE_MEASURES, AXIS_ALL, 0 },
        .table = TABLE_DOMAINS,
        DOMAIN_NOTE,
    },
    {
        .id = "F1-22",
        .french = "Tranche d'âge la plus représentée",
        .english = "Age band most represented",
        .scope = UNSTATED,
        .printed = PRINTED_AS_MOST_FREQUENT,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_AGE_BAND, 0 },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_AGE,
        .names = age_bands,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-23",
        .french = "Bénéficiaires de minima sociaux",
        .english = "Receive minimum benefits",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_STATUS, STATUS(MINIMUM_BENEFITS) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_STATUS,
        .remark = outside_the_four,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-24",
        .french = "En emploi",
        .english = "In work",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_STATUS, IN_WORK },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_STATUS,
        .remark = outside_the_four,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-25",
        .french = "Au foyer, invalides, handicapés ou retraités",
        .english = "At home, invalid, disabled or retired",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_STATUS, STATUS(AT_HOME_DISABLED_RETIRED) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_STATUS,
        .remark = outside_the_four,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-26",
        .french = "Étudiants, stagiaires ou apprentis",
        .english = "Students, trainees or apprentices",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_STATUS, STATUS(STUDENT_TRAINEE_APPRENTICE) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_STATUS,
        .remark = outside_the_four,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-27",
        .french = "Ressources au niveau des minima sociaux",
        .english = "Resources at the level of minimum benefits",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_RESOURCES, RESOURCES(AT_MINIMUM_LEVEL) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_RESOURCES,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-28",
        .french = "Locataires du parc public",
        .english = "Tenants of the public stock",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_TENURE, TENURE(PUBLIC_TENANT) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_TENURE,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-29",
        .french = "Locataires du parc privé",
        .english = "Tenants of the private stock",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_TENURE, TENURE(PRIVATE_TENANT) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_TENURE,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-30",
        .french = "Propriétaires",
        .english = "Owners",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_TENURE, TENURE(OWNER) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_TENURE,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-31",
        .french = "Hébergés",
        .english = "Hosted",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_TENURE, TENURE(HOSTED) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_TENURE,
        PER_HOUSEHOLD_NOTE,
    },
    {
        .id = "F1-32",
        .french = "Logement en périphérie d'une ville",
        .english = "Dwelling on the outskirts of a town",
        .scope = UNSTATED,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_HOUSEHOLDS,
        .per = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSEHOLDS, AXIS_LOCATION, LOCATION(TOWN_OUTSKIRTS) },
        .denominator = { BASE_HOUSEHOLDS, AXIS_ALL, 0 },
        .table = TABLE_LOCATION,
        PER_HOUSEHOLD_NOTE,
    },
    { 0 },
};

const struct report_definition reporting_orne_evaluation = {
    .name = "orne-evaluation",
    .title_french = "Évaluation de l'accompagnement social lié au logement",
    .title_english = "Evaluation of housing-linked social support",
    .schemes = CODE(TREMPLIN__SCHEME__SCHEME_ASLL),
    .figures = figures,
    .tables = tables,
};
