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
	memset(d, 0, sizeof(*d));
	d->terms = terms;
	d->chains = mem_zalloc((size_t)terms_count(terms) + 1,
	    sizeof(*d->chains));
	arena_init(&d->work);
}

void
doc_clear(struct doc *d)
{
	free(d->chains);
	free(d->hits);
	free(d->present);
	free(d->token_at);
	free(d->term_at);
	arena_free(&d->work);
	memset(d, 0, sizeof(*d));
}

static void
meet(struct doc *d, uint32_t term)
{
	d->chains[term] = (struct doc_chain){ d->epoch, 0, NO_HIT, NO_HIT };
	if (d->npresent == d->present_cap)
		d->present = mem_grow(d->present, d->npresent,
		    &d->present_cap, sizeof(*d->present));
	d->present[d->npresent++] = term;
}

static void
add(struct doc *d, uint32_t term, uint32_t start, uint32_t end)
{
	struct doc_chain *c = &d->chains[term];

	if (c->epoch != d->epoch)
		meet(d, term);
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
		add(d, found[i], position, position);
}

/* "open-source" is also the word "opensource", over both positions. */
static void
add_compound(struct doc *d, uint32_t token, uint32_t position)
{
	const struct text_token *t = d->text->tokens;
	uint32_t end = position, term;

	term = terms_of_word(d->terms, t[token].compound);
	if (term == TERM_NONE)
		return;
	while (token + 1 < d->text->ntokens &&
	    (t[token + 1].flags & TEXT_JOINED) &&
	    (t[token + 1].kind == TEXT_WORD ||
	    t[token + 1].kind == TEXT_NUMBER))
		token++, end++;
	add(d, term, position, end);
}

static bool
placeless(const struct text_token *t)
{
	return t->kind == TEXT_PUNCT || (t->flags & TEXT_POSSESSIVE);
}

/* % and $ are words here, by their bytes. */
static uint32_t
sign_word(const struct doc *d, uint32_t token)
{
	size_t n;
	const char *s = text_bytes(d->text, token, &n);

	return lexicon_find(d->lexicon, s, n);
}

/*
 * Give the field's words their positions and look their terms up, into
 * term_at. A loop of its own and without calls, so that the processor can wait
 * for many of these far-flung numbers at once.
 */
static void
find_terms(struct doc *d, enum doc_field f)
{
	const struct text *x = d->text;
	uint32_t position = (uint32_t)d->npositions;

	d->range[f].start = position;
	for (uint32_t i = x->fields[f].first; i < x->fields[f].end; i++) {
		const struct text_token *t = &x->tokens[i];

		if (placeless(t))
			continue;
		d->token_at[position] = i;
		d->term_at[position++] = t->word != 0 ?
		    terms_of_word(d->terms, t->word) : TERM_NONE;
	}
	d->npositions = position;
	d->range[f].end = position;
}

static void
add_field(struct doc *d, enum doc_field f)
{
	bool prefixes = terms_has(d->terms, TERM_PREFIX);

	find_terms(d, f);
	for (uint32_t p = d->range[f].start; p < d->range[f].end; p++) {
		const struct text_token *t = &d->text->tokens[d->token_at[p]];
		uint32_t term = d->term_at[p];

		if (t->kind == TEXT_CURRENCY || t->kind == TEXT_PERCENT)
			term = terms_of_word(d->terms,
			    sign_word(d, d->token_at[p]));
		if (term != TERM_NONE)
			add(d, term, p, p);
		if (t->kind != TEXT_WORD)
			continue;
		if (prefixes)
			add_prefixes(d, d->token_at[p], p);
		if (t->compound != 0)
			add_compound(d, d->token_at[p], p);
	}
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
		if (term != TERM_NONE && !doc_has(d, term))
			meet(d, term);
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

	if (!doc_has(d, term))
		return out;
	if (terms_get(d->terms, term)->kind == TERM_KEY) {
		if (d->analysis == NULL)
			return out;
		all = tag_spans(d, mem, terms_get(d->terms, term)->value);
		out = spans_new(mem, all.n);
		for (uint32_t i = 0; i < all.n; i++)
			if (all.v[i].start >= lo && all.v[i].end < hi)
				out.v[out.n++] = all.v[i];
		return out;
	}
	out = spans_new(mem, d->chains[term].n);
	for (uint32_t i = d->chains[term].first; i != NO_HIT;
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
analyse(struct doc *d, const struct vocabulary *v)
{
	const uint32_t *keys;
	size_t n;

	d->analysis = analysis_run(v, d->text, d->article->published, &d->work);
	n = analysis_keys(d->analysis, &keys);
	for (size_t i = 0; i < n; i++) {
		uint32_t term = terms_of_key(d->terms, keys[i]);

		if (term != TERM_NONE && !doc_has(d, term))
			meet(d, term);
	}
}

static void
begin(struct doc *d, const struct article *a)
{
	arena_reset(&d->work);
	d->article = a;
	d->analysis = NULL;
	d->nhits = d->npresent = d->npositions = 0;
	memset(d->range, 0, sizeof(d->range));
	if (++d->epoch == 0) {
		memset(d->chains, 0, ((size_t)terms_count(d->terms) + 1) *
		    sizeof(*d->chains));
		d->epoch = 1;
	}
}

void
doc_fill(struct doc *d, const struct article *a, const struct vocabulary *v,
    unsigned what)
{
	struct text_source fields[DOC_NFIELDS];
	size_t n = what & DOC_EXTRA ? DOC_NFIELDS : 2;

	begin(d, a);
	fields[DOC_TITLE].bytes = a->title;
	fields[DOC_BODY].bytes = article_body(a);
	fields[DOC_AUTHOR].bytes = a->author;
	fields[DOC_CATEGORY].bytes = n > 2 ? lines(&d->work, a->categories,
	    a->ncategories) : "";
	for (size_t i = 0; i < n; i++)
		fields[i].len = strlen(fields[i].bytes);
	d->lexicon = vocabulary_lexicon(v);
	d->text = text_analyse(&d->work, d->lexicon, fields, n);
	if (d->text->ntokens > d->positions_cap) {
		d->positions_cap = d->text->ntokens * 2;
		d->token_at = mem_realloc(d->token_at, d->positions_cap,
		    sizeof(*d->token_at));
		d->term_at = mem_realloc(d->term_at, d->positions_cap,
		    sizeof(*d->term_at));
	}
	for (size_t i = 0; i < n; i++) {
		add_field(d, (enum doc_field)i);
		if (terms_has(d->terms, TERM_GRAM))
			add_grams(d, fields[i].bytes, d->text->fields[i].len);
	}
	find_lead(d);
	if (what & DOC_ANALYSE)
		analyse(d, v);
}

const struct text_token *
doc_token(const struct doc *d, uint32_t position)
{
	return &d->text->tokens[d->token_at[position]];
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
