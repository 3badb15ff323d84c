/* No count below the threshold can be told from a published table: not from its row, its column,
 * the totals, an earlier table, or a percentage. */
#include "services/reporting/rules/suppression.h"
#include "tests/rules/law.h"
#include "tests/rules/reporting/attacker.h"

/* A table of one column. */
static struct count_table list_of(const int64_t counts[], uint8_t count)
{
    struct count_table table = { .rows = count, .columns = 1 };

    for (size_t i = 0; i < count; i++)
        table.counts[i][0] = counts[i];
    table_add_up(&table);
    return table;
}

static struct count_table square_of(uint8_t rows, uint8_t columns, const int64_t counts[])
{
    struct count_table table = { .rows = rows, .columns = columns };

    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            table.counts[i][j] = counts[i * columns + j];
    table_add_up(&table);
    return table;
}

/* The mask as letters, a row a word: . shown, s small, p protects, b hidden before, c small change;
 * "withheld" for a whole table. */
static const char *letters(const struct count_table *table, const struct mask *mask,
                           char text[1024])
{
    size_t length = 0;

    if (mask->is_withheld)
        return "withheld";
    for (size_t i = 0; i <= table->rows; i++) {
        for (size_t j = 0; j <= table->columns; j++)
            text[length++] = ".spbc"[mask->cells[i][j]];
        text[length++] = i < table->rows ? ' ' : '\0';
    }
    return text;
}

static void thresholds(void)
{
    struct suppression_law law;

    law_on(suppression_law, DATE(2026, 11, 23), &law);
    about("thresholds (SC-1, SC-5, SC-7)");
    check_number(suppression_threshold(&law, VIEW_PUBLIC, SOURCE_HOUSEHOLDS), 5,
                 "5 for households");
    check_number(suppression_threshold(&law, VIEW_PUBLIC, SOURCE_INCOME), 11,
                 "11 where income or tax data are in");
    check_number(suppression_threshold(&law, VIEW_INTERNAL, SOURCE_HOUSEHOLDS), 0,
                 "none in the internal view");
    check_number(suppression_threshold(&law, VIEW_INTERNAL, SOURCE_INCOME), 0,
                 "none there for income either");
}

