/* Any bytes as a robots.txt, behind the path that is asked for in the first
   line: the answer is the same however the path and the agent are spelled,
   and with a mark in front or a comment behind. */
#include "fuzz.h"

#include <stdio.h>

#include "base/buf.h"
#include "feed/robots.h"

#define PATH_MAX_LEN 512

static bool
ask(const char *mark, const uint8_t *p, size_t n, const char *tail,
    const char *agent, const char *path)
{
	struct buf text;
	bool allow;

	buf_init(&text, SIZE_MAX / 2);
	buf_adds(&text, mark);
	buf_add(&text, p, n);
	buf_adds(&text, tail);
	allow = robots_allow(text.data, text.len, agent, path);
	buf_clear(&text);
	return allow;
}

/* The value of a hexadecimal digit, or -1. */
static int
hex(char c)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	if (at == NULL)
		return -1;
	return (int)(at - digits) - (at - digits > 15 ? 6 : 0);
}

/* The same path, each byte of it as %xx. */
static void
spell_out(const char *path, char out[3 * PATH_MAX_LEN + 1])
{
	for (; *path != '\0'; path++, out += 3) {
		if (*path == '%' && hex(path[1]) >= 0 && hex(path[2]) >= 0) {
			snprintf(out, 4, "%%%x%x", (unsigned)hex(path[1]),
			    (unsigned)hex(path[2]));
			path += 2;
		} else
			snprintf(out, 4, "%%%02x", (unsigned char)*path);
	}
	*out = '\0';
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char path[PATH_MAX_LEN + 1] = "", spelled[3 * PATH_MAX_LEN + 1] = "";
	const uint8_t *line = memchr(p, '\n', n);
	size_t len = line != NULL ? (size_t)(line - p) : n;
	bool allow;

	if (n == 0 || len > PATH_MAX_LEN)
		return 0;
	memcpy(path, p, len);
	spell_out(path, spelled);
	p += len + (line != NULL);
	n -= len + (line != NULL);
	allow = robots_allow((const char *)p, n, "newsalertd", path);
	must(robots_allow((const char *)p, n, "NewsAlertd", path) == allow);
	must(ask("", p, n, "", "newsalertd", spelled) == allow);
	must(ask("", p, n, "\n# the end", "newsalertd", path) == allow);
	if (n < 3 || memcmp(p, "\xef\xbb\xbf", 3) != 0)
		must(ask("\xef\xbb\xbf", p, n, "", "newsalertd", path) ==
		    allow);
	return 0;
}
