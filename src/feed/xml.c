#include "feed/xml.h"

#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "feed/attributes.h"

#define CACHE 64		/* a power of two */
#define CACHED_NAME 40
#define DEPTH_STOP 1000		/* deeper than any feed: left to repair.h */
#define ENTITY_TEXT_MAX 256	/* bytes of text of an entity */
#define BINDINGS_MAX 1024	/* namespaces in force; more are passed over */

struct binding {
	const char	*prefix;	/* "" = the default namespace */
	size_t		 len;
	enum space	 space;
	size_t		 depth;		/* of the element that declared it */
};

struct cached {
	char			 name[CACHED_NAME];
	const struct word	*word;
	unsigned		 age;
};

struct pass {
	XML_Parser	 parser;
	struct walk	*walk;
	struct binding	*bindings;
	size_t		 n, cap;
	size_t		 depth;
	struct cached	 cache[CACHE];
	unsigned	 age;		/* of the bindings */
	const char	*begin, *end;	/* of the document, where expat has it */
	bool		 listening;	/* texts are reported */
	bool		 declares;	/* entities of its own */
	const char	*stopped;	/* why we did, NULL = we did not */
};

/* An element that tells what it is by its name alone. */
static bool
is_frame(const char *name)
{
	return strcasecmp(name, "channel") == 0 ||
	    strcasecmp(name, "item") == 0 || strcasecmp(name, "entry") == 0;
}

static void
bind(struct pass *x, const char *element, const char *prefix, const char *uri)
{
	struct binding *b;
	enum space space = names_space(uri, strlen(uri));

	/* Mistyped, or of another edition: the usual prefix says more. */
	if (space == SPACE_OTHER)
		space = names_prefix(prefix, strlen(prefix));
	/* The namespace of the whole document, unless we know better, is the
	   one its root element comes from; so is one that begins later, with
	   an item. */
	if (*prefix == '\0' && space == SPACE_OTHER &&
	    (x->depth <= 1 || is_frame(element)))
		space = SPACE_NONE;
	if (x->n == BINDINGS_MAX)
		return;
	x->bindings = mem_grow(x->bindings, x->n, &x->cap, sizeof(*b));
	b = &x->bindings[x->n++];
	b->len = strlen(prefix);
	b->prefix = arena_strndup(x->walk->mem, prefix, b->len);
	b->space = space;
	b->depth = x->depth;
	x->age++;
}

/* The root's name says more of what its own namespace should have been than a
   wrong one: an RSS whose default is Atom's is RSS. */
static void
doubt_default(struct pass *x, const char *root)
{
	struct binding *b;
	bool rss = strcasecmp(root, "rss") == 0;
	size_t i;

	if (!rss && strcasecmp(root, "feed") != 0)
		return;
	for (i = 0; i < x->n; i++) {
		b = &x->bindings[i];
		if (b->len == 0 && (rss ? b->space != SPACE_RSS :
		    b->space != SPACE_ATOM && b->space != SPACE_ATOM03))
			b->space = SPACE_NONE;
	}
}

static enum space
space_of(const struct pass *x, const char *prefix, size_t n)
{
	size_t i;

	for (i = x->n; i > 0; i--)
		if (x->bindings[i - 1].len == n &&
		    memcmp(x->bindings[i - 1].prefix, prefix, n) == 0)
			return x->bindings[i - 1].space;
	return n == 0 ? SPACE_NONE : names_prefix(prefix, n);
}

static const struct word *
resolve(struct pass *x, const char *name)
{
	const char *colon = strchr(name, ':');
	const char *local = colon == NULL ? name : colon + 1;
	enum space space;

	if (x->depth == 1)
		doubt_default(x, name);
	space = space_of(x, name, colon == NULL ? 0 : (size_t)(colon - name));
	if (space == SPACE_NONE) {
		space = x->walk->dialect;
		if (x->depth == 1 && (strcasecmp(local, "feed") == 0 ||
		    strcasecmp(local, "entry") == 0))
			space = SPACE_ATOM;
	}
	return names_find(space, local, strlen(local));
}

/* A few of its characters tell a name from the others in a feed. */
static inline unsigned
hash(const char *name, size_t n)
{
	return ((unsigned char)name[0] * 5 + (unsigned char)name[n / 2]) * 9 +
	    (unsigned char)name[n - 1] + (unsigned)n;
}

static const struct word *
lookup(struct pass *x, const char *name)
{
	struct cached *c;
	size_t n = strlen(name);

	if (n >= CACHED_NAME || x->depth <= 1)
		return resolve(x, name);
	c = &x->cache[hash(name, n) & (CACHE - 1)];
	if (c->age != x->age || memcmp(c->name, name, n + 1) != 0) {
		memcpy(c->name, name, n + 1);
		c->word = resolve(x, name);
		c->age = x->age;
	}
	return c->word;
}

static void
stop(struct pass *x, const char *why)
{
	x->stopped = why;
	XML_StopParser(x->parser, XML_FALSE);
}

