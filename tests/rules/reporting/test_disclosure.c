/* A hidden count can be told from its sums exactly when no closed walk of hidden cells passes
 * through it: checked by hand and against an attacker who searches every whole solution. */
#include "services/reporting/rules/disclosure.h"
#include "tests/rules/reporting/attacker.h"

/* A square of four cells between rows 0, 1 and columns 2, 3. */
static void square(struct disclosure_cell cells[4])
{
    static const uint8_t sums[4][2] = { { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 } };

    for (size_t i = 0; i < 4; i++)
        cells[i] = (struct disclosure_cell){ sums[i][0], sums[i][1], true, true, 0 };
}

static bool walk_holds(const struct disclosure_walk *walk, size_t cell)
{
    bool holds = false;

    for (size_t i = 0; i < walk->length; i++)
        holds |= walk->cells[i] == cell;
    return holds;
}

static void by_hand(void)
{
    struct disclosure_cell cells[6];
    struct disclosure_walk walk;

    about("four hidden corners of two rows and two columns");
    square(cells);
    walk = disclosure_walk(cells, 4, 0);
    check(walk.exists && walk.cost == 0 && walk.length == 4,
          "one more, one less, round the square");
    check(walk_holds(&walk, 0) && walk_holds(&walk, 1) && walk_holds(&walk, 2) &&
              walk_holds(&walk, 3),
          "through each of the four");
    cells[0].can_grow = false;
    check(disclosure_walk(cells, 4, 0).exists, "the first cannot grow: it shrinks");
    cells[0].can_shrink = false;
    check(!disclosure_walk(cells, 4, 0).exists, "neither: it is told");
    check(!disclosure_walk(cells, 4, 3).exists, "and so is the opposite one");

    about("a walk needs one direction all the way round");
    square(cells);
    cells[0].can_shrink = false;
    cells[3].can_shrink = false;
    check(disclosure_walk(cells, 4, 1).exists, "both diagonal cells may grow: the others shrink");
    cells[3].can_shrink = true;
    cells[3].can_grow = false;
    check(!disclosure_walk(cells, 4, 1).exists,
          "one may only grow and the opposite only shrink: all four are told");
    check(!disclosure_walk(cells, 4, 0).exists && !disclosure_walk(cells, 4, 3).exists,
          "the two themselves as well");

    about("the cheapest cells to hide");
    square(cells);
    cells[2].cost = 7;
    cells[3].cost = 5;
    walk = disclosure_walk(cells, 4, 0);
    check_number(walk.cost, 12, "two shown cells complete the square for 7 and 5");
    check_number(disclosure_walk(cells, 4, 3).cost, 12, "asked from one of them, the same");
    cells[4] = (struct disclosure_cell){ 0, 2, true, true, 11 };
    walk = disclosure_walk(cells, 5, 0);
    check(walk.cost == 11 && walk.length == 2, "a parallel cell for 11 is cheaper than 12");
    cells[4].cost = 12;
    check_number(disclosure_walk(cells, 5, 0).cost, 12, "and no dearer at 12");
    cells[4].cost = -1;
    check_number(disclosure_walk(cells, 5, 0).cost, 12, "a cell that must stay shown is no way");
    check(!disclosure_walk(cells, 5, 4).exists, "nor can it be asked about");
    cells[4] = (struct disclosure_cell){ 0, 2, true, false, 3 };
    check_number(disclosure_walk(cells, 5, 0).cost, 3, "a cell that only grows lets it shrink");
    cells[0].can_shrink = false;
    check_number(disclosure_walk(cells, 5, 0).cost, 12, "unless it cannot");
    cells[4] = (struct disclosure_cell){ 0, 2, false, true, 3 };
    check_number(disclosure_walk(cells, 5, 0).cost, 3, "a cell that only shrinks lets it grow");
    check(!disclosure_walk(cells, 1, 0).exists, "a cell alone is told");
}

/* The same table as the rule sees it, from this test's own reading of what is known. */
static size_t cells_known(const struct count_table *table, const struct knowledge *known,
                          const struct mask *mask, struct disclosure_cell cells[])
{
    size_t count = 0;

    for (size_t i = 0; i < known->rows; i++)
        for (size_t j = 0; j < known->columns; j++) {
            bool total_of_one = (i + 1 == known->rows) != (j + 1 == known->columns);
            uint8_t row = (uint8_t)i, column = (uint8_t)(known->rows + j);

            cells[count++] = (struct disclosure_cell){
                .from = total_of_one ? column : row,
                .to = total_of_one ? row : column,
                .can_grow =
                    table->counts[i][j]<known->high[i][j], .can_shrink = table->counts[i][j]> known
                        ->low[i][j],
                .cost = mask->cells[i][j] == CELL_SHOWN ? -1 : 0,
            };
        }
    return count;
}

static void against_the_attacker(void)
{
    struct chance chance = { .state = 20260001 };
    int asked = 0, told = 0, wrong = 0;

    about("3,000 generated tables with cells hidden at random (seed 20260001)");
    for (int round = 0; round < 3000; round++) {
        struct count_table table = random_table(&chance, 4, 9);
        struct mask mask = { 0 };
        struct knowledge known;
        struct disclosure_cell cells[64];
        size_t count;

        for (size_t i = 0; i <= table.rows; i++)
            for (size_t j = 0; j <= table.columns; j++)
                if (chance_between(&chance, 0, 1) == 1)
                    mask.cells[i][j] = table.counts[i][j] == 0  ? CELL_HIDDEN_BEFORE
                                       : table.counts[i][j] < 5 ? CELL_SMALL
                                                                : CELL_PROTECTS;
        known = knowledge_of(&table, &mask, 5);
        count = cells_known(&table, &known, &mask, cells);
        for (size_t k = 0; k < count; k++) {
            bool doubts, walks;

            if (cells[k].cost < 0)
                continue;
            doubts = attacker_doubts(&known, k / known.columns, k % known.columns,
                                     table.counts[k / known.columns][k % known.columns]);
            walks = disclosure_walk(cells, count, k).exists;
            asked++;
            told += !doubts;
            wrong += doubts != walks;
        }
    }
    check(wrong == 0, "of %d hidden cells the attacker tells %d, and the rule says the same of all",
          asked, told);
    check(asked > 5000 && told > 1000 && asked - told > 1000, "both kinds are many");
}

int main(void)
{
    by_hand();
    against_the_attacker();
    return checks_done();
}
