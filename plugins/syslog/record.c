#include "record.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

/* For documentation and examples; the project has no number of its own. */
#define ENTERPRISE	"32473"

#define VALUE_MAX	512	/* bytes of a value in the structured data */
#define LINK_MAX	1024
#define MESSAGE_MIN	256	/* bytes of text, whatever the data take */

int
record_facility(const char *name)
{
	static const char *const names[] = { "kern", "user", "mail", "daemon",
		"auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv",
		"ftp", "ntp", "audit", "alert", "clock", "local0", "local1",
		"local2", "local3", "local4", "local5", "local6", "local7" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}

int
record_severity(const struct notifier_alert *a)
{
	return strcmp(a->priority, "high") == 0 ? 4 :
	    strcmp(a->priority, "low") == 0 ? 6 : 5;
}

/* At most max bytes of s, not within a character. */
static size_t
cut(const char *s, size_t max)
{
	size_t n = strnlen(s, max);

	if (n == max)
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	return n;
}

/* A name in the head: printable ASCII, at most max; "-" for nothing. */
static void
put_name(FILE *f, const char *s, size_t max)
{
	size_t n = 0;

	for (; *s != '\0' && n < max; s++, n++)
		fputc(*s > ' ' && *s < 0x7f ? *s : '_', f);
	if (n == 0)
		fputc('-', f);
}

static void
put_time(FILE *f, int64_t t)
{
	time_t when = (time_t)t;
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL || tm.tm_year > 8099)
		fputc('-', f);
	else
		fprintf(f, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		    tm.tm_min, tm.tm_sec);
}

/* name="value", RFC 5424, 6.3.3: a backslash before " \ and ]. */
static void
put_param(FILE *f, const char *name, const char *suffix, const char *value,
    size_t max)
{
	size_t n = cut(value, max);

	fputc(' ', f);
	/* 6.3.3: printable ASCII without = ] " and space, 32 characters. */
	for (size_t i = 0; name[i] != '\0' && i < 24; i++)
		fputc(name[i] > ' ' && name[i] < 0x7f &&
		    strchr("=]\"", name[i]) == NULL ? name[i] : '_', f);
	fprintf(f, "%s=\"", suffix);
	for (size_t i = 0; i < n; i++) {
		if (strchr("\"\\]", value[i]) != NULL)
			fputc('\\', f);
		/* Cleaned by the host; a record must not rely on it. */
		fputc((unsigned char)value[i] < 0x20 ? ' ' : value[i], f);
	}
	fputc('"', f);
}

static void
put_data(FILE *f, const struct notifier_alert *a)
{
	char attempt[16];

	snprintf(attempt, sizeof(attempt), "%u", a->attempt);
	fputs("[newsalertd@" ENTERPRISE, f);
	put_param(f, "id", "", a->delivery_id, VALUE_MAX);
	put_param(f, "alert", "", a->alert_id, VALUE_MAX);
	put_param(f, "attempt", "", attempt, VALUE_MAX);
	put_param(f, "rule", "", a->rule, VALUE_MAX);
	put_param(f, "priority", "", a->priority, VALUE_MAX);
	put_param(f, "feed", "", a->feed, VALUE_MAX);
	put_param(f, "title", "", a->title, VALUE_MAX);
	if (strlen(a->link) <= LINK_MAX)
		put_param(f, "link", "", a->link, LINK_MAX);
	fputc(']', f);
	if (a->nparts == 0)
		return;
	fputs("[evidence@" ENTERPRISE, f);
	for (size_t i = 0; i < a->nparts && i < 16; i++) {
		const struct notifier_part *p = a->parts[i];

		put_param(f, p->role, "", p->text, 100);
		if (*p->value != '\0')
			put_param(f, p->role, ".value", p->value, 100);
	}
	fputc(']', f);
}

