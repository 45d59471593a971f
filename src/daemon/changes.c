#include "daemon/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One named thing and a text that changes when it does. */
struct item {
	const char	*name;
	char		*body;
};

static int
by_name(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void
add_list(struct buf *b, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s\x1f", list[i]);
	buf_adds(b, "\x1e");
}

static void
rule_body(const struct config *c, size_t i, struct buf *b)
{
	const struct config_rule *r = &c->rules[i];

	buf_printf(b, "%s\x1e%d %d %lld %lld %lld\x1e", r->source.when,
	    (int)r->priority, r->enabled, (long long)r->cooldown,
	    (long long)r->max_per_hour, (long long)r->expect_within);
	add_list(b, r->notify, r->nnotify);
	add_list(b, r->source.feeds, r->source.nfeeds);
}

static void
feed_body(const struct config *c, size_t i, struct buf *b)
{
	const struct config_feed *f = &c->feeds[i];

	buf_printf(b, "%s\x1e%lld %d %d\x1e%s\x1e%s\x1e", f->url,
	    (long long)f->interval, f->enabled, (int)f->backlog, f->user,
	    f->password);
	add_list(b, f->tags, f->ntags);
	add_list(b, f->headers, f->nheaders);
}

static void
process_body(const struct config_notifier *n, struct buf *b)
{
	buf_printf(b, "%s\x1e%lld\x1e", n->plugin, (long long)n->timeout);
	for (size_t i = 0; i < n->noptions; i++) {
		buf_printf(b, "%s=", n->options[i].name);
		add_list(b, n->options[i].values, n->options[i].nvalues);
	}
}

static void
notifier_body(const struct config *c, size_t i, struct buf *b)
{
	const struct config_notifier *n = &c->notifiers[i];

	process_body(n, b);
	buf_printf(b, "%lld %lld %lld %s", (long long)n->batch,
	    (long long)n->rate, (long long)n->max_age, n->quiet);
}

bool
changes_notifier_same(const struct config_notifier *a,
    const struct config_notifier *z)
{
	struct buf x, y;
	bool same;

	buf_init(&x, SIZE_MAX / 4);
	buf_init(&y, SIZE_MAX / 4);
	process_body(a, &x);
	process_body(z, &y);
	same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	buf_clear(&x);
	buf_clear(&y);
	return same;
}

static const char *rule_name(const struct config *c, size_t i)
    { return c->rules[i].source.name; }
static const char *feed_name(const struct config *c, size_t i)
    { return c->feeds[i].name; }
static const char *notifier_name(const struct config *c, size_t i)
    { return c->notifiers[i].name; }

static const struct kind {
	const char	*one, *many;
	size_t		 offset;	/* of the count in struct config */
	const char	*(*name)(const struct config *, size_t);
	void		(*body)(const struct config *, size_t, struct buf *);
} kinds[] = {
	{ "rule", "rules", offsetof(struct config, nrules), rule_name,
	  rule_body },
	{ "feed", "feeds", offsetof(struct config, nfeeds), feed_name,
	  feed_body },
	{ "notifier", "notifiers", offsetof(struct config, nnotifiers),
	  notifier_name, notifier_body },
};

static struct item *
items(const struct kind *k, const struct config *c, size_t *n)
{
	struct item *list;
	struct buf b;

	*n = *(const size_t *)(const void *)((const char *)c + k->offset);
	list = mem_zalloc(*n, sizeof(*list));
	for (size_t i = 0; i < *n; i++) {
		buf_init(&b, SIZE_MAX / 4);
		k->body(c, i, &b);
		list[i].name = k->name(c, i);
		list[i].body = buf_steal(&b);
	}
	qsort(list, *n, sizeof(*list), by_name);
	return list;
}

static void
free_items(struct item *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(list[i].body);
	free(list);
}

static void
say(struct buf *out, const struct kind *k, size_t n, const char *before,
    const char *after)
{
	if (n > 0)
		buf_printf(out, "%s%s%zu %s%s", out->len > 0 ? ", " : "",
		    before, n, n == 1 ? k->one : k->many, after);
}

static void
compare(const struct kind *k, const struct config *a, const struct config *z,
    struct buf *out)
{
	size_t n, m, i = 0, j = 0, added = 0, removed = 0, changed = 0;
	struct item *old = items(k, a, &n), *new = items(k, z, &m);

	while (i < n || j < m) {
		int c = i == n ? 1 : j == m ? -1 :
		    strcmp(old[i].name, new[j].name);

		if (c == 0 && strcmp(old[i].body, new[j].body) != 0)
			changed++;
		removed += c < 0;
		added += c > 0;
		i += c <= 0;
		j += c >= 0;
	}
	say(out, k, added, "+", "");
	say(out, k, removed, "", " removed");
	say(out, k, changed, "", " changed");
	free_items(old, n);
	free_items(new, m);
}

void
changes_summary(const struct config *a, const struct config *z,
    struct buf *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		compare(&kinds[i], a, z, out);
	if (out->len == before)
		buf_adds(out, "nothing changed");
}
