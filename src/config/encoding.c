#include "config/encoding.h"

#include <libconfig.h>
#include <stdbool.h>

#include "base/arena.h"

/* Bytes of the character at s, 0 = malformed (also too long, a surrogate). */
static int
length(const unsigned char *s)
{
	unsigned low = 0x80, high = 0xbf;
	int n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (int i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return n;
}

static bool
is_utf8(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	int n;

	for (; *s != '\0'; s += n)
		if ((n = length(s)) == 0)
			return false;
	return true;
}

static int
check(const config_setting_t *s, const char *path, struct arena *mem,
    struct problems *p)
{
	const char *name = config_setting_name(s), *text;
	int result = 0;

	if (config_setting_type(s) == CONFIG_TYPE_STRING) {
		text = config_setting_get_string(s);
		if (text == NULL || is_utf8(text))
			return 0;
		problems_error(p, arena_printf(mem, "%s:%d", path,
		    (int)config_setting_source_line(s)), "%s%s%s is not UTF-8:"
		    " save the file as UTF-8", name != NULL ? "'" : "a text",
		    name != NULL ? name : "", name != NULL ? "'" : "");
		return -1;
	}
	if (!config_setting_is_aggregate(s))
		return 0;
	for (int i = 0; i < config_setting_length(s); i++)
		if (check(config_setting_get_elem(s, (unsigned)i), path, mem,
		    p) < 0)
			result = -1;
	return result;
}

int
encoding_check(const struct config_t *file, const char *path,
    struct problems *p)
{
	struct arena mem;
	int result;

	arena_init(&mem);
	result = check(config_root_setting(file), path, &mem, p);
	arena_free(&mem);
	return result;
}
