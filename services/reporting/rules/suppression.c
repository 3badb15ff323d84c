#include "services/reporting/rules/suppression.h"

#include "services/reporting/rules/disclosure.h"

const struct refusal TABLE_SIZE = {
    .code = "TABLE_SIZE",
    .field = "table",
    .rule = "SC-6",
    .french =
        "Un tableau publié a de 1 à 32 lignes et de 1 à 24 colonnes : regroupez des modalités.",
    .english = "A published table has 1 to 32 rows and 1 to 24 columns: group some categories.",
};

const struct refusal TABLE_COUNT_OUT_OF_BOUNDS = {
    .code = "TABLE_COUNT_OUT_OF_BOUNDS",
    .field = "table",
    .rule = "SC-6",
    .french = "Une case de tableau est un nombre entier positif ou nul, d'un milliard au plus.",
    .english = "A cell of a table is a whole number from zero to one billion.",
};

const struct refusal TABLE_DOES_NOT_ADD_UP = {
    .code = "TABLE_DOES_NOT_ADD_UP",
    .field = "table",
    .rule = "SC-6",
    .french = "Les totaux du tableau ne sont pas la somme de leurs cases : recalculez-les.",
    .english = "The totals of the table are not the sums of their cells: compute them again.",
};

const struct refusal TABLE_THRESHOLD_TOO_LOW = {
    .code = "TABLE_THRESHOLD_TOO_LOW",
    .field = "threshold",
    .rule = "SC-5",
    .french = "Un seuil de 1 ou 2 ne protège personne : une case masquée ne pourrait valoir que 1. "
              "Choisissez 3 ou plus, ou 0 pour une vue interne.",
    .english = "A threshold of 1 or 2 protects nobody: a hidden cell could only be 1. Choose 3 or "
               "more, or 0 for an internal view.",
};

const struct refusal TABLE_SHARED_TOTALS_DIFFER = {
    .code = "TABLE_SHARED_TOTALS_DIFFER",
    .field = "tables",
    .rule = "SC-6",
    .french = "Ces tableaux n'ont pas les mêmes totaux de lignes : ils ne portent pas sur la même "
              "population.",
    .english = "These tables do not have the same row totals: they are not about the same people.",
};

const struct refusal TABLE_SHARED_TOTAL_HIDDEN = {
    .code = "TABLE_SHARED_TOTAL_HIDDEN",
    .field = "tables",
    .rule = "SC-6",
    .french = "Un total commun à ces tableaux est masqué, et l'autre tableau pourrait le trahir : "
              "regroupez cette ligne avec une autre, ou publiez un seul tableau.",
    .english = "A total shared by these tables is hidden, and the other table might give it away: "
               "merge its row with another, or publish one table only.",
};

const struct parameter_field suppression_law[] = {
    { "publication.threshold.households", UNIT_COUNT,
      offsetof(struct suppression_law, households_threshold) },
    { "publication.threshold.income", UNIT_COUNT,
      offsetof(struct suppression_law, income_threshold) },
    { 0 },
};

/* Totals are hidden only where no cells will do: they weigh more than any sum of cells. */
#define WEIGHT_OF_TOTAL       INT64_C(100000000000)
#define WEIGHT_OF_GRAND_TOTAL INT64_C(10000000000000)
#define MUST_STAY_SHOWN       INT64_C(-1)
#define NO_LIMIT              INT64_MAX

/* A table being masked; earlier is NULL for a table by itself. */
struct masking {
    const struct count_table *table;
    int64_t threshold;
    const struct count_table *earlier;
    const struct mask *earlier_mask;
    enum succession succession;
};

/* What a reader may know of a hidden cell beside its sums, both ends included. */
struct bounds {
    int64_t low;
    int64_t high;
};

/* Which tables a walk changes. */
enum change { CHANGES_THIS = 1, CHANGES_EARLIER, CHANGES_BOTH };

int64_t suppression_threshold(const struct suppression_law *law, enum view view,
                              enum data_source source)
{
    if (view == VIEW_INTERNAL)
        return 0;
    return source == SOURCE_INCOME ? law->income_threshold : law->households_threshold;
}

/* --- the table itself ------------------------------------------------------------------------- */

