/* cube.h - the counts of a year, from which every figure is taken
 *
 * One pass over the facts counts, for each base (measures, households, exits),
 * how many there are by each code of each axis (origin, tenure, channel).  A
 * figure is then a sum of a few cells.  So a report costs the same whatever it
 * prints, and a new figure over columns that are there is a line of a
 * definition.
 */
#ifndef SERVICES_REPORTING_CUBE_H
#define SERVICES_REPORTING_CUBE_H

#include "services/reporting/facts.h"

enum base {
    BASE_MEASURES = 1, /* with a measure-month counted in the year */
    BASE_HOUSEHOLDS,   /* of those, once each, as at the grant of their first one of the year */
    BASE_MONTHS,       /* hundredths of a measure-month counted in the year */
    BASE_CONTRACTED,   /* measures, on the lines of agreements in force in the year */
    BASE_CONTRACTED_MONTHS,
    BASE_RESIDENCES,      /* of the own stock, open on the last day of the year */
    BASE_UNITS,           /* of the own stock, in service on that day */
    BASE_HOUSED,          /* households with at least a day of stay in the own stock */
    BASE_EXITS,           /* stays of the own stock left in the year */
    BASE_HOUSEHOLDS_LEFT, /* households of those exits, once each */
    BASES,
};

enum axis {
    AXIS_ALL, /* everything has code 0 */
    AXIS_DELIVERY,
    AXIS_ORIGIN,
    AXIS_TIED,
    AXIS_DOMAIN, /* several codes each */
    AXIS_AGE_BAND,
    AXIS_STATUS,
    AXIS_RESOURCES,
    AXIS_TENURE,
    AXIS_LOCATION,
    AXIS_TARGET_PUBLIC,
    AXIS_PROGRAMME,
    AXIS_CHANNEL,
    AXIS_DIRECTION,
    AXES,
};

/* A larger code is counted with the last one. */
enum { CUBE_CODES = 64 };

enum delivery { DELIVERY_INTERNAL = 1, DELIVERY_EXTERNAL };
enum programme { PROGRAMME_NONE, PROGRAMME_ANOTHER, PROGRAMME_OF_SOLIDARITY, PROGRAMME_OF_ALT };

struct cube {
    int64_t counts[BASES][AXES][CUBE_CODES];
};

/* Of measures and agreements, only those of these schemes (bit n: scheme n) are counted.  NULL when
 * memory does not suffice, which is a fault then. */
const struct cube *reporting_cube(struct work *work, unsigned year, uint64_t schemes);

/* The sum over a set of codes (bit n: code n). */
int64_t reporting_cube_sum(const struct cube *cube, enum base base, enum axis axis, uint64_t codes);
int64_t reporting_cube_total(const struct cube *cube, enum base base);

/* --- the parts of the pass -------------------------------------------------------------------- */

/* Households are told apart a window of row numbers at a time, so that memory does not grow with
 * them: the facts are read again for each. */
enum { WINDOW_ROWS = 128 * 1024 };
struct window {
    uint32_t first;
    uint64_t *marks; /* WINDOW_ROWS of them */
};
/* The mark of a household, NULL when it is not in the window. */
uint64_t *reporting_window_mark(const struct window *window, uint32_t household);

struct counting {
    struct tables *tables;
    struct cube *cube;
    unsigned year;
    uint64_t schemes;
};

void reporting_cube_add(struct cube *cube, enum base base, enum axis axis, unsigned code,
                        int64_t count);
void reporting_count_measures(const struct counting *counting);
void reporting_count_households(const struct counting *counting, const struct window *window);
void reporting_count_lines(const struct counting *counting);
void reporting_count_stock(const struct counting *counting);
void reporting_count_stays(const struct counting *counting);
void reporting_count_housed(const struct counting *counting, const struct window *window);

#endif
