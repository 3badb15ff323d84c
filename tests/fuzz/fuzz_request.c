/* Any bytes as a request to intake: answered or dropped, nothing crashes, nothing leaks, nothing
 * but a command that is done is written.  The first byte says whether the rest is a whole request
 * or the body of one of the methods, so that handlers are reached too. */
#include "services/intake/intake.h"
#include "tests/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUTS_A_WORLD = 5000, WHOLE_REQUEST = 0 };

static const char *method_of(uint8_t number, char name[96])
{
    const struct method *row = intake_service.methods;
    unsigned count = 0;

    while (row[count].name)
        count++;
    snprintf(name, 96, "intake.%s", row[number % count].name);
    return name;
}

static void send_whole(struct world *world, struct bytes message)
{
    static const uint8_t peer[] = "client";
    const struct caller caller = { .roles = ROLE_ANYBODY };

    runtime_request(world_runtime(world, "intake"), (struct bytes){ peer, sizeof peer - 1 }, caller,
                    message);
}

static void call(struct world *world, uint8_t number, struct bytes body)
{
    uint64_t head = runtime_journal(world_runtime(world, "intake"))->committed;
    size_t mark = world_mark(world);
    char name[96];
    struct answer answer = world_call_bytes(world, "intake", method_of(number, name), body);

    if (answer.status != TREMPLIN__STATUS__STATUS_DONE &&
        (answer.status != TREMPLIN__STATUS__STATUS_REFUSED || *answer.code == '\0' ||
         runtime_journal(world_runtime(world, "intake"))->committed != head))
        abort();
    world_forget(world, mark);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct world *world;
    static unsigned inputs;

    if (!world) {
        world = world_open(1, DATE(2020, 1, 6));
        world_add(world, &intake_service, NULL);
        world_settle(world);
    }
    if (size > 0 && data[0] == WHOLE_REQUEST)
        send_whole(world, (struct bytes){ data + 1, size - 1 });
    else if (size > 0)
        call(world, (uint8_t)(data[0] - 1), (struct bytes){ data + 1, size - 1 });
    if (!world_settle(world) || runtime_figures(world_runtime(world, "intake"))->faults > 0)
        abort();
    if (++inputs % INPUTS_A_WORLD == 0) {
        if (world_check_store(world, "intake"))
            abort();
        world_close(world);
        world = NULL;
    }
    return 0;
}