static void masks_by_hand(void)
{
    static const int64_t mous[] = { 2, 5, 3, 6, 5, 13 };
    static const int64_t situation[] = { 114, 45, 63, 2 };
    static const int64_t tenure[] = { 137, 49, 13, 25 };
    const struct {
        const char *what;
        struct count_table table;
        int64_t threshold;
        const char *wanted;
    } cases[] = {
        { "SC-7, F2-9: MOUS destinations 2 and 3 are hidden, and their sum of 5 leaves doubt",
          list_of(mous, 6), 5, "ss .. ss .. .. .. .." },
        { "SC-7, F1-26: 2 students are hidden, and the smallest other count with them",
          list_of(situation, 4), 5, ".. pp .. ss .." },
        { "F1-28: tenure has no small count", list_of(tenure, 4), 5, ".. .. .. .. .." },
        { "SC-1: nor at 11, where 13 is the smallest", list_of(tenure, 4), 11, ".. .. .. .. .." },
        { "SC-7: the internal view shows 2 and 3", list_of(mous, 6), 0, ".. .. .. .. .. .. .." },
        { "SC-6 (1): 4 is hidden at 5", square_of(1, 2, (int64_t[]){ 4, 30 }), 5, "sp. sp." },
        { "SC-6 (1): 5 is not", square_of(1, 2, (int64_t[]){ 5, 30 }), 5, "... ..." },
        { "SC-6 (1): 10 is hidden at 11", square_of(1, 2, (int64_t[]){ 10, 30 }), 11, "sp. sp." },
        { "SC-6 (1): 11 is not", square_of(1, 2, (int64_t[]){ 11, 30 }), 11, "... ..." },
        { "SC-6 (5): zeros are shown, and protect nothing",
          square_of(1, 3, (int64_t[]){ 0, 1, 30 }), 5, ".sp. .sp." },
        { "SC-6 (2): the smallest others complete the rectangle",
          square_of(3, 3, (int64_t[]){ 3, 20, 30, 21, 40, 50, 31, 41, 51 }), 5,
          "sp.. pp.. .... ...." },
        { "SC-6 (3): a total below the threshold is hidden like any count",
          square_of(2, 2, (int64_t[]){ 1, 2, 40, 50 }), 5, "sss ppp ..." },
        { "beyond SC-6: 4 and 4 of a hidden 8 would both be told, so 20 goes too",
          list_of((int64_t[]){ 4, 4, 20, 30 }, 4), 5, "ss ss pp .. .." },
        { "beyond SC-6: so would 1 and 1 of a hidden 2", list_of((int64_t[]){ 1, 1, 20, 30 }, 4), 5,
          "ss ss pp .. .." },
        { "2 and 3 of a hidden 5 are not told", list_of((int64_t[]){ 2, 3, 20, 30 }, 4), 5,
          "ss ss .. .. .." },
        { "nor 2 and 1 of a hidden 3", list_of((int64_t[]){ 2, 1, 20, 30 }, 4), 5,
          "ss ss .. .. .." },
        { "SC-6 (3): cells for 1,950 rather than totals for 1,013",
          square_of(3, 2, (int64_t[]){ 3, 1000, 5, 0, 50, 900 }), 5, "sp. ... pp. ..." },
        { "only 3 of 3: every non-zero cell says the same, from 1 to 4",
          list_of((int64_t[]){ 3, 0 }, 2), 5, "ss .. ss" },
        { "four times 1 makes 4, below 5: nothing else fits, so nothing is published",
          list_of((int64_t[]){ 1, 1, 1, 1 }, 4), 5, "withheld" },
        { "an empty table is shown", list_of((int64_t[]){ 0, 0 }, 2), 5, ".. .. .." },
        { "with one other count only, the total has to go", list_of((int64_t[]){ 3, 20, 0 }, 3), 5,
          "ss pp .. .." },
    };
    char text[1024];

    about("what is hidden: . shown, s small, p protects another; totals last in row and column");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mask mask = table_mask(&cases[i].table, cases[i].threshold);

        check(table_check(&cases[i].table, cases[i].threshold) == ACCEPTED &&
                  strcmp(letters(&cases[i].table, &mask, text), cases[i].wanted) == 0,
              "%s: %s (%s)", cases[i].what, cases[i].wanted, letters(&cases[i].table, &mask, text));
        check(attacker_recovers(&cases[i].table, &mask, cases[i].threshold, false) == 0,
              "and the attacker tells none");
    }
}

static void telling_zeros(void)
{
    struct count_table table = square_of(3, 2, (int64_t[]){ 0, 30, 20, 40, 0, 0 });
    struct mask mask;
    char text[1024];

    about("SC-6 (5): a zero that says something of a whole group");
    mask = table_mask(&table, 5);
    check_text(letters(&table, &mask, text), "... ... ... ...", "zeros are shown otherwise");
    table.telling_zeros = 1;
    mask = table_mask(&table, 5);
    check_text(letters(&table, &mask, text), "sp. pp. ... ...",
               "nobody of 30 in work is hidden; nobody of nobody is not");
    check_number(attacker_recovers(&table, &mask, 5, false), 0, "and the attacker tells none");
    table.telling_zeros = 2;
    mask = table_mask(&table, 5);
    check_text(letters(&table, &mask, text), "... ... ... ...",
               "the other column has no such zero");
    table = square_of(3, 2, (int64_t[]){ 0, 30, 1, 40, 20, 50 });
    table.telling_zeros = 1;
    mask = table_mask(&table, 5);
    check_text(letters(&table, &mask, text), "sp. sp. ... ...",
               "0 and 1 of a hidden 1 might be 1 and 0");
    table = square_of(1, 3, (int64_t[]){ 0, 1, 30 });
    table.telling_zeros = 1;
    check(table_mask(&table, 5).cells[0][0] == CELL_SMALL, "nobody of 31 tells");
    table = square_of(1, 2, (int64_t[]){ 0, 1 });
    table.telling_zeros = 1;
    check(table_mask(&table, 5).cells[0][0] == CELL_SMALL, "nobody of one tells");
    table = square_of(2, 2, (int64_t[]){ 0, 30, 0, 40 });
    table.telling_zeros = 1;
    mask = table_mask(&table, 5);
    check_text(letters(&table, &mask, text), "sp. sp. sp.",
               "nobody of all 70 tells as well: the column's total goes too");
    check_number(attacker_recovers(&table, &mask, 5, false), 0, "and the attacker tells none");
}

