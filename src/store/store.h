/*
 * store - what must survive: one SQLite file, one connection, one process.
 *
 * The promise (design, section 3) is kept here: new articles, their alerts,
 * their deliveries and the feed's validators commit in one transaction.
 *
 *	store_begin
 *	  store_entry_check, store_article_put	(store/articles.h)
 *	  store_alert_add, store_delivery_add	(store/alerts.h, deliveries.h)
 *	  store_feed_put, store_feed_polled	(store/feeds.h)
 *	store_commit		nothing is sent before this returned 0
 *
 * WAL, synchronous=FULL, locking_mode=EXCLUSIVE (the WAL index is then in
 * memory, so nothing is mapped and a full disk cannot raise SIGBUS), no mmap.
 * A lock file keeps a second daemon off the same state. Checkpoints are made
 * by this connection, after a commit.
 *
 * Times are Unix seconds and always passed in. Strings are UTF-8. What a
 * function returns is in the caller's arena; what a walk hands to its callback
 * is borrowed until the callback returns. A walk's callback may call the
 * store, but not the same walk again.
 *
 * Every function is atomic: alone it is a transaction of its own, between
 * begin and commit it joins that one. After -1 between begin and commit the
 * caller calls store_rollback. 0 = done, -1 = failed with a sentence, and
 * store_health() then tells whether the disk is to blame:
 *
 *   health         the daemon                   gets better by
 *   STORE_OK       goes on: it was the call
 *   STORE_FULL     stops polling, delivers on   store_resume: a write that works
 *   STORE_IOERR    stops polling, delivers on   store_resume: file closed, opened
 *                                               and recovered anew; an fsync that
 *                                               failed is never tried again
 *   STORE_CORRUPT  stops with the sentence      a person
 *
 * While health is not STORE_OK, writes are refused at once (-1) and reads go
 * on as far as they can. Delivery results that could not be stored are kept by
 * delivery/queue and stored after resuming.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct store;

enum store_health { STORE_OK, STORE_FULL, STORE_IOERR, STORE_CORRUPT };

/*
 * Open FOLDER/newsalertd.db (made if missing; so is the folder), take the
 * lock, migrate to the present schema, check it, and put deliveries that were
 * being sent back to pending. A database of a newer program is refused. On a
 * full disk it opens with health STORE_FULL: what is in it can be delivered.
 */
int	 store_open(const char *folder, struct store **, struct error *);
void	 store_close(struct store *);		/* NULL is accepted */
/* A UUID made when the file was: part of every delivery id. */
const char *store_instance(const struct store *);

int	 store_begin(struct store *, struct error *);
int	 store_commit(struct store *, struct error *);	/* -1: rolled back */
void	 store_rollback(struct store *);		/* harmless outside */
/*
 * A transaction whose commit does not wait for the disk: no kill undoes it, a
 * power cut may, as long as neither store_sync nor a commit of the other kind
 * came after it.
 */
int	 store_begin_unsynced(struct store *, struct error *);
int	 store_sync(struct store *, struct error *);	/* nothing to do: 0 */
bool	 store_is_synced(const struct store *);

enum store_health store_health(const struct store *);
const char *store_health_name(enum store_health);	/* "ok", "full" ... */
/*
 * Try to get well again, now and then. 0 = health is STORE_OK; -1 = not yet,
 * and why; 1 = STORE_OK after opening the file anew: then a transaction whose
 * commit failed may turn out to be there after all (its log was written, only
 * not confirmed): add what is pending to the delivery queue again.
 */
int	 store_resume(struct store *, int64_t now, struct error *);

/*
 * Retention. Articles older than ARTICLES seconds without an alert that is
 * still open go; alerts and their deliveries go with their article, except
 * that a pending or dead delivery keeps both (dead ones for a year); of an
 * alert that went, the fact remains, so that it is never raised again.
 * Entries, holds and counters that nothing needs any more go, too. One step
 * touches at most about BUDGET rows. 1 = there is more to do, 0 = done, -1.
 */
int	 store_prune_step(struct store *, int64_t now, int64_t articles,
	    int budget, struct error *);

struct store_size {
	int64_t	 bytes;			/* of the file and its log */
	int64_t	 articles;		/* about */
	int64_t	 alerts;
	int64_t	 oldest_article;	/* found; 0 = none */
	int64_t	 last_alert;		/* 0 = none */
};
int	 store_size(struct store *, struct store_size *, struct error *);

/* "SQLite 3.40.1". (That its log may be reset wrongly before 3.51.3 takes two
   connections; here there is one.) */
const char *store_engine(void);

#endif
