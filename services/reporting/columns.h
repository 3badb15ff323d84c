/* columns.h - facts in columns: a row a fact, a number a row, 128 rows a block
 *
 * An identifier gets the next number of its kind at the first event that names
 * it, so numbers are dense, in the order of the journal, and the same again at
 * each replay.  Rows 0 to 127 are the first block, and so on; a block is one
 * value of a table, its columns one after the other, under its big-endian
 * number.  A report thus reads a table from end to end, each block unpacked by
 * two copies, and looks at a column as at an array; a change rewrites one
 * block of a few kB.  Number 0 is no row: a cell that points to a row and
 * holds 0 points nowhere.
 *
 * Columns that are written together form a group, a table of its own.
 */
#ifndef SERVICES_REPORTING_COLUMNS_H
#define SERVICES_REPORTING_COLUMNS_H

#include "libcommon/service.h"
#include "services/reporting/records.pb-c.h"

enum { ROWS_OF_BLOCK = 128 };

/* --- numbers of rows -------------------------------------------------------------------------- */

enum numbered {
    NUMBERED_HOUSEHOLD = 1,
    NUMBERED_MEASURE,
    NUMBERED_AGREEMENT,
    NUMBERED_LINE,
    NUMBERED_WORKER,
    NUMBERED_RESIDENCE,
    NUMBERED_UNIT,
    NUMBERED_STAY,
    NUMBERED_VACANCY,
    NUMBERED_DISTRICT, /* from here on, words of the organisation's instead of identifiers */
    NUMBERED_OPERATOR,
    NUMBERED_PROGRAMME,
};

extern const struct table reporting_numbers; /* kind, identifier or word -> number */
extern const struct table reporting_last;    /* kind -> the last number given */

/* The number, or 0 when it has none. */
uint32_t reporting_number(struct tables *tables, enum numbered kind, const char *id);
/* The same, given now when it has none; 0 only for what is no identifier.  From apply only. */
uint32_t reporting_number_given(struct tables *tables, enum numbered kind, const char *id);
/* Takes the identifier off its row, which stays. */
void reporting_number_forget(struct tables *tables, enum numbered kind, const char *id);
uint32_t reporting_last_number(struct tables *tables, enum numbered kind);

/* --- one row ---------------------------------------------------------------------------------- */

struct column_group {
    struct table table;
    uint8_t codes; /* how many columns of each sort */
    uint8_t numbers;
};

/* A row of a group, with its block.  Rows of two groups, or of one block, are opened one after the
 * other: saved before the next is opened. */
struct fact {
    struct tables *tables;
    const struct column_group *group;
    struct key key;
    unsigned row;
    Reporting__Records__Block *block;
};

struct fact reporting_fact_open(struct tables *tables, const struct column_group *group,
                                uint32_t number);
/* Of facts that are kept by year. */
struct fact reporting_fact_open_of_year(struct tables *tables, const struct column_group *group,
                                        unsigned year, uint32_t number);
void reporting_fact_save(struct fact *fact);

unsigned reporting_fact_code(const struct fact *fact, unsigned column);
int32_t reporting_fact_number(const struct fact *fact, unsigned column);
/* What a cell cannot hold is kept as the largest it can. */
void reporting_fact_set_code(struct fact *fact, unsigned column, int64_t code);
void reporting_fact_set_number(struct fact *fact, unsigned column, int64_t number);
void reporting_fact_set_date(struct fact *fact, unsigned column, const Tremplin__Date *date);

/* --- all rows --------------------------------------------------------------------------------- */

/* A cell of a block; 0 of none. */
unsigned reporting_block_code(const Reporting__Records__Block *block, unsigned column,
                              unsigned row);
int32_t reporting_block_number(const Reporting__Records__Block *block, unsigned column,
                               unsigned row);
/* Another group's block with the same rows; NULL when it has none. */
const Reporting__Records__Block *reporting_block_beside(struct tables *tables,
                                                        const struct column_group *group,
                                                        uint32_t block);

/* Block after block; each is forgotten when the next one is asked for, with whatever was taken from
 * the arena meanwhile. */
struct scan {
    struct walk walk;
    bool by_year;
    uint32_t number; /* of the block at hand */
    const Reporting__Records__Block *block;
};
struct scan reporting_scan_all(struct tables *tables, const struct column_group *group);
struct scan reporting_scan_year(struct tables *tables, const struct column_group *group,
                                unsigned year);
bool reporting_scan_next(struct scan *scan);

#endif
