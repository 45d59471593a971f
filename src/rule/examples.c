/* A rule's own examples: what it must match, and what it must not. */
#include <string.h>

#include "base/buf.h"
#include "rule/rules.h"

#define SHOWN_MAX 400

/* The first line is the title, the rest the body. */
static void
article_of(const char *text, struct arena *mem, struct article *a)
{
	size_t title = strcspn(text, "\n");

	article_init(a);
	a->title = arena_strndup(mem, text, title);
	a->content = text[title] == '\n' ? text + title + 1 : "";
}

static void
must_match(struct matcher *m, const struct rule *r, size_t rule,
    const char *text, struct arena *mem, struct problems *problems)
{
	struct near_miss miss = { .reason = "" };
	struct evidence ev;
	bool near;

	if (matcher_try(m, rule, mem, &ev))
		return;
	near = matcher_explain(m, rule, mem, &miss);
	problems_error(problems, r->origin, "rule '%s' does not match its"
	    " example '%.*s'%s%s", r->name, SHOWN_MAX, text, near ? ": " : "",
	    near ? miss.reason : "");
}

static void
must_not_match(struct matcher *m, const struct rule *r, size_t rule,
    const char *text, struct arena *mem, struct problems *problems)
{
	struct evidence ev;
	struct buf line;

	if (!matcher_try(m, rule, mem, &ev))
		return;
	buf_init(&line, SHOWN_MAX);
	evidence_line(&line, &ev);
	problems_error(problems, r->origin, "rule '%s' matches '%.*s', which"
	    " its no_match says it must not: %s", r->name, SHOWN_MAX, text,
	    line.data != NULL ? line.data : "");
	buf_clear(&line);
}

static void
run_all(struct matcher *m, const struct rule *r, size_t rule,
    const char *const *texts, size_t n, struct problems *problems, bool match)
{
	struct match_context context = { .feed = "" };
	struct article a;
	struct arena mem;

	arena_init(&mem);
	for (size_t i = 0; i < n; i++) {
		article_of(texts[i], &mem, &a);
		matcher_look(m, &a, &context);
		(match ? must_match : must_not_match)(m, r, rule, texts[i],
		    &mem, problems);
		arena_reset(&mem);
	}
	arena_free(&mem);
}

void
examples_run(const struct ruleset *rs, const struct rule_source *sources,
    struct problems *problems)
{
	struct matcher *m = NULL;

	for (size_t i = 0; i < rs->n; i++) {
		const struct rule_source *s = &sources[i];

		if (rs->rules[i].failed || (s->nmatch == 0 &&
		    s->nno_match == 0))
			continue;
		if (m == NULL)
			m = matcher_new(rs);
		run_all(m, &rs->rules[i], i, s->match, s->nmatch, problems,
		    true);
		run_all(m, &rs->rules[i], i, s->no_match, s->nno_match,
		    problems, false);
	}
	matcher_free(m);
}
