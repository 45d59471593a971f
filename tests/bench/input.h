/*
 * input - articles, rules and lines that corpus.py made; shared by benchmarks.
 * Errors end the program. Nothing is freed: these programs end soon.
 */
#ifndef TESTS_BENCH_INPUT_H
#define TESTS_BENCH_INPUT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef HAVE_HS
#include <hs/hs.h>
#endif

#include "article/article.h"
#include "base/buf.h"
#include "base/fdio.h"
#include "base/mem.h"
#include "tests/bench/bench.h"

struct input {
	struct article	*articles;
	size_t		 narticles;
};

/* The lines of a file of the folder. */
static inline char **
input_lines(const char *folder, const char *name, size_t *n)
{
	char *path = mem_printf("%s/%s", folder, name), **lines = NULL;
	char *line, *next;
	struct error err;
	size_t cap = 0;
	struct buf b;

	buf_init(&b, 256u << 20);
	if (fdio_read_file(path, &b, &err) == -1) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	free(path);
	next = buf_steal(&b);
	*n = 0;
	while ((line = strsep(&next, "\n")) != NULL && *line != '\0') {
		lines = mem_grow(lines, *n, &cap, sizeof(*lines));
		lines[(*n)++] = line;
	}
	return lines;
}

static inline void
input_read(struct input *in, const char *folder, const char *name)
{
	char **lines = input_lines(folder, name, &in->narticles);

	in->articles = mem_zalloc(in->narticles, sizeof(*in->articles));
	for (size_t i = 0; i < in->narticles; i++) {
		struct article *a = &in->articles[i];

		article_init(a);
		a->title = strsep(&lines[i], "\t");
		a->content = lines[i] != NULL ? lines[i] : "";
	}
}

/* Title and body of each as one block. */
static inline char **
input_texts(const struct input *in)
{
	char **texts = mem_zalloc(in->narticles, sizeof(*texts));

	for (size_t i = 0; i < in->narticles; i++)
		texts[i] = mem_printf("%s\t%s", in->articles[i].title,
		    in->articles[i].content);
	return texts;
}

#ifdef HAVE_HS
static inline int
input_count(unsigned id, unsigned long long from, unsigned long long to,
    unsigned flags, void *arg)
{
	(void)id;
	(void)from;
	(void)to;
	(void)flags;
	++*(size_t *)arg;
	return 0;
}

static inline hs_database_t *
input_database(char *const *literals, size_t n)
{
	unsigned *flags = mem_zalloc(n, sizeof(*flags));
	unsigned *ids = mem_zalloc(n, sizeof(*ids));
	size_t *lens = mem_zalloc(n, sizeof(*lens));
	hs_compile_error_t *why;
	hs_database_t *db;

	for (unsigned i = 0; i < n; i++) {
		flags[i] = HS_FLAG_CASELESS;
		ids[i] = i;
		lens[i] = strlen(literals[i]);
	}
	if (hs_compile_lit_multi((const char *const *)literals, flags, ids,
	    lens, (unsigned)n, HS_MODE_BLOCK, NULL, &db, &why) != HS_SUCCESS) {
		fprintf(stderr, "vectorscan: %s\n", why->message);
		exit(1);
	}
	free(flags);
	free(ids);
	free(lens);
	return db;
}
#endif

/* Vectorscan finding the literals in the articles; without it best stays 0. */
struct input_scan {
#ifdef HAVE_HS
	hs_database_t	*db;
	hs_scratch_t	*scratch;
#endif
	char		**texts;
	size_t		 ntexts, count;
	double		 best;		/* seconds an article */
};

static inline void
input_scan_open(struct input_scan *s, const struct input *in,
    char *const *literals, size_t n)
{
	memset(s, 0, sizeof(*s));
	s->texts = input_texts(in);
	s->ntexts = in->narticles;
#ifdef HAVE_HS
	s->db = input_database(literals, n);
	if (hs_alloc_scratch(s->db, &s->scratch) != HS_SUCCESS)
		exit(1);
#else
	(void)literals;
	(void)n;
#endif
}

static inline void
input_scan_pass(struct input_scan *s)
{
#ifdef HAVE_HS
	double start = bench_now(), took;

	for (size_t i = 0; i < s->ntexts; i++)
		hs_scan(s->db, s->texts[i], (unsigned)strlen(s->texts[i]), 0,
		    s->scratch, input_count, &s->count);
	took = (bench_now() - start) / (double)s->ntexts;
	if (s->best == 0 || took < s->best)
		s->best = took;
#else
	(void)s;
#endif
}

static inline void
input_scan_close(struct input_scan *s)
{
#ifdef HAVE_HS
	hs_free_scratch(s->scratch);
	hs_free_database(s->db);
#else
	(void)s;
#endif
}

#endif
