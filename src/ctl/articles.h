/*
 * articles - the articles that newsalertctl match is given, one after another:
 * a feed document, JSON lines, plain text, or what the daemon keeps.
 */
#ifndef CTL_ARTICLES_H
#define CTL_ARTICLES_H

#include "article/article.h"
#include "base/error.h"
#include "config/access.h"
#include "ctl/command.h"

enum articles_input {
	ARTICLES_GUESS,		/* by the name's ending, else by the first bytes */
	ARTICLES_FEED, ARTICLES_JSONL, ARTICLES_TEXT
};

/* "feed", "jsonl" or "text"; -1 for others. */
int	articles_input(const char *, enum articles_input *);

/* Takes one article; id is for the person, feed "" where there is none. */
typedef void article_sink(void *, const char *id, const char *feed,
	    const struct article *);

/*
 * All articles of a file, "-" or URL (asked as the access says):
 *   feed   as newsalertd-parse reads it; the id is the item's, else its link
 *   jsonl  {"id","title","text","published"?,"link"?} a line; "body" or
 *          "content" do for "text"; published is Unix seconds
 *   text   one article: the first line is the title
 * 0 or -1.
 */
int	articles_read(const char *name, const struct config_access *,
	    enum articles_input, article_sink *, void *, struct error *);
/* What the daemon keeps, found since then (Unix seconds). Status. */
int	articles_stored(struct ctl *, int64_t since, article_sink *, void *);

#endif
