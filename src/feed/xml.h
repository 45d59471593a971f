/*
 * xml - one pass of expat over a document.
 *
 * Namespaces are resolved here and not by expat, because a document with an
 * undeclared prefix is to be read, too. An entity that the document declares
 * as a few words of text is honoured; at any other declaration the pass stops
 * (xml_pass returns -1), so that nothing can expand, and nothing is loaded for
 * a DOCTYPE. References to undeclared entities are taken as HTML's.
 */
#ifndef FEED_XML_H
#define FEED_XML_H

#include "base/error.h"
#include "feed/walk.h"

/* The text must be UTF-8; whatever its declaration says is ignored. -1 when
   it is not well-formed: the sentence says where and why, the walk has what
   came before. */
int	xml_pass(struct walk *, const char *, size_t, struct error *);

#endif
