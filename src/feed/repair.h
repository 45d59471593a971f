/*
 * repair - a damaged document made well-formed.
 *
 * A tolerant tokenizer in front of expat. What it mends: references that are
 * none, control characters, '<' and '&' in text, attributes without quotes or
 * twice, tags without their '>', elements not closed, closed twice or in the
 * wrong order, CDATA without an end, bytes before and after the document, a
 * document cut short. An item that starts while another is open closes it:
 * damage stays where it is. DOCTYPE, comments and processing instructions go.
 * Of a document cut short the element that was cut is left out.
 */
#ifndef FEED_REPAIR_H
#define FEED_REPAIR_H

#include <stddef.h>

#include "base/buf.h"

enum repair_end {
	REPAIR_WHOLE,
	REPAIR_CUT,	/* the document ends in the middle, behind an item */
	REPAIR_TORN,	/* in the middle of an item */
};

/* Valid UTF-8 in, well-formed XML out (or nothing when there is no element). */
enum repair_end	repair_xml(const char *, size_t, struct buf *out);

#endif
