#include <string.h>
#include <strings.h>

#include "rule/parser.h"

static bool
string_field(enum rule_field f)
{
	return f >= FIELD_FEED && f <= FIELD_SITE;
}

static bool
same_word(const struct lexeme *lex, const char *s)
{
	return lex->len == strlen(s) && strncasecmp(lex->text, s, lex->len) == 0;
}

/*
 * Is what opens here wholly made of bare words? Then *after is the kind of
 * what follows the closing parenthesis. A scan that fails says no; the error
 * comes when the place is reached.
 */
static bool
bare_group(const struct parser *p, enum lex_kind *after)
{
	struct lexer lx = p->lx;
	struct lexeme lex;
	unsigned depth = 1;

	while (depth > 0) {
		if (lexer_next(&lx, &lex, NULL) == -1)
			return false;
		if (lex.kind == LEX_OPEN)
			depth++;
		else if (lex.kind == LEX_CLOSE)
			depth--;
		else if (lex.kind != LEX_BARE && lex.kind != LEX_COMMA)
			return false;
	}
	*after = lexer_next(&lx, &lex, NULL) == -1 ? LEX_END : lex.kind;
	return true;
}

static bool
option_ahead(const struct parser *p)
{
	struct rule_options scratch = { 0 };
	const char *s;
	size_t n;

	n = parser_segment(p, &s);
	if (p->depth > 0 && memchr(s, ')', n) != NULL)
		n = (size_t)((const char *)memchr(s, ')', n) - s);
	return rule_option(s, n, &scratch, NULL) != 0;
}

/* A run of bare words, with the lists and parentheses that belong to it. */
static struct expr *
parse_event(struct parser *p)
{
	struct lexeme all = p->tok;
	enum lex_kind after;
	unsigned depth = 0;

	for (;;) {
		if (p->tok.kind == LEX_OPEN) {
			if (depth == 0 && !bare_group(p, &after))
				return parser_fail(p, p->tok.at, "write AND or OR"
				    " between an event phrase and this"
				    " parenthesis");
			depth++;
		} else if (p->tok.kind == LEX_CLOSE && depth > 0) {
			depth--;
		} else if (p->tok.kind == LEX_COMMA) {
			if (depth == 0 && option_ahead(p))
				break;
		} else if (p->tok.kind != LEX_BARE) {
			break;
		}
		all.end = p->tok.end;
		if (!parser_advance(p))
			return NULL;
	}
	all.len = all.end - all.at;
	all.text = p->lx.text + all.at;
	p->tree->events = true;
	return parser_node(p, EXPR_EVENT, &all);
}

/* What can stand beside a proximity operator: something with a place. */
static bool
placed(struct parser *p, const struct expr *e, const char *where)
{
	switch (e->kind) {
	case EXPR_EVENT:
		parser_fail(p, e->at, "'%.*s' is an event phrase, which cannot stand"
		    " in %s; to search for the words, put them in quotes",
		    (int)e->len, e->text, where);
		return false;
	case EXPR_NOT:
		parser_fail(p, e->at, "NOT cannot stand in %s: what is absent has no"
		    " place in the text; write it after AND, outside", where);
		return false;
	case EXPR_FIELD: case EXPR_COMPARE:
		parser_fail(p, e->at, "a field cannot stand in %s: put it in front of"
		    " the whole, as in title:('oil' NEAR/5 'price')", where);
		return false;
	default:
		break;
	}
	for (const struct expr *c = e->child; c != NULL; c = c->next)
		if (!placed(p, c, where))
			return false;
	return true;
}

/* FIRST and fields only narrow the words looked at: NOT may stand in them. */
static bool
plain(struct parser *p, const struct expr *e, const char *where)
{
	if (e->kind != EXPR_NOT && e->kind != EXPR_AND && e->kind != EXPR_OR)
		return placed(p, e, where);
	for (const struct expr *c = e->child; c != NULL; c = c->next)
		if (!plain(p, c, where))
			return false;
	return true;
}

/* The tok is "(": read up to its ")". */
static struct expr *
parse_group(struct parser *p)
{
	size_t open = p->tok.at;
	struct expr *e;

	if (++p->depth > RULE_DEPTH_MAX)
		return parser_fail(p, open, "parentheses are nested too deep");
	if (!parser_advance(p))
		return NULL;
	if (p->tok.kind == LEX_CLOSE)
		return parser_fail(p, open, "there is nothing in this parenthesis");
	if ((e = parser_or(p)) == NULL)
		return NULL;
	if (p->tok.kind == LEX_COMMA)
		return parser_fail(p, p->tok.at, "a comma cannot stand here: options"
		    " come at the end of the rule, outside parentheses");
	if (p->tok.kind != LEX_CLOSE)
		return parser_fail(p, open, "this parenthesis is never closed");
	p->depth--;
	return parser_advance(p) ? e : NULL;
}

