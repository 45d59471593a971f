#include "feed/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "feed/entity.h"
#include "feed/label.h"

#define NONE ((iconv_t)-1)

/* UTF-8 of the upper half of a single-byte encoding; where there is no
   character len is 0 and the text U+FFFD. */
struct upper {
	struct {
		unsigned char	len;
		char		text[3];
	} at[128];
};

static iconv_t opened[LABEL_CHARSETS];
static bool tried[LABEL_CHARSETS];
static struct upper *uppers[LABEL_CHARSETS];

/*
 * Ask iconv for each of the 128 bytes: a table is several times as fast. Not
 * where it waits for the next byte to compose a character (Hebrew points,
 * Vietnamese tones).
 */
static void
make_upper(int charset)
{
	struct upper *u = uppers[charset] = mem_zalloc(1, sizeof(*u));
	char byte, text[8], *in, *out;
	size_t left, room;
	int i;

	for (i = 0; i < 128; i++) {
		byte = (char)(0x80 + i);
		in = &byte;
		out = text;
		left = 1;
		room = sizeof(text);
		memcpy(u->at[i].text, "\xef\xbf\xbd", 3);
		iconv(opened[charset], NULL, NULL, NULL, NULL);
		if (iconv(opened[charset], &in, &left, &out, &room) ==
		    (size_t)-1 || out - text > 3)
			continue;
		if (out == text) {
			uppers[charset] = NULL;
			free(u);
			return;
		}
		u->at[i].len = (unsigned char)(out - text);
		memcpy(u->at[i].text, text, u->at[i].len);
	}
}

/* Out of memory glibc says, if at all, that there is no such encoding: text
   would be taken for another one. */
static iconv_t
open_iconv(int charset)
{
	iconv_t cd = iconv_open("UTF-8", label_iconv(charset));

	if (cd == NONE)
		cd = iconv_open("UTF-8", label_iconv(charset));
	if (cd == NONE && errno == ENOMEM)
		mem_out();
	return cd;
}

static iconv_t
converter(int charset)
{
	if (!tried[charset]) {
		tried[charset] = true;
		opened[charset] = open_iconv(charset);
		if (opened[charset] != NONE && label_unit(charset) == 1 &&
		    !label_multibyte(charset))
			make_upper(charset);
	}
	return opened[charset];
}

void
charset_open_all(void)
{
	int i;

	for (i = 1; i < LABEL_CHARSETS; i++)
		converter(i);
}

/* Length of the valid sequence at p, 0 if there is none. */
static size_t
sequence(const unsigned char *p, size_t left)
{
	unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4 || left < 2 || (p[1] & 0xc0) != 0x80)
		return 0;
	if (c < 0xe0)
		return 2;
	if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) ||
	    (c == 0xf0 && p[1] < 0x90) || (c == 0xf4 && p[1] > 0x8f) ||
	    left < 3 || (p[2] & 0xc0) != 0x80)
		return 0;
	if (c < 0xf0)
		return 3;
	return left < 4 || (p[3] & 0xc0) != 0x80 ? 0 : 4;
}

