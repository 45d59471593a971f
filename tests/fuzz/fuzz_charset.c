/* Any bytes under any name: the text is UTF-8 where that is claimed, and
   always after mending. */
#include "fuzz.h"

#include <stdio.h>

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const names[] = { "", "utf-8", "iso-8859-1",
	    "windows-1255", "windows-1258", "shift_jis", "euc-jp",
	    "iso-2022-jp", "gb18030", "big5", "euc-kr", "utf-16", "koi8-r",
	    "iso-2022-kr", "euc-tw", "macintosh" };
	struct charset_text t;
	struct buf converted, mended;
	char type[64];
	bool wide;

	if (n == 0)
		return 0;
	snprintf(type, sizeof(type), "text/xml; charset=%s", names[*p % 16]);
	buf_init(&converted, 3 * n + 64);
	buf_init(&mended, 16 * n + 64);
	charset_decode((const char *)p + 1, n - 1, type, &converted, &t);
	if (t.checked)
		must(charset_is_utf8(t.text, t.len, &wide));
	charset_mend(t.text, t.len, &mended);
	if (mended.data != NULL)
		must(charset_is_utf8(mended.data, mended.len, &wide));
	buf_clear(&converted);
	buf_clear(&mended);
	return 0;
}