void table_add_up(struct count_table *table)
{
    int64_t(*counts)[TABLE_COLUMNS_MOST + 1] = table->counts;

    for (size_t column = 0; column <= table->columns; column++)
        counts[table->rows][column] = 0;
    for (size_t row = 0; row < table->rows; row++) {
        counts[row][table->columns] = 0;
        for (size_t column = 0; column < table->columns; column++) {
            counts[row][table->columns] += counts[row][column];
            counts[table->rows][column] += counts[row][column];
        }
        counts[table->rows][table->columns] += counts[row][table->columns];
    }
}

static bool adds_up(const struct count_table *table)
{
    struct count_table again = *table;

    table_add_up(&again);
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t column = 0; column <= table->columns; column++)
            if (again.counts[row][column] != table->counts[row][column])
                return false;
    return true;
}

static bool counts_are_within_bounds(const struct count_table *table)
{
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t column = 0; column <= table->columns; column++)
            if (table->counts[row][column] < 0 || table->counts[row][column] > TABLE_COUNT_LARGEST)
                return false;
    return true;
}

const struct refusal *table_check(const struct count_table *table, int64_t threshold)
{
    if (table->rows < 1 || table->rows > TABLE_ROWS_MOST || table->columns < 1 ||
        table->columns > TABLE_COLUMNS_MOST)
        return &TABLE_SIZE;
    if (!counts_are_within_bounds(table))
        return &TABLE_COUNT_OUT_OF_BOUNDS;
    if (!adds_up(table))
        return &TABLE_DOES_NOT_ADD_UP;
    if (threshold != 0 && threshold < THRESHOLD_LEAST)
        return &TABLE_THRESHOLD_TOO_LOW;
    return ACCEPTED;
}

static bool zero_tells(const struct count_table *table, size_t row, size_t column)
{
    return column < table->columns && (table->telling_zeros >> column & 1) != 0 &&
           table->counts[row][column] == 0 && table->counts[row][table->columns] > 0;
}

/* --- SC-6 (1): what must be hidden ------------------------------------------------------------ */

static int64_t change_of(const struct masking *masking, size_t row, size_t column)
{
    return masking->table->counts[row][column] - masking->earlier->counts[row][column];
}

static bool change_is_small(const struct masking *masking, size_t row, size_t column)
{
    int64_t change = change_of(masking, row, column);

    return change != 0 && change < masking->threshold && change > -masking->threshold;
}

static enum cell_state state_at_first(const struct masking *masking, size_t row, size_t column)
{
    int64_t count = masking->table->counts[row][column];

    if ((count > 0 && count < masking->threshold) || zero_tells(masking->table, row, column))
        return CELL_SMALL;
    if (!masking->earlier)
        return CELL_SHOWN;
    if (masking->earlier_mask->cells[row][column] != CELL_SHOWN)
        return CELL_HIDDEN_BEFORE;
    return change_is_small(masking, row, column) ? CELL_SMALL_CHANGE : CELL_SHOWN;
}

static void hide_small_cells(const struct masking *masking, struct mask *mask)
{
    for (size_t row = 0; row <= masking->table->rows; row++)
        for (size_t column = 0; column <= masking->table->columns; column++)
            mask->cells[row][column] = (uint8_t)state_at_first(masking, row, column);
}

/* --- SC-6 (2) and (3), and beyond: every hidden count has another value it might have --------- */

/* What hiding a cell costs: what it counts; a shown zero stays. */
static int64_t cost_of(const struct count_table *table, const struct mask *mask, size_t row,
                       size_t column)
{
    int64_t count = table->counts[row][column];

    if (mask->cells[row][column] != CELL_SHOWN)
        return 0;
    if (count == 0)
        return MUST_STAY_SHOWN;
    if (row == table->rows && column == table->columns)
        return count + WEIGHT_OF_GRAND_TOTAL;
    return row == table->rows || column == table->columns ? count + WEIGHT_OF_TOTAL : count;
}

