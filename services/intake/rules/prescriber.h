/* prescriber.h - who may ask for what
 *
 * A table of origins by scheme.  ASLL is open to every origin (domain.md S1-3 to
 * S1-8); AVDL only to the prescribers the fund names, never to the household
 * alone (AVDL-3); MASP starts on the proposal of a referring social worker
 * (S2-14); Action Logement decides its own referrals (S3-19).
 */
#ifndef INTAKE_RULES_PRESCRIBER_H
#define INTAKE_RULES_PRESCRIBER_H

#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

struct prescriber_law {
    bool cdapl_exists; /* FSL-14: its powers went to CAF and MSA on 1 January 2011 */
};
extern const struct parameter_field prescriber_law[];

/* May this origin ask for this scheme?  The law is that of the day the request is submitted. */
const struct refusal *prescriber_accept(enum scheme scheme, enum request_origin origin,
                                        const struct prescriber_law *law);

#endif
