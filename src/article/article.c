#include "article/article.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

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
article_key(const struct article *a, enum article_name name)
{
	if (name == ARTICLE_ID)
		return a->id[0] == '\0' ? 0 :
		    hash_key((const char *[]){ "id", a->id }, 2);
	if (name == ARTICLE_LINK)
		return a->link[0] == '\0' ? 0 :
		    hash_key((const char *[]){ "link", a->link }, 2);
	return hash_key((const char *[]){ "text", a->title, article_body(a) },
	    3);
}

/* Where in the document a name is used. */
struct use {
	uint64_t hash;
	size_t	 at;
};

static int
compare_uses(const void *a, const void *b)
{
	const struct use *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static const char *
name_of(const struct article *a, enum article_name name)
{
	return name == ARTICLE_ID ? a->id : a->link;
}

/* Those that have no name yet and a name of this kind for themselves get it. */
static void
give_names(const struct article *a, size_t n, enum article_name name,
    struct use *uses, enum article_name *names)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (name_of(&a[i], name)[0] != '\0')
			uses[count++] = (struct use){
				hash_str(name_of(&a[i], name)), i };
	qsort(uses, count, sizeof(*uses), compare_uses);
	for (size_t i = 0; i < count; i++) {
		bool shared = (i > 0 && uses[i - 1].hash == uses[i].hash) ||
		    (i + 1 < count && uses[i + 1].hash == uses[i].hash);

		if (!shared && names[uses[i].at] == ARTICLE_TEXT)
			names[uses[i].at] = name;
	}
}

void
article_name_all(const struct article *a, size_t n, enum article_name *names)
{
	struct use *uses = mem_zalloc(n, sizeof(*uses));

	for (size_t i = 0; i < n; i++)
		names[i] = ARTICLE_TEXT;
	give_names(a, n, ARTICLE_ID, uses, names);
	give_names(a, n, ARTICLE_LINK, uses, names);
	free(uses);
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
