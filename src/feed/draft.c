#include "feed/draft.h"

#include <string.h>

#include "feed/url.h"

#define AUTHOR_MAX 512
#define OTHER_RANK 8		/* below are subtitles and captions */

static const char *
or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

void
draft_reset(struct draft *d)
{
	memset(d, 0, sizeof(*d));
	d->time[FIELD_PUBLISHED] = d->time[FIELD_UPDATED] = ARTICLE_NO_TIME;
}

void
draft_offer(struct draft *d, enum field f, int rank, const char *text)
{
	bool wins = d->text[f] == NULL || d->rank[f] < rank;

	if (text == NULL || *text == '\0')
		return;
	if (f == FIELD_SUMMARY && d->text[f] != NULL &&
	    rank >= OTHER_RANK && d->rank[f] >= OTHER_RANK)
		d->other = wins ? d->text[f] : text;
	if (!wins)
		return;
	d->text[f] = text;
	d->rank[f] = (uint8_t)rank;
}

void
draft_offer_time(struct draft *d, enum field f, int rank, int64_t t)
{
	if (t == ARTICLE_NO_TIME ||
	    (d->time[f] != ARTICLE_NO_TIME && d->rank[f] >= rank))
		return;
	d->time[f] = t;
	d->rank[f] = (uint8_t)rank;
}

void
draft_add_author(struct draft *d, struct arena *mem, int rank,
    const char *name)
{
	const char *have = d->text[FIELD_AUTHOR];

	if (*name == '\0')
		return;
	if (have == NULL || d->rank[FIELD_AUTHOR] != rank) {
		draft_offer(d, FIELD_AUTHOR, rank, name);
		return;
	}
	if (strstr(have, name) == NULL &&
	    strlen(have) + strlen(name) < AUTHOR_MAX)
		d->text[FIELD_AUTHOR] = arena_printf(mem, "%s, %s", have,
		    name);
}

static void
append(const char ***list, size_t *n, size_t *cap, struct arena *mem,
    const char *s)
{
	const char **more;
	size_t i;

	if (*s == '\0' || *n == ARTICLE_LIST_MAX)
		return;
	for (i = 0; i < *n; i++)
		if ((*list)[i][0] == *s && strcmp((*list)[i], s) == 0)
			return;
	if (*n == *cap) {
		*cap = *cap == 0 ? 4 : *cap * 2;
		more = arena_alloc(mem, *cap * sizeof(*more));
		if (*n > 0)
			memcpy(more, *list, *n * sizeof(*more));
		*list = more;
	}
	(*list)[(*n)++] = s;
}

void
draft_add_category(struct draft *d, struct arena *mem, const char *s)
{
	append(&d->categories, &d->ncategories, &d->categories_cap, mem,
	    draft_text(s, FEED_NAME_MAX, mem));
}

void
draft_add_enclosure(struct draft *d, struct arena *mem, const char *s)
{
	append(&d->enclosures, &d->nenclosures, &d->enclosures_cap, mem,
	    draft_link(s));
}

const char *
draft_text(const char *s, size_t max, struct arena *mem)
{
	size_t n;

	if (s == NULL)
		return "";
	n = strnlen(s, max + 1);
	if (n <= max)
		return s;
	for (n = max; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80; n--)
		;
	return arena_strndup(mem, s, n);
}

const char *
draft_link(const char *s)
{
	return s == NULL || strnlen(s, FEED_URL_MAX + 1) > FEED_URL_MAX ?
	    "" : s;
}

static struct article *
add_item(struct feed *f, struct arena *mem)
{
	struct article *more;

	if (f->nitems == f->cap) {
		f->cap = f->cap == 0 ? 32 : f->cap * 2;
		more = arena_alloc(mem, f->cap * sizeof(*more));
		if (f->nitems > 0)
			memcpy(more, f->items, f->nitems * sizeof(*more));
		f->items = more;
	}
	article_init(&f->items[f->nitems]);
	return &f->items[f->nitems++];
}

bool
draft_finish_item(const struct draft *d, struct feed *f, struct arena *mem)
{
	struct article *a;
	int i, found = 0;

	for (i = FIELD_TITLE; i <= FIELD_CONTENT; i++)
		found |= d->text[i] != NULL;
	found |= d->nenclosures > 0 || d->ncategories > 0 ||
	    d->time[FIELD_PUBLISHED] != ARTICLE_NO_TIME ||
	    d->time[FIELD_UPDATED] != ARTICLE_NO_TIME;
	if (!found || f->nitems == FEED_ITEMS_MAX) {
		f->dropped++;
		return false;
	}
	a = add_item(f, mem);
	a->title = or_empty(d->text[FIELD_TITLE]);
	a->link = draft_link(d->text[FIELD_LINK]);
	a->id = or_empty(d->text[FIELD_ID]);
	a->author = or_empty(d->text[FIELD_AUTHOR]);
	a->summary = or_empty(d->text[FIELD_SUMMARY]);
	a->content = or_empty(d->text[FIELD_CONTENT]);
	if (*a->content == '\0' && d->other != NULL &&
	    strcmp(d->other, a->summary) != 0)
		a->content = d->other;
	a->lang = or_empty(d->text[FIELD_LANG]);
	a->published = d->time[FIELD_PUBLISHED];
	a->updated = d->time[FIELD_UPDATED];
	if (d->rank[FIELD_UPDATED] == DRAFT_RANK_EITHER &&
	    a->updated == a->published)
		a->updated = ARTICLE_NO_TIME;
	if (d->ncategories > 0) {
		a->categories = d->categories;
		a->ncategories = d->ncategories;
	}
	if (d->nenclosures > 0) {
		a->enclosures = d->enclosures;
		a->nenclosures = d->nenclosures;
	}
	return true;
}
