/*
 * document - the text of a document, and its mended form when it needs one.
 *
 * Owns the buffers that text points into.
 */
#ifndef FEED_DOCUMENT_H
#define FEED_DOCUMENT_H

#include <stdbool.h>

#include "base/buf.h"
#include "feed/charset.h"
#include "feed/repair.h"

struct document {
	struct charset_text	 in;	/* text without leading white space */
	bool			 bad_bytes;	/* document_make_utf8 found some */
	enum repair_end		 end;	/* how, as document_repair found */
	struct buf		 converted, mended, repaired;
};

/* The input is borrowed until document_clear. */
void	 document_init(struct document *, const char *, size_t,
	    const char *content_type);
void	 document_clear(struct document *);
/* After this in.text is valid UTF-8. */
void	 document_make_utf8(struct document *);
/* Well-formed XML out of it (see repair.h), in repaired. */
const char *document_repair(struct document *, size_t *);
/* What was wrong with it, beside the parser's own reason; NULL = nothing. */
const char *document_damage(const struct document *);

#endif