static void refused_tables(void)
{
    struct count_table good = square_of(2, 2, (int64_t[]){ 1, 2, 3, 4 }), bad;

    about("tables that cannot be judged");
    check(table_check(&good, 5) == ACCEPTED, "two rows and two columns");
    check(table_check(&good, 0) == ACCEPTED, "no threshold at all, for an internal view");
    check(table_check(&good, 3) == ACCEPTED, "a threshold of 3");
    check(table_check(&good, 2) == &TABLE_THRESHOLD_TOO_LOW, "a threshold of 2");
    check(table_check(&good, 1) == &TABLE_THRESHOLD_TOO_LOW, "a threshold of 1");
    check(table_check(&good, -1) == &TABLE_THRESHOLD_TOO_LOW, "a threshold of -1");
    bad = good, bad.rows = 0;
    check(table_check(&bad, 5) == &TABLE_SIZE, "no row");
    bad = good, bad.columns = 0;
    check(table_check(&bad, 5) == &TABLE_SIZE, "no column");
    bad = (struct count_table){ .rows = TABLE_ROWS_MOST, .columns = TABLE_COLUMNS_MOST };
    check(table_check(&bad, 5) == ACCEPTED, "the largest table");
    bad.rows++;
    check(table_check(&bad, 5) == &TABLE_SIZE, "one row more");
    bad.rows--, bad.columns++;
    check(table_check(&bad, 5) == &TABLE_SIZE, "one column more");
    bad = good, bad.counts[0][0] = -1;
    table_add_up(&bad);
    check(table_check(&bad, 5) == &TABLE_COUNT_OUT_OF_BOUNDS, "a negative count");
    bad = (struct count_table){ .rows = 1, .columns = 1 };
    check(table_check(&bad, 5) == ACCEPTED, "a single zero");
    bad.counts[0][0] = TABLE_COUNT_LARGEST;
    table_add_up(&bad);
    check(table_check(&bad, 5) == ACCEPTED, "a single largest count");
    bad.counts[0][0]++;
    table_add_up(&bad);
    check(table_check(&bad, 5) == &TABLE_COUNT_OUT_OF_BOUNDS, "one more");
    bad = square_of(2, 1, (int64_t[]){ TABLE_COUNT_LARGEST, 1 });
    check(table_check(&bad, 5) == &TABLE_COUNT_OUT_OF_BOUNDS, "a total of a column too large");
    bad = square_of(1, 2, (int64_t[]){ TABLE_COUNT_LARGEST, 1 });
    check(table_check(&bad, 5) == &TABLE_COUNT_OUT_OF_BOUNDS, "a total of a row too large");
    bad = good, bad.counts[1][0]++;
    check(table_check(&bad, 5) == &TABLE_DOES_NOT_ADD_UP, "a cell that its sums do not hold");
    bad = good, bad.counts[2][0]++;
    check(table_check(&bad, 5) == &TABLE_DOES_NOT_ADD_UP, "a wrong total of a column");
    bad = good, bad.counts[0][2]++;
    check(table_check(&bad, 5) == &TABLE_DOES_NOT_ADD_UP, "a wrong total of a row");
    bad = good, bad.counts[2][2]++;
    check(table_check(&bad, 5) == &TABLE_DOES_NOT_ADD_UP, "a wrong grand total");
    check_number(good.counts[2][2], 10, "1, 2, 3 and 4 make 10");
    check_number(good.counts[1][2], 7, "3 and 4 make 7");
    check_number(good.counts[2][1], 6, "2 and 4 make 6");
}

