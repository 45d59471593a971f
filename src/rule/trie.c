#include "rule/lexis.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define TRIE_FIRST_CAP 4096

static size_t
slot_of(uint64_t key, size_t cap)
{
	key ^= key >> 31;
	key *= 0x9e3779b97f4a7c15ULL;
	key ^= key >> 29;
	return (size_t)key & (cap - 1);
}

void
trie_init(struct trie *t)
{
	memset(t, 0, sizeof(*t));
	t->cap = TRIE_FIRST_CAP;
	t->keys = mem_zalloc(t->cap, sizeof(*t->keys));
	t->nodes = mem_zalloc(t->cap, sizeof(*t->nodes));
	t->nnodes = 1;
	t->senses_cap = TRIE_FIRST_CAP;
	t->senses = mem_zalloc(t->senses_cap, sizeof(*t->senses));
	t->needs = mem_zalloc(t->senses_cap, sizeof(*t->needs));
}

void
trie_clear(struct trie *t)
{
	free(t->keys);
	free(t->nodes);
	free(t->first);
	free(t->senses);
	free(t->needs);
	memset(t, 0, sizeof(*t));
}

static void
put(struct trie *t, uint64_t key, uint32_t node)
{
	size_t i;

	for (i = slot_of(key, t->cap); t->keys[i] != 0;
	    i = (i + 1) & (t->cap - 1))
		;
	t->keys[i] = key;
	t->nodes[i] = node;
}

static void
grow(struct trie *t)
{
	uint64_t *keys = t->keys;
	uint32_t *nodes = t->nodes;
	size_t i, cap = t->cap;

	t->cap *= 2;
	t->keys = mem_zalloc(t->cap, sizeof(*t->keys));
	t->nodes = mem_zalloc(t->cap, sizeof(*t->nodes));
	for (i = 0; i < cap; i++)
		if (keys[i] != 0)
			put(t, keys[i], nodes[i]);
	free(keys);
	free(nodes);
}

static void
put_first(struct trie *t, uint32_t word, uint32_t child)
{
	size_t n = t->nfirst > 0 ? t->nfirst : TRIE_FIRST_CAP;

	if (word >= t->nfirst) {
		while (n <= word)
			n *= 2;
		t->first = mem_realloc(t->first, n, sizeof(*t->first));
		memset(t->first + t->nfirst, 0,
		    (n - t->nfirst) * sizeof(*t->first));
		t->nfirst = n;
	}
	t->first[word] = child;
}

uint32_t
trie_step(const struct trie *t, uint32_t node, uint32_t word)
{
	uint64_t key = (uint64_t)node << 32 | word;
	size_t i;

	if (word == 0)
		return 0;
	if (node == 0)
		return word < t->nfirst ? t->first[word] : 0;
	for (i = slot_of(key, t->cap); t->keys[i] != 0;
	    i = (i + 1) & (t->cap - 1))
		if (t->keys[i] == key)
			return t->nodes[i];
	return 0;
}

uint32_t
trie_add(struct trie *t, uint32_t node, uint32_t word)
{
	uint32_t child = trie_step(t, node, word);

	if (child != 0)
		return child;
	if (t->n * 2 >= t->cap)
		grow(t);
	if (t->nnodes == t->senses_cap) {
		t->senses = mem_realloc(t->senses, t->senses_cap * 2,
		    sizeof(*t->senses));
		t->needs = mem_realloc(t->needs, t->senses_cap * 2,
		    sizeof(*t->needs));
		memset(t->senses + t->senses_cap, 0,
		    t->senses_cap * sizeof(*t->senses));
		memset(t->needs + t->senses_cap, 0,
		    t->senses_cap * sizeof(*t->needs));
		t->senses_cap *= 2;
	}
	child = (uint32_t)t->nnodes++;
	if (node == 0)
		put_first(t, word, child);
	else {
		put(t, (uint64_t)node << 32 | word, child);
		t->n++;
	}
	return child;
}
