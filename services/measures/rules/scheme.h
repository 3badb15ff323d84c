/* scheme.h - the programmes under which a household is supported (domain.md 5.1, S2-11)
 *
 * A measure has exactly one scheme; a household may have measures under several
 * at once (Q13).
 */
#ifndef MEASURES_RULES_SCHEME_H
#define MEASURES_RULES_SCHEME_H

enum scheme {
    SCHEME_ASLL = 1,
    SCHEME_AVDL_DALO,
    SCHEME_AVDL_NON_DALO,
    SCHEME_MASP1,
    SCHEME_MASP2,
    SCHEME_MASP3,
    SCHEME_ACTION_LOGEMENT,
    SCHEME_RESIDENCE_SUPPORT,
    SCHEME_SLIDING_LEASE_SUPPORT,
    SCHEME_MOUS,
    SCHEME_OTHER,
};

#endif
