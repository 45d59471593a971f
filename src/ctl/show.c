#include "ctl/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"

#define DAY (24 * 3600)

static const char *const codes[] = { "", "\033[1m", "\033[2m", "\033[31m",
	"\033[32m", "\033[33m" };

static void
begin(const struct ctl *c, enum show_colour colour)
{
	if (c->colour)
		fputs(codes[colour], stdout);
}

static void
end(const struct ctl *c, enum show_colour colour)
{
	if (c->colour && colour != SHOW_PLAIN)
		fputs("\033[0m", stdout);
}

/* Bytes of the character at s; *safe when a terminal may see it. */
static size_t
character(const char *s, bool *safe)
{
	unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1];
	size_t n = 1;

	*safe = a >= ' ' && a != 0x7F;
	if (a >= 0x80)
		while (n < 4 && ((unsigned char)s[n] & 0xC0) == 0x80)
			n++;
	if (a == 0xC2 && b < 0xA0)	/* C1 controls */
		*safe = false;
	return n;
}

static void
put(const char *s, size_t len)
{
	bool safe;

	for (size_t i = 0, n; i < len; i += n) {
		n = character(s + i, &safe);
		if (i + n > len)
			n = len - i;
		if (safe)
			fwrite(s + i, 1, n, stdout);
		else
			putchar(s[i] == '\n' || s[i] == '\t' ? ' ' : '?');
	}
}

static int
columns(const char *s, size_t len)
{
	int n = 0;
	bool safe;

	for (size_t i = 0; i < len; i += character(s + i, &safe))
		n++;
	return n;
}

int
show_columns(const char *s)
{
	return columns(s, strlen(s));
}

void
show_text(const struct ctl *c, enum show_colour colour, const char *s)
{
	begin(c, colour);
	put(s, strlen(s));
	end(c, colour);
}

int
show_cut(const struct ctl *c, enum show_colour colour, const char *s, int max)
{
	size_t at = 0;
	bool safe;
	int n = show_columns(s);

	if (n <= max) {
		show_text(c, colour, s);
		return n;
	}
	for (n = 0; n < max - 1; n++)
		at += character(s + at, &safe);
	begin(c, colour);
	put(s, at);
	fputs("…", stdout);
	end(c, colour);
	return max;
}

/* A word with what stands in brackets dimmed; *inside goes on to the next. */
static void
put_word(const struct ctl *c, const char *s, size_t len, bool *inside)
{
	for (size_t i = 0; i < len; i++) {
		size_t n = strcspn(s + i, "[]");

		if (i + n >= len)
			n = len - i - 1;
		if (s[i + n] == '[') {
			put(s + i, n);
			*inside = true;
			begin(c, SHOW_GREEN);
			putchar('[');
		} else {
			put(s + i, n + 1);
			if (s[i + n] == ']' && *inside) {
				*inside = false;
				end(c, SHOW_GREEN);
			}
		}
		i += n;
	}
}

void
show_wrapped(const struct ctl *c, int indent, const char *s)
{
	int at = c->width;
	bool inside = false, first = true;

	for (;;) {
		size_t len;
		int n;

		s += strspn(s, " \t\r\n");
		if (*s == '\0')
			break;
		len = strcspn(s, " \t\r\n");
		n = columns(s, len);
		if (first || at + 1 + n > c->width) {
			if (!first)
				putchar('\n');
			printf("%*s", indent, "");
			at = indent;
		} else {
			putchar(' ');
			at++;
		}
		put_word(c, s, len, &inside);
		at += n;
		s += len;
		first = false;
	}
	if (inside)
		end(c, SHOW_GREEN);
	putchar('\n');
}

const char *
show_time(int64_t when, int64_t now, char buf[24])
{
	time_t t = (time_t)when;
	struct tm tm;

	if (when <= 0 || localtime_r(&t, &tm) == NULL)
		return "-";
	if (when > now - DAY / 2 && when < now + DAY / 2)
		strftime(buf, 24, "%H:%M", &tm);
	else if (when > now - 180 * DAY && when < now + 180 * DAY)
		strftime(buf, 24, "%d %b %H:%M", &tm);
	else
		strftime(buf, 24, "%Y-%m-%d", &tm);
	return buf;
}

const char *
show_since(int64_t when, int64_t now, char buf[40])
{
	char span[32];

	if (when <= 0)
		return "never";
	if (when == now)
		return "now";
	duration_text(llabs((long long)(now - when)) * 1000, span,
	    sizeof(span));
	snprintf(buf, 40, when < now ? "%s ago" : "in %s", span);
	return buf;
}
