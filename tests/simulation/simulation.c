#include "tests/simulation/simulation.h"

#include <stdarg.h>
#include <stdlib.h>

void simulation_fails(struct simulation *simulation, const char *format, ...)
{
    va_list arguments;

    if (simulation->trouble)
        return;
    va_start(arguments, format);
    vsnprintf(simulation->trouble_text, sizeof simulation->trouble_text, format, arguments);
    va_end(arguments);
    simulation->trouble = simulation->trouble_text;
}

int64_t simulation_choose(struct simulation *simulation, int64_t low, int64_t high)
{
    return chance_between(&simulation->chance, low, high);
}

/* A batch that does not fit into the journal's map is dropped, and run again. */
static void maybe_drop(struct simulation *simulation, const char *service, const char *name)
{
    enum { DROPPED_IN_1000 = 5 };

    if (strcmp(name, "batch.before_commit") == 0 &&
        chance_between(&simulation->deaths, 1, 1000) <= DROPPED_IN_1000)
        fault_set(&runtime_journal(world_runtime(simulation->world, service))->fault,
                  FAULT_MAP_FULL, "as the seed says");
}

/* Between any two steps of the write path. */
static void maybe_die(void *context, const char *service, const char *name)
{
    struct simulation *simulation = context;

    if (simulation->calm)
        return;
    maybe_drop(simulation, service, name);
    if (chance_between(&simulation->deaths, 1, 10000) > simulation->death_in_10000)
        return;
    simulation->killed++;
    world_die(simulation->world);
}

struct answer simulation_call(struct simulation *simulation, const char *method,
                              const ProtobufCMessage *asked,
                              const ProtobufCMessageDescriptor *reply)
{
    /* A service waits a minute for a source that is cut off before it opens a day, and from the
     * start again when it dies meanwhile. */
    const int64_t patience_ms = 20 * MINUTE_MS, began_ms = world_now_ms(simulation->world);
    uint8_t random[ID_RANDOM_BYTES];
    char id[ID_TEXT_SIZE];
    struct answer answer = { 0 };

    for (size_t i = 0; i < sizeof random; i++)
        random[i] = (uint8_t)simulation_choose(simulation, 0, 255);
    id_format(id_make(world_now_ms(simulation->world), random), id);
    while (world_now_ms(simulation->world) - began_ms < patience_ms) {
        answer = world_call_as(simulation->world, id, method, asked, reply);
        if (answer.status == TREMPLIN__STATUS__STATUS_DONE ||
            answer.status == TREMPLIN__STATUS__STATUS_REFUSED)
            return answer;
    }
    simulation_fails(simulation, "%s never gets a final answer (%s)", method, answer.code);
    return answer;
}

/* --- a day of trouble ------------------------------------------------------------------------- */

static void stir(struct simulation *simulation)
{
    struct simulated_faults faults = {
        .drop_in_1000 = (unsigned)simulation_choose(simulation, 0, 80),
        .double_in_1000 = (unsigned)simulation_choose(simulation, 0, 80),
        .delay_in_1000 = (unsigned)simulation_choose(simulation, 0, 200),
        .delay_most_ms = simulation_choose(simulation, 0, 20000),
    };

    simulation->death_in_10000 = (unsigned)simulation_choose(simulation, 0, 60);
    simulated_bus_set_faults(world_bus(simulation->world), faults);
}

static void cut_someone_off(struct simulation *simulation, const struct workload *workload)
{
    size_t count = 0;

    while (workload->services[count])
        count++;
    if (count < 2)
        return;
    for (int i = 0; i < 2; i++) {
        const char *a = workload->services[simulation_choose(simulation, 0, (int64_t)count - 1)];
        const char *b = workload->services[simulation_choose(simulation, 0, (int64_t)count - 1)];

        if (strcmp(a, b) != 0)
            simulated_bus_cut(world_bus(simulation->world), a, b,
                              simulation_choose(simulation, 0, 2) == 0);
    }
}

