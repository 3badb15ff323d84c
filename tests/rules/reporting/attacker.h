/* attacker.h - somebody who tries to recover hidden counts of a published table
 *
 * He knows the shown cells, every sum, that counts are whole and not negative,
 * the threshold, and for each hidden cell why it is hidden: small cells lie in
 * 1...threshold - 1, protecting ones at the threshold or above.  He searches all
 * whole solutions: for each hidden cell he narrows intervals until nothing
 * moves, then tries every other value, cell after cell, until one fits or none
 * does.  Nothing of disclosure.h is used.
 */
#ifndef TESTS_RULES_REPORTING_ATTACKER_H
#define TESTS_RULES_REPORTING_ATTACKER_H

#include "services/reporting/rules/suppression.h"
#include "tests/check.h"

enum { ATTACKER_SIDE = 7 };

struct knowledge {
    size_t rows, columns; /* with the totals */
    int64_t low[ATTACKER_SIDE][ATTACKER_SIDE];
    int64_t high[ATTACKER_SIDE][ATTACKER_SIDE];
};

__attribute__((unused)) static struct knowledge knowledge_of(const struct count_table *table,
                                                             const struct mask *mask,
                                                             int64_t threshold)
{
    struct knowledge known = { .rows = table->rows + 1u, .columns = table->columns + 1u };
    /* No hidden count is thought larger than this: an attacker who assumes more is only better. */
    int64_t most = 2 * table->counts[table->rows][table->columns] + 4 * threshold;

    for (size_t i = 0; i < known.rows; i++)
        for (size_t j = 0; j < known.columns; j++) {
            bool small = mask->cells[i][j] == CELL_SMALL;
            bool zero = j < table->columns && (table->telling_zeros >> j & 1) != 0;

            known.low[i][j] = known.high[i][j] = table->counts[i][j];
            if (mask->cells[i][j] == CELL_SHOWN)
                continue;
            known.low[i][j] = small ? !zero : threshold;
            known.high[i][j] = small ? threshold - 1 : most;
            if (mask->cells[i][j] == CELL_HIDDEN_BEFORE)
                known.low[i][j] = 0;
        }
    return known;
}

/* Narrows one cell by what its line leaves it; false on a contradiction. */
__attribute__((unused)) static bool attacker_narrow(int64_t *low, int64_t *high, int64_t least,
                                                    int64_t most, bool *moved)
{
    if (least > *low) {
        *low = least;
        *moved = true;
    }
    if (most < *high) {
        *high = most;
        *moved = true;
    }
    return *low <= *high;
}

/* One line: parts 0...n - 1 add up to the cell n.  by_column: the line is a column. */
__attribute__((unused)) static bool attacker_line(struct knowledge *known, bool by_column,
                                                  size_t line, bool *moved)
{
    size_t n = (by_column ? known->rows : known->columns) - 1;
    int64_t *low[ATTACKER_SIDE], *high[ATTACKER_SIDE], lows = 0, highs = 0;

    for (size_t k = 0; k <= n; k++) {
        low[k] = by_column ? &known->low[k][line] : &known->low[line][k];
        high[k] = by_column ? &known->high[k][line] : &known->high[line][k];
        lows += k < n ? *low[k] : 0;
        highs += k < n ? *high[k] : 0;
    }
    if (!attacker_narrow(low[n], high[n], lows, highs, moved))
        return false;
    for (size_t k = 0; k < n; k++) {
        int64_t was_low = *low[k], was_high = *high[k];

        if (!attacker_narrow(low[k], high[k], *low[n] - (highs - was_high),
                             *high[n] - (lows - was_low), moved))
            return false;
        lows += *low[k] - was_low;
        highs += *high[k] - was_high;
    }
    return true;
}

__attribute__((unused)) static bool attacker_propagate(struct knowledge *known)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (size_t i = 0; i < known->rows; i++)
            if (!attacker_line(known, false, i, &moved))
                return false;
        for (size_t j = 0; j < known->columns; j++)
            if (!attacker_line(known, true, j, &moved))
                return false;
    }
    return true;
}

/* Is there any whole solution?  Depth first over the first open cell; the walk is kept on a stack
 * of its own. */
__attribute__((unused)) static bool attacker_solves(const struct knowledge *start)
{
    static struct knowledge stack[ATTACKER_SIDE * ATTACKER_SIDE * 64];
    size_t depth = 0;

    stack[depth++] = *start;
    while (depth > 0) {
        struct knowledge known = stack[--depth], upper;
        size_t open = SIZE_MAX;

        if (!attacker_propagate(&known))
            continue;
        for (size_t k = 0; k < known.rows * known.columns && open == SIZE_MAX; k++)
            if (known.low[k / known.columns][k % known.columns] <
                known.high[k / known.columns][k % known.columns])
                open = k;
        if (open == SIZE_MAX)
            return true;
        upper = known;
        upper.low[open / known.columns][open % known.columns]++;
        known.high[open / known.columns][open % known.columns] =
            known.low[open / known.columns][open % known.columns];
        stack[depth++] = upper;
        stack[depth++] = known;
    }
    return false;
}

/* Can the cell be anything but what it is? */
__attribute__((unused)) static bool attacker_doubts(const struct knowledge *known, size_t row,
                                                    size_t column, int64_t truth)
{
    struct knowledge below = *known, above = *known;

    below.high[row][column] =
        below.high[row][column] < truth - 1 ? below.high[row][column] : truth - 1;
    above.low[row][column] =
        above.low[row][column] > truth + 1 ? above.low[row][column] : truth + 1;
    return (below.low[row][column] <= below.high[row][column] && attacker_solves(&below)) ||
           (above.low[row][column] <= above.high[row][column] && attacker_solves(&above));
}

/* How many hidden cells (only the small ones, when asked) he tells exactly. */
__attribute__((unused)) static int attacker_recovers(const struct count_table *table,
                                                     const struct mask *mask, int64_t threshold,
                                                     bool only_small)
{
    struct knowledge known = knowledge_of(table, mask, threshold);
    int recovered = 0;

    if (mask->is_withheld)
        return 0;
    for (size_t i = 0; i < known.rows; i++)
        for (size_t j = 0; j < known.columns; j++)
            if (mask->cells[i][j] == CELL_SMALL || (!only_small && mask->cells[i][j] != CELL_SHOWN))
                recovered += !attacker_doubts(&known, i, j, table->counts[i][j]);
    return recovered;
}

/* A table whose cells are often small, sometimes zero, sometimes large. */
__attribute__((unused)) static struct count_table random_table(struct chance *chance, size_t side,
                                                               int64_t largest)
{
    struct count_table table = { .rows = (uint8_t)chance_between(chance, 1, (int64_t)side),
                                 .columns = (uint8_t)chance_between(chance, 1, (int64_t)side) };

    for (size_t i = 0; i < table.rows; i++)
        for (size_t j = 0; j < table.columns; j++)
            switch (chance_between(chance, 0, 3)) {
            case 0: table.counts[i][j] = 0; break;
            case 1: table.counts[i][j] = chance_between(chance, 1, 4); break;
            default: table.counts[i][j] = chance_between(chance, 0, largest);
            }
    table_add_up(&table);
    return table;
}

#endif
