/*
 * probe - try from inside the sandbox what must not be possible there, for the
 * tests and for whoever wants to see it: write, exec, ptrace, listen,
 * read=PATH; and what must be: resolve=NAME.
 */
#ifndef FETCH_PROBE_H
#define FETCH_PROBE_H

#include "base/error.h"

/* 0 = refused, as it should be (resolve: the name was found in a thread, as
   curl does it); 1 = not; -1 = no such probe. */
int	probe(const char *, struct error *);

#endif