static void calm_down(struct simulation *simulation, const struct workload *workload)
{
    simulation->calm = true;
    simulated_bus_set_faults(world_bus(simulation->world), (struct simulated_faults){ 0 });
    for (const char *const *a = workload->services; *a; a++) {
        for (const char *const *b = workload->services; *b; b++)
            simulated_bus_cut(world_bus(simulation->world), *a, *b, false);
        world_revive(simulation->world, *a);
    }
    if (!world_settle(simulation->world))
        simulation_fails(simulation, "does not settle once all trouble is over");
}

static void live_a_day(struct simulation *simulation, const struct workload *workload, void *model)
{
    int things = (int)simulation_choose(simulation, 0, 8);

    if (simulation_choose(simulation, 0, 3) == 0)
        stir(simulation);
    if (simulation_choose(simulation, 0, 5) == 0)
        cut_someone_off(simulation, workload);
    for (int i = 0; i < things && !simulation->trouble; i++)
        workload->ask(simulation, model);
    /* Anyone may be down for a while, and all come back. */
    if (simulation_choose(simulation, 0, 9) == 0) {
        const char *const *service = workload->services;

        while (service[1] && simulation_choose(simulation, 0, 1) == 0)
            service++;
        if (world_is_alive(simulation->world, *service))
            world_kill(simulation->world, *service);
    }
    world_pass(simulation->world, simulation_choose(simulation, 0, 90 * 1000));
    if (simulation_choose(simulation, 0, 1) == 0)
        for (const char *const *service = workload->services; *service; service++)
            world_revive(simulation->world, *service);
    world_leap(simulation->world, 1);
    world_pass(simulation->world, simulation_choose(simulation, 1000, 150 * 1000));
}

static void check_stores(struct simulation *simulation, const struct workload *workload)
{
    for (const char *const *service = workload->services; *service; service++) {
        const char *trouble = world_check_store(simulation->world, *service);

        if (trouble)
            simulation_fails(simulation, "%s: %s", *service, trouble);
    }
}

static bool simulate(const struct workload *workload, uint64_t seed, bool verbose)
{
    struct simulation simulation = {
        .seed = seed,
        .chance = { seed * UINT64_C(0x9E3779B97F4A7C15) | 1 },
        .deaths = { seed * UINT64_C(0xD1B54A32D192ED03) | 1 },
    };
    void *model;
    bool held;

    simulation.world = world_open(seed, workload->start);
    simulation.calm = true;
    model = workload->open(&simulation);
    world_on_failpoint(simulation.world, maybe_die, &simulation);
    simulation.calm = false;
    for (int day = 0; day < workload->days && !simulation.trouble; day++)
        live_a_day(&simulation, workload, model);
    calm_down(&simulation, workload);
    if (!simulation.trouble)
        workload->verify(&simulation, model);
    if (!simulation.trouble)
        check_stores(&simulation, workload);
    held = !simulation.trouble;
    if (!held)
        printf("not ok - seed %llu: %s\n#   again: tests/simulation/run --seeds 1 --from %llu\n",
               (unsigned long long)seed, simulation.trouble, (unsigned long long)seed);
    else if (verbose)
        printf("ok - seed %llu, %d deaths\n", (unsigned long long)seed, simulation.killed);
    workload->close(model);
    world_close(simulation.world);
    fflush(stdout);
    return held;
}

int simulation_main(const struct workload *workload, int argc, char **argv)
{
    uint64_t from = 1;
    int seeds = 20, failed = 0, most_failed = 1000000;

    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seeds") == 0)
            seeds = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--from") == 0)
            from = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--stop-after") == 0)
            most_failed = atoi(argv[i + 1]);
    }
    for (int i = 0; i < seeds && failed < most_failed; i++)
        failed += !simulate(workload, from + (uint64_t)i, seeds <= 20);
    printf("%s %s: %d of %d seeds of %d days held, from seed %llu\n",
           failed == 0 ? "ok -" : "not ok -", workload->name, seeds - failed, seeds, workload->days,
           (unsigned long long)from);
    return failed > 0;
}
