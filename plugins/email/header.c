#include "header.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define LINE_MAX_CHARS	76
#define WORD_BYTES	39	/* in one encoded-word: 52 characters of base64 */
#define NAME_SHORT	9	/* beside such a name there is room for a word */

size_t
header_cut(const char *s, size_t max)
{
	size_t n = strnlen(s, max);

	if (n == max)
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	return n;
}

/* Letters, digits, and what RFC 5322 lets stand in a dot-atom. */
static bool
dot_atom(const char *s, size_t n)
{
	static const char atext[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.";

	if (n == 0 || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++)
		if (s[i] == '\0' || strchr(atext, s[i]) == NULL ||
		    (s[i] == '.' && s[i + 1] == '.'))
			return false;
	return true;
}

static bool
domain(const char *s)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

	return dot_atom(s, strlen(s)) && s[strspn(s, allowed)] == '\0';
}

int
header_address_parse(const char *s, struct header_address *a)
{
	const char *open = strrchr(s, '<'), *at, *name_end = s;
	size_t len = strlen(s);

	memset(a, 0, sizeof(*a));
	if (len >= sizeof(a->spec))
		return -1;
	for (const char *p = s; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return -1;
	if (open != NULL) {
		if (s[len - 1] != '>')
			return -1;
		memcpy(a->spec, open + 1, len - 2 - (size_t)(open - s));
		name_end = open;
		while (name_end > s && name_end[-1] == ' ')
			name_end--;
		if (name_end - s >= 2 && *s == '"' && name_end[-1] == '"') {
			s++;
			name_end--;
		}
		memcpy(a->name, s, (size_t)(name_end - s));
	} else
		memcpy(a->spec, s, len);
	at = strrchr(a->spec, '@');
	if (at == NULL || !dot_atom(a->spec, (size_t)(at - a->spec)) ||
	    !domain(at + 1))
		return -1;
	return 0;
}

const char *
header_address_domain(const struct header_address *a)
{
	return strrchr(a->spec, '@') + 1;
}

static void
put_base64(FILE *f, const unsigned char *s, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)s[i] << 16;

		if (i + 1 < n)
			v |= (unsigned)s[i + 1] << 8;
		if (i + 2 < n)
			v |= s[i + 2];
		fputc(digits[v >> 18], f);
		fputc(digits[v >> 12 & 63], f);
		fputc(i + 1 < n ? digits[v >> 6 & 63] : '=', f);
		fputc(i + 2 < n ? digits[v & 63] : '=', f);
	}
}

/* Encoded-words, each with whole characters, each but the first on a line of
   its own. */
static void
put_encoded(FILE *f, const char *s)
{
	unsigned char word[WORD_BYTES];
	size_t n;

	for (bool first = true; *s != '\0'; s += n, first = false) {
		n = header_cut(s, WORD_BYTES);
		if (n == 0)	/* not UTF-8 */
			n = strnlen(s, WORD_BYTES);
		for (size_t i = 0; i < n; i++)
			word[i] = (unsigned char)s[i] < 0x20 || s[i] == 0x7f ?
			    ' ' : (unsigned char)s[i];
		fputs(first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?", f);
		put_base64(f, word, n);
		fputs("?=", f);
	}
}

/* May it stand as it is: ASCII, no long words, nothing that looks encoded? */
static bool
plain(const char *s)
{
	size_t word = 0;

	for (const char *p = s; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
			return false;
		word = *p == ' ' ? 0 : word + 1;
		if (word > LINE_MAX_CHARS - 20)
			return false;
	}
	return strstr(s, "=?") == NULL;
}

/* Fold at spaces; a fold keeps the space at the start of the next line. */
static void
put_folded(FILE *f, const char *s, size_t column)
{
	bool first = true;
	size_t word;

	while (*s != '\0') {
		word = 1 + strcspn(s + 1, " ");
		/* A line of blanks alone would end the head for some. */
		if (!first && *s == ' ' && s[1] != ' ' && s[1] != '\0' &&
		    column + word > LINE_MAX_CHARS) {
			fputs("\r\n", f);
			column = 0;
		}
		fwrite(s, 1, word, f);
		column += word;
		s += word;
		first = false;
	}
}

void
header_text(FILE *f, const char *name, const char *value)
{
	fprintf(f, "%s: ", name);
	if (plain(value))
		put_folded(f, value, strlen(name) + 2);
	else {
		if (strlen(name) > NAME_SHORT)
			fputs("\r\n ", f);
		put_encoded(f, value);
	}
	fputs("\r\n", f);
}

void
header_address(FILE *f, const char *name, const struct header_address *a)
{
	fprintf(f, "%s: ", name);
	if (a->name[0] == '\0') {
		fprintf(f, "%s\r\n", a->spec);
		return;
	}
	if (plain(a->name)) {
		fputc('"', f);
		for (const char *p = a->name; *p != '\0'; p++) {
			if (*p == '"' || *p == '\\')
				fputc('\\', f);
			fputc(*p, f);
		}
		fputc('"', f);
	} else
		put_encoded(f, a->name);
	fprintf(f, "\r\n <%s>\r\n", a->spec);
}

void
header_date(FILE *f, const char *name, int64_t t)
{
	/* Not strftime: the names of days must not follow the locale. */
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t when = (time_t)t;
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL)
		return;
	fprintf(f, "%s: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", name,
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
