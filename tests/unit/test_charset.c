/* feed/charset: who decides the encoding, and what becomes of bad bytes. */
#include "feed_case.h"

#include <ctype.h>
#include <stdio.h>

#include "feed/charset.h"

#define HEAD(name) "<?xml version=\"1.0\" encoding=\"" name "\"?><a>"

static const struct {
	const char	*bytes;
	size_t		 len;		/* 0 = a string */
	const char	*type;		/* Content-Type, or NULL */
	const char	*text;		/* what has to be in it */
	bool		 damaged;
} cases[] = {
	{ HEAD("utf-8") "caf\xc3\xa9", 0, NULL, "café", false },
	{ "\xef\xbb\xbf<a>caf\xc3\xa9", 0, NULL, "<a>café", false },
	{ HEAD("iso-8859-1") "caf\xe9 \x93q\x94 \x80", 0, NULL,
	    "café “q” €", false },
	{ HEAD("ISO-8859-15") "\xa4", 0, NULL, "€", false },
	{ HEAD("windows-1251") "\xc0\xea\xf6\xe8\xe8", 0, NULL, "Акции", false },
	{ "Warning: x<br>\n" HEAD("windows-1251") "\xc0\xea\xf6\xe8\xe8", 0,
	    NULL, "Акции", false },
	{ "<?XML VERSION='1.0' ENCODING='windows-1251' ?><a>\xc0\xea", 0, NULL,
	    "Ак", false },
	{ "<?xml-stylesheet encoding=\"koi8-r\"?><a>\xe9", 0, NULL, "é", false },
	{ HEAD("koi8-r") "\xe1\xcb\xc3\xc9\xc9", 0, NULL, "Акции", false },
	{ HEAD("windows-1255") "\xf9\xec\xe5\xed", 0, NULL, "שלום", false },
	{ HEAD("Shift_JIS") "\x8a\x94\x89\xbf", 0, NULL, "株価", false },
	{ HEAD("EUC-JP") "\xb3\xf4\xb2\xc1", 0, NULL, "株価", false },
	{ HEAD("iso-2022-jp") "\x1b$B3t2A\x1b(B", 0, NULL, "株価", false },
	{ HEAD("gb2312") "\xb9\xc9\xbc\xdb", 0, NULL, "股价", false },
	{ HEAD("big5") "\xaa\xd1\xbb\xf9", 0, NULL, "股價", false },
	{ HEAD("euc-kr") "\xc1\xd6\xb0\xa1", 0, NULL, "주가", false },
	/* the server decides, RFC 7303 */
	{ HEAD("iso-8859-1") "\xc0\xea", 0, "text/xml; charset=windows-1251",
	    "Ак", false },
	{ "<a>\xc0\xea", 0, "application/xml;charset=\"windows-1251\"", "Ак",
	    false },
	/* but a mark decides before it, and so does valid UTF-8 */
	{ "\xef\xbb\xbf<a>\xc3\xa9", 0, "text/xml; charset=windows-1251", "é",
	    false },
	{ HEAD("iso-8859-1") "caf\xc3\xa9", 0, NULL, "café", true },
	{ HEAD("utf-8") "caf\xc3\xa9", 0, "text/xml; charset=iso-8859-1",
	    "café", true },
	/* UTF-8 that is torn is UTF-8; a server that says so may be wrong */
	{ HEAD("iso-8859-1") "\xd0\x90\xd0\xba\xd1\x86\xd0\xb8\xd0\xb8"
	    "\xd0\x90\xd0\xba\xd1\x86\xd0\xb8\xd0\xb8\xd0\x90\xd0\xba"
	    "\xd1\x86\xd0\xb8\xd0\xb8\xd0\xb8\xd0", 0, NULL, "АкцииАкцииАкции",
	    false },
	{ HEAD("windows-1251") "\xc0\xea\xf6\xe8\xe8", 0,
	    "text/xml; charset=utf-8", "Акции", false },
	{ HEAD("windows-1251") "\xd0\x90\xd0\xba\xd1\x86\xd0", 0,
	    "text/xml; charset=utf-8", "Акц", false },
	/* UTF-16 and UTF-32 by mark and by shape */
	{ "\0\n\0 \0<\0a\0>\x03\xa9", 12, NULL, "<a>Ω", false },
	{ "{\0\n\0}\0\xa9\x03", 8, NULL, "}Ω", false },
	{ "\n\0\0\0<\0\0\0\xa9\x03\0\0", 12, NULL, "<Ω", false },
	{ "\xff\xfe<\0a\0>\0\xa9\x03", 10, NULL, "<a>Ω", false },
	{ "\xfe\xff\0<\0a\0>\x03\xa9", 10, NULL, "<a>Ω", false },
	{ "\0<\0a\0>\x03\xa9", 8, NULL, "<a>Ω", false },
	{ "<\0a\0>\0\xa9\x03", 8, NULL, "<a>Ω", false },
	{ "\0\0\xfe\xff\0\0\0<\0\0\0a", 12, NULL, "<a", false },
	{ "<\0a\0>\0\xa9\x03x", 9, NULL, "<a>Ω\xef\xbf\xbd", true },
	/* labels that are not true, not known, or not to be trusted */
	{ HEAD("utf-16") "caf\xc3\xa9", 0, NULL, "café", true },
	{ HEAD("x-klingon") "abc", 0, NULL, "abc", false },
	{ HEAD("utf-7") "+ADw-", 0, NULL, "+ADw-", false },
	{ HEAD("gb18030") "caf\xc3\xa9!", 0, NULL, "caf茅!", false },
};

