#include "feed/json_mend.h"

#include <stdbool.h>
#include <string.h>

/* Does the next thing behind the comma at p close something? */
static bool
is_last(const char *p, const char *end)
{
	for (p++; p < end && strchr(" \t\r\n", *p) != NULL && *p != '\0'; p++)
		;
	return p < end && (*p == '}' || *p == ']');
}

void
json_mend(const char *p, size_t n, struct buf *out)
{
	const char *end = p + n;
	bool quoted = false;

	for (; p < end; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (quoted && *p == '\\' && p + 1 < end)
			buf_addc(out, *p++);
		else if (!quoted && *p == ',' && is_last(p, end))
			continue;
		buf_addc(out, quoted && (unsigned char)*p < ' ' ? ' ' : *p);
	}
}
