/* Any bytes as a feed; and what repair makes of them must be well-formed. */
#include "fuzz.h"

#include <expat.h>

#include "feed/repair.h"

static void
repaired_is_well_formed(const char *s, size_t n)
{
	struct buf mended, out;
	XML_Parser p;

	buf_init(&mended, 3 * n + 64);
	buf_init(&out, 6 * n + 4096);
	charset_mend(s, n, &mended);
	repair_xml(mended.data != NULL ? mended.data : "", mended.len, &out);
	if (out.len > 0 && !out.full) {
		p = XML_ParserCreate("UTF-8");
		must(XML_Parse(p, out.data, (int)out.len, 1) == XML_STATUS_OK);
		XML_ParserFree(p);
	}
	buf_clear(&mended);
	buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const types[] = { NULL, "",
	    "text/xml; charset=windows-1251", "text/xml;charset=gb2312" };
	struct arena mem;
	struct feed f;
	struct error err;
	struct buf json;

	if (n == 0)
		return 0;
	arena_init(&mem);
	if (feed_read((const char *)p + 1, n - 1, types[*p % 4], *p & 4 ?
	    "http://example.org/a/b" : NULL, &mem, &f, &err) == 0) {
		must_be_feed(&f);
		buf_init(&json, SIZE_MAX / 2);
		feed_json(&f, &json);
		buf_clear(&json);
	}
	arena_free(&mem);
	repaired_is_well_formed((const char *)p + 1, n - 1);
	return 0;
}
