/* Returns once reporting has heard lodging up to an entry: asked for with `after`, so that nobody
 * looks again and again beside those who work.
 *
 *     bench-heard ENDPOINTS LOG_ID SEQUENCE */
#include "libcommon/client.h"
#include "libcommon/service.h"
#include "tests/bench/bench.h"

int main(int argc, char **argv)
{
    const struct client_setup setup = { .endpoints = argc > 1 ? argv[1] : "", .actor = "bench" };
    struct client *client = client_open(&setup);
    Tremplin__Position position = TREMPLIN__POSITION__INIT;
    const Tremplin__Position *after = &position;
    const Tremplin__Reply *reply;
    struct arena arena;

    if (argc != 4 || !client || !arena_open(&arena, 1024 * 1024))
        return 64;
    position.service = (char *)(uintptr_t) "lodging";
    position.log_id = argv[2];
    position.sequence = strtoull(argv[3], NULL, 10);
    do {
        arena_reset(&arena);
        reply =
            client_call(client, NULL, "reporting.Reports", (struct bytes){ 0 }, &after, 1, &arena);
    } while (reply && reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN);
    client_close(client);
    return reply && reply->status == TREMPLIN__STATUS__STATUS_DONE ? 0 : 1;
}
