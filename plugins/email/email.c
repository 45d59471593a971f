/*
 * email - alerts by mail, over SMTP with libcurl.
 *
 * What the server says decides: 4xx is tried again, 5xx is not, but for an
 * answer about the login, or one before there was a word of the message, which
 * is the operator's mistake or the server's. Whatever goes wrong below SMTP is tried
 * again: a mail that arrives twice has the same Message-ID.
 */
#include <newsalertd/notifier.h>

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "message.h"

#define REPLY_MAX	400
#define MARGIN_MS	500	/* to report before newsalertd loses patience */
#define LOGIN_WAIT	300	/* seconds before a refused login is tried again */
#define IDLE_MAX	20	/* seconds a connection is kept for the next mail */

static const struct notifier_option options[] = {
	{ "server", NOTIFIER_STRING, NOTIFIER_REQUIRED, NULL,
	    "smtp://host:port, or smtps://host:port for TLS from the start" },
	{ "starttls", NOTIFIER_BOOLEAN, 0, "true",
	    "with smtp://: insist on encryption" },
	{ "user", NOTIFIER_STRING, 0, NULL, "login name; none: no login" },
	{ "password", NOTIFIER_STRING, NOTIFIER_SECRET, NULL, "password" },
	{ "from", NOTIFIER_STRING, NOTIFIER_REQUIRED, NULL,
	    "sender: \"a@example.org\" or \"Name <a@example.org>\"" },
	{ "to", NOTIFIER_STRING, NOTIFIER_REQUIRED | NOTIFIER_LIST |
	    NOTIFIER_EACH, NULL, "recipients; each gets a mail of its own" },
	{ "domain", NOTIFIER_STRING, 0, NULL,
	    "of Message-ID and List-Id; default: that of from" },
	{ "ehlo", NOTIFIER_STRING, 0, NULL,
	    "name to greet the server with; default: this host's" },
	{ "ca", NOTIFIER_STRING, 0, NULL,
	    "file of certificates to trust instead of the system's" },
	{ .name = NULL }
};

struct email {
	CURL			*curl;
	struct message_settings	 settings;
	char			*url;
};

/* One mail on its way. */
struct transfer {
	const char	*message;
	size_t		 len, sent;
	char		 reply[REPLY_MAX];	/* last line of the server */
	int		 code;			/* its number, 0 = none yet */
};

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t most = size * n;

	if (most > t->len - t->sent)
		most = t->len - t->sent;
	memcpy(to, t->message + t->sent, most);
	t->sent += most;
	return most;
}

/* libcurl hands over each line that the server says. */
static size_t
hear(char *line, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * n;

	/* The goodbye after a refusal is not what was the matter. */
	if (len >= 3 && strncmp(line, "221", 3) == 0)
		return len;
	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == '\n'))
		len--;
	if (len >= sizeof(t->reply))
		len = sizeof(t->reply) - 1;
	memcpy(t->reply, line, len);
	t->reply[len] = '\0';
	t->code = atoi(t->reply);
	return size * n;
}

static bool
about_login(CURLcode code, int reply)
{
	return code == CURLE_LOGIN_DENIED || reply == 530 || reply == 534 ||
	    reply == 535 || reply == 538;
}

/*
 * A refusal of MAIL, RCPT or DATA, or of what was sent. One at the greeting or
 * at EHLO is about us, whatever we would send: an operator mends it, or a list
 * of bad neighbours forgets us.
 */
static bool
about_message(CURLcode code, const struct transfer *t)
{
	return code == CURLE_SEND_ERROR ||
	    (code == CURLE_WEIRD_SERVER_REPLY && t->sent > 0);
}

