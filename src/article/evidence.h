/*
 * evidence - why a rule matched: the sentence and its parts with their roles.
 *
 * Made by rule/, stored and carried as bytes, shown by notifiers and by
 * newsalertctl. Strings are UTF-8, never NULL, borrowed from the arena.
 * Offsets are bytes into the field the part stands in (title or body as in
 * article_body), end exclusive, on character borders.
 */
#ifndef ARTICLE_EVIDENCE_H
#define ARTICLE_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/wire.h"

#define EVIDENCE_PARTS_MAX 64

struct evidence_part {
	const char	*role;	/* "owner", "measure", "predicate", "amount",
				   "agent", "object", "place", "quality", "text" ... */
	const char	*text;	/* as it stands in the field */
	const char	*field;	/* "title" or "body" (text queries: any field) */
	uint32_t	 start, end;
	const char	*value;	/* normalised: "semiconductor", "stock", "down",
				   "-12 %"; shown in brackets; "" = nothing to show */
};

struct evidence {
	const char		*sentence;	/* text of the matched sentence */
	const char		*field;		/* the field it stands in */
	uint32_t		 start, end;	/* of the sentence, in that field */
	struct evidence_part	*parts;		/* in order of the text */
	size_t			 nparts;
	const char		*facts;		/* inferred facts used, one a line; or "" */
};

void	evidence_put(struct buf *, const struct evidence *);
void	evidence_get(struct wire *, struct arena *, struct evidence *);

/*
 * One readable line: the sentence with "[value]" after each of its parts,
 *   NVIDIA [semiconductor] shares [stock] dropped [down] 12% [> 5%] in pre-market trading
 * Long sentences are cut around the parts with an ellipsis. Appends to buf.
 */
void	evidence_line(struct buf *, const struct evidence *);

#endif