/* How many bytes from p on are plain ASCII, eight at a time. */
static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;
	uint64_t word;

	for (; i + 8 <= n; i += 8) {
		memcpy(&word, p + i, 8);
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < n && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

bool
charset_is_utf8(const char *p, size_t n, bool *wide)
{
	size_t i, len;

	*wide = false;
	for (i = ascii_run(p, n); i < n; i += ascii_run(p + i, n - i)) {
		len = sequence((const unsigned char *)p + i, n - i);
		if (len == 0)
			return false;
		*wide = true;
		i += len;
	}
	return true;
}

/* Are there at least this many times more characters beyond ASCII than bytes
   that are no UTF-8? */
static bool
mostly_utf8(const char *p, size_t n, size_t times)
{
	size_t i, len, good = 0, bad = 0;

	for (i = ascii_run(p, n); i < n; i += ascii_run(p + i, n - i)) {
		len = sequence((const unsigned char *)p + i, n - i);
		good += len > 0;
		bad += len == 0;
		i += len > 0 ? len : 1;
		if (bad > 64 && bad * times > good)
			return false;
	}
	return good >= bad * times;
}

/* The bytes at p that are no UTF-8: U+FFFD for what began as a sequence, else
   the character of windows-1252. Returns how many were taken. */
static size_t
mend_bytes(const unsigned char *p, size_t left, struct buf *out)
{
	char text[4];
	size_t n = 1;

	if (p[0] >= 0xc0 && left > 1 && (p[1] & 0xc0) == 0x80) {
		while (n < left && n < 4 && (p[n] & 0xc0) == 0x80)
			n++;
		buf_adds(out, "\xef\xbf\xbd");
	} else
		buf_add(out, text, entity_utf8(entity_windows(p[0]), text));
	return n;
}

bool
charset_mend(const char *p, size_t n, struct buf *out)
{
	bool found = false;
	size_t i = 0, len;

	while (i < n) {
		len = ascii_run(p + i, n - i);
		if (len == 0)
			len = sequence((const unsigned char *)p + i, n - i);
		if (len > 0) {
			buf_add(out, p + i, len);
			i += len;
			continue;
		}
		found = true;
		i += mend_bytes((const unsigned char *)p + i, n - i, out);
	}
	return found;
}

static size_t
convert_single(const struct upper *u, const char *p, size_t n, struct buf *b)
{
	char *out = buf_reserve(b, 3 * n);
	size_t i = 0, len, errors = 0;
	unsigned char c;

	if (out == NULL)
		return SIZE_MAX;
	while (i < n) {
		len = ascii_run(p + i, n - i);
		memcpy(out, p + i, len);
		out += len;
		for (i += len; i < n && (unsigned char)p[i] >= 0x80; i++) {
			c = (unsigned char)p[i] & 0x7f;
			if (u->at[c].len == 0)
				errors++;
			memcpy(out, u->at[c].text, 3);
			out += u->at[c].len > 0 ? u->at[c].len : 3;
		}
	}
	b->len = (size_t)(out - b->data);
	b->data[b->len] = '\0';
	return errors;
}

/* Convert all of it; what cannot be read becomes U+FFFD. Returns how often, or
   SIZE_MAX where the converter is missing. */
static size_t
convert(int charset, const char *p, size_t n, struct buf *out)
{
	iconv_t cd = converter(charset);
	char *in = (char *)(uintptr_t)p, *to;
	size_t left = n, room, step, unit = label_unit(charset), errors = 0;

	if (cd == NONE)
		return SIZE_MAX;
	if (uppers[charset] != NULL)
		return convert_single(uppers[charset], p, n, out);
	iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0) {
		room = left + left / 2 + 64;
		if ((to = buf_reserve(out, room)) == NULL)
			break;
		step = room;
		if (iconv(cd, &in, &left, &to, &step) != (size_t)-1 ||
		    errno == E2BIG) {
			out->len += room - step;
			continue;
		}
		out->len += room - step;
		buf_adds(out, "\xef\xbf\xbd");
		errors++;
		if (left <= unit)
			break;
		in += unit;
		left -= unit;
	}
	/* A converter that composes still holds the last character. */
	step = 16;
	if ((to = buf_reserve(out, step)) != NULL) {
		iconv(cd, NULL, NULL, &to, &step);
		out->len += 16 - step;
	}
	if (out->data != NULL)
		out->data[out->len] = '\0';
	return errors;
}

/* By the zeros beside the first characters, which are ASCII: white space, then
   markup or an object of JSON. */
static int
by_zeros(const unsigned char *p, size_t n)
{
	static const char starts[] = " \t\r\n<{[";
	unsigned zeros = 0;
	size_t i;

	if (n < 8)
		return LABEL_NONE;
	for (i = 0; i < 4; i++)
		zeros = zeros << 1 | (p[i] == 0);
	for (i = 0; i < 4 && p[i] == 0; i++)
		;
	if (i == 4 || strchr(starts, p[i]) == NULL)
		return LABEL_NONE;
	switch (zeros) {
	case 5:					/* c 0 c 0 */
		return LABEL_UTF16LE;
	case 10:				/* 0 c 0 c */
		return LABEL_UTF16BE;
	case 7:					/* c 0 0 0 */
		return LABEL_UTF32LE;
	case 14:				/* 0 0 0 c */
		return LABEL_UTF32BE;
	default:
		return LABEL_NONE;
	}
}

/* UTF-16 and UTF-32 by their mark or by their zeros. */
static int
by_shape(const unsigned char *p, size_t n, size_t *mark)
{
	*mark = 0;
	if (n >= 4 && memcmp(p, "\xff\xfe\0\0", 4) == 0)
		return *mark = 4, LABEL_UTF32LE;
	if (n >= 4 && memcmp(p, "\0\0\xfe\xff", 4) == 0)
		return *mark = 4, LABEL_UTF32BE;
	if (n >= 2 && memcmp(p, "\xff\xfe", 2) == 0)
		return *mark = 2, LABEL_UTF16LE;
	if (n >= 2 && memcmp(p, "\xfe\xff", 2) == 0)
		return *mark = 2, LABEL_UTF16BE;
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return *mark = 3, LABEL_UTF8;
	return by_zeros(p, n);
}

