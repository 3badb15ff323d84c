#include "services/lodging/vacancies.h"

#include "services/lodging/rules/candidature.h"

/* --- one vacancy ------------------------------------------------------------------------------ */

static void tell_vacancy(struct work *work, Lodging__VacancyReply *reply, const char *id,
                         const Lodging__Records__Vacancy *row)
{
    lodging__vacancy_reply__init(reply);
    reply->vacancy = lodging_text(id);
    reply->unit = row->unit;
    reply->state = lodging_text(vacancy_machine.states[row->state]);
    reply->holder = row->holder;
    reply->notified_on = row->notified_on;
    reply->last_day = row->last_day;
    reply->corrective_action = lodging_in_clear(work, row->corrective_action);
    reply->corrective_action_due_on = row->corrective_action_due_on;
}

static Lodging__CandidatureStanding *tell_candidature(struct work *work, const char *id)
{
    const Lodging__Records__Candidature *row =
        table_get(work->tables, &lodging_candidatures, key_id(id));
    Lodging__CandidatureStanding *standing = row ? arena_take(work->arena, sizeof *standing) : NULL;

    if (!standing)
        return NULL;
    lodging__candidature_standing__init(standing);
    standing->candidature = lodging_text(id);
    standing->household = row->household;
    standing->rank = row->rank;
    standing->state = lodging_text(candidature_machine.states[row->state]);
    standing->reason = row->reason;
    return standing;
}

static void tell_candidatures(struct work *work, Lodging__VacancyReply *reply, const char *vacancy)
{
    struct walk walk = walk_from(work->tables, &lodging_candidatures_of_vacancy, key_id(vacancy));

    reply->candidatures =
        arena_take(work->arena, VACANCY_CANDIDATURES_MOST * sizeof *reply->candidatures);
    while (reply->candidatures && reply->n_candidatures < VACANCY_CANDIDATURES_MOST &&
           walk_next(&walk)) {
        const Lodging__Records__CandidatureOfVacancy *link = walk.value;
        Lodging__CandidatureStanding *standing = tell_candidature(work, link->candidature);

        if (standing)
            reply->candidatures[reply->n_candidatures++] = standing;
    }
}

const struct refusal *lodging_on_vacancy(struct work *work, const void *body)
{
    const Lodging__VacancyQuery *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__VacancyReply reply;

    if (!row)
        return not_known(work, "vacancy", asked->vacancy);
    tell_vacancy(work, &reply, asked->vacancy, row);
    tell_candidatures(work, &reply, asked->vacancy);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool add_vacancy(struct work *work, Lodging__VacanciesReply *reply, const struct walk *walk)
{
    Lodging__VacancyReply *vacancy = arena_take(work->arena, sizeof *vacancy);
    char *id = arena_take(work->arena, ID_TEXT_SIZE);
    size_t at = 0;
    const Lodging__Records__Vacancy *row;

    if (!vacancy || !id || !key_read_id(&walk->key, &at, id))
        return false;
    row = table_get(work->tables, &lodging_vacancies, key_id(id));
    if (!row)
        return false;
    tell_vacancy(work, vacancy, id, row);
    tell_candidatures(work, vacancy, id);
    reply->vacancies[reply->n_vacancies++] = vacancy;
    return true;
}

const struct refusal *lodging_on_vacancies(struct work *work, const void *body)
{
    const Lodging__VacanciesQuery *asked = body;
    Lodging__VacanciesReply reply = LODGING__VACANCIES_REPLY__INIT;
    uint32_t most = lodging_most(asked->most);
    struct walk walk = lodging_walk_after(
        work->tables, asked->open_only ? &lodging_vacancies_open : &lodging_vacancies,
        (struct key){ 0 }, asked->after);

    reply.vacancies = arena_take(work->arena, most * sizeof *reply.vacancies);
    while (reply.vacancies && walk_next(&walk)) {
        if (reply.n_vacancies == most) {
            reply.more = true;
            break;
        }
        if (!add_vacancy(work, &reply, &walk))
            break;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
