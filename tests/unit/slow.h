/*
 * slow - how slow this build runs, for tests that take a sample where each run
 * is slow: valgrind and the sanitizers look at the same code, less often.
 */
#ifndef TESTS_SLOW_H
#define TESTS_SLOW_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* RUN is what tests/unit/run puts in front of each program. */
static inline bool
under_valgrind(void)
{
	const char *with = getenv("RUN");

	return with != NULL && strstr(with, "valgrind") != NULL;
}

static inline bool
under_sanitizers(void)
{
#ifdef __SANITIZE_ADDRESS__
	return true;
#else
	return false;
#endif
}

#endif
