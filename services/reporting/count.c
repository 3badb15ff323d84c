/* All that is counted of a year, into one cube. */
#include "services/reporting/cube.h"

#include <string.h>

static void tell_households_apart(const struct counting *counting, struct window *window)
{
    uint32_t last = reporting_last_number(counting->tables, NUMBERED_HOUSEHOLD);

    for (window->first = 1; window->first <= last; window->first += WINDOW_ROWS) {
        memset(window->marks, 0, WINDOW_ROWS * sizeof window->marks[0]);
        reporting_count_households(counting, window);
        memset(window->marks, 0, WINDOW_ROWS * sizeof window->marks[0]);
        reporting_count_housed(counting, window);
        if (last - window->first < WINDOW_ROWS)
            return;
    }
}

const struct cube *reporting_cube(struct work *work, unsigned year, uint64_t schemes)
{
    struct cube *cube = arena_take(work->arena, sizeof *cube);
    struct window window = {
        .marks = arena_take(work->arena, WINDOW_ROWS * sizeof window.marks[0]),
    };
    struct counting counting = { work->tables, cube, year, schemes };

    if (!cube || !window.marks) {
        fault_set(&work->tables->fault, FAULT_MEMORY, "the arena is full counting");
        return NULL;
    }
    reporting_count_measures(&counting);
    reporting_count_lines(&counting);
    reporting_count_stock(&counting);
    reporting_count_stays(&counting);
    tell_households_apart(&counting, &window);
    return cube;
}
