/* refusals.h - what a rule answered, by its code, and that a refusal can be acted on */
#ifndef TESTS_RULES_INTAKE_REFUSALS_H
#define TESTS_RULES_INTAKE_REFUSALS_H

#include "libcommon/refusal.h"
#include "tests/check.h"

#define YES_IT_MAY "" /* accepted */

/* The code that was wanted, YES_IT_MAY for none; a refusal names its rule and says what to do in
 * both languages. */
#define check_answer(got, wanted, ...)                                                             \
    do {                                                                                           \
        const struct refusal *answer_ = (got);                                                     \
        check_text(answer_ == ACCEPTED ? YES_IT_MAY : answer_->code, wanted, __VA_ARGS__);         \
        if (answer_ != ACCEPTED &&                                                                 \
            (answer_->field == NULL || *answer_->rule == '\0' || strlen(answer_->french) < 20 ||   \
             strlen(answer_->english) < 20))                                                       \
            check(false, "%s tells the asker what to do", answer_->code);                          \
    } while (0)

#endif
