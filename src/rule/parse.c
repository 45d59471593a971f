#include "rule/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "rule/parser.h"

struct expr *
parser_fail(struct parser *p, size_t at, const char *fmt, ...)
{
	char what[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	lexer_error(p->err, p->lx.text, at, "%s", what);
	return NULL;
}

bool
parser_advance(struct parser *p)
{
	return lexer_next(&p->lx, &p->tok, p->err) == 0;
}

struct expr *
parser_node(struct parser *p, enum expr_kind kind, const struct lexeme *lex)
{
	struct expr *e;

	if (++p->nodes > RULE_NODES_MAX)
		return parser_fail(p, lex->at, "this rule is too long: it may have"
		    " %d parts", RULE_NODES_MAX);
	e = arena_zalloc(p->mem, 1, sizeof(*e));
	e->kind = kind;
	e->text = lex->text;
	e->len = lex->len;
	e->at = lex->at;
	e->end = lex->end;
	e->icase = lex->icase;
	e->n = lex->n;
	return e;
}

size_t
parser_segment(const struct parser *p, const char **start)
{
	const char *s = p->lx.text + p->lx.pos, *end;
	size_t left = p->lx.len - p->lx.pos;

	end = memchr(s, ',', left);
	*start = s;
	return end != NULL ? (size_t)(end - s) : left;
}

static struct expr *
parse_not(struct parser *p)
{
	struct lexeme not;
	struct expr *e, *c;
	bool odd = false;

	not = p->tok;
	while (p->tok.kind == LEX_NOT) {
		odd = !odd;
		if (!parser_advance(p))
			return NULL;
	}
	c = p->tok.kind == LEX_FIELD ? parser_field(p) : parser_near(p);
	if (c == NULL || !odd)
		return c;
	if ((e = parser_node(p, EXPR_NOT, &not)) == NULL)
		return NULL;
	e->child = c;
	e->end = c->end;
	return e;
}

static bool
holds_event(const struct expr *e)
{
	if (e->kind == EXPR_EVENT)
		return true;
	for (const struct expr *c = e->child; c != NULL; c = c->next)
		if (holds_event(c))
			return true;
	return false;
}

/* After an item: is the next one to be joined by AND? -1 = neither so nor so. */
static int
joined(struct parser *p, const struct expr *last)
{
	switch (p->tok.kind) {
	case LEX_AND:
		return parser_advance(p) ? 1 : -1;
	case LEX_NOT:
		return 1;
	case LEX_BARE:
		parser_stray(p);
		return -1;
	case LEX_OPEN: case LEX_QUOTED: case LEX_PREFIX: case LEX_CASE:
	case LEX_REGEX: case LEX_CONCEPT: case LEX_ENTITY: case LEX_FIELD:
	case LEX_ATLEAST: case LEX_FIRST:
		if (!holds_event(last))
			return 1;
		parser_fail(p, p->tok.at, "write AND or OR between an event phrase"
		    " and text that is searched for%s", p->tok.kind ==
		    LEX_QUOTED ? "; a name inside an event phrase stands without"
		    " quotes, and a new one is an entity in a file of"
		    " vocabulary.d" : "");
		return -1;
	default:
		return 0;
	}
}

static struct expr *
parse_and(struct parser *p)
{
	struct expr *first, *last, *e;
	struct lexeme here = p->tok;
	int r;

	if ((first = last = parse_not(p)) == NULL)
		return NULL;
	while ((r = joined(p, last)) == 1) {
		if ((last->next = parse_not(p)) == NULL)
			return NULL;
		last = last->next;
	}
	if (r == -1 || first == last)
		return r == -1 ? NULL : first;
	if ((e = parser_node(p, EXPR_AND, &here)) == NULL)
		return NULL;
	e->child = first;
	e->end = last->end;
	return e;
}

struct expr *
parser_or(struct parser *p)
{
	struct expr *first, *last, *e;
	struct lexeme here = p->tok;

	if ((first = last = parse_and(p)) == NULL)
		return NULL;
	while (p->tok.kind == LEX_OR) {
		if (!parser_advance(p) || (last->next = parse_and(p)) == NULL)
			return NULL;
		last = last->next;
	}
	if (first == last)
		return first;
	if ((e = parser_node(p, EXPR_OR, &here)) == NULL)
		return NULL;
	e->child = first;
	e->end = last->end;
	return e;
}

static bool
parse_options(struct parser *p)
{
	while (p->tok.kind == LEX_COMMA) {
		struct error why = { "" };
		const char *s;
		size_t n = parser_segment(p, &s), at;
		int r;

		at = (size_t)(s - p->lx.text);
		while (n > 0 && (*s == ' ' || *s == '\t'))
			s++, n--, at++;
		r = rule_option(s, n, &p->tree->options, &why);
		if (r == -1)
			parser_fail(p, at, "%s", why.text);
		else if (r == 0)
			parser_fail(p, at, "after a comma options stand, and '%.*s'"
			    " is none; parts of a rule are joined by AND or"
			    " OR", (int)n, s);
		if (r != 1)
			return false;
		p->lx.pos = at + n;
		if (!parser_advance(p))
			return false;
	}
	return true;
}

/*
 * Does e say something that must be there? A rule that only says what must
 * not be there would match nearly every article. where gets the culprit.
 */
static bool
positive(const struct expr *e, bool negated, const struct expr **where)
{
	bool all;

	if (e->kind == EXPR_NOT)
		return positive(e->child, !negated, where);
	if (e->kind != EXPR_AND && e->kind != EXPR_OR) {
		bool no = e->kind == EXPR_COMPARE &&
		    (e->relop == REL_NE || e->relop == REL_NOMATCH);

		if (e->kind == EXPR_FIELD || e->kind == EXPR_FIRST)
			return positive(e->child, negated, where);
		if (no == negated)
			return true;
		*where = e;
		return false;
	}
	all = (e->kind == EXPR_OR) != negated;
	for (const struct expr *c = e->child; c != NULL; c = c->next)
		if (positive(c, negated, where) != all)
			return !all;
	return all;
}

struct rule_tree *
rule_parse(const char *text, struct arena *mem, struct error *err)
{
	struct parser p = { .mem = mem, .err = err };
	const struct expr *where = NULL;
	size_t len = strlen(text);

	if (len > RULE_TEXT_MAX) {
		error_set(err, "the rule is longer than %d bytes",
		    RULE_TEXT_MAX);
		return NULL;
	}
	p.tree = arena_zalloc(mem, 1, sizeof(*p.tree));
	lexer_init(&p.lx, text, len);
	if (!parser_advance(&p))
		return NULL;
	if (p.tok.kind == LEX_END) {
		error_set(err, "the rule is empty");
		return NULL;
	}
	if ((p.tree->root = parser_or(&p)) == NULL || !parse_options(&p))
		return NULL;
	if (p.tok.kind == LEX_CLOSE)
		parser_fail(&p, p.tok.at, "this parenthesis closes nothing");
	else if (p.tok.kind != LEX_END)
		parser_fail(&p, p.tok.at, "options stand at the end of the rule");
	else if (!positive(p.tree->root, false, &where))
		parser_fail(&p, where->at, "NOT alone would match nearly every"
		    " article: '%.*s' excludes, and nothing says what to look"
		    " for; add it with AND", (int)where->len, where->text);
	else
		return p.tree;
	return NULL;
}
