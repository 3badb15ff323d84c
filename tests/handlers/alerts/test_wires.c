/* What a row says of an event is so: its fields are there, its rule is in the catalogue, and the
 * event is heard; each rule wired is raised on its days, and not once it is settled. */
#include "services/alerts/parts.h"
#include "tests/handlers/alerts/sources.h"

#define START DATE(2020, 5, 4)

/* --- the rows --------------------------------------------------------------------------------- */

static bool is_text(const ProtobufCMessageDescriptor *event, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(event, name);

    return field && field->type == PROTOBUF_C_TYPE_STRING &&
           field->label != PROTOBUF_C_LABEL_REPEATED;
}

static bool is_date(const ProtobufCMessageDescriptor *event, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(event, name);

    return field && field->type == PROTOBUF_C_TYPE_MESSAGE &&
           field->descriptor == &tremplin__date__descriptor &&
           field->label != PROTOBUF_C_LABEL_REPEATED;
}

static bool is_heard(const ProtobufCMessageDescriptor *event)
{
    for (const struct source *source = alerts_sources; source->service; source++)
        for (const struct hearing *row = source->hearings; row->event; row++)
            if (row->event == event && row->hear == alerts_hear)
                return true;
    return false;
}

static bool is_sound(const struct wire *wire)
{
    if (!catalogue_find(wire->rule) || !is_heard(wire->event))
        return false;
    if (wire->effect == ASKS)
        return wire->ask && !wire->subject;
    return is_text(wire->event, wire->subject) &&
           (!wire->aspect || is_text(wire->event, wire->aspect)) &&
           (wire->effect == CLOSES ? !wire->due : wire->due && is_date(wire->event, wire->due)) &&
           (!wire->until || is_date(wire->event, wire->until)) && !wire->ask;
}

static void test_rows(void)
{
    int unsound = 0, rows = 0;

    about("every row");
    for (size_t group = 0; alerts_wires[group]; group++)
        for (const struct wire *wire = alerts_wires[group]; wire->event; wire++, rows++) {
            unsound += !is_sound(wire);
            holds_or_report(is_sound(wire), "%s by %s", wire->rule, wire->event->name);
        }
    check(unsound == 0 && rows > 80, "names fields that are there, a rule, an event that is heard");
}

/* --- events in words: "measure=#51 granted_on=2020-05-04 months=6" ---------------------------- */

static char *identifier(const char *word)
{
    static char ids[64][ID_TEXT_SIZE];
    static int used;
    char *id = ids[used++ % 64];

    if (word[0] != '#')
        snprintf(id, ID_TEXT_SIZE, "%.36s", word);
    else
        snprintf(id, ID_TEXT_SIZE, ID("%.2s"), word + 1);
    return id;
}

static void put_value(ProtobufCMessage *event, const ProtobufCFieldDescriptor *field,
                      const char *value)
{
    char *place = (char *)event + field->offset;
    struct date day;
    Tremplin__Date *date = NULL;

    if (field->type == PROTOBUF_C_TYPE_MESSAGE && date_parse(value, &day))
        date = on(day);
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        static Tremplin__Date *list[8][8];
        static int used;
        Tremplin__Date **here = list[used++ % 8];
        size_t one = 1;

        here[0] = date;
        memcpy(place, &here, sizeof here);
        memcpy((char *)event + field->quantifier_offset, &one, sizeof one);
        return;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING)
        memcpy(place, &(char *){ identifier(value) }, sizeof(char *));
    else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        memcpy(place, &date, sizeof date);
    else if (field->type == PROTOBUF_C_TYPE_BOOL)
        memcpy(place, &(protobuf_c_boolean){ value[0] == 'y' }, sizeof(protobuf_c_boolean));
    else
        memcpy(place, &(uint32_t){ (uint32_t)atoi(value) }, sizeof(uint32_t));
}

static void tell_words(struct world *world, const ProtobufCMessageDescriptor *type,
                       const char *words, struct date day)
{
    char copy[256], *rest = copy;
    ProtobufCMessage *event = calloc(1, type->sizeof_message);

    type->message_init(event);
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        char *value = strchr(word, '=');

        if (!value)
            continue;
        *value++ = '\0';
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(type, word);
        if (check(field != NULL, "%s has %s", type->name, word))
            put_value(event, field, value);
    }
    tell(world, event, day);
    free(event);
}

/* --- each rule -------------------------------------------------------------------------------- */

