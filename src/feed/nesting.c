#include "feed/nesting.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/attributes.h"
#include "feed/escape.h"
#include "feed/tag.h"

#define END_LOOK	1024	/* how far to look for the end of a text */
#define RICH_LOOK	16384	/* and of one with markup */

static const struct {
	const char	*name;
	enum role	 role;
} roles[] = {
	{ "rss", ROLE_CONTAINER }, { "channel", ROLE_CONTAINER },
	{ "feed", ROLE_CONTAINER }, { "RDF", ROLE_CONTAINER },
	{ "item", ROLE_ITEM }, { "entry", ROLE_ITEM },
	{ "outline", ROLE_PARENT }, { "image", ROLE_PARENT },
	{ "textinput", ROLE_PARENT }, { "author", ROLE_PERSON },
	{ "contributor", ROLE_PERSON },
	{ "title", ROLE_TEXT }, { "link", ROLE_TEXT }, { "guid", ROLE_TEXT },
	{ "id", ROLE_TEXT }, { "pubDate", ROLE_TEXT }, { "date", ROLE_TEXT },
	{ "updated", ROLE_TEXT }, { "published", ROLE_TEXT },
	{ "category", ROLE_TEXT }, { "creator", ROLE_TEXT },
	{ "comments", ROLE_TEXT }, { "language", ROLE_TEXT },
	{ "description", ROLE_RICH }, { "summary", ROLE_RICH },
	{ "content", ROLE_RICH }, { "encoded", ROLE_RICH },
};

enum role
nesting_role(const char *name, size_t n)
{
	size_t i;

	name = attributes_local(name, &n);
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strlen(roles[i].name) == n &&
		    strncasecmp(roles[i].name, name, n) == 0)
			return roles[i].role;
	return ROLE_OTHER;
}

static void
close_top(struct nesting *t)
{
	struct open_element *o = &t->open[--t->n];

	buf_adds(t->out, "</");
	escape_name(t->out, o->name, o->len);
	buf_addc(t->out, '>');
}

static void
close_to(struct nesting *t, size_t n)
{
	while (t->n > n)
		close_top(t);
}

/* Its end tag is missing, and what it seems to hold are its brothers: it was
   an empty one. There is a blank before its '>' to say so. */
static bool
make_empty(struct nesting *t)
{
	struct open_element *o = &t->open[t->n - 1];

	if (o->role != ROLE_OTHER || !o->children || o->gt >= t->out->len)
		return false;
	t->out->data[o->gt - 1] = '/';
	t->n--;
	return true;
}

/* The same for elements whose parent ends. */
static void
close_missing(struct nesting *t, size_t n)
{
	while (t->n > n)
		if (!make_empty(t))
			close_top(t);
}

static bool
same(const struct open_element *o, const char *name, size_t n)
{
	return o->len == n && strncasecmp(o->name, name, n) == 0;
}

/* No element of HTML, which could stand in a text. */
static bool
is_foreign(const char *name, size_t n)
{
	char tag[HTML_NAME] = "";
	size_t i;

	for (i = 0; i < n && i < sizeof(tag) - 1; i++)
		tag[i] = (char)tolower((unsigned char)name[i]);
	return tag_kind(tag) == TAG_UNKNOWN;
}

enum end { END_COMES, END_MISSING, END_FAR };

/* Does the end tag of the text that is open come before another such element
   begins, or an item begins or ends? Looks a little way only; *at is how far. */
static enum end
find_end(const struct nesting *t, const struct open_element *o,
    const char *p, ptrdiff_t look, const char **at)
{
	const char *end = t->end, *name;
	size_t n;

	if (end - p > look)
		end = p + look;
	for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++) {
		name = p + 1 + (end - p > 1 && p[1] == '/');
		n = attributes_name_length(name, end);
		*at = p;
		if (same(o, name, n))
			return name > p + 1 ? END_COMES : END_MISSING;
		if ((n == 4 && strncasecmp(name, "item", n) == 0) ||
		    (n == 5 && strncasecmp(name, "entry", n) == 0))
			return END_MISSING;
	}
	*at = end;
	return end == t->end ? END_MISSING : END_FAR;
}

/* The same for a text without markup. */
static bool
ends_soon(const struct nesting *t, const struct open_element *o,
    const char *p)
{
	const char *at;

	return find_end(t, o, p, END_LOOK, &at) == END_COMES;
}

/* The text with markup that is open (one more than its place) and must be over
   where a field of the item begins, since it has no end tag; 0 = none. */
