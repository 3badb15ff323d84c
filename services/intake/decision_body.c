#include "services/intake/parts.h"

const struct table intake_bodies = { "bodies", &intake__records__body__descriptor };
const struct table intake_district_bodies = { "district_bodies",
                                              &intake__records__reference__descriptor };

const Intake__Records__Body *intake_body_of(struct tables *tables, const char *district,
                                            const char **id)
{
    const Intake__Records__Reference *reference =
        *district ? table_get(tables, &intake_district_bodies, key_text(district)) : NULL;

    *id = reference ? reference->id : "";
    return reference ? table_get(tables, &intake_bodies, key_id(reference->id)) : NULL;
}

/* A funder decides by itself, as a head does. */
enum decision_mode intake_mode_of(const Intake__Records__Body *body)
{
    if (!body)
        return 0;
    return body->mode == INTAKE__DECISION_MODE__DECISION_MODE_COMMISSION ? MODE_COMMISSION
                                                                         : MODE_HEAD;
}
