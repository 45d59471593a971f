/* A feed as the JSON object of "newsalertctl read". */
#include <inttypes.h>

#include "feed/feed.h"
#include "feed/json_text.h"

static void
moment(struct buf *b, const char *key, int64_t t)
{
	buf_addc(b, ',');
	json_text(b, key);
	if (t == ARTICLE_NO_TIME)
		buf_adds(b, ":null");
	else
		buf_printf(b, ":%" PRId64, t);
}

static void
item(struct buf *b, const struct article *a)
{
	buf_adds(b, "{\"id\":");
	json_text(b, a->id);
	json_text_member(b, "title", a->title);
	json_text_member(b, "link", a->link);
	moment(b, "published", a->published);
	moment(b, "updated", a->updated);
	json_text_member(b, "author", a->author);
	json_text_list(b, "categories", a->categories, a->ncategories);
	json_text_member(b, "summary", a->summary);
	json_text_member(b, "content", a->content);
	json_text_list(b, "enclosures", a->enclosures, a->nenclosures);
	if (a->lang[0] != '\0')
		json_text_member(b, "lang", a->lang);
	buf_addc(b, '}');
}

void
feed_json(const struct feed *f, struct buf *b)
{
	size_t i;

	buf_adds(b, "{\"format\":");
	json_text(b, f->format);
	json_text_member(b, "title", f->title);
	json_text_member(b, "link", f->link);
	if (f->description[0] != '\0')
		json_text_member(b, "description", f->description);
	if (f->lang[0] != '\0')
		json_text_member(b, "lang", f->lang);
	if (f->self[0] != '\0')
		json_text_member(b, "self", f->self);
	if (f->older[0] != '\0')
		json_text_member(b, "older", f->older);
	if (f->damaged[0] != '\0')
		json_text_member(b, "damaged", f->damaged);
	if (f->dropped > 0)
		buf_printf(b, ",\"dropped\":%zu", f->dropped);
	if (f->nadvertised > 0)
		json_text_list(b, "advertised", f->advertised, f->nadvertised);
	buf_adds(b, ",\"items\":[");
	for (i = 0; i < f->nitems; i++) {
		if (i > 0)
			buf_addc(b, ',');
		item(b, &f->items[i]);
	}
	buf_adds(b, "]}");
}