/* ATLEAST/n(…) and FIRST/n(…). */
static struct expr *
parse_counted(struct parser *p)
{
	bool first = p->tok.kind == LEX_FIRST;
	struct lexeme lex = p->tok;
	struct expr *e, *c;

	if (!parser_advance(p))
		return NULL;
	if (p->tok.kind != LEX_OPEN)
		return parser_fail(p, lex.at, "%s/%u is followed by a parenthesis, as"
		    " in %s/%u('oil price')", first ? "FIRST" : "ATLEAST",
		    lex.n, first ? "FIRST" : "ATLEAST", lex.n);
	if ((c = parse_group(p)) == NULL)
		return NULL;
	if (first ? !plain(p, c, "FIRST") : !placed(p, c, "ATLEAST"))
		return NULL;
	if ((e = parser_node(p, first ? EXPR_FIRST : EXPR_ATLEAST, &lex)) == NULL)
		return NULL;
	e->child = c;
	e->end = c->end;
	p->tree->texts = true;
	return e;
}

/* A bare word where no event phrase can stand: say what was meant. */
struct expr *
parser_stray(struct parser *p)
{
	static const char *const OPS[] = { "AND", "OR", "NOT", "SAME", "NEAR" };

	for (size_t i = 0; i < sizeof(OPS) / sizeof(*OPS); i++)
		if (same_word(&p->tok, OPS[i]))
			return parser_fail(p, p->tok.at, "operators are in capitals:"
			    " %s%s", OPS[i], i == 4 ? "/5" : "");
	return parser_fail(p, p->tok.at, "'%.*s' stands bare beside text that is"
	    " searched for: put it in quotes, or write AND or OR in front of an"
	    " event phrase", (int)p->tok.len, p->tok.text);
}

/* In a field: one bare word is a word to search for. */
static struct expr *
parse_field_word(struct parser *p)
{
	struct lexeme lex = p->tok;
	struct expr *e;

	p->tree->texts = true;
	if (!parser_advance(p))
		return NULL;
	if (p->tok.kind == LEX_BARE && !same_word(&p->tok, "and") &&
	    !same_word(&p->tok, "or"))
		return parser_fail(p, lex.at, "several words in a field go in quotes,"
		    " as in %s:'%.*s'", rule_field_name(p->field),
		    (int)(p->tok.end - lex.at), p->lx.text + lex.at);
	if (p->tok.kind == LEX_BARE)
		return parser_stray(p);
	e = parser_node(p, string_field(p->field) ? EXPR_COMPARE : EXPR_PHRASE,
	    &lex);
	if (e != NULL)
		e->field = p->field;
	return e;
}

/* One marked atom. */
static struct expr *
parse_marked(struct parser *p)
{
	static const enum expr_kind KIND[LEX_NKINDS] = {
		[LEX_QUOTED] = EXPR_PHRASE, [LEX_PREFIX] = EXPR_PREFIX,
		[LEX_CASE] = EXPR_CASE, [LEX_REGEX] = EXPR_REGEX,
		[LEX_CONCEPT] = EXPR_CONCEPT, [LEX_ENTITY] = EXPR_ENTITY,
	};
	struct lexeme lex = p->tok;
	struct expr *e;

	p->tree->texts = true;
	if (string_field(p->field)) {
		if (lex.kind == LEX_PREFIX)
			lex.len++;	/* the star of a glob */
		else if (lex.kind != LEX_QUOTED && lex.kind != LEX_REGEX)
			return parser_fail(p, lex.at, "%s: takes a text or a /regular"
			    " expression/", rule_field_name(p->field));
		e = parser_node(p, EXPR_COMPARE, &lex);
		if (e != NULL)
			e->regex = lex.kind == LEX_REGEX;
	} else
		e = parser_node(p, KIND[lex.kind], &lex);
	if (e != NULL)
		e->field = p->field;
	return e != NULL && parser_advance(p) ? e : NULL;
}