#define MEASURES(event) &measures__##event##__descriptor
#define INTAKE(event)   &intake__##event##__descriptor
#define LODGING(event)  &lodging__##event##__descriptor
#define OF              "measure=#51 household=#52 "

struct told {
    const ProtobufCMessageDescriptor *event;
    const char *words;
};

static const struct {
    const char *rule;
    struct told opens;
    int days; /* that pass */
    const char *wanted;
    struct told closes;
    const char *sentence;
} cases[] = {
    { "A-01",
      { INTAKE(request_found_incomplete), "request=#51 found_on=2020-05-04" },
      60,
      "05-11 06-03",
      { INTAKE(request_completed), "request=#51" },
      "incomplete: 7 and 30 days after" },
    { "A-01",
      { INTAKE(request_found_incomplete), "request=#51 found_on=2020-05-04" },
      60,
      "05-11 06-03",
      { INTAKE(request_lapsed), "request=#51" },
      "incomplete, and lapsed" },
    { "A-03",
      { INTAKE(session_planned), "session=#51 held_on=2020-05-30 district=ALENCON" },
      40,
      "05-15 05-23 05-28",
      { INTAKE(session_held), "session=#51" },
      "a session: 15, 7 and 2 days before" },
    { "A-04",
      { INTAKE(request_completed), "request=#51 completed_on=2020-05-04" },
      80,
      "06-18 07-03",
      { INTAKE(request_refused), "request=#51" },
      "not decided: 45 and 60 days after it was complete" },
    { "A-05",
      { INTAKE(request_deferred), "request=#51 deferred_on=2020-05-04 deferrals=2" },
      10,
      "05-04",
      { INTAKE(request_granted), "request=#51" },
      "deferred twice: at once" },
    { "A-05",
      { INTAKE(request_deferred), "request=#51 deferred_on=2020-05-04 deferrals=1" },
      10,
      "",
      { INTAKE(request_granted), "request=#51" },
      "deferred once: nothing" },
    { "A-07",
      { INTAKE(accreditation_changed), "operator=AOLTJ valid_to=2020-08-10" },
      150,
      "05-12 06-11 07-11",
      { INTAKE(accreditation_changed), "operator=AOLTJ valid_to=2025-08-10" },
      "an accreditation: 90, 60 and 30 days before" },
    { "S-1",
      { MEASURES(matter_to_settle), OF "matter=NOT_OF_TARGET_PUBLIC found_on=2020-05-04" },
      10,
      "05-04",
      { MEASURES(matter_settled), OF "matter=NOT_OF_TARGET_PUBLIC" },
      "a measure to settle: at once" },
    { "A-10",
      { MEASURES(measure_granted), OF "granted_on=2020-05-04" },
      30,
      "05-12 05-15",
      { MEASURES(measure_assigned), OF "worker=#30" },
      "not assigned: 5 and 8 working days after, 8 May being none" },
    { "A-66",
      { MEASURES(measure_assigned), OF "worker=#30 assigned_on=2020-05-04 meet_by=2020-05-25" },
      30,
      "05-25",
      { MEASURES(first_meeting_held), OF "held_on=2020-05-04" },
      "no first meeting: 21 days after" },
    { "A-66",
      { MEASURES(measure_assigned), OF "worker=#30 assigned_on=2020-05-04" },
      30,
      "",
      { MEASURES(first_meeting_held), OF "held_on=2020-05-04" },
      "another worker after the first meeting: nothing" },
    { "A-11",
      { MEASURES(first_meeting_held), OF "held_on=2020-05-04" },
      40,
      "05-24 06-03",
      { MEASURES(measure_started), OF },
      "unsigned: 20 and 30 days after the first meeting" },
    { "A-13",
      { MEASURES(measure_started), OF "started_on=2020-05-04 end=2020-08-01" },
      100,
      "06-01 07-01 07-16",
      { MEASURES(measure_closing), OF },
      "ending: 60, 30 and 15 days before its last day, 31 July" },
    { "A-14",
      { MEASURES(measure_started), OF "started_on=2020-05-04 cap_on=2020-08-10" },
      120,
      "05-12 06-11 07-11",
      { MEASURES(measure_closing), OF },
      "near its cap: 90, 60 and 30 days before" },
    { "A-17",
      { MEASURES(measure_started), OF "started_on=2020-05-04 reviews_due=2020-06-01" },
      60,
      "05-22 06-01 06-11",
      { MEASURES(review_written), OF "written_on=2020-05-10" },
      "a review: 10 days before, the day, 10 days after" },
    { "A-18",
      { MEASURES(measure_started), OF "started_on=2020-05-04" },
      80,
      "06-18 07-03",
      { MEASURES(measure_suspended), OF },
      "no contact: 45 and 60 days after" },
    { "A-25",
      { MEASURES(measure_closing), OF "ended_on=2020-05-04" },
      30,
      "05-11 05-19",
      { MEASURES(measure_closed), OF },
      "not evaluated: 7 and 15 days after" },
    { "A-24",
      { MEASURES(follow_up_planned), OF "due_on=2020-06-01" },
      60,
      "05-17 06-01 06-16",
      { MEASURES(follow_up_ended), OF },
      "six months after: 15 days before, the day, 15 days after" },
    { "A-19",
      { MEASURES(caseload_changed), "worker=#30 measures=36 level=OVER changed_on=2020-05-04" },
      10,
      "05-04",
      { MEASURES(caseload_changed), "worker=#30 measures=35 level=WARN changed_on=2020-05-04" },
      "over 35: at once" },
    { "A-22",
      { MEASURES(agreement_opened),
        "agreement=#51 operator=AOLTJ scheme=1 starts_on=2020-01-01 ends_on=2020-08-10" },
      150,
      "05-12 06-11 07-11",
      { MEASURES(agreement_opened),
        "agreement=#52 operator=AOLTJ scheme=1 starts_on=2020-08-11 ends_on=2029-12-31" },
      "an agreement: 90, 60 and 30 days before" },
    { "A-31",
      { LODGING(candidature_withdrawn),
        "candidature=#51 vacancy=#52 withdrawn_on=2020-05-04 pending=1" },
      10,
      "05-04",
      { LODGING(vacancy_filled), "vacancy=#52" },
      "a candidate withdrew: at once" },
    { "A-32",
      { LODGING(vacancy_lost), "vacancy=#52 lost_on=2020-05-04" },
      10,
      "05-04",
      { LODGING(corrective_action_recorded), "vacancy=#52" },
      "lost: at once" },
    { "A-33",
      { LODGING(corrective_action_recorded),
        "vacancy=#52 due_on=2020-05-30 recorded_on=2020-05-04" },
      40,
      "05-23 05-30",
      { NULL, NULL },
      "a corrective action: 7 days before and the day" },
    { "A-40",
      { LODGING(vacancy_opened),
        "vacancy=#52 notified_on=2020-04-30 last_day=2020-05-08 free_on=2020-05-04" },
      70,
      "06-03 06-18 07-03",
      { LODGING(vacancy_filled), "vacancy=#52" },
      "empty: 30, 45 and 60 days" },
    { "A-50",
      { LODGING(stay_started), "stay=#51 entered_on=2020-05-04 term_on=2020-11-04" },
      200,
      "05-04 08-04 10-04",
      { LODGING(stay_ended), "stay=#51 channel=1 direction=1 has_destination=yes" },
      "a term: 6, 3 and 1 months before" },
    { "A-51",
      { LODGING(stay_started), "stay=#51 entered_on=2020-05-04 term_on=2020-06-04" },
      90,
      "06-05 07-04",
      { LODGING(stay_ended), "stay=#51 channel=1 direction=1 has_destination=yes" },
      "the term is over: 1 and 30 days after" },
    { "A-59",
      { LODGING(stay_ended), "stay=#51 left_on=2020-05-04 channel=1 direction=1" },
      30,
      "05-07 05-14",
      { LODGING(stay_ended), "stay=#51 channel=1 direction=1 has_destination=yes" },
      "how it ended is not known: 3 and 10 days after" },
    { "A-70",
      { LODGING(arrears_began), "account=#51 episode=#53 fact=1 since=2020-05-04" },
      30,
      "05-04",
      { LODGING(arrears_ended), "account=#51 episode=#53 fact=1" },
      "a first unpaid term: at once" },
    { "A-71",
      { LODGING(arrears_began),
        "account=#51 episode=#53 fact=2 since=2020-05-04 act_by=2020-07-04" },
      90,
      "05-04 07-04",
      { LODGING(arrears_ended), "account=#51 episode=#53 fact=2" },
      "the APL threshold: at once, and the day to report by" },
    { "A-72",
      { LODGING(arrears_began), "account=#51 episode=#53 fact=4 since=2020-05-04" },
      90,
      "05-04",
      { LODGING(arrears_ended), "account=#51 episode=#53 fact=4" },
      "the CCAPEX threshold: at once" },
    { "A-73",
      { LODGING(arrears_began), "account=#51 episode=#53 fact=3 since=2020-05-04" },
      90,
      "05-04",
      { LODGING(arrears_ended), "account=#51 episode=#53 fact=3" },
      "termination possible: at once" },
};

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct world *world = world_open(i + 1, START);
        struct tally tally;

        about("%s, %s", cases[i].rule, cases[i].sentence);
        add_sources(world);
        world_add(world, &alerts_service, NULL);
        tell_words(world, cases[i].opens.event, cases[i].opens.words, START);
        world_move_to(world, date_add_days(START, cases[i].days), 12, 0);
        check_text(days_raised(world, cases[i].rule, &tally), cases[i].wanted,
                   "raised on its days");
        if (cases[i].closes.event) {
            tell_words(world, cases[i].closes.event, cases[i].closes.words,
                       date_add_days(START, cases[i].days));
            check_number(open_of(world, cases[i].rule), 0, "settled, it resolves by itself");
        }
        holds_or_report(world_check_store(world, "alerts") == NULL,
                        "%s: the tables are the journal replayed", cases[i].rule);
        world_close(world);
    }
}

