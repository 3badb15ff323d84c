#include "services/lodging/rules/exit.h"

const struct refusal EXIT_WITHOUT_DATE = {
    .code = "EXIT_WITHOUT_DATE",
    .field = "left_on",
    .rule = "S0-7, 6.7",
    .french = "Indiquez la date de sortie.",
    .english = "Give the date of the exit.",
};

const struct refusal EXIT_BEFORE_ENTRY = {
    .code = "EXIT_BEFORE_ENTRY",
    .field = "left_on",
    .rule = "S0-7",
    .french = "La sortie ne peut pas précéder l'entrée : vérifiez la date.",
    .english = "The exit cannot come before the entry: check the date.",
};

const struct refusal EXIT_IN_THE_FUTURE = {
    .code = "EXIT_IN_THE_FUTURE",
    .field = "left_on",
    .rule = "6.7, C-25",
    .french = "Cette date est à venir : enregistrez une sortie prévue.",
    .english = "This date is still to come: record a planned exit.",
};

const struct refusal EXIT_WITHOUT_CHANNEL = {
    .code = "EXIT_WITHOUT_CHANNEL",
    .field = "channel",
    .rule = "S0-27, SX-3, 6.7",
    .french = "Indiquez la filière de sortie : accord collectif, DALO, Action Logement, parc "
              "privé…",
    .english = "Give the exit channel: collective agreement, DALO, Action Logement, private…",
};

const struct refusal EXIT_WITHOUT_DIRECTION = {
    .code = "EXIT_WITHOUT_DIRECTION",
    .field = "direction",
    .rule = "S4-19, SX-3, 6.7",
    .french = "Indiquez le sens de la sortie : vers le haut, équivalent, hébergement, rue…",
    .english = "Give the direction of the exit: upward, lateral, shelter, street…",
};

const struct refusal EXIT_WITHOUT_CAUSE = {
    .code = "EXIT_WITHOUT_CAUSE",
    .field = "cause",
    .rule = "S4-20",
    .french = "Indiquez la cause de cette sortie vers le bas : perte d'emploi, ressources "
              "insuffisantes ou autre.",
    .english = "Give the cause of this downward exit: job loss, resources too low or other.",
};

const struct refusal EXIT_WITHOUT_DESTINATION = {
    .code = "EXIT_WITHOUT_DESTINATION",
    .field = "destination",
    .rule = "6.7, A-59",
    .french = "Indiquez où va le ménage.",
    .english = "Say where the household goes.",
};

const struct refusal PLANNED_EXIT_IN_THE_PAST = {
    .code = "PLANNED_EXIT_IN_THE_PAST",
    .field = "planned_exit_date",
    .rule = "C-25, A-58",
    .french = "Une sortie prévue a une date à venir : corrigez la date ou enregistrez la sortie.",
    .english = "A planned exit lies ahead: correct its date or record the exit.",
};

static bool is_direction(enum exit_direction direction)
{
    return direction >= EXIT_UPWARD && direction < EXIT_DIRECTIONS;
}

const struct refusal *exit_may_be_recorded(const struct stay_exit *asked, struct date entry,
                                           struct date today)
{
    if (!date_is_valid(asked->on))
        return &EXIT_WITHOUT_DATE;
    if (date_is_before(asked->on, entry))
        return &EXIT_BEFORE_ENTRY;
    if (date_is_after(asked->on, today))
        return &EXIT_IN_THE_FUTURE;
    if (asked->channel < EXIT_COLLECTIVE_AGREEMENT || asked->channel >= EXIT_CHANNELS)
        return &EXIT_WITHOUT_CHANNEL;
    if (!is_direction(asked->direction))
        return &EXIT_WITHOUT_DIRECTION;
    if (exit_is_downward(asked->direction) &&
        (asked->cause < DOWNWARD_JOB_LOSS || asked->cause >= DOWNWARD_CAUSES))
        return &EXIT_WITHOUT_CAUSE;
    if (asked->direction != EXIT_DEATH && !asked->has_destination)
        return &EXIT_WITHOUT_DESTINATION;
    return ACCEPTED;
}

const struct refusal *exit_may_be_planned(struct date planned_on, enum exit_direction direction,
                                          struct date today)
{
    if (!date_is_valid(planned_on))
        return &EXIT_WITHOUT_DATE;
    if (date_is_before(planned_on, today))
        return &PLANNED_EXIT_IN_THE_PAST;
    return is_direction(direction) ? ACCEPTED : &EXIT_WITHOUT_DIRECTION;
}

bool exit_is_downward(enum exit_direction direction)
{
    return direction == EXIT_DOWNWARD_SHELTER || direction == EXIT_STREET;
}

bool exit_needs_redirection(enum exit_direction direction, bool is_shelter_confirmed)
{
    return exit_is_downward(direction) && !is_shelter_confirmed;
}
