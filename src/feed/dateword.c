#include "feed/dateword.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* For each month the beginnings of its names; a longer one wins. */
static const char *const months[12] = {
	"jan ene gen янв ιαν sty led oca січ tammi janv jän",
	"feb fev fév φεβ фев lut úno şub лют helmi",
	"mar mär mrz mrt maart maali мар μαρ μάρ bře бер már",
	"apr avr abr ápr апр απρ kwi dub nis кві huhti",
	"may mai mei mag maj máj май мая μαι μαϊ μάι kvě тра touko",
	"jun juin giu jún июн ιουν cze červen čvn haz чер kesä",
	"jul juil lug júl июл ιουλ lip červenec čvc tem лип heinä",
	"aug ago aoû aou авг αυγ αύγ sie srp ağu сер elo",
	"sep set сен σεπ wrz zář eyl вер syys szep",
	"oct okt out ott окт οκτ paź říj eki жов loka",
	"nov ноя νοε νοέ lis kas лис marras",
	"dec dez dic déc дек δεκ gru pro ara гру joulu des",
};

static const char weekdays[7][4] = {
	"sun", "mon", "tue", "wed", "thu", "fri", "sat",
};

/*
 * IST is Israel's here, as in other readers; AST, BST, CST and EST are those
 * of the Atlantic, Britain and America.
 */
static const struct zone zones[] = {
	{ "GMT", 0, DST_NONE }, { "UTC", 0, DST_NONE }, { "UT", 0, DST_NONE },
	{ "Z", 0, DST_NONE }, { "WET", 0, DST_NONE }, { "WEST", 60, DST_NONE },
	{ "BST", 60, DST_NONE }, { "CET", 60, DST_NONE },
	{ "MET", 60, DST_NONE }, { "MEZ", 60, DST_NONE },
	{ "CEST", 120, DST_NONE }, { "MEST", 120, DST_NONE },
	{ "MESZ", 120, DST_NONE }, { "EET", 120, DST_NONE },
	{ "EEST", 180, DST_NONE }, { "IST", 120, DST_NONE },
	{ "IDT", 180, DST_NONE }, { "SAST", 120, DST_NONE },
	{ "CAT", 120, DST_NONE }, { "EAT", 180, DST_NONE },
	{ "WAT", 60, DST_NONE }, { "MSK", 180, DST_NONE },
	{ "MSD", 240, DST_NONE }, { "TRT", 180, DST_NONE },
	{ "GST", 240, DST_NONE }, { "PKT", 300, DST_NONE },
	{ "NPT", 345, DST_NONE }, { "ICT", 420, DST_NONE },
	{ "WIB", 420, DST_NONE }, { "HKT", 480, DST_NONE },
	{ "SGT", 480, DST_NONE }, { "AWST", 480, DST_NONE },
	{ "PHT", 480, DST_NONE }, { "JST", 540, DST_NONE },
	{ "KST", 540, DST_NONE }, { "ACST", 570, DST_NONE },
	{ "ACDT", 630, DST_NONE }, { "AEST", 600, DST_NONE },
	{ "AEDT", 660, DST_NONE }, { "NZST", 720, DST_NONE },
	{ "NZDT", 780, DST_NONE }, { "NST", -210, DST_NONE },
	{ "NDT", -150, DST_NONE }, { "AST", -240, DST_NONE },
	{ "ADT", -180, DST_NONE }, { "AT", -240, DST_NONE },
	{ "EST", -300, DST_NONE }, { "EDT", -240, DST_NONE },
	{ "ET", -300, DST_NONE }, { "CST", -360, DST_NONE },
	{ "CDT", -300, DST_NONE }, { "CT", -360, DST_NONE },
	{ "MST", -420, DST_NONE }, { "MDT", -360, DST_NONE },
	{ "MT", -420, DST_NONE }, { "PST", -480, DST_NONE },
	{ "PDT", -420, DST_NONE }, { "PT", -480, DST_NONE },
	{ "AKST", -540, DST_NONE }, { "AKDT", -480, DST_NONE },
	{ "HST", -600, DST_NONE }, { "BRT", -180, DST_NONE },
	{ "ART", -180, DST_NONE }, { "CLT", -240, DST_NONE },
	{ "COT", -300, DST_NONE }, { "PET", -300, DST_NONE },
	{ "Africa/Cairo", 120, DST_NONE },
	{ "Africa/Johannesburg", 120, DST_NONE },
	{ "Africa/Lagos", 60, DST_NONE }, { "Africa/Nairobi", 180, DST_NONE },
	{ "America/Argentina/Buenos_Aires", -180, DST_NONE },
	{ "America/Bogota", -300, DST_NONE },
	{ "America/Chicago", -360, DST_US },
	{ "America/Denver", -420, DST_US },
	{ "America/Halifax", -240, DST_US },
	{ "America/Lima", -300, DST_NONE },
	{ "America/Los_Angeles", -480, DST_US },
	{ "America/Mexico_City", -360, DST_NONE },
	{ "America/New_York", -300, DST_US },
	{ "America/Phoenix", -420, DST_NONE },
	{ "America/Sao_Paulo", -180, DST_NONE },
	{ "America/Toronto", -300, DST_US },
	{ "America/Vancouver", -480, DST_US },
	{ "Asia/Calcutta", 330, DST_NONE }, { "Asia/Dubai", 240, DST_NONE },
	{ "Asia/Hong_Kong", 480, DST_NONE },
	{ "Asia/Jakarta", 420, DST_NONE }, { "Asia/Karachi", 300, DST_NONE },
	{ "Asia/Kolkata", 330, DST_NONE }, { "Asia/Manila", 480, DST_NONE },
	{ "Asia/Seoul", 540, DST_NONE }, { "Asia/Shanghai", 480, DST_NONE },
	{ "Asia/Singapore", 480, DST_NONE },
	{ "Asia/Taipei", 480, DST_NONE }, { "Asia/Tokyo", 540, DST_NONE },
	{ "Australia/Brisbane", 600, DST_NONE },
	{ "Australia/Perth", 480, DST_NONE },
	{ "Europe/Athens", 120, DST_EU }, { "Europe/Dublin", 0, DST_EU },
	{ "Europe/Helsinki", 120, DST_EU },
	{ "Europe/Istanbul", 180, DST_NONE },
	{ "Europe/Kiev", 120, DST_EU }, { "Europe/Lisbon", 0, DST_EU },
	{ "Europe/London", 0, DST_EU }, { "Europe/Moscow", 180, DST_NONE },
	/* Every other "Europe/..." keeps the time of Brussels. */
	{ "Europe/", 60, DST_EU },
};