/* The same before the first step: none is raised. */
static void test_settled_in_time(void)
{
    about("settled before a step: it is not raised");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct world *world = world_open(i + 100, START);
        struct tally tally;

        if (!cases[i].closes.event || strncmp(cases[i].wanted, "05-04", 5) == 0) {
            world_close(world);
            continue;
        }
        add_sources(world);
        world_add(world, &alerts_service, NULL);
        tell_words(world, cases[i].opens.event, cases[i].opens.words, START);
        tell_words(world, cases[i].closes.event, cases[i].closes.words, START);
        world_move_to(world, date_add_days(START, cases[i].days), 12, 0);
        check_text(days_raised(world, cases[i].rule, &tally), "", "%s", cases[i].rule);
        world_close(world);
    }
}

/* --- what moves ------------------------------------------------------------------------------- */

static void test_contacts(void)
{
    struct world *world = world_open(201, START);
    struct tally tally;

    about("A-18 is moved by each contact with the household, and never back");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, MEASURES(measure_started), OF "started_on=2020-05-04", START);
    world_move_to(world, DATE(2020, 6, 1), 12, 0);
    tell_words(world, MEASURES(contact_noted), OF "contact_on=2020-06-01 with_household=yes",
               DATE(2020, 6, 1));
    tell_words(world, MEASURES(contact_noted), OF "contact_on=2020-05-20 with_household=yes",
               DATE(2020, 5, 20));
    tell_words(world, MEASURES(contact_noted), OF "contact_on=2020-06-02", DATE(2020, 6, 2));
    world_move_to(world, DATE(2020, 7, 17), 12, 0);
    check_text(days_raised(world, "A-18", &tally), "07-16", "45 days after the last one");
    tell_words(world, MEASURES(contact_noted), OF "contact_on=2020-07-17 with_household=yes",
               DATE(2020, 7, 17));
    check_number(open_of(world, "A-18"), 0, "a contact resolves what was raised");
    world_move_to(world, DATE(2020, 8, 31), 12, 0);
    check_text(days_raised(world, "A-18", &tally), "07-16 08-31", "and it counts anew");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void use_line(struct world *world, uint32_t percent, struct date day)
{
    Measures__AgreementLineChanged changed = MEASURES__AGREEMENT_LINE_CHANGED__INIT;
    Measures__LineStanding standing = MEASURES__LINE_STANDING__INIT;

    standing.line = text(ID("61"));
    changed.agreement = text(ID("60"));
    changed.standing = &standing;
    changed.changed_on = on(day);
    changed.used_percent = percent;
    tell(world, &changed.base, day);
}

