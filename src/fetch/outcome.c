#include "fetch/outcome.h"

#include "base/duration.h"

bool
outcome_has_document(uint32_t status)
{
	return status == 200 || status == 203 || status == 226;
}

static const char *
meaning(uint32_t status)
{
	static const struct { uint32_t status; const char *text; } table[] = {
		{ 204, "no content" }, { 206, "a part only" },
		{ 400, "bad request" },
		{ 401, "it wants a user and password" },
		{ 402, "payment required" }, { 403, "forbidden" },
		{ 404, "not found" }, { 406, "not acceptable" },
		{ 407, "the proxy wants a user and password" },
		{ 408, "request timeout" },
		{ 410, "gone, for good" }, { 421, "misdirected request" },
		{ 425, "too early" }, { 429, "too many requests" },
		{ 451, "unavailable for legal reasons" },
		{ 500, "internal server error" }, { 501, "not implemented" },
		{ 502, "bad gateway" }, { 503, "service unavailable" },
		{ 504, "gateway timeout" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].status == status)
			return table[i].text;
	return NULL;
}

static bool
is_redirect(uint32_t s)
{
	return s == 301 || s == 302 || s == 303 || s == 307 || s == 308;
}

void
outcome_of_status(struct answer *a)
{
	uint32_t status = a->out.status;
	const char *text = meaning(status);
	struct error err;

	if (status == 304 && a->conditional) {
		a->out.outcome = POLL_NOT_MODIFIED;
		return;
	}
	if (is_redirect(status) && a->out.location[0] != '\0') {
		a->out.outcome = POLL_REDIRECT;
		return;
	}
	if (status == 304)
		error_set(&err, "the server answered 304 (not modified) to a "
		    "request without validators");
	else if (is_redirect(status))
		error_set(&err, "the server answered %u without saying where "
		    "to go", status);
	else if (text != NULL)
		error_set(&err, "the server answered %u (%s)", status, text);
	else
		error_set(&err, "the server answered %u", status);
	answer_refuse(a, POLL_HTTP_ERROR, err.text);
}

struct failure {
	CURLcode	 code;
	enum poll_outcome outcome;
	const char	*text;		/* NULL: curl's own is good enough */
};

static const struct failure failures[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, POLL_DNS, NULL },
	{ CURLE_COULDNT_RESOLVE_PROXY, POLL_DNS, NULL },
	{ CURLE_COULDNT_CONNECT, POLL_CONNECT, NULL },
	{ CURLE_SEND_ERROR, POLL_CONNECT, NULL },
	{ CURLE_RECV_ERROR, POLL_CONNECT, NULL },
	{ CURLE_INTERFACE_FAILED, POLL_CONNECT, NULL },
	{ CURLE_PROXY, POLL_CONNECT, NULL },
	{ CURLE_SSL_CONNECT_ERROR, POLL_TLS, NULL },
	{ CURLE_PEER_FAILED_VERIFICATION, POLL_TLS, NULL },
	{ CURLE_SSL_CERTPROBLEM, POLL_TLS, NULL },
	{ CURLE_SSL_CIPHER, POLL_TLS, NULL },
	{ CURLE_SSL_CACERT_BADFILE, POLL_TLS, NULL },
	{ CURLE_SSL_ISSUER_ERROR, POLL_TLS, NULL },
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH, POLL_TLS, NULL },
	{ CURLE_SSL_INVALIDCERTSTATUS, POLL_TLS, NULL },
	{ CURLE_SSL_ENGINE_INITFAILED, POLL_TLS, NULL },
	{ CURLE_SSL_SHUTDOWN_FAILED, POLL_TLS, NULL },
	{ CURLE_USE_SSL_FAILED, POLL_TLS, NULL },
	{ CURLE_URL_MALFORMAT, POLL_BAD_URL, NULL },
	{ CURLE_OPERATION_TIMEDOUT, POLL_TIMEOUT, NULL },
	{ CURLE_GOT_NOTHING, POLL_BROKEN,
		"the server closed the connection without an answer" },
	{ CURLE_PARTIAL_FILE, POLL_BROKEN, "the answer was cut short" },
	{ CURLE_WEIRD_SERVER_REPLY, POLL_BROKEN,
		"the answer is not proper HTTP" },
	{ CURLE_UNSUPPORTED_PROTOCOL, POLL_BROKEN,	/* HTTP/0.9 */
		"the answer is not proper HTTP" },
};

static void
time_out(struct answer *a, const char *text)
{
	char limit[32];
	struct error err;

	if (a->out.elapsed_ms + 50 < a->timeout_ms) {
		/* The connect or low speed limit: curl says which. */
		answer_refuse(a, POLL_TIMEOUT, text[0] != '\0' ? text :
		    "the server is too slow");
		return;
	}
	error_set(&err, "no complete answer within %s",
	    duration_text(a->timeout_ms, limit, sizeof(limit)));
	answer_refuse(a, POLL_TIMEOUT, err.text);
}

void
outcome_of_failure(struct answer *a, CURLcode rc, const char *text)
{
	if (text[0] == '\0')
		text = rc != CURLE_OK ? curl_easy_strerror(rc) :
		    "the server gave no answer";
	if (rc == CURLE_OPERATION_TIMEDOUT) {
		time_out(a, text);
		return;
	}
	if (rc == CURLE_RECV_ERROR && a->out.status != 0)
		rc = CURLE_PARTIAL_FILE;
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		if (failures[i].code == rc) {
			answer_refuse(a, failures[i].outcome,
			    failures[i].text != NULL ? failures[i].text :
			    text);
			return;
		}
	answer_refuse(a, POLL_BROKEN, text);
}
