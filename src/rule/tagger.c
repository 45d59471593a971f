/*
 * tagger - all phrases of the vocabulary in the text (rule-semantics 5.4).
 *
 * One walk through the automaton from every token. In each layer (nouns,
 * predicates, cues) the longest phrase wins, a blocker wins a tie; blockers are
 * dropped at the end. Case is asked for where the vocabulary says so; where
 * case is no evidence (Title Case, capitals, start of a sentence) such a name
 * needs a second sign from the article.
 */
#include <stdlib.h>
#include <string.h>

#include "rule/analysis.h"

#define CANDIDATES_MAX 4096	/* of one sentence */
#define SORT_BY_HAND 24

struct candidate {
	uint32_t	first, end, sense;
	bool		block;
};

struct tagging {
	struct analysis	*a;
	struct candidate *list[NLAYERS];
	uint32_t	 n[NLAYERS];
	uint8_t		*seen;		/* by entry: a need word, a sure name;
					   NULL: not looked for yet */
};
#define SEEN_NEED 1u
#define SEEN_SURE 2u

void *
analysis_grow(struct arena *mem, void *list, size_t n, size_t *cap,
    size_t size)
{
	void *bigger;

	if (n < *cap)
		return list;
	*cap = *cap == 0 ? 64 : *cap * 2;
	bigger = arena_alloc(mem, *cap * size);
	if (n > 0)
		memcpy(bigger, list, n * size);
	return bigger;
}

int
tagger_layer(enum sense_kind kind)
{
	switch (kind) {
	case SENSE_BLOCK:
	case SENSE_NAME:
	case SENSE_CLASS:
	case SENSE_GROUP:
	case SENSE_PLACE_GROUP:
	case SENSE_MEASURE:
		return LAYER_NOUN;
	case SENSE_PSEUDO:
	case SENSE_PRED:
		return LAYER_PRED;
	case SENSE_CUE_BLOCK:
	case SENSE_CUE:
		return LAYER_CUE;
	case SENSE_RULE_WORD:
		return -1;
	default:
		return NLAYERS;
	}
}

/*
 * What the article says for sure: words that names need, and names whose
 * capitals are evidence (inside a sentence) or that have a ticker. Asked for
 * when the first name needs it, which in most articles none does.
 */
static void
look_for_signs(struct tagging *g)
{
	struct analysis *a = g->a;
	const struct sense *s;
	uint32_t i, j, node, at;

	g->seen = arena_zalloc(a->mem, a->v->nentries + 1, 1);
	for (i = 0; i < a->ntokens; i++)
		for (node = 0, j = i; j < a->ntokens; j++) {
			node = trie_step(&a->v->trie, node, tok(a, j)->word);
			if (node == 0)
				break;
			for (at = a->v->trie.needs[node]; at != 0;
			    at = s->next) {
				s = sense_of(a, at);
				g->seen[s->ref] |= SEEN_NEED;
			}
			for (at = a->v->trie.senses[node]; at != 0;
			    at = s->next) {
				s = sense_of(a, at);
				if (s->kind == SENSE_NAME &&
				    (s->cased == NULL ||
				    (s->ticker && spelling_ticker(a, i)) ||
				    spelling_fits(a, s, i, j + 1) == 2))
					g->seen[s->ref] |= SEEN_SURE;
			}
		}
}

static bool
sense_stands(struct tagging *g, const struct sense *s, uint32_t first,
    uint32_t end)
{
	const struct analysis *a = g->a;
	const struct slot *need;
	int fit;

	if (s->ticker && !spelling_ticker(a, first))
		return false;
	if (s->joined) {
		for (first++; first < end; first++)
			if ((tok(a, first)->flags & TEXT_JOINED) != 0)
				return true;
		return false;
	}
	if (s->cased == NULL)
		return true;
	fit = spelling_fits(a, s, first, end);
	if (fit == 0 || fit == 2)
		return fit == 2;
	if (s->ticker)
		return true;
	need = lexis_slot(entry_of(a, s->ref), KEY_NEED);
	if (need->n == 0)
		return true;
	if (g->seen == NULL)
		look_for_signs(g);
	return g->seen[s->ref] != 0;
}

