#include "rule/lexer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/problems.h"

static const char *const FIELDS[FIELD_COUNT] = {
	[FIELD_ANY] = "", [FIELD_TITLE] = "title", [FIELD_BODY] = "body",
	[FIELD_AUTHOR] = "author", [FIELD_CATEGORY] = "category",
	[FIELD_FEED] = "feed", [FIELD_TAG] = "tag", [FIELD_LANG] = "lang",
	[FIELD_LINK] = "link", [FIELD_SITE] = "site", [FIELD_AGE] = "age",
	[FIELD_WORDS] = "words",
};

static const struct { const char *text; enum rule_relop relop; } RELOPS[] = {
	/* longest first */
	{ "=~", REL_MATCH }, { "!~", REL_NOMATCH }, { "!=", REL_NE },
	{ "<=", REL_LE }, { ">=", REL_GE }, { "==", REL_EQ }, { "=", REL_EQ },
	{ "<", REL_LT }, { ">", REL_GT },
};

/* Opening and closing quotes; the first is also an apostrophe. */
static const struct { const char *open, *close; } QUOTES[] = {
	{ "'", "'" }, { "\"", "\"" }, { "\u2018", "\u2019" },
	{ "\u201c", "\u201d" },
};
#define NQUOTES (sizeof(QUOTES) / sizeof(*QUOTES))

const char *
rule_field_name(enum rule_field f)
{
	return FIELDS[f];
}

size_t
lexer_column(const char *text, size_t at)
{
	size_t column = 1;

	for (size_t i = 0; i < at && text[i] != '\0'; i++)
		column += ((unsigned char)text[i] & 0xc0) != 0x80;
	return column;
}

