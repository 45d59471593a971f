#include "config/check.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/hash.h"
#include "base/mem.h"

struct name {
	const char	*name, *origin;
};

static int
by_name(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c != 0 ? c : strcmp(x->origin, y->origin);
}

/*
 * Whether two names may be equal, by their hashes: 100,000 rules nearly always
 * have as many, and need not be sorted to know it.
 */
static bool
may_repeat(const struct name *list, size_t n)
{
	uint64_t *seen, hash;
	size_t cap = 64, at;
	bool found = false;

	while (cap < n * 2)
		cap *= 2;
	seen = mem_zalloc(cap, sizeof(*seen));
	for (size_t i = 0; i < n && !found; i++) {
		hash = hash_bytes(list[i].name, strlen(list[i].name)) | 1;
		for (at = (hash >> 1) & (cap - 1); seen[at] != 0 &&
		    seen[at] != hash; at = (at + 1) & (cap - 1))
			;
		found = seen[at] == hash;
		seen[at] = hash;
	}
	free(seen);
	return found;
}

/* Tells the second of each pair of equal names; may sort the list. */
static void
check_unique(struct name *list, size_t n, const char *what,
    struct problems *p)
{
	if (!may_repeat(list, n))
		return;
	qsort(list, n, sizeof(*list), by_name);
	for (size_t i = 1; i < n; i++)
		if (list[i].name[0] != '\0' &&
		    strcmp(list[i - 1].name, list[i].name) == 0)
			problems_error(p, list[i].origin, "a second %s is "
			    "called '%s'; the first is at %s", what,
			    list[i].name, list[i - 1].origin);
}

static void
check_names(const struct config *c, struct problems *p)
{
	size_t most = c->nfeeds + c->nnotifiers + c->nrules;
	struct name *list = mem_zalloc(most, sizeof(*list));

	for (size_t i = 0; i < c->nfeeds; i++)
		list[i] = (struct name){ c->feeds[i].name, c->feeds[i].origin };
	check_unique(list, c->nfeeds, "feed", p);
	for (size_t i = 0; i < c->nnotifiers; i++)
		list[i] = (struct name){ c->notifiers[i].name,
		    c->notifiers[i].origin };
	check_unique(list, c->nnotifiers, "notifier", p);
	for (size_t i = 0; i < c->nrules; i++)
		list[i] = (struct name){ c->rules[i].source.name,
		    c->rules[i].name_origin };
	check_unique(list, c->nrules, "rule", p);
	free(list);
}

/* Control characters end a line of a request, or worse. */
static bool
is_line(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
	return true;
}

/* A token and a value (RFC 9110 5.1, 5.5). */
static bool
is_header(const char *s)
{
	size_t name = strspn(s, "!#$%&'*+-.^_`|~0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	return name > 0 && s[name] == ':' && is_line(s + name);
}

/* What says who asks, what is known, and how the answer comes. */
static bool
is_our_header(const char *s)
{
	static const char *const names[] = { "User-Agent", "Host", "A-IM",
		"If-None-Match", "If-Modified-Since", "If-Match",
		"If-Unmodified-Since", "If-Range", "Range", "Accept-Encoding",
		"TE", "Connection", "Keep-Alive", "Upgrade", "Expect",
		"Content-Length", "Transfer-Encoding" };
	size_t len = strcspn(s, ":");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len &&
		    strncasecmp(s, names[i], len) == 0)
			return true;
	return false;
}

static void
check_feed(const struct config_feed *f, struct problems *p)
{
	const char *rest = NULL;

	if (strncasecmp(f->url, "http://", 7) == 0)
		rest = f->url + 7;
	else if (strncasecmp(f->url, "https://", 8) == 0)
		rest = f->url + 8;
	if (f->url[0] != '\0' && (rest == NULL || rest[0] == '\0' ||
	    rest[0] == '/' || strpbrk(f->url, " \t\r\n") != NULL))
		problems_error(p, f->origin, "feed '%s': \"%s\" is not an "
		    "http or https URL", f->name, f->url);
	for (size_t i = 0; i < f->nheaders; i++)
		if (!is_header(f->headers[i]))
			problems_error(p, f->origin, "feed '%s': header \"%s\""
			    " is not of the form \"Name: value\"", f->name,
			    f->headers[i]);
		else if (is_our_header(f->headers[i]))
			problems_error(p, f->origin, "feed '%s': the header "
			    "%.*s is newsalertd's own and cannot be set",
			    f->name, (int)strcspn(f->headers[i], ":"),
			    f->headers[i]);
}

static void
check_notify(const struct config *c, const struct config_rule *rule,
    const char **names, struct problems *p)
{
	const char *near;

	if (rule->nnotify == 0)
		problems_error(p, rule->name_origin, "rule '%s' notifies "
		    "nobody: add notify = [ \"...\" ];", rule->source.name);
	for (size_t i = 0; i < rule->nnotify; i++) {
		size_t k = 0;

		while (k < c->nnotifiers &&
		    strcmp(rule->notify[i], names[k]) != 0)
			k++;
		if (k < c->nnotifiers)
			continue;
		near = problems_nearest(rule->notify[i], names,
		    c->nnotifiers);
		problems_error(p, rule->name_origin, "rule '%s' notifies "
		    "'%s', but there is no such notifier%s%s%s",
		    rule->source.name, rule->notify[i],
		    near != NULL ? ", did you mean '" : "",
		    near != NULL ? near : "", near != NULL ? "'?" : "");
	}
}

void
config_check(const struct config *c, unsigned flags, struct problems *p)
{
	const char **names = mem_zalloc(c->nnotifiers + 1, sizeof(*names));
	struct address_net net;
	struct error err;

	check_names(c, p);
	for (size_t i = 0; i < c->nfeeds; i++)
		check_feed(&c->feeds[i], p);
	for (size_t i = 0; i < c->nnotifiers; i++)
		names[i] = c->notifiers[i].name;
	for (size_t i = 0; i < c->nrules; i++)
		if (c->rules[i].enabled && (flags & CONFIG_RULES_ONLY) == 0)
			check_notify(c, &c->rules[i], names, p);
	for (size_t i = 0; i < c->network.nallow; i++)
		if (address_parse(c->network.allow[i], &net, &err) < 0)
			problems_error(p, c->path, "network.allow: %s",
			    err.text);
	if (!is_line(c->contact))
		problems_error(p, c->path, "'contact' must be one line");
	if (!is_line(c->network.proxy))
		problems_error(p, c->path, "network.proxy must be one line");
	if (c->contact[0] == '\0' && (flags & CONFIG_RULES_ONLY) == 0)
		problems_warning(p, c->path, "no 'contact': those whose feeds "
		    "are polled cannot reach you");
	free(names);
}