static void test_line(void)
{
    struct world *world = world_open(202, START);
    struct tally tally;

    about("A-20: each of 80, 90 and 100 %% as it is crossed");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    use_line(world, 79, START);
    check_text(days_raised(world, "A-20", &tally), "", "79 %%: nothing");
    use_line(world, 80, START);
    use_line(world, 89, START);
    check_text(days_raised(world, "A-20", &tally), "05-04", "80 %%: once");
    check_text(last_raised(world)->aspect, "80 %", "and which");
    use_line(world, 100, START);
    check_text(days_raised(world, "A-20", &tally), "05-04 05-04", "90 and 100 at once: the higher");
    check_text(last_raised(world)->aspect, "100 %", "and which");
    check_number(open_of(world, "A-20"), 2, "both are open");
    use_line(world, 85, START);
    check_number(open_of(world, "A-20"), 1, "a release resolves those above");
    use_line(world, 20, START);
    check_number(open_of(world, "A-20"), 0, "and then all");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_session(void)
{
    struct world *world = world_open(203, START);
    struct tally tally;

    about("A-02: complete at the cut-off and on no agenda, told on the session's day");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, INTAKE(session_planned),
               "session=#61 district=ALENCON held_on=2020-05-20 cut_off=2020-05-13", START);
    tell_words(world, INTAKE(request_completed),
               "request=#51 district=ALENCON completed_on=2020-05-04", START);
    tell_words(world, INTAKE(request_completed),
               "request=#52 district=ALENCON completed_on=2020-05-04", START);
    tell_words(world, INTAKE(request_scheduled), "request=#52 district=ALENCON session=#61", START);
    tell_words(world, INTAKE(request_completed),
               "request=#53 district=FLERS completed_on=2020-05-04", START);
    world_move_to(world, DATE(2020, 5, 14), 12, 0);
    tell_words(world, INTAKE(request_completed),
               "request=#54 district=ALENCON completed_on=2020-05-14", DATE(2020, 5, 14));
    world_move_to(world, DATE(2020, 5, 21), 12, 0);
    check_text(days_raised(world, "A-02", &tally), "05-20", "one of four, on the day");
    check_text(last_raised(world)->rule, "A-02", "the last raised");
    check_text(last_raised(world)->subject, ID("51"), "is the one that was complete and forgotten");
    tell_words(world, INTAKE(request_scheduled), "request=#51 district=ALENCON session=#62",
               DATE(2020, 5, 21));
    check_number(open_of(world, "A-02"), 0, "scheduled, it resolves");
    world_close(world);
}

