/*
 * webhook - alerts as HTTP requests, signed as Standard Webhooks asks, or in
 * the shape that a chat service wants.
 *
 * The URL is a secret: with most services whoever has it may write. Redirects
 * are not followed, and a private address is not connected to unless the
 * configuration's network.allow lists it: the name is looked up anew for each
 * request, and what it leads to is checked where the socket is made.
 */
#include <newsalertd/notifier.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "form.h"
#include "request.h"
#include "signature.h"
#include "template.h"

#define SECRETS_MAX	8

static const struct notifier_option options[] = {
	{ "url", NOTIFIER_STRING, NOTIFIER_REQUIRED | NOTIFIER_SECRET, NULL,
	    "http:// or https:// address to POST to" },
	{ "template", NOTIFIER_STRING, 0, NULL,
	    "slack, discord, teams, telegram or ntfy; default: our own JSON" },
	{ "body", NOTIFIER_STRING, NOTIFIER_SECRET, NULL,
	    "a body of your own: JSON with {{title}} and so on in its strings" },
	{ "channel", NOTIFIER_STRING, 0, NULL,
	    "telegram: the chat id; ntfy: the topic" },
	{ "secret", NOTIFIER_STRING, NOTIFIER_LIST | NOTIFIER_SECRET, NULL,
	    "to sign with (whsec_...); several while one replaces another" },
	{ "headers", NOTIFIER_STRING, NOTIFIER_LIST | NOTIFIER_SECRET, NULL,
	    "more headers: \"Authorization: Bearer ...\"" },
	{ "text_max", NOTIFIER_NUMBER, 0, "4000",
	    "our own JSON: bytes of the article's text; 0 = none" },
	{ "ca", NOTIFIER_STRING, 0, NULL,
	    "file of certificates to trust instead of the system's" },
	{ .name = NULL }
};

struct webhook {
	const struct template	*template;	/* NULL = our own JSON */
	const char		*form;		/* of the operator's body, or "" */
	const char		*channel;
	struct signature_key	 keys[SECRETS_MAX];
	size_t			 nkeys;
	struct request		 request;
	bool			 gone;		/* answered 410: not asked again */
};

/* A secret in a file may be several, one a line. */
static int
add_secrets(struct notifier_host *host, struct webhook *w, const char *text)
{
	size_t len;

	for (; *text != '\0'; text += len) {
		text += strspn(text, " \t\r\n");
		len = strcspn(text, " \t\r\n");
		if (len == 0)
			break;
		if (w->nkeys == SECRETS_MAX) {
			host->error(host, "more than %d secrets", SECRETS_MAX);
			return -1;
		}
		if (signature_key_parse(text, len, &w->keys[w->nkeys]) < 0) {
			host->error(host, "secret number %zu is too long, or "
			    "what follows whsec_ is not base64", w->nkeys + 1);
			return -1;
		}
		if (w->keys[w->nkeys++].len < SIGNATURE_KEY_WEAK)
			host->log(host, 4, "secret number %zu is short: "
			    "Standard Webhooks asks for %d bytes or more",
			    w->nkeys, SIGNATURE_KEY_WEAK);
	}
	return 0;
}

static int
set_template(struct notifier_host *host, struct webhook *w)
{
	const char *name = host->text(host, "template", 0), *why;

	w->channel = host->text(host, "channel", 0);
	w->form = host->text(host, "body", 0);
	if (*w->form != '\0' && *name != '\0') {
		host->error(host, "give template or body, not both");
		return -1;
	}
	if (*w->form != '\0' && (why = form_check(w->form)) != NULL) {
		host->error(host, "body: %s (placeholders are %s)", why,
		    form_names());
		return -1;
	}
	if (*name == '\0')
		return 0;
	if ((w->template = template_find(name)) == NULL) {
		host->error(host, "there is no template \"%s\", only %s",
		    name, template_names());
		return -1;
	}
	if (w->template->channel != NULL && *w->channel == '\0') {
		host->error(host, "template \"%s\" needs the option channel: "
		    "the %s", name, w->template->channel);
		return -1;
	}
	return 0;
}

static int
check_url(struct notifier_host *host, const char *url)
{
	if (strncasecmp(url, "http://", 7) != 0 &&
	    strncasecmp(url, "https://", 8) != 0) {
		host->error(host, "url does not begin with http:// or "
		    "https://");
		return -1;
	}
	if (url[strcspn(url, " \t\r\n")] != '\0') {
		host->error(host, "url has a space or a line break in it");
		return -1;
	}
	return 0;
}

static int
check_headers(struct notifier_host *host)
{
	for (size_t i = 0; i < host->count(host, "headers"); i++) {
		const char *h = host->text(host, "headers", i);
		const char *colon = strchr(h, ':');

		if (colon == NULL || colon == h || strpbrk(h, "\r\n") != NULL ||
		    strcspn(h, " \t") < (size_t)(colon - h)) {
			host->error(host, "headers: number %zu is not "
			    "\"Name: value\"", i + 1);
			return -1;
		}
	}
	return 0;
}

static void
webhook_close(struct notifier_host *host, void *state)
{
	struct webhook *w = state;

	(void)host;
	request_clear(&w->request);
	free(w);
}

