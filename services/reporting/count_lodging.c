#include "services/reporting/cube.h"

/* --- residences and units --------------------------------------------------------------------- */

/* On the last day of the year.  A unit or a residence always has a kind: a row without is none. */
static bool is_there(const struct counting *counting, int32_t since)
{
    return since / 10000 <= (int32_t)counting->year;
}

static void count_residences(const struct counting *counting)
{
    struct scan scan = reporting_scan_all(counting->tables, &reporting_residences);

    while (reporting_scan_next(&scan))
        for (unsigned row = 0; row < ROWS_OF_BLOCK; row++)
            if (reporting_block_code(scan.block, RESIDENCE_OWN_STOCK, row) &&
                is_there(counting, reporting_block_number(scan.block, RESIDENCE_OPENED_ON, row)))
                reporting_cube_add(counting->cube, BASE_RESIDENCES, AXIS_ALL, 0, 1);
}

struct known_programmes {
    int32_t solidarity;
    int32_t alt;
};

static enum programme programme_of(const struct known_programmes *known, int32_t programme)
{
    if (programme == 0)
        return PROGRAMME_NONE;
    if (programme == known->solidarity)
        return PROGRAMME_OF_SOLIDARITY;
    return programme == known->alt ? PROGRAMME_OF_ALT : PROGRAMME_ANOTHER;
}

static void count_unit(struct cube *cube, enum programme programme)
{
    reporting_cube_add(cube, BASE_UNITS, AXIS_ALL, 0, 1);
    reporting_cube_add(cube, BASE_UNITS, AXIS_PROGRAMME, programme, 1);
}

static void count_units(const struct counting *counting)
{
    struct tables *tables = counting->tables;
    const struct known_programmes known = {
        (int32_t)reporting_number(tables, NUMBERED_PROGRAMME, "LOUEZ_SOLIDAIRE"),
        (int32_t)reporting_number(tables, NUMBERED_PROGRAMME, "ALT"),
    };
    struct scan scan = reporting_scan_all(tables, &reporting_units);

    while (reporting_scan_next(&scan))
        for (unsigned row = 0; row < ROWS_OF_BLOCK; row++)
            if (reporting_block_code(scan.block, UNIT_OWN_STOCK, row) &&
                is_there(counting, reporting_block_number(scan.block, UNIT_COMMISSIONED_ON, row)))
                count_unit(
                    counting->cube,
                    programme_of(&known, reporting_block_number(scan.block, UNIT_PROGRAMME, row)));
}

void reporting_count_stock(const struct counting *counting)
{
    count_residences(counting);
    count_units(counting);
}

/* --- stays ------------------------------------------------------------------------------------ */

static bool is_exit_of_year(const struct counting *counting, const Reporting__Records__Block *stays,
                            unsigned row)
{
    return reporting_block_code(stays, STAY_OWN_STOCK, row) &&
           reporting_block_number(stays, STAY_LEFT_ON, row) / 10000 == (int32_t)counting->year;
}

static void count_exit(struct cube *cube, const Reporting__Records__Block *stays, unsigned row)
{
    reporting_cube_add(cube, BASE_EXITS, AXIS_ALL, 0, 1);
    reporting_cube_add(cube, BASE_EXITS, AXIS_CHANNEL,
                       reporting_block_code(stays, STAY_CHANNEL, row), 1);
    reporting_cube_add(cube, BASE_EXITS, AXIS_DIRECTION,
                       reporting_block_code(stays, STAY_DIRECTION, row), 1);
}

void reporting_count_stays(const struct counting *counting)
{
    struct scan scan = reporting_scan_all(counting->tables, &reporting_stays);

    while (reporting_scan_next(&scan))
        for (unsigned row = 0; row < ROWS_OF_BLOCK; row++)
            if (is_exit_of_year(counting, scan.block, row))
                count_exit(counting->cube, scan.block, row);
}

/* At least one day in the year: the day it was left is the first without it (F0-4, C-1). */
static bool is_housed_in_year(const struct counting *counting,
                              const Reporting__Records__Block *stays, unsigned row)
{
    int32_t entered = reporting_block_number(stays, STAY_ENTERED_ON, row);
    int32_t left = reporting_block_number(stays, STAY_LEFT_ON, row);
    int32_t new_year = (int32_t)counting->year * 10000 + 101;

    return reporting_block_code(stays, STAY_OWN_STOCK, row) && entered != 0 &&
           entered / 10000 <= (int32_t)counting->year &&
           (left == 0 || (left > new_year && left > entered));
}

enum { MARK_HOUSED = 1, MARK_LEFT = 2 };

static void count_once(struct cube *cube, enum base base, uint64_t *mark, uint64_t bit)
{
    if (*mark & bit)
        return;
    *mark |= bit;
    reporting_cube_add(cube, base, AXIS_ALL, 0, 1);
}

void reporting_count_housed(const struct counting *counting, const struct window *window)
{
    struct scan scan = reporting_scan_all(counting->tables, &reporting_stays);

    while (reporting_scan_next(&scan))
        for (unsigned row = 0; row < ROWS_OF_BLOCK; row++) {
            uint32_t household = (uint32_t)reporting_block_number(scan.block, STAY_HOUSEHOLD, row);
            uint64_t *mark = reporting_window_mark(window, household);

            if (mark && is_housed_in_year(counting, scan.block, row))
                count_once(counting->cube, BASE_HOUSED, mark, MARK_HOUSED);
            if (mark && is_exit_of_year(counting, scan.block, row))
                count_once(counting->cube, BASE_HOUSEHOLDS_LEFT, mark, MARK_LEFT);
        }
}
