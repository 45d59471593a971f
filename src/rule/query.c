/* Compiling a rule's tree into nodes. */
#include "rule/query.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "rule/event.h"
#include "rule/vocabulary.h"
#include "text/fold.h"
#include "text/text.h"

#define JIT_MAX		1000	/* regular expressions that get machine code */
#define FOLD_MAX	1024

struct compiler {
	struct query_pool		*pool;
	const struct rule_options	*options;
	const char			*text;
	uint32_t			 first;	/* node of the rule */
	struct error			*err;
};

static int compile(struct compiler *, const struct expr *);

void
query_pool_init(struct query_pool *p, const struct vocabulary *v,
    struct arena *mem)
{
	memset(p, 0, sizeof(*p));
	p->vocabulary = v;
	p->mem = mem;
	p->terms = terms_new();
	arena_init(&p->scratch);
}

void
query_pool_clear(struct query_pool *p)
{
	for (size_t i = 0; i < p->nregexes; i++)
		regex_free(p->regexes[i].re);
	terms_free(p->terms);
	arena_free(&p->scratch);
	free(p->nodes);
	free(p->compares);
	free(p->regexes);
	free(p->events);
	free(p->strings);
	memset(p, 0, sizeof(*p));
}

/* A new node; its number in the pool. end is set when its children are there. */
static size_t
add(struct compiler *c, enum query_kind kind, uint32_t arg,
    const struct expr *e)
{
	struct query_pool *p = c->pool;

	p->nodes = mem_grow(p->nodes, p->nnodes, &p->nodes_cap,
	    sizeof(*p->nodes));
	p->nodes[p->nnodes] = (struct query_node){
		.kind = (uint8_t)kind, .arg = arg, .n = (uint16_t)e->n,
		.reach = (uint8_t)e->reach & 0xf, .ordered = e->ordered,
		.at = (uint16_t)e->at, .len = (uint16_t)(e->end - e->at),
		.end = (uint32_t)p->nnodes + 1 - c->first,
	};
	return p->nnodes++;
}

static void
close_node(struct compiler *c, size_t node)
{
	c->pool->nodes[node].end = (uint32_t)c->pool->nnodes - c->first;
}

static bool
placeless(const struct text_token *t)
{
	return t->kind == TEXT_PUNCT || (t->flags & TEXT_POSSESSIVE);
}

/* Is a star written directly after this token? */
static bool
starred(const struct text *x, const struct text_token *t)
{
	return t->end < x->fields[0].len && x->fields[0].bytes[t->end] == '*';
}

static int
add_word(struct compiler *c, const struct expr *e, const struct text *x,
    uint32_t i, bool star)
{
	const struct text_token *t = &x->tokens[i];
	struct terms *terms = c->pool->terms;
	char folded[LEXICON_WORD_MAX];
	uint32_t term = TERM_NONE, word = t->word;
	size_t n;
	const char *bytes = text_bytes(x, i, &n);

	if (t->kind == TEXT_CURRENCY || t->kind == TEXT_PERCENT)
		word = lexicon_add(vocabulary_lexicon(c->pool->vocabulary),
		    bytes, n);
	if (star) {
		text_folded(x, i, folded, sizeof(folded));
		term = terms_prefix(terms, folded, strlen(folded));
	} else if (word != 0)
		term = terms_word(terms, word);
	if (term == TERM_NONE)
		return lexer_error(c->err, c->text, e->at, "'%.*s' is too long"
		    " a word to be searched for", (int)n, bytes);
	add(c, QUERY_WORD, term, e);
	return 0;
}

/* Is the phrase one hyphenated word? Then its solid form does as well. */
static uint32_t
solid(const struct text *x)
{
	if (x->ntokens < 2 || x->tokens[0].kind != TEXT_WORD)
		return 0;
	for (uint32_t i = 1; i < x->ntokens; i++)
		if (!(x->tokens[i].flags & TEXT_JOINED))
			return 0;
	return x->tokens[0].compound;
}

/*
 * Words one after another; star: the last one is a beginning. A phrase without
 * any word that has a place is refused.
 */
static int
compile_phrase(struct compiler *c, const struct expr *e, bool star)
{
	const struct text *x = text_intern(&c->pool->scratch,
	    vocabulary_lexicon(c->pool->vocabulary), e->text, e->len);
	uint32_t last = 0, alone = star ? 0 : solid(x);
	size_t node = 0, either = 0, words = 0;

	for (uint32_t i = 0; i < x->ntokens; i++)
		if (!placeless(&x->tokens[i]))
			last = i, words++;
	if (words == 0)
		return lexer_error(c->err, c->text, e->at, "'%.*s' holds no"
		    " word that can be searched for", (int)e->len, e->text);
	if (alone != 0)
		either = add(c, QUERY_OR, 0, e);
	if (words > 1)
		node = add(c, QUERY_PHRASE, 0, e);
	for (uint32_t i = 0; i < x->ntokens; i++) {
		bool ends = (star && i == last) || starred(x, &x->tokens[i]);

		if (!placeless(&x->tokens[i]) &&
		    add_word(c, e, x, i, ends) == -1)
			return -1;
	}
	if (words > 1)
		close_node(c, node);
	if (alone != 0) {
		add(c, QUERY_WORD, terms_word(c->pool->terms, alone), e);
		close_node(c, either);
	}
	return 0;
}

