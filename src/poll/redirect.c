#include "poll/redirect.h"

#include <string.h>
#include <strings.h>

#include "base/duration.h"
#include "poll/freshness.h"

void
poll_chain_init(struct poll_chain *c, const char *url)
{
	memset(c, 0, sizeof(*c));
	c->urls[0] = url;
}

static bool
has_scheme(const char *url, const char *scheme)
{
	size_t n = strlen(scheme);

	return strncasecmp(url, scheme, n) == 0 &&
	    strncmp(url + n, "://", 3) == 0;
}

int
poll_chain_follow(struct poll_chain *c, const struct poll_answer *a,
    int64_t held, int64_t now, int64_t *at, struct error *err)
{
	char wait[32];

	*at = now;
	if (freshness_retry_after(a->retry_after, now, at) &&
	    *at - now > POLL_HOP_WAIT)
		return error_set(err, "redirected to %s, but not before %s "
		    "have passed", a->location, duration_text(
		    (*at - now) * 1000, wait, sizeof(wait)));
	if (held > *at)
		*at = held;
	if (*at - now > POLL_HOP_WAIT)
		return error_set(err, "redirected to %s, whose host asked us "
		    "to wait for another %s", a->location, duration_text(
		    (*at - now) * 1000, wait, sizeof(wait)));
	if (!has_scheme(a->location, "http") &&
	    !has_scheme(a->location, "https"))
		return error_set(err, "redirected to %s, which is neither "
		    "http nor https", a->location);
	if (c->hops == POLL_HOPS)
		return error_set(err, "redirected more than %d times",
		    POLL_HOPS);
	for (unsigned i = 0; i <= c->hops; i++)
		if (strcmp(c->urls[i], a->location) == 0)
			return error_set(err, "redirected in a circle to %s",
			    a->location);
	if (a->status != 301 && a->status != 308)
		c->temporary = true;
	c->urls[++c->hops] = a->location;
	return 0;
}

/* The authority without user, its length in *len. */
static const char *
authority(const char *url, size_t *len)
{
	const char *p = strstr(url, "://"), *at;

	p = p != NULL ? p + 3 : url;
	*len = strcspn(p, "/?#");
	while ((at = memchr(p, '@', *len)) != NULL) {
		*len -= (size_t)(at + 1 - p);
		p = at + 1;
	}
	return p;
}

char *
poll_host_of(const char *url, char *out, size_t size)
{
	const char *port = has_scheme(url, "https") ? ":443" : ":80";
	size_t n, len;
	const char *p = authority(url, &len);

	n = strlen(port);
	if (len > n && memcmp(p + len - n, port, n) == 0)
		len -= n;
	if (len >= size)
		len = size - 1;
	for (size_t i = 0; i < len; i++)
		out[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] - 'A' + 'a') :
		    p[i];
	out[len] = '\0';
	return out;
}

bool
poll_same_origin(const char *a, const char *b)
{
	char x[POLL_HOST_SIZE], y[POLL_HOST_SIZE];

	if (strcmp(a, b) == 0)
		return true;
	return has_scheme(a, "https") == has_scheme(b, "https") &&
	    strcmp(poll_host_of(a, x, sizeof(x)),
	    poll_host_of(b, y, sizeof(y))) == 0;
}

const char *
poll_robots_url(const char *url, struct arena *mem)
{
	size_t len;
	const char *host = authority(url, &len);

	return arena_printf(mem, "%.*s/robots.txt", (int)(host + len - url),
	    url);
}

const char *
poll_robots_path(const char *url, struct arena *mem)
{
	size_t len;
	const char *path = authority(url, &len) + len;

	return arena_printf(mem, "%s%.*s", *path == '/' ? "" : "/",
	    (int)strcspn(path, "#"), path);
}

/* A page to log in is where a captive portal or an expired session leads. */
static bool
looks_like_login(const char *url)
{
	static const char *const words[] = { "login", "signin", "sign-in",
		"captive", "/sso", "oauth", "/auth" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(url, words[i]) != NULL)
			return true;
	return false;
}

/* Whoever can forge one answer over http could name the target. */
static bool
loses_security(const struct poll_chain *c)
{
	bool secure = false;

	for (unsigned i = 0; i <= c->hops; i++) {
		if (secure && !has_scheme(c->urls[i], "https"))
			return true;
		secure = secure || has_scheme(c->urls[i], "https");
	}
	return false;
}

static bool
may_replace(const struct poll_chain *c)
{
	return c->hops > 0 && !c->temporary && !loses_security(c) &&
	    !looks_like_login(c->urls[c->hops]);
}

bool
poll_redirect_seen(struct poll_state *s, const struct poll_chain *c,
    int64_t now)
{
	const char *target = c->urls[c->hops];

	if (!may_replace(c)) {
		s->redirect = "";
		s->redirect_since = s->redirect_count = 0;
		return false;
	}
	if (strcmp(s->redirect, target) != 0 || s->redirect_since > now) {
		s->redirect = target;
		s->redirect_since = now;
		s->redirect_count = 0;
	}
	s->redirect_count++;
	if (s->redirect_count < POLL_REDIRECT_TIMES ||
	    now - s->redirect_since < POLL_REDIRECT_AGE)
		return false;
	s->url = target;
	s->redirect = "";
	s->redirect_since = s->redirect_count = 0;
	return true;
}