static struct bounds bounds_of_state(const struct count_table *table, int64_t threshold,
                                     size_t column, enum cell_state state)
{
    bool zero_is_hidden = column < table->columns && (table->telling_zeros >> column & 1) != 0;

    switch (state) {
    case CELL_SMALL: return (struct bounds){ zero_is_hidden ? 0 : 1, threshold - 1 };
    case CELL_SHOWN: /* what it would be, once hidden */
    case CELL_PROTECTS: return (struct bounds){ threshold, NO_LIMIT };
    case CELL_SMALL_CHANGE:
    case CELL_HIDDEN_BEFORE: break;
    }
    return (struct bounds){ 0, NO_LIMIT };
}

/* A small change is known to be small, and which way it went; the count before was shown. */
static struct bounds bounds_of_change(const struct masking *masking, size_t row, size_t column)
{
    int64_t before = masking->earlier->counts[row][column];

    if (change_of(masking, row, column) > 0)
        return (struct bounds){ before + 1, before + masking->threshold - 1 };
    return (struct bounds){ before - masking->threshold + 1, before - 1 };
}

static struct bounds bounds_here(const struct masking *masking, const struct mask *mask, size_t row,
                                 size_t column)
{
    enum cell_state state = mask->cells[row][column];

    if (state == CELL_SMALL_CHANGE)
        return bounds_of_change(masking, row, column);
    return bounds_of_state(masking->table, masking->threshold, column, state);
}

/* In circulation a row's total flows into the row, its cells out of it into their columns, a
 * column's total out of it into the row of totals, and the grand total back. */
static void place_between_sums(const struct count_table *table, size_t row, size_t column,
                               struct disclosure_cell *cell)
{
    uint8_t row_sum = (uint8_t)row, column_sum = (uint8_t)(table->rows + 1 + column);
    bool backwards = (row == table->rows) != (column == table->columns);

    cell->from = backwards ? column_sum : row_sum;
    cell->to = backwards ? row_sum : column_sum;
}

static void limit_to(struct disclosure_cell *cell, int64_t count, struct bounds bounds)
{
    cell->can_grow = cell->can_grow && count < bounds.high;
    cell->can_shrink = cell->can_shrink && count > bounds.low;
}

static struct disclosure_cell cell_of(const struct masking *masking, const struct mask *mask,
                                      enum change change, size_t row, size_t column)
{
    struct disclosure_cell cell = { .can_grow = true, .can_shrink = true };
    int64_t count = masking->table->counts[row][column], before;

    place_between_sums(masking->table, row, column, &cell);
    cell.cost = cost_of(masking->table, mask, row, column);
    if (change != CHANGES_EARLIER)
        limit_to(&cell, count, bounds_here(masking, mask, row, column));
    if (!masking->earlier)
        return cell;
    before = masking->earlier->counts[row][column];
    if (change != CHANGES_THIS) {
        enum cell_state state = masking->earlier_mask->cells[row][column];

        cell.cost = state == CELL_SHOWN ? MUST_STAY_SHOWN : 0;
        limit_to(&cell, before,
                 bounds_of_state(masking->earlier, masking->threshold, column, state));
    }
    if (masking->succession == INCLUDES_EARLIER && change == CHANGES_THIS)
        limit_to(&cell, count, (struct bounds){ before, NO_LIMIT });
    if (masking->succession == INCLUDES_EARLIER && change == CHANGES_EARLIER)
        limit_to(&cell, before, (struct bounds){ 0, count });
    return cell;
}

static struct disclosure_walk walk_through(const struct masking *masking, const struct mask *mask,
                                           enum change change, size_t row, size_t column)
{
    struct disclosure_cell cells[DISCLOSURE_CELLS_MOST];
    size_t width = (size_t)masking->table->columns + 1, height = (size_t)masking->table->rows + 1;

    for (size_t i = 0; i < height * width; i++)
        cells[i] = cell_of(masking, mask, change, i / width, i % width);
    return disclosure_walk(cells, height * width, row * width + column);
}

static bool can_vary(const struct masking *masking, const struct mask *mask, enum change change,
                     size_t row, size_t column)
{
    struct disclosure_walk walk = walk_through(masking, mask, change, row, column);

    return walk.exists && walk.cost == 0;
}