static int
compile_case(struct compiler *c, const struct expr *e)
{
	struct query_pool *p = c->pool;
	size_t node = add(c, QUERY_CASE, (uint32_t)p->nstrings, e);

	p->strings = mem_grow(p->strings, p->nstrings, &p->strings_cap,
	    sizeof(*p->strings));
	p->strings[p->nstrings++] = arena_strndup(p->mem, e->text, e->len);
	if (compile_phrase(c, e, false) == -1)
		return -1;
	close_node(c, node);
	return 0;
}

static int
new_regex(struct compiler *c, const struct expr *e, uint32_t *index)
{
	struct query_pool *p = c->pool;
	struct error why = { "" };
	struct regex *re;
	uint32_t gram;

	re = regex_new(e->text, e->len, e->icase, p->nregexes < JIT_MAX, &why);
	if (re == NULL)
		return lexer_error(c->err, c->text, e->at, "%s", why.text);
	p->regexes = mem_grow(p->regexes, p->nregexes, &p->regexes_cap,
	    sizeof(*p->regexes));
	p->regexes[p->nregexes] = (struct query_regex){ re,
	    regex_gram(e->text, e->len, &gram) ? terms_gram(p->terms, gram) :
	    TERM_NONE };
	*index = (uint32_t)p->nregexes++;
	return 0;
}

static int
compile_tag(struct compiler *c, const struct expr *e)
{
	bool concept = e->kind == EXPR_CONCEPT;
	enum vocabulary_section s = concept ? VOCABULARY_CONCEPTS :
	    VOCABULARY_ENTITIES;
	int32_t key = vocabulary_key(c->pool->vocabulary, s, e->text, e->len);
	const char *near;

	if (key < 0) {
		near = vocabulary_suggest(c->pool->vocabulary, s, e->text,
		    e->len);
		return lexer_error(c->err, c->text, e->at, "the vocabulary has"
		    " no %s '%.*s'%s%s%s", concept ? "concept" : "entity",
		    (int)e->len, e->text, near != NULL ? ", did you mean '" :
		    "; add it in vocabulary.d", near != NULL ? near : "",
		    near != NULL ? "'?" : "");
	}
	add(c, QUERY_KEY, terms_key(c->pool->terms, (uint32_t)key), e);
	return 0;
}

/* Seconds of "2d", "12h" or a bare number of days. */
static int
age_value(struct compiler *c, const struct expr *e, const char *s,
    int64_t *out)
{
	struct error why = { "" };
	char *end;
	double days = strtod(s, &end);

	if (isdigit((unsigned char)*s) && *end == '\0' && days < 36500) {
		*out = (int64_t)(days * 86400);
		return 0;
	}
	if (duration_parse(s, out, &why) == -1)
		return lexer_error(c->err, c->text, e->at, "%s", why.text);
	*out /= 1000;
	return 0;
}

static int
number_value(struct compiler *c, const struct expr *e, struct query_compare *q)
{
	char *s = arena_strndup(&c->pool->scratch, e->text, e->len), *end;

	if (e->regex || e->relop == REL_MATCH || e->relop == REL_NOMATCH)
		return lexer_error(c->err, c->text, e->at, "%s is a number:"
		    " compare it with = != < <= > >=",
		    rule_field_name(e->field));
	if (e->field == FIELD_AGE)
		return age_value(c, e, s, &q->number);
	q->number = strtol(s, &end, 10);
	if (!isdigit((unsigned char)*s) || *end != '\0')
		return lexer_error(c->err, c->text, e->at, "words is compared"
		    " with a number, and '%s' is none", s);
	return 0;
}

static int
compile_compare(struct compiler *c, const struct expr *e)
{
	struct query_pool *p = c->pool;
	struct query_compare q = { .field = (uint8_t)e->field,
	    .relop = (uint8_t)e->relop, .regex = TERM_NONE, .text = "" };
	char folded[FOLD_MAX];
	size_t n;

	if (e->field == FIELD_AGE || e->field == FIELD_WORDS) {
		if (number_value(c, e, &q) == -1)
			return -1;
	} else if (e->relop >= REL_LT)
		return lexer_error(c->err, c->text, e->at, "%s is a text and"
		    " has no size: compare it with = != =~ !~",
		    rule_field_name(e->field));
	else if (e->regex || e->relop == REL_MATCH || e->relop == REL_NOMATCH) {
		if (new_regex(c, e, &q.regex) == -1)
			return -1;
	} else {
		n = fold_word(e->text, e->len, folded, sizeof(folded));
		q.text = n > 0 ? arena_strndup(p->mem, folded, n) :
		    arena_strndup(p->mem, e->text, e->len);
	}
	if (e->field == FIELD_AUTHOR || e->field == FIELD_CATEGORY)
		p->extra = true;
	p->compares = mem_grow(p->compares, p->ncompares, &p->compares_cap,
	    sizeof(*p->compares));
	p->compares[p->ncompares] = q;
	add(c, QUERY_COMPARE, (uint32_t)p->ncompares++, e);
	return 0;
}

