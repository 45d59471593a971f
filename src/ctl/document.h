/*
 * document - what a person names on the command line: a file, "-" for standard
 * input, or a URL; and what newsalertd-parse makes of it.
 */
#ifndef CTL_DOCUMENT_H
#define CTL_DOCUMENT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

#define DOCUMENT_MAX (64u << 20)

/* Whether the name is a URL that newsalertd-fetch can get. */
int	document_is_url(const char *);
/* Append the bytes of a file, "-" or URL. 0 or -1. */
int	document_load(const char *, struct buf *, struct error *);

enum parsed {
	PARSED,			/* out has the JSON object */
	PARSED_NOT,		/* the document is no feed; its reason is on stderr,
				   and out may say which feeds it advertises */
	PARSED_DIED		/* newsalertd-parse did not come back alive */
};
/*
 * Run newsalertd-parse (in its sandbox) over a document. type and base may be
 * NULL. PARSED_DIED sets the error.
 */
enum parsed document_parse(const void *, size_t, const char *type,
	    const char *base, struct buf *, struct error *);

#endif
