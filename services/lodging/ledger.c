/* An account line by line, with the words that people wrote. */
#include "services/lodging/accounts.h"

static const char *kind_of(Lodging__Records__LineKind kind)
{
    switch (kind) {
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_FEE: return "FEE";
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_PAYMENT: return "PAYMENT";
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_AID: return "AID";
    default: return "ADJUSTMENT";
    }
}

static Lodging__LedgerLine *tell_line(struct work *work, uint32_t number,
                                      const Lodging__Records__Line *line)
{
    Lodging__LedgerLine *told = arena_take(work->arena, sizeof *told);

    if (!told)
        return NULL;
    lodging__ledger_line__init(told);
    told->number = number;
    told->kind = lodging_text(kind_of(line->kind));
    told->on = line->on;
    told->term = line->term;
    told->amount = line->amount;
    told->method = line->method;
    told->reference = lodging_in_clear(work, line->reference);
    told->reason = line->reason;
    return told;
}

/* Lines are numbered from 0 in their keys, without a gap. */
const struct refusal *lodging_on_ledger(struct work *work, const void *body)
{
    const Lodging__LedgerQuery *asked = body;
    const Lodging__Records__Account *row =
        table_get(work->tables, &lodging_accounts, key_id(asked->account));
    Lodging__LedgerReply reply = LODGING__LEDGER_REPLY__INIT;
    uint32_t most = lodging_most(asked->most);

    if (!row)
        return not_known(work, "account", asked->account);
    reply.lines = arena_take(work->arena, most * sizeof *reply.lines);
    for (uint32_t at = asked->after; reply.lines && at < row->lines && reply.n_lines < most; at++) {
        struct key key = key_id(asked->account);
        const Lodging__Records__Line *line;

        key_add_number(&key, at);
        line = table_get(work->tables, &lodging_account_lines, key);
        reply.lines[reply.n_lines] = line ? tell_line(work, at + 1, line) : NULL;
        if (!reply.lines[reply.n_lines])
            break;
        reply.n_lines++;
    }
    reply.more = asked->after + reply.n_lines < row->lines;
    work_reply(work, &reply.base);
    return ACCEPTED;
}