/* Hides what is needed for the cell to vary in this table alone; false when nothing helps. */
static bool hide_along_walk(const struct masking *masking, struct mask *mask, size_t row,
                            size_t column)
{
    struct disclosure_walk walk = walk_through(masking, mask, CHANGES_THIS, row, column);
    size_t width = (size_t)masking->table->columns + 1;

    if (!walk.exists)
        return false;
    for (size_t i = 0; i < walk.length; i++) {
        uint8_t *state = &mask->cells[walk.cells[i] / width][walk.cells[i] % width];

        if (*state == CELL_SHOWN)
            *state = CELL_PROTECTS;
    }
    return true;
}

/* The count here, the count in the earlier table, and the small difference of the two: each must
 * be able to be another while the rest of what is known stays. */
static bool protect_cell(const struct masking *masking, struct mask *mask, size_t row,
                         size_t column)
{
    bool here_alone = hide_along_walk(masking, mask, row, column), both, earlier_alone;

    if (!masking->earlier || masking->earlier_mask->cells[row][column] == CELL_SHOWN)
        return here_alone;
    both = can_vary(masking, mask, CHANGES_BOTH, row, column);
    earlier_alone = can_vary(masking, mask, CHANGES_EARLIER, row, column);
    if (change_is_small(masking, row, column) && !here_alone && !earlier_alone)
        return false;
    return both || (here_alone && earlier_alone);
}

static bool protect_cells(const struct masking *masking, struct mask *mask)
{
    for (size_t row = 0; row <= masking->table->rows; row++)
        for (size_t column = 0; column <= masking->table->columns; column++)
            if (mask->cells[row][column] != CELL_SHOWN && !protect_cell(masking, mask, row, column))
                return false;
    return true;
}

static struct mask make_mask(const struct masking *masking)
{
    struct mask mask = { 0 };

    if (masking->threshold == 0)
        return mask;
    hide_small_cells(masking, &mask);
    mask.is_withheld = !protect_cells(masking, &mask);
    return mask;
}

struct mask table_mask(const struct count_table *table, int64_t threshold)
{
    return make_mask(&(struct masking){ .table = table, .threshold = threshold });
}

struct mask table_mask_after(const struct count_table *earlier, const struct mask *earlier_mask,
                             const struct count_table *later, enum succession succession,
                             int64_t threshold)
{
    if (earlier_mask->is_withheld)
        return table_mask(later, threshold);
    return make_mask(&(struct masking){
        .table = later,
        .threshold = threshold,
        .earlier = earlier,
        .earlier_mask = earlier_mask,
        .succession = succession,
    });
}

/* --- what is shown ---------------------------------------------------------------------------- */

bool cell_is_shown(const struct mask *mask, size_t row, size_t column)
{
    return !mask->is_withheld && mask->cells[row][column] == CELL_SHOWN;
}

bool share_is_shown(const struct count_table *table, const struct mask *mask, size_t row,
                    size_t column, enum share_of of)
{
    size_t whole_row = of == SHARE_OF_ROW ? row : table->rows;
    size_t whole_column = of == SHARE_OF_COLUMN ? column : table->columns;

    return cell_is_shown(mask, row, column) && cell_is_shown(mask, whole_row, whole_column);
}

static const struct refusal *check_shared(const struct count_table *table, const struct mask *mask,
                                          const struct count_table *first)
{
    if (table->rows != first->rows)
        return &TABLE_SHARED_TOTALS_DIFFER;
    for (size_t row = 0; row <= table->rows; row++) {
        if (table->counts[row][table->columns] != first->counts[row][first->columns])
            return &TABLE_SHARED_TOTALS_DIFFER;
        if (!mask->is_withheld && !cell_is_shown(mask, row, table->columns))
            return &TABLE_SHARED_TOTAL_HIDDEN;
    }
    return ACCEPTED;
}

const struct refusal *tables_check_linked(const struct count_table tables[],
                                          const struct mask masks[], size_t count)
{
    const struct refusal *refusal = ACCEPTED;

    for (size_t i = 0; i < count && !refusal; i++)
        refusal = check_shared(&tables[i], &masks[i], &tables[0]);
    return refusal;
}

bool choice_is_shown(int64_t ticked, int64_t of, int64_t threshold)
{
    int64_t not_ticked = of - ticked;

    return (ticked == 0 || ticked >= threshold) && (not_ticked == 0 || not_ticked >= threshold);
}
