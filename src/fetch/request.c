#include "fetch/request.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fetch/answer.h"
#include "fetch/url.h"

#define CONNECT_MS	15000
#define LOW_SPEED	10		/* bytes per second ... */
#define LOW_SPEED_S	20		/* ... over so many seconds */
#define IDLE_REUSE_S	60		/* an idle connection older than that is not */
#define ARENA_KEPT	(64 * 1024)
#define LINE_BREAK	"The order holds a line break where none may be"

#define IDLE_MAX	64		/* handles kept for the next orders */

struct request {
	struct request	*next, **before;	/* while idle; while open */
	struct request_policy *policy;
	struct arena	 mem;
	struct answer	 answer;
	CURL		*easy;
	bool		 refused;	/* before anything was sent */
	CURLU		*url;
	struct curl_slist *headers, **last;	/* in mem */
	char		 text[CURL_ERROR_SIZE];
	long		 timeout_ms;
	int64_t		 held_at;	/* 0 = not held */
	uint32_t	 address_max;
	struct sockaddr_storage peer;	/* while open */
};

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool
has_break(const char *text)
{
	return text != NULL && strpbrk(text, "\r\n") != NULL;
}

int
request_policy_init(struct request_policy *p, const struct poll_setup *s,
    struct error *err)
{
	if (has_break(s->user_agent) || has_break(s->proxy))
		return error_set(err, "%s", LINE_BREAK);
	p->agent = mem_printf("User-Agent: %s", s->user_agent);
	p->proxy = s->proxy;
	p->nallow = s->nallow;
	p->idle = p->open = NULL;
	p->nidle = 0;
	for (size_t i = 0; i < s->nallow; i++)
		if (address_parse(s->allow[i], &p->allow[i], err) < 0)
			return -1;
	return 0;
}

static bool
same_address(const struct sockaddr_storage *a, const struct sockaddr *b)
{
	const struct sockaddr_in *a4 = (const void *)a, *b4 = (const void *)b;
	const struct sockaddr_in6 *a6 = (const void *)a, *b6 = (const void *)b;

	if (a->ss_family != b->sa_family)
		return false;
	return b->sa_family == AF_INET ?
	    a4->sin_addr.s_addr == b4->sin_addr.s_addr :
	    memcmp(&a6->sin6_addr, &b6->sin6_addr, sizeof(a6->sin6_addr)) == 0;
}

/* Several names may lead to one address: who first asks it is told. */
static bool
is_crowded(const struct request *r, const struct sockaddr *to)
{
	uint32_t n = 0;

	for (const struct request *o = r->policy->open; o != NULL; o = o->next)
		n += o != r && same_address(&o->peer, to);
	return r->address_max > 0 && n >= r->address_max;
}

static void
note_open(struct request *r, const struct curl_sockaddr *to)
{
	memset(&r->peer, 0, sizeof(r->peer));
	memcpy(&r->peer, &to->addr, to->addrlen < sizeof(r->peer) ?
	    to->addrlen : sizeof(r->peer));
	if (r->before != NULL)
		return;
	r->next = r->policy->open;
	r->before = &r->policy->open;
	if (r->next != NULL)
		r->next->before = &r->next;
	*r->before = r;
}

static void
note_closed(struct request *r)
{
	if (r->before == NULL)
		return;
	*r->before = r->next;
	if (r->next != NULL)
		r->next->before = r->before;
	r->before = NULL;
}

/* CURLOPT_OPENSOCKETFUNCTION: the last look before a packet leaves. With a
   proxy the peer is the proxy, which the operator named. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct request *r = arg;

	(void)purpose;
	if (r->policy->proxy[0] == '\0') {
		if (!address_allowed(&to->addr, r->policy->allow,
		    r->policy->nallow)) {
			answer_block(&r->answer, &to->addr);
			return CURL_SOCKET_BAD;
		}
		if (r->answer.crowded || is_crowded(r, &to->addr)) {
			answer_crowd(&r->answer, &to->addr);
			return CURL_SOCKET_BAD;
		}
		note_open(r, to);
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t
take_header(char *data, size_t size, size_t n, void *arg)
{
	struct request *r = arg;

	return answer_header(&r->answer, data, size * n) < 0 ? 0 : size * n;
}

static size_t
take_body(char *data, size_t size, size_t n, void *arg)
{
	struct request *r = arg;

	return answer_body(&r->answer, data, size * n) < 0 ? 0 : size * n;
}

/* A header of the order takes the place of our own. */
static bool
is_ordered(const struct poll_order *o, const char *line)
{
	size_t name = strcspn(line, ":") + 1;

	for (size_t i = 0; i < o->nheaders; i++)
		if (strncasecmp(o->headers[i], line, name) == 0)
			return true;
	return false;
}

