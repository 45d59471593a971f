#include "feed/walk.h"

#include <string.h>
#include <strings.h>

#include "feed/date.h"
#include "feed/entity.h"
#include "feed/html.h"
#include "feed/url.h"

#define RAW_MAX (4 * FEED_TEXT_MAX)	/* bytes of a text with its markup */

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
	collect_init(&w->text, RAW_MAX);
}

void
walk_clear(struct walk *w)
{
	collect_clear(&w->text);
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
		if (((atts[0][0] ^ name[0]) & 0x5f) == 0 &&
		    strcasecmp(atts[0], name) == 0)
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
	const char *base = walk_base(w);

	if (w->in_item && w->site != NULL && base == w->level[0].base)
		base = w->site;
	return url_link(w->mem, base, ref);
}

static void
add_escaped(struct collect *c, const char *s, size_t n)
{
	size_t i, from = 0;

	for (i = 0; i < n; i++) {
		if (s[i] != '<' && s[i] != '&')
			continue;
		collect_add(c, s + from, i - from);
		collect_string(c, s[i] == '<' ? "&lt;" : "&amp;");
		from = i + 1;
	}
	collect_add(c, s + from, n - from);
}

void
walk_text(struct walk *w, const char *s, size_t n)
{
	if (w->leaf == NULL)
		return;
	if (w->kind == KIND_XHTML)
		add_escaped(&w->text, s, n);
	else
		collect_add(&w->text, s, n);
}

void
walk_lasting_text(struct walk *w, const char *s, size_t n)
{
	if (w->leaf != NULL && w->kind != KIND_XHTML)
		collect_borrow(&w->text, s, n);
	else
		walk_text(w, s, n);
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
		collect_string(&w->text, "&");
		collect_string(&w->text, name);
		collect_string(&w->text, ";");
	} else
		collect_string(&w->text, text);
}

static void
add_tag(struct walk *w, const char *before, const char *name)
{
	const char *colon = strchr(name, ':');

	if (w->kind != KIND_HTML && w->kind != KIND_XHTML &&
	    w->kind != KIND_PLAIN)
		return;
	collect_string(&w->text, before);
	collect_string(&w->text, colon != NULL ? colon + 1 : name);
	collect_string(&w->text, ">");
	if (w->kind == KIND_PLAIN)
		w->kind = KIND_HTML;
}

/* Where an element leads, by where it stands; a table, since this is asked of
   every element. Elements that are not here lead to PLACE_SKIP. */
#define STAY { PLACE_SKIP, PLACE_OUTSIDE, PLACE_ROOT, PLACE_SOURCE, \
	PLACE_FEED, PLACE_ITEM, PLACE_PERSON }
static const unsigned char leads[ELEMENTS][PLACES] = {
	[ELEMENT_ROOT] = { [PLACE_OUTSIDE] = PLACE_ROOT },
	[ELEMENT_FEED] = { [PLACE_OUTSIDE] = PLACE_FEED,
	    [PLACE_ROOT] = PLACE_FEED },
	[ELEMENT_ITEM] = { [PLACE_SKIP] = PLACE_ITEM,
	    [PLACE_OUTSIDE] = PLACE_ITEM, [PLACE_ROOT] = PLACE_ITEM,
	    [PLACE_FEED] = PLACE_ITEM },
	[ELEMENT_PASS] = STAY,
	[ELEMENT_MEDIA] = STAY,
	[ELEMENT_TOPIC] = STAY,
	[ELEMENT_SOURCE] = { [PLACE_ITEM] = PLACE_SOURCE },
	[ELEMENT_PERSON] = { [PLACE_FEED] = PLACE_PERSON,
	    [PLACE_ITEM] = PLACE_PERSON, [PLACE_SOURCE] = PLACE_PERSON },
};

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
	l->place = leads[word->element][parent->place];
	l->base = parent->base;
	l->lang = parent->lang;
	for (; atts[0] != NULL; atts += 2) {
		if (atts[0][0] != 'x' || strncmp(atts[0], "xml:", 4) != 0)
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
	return s == NULL ? "" : html_text(w->mem, s, strlen(s), 0,
	    FEED_LINE_MAX);
}

/* Many an RSS feed comes from another host than the site whose links are in
   it; where it does not, its own address is the better base. */
static const char *
site_elsewhere(const struct walk *w)
{
	const char *site = w->channel.text[FIELD_LINK];

	return w->dialect == SPACE_RSS && site != NULL && url_is_web(site) &&
	    url_is_web(w->level[0].base) &&
	    !url_same_host(site, w->level[0].base) ? site : NULL;
}