#define COMPLETED(on)            "request=#51 district=ALENCON completed_on=" on
#define SESSION(id, on, cut_off) "session=" id " district=ALENCON held_on=" on " cut_off=" cut_off

static void test_session_while_down(void)
{
    struct world *world = world_open(208, START);
    struct tally tally;

    about("A-02: a session held while alerts was down is told of none the less");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, INTAKE(session_planned), SESSION("#61", "2020-05-20", "2020-05-13"), START);
    tell_words(world, INTAKE(request_completed), COMPLETED("2020-05-04"), START);
    tell_words(world, INTAKE(request_completed),
               "request=#52 district=ALENCON completed_on=2020-05-04", START);
    tell_words(world, INTAKE(request_scheduled), "request=#52 session=#61", START);
    world_move_to(world, DATE(2020, 5, 19), 12, 0);
    world_kill(world, "alerts");
    world_move_to(world, DATE(2020, 5, 20), 15, 0);
    tell_words(world, INTAKE(session_held), "session=#61 district=ALENCON held_on=2020-05-20",
               DATE(2020, 5, 20));
    tell_words(world, INTAKE(request_deferred),
               "request=#52 district=ALENCON deferred_on=2020-05-20 deferrals=1",
               DATE(2020, 5, 20));
    world_move_to(world, DATE(2020, 5, 22), 12, 0);
    world_revive(world, "alerts");
    world_move_to(world, DATE(2020, 5, 30), 12, 0);
    check_text(days_raised(world, "A-02", &tally), "05-20", "of its day, once it is back");
    check_text(last_raised(world)->subject, ID("51"), "and not of the one that was deferred there");
    check(date_is_same(date_of(last_raised(world)->due_on), DATE(2020, 5, 20)),
          "due on the session's day");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_session_of_today(void)
{
    struct world *world = world_open(209, START);
    struct tally tally;

    about("A-02: a session planned on its own day, and the sessions after it");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, INTAKE(request_completed), COMPLETED("2020-05-04"), START);
    tell_words(world, INTAKE(session_planned), SESSION("#62", "2020-06-17", "2020-06-10"), START);
    tell_words(world, INTAKE(session_planned), SESSION("#61", "2020-05-27", "2020-05-20"), START);
    world_move_to(world, DATE(2020, 5, 20), 9, 0);
    check_text(days_raised(world, "A-02", &tally), "", "the session of the 27th is to come");
    tell_words(world, INTAKE(session_planned), SESSION("#61", "2020-05-20", "2020-05-13"),
               DATE(2020, 5, 20));
    check_text(days_raised(world, "A-02", &tally), "05-20", "moved to today: told at once");
    world_move_to(world, DATE(2020, 6, 30), 12, 0);
    check_text(days_raised(world, "A-02", &tally), "05-20", "the next session adds nothing");
    check_number(open_of(world, "A-02"), 1, "one alert for one request");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_agreements(void)
{
    struct world *world = world_open(206, START);
    struct tally tally;

    about("A-22: an agreement without an end renews as one with a later end does");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, MEASURES(agreement_opened),
               "agreement=#51 operator=AOLTJ scheme=1 starts_on=2020-01-01 ends_on=2020-08-10",
               START);
    tell_words(world, MEASURES(agreement_opened),
               "agreement=#52 operator=AOLTJ scheme=1 starts_on=2020-08-11", START);
    tell_words(world, MEASURES(agreement_opened),
               "agreement=#53 operator=AOLTJ scheme=1 starts_on=2019-01-01 ends_on=2020-08-01",
               START);
    world_move_to(world, DATE(2020, 8, 11), 12, 0);
    check_text(days_raised(world, "A-22", &tally), "",
               "nothing, whether it is told after the one that ends or before");
    world_close(world);
}

