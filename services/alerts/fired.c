/* fired.c - what a matter is, and which of its steps were raised, kept for ever */
#include "services/alerts/parts.h"

#include <stdio.h>
#include <string.h>

const struct table alerts_fired = { "fired", &alerts__records__reference__descriptor };

/* Texts that may be long take a bounded place: their beginning and a digest of the whole. */
static void add_short(struct key *key, const char *text)
{
    enum { LONGEST = 36, KEPT = 19 };
    uint64_t digest = UINT64_C(14695981039346656037); /* FNV-1a */
    char cut[KEPT + 17];

    if (text[0] == '\0')
        text = "-";
    if (strlen(text) <= LONGEST) {
        key_add_text(key, text);
        return;
    }
    for (const char *at = text; *at; at++)
        digest = (digest ^ (uint8_t)*at) * UINT64_C(1099511628211);
    snprintf(cut, sizeof cut, "%.*s%016llx", KEPT, text, (unsigned long long)digest);
    key_add_text(key, cut);
}

struct key alerts_fact_key(const char *rule, const char *subject, const char *aspect)
{
    struct key key = key_text(rule);

    add_short(&key, subject);
    if (aspect)
        add_short(&key, aspect);
    return key;
}

struct key alerts_due_key(const char *rule, const char *subject, const char *aspect,
                          struct date due)
{
    struct key key = alerts_fact_key(rule, subject, aspect ? aspect : "");

    key_add_date(&key, due);
    return key;
}

struct key alerts_fired_key(const char *rule, const char *subject, const char *aspect,
                            struct date due, uint32_t step)
{
    struct key key = alerts_due_key(rule, subject, aspect, due);

    key_add_byte(&key, (uint8_t)step);
    return key;
}

/* The steps already raised under this very identity: each is raised once, and the latest of them
 * once more each time the matter opens again (step.c). */
uint64_t alerts_fired_before(struct work *work, const struct fact *fact)
{
    struct key key = alerts_due_key(fact->rule, fact->subject, fact->aspect, fact->due);
    struct walk walk = walk_from(work->tables, &alerts_fired, key);
    uint64_t done = 0;

    while (walk_next(&walk)) {
        size_t at = key.length;
        uint8_t step;

        if (key_read_byte(&walk.key, &at, &step) && step < STEPS_MOST)
            done |= UINT64_C(1) << step;
        walk_forget(&walk);
    }
    return done;
}
