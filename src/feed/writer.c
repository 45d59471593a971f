#include "feed/writer.h"

#include <endian.h>
#include <stdint.h>

#include "feed/mojibake.h"

#define WIDTH WRITER_WIDTH

const unsigned char writer_class[256] = {
	[0 ... 0x1f] = CLASS_SPECIAL, [' '] = CLASS_SPACE,
	['<'] = CLASS_SPECIAL, ['&'] = CLASS_SPECIAL, [0x7f] = CLASS_SPECIAL,
	[0xc2] = CLASS_SPECIAL, [0xe2] = CLASS_SPECIAL, [0xef] = CLASS_SPECIAL,
};

typedef unsigned char lanes __attribute__((vector_size(WIDTH)));
typedef uint64_t halves __attribute__((vector_size(WIDTH)));

/* Which byte in memory order is the first that is not zero? */
static inline size_t
first_byte(uint64_t x)
{
	return (size_t)__builtin_ctzll(le64toh(x)) / 8;
}

/*
 * How many of the WIDTH bytes at p can be copied, given that the first one is
 * no special byte? Those before the one that is followed by a special byte or
 * is a blank followed by a blank. Writes them all; lines become spaces.
 */
static inline size_t
copy_lanes(const char *p, char *out, unsigned char newline)
{
	lanes a, b, blank_a, blank_b, bad;
	halves any;

	memcpy(&a, p, WIDTH);
	memcpy(&b, p + 1, WIDTH);
	blank_a = (lanes)((a == ' ') | (a == newline));
	blank_b = (lanes)((b == ' ') | (b == newline));
	bad = (lanes)(((b < 0x20) & ~blank_b) | (b == '<') | (b == '&') |
	    (b == 0x7f) | ((b | 0x20) == 0xe2) | (b == 0xef) |
	    (blank_a & blank_b));
	a = (a & ~blank_a) | (blank_a & ' ');
	memcpy(out, &a, WIDTH);
	any = (halves)bad;
	if (any[0] != 0)
		return first_byte(any[0]);
	return any[1] != 0 ? 8 + first_byte(any[1]) : WIDTH;
}

/* The length of the character at p where only its first byte is that of white
   space or of a control character (a typographic quote, say); else 0. */
static inline size_t
harmless(const unsigned char *p)
{
	if (p[0] == 0xe2 && !(p[1] == 0x80 &&
	    (p[2] == 0x8b || p[2] == 0xa8 || p[2] == 0xa9)))
		return 3;
	if (p[0] == 0xef && !(p[1] == 0xbb && p[2] == 0xbf))
		return 3;
	return p[0] == 0xc2 && p[1] > 0xa0 ? 2 : 0;
}

/* Is the character that out follows of the upper half of Latin-1? */
static inline bool
follows_latin1(const struct writer *w, const char *out)
{
	return out - w->start >= 2 && ((unsigned char)out[-2] | 1) == 0xc3;
}

/* The last WIDTH bytes or less, the first of them no special byte. */
static const char *
put_tail(struct writer *w, const char *p, const char *end,
    unsigned char newline, char *out)
{
	char tail[2 * WIDTH] = "";	/* a NUL is special */
	size_t n;

	memcpy(tail, p, (size_t)(end - p));
	n = end > p ? copy_lanes(tail, out, newline) : 0;
	w->out = out + n;
	if (p + n < end && writer_class[(unsigned char)p[n]] == CLASS_TEXT)
		*w->out++ = p[n++];
	return p + n;
}

const char *
writer_run(struct writer *w, const char *p, const char *end,
    unsigned char newline)
{
	char *out;
	size_t n;

	writer_close_gap(w);
	out = w->out;
	while (end - p > WIDTH) {
		n = copy_lanes(p, out, newline);
		p += n;
		out += n;
		if (n == WIDTH)
			continue;
		if (writer_class[(unsigned char)*p] == CLASS_TEXT)
			*out++ = *p++;
		if (end - p <= WIDTH ||
		    (n = harmless((const unsigned char *)p)) == 0 ||
		    writer_class[(unsigned char)p[n]] == CLASS_SPECIAL) {
			w->out = out;
			return p;
		}
		if (n == 2 && follows_latin1(w, out))
			w->twice = true;
		memcpy(out, p, 4);
		p += n;
		out += n;
	}
	return put_tail(w, p, end, newline, out);
}

/* White space and control characters; a lone '\r' ends a line, too. */
static size_t
skip_white(struct writer *w, const char *p, const char *end, enum gap line)
{
	const char *s = p;

	for (; s < end && ((unsigned char)*s <= ' ' || *s == 0x7f); s++)
		if (*s == '\n' || *s == '\r')
			writer_gap(w, line);
		else if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
			writer_gap(w, GAP_SPACE);
	return (size_t)(s - p);
}

size_t
writer_special(struct writer *w, const char *p, const char *end, enum gap line)
{
	const unsigned char *u = (const unsigned char *)p;
	char out[4];
	size_t left = (size_t)(end - p), used;

	if (*u <= ' ' || *u == 0x7f)
		return skip_white(w, p, end, line);
	if (u[0] == 0xc2 && left >= 2) {
		if (u[1] == 0xa0)
			writer_gap(w, GAP_SPACE);
		else if (u[1] < 0xa0 && w->gap == GAP_NONE && (used =
		    mojibake_undo(w->start, &w->out, p, end)) > 0)
			return used;
		else if (u[1] < 0xa0)	/* meant as in windows-1252 */
			writer_put(w, out, entity_utf8(entity_windows(u[1]), out));
		else {
			if (w->gap == GAP_NONE && follows_latin1(w, w->out))
				w->twice = true;
			writer_put(w, p, 2);
		}
		return 2;
	}
	if (u[0] == 0xe2 && left >= 3 && u[1] == 0x80 &&
	    (u[2] == 0x8b || u[2] == 0xa8 || u[2] == 0xa9)) {
		if (u[2] != 0x8b)	/* U+2028, U+2029 end a line */
			writer_gap(w, w->line);
		return 3;
	}
	if (u[0] == 0xef && left >= 3 && u[1] == 0xbb && u[2] == 0xbf)
		return 3;
	left = left < 3 ? left : u[0] >= 0xe0 ? 3 : 2;
	writer_put(w, p, left);
	return left;
}

void
writer_plain(struct writer *w, const char *p, const char *end,
    unsigned char newline)
{
	while (p < end) {
		if (writer_class[(unsigned char)*p] == CLASS_TEXT)
			p = writer_run(w, p, end, newline);
		else if (*p == '<' || *p == '&')
			writer_put(w, p++, 1);
		else
			p += writer_special(w, p, end,
			    newline == ' ' ? GAP_LINE : GAP_SPACE);
	}
}

