/*
 * landlock - the three system calls of landlock(7), for which Debian 12 has no
 * library: a process that may read some paths and change nothing.
 */
#ifndef FETCH_LANDLOCK_H
#define FETCH_LANDLOCK_H

#include <stddef.h>

#include "base/error.h"

/*
 * From now on only the n paths, and what is below them, can be read; those
 * that do not exist are left out. Nothing can be written, created or removed,
 * no TCP port bound, and no process outside signalled or reached by abstract
 * sockets, as far as the kernel knows these. -1: no Landlock.
 */
int	landlock_read_only(const char *const *, size_t n, struct error *);

#endif
