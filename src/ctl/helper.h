/*
 * helper - run one of our own programs over bytes: they go to its standard
 * input, what it writes is gathered, its standard error is ours.
 */
#ifndef CTL_HELPER_H
#define CTL_HELPER_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

#define HELPER_INFO_FD "3"

/*
 * name is looked up in program_libexec; argv ends with NULL. out takes its
 * standard output, info (or NULL) what it writes to descriptor 3. Returns the
 * wait status as waitpid gives it, or -1 when it could not be run or said more
 * than the buffers may hold.
 */
int	helper_run(const char *name, const char *const *argv, const void *in,
	    size_t len, struct buf *out, struct buf *info, struct error *);

#endif
