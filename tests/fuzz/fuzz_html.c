/* Any text as HTML: the result is plain, and no longer than promised. */
#include "fuzz.h"

#include "feed/html.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf in, out;
	struct html_tag tag;
	const char *s;
	size_t len;

	buf_init(&in, 3 * n + 64);
	buf_init(&out, 8 * n + 256);
	charset_mend((const char *)p, n, &in);
	if (in.len > 0) {
		html_text(in.data, in.len, &out);
		must(!out.full);
		must(out.data != NULL && strlen(out.data) == out.len);
		must_be_text(out.data, true, 2 * in.len + 64);
		buf_reset(&out);
		html_plain(in.data, in.len, n & 1, &out);
		must_be_text(out.data, true, 2 * in.len + 64);
		html_likely(in.data, in.len);
		html_escaped(in.data, in.len);
		for (s = in.data; html_next_tag(&s, in.data + in.len, &tag); )
			html_attribute(&tag, "href", &len);
	}
	buf_clear(&in);
	buf_clear(&out);
	return 0;
}