static size_t
find_unclosed(struct nesting *t, const char *name, size_t len)
{
	const struct open_element *o;
	const char *at;
	size_t i = t->n;

	while (i > 1 && t->open[i - 1].role == ROLE_OTHER)
		i--;
	if (i <= 1)
		return 0;
	o = &t->open[i - 1];
	if (o->role != ROLE_RICH)
		return 0;
	/* Its own start tag again is an end tag that lacks its slash. */
	if (same(o, name, len))
		return i == t->n ? i : 0;
	if (name < t->settled)
		return 0;
	if (find_end(t, o, name, RICH_LOOK, &at) == END_MISSING)
		return i;
	t->settled = at;
	return 0;
}

/* Has the person that is open a name in plain text? Asked before it has
   children. */
static bool
has_text(const struct nesting *t)
{
	const struct open_element *o = &t->open[t->n - 1];
	const char *s = t->out->data + o->gt + 1;

	return !o->children && s[strspn(s, " \t\r\n")] != '\0';
}

static void
make_room_for_item(struct nesting *t)
{
	size_t i;

	for (i = t->n; i > 1; i--)
		if (t->open[i - 1].role == ROLE_ITEM) {
			close_missing(t, i);
			close_top(t);
			break;
		}
	while (t->n > 1 && t->open[t->n - 1].role >= ROLE_TEXT)
		close_top(t);
}

/* Is the innermost element a text or a person, and over where this one
   starts? */
static bool
is_over(const struct nesting *t, enum role role, const char *name, size_t len)
{
	const struct open_element *o;

	if (t->n <= 1)
		return false;
	o = &t->open[t->n - 1];
	if (o->role == ROLE_PERSON)
		return same(o, name, len) || ((role >= ROLE_TEXT ||
		    (has_text(t) && is_foreign(name, len))) &&
		    !ends_soon(t, o, name));
	return o->role == ROLE_TEXT && (role >= ROLE_TEXT ||
	    (is_foreign(name, len) && !ends_soon(t, o, name)));
}

void
nesting_make_room(struct nesting *t, enum role role, const char *name,
    size_t len)
{
	size_t i;

	if (role == ROLE_ITEM)
		make_room_for_item(t);
	else {
		if (role >= ROLE_PERSON &&
		    (i = find_unclosed(t, name, len)) > 0)
			close_to(t, i - 1);
		if (is_over(t, role, name, len))
			close_top(t);
	}
	if (t->n > 0)
		t->open[t->n - 1].children = true;
}

void
nesting_open(struct nesting *t, const char *name, size_t len, enum role role,
    size_t at)
{
	t->open[t->n++] = (struct open_element){ name, len, role, at,
	    t->out->len - 1, false };
}

void
nesting_wrap(struct nesting *t, const char *name)
{
	size_t n = strlen(name);

	buf_addc(t->out, '<');
	buf_add(t->out, name, n);
	buf_addc(t->out, '>');
	nesting_open(t, name, n, ROLE_CONTAINER, 0);
}

bool
nesting_leave(struct nesting *t, const char *name, size_t len)
{
	enum role role = nesting_role(name, len);
	size_t i;

	for (i = t->n; i > 0; i--) {
		if (same(&t->open[i - 1], name, len))
			break;
		if (t->open[i - 1].role == ROLE_ITEM && role != ROLE_CONTAINER)
			i = 1;		/* not across the item's border */
	}
	if (i == 1 && same(&t->open[0], name, len)) {
		close_missing(t, 1);
		return true;
	}
	if (i > 0) {
		close_missing(t, i);
		close_top(t);
		return false;
	}
	/* Misspelt, if what is open can only be text. */
	if (t->n > 1 && t->open[t->n - 1].role >= ROLE_PERSON &&
	    !t->open[t->n - 1].children &&
	    (is_foreign(name, len) || role >= ROLE_PERSON))
		close_top(t);
	return false;
}

const char *
nesting_end_tag(const struct nesting *t, const char *p, const char *end)
{
	const struct open_element *o = &t->open[t->n - 1];

	for (; (p = memmem(p, (size_t)(end - p), "</", 2)) != NULL; p += 2)
		if ((size_t)(end - p) > o->len + 2 &&
		    strncasecmp(p + 2, o->name, o->len) == 0)
			return p;
	return end;
}

bool
nesting_drop_torn(struct nesting *t)
{
	size_t i;

	for (i = 0; i < t->n && t->open[i].role != ROLE_ITEM; i++)
		;
	if (i + 1 < t->n) {
		t->out->len = t->open[i + 1].at;
		t->out->data[t->out->len] = '\0';
		t->n = i + 1;
	}
	return i < t->n;
}

bool
nesting_is_root(const struct nesting *t, const char *name, size_t len)
{
	return t->n > 0 && same(&t->open[0], name, len);
}

void
nesting_close_all(struct nesting *t)
{
	close_to(t, 0);
}
