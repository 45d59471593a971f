/*
 * frame_state - something is the matter: an outage, a critical vulnerability, an
 * earthquake. An incident that is only a part of another noun's name ("hurricane
 * season"), that years have passed since, or that is a verb ("blasts his rival")
 * is none.
 */
#include <string.h>

#include "article/article.h"
#include "rule/analysis.h"

/* "less critical", "can be exploited": inside a phrase that says it is not. */
static bool
disowned(const struct analysis *a, const struct tag *tag, uint32_t quality)
{
	uint32_t i = token_sentence_first(a, tag->first), t, s;

	if (i + 5 < tag->first)
		i = tag->first - 5;
	for (; i <= tag->first; i++) {
		for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1]) {
			s = token_sense(a, &a->tags[t - 1], SENSE_NO_QUALITY);
			if (s != 0 && sense_of(a, s)->ref == quality &&
			    a->tags[t - 1].end >= tag->end)
				return true;
		}
	}
	return false;
}

static void
qualities(struct analysis *a, struct record *r)
{
	const struct tag *tag;
	uint32_t i, t, at, end = token_sentence_end(a, r->first);
	int pass;

	for (pass = 0; pass < 2 && r->nquality == 0; pass++)
		for (i = token_sentence_first(a, r->first); i < end; i++) {
			if (pass == 0 && a->clause_of[i] != r->clause)
				continue;
			for (t = a->free_at[i]; t != 0;
			    t = a->free_next[t - 1]) {
				tag = &a->tags[t - 1];
				at = token_sense(a, tag, SENSE_QUALITY);
				if (at != 0 && r->nquality < 4 && !disowned(a,
				    tag, sense_of(a, at)->ref))
					r->quality[r->nquality++] = t - 1;
			}
		}
}

/* "Obama blasts Trump", "exports flood world markets": somebody does it. */
static bool
has_object(const struct analysis *a, const struct tag *t)
{
	const struct tag *next = tag_at(a, LAYER_NOUN, t->end);
	const struct tag *prev = t->first == 0 ? NULL :
	    tag_at(a, LAYER_NOUN, t->first - 1);

	static const char *const articles[] = { "a", "an", "the", "his", "her",
		"its", "their" };

	if (token_is_any(a, t->end, articles,
	    sizeof(articles) / sizeof(articles[0])))
		return true;
	/* "floods Spain", but "Spain floods", "in floods Spain sees" */
	return prev != NULL && (token_sense(a, prev, SENSE_NAME) != 0 ||
	    token_sense(a, prev, SENSE_CLASS) != 0) && next != NULL &&
	    token_sense(a, next, SENSE_NAME) != 0 && !token_finite(a, t->end);
}

/* "shooting his wife", "flooding Europe with drugs": somebody does it. */
static bool
does_it(const struct analysis *a, const struct tag *t)
{
	const struct tag *next;

	if (t->end >= a->ntokens || token_next(a, t->end - 1) != t->end)
		return false;
	if (token_ends(a, t->end - 1, "s"))
		return t->end - t->first == 1 && has_object(a, t);
	if (!token_ends(a, t->end - 1, "ing"))
		return false;
	next = tag_at(a, LAYER_NOUN, t->end);
	return (gram(a, t->end) & (GRAM_DET | GRAM_POSS)) != 0 ||
	    (next != NULL && token_sense(a, next, SENSE_NAME) != 0);
}

/* A word right behind the noun with which it is no event: "hurricane season". */
static void
block(const struct analysis *a, struct record *r)
{
	const struct sense *s;
	uint32_t t, at;

	if (r->end >= a->ntokens || token_next(a, r->end - 1) != r->end)
		return;
	for (t = a->free_at[r->end]; t != 0; t = a->free_next[t - 1])
		for (at = a->tags[t - 1].first == r->end ?
		    a->tags[t - 1].sense : 0; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (s->kind == SENSE_NOT_WITH &&
			    lexis_is(a->v, r->predicate, s->ref))
				r->blocked = r->end;
		}
}

/* "since the 2021 coup", "2023 train crash" told later: an earlier one. */
static void
earlier(const struct analysis *a, struct record *r)
{
	static const char *const since[] = { "since" };
	const struct text_token *t;
	uint32_t i = r->first;
	int n;

	for (n = 0; n < 5; n++) {
		i = token_prev(a, i);
		if (i == NO_TOKEN || token_verbal(a, i))
			return;
		t = tok(a, i);
		/* "over 2023 train crash" counts no trains */
		if (t->kind == TEXT_NUMBER && t->end - t->start == 4 &&
		    (t->flags & TEXT_POSSESSIVE) == 0 &&
		    t->value >= 1900 && t->value < 2100 &&
		    (a->published == ARTICLE_NO_TIME || t->value <
		    article_year(a->published))) {
			record_mood(r, MOOD_PAST, i);
			return;
		}
		if (token_is_any(a, i, since, 1)) {
			record_mood(r, MOOD_PAST, i);
			return;
		}
		if ((gram(a, i) & GRAM_PREP) != 0)
			return;
	}
}

void
frame_state(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);
	struct record *r;
	struct np theme;

	if (s->use == USE_NOUN && does_it(a, &t))
		return;
	np_left(a, t.first, &theme);
	r = record_new(a, FRAME_STATE, t.first, t.end);
	r->predicate = s->ref;
	r->theme = theme;
	r->nominal = s->use == USE_NOUN;
	frame_place(a, r);
	qualities(a, r);
	if (r->nominal) {
		block(a, r);
		earlier(a, r);
	}
}