int
lexer_error(struct error *err, const char *text, size_t at,
    const char *fmt, ...)
{
	char what[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return error_set(err, "column %zu: %s", lexer_column(text, at), what);
}

void
lexer_init(struct lexer *lx, const char *text, size_t len)
{
	lx->text = text;
	lx->len = len;
	lx->pos = 0;
}

static bool
starts(const struct lexer *lx, size_t at, const char *s)
{
	size_t n = strlen(s);

	return at + n <= lx->len && memcmp(lx->text + at, s, n) == 0;
}

static char
peek(const struct lexer *lx, size_t at)
{
	return at < lx->len ? lx->text[at] : '\0';
}

/* The kind of quote that opens here, or NQUOTES. */
static size_t
quote_at(const struct lexer *lx, size_t at)
{
	size_t i;

	for (i = 0; i < NQUOTES && !starts(lx, at, QUOTES[i].open); i++)
		;
	return i;
}

/* A letter or digit, or a byte of a character beyond ASCII. */
static bool
wordish(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the run of characters that starts at `at` ends. */
static size_t
run_end(const struct lexer *lx, size_t at)
{
	size_t i = at;

	for (; i < lx->len; i++) {
		char c = lx->text[i];

		if (blank(c) || c == '(' || c == ')' || c == '"' ||
		    starts(lx, i, QUOTES[3].open))
			break;
		if (c == ',' && !(i > at && isdigit((unsigned char)
		    lx->text[i - 1]) && isdigit((unsigned char)peek(lx, i + 1))))
			break;
	}
	return i;
}

static int
quoted(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	size_t q = quote_at(lx, lx->pos), start, i;
	size_t close = strlen(QUOTES[q].close);

	start = lx->pos + strlen(QUOTES[q].open);
	for (i = start; i < lx->len; i++)
		if (starts(lx, i, QUOTES[q].close) && (q == 1 || q == 3 ||
		    !wordish(peek(lx, i + close))))
			break;
	if (i >= lx->len)
		return lexer_error(err, lx->text, lx->pos,
		    "the quote that opens here is never closed");
	lex->text = lx->text + start;
	lex->len = i - start;
	lx->pos = lex->end = i + close;
	for (i = 0; i < lex->len && !wordish(lex->text[i]); i++)
		;
	if (i == lex->len)
		return lexer_error(err, lx->text, lex->at,
		    "there is no word between these quotes");
	return 0;
}

static int
regex(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	size_t i;

	for (i = lx->pos + 1; i < lx->len && lx->text[i] != '/'; i++)
		if (lx->text[i] == '\\')
			i++;
	if (i >= lx->len)
		return lexer_error(err, lx->text, lx->pos,
		    "the regular expression that opens here is never closed"
		    " by /");
	lex->kind = LEX_REGEX;
	lex->text = lx->text + lx->pos + 1;
	lex->len = i - lx->pos - 1;
	if (lex->len == 0)
		return lexer_error(err, lx->text, lx->pos,
		    "this regular expression is empty");
	i++;
	if (peek(lx, i) == 'i') {
		lex->icase = true;
		i++;
	}
	if (wordish(peek(lx, i)))
		return lexer_error(err, lx->text, i, "after the closing / of a"
		    " regular expression only i (any case) may follow; a /"
		    " inside is written \\/");
	lx->pos = lex->end = i;
	return 0;
}

static int
number_after(const struct lexer *lx, const struct lexeme *lex, size_t skip,
    uint32_t *n, struct error *err)
{
	unsigned long v = 0;
	size_t i;

	for (i = skip; i < lex->len && isdigit((unsigned char)lex->text[i]) &&
	    v <= RULE_DISTANCE_MAX; i++)
		v = v * 10 + (unsigned long)(lex->text[i] - '0');
	if (i == skip || i < lex->len || v == 0 || v > RULE_DISTANCE_MAX)
		return lexer_error(err, lx->text, lex->at, "%.*s needs a number"
		    " from 1 to %d, as in %.*s/5", (int)(skip - 1), lex->text,
		    RULE_DISTANCE_MAX, (int)(skip - 1), lex->text);
	*n = (uint32_t)v;
	return 0;
}

static bool
is(const struct lexeme *lex, const char *s)
{
	return lex->len == strlen(s) && memcmp(lex->text, s, lex->len) == 0;
}

/* An operator with a number; 1 = it is one, 0 = not, -1 = wrongly written. */
static int
numbered(const struct lexer *lx, struct lexeme *lex, struct error *err)
{
	static const struct {
		const char	*name;
		enum lex_kind	 kind;
		bool		 ordered;
	} OPS[] = {
		{ "NEAR", LEX_NEAR, false }, { "ONEAR", LEX_NEAR, true },
		{ "W", LEX_NEAR, false }, { "ATLEAST", LEX_ATLEAST, false },
		{ "FIRST", LEX_FIRST, false },
	};

	for (size_t i = 0; i < sizeof(OPS) / sizeof(*OPS); i++) {
		size_t n = strlen(OPS[i].name);

		if (lex->len < n || strncasecmp(lex->text, OPS[i].name, n) != 0)
			continue;
		if (lex->len > n ? lex->text[n] != '/' : (n == 1 ||
		    memcmp(lex->text, OPS[i].name, n) != 0))
			continue;
		if (memcmp(lex->text, OPS[i].name, n) != 0)
			return lexer_error(err, lx->text, lex->at, "operators"
			    " are in capitals: %s", OPS[i].name);
		lex->kind = OPS[i].kind;
		lex->ordered = OPS[i].ordered;
		lex->reach = REACH_WORDS;
		if (number_after(lx, lex, n + 1, &lex->n, err) == -1)
			return -1;
		return 1;
	}
	return 0;
}

static int
operator(const struct lexer *lx, struct lexeme *lex, struct error *err)
{
	static const struct {
		const char	*name;
		enum lex_kind	 kind;
		bool		 ordered;
		enum lex_reach	 reach;
	} OPS[] = {
		{ "AND", LEX_AND, false, 0 }, { "OR", LEX_OR, false, 0 },
		{ "NOT", LEX_NOT, false, 0 },
		{ "W/S", LEX_NEAR, false, REACH_SENTENCE },
		{ "+S", LEX_NEAR, true, REACH_SENTENCE },
		{ "W/P", LEX_NEAR, false, REACH_PARAGRAPH },
		{ "+P", LEX_NEAR, true, REACH_PARAGRAPH },
		{ "SAME", LEX_NEAR, false, REACH_PARAGRAPH },
	};

	for (size_t i = 0; i < sizeof(OPS) / sizeof(*OPS); i++)
		if (is(lex, OPS[i].name)) {
			lex->kind = OPS[i].kind;
			lex->ordered = OPS[i].ordered;
			lex->reach = OPS[i].reach;
			return 1;
		}
	return numbered(lx, lex, err);
}

/* word* : the star ends a word of at least two characters. */
static int
prefix(const struct lexer *lx, struct lexeme *lex, struct error *err)
{
	const char *star = memchr(lex->text, '*', lex->len);

	if (star == NULL)
		return 0;
	if (star == lex->text)
		return lexer_error(err, lx->text, lex->at, "a star stands at"
		    " the end of a word, not in front");
	if (star != lex->text + lex->len - 1)
		return lexer_error(err, lx->text, lex->at,
		    "a star stands at the end of a word only");
	if (lex->len < 3)
		return lexer_error(err, lx->text, lex->at, "at least two"
		    " letters are needed before the star");
	lex->kind = LEX_PREFIX;
	lex->len--;
	return 1;
}

/* What fields are called elsewhere. */
static const char *
field_elsewhere(const char *name)
{
	static const char *const OTHERS[][2] = { { "source", "feed" },
	    { "rst", "feed" }, { "intitle", "title" }, { "allintitle", "title" },
	    { "headline", "title" }, { "hd", "title" }, { "hlead", "title" },
	    { "intext", "body" }, { "text", "body" }, { "content", "body" },
	    { "by", "author" }, { "inurl", "link" }, { "url", "link" },
	    { "domain", "site" }, { "host", "site" }, { "language", "lang" },
	    { "la", "lang" }, { "label", "tag" }, { "wc", "words" },
	    { "company", "entity" } };

	for (size_t i = 0; i < sizeof(OTHERS) / sizeof(*OTHERS); i++)
		if (strcasecmp(name, OTHERS[i][0]) == 0)
			return OTHERS[i][1];
	return NULL;
}

static int
unknown_field(const struct lexer *lx, const struct lexeme *lex, size_t n,
    struct error *err)
{
	const char *known[FIELD_COUNT + 2], *near;
	char name[64];
	size_t k = 0;

	for (size_t i = 1; i < FIELD_COUNT; i++)
		known[k++] = FIELDS[i];
	known[k++] = "concept";
	known[k++] = "entity";
	snprintf(name, sizeof(name), "%.*s", (int)n, lex->text);
	if ((near = field_elsewhere(name)) == NULL)
		near = problems_nearest(name, known, k);
	return lexer_error(err, lx->text, lex->at, "there is no field '%s'%s%s"
	    "%s: fields are title, body, author, category, feed, tag, lang,"
	    " link, site, age, words, concept and entity", name,
	    near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?)" : "");
}

/* name: or name relop; 1, 0 or -1 as above. */
static int
field(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	size_t n = 0, f, at;

	while (n < lex->len && islower((unsigned char)lex->text[n]))
		n++;
	if (n == 0)
		return 0;
	at = lex->at + n;
	for (f = FIELD_TITLE; f < FIELD_COUNT; f++)
		if (n == strlen(FIELDS[f]) &&
		    memcmp(lex->text, FIELDS[f], n) == 0)
			break;
	if (peek(lx, at) == ':') {
		bool concept = n == 7 && memcmp(lex->text, "concept", n) == 0;
		bool entity = n == 6 && memcmp(lex->text, "entity", n) == 0;

		if (f == FIELD_COUNT && !concept && !entity)
			return blank(peek(lx, at + 1)) ? 0 :
			    unknown_field(lx, lex, n, err);
		lex->kind = concept ? LEX_CONCEPT : entity ? LEX_ENTITY :
		    LEX_FIELD;
		lex->field = (enum rule_field)f;
		lex->relop = REL_HAS;
		lx->pos = lex->end = at + 1;
		return 1;
	}
	if (f == FIELD_COUNT)
		return 0;
	while (blank(peek(lx, at)))
		at++;
	for (size_t i = 0; i < sizeof(RELOPS) / sizeof(*RELOPS); i++)
		if (starts(lx, at, RELOPS[i].text)) {
			lex->kind = LEX_FIELD;
			lex->field = (enum rule_field)f;
			lex->relop = RELOPS[i].relop;
			lx->pos = lex->end = at + strlen(RELOPS[i].text);
			return 1;
		}
	return 0;
}

/* concept:id: the id is the run that follows, or quoted. */
static int
tag_id(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	struct lexeme value = { .at = lex->end };

	if (quote_at(lx, lx->pos) < NQUOTES) {
		if (quoted(lx, &value, err) == -1)
			return -1;
	} else {
		value.end = run_end(lx, lx->pos);
		value.text = lx->text + lx->pos;
		value.len = value.end - lx->pos;
	}
	if (value.len == 0)
		return lexer_error(err, lx->text, lex->at, "%s: needs an id of"
		    " the vocabulary right after the colon, as in %s",
		    lex->kind == LEX_CONCEPT ? "concept" : "entity",
		    lex->kind == LEX_CONCEPT ? "concept:semiconductor" :
		    "entity:nvidia");
	lex->text = value.text;
	lex->len = value.len;
	lx->pos = lex->end = value.end;
	return 0;
}

/* =Apple or ='New York'; the = has been seen. */
static int
as_written(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	lex->kind = LEX_CASE;
	lx->pos++;
	if (quote_at(lx, lx->pos) < NQUOTES)
		return quoted(lx, lex, err);
	lex->text = lx->text + lx->pos;
	lx->pos = lex->end = run_end(lx, lx->pos);
	lex->len = (size_t)(lx->text + lx->pos - lex->text);
	if (memchr(lex->text, '*', lex->len) != NULL)
		return lexer_error(err, lx->text, lex->at, "= (case as written)"
		    " and * (any ending) do not go together");
	return 0;
}

static int
word(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	int r;

	lex->text = lx->text + lx->pos;
	lex->end = run_end(lx, lx->pos);
	lex->len = lex->end - lx->pos;
	r = field(lx, lex, err);
	if (r == 1 && lex->kind != LEX_FIELD)
		return tag_id(lx, lex, err);
	if (r != 0)
		return r == 1 ? 0 : -1;
	lx->pos = lex->end;
	r = operator(lx, lex, err);
	if (r == 0)
		r = prefix(lx, lex, err);
	if (r == 0)
		lex->kind = LEX_BARE;
	return r == -1 ? -1 : 0;
}

int
lexer_next(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	char c, next;

	while (blank(peek(lx, lx->pos)))
		lx->pos++;
	memset(lex, 0, sizeof(*lex));
	lex->at = lex->end = lx->pos;
	lex->text = lx->text + lx->pos;
	if (lx->pos >= lx->len)
		return 0;
	c = lx->text[lx->pos];
	next = peek(lx, lx->pos + 1);
	if (quote_at(lx, lx->pos) < NQUOTES) {
		lex->kind = LEX_QUOTED;
		return quoted(lx, lex, err);
	}
	if (c == '/')
		return regex(lx, lex, err);
	if (c == '=' && (isalpha((unsigned char)next) ||
	    (unsigned char)next >= 0x80 || quote_at(lx, lx->pos + 1) < NQUOTES))
		return as_written(lx, lex, err);
	if (c == '(' || c == ')' || c == ',' || (c == '-' &&
	    (isalpha((unsigned char)next) || (unsigned char)next >= 0x80 ||
	    strchr("'\"(=/", next) != NULL) && next != '\0')) {
		lex->kind = c == '(' ? LEX_OPEN : c == ')' ? LEX_CLOSE :
		    c == ',' ? LEX_COMMA : LEX_NOT;
		lex->len = 1;
		lx->pos = lex->end = lex->at + 1;
		return 0;
	}
	return word(lx, lex, err);
}

int
lexer_value(struct lexer *lx, struct lexeme *lex, struct error *err)
{
	char c;

	while (blank(peek(lx, lx->pos)))
		lx->pos++;
	c = peek(lx, lx->pos);
	if (c == '/' || c == '(' || c == '=' || c == '\0' || c == ')' ||
	    c == ',' || quote_at(lx, lx->pos) < NQUOTES ||
	    starts(lx, lx->pos, "concept:") || starts(lx, lx->pos, "entity:") ||
	    starts(lx, lx->pos, "ATLEAST/") || starts(lx, lx->pos, "FIRST/"))
		return lexer_next(lx, lex, err);
	memset(lex, 0, sizeof(*lex));
	lex->at = lx->pos;
	lex->text = lx->text + lx->pos;
	lx->pos = lex->end = run_end(lx, lx->pos);
	lex->len = lex->end - lex->at;
	lex->kind = LEX_BARE;
	return prefix(lx, lex, err) == -1 ? -1 : 0;
}
