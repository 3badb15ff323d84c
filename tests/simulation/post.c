#include "tests/simulation/post.h"

#include "libcommon/mail.h"
#include "proto/alerts.pb-c.h"

#include <stdlib.h>

enum { PLACES = 4, HANDED_MOST = 8192, NOT_YET = -1 };

struct attempt {
    char id[ID_TEXT_SIZE];
    uint32_t number;
    bool is_handed;
    int code; /* what the relay says; NOT_YET: later */
};

struct handed {
    char id[ID_TEXT_SIZE];
    uint32_t number;
    int life;
    uint64_t committed; /* of the journal, when it was handed over */
    bool is_taken;
};

struct post {
    struct simulation *simulation;
    struct chance chance; /* of its own */
    struct mail_transport transport;
    int life;
    int promises;
    struct attempt promised[PLACES];
    int count;
    struct handed handed[HANDED_MOST];
};

/* --- the transport ---------------------------------------------------------------------------- */

/* Another life of the service knows of no promise. */
static void see_life(struct post *post)
{
    int life = world_lives(post->simulation->world, "alerts");

    if (life != post->life)
        post->promises = 0;
    post->life = life;
}

static struct attempt *find(struct post *post, const char *id, uint32_t number)
{
    see_life(post);
    for (int i = 0; i < post->promises; i++)
        if (post->promised[i].number == number && strcmp(post->promised[i].id, id) == 0)
            return &post->promised[i];
    return NULL;
}

static int room(void *self)
{
    struct post *post = self;

    see_life(post);
    return PLACES - post->promises;
}

static bool promise(void *self, const char *id, uint32_t number)
{
    struct post *post = self;
    struct attempt *attempt;

    if (find(post, id, number))
        return true;
    if (room(post) == 0)
        return false;
    attempt = &post->promised[post->promises++];
    *attempt = (struct attempt){ .number = number };
    snprintf(attempt->id, sizeof attempt->id, "%s", id);
    return true;
}

static bool is_promised(void *self, const char *id, uint32_t number)
{
    return find(self, id, number) != NULL;
}

static bool is_handed(void *self, const char *id, uint32_t number)
{
    const struct attempt *attempt = find(self, id, number);

    return attempt && attempt->is_handed;
}

static void forget_unless(void *self, mail_wanted_fn *is_wanted, void *owner)
{
    struct post *post = self;

    see_life(post);
    for (int i = post->promises; i-- > 0;) {
        const struct attempt *attempt = &post->promised[i];

        if (!attempt->is_handed && !is_wanted(owner, attempt->id, attempt->number))
            post->promised[i] = post->promised[--post->promises];
    }
}

static int choose_code(struct post *post)
{
    int64_t number = post->simulation->calm ? 0 : chance_between(&post->chance, 0, 99);

    return number < 80 ? 250 : number < 88 ? 451 : number < 96 ? 0 : 550;
}

/* Its answer is said, and its place is free. */
static void answer(struct post *post, struct attempt *answered)
{
    struct attempt attempt = *answered;

    *answered = post->promised[--post->promises];
    world_mail_outcome(post->simulation->world, "alerts", attempt.id, attempt.number, attempt.code);
}

static void hand_over(void *self, const struct mail *mail)
{
    struct post *post = self;
    struct attempt *attempt = find(post, mail->id, mail->attempt);
    struct world *world = post->simulation->world;
    struct handed *handed = &post->handed[post->count];

    if (!attempt || attempt->is_handed || post->count == HANDED_MOST)
        return;
    attempt->is_handed = true;
    attempt->code = choose_code(post);
    *handed = (struct handed){
        .number = mail->attempt,
        .life = post->life,
        .committed = runtime_journal(world_runtime(world, "alerts"))->committed,
        .is_taken = attempt->code == 250,
    };
    snprintf(handed->id, sizeof handed->id, "%s", mail->id);
    post->count++;
    if (post->simulation->calm || chance_between(&post->chance, 0, 2) > 0)
        answer(post, attempt);
}

struct post *post_open(struct simulation *simulation)
{
    struct post *post = calloc(1, sizeof *post);

    post->simulation = simulation;
    post->chance = (struct chance){ simulation->seed * UINT64_C(0xA0761D6478BD642F) | 1 };
    post->transport = (struct mail_transport){
        .promise = promise,
        .is_promised = is_promised,
        .is_handed = is_handed,
        .forget_unless = forget_unless,
        .hand_over = hand_over,
        .room = room,
        .self = post,
    };
    world_set_mail(simulation->world, &post->transport);
    return post;
}

