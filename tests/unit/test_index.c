/*
 * The index never changes a result: random rules over random articles, all
 * loaded together, in another order, and each alone, against an evaluator that
 * tries everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/problems.h"
#include "rule/parse.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"

#define NRULES		1000
#define NARTICLES	60
#define NALONE		60
#define WORDS		40
#define DOC_MAX		120

static uint32_t seed = 20240229;

static uint32_t
rnd(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* "kaba", "kabe" ... : beginnings are shared, so that stars hit several. */
static const char *
word(uint32_t i)
{
	static char w[WORDS][8];

	snprintf(w[i], sizeof(w[i]), "%c%c%c%c", "klmpt"[i / 8], "ao"[i / 4 % 2],
	    "bd"[i / 2 % 2], "ei"[i % 2]);
	return w[i];
}

/* Low numbers are common, as in any language. */
static const char *
some_word(void)
{
	return word(rnd(1 + rnd(WORDS)));
}

/* ---- rules ---- */

static void
atom(struct buf *b)
{
	switch (rnd(6)) {
	case 0: buf_printf(b, "'%s %s'", some_word(), some_word()); break;
	case 1: buf_printf(b, "%.3s*", some_word()); break;
	case 2: buf_printf(b, "/%s/i", some_word()); break;
	case 3: buf_printf(b, "('%s' OR '%s')", some_word(), some_word()); break;
	default: buf_printf(b, "'%s'", some_word()); break;
	}
}

static void
part(struct buf *b, int depth)
{
	static const char *const OP[] = { "NEAR/3", "ONEAR/2", "W/S", "+S",
	    "W/P", "+P" };

	switch (rnd(depth > 0 ? 9 : 4)) {
	case 0:
		atom(b);
		buf_printf(b, " %s ", OP[rnd(6)]);
		atom(b);
		break;
	case 1:
		buf_printf(b, "%s:", rnd(2) ? "title" : "body");
		atom(b);
		break;
	case 2:
		buf_printf(b, "ATLEAST/2('%s')", some_word());
		break;
	case 4: case 5:
		buf_addc(b, '(');
		part(b, depth - 1);
		buf_adds(b, " OR ");
		part(b, depth - 1);
		buf_addc(b, ')');
		break;
	case 6: case 7:
		part(b, depth - 1);
		buf_adds(b, rnd(3) == 0 ? " AND NOT " : " AND ");
		part(b, depth - 1);
		break;
	default:
		atom(b);
	}
}

/* ---- an article, and everything known about its words ---- */

struct token {
	char		 text[8];
	bool		 title;
	unsigned	 sentence, paragraph;
};

struct doc {
	struct article	 article;
	struct token	 tokens[DOC_MAX];
	size_t		 n;
	struct buf	 title, body;
};

static void
make_doc(struct doc *d)
{
	size_t want = 20 + rnd(DOC_MAX - 20), title = 3 + rnd(6);
	unsigned sentence = 0, paragraph = 0;
	bool first = true;

	buf_init(&d->title, 4096);
	buf_init(&d->body, 8192);
	for (d->n = 0; d->n < want; d->n++) {
		struct token *t = &d->tokens[d->n];
		struct buf *b = d->n < title ? &d->title : &d->body;

		if (d->n == title)
			sentence++, paragraph++, first = true;
		snprintf(t->text, sizeof(t->text), "%s", some_word());
		t->title = d->n < title;
		t->sentence = sentence;
		t->paragraph = paragraph;
		buf_printf(b, "%s%c%s", b->len == 0 ? "" :
		    b->data[b->len - 1] == '\n' ? "" : " ",
		    first ? t->text[0] - 32 : t->text[0], t->text + 1);
		first = false;
		if (d->n >= title && d->n + 1 < want && rnd(7) == 0) {
			buf_adds(b, ".");
			first = true;
			sentence++;
			if (rnd(3) == 0) {
				buf_adds(b, "\n\n");
				paragraph++;
			}
		}
	}
	article_init(&d->article);
	d->article.title = d->title.data;
	d->article.content = d->body.data != NULL ? d->body.data : "";
}

/* ---- the evaluator that tries everything ---- */

struct place {
	size_t	start, end;
};

struct places {
	struct place	v[4 * DOC_MAX];
	size_t		n;
};

static bool holds(const struct doc *, const struct expr *, int);

static void
phrase_places(const struct doc *d, const struct expr *e, int field,
    struct places *p)
{
	char words[2][16] = { "", "" };
	int n = sscanf(e->text, "%15[a-z] %15[a-z]", words[0], words[1]);

