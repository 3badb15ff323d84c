#include "services/reporting/cube.h"

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
