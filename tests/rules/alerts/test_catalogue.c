/* The catalogue holds every alert of domain.md §7 once, as corrected by C-21, C-23, C-25 and C-26,
 * with its steps, those it is told to, and those it climbs to. */
#include "services/alerts/rules/catalogue.h"
#include "tests/check.h"

#include <stdlib.h>

/* As §7 says it.  Steps: n days, nw working days, nm months, nh hours; now, open; mm-dd; daily,
 * weekly, monthly, quarterly; +nm again every n months after.  Escalation: roles in turn, or
 * role@time, a time as in steps but @list for the monthly one. */
static const struct {
    const char *id, *steps, *to, *escalation;
} expected[] = {
    /* 7.1 */
    { "A-01", "7 30", "W requester", "T@45" },
    { "A-02", "0", "T CS", "DH" },
    { "A-03", "-15 -7 -2", "CS members", "DH" },
    { "A-04", "45 60", "DH CS", "M" }, /* C-25 */
    { "A-05", "now", "DH", "M" },
    { "A-06", "now", "CS", "T" },
    { "A-07", "-90 -60 -30", "M LL", "F" },
    { "A-08", "5 10", "W T", "LL@15" },
    { "A-09", "-90 -60 -30", "W", "T" },
    /* 7.2 */
    { "A-10", "5w 8w", "T", "M" },
    { "A-11", "20 30", "W", "T" },
    { "A-12", "now", "W", "T" },
    { "A-13", "-60 -30 -15", "W", "T" },
    { "A-14", "-90 -60 -30", "W T", "M" },
    { "A-15", "now", "T M", "LL" },
    { "A-16", "now", "W", "T" },
    { "A-17", "-10 0 10", "W", "T" },
    { "A-18", "45 60", "W", "T" },
    { "A-19", "daily", "T", "M" },
    { "A-20", "now", "M LL", "F" },
    { "A-21", "monthly", "M", "LL" },
    { "A-22", "-90 -60 -30", "M LL", "F" },
    { "A-23", "-60 -30", "W", "T" },
    { "A-24", "-15 0 15", "W", "T" },
    { "A-25", "7 15", "W", "T" },
    { "A-26", "20 30", "W", "T LL" },
    { "A-27", "now", "W DPO", "T" },
    /* 7.3 */
    { "A-30", "1 4 6 7 8", "RG", "CO@6 M@7" },
    { "A-31", "now", "W RG", "CO" },
    { "A-32", "now", "M CO", "F@list" },
    { "A-33", "-7 0", "CO", "M" },
    { "A-34", "now", "RG", "CO" },
    { "A-35", "now", "W RG", "CO" },
    { "A-36", "weekly", "CO", "M" },
    { "A-37", "monthly", "M LL", "F" },
    { "A-38", "quarterly", "M", "LL" },
    { "A-39", "monthly", "M CO", "F" },
    { "A-40", "30 45 60", "RM", "M" },
    { "A-41", "-6m -3m -1m", "M RM", "F" },
    /* 7.4 */
    { "A-50", "-9m -6m -3m -1m", "W", "T@-3m" },
    { "A-51", "1 30", "W T", "M" },
    { "A-52", "-6m 0 +6m", "T", "M LL" },
    { "A-53", "-30 -7", "W", "T" },
    { "A-54", "daily list", "RG desk", "CO" }, /* C-25 */
    { "A-55", "-60 -30 -15 -3", "W resident", "T" },
    { "A-56", "now -3", "W resident", "T" },
    { "A-57", "now", "W", "T CO" },
    { "A-58", "-15 -7 -1", "W RG", "CO M" },
    { "A-59", "3 10", "W", "T" },
    { "A-60", "-90 -75 -30 -7", "W LL", "T" }, /* C-25 */
    { "A-61", "-90 0", "T", "M" },
    { "A-62", "7", "W", "T" },
    { "A-64", "0", "W", "T" },      /* C-21: 18 months */
    { "A-65", "-30 -7", "W", "T" }, /* C-23: its own; leads are ours */
    { "A-66", "21", "W", "T" },     /* C-26: 21 days after assignment */
    { "A-67", "-15 -3", "W", "T" }, /* C-26 */
    { "A-68", "72h", "RG", "CO" },  /* C-26 */
    { "A-69", "-7 -2", "RM", "M" }, /* C-26, EV-2; leads are ours */
    /* 7.5 */
    { "A-70", "now", "W RM", "T@15" },
    { "A-71", "now 0", "W RM", "M@-30 M@-15" },
    { "A-72", "now -2m", "RM", "M" },
    { "A-73", "now", "T RM", "M" },
    { "A-74", "now", "W RM", "T" },
    { "A-75", "monthly", "W", "T" },
    { "A-76", "-45 -15 0", "W RM", "M" },
    { "A-77", "-20 -10 -3", "W", "T M" },
    { "A-78", "-10 0", "T RM", "M" },
    { "A-79", "-30 -15 -7 -2", "W T", "M" },
    { "A-80", "-45 -30 -15 -7", "W T M", "F" },
    { "A-81", "10-15 3-1 3-15", "T", "M" },
    { "A-82", "-15 0", "W", "T" },
    { "A-83", "-30 0", "W", "T" },
    { "A-84", "open -60 -30 -7", "W", "T M" },
    { "A-85", "-30 0", "W", "T" },
    { "A-86", "-7 -2", "W", "T" },
    { "A-87", "-90 -30", "W", "T" },
    { "A-88", "now", "W", "T" },
    { "A-89", "now", "RM", "M" },
    { "A-90", "now", "W DH", "M" },
    { "A-91", "-60 -30 -7", "W T", "M" }, /* C-26, EV-7; leads are ours */
    { "A-92", "-15 0", "W T", "M" },      /* C-26, EV-8; leads are ours */
    { "A-93", "-90 -30", "W RM", "T" },   /* C-26, EV-11; leads are ours */
    { "A-94", "-15 -7 0", "W", "T" },     /* C-26, EV-4: due 15 days before; leads are ours */
    /* 7.6 */
    { "A-95", "now", "T M on-call", "M@1h F@4h" },
    { "A-96", "24h 72h", "T", "M" },
    { "A-97", "now", "district-lead", "DH" },
    { "A-98", "-10 -3", "W T", "M" },
    { "A-99", "monthly", "T", "M" },
    { "A-100", "-60 -30", "W", "T LL" },
    { "A-101", "now", "T", "M" },
    { "A-102", "-30 -10 0", "RP", "M" },
    { "A-103", "-60 -30 0", "W DPO", "M" },
    { "A-104", "-15 -7", "W DPO", "M" },
    { "A-105", "now", "DPO", "M" },
    { "A-106", "now", "RP", "DPO" },
    { "A-107", "-3 -1", "W", "T" },
};

