#include "services/ctl/labels.h"

#include "libcommon/text.h"
#include "proto/alerts.pb-c.h"
#include "proto/codes.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct label {
    const char *said;
    int value;
};

static const struct label household_types[] = {
    { "personne seule", TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE },
    { "couple", TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_COUPLE },
    { "famille monoparentale", TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE_PARENT },
    { "couple avec enfants", TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_COUPLE_WITH_CHILDREN },
    { "autre", TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_OTHER },
    { 0 },
};

static const struct label tenures[] = {
    { "locataire du parc public", TREMPLIN__TENURE__TENURE_PUBLIC_TENANT },
    { "locataire du parc privé", TREMPLIN__TENURE__TENURE_PRIVATE_TENANT },
    { "propriétaire", TREMPLIN__TENURE__TENURE_OWNER },
    { "hébergé", TREMPLIN__TENURE__TENURE_HOSTED },
    { 0 },
};

static const struct label previous_housings[] = {
    { "hébergé par un tiers", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_HOSTED_BY_THIRD_PARTY },
    { "hébergement collectif", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_COLLECTIVE_SHELTER },
    { "hôtel", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_HOTEL },
    { "rue", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_STREET },
    { "logement propre", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_OWN_TENANCY },
    { "propriétaire", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_OWNER },
    { "CHRS", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_CHRS },
    { "aide sociale à l'enfance", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_CHILD_WELFARE },
    { "protection judiciaire", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_JUDICIAL_YOUTH },
    { "autre", TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_OTHER },
    { 0 },
};

static const struct label location_types[] = {
    { "centre-ville", TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_CENTRE },
    { "périphérie", TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_OUTSKIRTS },
    { "rural", TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_RURAL },
    { 0 },
};

static const struct label resource_bands[] = {
    { "au niveau des minima", TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL },
    { "au-dessus", TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE },
    { "inconnu", TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_UNKNOWN },
    { 0 },
};

static const struct label socio_professional_statuses[] = {
    { "minima sociaux",
      TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_MINIMUM_BENEFITS },
    { "salarié", TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED },
    { "intérimaire", TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_TEMP_WORKER },
    { "indépendant", TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_SELF_EMPLOYED },
    { "au foyer, invalide ou retraité",
      TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_AT_HOME_DISABLED_RETIRED },
    { "étudiant, stagiaire ou apprenti",
      TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_STUDENT_TRAINEE_APPRENTICE },
    { "demandeur d'emploi",
      TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_JOBSEEKER },
    { 0 },
};

static const struct label request_origins[] = {
    { "famille", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_FAMILY },
    { "travailleur social de circonscription",
      TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER },
    { "évaluation d'un travailleur social",
      TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SOCIAL_WORKER_ASSESSMENT },
    { "bailleur", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_LANDLORD },
    { "association d'insertion", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_INSERTION_ASSOCIATION },
    { "FSL", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_FSL },
    { "commission de concertation",
      TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CONCILIATION_COMMISSION },
    { "centre d'hébergement", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_ACCOMMODATION_CENTRE },
    { "service social spécialisé",
      TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SPECIALISED_SOCIAL_SERVICE },
    { "CCAS ou CIAS", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CCAS_CIAS },
    { "Action Logement", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_ACTION_LOGEMENT },
    { "SIAO", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SIAO },
    { "autre", TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_OTHER },
    { 0 },
};

static const struct label intervention_domains[] = {
    { "maintien dans le logement",
      TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_TENANCY_KEEPING },
    { "relogement", TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_REHOUSING },
    { "appropriation du logement",
      TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_DWELLING_APPROPRIATION },
    { "accès au logement", TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_HOUSING_ACCESS },
    { "intégration dans le logement et le quartier",
      TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_DWELLING_NEIGHBOURHOOD_INTEGRATION },
    { "administratif et budget", TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_ADMIN_BUDGET },
    { "dette de logement", TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_HOUSING_DEBT },
    { "médiation locative", TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_RENTAL_MEDIATION },
    { "droits et devoirs du locataire",
      TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_TENANT_RIGHTS_DUTIES },
    { 0 },
};

static const struct label housing_outcomes[] = {
    { "logement conservé", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_KEPT_DWELLING },
    { "relogé", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_REHOUSED },
    { "accès obtenu", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_ACCESS_OBTAINED },
    { "expulsé", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_EVICTED },
    { "hébergement temporaire", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_TEMPORARY_HOUSING },
    { "inchangé", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_UNCHANGED },
    { "inconnu", TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_UNKNOWN },
    { 0 },
};

