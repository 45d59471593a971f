#include "rule/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/buf.h"
#include "rule/event.h"
#include "rule/vocabulary.h"

#define PREFIXES_MAX	32	/* of one word */
#define NO_HIT		UINT32_MAX

void
doc_init(struct doc *d, const struct terms *terms)
{
	size_t n = (size_t)terms_count(terms) + 1;	/* and doc_always */

	memset(d, 0, sizeof(*d));
	d->terms = terms;
	d->met = mem_zalloc(n / 64 + 1, sizeof(*d->met));
	d->met_main = mem_zalloc(n / 64 + 1, sizeof(*d->met_main));
	d->rank = mem_zalloc(n, sizeof(*d->rank));
	d->present = mem_zalloc(n, sizeof(*d->present));
	arena_init(&d->work);
}

void
doc_clear(struct doc *d)
{
	free(d->met);
	free(d->met_main);
	free(d->rank);
	free(d->chains);
	free(d->hits);
	free(d->present);
	free(d->token_at);
	arena_free(&d->work);
	memset(d, 0, sizeof(*d));
}

static inline void
meet(struct doc *d, uint32_t term, bool main)
{
	/* Written in any case, counted when it is new: nothing to guess. */
	bool new = !doc_has(d, term);

	d->present[d->npresent] = term;
	d->rank[term] = new ? (uint32_t)d->npresent : d->rank[term];
	d->npresent += new;
	d->met[term / 64] |= UINT64_C(1) << term % 64;
	if (d->main != d->met)
		d->met_main[term / 64] |= (uint64_t)main << term % 64;
}

static void
add_hit(struct doc *d, uint32_t term, uint32_t start, uint32_t end)
{
	struct doc_chain *c = &d->chains[d->rank[term]];

	if (d->nhits == d->hits_cap)
		d->hits = mem_grow(d->hits, d->nhits, &d->hits_cap,
		    sizeof(*d->hits));
	d->hits[d->nhits] = (struct doc_hit){ { start, end }, NO_HIT };
	if (c->n++ == 0)
		c->first = (uint32_t)d->nhits;
	else
		d->hits[c->last].next = (uint32_t)d->nhits;
	c->last = (uint32_t)d->nhits++;
}

/* A term of the token's field, at these positions once they are known. */
static void
add(struct doc *d, uint32_t token, uint32_t term, uint32_t start, uint32_t end)
{
	if (d->placed)
		add_hit(d, term, start, end);
	else
		meet(d, term, d->text->tokens[token].field <= DOC_BODY);
}

static void
add_prefixes(struct doc *d, uint32_t token, uint32_t position)
{
	uint32_t found[PREFIXES_MAX];
	char folded[LEXICON_WORD_MAX];
	const char *s;
	size_t n;

	s = text_bytes(d->text, token, &n);
	if (n == 0 || !terms_maybe_prefix(d->terms, s, n))
		return;
	text_folded(d->text, token, folded, sizeof(folded));
	n = terms_prefixes(d->terms, folded, strlen(folded), found,
	    PREFIXES_MAX);
	for (size_t i = 0; i < n; i++)
		add(d, token, found[i], position, position);
}

/* "open-source" is also the word "opensource", over both positions. */
static void
add_compound(struct doc *d, uint32_t token, uint32_t position)
{
	const struct text_token *t = d->text->tokens;
	uint32_t end = position, last = token, term;

	term = terms_of_word(d->terms, t[token].compound);
	if (term == TERM_NONE)
		return;
	while (last + 1 < d->text->ntokens &&
	    (t[last + 1].flags & TEXT_JOINED) &&
	    (t[last + 1].kind == TEXT_WORD ||
	    t[last + 1].kind == TEXT_NUMBER))
		last++, end++;
	add(d, token, term, position, end);
}

static bool
placeless(const struct text_token *t)
{
	return t->kind == TEXT_PUNCT || (t->flags & TEXT_POSSESSIVE);
}

/* % and $ are words here, by their bytes. */
static void
add_sign(struct doc *d, uint32_t token, uint32_t position)
{
	size_t n;
	const char *s = text_bytes(d->text, token, &n);
	uint32_t word = lexicon_find(vocabulary_lexicon(d->vocabulary), s, n);

	if (word != 0 && terms_of_word(d->terms, word) != TERM_NONE)
		add(d, token, terms_of_word(d->terms, word), position,
		    position);
}

/* What a token is beside its own word. */
static void
add_others(struct doc *d, uint32_t token, uint32_t position)
{
	const struct text_token *t = &d->text->tokens[token];

	if (t->kind == TEXT_CURRENCY || t->kind == TEXT_PERCENT)
		add_sign(d, token, position);
	if (t->kind != TEXT_WORD)
		return;
	if (terms_has(d->terms, TERM_PREFIX))
		add_prefixes(d, token, position);
	if (t->compound != 0)
		add_compound(d, token, position);
}

/* Whether any token can be more than its own word. */
static bool
has_others(const struct doc *d)
{
	return d->text->joined || terms_has(d->terms, TERM_PREFIX) ||
	    (d->text->kinds & (1u << TEXT_CURRENCY | 1u << TEXT_PERCENT)) != 0;
}

