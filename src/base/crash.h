/*
 * crash - named points at which a test build kills itself.
 *
 * Built with -DCRASH_POINTS, the environment NEWSALERTD_CRASH=name or name:n
 * makes the n-th pass (default the first) of that point in this process end
 * it with SIGKILL: nothing is flushed, nothing is cleaned up. Otherwise the
 * macro is nothing.
 */
#ifndef BASE_CRASH_H
#define BASE_CRASH_H

#ifdef CRASH_POINTS
void	crash_point(const char *);
#define CRASH_POINT(name) crash_point(name)
#else
#define CRASH_POINT(name) ((void)0)
#endif

#endif
