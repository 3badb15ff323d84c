#include "services/reporting/columns.h"

#include <stdio.h>
#include <string.h>

const struct table reporting_numbers = { "numbers", &reporting__records__number__descriptor };
const struct table reporting_last = { "last_numbers", &reporting__records__number__descriptor };

enum { WORD_LONGEST = 60 };

/* --- numbers of rows -------------------------------------------------------------------------- */

static struct key key_of_kind(enum numbered kind)
{
    struct key key = { 0 };

    key_add_byte(&key, (uint8_t)kind);
    return key;
}

/* An empty key for what is no identifier: what is heard is another's, and apply cannot refuse. */
static struct key key_of(enum numbered kind, const char *id)
{
    struct key key = key_of_kind(kind);
    char word[WORD_LONGEST + 1];
    struct id parsed;

    if (kind < NUMBERED_DISTRICT) {
        if (!id_parse(id, &parsed))
            return (struct key){ 0 };
        key_add_id(&key, id);
        return key;
    }
    if (id[0] == '\0')
        return (struct key){ 0 };
    snprintf(word, sizeof word, "%s", id);
    key_add_text(&key, word);
    return key;
}

static uint32_t number_at(struct tables *tables, const struct table *table, struct key key)
{
    const Reporting__Records__Number *found = table_get(tables, table, key);

    return found ? found->number : 0;
}

static void put_number(struct tables *tables, const struct table *table, struct key key,
                       uint32_t number)
{
    Reporting__Records__Number row = REPORTING__RECORDS__NUMBER__INIT;

    row.number = number;
    table_put(tables, table, key, &row.base);
}

uint32_t reporting_number(struct tables *tables, enum numbered kind, const char *id)
{
    struct key key = key_of(kind, id);

    return key.length == 0 ? 0 : number_at(tables, &reporting_numbers, key);
}

uint32_t reporting_number_given(struct tables *tables, enum numbered kind, const char *id)
{
    struct key key = key_of(kind, id);
    uint32_t number = reporting_number(tables, kind, id);

    if (number != 0 || key.length == 0)
        return number;
    number = reporting_last_number(tables, kind) + 1;
    put_number(tables, &reporting_numbers, key, number);
    put_number(tables, &reporting_last, key_of_kind(kind), number);
    return number;
}

void reporting_number_forget(struct tables *tables, enum numbered kind, const char *id)
{
    struct key key = key_of(kind, id);

    if (key.length > 0)
        table_delete(tables, &reporting_numbers, key);
}

uint32_t reporting_last_number(struct tables *tables, enum numbered kind)
{
    return number_at(tables, &reporting_last, key_of_kind(kind));
}

/* --- one row ---------------------------------------------------------------------------------- */

/* Room for every column of the group; the block may have been written when it had fewer. */
static void widen(struct tables *tables, const struct column_group *group,
                  Reporting__Records__Block *block)
{
    size_t codes = (size_t)group->codes * ROWS_OF_BLOCK;
    size_t numbers = (size_t)group->numbers * ROWS_OF_BLOCK;
    uint8_t *wider_codes = arena_take(tables->arena, codes + 1);
    int32_t *wider_numbers = arena_take(tables->arena, (numbers + 1) * sizeof *wider_numbers);

    if (!wider_codes || !wider_numbers) {
        fault_set(&tables->fault, FAULT_MEMORY, "the arena is full widening %s", group->table.name);
        return;
    }
    if (block->codes.len > 0 && block->codes.len < codes)
        memcpy(wider_codes, block->codes.data, block->codes.len);
    if (block->n_numbers > 0 && block->n_numbers < numbers)
        memcpy(wider_numbers, block->numbers, block->n_numbers * sizeof *wider_numbers);
    if (block->codes.len < codes)
        block->codes = (ProtobufCBinaryData){ codes, wider_codes };
    if (block->n_numbers < numbers) {
        block->n_numbers = numbers;
        block->numbers = wider_numbers;
    }
}

