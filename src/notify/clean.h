/*
 * clean - feed text made fit for plugins, terminals and logs.
 *
 * What the public header promises: valid UTF-8 without control characters (C0,
 * DEL, C1), line and paragraph separators and bidirectional embeddings,
 * overrides and isolates (Unicode, "Trojan Source", CVE-2021-42574). Whatever
 * goes is replaced by as many spaces as it had bytes, and a byte that is no
 * UTF-8 by '?': so that offsets into the text stay right.
 */
#ifndef NOTIFY_CLEAN_H
#define NOTIFY_CLEAN_H

#include <stdbool.h>

#include "base/arena.h"

/* Clean in place; lines says whether '\n' may stay. Returns the string. */
char	*clean_text(char *, bool lines);
/* A clean copy. */
const char *clean_copy(struct arena *, const char *, bool lines);
/* The same for an http or https URL, with what cannot stand in one encoded as
   %XX; "" for anything else. */
const char *clean_link(struct arena *, const char *);

#endif