static struct expr *
parse_atom(struct parser *p)
{
	enum lex_kind after;

	switch (p->tok.kind) {
	case LEX_OPEN:
		if (p->field == FIELD_ANY && bare_group(p, &after) &&
		    after == LEX_BARE)
			return parse_event(p);
		return parse_group(p);
	case LEX_BARE:
		return p->field == FIELD_ANY ? parse_event(p) :
		    parse_field_word(p);
	case LEX_ATLEAST: case LEX_FIRST:
		if (string_field(p->field))
			return parser_fail(p, p->tok.at, "%s: takes a text, not a"
			    " count", rule_field_name(p->field));
		return parse_counted(p);
	case LEX_QUOTED: case LEX_PREFIX: case LEX_CASE: case LEX_REGEX:
	case LEX_CONCEPT: case LEX_ENTITY:
		return parse_marked(p);
	case LEX_AND: case LEX_OR: case LEX_NEAR:
		return parser_fail(p, p->tok.at, "%.*s needs something on both sides",
		    (int)p->tok.len, p->tok.text);
	case LEX_CLOSE:
		return parser_fail(p, p->tok.at, "something is missing in front of"
		    " this parenthesis");
	case LEX_COMMA:
		return parser_fail(p, p->tok.at, "something is missing in front of"
		    " this comma");
	case LEX_FIELD:
		return parser_fail(p, p->tok.at, "a field cannot stand in another"
		    " field or beside NEAR");
	case LEX_NOT:
		return parser_fail(p, p->tok.at, "NOT cannot stand beside NEAR: what"
		    " is absent has no place in the text");
	default:
		return parser_fail(p, p->tok.at, "the rule ends where something to"
		    " look for is expected");
	}
}

struct expr *
parser_near(struct parser *p)
{
	struct expr *left, *e;
	struct lexeme op;

	if ((left = parse_atom(p)) == NULL)
		return NULL;
	while (p->tok.kind == LEX_NEAR) {
		op = p->tok;
		if (string_field(p->field))
			return parser_fail(p, op.at, "%.*s needs words, and %s: holds"
			    " none", (int)op.len, op.text,
			    rule_field_name(p->field));
		if (!parser_advance(p) || !placed(p, left, "NEAR"))
			return NULL;
		if ((e = parser_node(p, EXPR_NEAR, &op)) == NULL ||
		    (left->next = parse_atom(p)) == NULL ||
		    !placed(p, left->next, "NEAR"))
			return NULL;
		e->at = left->at;
		e->end = left->next->end;
		e->ordered = op.ordered;
		e->reach = op.reach;
		e->child = left;
		left = e;
	}
	return left;
}

/* field relop value. */
static struct expr *
parse_compare(struct parser *p, const struct lexeme *field)
{
	struct expr *e;

	p->tree->texts = true;
	if (p->tok.kind != LEX_QUOTED && p->tok.kind != LEX_REGEX &&
	    p->tok.kind != LEX_PREFIX && p->tok.kind != LEX_BARE)
		return parser_fail(p, field->at, "'%s' is compared with nothing: a"
		    " value is missing", rule_field_name(field->field));
	if ((e = parser_node(p, EXPR_COMPARE, &p->tok)) == NULL)
		return NULL;
	if (p->tok.kind == LEX_PREFIX)
		e->len++;
	e->at = field->at;
	e->field = field->field;
	e->relop = field->relop;
	e->regex = p->tok.kind == LEX_REGEX;
	return parser_advance(p) ? e : NULL;
}

/* The tok is a field: read its value. */
struct expr *
parser_field(struct parser *p)
{
	struct lexeme field = p->tok;
	struct expr *e, *c;

	if (p->field != FIELD_ANY)
		return parser_fail(p, field.at, "a field cannot stand in a field");
	if (lexer_value(&p->lx, &p->tok, p->err) == -1)
		return NULL;
	if (field.relop != REL_HAS)
		return parse_compare(p, &field);
	if (field.field == FIELD_AGE || field.field == FIELD_WORDS)
		return parser_fail(p, field.at, "%s is a number: compare it, as in %s",
		    rule_field_name(field.field), field.field == FIELD_AGE ?
		    "age < 2d" : "words > 300");
	if (p->tok.kind == LEX_END)
		return parser_fail(p, field.at, "%s: is followed by nothing",
		    rule_field_name(field.field));
	p->field = field.field;
	c = parser_near(p);
	p->field = FIELD_ANY;
	if (c == NULL || string_field(field.field))
		return c;
	if (!plain(p, c, "a field") ||
	    (e = parser_node(p, EXPR_FIELD, &field)) == NULL)
		return NULL;
	p->tree->texts = true;
	e->field = field.field;
	e->end = c->end;
	e->child = c;
	return e;
}