static void percentages(void)
{
    struct count_table table = square_of(3, 3, (int64_t[]){ 3, 20, 30, 21, 40, 50, 31, 41, 51 });
    struct mask mask = table_mask(&table, 5);
    struct count_table small = square_of(2, 2, (int64_t[]){ 1, 2, 40, 50 });
    struct mask small_mask = table_mask(&small, 5), withheld = { .is_withheld = true };

    about("SC-6 (4): percentages");
    check(!share_is_shown(&table, &mask, 0, 0, SHARE_OF_TABLE), "of a small count: hidden");
    check(!share_is_shown(&table, &mask, 1, 1, SHARE_OF_ROW), "of a protecting count: hidden");
    check(share_is_shown(&table, &mask, 2, 2, SHARE_OF_ROW), "of a shown count in its row: shown");
    check(share_is_shown(&table, &mask, 2, 2, SHARE_OF_COLUMN), "in its column: shown");
    check(share_is_shown(&table, &mask, 2, 2, SHARE_OF_TABLE), "in the table: shown");
    check(share_is_shown(&table, &mask, 3, 0, SHARE_OF_TABLE), "a total in the table: shown");
    small_mask.cells[0][0] = CELL_SHOWN;
    check(!share_is_shown(&small, &small_mask, 0, 0, SHARE_OF_ROW),
          "of a row whose total is hidden: hidden");
    check(share_is_shown(&small, &small_mask, 0, 0, SHARE_OF_COLUMN),
          "of a column whose total is shown: shown");
    small_mask.cells[2][0] = CELL_PROTECTS;
    check(!share_is_shown(&small, &small_mask, 0, 0, SHARE_OF_COLUMN),
          "of a column whose total is hidden: hidden");
    small_mask.cells[2][2] = CELL_PROTECTS;
    check(!share_is_shown(&small, &small_mask, 0, 0, SHARE_OF_TABLE),
          "of a table whose total is hidden: hidden");
    check(!share_is_shown(&table, &withheld, 2, 2, SHARE_OF_TABLE) &&
              !cell_is_shown(&withheld, 0, 0),
          "of a withheld table: hidden");

    about("several answers at once (F1-16 to F1-20), each a yes or a no of 224");
    check(choice_is_shown(34, 224, 5), "F1-20: 34 of 224 is shown");
    check(choice_is_shown(5, 224, 5), "5 is shown");
    check(!choice_is_shown(4, 224, 5), "4 is hidden");
    check(choice_is_shown(0, 224, 5), "0 is shown");
    check(choice_is_shown(219, 224, 5), "all but 5 is shown");
    check(!choice_is_shown(220, 224, 5), "all but 4 is hidden: the 4 would be told");
    check(choice_is_shown(224, 224, 5), "all is shown");
    check(choice_is_shown(2, 224, 0), "and everything inside");
    check(choice_is_shown(1, 2, 1), "a threshold of one hides nothing");
}

/* SC-6 (1) and (2) as written, and nothing more. */
static struct mask as_written(const struct count_table *table, int64_t threshold)
{
    struct mask mask = { 0 };
    bool changed = true;

    for (size_t i = 0; i <= table->rows; i++)
        for (size_t j = 0; j <= table->columns; j++)
            if (table->counts[i][j] > 0 && table->counts[i][j] < threshold)
                mask.cells[i][j] = CELL_SMALL;
    while (changed) {
        changed = false;
        for (size_t line = 0; line < (size_t)table->rows + table->columns; line++) {
            bool is_row = line < table->rows;
            size_t n = is_row ? table->columns : table->rows, hidden = 0, best = n;
            size_t at = is_row ? line : line - table->rows;

            for (size_t k = 0; k < n; k++) {
                size_t i = is_row ? at : k, j = is_row ? k : at;

                hidden += mask.cells[i][j] != CELL_SHOWN;
                if (mask.cells[i][j] == CELL_SHOWN && table->counts[i][j] > 0 &&
                    (best == n || table->counts[i][j] <
                                      (is_row ? table->counts[at][best] : table->counts[best][at])))
                    best = k;
            }
            if (hidden == 1 && best < n) {
                mask.cells[is_row ? at : best][is_row ? best : at] = CELL_PROTECTS;
                changed = true;
            }
        }
    }
    return mask;
}

