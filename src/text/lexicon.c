#include "text/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/words.h"

struct slot {
	uint64_t	 head;		/* the word's first eight bytes */
	uint32_t	 id;		/* 0 = free */
	uint32_t	 rest;		/* 0: there is no more; else of the hash */
};

struct word {
	const char	*text;
	uint32_t	 len;
	uint32_t	 hash;
	uint64_t	 second;	/* its second eight bytes */
};

#define PIECES (LEXICON_WORD_MAX / 8)

/* A folded word in pieces of eight bytes, zeros behind. */
struct key {
	uint64_t	piece[PIECES];
	uint32_t	len, hash;
};

struct lexicon {
	struct slot	*slots;
	uint32_t	 mask;		/* slots - 1 */
	struct word	*words;		/* by id; words[0] is nothing */
	size_t		 nwords, cap;
	struct arena	 mem;
};

static struct slot
slot_of(uint64_t head, uint32_t len, uint32_t hash, uint32_t id)
{
	return (struct slot){ head, id, len <= 8 ? 0 : hash | 1 };
}

static void
place(struct lexicon *lex, uint32_t id)
{
	const struct word *w = &lex->words[id];
	uint32_t i = w->hash & lex->mask;
	uint64_t head = 0;

	while (lex->slots[i].id != 0)
		i = (i + 1) & lex->mask;
	memcpy(&head, w->text, w->len < 8 ? w->len : 8);
	lex->slots[i] = slot_of(head, w->len, w->hash, id);
}

static void
resize(struct lexicon *lex, uint32_t size)
{
	free(lex->slots);
	lex->slots = mem_zalloc(size, sizeof(*lex->slots));
	lex->mask = size - 1;
	for (uint32_t id = 1; id < lex->nwords; id++)
		place(lex, id);
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

/* False when the word is longer than any can be. */
static bool
make_key(struct key *k, const char *s, size_t len)
{
	if (len == 0 || len > LEXICON_WORD_MAX)
		return false;
	k->piece[1] = k->piece[(len - 1) / 8] = 0;
	memcpy(k->piece, s, len);
	k->len = (uint32_t)len;
	k->hash = lexicon_hash(k->piece);
	for (size_t i = 2; i * 8 < len; i++)
		k->hash = (uint32_t)lexicon_mix(k->hash, k->piece[i]);
	return true;
}

static bool
is_word(const struct word *w, const uint64_t *piece, uint32_t len)
{
	return w->second == piece[1] && w->len == len && (len <= 16 ||
	    memcmp(w->text, piece, len) == 0);
}

static inline uint32_t
find(const struct lexicon *lex, const uint64_t *piece, uint32_t len,
    uint32_t hash)
{
	const struct slot want = slot_of(piece[0], len, hash, 0);

	for (uint32_t i = hash & lex->mask;; i = (i + 1) & lex->mask) {
		const struct slot *s = &lex->slots[i];

		/* One question instead of two that nobody can foresee. */
		if ((s->id != 0) & ((s->head != want.head) |
		    (s->rest != want.rest)))
			continue;
		if (want.rest == 0 || s->id == 0 ||
		    is_word(&lex->words[s->id], piece, len))
			return s->id;
	}
}

void
lexicon_find_all(const struct lexicon *lex, struct lexicon_ask *asks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&lex->slots[asks[i].hash & lex->mask]);
	for (size_t i = 0; i < n; i++)
		asks[i].id = find(lex, asks[i].piece, asks[i].len,
		    asks[i].hash);
}

uint32_t
lexicon_find(const struct lexicon *lex, const char *s, size_t len)
{
	struct key k;

	return make_key(&k, s, len) ? find(lex, k.piece, k.len, k.hash) : 0;
}

uint32_t
lexicon_add(struct lexicon *lex, const char *s, size_t len)
{
	struct key k;
	uint32_t id;

	if (!make_key(&k, s, len))
		return 0;
	if ((id = find(lex, k.piece, k.len, k.hash)) != 0)
		return id;
	if (lex->nwords * 2 > lex->mask)
		resize(lex, (lex->mask + 1) * 2);
	lex->words = mem_grow(lex->words, lex->nwords, &lex->cap,
	    sizeof(*lex->words));
	id = (uint32_t)lex->nwords++;
	lex->words[id] = (struct word){ .len = k.len, .hash = k.hash,
	    .second = k.piece[1],
	    .text = arena_strndup(&lex->mem, s, len) };
	place(lex, id);
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
