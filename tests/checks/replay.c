/* replay SERVICE FOLDER - applies a copied journal to an empty store, twice, and says what came of
 * it: the service's tables_version and the digest of its tables.  FOLDER holds journal/ and no
 * more, no key. */
#include "services/alerts/alerts.h"
#include "services/intake/intake.h"
#include "services/lodging/lodging.h"
#include "services/measures/measures.h"
#include "services/reporting/reporting.h"

#include "libcommon/log.h"
#include "libcommon/runtime.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDER_MOST = 400 };

static const struct service *const services[] = { &intake_service, &measures_service,
                                                  &lodging_service, &alerts_service,
                                                  &reporting_service };

/* Nothing of it may matter: apply gets no instant and no chance. */
static int64_t any_instant(void *self)
{
    (void)self;
    return 0;
}

static void any_bytes(void *self, uint8_t *bytes, size_t length)
{
    (void)self;
    memset(bytes, 7, length);
}

static int replay(const struct service *service, const char *folder)
{
    struct runtime_setup setup = {
        .service = service,
        .organisation = "toit",
        .directory = folder,
        .keys_copy = "",
        .settings = calloc(1, service->settings_size + 1),
        .parameters = calloc(1, sizeof(struct parameters)),
        .surroundings = { .wall_ms = any_instant,
                          .monotonic_ms = any_instant,
                          .random = any_bytes },
        .manual_clock = true,
    };
    uint8_t here[HASH_SIZE], again[HASH_SIZE];
    char scratch[FOLDER_MOST + 16], digest[2 * HASH_SIZE + 1];
    struct fault fault = { 0 };
    bool same;

    snprintf(scratch, sizeof scratch, "%s/again", folder);
    same = runtime_replays_same(&setup, scratch, here, again, &fault);
    free((void *)(uintptr_t)setup.settings);
    free((void *)(uintptr_t)setup.parameters);
    if (fault.kind != NO_FAULT || !same) {
        fprintf(stderr, "%s\n", fault.kind != NO_FAULT ? fault.detail : "twice is not the same");
        return 1;
    }
    sodium_bin2hex(digest, sizeof digest, again, sizeof again);
    printf("%u %s\n", service->tables_version, digest);
    return 0;
}

int main(int argc, char **argv)
{
    log_begin("replay", LOG_LEVEL_ERROR);
    if (argc != 3 || strlen(argv[2]) > FOLDER_MOST || sodium_init() < 0)
        return 64;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        if (strcmp(services[i]->name, argv[1]) == 0)
            return replay(services[i], argv[2]);
    return 64;
}