/* Mostly it is where the document is; line ends and what references mean are
   not. */
static void
text(void *data, const char *s, int n)
{
	struct pass *x = data;

	if (s >= x->begin && s < x->end)
		walk_lasting_text(x->walk, s, (size_t)n);
	else
		walk_text(x->walk, s, (size_t)n);
}

/* Half of the texts are the white space between elements: not even asked for. */
static inline void
ask_for_text(struct pass *x)
{
	bool wanted = x->walk->leaf != NULL;

	if (wanted == x->listening)
		return;
	x->listening = wanted;
	XML_SetCharacterDataHandler(x->parser, wanted ? text : NULL);
}

/* expat tells of an undeclared entity in a text, and leaves out the one in an
   attribute without a word. */
static bool
loses_reference(const struct pass *x)
{
	const char *tag = x->begin + XML_GetCurrentByteIndex(x->parser);

	return !x->declares && attributes_undeclared(tag, tag +
	    XML_GetCurrentByteCount(x->parser));
}

/* The elements whose attributes hold addresses and texts. */
#define ATTRIBUTED (1u << ELEMENT_FEED | 1u << ELEMENT_ITEM | \
    1u << ELEMENT_LINK | 1u << ELEMENT_CATEGORY | 1u << ELEMENT_TOPIC | \
    1u << ELEMENT_ENCLOSURE | 1u << ELEMENT_MEDIA)

static void
start(void *data, const char *name, const char **atts)
{
	struct pass *x = data;
	const struct word *word;
	const char **a;

	if (++x->depth > DEPTH_STOP) {
		stop(x, "its elements are nested too deep");
		return;
	}
	for (a = atts; a[0] != NULL; a += 2) {
		if (a[0][0] != 'x' || strncmp(a[0], "xmlns", 5) != 0)
			continue;
		if (a[0][5] == '\0')
			bind(x, name, "", a[1]);
		else if (a[0][5] == ':')
			bind(x, name, a[0] + 6, a[1]);
	}
	word = lookup(x, name);
	if (atts[0] != NULL && (ATTRIBUTED >> word->element & 1) != 0 &&
	    loses_reference(x)) {
		stop(x, "an undeclared entity in an attribute");
		return;
	}
	walk_start(x->walk, word, name, atts);
	ask_for_text(x);
}

static void
end(void *data, const char *name)
{
	struct pass *x = data;

	walk_end(x->walk, name);
	for (; x->n > 0 && x->bindings[x->n - 1].depth == x->depth; x->n--)
		x->age++;
	x->depth--;
	ask_for_text(x);
}

static void
skipped(void *data, const char *name, int parameter)
{
	if (!parameter)
		walk_reference(((struct pass *)data)->walk, name);
}

static void
declared(void *data, const char *name, int parameter, const char *value,
    int len, const char *base, const char *system, const char *public,
    const char *notation)
{
	struct pass *x = data;

	(void)name, (void)base, (void)system, (void)public, (void)notation;
	/* Text and nothing else: neither markup nor another entity. */
	x->declares = true;
	if (!parameter && value != NULL && len <= ENTITY_TEXT_MAX &&
	    memchr(value, '<', (size_t)len) == NULL &&
	    memchr(value, '&', (size_t)len) == NULL)
		return;
	stop(x, "it declares entities, which are not followed");
}

static int
failure(const struct pass *x, struct error *err)
{
	if (x->stopped != NULL)
		return error_set(err, "%s", x->stopped);
	return error_set(err, "%s in line %lu",
	    XML_ErrorString(XML_GetErrorCode(x->parser)),
	    (unsigned long)XML_GetCurrentLineNumber(x->parser));
}

/* As in json_prepare. */
static const XML_Memory_Handling_Suite memory = { mem_alloc, mem_resize,
	free };

/* One call for the whole document: expat would read a token that comes in
   pieces from its start each time. */
static int
parse(struct pass *x, const char *s, size_t n, struct error *err)
{
	char *own;

	x->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	if ((own = XML_GetBuffer(x->parser, (int)n + 1)) == NULL)
		return error_set(err, "it is too long");
	memcpy(own, s, n);
	x->begin = own;
	x->end = own + n;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, start, end);
	XML_SetSkippedEntityHandler(x->parser, skipped);
	XML_SetEntityDeclHandler(x->parser, declared);
	XML_UseForeignDTD(x->parser, XML_TRUE);
	return XML_ParseBuffer(x->parser, (int)n, XML_TRUE) == XML_STATUS_OK ?
	    0 : failure(x, err);
}

int
xml_pass(struct walk *w, const char *s, size_t n, struct error *err)
{
	struct pass *x;
	int r;

	if (n >= INT_MAX)
		return error_set(err, "it is too long");
	x = mem_zalloc(1, sizeof(*x));
	x->age = 1;
	x->walk = w;
	r = parse(x, s, n, err);
	XML_ParserFree(x->parser);
	free(x->bindings);
	free(x);
	return r;
}
