#include "text/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/words.h"

struct slot {
	uint32_t	 hash;
	uint32_t	 id;		/* 0 = free */
};

/* A word found costs two lines of cache: its slot and this. */
#define HEAD 16

struct word {
	const char	*text;
	uint32_t	 len;
	uint32_t	 hash;
	char		 head[HEAD];	/* of text: all of it, most times */
};

struct lexicon {
	struct slot	*slots;
	uint32_t	 mask;		/* slots - 1 */
	struct word	*words;		/* by id; words[0] is nothing */
	size_t		 nwords, cap;
	struct arena	 mem;
};

static void
place(struct lexicon *lex, uint32_t hash, uint32_t id)
{
	uint32_t i = hash & lex->mask;

	while (lex->slots[i].id != 0)
		i = (i + 1) & lex->mask;
	lex->slots[i] = (struct slot){ hash, id };
}

static void
resize(struct lexicon *lex, uint32_t size)
{
	free(lex->slots);
	lex->slots = mem_zalloc(size, sizeof(*lex->slots));
	lex->mask = size - 1;
	for (uint32_t id = 1; id < lex->nwords; id++)
		place(lex, lex->words[id].hash, id);
}

struct lexicon *
lexicon_new(void)
{
	struct lexicon *lex = mem_zalloc(1, sizeof(*lex));

	arena_init(&lex->mem);
	lex->words = mem_grow(NULL, 0, &lex->cap, sizeof(*lex->words));
	lex->words[0] = (struct word){ .text = "" };
	lex->nwords = 1;
	resize(lex, 4096);
	for (uint32_t i = 1; i <= words_count(); i++)
		lexicon_add(lex, words_text(i), strlen(words_text(i)));
	return lex;
}

void
lexicon_free(struct lexicon *lex)
{
	if (lex == NULL)
		return;
	arena_free(&lex->mem);
	free(lex->slots);
	free(lex->words);
	free(lex);
}

static uint32_t
find(const struct lexicon *lex, const char *s, size_t len, uint32_t hash)
{
	for (uint32_t i = hash & lex->mask; lex->slots[i].id != 0;
	    i = (i + 1) & lex->mask) {
		const struct word *w;

		if (lex->slots[i].hash != hash)
			continue;
		w = &lex->words[lex->slots[i].id];
		if (w->len == len && memcmp(len <= HEAD ? w->head : w->text, s,
		    len) == 0)
			return lex->slots[i].id;
	}
	return 0;
}

uint32_t
lexicon_find(const struct lexicon *lex, const char *s, size_t len)
{
	if (len == 0 || len > LEXICON_WORD_MAX)
		return 0;
	return find(lex, s, len, (uint32_t)hash_bytes(s, len));
}

void
lexicon_find_all(const struct lexicon *lex, struct lexicon_ask *asks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		asks[i].hash = (uint32_t)hash_bytes(asks[i].word, asks[i].len);
		__builtin_prefetch(&lex->slots[asks[i].hash & lex->mask]);
	}
	for (size_t i = 0; i < n; i++) {
		const struct slot *s = &lex->slots[asks[i].hash & lex->mask];

		if (s->hash == asks[i].hash)
			__builtin_prefetch(&lex->words[s->id]);
	}
	for (size_t i = 0; i < n; i++)
		asks[i].id = find(lex, asks[i].word, asks[i].len,
		    asks[i].hash);
}

uint32_t
lexicon_add(struct lexicon *lex, const char *s, size_t len)
{
	uint32_t hash, id;

	if (len == 0 || len > LEXICON_WORD_MAX)
		return 0;
	hash = (uint32_t)hash_bytes(s, len);
	if ((id = find(lex, s, len, hash)) != 0)
		return id;
	if (lex->nwords * 2 > lex->mask)
		resize(lex, (lex->mask + 1) * 2);
	lex->words = mem_grow(lex->words, lex->nwords, &lex->cap,
	    sizeof(*lex->words));
	id = (uint32_t)lex->nwords++;
	lex->words[id] = (struct word){ .len = (uint32_t)len, .hash = hash,
	    .text = arena_strndup(&lex->mem, s, len) };
	memcpy(lex->words[id].head, s, len < HEAD ? len : HEAD);
	place(lex, hash, id);
	return id;
}

uint32_t
lexicon_add_word(struct lexicon *lex, const char *word)
{
	char buf[LEXICON_WORD_MAX];

	return lexicon_add(lex, buf,
	    fold_word(word, strlen(word), buf, sizeof(buf)));
}

uint32_t
lexicon_find_word(const struct lexicon *lex, const char *word)
{
	char buf[LEXICON_WORD_MAX];

	return lexicon_find(lex, buf,
	    fold_word(word, strlen(word), buf, sizeof(buf)));
}

const char *
lexicon_word(const struct lexicon *lex, uint32_t id)
{
	return id < lex->nwords ? lex->words[id].text : "";
}

uint32_t
lexicon_count(const struct lexicon *lex)
{
	return (uint32_t)lex->nwords - 1;
}

size_t
lexicon_size(const struct lexicon *lex)
{
	return sizeof(*lex) + ((size_t)lex->mask + 1) * sizeof(*lex->slots) +
	    lex->cap * sizeof(*lex->words) + arena_size(&lex->mem);
}
