#include "notify/alert.h"

#include <stdbool.h>
#include <string.h>

#include "article/evidence.h"
#include "base/buf.h"
#include "notify/clean.h"

#define EVIDENCE_LINE_MAX 8192

/* Offsets into title or text, or 0, 0 when they cannot be right. */
static void
set_range(const struct notifier_alert *a, const char *field, uint32_t start,
    uint32_t end, uint32_t *to_start, uint32_t *to_end)
{
	const char *s = strcmp(field, "title") == 0 ? a->title :
	    strcmp(field, "text") == 0 ? a->text : "";
	bool fits = start <= end && end <= strlen(s) &&
	    ((unsigned char)s[start] & 0xc0) != 0x80 &&
	    ((unsigned char)s[end] & 0xc0) != 0x80;

	*to_start = fits ? start : 0;
	*to_end = fits ? end : 0;
}

static const char *
field_name(struct arena *mem, const char *field)
{
	return strcmp(field, "body") == 0 ? "text" :
	    clean_copy(mem, field, false);
}

static void
set_parts(struct arena *mem, struct notifier_alert *a,
    const struct evidence *e)
{
	const struct notifier_part **list;
	struct notifier_part *p;

	list = arena_zalloc(mem, e->nparts + 1, sizeof(*list));
	for (size_t i = 0; i < e->nparts; i++) {
		const struct evidence_part *from = &e->parts[i];

		p = arena_zalloc(mem, 1, sizeof(*p));
		p->role = clean_copy(mem, from->role, false);
		p->text = clean_copy(mem, from->text, false);
		p->field = field_name(mem, from->field);
		p->value = clean_copy(mem, from->value, false);
		set_range(a, p->field, from->start, from->end, &p->start,
		    &p->end);
		list[i] = p;
	}
	a->parts = list;
	a->nparts = e->nparts;
}

static void
set_evidence(struct arena *mem, struct notifier_alert *a,
    const struct notify_alert *from)
{
	struct evidence e;
	struct wire w;
	struct buf line;

	a->sentence = a->evidence = a->facts = "";
	a->sentence_field = "title";
	a->parts = arena_zalloc(mem, 1, sizeof(*a->parts));
	wire_init(&w, from->evidence, from->evidence_len);
	evidence_get(&w, mem, &e);
	if (!wire_done(&w))
		return;
	a->sentence = clean_copy(mem, e.sentence, false);
	a->sentence_field = field_name(mem, e.field);
	a->facts = clean_copy(mem, e.facts, true);
	set_range(a, a->sentence_field, e.start, e.end, &a->sentence_start,
	    &a->sentence_end);
	set_parts(mem, a, &e);
	buf_init(&line, EVIDENCE_LINE_MAX);
	evidence_line(&line, &e);
	if (line.len > 0)
		a->evidence = clean_copy(mem, line.data, false);
	buf_clear(&line);
}

const struct notifier_alert *
alert_make(struct arena *mem, const struct notify_alert *from)
{
	struct notifier_alert *a = arena_zalloc(mem, 1, sizeof(*a));

	a->delivery_id = clean_copy(mem, from->delivery_id, false);
	a->attempt = from->attempt;
	a->test = from->test;
	a->alert_id = clean_copy(mem, from->alert_id, false);
	a->recipient = clean_copy(mem, from->recipient, false);
	a->rule = clean_copy(mem, from->rule, false);
	a->rule_text = clean_copy(mem, from->rule_text, false);
	a->priority = clean_copy(mem, from->priority, false);
	a->feed = clean_copy(mem, from->feed, false);
	a->feed_title = clean_copy(mem, from->feed_title, false);
	a->feed_url = clean_link(mem, from->feed_url);
	a->title = clean_copy(mem, from->title, false);
	a->link = clean_link(mem, from->link);
	a->author = clean_copy(mem, from->author, false);
	a->text = clean_copy(mem, from->text, true);
	a->published = from->published;
	a->found = from->found;
	if (from->evidence_len > 0)
		set_evidence(mem, a, from);
	else {
		a->sentence = a->evidence = a->facts = "";
		a->sentence_field = "title";
		a->parts = arena_zalloc(mem, 1, sizeof(*a->parts));
	}
	return a;
}
