#include "ctl/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define SLUG_MAX 60

/* U+00C0 to U+00FF without their accents; what is no letter ends a word. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo-ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo-ouuuuyty";

void
names_init(struct names *s, struct arena *mem)
{
	s->mem = mem;
	s->nslots = 64;
	s->n = 0;
	s->slots = mem_zalloc(s->nslots, sizeof(*s->slots));
}

void
names_clear(struct names *s)
{
	free(s->slots);
	s->slots = NULL;
}

static const char **
find(const struct names *s, const char *text)
{
	size_t i = hash_str(text) & (s->nslots - 1);

	while (s->slots[i] != NULL && strcmp(s->slots[i], text) != 0)
		i = (i + 1) & (s->nslots - 1);
	return &s->slots[i];
}

bool
names_have(const struct names *s, const char *text)
{
	return *find(s, text) != NULL;
}

static void
grow(struct names *s)
{
	const char **old = s->slots;
	size_t n = s->nslots;

	s->nslots *= 2;
	s->slots = mem_zalloc(s->nslots, sizeof(*s->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i] != NULL)
			*find(s, old[i]) = old[i];
	free(old);
}

bool
names_add(struct names *s, const char *text)
{
	if (names_have(s, text))
		return false;
	if (2 * ++s->n > s->nslots)
		grow(s);
	*find(s, text) = arena_strdup(s->mem, text);
	return true;
}

/* The next letter or digit of a slug, '-' for anything else. */
static char
letter(const char **p)
{
	unsigned char c = (unsigned char)*(*p)++, next;

	if (c < 0x80)
		return isalnum(c) ? (char)tolower(c) : '-';
	next = (unsigned char)**p;
	while (((unsigned char)**p & 0xc0) == 0x80)
		(*p)++;
	return c == 0xc3 && next >= 0x80 ? latin[next & 0x3f] : '-';
}

const char *
names_slug(struct arena *mem, const char *text)
{
	char slug[SLUG_MAX + 1];
	size_t n = 0;
	char c;

	if (*text != '\0' && strlen(text) <= SLUG_MAX && text[strspn(text,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "._-")] == '\0')
		return arena_strdup(mem, text);
	while (*text != '\0' && n < SLUG_MAX) {
		/* "Don't" is one word. */
		if (*text == '\'') {
			text++;
			continue;
		}
		c = letter(&text);
		if (c != '-' || (n > 0 && slug[n - 1] != '-'))
			slug[n++] = c;
	}
	while (n > 0 && slug[n - 1] == '-')
		n--;
	return arena_strndup(mem, slug, n);
}

const char *
names_unique(struct names *s, const char *const *texts)
{
	const char *slug = "", *name;

	while (*texts != NULL && *slug == '\0')
		slug = names_slug(s->mem, *texts++);
	if (*slug == '\0')
		slug = "feed";
	name = slug;
	for (unsigned i = 2; !names_add(s, name); i++)
		name = arena_printf(s->mem, "%s-%u", slug, i);
	return name;
}
