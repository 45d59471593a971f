#include "text/text.h"

#include <string.h>

#include "text/fold.h"
#include "text/scan.h"
#include "text/words.h"

/* Bytes of text to one token, from English news; the array grows if fewer. */
#define BYTES_PER_TOKEN 4

/* "open" + "source": the id of "opensource" for the first part. */
static void
join_compounds(struct scan *s, uint32_t first)
{
	struct text *x = s->text;
	char whole[LEXICON_WORD_MAX];

	for (uint32_t i = first; i + 1 < x->ntokens; i++) {
		size_t n = 0, got = 1;
		uint32_t k = i;

		if (x->tokens[i].kind != TEXT_WORD ||
		    !(x->tokens[i + 1].flags & TEXT_JOINED))
			continue;
		do {
			const struct text_token *t = &x->tokens[k];

			got = fold_word(s->s + t->start, t->end - t->start,
			    whole + n, sizeof(whole) - n);
			n += got;
			k++;
		} while (got > 0 && k < x->ntokens &&
		    (x->tokens[k].flags & TEXT_JOINED) &&
		    (x->tokens[k].kind == TEXT_WORD ||
		    x->tokens[k].kind == TEXT_NUMBER));
		if (got > 0 && k > i + 1)
			x->tokens[i].compound = scan_id(s, whole, n);
		i = k - 1;
	}
}

/* Whether case means anything in a headline. */
static void
judge_case(const struct text *x, struct text_field *f)
{
	uint32_t words = 0, capital = 0, caps = 0;

	for (uint32_t i = f->first; i < f->end; i++) {
		const struct text_token *t = &x->tokens[i];

		/* Short words stay low in title case; the first is always high. */
		if (t->kind != TEXT_WORD || t->end - t->start < 4 ||
		    i == f->first || t->shape == TEXT_NO_SHAPE)
			continue;
		words++;
		capital += t->shape != TEXT_LOWER;
		caps += t->shape == TEXT_CAPS;
	}
	f->title_case = words >= 2 && capital * 10 >= words * 8;
	f->all_caps = words >= 2 && caps * 10 >= words * 8;
}

/* Bytes that may be read beyond their end, a little. */
static const char *
padded(struct arena *mem, const char *s, uint32_t len)
{
	char *p = arena_alloc(mem, len + SCAN_PADDING);

	memcpy(p, s, len);
	memset(p + len, 0, SCAN_PADDING);
	return p;
}

static void
read_field(struct scan *s, uint8_t field, const struct text_source *src,
    bool lines)
{
	struct text *x = s->text;
	struct text_field *f = &x->fields[field];

	f->bytes = src->bytes != NULL ? src->bytes : "";
	f->len = (uint32_t)src->len;
	if (src->bytes == NULL)
		f->len = 0;
	else if (src->len > TEXT_BYTES_MAX) {
		/* Never cut inside a character. */
		for (f->len = TEXT_BYTES_MAX; f->len > TEXT_BYTES_MAX - 4 &&
		    ((unsigned char)f->bytes[f->len] & 0xC0) == 0x80; f->len--)
			;
		x->cut = true;
	}
	s->s = padded(s->mem, f->bytes, f->len);
	s->len = f->len;
	s->at = 0;
	s->field = field;
	s->lines = lines;
	s->parens = 0;
	s->quoted = s->single = s->joined = false;
	f->first = x->ntokens;
	scan_field(s);
	f->end = x->ntokens;
	if (s->joined)
		join_compounds(s, f->first);
	x->joined |= s->joined;
}

static struct text *
cut(struct arena *mem, const struct lexicon *lexicon, struct lexicon *add,
    const struct text_source *fields, size_t n)
{
	struct text *x = arena_zalloc(mem, 1, sizeof(*x));
	struct scan s;
	size_t bytes = 0;

	s.mem = mem;
	s.text = x;
	s.lexicon = lexicon;
	s.add = add;
	s.nasks = 0;
	if (n > TEXT_FIELDS_MAX)
		n = TEXT_FIELDS_MAX;
	for (size_t i = 0; i < n; i++)
		bytes += fields[i].len < TEXT_BYTES_MAX ? fields[i].len :
		    TEXT_BYTES_MAX;
	s.cap = (uint32_t)(bytes / BYTES_PER_TOKEN) + 16;
	if (s.cap > TEXT_TOKENS_MAX)
		s.cap = TEXT_TOKENS_MAX;
	x->tokens = arena_alloc(mem, s.cap * sizeof(*x->tokens));
	x->nfields = (uint32_t)n;
	for (size_t i = 0; i < n; i++)
		read_field(&s, (uint8_t)i, &fields[i], i != TEXT_TITLE);
	scan_settle(&s);
	return x;
}

struct text *
text_words(struct arena *mem, const struct lexicon *lexicon,
    const struct text_source *fields, size_t n)
{
	return cut(mem, lexicon, NULL, fields, n);
}

void
text_case(struct text *x)
{
	for (uint32_t i = 0; i < x->nfields; i++)
		judge_case(x, &x->fields[i]);
}

struct text *
text_analyse(struct arena *mem, const struct lexicon *lexicon,
    const struct text_source *fields, size_t n)
{
	struct text *x = text_words(mem, lexicon, fields, n);

	text_sentences(mem, x);
	text_case(x);
	return x;
}

struct text *
text_article(struct arena *mem, const struct lexicon *lexicon,
    const char *title, const char *body)
{
	struct text_source fields[2] = {
		[TEXT_TITLE] = { title, title != NULL ? strlen(title) : 0 },
		[TEXT_BODY] = { body, body != NULL ? strlen(body) : 0 },
	};

	return text_analyse(mem, lexicon, fields, 2);
}

struct text *
text_intern(struct arena *mem, struct lexicon *lexicon, const char *phrase,
    size_t len)
{
	struct text_source field = { phrase, len };
	struct text *x = cut(mem, lexicon, lexicon, &field, 1);

	text_sentences(mem, x);
	text_case(x);
	return x;
}

const char *
text_bytes(const struct text *x, uint32_t token, size_t *len)
{
	const struct text_token *t = &x->tokens[token];

	*len = t->end - t->start;
	return x->fields[t->field].bytes + t->start;
}

const char *
text_folded(const struct text *x, uint32_t token, char *buf, size_t size)
{
	size_t len;
	const char *s = text_bytes(x, token, &len);

	if (size == 0)
		return "";
	len = fold_word(s, len, buf, size - 1);
	if (len > 0 && (x->tokens[token].flags & TEXT_ACRONYM) &&
	    buf[len - 1] == '.')
		len--;
	buf[len] = '\0';
	return buf;
}
