/*
 * Any text as a rule, over any article: up to the first NUL the rule, up to the
 * next the title, the rest is the body. What matches shows where, and there it
 * must be; what does not says why.
 */
#include "fuzz.h"

#include "base/problems.h"
#include "config/vocabulary_read.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"

#define ROUNDS	20000	/* then a new vocabulary: rules leave words in it */

static const struct vocabulary *
vocabulary(void)
{
	static struct vocabulary *v;
	static unsigned round;
	struct problems p;

	if (v != NULL && ++round % ROUNDS != 0)
		return v;
	vocabulary_free(v);
	problems_init(&p);
	v = vocabulary_read("etc/newsalertd/vocabulary.d", &p);
	must(v != NULL);
	problems_clear(&p);
	return v;
}

static const char *
field_of(const struct article *a, const char *name)
{
	return strcmp(name, "title") == 0 ? a->title :
	    strcmp(name, "body") == 0 ? article_body(a) : NULL;
}

static void
must_be_evidence(const struct evidence *e, const struct article *a)
{
	const char *in = field_of(a, e->field);

	must(in != NULL && e->start <= e->end && e->end <= strlen(in));
	must(strlen(e->sentence) == e->end - e->start);
	must(memcmp(e->sentence, in + e->start, e->end - e->start) == 0);
	must(e->nparts <= EVIDENCE_PARTS_MAX);
	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *p = &e->parts[i];

		in = field_of(a, p->field);
		if (in == NULL || p->start == p->end)
			continue;
		must(p->start < p->end && p->end <= strlen(in));
		must(memcmp(p->text, in + p->start, p->end - p->start) == 0);
	}
}

static void
run(const struct ruleset *rs, const struct article *a)
{
	struct match_context context = { .feed = "feed", .now = 1700000000 };
	struct matcher *m = matcher_new(rs);
	struct near_miss miss;
	struct match *found;
	struct arena mem;
	struct buf b;

	arena_init(&mem);
	buf_init(&b, 1 << 20);
	ruleset_describe(rs, 0, &b);
	must(b.len > 0);
	if (matcher_run(m, a, &context, &mem, &found) == 1)
		must_be_evidence(&found[0].evidence, a);
	else if (matcher_explain(m, 0, &mem, &miss))
		must(miss.reason != NULL && miss.reason[0] != '\0');
	buf_clear(&b);
	arena_free(&mem);
	matcher_free(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *s = calloc(n + 3, 1);	/* three strings at least */
	struct rule_source src = { .name = "r", .when = s, .origin = "" };
	struct problems problems;
	struct ruleset *rs;
	struct article a;

	memcpy(s, p, n);
	problems_init(&problems);
	article_init(&a);
	a.title = s + strlen(s) + 1;
	if (a.title > s + n)
		a.title = "";
	else
		a.content = a.title + strlen(a.title) + 1;
	if (a.content > s + n)
		a.content = "";
	rs = ruleset_new(vocabulary(), &src, 1, &problems);
	if (rs != NULL)
		run(rs, &a);
	must((rs == NULL) == (problems.errors > 0));
	ruleset_free(rs);
	problems_clear(&problems);
	free(s);
	return 0;
}
