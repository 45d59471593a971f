/*
 * protocol - the messages of a poll: order, document, report.
 *
 *   newsalertd --ORDER--> newsalertd-fetch --DOCUMENT--> newsalertd-parse
 *   newsalertd <--BEGIN, ARTICLE*, REPORT-- newsalertd-parse
 *
 * One order is ONE request: newsalertd-fetch never follows a redirect and
 * never retries, so that every hop passes the host gate and the policy of the
 * daemon, where both are pure functions. The answer carries the raw headers
 * that policy needs. BEGIN names the poll before its document is looked at:
 * if newsalertd-parse dies, that document is to blame. ARTICLEs come in
 * document order, REPORT ends the poll.
 *
 * Encoding: base/wire. Readers allocate in the caller's arena, check every
 * bound, and return -1 on a breach: the other process is then replaced.
 */
#ifndef POLL_PROTOCOL_H
#define POLL_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/frame.h"

#define POLL_FRAME_MAX	(64u << 20)	/* a document and its headers */
#define POLL_ITEMS_MAX	10000		/* articles of one document */
#define POLL_ALLOW_MAX	256		/* networks, headers */

enum poll_message {
	POLL_SETUP = 1,		/* daemon -> fetch, first message */
	POLL_ORDER,		/* daemon -> fetch */
	POLL_CANCEL,		/* daemon -> fetch: u64 poll */
	POLL_DOCUMENT,		/* fetch -> parse */
	POLL_BEGIN,		/* parse -> daemon: u64 poll */
	POLL_ARTICLE,		/* parse -> daemon: u64 poll, article */
	POLL_REPORT,		/* parse -> daemon: answer without body, feed */
};

/* What is the same for every request. */
struct poll_setup {
	const char	 *user_agent;
	const char	 *proxy;	/* "" = none, whatever the environment says */
	const char	**allow;	/* private networks that may be reached, CIDR */
	size_t		  nallow;
};

struct poll_order {
	uint64_t	  poll;		/* chosen by the daemon, echoed */
	const char	 *url;
	const char	 *etag;		/* raw bytes as received; "" = send none */
	const char	 *last_modified;
	const char	 *user, *password;	/* only set for the configured origin */
	const char	**headers;	/* "Name: value", likewise */
	size_t		  nheaders;
	uint32_t	  timeout_ms;	/* whole request */
	uint64_t	  max_body;	/* decoded bytes */
	int64_t		  known_body;	/* hash_document of the last document,
					   0 = none */
	const char	 *robots;	/* "" = a feed; else url is a robots.txt, and
					   this the path to find in it */
	uint32_t	  address_max;	/* no new connection to an address with
					   so many requests; 0 = no limit */
};

/* What became of the request. */
enum poll_outcome {
	POLL_OK,		/* 200 (or 226) with a body */
	POLL_NOT_MODIFIED,	/* 304, or 200 with the very document we know */
	POLL_REDIRECT,		/* 301 302 303 307 308 with a Location */
	POLL_HTTP_ERROR,	/* any other status */
	POLL_DNS,		/* name does not resolve */
	POLL_CONNECT,		/* refused, unreachable, reset */
	POLL_TLS,		/* handshake or certificate */
	POLL_TIMEOUT,
	POLL_TOO_LARGE,		/* more decoded bytes than max_body */
	POLL_BLOCKED,		/* a private address that is not allowed */
	POLL_BAD_URL,		/* not http(s), or not a URL */
	POLL_BROKEN,		/* malformed HTTP, bad compression, cut short */
	POLL_BUSY,		/* not asked: address_max was reached */
	POLL_NOT_FEED,		/* set by parse: the document is no feed */
	POLL_DISALLOWED,	/* set by parse: by that robots.txt */
	POLL_PARSER_DIED,	/* set by the daemon */
	POLL_OUTCOMES
};

struct poll_answer {
	uint64_t	 poll;
	enum poll_outcome outcome;
	uint32_t	 status;	/* HTTP status of the response, 0 = none */
	const char	*error;		/* one sentence, "" when all is well */
	const char	*url;		/* the URL asked for */
	const char	*robots;	/* as in the order */
	const char	*base;		/* what the document's links are relative
					   to where it is not url, else "" */
	const char	*address;	/* that was asked, "" behind a proxy */
	/* Raw header values as received (last one wins), "" = absent. */
	const char	*etag, *last_modified, *location, *retry_after;
	const char	*cache_control, *age, *expires, *date, *content_type;
	const char	*mitigated;	/* cf-mitigated, x-amzn-waf-action */
	uint64_t	 bytes;		/* decoded body size */
	int64_t		 body;		/* hash_document of it, 0 = none */
	uint32_t	 elapsed_ms;
};

/* What the document says about itself (parse fills it on POLL_OK). */
struct poll_feed {
	const char	*format;	/* "rss-2.0", "atom-1.0", "json-1.1" ... */
	const char	*title, *link, *description, *lang;
	const char	*self;		/* rel=self, or "" */
	const char	*older;		/* the page before it (RFC 5005), or "" */
	const char	*damaged;	/* what was wrong with the document, or "" */
	bool		 cut;		/* it ends in the middle */
	uint32_t	 items;		/* articles sent */
	uint32_t	 items_dropped;	/* over the limit or not recoverable */
	bool		 ids_unique, links_unique;
	int64_t		 ttl;		/* seconds, 0 = none (RSS ttl is in minutes) */
	int64_t		 update_period;	/* sy: period / frequency in seconds, 0 = none */
	uint32_t	 skip_hours;	/* bit h = hour h GMT is skipped */
	uint32_t	 skip_days;	/* bit d = day d is skipped, 0 = Sunday */
};

const char *poll_outcome_name(enum poll_outcome);	/* "not-modified" ... */
/* Nothing: strings "", numbers 0. */
void	poll_answer_init(struct poll_answer *);
void	poll_feed_init(struct poll_feed *);

int	poll_put_setup(struct frame_link *, const struct poll_setup *,
	    struct error *);
int	poll_get_setup(const struct frame *, struct arena *,
	    struct poll_setup *, struct error *);
int	poll_put_order(struct frame_link *, const struct poll_order *,
	    struct error *);
int	poll_get_order(const struct frame *, struct arena *,
	    struct poll_order *, struct error *);
/* POLL_DOCUMENT; the body is borrowed from the frame. */
int	poll_put_document(struct frame_link *, const struct poll_answer *,
	    const void *body, size_t len, struct error *);
int	poll_get_document(const struct frame *, struct arena *,
	    struct poll_answer *, const char **body, size_t *len,
	    struct error *);
int	poll_put_report(struct frame_link *, const struct poll_answer *,
	    const struct poll_feed *, struct error *);
int	poll_get_report(const struct frame *, struct arena *,
	    struct poll_answer *, struct poll_feed *, struct error *);
/* POLL_CANCEL, POLL_BEGIN. */
int	poll_put_number(struct frame_link *, enum poll_message, uint64_t poll,
	    struct error *);
int	poll_get_number(const struct frame *, uint64_t *poll, struct error *);
/* POLL_ARTICLE: poll number, then article_put(): written by parse with
   frame_begin/wire_put_u64/article_put/frame_end. */

#endif