static bool rule_is_kept(const struct count_table *table, const struct mask *mask,
                         int64_t threshold)
{
    bool kept = true;

    for (size_t i = 0; i <= table->rows; i++)
        for (size_t j = 0; j <= table->columns; j++) {
            int64_t count = table->counts[i][j];

            kept &= count == 0 || count >= threshold || !cell_is_shown(mask, i, j);
            kept &= count != 0 || mask->is_withheld || cell_is_shown(mask, i, j);
        }
    return kept;
}

static void attacked(int64_t threshold, size_t side, int64_t largest, int rounds, uint64_t seed)
{
    struct chance chance = { .state = seed };
    int withheld = 0, recovered = 0, naive = 0, kept = 0, bare = 0, broken = 0, spared = 0;

    for (int round = 0; round < rounds; round++) {
        struct count_table table = random_table(&chance, side, largest);
        struct mask mask = table_mask(&table, threshold), small = { 0 };
        struct mask written = as_written(&table, threshold);
        int told = attacker_recovers(&table, &mask, threshold, false);

        holds_or_report(told == 0, "table %d of seed %d: %d cells told", round, (int)seed, told);
        recovered += told;
        withheld += mask.is_withheld;
        kept += rule_is_kept(&table, &mask, threshold);
        for (size_t i = 0; i <= table.rows; i++)
            for (size_t j = 0; j <= table.columns; j++) {
                if (mask.cells[i][j] == CELL_SMALL)
                    small.cells[i][j] = CELL_SMALL;
                spared += cell_is_shown(&mask, i, j) && table.counts[i][j] > 0;
            }
        bare += attacker_recovers(&table, &small, threshold, true) > 0;
        broken = attacker_recovers(&table, &written, threshold, true);
        naive += broken > 0;
    }
    check(recovered == 0, "threshold %d, up to %dx%d, counts to %d, %d tables, seed %d: none told",
          (int)threshold, (int)side, (int)side, (int)largest, rounds, (int)seed);
    check(kept == rounds, "no small count is shown, no zero is hidden for nothing");
    check(bare > rounds / 10, "hiding only the small ones, he tells some in %d tables", bare);
    check(naive > 0, "with SC-6 as written, he tells some in %d", naive);
    check(withheld * 10 < rounds, "%d of %d are withheld whole", withheld, rounds);
    check(spared > rounds, "%d counts stay shown", spared);
}

static void periods_by_hand(void)
{
    static const struct {
        const char *what;
        int64_t before[4], after[4];
        enum succession succession;
        const char *wanted;
    } cases[] = {
        { "nothing changed, nothing small: all is shown",
          { 10, 20, 30, 40 },
          { 10, 20, 30, 40 },
          INCLUDES_EARLIER,
          "... ... ..." },
        { "5 more is shown",
          { 10, 20, 30, 40 },
          { 15, 20, 30, 40 },
          INCLUDES_EARLIER,
          "... ... ..." },
        { "4 more in one cell is 4 more in three totals, and all four could be 1 to 4",
          { 10, 20, 30, 40 },
          { 14, 20, 30, 40 },
          INCLUDES_EARLIER,
          "c.c ... c.c" },
        { "4 more beside many more is hidden, with three others",
          { 10, 20, 30, 40 },
          { 14, 40, 60, 90 },
          INCLUDES_EARLIER,
          "cp. pp. ..." },
        { "4 fewer on another day too",
          { 14, 40, 60, 90 },
          { 10, 60, 90, 120 },
          COUNTS_ANEW,
          "cp. pp. ..." },
        { "5 fewer is shown", { 15, 40, 60, 90 }, { 10, 60, 90, 120 }, COUNTS_ANEW, "... ... ..." },
        { "what was hidden stays hidden though it is large now",
          { 3, 20, 30, 40 },
          { 60, 70, 80, 90 },
          INCLUDES_EARLIER,
          "bb. bb. ..." },
    };
    char text[1024];

    about("SC-6 (6): a later table of two rows and two columns (b hidden before, c small change)");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct count_table before = square_of(2, 2, cases[i].before);
        struct count_table after = square_of(2, 2, cases[i].after);
        struct mask first = table_mask(&before, 5);
        struct mask mask = table_mask_after(&before, &first, &after, cases[i].succession, 5);

        check_text(letters(&after, &mask, text), cases[i].wanted, "%s: %s", cases[i].what,
                   cases[i].wanted);
    }
}

