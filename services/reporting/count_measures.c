#include "services/reporting/cube.h"

/* --- the measures of the year ----------------------------------------------------------------- */

/* A measure with a month counted in the year. */
struct seen {
    const Reporting__Records__Block *grants;
    const Reporting__Records__Block *courses;
    unsigned row;
    uint32_t number;
    uint32_t household;
    unsigned first_month; /* of the year's, from 0 */
    int64_t hundredths;   /* of a measure-month, in the year */
};

static bool is_of_scheme(const struct counting *counting, unsigned scheme)
{
    return scheme < CUBE_CODES && (counting->schemes >> scheme & 1) != 0;
}

/* False when nothing of it was counted in the year. */
static bool sum_months(const Reporting__Records__Block *months, struct seen *seen)
{
    seen->hundredths = 0;
    seen->first_month = MONTHS_OF_YEAR;
    for (unsigned month = MONTHS_OF_YEAR; month-- > 0;) {
        int32_t hundredths = reporting_block_number(months, month, seen->row);

        seen->hundredths += hundredths;
        if (hundredths > 0)
            seen->first_month = month;
    }
    return seen->hundredths > 0;
}

typedef void seen_fn(const struct counting *counting, const struct seen *seen, void *context);

static void look_at_block(const struct counting *counting, const struct scan *scan, seen_fn *each,
                          void *context)
{
    struct seen seen = {
        .grants = reporting_block_beside(counting->tables, &reporting_grants, scan->number),
        .courses = reporting_block_beside(counting->tables, &reporting_courses, scan->number),
    };

    for (seen.row = 0; seen.row < ROWS_OF_BLOCK; seen.row++) {
        if (!sum_months(scan->block, &seen) ||
            !is_of_scheme(counting, reporting_block_code(seen.grants, GRANT_SCHEME, seen.row)))
            continue;
        seen.number = scan->number * ROWS_OF_BLOCK + seen.row;
        seen.household = (uint32_t)reporting_block_number(seen.grants, GRANT_HOUSEHOLD, seen.row);
        each(counting, &seen, context);
    }
}

static void look_at_year(const struct counting *counting, seen_fn *each, void *context)
{
    struct scan scan = reporting_scan_year(counting->tables, &reporting_months, counting->year);

    while (reporting_scan_next(&scan))
        look_at_block(counting, &scan, each, context);
}

/* --- by every axis ---------------------------------------------------------------------------- */

/* Internal: performed by the organisation itself, on no agreement (S1-1, C-10). */
static enum delivery delivery_of(const struct seen *seen)
{
    bool is_external = reporting_block_number(seen->grants, GRANT_OPERATOR, seen->row) != 0 ||
                       reporting_block_number(seen->grants, GRANT_AGREEMENT, seen->row) != 0;

    return is_external ? DELIVERY_EXTERNAL : DELIVERY_INTERNAL;
}

/* Those that the evaluation found, else those of the grant (C-6). */
static uint32_t domains_of(const struct seen *seen)
{
    int32_t evaluated = reporting_block_number(seen->courses, COURSE_DOMAINS, seen->row);

    return (uint32_t)(evaluated != 0
                          ? evaluated
                          : reporting_block_number(seen->grants, GRANT_DOMAINS, seen->row));
}

static void count_by_axes(struct cube *cube, enum base base, const struct seen *seen)
{
    static const struct {
        enum axis axis;
        unsigned column;
    } axes[] = {
        { AXIS_ORIGIN, GRANT_ORIGIN },
        { AXIS_TIED, GRANT_TIED },
        { AXIS_AGE_BAND, GRANT_SITUATION + SITUATION_AGE_BAND },
        { AXIS_STATUS, GRANT_SITUATION + SITUATION_STATUS },
        { AXIS_RESOURCES, GRANT_SITUATION + SITUATION_RESOURCES },
        { AXIS_TENURE, GRANT_SITUATION + SITUATION_TENURE },
        { AXIS_LOCATION, GRANT_SITUATION + SITUATION_LOCATION },
    };
    uint32_t domains = domains_of(seen);

    reporting_cube_add(cube, base, AXIS_ALL, 0, 1);
    reporting_cube_add(cube, base, AXIS_DELIVERY, delivery_of(seen), 1);
    for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
        reporting_cube_add(cube, base, axes[i].axis,
                           reporting_block_code(seen->grants, axes[i].column, seen->row), 1);
    for (unsigned domain = 0; domains >> domain != 0; domain++)
        if (domains >> domain & 1)
            reporting_cube_add(cube, base, AXIS_DOMAIN, domain, 1);
}