enum { EXPECTED = sizeof expected / sizeof expected[0] };

static void append(char text[128], const char *word)
{
    if (text[0] != '\0')
        strncat(text, " ", 127 - strlen(text));
    strncat(text, word, 127 - strlen(text));
}

static const char *steps_text(const struct alert_rule *rule, char text[128])
{
    static const char *const rhythms[] = { "", "daily", "weekly", "monthly", "quarterly" };

    text[0] = '\0';
    for (size_t i = 0; i < lead_step_count(&rule->lead); i++) {
        struct lead_step step = rule->lead.steps[i];
        char word[16] = "?";

        switch ((enum step_unit)step.unit) {
        case STEP_AT_ONCE: snprintf(word, sizeof word, "now"); break;
        case STEP_OPENING: snprintf(word, sizeof word, "open"); break;
        case STEP_DAYS: snprintf(word, sizeof word, "%d", step.amount); break;
        case STEP_WORKING_DAYS: snprintf(word, sizeof word, "%dw", step.amount); break;
        case STEP_MONTHS: snprintf(word, sizeof word, "%dm", step.amount); break;
        case STEP_DAY_OF_YEAR:
            snprintf(word, sizeof word, "%d-%d", step.amount / 100, step.amount % 100);
            break;
        case STEP_HOURS: snprintf(word, sizeof word, "%dh", step.amount); break;
        }
        append(text, word);
    }
    if (rule->rhythm != 0)
        append(text, rhythms[rule->rhythm]);
    if (rule->has_weekly_list)
        append(text, "list");
    if (rule->lead.repeat_months == 6)
        append(text, "+6m");
    return text;
}

