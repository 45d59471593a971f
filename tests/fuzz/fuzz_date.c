/* Any string as a date: none, or one between 1900 and 3000. */
#include "fuzz.h"

#include "feed/date.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *s = malloc(n + 1);
	int64_t t;

	memcpy(s, p, n);
	s[n] = '\0';
	t = date_parse(s);
	/* Ten digits are Unix seconds, thirteen milliseconds. */
	must(t == ARTICLE_NO_TIME || (t > -2209100000 && t < 32504000000));
	free(s);
	return 0;
}