static const struct label closing_reasons[] = {
    { "objectifs atteints", TREMPLIN__CLOSING_REASON__CLOSING_REASON_GOALS_MET },
    { "terme atteint", TREMPLIN__CLOSING_REASON__CLOSING_REASON_TERM_REACHED },
    { "hors champ", TREMPLIN__CLOSING_REASON__CLOSING_REASON_OUT_OF_SCOPE },
    { "non-adhésion", TREMPLIN__CLOSING_REASON__CLOSING_REASON_NO_ADHERENCE },
    { "déménagement", TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED },
    { "relais de droit commun", TREMPLIN__CLOSING_REASON__CLOSING_REASON_RELAYED },
    { "décès", TREMPLIN__CLOSING_REASON__CLOSING_REASON_DEATH },
    { "transfert", TREMPLIN__CLOSING_REASON__CLOSING_REASON_TRANSFERRED },
    { 0 },
};

static const struct label exit_channels[] = {
    { "accord collectif", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_COLLECTIVE_AGREEMENT },
    { "DALO", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO },
    { "Action Logement", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_ACTION_LOGEMENT },
    { "proposition de la Ville", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_CITY_DIRECT },
    { "parc privé", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_PRIVATE },
    { "départ volontaire", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_VOLUNTARY },
    { "hébergement", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_SHELTER },
    { "autre", TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_OTHER },
    { 0 },
};

static const struct label exit_directions[] = {
    { "vers le haut", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_UPWARD },
    { "latérale", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_LATERAL },
    { "vers le bas", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_DOWNWARD_SHELTER },
    { "à la rue", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_STREET },
    { "décès", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_DEATH },
    { "inconnue", TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_UNKNOWN },
    { 0 },
};

static const struct label residence_kinds[] = {
    { "résidence sociale", TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SOCIAL_RESIDENCE },
    { "foyer de jeunes travailleurs",
      TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_YOUNG_WORKER_HOSTEL },
    { "pension de famille", TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_FAMILY_BOARDING_HOUSE },
    { 0 },
};

static const struct label reservation_holders[] = {
    { "État", TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_STATE },
    { "Ville", TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_CITY },
    { "Action Logement", TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_ACTION_LOGEMENT },
    { "bailleur", TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_LANDLORD },
    { "autre", TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_OTHER },
    { 0 },
};

static const struct label decision_modes[] = {
    { "responsable", INTAKE__DECISION_MODE__DECISION_MODE_HEAD },
    { "commission", INTAKE__DECISION_MODE__DECISION_MODE_COMMISSION },
    { "financeur", INTAKE__DECISION_MODE__DECISION_MODE_FUNDER },
    { 0 },
};

static const struct label decisions[] = {
    { "accordée", INTAKE__DECISION__DECISION_GRANT },
    { "refusée", INTAKE__DECISION__DECISION_REFUSE },
    { "ajournée", INTAKE__DECISION__DECISION_DEFER },
    { 0 },
};

static const struct label file_items[] = {
    { "identité", INTAKE__FILE_ITEM__FILE_ITEM_IDENTITY },
    { "adhésion", INTAKE__FILE_ITEM__FILE_ITEM_CONSENT },
    { "ressources", INTAKE__FILE_ITEM__FILE_ITEM_RESOURCES },
    { "situation de logement", INTAKE__FILE_ITEM__FILE_ITEM_HOUSING_SITUATION },
    { "évaluation sociale", INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT },
    { "droit au séjour", INTAKE__FILE_ITEM__FILE_ITEM_RIGHT_OF_STAY },
    { "état des dettes", INTAKE__FILE_ITEM__FILE_ITEM_DEBT_STATEMENT },
    { "pré-diagnostic", INTAKE__FILE_ITEM__FILE_ITEM_PRE_DIAGNOSIS },
    { "attestation de prestations", INTAKE__FILE_ITEM__FILE_ITEM_BENEFIT_CERTIFICATE },
    { "projet", INTAKE__FILE_ITEM__FILE_ITEM_PROJECT },
    { 0 },
};

static const struct label professions[] = {
    { "CESF", MEASURES__PROFESSION__PROFESSION_FAMILY_ECONOMICS_ADVISER },
    { "assistante de service social", MEASURES__PROFESSION__PROFESSION_SOCIAL_SERVICE_ASSISTANT },
    { "éducateur spécialisé", MEASURES__PROFESSION__PROFESSION_SPECIALISED_EDUCATOR },
    { "autre", MEASURES__PROFESSION__PROFESSION_OTHER },
    { 0 },
};

static const struct label counting_methods[] = {
    { "anniversaire", MEASURES__COUNTING_METHOD__COUNTING_METHOD_ANNIVERSARY },
    { "mois civils touchés", MEASURES__COUNTING_METHOD__COUNTING_METHOD_CALENDAR_TOUCHED },
    { "présent le 15", MEASURES__COUNTING_METHOD__COUNTING_METHOD_DAY_15 },
    { "prorata 30", MEASURES__COUNTING_METHOD__COUNTING_METHOD_PRORATA_30 },
    { 0 },
};

