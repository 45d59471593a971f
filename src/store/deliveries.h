/*
 * deliveries - one alert to one recipient through one notifier, and its fate.
 *
 *   pending --sending--> done
 *      ^        |------> pending again (retry, with a reason and a time)
 *      |        '------> dead (dead letter, with a reason)
 *      '-- "newsalertctl retry"
 *
 * The id is made from content (delivery/route), so that the same delivery has
 * the same id on every attempt, after a crash and after a restore. When to try
 * next is policy and lives in delivery/; here it is only remembered.
 */
#ifndef STORE_DELIVERIES_H
#define STORE_DELIVERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/alerts.h"
#include "store/articles.h"

struct store;

/* The numbers are stored: append only. */
enum store_delivery_state {
	STORE_PENDING = 0,
	STORE_SENDING = 1,
	STORE_DONE = 2,
	STORE_DEAD = 3
};
const char *store_delivery_state_name(enum store_delivery_state);

enum store_outcome {
	STORE_OUTCOME_DONE,
	STORE_OUTCOME_RETRY,	/* at next_at */
	STORE_OUTCOME_DEAD
};

struct store_delivery {
	int64_t		 row;		/* handle; set by the store */
	const char	*id;		/* HASH_ID_SIZE - 1 characters */
	int64_t		 alert;
	const char	*notifier;
	const char	*recipient;	/* "" when the notifier has no *each* option */
	enum store_delivery_state state;
	int		 priority;	/* enum rule_priority */
	int64_t		 attempts;	/* finished ones */
	int64_t		 created;
	int64_t		 since;		/* created, or when retried on request */
	int64_t		 next_at;
	const char	*reason;	/* of the last failure, or "" */
	bool		 gone;		/* dead, and its target is not configured */
};

/* Add one; sets row. 1 = added, 0 = it was there already (row is set), -1. */
int	store_delivery_add(struct store *, struct store_delivery *,
	    struct error *);

/* Everything that is to be sent: the walk at start. */
int	store_delivery_each_pending(struct store *,
	    int (*fn)(const struct store_delivery *, void *), void *,
	    struct error *);

/* It is being handed to its notifier. Not synced by itself: cheap. */
int	store_delivery_sending(struct store *, int64_t row, struct error *);
/* The end of an attempt, with an entry in the history. */
int	store_delivery_result(struct store *, int64_t row, enum store_outcome,
	    const char *reason, int64_t next_at, int64_t now, struct error *);
/* Set aside without an attempt (too old, notifier not configured). */
int	store_delivery_set_aside(struct store *, int64_t row,
	    const char *reason, struct error *);

/*
 * The notifiers (and recipients, where a notifier has them) that are
 * configured now. Pending deliveries to others become dead letters with the
 * reason; *set_aside says how many. Dead ones of a notifier that is back are
 * NOT sent by themselves: *offered counts them, retry sends them; those of one
 * that is gone are not retried.
 */
struct store_target {
	const char	*notifier;
	const char	*const *recipients;
	size_t		 nrecipients;	/* 0: recipients are not checked */
};
int	store_delivery_reconcile(struct store *, const struct store_target *,
	    size_t, int64_t *set_aside, int64_t *offered,
	    struct error *);

/*
 * Dead letters back to pending: one by id, or all (id NULL), perhaps of one
 * notifier (NULL = any). After the commit fn, if not NULL, gets each of them.
 * *count = how many.
 */
int	store_delivery_retry(struct store *, const char *id,
	    const char *notifier, int64_t now,
	    int (*fn)(const struct store_delivery *, void *), void *,
	    int64_t *count, struct error *);

/* All that a notifier is told. */
struct store_parcel {
	struct store_delivery delivery;
	struct store_alert alert;
	struct store_article article;
	const char	*feed_title, *feed_url;
};
/* 1 = loaded, 0 = no such delivery, -1. Article texts are "" if it is gone. */
int	store_delivery_load(struct store *, int64_t row, struct arena *,
	    struct store_parcel *, struct error *);
/* Forget one, with its attempts: it is replaced by others. */
int	store_delivery_remove(struct store *, int64_t row, struct error *);

/* 1 = found, 0 = not, -1. */
int	store_delivery_by_row(struct store *, int64_t row, struct arena *,
	    struct store_delivery *, struct error *);
int	store_delivery_get(struct store *, const char *id, struct arena *,
	    struct store_delivery *, struct error *);

struct store_delivery_count {
	const char	*notifier;
	int64_t		 pending, done, dead;	/* pending with those being sent */
	int64_t		 oldest;	/* since, of the oldest pending; 0 = none */
};
int	store_delivery_counts(struct store *, struct arena *,
	    struct store_delivery_count **, size_t *, struct error *);

/* Newest first; with_done = false: only those pending or dead. */
struct store_delivery_filter {
	const char	*notifier;	/* NULL = any */
	bool		 failed;	/* only dead ones, and pending ones that failed */
	bool		 with_done;
	size_t		 max;
};
int	store_delivery_list(struct store *,
	    const struct store_delivery_filter *, struct arena *,
	    struct store_delivery **, size_t *, struct error *);
int	store_delivery_of_alert(struct store *, int64_t alert, struct arena *,
	    struct store_delivery **, size_t *, struct error *);

/* The last STORE_ATTEMPTS, oldest first. */
#define STORE_ATTEMPTS 50
struct store_attempt {
	int64_t		 at;
	enum store_outcome outcome;
	const char	*reason;
};
int	store_delivery_attempts(struct store *, int64_t row, struct arena *,
	    struct store_attempt **, size_t *, struct error *);

#endif
