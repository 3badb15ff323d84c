/* in_clear.h - whether texts stand in clear in what a service keeps, or in what it published */
#ifndef TESTS_IN_CLEAR_H
#define TESTS_IN_CLEAR_H

#include "tests/world.h"

/* How many times the texts stand in clear in the files of the service. */
int in_files(struct world *world, const char *service, const char *const texts[], size_t count);
/* What is published, as somebody who watches gets it. */
extern const struct simulated_node watcher;
/* How many of the texts it heard. */
int in_published(const char *const texts[], size_t count);

#endif
