/* refusal.h - a rule saying no, as a value
 *
 * A rule that may refuse returns a pointer to a constant refusal, or ACCEPTED.
 * A refusal tells the asker what to change; nothing is written.  Every refusal
 * is a file-level constant of the rules file it belongs to.
 */
#ifndef LIBCOMMON_REFUSAL_H
#define LIBCOMMON_REFUSAL_H

#include <stddef.h>

struct refusal {
    const char *code;    /* VACANCY_NOT_OPEN: stable, for programs */
    const char *field;   /* the field of the command to change, in its wire name; "" when none */
    const char *rule;    /* where the rule stands: "S4-26", "RS-5, R633-3" */
    const char *french;  /* one sentence a user can act on */
    const char *english; /* the same */
};

#define ACCEPTED ((const struct refusal *)NULL)

#endif