/* So few words may have been meant as text. */
static bool
may_be_text(const struct expr *e)
{
	size_t spaces = 0;

	for (size_t i = 0; i < e->len; i++)
		spaces += e->text[i] == ' ';
	return spaces < 3 && memchr(e->text, '\'', e->len) == NULL;
}

static int
compile_event(struct compiler *c, const struct expr *e)
{
	bool hint = may_be_text(e);
	struct query_pool *p = c->pool;
	const struct rule_options *o = c->options;
	struct event_options eo = { .forecasts = o->forecasts,
	    .past = o->past, .denied = o->denied, .only_title = o->only_title,
	    .only_lead = o->only_lead, .relevance = o->relevance };
	struct event_pattern *pattern;
	uint32_t keys[QUERY_KEYS_MAX];
	struct error why = { "" };
	size_t at = 0, len = 0;

	pattern = event_compile(p->vocabulary, e->text, e->len, &eo, p->mem,
	    &why, &at, &len);
	if (pattern == NULL)
		return lexer_error(c->err, c->text, e->at + at, "%s%s%.*s%s",
		    why.text, hint ? "; to search for the text, write '" : "",
		    hint ? (int)e->len : 0, e->text, hint ? "'" : "");
	p->events = mem_grow(p->events, p->nevents, &p->events_cap,
	    sizeof(*p->events));
	p->events[p->nevents] = pattern;
	at = event_keys(pattern, keys, QUERY_KEYS_MAX);
	for (size_t i = 0; i < at; i++)
		terms_key(p->terms, keys[i]);
	add(c, QUERY_EVENT, (uint32_t)p->nevents++, e);
	return 0;
}

static int
compile_children(struct compiler *c, const struct expr *e,
    enum query_kind kind, uint32_t arg)
{
	size_t node = add(c, kind, arg, e);

	for (const struct expr *x = e->child; x != NULL; x = x->next)
		if (compile(c, x) == -1)
			return -1;
	close_node(c, node);
	return 0;
}

static int
compile_field(struct compiler *c, const struct expr *e)
{
	static const enum doc_field FIELD[FIELD_COUNT] = {
		[FIELD_TITLE] = DOC_TITLE, [FIELD_BODY] = DOC_BODY,
		[FIELD_AUTHOR] = DOC_AUTHOR, [FIELD_CATEGORY] = DOC_CATEGORY,
	};

	if (e->field == FIELD_AUTHOR || e->field == FIELD_CATEGORY)
		c->pool->extra = true;
	return compile_children(c, e, QUERY_FIELD, FIELD[e->field]);
}

static int
compile(struct compiler *c, const struct expr *e)
{
	uint32_t regex;

	switch (e->kind) {
	case EXPR_AND:
		return compile_children(c, e, QUERY_AND, 0);
	case EXPR_OR:
		return compile_children(c, e, QUERY_OR, 0);
	case EXPR_NOT:
		return compile_children(c, e, QUERY_NOT, 0);
	case EXPR_FIRST:
		return compile_children(c, e, QUERY_FIRST, 0);
	case EXPR_NEAR:
		return compile_children(c, e, QUERY_NEAR, 0);
	case EXPR_ATLEAST:
		return compile_children(c, e, QUERY_ATLEAST, 0);
	case EXPR_FIELD:
		return compile_field(c, e);
	case EXPR_EVENT:
		return compile_event(c, e);
	case EXPR_COMPARE:
		return compile_compare(c, e);
	case EXPR_PHRASE:
		return compile_phrase(c, e, false);
	case EXPR_PREFIX:
		return compile_phrase(c, e, true);
	case EXPR_CASE:
		return compile_case(c, e);
	case EXPR_CONCEPT: case EXPR_ENTITY:
		return compile_tag(c, e);
	case EXPR_REGEX:
		if (new_regex(c, e, &regex) == -1)
			return -1;
		add(c, QUERY_REGEX, regex, e);
		return 0;
	}
	return -1;
}

int
query_compile(struct query_pool *p, const struct rule_tree *tree,
    const char *text, struct error *err)
{
	struct compiler c = { p, &tree->options, text, (uint32_t)p->nnodes,
	    err };
	int r = compile(&c, tree->root);

	if (r == -1)
		p->nnodes = c.first;
	arena_reset(&p->scratch);
	return r;
}
