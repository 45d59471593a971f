/*
 * alerts - a rule fired on an article: at most once for ever for each pair.
 *
 * An alert is kept even when nothing is sent for it: then it says why (fate),
 * is counted per rule and day, and is shown by "newsalertctl alerts".
 */
#ifndef STORE_ALERTS_H
#define STORE_ALERTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct evidence;
struct store;

/* What became of an alert. The numbers are stored: append only. */
enum store_fate {
	STORE_ROUTED = 0,	/* its deliveries were made */
	STORE_SILENCED = 1,	/* "newsalertctl silence" */
	STORE_COOLDOWN = 2,	/* the rule's cooldown */
	STORE_OVER_RATE = 3,	/* the rule's max_per_hour */
	STORE_DUPLICATE = 4,	/* the same news was alerted from another feed */
	STORE_FATES
};
const char *store_fate_name(enum store_fate);	/* "routed", "silenced" ... */

struct store_alert {
	int64_t		 id;		/* set by the store */
	const char	*rule;		/* name */
	const char	*rule_text;	/* its "when" at that time */
	int		 priority;	/* enum rule_priority */
	int64_t		 feed, key;	/* the entry */
	int64_t		 article;	/* 0 = no longer kept */
	int64_t		 found;		/* when the rule fired */
	enum store_fate	 fate;
	int64_t		 duplicate_of;	/* the alert it repeats, or 0 */
	const void	*evidence;	/* bytes of evidence_put() */
	size_t		 evidence_len;
	int64_t		 link_key, title_key;	/* of struct store_likeness */
};

/*
 * What makes two alerts the same news. link_key is of the canonical link (0 if
 * it names no article: none, or a site's front page; pass "" when links are
 * not unique in the document), title_key of the title and the evidence.
 */
struct store_likeness {
	int64_t	link_key, title_key;
};
void	store_likeness(const char *link, const char *title,
	    const struct evidence *, struct store_likeness *);

/* Did this rule ever fire on this entry? 1 = yes, 0 = no, -1. */
int	store_alert_exists(struct store *, const char *rule, int64_t feed,
	    int64_t key, struct error *);
/*
 * An earlier alert of the same rule with the same link in another feed, or
 * with the same title and evidence less than a day ago. *id = 0: none.
 */
int	store_alert_like(struct store *, const char *rule, int64_t feed,
	    const struct store_likeness *, int64_t now, int64_t *id,
	    struct error *);
/*
 * Add an alert and count it by fate. 1 = added and alert->id set, 0 = this
 * rule fired on this entry before (nothing is changed), -1.
 */
int	store_alert_add(struct store *, struct store_alert *, struct error *);

/* With its article's head, for listings. */
struct store_alert_row {
	struct store_alert alert;
	const char	*feed_name;
	const char	*title, *link;	/* "" when the article is gone */
	int64_t		 published;	/* ARTICLE_NO_TIME when unknown */
	int64_t		 deliveries, done, dead, pending;
};
/* 1 = found, 0 = no such alert, -1. */
int	store_alert_get(struct store *, int64_t id, struct arena *,
	    struct store_alert_row *, struct error *);
/* Newest first; rule NULL = every rule; above after (for tail) and since. */
int	store_alert_list(struct store *, const char *rule, int64_t since,
	    int64_t after, size_t max, struct arena *,
	    struct store_alert_row **, size_t *, struct error *);
/* The alerts held back as duplicates of this one. */
int	store_alert_duplicates(struct store *, int64_t id, struct arena *,
	    struct store_alert_row **, size_t *, struct error *);

/*
 * What restraint needs: alerts of the rule that were routed. The hour is counted
 * up to most, since that is all restraint asks (0: not at all): a flood of alerts
 * costs no more for each.
 */
struct store_rule_recent {
	int64_t	last;		/* the last one, 0 = never */
	int64_t	last_hour;	/* how many in the hour before now, at most most */
};
int	store_rule_recent(struct store *, const char *rule, int64_t now,
	    int64_t most, struct store_rule_recent *, struct error *);
/* Matches of a rule, whatever their fate. */
struct store_rule_counts {
	int64_t	day, week, month;	/* in the last 24 h, 7 d, 30 d */
	int64_t	last;			/* 0 = never */
	int64_t	held[STORE_FATES];	/* in the last 30 d, by fate */
};
int	store_rule_counts(struct store *, const char *rule, int64_t now,
	    struct store_rule_counts *, struct error *);

/* Silences. rule "" = every rule. */
struct store_silence {
	const char	*rule;
	int64_t		 until, created;
	int64_t		 held;		/* alerts it kept back */
};
/* until <= now ends one. */
int	store_silence_put(struct store *, const char *rule, int64_t until,
	    int64_t now, struct error *);
/* Those in force, into the arena. */
int	store_silence_list(struct store *, int64_t now, struct arena *,
	    struct store_silence **, size_t *, struct error *);

#endif