static void count_measure(const struct counting *counting, const struct seen *seen, void *context)
{
    struct cube *cube = counting->cube;

    (void)context;
    count_by_axes(cube, BASE_MEASURES, seen);
    reporting_cube_add(cube, BASE_MONTHS, AXIS_ALL, 0, seen->hundredths);
    reporting_cube_add(cube, BASE_MONTHS, AXIS_DELIVERY, delivery_of(seen), seen->hundredths);
}

void reporting_count_measures(const struct counting *counting)
{
    look_at_year(counting, count_measure, NULL);
}

/* --- households, as at the grant of their first measure of the year (Q3) ---------------------- */

/* Smaller is earlier: the month first counted, then the start, then the row. */
static uint64_t order_of(const struct seen *seen)
{
    uint64_t started =
        (uint32_t)reporting_block_number(seen->courses, COURSE_STARTED_ON, seen->row);

    return ((uint64_t)seen->first_month + 1) << 58 | started << 32 | seen->number;
}

static void choose_first(const struct counting *counting, const struct seen *seen, void *context)
{
    uint64_t *mark = reporting_window_mark(context, seen->household);

    (void)counting;
    if (mark && (*mark == 0 || order_of(seen) < *mark))
        *mark = order_of(seen);
}

static void count_if_first(const struct counting *counting, const struct seen *seen, void *context)
{
    const uint64_t *mark = reporting_window_mark(context, seen->household);

    if (mark && *mark == order_of(seen))
        count_by_axes(counting->cube, BASE_HOUSEHOLDS, seen);
}

void reporting_count_households(const struct counting *counting, const struct window *window)
{
    struct window marked = *window;

    look_at_year(counting, choose_first, &marked);
    look_at_year(counting, count_if_first, &marked);
}

/* --- what was contracted ---------------------------------------------------------------------- */

static bool is_in_force(const struct counting *counting, const Reporting__Records__Block *lines,
                        unsigned row)
{
    int32_t year = (int32_t)counting->year;
    int32_t last_day = reporting_block_number(lines, LINE_LAST_DAY, row);

    return reporting_block_number(lines, LINE_AGREEMENT, row) != 0 &&
           reporting_block_number(lines, LINE_STARTS_ON, row) / 10000 <= year &&
           (last_day == 0 || last_day / 10000 >= year) &&
           is_of_scheme(counting, reporting_block_code(lines, LINE_SCHEME, row));
}

static void count_line(struct cube *cube, const Reporting__Records__Block *lines, unsigned row)
{
    unsigned target = reporting_block_code(lines, LINE_TARGET_PUBLIC, row);
    int32_t measures = reporting_block_number(lines, LINE_MEASURES, row);
    int32_t months = reporting_block_number(lines, LINE_MONTHS, row);

    reporting_cube_add(cube, BASE_CONTRACTED, AXIS_ALL, 0, measures);
    reporting_cube_add(cube, BASE_CONTRACTED, AXIS_TARGET_PUBLIC, target, measures);
    reporting_cube_add(cube, BASE_CONTRACTED_MONTHS, AXIS_ALL, 0, months);
    reporting_cube_add(cube, BASE_CONTRACTED_MONTHS, AXIS_TARGET_PUBLIC, target, months);
}

void reporting_count_lines(const struct counting *counting)
{
    struct scan scan = reporting_scan_all(counting->tables, &reporting_lines);

    while (reporting_scan_next(&scan))
        for (unsigned row = 0; row < ROWS_OF_BLOCK; row++)
            if (is_in_force(counting, scan.block, row))
                count_line(counting->cube, scan.block, row);
}