/* The attacker with both tables: he knows that counts which include earlier ones are no smaller,
 * and, of cells hidden for a small change, its direction and bound. */
static int told_by_both(const struct count_table *before, const struct mask *first,
                        const struct count_table *after, const struct mask *mask, bool includes)
{
    struct knowledge known = knowledge_of(after, mask, 5), was = knowledge_of(before, first, 5);
    int told = 0;

    for (size_t i = 0; i < known.rows; i++)
        for (size_t j = 0; j < known.columns; j++) {
            int64_t change = after->counts[i][j] - before->counts[i][j];

            if (mask->cells[i][j] == CELL_SHOWN)
                continue;
            if (mask->cells[i][j] == CELL_SMALL_CHANGE) {
                known.low[i][j] = before->counts[i][j] + (change > 0 ? 1 : -4);
                known.high[i][j] = before->counts[i][j] + (change > 0 ? 4 : -1);
                known.low[i][j] = known.low[i][j] < 0 ? 0 : known.low[i][j];
            }
            if (includes && known.low[i][j] < was.low[i][j])
                known.low[i][j] = was.low[i][j];
        }
    for (size_t i = 0; i < known.rows; i++)
        for (size_t j = 0; j < known.columns; j++)
            if (mask->cells[i][j] != CELL_SHOWN)
                told += !attacker_doubts(&known, i, j, after->counts[i][j]);
    return told;
}

static void periods_attacked(bool includes, uint64_t seed)
{
    struct chance chance = { .state = seed };
    int told = 0, alone = 0, withheld = 0, same_mask = 0, small_changes = 0, rounds = 3000;

    for (int round = 0; round < rounds; round++) {
        struct count_table before = random_table(&chance, 4, 30), after = before;
        struct mask first = table_mask(&before, 5), mask, naive;

        for (size_t i = 0; i < after.rows; i++)
            for (size_t j = 0; j < after.columns; j++)
                if (includes)
                    after.counts[i][j] +=
                        chance_between(&chance, 0, 1) * chance_between(&chance, 0, 25);
                else
                    after.counts[i][j] = chance_between(&chance, 0, 40);
        table_add_up(&after);
        mask =
            table_mask_after(&before, &first, &after, includes ? INCLUDES_EARLIER : COUNTS_ANEW, 5);
        naive = table_mask(&after, 5);
        withheld += mask.is_withheld;
        if (first.is_withheld)
            continue;
        for (size_t i = 0; i <= after.rows && !mask.is_withheld; i++)
            for (size_t j = 0; j <= after.columns; j++) {
                int64_t change = after.counts[i][j] - before.counts[i][j];

                same_mask += first.cells[i][j] != CELL_SHOWN && cell_is_shown(&mask, i, j);
                small_changes += change != 0 && change > -5 && change < 5 &&
                                 cell_is_shown(&first, i, j) && cell_is_shown(&mask, i, j);
            }
        if (!mask.is_withheld)
            told += told_by_both(&before, &first, &after, &mask, includes);
        if (includes && !naive.is_withheld)
            alone += told_by_both(&before, &first, &after, &naive, true);
    }
    about("SC-6 (6): 3,000 tables %s (seed %d)",
          includes ? "that include an earlier one" : "of another period", (int)seed);
    check(told == 0, "he tells no hidden count of the later table");
    check(same_mask == 0, "what was hidden stays hidden");
    check(small_changes == 0, "no difference below 5 is between two shown counts");
    check(!includes || alone > 0, "had the later table been masked by itself, he would tell %d",
          alone);
    check(withheld < rounds / 2, "%d of %d are withheld whole", withheld, rounds);
}

/* --- the attacker with both tables at once ---------------------------------------------------- */

struct both {
    struct knowledge earlier, later;
};

/* Narrows each table by its sums, and the two by each other: no later count below the earlier. */
static bool both_propagate(struct both *both, bool includes)
{
    bool moved = true;

    while (moved) {
        moved = false;
        if (!attacker_propagate(&both->earlier) || !attacker_propagate(&both->later))
            return false;
        for (size_t i = 0; includes && i < both->earlier.rows; i++)
            for (size_t j = 0; j < both->earlier.columns; j++)
                if (!attacker_narrow(&both->later.low[i][j], &both->later.high[i][j],
                                     both->earlier.low[i][j], INT64_MAX, &moved) ||
                    !attacker_narrow(&both->earlier.low[i][j], &both->earlier.high[i][j], 0,
                                     both->later.high[i][j], &moved))
                    return false;
    }
    return true;
}

