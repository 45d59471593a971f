/*
 * newsalertd/notifier.h - write a notifier for newsalertd.
 *
 * A notifier is a shared object with one symbol, made by NOTIFIER_DEFINE:
 *
 *	#include <newsalertd/notifier.h>
 *	#include <stdio.h>
 *
 *	static int
 *	my_send(struct notifier_host *host, void *state,
 *	    const struct notifier_alert *const *alerts, size_t n)
 *	{
 *		(void)state;
 *		for (size_t i = 0; i < n; i++)
 *			if (printf("%s: %s\n", alerts[i]->rule,
 *			    alerts[i]->title) < 0) {
 *				host->error(host, "cannot write to stdout");
 *				return NOTIFIER_RETRY;
 *			}
 *		return fflush(stdout) == 0 ? NOTIFIER_OK : NOTIFIER_RETRY;
 *	}
 *
 *	NOTIFIER_DEFINE(.name = "hello", .summary = "prints alerts",
 *	    .send = my_send)
 *
 *	cc -shared -fPIC $(pkg-config --cflags newsalertd) -o hello.so hello.c
 *
 * Rules of the house
 * - One process per configured notifier, one call at a time: no threads
 *   needed, and you may use globals, because nothing else lives there.
 * - You may block, up to the notifier's configured timeout. Then the process
 *   gets SIGTERM, five seconds later SIGKILL, and the delivery is retried. A
 *   crash, an exit or a hang counts as RETRY.
 * - stdout is the daemon's own; what you print on stderr goes to the log line
 *   by line. Descriptor 3 is the host's.
 * - Alerts and everything they point to are valid until send() returns. You
 *   free what you allocate, the host frees what it gives.
 * - Strings are UTF-8 without NUL; never NULL, "" where there is nothing. Feed
 *   text is hostile: escape it for where you put it. It holds no control
 *   characters but '\n' (titles, names, links, and reasons not even that), no
 *   U+2028 and U+2029, and nothing that reverses the direction of writing.
 * - A delivery is made at least once. After a crash you may see the same
 *   delivery_id again: pass it on, so that the receiver can recognise it.
 *
 * Compatibility
 * The host takes a plugin of the same major version and a minor version not
 * above its own. Structures only ever grow at their end: those the host fills
 * are at least as long as the header you built with says, those you fill are
 * copied with the size the macro recorded. So do not copy host structures by
 * value, and do not make arrays of them. (struct notifier_option stands in
 * arrays and never grows.)
 */
#ifndef NEWSALERTD_NOTIFIER_H
#define NEWSALERTD_NOTIFIER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NOTIFIER_ABI_MAJOR	1
#define NOTIFIER_ABI_MINOR	0
#define NOTIFIER_ABI \
	((uint32_t)NOTIFIER_ABI_MAJOR << 16 | (uint32_t)NOTIFIER_ABI_MINOR)

/* What open() and send() return: an int, one of these. */
#define NOTIFIER_OK	0	/* done: never given to you again */
#define NOTIFIER_RETRY	1	/* not now: again later, with growing distance */
#define NOTIFIER_FAIL	2	/* never: set aside for the operator to see */

/* Option types. Values are checked before open() is called. */
#define NOTIFIER_STRING		0
#define NOTIFIER_NUMBER		1	/* whole number */
#define NOTIFIER_BOOLEAN	2	/* number() gives 0 or 1 */
#define NOTIFIER_DURATION	3	/* "30s"; number() gives milliseconds */

/* Option flags. */
#define NOTIFIER_REQUIRED	1u
#define NOTIFIER_LIST		2u	/* [ "a", "b" ]; a single string is a list of one */
#define NOTIFIER_SECRET		4u	/* never logged or shown; may be given as NAME_file */
#define NOTIFIER_EACH		8u	/* with LIST: one delivery per element, with its own
					   id and fate; alert->recipient is the element */

/* One setting of your plugin. The list ends with { .name = NULL }. */
struct notifier_option {
	const char	*name;		/* [a-z0-9_]+, not ending in "_file" */
	uint32_t	 type;
	uint32_t	 flags;
	const char	*fallback;	/* default, as text; NULL = none */
	const char	*help;		/* one line for the manual */
};

/* Why the rule matched: one part of the sentence. */
struct notifier_part {
	const char	*role;		/* "owner", "measure", "predicate", "amount", "place" ... */
	const char	*text;		/* as it stands in the field */
	const char	*field;		/* "title", "text", or another's name */
	uint32_t	 start, end;	/* byte offsets into title or text, end
					   exclusive; both 0 when not there */
	const char	*value;		/* normalised: "semiconductor", "-12 %"; or "" */
};