static int
judge(struct notifier_host *host, CURLcode code, const struct transfer *t,
    const char *detail)
{
	const char *what = *detail != '\0' ? detail : curl_easy_strerror(code);

	if (code == CURLE_OK)
		return NOTIFIER_OK;
	if (about_login(code, t->code) && t->code >= 400) {
		host->error(host, "the mail server refuses the login: %s",
		    t->reply);
		host->retry_after(host, LOGIN_WAIT);
		return NOTIFIER_RETRY;
	}
	/* Only where the number is what failed: it may be an old one. */
	if (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
	    code == CURLE_REMOTE_ACCESS_DENIED) {
		if (t->code >= 500 && about_message(code, t)) {
			host->error(host, "the mail server refuses: %s",
			    t->reply);
			return NOTIFIER_FAIL;
		}
		if (t->code >= 400) {
			host->error(host, "the mail server %s: %s",
			    t->code >= 500 ? "does not want to talk to us" :
			    "asks to wait", t->reply);
			return NOTIFIER_RETRY;
		}
	}
	if (code == CURLE_OPERATION_TIMEDOUT && t->sent == t->len)
		host->error(host, "the mail server has the mail and did not "
		    "say in time whether it takes it: it may come twice, and "
		    "a longer timeout may help");
	else
		host->error(host, "cannot send mail: %s", what);
	return NOTIFIER_RETRY;
}

static char *
make_url(const char *server, const char *ehlo)
{
	char host[256] = "localhost", *url;
	size_t len;

	if (*ehlo == '\0' && gethostname(host, sizeof(host)) == 0) {
		host[sizeof(host) - 1] = '\0';
		ehlo = host;
	}
	len = strlen(server) + strlen(ehlo) + 2;
	if ((url = malloc(len)) != NULL)
		snprintf(url, len, "%s/%s", server, ehlo);
	return url;
}

static int
check_server(struct notifier_host *host, const char *server)
{
	bool tls = strncasecmp(server, "smtps://", 8) == 0;
	const char *name;

	if (!tls && strncasecmp(server, "smtp://", 7) != 0) {
		host->error(host, "server is smtp://host:port or "
		    "smtps://host:port, not \"%s\"", server);
		return -1;
	}
	name = strstr(server, "://") + 3;
	if (*name == '\0' || strpbrk(name, "/ @?#") != NULL) {
		host->error(host, "server \"%s\": after :// only host:port "
		    "may follow", server);
		return -1;
	}
	if (!tls && !host->number(host, "starttls") &&
	    *host->text(host, "user", 0) != '\0') {
		host->error(host, "a password is not sent without encryption: "
		    "use starttls or smtps://, or no user");
		return -1;
	}
	return 0;
}

static int
check_names(struct notifier_host *host, struct email *e)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	const char *domain = host->text(host, "domain", 0);
	const char *ehlo = host->text(host, "ehlo", 0);
	struct header_address to;

	if (header_address_parse(host->text(host, "from", 0),
	    &e->settings.from) < 0) {
		host->error(host, "from: \"%s\" is not a mail address",
		    host->text(host, "from", 0));
		return -1;
	}
	for (size_t i = 0; i < host->count(host, "to"); i++)
		if (header_address_parse(host->text(host, "to", i), &to) < 0) {
			host->error(host, "to: \"%s\" is not a mail address",
			    host->text(host, "to", i));
			return -1;
		}
	if (domain[strspn(domain, allowed)] != '\0' || strlen(domain) > 255 ||
	    ehlo[strspn(ehlo, allowed)] != '\0') {
		host->error(host, "domain and ehlo are host names");
		return -1;
	}
	e->settings.domain = *domain != '\0' ? domain :
	    header_address_domain(&e->settings.from);
	e->settings.notifier = host->name(host);
	return 0;
}

static void
email_close(struct notifier_host *host, void *state)
{
	struct email *e = state;

	(void)host;
	curl_easy_cleanup(e->curl);
	curl_global_cleanup();
	free(e->url);
	free(e);
}

