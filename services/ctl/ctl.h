/* ctl.h - what the parts of the operators' command share
 *
 * tremplin calls services, watches them, imports and exports files, shows how
 * they stand, backs them up, restores and verifies them.  It owns nothing.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "libcommon/arena.h"
#include "libcommon/client.h"
#include "libcommon/organisation.h"
#include "libcommon/process.h"

#include <stdbool.h>
#include <stdio.h>

/* Exit codes beside process.h's, said in `tremplin help`. */
enum {
    CTL_DONE = 0,
    CTL_REFUSED = 1,   /* a rule said no, or a line was given back, or a check failed */
    CTL_NO_ANSWER = 2, /* a service did not answer, or said to try again */
};

struct ctl {
    const char *config;
    bool config_given; /* by --config or TREMPLIN_CONFIG */
    struct organisation organisation;
    struct organisation_names services;
    bool english;
    const char *actor;
    struct client *client;
    struct arena arena; /* reset between the steps of a long command */
    int argc;           /* what follows the subcommand */
    char **argv;
};

struct subcommand {
    const char *name;
    const char *usage;
    int (*run)(struct ctl *ctl);
    const char *help_french;
    const char *help_english;
    const char *usage_english; /* NULL: as in French */
    bool without_services;     /* needs no client, */
    bool opens_client;         /* but for one that it opens itself */
};

extern const struct subcommand subcommands[]; /* ended by a row without name */

/* One of two sentences, by the language asked for. */
const char *say(const struct ctl *ctl, const char *french, const char *english);
/* Prints what is wrong with a service's reply, in the language asked for; the exit code for it. */
int tell_reply(const struct ctl *ctl, const char *service, const Tremplin__Reply *reply);
/* As wide as it looks, not as many bytes. */
void print_wide(const char *text, int width);
/* What errno says, in the language asked for. */
const char *trouble_of(const struct ctl *ctl, int error);
/* Takes "--name value" out of what follows the subcommand; NULL when it is not there. */
const char *take_option(struct ctl *ctl, const char *name);
bool take_flag(struct ctl *ctl, const char *name);
const char *usage_line(const struct ctl *ctl, const struct subcommand *row);
int usage_of(const struct ctl *ctl, const char *name);
/* Tells that a folder is another user's, and how to type the command as that one. */
void tell_other_user(const struct ctl *ctl, const char *folder);

/* The services that the organisation runs, ended by NULL. */
const char *const *service_names(const struct ctl *ctl);

/* Is it one of them?  Says so when not. */
bool is_service(const struct ctl *ctl, const char *name);

/* Asks and unpacks; NULL with the trouble printed and *code set. */
void *ask(struct ctl *ctl, const char *service, const char *method, const ProtobufCMessage *asked,
          const ProtobufCMessageDescriptor *type, int *code);

/* describe.c: what a method is asked, what it answers. */
int describe_method(struct ctl *ctl, const char *name);

/* contract.c: every method of every service. */
struct contract_method {
    const char *service;
    const char *name;
    const ProtobufCMessageDescriptor *asked;
    const ProtobufCMessageDescriptor *reply;
    bool is_query;
};
bool contract_find(const char *name, struct contract_method *method);
/* Each method in turn; false after the last. */
bool contract_next(size_t *at, struct contract_method *method);
/* The message inside an event's oneof, in the arena; NULL when it cannot be read. */
const ProtobufCMessage *contract_event(const char *service, struct bytes event,
                                       struct arena *arena);

int run_call(struct ctl *ctl);
int run_watch(struct ctl *ctl);
int run_import(struct ctl *ctl);
int run_report(struct ctl *ctl);
int run_status(struct ctl *ctl);
int run_backup(struct ctl *ctl);
int run_restore(struct ctl *ctl);
int run_verify(struct ctl *ctl);
int run_follow(struct ctl *ctl);
int run_clock(struct ctl *ctl);
int run_keys(struct ctl *ctl);
int run_help(struct ctl *ctl);
int run_completion(struct ctl *ctl);

#endif
