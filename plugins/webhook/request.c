#include "request.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "answer.h"

#define MARGIN_MS	500	/* to report before newsalertd loses patience */
#define QUOTE_MAX	200	/* bytes of the server's words in a reason */
#define IDLE_MAX	60	/* seconds a connection is kept */

static size_t
take_body(char *data, size_t size, size_t n, void *arg)
{
	struct request *r = arg;
	size_t len = size * n, room = sizeof(r->body) - 1 - r->len;

	if (len > room)
		len = room;
	memcpy(r->body + r->len, data, len);
	r->len += len;
	r->body[r->len] = '\0';
	/* The rest is of no use, but the server may finish. */
	return size * n;
}

static size_t
take_header(char *line, size_t size, size_t n, void *arg)
{
	static const char name[] = "retry-after:";
	struct request *r = arg;
	size_t len = size * n, skip = sizeof(name) - 1;

	if (len <= skip || strncasecmp(line, name, skip) != 0)
		return len;
	while (skip < len && line[skip] == ' ')
		skip++;
	while (len > skip && strchr("\r\n ", line[len - 1]) != NULL)
		len--;
	if (len - skip < sizeof(r->retry_after)) {
		memcpy(r->retry_after, line + skip, len - skip);
		r->retry_after[len - skip] = '\0';
	}
	return size * n;
}

static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct request *r = arg;
	char text[64];

	(void)purpose;
	if (getnameinfo(&address->addr, address->addrlen, text, sizeof(text),
	    NULL, 0, NI_NUMERICHOST) != 0)
		snprintf(text, sizeof(text), "?");
	/* A link-local address carries its interface. */
	text[strcspn(text, "%")] = '\0';
	if (r->host->may_connect(r->host, text) < 0) {
		snprintf(r->refused, sizeof(r->refused), "%s", text);
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

int
request_init(struct request *r, struct notifier_host *host)
{
	r->host = host;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if ((r->curl = curl_easy_init()) == NULL) {
		host->error(host, "libcurl cannot be set up");
		return -1;
	}
	return 0;
}

void
request_clear(struct request *r)
{
	curl_easy_cleanup(r->curl);
	curl_global_cleanup();
}

/* 0, or -1 when memory is out; what was there is then still in the list. */
static int
add_header(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (longer == NULL)
		return -1;
	*list = longer;
	return 0;
}

static int
make_headers(struct curl_slist **list, struct notifier_host *host,
    const char *id, int64_t now, const char *signature)
{
	char line[1024];
	int r;

	r = add_header(list, "Content-Type: application/json");
	/* libcurl would wait for "100 Continue" before a large body. */
	r |= add_header(list, "Expect:");
	snprintf(line, sizeof(line), "webhook-id: %s", id);
	r |= add_header(list, line);
	snprintf(line, sizeof(line), "Idempotency-Key: %s", id);
	r |= add_header(list, line);
	snprintf(line, sizeof(line), "webhook-timestamp: %lld",
	    (long long)now);
	r |= add_header(list, line);
	if (signature != NULL) {
		snprintf(line, sizeof(line), "webhook-signature: %s",
		    signature);
		r |= add_header(list, line);
	}
	for (size_t i = 0; i < host->count(host, "headers"); i++)
		r |= add_header(list, host->text(host, "headers", i));
	return r;
}

/* A setting that is not made for want of memory would be the default. */
static CURLcode
set_up(struct request *r, struct curl_slist *headers, const char *body)
{
	struct notifier_host *host = r->host;
	const char *ca = host->text(host, "ca", 0);
	int64_t left = host->time_left(host) - MARGIN_MS;
	CURLcode code = CURLE_OK;
	CURL *c = r->curl;

#define SET(option, value) do { \
	if (code == CURLE_OK) \
		code = curl_easy_setopt(c, option, value); \
} while (0)
	curl_easy_reset(c);
	SET(CURLOPT_URL, host->text(host, "url", 0));
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_USERAGENT, "newsalertd");
	SET(CURLOPT_MAXAGE_CONN, (long)IDLE_MAX);
	SET(CURLOPT_HTTPHEADER, headers);
	SET(CURLOPT_POSTFIELDSIZE, (long)strlen(body));
	SET(CURLOPT_POSTFIELDS, body);
	SET(CURLOPT_WRITEFUNCTION, take_body);
	SET(CURLOPT_WRITEDATA, r);
	SET(CURLOPT_HEADERFUNCTION, take_header);
	SET(CURLOPT_HEADERDATA, r);
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, r);
	SET(CURLOPT_TIMEOUT_MS, (long)(left > MARGIN_MS ? left : MARGIN_MS));
	if (*ca != '\0')
		SET(CURLOPT_CAINFO, ca);
#undef SET
	return code;
}

static int
judge(struct request *r, CURLcode code, const char *detail, int64_t now)
{
	struct notifier_host *host = r->host;
	long status = 0;
	int outcome;

	if (r->refused[0] != '\0' && code != CURLE_OK) {
		host->error(host, "%s is a private address, which "
		    "network.allow does not list", r->refused);
		return NOTIFIER_RETRY;
	}
	/* An answer to the last request says nothing about this one. */
	if (code != CURLE_OUT_OF_MEMORY)
		curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &status);
	/* The answer counts even if its body did not come to an end. */
	if (code != CURLE_OK && status < 200) {
		host->error(host, "cannot post: %s", *detail != '\0' ?
		    detail : curl_easy_strerror(code));
		return NOTIFIER_RETRY;
	}
	outcome = answer_judge(status);
	r->gone = status == 410;
	if (outcome != NOTIFIER_OK)
		host->error(host, "the server answers %ld%s%.*s", status,
		    r->len > 0 ? ": " : "", QUOTE_MAX, r->body);
	if (outcome == NOTIFIER_RETRY)
		host->retry_after(host, answer_wait(r->retry_after, r->body,
		    now));
	return outcome;
}

int
request_send(struct request *r, const char *id, int64_t now,
    const char *signature, const char *body)
{
	struct curl_slist *headers = NULL;
	char detail[CURL_ERROR_SIZE] = "";
	CURLcode code = CURLE_OUT_OF_MEMORY;

	r->len = 0;
	r->gone = false;
	r->body[0] = r->retry_after[0] = r->refused[0] = '\0';
	if (make_headers(&headers, r->host, id, now, signature) == 0)
		code = set_up(r, headers, body);
	if (code == CURLE_OK) {
		curl_easy_setopt(r->curl, CURLOPT_ERRORBUFFER, detail);
		code = curl_easy_perform(r->curl);
		curl_easy_setopt(r->curl, CURLOPT_ERRORBUFFER, NULL);
	}
	curl_slist_free_all(headers);
	return judge(r, code, detail, now);
}