/* The senses of a phrase that stand here, as layers; 0 = none. */
static void
offer(struct tagging *g, uint32_t first, uint32_t end, uint32_t senses)
{
	struct analysis *a = g->a;
	struct candidate *c;
	uint32_t at, mask = 0, blocks = 0, proper = 0;
	int layer;

	for (at = senses; at != 0; at = sense_of(a, at)->next) {
		const struct sense *s = sense_of(a, at);

		layer = tagger_layer((enum sense_kind)s->kind);
		if (layer < 0 || !sense_stands(g, s, first, end))
			continue;
		mask |= 1u << layer;
		if (s->kind == SENSE_BLOCK || s->kind == SENSE_PSEUDO ||
		    s->kind == SENSE_CUE_BLOCK)
			blocks |= 1u << layer;
		else
			proper |= 1u << layer;
	}
	/* what blocks for one entry may be the very thing for another */
	blocks &= ~proper;
	for (layer = 0; layer < NLAYERS; layer++) {
		if ((mask & 1u << layer) == 0 ||
		    g->n[layer] == CANDIDATES_MAX)
			continue;
		c = &g->list[layer][g->n[layer]++];
		c->first = first;
		c->end = end;
		c->sense = senses;
		c->block = (blocks & 1u << layer) != 0;
	}
	if ((mask & 1u << NLAYERS) != 0) {
		a->tags = analysis_grow(a->mem, a->tags, a->ntags,
		    &a->tags_cap, sizeof(*a->tags));
		a->tags[a->ntags] = (struct tag){ first, end, senses, NLAYERS };
		a->ntags++;
	}
}

static int
longest(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	uint32_t la = a->end - a->first, lb = b->end - b->first;

	if (la != lb)
		return la > lb ? -1 : 1;
	/* "central bank on" is a central bank, although "bank on" blocks banks */
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->block ? -1 : b->block;
}

/* Most sentences have a few. */
static void
sort(struct candidate *list, uint32_t n)
{
	struct candidate c;
	uint32_t i, k;

	if (n > SORT_BY_HAND) {
		qsort(list, n, sizeof(*list), longest);
		return;
	}
	for (i = 1; i < n; i++) {
		c = list[i];
		for (k = i; k > 0 && longest(&list[k - 1], &c) > 0; k--)
			list[k] = list[k - 1];
		list[k] = c;
	}
}

/* Longest first; mark what is taken. */
static void
settle(struct tagging *g, enum layer layer)
{
	struct analysis *a = g->a;
	struct candidate *c;
	uint32_t i, t;

	sort(g->list[layer], g->n[layer]);
	for (i = 0; i < g->n[layer]; i++) {
		c = &g->list[layer][i];
		for (t = c->first; t < c->end && a->at[layer][t] == 0; t++)
			;
		if (t < c->end)
			continue;
		a->tags = analysis_grow(a->mem, a->tags, a->ntags,
		    &a->tags_cap, sizeof(*a->tags));
		a->tags[a->ntags] = (struct tag){ c->first, c->end,
		    c->sense, (uint8_t)layer };
		a->ntags++;
		for (t = c->first; t < c->end; t++)
			a->at[layer][t] = c->block ? NONE : a->ntags;
		for (t = c->first; c->block && layer == LAYER_CUE &&
		    t < c->end; t++)
			a->pseudo_cue[t] = t + 1 < c->end || t == c->first ?
			    PSEUDO_PART : PSEUDO_LAST;
	}
}

/* "UPS" among words with small letters: a name, and no form of a verb. */
static bool
all_capitals(const struct analysis *a, const struct tag *noun)
{
	const struct text_token *t = tok(a, noun->first);

	return t->shape == TEXT_CAPS && noun->end - noun->first == 1 &&
	    !a->text->fields[t->field].all_caps &&
	    token_sense(a, noun, SENSE_NAME) != 0;
}

/* The act is done to what the measure says: "repo rate | rate hike". */
static bool
done_to(const struct analysis *a, uint32_t senses, uint32_t measure)
{
	const struct entry *e;
	uint32_t at, i;

	for (at = senses; at != 0; at = sense_of(a, at)->next) {
		if (sense_of(a, at)->kind != SENSE_PRED)
			continue;
		e = entry_of(a, sense_of(a, at)->ref);
		for (i = 0; i < e->nof; i++)
			if (e->of[i] == measure)
				return true;
	}
	return false;
}