/* The term of the token's own word, or TERM_NONE. */
static inline uint32_t
term_of(const struct doc *d, const struct text_token *t)
{
	uint32_t term = terms_of_word(d->terms, t->word);

	return t->flags & TEXT_POSSESSIVE ? TERM_NONE : term;
}

/*
 * Nearly all that is done for most articles: small, and with little for the
 * processor to guess.
 */
static void
look_field(struct doc *d, enum doc_field f)
{
	const struct text_field *field = &d->text->fields[f];
	const struct text_token *tokens = d->text->tokens;
	uint32_t *terms = arena_alloc(&d->work, (field->end - field->first + 1) *
	    sizeof(*terms));
	size_t n = 0;

	for (uint32_t i = field->first; i < field->end; i++) {
		terms[n] = term_of(d, &tokens[i]);
		n += terms[n] != TERM_NONE;
	}
	for (size_t i = 0; i < n; i++)
		meet(d, terms[i], f <= DOC_BODY);
	if (has_others(d))
		for (uint32_t i = field->first; i < field->end; i++)
			if (!placeless(&tokens[i]))
				add_others(d, i, 0);
}

static void
place_field(struct doc *d, enum doc_field f)
{
	const struct text *x = d->text;
	bool others = has_others(d);

	d->range[f].start = (uint32_t)d->npositions;
	for (uint32_t i = x->fields[f].first; i < x->fields[f].end; i++) {
		uint32_t p = (uint32_t)d->npositions, term;

		if (placeless(&x->tokens[i]))
			continue;
		d->token_at[d->npositions++] = i;
		term = term_of(d, &x->tokens[i]);
		if (term != TERM_NONE)
			add_hit(d, term, p, p);
		if (others)
			add_others(d, i, p);
	}
	d->range[f].end = (uint32_t)d->npositions;
}

/*
 * The four-byte pieces of the text that regular expressions ask for, ASCII in
 * lower case. U+017F and U+212A count as s and k: in any case they match them.
 */
static void
add_grams(struct doc *d, const char *s, size_t len)
{
	uint32_t gram = 0;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		uint32_t term;

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		else if (c == 0xc5 && i + 1 < len &&
		    (unsigned char)s[i + 1] == 0xbf)
			c = 's', i++;
		else if (c == 0xe2 && i + 2 < len &&
		    memcmp(s + i, "\xe2\x84\xaa", 3) == 0)
			c = 'k', i += 2;
		gram = gram >> 8 | (uint32_t)c << 24;
		if (++n < 4)
			continue;
		term = terms_of_gram(d->terms, gram);
		if (term != TERM_NONE)
			meet(d, term, false);
	}
}

static bool
add_tag(void *arg, uint32_t first, uint32_t end)
{
	struct spans *tags = arg;

	tags->v[tags->n++] = (struct span){ first, end - 1 };
	return tags->n < 4096;
}