/* libcurl only reads the list: no need for a copy of each line. */
static void
add_header(struct request *r, const char *line)
{
	struct curl_slist *l = arena_alloc(&r->mem, sizeof(*l));

	l->data = (char *)(uintptr_t)line;
	l->next = NULL;
	*r->last = l;
	r->last = &l->next;
}

static int
set_headers(struct request *r, const struct poll_order *o, struct error *err)
{
	const char *const own[] = {
		r->policy->agent,
		"Accept: application/atom+xml,application/rss+xml,"
		    "application/feed+json,application/xml,*/*;q=0.5",
		"Accept-Encoding: " DECODE_ACCEPTS,
	};

	r->last = &r->headers;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!is_ordered(o, own[i]))
			add_header(r, own[i]);
	if (has_break(o->etag) || has_break(o->last_modified))
		return error_set(err, "%s", LINE_BREAK);
	/* The value byte for byte: it is the server's to understand. RFC 3229:
	   with a validator it may send the new entries only. */
	if (o->etag[0] != '\0') {
		add_header(r, arena_printf(&r->mem, "If-None-Match: %s",
		    o->etag));
		add_header(r, "A-IM: feed");
	}
	if (o->last_modified[0] != '\0')
		add_header(r, arena_printf(&r->mem, "If-Modified-Since: %s",
		    o->last_modified));
	for (size_t i = 0; i < o->nheaders; i++) {
		if (has_break(o->headers[i]))
			return error_set(err, "%s", LINE_BREAK);
		add_header(r, arena_strdup(&r->mem, o->headers[i]));
	}
	return 0;
}

#define SET(r, option, value) curl_easy_setopt((r)->easy, option, value)

