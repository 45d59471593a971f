#include "feed/walk.h"

#include <string.h>
#include <strings.h>

#include "feed/date.h"
#include "feed/entity.h"
#include "feed/html.h"
#include "feed/url.h"

void
walk_init(struct walk *w, struct arena *mem, struct feed *f, const char *base)
{
	memset(w, 0, sizeof(*w));
	w->mem = mem;
	w->feed = f;
	w->dialect = SPACE_RSS;
	w->level[0] = (struct level){ &names_other, PLACE_OUTSIDE, base, "" };
	draft_reset(&w->channel);
	draft_reset(&w->item);
	buf_init(&w->text, 4 * FEED_TEXT_MAX);
	buf_init(&w->plain, 8 * FEED_TEXT_MAX);
}

void
walk_clear(struct walk *w)
{
	buf_clear(&w->text);
	buf_clear(&w->plain);
}

static struct level *
top(struct walk *w)
{
	size_t i = w->depth;

	return &w->level[i < FEED_DEPTH_MAX ? i : FEED_DEPTH_MAX - 1];
}

const char *
walk_attribute(const char **atts, const char *name)
{
	for (; atts[0] != NULL; atts += 2)
		if (strcasecmp(atts[0], name) == 0)
			return atts[1];
	return NULL;
}

struct draft *
walk_draft(struct walk *w)
{
	return w->in_item ? &w->item : &w->channel;
}

const char *
walk_base(const struct walk *w)
{
	size_t i = w->depth;

	return w->level[i < FEED_DEPTH_MAX ? i : FEED_DEPTH_MAX - 1].base;
}

const char *
walk_link(struct walk *w, const char *ref)
{
	return url_link(w->mem, walk_base(w), ref);
}

/* How much of s is at most max bytes long and ends with a character. */
static size_t
clip(const char *s, size_t n, size_t max)
{
	if (n > max)
		for (n = max; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;
		    n--)
			;
	return n;
}

static void
add_clipped(struct buf *b, const char *s, size_t n)
{
	buf_add(b, s, clip(s, n, b->max - b->len));
}

static void
add_escaped(struct buf *b, const char *s, size_t n)
{
	size_t i, from = 0;

	for (i = 0; i < n; i++) {
		if (s[i] != '<' && s[i] != '&')
			continue;
		add_clipped(b, s + from, i - from);
		buf_adds(b, s[i] == '<' ? "&lt;" : "&amp;");
		from = i + 1;
	}
	add_clipped(b, s + from, n - from);
}

void
walk_text(struct walk *w, const char *s, size_t n)
{
	struct buf *b = &w->text;

	if (w->leaf == NULL)
		return;
	/* Called for every line and every reference: mostly a byte or two.
	   The NUL is put when the text is complete. */
	if (w->kind == KIND_XHTML)
		add_escaped(b, s, n);
	else if (b->cap - b->len <= n)
		add_clipped(b, s, n);
	else if (n == 1)
		b->data[b->len++] = *s;
	else {
		memcpy(b->data + b->len, s, n);
		b->len += n;
	}
}

void
walk_reference(struct walk *w, const char *name)
{
	const char *text;

	w->damaged = true;
	if (w->leaf == NULL)
		return;
	text = entity_find(name, strlen(name));
	if (text == NULL || w->kind == KIND_XHTML || w->kind == KIND_HTML) {
		buf_addc(&w->text, '&');
		buf_adds(&w->text, name);
		buf_addc(&w->text, ';');
	} else
		buf_adds(&w->text, text);
}

static void
add_tag(struct walk *w, const char *before, const char *name)
{
	const char *colon = strchr(name, ':');

	if (w->kind != KIND_HTML && w->kind != KIND_XHTML &&
	    w->kind != KIND_PLAIN)
		return;
	buf_adds(&w->text, before);
	buf_adds(&w->text, colon != NULL ? colon + 1 : name);
	buf_addc(&w->text, '>');
	if (w->kind == KIND_PLAIN)
		w->kind = KIND_HTML;
}

