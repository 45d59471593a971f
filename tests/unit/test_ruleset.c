/* Rules as a whole: both languages, examples, feeds, problems, explanations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/problems.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"

#define CHIP_DOWN "semiconductor stock down more than 5%"
#define NEWS "NVIDIA shares dropped 12% in pre-market trading on Monday."

static void
entry(struct vocabulary *v, enum vocabulary_section s, const char *id,
    const char *const *pairs, struct problems *p)
{
	vocabulary_begin(v, s, id, false, "test", p);
	for (; pairs[0] != NULL; pairs += 2)
		if (strcmp(pairs[1], "yes") == 0)
			vocabulary_bool(v, pairs[0], true, "test", p);
		else
			vocabulary_string(v, pairs[0], pairs[1], "test", p);
}

#define ENTRY(section, id, ...) \
	entry(v, VOCABULARY_##section, id, (const char *const[]){ \
	    __VA_ARGS__, NULL }, &p)

static struct vocabulary *
small_vocabulary(void)
{
	struct vocabulary *v = vocabulary_new();
	struct problems p;

	problems_init(&p);
	ENTRY(CONCEPTS, "company", "classes", "company");
	ENTRY(CONCEPTS, "semiconductor", "classes", "chipmaker",
	    "is", "company");
	ENTRY(ENTITIES, "nvidia", "kind", "company", "names", "Nvidia",
	    "is", "semiconductor");
	ENTRY(ENTITIES, "walmart", "kind", "company", "names", "Walmart");
	ENTRY(MEASURES, "stock", "of", "company", "words", "stock",
	    "words", "share", "alone", "yes");
	ENTRY(PREDICATES, "down", "frame", "change", "direction", "down",
	    "particles", "down", "verbs", "drop", "verbs", "fall");
	ENTRY(PREDICATES, "up", "frame", "change", "direction", "up",
	    "particles", "up", "verbs", "rise");
	if (vocabulary_finish(v, &p) == -1 || p.errors > 0)
		fail_msg("%s", p.list[0].text);
	problems_clear(&p);
	return v;
}

/* One rule on one article. */
struct outcome {
	struct arena	 mem;
	struct match	*found;
	size_t		 n;
	struct near_miss miss;
	bool		 near;
};

static void
run(struct outcome *o, const char *when, const char *title, const char *body,
    const char *feed)
{
	struct rule_source s = { .name = "r", .when = when, .origin = "x:1" };
	struct match_context context = { .feed = feed };
	struct vocabulary *v = small_vocabulary();
	struct problems p;
	struct ruleset *rs;
	struct matcher *m;
	struct article a;

	problems_init(&p);
	arena_init(&o->mem);
	rs = ruleset_new(v, &s, 1, &p);
	if (rs == NULL)
		fail_msg("%s: %s", when, p.list[0].text);
	m = matcher_new(rs);
	article_init(&a);
	a.title = title;
	a.content = body;
	o->n = matcher_run(m, &a, &context, &o->mem, &o->found);
	o->near = matcher_explain(m, 0, &o->mem, &o->miss);
	matcher_free(m);
	ruleset_free(rs);
	vocabulary_free(v);
	problems_clear(&p);
}

