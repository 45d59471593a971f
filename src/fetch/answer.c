#include "fetch/answer.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/hash.h"
#include "fetch/outcome.h"
#include "fetch/url.h"

/* So much of an error page is read to keep the connection; then it is cut. */
#define IGNORE_MAX	(64 * 1024)
/* Room in the frame for the headers beside the body. */
#define BODY_MAX	(POLL_FRAME_MAX - (1u << 20))

#define VALUE_MAX	8192		/* bytes of one header */

struct field {
	const char *name;
	size_t	 at;		/* offset of the const char * in struct answer */
	bool	 list;		/* several lines are one list (RFC 9110 5.3) */
};

#define OUT(member) offsetof(struct answer, out.member)

static const struct field fields[] = {
	{ "ETag", OUT(etag), false },
	{ "Last-Modified", OUT(last_modified), false },
	{ "Location", OUT(location), false },
	{ "Retry-After", OUT(retry_after), false },
	{ "Cache-Control", OUT(cache_control), true },
	{ "Age", OUT(age), false },
	{ "Expires", OUT(expires), false },
	{ "Date", OUT(date), false },
	{ "Content-Type", OUT(content_type), false },
	{ "Content-Location", OUT(base), false },
	{ "cf-mitigated", OUT(mitigated), false },
	{ "x-amzn-waf-action", OUT(mitigated), false },
	{ "Content-Encoding", offsetof(struct answer, encoding), true },
};

#define NFIELDS (sizeof(fields) / sizeof(fields[0]))

static const char **
value_of(struct answer *a, const struct field *f)
{
	return (const char **)(void *)((char *)a + f->at);
}

static void
forget_headers(struct answer *a)
{
	for (size_t i = 0; i < NFIELDS; i++)
		*value_of(a, &fields[i]) = "";
}

void
answer_init(struct answer *a, struct arena *mem, const struct poll_order *o)
{
	memset(a, 0, sizeof(*a));
	a->mem = mem;
	a->out.poll = o->poll;
	a->out.error = "";
	a->out.url = a->out.address = "";
	a->out.robots = arena_strdup(mem, o->robots);
	a->max_body = o->max_body < BODY_MAX ? o->max_body : BODY_MAX;
	a->timeout_ms = o->timeout_ms;
	a->known_body = o->known_body;
	a->conditional = o->etag[0] != '\0' || o->last_modified[0] != '\0';
	forget_headers(a);
}

void
answer_clear(struct answer *a)
{
	decode_free(a->decode);
	a->decode = NULL;
}

void
answer_refuse(struct answer *a, enum poll_outcome outcome, const char *why)
{
	if (a->stopped)
		return;
	a->stopped = true;
	a->out.outcome = outcome;
	a->out.error = arena_strdup(a->mem, why);
}

static const char *
blocked(struct answer *a, const char *address, const char *what)
{
	return arena_printf(a->mem, "%s is %s and not in network.allow",
	    address, what);
}

void
answer_block(struct answer *a, const struct sockaddr *to)
{
	char text[ADDRESS_TEXT];

	a->blocked = blocked(a, address_text(to, text, sizeof(text)),
	    address_private(to));
}

void
answer_crowd(struct answer *a, const struct sockaddr *to)
{
	char text[ADDRESS_TEXT];

	if (a->crowded)
		return;
	a->crowded = true;
	a->out.address = arena_strdup(a->mem, address_text(to, text,
	    sizeof(text)));
}

bool
answer_is_blocked_host(struct answer *a, const char *host,
    const struct address_net *allow, size_t n)
{
	struct address_net literal;

	if (address_parse(host, &literal, NULL) < 0 ||
	    address_allowed_text(host, allow, n))
		return false;
	answer_refuse(a, POLL_BLOCKED, blocked(a, host, "a private address"));
	return true;
}

/* A value that is too long to be stored and sent back counts as absent. */
static void
keep_value(struct answer *a, const struct field *f, const char *p, size_t n)
{
	const char **to = value_of(a, f);

	while (n > 0 && strchr(" \t\r\n", p[n - 1]) != NULL)
		n--;
	while (n > 0 && (*p == ' ' || *p == '\t'))
		p++, n--;
	if (n > VALUE_MAX || (f->list && strlen(*to) + n > VALUE_MAX))
		return;
	if (f->list && **to != '\0')
		*to = arena_printf(a->mem, "%s, %.*s", *to, (int)n, p);
	else
		*to = arena_strndup(a->mem, p, n);
}

