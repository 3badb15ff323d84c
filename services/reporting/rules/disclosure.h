/* disclosure.h - can a reader tell a hidden count from the sums it stands in?
 *
 * Every cell of a table of counts stands in two sums: its row and its column.
 * Between them a count behaves as a flow: what a row holds comes out of its
 * cells into their columns.  A table with the same shown cells and the same sums,
 * but other hidden counts, differs from the true one by closed walks over
 * hidden cells, each one more or one less in turn.  So a hidden count can be
 * another one exactly when such a walk passes through it: no enumeration, and
 * no approximation.  (The sums of a two-way table make a network, so there is
 * a whole-number solution wherever there is any.)
 *
 * If there is no such walk, the cheapest one through cells still shown says
 * which to hide as well.
 */
#ifndef REPORTING_RULES_DISCLOSURE_H
#define REPORTING_RULES_DISCLOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DISCLOSURE_SUMS_MOST = 64,
    DISCLOSURE_CELLS_MOST = 1024,
};

/* One count of the table, from one of its sums to the other. */
struct disclosure_cell {
    uint8_t from; /* sums are numbered from 0 to DISCLOSURE_SUMS_MOST - 1 */
    uint8_t to;
    bool can_grow;   /* nothing known excludes one more (once hidden, for a cell still shown) */
    bool can_shrink; /* nor one less */
    int64_t cost;    /* of hiding it; 0: hidden already; negative: must stay shown */
};

/* Cells along a walk, the one asked about included. */
struct disclosure_walk {
    bool exists;
    int64_t cost; /* 0: the count cannot be told as things stand */
    size_t length;
    uint16_t cells[DISCLOSURE_SUMS_MOST];
};

/* The cheapest closed walk through a cell; of equal ones, the first found. */
struct disclosure_walk disclosure_walk(const struct disclosure_cell cells[], size_t count,
                                       size_t through);

#endif
