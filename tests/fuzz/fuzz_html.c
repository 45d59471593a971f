/* Any text as HTML: the result is plain, and no longer than promised. */
#include "fuzz.h"

#include "feed/html.h"

static void
must_read(const struct buf *in, unsigned how, struct arena *mem)
{
	const char *s = html_text(mem, in->data, in->len, how, FEED_TEXT_MAX);

	must_be_text(s, how & HTML_LINES, 2 * in->len + 64);
	must(strlen(html_text(mem, in->data, in->len, how, in->len / 2)) <=
	    in->len / 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf in;
	struct arena mem;
	struct html_tag tag;
	const char *s;
	size_t len;
	unsigned how;

	buf_init(&in, 3 * n + 64);
	arena_init(&mem);
	charset_mend((const char *)p, n, &in);
	if (in.len > 0) {
		for (how = 0; how <= (HTML_MARKUP | HTML_LINES); how++)
			must_read(&in, how, &mem);
		html_likely(in.data, in.len);
		html_escaped(in.data, in.len);
		for (s = in.data; html_next_tag(&s, in.data + in.len, &tag); )
			html_attribute(&tag, "href", &len);
	}
	buf_clear(&in);
	arena_free(&mem);
	return 0;
}