static const struct label target_publics[] = {
    { "tous", MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_ALL },
    { "jeunes 18-25", MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_YOUNG_18_25 },
    { "suite de CHRS", MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_CHRS_FOLLOW_ON },
    { 0 },
};

static const struct label contact_kinds[] = {
    { "rendez-vous", MEASURES__CONTACT_KIND__CONTACT_KIND_OFFICE },
    { "visite à domicile", MEASURES__CONTACT_KIND__CONTACT_KIND_HOME_VISIT },
    { "téléphone", MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE },
    { "accompagnement", MEASURES__CONTACT_KIND__CONTACT_KIND_ESCORT },
    { "courrier", MEASURES__CONTACT_KIND__CONTACT_KIND_LETTER },
    { "partenaire", MEASURES__CONTACT_KIND__CONTACT_KIND_PARTNER },
    { 0 },
};

static const struct label follow_up_results[] = {
    { "sans réponse", MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_NO_ANSWER },
    { "joint", MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE },
    { "refus", MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_REFUSED },
    { 0 },
};

static const struct label payment_methods[] = {
    { "prélèvement", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_DIRECT_DEBIT },
    { "virement", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_TRANSFER },
    { "carte", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_CARD },
    { "espèces", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_CASH },
    { "chèque", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_CHEQUE },
    { "aide au logement", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID },
    { "FSL", LODGING__PAYMENT_METHOD__PAYMENT_METHOD_SOLIDARITY_FUND },
    { 0 },
};

static const struct {
    const ProtobufCEnumDescriptor *list;
    const struct label *labels;
} lists[] = {
    { &tremplin__household_type__descriptor, household_types },
    { &tremplin__tenure__descriptor, tenures },
    { &tremplin__previous_housing__descriptor, previous_housings },
    { &tremplin__location_type__descriptor, location_types },
    { &tremplin__resource_band__descriptor, resource_bands },
    { &tremplin__socio_professional_status__descriptor, socio_professional_statuses },
    { &tremplin__request_origin__descriptor, request_origins },
    { &tremplin__intervention_domain__descriptor, intervention_domains },
    { &tremplin__housing_outcome__descriptor, housing_outcomes },
    { &tremplin__closing_reason__descriptor, closing_reasons },
    { &tremplin__exit_channel__descriptor, exit_channels },
    { &tremplin__exit_direction__descriptor, exit_directions },
    { &tremplin__residence_kind__descriptor, residence_kinds },
    { &tremplin__reservation_holder__descriptor, reservation_holders },
    { &intake__decision_mode__descriptor, decision_modes },
    { &intake__decision__descriptor, decisions },
    { &intake__file_item__descriptor, file_items },
    { &measures__profession__descriptor, professions },
    { &measures__counting_method__descriptor, counting_methods },
    { &measures__target_public__descriptor, target_publics },
    { &measures__contact_kind__descriptor, contact_kinds },
    { &measures__follow_up_result__descriptor, follow_up_results },
    { &lodging__payment_method__descriptor, payment_methods },
};

enum { LISTS = sizeof lists / sizeof *lists, FOLDED = 128 };

static bool is_said(const char *a, const char *b)
{
    char first[FOLDED], second[FOLDED];

    text_fold(a, strlen(a), first, sizeof first);
    text_fold(b, strlen(b), second, sizeof second);
    return strcmp(first, second) == 0;
}

/* "TENURE_OWNER" of the list Tenure may be said "OWNER". */
static bool is_code(const ProtobufCEnumDescriptor *list, const char *code, const char *text)
{
    const char *zero = list->values[0].name;
    size_t prefix = strlen(zero) - strlen("UNSPECIFIED");

    return strcasecmp(code, text) == 0 ||
           (strncmp(code, zero, prefix) == 0 && strcasecmp(code + prefix, text) == 0);
}

static const struct label *labels_in(const ProtobufCEnumDescriptor *list)
{
    static const struct label none[] = { { 0 } };

    for (size_t i = 0; i < LISTS; i++)
        if (lists[i].list == list)
            return lists[i].labels;
    return none;
}

bool label_value(const ProtobufCEnumDescriptor *list, const char *text, int *value)
{
    for (const struct label *label = labels_in(list); label->said; label++)
        if (is_said(label->said, text)) {
            *value = label->value;
            return true;
        }
    for (unsigned i = 0; i < list->n_values; i++)
        if (list->values[i].value != 0 && is_code(list, list->values[i].name, text)) {
            *value = list->values[i].value;
            return true;
        }
    return false;
}

const char *labels_of(const ProtobufCEnumDescriptor *list, char *text, size_t size)
{
    size_t length = 0;

    text[0] = '\0';
    for (const struct label *label = labels_in(list); label->said && length < size; label++)
        length += (size_t)snprintf(text + length, size - length, "%s%s", length > 0 ? " | " : "",
                                   label->said);
    return text;
}
