/* Means, medians and modes of stays and bands are rounded as every figure, and nothing has none. */
#include "services/reporting/rules/spread.h"
#include "tests/check.h"

static void reads(struct number number, const char *wanted, const char *sentence)
{
    char text[NUMBER_TEXT_SIZE];

    check_text(number_format(number, '.', text), wanted, "%s: \"%s\"", sentence, wanted);
}

int main(void)
{
    int64_t stays[] = { 49, 3, 48, 12, 60 };
    int64_t four[] = { 10, 1, 4, 2 };
    int64_t neighbours[] = { 2, 1 };
    int64_t one[] = { 7 };
    struct chance chance = { .state = 11 };
    bool sound = true;

    about("mean and median of stay lengths (§2.6)");
    reads(mean_of(stays, 5, 1), "34.4", "172 months over 5 stays");
    reads(mean_of(four, 4, 0), "4", "17 over 4, 4.25, without decimals");
    reads(mean_of(neighbours, 2, 0), "2", "one and a half goes up");
    reads(mean_of(stays, 0, 1), "", "the mean of no stay");
    reads(median_of(stays, 5, 0), "48", "the middle of five");
    reads(median_of(four, 4, 1), "3.0", "half-way between the second and third of four");
    reads(median_of(neighbours, 2, 1), "1.5", "half-way between the two");
    reads(median_of(neighbours, 2, 0), "2", "rounded half up");
    reads(median_of(one, 1, 0), "7", "of one, itself");
    reads(median_of(stays, 0, 0), "", "the median of no stay");
    check(!median_of(stays, 0, 0).is_known, "is not known");

    about("S0-33, C-5: more than four years is more than 48 months");
    check_number(count_above(stays, 5, 48), 2, "of 3, 12, 48, 49 and 60 months, two");
    check_number(count_above((int64_t[]){ 49, 3 }, 2, 48), 1, "the first counts");
    check_number(count_above((int64_t[]){ 3, 48, 60 }, 2, 48), 0, "what lies beyond does not");
    check_number(count_above(stays, 0, 48), 0, "of no stay, none");

    about("F1-22: the most represented age band");
    check_number(most_frequent((int64_t[]){ 20, 51, 93, 60 }, 4), 2, "93 is the most");
    check_number(most_frequent((int64_t[]){ 5, 9, 9, 1 }, 4), 1, "of two equal, the first");
    check_number(most_frequent((int64_t[]){ 0, 0 }, 2), 2, "of empty bands, none");
    check_number(most_frequent((int64_t[]){ 1, 0 }, 2), 0, "one is enough");

    about("as many values lie on either side of a median (1,000 generated lists, seed 11)");
    for (int round = 0; round < 1000; round++) {
        int64_t values[12], median;
        size_t count = (size_t)chance_between(&chance, 1, 12);
        int below = 0, above = 0;

        for (size_t i = 0; i < count; i++)
            values[i] = chance_between(&chance, 0, 9);
        median = median_of(values, count, 1).scaled;
        for (size_t i = 0; i < count; i++) {
            below += values[i] * 10 < median;
            above += values[i] * 10 > median;
        }
        sound &= below * 2 <= (int)count && above * 2 <= (int)count;
    }
    check(sound, "never more than half below, never more than half above");
    return checks_done();
}
