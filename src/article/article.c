#include "article/article.h"

#include <string.h>

#include "base/hash.h"

void
article_init(struct article *a)
{
	static const char *none[1];

	memset(a, 0, sizeof(*a));
	a->id = a->title = a->link = a->author = "";
	a->summary = a->content = a->lang = "";
	a->published = a->updated = ARTICLE_NO_TIME;
	a->categories = a->enclosures = none;
}

const char *
article_body(const struct article *a)
{
	return a->content[0] != '\0' ? a->content : a->summary;
}

int64_t
article_identity(const struct article *a, int ids_unique, int links_unique)
{
	if (ids_unique && a->id[0] != '\0')
		return hash_key((const char *[]){ "id", a->id }, 2);
	if (links_unique && a->link[0] != '\0')
		return hash_key((const char *[]){ "link", a->link }, 2);
	return hash_key((const char *[]){ "text", a->title, article_body(a) },
	    3);
}

int64_t
article_version(const struct article *a)
{
	return hash_key((const char *[]){ a->title, a->summary, a->content },
	    3);
}

void
article_put(struct buf *b, const struct article *a)
{
	wire_put_str(b, a->id);
	wire_put_str(b, a->title);
	wire_put_str(b, a->link);
	wire_put_str(b, a->author);
	wire_put_str(b, a->summary);
	wire_put_str(b, a->content);
	wire_put_str(b, a->lang);
	wire_put_i64(b, a->published);
	wire_put_i64(b, a->updated);
	wire_put_strs(b, a->categories, a->ncategories);
	wire_put_strs(b, a->enclosures, a->nenclosures);
}

void
article_get(struct wire *w, struct arena *mem, struct article *a)
{
	article_init(a);
	a->id = wire_get_str(w, mem);
	a->title = wire_get_str(w, mem);
	a->link = wire_get_str(w, mem);
	a->author = wire_get_str(w, mem);
	a->summary = wire_get_str(w, mem);
	a->content = wire_get_str(w, mem);
	a->lang = wire_get_str(w, mem);
	a->published = wire_get_i64(w);
	a->updated = wire_get_i64(w);
	a->categories = wire_get_strs(w, mem, &a->ncategories,
	    ARTICLE_LIST_MAX);
	a->enclosures = wire_get_strs(w, mem, &a->nenclosures,
	    ARTICLE_LIST_MAX);
}