static int
email_open(struct notifier_host *host, void **state)
{
	const char *server = host->text(host, "server", 0);
	struct email *e;

	if ((e = calloc(1, sizeof(*e))) == NULL)
		return NOTIFIER_RETRY;
	if (check_server(host, server) < 0 || check_names(host, e) < 0) {
		free(e);
		return NOTIFIER_FAIL;
	}
	e->url = make_url(server, host->text(host, "ehlo", 0));
	curl_global_init(CURL_GLOBAL_DEFAULT);
	e->curl = curl_easy_init();
	if (e->url == NULL || e->curl == NULL) {
		email_close(host, e);
		host->error(host, "out of memory");
		return NOTIFIER_RETRY;
	}
	*state = e;
	return NOTIFIER_OK;
}

/* The handle is used again for the sake of its connection; all settings are
   made anew. */
static CURLcode
set_up(struct notifier_host *host, struct email *e, struct transfer *t,
    struct curl_slist *to)
{
	int64_t left = host->time_left(host) - MARGIN_MS;
	const char *user = host->text(host, "user", 0);
	const char *ca = host->text(host, "ca", 0);
	CURLcode code = to != NULL ? CURLE_OK : CURLE_OUT_OF_MEMORY;
	CURL *c = e->curl;

	/* One that is not made for want of memory would be the default. */
#define SET(option, value) do { \
	if (code == CURLE_OK) \
		code = curl_easy_setopt(c, option, value); \
} while (0)
	curl_easy_reset(c);
	SET(CURLOPT_URL, e->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_MAXAGE_CONN, (long)IDLE_MAX);
	SET(CURLOPT_USE_SSL, (long)(host->number(host, "starttls") ?
	    CURLUSESSL_ALL : CURLUSESSL_NONE));
	if (*ca != '\0')
		SET(CURLOPT_CAINFO, ca);
	if (*user != '\0') {
		SET(CURLOPT_USERNAME, user);
		SET(CURLOPT_PASSWORD, host->text(host, "password", 0));
	}
	SET(CURLOPT_MAIL_FROM, e->settings.from.spec);
	SET(CURLOPT_MAIL_RCPT, to);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)t->len);
	SET(CURLOPT_READFUNCTION, give);
	SET(CURLOPT_READDATA, t);
	SET(CURLOPT_HEADERFUNCTION, hear);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_TIMEOUT_MS, (long)(left > MARGIN_MS ? left : MARGIN_MS));
#undef SET
	return code;
}

static int
transmit(struct notifier_host *host, struct email *e, struct transfer *t)
{
	struct curl_slist *to = curl_slist_append(NULL, e->settings.to.spec);
	char detail[CURL_ERROR_SIZE] = "";
	CURLcode code = set_up(host, e, t, to);

	if (code == CURLE_OK) {
		curl_easy_setopt(e->curl, CURLOPT_ERRORBUFFER, detail);
		code = curl_easy_perform(e->curl);
		curl_easy_setopt(e->curl, CURLOPT_ERRORBUFFER, NULL);
	}
	curl_slist_free_all(to);
	return judge(host, code, t, detail);
}

static int
email_send(struct notifier_host *host, void *state,
    const struct notifier_alert *const *alerts, size_t n)
{
	struct email *e = state;
	struct transfer t = { .message = NULL };
	char *message;
	int r;

	if (header_address_parse(alerts[0]->recipient, &e->settings.to) < 0) {
		host->error(host, "\"%s\" is not a mail address",
		    alerts[0]->recipient);
		return NOTIFIER_FAIL;
	}
	e->settings.id = host->message_id(host, alerts, n);
	message = message_make(&e->settings, alerts, n, &t.len);
	if (message == NULL) {
		host->error(host, "out of memory");
		return NOTIFIER_RETRY;
	}
	t.message = message;
	r = transmit(host, e, &t);
	free(message);
	return r;
}

NOTIFIER_DEFINE(.name = "email", .summary = "sends alerts by mail (SMTP)",
    .options = options, .open = email_open, .send = email_send,
    .close = email_close)
