/*
 * writer - plain text while it is written: tidied as html.h says.
 *
 * White space is held back until something follows it, so that none stands at
 * the ends and none twice. The text never grows by more than half: two bytes
 * become three at worst (C1 controls). So the room is reserved once, by
 * WRITER_ROOM, and written without checks.
 */
#ifndef FEED_WRITER_H
#define FEED_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "feed/entity.h"

#define WRITER_WIDTH	16	/* bytes looked at at once, and written */
#define WRITER_ROOM(n)	((n) + (n) / 2 + ENTITY_MAX + WRITER_WIDTH + 1)

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct writer {
	char		*start, *out;
	enum gap	 gap;		/* white space not yet written */
	enum gap	 line;		/* what a line's end is */
	bool		 twice;		/* two of Latin-1 met: perhaps a byte each */
};

enum class {
	CLASS_TEXT,		/* copied as it is */
	CLASS_SPACE,		/* ' ' alone: mostly copied, too */
	CLASS_SPECIAL,		/* white space, control characters, markup,
				   and the first bytes of a few characters */
};

extern const unsigned char writer_class[256];

static inline void
writer_gap(struct writer *w, enum gap gap)
{
	if (gap > w->gap)
		w->gap = gap;
}

static inline void
writer_close_gap(struct writer *w)
{
	if (w->gap == GAP_NONE)
		return;
	if (w->out > w->start)
		*w->out++ = w->gap == GAP_LINE ? '\n' : ' ';
	w->gap = GAP_NONE;
}

/* These bytes as they are. */
static inline void
writer_put(struct writer *w, const char *s, size_t n)
{
	if (n == 0)
		return;
	writer_close_gap(w);
	memcpy(w->out, s, n);
	w->out += n;
}

/* At a byte of CLASS_TEXT: copy what needs no look, single blanks between such
   bytes and newlines, as blanks, included. Returns where that ends. */
const char *writer_run(struct writer *, const char *, const char *end,
	    unsigned char newline);
/*
 * Special bytes that are no markup: white space, control characters, or a
 * character that may be one of those. Returns their length.
 */
size_t	 writer_special(struct writer *, const char *, const char *end,
	    enum gap line);
/* Text that is no markup. newline is ' ' where lines are kept. */
void	 writer_plain(struct writer *, const char *, const char *end,
	    unsigned char newline);

#endif