void post_close(struct post *post)
{
    free(post);
}

/* --- a moment --------------------------------------------------------------------------------- */

static void answer_late(struct post *post)
{
    see_life(post);
    for (int i = post->promises; i-- > 0;)
        if (post->promised[i].is_handed)
            answer(post, &post->promised[i]);
}

static void raise_epoch(struct post *post)
{
    Tremplin__RaiseEpoch asked = TREMPLIN__RAISE_EPOCH__INIT;
    uint8_t bytes[64];

    asked.reason = (char *)(uintptr_t) "takeover";
    world_call_bytes(post->simulation->world, "alerts", "Runtime.RaiseEpoch",
                     (struct bytes){ bytes, tremplin__raise_epoch__pack(&asked, bytes) });
}

static void release(struct post *post)
{
    Alerts__ReleaseMails asked = ALERTS__RELEASE_MAILS__INIT;

    simulation_call(post->simulation, "alerts.ReleaseMails", &asked.base,
                    &alerts__release_mails_reply__descriptor);
}

void post_live(struct post *post)
{
    if (chance_between(&post->chance, 0, 3) == 0)
        answer_late(post);
    if (chance_between(&post->chance, 0, 149) == 0)
        raise_epoch(post);
    if (chance_between(&post->chance, 0, 29) == 0)
        release(post);
}

/* --- what must hold --------------------------------------------------------------------------- */

struct story {
    struct post *post;
    uint64_t held_since; /* 0: not held */
};

static void fails(struct post *post, const char *what, const char *mail)
{
    simulation_fails(post->simulation, "mail %s %s", mail, what);
}

static void check_written(struct post *post, const char *mail)
{
    for (int i = 0; i < post->count; i++)
        if (strcmp(post->handed[i].id, mail) == 0)
            return;
    if (post->count < HANDED_MOST)
        fails(post, "never reached the relay", mail);
}

static void check_over(struct post *post, const char *mail, uint64_t sequence)
{
    for (int i = 0; i < post->count; i++)
        if (post->handed[i].committed >= sequence && strcmp(post->handed[i].id, mail) == 0)
            fails(post, "was handed over when it was sent or given up", mail);
}

static void check_held(struct post *post, uint64_t since, uint64_t until)
{
    for (int i = 0; i < post->count; i++)
        if (post->handed[i].committed >= since && post->handed[i].committed < until)
            fails(post, "left while mails were held", post->handed[i].id);
}

static void follow(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct story *story = context;

    if (event->descriptor == &alerts__mail_written__descriptor) {
        check_written(story->post, ((const Alerts__MailWritten *)event)->mail);
    } else if (event->descriptor == &alerts__mail_sent__descriptor) {
        check_over(story->post, ((const Alerts__MailSent *)event)->mail, header->sequence);
    } else if (event->descriptor == &alerts__mail_failed__descriptor) {
        check_over(story->post, ((const Alerts__MailFailed *)event)->mail, header->sequence);
    } else if (event->descriptor == &alerts__mails_held__descriptor && story->held_since == 0) {
        story->held_since = header->sequence;
    } else if (event->descriptor == &alerts__mails_released__descriptor) {
        if (story->held_since)
            check_held(story->post, story->held_since, header->sequence);
        story->held_since = 0;
    }
}

static void check_doubles(struct post *post)
{
    for (int i = 0; i < post->count; i++)
        for (int j = 0; j < i; j++) {
            const struct handed *first = &post->handed[j], *again = &post->handed[i];

            if (strcmp(first->id, again->id) != 0)
                continue;
            if (first->number == again->number)
                fails(post, "was handed over twice by one attempt", again->id);
            if (first->is_taken && again->is_taken && first->life == again->life)
                fails(post, "was taken twice without a death", again->id);
        }
}

void post_verify(struct post *post)
{
    struct story story = { .post = post };

    release(post);
    answer_late(post);
    for (int i = 0; i < 10; i++) /* what was put off comes again within four hours */
        world_pass(post->simulation->world, HOUR_MS / 2);
    if (!world_settle(post->simulation->world))
        simulation_fails(post->simulation, "does not settle once its mails have left");
    see_life(post);
    if (post->promises > 0)
        simulation_fails(post->simulation, "%d places of the transport are lost", post->promises);
    world_events(post->simulation->world, "alerts", follow, &story);
    check_doubles(post);
}
