/*
 * protocol - the messages between newsalertd and one newsalertd-notify.
 *
 *	newsalertd				newsalertd-notify PLUGIN.so
 *						HELLO, or REFUSED
 *	CONFIGURE
 *						READY, or REFUSED
 *	SEND (batch 1)
 *						LOG*, RESULT (batch 1)
 *	...
 *	CLOSE
 *						end of file, exit 0
 *
 * They travel over a stream socketpair, descriptor 3 of newsalertd-notify. One
 * SEND is under way at a time, and its RESULT echoes its number: a RESULT with
 * any other number is a breach. LOG may come at any time. Instead of CONFIGURE
 * the daemon may send CLOSE: that is how a plugin is asked what it is. An end
 * of file means what CLOSE means.
 *
 * newsalertd-notify gets SIGTERM when the thread that started it ends
 * (PR_SET_PDEATHSIG): start it from the main thread. At SIGTERM it finishes
 * what it does, for at most five seconds.
 *
 * A process that ends, or breaks the protocol, is to be replaced; the SEND
 * that was under way counts as NOTIFY_RETRY. After REFUSED the process ends
 * by itself.
 *
 * Encoding: base/wire. Readers allocate in the caller's arena, check every
 * bound, and return -1 with a sentence on a breach. Secrets travel in
 * CONFIGURE as plain text: never write a frame to a log.
 */
#ifndef DELIVERY_PROTOCOL_H
#define DELIVERY_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/frame.h"

#define NOTIFY_FD		3	/* the link, in newsalertd-notify */
#define NOTIFY_VERSION		1	/* of these messages */
#define NOTIFY_FRAME_MAX	(64u << 20)	/* a SEND of the largest alerts */
#define NOTIFY_ALERTS_MAX	256	/* in one SEND */
/* Bytes of one alert's strings; notify_put_send keeps to them. */
#define NOTIFY_TEXT_MAX		65536	/* the article's text, cut to it */
#define NOTIFY_EVIDENCE_MAX	65536	/* longer evidence is left out */
#define NOTIFY_LINE_MAX		8192	/* all others, cut; a longer link is "" */
#define NOTIFY_OPTIONS_MAX	256
#define NOTIFY_VALUES_MAX	4096	/* elements of one list option */
#define NOTIFY_ALLOW_MAX	256	/* networks */

enum notify_message {
	NOTIFY_HELLO = 1,	/* notify -> daemon: struct notify_hello */
	NOTIFY_CONFIGURE,	/* daemon -> notify: struct notify_settings */
	NOTIFY_READY,		/* notify -> daemon: empty */
	NOTIFY_REFUSED,		/* notify -> daemon: struct notify_refusal */
	NOTIFY_SEND,		/* daemon -> notify: struct notify_batch */
	NOTIFY_RESULT,		/* notify -> daemon: struct notify_result */
	NOTIFY_LOG,		/* notify -> daemon: struct notify_line */
	NOTIFY_CLOSE,		/* daemon -> notify: empty */
};

/* Types and flags have the values of newsalertd/notifier.h. */
enum notify_type {
	NOTIFY_STRING, NOTIFY_NUMBER, NOTIFY_BOOLEAN, NOTIFY_DURATION,
	NOTIFY_TYPES
};
#define NOTIFY_REQUIRED	1u
#define NOTIFY_LIST	2u
#define NOTIFY_SECRET	4u
#define NOTIFY_EACH	8u

/* A setting that the plugin declares. */
struct notify_option {
	const char	*name;
	enum notify_type type;
	uint32_t	 flags;
	bool		 has_fallback;
	const char	*fallback;	/* "" when there is none */
	const char	*help;
};

struct notify_hello {
	uint32_t	 version;	/* NOTIFY_VERSION */
	uint32_t	 abi;		/* of the plugin: major << 16 | minor */
	const char	*plugin;	/* what the plugin calls itself */
	const char	*summary;
	struct notify_option *options;
	size_t		 noptions;
};

