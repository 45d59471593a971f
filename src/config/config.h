/*
 * config - everything the operator wrote, read and checked.
 *
 * One struct config is one generation: built whole by config_load, never
 * changed, freed whole. It owns all its strings (in its arena), the vocabulary
 * and the compiled rules. A reload builds a new one beside the old one; it may
 * be built in another thread. Secrets are in memory as read from their files.
 * Durations are milliseconds, sizes bytes.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problems.h"
#include "rule/ruleset.h"

struct vocabulary;

struct config_polling {
	int64_t		 interval;	/* default 15m, a feed's own >= 1m */
	int64_t		 spacing;	/* between requests to one host, 2s */
	int64_t		 timeout;	/* one request, 30s */
	size_t		 max_body;	/* decoded, 10M */
	int64_t		 window;	/* polls in flight, 64 */
	bool		 robots;	/* robots.txt is heeded, no */
};

enum config_backlog { BACKLOG_SKIP, BACKLOG_ALERT };

struct config_feed {
	const char	 *name, *url, *origin;
	int64_t		  interval;	/* 0 = polling.interval */
	bool		  enabled;
	enum config_backlog backlog;	/* what a new feed already holds */
	const char	**tags;
	size_t		  ntags;
	const char	 *user, *password;
	const char	**headers;
	size_t		  nheaders;
};

/* A setting for the plugin, as text; lists have several values. */
struct config_option {
	const char	 *name, *origin;	/* origin: "file:line" */
	const char	**values;
	size_t		  nvalues;
	bool		  is_file;	/* was NAME_file, name without the suffix:
					   value is the content, "" = unreadable */
};

struct config_notifier {
	const char	 *name, *plugin, *origin;
	struct config_option *options;
	size_t		  noptions;
	int64_t		  timeout;	/* one send, 60s */
	int64_t		  batch;	/* 0 = each alert its own message */
	int64_t		  rate;		/* least time between messages, 0 = none */
	const char	 *quiet;	/* "22:00-07:00 Europe/Berlin", or "" */
	int64_t		  max_age;	/* then a dead letter; 3d */
};

struct config_rule {
	struct rule_source source;
	enum rule_priority priority;
	const char	 *name_origin;	/* where the rule begins */
	const char	**notify;	/* names of notifiers */
	size_t		  nnotify;
	bool		  enabled;
	int64_t		  cooldown;	/* 0 = none */
	int64_t		  max_per_hour;	/* 0 = no limit */
	int64_t		  expect_within;	/* 0 = none */
};

struct config {
	struct arena	 mem;
	const char	*path;
	const char	*contact;	/* "" = none: a warning */
	const char	*state;		/* folder of the database */
	const char	*control;	/* path of the control socket */
	const char	*control_group;
	const char	*libexec_dir, *plugin_dir;
	int64_t		 retention;
	struct config_polling polling;
	struct { const char **allow; size_t nallow; const char *proxy; } network;
	struct {			/* alerts of newsalertd's own */
		bool	 enabled;
		int64_t	 feed_failing, queue_waiting;
	} system;
	struct config_feed *feeds;
	size_t		 nfeeds;
	struct config_notifier *notifiers;
	size_t		 nnotifiers;
	struct config_rule *rules;	/* enabled ones first: rules[i] is rule i of
					   the ruleset for i < ruleset_count() */
	size_t		 nrules;
	struct vocabulary *vocabulary;
	struct ruleset	*ruleset;
};

/* What of the configuration is wanted. */
#define CONFIG_RULES_ONLY	1u	/* rules and vocabulary: for match, check of rules */

/*
 * Read PATH and the folders beside it (feeds.d, rules.d, vocabulary.d; the
 * installed vocabulary.d where there is none beside it). All problems are
 * collected; NULL when there was an error. Warnings alone do not prevent it.
 */
struct config *config_load(const char *path, unsigned flags,
	    struct problems *);
void	 config_free(struct config *);

#endif
