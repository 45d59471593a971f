/*
 * charset - a document's bytes as UTF-8.
 *
 * Who decides, in this order (RFC 7303, section 3, and what servers really
 * send): a byte order mark; the shape of UTF-16 and UTF-32; the charset of the
 * Content-Type; the XML declaration; UTF-8. A document that is valid UTF-8 with
 * characters beyond ASCII is UTF-8 whatever single-byte encoding it claims: no
 * text in one of those reads as UTF-8 by accident. So is one with a bad byte
 * here and there, as where it is cut short; and where the Content-Type says
 * UTF-8 of what is none, the declaration is heard. Names mean what the WHATWG
 * encoding standard says (iso-8859-1 is windows-1252, gb2312 is gb18030).
 * UTF-7 is never decoded.
 */
#ifndef FEED_CHARSET_H
#define FEED_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Open every converter, so that none has to be loaded later: glibc keeps them
 * in files, which a sandboxed process cannot open. Without this call they are
 * opened on demand.
 */
void	 charset_open_all(void);

struct charset_text {
	const char	*text;		/* into the document or into buf */
	size_t		 len;
	const char	*damage;	/* what was wrong, static; NULL = nothing */
	bool		 checked;	/* text is known to be valid UTF-8 */
};

/*
 * content_type is the HTTP header's value or NULL. buf takes the text where it
 * had to be converted. Where checked is false the text may hold bytes that are
 * no UTF-8: charset_mend makes it valid.
 */
void	 charset_decode(const char *, size_t, const char *content_type,
	    struct buf *, struct charset_text *);
/* Copy to out; bytes that are no UTF-8 are read as windows-1252, torn or
   overlong sequences become U+FFFD. Returns whether there were any. */
bool	 charset_mend(const char *, size_t, struct buf *out);
/* Valid UTF-8 (RFC 3629) throughout? *wide: beyond ASCII somewhere? */
bool	 charset_is_utf8(const char *, size_t, bool *wide);

#endif
