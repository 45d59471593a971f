/*
 * letters - the ASCII letters that a text goes on with, sixteen bytes at a time.
 *
 * Sixteen bytes must be readable, whatever they are. There are two ways to the
 * same result, one for processors with SSE2 and one for all; a test compares
 * them.
 */
#ifndef TEXT_LETTERS_H
#define TEXT_LETTERS_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define LETTERS_MAX	16

struct letters {
	uint32_t	n;		/* up to the first that is none */
	uint32_t	caps;		/* a bit for each that is a capital */
	uint64_t	piece[2];	/* folded, as in memory, zeros behind */
};

static inline struct letters
letters_portable(const char *s)
{
	struct letters l = { 0 };
	unsigned char folded[LETTERS_MAX] = { 0 };

	for (; l.n < LETTERS_MAX; l.n++) {
		unsigned char c = (unsigned char)s[l.n], low = c | 0x20;

		if (low < 'a' || low > 'z')
			break;
		folded[l.n] = low;
		l.caps |= (uint32_t)(c != low) << l.n;
	}
	memcpy(l.piece, folded, sizeof(l.piece));
	return l;
}

#ifdef __SSE2__
static inline struct letters
letters(const char *s)
{
	static const uint8_t keep[2 * LETTERS_MAX] = {
		255, 255, 255, 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255, 255, 255, 255,
	};
	const __m128i v = _mm_loadu_si128((const __m128i *)s);
	const __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
	/* 'a' to 'z' moved to the low end of signed numbers */
	const __m128i is = _mm_cmplt_epi8(_mm_add_epi8(low,
	    _mm_set1_epi8(128 - 'a')), _mm_set1_epi8(-128 + 26));
	const uint32_t others = ~(uint32_t)_mm_movemask_epi8(is);
	struct letters l = { .n = (uint32_t)__builtin_ctz(others) };
	const __m128i folded = _mm_and_si128(low, _mm_loadu_si128(
	    (const __m128i *)(keep + LETTERS_MAX - l.n)));

	_mm_storeu_si128((__m128i *)l.piece, folded);
	/* the bit that makes letters small, where the sign would be */
	l.caps = ~(uint32_t)_mm_movemask_epi8(_mm_slli_epi16(v, 2)) &
	    ((1u << l.n) - 1);
	return l;
}
#else
static inline struct letters
letters(const char *s)
{
	return letters_portable(s);
}
#endif

#endif