static void
put_message(FILE *f, const struct notifier_alert *a, size_t max)
{
	const char *texts[] = { a->test ? "TEST " : "", a->rule, ": ",
		*a->evidence != '\0' ? a->evidence : a->title, " ", a->link };
	size_t n;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		n = cut(texts[i], max);
		for (size_t k = 0; k < n; k++)
			fputc((unsigned char)texts[i][k] < 0x20 ? ' ' :
			    texts[i][k], f);
		max -= n;
	}
}

void
record_rfc5424(FILE *f, const struct record_settings *s,
    const struct notifier_alert *a)
{
	long used;

	fprintf(f, "<%d>1 ", s->facility * 8 + record_severity(a));
	put_time(f, a->found);
	fputc(' ', f);
	put_name(f, s->hostname, 255);
	fputc(' ', f);
	put_name(f, s->app, 48);
	fprintf(f, " %ld %s ", s->pid, a->test ? "TEST" : "ALERT");
	put_data(f, a);
	fputs(s->bom ? " \xef\xbb\xbf" : " ", f);
	used = ftell(f);
	put_message(f, a, used >= 0 && (size_t)used + MESSAGE_MIN < s->max ?
	    s->max - (size_t)used : MESSAGE_MIN);
}

/* NAME=value, or with the length before it if it has line breaks. */
static void
put_field(FILE *f, const char *name, const char *value)
{
	uint64_t len = strlen(value);

	if (len == 0)
		return;
	if (strchr(value, '\n') == NULL) {
		fprintf(f, "%s=%s\n", name, value);
		return;
	}
	fprintf(f, "%s\n", name);
	for (int i = 0; i < 8; i++)
		fputc((int)(len >> 8 * i & 0xff), f);
	fprintf(f, "%s\n", value);
}

/* NEWSALERT_OWNER and so on: letters, digits and "_", at most 64 in all. */
static void
put_part(FILE *f, const struct notifier_part *p)
{
	char name[64] = "NEWSALERT_PART_";
	size_t n = strlen(name);

	for (const char *r = p->role; *r != '\0' && n < 50; r++)
		name[n++] = *r >= 'a' && *r <= 'z' ? (char)(*r - 'a' + 'A') :
		    (*r >= 'A' && *r <= 'Z') || (*r >= '0' && *r <= '9') ?
		    *r : '_';
	name[n] = '\0';
	put_field(f, name, p->text);
	strcpy(name + n, "_VALUE");
	put_field(f, name, p->value);
}

void
record_journal(FILE *f, const struct record_settings *s,
    const struct notifier_alert *a)
{
	fputs("MESSAGE=", f);
	put_message(f, a, s->max);
	fprintf(f, "\nMESSAGE_ID=%s\nPRIORITY=%d\nSYSLOG_FACILITY=%d\n",
	    RECORD_MESSAGE_ID, record_severity(a), s->facility);
	fprintf(f, "SYSLOG_IDENTIFIER=%s\nSYSLOG_PID=%ld\n", s->app, s->pid);
	put_field(f, "NEWSALERT_DELIVERY", a->delivery_id);
	put_field(f, "NEWSALERT_ID", a->alert_id);
	put_field(f, "NEWSALERT_RULE", a->rule);
	put_field(f, "NEWSALERT_RULE_TEXT", a->rule_text);
	put_field(f, "NEWSALERT_PRIORITY", a->priority);
	put_field(f, "NEWSALERT_FEED", a->feed);
	put_field(f, "NEWSALERT_FEED_URL", a->feed_url);
	put_field(f, "NEWSALERT_TITLE", a->title);
	put_field(f, "NEWSALERT_LINK", a->link);
	put_field(f, "NEWSALERT_AUTHOR", a->author);
	put_field(f, "NEWSALERT_SENTENCE", a->sentence);
	put_field(f, "NEWSALERT_FACTS", a->facts);
	put_field(f, "NEWSALERT_TEST", a->test ? "1" : "");
	for (size_t i = 0; i < a->nparts; i++)
		put_part(f, a->parts[i]);
}
