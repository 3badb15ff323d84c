/* The tests' service as a process of its own, with a law that it wants to find in the parameters.
 */
#include "tests/runtime/ledger.h"

struct ledger_law {
    int64_t candidature_days;
};

static const struct parameter_field ledger_law[] = {
    { "lodging.vacancy.candidature_period", UNIT_DAYS,
      offsetof(struct ledger_law, candidature_days) },
    { 0 },
};

static const struct parameter_field *const laws[] = { ledger_law, NULL };

struct ledger_settings {
    int64_t reminders_most;
    bool quiet;
};

static const struct setting settings[] = {
    { "reminders_most", SETTING_NUMBER, offsetof(struct ledger_settings, reminders_most), "3",
      "how often one is reminded" },
    { "quiet", SETTING_YES_NO, offsetof(struct ledger_settings, quiet), "no", "says less" },
    { 0 },
};

static const char *check_settings(const void *settings_read)
{
    const struct ledger_settings *ours = settings_read;

    return ours->reminders_most > 9 ? "reminders_most: 9 at most" : NULL;
}

int main(int argc, char **argv)
{
    struct service service = ledger;

    service.laws = laws;
    service.settings = settings;
    service.settings_size = sizeof(struct ledger_settings);
    service.check_settings = check_settings;
    return service_run(&service, argc, argv);
}