	for (size_t i = 0; i + (size_t)n <= d->n; i++) {
		bool ok = true;

		for (int k = 0; k < n; k++) {
			const struct token *t = &d->tokens[i + (size_t)k];

			ok = ok && t->paragraph == d->tokens[i].paragraph &&
			    (field == 0 || t->title == (field == FIELD_TITLE)) &&
			    (e->kind == EXPR_PREFIX ? strncmp(t->text,
			    words[k], strlen(words[k])) == 0 :
			    strcmp(t->text, words[k]) == 0);
		}
		if (ok)
			p->v[p->n++] = (struct place){ i,
			    i + (size_t)n - 1 };
	}
}

static void
places(const struct doc *d, const struct expr *e, int field, struct places *p)
{
	if (e->kind == EXPR_OR)
		for (const struct expr *c = e->child; c != NULL; c = c->next)
			places(d, c, field, p);
	else
		phrase_places(d, e, field, p);
}

static bool
near(const struct doc *d, const struct expr *e, struct place a, struct place b)
{
	const struct token *x = &d->tokens[a.start], *y = &d->tokens[b.end];

	if (a.end >= b.start)
		return false;
	if (e->reach == REACH_SENTENCE)
		return x->sentence == y->sentence;
	if (e->reach == REACH_PARAGRAPH)
		return x->paragraph == y->paragraph;
	return b.start - a.end <= e->n && x->title == y->title;
}

static bool
near_holds(const struct doc *d, const struct expr *e, int field)
{
	struct places a = { .n = 0 }, b = { .n = 0 };

	places(d, e->child, field, &a);
	places(d, e->child->next, field, &b);
	for (size_t i = 0; i < a.n; i++)
		for (size_t j = 0; j < b.n; j++)
			if (near(d, e, a.v[i], b.v[j]) ||
			    (!e->ordered && near(d, e, b.v[j], a.v[i])))
				return true;
	return false;
}

static bool
list_holds(const struct doc *d, const struct expr *e, int field)
{
	for (const struct expr *c = e->child; c != NULL; c = c->next)
		if (holds(d, c, field) != (e->kind == EXPR_AND))
			return e->kind == EXPR_OR;
	return e->kind == EXPR_AND;
}

static bool
holds(const struct doc *d, const struct expr *e, int field)
{
	struct places p = { .n = 0 };

	switch (e->kind) {
	case EXPR_AND: case EXPR_OR:
		return list_holds(d, e, field);
	case EXPR_NOT:
		return !holds(d, e->child, field);
	case EXPR_FIELD:
		return holds(d, e->child, (int)e->field);
	case EXPR_NEAR:
		return near_holds(d, e, field);
	case EXPR_ATLEAST:
		places(d, e->child, field, &p);
		return p.n >= e->n;
	default:
		places(d, e, field, &p);
		return p.n > 0;
	}
}

/* ---- the property ---- */

struct world {
	struct arena		 mem;
	struct vocabulary	*vocabulary;
	struct rule_source	 rules[NRULES];
	struct rule_source	 shuffled[NRULES];
	size_t			 from[NRULES];	/* shuffled i was rule from[i] */
	struct expr		*trees[NRULES];
	struct doc		 docs[NARTICLES];
	uint64_t		 seen[NARTICLES][NRULES / 64 + 1];
};

static void
make_world(struct world *w)
{
	arena_init(&w->mem);
	for (size_t i = 0; i < NRULES;) {
		struct error err = { "" };
		struct rule_tree *t;
		struct buf b;

		buf_init(&b, 4096);
		part(&b, 3);
		w->rules[i].when = arena_strdup(&w->mem, b.data);
		buf_clear(&b);
		t = rule_parse(w->rules[i].when, &w->mem, &err);
		if (t == NULL) {	/* NOT alone in some branch */
			assert_non_null(strstr(err.text, "NOT"));
			continue;
		}
		w->trees[i] = t->root;
		w->rules[i].name = arena_printf(&w->mem, "r%zu", i);
		w->rules[i].origin = "test";
		w->from[i] = i;
		i++;
	}
	for (size_t i = NRULES - 1; i > 0; i--) {
		size_t k = rnd((uint32_t)i + 1), t = w->from[i];

		w->from[i] = w->from[k];
		w->from[k] = t;
	}
	for (size_t i = 0; i < NRULES; i++)
		w->shuffled[i] = w->rules[w->from[i]];
	for (size_t i = 0; i < NARTICLES; i++)
		make_doc(&w->docs[i]);
}