/*
 * "Unemployment rate rises to 5%": a phrase that begins inside a measure and
 * goes on behind it is not there: no "rate rises".
 */
static void
drop_straddling(struct tagging *g)
{
	const struct analysis *a = g->a;
	const struct tag *noun;
	struct candidate *c;
	uint32_t i, n = 0, s;

	for (i = 0; i < g->n[LAYER_PRED]; i++) {
		c = &g->list[LAYER_PRED][i];
		noun = a->at[LAYER_NOUN][c->first] == NONE ? NULL :
		    tag_at(a, LAYER_NOUN, c->first);
		s = token_sense(a, noun, SENSE_MEASURE);
		if (s == 0 || noun->first >= c->first || noun->end >= c->end ||
		    done_to(a, c->sense, sense_of(a, s)->ref))
			g->list[LAYER_PRED][n++] = *c;
	}
	g->n[LAYER_PRED] = n;
}

/*
 * A predicate's single word inside a longer name or blocker is no predicate:
 * "Drop Box", "profit-taking".
 */
static void
silence(struct analysis *a, uint32_t first, uint32_t end)
{
	const struct tag *noun, *pred;
	uint32_t i, t, s;

	for (i = first; i < end; i++) {
		if (a->at[LAYER_PRED][i] == 0 || a->at[LAYER_PRED][i] == NONE)
			continue;
		pred = &a->tags[a->at[LAYER_PRED][i] - 1];
		if (a->at[LAYER_NOUN][i] == NONE &&
		    pred->end - pred->first == 1) {
			a->at[LAYER_PRED][i] = 0;
			continue;
		}
		if (a->at[LAYER_NOUN][i] == 0 || a->at[LAYER_NOUN][i] == NONE)
			continue;
		noun = &a->tags[a->at[LAYER_NOUN][i] - 1];
		s = token_sense(a, noun, SENSE_NAME);
		if (s == 0)
			s = token_sense(a, noun, SENSE_GROUP);
		if (s == 0)
			s = token_sense(a, noun, SENSE_CLASS);
		if (s == 0)
			s = token_sense(a, noun, SENSE_MEASURE);
		if (s != 0 && pred->first >= noun->first &&
		    pred->end <= noun->end && (noun->end - noun->first >
		    pred->end - pred->first || all_capitals(a, noun)))
			for (t = pred->first; t < pred->end; t++)
				a->at[LAYER_PRED][t] = 0;
	}
}

static void
clear_word(struct analysis *a, enum layer layer, uint32_t i)
{
	const struct tag *tag;

	if (a->at[layer][i] == 0 || a->at[layer][i] == NONE)
		return;
	tag = &a->tags[a->at[layer][i] - 1];
	if (tag->end - tag->first == 1)
		a->at[layer][i] = 0;
}

/*
 * "Shares of Block", "Block lays off 1,000": a name that stands for sure is no
 * verb and no cue.
 */
static void
names_are_no_verbs(struct analysis *a, uint32_t first, uint32_t end)
{
	const struct text_field *f;
	const struct tag *noun;
	uint32_t i, name;

	for (i = first; i < end; i++) {
		noun = a->at[LAYER_NOUN][i] == NONE ? NULL :
		    tag_at(a, LAYER_NOUN, i);
		f = &a->text->fields[tok(a, i)->field];
		if (noun == NULL || noun->end - noun->first != 1 ||
		    f->all_caps || !token_capital(a, i) ||
		    (name = token_sense(a, noun, SENSE_NAME)) == 0)
			continue;
		if (((tok(a, i)->flags & TEXT_FIRST) != 0 || f->title_case) &&
		    (sense_of(a, name)->cased == NULL || spelling_fits(a,
		    sense_of(a, name), i, i + 1) != 2))
			continue;
		clear_word(a, LAYER_PRED, i);
		clear_word(a, LAYER_CUE, i);
	}
}

