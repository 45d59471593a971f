/* Any bytes as a JSON Feed. */
#include "fuzz.h"

#include "feed/json.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem;
	struct feed f;
	struct error err;
	struct buf text;

	memset(&f, 0, sizeof(f));
	f.format = f.title = f.link = f.description = f.lang = f.self =
	    f.damaged = "";
	arena_init(&mem);
	buf_init(&text, 3 * n + 64);
	charset_mend((const char *)p, n, &text);
	if (text.len > 0 && json_read(text.data, text.len,
	    "http://example.org/", &mem, &f, &err) == 0)
		must_be_feed(&f);
	buf_clear(&text);
	arena_free(&mem);
	return 0;
}
