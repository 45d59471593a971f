/*
 * articles - which entries were seen, and the articles kept for back-tests.
 *
 * An entry is (feed, article_key()). It is remembered, hashed, for a year
 * after a document last held it; its article is kept for the retention.
 */
#ifndef STORE_ARTICLES_H
#define STORE_ARTICLES_H

#include <stddef.h>
#include <stdint.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/error.h"

struct store;

enum store_entry_state {
	STORE_ENTRY_NEW,	/* never seen, or more than a year ago */
	STORE_ENTRY_CHANGED,	/* seen with another text: match it again */
	STORE_ENTRY_KNOWN
};

/*
 * Look an entry up, and note that it is still there (written at most once a
 * week for each). version is article_version().
 */
int	store_entry_check(struct store *, int64_t feed, int64_t key,
	    int64_t version, int64_t now, enum store_entry_state *,
	    struct error *);
/*
 * Keep an article and remember its entry: inserted, or, when the entry is
 * known, its text replaced. *id is the article. A text that an alert shows is
 * not replaced: then the new one is an article of its own, with a new id.
 */
int	store_article_put(struct store *, int64_t feed, int64_t key,
	    int64_t version, const struct article *, int64_t now, int64_t *id,
	    struct error *);

struct store_article {
	int64_t		 id, feed, key;
	const char	*feed_name;
	int64_t		 found;		/* when we first saw it */
	int64_t		 changed;	/* when its text last changed, 0 = never */
	struct article	 article;
};
/* 1 = found, 0 = not kept (any more), -1. */
int	store_article_get(struct store *, int64_t id, struct arena *,
	    struct store_article *, struct error *);
/*
 * The articles found at or after a time, oldest first, in pages: at most max
 * with an id above after. Start with after = 0, go on with the last id.
 */
int	store_article_list(struct store *, int64_t since, int64_t after,
	    size_t max, struct arena *, struct store_article **, size_t *,
	    struct error *);

#endif