static enum place
place_of(const struct word *word, enum place parent)
{
	bool inside = parent == PLACE_FEED || parent == PLACE_ITEM;

	switch (word->element) {
	case ELEMENT_ROOT:
		return parent == PLACE_OUTSIDE ? PLACE_ROOT : PLACE_SKIP;
	case ELEMENT_FEED:
		return parent <= PLACE_ROOT ? PLACE_FEED : PLACE_SKIP;
	case ELEMENT_ITEM:
		return parent == PLACE_ITEM || parent == PLACE_PERSON ?
		    PLACE_SKIP : PLACE_ITEM;
	case ELEMENT_PASS:
	case ELEMENT_MEDIA:
		return parent;
	case ELEMENT_PERSON:
		return inside ? PLACE_PERSON : PLACE_SKIP;
	default:
		return PLACE_SKIP;
	}
}

static const char *
language(struct walk *w, const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
	    "WXYZ0123456789-");

	return n > 0 && n <= 35 && s[n] == '\0' ?
	    arena_strndup(w->mem, s, n) : "";
}

/* A base is copied for every link below it, so it has to be short. */
static const char *
base_from(struct walk *w, const char *outer, const char *ref)
{
	const char *s;

	if (strlen(ref) > FEED_URL_MAX)
		return outer;
	s = url_resolve(w->mem, outer, ref);
	return strlen(s) > FEED_URL_MAX ? outer : s;
}

static void
push(struct walk *w, const struct word *word, const char **atts)
{
	struct level *parent = top(w), *l;

	w->depth++;
	if (w->depth >= FEED_DEPTH_MAX)
		return;
	l = &w->level[w->depth];
	l->word = word;
	l->place = place_of(word, parent->place);
	l->base = parent->base;
	l->lang = parent->lang;
	for (; atts[0] != NULL; atts += 2) {
		if (strncmp(atts[0], "xml:", 4) != 0)
			continue;
		if (strcmp(atts[0] + 4, "base") == 0)
			l->base = base_from(w, l->base, atts[1]);
		else if (strcmp(atts[0] + 4, "lang") == 0)
			l->lang = language(w, atts[1]);
	}
}

const char *
walk_line(struct walk *w, const char *s)
{
	if (s == NULL)
		return "";
	buf_reset(&w->plain);
	html_plain(s, clip(s, strlen(s), FEED_TEXT_MAX), false, &w->plain);
	return w->plain.len == 0 ? "" :
	    arena_strndup(w->mem, w->plain.data, w->plain.len);
}

static void
begin_item(struct walk *w, const char **atts)
{
	const char *about = walk_attribute(atts, "rdf:about");

	w->in_item = true;
	draft_reset(&w->item);
	draft_offer(&w->item, FIELD_LANG, 40, top(w)->lang);
	if (about != NULL)
		draft_offer(&w->item, FIELD_ID, 5, walk_line(w, about));
}

static void
collect(struct walk *w, const struct word *word)
{
	w->leaf = word;
	w->nest = 0;
	w->kind = word->kind;
	w->base64 = false;
	buf_reset(&w->text);
}

void
walk_start(struct walk *w, const struct word *word, const char *local,
    const char **atts)
{
	enum place parent = top(w)->place;

	if (w->leaf != NULL) {
		w->nest++;
		add_tag(w, "<", local);
		return;
	}
	if (w->depth == 0)
		strncpy(w->root, local, sizeof(w->root) - 1);
	push(w, word, atts);
	if (w->depth >= FEED_DEPTH_MAX)
		return;
	rss_format(w, word, atts);
	if (word->element == ELEMENT_ITEM && top(w)->place == PLACE_ITEM) {
		begin_item(w, atts);
		return;
	}
	if (parent == PLACE_SKIP || parent <= PLACE_ROOT ||
	    word->element <= ELEMENT_PASS)
		return;
	if (word->element != ELEMENT_MEDIA && word->element != ELEMENT_PERSON)
		collect(w, word);
	if (word->space == SPACE_ATOM)
		atom_start(w, word, atts);
	else
		rss_start(w, word, atts);
}

/* A title is one line. */
static void
join_lines(struct buf *b)
{
	char *p = b->data, *end = p + b->len;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL)
		*p++ = ' ';
}

