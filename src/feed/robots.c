#include "feed/robots.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#define RULE_MAX 2048		/* longer ones are nobody's honest rule */

/* A piece of the document. */
struct span {
	const char *p;
	size_t	    n;
};

struct verdict {
	size_t	length;		/* of the rule it comes from */
	bool	deny;
};

struct reader {
	struct span	rest;
	const char     *agent, *path;
	bool		in_names;	/* the last line was a user-agent */
	bool		mine, others;	/* whom the present group is for */
	bool		named;		/* some group is for us by name */
	struct verdict	by_name, by_star;
};

static struct span
trim(struct span s)
{
	while (s.n > 0 && strchr(" \t\r\f\v", s.p[0]) != NULL && s.p[0] != '\0')
		s.p++, s.n--;
	while (s.n > 0 && strchr(" \t\r\f\v", s.p[s.n - 1]) != NULL &&
	    s.p[s.n - 1] != '\0')
		s.n--;
	return s;
}

/* The next line as key and value, without a comment; false at the end. */
static bool
next_line(struct reader *r, struct span *key, struct span *value)
{
	const char *hash, *colon;
	struct span line = r->rest;

	if (r->rest.n == 0)
		return false;
	for (line.n = 0; line.n < r->rest.n && line.p[line.n] != '\n' &&
	    line.p[line.n] != '\r';)
		line.n++;
	r->rest.p += line.n + (line.n < r->rest.n);
	r->rest.n -= line.n + (line.n < r->rest.n);
	if ((hash = memchr(line.p, '#', line.n)) != NULL)
		line.n = (size_t)(hash - line.p);
	*key = *value = (struct span){ line.p, 0 };
	if ((colon = memchr(line.p, ':', line.n)) == NULL)
		return true;
	*key = trim((struct span){ line.p, (size_t)(colon - line.p) });
	*value = trim((struct span){ colon + 1,
	    line.n - (size_t)(colon + 1 - line.p) });
	return true;
}

static bool
is(struct span s, const char *text)
{
	return s.n == strlen(text) && strncasecmp(s.p, text, s.n) == 0;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte, with %xx read as what it stands for. */
static unsigned char
byte(const char *p, size_t n, size_t *used)
{
	if (n >= 3 && *p == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0) {
		*used = 3;
		return (unsigned char)(hex(p[1]) << 4 | hex(p[2]));
	}
	*used = 1;
	return (unsigned char)*p;
}

/* From the start of the path; the last '*' takes more when the rest fails. */
static bool
fits(struct span rule, const char *path)
{
	size_t left = strlen(path), i = 0, used_rule, used_path;
	size_t star = SIZE_MAX;
	const char *again = NULL;

	for (;;) {
		if (i == rule.n ||
		    (i + 1 == rule.n && rule.p[i] == '$' && left == 0))
			return true;
		if (rule.p[i] == '*') {
			star = ++i;
			again = path;
			continue;
		}
		if (left > 0 && !(i + 1 == rule.n && rule.p[i] == '$') &&
		    byte(rule.p + i, rule.n - i, &used_rule) ==
		    byte(path, left, &used_path)) {
			i += used_rule;
			path += used_path;
			left -= used_path;
			continue;
		}
		if (star == SIZE_MAX || *again == '\0')
			return false;
		i = star;
		left = strlen(again);
		byte(again, left, &used_path);
		path = again += used_path;
		left -= used_path;
	}
}

static void
judge(struct verdict *v, struct span rule, bool deny)
{
	if (rule.n > v->length || (rule.n == v->length && !deny)) {
		v->length = rule.n;
		v->deny = deny;
	}
}

static void
take_name(struct reader *r, struct span value)
{
	const char *version = memchr(value.p, '/', value.n);

	if (!r->in_names)
		r->mine = r->others = false;
	r->in_names = true;
	r->others |= is(value, "*");
	/* The product token alone; a version may follow it. */
	if (version != NULL)
		value.n = (size_t)(version - value.p);
	if (is(value, r->agent))
		r->mine = r->named = true;
}

static void
take_line(struct reader *r, struct span key, struct span value)
{
	bool deny = is(key, "disallow");

	if (is(key, "user-agent")) {
		take_name(r, value);
		return;
	}
	if (!deny && !is(key, "allow"))
		return;
	r->in_names = false;
	if (value.n == 0 || value.n > RULE_MAX || !fits(value, r->path))
		return;
	if (r->mine)
		judge(&r->by_name, value, deny);
	if (r->others)
		judge(&r->by_star, value, deny);
}

bool
robots_allow(const char *text, size_t n, const char *agent, const char *path)
{
	struct reader r = { .rest = { text, n }, .agent = agent,
		.path = path };
	struct span key, value;

	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.rest = (struct span){ text + 3, n - 3 };
	while (next_line(&r, &key, &value))
		take_line(&r, key, value);
	return r.named ? !r.by_name.deny : !r.by_star.deny;
}
