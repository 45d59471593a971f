#include "body.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "header.h"

#define QP_LINE		75	/* characters, without the soft break's '=' */
#define EXCERPT		1200	/* bytes of the article's text */

/* "27 Jan 2025 12:00 UTC" */
static void
put_time(FILE *f, int64_t t)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t when = (time_t)t;
	struct tm tm;

	if (t == 0 || gmtime_r(&when, &tm) == NULL)
		fputs("at an unknown time", f);
	else
		fprintf(f, "%d %s %04d %02d:%02d UTC", tm.tm_mday,
		    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour,
		    tm.tm_min);
}

static void
text_alert(FILE *f, const struct notifier_alert *a)
{
	size_t n = header_cut(a->text, EXCERPT);

	if (a->test)
		fputs("This is a test: no article matched.\n\n", f);
	fprintf(f, "%s\n\n%s\n", a->evidence, a->title);
	if (*a->link != '\0')
		fprintf(f, "%s\n", a->link);
	fprintf(f, "%s%s%s", *a->feed_title != '\0' ? a->feed_title : a->feed,
	    *a->author != '\0' ? ", " : "", a->author);
	fputs(", ", f);
	put_time(f, a->published);
	fprintf(f, "\n\nRule %s: %s\n", a->rule, a->rule_text);
	if (*a->facts != '\0')
		fprintf(f, "Inferred: %s\n", a->facts);
	if (n > 0)
		fprintf(f, "\n%.*s%s\n", (int)n, a->text,
		    a->text[n] != '\0' ? " …" : "");
	fprintf(f, "\n(delivery %s, attempt %u)\n", a->delivery_id,
	    a->attempt);
}

void
body_text(FILE *f, const struct notifier_alert *const *alerts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (n > 1)
			fprintf(f, "%s%zu of %zu\n\n", i > 0 ? "\n" : "",
			    i + 1, n);
		text_alert(f, alerts[i]);
	}
}

static void
put_escaped(FILE *f, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (s[i]) {
		case '&':
			fputs("&amp;", f);
			break;
		case '<':
			fputs("&lt;", f);
			break;
		case '>':
			fputs("&gt;", f);
			break;
		case '"':
			fputs("&quot;", f);
			break;
		case '\'':
			fputs("&#39;", f);
			break;
		case '\n':
			fputs("<br>\n", f);
			break;
		default:
			fputc(s[i], f);
		}
}

static void
put_string(FILE *f, const char *s)
{
	put_escaped(f, s, strlen(s));
}

/* The sentence, with a mark on each of its parts. */
static void
html_sentence(FILE *f, const struct notifier_alert *a)
{
	size_t at = a->sentence_start, length = strlen(a->sentence);
	const char *s = a->sentence;

	for (size_t i = 0; i < a->nparts; i++) {
		const struct notifier_part *p = a->parts[i];

		if (strcmp(p->field, a->sentence_field) != 0 ||
		    p->start < at || p->end <= p->start ||
		    p->end - a->sentence_start > length)
			continue;
		put_escaped(f, s + (at - a->sentence_start), p->start - at);
		fputs("<mark>", f);
		put_escaped(f, s + (p->start - a->sentence_start),
		    p->end - p->start);
		fputs("</mark>", f);
		if (*p->value != '\0') {
			fputs(" <small>[", f);
			put_string(f, p->value);
			fputs("]</small>", f);
		}
		at = p->end;
	}
	put_string(f, s + (at - a->sentence_start));
}

static void
html_parts(FILE *f, const struct notifier_alert *a)
{
	if (a->nparts == 0)
		return;
	fputs("<table>\n", f);
	for (size_t i = 0; i < a->nparts; i++) {
		const struct notifier_part *p = a->parts[i];

		fputs("<tr><td>", f);
		put_string(f, p->role);
		fputs("</td><td>", f);
		put_string(f, p->text);
		fputs("</td><td>", f);
		put_string(f, p->value);
		fputs("</td></tr>\n", f);
	}
	fputs("</table>\n", f);
}

static void
html_source(FILE *f, const struct notifier_alert *a)
{
	if (*a->link != '\0') {
		fputs("<p><a href=\"", f);
		put_string(f, a->link);
		fputs("\">", f);
		put_string(f, *a->title != '\0' ? a->title : a->link);
		fputs("</a><br>\n", f);
	} else {
		fputs("<p>", f);
		put_string(f, a->title);
		fputs("<br>\n", f);
	}
	put_string(f, *a->feed_title != '\0' ? a->feed_title : a->feed);
	if (*a->author != '\0') {
		fputs(", ", f);
		put_string(f, a->author);
	}
	fputs(", ", f);
	put_time(f, a->published);
	fputs("</p>\n", f);
}

static void
html_alert(FILE *f, const struct notifier_alert *a)
{
	size_t n = header_cut(a->text, EXCERPT);

	if (a->test)
		fputs("<p><b>This is a test: no article matched.</b></p>\n",
		    f);
	fputs("<p style=\"font-size:larger\">", f);
	html_sentence(f, a);
	fputs("</p>\n", f);
	html_source(f, a);
	fputs("<p>Rule <b>", f);
	put_string(f, a->rule);
	fputs("</b>: ", f);
	put_string(f, a->rule_text);
	fputs("</p>\n", f);
	html_parts(f, a);
	if (*a->facts != '\0') {
		fputs("<p>Inferred: ", f);
		put_string(f, a->facts);
		fputs("</p>\n", f);
	}
	if (n > 0) {
		fputs("<blockquote>", f);
		put_escaped(f, a->text, n);
		fputs(a->text[n] != '\0' ? " …</blockquote>\n" :
		    "</blockquote>\n", f);
	}
	fprintf(f, "<p><small>delivery %s, attempt %u</small></p>\n",
	    a->delivery_id, a->attempt);
}

void
body_html(FILE *f, const struct notifier_alert *const *alerts, size_t n)
{
	fputs("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>"
	    "<body>\n", f);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fputs("<hr>\n", f);
		html_alert(f, alerts[i]);
	}
	fputs("</body></html>\n", f);
}

/* Must this byte be encoded? last: it is the last one before a line's end. */
static bool
needs_quoting(const char *s, size_t column, bool last)
{
	unsigned char c = (unsigned char)*s;

	if (c == ' ' || c == '\t')
		return last;
	if (c < 0x20 || c > 0x7e || c == '=')
		return true;
	return column == 0 && (c == '.' || c == 'F');
}

void
body_quote(FILE *f, const char *text, size_t n)
{
	size_t column = 0;

	for (size_t i = 0; i < n; i++) {
		bool last = i + 1 == n || text[i + 1] == '\n';
		bool quoted;

		if (text[i] == '\n') {
			fputs("\r\n", f);
			column = 0;
			continue;
		}
		quoted = needs_quoting(&text[i], column, last);
		if (column + (quoted ? 3 : 1) > QP_LINE) {
			fputs("=\r\n", f);
			column = 0;
			quoted = needs_quoting(&text[i], 0, last);
		}
		if (quoted)
			column += (size_t)fprintf(f, "=%02X",
			    (unsigned char)text[i]);
		else {
			fputc(text[i], f);
			column++;
		}
	}
	if (column > 0)
		fputs("\r\n", f);
}
