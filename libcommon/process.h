/* process.h - how a service's process ends
 *
 * service_run() (service.h) starts it in this order: arguments, configuration,
 * parameters, store, sockets, signals, READY=1, loop.
 */
#ifndef LIBCOMMON_PROCESS_H
#define LIBCOMMON_PROCESS_H

enum exit_code {
    EXIT_STOPPED = 0,        /* told to stop; --help, --version, a sound --check-config */
    EXIT_USAGE = 64,         /* the arguments */
    EXIT_DATA = 65,          /* the store is damaged, or of another release */
    EXIT_IN_USE = 69,        /* another process has the store, the endpoint or the port */
    EXIT_BUILD = 70,         /* the program's own description does not fit the contract */
    EXIT_MEMORY = 71,        /* the system has no memory */
    EXIT_CANNOT_CREATE = 73, /* a folder or file cannot be made, or the disk is full at start */
    EXIT_DISK = 74,          /* an I/O error: what an fsync lost is lost, so never retried here */
    EXIT_CONFIGURATION = 78, /* the configuration, the parameters or the keys */
};

/* A note in the folder of the data, while stores are exchanged by a restore: a line that tells what
 * is replaced goes where, then a service a line, with " none" behind it when it had no journal.
 * None of them starts while it is there. */
#define PROCESS_RESTORING "restoring"

/* In a service's folder: what a restore is about to put in the place of what is there. */
#define PROCESS_PUT_BACK "put_back"

#endif