static bool open_cell(struct knowledge *known, int64_t **low, int64_t **high)
{
    for (size_t i = 0; i < known->rows; i++)
        for (size_t j = 0; j < known->columns; j++)
            if (known->low[i][j] < known->high[i][j]) {
                *low = &known->low[i][j];
                *high = &known->high[i][j];
                return true;
            }
    return false;
}

static bool both_solve(const struct both *start, bool includes)
{
    static struct both stack[1024];
    size_t depth = 0;

    stack[depth++] = *start;
    while (depth > 0) {
        struct both lower = stack[--depth], upper;
        int64_t *low, *high;

        if (!both_propagate(&lower, includes))
            continue;
        if (!open_cell(&lower.earlier, &low, &high) && !open_cell(&lower.later, &low, &high))
            return true;
        ++*low;
        upper = lower;
        --*low;
        *high = *low;
        stack[depth++] = upper;
        stack[depth++] = lower;
    }
    return false;
}

/* Is there a solution in which the earlier count, the later one, or their difference is another? */
static bool both_doubt(const struct both *both, bool includes, size_t i, size_t j, int64_t before,
                       int64_t after, bool difference)
{
    for (int64_t a = both->earlier.low[i][j]; a <= both->earlier.high[i][j]; a++) {
        struct both below = *both, above;

        if (!difference && a == before)
            continue;
        below.earlier.low[i][j] = below.earlier.high[i][j] = a;
        above = below;
        if (difference) {
            int64_t told = after - before + a;

            below.later.high[i][j] =
                below.later.high[i][j] < told - 1 ? below.later.high[i][j] : told - 1;
            above.later.low[i][j] =
                above.later.low[i][j] > told + 1 ? above.later.low[i][j] : told + 1;
        }
        if ((below.later.low[i][j] <= below.later.high[i][j] && both_solve(&below, includes)) ||
            (above.later.low[i][j] <= above.later.high[i][j] && both_solve(&above, includes)))
            return true;
    }
    return false;
}

static void both_attacked(bool includes, uint64_t seed)
{
    struct chance chance = { .state = seed };
    int told = 0, differences = 0, withheld = 0, asked = 0, rounds = 1500;

    for (int round = 0; round < rounds; round++) {
        struct count_table before = random_table(&chance, 3, 9), after = before;
        struct mask first = table_mask(&before, 5), mask;
        struct both both;

        for (size_t i = 0; i < after.rows; i++)
            for (size_t j = 0; j < after.columns; j++)
                after.counts[i][j] = chance_between(&chance, 0, 1) * chance_between(&chance, 0, 3) +
                                     (includes ? before.counts[i][j] : 0);
        table_add_up(&after);
        mask =
            table_mask_after(&before, &first, &after, includes ? INCLUDES_EARLIER : COUNTS_ANEW, 5);
        withheld += mask.is_withheld;
        if (first.is_withheld || mask.is_withheld)
            continue;
        both.earlier = knowledge_of(&before, &first, 5);
        both.later = knowledge_of(&after, &mask, 5);
        for (size_t i = 0; i <= after.rows; i++)
            for (size_t j = 0; j <= after.columns; j++) {
                int64_t change = after.counts[i][j] - before.counts[i][j];

                if (mask.cells[i][j] == CELL_SMALL_CHANGE) {
                    both.later.low[i][j] = before.counts[i][j] + (change > 0 ? 1 : -4);
                    both.later.high[i][j] = before.counts[i][j] + (change > 0 ? 4 : -1);
                }
            }
        for (size_t i = 0; i <= after.rows; i++)
            for (size_t j = 0; j <= after.columns; j++) {
                int64_t change = after.counts[i][j] - before.counts[i][j];

                if (first.cells[i][j] == CELL_SHOWN)
                    continue;
                asked++;
                told += !both_doubt(&both, includes, i, j, before.counts[i][j], after.counts[i][j],
                                    false);
                if (change != 0 && change > -5 && change < 5)
                    differences += !both_doubt(&both, includes, i, j, before.counts[i][j],
                                               after.counts[i][j], true);
            }
    }
    about("SC-6 (6): both tables at once, %s (seed %d)",
          includes ? "the later including the earlier" : "of two periods", (int)seed);
    check(told == 0 && asked > rounds, "he tells none of %d hidden counts of the earlier table",
          asked);
    check(differences == 0, "nor any small difference");
    check(withheld < rounds / 2, "%d of %d are withheld whole", withheld, rounds);
}

