#include "config/login.h"

#include <string.h>

static int
hex(char c)
{
	const char *digits = "0123456789abcdef", *at;

	if (c >= 'A' && c <= 'F')
		c = (char)(c - 'A' + 'a');
	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

static const char *
decoded(const char *s, size_t len, struct arena *mem)
{
	char *out = arena_alloc(mem, len + 1), *o = out;

	for (size_t i = 0; i < len; i++) {
		int high = s[i] == '%' && i + 2 < len ? hex(s[i + 1]) : -1;
		int low = high >= 0 ? hex(s[i + 2]) : -1;

		if (low < 0 || high + low == 0) {
			*o++ = s[i];
			continue;
		}
		*o++ = (char)(high * 16 + low);
		i += 2;
	}
	*o = '\0';
	return out;
}

const char *
login_take(const char *url, struct arena *mem, const char **user,
    const char **password)
{
	const char *from = strstr(url, "://"), *at, *colon;
	size_t len;

	if (from == NULL)
		return url;
	from += 3;
	len = strcspn(from, "/?#\\");
	at = memchr(from, '@', len);
	if (at == NULL || memchr(at + 1, '@', len - (size_t)(at + 1 - from)) !=
	    NULL)
		return url;
	colon = memchr(from, ':', (size_t)(at - from));
	*user = decoded(from, (size_t)((colon != NULL ? colon : at) - from),
	    mem);
	*password = colon != NULL ? decoded(colon + 1,
	    (size_t)(at - colon - 1), mem) : "";
	return arena_printf(mem, "%.*s%s", (int)(from - url), url, at + 1);
}