static int
webhook_open(struct notifier_host *host, void **state)
{
	struct webhook *w = calloc(1, sizeof(*w));
	int bad;

	if (w == NULL)
		return NOTIFIER_RETRY;
	bad = check_url(host, host->text(host, "url", 0)) < 0 ||
	    check_headers(host) < 0 || set_template(host, w) < 0;
	for (size_t i = 0; !bad && i < host->count(host, "secret"); i++)
		bad = add_secrets(host, w, host->text(host, "secret", i)) < 0;
	if (bad) {
		free(w);
		return NOTIFIER_FAIL;
	}
	if (request_init(&w->request, host) < 0) {
		webhook_close(host, w);
		return NOTIFIER_RETRY;
	}
	*state = w;
	return NOTIFIER_OK;
}

/* Our own: {"type", "timestamp", "data": {"alerts": [...]}}. */
static json_t *
own_make(struct notifier_host *host,
    const struct notifier_alert *const *alerts, size_t n)
{
	size_t max = (size_t)host->number(host, "text_max"), len;
	json_t *list = json_array(), *one, *article, *found = NULL;
	const char *text;

	for (size_t i = 0; i < n; i++) {
		one = json_loads(host->json(host, alerts[i]), 0, NULL);
		article = json_object_get(one, "article");
		text = alerts[i]->text;
		len = strnlen(text, max);
		if (text[len] != '\0') {
			while (len > 0 &&
			    ((unsigned char)text[len] & 0xc0) == 0x80)
				len--;
			json_object_set_new(article, "text",
			    json_stringn(text, len));
		}
		if (found == NULL)
			found = json_object_get(one, "found");
		json_array_append_new(list, one);
	}
	return json_pack("{s:s, s:O?, s:{s:o}}", "type", "newsalertd.alert",
	    "timestamp", found, "data", "alerts", list);
}

static char *
make_body(struct notifier_host *host, const struct webhook *w,
    const struct notifier_alert *const *alerts, size_t n, bool plain)
{
	json_t *j;
	char *body;

	if (*w->form != '\0')
		return form_make(w->form, alerts[0],
		    host->json(host, alerts[0]));
	if (w->template == NULL)
		j = own_make(host, alerts, n);
	else if (plain)
		j = w->template->plain(alerts, n, w->channel);
	else
		j = w->template->make(alerts, n, w->channel);
	body = j != NULL ? json_dumps(j, JSON_COMPACT) : NULL;
	json_decref(j);
	return body;
}

static int
post_one(struct notifier_host *host, struct webhook *w,
    const struct notifier_alert *const *alerts, size_t n, bool plain)
{
	const char *id = host->message_id(host, alerts, n);
	int64_t now = (int64_t)time(NULL);
	char *body, *signature = NULL;
	int r;

	body = make_body(host, w, alerts, n, plain);
	if (body != NULL && w->nkeys > 0)
		signature = signature_make(w->keys, w->nkeys, id, now, body);
	if (body == NULL || (w->nkeys > 0 && signature == NULL)) {
		host->error(host, "out of memory");
		r = NOTIFIER_RETRY;
	} else
		r = request_send(&w->request, id, now, signature, body);
	free(signature);
	/* json_dumps allocates with malloc. */
	free(body);
	return r;
}

static int
post(struct notifier_host *host, struct webhook *w,
    const struct notifier_alert *const *alerts, size_t n)
{
	int r = post_one(host, w, alerts, n, false);

	if (r != NOTIFIER_FAIL || w->template == NULL || w->request.gone)
		return r;
	host->log(host, 5, "the service refuses what was made for it (%.*s); "
	    "it is sent in plain words", (int)strcspn(w->request.body,
	    "\r\n"), w->request.body);
	return post_one(host, w, alerts, n, true);
}

/*
 * The operator's body has room for one alert. After a failure all of them come
 * again; the receiver knows them by their id.
 */
static int
post_each(struct notifier_host *host, struct webhook *w,
    const struct notifier_alert *const *alerts, size_t n)
{
	int r = NOTIFIER_OK;

	for (size_t i = 0; i < n && r == NOTIFIER_OK; i++)
		r = post(host, w, alerts + i, 1);
	return r;
}

/* 410 ends it, as Standard Webhooks asks. Only a sample finds out that the
   address is there again. */
static int
webhook_send(struct notifier_host *host, void *state,
    const struct notifier_alert *const *alerts, size_t n)
{
	struct webhook *w = state;
	int r;

	if (w->gone && !alerts[0]->test) {
		host->error(host, "the server answered 410 before, so nothing "
		    "is sent there until a reload");
		return NOTIFIER_FAIL;
	}
	r = *w->form != '\0' ? post_each(host, w, alerts, n) :
	    post(host, w, alerts, n);
	if (w->request.gone && !w->gone)
		host->log(host, 3, "the server answered 410: nothing more is "
		    "sent there until a reload");
	w->gone = w->request.gone;
	return r;
}

NOTIFIER_DEFINE(.name = "webhook",
    .summary = "posts alerts to a URL, signed, or to a chat service",
    .options = options, .open = webhook_open, .send = webhook_send,
    .close = webhook_close)