static int
begin_response(struct answer *a, const char *line, size_t n)
{
	const char *space = memchr(line, ' ', n);

	/* Headers of an interim response (1xx) are not those of the answer. */
	forget_headers(a);
	a->out.status = space != NULL ? (uint32_t)atoi(space + 1) : 0;
	return 0;
}

int
answer_header(struct answer *a, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);

	if (a->stopped)
		return -1;
	if ((a->header_bytes += n) > ANSWER_HEADERS) {
		answer_refuse(a, POLL_BROKEN, "the headers of the answer are "
		    "longer than 100 kB");
		return -1;
	}
	if (n > 5 && strncasecmp(line, "HTTP/", 5) == 0)
		return begin_response(a, line, n);
	for (size_t i = 0; colon != NULL && i < NFIELDS; i++)
		if (strlen(fields[i].name) == (size_t)(colon - line) &&
		    strncasecmp(line, fields[i].name,
		    (size_t)(colon - line)) == 0)
			keep_value(a, &fields[i], colon + 1,
			    n - (size_t)(colon + 1 - line));
	return 0;
}

int
answer_body(struct answer *a, const void *data, size_t n)
{
	struct error err;

	if (a->stopped)
		return -1;
	if (!outcome_has_document(a->out.status))
		return (a->ignored += n) > IGNORE_MAX ? -1 : 0;
	if (a->decode == NULL)
		a->decode = decode_new(a->encoding, (size_t)a->max_body);
	if (decode_push(a->decode, data, n, &err) == 0)
		return 0;
	answer_refuse(a, decode_is_full(a->decode) ? POLL_TOO_LARGE :
	    POLL_BROKEN, err.text);
	return -1;
}

/* A server without validators still need not make us read it all again. */
static void
take_document(struct answer *a)
{
	const struct buf *body = a->decode != NULL ? decode_body(a->decode) :
	    NULL;

	a->out.outcome = POLL_OK;
	if (body == NULL || body->len == 0)
		return;
	a->out.bytes = body->len;
	a->out.body = hash_document(body->data, body->len);
	if (a->out.status == 200 && a->out.body == a->known_body)
		a->out.outcome = POLL_NOT_MODIFIED;
}

static void
conclude_document(struct answer *a, CURLcode rc, const char *text)
{
	struct error err;

	if (rc != CURLE_OK)
		outcome_of_failure(a, rc, text);
	else if (a->decode != NULL && decode_end(a->decode, &err) < 0)
		answer_refuse(a, decode_is_full(a->decode) ? POLL_TOO_LARGE :
		    POLL_BROKEN, err.text);
	else
		take_document(a);
}

/*
 * RFC 3986, section 5.1.3: what the answer says it is comes before what was
 * asked for. (HTTP no longer says so, feeds still count on it.)
 */
static const char *
document_base(const char *content_location, CURLU *url, struct arena *mem)
{
	const char *text;
	struct error err;

	if (content_location[0] == '\0')
		return "";
	text = url_resolve(url, content_location, mem, &err);
	return text != NULL && (strncasecmp(text, "http://", 7) == 0 ||
	    strncasecmp(text, "https://", 8) == 0) ? text : "";
}

void
answer_conclude(struct answer *a, CURLcode rc, const char *text, CURLU *base)
{
	struct error err;

	if (a->stopped)
		return;
	if (rc != CURLE_OK && a->crowded)
		answer_refuse(a, POLL_BUSY, "its address has enough requests");
	else if (rc == CURLE_COULDNT_CONNECT && a->blocked != NULL)
		answer_refuse(a, POLL_BLOCKED, a->blocked);
	else if (a->out.status < 200)
		outcome_of_failure(a, rc, text);
	else if (outcome_has_document(a->out.status))
		conclude_document(a, rc, text);
	else
		outcome_of_status(a);
	if (a->out.outcome == POLL_OK)
		a->out.base = document_base(a->out.base, base, a->mem);
	if (a->out.outcome != POLL_REDIRECT)
		return;
	a->out.location = url_resolve(base, a->out.location, a->mem, &err);
	if (a->out.location == NULL) {
		a->out.location = "";
		answer_refuse(a, POLL_BROKEN, err.text);
	}
}

const struct buf *
answer_document(const struct answer *a)
{
	static const struct buf empty;

	return a->out.outcome == POLL_OK && a->decode != NULL ?
	    decode_body(a->decode) : &empty;
}
