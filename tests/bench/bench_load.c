/*
 * From 100,000 rules in files to ready, beside libconfig reading the same
 * files; and what is resident then. Both in turns, the best of three each.
 *
 * usage: bench_load DATA        (made by corpus.py)
 */
#include <dirent.h>
#include <libconfig.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/problems.h"
#include "config/config.h"
#include "rule/ruleset.h"
#include "tests/bench/bench.h"

#define TURNS 3

static double
resident(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	long pages = 0;

	if (f == NULL || fscanf(f, "%*d %ld", &pages) != 1)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static void
read_file(const char *path)
{
	config_t c;

	config_init(&c);
	if (config_read_file(&c, path) != CONFIG_TRUE) {
		fprintf(stderr, "%s:%d: %s\n", path, config_error_line(&c),
		    config_error_text(&c));
		exit(1);
	}
	config_destroy(&c);
}

static void
read_folder(const char *base, const char *name)
{
	char *path = mem_printf("%s/%s", base, name);
	struct dirent *e;
	DIR *d = opendir(path);

	while (d != NULL && (e = readdir(d)) != NULL) {
		char *file = mem_printf("%s/%s", path, e->d_name);

		if (strstr(e->d_name, ".conf") != NULL)
			read_file(file);
		free(file);
	}
	if (d != NULL)
		closedir(d);
	free(path);
}

static double
theirs(const char *base, const char *path)
{
	double start = bench_now();

	read_file(path);
	read_folder(base, "rules.d");
	read_folder(base, "vocabulary.d");
	return bench_now() - start;
}

/* *mb: what is resident then. */
static double
ours(const char *path, double *mb)
{
	double start = bench_now(), took;
	struct problems p;
	struct config *c;

	problems_init(&p);
	c = config_load(path, CONFIG_RULES_ONLY, &p);
	took = bench_now() - start;
	if (c == NULL) {
		fprintf(stderr, "%s: %s\n", p.list[0].where, p.list[0].text);
		exit(1);
	}
	*mb = resident();
	fprintf(stderr, "%zu rules: ready in %.3f s, %.0f MB resident\n",
	    ruleset_count(c->ruleset), took, *mb);
	config_free(c);
	problems_clear(&p);
	return took;
}

int
main(int argc, char **argv)
{
	char *base, *path;
	double best_ours = INFINITY, best_theirs = INFINITY, mb = 0, again;

	if (argc < 2)
		return 2;
	base = mem_printf("%s/conf", argv[1]);
	path = mem_printf("%s/newsalertd.conf", base);
	/* In turns, and the best of each: what the machine does besides. */
	for (int i = 0; i < TURNS; i++) {
		best_ours = fmin(best_ours, ours(path, i == 0 ? &mb : &again));
		best_theirs = fmin(best_theirs, theirs(base, path));
	}
	bench_row("load_100k", best_ours, "s", "libconfig reading the same "
	    "files", best_theirs, best_ours / best_theirs, 4, 0);
	bench_row("load_100k_memory", mb, "MB", "the budget", 150, mb / 150,
	    1, 0);
	free(base);
	free(path);
	return 0;
}
