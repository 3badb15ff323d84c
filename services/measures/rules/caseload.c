#include "services/measures/rules/caseload.h"

#include "libcommon/money.h"

const struct parameter_field caseload_law[] = {
    { "caseload.warning", UNIT_COUNT, offsetof(struct caseload_law, warning_measures) },
    { "caseload.target", UNIT_COUNT, offsetof(struct caseload_law, target_measures) },
    { "caseload.most", UNIT_COUNT, offsetof(struct caseload_law, most_measures) },
    { 0 },
};

const struct refusal CASELOAD_IS_FULL = {
    .code = "CASELOAD_IS_FULL",
    .field = "worker",
    .rule = "6.2, S1-38, A-19",
    .french = "Cet intervenant suit déjà le nombre maximal de mesures : choisissez-en un autre.",
    .english = "This worker already holds the most measures allowed: choose another.",
};

bool caseload_holds(enum measure_state state)
{
    return state == MEASURE_ASSIGNED || state == MEASURE_CONTRACTING || measure_is_running(state);
}

enum caseload_level caseload_level_of(const struct caseload_law *law, int32_t measures)
{
    if (measures >= law->most_measures)
        return CASELOAD_FULL;
    if (measures > law->target_measures)
        return CASELOAD_OVER_TARGET;
    return measures >= law->warning_measures ? CASELOAD_NEAR_TARGET : CASELOAD_NORMAL;
}

const struct refusal *caseload_check(const struct caseload_law *law, int32_t measures)
{
    return caseload_level_of(law, measures) == CASELOAD_FULL ? &CASELOAD_IS_FULL : ACCEPTED;
}

struct team_load team_load_of(const struct caseload_law *law, const int32_t measures_of_workers[],
                              size_t workers)
{
    struct team_load load = { .capacity = (int32_t)(law->target_measures * (int64_t)workers) };

    for (size_t i = 0; i < workers; i++)
        load.held += measures_of_workers[i];
    if (load.held < load.capacity)
        load.free = load.capacity - load.held;
    if (workers > 0)
        load.mean_hundredths = divide_half_up((int64_t)load.held * 100, (int64_t)workers);
    return load;
}

int32_t freed_capacity_left(struct freed_capacity freed)
{
    return freed.reused < freed.stopped ? freed.stopped - freed.reused : 0;
}