/* One alert for one recipient. */
struct notifier_alert {
	const char	*delivery_id;	/* the same at every attempt; [a-z2-7]{26} */
	uint32_t	 attempt;	/* 1 for the first */
	uint32_t	 test;		/* 1 = a sample made by "newsalertctl test" */
	const char	*alert_id;	/* for "newsalertctl alert ID" */
	const char	*recipient;	/* the element of an EACH option, or "" */
	const char	*rule;		/* name of the rule */
	const char	*rule_text;	/* its "when" */
	const char	*priority;	/* "low", "normal" or "high" */
	const char	*feed;		/* name of the feed */
	const char	*feed_title;
	const char	*feed_url;
	const char	*title;		/* of the article */
	const char	*link;		/* http or https URL, or "" */
	const char	*author;
	const char	*text;		/* body, plain text, '\n' between blocks; may be cut */
	int64_t		 published;	/* Unix seconds; 0 = unknown */
	int64_t		 found;		/* when newsalertd saw it */
	/* The evidence. */
	const char	*sentence;	/* the sentence that matched */
	const char	*sentence_field; /* "title" or "text" */
	uint32_t	 sentence_start, sentence_end;	/* byte offsets into it */
	const char	*evidence;	/* the sentence in one line with [values] marked */
	const char	*facts;		/* inferred facts used, one a line; or "" */
	const struct notifier_part *const *parts;	/* in order of the text */
	size_t		 nparts;
};

/* What the host does for you. */
struct notifier_host {
	/* An option's value, its default, or "". index counts in a LIST.
	   A SECRET given as NAME_file is read for you: ask for NAME. */
	const char *(*text)(struct notifier_host *, const char *option,
		    size_t index);
	/* Elements of a LIST option (0 or 1 for others). */
	size_t	(*count)(struct notifier_host *, const char *option);
	/* A NUMBER, BOOLEAN or DURATION option. */
	int64_t	(*number)(struct notifier_host *, const char *option);
	/* A line in the daemon's log. priority as in syslog(3): 3 error,
	   4 warning, 6 info, 7 debug. */
	void	(*log)(struct notifier_host *, int priority, const char *fmt,
		    ...)
#ifdef __GNUC__
	    __attribute__((format(printf, 3, 4)))
#endif
	    ;
	/* The reason of a RETRY or FAIL: one sentence. The last one counts. */
	void	(*error)(struct notifier_host *, const char *fmt, ...)
#ifdef __GNUC__
	    __attribute__((format(printf, 2, 3)))
#endif
	    ;
	/* With RETRY: not before so many seconds from now. */
	void	(*retry_after)(struct notifier_host *, int64_t seconds);
	/* The configured name of this notifier, e.g. "desk". */
	const char *(*name)(struct notifier_host *);
	/* Milliseconds send() may still take. */
	int64_t	(*time_left)(struct notifier_host *);
	/* 0 if the network allow list of the configuration permits a
	   connection to this numeric address, else -1 (private, loopback ...). */
	int	(*may_connect)(struct notifier_host *, const char *address);
	/* The alert as one JSON object, UTF-8 in one line; all of it, as
	   newsalertd-notifier(7) shows. Valid until send() returns. */
	const char *(*json)(struct notifier_host *,
		    const struct notifier_alert *);
	/* One id for a message of n alerts: the delivery_id of a single one,
	   else made of all of theirs; the same whenever the same alerts come
	   again. [a-z2-7]{26}, valid until send() returns. */
	const char *(*message_id)(struct notifier_host *,
		    const struct notifier_alert *const *alerts, size_t n);
};

/* What you are. */
struct notifier {
	uint32_t	 abi;		/* set by NOTIFIER_DEFINE */
	uint32_t	 size;		/* set by NOTIFIER_DEFINE */
	const char	*name;
	const char	*summary;	/* one line */
	const struct notifier_option *options;	/* NULL = none */
	/*
	 * Once, before the first send. Return NOTIFIER_OK, or NOTIFIER_RETRY
	 * (tried again later) or NOTIFIER_FAIL (the settings can never work).
	 * Do not connect here what may be down: do it in send. May be NULL.
	 */
	int	(*open)(struct notifier_host *, void **state);
	/* Deliver n >= 1 alerts as one message. All share rule-independent
	   settings and the same recipient. Required. */
	int	(*send)(struct notifier_host *, void *state,
		    const struct notifier_alert *const *alerts, size_t n);
	/* Once, before the process ends in good order. May be NULL. */
	void	(*close)(struct notifier_host *, void *state);
};

#if defined(__GNUC__)
#define NOTIFIER_EXPORT __attribute__((visibility("default")))
#else
#define NOTIFIER_EXPORT
#endif

/* The one symbol the host looks up. */
#define NOTIFIER_SYMBOL	"newsalertd_notifier"

#ifdef __cplusplus
#define NOTIFIER_DEFINE(...)						\
	extern "C" NOTIFIER_EXPORT const struct notifier newsalertd_notifier; \
	const struct notifier newsalertd_notifier = {			\
		.abi = NOTIFIER_ABI, .size = sizeof(struct notifier),	\
		__VA_ARGS__ };
#else
#define NOTIFIER_DEFINE(...)						\
	extern NOTIFIER_EXPORT const struct notifier newsalertd_notifier; \
	const struct notifier newsalertd_notifier = {			\
		.abi = NOTIFIER_ABI, .size = sizeof(struct notifier),	\
		__VA_ARGS__ };
#endif

#ifdef __cplusplus
}
#endif
#endif