/* What no order changes. */
static void
set_limits(struct request *r)
{
	SET(r, CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED);
	SET(r, CURLOPT_LOW_SPEED_TIME, (long)LOW_SPEED_S);
	SET(r, CURLOPT_MAXAGE_CONN, (long)IDLE_REUSE_S);
	SET(r, CURLOPT_PROTOCOLS_STR, "http,https");
	SET(r, CURLOPT_FOLLOWLOCATION, 0L);
	SET(r, CURLOPT_NOSIGNAL, 1L);
	/* A name that is still being resolved is given up, not waited for. */
	SET(r, CURLOPT_QUICK_EXIT, 1L);
	SET(r, CURLOPT_HTTP_CONTENT_DECODING, 0L);	/* see decode.h */
	SET(r, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(r, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(r, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	/* For a CONNECT to the proxy; to others a header says it (libcurl puts
	   its own option together anew for each request). */
	if (r->policy->proxy[0] != '\0')
		SET(r, CURLOPT_USERAGENT, strchr(r->policy->agent, ' ') + 1);
	/* "" and not NULL: http_proxy of the environment is not for us. */
	SET(r, CURLOPT_PROXY, r->policy->proxy);
	SET(r, CURLOPT_NOPROXY, "");
}

static void
set_callbacks(struct request *r)
{
	SET(r, CURLOPT_PRIVATE, r);
	SET(r, CURLOPT_ERRORBUFFER, r->text);
	SET(r, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(r, CURLOPT_OPENSOCKETDATA, r);
	SET(r, CURLOPT_HEADERFUNCTION, take_header);
	SET(r, CURLOPT_HEADERDATA, r);
	SET(r, CURLOPT_WRITEFUNCTION, take_body);
	SET(r, CURLOPT_WRITEDATA, r);
}

/* Everything an order can set is set, so that none inherits from another. */
static void
aim(struct request *r, const struct poll_order *o)
{
	r->address_max = o->address_max;
	r->timeout_ms = o->timeout_ms > 0 ? (long)o->timeout_ms : CONNECT_MS;
	SET(r, CURLOPT_TIMEOUT_MS, r->timeout_ms);
	SET(r, CURLOPT_CONNECTTIMEOUT_MS,
	    r->timeout_ms < CONNECT_MS ? r->timeout_ms : (long)CONNECT_MS);
	SET(r, CURLOPT_CURLU, r->url);
	SET(r, CURLOPT_HTTPHEADER, r->headers);
	SET(r, CURLOPT_USERNAME, o->user[0] != '\0' ? o->user : NULL);
	SET(r, CURLOPT_PASSWORD, o->password[0] != '\0' ? o->password : NULL);
	r->text[0] = '\0';
}

static struct request *
make(struct request_policy *policy)
{
	struct request *r = policy->idle;

	if (r != NULL) {
		policy->idle = r->next;
		policy->nidle--;
		return r;
	}
	r = mem_zalloc(1, sizeof(*r));
	r->policy = policy;
	arena_init(&r->mem);
	if ((r->easy = curl_easy_init()) == NULL)
		abort();
	set_limits(r);
	set_callbacks(r);
	return r;
}

struct request *
request_new(const struct poll_order *o, struct request_policy *policy)
{
	struct request *r = make(policy);
	struct error err;

	r->refused = true;
	answer_init(&r->answer, &r->mem, o);
	if ((r->url = url_parse(o->url, &err)) == NULL) {
		answer_refuse(&r->answer, POLL_BAD_URL, err.text);
		return r;
	}
	r->answer.out.url = url_shown(r->url, o->url, &r->mem);
	/* Behind a proxy no socket tells where it leads: a literal does. */
	if (policy->proxy[0] != '\0' && answer_is_blocked_host(&r->answer,
	    url_host(r->url, &r->mem), policy->allow, policy->nallow))
		return r;
	if (set_headers(r, o, &err) < 0) {
		answer_refuse(&r->answer, POLL_BAD_URL, err.text);
		return r;
	}
	aim(r, o);
	r->refused = false;
	return r;
}

static void
destroy(struct request *r)
{
	curl_easy_cleanup(r->easy);
	arena_free(&r->mem);
	free(r);
}

void
request_free(struct request *r)
{
	struct request_policy *policy;

	if (r == NULL)
		return;
	policy = r->policy;
	note_closed(r);
	SET(r, CURLOPT_CURLU, NULL);
	SET(r, CURLOPT_HTTPHEADER, NULL);
	curl_url_cleanup(r->url);
	answer_clear(&r->answer);
	arena_reset(&r->mem);
	r->headers = NULL;
	r->url = NULL;
	r->held_at = 0;
	if (policy->nidle >= IDLE_MAX || arena_size(&r->mem) > ARENA_KEPT) {
		destroy(r);
		return;
	}
	r->next = policy->idle;
	policy->idle = r;
	policy->nidle++;
}

void
request_policy_clear(struct request_policy *p)
{
	struct request *r;

	while ((r = p->idle) != NULL) {
		p->idle = r->next;
		destroy(r);
	}
	p->nidle = 0;
	free(p->agent);
	p->agent = NULL;
}

CURL *
request_easy(struct request *r)
{
	return r->refused ? NULL : r->easy;
}

void
request_hold(struct request *r, bool hold)
{
	if (r->refused || hold == (r->held_at != 0))
		return;
	if (hold)
		r->held_at = now_ms();
	else {
		r->timeout_ms += (long)(now_ms() - r->held_at);
		r->held_at = 0;
	}
	SET(r, CURLOPT_TIMEOUT_MS, hold ? 0L : r->timeout_ms);
	curl_easy_pause(r->easy, hold ? CURLPAUSE_RECV : CURLPAUSE_CONT);
}

/* Also of a connection that was there before. */
static void
note_address(struct request *r)
{
	char *ip = NULL;

	if (r->policy->proxy[0] == '\0' && r->answer.out.address[0] == '\0' &&
	    curl_easy_getinfo(r->easy, CURLINFO_PRIMARY_IP, &ip) == CURLE_OK &&
	    ip != NULL)
		r->answer.out.address = arena_strdup(&r->mem, ip);
}

const struct poll_answer *
request_finish(struct request *r, CURLcode rc)
{
	curl_off_t us = 0;

	if (!r->refused) {
		curl_easy_getinfo(r->easy, CURLINFO_TOTAL_TIME_T, &us);
		r->answer.out.elapsed_ms = (uint32_t)(us / 1000);
		note_address(r);
		answer_conclude(&r->answer, rc, r->text, r->url);
	}
	return &r->answer.out;
}

const struct buf *
request_body(const struct request *r)
{
	return answer_document(&r->answer);
}