/* Lower case for the alphabets of the table above; returns the length. */
static size_t
fold(const char *s, size_t n, char *out, size_t max)
{
	size_t i;
	unsigned char c, d;

	if (n > max)
		n = max;
	for (i = 0; i < n; i++) {
		c = (unsigned char)s[i];
		d = i > 0 ? (unsigned char)out[i - 1] : 0;
		if (c >= 'A' && c <= 'Z')
			c += 0x20;
		else if (d == 0xc3 && c >= 0x80 && c <= 0x9e)
			c += 0x20;
		else if ((d == 0xd0 && c >= 0x90 && c <= 0x9f) ||
		    (d == 0xce && c >= 0x91 && c <= 0x9f))
			c += 0x20;
		else if ((d == 0xd0 || d == 0xce) && c >= 0xa0 && c <= 0xaf) {
			out[i - 1] = (char)(d + 1);
			c -= 0x20;
		} else if ((d == 0xc4 || d == 0xc5) && c % 2 == 0 &&
		    c <= 0xb6)
			c++;
		out[i] = (char)c;
	}
	return n;
}

/* As nearly every date has it: "Jan". */
static int
english_month(const char *s, size_t n)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	int i;

	if (n != 3)
		return 0;
	for (i = 0; i < 12; i++)
		if ((s[0] | 0x20) == names[3 * i] &&
		    (s[1] | 0x20) == names[3 * i + 1] &&
		    (s[2] | 0x20) == names[3 * i + 2])
			return i + 1;
	return 0;
}

int
dateword_month(const char *s, size_t n)
{
	char word[32];
	const char *p;
	size_t len, best = 0;
	int i, found = 0;

	if ((found = english_month(s, n)) != 0)
		return found;
	n = fold(s, n, word, sizeof(word));
	for (i = 0; i < 12; i++)
		for (p = months[i]; *p != '\0'; p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			if (len <= n && len > best &&
			    memcmp(p, word, len) == 0) {
				best = len;
				found = i + 1;
			}
		}
	return found;
}

int
dateword_weekday(const char *s, size_t n)
{
	int i;

	for (i = 0; i < 7 && n >= 3; i++)
		if ((s[0] | 0x20) == weekdays[i][0] &&
		    (s[1] | 0x20) == weekdays[i][1] &&
		    (s[2] | 0x20) == weekdays[i][2])
			return i;
	return -1;
}

int
dateword_half(const char *s, size_t n)
{
	if (n >= 2 && n <= 4 && (n == 2 || s[1] == '.') &&
	    (s[n == 2 ? 1 : 2] == 'm' || s[n == 2 ? 1 : 2] == 'M')) {
		if (*s == 'a' || *s == 'A')
			return 1;
		if (*s == 'p' || *s == 'P')
			return 2;
	}
	if (n >= 6 && memcmp(s, "오전", 6) == 0)
		return 3;
	if (n >= 6 && memcmp(s, "오후", 6) == 0)
		return 4;
	if (n >= 6 && (memcmp(s, "上午", 6) == 0 || memcmp(s, "午前", 6) == 0))
		return 1;
	if (n >= 6 && (memcmp(s, "下午", 6) == 0 || memcmp(s, "午後", 6) == 0))
		return 2;
	return 0;
}

const struct zone *
dateword_zone(const char *s, size_t n)
{
	const struct zone *z = zones;
	size_t i, len;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++, z++) {
		len = strlen(z->name);
		if ((len == n || (z->name[len - 1] == '/' && len < n)) &&
		    strncasecmp(z->name, s, len) == 0)
			return z;
	}
	return NULL;
}