static struct fact open_at(struct tables *tables, const struct column_group *group, struct key key,
                           uint32_t number)
{
    struct fact fact = { .tables = tables,
                         .group = group,
                         .key = key,
                         .row = number % ROWS_OF_BLOCK,
                         .block = table_get(tables, &group->table, key) };

    if (!fact.block) {
        fact.block = arena_take(tables->arena, sizeof *fact.block);
        if (!fact.block) {
            fault_set(&tables->fault, FAULT_MEMORY, "the arena is full opening %s",
                      group->table.name);
            return fact;
        }
        reporting__records__block__init(fact.block);
    }
    if (fact.block->codes.len < (size_t)group->codes * ROWS_OF_BLOCK ||
        fact.block->n_numbers < (size_t)group->numbers * ROWS_OF_BLOCK)
        widen(tables, group, fact.block);
    return fact;
}

struct fact reporting_fact_open(struct tables *tables, const struct column_group *group,
                                uint32_t number)
{
    return open_at(tables, group, key_number(number / ROWS_OF_BLOCK), number);
}

struct fact reporting_fact_open_of_year(struct tables *tables, const struct column_group *group,
                                        unsigned year, uint32_t number)
{
    struct key key = key_number(year);

    key_add_number(&key, number / ROWS_OF_BLOCK);
    return open_at(tables, group, key, number);
}

void reporting_fact_save(struct fact *fact)
{
    if (fact->block)
        table_put(fact->tables, &fact->group->table, fact->key, &fact->block->base);
}

unsigned reporting_fact_code(const struct fact *fact, unsigned column)
{
    return reporting_block_code(fact->block, column, fact->row);
}

int32_t reporting_fact_number(const struct fact *fact, unsigned column)
{
    return reporting_block_number(fact->block, column, fact->row);
}

void reporting_fact_set_code(struct fact *fact, unsigned column, int64_t code)
{
    size_t at = (size_t)column * ROWS_OF_BLOCK + fact->row;

    if (fact->block && at < fact->block->codes.len)
        fact->block->codes.data[at] = (uint8_t)(code < 0 ? 0 : code > UINT8_MAX ? UINT8_MAX : code);
}

void reporting_fact_set_number(struct fact *fact, unsigned column, int64_t number)
{
    size_t at = (size_t)column * ROWS_OF_BLOCK + fact->row;
    int64_t kept = number > INT32_MAX ? INT32_MAX : number < INT32_MIN ? INT32_MIN : number;

    if (fact->block && at < fact->block->n_numbers)
        fact->block->numbers[at] = (int32_t)kept;
}

void reporting_fact_set_date(struct fact *fact, unsigned column, const Tremplin__Date *field)
{
    struct date date = date_of(field);

    reporting_fact_set_number(fact, column,
                              INT64_C(10000) * date.year + INT64_C(100) * date.month + date.day);
}

/* --- all rows --------------------------------------------------------------------------------- */

unsigned reporting_block_code(const Reporting__Records__Block *block, unsigned column, unsigned row)
{
    size_t at = (size_t)column * ROWS_OF_BLOCK + row;

    return block && at < block->codes.len ? block->codes.data[at] : 0;
}

int32_t reporting_block_number(const Reporting__Records__Block *block, unsigned column,
                               unsigned row)
{
    size_t at = (size_t)column * ROWS_OF_BLOCK + row;

    return block && at < block->n_numbers ? block->numbers[at] : 0;
}

const Reporting__Records__Block *reporting_block_beside(struct tables *tables,
                                                        const struct column_group *group,
                                                        uint32_t block)
{
    return table_get(tables, &group->table, key_number(block));
}

struct scan reporting_scan_all(struct tables *tables, const struct column_group *group)
{
    return (struct scan){ .walk = walk_from(tables, &group->table, (struct key){ 0 }) };
}

struct scan reporting_scan_year(struct tables *tables, const struct column_group *group,
                                unsigned year)
{
    return (struct scan){ .walk = walk_from(tables, &group->table, key_number(year)),
                          .by_year = true };
}

bool reporting_scan_next(struct scan *scan)
{
    uint64_t part = 0;
    size_t at = 0;

    walk_forget(&scan->walk);
    scan->block = NULL;
    if (!walk_next(&scan->walk))
        return false;
    scan->block = scan->walk.value;
    if (scan->by_year)
        key_read_number(&scan->walk.key, &at, &part);
    key_read_number(&scan->walk.key, &at, &part);
    scan->number = (uint32_t)part;
    return true;
}
