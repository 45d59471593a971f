#include "feed/label.h"

#include <ctype.h>
#include <string.h>

struct charset {
	const char	*iconv;
	unsigned char	 unit;
	bool		 multibyte;
	bool		 seven_bit;
	const char	*labels;	/* letters and digits, lower case */
};

static const struct charset charsets[] = {
	[LABEL_NONE] = { "UTF-8", 1, false, false, "" },
	[LABEL_UTF8] = { "UTF-8", 1, false, false, "utf8 unicode11utf8 "
	    "xunicode20utf8" },
	[LABEL_UTF16LE] = { "UTF-16LE", 2, false, false,
	    "utf16 utf16le ucs2 iso10646ucs2 unicode csunicode" },
	[LABEL_UTF16BE] = { "UTF-16BE", 2, false, false, "utf16be unicodefffe" },
	[LABEL_UTF32LE] = { "UTF-32LE", 4, false, false, "utf32 utf32le ucs4 "
	    "iso10646ucs4" },
	[LABEL_UTF32BE] = { "UTF-32BE", 4, false, false, "utf32be" },
	[LABEL_FIRST_OTHER] =
	{ "CP1252", 1, false, false, "windows1252 win1252 cp1252 xcp1252 "
	    "iso88591 iso885911987 latin1 isolatin1 l1 cp819 ibm819 isoir100 "
	    "csisolatin1 88591 usascii ascii ansix341968" },
	{ "CP1250", 1, false, false, "windows1250 win1250 cp1250 xcp1250" },
	{ "CP1251", 1, false, false, "windows1251 win1251 cp1251 xcp1251" },
	{ "CP1253", 1, false, false, "windows1253 win1253 cp1253 xcp1253" },
	{ "CP1254", 1, false, false, "windows1254 win1254 cp1254 xcp1254 "
	    "iso88599 iso885991989 latin5 l5 isoir148 csisolatin5" },
	{ "CP1255", 1, false, false, "windows1255 win1255 cp1255 xcp1255" },
	{ "CP1256", 1, false, false, "windows1256 win1256 cp1256 xcp1256" },
	{ "CP1257", 1, false, false, "windows1257 win1257 cp1257 xcp1257" },
	{ "CP1258", 1, false, false, "windows1258 win1258 cp1258 xcp1258" },
	{ "CP874", 1, false, false, "windows874 cp874 dos874 iso885911 tis620 "
	    "tis6200" },
	{ "ISO-8859-2", 1, false, false, "iso88592 iso885921987 latin2 l2 "
	    "isoir101 csisolatin2" },
	{ "ISO-8859-3", 1, false, false, "iso88593 iso885931988 latin3 l3 "
	    "isoir109 csisolatin3" },
	{ "ISO-8859-4", 1, false, false, "iso88594 iso885941988 latin4 l4 "
	    "isoir110 csisolatin4" },
	{ "ISO-8859-5", 1, false, false, "iso88595 iso885951988 cyrillic "
	    "isoir144 csisolatincyrillic" },
	{ "ISO-8859-6", 1, false, false, "iso88596 iso885961987 iso88596e "
	    "iso88596i arabic asmo708 ecma114 isoir127 csisolatinarabic" },
	{ "ISO-8859-7", 1, false, false, "iso88597 iso885971987 greek greek8 "
	    "elot928 ecma118 suneugreek isoir126 csisolatingreek" },
	{ "ISO-8859-8", 1, false, false, "iso88598 iso885981988 iso88598e "
	    "iso88598i hebrew logical visual isoir138 csisolatinhebrew" },
	{ "ISO-8859-10", 1, false, false, "iso885910 iso8859101992 latin6 l6 "
	    "isoir157 csisolatin6" },
	{ "ISO-8859-13", 1, false, false, "iso885913 latin7 l7" },
	{ "ISO-8859-14", 1, false, false, "iso885914 latin8 l8" },
	{ "ISO-8859-15", 1, false, false, "iso885915 latin9 l9 csisolatin9" },
	{ "ISO-8859-16", 1, false, false, "iso885916 latin10 l10" },
	{ "KOI8-R", 1, false, false, "koi8r koi8 koi cskoi8r" },
	{ "KOI8-U", 1, false, false, "koi8u koi8ru" },
	{ "CP866", 1, false, false, "ibm866 cp866 866 csibm866" },
	{ "MACINTOSH", 1, false, false, "macintosh mac xmacroman macroman "
	    "csmacintosh" },
	{ "MAC-CYRILLIC", 1, false, false, "xmaccyrillic xmacukrainian "
	    "maccyrillic" },
	{ "CP437", 1, false, false, "cp437 ibm437 437 cspc8codepage437" },
	{ "CP850", 1, false, false, "cp850 ibm850 850 cspc850multilingual" },
	{ "CP852", 1, false, false, "cp852 ibm852 852" },
	{ "GB18030", 1, true, false, "gb18030 gb180302000 gbk gb2312 gb231280 "
	    "chinese cp936 ms936 windows936 xgbk euccn eucgb2312cn "
	    "csgb2312 csiso58gb231280 isoir58" },
	{ "BIG5-HKSCS", 1, true, false, "big5 big5hkscs cnbig5 xxbig5 csbig5 "
	    "cp950 windows950 big5tw" },
	{ "CP932", 1, true, false, "shiftjis sjis xsjis mskanji windows31j "
	    "cp932 ms932 csshiftjis cswindows31j" },
	{ "EUC-JP", 1, true, false, "eucjp xeucjp ujis "
	    "cseucpkdfmtjapanese extendedunixcodepackedformatforjapanese" },
	{ "ISO-2022-JP", 1, true, true, "iso2022jp csiso2022jp" },
	{ "UHC", 1, true, false, "euckr ksc56011987 ksc56011989 ksc5601 korean "
	    "windows949 cp949 uhc isoir149 cseuckr csksc56011987" },
	{ "EUC-TW", 1, true, false, "euctw" },
	{ "ISO-2022-KR", 1, true, true, "iso2022kr csiso2022kr" },
};

