/* Plain words: the most of any text, eight bytes at a time. */
#include <endian.h>
#include <string.h>

#include "text/scan.h"
#include "text/words.h"

#define ALL(byte)	((byte) * UINT64_C(0x0101010101010101))
#define HIGH		ALL(0x80)
#define CASE		ALL(0x20)

/* The word at hand. */
struct plain {
	struct lexicon_key	key;
	uint64_t		caps;	/* CASE of its capitals; of those beyond
					 * eight letters the bits above, too */
	bool			small;	/* not all are capitals */
};

/* The eight bytes at `at`, the first lowest, zeros after the end. */
static inline uint64_t
eight(const char *s, uint32_t len, uint32_t at)
{
	uint64_t v = 0;

	if (at + 8 <= len) {
		memcpy(&v, s + at, 8);
		return le64toh(v);
	}
	if (at >= len)
		return 0;
	if (len < 8) {
		memcpy(&v, s, len);
		return le64toh(v) >> at * 8;
	}
	memcpy(&v, s + len - 8, 8);
	return le64toh(v) >> (at + 8 - len) * 8;
}

/* The high bit of each byte that is no ASCII letter; low: with CASE set. */
static inline uint64_t
not_letters(uint64_t v, uint64_t low)
{
	uint64_t seven = low & ~HIGH;
	uint64_t from_a = seven + ALL(0x80 - 'a');
	uint64_t past_z = seven + ALL(0x80 - 'z' - 1);

	return (~from_a | past_z | v) & HIGH;
}

/* All bytes before the first marked one: all eight, if none is. */
static inline uint64_t
before(uint64_t stop)
{
	return ((stop & -stop) >> 7) - 1;
}

static inline uint32_t
index_of(uint64_t stop)
{
	return (uint32_t)__builtin_ctzll(stop) / 8;
}

/*
 * Read on where the first eight letters of the word at `at` are in its key.
 * Returns the length, or 0 when the word has more than a key can have.
 */
static uint32_t
read_long(struct plain *w, const char *s, uint32_t len, uint32_t at)
{
	uint64_t hash = w->key.hash, v, stop, low, keep;

	for (uint32_t i = 1;; i++) {
		v = eight(s, len, at + i * 8);
		stop = not_letters(v, v | CASE);
		keep = before(stop);
		low = (v | CASE) & keep;
		if (low == 0) {
			w->key.hash = hash;
			return i * 8;
		}
		if (i == LEXICON_PIECES)
			return 0;
		w->key.piece[i] = htole64(low);
		hash = lexicon_mix(hash, low);
		w->caps |= (~v & CASE & keep) << 1;
		w->small |= (v & CASE & keep) != 0;
		if (stop != 0) {
			w->key.hash = hash;
			return i * 8 + index_of(stop);
		}
	}
}

/*
 * Read the word that starts with the letters before the first stop of v, its
 * first eight bytes; returns its length.
 */
static inline uint32_t
read_word(struct plain *w, uint64_t v, uint64_t stop, const char *s,
    uint32_t len, uint32_t at)
{
	uint64_t keep = before(stop), low = (v | CASE) & keep;

	w->key.piece[0] = htole64(low);
	w->key.piece[1] = 0;
	w->key.hash = lexicon_mix(0, low);
	w->caps = ~v & CASE & keep;
	w->small = (v & CASE & keep) != 0;
	return stop != 0 ? index_of(stop) : read_long(w, s, len, at);
}

/* Whether nothing that belongs to a word of plain letters stands at `at`. */
static inline bool
ends(const char *s, uint32_t len, uint32_t at)
{
	unsigned char c, next;

	if (at >= len || s[at] == ' ')
		return true;
	c = (unsigned char)s[at];
	if (c >= 0x80 || c == '\'' || c == '&' ||
	    fold_ascii_class[c] == FOLD_DIGIT)
		return false;
	next = c == '.' && at + 1 < len ? (unsigned char)s[at + 1] : ' ';
	return next < 0x80 && fold_ascii_class[next] != FOLD_LOWER &&
	    fold_ascii_class[next] != FOLD_UPPER;
}

static inline uint8_t
shape_of(const struct plain *w)
{
	if (w->caps & ~UINT64_C(0x20))
		return w->small ? TEXT_MIXED : TEXT_CAPS;
	return w->caps == 0 ? TEXT_LOWER : TEXT_CAPITAL;
}

static inline uint32_t
id_of(const struct scan *s, const struct plain *w)
{
	return s->add == NULL ? lexicon_find_key(s->lexicon, &w->key) :
	    lexicon_add(s->add, (const char *)w->key.piece, w->key.len);
}

void
scan_plain(struct scan *s)
{
	struct text *x = s->text;
	const char *bytes = s->s;
	uint32_t at = s->at, len = s->len;
	uint16_t flags = s->flags, around = scan_around(s);
	struct plain w;

	for (;;) {
		uint64_t v = eight(bytes, len, at), stop;

		/* one space with a visible ASCII character after it */
		if ((v & 0xFF) == ' ' && (v >> 8 & 0xFF) > ' ' &&
		    (v >> 8 & 0xFF) < 0x7F) {
			flags |= TEXT_SPACE;
			v = eight(bytes, len, ++at);
		}
		stop = not_letters(v, v | CASE);
		if (stop & 0x80)
			break;
		w.key.len = read_word(&w, v, stop, bytes, len, at);
		if (w.key.len == 0 || !ends(bytes, len, at + w.key.len))
			break;
		if (x->ntokens == s->cap && !scan_grow(s, at + w.key.len))
			return;
		x->tokens[x->ntokens++] = (struct text_token){
			.start = at, .end = at + w.key.len, .kind = TEXT_WORD,
			.field = s->field, .flags = flags | around,
			.shape = shape_of(&w), .word = id_of(s, &w),
		};
		x->steps++;
		at += w.key.len;
		flags = 0;
	}
	s->at = at;
	s->flags = flags;
}
