/*
 * fdio - descriptors and whole files.
 *
 * Everything opened here is close-on-exec. Functions return -1 with a sentence
 * naming the path.
 */
#ifndef BASE_FDIO_H
#define BASE_FDIO_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

int	fdio_nonblock(int, struct error *);
int	fdio_pair(int [2], struct error *);	/* AF_UNIX stream, close-on-exec */
/* Append the whole file ("-" is stdin) to buf; over buf->max is an error. */
int	fdio_read_file(const char *, struct buf *, struct error *);
int	fdio_write_all(int, const void *, size_t, struct error *);
/* Write beside the target, fsync, rename over it, fsync the folder. */
int	fdio_replace_file(const char *, const void *, size_t, struct error *);

#endif
