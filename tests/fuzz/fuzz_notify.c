/* Any message between newsalertd and newsalertd-notify; and an alert that can
   be read must be fit for every notifier, whatever it says. */
#include <newsalertd/notifier.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../plugins/email/message.h"
#include "../../plugins/syslog/record.h"
#include "../../plugins/webhook/template.h"
#include "delivery/protocol.h"
#include "notify/alert.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int what)
{
	if (!what)
		abort();
}

/* ASCII, CRLF, short lines: nothing that a mail server would trip over. */
static void
check_mail(const struct notifier_alert *const *alerts, size_t n)
{
	struct message_settings s = { .domain = "example.org",
		.notifier = "desk", .id = "id" };
	size_t len, line = 0;
	char *mail;

	header_address_parse("a@example.org", &s.from);
	header_address_parse("b@example.org", &s.to);
	must((mail = message_make(&s, alerts, n, &len)) != NULL);
	must(strlen(mail) == len);
	for (size_t i = 0; i < len; i++) {
		must((unsigned char)mail[i] < 0x7f);
		must(mail[i] >= ' ' || mail[i] == '\r' || mail[i] == '\n');
		if (mail[i] == '\n') {
			must(i > 0 && mail[i - 1] == '\r');
			must(line <= 998);
			line = 0;
		} else
			line++;
	}
	free(mail);
}

/* One record in one line. */
static void
check_log(const struct notifier_alert *a)
{
	struct record_settings s = { .facility = 3, .app = "newsalertd",
		.hostname = "host", .max = 2048 };
	size_t len;
	char *text;
	FILE *f;

	must((f = open_memstream(&text, &len)) != NULL);
	record_rfc5424(f, &s, a);
	fclose(f);
	for (size_t i = 0; i < len; i++)
		must((unsigned char)text[i] >= ' ' && text[i] != 0x7f);
	free(text);
	must((f = open_memstream(&text, &len)) != NULL);
	record_journal(f, &s, a);
	fclose(f);
	free(text);
}

static void
check_alerts(struct arena *mem, const struct notify_batch *b)
{
	static const char *const names[] = { "slack", "discord", "teams",
		"telegram", "ntfy" };
	const struct notifier_alert **alerts;
	json_t *j;

	alerts = arena_zalloc(mem, b->n + 1, sizeof(*alerts));
	for (size_t i = 0; i < b->n; i++) {
		alerts[i] = alert_make(mem, &b->alerts[i]);
		j = json_loads(alert_json(mem, alerts[i]), 0, NULL);
		must(json_object_get(j, "evidence") != NULL);
		json_decref(j);
		check_log(alerts[i]);
	}
	check_mail(alerts, b->n);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		j = template_find(names[i])->make(alerts, b->n, "channel");
		must(j != NULL);
		json_decref(j);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	union {
		struct notify_hello hello;
		struct notify_settings settings;
		struct notify_refusal refusal;
		struct notify_result result;
		struct notify_line line;
	} any;
	struct notify_batch batch;
	struct arena mem;
	struct frame f;

	if (n == 0)
		return 0;
	f = (struct frame){ .type = *p % 8, .body = p + 1, .len = n - 1 };
	arena_init(&mem);
	if (f.type == NOTIFY_HELLO)
		notify_get_hello(&f, &mem, &any.hello, NULL);
	else if (f.type == NOTIFY_CONFIGURE)
		notify_get_configure(&f, &mem, &any.settings, NULL);
	else if (f.type == NOTIFY_REFUSED)
		notify_get_refused(&f, &mem, &any.refusal, NULL);
	else if (f.type == NOTIFY_RESULT)
		notify_get_result(&f, &mem, &any.result, NULL);
	else if (f.type == NOTIFY_LOG)
		notify_get_log(&f, &mem, &any.line, NULL);
	else if (notify_get_send(&f, &mem, &batch, NULL) == 0)
		check_alerts(&mem, &batch);
	arena_free(&mem);
	return 0;
}
