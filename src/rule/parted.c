/*
 * parted - phrases with something inside: "takes a 5% stake in", "files a $3
 * billion antitrust lawsuit against", "goes on nationwide strike".
 *
 * Looked for behind each word that begins such a phrase, in a walk through the
 * automaton that may step over articles, amounts, adjectives and names; over
 * nothing that could be a verb, a preposition or the end of a clause. What the
 * words are tagged as one by one stays.
 */
#include "rule/analysis.h"

#define SKIP_MAX 5	/* tokens stepped over */
#define SPAN_MAX 14

struct walk {
	const struct analysis	*a;
	uint32_t		 first, end;	/* of the sentence: up to */
	uint32_t		 best, best_end, best_words;
};

/* How far a walk has come. */
struct place {
	uint32_t	node, at, words, skipped;
	bool		gap;		/* a noun was just stepped over */
	bool		prep;		/* the phrase has a preposition */
};

/* What may stand inside. */
static bool
skippable(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);
	uint32_t g;

	if (t->kind == TEXT_NUMBER || t->kind == TEXT_PERCENT ||
	    t->kind == TEXT_CURRENCY)
		return true;
	if (t->kind != TEXT_WORD)
		return (t->flags & TEXT_POSSESSIVE) != 0;
	g = gram(a, i);
	if ((g & (GRAM_PREP | GRAM_TO | GRAM_AUX | GRAM_AND | GRAM_BUT |
	    GRAM_SUB | GRAM_REL | GRAM_PRONOUN | GRAM_NOT)) != 0)
		return false;
	return g != 0 || !token_verbal(a, i);
}

static uint32_t
predicate_sense(const struct analysis *a, uint32_t node)
{
	uint32_t s = a->v->trie.senses[node];

	for (; s != 0; s = sense_of(a, s)->next)
		if (sense_of(a, s)->kind == SENSE_PRED &&
		    sense_of(a, s)->use != USE_NOUN)
			return s;
	return 0;
}

/* A word of a sum or a share: "billion", "percent". */
static bool
priced(const struct analysis *a, uint32_t i)
{
	uint32_t k = a->quantity_at[i];

	return k != 0 && a->quantities.list[k - 1].kind != QUANTITY_COUNT;
}

static void
step(struct walk *w, struct place p)
{
	const struct analysis *a = w->a;
	struct place next = p;
	uint32_t node;

	if (p.at >= w->end || p.at >= w->first + SPAN_MAX)
		return;
	next.at++;
	node = tok(a, p.at)->word == 0 ? 0 :
	    trie_step(&a->v->trie, p.node, tok(a, p.at)->word);
	/* "agree Ltd to buy" is no "agree to buy" */
	if (node != 0 && !(p.gap && (gram(a, p.at) & (GRAM_PREP |
	    GRAM_TO)) != 0)) {
		next.node = node;
		next.words++;
		next.gap = false;
		next.prep |= lexis_ties(a->v, tok(a, p.at)->word);
		if (p.skipped > 0 && next.prep && next.words > w->best_words &&
		    predicate_sense(a, node) != 0) {
			w->best = node;
			w->best_end = next.at;
			w->best_words = next.words;
		}
		step(w, next);
	}
	if (p.skipped < SKIP_MAX && skippable(a, p.at)) {
		next = p;
		next.at++;
		next.skipped++;
		/* "soars 40% in its debut", "raises $2 billion in IPO" */
		next.gap |= tok(a, p.at)->kind == TEXT_WORD &&
		    gram(a, p.at) == 0 && !priced(a, p.at);
		step(w, next);
	}
}

static void
tag_sentence(struct analysis *a, uint32_t first, uint32_t end)
{
	const struct tag *whole;
	struct walk w = { .a = a, .end = end };
	struct place from;
	uint32_t i;

	for (i = first; i < end; i++) {
		if (!lexis_parts(a->v, tok(a, i)->word))
			continue;
		from = (struct place){ .node = trie_step(&a->v->trie, 0,
		    tok(a, i)->word), .at = i + 1, .words = 1 };
		whole = tag_at(a, LAYER_PRED, i);
		w.first = i;
		w.best = w.best_end = 0;
		w.best_words = whole != NULL && whole->first == i ?
		    whole->end - whole->first : 1;
		step(&w, from);
		if (w.best == 0)
			continue;
		a->tags = analysis_grow(a->mem, a->tags, a->ntags,
		    &a->tags_cap, sizeof(*a->tags));
		a->tags[a->ntags++] = (struct tag){ i, w.best_end,
		    a->v->trie.senses[w.best], LAYER_PARTED };
	}
}

void
parted_run(struct analysis *a)
{
	const struct text_sentence *s;
	uint32_t i;

	for (i = 0; i < a->nsentences; i++) {
		s = &a->text->sentences[i];
		tag_sentence(a, s->first, s->end);
	}
}
