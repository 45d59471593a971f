/*
 * robots - what a robots.txt lets a program read (RFC 9309).
 *
 * The groups that name the program count, those for everybody ("*") only when
 * there is none. Of the rules that fit the path the longest counts, and among
 * equals "allow". '*' stands for any characters, a '$' at the end for the end.
 * Any bytes may come in; what is not understood is passed over.
 */
#ifndef FEED_ROBOTS_H
#define FEED_ROBOTS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the agent ("newsalertd") may read the path, with its query: "/f?x". */
bool	robots_allow(const char *, size_t, const char *agent,
	    const char *path);

#endif
