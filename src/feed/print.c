/* A feed as the JSON object of "newsalertctl read". */
#include <inttypes.h>

#include "feed/feed.h"

static void
string(struct buf *b, const char *s)
{
	const char *from = s;
	unsigned char c;

	buf_addc(b, '"');
	for (; (c = (unsigned char)*s) != '\0'; s++) {
		if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, from, (size_t)(s - from));
		from = s + 1;
		if (c == '\n')
			buf_adds(b, "\\n");
		else if (c == '"' || c == '\\') {
			buf_addc(b, '\\');
			buf_addc(b, (char)c);
		} else
			buf_printf(b, "\\u%04x", c);
	}
	buf_add(b, from, (size_t)(s - from));
	buf_addc(b, '"');
}

static void
member(struct buf *b, const char *key, const char *value)
{
	buf_addc(b, ',');
	string(b, key);
	buf_addc(b, ':');
	string(b, value);
}

static void
moment(struct buf *b, const char *key, int64_t t)
{
	buf_addc(b, ',');
	string(b, key);
	if (t == ARTICLE_NO_TIME)
		buf_adds(b, ":null");
	else
		buf_printf(b, ":%" PRId64, t);
}

static void
list(struct buf *b, const char *key, const char *const *s, size_t n)
{
	size_t i;

	buf_addc(b, ',');
	string(b, key);
	buf_adds(b, ":[");
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(b, ',');
		string(b, s[i]);
	}
	buf_addc(b, ']');
}

static void
item(struct buf *b, const struct article *a)
{
	buf_adds(b, "{\"id\":");
	string(b, a->id);
	member(b, "title", a->title);
	member(b, "link", a->link);
	moment(b, "published", a->published);
	moment(b, "updated", a->updated);
	member(b, "author", a->author);
	list(b, "categories", a->categories, a->ncategories);
	member(b, "summary", a->summary);
	member(b, "content", a->content);
	list(b, "enclosures", a->enclosures, a->nenclosures);
	if (a->lang[0] != '\0')
		member(b, "lang", a->lang);
	buf_addc(b, '}');
}

void
feed_json(const struct feed *f, struct buf *b)
{
	size_t i;

	buf_adds(b, "{\"format\":");
	string(b, f->format);
	member(b, "title", f->title);
	member(b, "link", f->link);
	if (f->description[0] != '\0')
		member(b, "description", f->description);
	if (f->lang[0] != '\0')
		member(b, "lang", f->lang);
	if (f->self[0] != '\0')
		member(b, "self", f->self);
	if (f->damaged[0] != '\0')
		member(b, "damaged", f->damaged);
	if (f->dropped > 0)
		buf_printf(b, ",\"dropped\":%zu", f->dropped);
	if (f->nadvertised > 0)
		list(b, "advertised", f->advertised, f->nadvertised);
	buf_adds(b, ",\"items\":[");
	for (i = 0; i < f->nitems; i++) {
		if (i > 0)
			buf_addc(b, ',');
		item(b, &f->items[i]);
	}
	buf_adds(b, "]}");
}
