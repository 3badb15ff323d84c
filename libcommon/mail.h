/* mail.h - handing mails to the relay, and what came of it
 *
 * A service that mails decides everything in its journal: that a mail is being
 * sent is committed before the relay hears of it, and the relay's answer comes
 * back as a report.  The transport in between remembers what it was promised in
 * this life of the process, so that a mail left half-way by an earlier life is
 * seen, counted and sent again under the same Message-ID.
 */
#ifndef LIBCOMMON_MAIL_H
#define LIBCOMMON_MAIL_H

#include <stdbool.h>
#include <stdint.h>

struct mail {
    const char *id;      /* its identifier: also the left part of its Message-ID */
    uint32_t attempt;    /* from 1 */
    const char *to;      /* checked: text_is_mail_address() */
    const char *content; /* headers and body, CRLF lines, 7-bit */
};

/* What the relay said: 250, 451, 550...; 0 when there was no answer to this mail (no connection, a
 * time-out, a refusal of us before the relay had heard whom it is for). */
typedef void mail_outcome_fn(void *owner, const char *id, uint32_t attempt, int code);

/* Is this attempt still to be made? */
typedef bool mail_wanted_fn(void *owner, const char *id, uint32_t attempt);

struct mail_transport {
    /* Promises that this attempt is this life's; it is then handed over once it is committed. */
    bool (*promise)(void *self, const char *id, uint32_t attempt);
    bool (*is_promised)(void *self, const char *id, uint32_t attempt);
    /* Was it handed over, so that nothing is left to do but to wait for its outcome? */
    bool (*is_handed)(void *self, const char *id, uint32_t attempt);
    /* Takes back what is promised, not handed over and not wanted any more: its place is free. */
    void (*forget_unless)(void *self, mail_wanted_fn *is_wanted, void *owner);
    /* Copies and starts; the outcome comes later, once, by the function given at opening. Handing
     * over the same attempt twice is once. */
    void (*hand_over)(void *self, const struct mail *mail);
    /* How many more may be promised now. */
    int (*room)(void *self);
    /* Is there one promised of which the outcome has not been told?  May be NULL: nobody asks. */
    bool (*is_under_way)(void *self);
    void *self;
};

#endif
