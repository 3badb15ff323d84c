/* occupancy.h - how full the stock is, how fast it turns, how long stays last, how they end
 *
 * Every span is half-open: its first day counts, its end does not (domain.md
 * C-1).  Days on which a place is out of service are neither available nor
 * occupied, so that a rate never exceeds the whole (2.6).
 */
#ifndef LODGING_RULES_OCCUPANCY_H
#define LODGING_RULES_OCCUPANCY_H

#include "libcommon/calendar.h"
#include "services/lodging/rules/exit.h"
#include "services/lodging/rules/proportion.h"

#include <stddef.h>
#include <stdint.h>

struct day_span {
    struct date from;
    struct date end; /* absent: not ended */
};

/* --- occupancy and turnover ------------------------------------------------------------------- */

struct place_history {
    struct day_span in_stock;
    const struct day_span *stays;
    size_t stay_count;
    const struct day_span *out_of_service;
    size_t out_of_service_count;
};

struct occupancy {
    int64_t occupied_days;
    int64_t available_days;
};

/* One place over a period whose both ends are set. */
struct occupancy occupancy_of_place(const struct place_history *place, struct day_span period);
struct occupancy occupancy_sum(struct occupancy a, struct occupancy b);
/* Occupied over available days, in tenths of a percent (2.6). */
int64_t occupancy_rate(struct occupancy occupancy);
/* Exits over units, in tenths of a percent (F2-18, S2-42); a rate above 1000 is possible. */
int64_t turnover_rate(int64_t exits, int64_t units);

/* Days that a place stood empty, from its freeing to the next entry, or until a day while there is
 * none (2.6, A-40). */
int32_t vacancy_days(struct date freed_on, struct date next_entry, struct date until);

/* --- the length of stays ---------------------------------------------------------------------- */

/* Days of a stay, until a day while it runs. */
int32_t stay_days(struct day_span stay, struct date until);

/* Rounded half up. */
struct stay_lengths {
    int64_t count;
    int64_t mean_days;
    int64_t median_days; /* of an even count, the mean of the two in the middle */
};

/* Sorts days in place. */
struct stay_lengths stay_lengths_of(int32_t days[], size_t count);
/* Stays of more than so many months: 18, 24, 36, 48 (2.6, F0-15, C-5). */
int64_t stays_longer_than(const struct day_span stays[], size_t count, struct date until,
                          int64_t months);

/* --- exits ------------------------------------------------------------------------------------ */

/* Number 0 counts exits that were imported without it. */
struct exit_counts {
    int64_t all;
    int64_t by_channel[EXIT_CHANNELS];
    int64_t by_direction[EXIT_DIRECTIONS];
};

/* Exits whose date lies in the period (F0-8 to F0-11, S0-26, S0-27, S4-19). */
struct exit_counts exits_in(const struct stay_exit exits[], size_t count, struct day_span period);
/* In tenths of a percent of all exits (F0-12, S0-39). */
int64_t exit_channel_share(const struct exit_counts *counts, enum exit_channel channel);
/* Downward exits that reached a shelter, of all downward ones (F4-7, S4-21). */
int64_t exit_redirected_share(const struct exit_counts *counts);

#endif
