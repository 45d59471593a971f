/* Sentences: a stop, space, and something that begins one. */
#include <string.h>

#include "text/scan.h"
#include "text/words.h"

#define SENTENCES 16		/* of most articles */

static bool
is_punct(const struct text_token *t, const char *set)
{
	return t->kind == TEXT_PUNCT && t->punct != 0 &&
	    strchr(set, t->punct) != NULL;
}

/* Whether a sentence may begin with this token, standing after a space. */
static bool
may_begin(const struct text_token *t)
{
	switch (t->kind) {
	case TEXT_WORD:
		return t->shape != TEXT_LOWER;
	case TEXT_PUNCT:
		/* also marks of other languages, and bullets */
		return t->punct == 0 || is_punct(t, "\"'([*-_#@");
	default:
		return true;
	}
}

static bool
is_starter(const struct text_token *t)
{
	return t->kind == TEXT_WORD && t->shape != TEXT_LOWER &&
	    (words_class(t->word) & WORDS_STARTER);
}

/* "Wm", "Pvt", "Hwy": capitalised, short, and nothing one could say. */
static bool
has_no_vowel(const struct text *x, const struct text_token *w)
{
	const char *s = x->fields[w->field].bytes + w->start;
	uint32_t n = w->end - w->start;

	if (w->shape != TEXT_CAPITAL || n < 2 || n > 4)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (strchr("aeiouyAEIOUY", s[i]) != NULL ||
		    (unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* Whether the stop after word w is the word's own, with `next` behind it. */
static bool
abbreviates(const struct text *x, const struct text_token *w,
    const struct text_token *next, bool opens)
{
	uint32_t class = words_class(w->word);
	bool number = next->kind == TEXT_NUMBER;

	if (w->kind == TEXT_NUMBER)	/* "1. Apple", a list */
		return opens && !(w->flags & TEXT_DECIMAL) &&
		    (w->flags & (TEXT_SPACE | TEXT_PARAGRAPH)) != TEXT_SPACE;
	if (w->kind != TEXT_WORD)
		return false;
	if (w->end - w->start == 1 && w->shape == TEXT_CAPITAL)
		return !is_starter(next) && !is_punct(next, "\"");
	if (!(class & WORDS_ABBREV))
		return has_no_vowel(x, w) && !is_starter(next);
	if (class & (WORDS_MONTH | WORDS_LABEL))
		return number;
	if (class & (WORDS_COMPANY | WORDS_MONEY))
		return !is_starter(next);
	return true;
}

/*
 * Whether a sentence ends before token `next` given that token i is the last
 * stop (closing quotes and brackets may stand between).
 */
static bool
ends_at(const struct text *x, uint32_t first, uint32_t i, uint32_t next)
{
	const struct text_token *t = &x->tokens[i], *n = &x->tokens[next];
	const struct text_token *w = i > first ? t - 1 : NULL;

	if (!may_begin(n))
		return false;
	if (!(n->flags & TEXT_SPACE) && !(n->kind == TEXT_WORD &&
	    (n->shape == TEXT_NO_SHAPE || (w != NULL && w->kind == TEXT_WORD &&
	    w->shape == TEXT_LOWER))))
		return false;
	if (t->punct == '!' && (words_class(n->word) & WORDS_COMPANY))
		return false;		/* Yahoo! Inc */
	if (t->punct == '.' && w != NULL && w->end == t->start)
		return !abbreviates(x, w, n, i == first + 1);
	return true;
}

/* The token after closing marks that belong to the stop at i. */
static uint32_t
past_closing(const struct text *x, uint32_t i, uint32_t end)
{
	for (i++; i < end; i++)
		if ((x->tokens[i].flags & TEXT_SPACE) ||
		    !is_punct(&x->tokens[i], "\"')].!?"))
			break;
	return i;
}

/* The end of the sentence that starts at first, at most end. */
static uint32_t
find_end(const struct text *x, uint32_t first, uint32_t end, bool whole)
{
	uint32_t next, limit = end;

	if (limit - first > TEXT_SENTENCE_MAX)
		limit = first + TEXT_SENTENCE_MAX;
	for (uint32_t i = first; i < limit && !whole; i++) {
		const struct text_token *t = &x->tokens[i];

		if (i > first && (t->flags & TEXT_PARAGRAPH))
			return i;
		if ((t->flags & TEXT_ACRONYM) && i + 1 < limit &&
		    is_starter(t + 1) && (t[1].flags & TEXT_SPACE) &&
		    t->end - t->start > 3)
			return i + 1;
		if (!is_punct(t, ".!?~"))
			continue;
		next = past_closing(x, i, limit);
		if (next < limit && ends_at(x, first, i, next))
			return next;
	}
	return limit;
}

/* The sentences of a text, with room for more. */
struct list {
	struct arena	*mem;
	struct text	*x;
	uint32_t	 cap;
};

static void
add(struct list *l, uint32_t first, uint32_t end, uint8_t field,
    uint32_t paragraph)
{
	struct text *x = l->x;
	struct text_sentence *s, *bigger;

	if (x->nsentences == l->cap) {
		bigger = arena_alloc(l->mem, l->cap * 2 * sizeof(*bigger));
		memcpy(bigger, x->sentences, x->nsentences * sizeof(*bigger));
		x->sentences = bigger;
		l->cap *= 2;
	}
	s = &x->sentences[x->nsentences];
	*s = (struct text_sentence){ .first = first, .end = end,
	    .field = field, .paragraph = paragraph };
	if (first < end) {
		s->start = x->tokens[first].start;
		s->stop = x->tokens[end - 1].end;
		x->tokens[first].flags |= TEXT_FIRST;
	}
	for (uint32_t i = first; i < end; i++)
		x->tokens[i].sentence = x->nsentences;
	x->nsentences++;
}

static void
cut(struct list *l, uint8_t field, bool whole)
{
	struct text *x = l->x;
	struct text_field *f = &x->fields[field];
	uint32_t first = f->first, end, paragraph = 0;

	f->sentence = x->nsentences;
	if (whole && f->first == f->end)
		add(l, first, first, field, 0);
	for (; first < f->end; first = end) {
		end = find_end(x, first, f->end, whole);
		x->steps += end - first;
		if (first > f->first &&
		    (x->tokens[first].flags & TEXT_PARAGRAPH))
			paragraph++;
		add(l, first, end, field, paragraph);
	}
	f->sentence_end = x->nsentences;
}

void
text_sentences(struct arena *mem, struct text *x)
{
	struct list l = { mem, x, SENTENCES };

	x->sentences = arena_alloc(mem, l.cap * sizeof(*x->sentences));
	x->nsentences = 0;
	for (uint32_t i = 0; i < x->nfields; i++)
		cut(&l, (uint8_t)i, i == TEXT_TITLE);
}