/* The position of the first placed token at or after `token`. */
static uint32_t
position_of(const struct doc *d, uint32_t token)
{
	size_t lo = 0, hi = d->npositions;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (d->token_at[mid] < token)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

/* The places of a key: only when a query asks, so only once an article. */
static struct spans
tag_spans(const struct doc *d, struct arena *mem, uint32_t key)
{
	struct spans tags = spans_new(mem, 4096), out;

	analysis_each(d->analysis, key, add_tag, &tags);
	out = spans_new(mem, tags.n);
	for (uint32_t i = 0; i < tags.n; i++) {
		struct span s = { position_of(d, tags.v[i].start), 0 };

		s.end = position_of(d, tags.v[i].end + 1);
		if (s.end <= s.start)
			continue;
		s.end--;
		/* keep it minimal: a longer one gives way */
		while (out.n > 0 && out.v[out.n - 1].end >= s.end &&
		    out.v[out.n - 1].start <= s.start)
			out.n--;
		if (out.n == 0 || (out.v[out.n - 1].start < s.start &&
		    out.v[out.n - 1].end < s.end))
			out.v[out.n++] = s;
	}
	return out;
}

struct spans
doc_spans(const struct doc *d, struct arena *mem, uint32_t term, uint32_t lo,
    uint32_t hi)
{
	struct spans out = { NULL, 0 }, all;
	const struct doc_chain *c;

	if (!doc_has(d, term))
		return out;
	c = &d->chains[d->rank[term]];
	if (c->n == 0 && terms_get(d->terms, term)->kind == TERM_KEY) {
		if (d->analysis == NULL)
			return out;
		all = tag_spans(d, mem, terms_get(d->terms, term)->value);
		out = spans_new(mem, all.n);
		for (uint32_t i = 0; i < all.n; i++)
			if (all.v[i].start >= lo && all.v[i].end < hi)
				out.v[out.n++] = all.v[i];
		return out;
	}
	out = spans_new(mem, c->n);
	for (uint32_t i = c->n > 0 ? c->first : NO_HIT; i != NO_HIT;
	    i = d->hits[i].next) {
		struct span s = d->hits[i].span;

		if (s.start >= lo && s.end < hi && (out.n == 0 ||
		    s.end > out.v[out.n - 1].end))
			out.v[out.n++] = s;
	}
	return out;
}

static const char *
lines(struct arena *mem, const char **list, size_t n)
{
	struct buf b;
	const char *s;

	if (n == 0)
		return "";
	buf_init(&b, TEXT_BYTES_MAX);
	for (size_t i = 0; i < n; i++) {
		buf_adds(&b, list[i]);
		buf_addc(&b, '\n');
	}
	s = arena_strndup(mem, b.data != NULL ? b.data : "", b.len);
	buf_clear(&b);
	return s;
}

static void
find_lead(struct doc *d)
{
	const struct text_field *body = &d->text->fields[DOC_BODY];

	d->lead_end = d->range[DOC_BODY].start;
	if (body->sentence < body->sentence_end)
		d->lead_end = position_of(d,
		    d->text->sentences[body->sentence].end);
	if (d->lead_end > d->range[DOC_BODY].end)
		d->lead_end = d->range[DOC_BODY].end;
}

static void
divide(struct doc *d)
{
	if (!d->divided)
		text_sentences(&d->work, d->text);
	d->divided = true;
}

void
doc_analyse(struct doc *d)
{
	const uint32_t *keys;
	size_t n;

	if (d->analysis != NULL)
		return;
	divide(d);
	text_case(d->text);
	d->analysis = analysis_run(d->vocabulary, d->text,
	    d->article->published, &d->work);
	analysis_ask(d->analysis, d->asked);
	n = analysis_keys(d->analysis, &keys);
	for (size_t i = 0; i < n; i++) {
		uint32_t term = terms_of_key(d->terms, keys[i]);

		if (term != TERM_NONE)
			meet(d, term, true);
	}
}

static void
begin(struct doc *d, const struct article *a, const struct vocabulary *v,
    unsigned what)
{
	arena_reset(&d->work);
	d->article = a;
	d->vocabulary = v;
	d->analysis = NULL;
	d->asked = NULL;
	d->divided = d->placed = false;
	d->main = what & DOC_EXTRA ? d->met_main : d->met;
	for (size_t i = 0; i < d->npresent; i++)
		d->met[d->present[i] / 64] = d->met_main[d->present[i] / 64] = 0;
	d->npresent = 0;
	d->met[doc_always(d) / 64] = d->met_main[doc_always(d) / 64] =
	    UINT64_C(1) << doc_always(d) % 64;
}

void
doc_look(struct doc *d, const struct article *a, const struct vocabulary *v,
    unsigned what)
{
	struct text_source fields[DOC_NFIELDS];
	size_t n = what & DOC_EXTRA ? DOC_NFIELDS : 2;

	begin(d, a, v, what);
	fields[DOC_TITLE].bytes = a->title;
	fields[DOC_BODY].bytes = article_body(a);
	fields[DOC_AUTHOR].bytes = a->author;
	fields[DOC_CATEGORY].bytes = n > 2 ? lines(&d->work, a->categories,
	    a->ncategories) : "";
	for (size_t i = 0; i < n; i++)
		fields[i].len = strlen(fields[i].bytes);
	d->text = text_words(&d->work, vocabulary_lexicon(v), fields, n);
	for (size_t i = 0; i < n; i++) {
		look_field(d, (enum doc_field)i);
		if (terms_has(d->terms, TERM_GRAM))
			add_grams(d, fields[i].bytes, d->text->fields[i].len);
	}
	if (what & DOC_ANALYSE)
		doc_analyse(d);
}

void
doc_place(struct doc *d)
{
	if (d->placed)
		return;
	divide(d);
	if (d->text->ntokens > d->positions_cap) {
		d->positions_cap = d->text->ntokens * 2;
		d->token_at = mem_realloc(d->token_at, d->positions_cap,
		    sizeof(*d->token_at));
	}
	if (d->npresent >= d->chains_cap) {
		d->chains_cap = d->npresent * 2 + 64;
		d->chains = mem_realloc(d->chains, d->chains_cap,
		    sizeof(*d->chains));
	}
	memset(d->chains, 0, d->npresent * sizeof(*d->chains));
	d->nhits = d->npositions = 0;
	memset(d->range, 0, sizeof(d->range));
	d->placed = true;
	for (uint32_t i = 0; i < d->text->nfields; i++)
		place_field(d, (enum doc_field)i);
	find_lead(d);
}

const struct text_sentence *
doc_sentence(const struct doc *d, uint32_t position)
{
	return &d->text->sentences[doc_token(d, position)->sentence];
}

enum doc_field
doc_field_of(const struct doc *d, uint32_t position)
{
	return (enum doc_field)doc_token(d, position)->field;
}

bool
doc_same_paragraph(const struct doc *d, uint32_t a, uint32_t b)
{
	const struct text_sentence *x = doc_sentence(d, a);
	const struct text_sentence *y = doc_sentence(d, b);

	return x->field == y->field && x->paragraph == y->paragraph;
}
