/* Bad input gets an answer that names the field, and nothing is written: every method of every
 * service, every field wrong in every way that its type knows, in a world where commands that are
 * done have made households, measures, units, accounts. */
#include "tests/check.h"
#include "tests/world.h"
#include "tests/wrong.h"

#include <stdlib.h>
#ifdef HAS_INTAKE
#include "services/intake/intake.h"
#endif
#ifdef HAS_MEASURES
#include "services/measures/measures.h"
#endif
#ifdef HAS_LODGING
#include "services/lodging/lodging.h"
#endif
#ifdef HAS_ALERTS
#include "services/alerts/alerts.h"
#endif
#ifdef HAS_REPORTING
#include "services/reporting/reporting.h"
#endif

#define START DATE(2020, 1, 6)

enum { ROUNDS = 100, TRIES = 60, METHODS_MOST = 400 };

struct target {
    const char *service;
    const ProtobufCMethodDescriptor *method;
    bool is_query;
    char name[96];
    bool was_done;
};

static struct target targets[METHODS_MOST];
static size_t target_count;
static uint8_t room[WRONG_MESSAGE_MOST];
static int asked, done, refused;

static void add_methods(const char *service, const char *prefix,
                        const ProtobufCServiceDescriptor *declared, bool is_query)
{
    for (unsigned i = 0; declared && i < declared->n_methods && target_count < METHODS_MOST; i++) {
        struct target *target = &targets[target_count++];

        *target = (struct target){ service, &declared->methods[i], is_query, "", false };
        snprintf(target->name, sizeof target->name, "%s.%s", prefix, declared->methods[i].name);
    }
}

static void add(struct world *world, const struct service *service)
{
    world_add(world, service, NULL);
    add_methods(service->name, service->name, service->commands, false);
    add_methods(service->name, service->name, service->queries, true);
    add_methods(service->name, "Runtime", &tremplin__runtime_commands__descriptor, false);
    add_methods(service->name, "Runtime", &tremplin__runtime_queries__descriptor, true);
}

static void add_all(struct world *world)
{
    (void)world;
#ifdef HAS_INTAKE
    add(world, &intake_service);
#endif
#ifdef HAS_MEASURES
    add(world, &measures_service);
#endif
#ifdef HAS_LODGING
    add(world, &lodging_service);
#endif
#ifdef HAS_ALERTS
    add(world, &alerts_service);
#endif
#ifdef HAS_REPORTING
    add(world, &reporting_service);
#endif
}

/* --- one answer ------------------------------------------------------------------------------- */

static bool is_code(const char *text)
{
    return *text >= 'A' && *text <= 'Z' &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(text);
}

/* Says each fault once for each method: a wrong handler is wrong many times. */
static void complain(const struct target *target, const struct answer *answer, const char *what,
                     const char *why)
{
    static char said[400][160];
    static size_t count;
    char line[160];

    snprintf(line, sizeof line, "%s %s %s %s", target->name, answer->code, answer->field, why);
    for (size_t i = 0; i < count; i++)
        if (strcmp(said[i], line) == 0)
            return;
    if (count < 400)
        memcpy(said[count++], line, sizeof line);
    check(false, "%s, %s: %s (%s, field \"%s\")", target->name, what, why, answer->code,
          answer->field);
}

static void look(struct world *world, const struct target *target, const struct answer *answer,
                 const char *what, uint64_t head)
{
    asked++;
    if (answer->status == TREMPLIN__STATUS__STATUS_DONE) {
        done++;
        if (target->is_query &&
            runtime_journal(world_runtime(world, target->service))->committed != head)
            complain(target, answer, what, "a query wrote");
        return;
    }
    refused++;
    if (answer->status != TREMPLIN__STATUS__STATUS_REFUSED)
        complain(target, answer, what,
                 answer->status == 0 ? "no answer" : "neither done nor refused");
    else if (!is_code(answer->code))
        complain(target, answer, what, "a refusal without a code");
    else if (!*answer->french || !*answer->english || strcmp(answer->french, answer->english) == 0)
        complain(target, answer, what, "a refusal without its two sentences");
    else if (!wrong_field_is_of(target->method->input, answer->field))
        complain(target, answer, what, "names a field that the message does not have");
    if (runtime_journal(world_runtime(world, target->service))->committed != head)
        complain(target, answer, what, "something was written");
}

