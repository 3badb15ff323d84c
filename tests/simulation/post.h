/* post.h - the mail relay of a simulation, and what must hold of mails
 *
 * By the seed it takes a mail, puts it off or refuses it, at once or later; who dies meanwhile
 * never hears its answer.  Now and then alerts is told of a new epoch, and its mails are released
 * again.
 */
#ifndef TESTS_SIMULATION_POST_H
#define TESTS_SIMULATION_POST_H

#include "tests/simulation/simulation.h"

struct post;

/* The relay of the services added from here on. */
struct post *post_open(struct simulation *simulation);
void post_close(struct post *post);
/* A moment of the relay's, and of who runs Tremplin. */
void post_live(struct post *post);
/* Lets what is left go out, then: each mail reached the relay, again only after a death while it
 * was there, none while mails were held, and every place of the transport is free. */
void post_verify(struct post *post);

#endif
