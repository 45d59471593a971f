/*
 * spawn - start one of our own programs: fork and exec, nothing inherited but
 * the descriptors named.
 */
#ifndef DAEMON_SPAWN_H
#define DAEMON_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/*
 * Run path with argv. fds[i] becomes descriptor 3 + i of the new process;
 * err_fd its stderr (-1 = ours). All signals are at their defaults and none
 * is blocked. Returns the pid, or -1. The caller keeps its descriptors.
 */
pid_t	spawn_program(const char *path, const char *const *argv,
	    const int *fds, size_t nfds, int err_fd, struct error *);

#endif
