#include "services/reporting/rules/disclosure.h"

/* Distances from one sum, and the step by which each was reached. */
struct search {
    int64_t cost[DISCLOSURE_SUMS_MOST];
    uint16_t by_cell[DISCLOSURE_SUMS_MOST];
    uint8_t from_sum[DISCLOSURE_SUMS_MOST];
};

#define UNREACHED INT64_MAX

static bool step(struct search *search, uint8_t from, uint8_t to, size_t cell, int64_t cost)
{
    if (search->cost[from] == UNREACHED || search->cost[from] + cost >= search->cost[to])
        return false;
    search->cost[to] = search->cost[from] + cost;
    search->by_cell[to] = (uint16_t)cell;
    search->from_sum[to] = from;
    return true;
}

/* Bellman and Ford's: costs are not negative, so it ends after at most one round for each sum. */
static void search_from(struct search *search, const struct disclosure_cell cells[], size_t count,
                        size_t except, uint8_t start)
{
    bool moved = true;

    for (size_t i = 0; i < DISCLOSURE_SUMS_MOST; i++)
        search->cost[i] = UNREACHED;
    search->cost[start] = 0;
    while (moved) {
        moved = false;
        for (size_t i = 0; i < count; i++) {
            if (i == except || cells[i].cost < 0)
                continue;
            if (cells[i].can_grow)
                moved |= step(search, cells[i].from, cells[i].to, i, cells[i].cost);
            if (cells[i].can_shrink)
                moved |= step(search, cells[i].to, cells[i].from, i, cells[i].cost);
        }
    }
}

/* The walk that leaves the cell at start and comes back to it at end. */
static struct disclosure_walk walk_back(const struct disclosure_cell cells[], size_t count,
                                        size_t through, uint8_t start, uint8_t end)
{
    struct disclosure_walk walk = { 0 };
    struct search search;

    search_from(&search, cells, count, through, start);
    if (search.cost[end] == UNREACHED)
        return walk;
    walk.exists = true;
    walk.cost = search.cost[end] + cells[through].cost;
    walk.cells[walk.length++] = (uint16_t)through;
    for (uint8_t sum = end; sum != start; sum = search.from_sum[sum])
        walk.cells[walk.length++] = search.by_cell[sum];
    return walk;
}

struct disclosure_walk disclosure_walk(const struct disclosure_cell cells[], size_t count,
                                       size_t through)
{
    const struct disclosure_cell *cell = &cells[through];
    struct disclosure_walk more = { 0 }, less = { 0 };

    if (cell->cost < 0)
        return more;
    if (cell->can_grow)
        more = walk_back(cells, count, through, cell->to, cell->from);
    if (cell->can_shrink)
        less = walk_back(cells, count, through, cell->from, cell->to);
    if (!more.exists || (less.exists && less.cost < more.cost))
        return less;
    return more;
}
