#include "article/evidence.h"

#include <stdbool.h>
#include <string.h>

#define LEAD_BYTES 40		/* kept before the first part */
#define TAIL_BYTES 60		/* kept after the last part */
#define GAP_BYTES 120		/* kept between two parts */

void
evidence_put(struct buf *b, const struct evidence *e)
{
	wire_put_str(b, e->sentence);
	wire_put_str(b, e->field);
	wire_put_u32(b, e->start);
	wire_put_u32(b, e->end);
	wire_put_str(b, e->facts);
	wire_put_u32(b, (uint32_t)e->nparts);
	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *p = &e->parts[i];

		wire_put_str(b, p->role);
		wire_put_str(b, p->text);
		wire_put_str(b, p->field);
		wire_put_u32(b, p->start);
		wire_put_u32(b, p->end);
		wire_put_str(b, p->value);
	}
}

void
evidence_get(struct wire *w, struct arena *mem, struct evidence *e)
{
	e->sentence = wire_get_str(w, mem);
	e->field = wire_get_str(w, mem);
	e->start = wire_get_u32(w);
	e->end = wire_get_u32(w);
	e->facts = wire_get_str(w, mem);
	e->nparts = wire_get_u32(w);
	if (e->nparts > EVIDENCE_PARTS_MAX)
		w->bad = true;
	if (w->bad)
		e->nparts = 0;
	e->parts = arena_zalloc(mem, e->nparts, sizeof(*e->parts));
	for (size_t i = 0; i < e->nparts; i++) {
		struct evidence_part *p = &e->parts[i];

		p->role = wire_get_str(w, mem);
		p->text = wire_get_str(w, mem);
		p->field = wire_get_str(w, mem);
		p->start = wire_get_u32(w);
		p->end = wire_get_u32(w);
		p->value = wire_get_str(w, mem);
	}
}

/* Is the part inside the shown sentence? Others are shown behind it. */
static bool
inside(const struct evidence *e, const struct evidence_part *p)
{
	return strcmp(p->field, e->field) == 0 && p->start >= e->start &&
	    p->end <= e->end && p->start < p->end;
}

/* Copy s[from, to) with white space folded. */
static void
add_text(struct buf *b, const char *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		buf_addc(b, s[i] == '\n' || s[i] == '\t' ? ' ' : s[i]);
}

/* Move to the nearest space so that words (and characters) stay whole. */
static size_t
word_start(const char *s, size_t at, size_t limit)
{
	while (at < limit && s[at] != ' ')
		at++;
	return at;
}

static size_t
word_end(const char *s, size_t at, size_t limit)
{
	while (at > limit && s[at - 1] != ' ')
		at--;
	return at > limit && s[at - 1] == ' ' ? at - 1 : at;
}

/* The text between two parts, or its two ends. */
static void
add_gap(struct buf *b, const char *s, size_t from, size_t to, bool first)
{
	size_t keep = first ? LEAD_BYTES : GAP_BYTES;

	if (to - from <= keep) {
		add_text(b, s, from, to);
		return;
	}
	if (!first)
		add_text(b, s, from, word_end(s, from + keep / 2, from));
	buf_adds(b, first ? "…" : " …");
	if (!first)
		keep /= 2;
	add_text(b, s, word_start(s, to - keep, to), to);
}

void
evidence_line(struct buf *b, const struct evidence *e)
{
	const char *s = e->sentence;
	size_t len = strlen(s), at = 0, n = 0, keep;

	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *p = &e->parts[i];
		size_t from = p->start - e->start, to = p->end - e->start;

		if (!inside(e, p) || from < at || to > len)
			continue;
		add_gap(b, s, at, from, n++ == 0);
		add_text(b, s, from, to);
		if (p->value[0] != '\0')
			buf_printf(b, " [%s]", p->value);
		at = to;
	}
	keep = n > 0 ? TAIL_BYTES : 200;
	if (len - at > keep) {
		add_text(b, s, at, word_end(s, at + keep, at));
		buf_adds(b, " …");
	} else
		add_text(b, s, at, len);
	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *p = &e->parts[i];

		if (inside(e, p))
			continue;
		buf_printf(b, " · %s: %s", p->role, p->text);
		if (p->value[0] != '\0')
			buf_printf(b, " [%s]", p->value);
	}
}