static void
both_languages(void **state)
{
	static const struct { const char *when; size_t n; } T[] = {
		{ CHIP_DOWN, 1 },
		{ "semiconductor stock down more than 20%", 0 },
		{ "semiconductor stock up more than 5%", 0 },
		{ CHIP_DOWN " AND 'pre-market'", 1 },
		{ CHIP_DOWN " AND title:'monday'", 0 },
		{ CHIP_DOWN " AND NOT 'walmart'", 1 },
		{ CHIP_DOWN " -'monday'", 0 },
		{ "semiconductor stock up OR 'pre-market'", 1 },
		{ "(Nvidia or Walmart) stock down", 1 },
		{ "Walmart stock down", 0 },
		{ "Walmart stock down OR Nvidia stock down", 1 },
		{ "concept:semiconductor", 1 }, { "entity:nvidia", 1 },
		{ "entity:walmart", 0 },
		{ "entity:nvidia NEAR/3 'dropped'", 1 },
		{ "entity:nvidia NEAR/1 'dropped'", 0 },
		{ "title:entity:nvidia", 0 }, { "body:entity:nvidia", 1 },
		{ "concept:semiconductor ONEAR/10 'monday'", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct outcome o;

		run(&o, T[i].when, "Markets today", NEWS, "f");
		if (o.n != T[i].n)
			fail_msg("%s: %s", T[i].when, o.near ?
			    o.miss.reason : "");
		arena_free(&o.mem);
	}
}

static void
evidence_of_both(void **state)
{
	struct evidence *ev;
	struct outcome o;
	bool text = false, owner = false;

	(void)state;
	run(&o, CHIP_DOWN " AND 'pre-market'", "Markets today", NEWS, "f");
	assert_int_equal(o.n, 1);
	ev = &o.found[0].evidence;
	assert_string_equal(ev->sentence, NEWS);
	assert_string_equal(ev->field, "body");
	for (size_t i = 0; i < ev->nparts; i++) {
		struct evidence_part *x = &ev->parts[i];

		assert_memory_equal(x->text, &NEWS[x->start],
		    x->end - x->start);
		assert_true(i == 0 || x->start >= ev->parts[i - 1].start);
		text = text || (strcmp(x->role, "text") == 0 &&
		    strcmp(x->text, "pre-market") == 0);
		owner = owner || strcmp(x->text, "NVIDIA") == 0;
	}
	assert_true(text && owner);
	arena_free(&o.mem);
}

static void
explains(void **state)
{
	static const struct { const char *when, *reason; } T[] = {
		{ "semiconductor stock down more than 20%", "12" },
		{ CHIP_DOWN " AND title:'monday'",
		  "in the title: 'monday' was not found" },
		{ CHIP_DOWN " AND NOT 'monday'", "'monday' is there" },
		{ "Walmart stock up AND 'monday'", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct outcome o;

		run(&o, T[i].when, "Markets today", NEWS, "f");
		assert_int_equal(o.n, 0);
		assert_true(o.near);
		if (strstr(o.miss.reason, T[i].reason) == NULL)
			fail_msg("%s: %s", T[i].when, o.miss.reason);
		arena_free(&o.mem);
	}
}

/* The sentence shown is the one that the reason is about. */
static void
explains_the_event(void **state)
{
	struct outcome o;

	(void)state;
	run(&o, "semiconductor stock down more than 20% AND 'today'",
	    "Markets today", NEWS, "f");
	assert_true(o.near);
	assert_string_equal(o.miss.evidence.sentence, NEWS);
	arena_free(&o.mem);
}

static void
feeds(void **state)
{
	const char *globs[] = { "trade-*", "wire" };
	struct rule_source s[2] = {
		{ .name = "some", .when = "'oil'", .origin = "x:1",
		  .feeds = globs, .nfeeds = 2 },
		{ .name = "all", .when = "'oil'", .origin = "x:2" },
	};
	static const struct { const char *feed; size_t n; } T[] = {
		{ "trade-press", 2 }, { "wire", 2 }, { "wires", 1 },
		{ "x-trade-press", 1 }, { "", 1 },
	};
	struct vocabulary *v = small_vocabulary();
	struct problems p;
	struct ruleset *rs;
	struct matcher *m;
	struct arena mem;

	(void)state;
	problems_init(&p);
	arena_init(&mem);
	rs = ruleset_new(v, s, 2, &p);
	assert_non_null(rs);
	assert_int_equal(ruleset_count(rs), 2);
	m = matcher_new(rs);
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct match_context context = { .feed = T[i].feed };
		struct match *found;
		struct near_miss miss;
		struct article a;

		article_init(&a);
		a.title = "Oil rises";
		assert_int_equal(matcher_run(m, &a, &context, &mem, &found),
		    T[i].n);
		assert_int_equal(found[T[i].n - 1].rule, 1);
		assert_int_equal(matcher_explain(m, 0, &mem, &miss),
		    T[i].n == 1);
	}
	matcher_free(m);
	ruleset_free(rs);
	vocabulary_free(v);
	arena_free(&mem);
	problems_clear(&p);
}

static void
examples(void **state)
{
	const char *good[] = { "Nvidia stock falls 8%", "Markets\n" NEWS };
	const char *bad[] = { "Nvidia stock falls 3%" };
	struct rule_source s = { .name = "chips", .when = CHIP_DOWN,
	    .origin = "rules.d/x.conf:3" };
	struct vocabulary *v = small_vocabulary();
	struct ruleset *rs;
	struct problems p;

	(void)state;
	problems_init(&p);
	s.match = good;
	s.nmatch = 2;
	s.no_match = bad;
	s.nno_match = 1;
	rs = ruleset_new(v, &s, 1, &p);
	if (rs == NULL)
		fail_msg("%s", p.list[0].text);
	ruleset_free(rs);

	s.match = bad;
	s.nmatch = 1;
	s.no_match = good;
	s.nno_match = 2;
	assert_null(ruleset_new(v, &s, 1, &p));
	assert_int_equal(p.errors, 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(p.list[i].where, "rules.d/x.conf:3");
	assert_non_null(strstr(p.list[0].text, "does not match its example"));
	assert_non_null(strstr(p.list[0].text, "3"));
	assert_non_null(strstr(p.list[1].text, "must not"));
	assert_non_null(strstr(p.list[2].text, "dropped"));
	problems_clear(&p);
	vocabulary_free(v);
}

/* All that is wrong is said at once, each with its place. */
static void
collects_problems(void **state)
{
	const char *example[] = { "no oil, no gas" };
	struct rule_source s[] = {
		{ .name = "a", .when = "'oil' and 'gas'", .origin = "x:1" },
		{ .name = "b", .when = "'fine'", .origin = "x:2" },
		{ .name = "c", .when = "semiconducter stock down",
		  .origin = "x:3" },
		{ .name = "d", .when = "'x' OR Nvidia stock wobbles",
		  .origin = "x:4" },
		{ .name = "e", .when = "'oil price'", .origin = "x:5",
		  .match = example, .nmatch = 1 },
	};
	struct vocabulary *v = small_vocabulary();
	struct problems p;

	(void)state;
	problems_init(&p);
	assert_null(ruleset_new(v, s, 5, &p));
	assert_int_equal(p.errors, 4);
	assert_string_equal(p.list[0].where, "x:1");
	assert_non_null(strstr(p.list[0].text, "rule 'a': column 7: operators"));
	assert_string_equal(p.list[1].where, "x:3");
	assert_non_null(strstr(p.list[1].text, "column 1"));
	assert_non_null(strstr(p.list[1].text, "semiconductor"));
	assert_string_equal(p.list[2].where, "x:4");
	assert_non_null(strstr(p.list[2].text, "column 21"));
	assert_string_equal(p.list[3].where, "x:5");
	assert_null(ruleset_new(NULL, s, 1, &p));
	problems_clear(&p);
	vocabulary_free(v);
}

static void
describes(void **state)
{
	struct rule_source s[] = {
		{ .name = "a", .when = CHIP_DOWN " AND NOT title:'blue chip'"
		  ", including forecasts, once per day", .origin = "x:1" },
		{ .name = "b", .when = "'oil' NEAR/3 'price', within 2 days",
		  .origin = "x:2" },
	};
	struct vocabulary *v = small_vocabulary();
	struct ruleset *rs;
	struct problems p;
	struct buf b;

	(void)state;
	problems_init(&p);
	rs = ruleset_new(v, s, 2, &p);
	assert_non_null(rs);
	assert_int_equal(ruleset_once(rs, 0), 86400);
	assert_int_equal(ruleset_once(rs, 1), 0);
	buf_init(&b, 1 << 16);
	ruleset_describe(rs, 0, &b);
	assert_non_null(strstr(b.data, CHIP_DOWN));
	assert_non_null(strstr(b.data, "semiconductor"));
	assert_non_null(strstr(b.data, "'blue chip'"));
	assert_non_null(strstr(b.data, "including forecasts"));
	buf_reset(&b);
	ruleset_describe(rs, 1, &b);
	assert_non_null(strstr(b.data, "at most 3 words apart"));
	assert_non_null(strstr(b.data, "'price'"));
	assert_non_null(strstr(b.data, "within"));
	buf_reset(&b);
	ruleset_describe(rs, 2, &b);
	assert_int_equal(b.len, 0);
	buf_clear(&b);
	ruleset_free(rs);
	vocabulary_free(v);
	problems_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_languages),
		cmocka_unit_test(evidence_of_both),
		cmocka_unit_test(explains),
		cmocka_unit_test(explains_the_event),
		cmocka_unit_test(feeds),
		cmocka_unit_test(examples),
		cmocka_unit_test(collects_problems),
		cmocka_unit_test(describes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
