#include "ctl/articles.h"

#include <string.h>

#include "ctl/document.h"

int
articles_input(const char *name, enum articles_input *out)
{
	static const char *const names[] = { NULL, "feed", "jsonl", "text" };

	for (int i = ARTICLES_FEED; i <= ARTICLES_TEXT; i++)
		if (strcmp(name, names[i]) == 0) {
			*out = (enum articles_input)i;
			return 0;
		}
	return -1;
}

static bool
ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

/* One object a line with a title or text: JSON lines; else a JSON feed. */
static bool
looks_like_lines(const char *s, size_t len)
{
	const char *end = memchr(s, '\n', len);
	json_t *o = json_loadb(s, end != NULL ? (size_t)(end - s) : len, 0,
	    NULL);
	bool yes = json_is_object(o) && json_object_get(o, "items") == NULL &&
	    (json_object_get(o, "title") != NULL ||
	    json_object_get(o, "text") != NULL);

	json_decref(o);
	return yes;
}

static enum articles_input
guess(const char *name, const char *s, size_t len)
{
	if (ends_in(name, ".jsonl") || ends_in(name, ".ndjson"))
		return ARTICLES_JSONL;
	if (ends_in(name, ".txt"))
		return ARTICLES_TEXT;
	while (len > 0 && (strchr(" \t\r\n", *s) != NULL ||
	    (unsigned char)*s >= 0x80)) {	/* space, a byte order mark */
		s++;
		len--;
	}
	if (len > 0 && *s == '{')
		return looks_like_lines(s, len) ? ARTICLES_JSONL :
		    ARTICLES_FEED;
	return len > 0 && *s == '<' ? ARTICLES_FEED : ARTICLES_TEXT;
}

static int64_t
moment(const json_t *o, const char *key)
{
	const json_t *t = json_object_get(o, key);

	return json_is_number(t) ? (int64_t)json_number_value(t) :
	    ARTICLE_NO_TIME;
}

static const char *
first_of(const json_t *o, const char *const *keys)
{
	const char *s = "";

	for (; *keys != NULL && *s == '\0'; keys++)
		s = command_string(o, *keys);
	return s;
}

/* The strings stay the object's. */
static void
take_object(const json_t *o, struct arena *mem, struct article *a)
{
	static const char *const bodies[] = { "content", "text", "body", NULL };
	const json_t *list = json_object_get(o, "categories");
	size_t n = json_array_size(list);

	article_init(a);
	a->id = command_string(o, "id");
	a->title = command_string(o, "title");
	a->link = command_string(o, "link");
	a->author = command_string(o, "author");
	a->summary = command_string(o, "summary");
	a->content = first_of(o, bodies);
	a->lang = command_string(o, "lang");
	a->published = moment(o, "published");
	a->updated = moment(o, "updated");
	if (n > ARTICLE_LIST_MAX)
		n = ARTICLE_LIST_MAX;
	a->categories = arena_zalloc(mem, n + 1, sizeof(*a->categories));
	for (size_t i = 0; i < n; i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (s != NULL)
			a->categories[a->ncategories++] = s;
	}
}

static void
give(const json_t *o, const char *feed, article_sink *sink, void *arg)
{
	struct arena mem;
	struct article a;
	char number[32];
	const json_t *id = json_object_get(o, "id");
	const char *name;

	arena_init(&mem);
	take_object(o, &mem, &a);
	name = a.id[0] != '\0' ? a.id : a.link;
	if (json_is_integer(id)) {
		snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
		    json_integer_value(id));
		name = number;
	}
	sink(arg, name, feed, &a);
	arena_free(&mem);
}

static int
read_feed(const char *name, const struct document *d, article_sink *sink,
    void *arg, struct error *err)
{
	json_t *feed = NULL, *items;
	struct buf out;
	enum parsed r;
	int result = -1;

	buf_init(&out, 4ul * DOCUMENT_MAX);
	r = document_parse(d, &out, err);
	if (r == PARSED_NOT)
		error_set(err, "%s is no feed", name);
	else if (r == PARSED)
		feed = json_loadb(out.data, out.len, 0, NULL);
	if (feed != NULL) {
		items = json_object_get(feed, "items");
		for (size_t i = 0; i < json_array_size(items); i++)
			give(json_array_get(items, i), "", sink, arg);
		result = 0;
	} else if (r == PARSED)
		error_set(err, "newsalertd-parse printed no JSON");
	json_decref(feed);
	buf_clear(&out);
	return result;
}

static int
read_lines(const char *name, const struct buf *in, article_sink *sink,
    void *arg, struct error *err)
{
	const char *s = in->data, *end = in->data + in->len;
	unsigned long line = 1;

	for (; s < end; line++) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((stop != NULL ? stop : end) - s);
		json_error_t bad;
		json_t *o;

		if (strspn(s, " \t\r") < len) {
			o = json_loadb(s, len, 0, &bad);
			if (!json_is_object(o)) {
				json_decref(o);
				return error_set(err, "%s:%lu: %s", name, line,
				    o == NULL ? bad.text : "no object");
			}
			give(o, "", sink, arg);
			json_decref(o);
		}
		s += len + 1;
	}
	return 0;
}

static int
read_text(const char *name, const struct buf *in, article_sink *sink,
    void *arg)
{
	struct article a;
	char *s = in->data, *end;

	article_init(&a);
	s += strspn(s, "\r\n\t ");
	a.title = s;
	if ((end = strchr(s, '\n')) != NULL) {
		*end = '\0';
		a.content = end + 1;
	}
	sink(arg, strcmp(name, "-") == 0 ? "" : name, "", &a);
	return 0;
}

int
articles_read(const char *name, const struct config_access *access,
    enum articles_input input, article_sink *sink, void *arg,
    struct error *err)
{
	struct document d;
	struct arena mem;
	int r = -1;

	arena_init(&mem);
	if (document_load(&d, name, access, &mem, err) == 0) {
		buf_adds(&d.data, "");	/* never NULL */
		if (input == ARTICLES_GUESS)
			input = guess(name, d.data.data, d.data.len);
		if (input == ARTICLES_FEED)
			r = read_feed(name, &d, sink, arg, err);
		else if (input == ARTICLES_JSONL)
			r = read_lines(name, &d.data, sink, arg, err);
		else
			r = read_text(name, &d.data, sink, arg);
	}
	document_clear(&d);
	arena_free(&mem);
	return r;
}

int
articles_stored(struct ctl *c, int64_t since, article_sink *sink, void *arg)
{
	long long after = 0;
	bool more = true;

	while (more) {
		json_t *reply = command_ask(c, json_pack("{s:s, s:I, s:I}",
		    "command", "articles", "since", (json_int_t)since, "after",
		    (json_int_t)after));
		const json_t *list = json_object_get(reply, "articles");
		size_t n = json_array_size(list);

		if (reply == NULL)
			return STATUS_FAILED;
		for (size_t i = 0; i < n; i++) {
			const json_t *o = json_array_get(list, i);

			give(o, command_string(o, "feed"), sink, arg);
			after = command_integer(o, "id");
		}
		more = n > 0 && json_is_true(json_object_get(reply, "more"));
		json_decref(reply);
	}
	return STATUS_OK;
}