#define CHARSETS (sizeof(charsets) / sizeof(charsets[0]))
_Static_assert(CHARSETS <= LABEL_CHARSETS, "LABEL_CHARSETS is too small");

#define NAME_MAX_LEN 48

static int
find(const char *name, size_t n)
{
	const char *p;
	size_t i, len;

	for (i = LABEL_UTF8; i < CHARSETS && n > 0; i++)
		for (p = charsets[i].labels; *p != '\0';
		    p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			if (len == n && memcmp(p, name, n) == 0)
				return (int)i;
		}
	return LABEL_NONE;
}

/* "ms949", "xwindows949", "windowscp949": by its number, "cp949". */
static int
find_code_page(char *name, size_t n)
{
	size_t i = n;

	while (i > 0 && isdigit((unsigned char)name[i - 1]))
		i--;
	if (i < 2 || n - i < 3)
		return LABEL_NONE;
	if (memcmp(name + i - 2, "cp", 2) != 0 &&
	    memcmp(name + i - 2, "ms", 2) != 0 &&
	    memmem(name, i, "win", 3) == NULL)
		return LABEL_NONE;
	memcpy(name + i - 2, "cp", 2);
	return find(name + i - 2, n - i + 2);
}

int
label_find(const char *s, size_t n)
{
	char name[NAME_MAX_LEN];
	size_t used = 0;
	int found;

	/* What tells names apart are letters and digits: "ISO_8859-1" is
	   "iso88591" (Unicode Technical Standard 22, section 1.4). */
	for (; n > 0 && used < NAME_MAX_LEN; s++, n--)
		if (isalnum((unsigned char)*s))
			name[used++] = (char)tolower((unsigned char)*s);
	found = find(name, used);
	return found != LABEL_NONE ? found : find_code_page(name, used);
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
