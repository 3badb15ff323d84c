/* suppression.h - which counts of a table are hidden before it is published
 *
 * domain.md §4.3.  A table has rows and columns of counts, a total for each,
 * and a grand total; a list is a table of one column.  A count below the
 * threshold is hidden, and then so many others that nobody who knows the shown
 * cells, the sums, the threshold, and even which cells are hidden for being
 * small, can tell any hidden count exactly.
 *
 * SC-6 (2) as it is written (one more cell where a row or column hides one) is
 * not enough: two hidden cells of a row that hides 8 in all, both below 5, are
 * both 4; and hidden cells in the corners of rows and columns may leave one
 * solution only.  So each hidden count is asked for another value it might
 * have (disclosure.h), and the cheapest further cells, the smallest counts, are
 * hidden until every one has at least two; then no row and no column hides one
 * cell alone.  Totals go last.  A table where even that is not enough is
 * withheld whole.
 *
 * What this does not promise: that a hidden count has many possible values, or
 * that a reader without any table at all knows nothing.
 */
#ifndef REPORTING_RULES_SUPPRESSION_H
#define REPORTING_RULES_SUPPRESSION_H

#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TABLE_ROWS_MOST = 32,
    TABLE_COLUMNS_MOST = 24,
    THRESHOLD_LEAST = 3, /* below, a hidden cell would say what it is: 1 */
};
#define TABLE_COUNT_LARGEST INT64_C(1000000000)

/* counts[row][columns] is the row's total, counts[rows][column] the column's, counts[rows][columns]
 * the grand total. */
struct count_table {
    uint8_t rows;
    uint8_t columns;
    /* SC-6 (5): bit n set: a zero in column n says something of everybody in its row. */
    uint32_t telling_zeros;
    int64_t counts[TABLE_ROWS_MOST + 1][TABLE_COLUMNS_MOST + 1];
};

enum cell_state {
    CELL_SHOWN,         /* so that an empty mask shows everything */
    CELL_SMALL,         /* below the threshold, or a telling zero */
    CELL_PROTECTS,      /* hidden so that another cannot be told */
    CELL_HIDDEN_BEFORE, /* hidden in the earlier table, so here too */
    CELL_SMALL_CHANGE,  /* differs from the earlier table by less than the threshold */
};

/* Where the table is withheld, every cell is hidden. */
struct mask {
    bool is_withheld;
    uint8_t cells[TABLE_ROWS_MOST + 1][TABLE_COLUMNS_MOST + 1]; /* enum cell_state */
};

/* --- the threshold (SC-5, SC-7) --------------------------------------------------------------- */

enum view {
    VIEW_PUBLIC = 1,
    VIEW_INTERNAL, /* management, restricted to authorised users: everything is shown */
};

enum data_source {
    SOURCE_HOUSEHOLDS = 1,
    SOURCE_INCOME, /* a variable of the table comes from income or tax data */
};

struct suppression_law {
    int64_t households_threshold;
    int64_t income_threshold;
};
extern const struct parameter_field suppression_law[];

/* Counts from 1 to below it are hidden; 0 hides nothing. */
int64_t suppression_threshold(const struct suppression_law *law, enum view view,
                              enum data_source source);

/* --- one table -------------------------------------------------------------------------------- */

/* Does the table fit, does it add up, is the threshold one that can protect? */
const struct refusal *table_check(const struct count_table *table, int64_t threshold);
extern const struct refusal TABLE_SIZE;
extern const struct refusal TABLE_COUNT_OUT_OF_BOUNDS;
extern const struct refusal TABLE_DOES_NOT_ADD_UP;
extern const struct refusal TABLE_THRESHOLD_TOO_LOW;

/* Fills the totals from the cells. */
void table_add_up(struct count_table *table);

/* What to hide of a checked table. */
struct mask table_mask(const struct count_table *table, int64_t threshold);

bool cell_is_shown(const struct mask *mask, size_t row, size_t column);

/* SC-6 (4): a percentage is shown only where its count and what it is a share of both are. */
enum share_of { SHARE_OF_ROW = 1, SHARE_OF_COLUMN, SHARE_OF_TABLE };
bool share_is_shown(const struct count_table *table, const struct mask *mask, size_t row,
                    size_t column, enum share_of of);

/* --- one table after another (SC-6 (6)) ------------------------------------------------------- */

/* How a later table of the same shape stands to the one published before. */
enum succession {
    COUNTS_ANEW = 1,  /* two separate periods, or a stock on two days */
    INCLUDES_EARLIER, /* the earlier counts are among the later: a year after its first quarter */
};

/* What to hide of the later table so that neither it, nor the earlier one, nor the difference of
 * the two can be told where it is small: the earlier mask is kept, and a difference below the
 * threshold hides the later cell. */
struct mask table_mask_after(const struct count_table *earlier, const struct mask *earlier_mask,
                             const struct count_table *later, enum succession succession,
                             int64_t threshold);

/* --- tables published together that share the totals of their rows ---------------------------- */

/* Shared totals that are shown make the tables independent: each mask assumes them known.  A shared
 * total that is hidden might be told from the other table, so such rows must be merged first.
 * Withheld tables do not count. */
const struct refusal *tables_check_linked(const struct count_table tables[],
                                          const struct mask masks[], size_t count);
extern const struct refusal TABLE_SHARED_TOTALS_DIFFER;
extern const struct refusal TABLE_SHARED_TOTAL_HIDDEN;

/* --- several answers at once (F1-16 to F1-20) ------------------------------------------------- */

/* A choice ticked by so many of so many: hidden when those who ticked it, or those who did not,
 * are too few.  The choices do not add up to a total, so none protects another. */
bool choice_is_shown(int64_t ticked, int64_t of, int64_t threshold);

#endif
