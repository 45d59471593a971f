#include "notify/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "base/hash.h"
#include "notify/alert.h"
#include "notify/clean.h"

#define LINES_MAX	200	/* log lines in one call */
#define LINE_SIZE	2048
#define SECRET_MIN	4	/* a shorter one would blot out half the text */
#define WORD_MIN	8	/* likewise, of a word within a secret */

static struct host *
self(struct notifier_host *h)
{
	return (struct host *)h;
}

static int64_t
monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const struct notify_setting *
find_setting(const struct host *h, const char *name)
{
	for (size_t i = 0; i < h->settings.n; i++)
		if (strcmp(h->settings.list[i].name, name) == 0)
			return &h->settings.list[i];
	return NULL;
}

static void
blot(char *text, const char *secret, size_t n)
{
	for (char *p = text; (p = memmem(p, strlen(p), secret, n)) != NULL;
	    p += n)
		memset(p, '*', n);
}

/* The secret as it is, and its words: the token of "Bearer TOKEN", each of
   several in one file. */
static void
blot_secret(char *text, const char *secret)
{
	static const char blanks[] = " \t\r\n";
	size_t n = strlen(secret);

	if (n >= SECRET_MIN)
		blot(text, secret, n);
	for (; *secret != '\0'; secret += n) {
		secret += strspn(secret, blanks);
		if ((n = strcspn(secret, blanks)) >= WORD_MIN)
			blot(text, secret, n);
	}
}

/* Format, blot out the secrets, clean: in this order, since cleaning would
   change a secret with odd bytes in it. */
static void __attribute__((format(printf, 4, 0)))
sentence(const struct host *h, char *to, size_t size, const char *fmt,
    va_list ap)
{
	const struct notify_setting *s;
	size_t len;

	vsnprintf(to, size, fmt, ap);
	for (size_t i = 0; i < h->plugin->noptions; i++) {
		const struct notifier_option *o =
		    &h->plugin->entry.options[i];

		if (!(o->flags & NOTIFIER_SECRET) ||
		    (s = find_setting(h, o->name)) == NULL)
			continue;
		for (size_t v = 0; v < s->nvalues; v++)
			blot_secret(to, s->values[v]);
	}
	/* vsnprintf may have cut a character in two. */
	clean_text(to, false);
	for (len = strlen(to); len > 0 && to[len - 1] == ' '; len--)
		to[len - 1] = '\0';
}

static const char *
host_text(struct notifier_host *pub, const char *name, size_t index)
{
	struct host *h = self(pub);
	const struct notifier_option *o = plugin_option(h->plugin, name);
	const struct notify_setting *s;

	if (o == NULL) {
		host_say(h, 7, "the plugin asks for the option \"%s\", which "
		    "it does not declare", name);
		return "";
	}
	if ((s = find_setting(h, name)) != NULL)
		return index < s->nvalues ? s->values[index] : "";
	return index == 0 && o->fallback != NULL ? o->fallback : "";
}

static size_t
host_count(struct notifier_host *pub, const char *name)
{
	struct host *h = self(pub);
	const struct notifier_option *o = plugin_option(h->plugin, name);
	const struct notify_setting *s = find_setting(h, name);

	if (o == NULL)
		return 0;
	return s != NULL ? s->nvalues : o->fallback != NULL;
}

static int64_t
host_number(struct notifier_host *pub, const char *name)
{
	struct host *h = self(pub);
	const struct notifier_option *o = plugin_option(h->plugin, name);
	const char *text = host_text(pub, name, 0);
	int64_t ms;

	if (o == NULL)
		return 0;
	if (o->type == NOTIFIER_BOOLEAN)
		return strcmp(text, "true") == 0;
	if (o->type == NOTIFIER_DURATION)
		return duration_parse(text, &ms, NULL) == 0 ? ms : 0;
	return strtoll(text, NULL, 10);
}

static void
put_line(struct host *h, int priority, const char *text)
{
	struct notify_line line = {
		.priority = priority < 0 || priority > 7 ? 6 : priority,
		.text = text,
	};

	if (notify_put_log(&h->link->frames, &line, NULL) == 0)
		link_flush(h->link);
}

