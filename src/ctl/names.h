/*
 * names - a set of texts, and names for feeds out of their titles.
 */
#ifndef CTL_NAMES_H
#define CTL_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct names {
	struct arena	 *mem;		/* keeps the texts; the caller's */
	const char	**slots;
	size_t		  nslots, n;	/* nslots is a power of two */
};

void	names_init(struct names *, struct arena *);
void	names_clear(struct names *);
bool	names_have(const struct names *, const char *);
bool	names_add(struct names *, const char *);	/* false: it was there */

/*
 * Letters, digits, '.', '_' and '-', as the configuration wants its names: a
 * text that is one already stays; of others lower-case words remain, joined
 * with '-'. "" when nothing remains (a title in another script).
 */
const char *names_slug(struct arena *, const char *);
/* The slug of the first text that has one, numbered if it is taken; added. */
const char *names_unique(struct names *, const char *const *texts);

#endif
