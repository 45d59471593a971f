/*
 * dateform - dates in forms of a fixed width: the two that nearly every date of
 * a feed has, read fast, seconds since 1970, and the weeks of ISO 8601.
 *
 * "Tue, 05 Mar 2024 14:30:00 GMT" (or +0100) and "2024-03-05T14:30:00Z" (or
 * +01:00), in just this width. Every other form is for date.c.
 */
#ifndef FEED_DATEFORM_H
#define FEED_DATEFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False when it has neither form or names no moment; *t is Unix seconds. */
bool	dateform_usual(const char *, size_t, int64_t *t);

/* "1700000000": seconds since 1970, perhaps with a fraction or behind '@';
   thousandths, millionths and billionths of them by their length. */
bool	dateform_unix(const char *, size_t, int64_t *t);

/* A week of ISO 8601 at the start, "2004-W53-6" or "2004W536": the year and the
   day of it that it is. Returns its length, 0 = there is none. */
size_t	 dateform_week(const char *, size_t, int *year, int *day);

#endif