/* The collected text as plain text, in w->plain; never NULL. */
static const char *
plain_text(struct walk *w)
{
	const char *s = w->text.data;
	size_t n = w->text.len;
	enum kind kind = w->kind;
	bool body = w->leaf->field == FIELD_SUMMARY ||
	    w->leaf->field == FIELD_CONTENT;
	struct buf once;

	buf_reset(&w->plain);
	if (n == 0)
		return "";
	if (kind == KIND_PLAIN && html_likely(s, n))
		kind = KIND_HTML;
	if (kind == KIND_PLAIN)
		html_plain(s, n, body, &w->plain);
	else if (kind == KIND_TOKEN || kind == KIND_URL || kind == KIND_DATE)
		html_plain(s, n, false, &w->plain);
	else if (body && html_escaped(s, n)) {
		buf_init(&once, w->text.max);
		html_text(s, n, &once);
		html_text(once.data != NULL ? once.data : "", once.len,
		    &w->plain);
		buf_clear(&once);
	} else
		html_text(s, n, &w->plain);
	if (!body)
		join_lines(&w->plain);
	return w->plain.data != NULL ? w->plain.data : "";
}

const char *
walk_plain(struct walk *w)
{
	const char *s = plain_text(w);

	return w->plain.len == 0 ? "" : arena_strndup(w->mem, s,
	    clip(s, w->plain.len, FEED_TEXT_MAX));
}

static void
end_leaf(struct walk *w)
{
	const struct word *leaf = w->leaf;
	const char *text;
	int64_t t;

	if (w->text.data != NULL)
		w->text.data[w->text.len] = '\0';
	if (leaf->element != ELEMENT_TEXT) {
		if (leaf->space == SPACE_ATOM)
			atom_end(w);
		else
			rss_end(w);
	} else if (leaf->kind == KIND_DATE) {
		t = w->text.len == 0 ? ARTICLE_NO_TIME :
		    date_parse(w->text.data);
		if (t == ARTICLE_NO_TIME)	/* perhaps U+00A0 in it */
			t = date_parse(plain_text(w));
		draft_offer_time(walk_draft(w), leaf->field, leaf->rank, t);
	} else {
		if (leaf->space == SPACE_ATOM)
			atom_end(w);
		text = walk_plain(w);
		draft_offer(walk_draft(w), leaf->field, leaf->rank, text);
		if (leaf->field == FIELD_ID && url_is_web(text))
			draft_offer(walk_draft(w), FIELD_LINK, 1, text);
	}
	w->leaf = NULL;
}

void
walk_end(struct walk *w, const char *local)
{
	struct level *l = top(w);

	if (w->leaf != NULL && w->nest > 0) {
		w->nest--;
		add_tag(w, "</", local);
		return;
	}
	if (w->depth == 0)
		return;
	if (w->depth < FEED_DEPTH_MAX) {
		if (w->leaf != NULL)
			end_leaf(w);
		else if (l->place == PLACE_ITEM &&
		    l->word->element == ELEMENT_ITEM) {
			draft_finish_item(&w->item, w->feed, w->mem);
			w->in_item = false;
		} else if (l->place == PLACE_PERSON)
			atom_person_end(w, l[-1].place);
	}
	w->depth--;
}

void
walk_finish(struct walk *w)
{
	struct feed *f = w->feed;
	const struct draft *d = &w->channel;
	struct article *a;
	const char *author = draft_text(d->text[FIELD_AUTHOR],
	    FEED_LINE_MAX, w->mem);
	size_t i;

	f->title = draft_text(d->text[FIELD_TITLE], FEED_LINE_MAX, w->mem);
	f->link = draft_link(d->text[FIELD_LINK]);
	f->description = draft_text(d->text[FIELD_SUMMARY], FEED_LINE_MAX,
	    w->mem);
	f->lang = language(w, draft_text(d->text[FIELD_LANG], FEED_LINE_MAX,
	    w->mem));
	f->self = draft_link(d->text[FIELD_SELF]);
	if (w->period > 0)
		f->update_period = w->period /
		    (w->frequency > 0 ? w->frequency : 1);
	for (i = 0; i < f->nitems; i++) {
		a = &f->items[i];
		if (a->lang[0] == '\0')
			a->lang = f->lang;
		if (a->author[0] == '\0' && w->dialect == SPACE_ATOM)
			a->author = author;
	}
}
