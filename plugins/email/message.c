#include "message.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../memory_file.h"
#include "body.h"

/* "=_" cannot occur in quoted-printable, so no body holds the boundary. */
#define BOUNDARY "=_newsalertd_alternative"
#define SUBJECT_BYTES 200

static bool
same_rule(const struct notifier_alert *const *alerts, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (strcmp(alerts[i]->rule, alerts[0]->rule) != 0)
			return false;
	return true;
}

static void
put_subject(FILE *f, const struct notifier_alert *const *alerts, size_t n)
{
	const struct notifier_alert *a = alerts[0];
	const char *title = *a->title != '\0' ? a->title : a->sentence;
	size_t cut = header_cut(title, SUBJECT_BYTES);
	const char *more = title[cut] != '\0' ? "…" : "";
	const char *test = a->test ? "TEST " : "";
	char subject[2 * SUBJECT_BYTES + 256];
	int rule = (int)header_cut(a->rule, 100);

	if (n == 1)
		snprintf(subject, sizeof(subject), "%s[%.*s] %.*s%s", test,
		    rule, a->rule, (int)cut, title, more);
	else if (same_rule(alerts, n))
		snprintf(subject, sizeof(subject), "%s[%.*s] %zu alerts: "
		    "%.*s%s", test, rule, a->rule, n, (int)cut, title, more);
	else
		snprintf(subject, sizeof(subject), "%s%zu alerts: [%.*s] "
		    "%.*s%s", test, n, rule, a->rule, (int)cut, title, more);
	header_text(f, "Subject", subject);
}

/* List-Id: one list per rule (RFC 2919), for mail filters. */
static void
put_list_id(FILE *f, const char *rule, const char *domain)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

	fputs("List-Id: <", f);
	for (const char *p = rule; *p != '\0' && p - rule < 63; p++)
		fputc(strchr(allowed, *p) != NULL ? *p : '-', f);
	fprintf(f, "%snewsalertd.%s>\r\n", *rule != '\0' ? "." : "", domain);
}

static void
put_filters(FILE *f, const struct message_settings *s,
    const struct notifier_alert *const *alerts, size_t n)
{
	bool high = false;

	header_text(f, "X-Newsalertd-Notifier", s->notifier);
	for (size_t i = 0; i < n; i++) {
		high = high || strcmp(alerts[i]->priority, "high") == 0;
		header_text(f, "X-Newsalertd-Delivery",
		    alerts[i]->delivery_id);
	}
	if (n == 1) {
		header_text(f, "X-Newsalertd-Rule", alerts[0]->rule);
		header_text(f, "X-Newsalertd-Feed", alerts[0]->feed);
		header_text(f, "X-Newsalertd-Link", alerts[0]->link);
	}
	if (high)
		fputs("Importance: high\r\n", f);
}

static void
put_head(FILE *f, const struct message_settings *s,
    const struct notifier_alert *const *alerts, size_t n)
{
	int64_t date = 0;

	for (size_t i = 0; i < n; i++)
		if (alerts[i]->found > date)
			date = alerts[i]->found;
	header_date(f, "Date", date);
	header_address(f, "From", &s->from);
	header_address(f, "To", &s->to);
	put_subject(f, alerts, n);
	fprintf(f, "Message-ID: <%s@%s>\r\n", s->id, s->domain);
	put_list_id(f, same_rule(alerts, n) ? alerts[0]->rule : "",
	    s->domain);
	fputs("Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: All\r\n", f);
	put_filters(f, s, alerts, n);
	fputs("MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"" BOUNDARY "\"\r\n\r\n", f);
}

static int
put_part(FILE *f, const char *type, const struct notifier_alert *const *alerts,
    size_t n, void (*body)(FILE *, const struct notifier_alert *const *,
    size_t))
{
	struct memory_file m;
	char *text;
	size_t len;

	if (memory_file_open(&m) == NULL)
		return -1;
	body(m.file, alerts, n);
	if ((text = memory_file_close(&m, &len)) == NULL)
		return -1;
	fprintf(f, "--" BOUNDARY "\r\n"
	    "Content-Type: %s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n", type);
	body_quote(f, text, len);
	free(text);
	return 0;
}

char *
message_make(const struct message_settings *s,
    const struct notifier_alert *const *alerts, size_t n, size_t *len)
{
	struct memory_file m;
	char *text;
	int failed;

	if (memory_file_open(&m) == NULL)
		return NULL;
	put_head(m.file, s, alerts, n);
	failed = put_part(m.file, "text/plain", alerts, n, body_text) < 0 ||
	    put_part(m.file, "text/html", alerts, n, body_html) < 0;
	fputs("--" BOUNDARY "--\r\n", m.file);
	text = memory_file_close(&m, len);
	if (!failed)
		return text;
	free(text);
	return NULL;
}
