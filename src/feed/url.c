#include "feed/url.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

/* The five parts of RFC 3986, appendix B; len is 0 and s NULL when absent. */
struct part {
	const char	*s;
	size_t		 n;
};

struct url {
	struct part scheme, authority, path, query, fragment;
};

static size_t
scheme_length(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*s))
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '+' || s[n] == '-' ||
	    s[n] == '.')
		n++;
	return s[n] == ':' ? n : 0;
}

static void
split(const char *s, struct url *u)
{
	size_t n;

	memset(u, 0, sizeof(*u));
	if ((n = scheme_length(s)) > 0) {
		u->scheme = (struct part){ s, n };
		s += n + 1;
	}
	if (s[0] == '/' && s[1] == '/') {
		n = strcspn(s + 2, "/?#");
		u->authority = (struct part){ s + 2, n };
		s += n + 2;
	}
	n = strcspn(s, "?#");
	u->path = (struct part){ s, n };
	s += n;
	if (*s == '?') {
		n = strcspn(++s, "#");
		u->query = (struct part){ s, n };
		s += n;
	}
	if (*s == '#')
		u->fragment = (struct part){ s + 1, strlen(s + 1) };
}

/* RFC 3986, section 5.2.4, in place; the path begins at offset from. */
static void
remove_dots(struct buf *b, size_t from)
{
	char *in = b->data + from, *out = in, *start = in, *next;
	size_t n;

	while (*in != '\0') {
		next = strchrnul(in + 1, '/');
		n = (size_t)(next - in);
		if (n == 2 && in[0] == '/' && in[1] == '.') {
			if (*next == '\0')
				*out++ = '/';
		} else if (n == 3 && memcmp(in, "/..", 3) == 0) {
			while (out > start && *--out != '/')
				;
			if (*next == '\0')
				*out++ = '/';
		} else {
			memmove(out, in, n);
			out += n;
		}
		in = next;
	}
	*out = '\0';
	b->len = (size_t)(out - b->data);
}

static void
add(struct buf *b, const char *before, const struct part *p)
{
	if (p->s == NULL)
		return;
	buf_adds(b, before);
	buf_add(b, p->s, p->n);
}

static void
merge_path(struct buf *b, const struct url *base, const struct url *ref)
{
	const char *slash;
	size_t from = b->len;

	if (ref->path.n > 0 && ref->path.s[0] == '/')
		buf_add(b, ref->path.s, ref->path.n);
	else {
		slash = base->path.n == 0 ? NULL :
		    memrchr(base->path.s, '/', base->path.n);
		if (slash != NULL)
			buf_add(b, base->path.s,
			    (size_t)(slash - base->path.s) + 1);
		else
			buf_addc(b, '/');
		buf_add(b, ref->path.s, ref->path.n);
	}
	if (b->data[from] == '/' && !b->full)
		remove_dots(b, from);
}

/* White space goes from the ends, line ends from the inside; "&amp;", which is
   never part of an address, was escaped once too often. */
static char *
clean(struct arena *mem, const char *s)
{
	char *out, *o;
	size_t n = strlen(s);

	while (n > 0 && (unsigned char)*s <= ' ')
		s++, n--;
	while (n > 0 && (unsigned char)s[n - 1] <= ' ')
		n--;
	o = out = arena_alloc(mem, n * 3 + 1);
	for (; n > 0; s++, n--) {
		if (*s == '&' && n >= 5 && memcmp(s, "&amp;", 5) == 0) {
			*o++ = '&';
			s += 4;
			n -= 4;
		} else if (*s == ' ') {
			memcpy(o, "%20", 3);
			o += 3;
		} else if ((unsigned char)*s > ' ' && *s != 0x7f)
			*o++ = *s;
	}
	*o = '\0';
	return out;
}

const char *
url_resolve(struct arena *mem, const char *base, const char *ref)
{
	struct url b, r;
	struct buf out;
	const char *s = clean(mem, ref), *result;

	split(s, &r);
	split(base, &b);
	if (r.scheme.s != NULL || b.scheme.s == NULL || b.authority.s == NULL)
		return s;
	buf_init(&out, strlen(base) + strlen(s) + 16);
	buf_add(&out, b.scheme.s, b.scheme.n);
	buf_adds(&out, "://");
	if (r.authority.s != NULL) {
		buf_add(&out, r.authority.s, r.authority.n);
		add(&out, "", &r.path);
		add(&out, "?", &r.query);
	} else {
		buf_add(&out, b.authority.s, b.authority.n);
		if (r.path.n == 0) {
			add(&out, "", &b.path);
			add(&out, "?", r.query.s ? &r.query : &b.query);
		} else {
			merge_path(&out, &b, &r);
			add(&out, "?", &r.query);
		}
	}
	add(&out, "#", &r.fragment);
	result = arena_strdup(mem, out.data);
	buf_clear(&out);
	return result;
}

bool
url_is_web(const char *s)
{
	const char *host;

	if ((s[0] | 0x20) != 'h' || (s[1] | 0x20) != 't' ||
	    (s[2] | 0x20) != 't' || (s[3] | 0x20) != 'p')
		return false;
	s += 4;
	if ((*s | 0x20) == 's')
		s++;
	if (s[0] != ':' || s[1] != '/' || s[2] != '/')
		return false;
	host = s += 3;
	while (*s != '\0' && *s != '/' && *s != '?' && *s != '#')
		if (*s++ == '<')
			return false;
	return s > host && *host != ':';
}

bool
url_same_host(const char *a, const char *b)
{
	struct url x, y;

	split(a, &x);
	split(b, &y);
	return x.authority.n == y.authority.n && x.authority.n > 0 &&
	    strncasecmp(x.authority.s, y.authority.s, x.authority.n) == 0;
}

/* No byte of the eight is white space or a control character. */
static inline bool
visible(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t del = word ^ ones * 0x7f;

	return ((((word - ones * 0x21) & ~word) |
	    ((del - ones) & ~del)) & high) == 0;
}

/* Nearly every link: complete, and nothing in it to clean. Its length, or 0. */
static size_t
finished_length(const char *s)
{
	size_t n, i;
	uint64_t word;

	if (!url_is_web(s))
		return 0;
	n = strlen(s);
	for (i = 0; i + 8 <= n; i += 8) {
		memcpy(&word, s + i, 8);
		if (!visible(word))
			return 0;
	}
	while ((unsigned char)s[i] > ' ' && s[i] != 0x7f)
		i++;
	return i < n || (memchr(s, '&', n) != NULL &&
	    strstr(s, "&amp;") != NULL) ? 0 : n;
}

const char *
url_link(struct arena *mem, const char *base, const char *ref)
{
	const char *s;
	size_t n;

	if ((n = finished_length(ref)) > 0)
		return arena_strndup(mem, ref, n);
	ref += strspn(ref, " \t\r\n");
	if (*ref == '\0')
		return "";
	if (strncasecmp(ref, "www.", 4) == 0)	/* as one says it */
		ref = arena_printf(mem, "http://%s", ref);
	s = url_resolve(mem, base, ref);
	if (url_is_web(s))
		return s;
	return !url_is_web(base) && scheme_length(s) == 0 ? s : "";
}