static void after_a_withheld_table(void)
{
    struct count_table before = list_of((int64_t[]){ 1, 1, 1, 1 }, 4);
    struct count_table after = list_of((int64_t[]){ 3, 20, 30, 40 }, 4);
    struct mask first = table_mask(&before, 5), mask;
    char text[1024];

    mask = table_mask_after(&before, &first, &after, INCLUDES_EARLIER, 5);
    check_text(letters(&after, &mask, text), "ss pp .. .. ..",
               "SC-6 (6): a withheld table says nothing, so the next stands by itself");
    mask = table_mask_after(&after, &mask, &before, COUNTS_ANEW, 0);
    check_text(letters(&before, &mask, text), ".. .. .. .. ..",
               "SC-7: the internal view shows every period");
}

static void linked_tables(void)
{
    struct count_table tables[2] = { square_of(2, 2, (int64_t[]){ 10, 20, 30, 40 }),
                                     square_of(2, 3, (int64_t[]){ 8, 9, 13, 3, 27, 40 }) };
    struct mask masks[2] = { table_mask(&tables[0], 5), table_mask(&tables[1], 5) };

    about("SC-6 (6): tables that share the totals of their rows");
    check(tables_check_linked(tables, masks, 2) == ACCEPTED,
          "a table with hidden cells and shown totals may stand beside");
    tables[1].counts[0][0]++;
    table_add_up(&tables[1]);
    check(tables_check_linked(tables, masks, 2) == &TABLE_SHARED_TOTALS_DIFFER,
          "one household more is another population");
    tables[1] = square_of(3, 1, (int64_t[]){ 30, 70, 0 });
    check(tables_check_linked(tables, masks, 2) == &TABLE_SHARED_TOTALS_DIFFER,
          "other rows are another population");
    tables[0] = square_of(2, 2, (int64_t[]){ 1, 2, 30, 40 });
    tables[1] = square_of(2, 1, (int64_t[]){ 3, 70 });
    masks[0] = table_mask(&tables[0], 5);
    masks[1] = table_mask(&tables[1], 5);
    check(tables_check_linked(tables, masks, 2) == &TABLE_SHARED_TOTAL_HIDDEN,
          "a hidden shared total must be merged away");
    masks[1].is_withheld = true;
    check(tables_check_linked(tables, masks, 2) == &TABLE_SHARED_TOTAL_HIDDEN,
          "even when the first table is the only one shown");
    masks[1].is_withheld = false;
    masks[0].is_withheld = true;
    check(tables_check_linked(tables, masks, 1) == ACCEPTED, "a withheld table gives nothing away");
    check(tables_check_linked(tables, masks, 2) == &TABLE_SHARED_TOTAL_HIDDEN,
          "the one beside it is still asked");
    check(tables_check_linked(tables, masks, 0) == ACCEPTED, "no table at all");
}

int main(void)
{
    thresholds();
    masks_by_hand();
    telling_zeros();
    refused_tables();
    percentages();
    about("the attacker: every whole solution, knowing why each cell is hidden");
    attacked(5, 4, 12, 2000, 20260101);
    attacked(5, 3, 40, 2000, 20260102);
    attacked(11, 4, 30, 500, 20260103);
    attacked(5, 6, 15, 300, 20260104);
    periods_by_hand();
    periods_attacked(true, 20260105);
    periods_attacked(false, 20260106);
    both_attacked(true, 20260107);
    both_attacked(false, 20260108);
    after_a_withheld_table();
    linked_tables();
    return checks_done();
}