static void
begin_item(struct walk *w, const char **atts)
{
	w->in_item = true;
	w->site = site_elsewhere(w);
	draft_reset(&w->item);
	draft_offer(&w->item, FIELD_LANG, 40, top(w)->lang);
	if (atts[0] != NULL)
		rss_attributes(w, atts);
}

static void
collect(struct walk *w, const struct word *word)
{
	w->leaf = word;
	w->nest = 0;
	w->kind = word->kind == KIND_MEDIA || word->kind == KIND_ATOM ?
	    KIND_PLAIN : word->kind;
	w->base64 = false;
	w->permalink = true;
	w->label = "";
	collect_reset(&w->text);
}

void
walk_start(struct walk *w, const struct word *word, const char *local,
    const char **atts)
{
	enum place parent = top(w)->place;

	if (w->leaf != NULL && w->leaf->element == ELEMENT_PERSON)
		w->leaf = NULL;		/* its name is in a child */
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
	if (word->element == ELEMENT_FEED) {
		draft_offer(&w->channel, FIELD_LANG, 10, top(w)->lang);
		if (atts[0] != NULL)
			rss_attributes(w, atts);
	}
	if (word->element <= ELEMENT_PASS ||
	    (word->element == ELEMENT_PERSON ? top(w)->place != PLACE_PERSON :
	    parent <= PLACE_SOURCE))
		return;
	if (word->element != ELEMENT_MEDIA && word->element != ELEMENT_TOPIC &&
	    word->element != ELEMENT_SOURCE)
		collect(w, word);
	if (atts[0] == NULL && word->element != ELEMENT_PERSON)
		return;
	if (word->space == SPACE_ATOM)
		atom_start(w, word, atts);
	else
		rss_start(w, word, atts);
}

/* Does an item begin in the text, and a CDATA in that? */
static bool
holds_item(const char *s, size_t n)
{
	const char *end = s + n, *item = memmem(s, n, "<item", 5);

	if (item == NULL)
		item = memmem(s, n, "<entry", 6);
	return item != NULL && memmem(item, (size_t)(end - item),
	    "<![CDATA[", 9) != NULL;
}

const char *
walk_plain(struct walk *w)
{
	bool body = w->leaf->field == FIELD_SUMMARY ||
	    w->leaf->field == FIELD_CONTENT;
	unsigned how = body ? HTML_LINES : 0;
	size_t n, max = body ? FEED_TEXT_MAX : FEED_LINE_MAX;
	const char *s = collect_view(&w->text, &n), *text;
	bool open;
	int i;

	if (n == 0)
		return "";
	if (w->kind == KIND_HTML || w->kind == KIND_XHTML ||
	    (w->kind == KIND_PLAIN && html_likely(s, n)))
		how |= HTML_MARKUP;
	if (!(how & HTML_MARKUP))
		return html_text(w->mem, s, n, how, max);
	for (i = 0; body && i < 2 && html_escaped(s, n); i++) {
		s = html_text(w->mem, s, n, how, RAW_MAX);
		n = strlen(s);
	}
	text = html_markup_text(w->mem, s, n, how, max, &open);
	if (open && holds_item(s, n))
		w->swallowed = true;
	return text;
}

static void
end_leaf(struct walk *w)
{
	const struct word *leaf = w->leaf;
	const char *text;
	int64_t t;

	if (leaf->element != ELEMENT_TEXT) {
		if (leaf->space == SPACE_ATOM)
			atom_end(w);
		else
			rss_end(w);
	} else if (leaf->kind == KIND_DATE) {
		t = date_parse(collect_buf(&w->text)->data);
		if (t == ARTICLE_NO_TIME)	/* perhaps U+00A0 in it */
			t = date_parse(walk_plain(w));
		draft_offer_time(walk_draft(w), leaf->field, leaf->rank, t);
		if (leaf->space == SPACE_DC)
			draft_offer_time(walk_draft(w), FIELD_UPDATED,
			    DRAFT_RANK_EITHER, t);
	} else {
		if (leaf->space == SPACE_ATOM)
			atom_end(w);
		text = walk_plain(w);
		/* An IRI by the standard; such a one is meant as its site's. */
		if (leaf->field == FIELD_ID && *text == '/')
			text = walk_link(w, text);
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
		if (l->place == PLACE_ITEM &&
		    l->word->element == ELEMENT_ITEM) {
			w->kept = draft_finish_item(&w->item, w->feed,
			    w->mem);
			w->in_item = false;
		} else if (l->word->element == ELEMENT_PERSON &&
		    l->place == PLACE_PERSON)
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
	f->older = draft_link(d->text[FIELD_OLDER]);
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
