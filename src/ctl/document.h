/*
 * document - what a person names on the command line: a file, "-" for standard
 * input, or a URL; and what newsalertd-parse makes of it.
 */
#ifndef CTL_DOCUMENT_H
#define CTL_DOCUMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "config/access.h"
#include "ctl/command.h"

#define DOCUMENT_MAX (64u << 20)

struct document {
	struct buf	 data;
	const char	*type;	/* its Content-Type, or NULL; the arena's */
	const char	*base;	/* the URL that its links are relative to, or
				   NULL; the arena's */
};

/* As the configuration says, and the networks that a person names besides. */
void	document_access(struct ctl *, const struct option_list *allow,
	    struct config_access *);
/*
 * Load a file, "-" or URL. The access says how a URL is asked.
 * document_clear frees the data either way.
 */
int	document_load(struct document *, const char *,
	    const struct config_access *, struct arena *, struct error *);
void	document_clear(struct document *);

enum parsed {
	PARSED,			/* out has the JSON object */
	PARSED_NOT,		/* the document is no feed; its reason is on stderr,
				   and out may say which feeds it advertises */
	PARSED_DIED		/* newsalertd-parse did not come back alive */
};
/* Run newsalertd-parse (in its sandbox) over it. PARSED_DIED sets the error. */
enum parsed document_parse(const struct document *, struct buf *,
	    struct error *);

#endif
