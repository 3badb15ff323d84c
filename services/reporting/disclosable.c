#include "services/reporting/figures.h"

#include <string.h>

/* --- a table of exclusive parts, built from the figures that stand in it ---------------------- */

enum { NO_CELL = TABLE_ROWS_MOST };

struct parts {
    bool is_known;
    struct count_table table; /* a row a part, the last one what no figure says; one column */
    uint64_t codes[TABLE_ROWS_MOST];
};

static bool stands_in(const struct figure_definition *figure, size_t table)
{
    return figure->table == table + 1;
}

/* The row of a figure's codes; the number of rows when they have none yet. */
static size_t row_of(const struct parts *parts, uint64_t codes)
{
    size_t row = 0;

    while (row < parts->table.rows && parts->codes[row] != codes)
        row++;
    return row;
}

static void put_part(struct parts *parts, const struct figure_definition *figure,
                     const struct standing *standing, int64_t *total)
{
    size_t row = row_of(parts, figure->numerator.codes);

    if (!standing->is_known || row + 1 >= TABLE_ROWS_MOST) {
        parts->is_known = false;
        return;
    }
    if (figure->numerator.codes == 0) {
        *total = standing->numerator;
        return;
    }
    if (figure->printed == PRINTED_AS_SHARE)
        *total = standing->denominator;
    if (row == parts->table.rows)
        parts->table.rows++;
    parts->codes[row] = figure->numerator.codes;
    parts->table.counts[row][0] = standing->numerator;
}

static void build_parts(const struct report_definition *report, size_t table,
                        const struct standing standings[], struct parts *parts)
{
    int64_t total = -1, rest;

    memset(parts, 0, sizeof *parts);
    parts->is_known = true;
    parts->table.columns = 1;
    for (size_t i = 0; report->figures[i].id && parts->is_known; i++)
        if (stands_in(&report->figures[i], table))
            put_part(parts, &report->figures[i], &standings[i], &total);
    rest = total;
    for (size_t row = 0; row < parts->table.rows; row++)
        rest -= parts->table.counts[row][0];
    parts->table.counts[parts->table.rows++][0] = rest;
    table_add_up(&parts->table);
    parts->is_known = parts->is_known && rest >= 0;
}

static bool part_is_shown(const struct parts *parts, const struct mask *mask,
                          const struct figure_definition *figure)
{
    size_t row =
        figure->numerator.codes == 0 ? parts->table.rows : row_of(parts, figure->numerator.codes);

    if (figure->printed == PRINTED_AS_SHARE)
        return share_is_shown(&parts->table, mask, row, 0, SHARE_OF_COLUMN);
    return cell_is_shown(mask, row, 0);
}

static void show_parts(const struct report_definition *report, size_t table,
                       const struct parts *parts, const struct mask *mask, bool shown[])
{
    for (size_t i = 0; report->figures[i].id; i++)
        if (stands_in(&report->figures[i], table))
            shown[i] = part_is_shown(parts, mask, &report->figures[i]);
}

static struct mask withheld(void)
{
    return (struct mask){ .is_withheld = true };
}

static struct mask mask_of(const struct parts *parts, int64_t threshold)
{
    if (!parts->is_known || table_check(&parts->table, threshold))
        return withheld();
    return table_mask(&parts->table, threshold);
}

static void disclose_parts(const struct report_definition *report, size_t table, int64_t threshold,
                           const struct standing now[], const struct standing frozen[],
                           bool shown[], bool frozen_shown[])
{
    struct parts parts, earlier;
    struct mask mask, earlier_mask;

    build_parts(report, table, now, &parts);
    mask = mask_of(&parts, threshold);
    if (frozen) {
        build_parts(report, table, frozen, &earlier);
        earlier_mask = mask_of(&earlier, threshold);
        if (!mask.is_withheld && !earlier_mask.is_withheld)
            mask = table_mask_after(&earlier.table, &earlier_mask, &parts.table, COUNTS_ANEW,
                                    threshold);
        show_parts(report, table, &earlier, &earlier_mask, frozen_shown);
    }
    show_parts(report, table, &parts, &mask, shown);
}

