#include "feed/label.h"

#include <string.h>
#include <strings.h>

struct charset {
	const char	*iconv;
	unsigned char	 unit;
	bool		 multibyte;
	bool		 seven_bit;
	const char	*labels;	/* lower case, separated by spaces */
};

static const struct charset charsets[] = {
	[LABEL_NONE] = { "UTF-8", 1, false, false, "" },
	[LABEL_UTF8] = { "UTF-8", 1, false, false, "utf-8 utf8 unicode-1-1-utf-8" },
	[LABEL_UTF16LE] = { "UTF-16LE", 2, false, false,
	    "utf-16 utf-16le utf16 ucs-2 iso-10646-ucs-2" },
	[LABEL_UTF16BE] = { "UTF-16BE", 2, false, false, "utf-16be" },
	[LABEL_UTF32LE] = { "UTF-32LE", 4, false, false, "utf-32 utf-32le ucs-4" },
	[LABEL_UTF32BE] = { "UTF-32BE", 4, false, false, "utf-32be" },
	[LABEL_FIRST_OTHER] =
	{ "CP1252", 1, false, false, "windows-1252 iso-8859-1 iso8859-1 "
	    "iso_8859-1 latin1 latin-1 l1 us-ascii ascii ansi_x3.4-1968 cp1252 "
	    "x-cp1252 iso-ir-100 iso88591 cp819 8859-1" },
	{ "CP1250", 1, false, false, "windows-1250 cp1250 x-cp1250" },
	{ "CP1251", 1, false, false, "windows-1251 cp1251 x-cp1251 win-1251" },
	{ "CP1253", 1, false, false, "windows-1253 cp1253 x-cp1253" },
	{ "CP1254", 1, false, false, "windows-1254 iso-8859-9 iso8859-9 "
	    "iso_8859-9 latin5 l5 cp1254 x-cp1254" },
	{ "CP1255", 1, false, false, "windows-1255 cp1255 x-cp1255" },
	{ "CP1256", 1, false, false, "windows-1256 cp1256 x-cp1256" },
	{ "CP1257", 1, false, false, "windows-1257 cp1257 x-cp1257" },
	{ "CP1258", 1, false, false, "windows-1258 cp1258 x-cp1258" },
	{ "CP874", 1, false, false, "windows-874 iso-8859-11 tis-620 cp874 "
	    "dos-874 iso8859-11" },
	{ "ISO-8859-2", 1, false, false, "iso-8859-2 iso8859-2 iso_8859-2 "
	    "latin2 l2" },
	{ "ISO-8859-3", 1, false, false, "iso-8859-3 latin3 l3" },
	{ "ISO-8859-4", 1, false, false, "iso-8859-4 latin4 l4" },
	{ "ISO-8859-5", 1, false, false, "iso-8859-5 iso8859-5 cyrillic" },
	{ "ISO-8859-6", 1, false, false, "iso-8859-6 arabic asmo-708" },
	{ "ISO-8859-7", 1, false, false, "iso-8859-7 iso8859-7 greek greek8" },
	{ "ISO-8859-8", 1, false, false, "iso-8859-8 iso-8859-8-i hebrew "
	    "logical visual" },
	{ "ISO-8859-10", 1, false, false, "iso-8859-10 latin6 l6" },
	{ "ISO-8859-13", 1, false, false, "iso-8859-13" },
	{ "ISO-8859-14", 1, false, false, "iso-8859-14" },
	{ "ISO-8859-15", 1, false, false, "iso-8859-15 iso8859-15 latin9 "
	    "latin-9 l9" },
	{ "ISO-8859-16", 1, false, false, "iso-8859-16" },
	{ "KOI8-R", 1, false, false, "koi8-r koi8 koi koi8_r cskoi8r" },
	{ "KOI8-U", 1, false, false, "koi8-u koi8-ru" },
	{ "CP866", 1, false, false, "ibm866 cp866 866" },
	{ "MACINTOSH", 1, false, false, "macintosh mac x-mac-roman macroman" },
	{ "MAC-CYRILLIC", 1, false, false, "x-mac-cyrillic x-mac-ukrainian" },
	{ "CP437", 1, false, false, "cp437 ibm437" },
	{ "CP850", 1, false, false, "cp850 ibm850" },
	{ "GB18030", 1, true, false, "gb18030 gbk gb2312 gb_2312-80 gb_2312 "
	    "chinese cp936 ms936 x-gbk euc-cn csgb2312 iso-ir-58" },
	{ "BIG5-HKSCS", 1, true, false, "big5 big5-hkscs cn-big5 x-x-big5 "
	    "csbig5 cp950" },
	{ "CP932", 1, true, false, "shift_jis shift-jis sjis x-sjis ms_kanji "
	    "windows-31j cp932 ms932 csshiftjis" },
	{ "EUC-JP", 1, true, false, "euc-jp x-euc-jp eucjp" },
	{ "ISO-2022-JP", 1, true, true, "iso-2022-jp csiso2022jp" },
	{ "UHC", 1, true, false, "euc-kr ks_c_5601-1987 ks_c_5601-1989 "
	    "ksc5601 ksc_5601 korean windows-949 cp949 iso-ir-149 euckr" },
	{ "EUC-TW", 1, true, false, "euc-tw" },
	{ "ISO-2022-KR", 1, true, true, "iso-2022-kr" },
};

#define CHARSETS (sizeof(charsets) / sizeof(charsets[0]))
_Static_assert(CHARSETS <= LABEL_CHARSETS, "LABEL_CHARSETS is too small");

int
label_find(const char *s, size_t n)
{
	const char *p;
	size_t i, len;

	for (i = LABEL_UTF8; i < CHARSETS && n > 0; i++)
		for (p = charsets[i].labels; *p != '\0';
		    p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			if (len == n && strncasecmp(p, s, n) == 0)
				return (int)i;
		}
	return LABEL_NONE;
}

const char *
label_iconv(int charset)
{
	return (size_t)charset < CHARSETS && charsets[charset].iconv != NULL ?
	    charsets[charset].iconv : "UTF-8";
}

size_t
label_unit(int charset)
{
	return (size_t)charset < CHARSETS ? charsets[charset].unit : 0;
}

bool
label_multibyte(int charset)
{
	return charsets[charset].multibyte;
}

bool
label_seven_bit(int charset)
{
	return charsets[charset].seven_bit;
}
