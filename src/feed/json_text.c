#include "feed/json_text.h"

void
json_text(struct buf *b, const char *s)
{
	const char *from = s;
	unsigned char c;

	buf_addc(b, '"');
	for (; (c = (unsigned char)*s) != '\0'; s++) {
		if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, from, (size_t)(s - from));
		from = s + 1;
		if (c == '\n')
			buf_adds(b, "\\n");
		else if (c == '"' || c == '\\') {
			buf_addc(b, '\\');
			buf_addc(b, (char)c);
		} else
			buf_printf(b, "\\u%04x", c);
	}
	buf_add(b, from, (size_t)(s - from));
	buf_addc(b, '"');
}

void
json_text_member(struct buf *b, const char *key, const char *value)
{
	buf_addc(b, ',');
	json_text(b, key);
	buf_addc(b, ':');
	json_text(b, value);
}

void
json_text_list(struct buf *b, const char *key, const char *const *s, size_t n)
{
	size_t i;

	buf_addc(b, ',');
	json_text(b, key);
	buf_adds(b, ":[");
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(b, ',');
		json_text(b, s[i]);
	}
	buf_addc(b, ']');
}