#define ACCREDITED(from, to) "operator=AOLTJ valid_from=" from " valid_to=" to

static void test_accreditations(void)
{
    struct world *world = world_open(207, DATE(2020, 3, 2));
    struct tally tally;

    about("A-07 counts from the last end of all accreditations, in whatever order they are told");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2020-01-01", "2020-12-31"), START);
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2016-01-01", "2019-12-31"), START);
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2016-01-01", "2019-11-30"), START);
    world_move_to(world, DATE(2020, 11, 2), 12, 0);
    check_text(days_raised(world, "A-07", &tally), "10-02 11-01",
               "an earlier one, told late or corrected, changes nothing");
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2021-01-01", "2021-06-30"), START);
    check_number(open_of(world, "A-07"), 0, "a later one renews it");
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2020-01-01", "2022-12-31"), START);
    world_move_to(world, DATE(2021, 6, 1), 12, 0);
    check_text(days_raised(world, "A-07", &tally), "10-02 11-01",
               "and so does the first, made longer than that");
    tell_words(world, INTAKE(accreditation_changed), ACCREDITED("2020-01-01", "2020-12-31"), START);
    world_move_to(world, DATE(2021, 6, 2), 12, 0);
    check_number(open_of(world, "A-07"), 1, "made as short as it was, the later one counts again");
    tell_words(world, INTAKE(accreditation_changed), "operator=AOLTJ valid_from=2021-07-01",
               DATE(2021, 6, 2));
    check_number(open_of(world, "A-07"), 0, "one without an end settles it");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_four_years(void)
{
    struct world *world = world_open(204, START);
    struct tally tally;

    about("A-52: six months before four years, at four years, and every six months");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, LODGING(stay_started), "stay=#51 entered_on=2016-12-04", DATE(2016, 12, 4));
    world_move_to(world, DATE(2022, 1, 1), 12, 0);
    check_text(days_raised(world, "A-52", &tally), "06-04 12-04 06-04 12-04",
               "from June 2020 to December 2021");
    world_close(world);
}

static void test_extended(void)
{
    struct world *world = world_open(205, START);
    struct tally tally;

    about("A-30: the days move with an extension, and candidates who leave are replaced on it");
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    tell_words(world, LODGING(vacancy_opened),
               "vacancy=#52 notified_on=2020-05-04 last_day=2020-05-12", START);
    world_move_to(world, DATE(2020, 5, 9), 12, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05 05-08", "on its first days");
    tell_words(world, LODGING(vacancy_extended), "vacancy=#52 last_day=2020-05-22",
               DATE(2020, 5, 9));
    world_move_to(world, DATE(2020, 5, 17), 12, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05 05-08 05-15", "ten days later");
    tell_words(world, LODGING(candidature_proposed), "candidature=#71 vacancy=#52",
               DATE(2020, 5, 17));
    tell_words(world, LODGING(candidature_withdrawn),
               "candidature=#71 vacancy=#52 withdrawn_on=2020-05-17 pending=0", DATE(2020, 5, 17));
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    check_text(
        days_raised(world, "A-30", &tally), "05-05 05-08 05-15 05-17 05-18 05-20 05-21 05-22",
        "the step told is told again as the last candidate leaves, and so on to the last day");
    world_close(world);
}

int main(void)
{
    test_rows();
    test_cases();
    test_settled_in_time();
    test_contacts();
    test_line();
    test_session();
    test_session_while_down();
    test_session_of_today();
    test_agreements();
    test_accreditations();
    test_four_years();
    test_extended();
    return checks_done();
}
