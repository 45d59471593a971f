/*
 * dateform - the two forms that nearly every date of a feed has, read fast.
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

#endif
