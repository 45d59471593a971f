/*
 * bench - what the benchmark programs share: time and rows of bench.tsv.
 *
 * A row is name, value, unit, yardstick, its value, the ratio that counts and
 * the target it has to meet. Targets are ratios, since machines are noisy.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdio.h>
#include <time.h>

static inline double
bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* at_least: the ratio must reach the target; else it must not exceed it. */
static inline void
bench_row(const char *name, double value, const char *unit,
    const char *yardstick, double yardstick_value, double ratio,
    double target, int at_least)
{
	int ok = at_least ? ratio >= target : ratio <= target;

	printf("%s\t%.4g\t%s\t%s\t%.4g\t%.3g\t%s %.4g\t%s\n", name, value,
	    unit, yardstick, yardstick_value, ratio, at_least ? ">=" : "<=",
	    target, ok ? "ok" : "short");
	fflush(stdout);
}

#endif
