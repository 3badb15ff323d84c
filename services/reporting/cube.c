#include "services/reporting/cube.h"

#include <string.h>

int64_t reporting_cube_sum(const struct cube *cube, enum base base, enum axis axis, uint64_t codes)
{
    int64_t sum = 0;

    for (unsigned code = 0; code < CUBE_CODES; code++)
        if (codes >> code & 1)
            sum += cube->counts[base][axis][code];
    return sum;
}

int64_t reporting_cube_total(const struct cube *cube, enum base base)
{
    return cube->counts[base][AXIS_ALL][0];
}

void reporting_cube_add(struct cube *cube, enum base base, enum axis axis, unsigned code,
                        int64_t count)
{
    cube->counts[base][axis][code < CUBE_CODES ? code : CUBE_CODES - 1] += count;
}

uint64_t *reporting_window_mark(const struct window *window, uint32_t household)
{
    if (household < window->first || household - window->first >= WINDOW_ROWS)
        return NULL;
    return &window->marks[household - window->first];
}

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