/* The value behind "key=" in s, quoted or not. */
static int
value_after(const char *s, size_t n, const char *key)
{
	const char *end = s + n, *v;
	size_t len = strlen(key), i;

	for (; s + len < end; s++) {
		if (strncasecmp(s, key, len) != 0)
			continue;
		for (s += len; s < end && isspace((unsigned char)*s); s++)
			;
		if (s == end || *s++ != '=')
			continue;
		while (s < end && (isspace((unsigned char)*s) || *s == '"' ||
		    *s == '\''))
			s++;
		v = s;
		for (i = 0; v + i < end && (isalnum((unsigned char)v[i]) ||
		    strchr("-_.:()", v[i]) != NULL) && v[i] != '\0'; i++)
			;
		return label_find(v, i);
	}
	return LABEL_NONE;
}

#define DECLARATION_LOOK 1024	/* how far its end is from the start at most */

static int
declared(const char *p, size_t n)
{
	const char *end = p + (n < DECLARATION_LOOK ? n : DECLARATION_LOOK);
	const char *stop;

	/* A broken server may have written something in front of it. */
	while ((p = memmem(p, (size_t)(end - p), "<?", 2)) != NULL &&
	    !(end - p > 6 && strncasecmp(p + 2, "xml", 3) == 0 &&
	    isspace((unsigned char)p[5])))
		p += 2;
	if (p == NULL || (stop = memmem(p, (size_t)(end - p), "?>", 2)) == NULL)
		return LABEL_NONE;
	return value_after(p, (size_t)(stop - p), "encoding");
}

#define TORN 16		/* so much UTF-8 for a bad byte is UTF-8, but damaged */

/* Try one of the names that were given. */
static bool
try(int charset, const char *p, size_t n, bool valid, bool wide,
    struct buf *buf, struct charset_text *t)
{
	size_t errors;

	if (charset <= LABEL_UTF8 || label_unit(charset) > 1)
		return false;	/* UTF-16 without zeros is a wrong label */
	if (valid && (!label_seven_bit(charset) || wide) &&
	    (!wide || !label_multibyte(charset)))
		return false;	/* plain ASCII, or UTF-8 beyond doubt */
	if (!valid && !label_multibyte(charset) && mostly_utf8(p, n, TORN))
		return false;
	buf_reset(buf);
	errors = convert(charset, p, n, buf);
	if (errors == SIZE_MAX || (errors > 0 && (valid || errors > n / 50)))
		return false;
	t->text = buf->data != NULL ? buf->data : "";
	t->len = buf->len;
	t->checked = true;
	if (errors > 0)
		t->damage = "bytes that its encoding does not have";
	return true;
}

void
charset_decode(const char *p, size_t n, const char *content_type,
    struct buf *buf, struct charset_text *t)
{
	size_t mark;
	int shape, http, xml;
	bool valid, wide;

	*t = (struct charset_text){ .text = p, .len = n };
	shape = by_shape((const unsigned char *)p, n, &mark);
	t->text += mark;
	t->len -= mark;
	if (shape > LABEL_UTF8) {
		if (convert(shape, t->text, t->len, buf) > 0)
			t->damage = "bytes that its encoding does not have";
		t->text = buf->data != NULL ? buf->data : "";
		t->len = buf->len;
		t->checked = true;
		return;
	}
	http = content_type == NULL || shape == LABEL_UTF8 ? LABEL_NONE :
	    value_after(content_type, strlen(content_type), "charset");
	xml = shape == LABEL_UTF8 ? LABEL_UTF8 : declared(p, n);
	if (http <= LABEL_UTF8 && xml <= LABEL_UTF8)
		return;		/* UTF-8: whoever parses it checks it */
	valid = charset_is_utf8(p, n, &wide);
	if (try(http, p, n, valid, wide, buf, t))
		return;
	if (xml != http && (http != LABEL_UTF8 ||
	    (!valid && !mostly_utf8(p, n, 1))) &&
	    try(xml, p, n, valid, wide, buf, t))
		return;
	t->checked = valid;
	if (valid && wide)
		t->damage = "another encoding named than it is in";
}
