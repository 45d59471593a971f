#include "text/lexicon.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/words.h"

struct slot {
	uint32_t	 hash;
	uint32_t	 id;		/* 0 = free */
};

/* A word found costs two lines of cache: its slot and this. */
struct word {
	const char	*text;
	uint32_t	 len;
	uint32_t	 hash;
	uint64_t	 head[2];	/* of text: all of it, most times */
};
#define HEAD sizeof(((struct word *)NULL)->head)

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

static void
make_key(struct lexicon_key *k, const char *s, size_t len)
{
	size_t n = (len + 7) / 8;

	k->piece[1] = 0;
	k->piece[n - 1] = 0;
	memcpy(k->piece, s, len);
	k->len = (uint32_t)len;
	k->hash = 0;
	for (size_t i = 0; i < n; i++)
		k->hash = lexicon_mix(k->hash, le64toh(k->piece[i]));
}

static bool
is_word(const struct word *w, const struct lexicon_key *k)
{
	return w->len == k->len && w->head[0] == k->piece[0] &&
	    w->head[1] == k->piece[1] && (k->len <= HEAD ||
	    memcmp(w->text + HEAD, (const char *)k->piece + HEAD,
	    k->len - HEAD) == 0);
}

uint32_t
lexicon_find_key(const struct lexicon *lex, const struct lexicon_key *k)
{
	uint32_t hash = (uint32_t)k->hash;

	for (uint32_t i = hash & lex->mask; lex->slots[i].id != 0;
	    i = (i + 1) & lex->mask)
		if (lex->slots[i].hash == hash &&
		    is_word(&lex->words[lex->slots[i].id], k))
			return lex->slots[i].id;
	return 0;
}

uint32_t
lexicon_find(const struct lexicon *lex, const char *s, size_t len)
{
	struct lexicon_key k;

	if (len == 0 || len > LEXICON_WORD_MAX)
		return 0;
	make_key(&k, s, len);
	return lexicon_find_key(lex, &k);
}

uint32_t
lexicon_add(struct lexicon *lex, const char *s, size_t len)
{
	struct lexicon_key k;
	struct word *w;
	uint32_t id;

	if (len == 0 || len > LEXICON_WORD_MAX)
		return 0;
	make_key(&k, s, len);
	if ((id = lexicon_find_key(lex, &k)) != 0)
		return id;
	if (lex->nwords * 2 > lex->mask)
		resize(lex, (lex->mask + 1) * 2);
	lex->words = mem_grow(lex->words, lex->nwords, &lex->cap,
	    sizeof(*lex->words));
	id = (uint32_t)lex->nwords++;
	w = &lex->words[id];
	*w = (struct word){ .len = k.len, .hash = (uint32_t)k.hash,
	    .text = arena_strndup(&lex->mem, s, len) };
	memcpy(w->head, k.piece, HEAD);
	place(lex, w->hash, id);
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