static struct answer call(struct world *world, const struct target *target, struct bytes body,
                          const char *what)
{
    uint64_t head = runtime_journal(world_runtime(world, target->service))->committed;
    struct answer answer = world_call_bytes(world, target->service, target->name, body);

    look(world, target, &answer, what, head);
    return answer;
}

/* --- a command as it may be ------------------------------------------------------------------- */

/* Chooses until it is done; what was chosen last is in the draft. */
static void climb(struct world *world, struct target *target, struct draft *draft)
{
    for (int i = 0; i < TRIES; i++) {
        size_t mark = world_mark(world);
        struct answer answer =
            call(world, target, draft_write(draft, NO_LEAF, WRONG_NOT, room), "as it may be");
        bool is_done = answer.status == TREMPLIN__STATUS__STATUS_DONE;

        if (!is_done)
            draft_redraw(draft, answer.field);
        if (getenv("TREMPLIN_TEST_ANSWERS"))
            printf("# %s: %s %s\n", target->name, answer.code, answer.field);
        world_forget(world, mark);
        if (is_done && !target->is_query && !world_settle(world))
            check(false, "%s: the services do not settle after it", target->name);
        target->was_done |= is_done;
        if (is_done)
            return;
    }
}

static bool moves_the_clock(const struct target *target)
{
    return strcmp(target->name, "Runtime.MoveClock") == 0;
}

/* Identifiers that commands, days and deadlines made. */
static void learn_event(void *context, const Tremplin__Header *header,
                        const ProtobufCMessage *event)
{
    uint64_t *seen = context;

    if (header->sequence <= *seen)
        return;
    *seen = header->sequence;
    if (event)
        wrong_learn(event);
}

static void learn_all(struct world *world)
{
    static uint64_t seen[METHODS_MOST]; /* at a service's first method */
    const char *last = "";

    for (size_t i = 0; i < target_count; i++) {
        if (strcmp(targets[i].service, last) != 0)
            world_events(world, targets[i].service, learn_event, &seen[i]);
        last = targets[i].service;
    }
}