/* --- a table of choices ----------------------------------------------------------------------- */

/* A difference of a few tells of a few (SC-6 (6)). */
static bool change_is_harmless(int64_t now, int64_t before, int64_t threshold)
{
    int64_t change = now < before ? before - now : now - before;

    return change == 0 || change >= threshold;
}

static bool is_choice(const struct figure_definition *figure)
{
    return figure->printed == PRINTED_AS_SHARE || figure->printed == PRINTED_AS_MOST_FREQUENT;
}

static bool standing_is_shown(const struct standing *standing, int64_t threshold)
{
    return standing->is_known &&
           choice_is_shown(standing->numerator, standing->denominator, threshold);
}

static bool choice_and_change_are_shown(const struct standing *now, const struct standing *frozen,
                                        int64_t threshold)
{
    if (!standing_is_shown(now, threshold))
        return false;
    return !frozen || (standing_is_shown(frozen, threshold) &&
                       change_is_harmless(now->numerator, frozen->numerator, threshold) &&
                       change_is_harmless(now->denominator, frozen->denominator, threshold));
}

/* What is made of all choices would tell the one that is hidden. */
static void show_what_is_made_of_all(const struct report_definition *report, size_t table,
                                     bool shown[])
{
    bool all = true;

    for (size_t i = 0; report->figures[i].id; i++)
        if (stands_in(&report->figures[i], table) && is_choice(&report->figures[i]))
            all = all && shown[i];
    for (size_t i = 0; report->figures[i].id; i++)
        if (stands_in(&report->figures[i], table) && !is_choice(&report->figures[i]))
            shown[i] = all;
}

static void disclose_choices(const struct report_definition *report, size_t table,
                             int64_t threshold, const struct standing now[],
                             const struct standing frozen[], bool shown[], bool frozen_shown[])
{
    for (size_t i = 0; report->figures[i].id; i++) {
        if (!stands_in(&report->figures[i], table) || !is_choice(&report->figures[i]))
            continue;
        shown[i] = choice_and_change_are_shown(&now[i], frozen ? &frozen[i] : NULL, threshold);
        if (frozen)
            frozen_shown[i] = standing_is_shown(&frozen[i], threshold);
    }
    show_what_is_made_of_all(report, table, shown);
    if (frozen)
        show_what_is_made_of_all(report, table, frozen_shown);
}

/* --- all tables ------------------------------------------------------------------------------- */

static bool is_shown_with(const struct report_definition *report, const char *id,
                          const bool shown[])
{
    for (size_t i = 0; report->figures[i].id; i++)
        if (strcmp(report->figures[i].id, id) == 0)
            return shown[i];
    return false;
}

static void hide_together(const struct report_definition *report, bool shown[])
{
    for (size_t i = 0; report->figures[i].id; i++)
        if (report->figures[i].with)
            shown[i] = shown[i] && is_shown_with(report, report->figures[i].with, shown);
}

void reporting_disclosable(const struct report_definition *report,
                           const struct suppression_law *law, const struct standing now[],
                           const struct standing frozen[], bool shown[], bool frozen_shown[])
{
    for (size_t i = 0; report->figures[i].id; i++) {
        shown[i] = now[i].is_known;
        frozen_shown[i] = frozen && frozen[i].is_known;
    }
    for (size_t table = 0; report->tables[table].sort; table++) {
        int64_t threshold = suppression_threshold(law, VIEW_PUBLIC, report->tables[table].source);

        if (report->tables[table].sort == TABLE_OF_PARTS)
            disclose_parts(report, table, threshold, now, frozen, shown, frozen_shown);
        else
            disclose_choices(report, table, threshold, now, frozen, shown, frozen_shown);
    }
    hide_together(report, shown);
    hide_together(report, frozen_shown);
}
