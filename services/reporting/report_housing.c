/* The year of the accompanied-housing pole, as the CASP published 2020 (domain.md §2.1). */
#include "services/reporting/definition.h"

#define OWN_STOCK "own stock"

#define CHANNEL(name) CODE(TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_##name)
#define BY_AGREEMENT  CHANNEL(COLLECTIVE_AGREEMENT)
#define BY_DALO       CHANNEL(DALO)
#define BY_OTHERS     (~(BY_AGREEMENT | BY_DALO))

enum { TABLE_EXITS = 1, TABLE_HOUSED };

static const struct table_definition tables[] = {
    { TABLE_OF_PARTS, { BASE_EXITS, AXIS_CHANNEL, 0 }, SOURCE_HOUSEHOLDS },
    { TABLE_OF_PARTS, { BASE_HOUSED, AXIS_ALL, 0 }, SOURCE_HOUSEHOLDS },
    { 0 },
};

#define ONE_HOUSEHOLD_AN_EXIT                                                                      \
    .note_french = "Suppose une sortie par ménage, et ces sorties parmi toutes (C-6).",            \
    .note_english = "Assumes one household an exit, and these exits among all (C-6)."

/* Says whether what C-6 assumes holds of these data. */
static struct remark exits_and_households(struct work *work, const struct cube *cube)
{
    long long exits = reporting_cube_total(cube, BASE_EXITS);
    long long households = reporting_cube_total(cube, BASE_HOUSEHOLDS_LEFT);

    return (struct remark){
        arena_format(work->arena, "Ici %lld sorties de %lld ménages.", exits, households),
        arena_format(work->arena, "Here %lld exits of %lld households.", exits, households),
    };
}

static const struct figure_definition figures[] = {
    {
        .id = "F0-1",
        .french = "Résidences gérées",
        .english = "Residences managed",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_RESIDENCES,
        .numerator = { BASE_RESIDENCES, AXIS_ALL, 0 },
        .note_french = "Ouvertes au dernier jour de l'année, de tout type.",
        .note_english = "Open on the last day of the year, of any kind.",
    },
    {
        .id = "F0-2",
        .french = "Logements temporaires",
        .english = "Temporary units",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_UNITS,
        .numerator = { BASE_UNITS, AXIS_ALL, 0 },
        .note_french = "En service au dernier jour de l'année, diffus compris.",
        .note_english = "In service on the last day of the year, scattered ones included.",
    },
    {
        .id = "F0-3",
        .french = "dont Louez solidaire",
        .english = "of which Louez solidaire",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_UNITS,
        .numerator = { BASE_UNITS, AXIS_PROGRAMME, CODE(PROGRAMME_OF_SOLIDARITY) },
    },
    {
        .id = "F0-4",
        .french = "Ménages accompagnés dans le parc propre",
        .english = "Households supported in the own stock",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_HOUSED, AXIS_ALL, 0 },
        .table = TABLE_HOUSED,
        .note_french = "Un jour de séjour au moins dans l'année ; une mesure n'est pas rattachée à "
                       "un logement, et n'ajoute donc personne.",
        .note_english = "At least a day of stay in the year; a measure is not linked to a unit, "
                        "and so adds nobody.",
    },
    {
        .id = "F0-8",
        .french = "Sorties",
        .english = "Exits",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_STAYS,
        .numerator = { BASE_EXITS, AXIS_ALL, 0 },
        .table = TABLE_EXITS,
        .note_french = "Quelle que soit la direction (Q9).",
        .note_english = "Whatever the direction (Q9).",
        .remark = exits_and_households,
    },
    {
        .id = "F0-9",
        .french = "Relogés par les accords collectifs",
        .english = "Rehoused by collective agreements",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_AGREEMENT },
        .table = TABLE_EXITS,
        ONE_HOUSEHOLD_AN_EXIT,
    },
    {
        .id = "F0-10",
        .french = "Relogés par le DALO",
        .english = "Rehoused through DALO",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_DALO },
        .table = TABLE_EXITS,
        ONE_HOUSEHOLD_AN_EXIT,
    },
    {
        .id = "F0-11",
        .french = "Sortis par une autre filière",
        .english = "Left by another channel",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_COUNT,
        .counts = COUNTED_HOUSEHOLDS,
        .derived = true,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_OTHERS },
        .table = TABLE_EXITS,
        ONE_HOUSEHOLD_AN_EXIT,
    },
    {
        .id = "F0-12a",
        .french = "Part des accords collectifs dans les sorties",
        .english = "Share of collective agreements among exits",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_STAYS,
        .per = COUNTED_STAYS,
        .decimals = 1,
        .derived = true,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_AGREEMENT },
        .denominator = { BASE_EXITS, AXIS_ALL, 0 },
        .table = TABLE_EXITS,
    },
    {
        .id = "F0-12b",
        .french = "Part du DALO dans les sorties",
        .english = "Share of DALO among exits",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_STAYS,
        .per = COUNTED_STAYS,
        .decimals = 1,
        .derived = true,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_DALO },
        .denominator = { BASE_EXITS, AXIS_ALL, 0 },
        .table = TABLE_EXITS,
    },
    {
        .id = "F0-12c",
        .french = "Part des autres filières dans les sorties",
        .english = "Share of other channels among exits",
        .scope = OWN_STOCK,
        .printed = PRINTED_AS_SHARE,
        .counts = COUNTED_STAYS,
        .per = COUNTED_STAYS,
        .decimals = 1,
        .derived = true,
        .numerator = { BASE_EXITS, AXIS_CHANNEL, BY_OTHERS },
        .denominator = { BASE_EXITS, AXIS_ALL, 0 },
        .table = TABLE_EXITS,
    },
    { 0 },
};

const struct report_definition reporting_housing = {
    .name = "housing",
    .title_french = "Logement accompagné : parc, ménages et sorties",
    .title_english = "Accompanied housing: stock, households and exits",
    .figures = figures,
    .tables = tables,
};