static void __attribute__((format(printf, 3, 0)))
vlog(struct host *h, int priority, const char *fmt, va_list ap)
{
	char text[LINE_SIZE];

	if (++h->lines > LINES_MAX + 1)
		return;
	if (h->lines == LINES_MAX + 1) {
		put_line(h, 4, "the plugin logs too much; the rest of this "
		    "call is dropped");
		return;
	}
	sentence(h, text, sizeof(text), fmt, ap);
	put_line(h, priority, text);
}

static void __attribute__((format(printf, 3, 4)))
host_log(struct notifier_host *pub, int priority, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(self(pub), priority, fmt, ap);
	va_end(ap);
}

void
host_say(struct host *h, int priority, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(h, priority, fmt, ap);
	va_end(ap);
}

static void __attribute__((format(printf, 2, 3)))
host_error(struct notifier_host *pub, const char *fmt, ...)
{
	struct host *h = self(pub);
	va_list ap;

	va_start(ap, fmt);
	sentence(h, h->why.text, sizeof(h->why.text), fmt, ap);
	va_end(ap);
}

static void
host_retry_after(struct notifier_host *pub, int64_t seconds)
{
	self(pub)->retry_after = seconds > 0 ? seconds : 0;
}

static const char *
host_name(struct notifier_host *pub)
{
	return self(pub)->settings.notifier;
}

static int64_t
host_time_left(struct notifier_host *pub)
{
	int64_t left = self(pub)->deadline - monotonic();

	return left > 0 ? left : 0;
}

static int
host_may_connect(struct notifier_host *pub, const char *address)
{
	struct host *h = self(pub);

	return address_allowed_text(address, h->allow,
	    h->settings.nallow) ? 0 : -1;
}

static const char *
host_json(struct notifier_host *pub, const struct notifier_alert *a)
{
	return alert_json(&self(pub)->call, a);
}

static const char *
host_message_id(struct notifier_host *pub,
    const struct notifier_alert *const *alerts, size_t n)
{
	struct host *h = self(pub);
	char id[HASH_ID_SIZE];
	const char **ids;

	if (n == 1)
		return alerts[0]->delivery_id;
	ids = arena_zalloc(&h->call, n + 1, sizeof(*ids));
	for (size_t i = 0; i < n; i++)
		ids[i] = alerts[i]->delivery_id;
	hash_id(ids, n, id);
	return arena_strdup(&h->call, id);
}

void
host_init(struct host *h, const struct plugin *p, struct link *l)
{
	memset(h, 0, sizeof(*h));
	h->public = (struct notifier_host){
		.text = host_text,
		.count = host_count,
		.number = host_number,
		.log = host_log,
		.error = host_error,
		.retry_after = host_retry_after,
		.name = host_name,
		.time_left = host_time_left,
		.may_connect = host_may_connect,
		.json = host_json,
		.message_id = host_message_id,
	};
	h->plugin = p;
	h->link = l;
	h->settings.notifier = "";
	arena_init(&h->mem);
	arena_init(&h->call);
}

void
host_clear(struct host *h)
{
	arena_free(&h->mem);
	arena_free(&h->call);
}

int
host_configure(struct host *h, const struct frame *f, struct error *err)
{
	struct notify_settings *s = &h->settings;

	if (f->type != NOTIFY_CONFIGURE)
		return error_set(err, "message %u where the settings should "
		    "be", f->type);
	if (notify_get_configure(f, &h->mem, s, err) < 0)
		return -1;
	h->allow = arena_zalloc(&h->mem, s->nallow + 1, sizeof(*h->allow));
	for (size_t i = 0; i < s->nallow; i++)
		if (address_parse(s->allow[i], &h->allow[i], err) < 0)
			return error_prefix(err, "network.allow");
	return 0;
}

void
host_begin(struct host *h)
{
	arena_reset(&h->call);
	h->deadline = monotonic() + h->settings.timeout;
	h->why.text[0] = '\0';
	h->retry_after = 0;
	h->lines = 0;
}