static void
the_encoding_is_who_says_it_first(void **state)
{
	struct charset_text t;
	struct buf b, mended;
	size_t i, n;
	bool wide;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		n = cases[i].len > 0 ? cases[i].len : strlen(cases[i].bytes);
		buf_init(&b, 4096);
		buf_init(&mended, 4096);
		charset_decode(cases[i].bytes, n, cases[i].type, &b, &t);
		charset_mend(t.text, t.len, &mended);
		if (strstr(mended.data, cases[i].text) == NULL)
			fail_msg("case %zu: %s", i, mended.data);
		if ((t.damage != NULL) != cases[i].damaged)
			fail_msg("case %zu: %s", i,
			    t.damage == NULL ? "no damage seen" : t.damage);
		if (t.checked)
			assert_true(charset_is_utf8(t.text, t.len, &wide));
		buf_clear(&b);
		buf_clear(&mended);
	}
}

/* Every encoding that feeds are written in. */
static const struct {
	const char	*label, *bytes, *text;
} encodings[] = {
	{ "windows-1250", "Za\xbf\xf3\xb3\xe6", "Zażółć" },
	{ "windows-1251", "\xc0\xea\xf6\xe8\xe8", "Акции" },
	{ "windows-1252", "Gr\xf6\xdf" "e \x93x\x94 \x80", "Größe “x” €" },
	{ "windows-1253", "\xcc\xe5\xf4\xef\xf7\xdd\xf2", "Μετοχές" },
	{ "windows-1254", "\xdd\xfelem", "İşlem" },
	{ "windows-1255", "\xee\xf0\xe9\xe5\xfa", "מניות" },
	{ "windows-1256", "\xc3\xd3\xe5\xe3", "أسهم" },
	{ "windows-1257", "\xde\xe0sis", "Žąsis" },
	{ "windows-1258", "\xd0\xf5n", "Đơn" },
	{ "windows-874", "\xcb\xd8\xe9\xb9", "หุ้น" },
	{ "iso-8859-1", "caf\xe9", "café" },
	{ "iso-8859-2", "Za\xbf\xf3\xb3\xe6", "Zażółć" },
	{ "iso-8859-3", "\xa1ob\xbf", "Ħobż" },
	{ "iso-8859-4", "\xae\xb1sis", "Žąsis" },
	{ "iso-8859-5", "\xb0\xda\xe6\xd8\xd8", "Акции" },
	{ "iso-8859-6", "\xc3\xd3\xe7\xe5", "أسهم" },
	{ "iso-8859-7", "\xcc\xe5\xf4\xef\xf7\xdd\xf2", "Μετοχές" },
	{ "iso-8859-8", "\xee\xf0\xe9\xe5\xfa", "מניות" },
	{ "iso-8859-9", "\xdd\xfelem", "İşlem" },
	{ "iso-8859-10", "\xde\xf3r", "Þór" },
	{ "iso-8859-11", "\xcb\xd8\xe9\xb9", "หุ้น" },
	{ "iso-8859-13", "\xde\xe0sis", "Žąsis" },
	{ "iso-8859-14", "\xd0y", "Ŵy" },
	{ "iso-8859-15", "5 \xa4 \xbduf", "5 € œuf" },
	{ "iso-8859-16", "\xde" "ar\xe3", "Țară" },
	{ "koi8-r", "\xe1\xcb\xc3\xc9\xc9", "Акции" },
	{ "koi8-u", "\xb7\xd6\xc1\xcb", "Їжак" },
	{ "ibm866", "\x80\xaa\xe6\xa8\xa8", "Акции" },
	{ "macintosh", "caf\x8e", "café" },
	{ "x-mac-cyrillic", "\x80\xea\xf6\xe8\xe8", "Акции" },
	{ "cp437", "caf\x82", "café" },
	{ "cp850", "caf\x82", "café" },
	{ "cp852", "Za\xbe\xa2\x88\x86", "Zażółć" },
	{ "Shift_JIS", "\x8a\x94\x89\xbf \x83\x5c\x83j\x81[", "株価 ソニー" },
	{ "windows-31j", "\x87@\x8a\x94", "①株" },
	{ "EUC-JP", "\xb3\xf4\xb2\xc1", "株価" },
	{ "ISO-2022-JP", "\x1b$B3t2A\x1b(B", "株価" },
	{ "gb2312", "\xb9\xc9\xbc\xdb", "股价" },
	{ "GBK", "\xd6\xec\xe9" "F\xbb\xf9", "朱镕基" },
	{ "gb18030", "\xb9\xc9\xbc\xdb \x95" "2\x82" "6", "股价 𠀀" },
	{ "Big5", "\xaa\xd1\xbb\xf9", "股價" },
	{ "EUC-KR", "\xc1\xd6\xb0\xa1", "주가" },
	{ "ks_c_5601-1987", "\xc1\xd6\xb0\xa1", "주가" },
	{ "windows-949", "\x8c" "c\xb9\xe6", "똠방" },
};

