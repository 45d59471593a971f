/*
 * events - event phrases over labelled articles, for tests/gold/run.
 *
 *	events VOCABULARY.D RULE... < articles
 *
 * stdin: for each article a line "rule title-bytes body-bytes date" (rule is
 * the number of one RULE, or -1 for all) and the bytes of both. stdout: a line
 * for each pair: article TAB rule TAB 0|1 TAB evidence line or reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article/article.h"
#include "article/evidence.h"
#include "base/mem.h"
#include "config/vocabulary_read.h"
#include "rule/event.h"
#include "rule/vocabulary.h"
#include "text/text.h"

#define RULES_MAX 64

static struct event_pattern *patterns[RULES_MAX];

static void
one(const struct vocabulary *v, long article, int rule,
    struct analysis *a, struct arena *mem)
{
	struct evidence e;
	struct buf out;
	const char *reason = "";
	bool hit;
	char *p;

	(void)v;
	buf_init(&out, 1 << 20);
	memset(&e, 0, sizeof(e));
	hit = event_match(patterns[rule], a, mem, &e);
	if (hit || event_near_miss(patterns[rule], a, mem, &e, &reason))
		evidence_line(&out, &e);
	for (p = out.data; p != NULL && *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	printf("%ld\t%d\t%d\t%s\t%s\n", article, rule, hit, reason,
	    out.data != NULL ? out.data : "");
	buf_clear(&out);
}

int
main(int argc, char **argv)
{
	struct vocabulary *v;
	struct problems problems;
	struct arena rules, mem;
	struct error error;
	struct buf out;
	size_t tl, bl, at = 0, n = 0, i;
	long article, date;
	int rule, k;
	char *title, *body;

	problems_init(&problems);
	v = vocabulary_read(argv[1], &problems);
	for (i = 0; i < problems.n; i++)
		fprintf(stderr, "%s: %s\n", problems.list[i].where,
		    problems.list[i].text);
	if (v == NULL)
		return 1;
	arena_init(&rules);
	arena_init(&mem);
	for (k = 2; k < argc; k++) {
		patterns[k - 2] = event_compile(v, argv[k], strlen(argv[k]),
		    NULL, &rules, &error, &at, &n);
		if (patterns[k - 2] == NULL) {
			fprintf(stderr, "%s\n%*s^ %s\n", argv[k], (int)at, "",
			    error.text);
			continue;
		}
		buf_init(&out, 1 << 16);
		event_describe(patterns[k - 2], &out);
		fprintf(stderr, "%s\n%s", argv[k], out.data);
		buf_clear(&out);
	}
	for (article = 0; scanf("%d %zu %zu %ld", &rule, &tl, &bl, &date) ==
	    4; article++) {
		getchar();
		title = mem_zalloc(tl + 1, 1);
		body = mem_zalloc(bl + 1, 1);
		if (fread(title, 1, tl, stdin) != tl ||
		    fread(body, 1, bl, stdin) != bl)
			return 1;
		arena_reset(&mem);
		struct text *text = text_article(&mem, vocabulary_lexicon(v),
		    title, body);
		struct analysis *a = analysis_run(v, text, date != 0 ? date :
		    ARTICLE_NO_TIME, &mem);
		for (k = 0; k < argc - 2; k++)
			if ((rule < 0 || rule == k) && patterns[k] != NULL)
				one(v, article, k, a, &mem);
		free(title);
		free(body);
	}
	arena_free(&mem);
	arena_free(&rules);
	vocabulary_free(v);
	problems_clear(&problems);
	return 0;
}