/* "a streaming firm": behind a word in -ing stands a noun. */
static void
nouns_are_no_verbs(struct analysis *a, uint32_t first, uint32_t end)
{
	const struct tag *noun;
	uint32_t i;

	for (i = first + 1; i < end; i++) {
		noun = a->at[LAYER_NOUN][i] == NONE ? NULL :
		    tag_at(a, LAYER_NOUN, i);
		if (noun != NULL && noun->end - noun->first == 1 &&
		    a->at[LAYER_PRED][i] != 0 &&
		    token_ends(a, i - 1, "ing") &&
		    token_sense(a, noun, SENSE_CLASS) != 0)
			clear_word(a, LAYER_PRED, i);
	}
}

/* A cue's word inside a longer name is none: "central bank on", "States". */
static void
silence_cues(struct analysis *a, uint32_t first, uint32_t end)
{
	const struct tag *noun, *cue;
	uint32_t i, t, at;

	for (i = first; i < end; i++) {
		at = a->at[LAYER_CUE][i];
		if (at == 0 || at == NONE || a->at[LAYER_NOUN][i] == 0 ||
		    a->at[LAYER_NOUN][i] == NONE)
			continue;
		cue = &a->tags[at - 1];
		noun = &a->tags[a->at[LAYER_NOUN][i] - 1];
		if (noun->end - noun->first > 1 && (cue->first > noun->first ||
		    cue->end < noun->end))
			for (t = cue->first; t < cue->end; t++)
				a->at[LAYER_CUE][t] = 0;
	}
}

/* Inside a phrase: "No. 1", "A & B", "analysts' estimates". */
bool
tagger_skips(const struct text_token *t)
{
	return t->punct == '.' || t->punct == '&' || (t->punct == '\'' &&
	    (t->flags & TEXT_POSSESSIVE) != 0);
}

static void
tag_sentence(struct tagging *g, const struct text_sentence *s)
{
	struct analysis *a = g->a;
	uint32_t i, j, node, layer;

	memset(g->n, 0, sizeof(g->n));
	for (i = s->first; i < s->end; i++)
		for (node = 0, j = i; j < s->end; j++) {
			if (j > i && tagger_skips(tok(a, j)))
				continue;
			node = trie_step(&a->v->trie, node,
			    tok(a, j)->punct == '#' ? a->v->number_sign :
			    tok(a, j)->word);
			if (node == 0)
				break;
			if (a->v->trie.senses[node] != 0)
				offer(g, i, j + 1, a->v->trie.senses[node]);
		}
	settle(g, LAYER_NOUN);
	drop_straddling(g);
	settle(g, LAYER_PRED);
	settle(g, LAYER_CUE);
	silence(a, s->first, s->end);
	silence_cues(a, s->first, s->end);
	names_are_no_verbs(a, s->first, s->end);
	nouns_are_no_verbs(a, s->first, s->end);
	for (layer = 0; layer < NLAYERS; layer++)
		for (i = s->first; i < s->end; i++)
			if (a->at[layer][i] == NONE)
				a->at[layer][i] = 0;
}

/* Chains of free tags by their first token, in order. */
static void
chain(struct analysis *a)
{
	uint32_t i;

	a->free_next = arena_zalloc(a->mem, a->ntags + 1,
	    sizeof(*a->free_next));
	for (i = a->ntags; i-- > 0;)
		if (a->tags[i].layer == NLAYERS) {
			a->free_next[i] = a->free_at[a->tags[i].first];
			a->free_at[a->tags[i].first] = i + 1;
		}
}

void
tagger_run(struct analysis *a)
{
	struct tagging g = { .a = a };
	uint32_t i;
	int layer;

	for (layer = 0; layer < NLAYERS; layer++) {
		g.list[layer] = arena_alloc(a->mem,
		    CANDIDATES_MAX * sizeof(struct candidate));
		a->at[layer] = arena_zalloc(a->mem, a->ntokens + 1,
		    sizeof(uint32_t));
	}
	a->free_at = arena_zalloc(a->mem, a->ntokens + 1, sizeof(uint32_t));
	a->pseudo_cue = arena_zalloc(a->mem, a->ntokens + 1, 1);
	for (i = 0; i < a->nsentences; i++)
		tag_sentence(&g, &a->text->sentences[i]);
	chain(a);
}
