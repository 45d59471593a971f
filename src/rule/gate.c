#include "rule/gate.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rule/analysis.h"

struct gate {
	const struct vocabulary *vocabulary;
	uint64_t	*entries;	/* a bit an entry: it brings such a key */
	uint64_t	*nodes;		/* of the automaton: a phrase of one */
	uint64_t	*words;		/* of the lexicon: such a phrase begins so */
	uint64_t	*parts;		/* ... and may have other words inside */
	uint32_t	 nwords;
};

static bool
has(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static void
set(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

static bool
any_is_asked(const struct terms *terms, const uint64_t *asked,
    const uint32_t *keys, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t term = terms_of_key(terms, keys[i]);

		if (term != TERM_NONE && has(asked, term))
			return true;
	}
	return false;
}

/* The entries that are, or bring with them, a key that a rule waits for: as
   analysis.c gives keys to what is tagged. */
static uint64_t *
wanted_entries(const struct vocabulary *v, const struct terms *terms,
    const struct index *index)
{
	uint64_t *asked = mem_zalloc(terms_count(terms) / 64 + 1,
	    sizeof(*asked));
	uint64_t *wanted = mem_zalloc(v->nentries / 64 + 1, sizeof(*wanted));

	index_keys(index, terms, asked);
	for (uint32_t i = 0; i < v->nentries; i++) {
		const struct entry *e = &v->entries[i];

		if (any_is_asked(terms, asked, &i, 1) ||
		    any_is_asked(terms, asked, e->up, e->nup) ||
		    any_is_asked(terms, asked, e->converse, e->nconverse))
			set(wanted, i);
	}
	free(asked);
	return wanted;
}

/* The word that the path to each node begins with. */
static uint32_t *
first_words(const struct trie *t)
{
	uint32_t *word = mem_zalloc(t->nnodes, sizeof(*word));
	uint32_t *parent = mem_zalloc(t->nnodes, sizeof(*parent));

	for (size_t i = 0; i < t->cap; i++)
		if (t->keys[i] != 0)
			parent[t->nodes[i]] = (uint32_t)(t->keys[i] >> 32);
	for (uint32_t i = 0; i < t->nfirst; i++)
		if (t->first[i] != 0)
			word[t->first[i]] = i;
	/* A child has a higher number than its parent. */
	for (uint32_t i = 1; i < t->nnodes; i++)
		if (parent[i] != 0)
			word[i] = word[parent[i]];
	free(parent);
	return word;
}

/* A phrase of an entry that is wanted ends at this node. */
static void
add_phrases(struct gate *g, uint32_t node, uint32_t word)
{
	const struct vocabulary *v = g->vocabulary;
	const struct sense *s;

	for (uint32_t at = v->trie.senses[node]; at != 0; at = s->next) {
		s = &v->senses[at];
		if (!has(g->entries, s->ref))
			continue;
		set(g->nodes, node);
		set(g->words, word);
		if (s->kind == SENSE_PRED && lexis_parts(v, word))
			set(g->parts, word);
	}
}

struct gate *
gate_new(const struct vocabulary *v, const struct terms *terms,
    const struct index *index)
{
	struct gate *g = mem_zalloc(1, sizeof(*g));
	uint32_t *word = first_words(&v->trie);
	size_t n = v->trie.nfirst / 64 + 1;

	g->vocabulary = v;
	g->entries = wanted_entries(v, terms, index);
	g->nwords = (uint32_t)v->trie.nfirst;
	g->words = mem_zalloc(n, sizeof(*g->words));
	g->parts = mem_zalloc(n, sizeof(*g->parts));
	g->nodes = mem_zalloc(v->trie.nnodes / 64 + 1, sizeof(*g->nodes));
	for (uint32_t i = 1; i < v->trie.nnodes; i++)
		add_phrases(g, i, word[i]);
	free(word);
	return g;
}

void
gate_free(struct gate *g)
{
	if (g == NULL)
		return;
	free(g->entries);
	free(g->nodes);
	free(g->words);
	free(g->parts);
	free(g);
}

static bool
may_stand(const struct text *text, const struct sense *s, uint32_t first,
    uint32_t end)
{
	return s->cased == NULL || spelling_may_fit(text, s, first, end);
}

/*
 * The tagger would make a tag here that has such a sense. A name that is spelled
 * otherwise is in it, too, where another noun of the same words stands.
 */
static bool
is_tagged(const struct gate *g, const struct text *text, uint32_t node,
    uint32_t first, uint32_t end)
{
	const struct vocabulary *v = g->vocabulary;
	unsigned stands = 0, wanted = 0;
	const struct sense *s;
	int layer;

	for (uint32_t at = v->trie.senses[node]; at != 0; at = s->next) {
		s = &v->senses[at];
		if ((layer = tagger_layer((enum sense_kind)s->kind)) < 0)
			continue;
		stands |= (unsigned)may_stand(text, s, first, end) << layer;
		wanted |= (unsigned)has(g->entries, s->ref) << layer;
	}
	return (stands & wanted) != 0;
}

static uint32_t
word_at(const struct gate *g, const struct text *text, uint32_t i)
{
	return text->tokens[i].punct == '#' ? g->vocabulary->number_sign :
	    text->tokens[i].word;
}

/* A walk as the tagger's, which may only end sooner, with the sentence. */
static bool
opens_at(const struct gate *g, const struct text *text, uint32_t first)
{
	uint32_t node = trie_step(&g->vocabulary->trie, 0,
	    word_at(g, text, first)), i = first;

	while (node != 0) {
		if (has(g->nodes, node) && is_tagged(g, text, node, first,
		    i + 1))
			return true;
		do
			i++;
		while (i < text->ntokens && tagger_skips(&text->tokens[i]));
		node = i < text->ntokens ? trie_step(&g->vocabulary->trie,
		    node, word_at(g, text, i)) : 0;
	}
	return false;
}

bool
gate_opens(const struct gate *g, const struct text *text)
{
	for (uint32_t i = 0; i < text->ntokens; i++) {
		uint32_t word = word_at(g, text, i);

		if (word < g->nwords && has(g->words, word) &&
		    (has(g->parts, word) || opens_at(g, text, i)))
			return true;
	}
	return false;
}