static void
must_decode(const char *doc, const char *type, const char *want)
{
	struct charset_text t;
	struct buf b;

	buf_init(&b, 4096);
	charset_decode(doc, strlen(doc), type, &b, &t);
	if (strstr(t.text, want) == NULL)
		fail_msg("%s, %s: %s", doc, type != NULL ? type : "-", t.text);
	assert_null(t.damage);
	buf_clear(&b);
}

static void
each_encoding_is_known_by_its_names(void **state)
{
	char doc[256], type[128], spelt[64];
	size_t i, j, n;

	(void)state;
	for (i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		/* in the declaration, over what the bytes look like */
		snprintf(doc, sizeof(doc), "<?xml version='1.0' encoding='%s'?>"
		    "<a>%s</a>", encodings[i].label, encodings[i].bytes);
		must_decode(doc, NULL, encodings[i].text);
		must_decode(doc, "text/xml", encodings[i].text);
		/* in the header, over a declaration that is wrong */
		snprintf(doc, sizeof(doc), "<?xml version='1.0' encoding="
		    "'utf-8'?><a>%s</a>", encodings[i].bytes);
		snprintf(type, sizeof(type), "application/rss+xml; Charset=%s",
		    encodings[i].label);
		must_decode(doc, type, encodings[i].text);
		/* spelt without what is between the letters, and in capitals */
		for (j = n = 0; encodings[i].label[j] != '\0'; j++)
			if (isalnum((unsigned char)encodings[i].label[j]))
				spelt[n++] = (char)toupper((unsigned char)
				    encodings[i].label[j]);
		spelt[n] = '\0';
		snprintf(type, sizeof(type), "text/xml; charset=\"%s\"; x=y",
		    spelt);
		must_decode(doc, type, encodings[i].text);
	}
}

static const struct {
	const char *in, *out;
} mends[] = {
	{ "plain", "plain" },
	{ "caf\xe9 and caf\xc3\xa9", "café and café" },
	{ "\x93quoted\x94", "“quoted”" },
	{ "\xc0\xaf", "\xef\xbf\xbd" },			/* overlong */
	{ "\xed\xa0\x80x", "\xef\xbf\xbdx" },		/* a surrogate */
	{ "\xf4\x90\x80\x80", "\xef\xbf\xbd" },		/* beyond Unicode */
	{ "x\xe2\x82", "x\xef\xbf\xbd" },		/* torn at the end */
	{ "\xe2\x82x", "\xef\xbf\xbdx" },
	{ "x\xe9", "xé" },
};

static void
bytes_that_are_no_utf8_are_made_so(void **state)
{
	struct buf b;
	size_t i;
	bool wide;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < sizeof(mends) / sizeof(mends[0]); i++) {
		buf_reset(&b);
		assert_int_equal(charset_mend(mends[i].in, strlen(mends[i].in),
		    &b), strcmp(mends[i].in, mends[i].out) != 0);
		assert_string_equal(b.data, mends[i].out);
		assert_true(charset_is_utf8(b.data, b.len, &wide));
		assert_int_equal(charset_is_utf8(mends[i].in,
		    strlen(mends[i].in), &wide), i == 0);
	}
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_encoding_is_who_says_it_first),
		cmocka_unit_test(each_encoding_is_known_by_its_names),
		cmocka_unit_test(bytes_that_are_no_utf8_are_made_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