/* The value of an option: as text, in the order of the configuration. */
struct notify_setting {
	const char	 *name;		/* never NAME_file: the daemon read it */
	const char	**values;
	size_t		  nvalues;
};

struct notify_settings {
	const char	 *notifier;	/* configured name, e.g. "desk" */
	struct notify_setting *list;
	size_t		  n;
	int64_t		  timeout;	/* milliseconds for one send */
	const char	**allow;	/* private networks that may be reached, CIDR */
	size_t		  nallow;
};

struct notify_refusal {
	const char	*sentence;
	bool		 permanent;	/* no use trying again before a reload */
};

/* One alert for one recipient; strings as in newsalertd/notifier.h. */
struct notify_alert {
	const char	*delivery_id;
	uint32_t	 attempt;	/* 1 for the first */
	bool		 test;
	const char	*alert_id;
	const char	*recipient;	/* "" unless the plugin has an EACH option */
	const char	*rule, *rule_text;
	const char	*priority;	/* "low", "normal", "high" */
	const char	*feed, *feed_title, *feed_url;
	const char	*title, *link, *author;
	const char	*text;		/* article_body */
	int64_t		 published;	/* Unix seconds, 0 = unknown */
	int64_t		 found;
	const void	*evidence;	/* bytes of evidence_put, as stored */
	size_t		 evidence_len;	/* 0 = none */
};

/* All alerts of a batch have the same recipient: they are one message. */
struct notify_batch {
	uint64_t	 number;	/* chosen by the daemon, echoed */
	struct notify_alert *alerts;
	size_t		 n;		/* 1 to NOTIFY_ALERTS_MAX */
};

enum notify_outcome {
	NOTIFY_DONE,		/* NOTIFIER_OK */
	NOTIFY_RETRY,		/* NOTIFIER_RETRY, nonsense */
	NOTIFY_NEVER,		/* NOTIFIER_FAIL */
	NOTIFY_OUTCOMES
};

struct notify_result {
	uint64_t	 batch;
	enum notify_outcome outcome;
	const char	*sentence;	/* why not; "" when done */
	int64_t		 retry_after;	/* seconds; 0 = not said */
};

struct notify_line {
	int		 priority;	/* as in syslog(3): 0 to 7 */
	const char	*text;		/* one line */
};

int	notify_put_hello(struct frame_link *, const struct notify_hello *,
	    struct error *);
int	notify_get_hello(const struct frame *, struct arena *,
	    struct notify_hello *, struct error *);
int	notify_put_configure(struct frame_link *,
	    const struct notify_settings *, struct error *);
int	notify_get_configure(const struct frame *, struct arena *,
	    struct notify_settings *, struct error *);
int	notify_put_refused(struct frame_link *, const struct notify_refusal *,
	    struct error *);
int	notify_get_refused(const struct frame *, struct arena *,
	    struct notify_refusal *, struct error *);
/* Fails only when the batch has no alert or too many: whatever the alerts say,
   they fit, since what is too long is cut on a character's border. */
int	notify_put_send(struct frame_link *, const struct notify_batch *,
	    struct error *);
/* The evidence is borrowed from the frame. */
int	notify_get_send(const struct frame *, struct arena *,
	    struct notify_batch *, struct error *);
int	notify_put_result(struct frame_link *, const struct notify_result *,
	    struct error *);
int	notify_get_result(const struct frame *, struct arena *,
	    struct notify_result *, struct error *);
int	notify_put_log(struct frame_link *, const struct notify_line *,
	    struct error *);
int	notify_get_log(const struct frame *, struct arena *,
	    struct notify_line *, struct error *);
/* READY, CLOSE. */
int	notify_put_empty(struct frame_link *, enum notify_message,
	    struct error *);
int	notify_get_empty(const struct frame *, struct error *);

#endif