static struct vocabulary *
empty_vocabulary(void)
{
	struct vocabulary *v = vocabulary_new();
	struct problems p;

	problems_init(&p);
	assert_int_equal(vocabulary_finish(v, &p), 0);
	problems_clear(&p);
	return v;
}

static void
look(const struct rule_source *rules, size_t n, const struct doc *d,
    struct matcher *m, struct arena *mem, struct match **found, size_t *nfound)
{
	static const struct match_context context = { .feed = "f" };

	(void)rules;
	*nfound = matcher_run(m, &d->article, &context, mem, found);
	for (size_t i = 0; i < *nfound; i++) {
		assert_true((*found)[i].rule < n);
		assert_true(i == 0 || (*found)[i].rule > (*found)[i - 1].rule);
	}
}

static void
against_everything(void **state)
{
	struct world *w = *state;
	struct vocabulary *v = empty_vocabulary();
	struct problems p;
	struct ruleset *rs;
	struct matcher *m;

	problems_init(&p);
	rs = ruleset_new(v, w->rules, NRULES, &p);
	assert_non_null(rs);
	m = matcher_new(rs);
	for (size_t a = 0; a < NARTICLES; a++) {
		struct arena mem;
		struct match *found;
		size_t n, k = 0;

		arena_init(&mem);
		look(w->rules, NRULES, &w->docs[a], m, &mem, &found, &n);
		for (size_t i = 0; i < NRULES; i++) {
			bool yes = k < n && found[k].rule == i;

			if (yes != holds(&w->docs[a], w->trees[i], 0))
				fail_msg("%s: %d for %s | %s",
				    w->rules[i].when, yes,
				    w->docs[a].article.title,
				    w->docs[a].article.content);
			k += yes;
			if (yes)
				w->seen[a][i / 64] |= 1ULL << (i % 64);
		}
		arena_free(&mem);
	}
	matcher_free(m);
	ruleset_free(rs);
	vocabulary_free(v);
	problems_clear(&p);
}

static void
in_any_order(void **state)
{
	struct world *w = *state;
	struct vocabulary *v = empty_vocabulary();
	struct problems p;
	struct ruleset *rs;
	struct matcher *m;

	problems_init(&p);
	rs = ruleset_new(v, w->shuffled, NRULES, &p);
	m = matcher_new(rs);
	for (size_t a = 0; a < NARTICLES; a++) {
		struct arena mem;
		struct match *found;
		size_t n, want = 0;

		arena_init(&mem);
		look(w->shuffled, NRULES, &w->docs[a], m, &mem, &found, &n);
		for (size_t i = 0; i < NRULES; i++)
			want += w->seen[a][i / 64] >> (i % 64) & 1;
		assert_int_equal(n, want);
		for (size_t i = 0; i < n; i++) {
			size_t r = w->from[found[i].rule];

			assert_true(w->seen[a][r / 64] >> (r % 64) & 1);
		}
		arena_free(&mem);
	}
	matcher_free(m);
	ruleset_free(rs);
	vocabulary_free(v);
	problems_clear(&p);
}

static void
alone(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < NALONE; i++) {
		struct vocabulary *v = empty_vocabulary();
		struct problems p;
		struct ruleset *rs;
		struct matcher *m;

		problems_init(&p);
		rs = ruleset_new(v, &w->rules[i], 1, &p);
		m = matcher_new(rs);
		for (size_t a = 0; a < NARTICLES; a++) {
			struct arena mem;
			struct match *found;
			size_t n;

			arena_init(&mem);
			look(&w->rules[i], 1, &w->docs[a], m, &mem, &found, &n);
			assert_int_equal(n,
			    w->seen[a][i / 64] >> (i % 64) & 1);
			arena_free(&mem);
		}
		matcher_free(m);
		ruleset_free(rs);
		vocabulary_free(v);
		problems_clear(&p);
	}
}

int
main(void)
{
	static struct world w;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(against_everything, &w),
		cmocka_unit_test_prestate(in_any_order, &w),
		cmocka_unit_test_prestate(alone, &w),
	};
	int r;

	make_world(&w);
	r = cmocka_run_group_tests(tests, NULL, NULL);
	for (size_t i = 0; i < NARTICLES; i++) {
		buf_clear(&w.docs[i].title);
		buf_clear(&w.docs[i].body);
	}
	arena_free(&w.mem);
	return r;
}
