/*
 * filter - run one of our own programs over bytes: they go to its standard
 * input, its standard output is gathered, its standard error is ours.
 */
#ifndef CTL_FILTER_H
#define CTL_FILTER_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * name is looked up in program_libexec; argv ends with NULL. Returns the wait
 * status as waitpid gives it, or -1 when it could not be run or said more than
 * out may hold.
 */
int	filter_run(const char *name, const char *const *argv, const void *in,
	    size_t len, struct buf *out, struct error *);

#endif