static const char *roles_text(uint32_t roles, char text[128])
{
    static const char *const names[] = {
        "W",   "T",  "M",  "DH", "CS",        "members",  "RG",   "CO",      "RM",
        "DPO", "RP", "LL", "F",  "requester", "resident", "desk", "on-call", "district-lead"
    };

    text[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((roles >> i & 1) != 0)
            append(text, names[i]);
    return text;
}

static const char *escalation_text(const struct alert_rule *rule, char text[128])
{
    int turn = 0;

    text[0] = '\0';
    for (size_t i = 0; i < RUNGS_MOST && rule->escalation[i].roles != 0; i++) {
        struct rung rung = rule->escalation[i];
        char role[128], word[160];

        roles_text(rung.roles, role);
        switch ((enum rung_timing)rung.timing) {
        case RUNG_IN_TURN:
            snprintf(word, sizeof word, "%s%s", role, rung.amount == ++turn ? "" : "?");
            break;
        case RUNG_DAYS: snprintf(word, sizeof word, "%s@%d", role, rung.amount); break;
        case RUNG_MONTHS: snprintf(word, sizeof word, "%s@%dm", role, rung.amount); break;
        case RUNG_HOURS: snprintf(word, sizeof word, "%s@%dh", role, rung.amount); break;
        case RUNG_MONTHLY_LIST: snprintf(word, sizeof word, "%s@list", role); break;
        default: snprintf(word, sizeof word, "?");
        }
        append(text, word);
    }
    return text;
}

static void every_row(void)
{
    about("every alert of §7, its steps, those told and those climbed to");
    for (size_t i = 0; i < EXPECTED; i++) {
        const struct alert_rule *rule = catalogue_find(expected[i].id);
        char steps[128], to[128], escalation[128];

        if (!check(rule != NULL, "%s is there", expected[i].id))
            continue;
        check_text(steps_text(rule, steps), expected[i].steps, "%s, %s: %s", rule->id,
                   rule->english, expected[i].steps);
        check_text(roles_text(rule->recipients, to), expected[i].to, "%s is told to %s", rule->id,
                   expected[i].to);
        check_text(escalation_text(rule, escalation), expected[i].escalation, "%s climbs to %s",
                   rule->id, expected[i].escalation);
    }
    check_number(catalogue_count, EXPECTED, "and no other alert is there");
    check(catalogue_find("A-28") == NULL, "A-28 was never given");
    for (int number = 1; number <= 5; number++) {
        const struct alert_rule *rule = &house_rules[number - 1];
        char id[8];

        snprintf(id, sizeof id, "S-%d", number);
        check(catalogue_find(id) == rule, "the house's own %s stands beside them", id);
        check(number == 1 || (rule->recipients == ROLE_OPERATION &&
                              level_goes_at_once((enum alert_level)rule->level)),
              "%s is mailed at once to who runs Tremplin, but for S-1", id);
    }
    check(house_rules[5].id == NULL, "and no other does");
    check(catalogue_find("") == NULL, "nor is there one without a name");
}

static void each_once(void)
{
    int previous = 0, out_of_order = 0, unnamed = 0, idle = 0, levels = 0, unresolved = 0;

    about("rows are sound");
    for (size_t i = 0; i < catalogue_count; i++) {
        const struct alert_rule *rule = &catalogue[i];
        int number = atoi(rule->id + 2);

        out_of_order += number <= previous;
        previous = number;
        unnamed += rule->french[0] == '\0' || rule->english[0] == '\0' ||
                   rule->counts_from[0] == '\0' || strcmp(rule->french, rule->english) == 0;
        idle += (lead_step_count(&rule->lead) == 0) != (rule->rhythm != 0);
        levels += rule->level < LEVEL_INFO || rule->level > LEVEL_CRITICAL;
        unresolved += rule->resolved_by[0] == '\0';
    }
    check(out_of_order == 0, "each number once, in order");
    check(unnamed == 0, "each has a French and an English name, and what it counts from");
    check(idle == 0, "each has either steps or a rhythm, never both");
    check(levels == 0, "each has a level");
    check_number(unresolved, 1, "one only, A-81, is closed by nothing but time");
    check_text(catalogue_find("A-81")->resolved_by, "", "namely A-81");
}

static void levels(void)
{
    static const struct {
        const char *id;
        enum alert_level level;
        const char *why;
    } cases[] = {
        { "A-95", LEVEL_CRITICAL, "a crisis reaches people within the hour" },
        { "A-97", LEVEL_CRITICAL, "so does a report of unfit housing" },
        { "A-30", LEVEL_URGENT, "eight days, and the unit is lost" },
        { "A-80", LEVEL_URGENT, "an order to leave" },
        { "A-84", LEVEL_URGENT, "a claim that lapses" },
        { "A-86", LEVEL_URGENT, "an appeal that lapses" },
        { "A-105", LEVEL_URGENT, "a file opened by breaking the glass" },
        { "A-13", LEVEL_ATTENTION, "a measure that ends waits for the digest" },
        { "A-54", LEVEL_INFO, "so does good news" },
        { "A-98", LEVEL_INFO, "and a meeting to prepare" },
    };

    about("how pressing (ours: §7 states levels for none but the immediate ones)");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(catalogue_find(cases[i].id)->level == cases[i].level, "%s: %s", cases[i].id,
              cases[i].why);
}

int main(void)
{
    every_row();
    each_once();
    levels();
    return checks_done();
}