/* What ends things is asked less often, so that there are things. */
static bool ends_something(const struct target *target)
{
    static const char *const ends[] = { "Cancel", "Withdraw", "Stop", "Refuse",
                                        "Erase",  "End",      "Close" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strncmp(target->method->name, ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

/* Some commands, in no order. */
static void climb_all(struct world *world, unsigned round, struct chance *chance)
{
    static struct draft draft;

    for (size_t n = 0; n < target_count; n++) {
        struct target *target = &targets[chance_between(chance, 0, (int64_t)target_count - 1)];

        if (target->is_query || moves_the_clock(target) ||
            strncmp(target->name, "Runtime.", 8) == 0 ||
            (ends_something(target) && chance_between(chance, 0, 15) > 0))
            continue;
        draft_open(&draft, target->method->input, civil_date_at(world_now_ms(world)), round,
                   (uint64_t)chance_between(chance, 0, INT32_MAX));
        climb(world, target, &draft);
    }
}

/* --- the same made wrong ---------------------------------------------------------------------- */

static void check_form(const struct target *target, const struct answer *answer,
                       const struct leaf *leaf, enum wrong how, const char *what)
{
    size_t length = strlen(leaf->path);
    bool too_large = strcmp(answer->code, "MESSAGE_TOO_LARGE") == 0;
    const char *end = strstr(leaf->path, "[0]");
    /* A list as a whole is named without an index. */
    if (how == WRONG_LIST_LONG && end && end[3] == '\0')
        length -= 3;

    if (answer->status != TREMPLIN__STATUS__STATUS_REFUSED)
        complain(target, answer, what, "is not refused");
    else if (strncmp(answer->field, leaf->path, length) != 0 && !too_large)
        complain(target, answer, what, "another field is named");
}

/* What was left out leads to nothing, but that is no answer: it was left out. */
static void check_missing(const struct target *target, const struct answer *answer,
                          const struct leaf *leaf, const char *what)
{
    if (leaf->kind == LEAF_TEXT && strcmp(answer->field, leaf->path) == 0 &&
        (strcmp(answer->code, "NOT_KNOWN") == 0 ||
         strcmp(answer->code, "FIELD_NOT_AN_IDENTIFIER") == 0))
        complain(target, answer, what, "is not told that it is missing");
}

static void make_wrong(struct world *world, struct target *target, const struct draft *draft,
                       int leaf, enum wrong how)
{
    size_t mark = world_mark(world);
    struct answer answer;
    char what[200];

    snprintf(what, sizeof what, "%s %s", draft->leaves[leaf].path, wrong_name(how));
    answer = call(world, target, draft_write(draft, leaf, how, room), what);
    if (wrong_is_of_form(how))
        check_form(target, &answer, &draft->leaves[leaf], how, what);
    if (how == WRONG_ABSENT || how == WRONG_EMPTY)
        check_missing(target, &answer, &draft->leaves[leaf], what);
    if (answer.status == TREMPLIN__STATUS__STATUS_DONE && !target->is_query && !world_settle(world))
        check(false, "%s, %s: the services do not settle after it", target->name, what);
    world_forget(world, mark);
}

/* Bytes that are no message of the type, or not only one. */
static void make_rubbish(struct world *world, struct target *target, const struct draft *draft,
                         struct chance *chance)
{
    static const uint8_t unknown[] = { 0xFA, 0xFF, 0x7F, 0x01, 'x' };
    struct bytes fitting = draft_write(draft, NO_LEAF, WRONG_NOT, room);
    struct answer answer;
    size_t mark = world_mark(world);

    memcpy(room + fitting.length, unknown, sizeof unknown);
    answer = call(world, target, (struct bytes){ room, fitting.length + sizeof unknown },
                  "an unknown field");
    if (strcmp(answer.code, "FIELD_UNKNOWN") != 0)
        complain(target, &answer, "an unknown field", "is not refused as one");
    for (int i = 0; i < 8; i++) {
        fitting = draft_write(draft, NO_LEAF, WRONG_NOT, room);
        if (i < 4)
            for (size_t n = 0; n < 64; n++)
                room[n] = (uint8_t)chance_between(chance, 0, 255);
        else if (fitting.length > 0)
            room[chance_between(chance, 0, (int64_t)fitting.length - 1)] ^=
                (uint8_t)(1 << chance_between(chance, 0, 7));
        fitting.length = i < 4 ? 64 : fitting.length;
        call(world, target, fitting, "rubbish");
        world_settle(world);
        fitting = draft_write(draft, NO_LEAF, WRONG_NOT, room);
        fitting.length = (size_t)chance_between(chance, 0, (int64_t)fitting.length);
        call(world, target, fitting, "cut off");
        world_settle(world);
    }
    memset(room, 'a', 70000);
    answer = call(world, target, (struct bytes){ room, 70000 }, "70,000 bytes");
    if (strcmp(answer.code, "MESSAGE_TOO_LARGE") != 0)
        complain(target, &answer, "70,000 bytes", "is not refused as too large");
    world_forget(world, mark);
}

static void make_all_wrong(struct world *world, uint64_t seed)
{
    static struct draft draft;
    struct chance chance = { seed };

    for (size_t i = 0; i < target_count; i++) {
        struct target *target = &targets[i];

        if (moves_the_clock(target))
            continue;
        draft_open(&draft, target->method->input, civil_date_at(world_now_ms(world)), ROUNDS,
                   seed + i);
        climb(world, target, &draft);
        for (int leaf = 0; leaf < draft.count; leaf++)
            for (enum wrong how = WRONG_NOT; how < WRONG_END; how++)
                if (wrong_applies(&draft.leaves[leaf], how))
                    make_wrong(world, target, &draft, leaf, how);
        make_rubbish(world, target, &draft, &chance);
    }
}

/* --- nothing said ----------------------------------------------------------------------------- */

static bool is_text(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED;
}

/* One that tells of many needs not be told which. */
static bool answers_a_page(const struct target *target)
{
    return protobuf_c_message_descriptor_get_field_by_name(target->method->output, "more") ||
           protobuf_c_message_descriptor_get_field_by_name(target->method->output, "next");
}

/* A query that is about something begins with what it is about. */
static void ask_nothing(struct world *world)
{
    const struct bytes nothing = { room, 0 };
    int wanting = 0;

    about("a query that does not say what it is about is told which field it lacks");
    for (size_t i = 0; i < target_count; i++) {
        const struct target *target = &targets[i];
        const ProtobufCMessageDescriptor *type = target->method->input;
        struct answer answer;

        if (!target->is_query || type->n_fields == 0 || !is_text(&type->fields[0]))
            continue;
        answer = call(world, target, nothing, "nothing said");
        if (answer.status == TREMPLIN__STATUS__STATUS_DONE && answers_a_page(target))
            continue;
        wanting++;
        check_text(answer.code, "FIELD_MISSING", "%s at %s refuses to guess", target->name,
                   target->service);
        check_text(answer.field, type->fields[0].name, "and names the field");
    }
    check(wanting > 0, "%d queries want to know what they are about", wanting);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void check_services(struct world *world)
{
    const char *last = "";

    for (size_t i = 0; i < target_count; i++) {
        const char *service = targets[i].service;
        const struct runtime_figures *figures;
        const char *trouble;

        if (strcmp(service, last) == 0)
            continue;
        last = service;
        figures = runtime_figures(world_runtime(world, service));
        check_number(figures->faults, 0, "%s: no input was a fault", service);
        check_number(figures->went_back, 0, "%s: nothing was taken back", service);
        check_text(runtime_state_name(world_runtime(world, service)), "serving", "%s: it serves",
                   service);
        trouble = world_check_store(world, service);
        check(trouble == NULL, "%s: the chain holds, the tables are the journal replayed%s%s",
              service, trouble ? ": " : "", trouble ? trouble : "");
    }
}

static void tell_done(void)
{
    int commands = 0, reached = 0;

    for (size_t i = 0; i < target_count; i++) {
        if (targets[i].is_query || strncmp(targets[i].name, "Runtime.", 8) == 0)
            continue;
        commands++;
        reached += targets[i].was_done;
        if (!targets[i].was_done)
            printf("# never done: %s\n", targets[i].name);
    }
    printf("# asked %d, done %d, refused %d; commands done at least once: %d of %d\n", asked, done,
           refused, reached, commands);
    check(target_count == 0 || reached * 2 > commands,
          "more than half of the commands were done at least once: what is refused is refused for "
          "one reason (%d of %d)",
          reached, commands);
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    struct world *world = world_open(seed, START);
    struct chance chance = { seed };

    add_all(world);
    world_settle(world);
    ask_nothing(world);
    about("every method, every field wrong in every way, from seed %llu", (unsigned long long)seed);
    for (int round = 1; round <= ROUNDS; round++) {
        climb_all(world, (unsigned)round, &chance);
        world_move_to(world, date_add_days(START, round), 9, 0);
        learn_all(world);
    }
    make_all_wrong(world, seed);
    world_move_to(world, date_add_days(START, ROUNDS + 40), 9, 0);
    check(asked > 0, "something was asked");
    tell_done();
    check_services(world);
    world_close(world);
    return checks_done();
}
