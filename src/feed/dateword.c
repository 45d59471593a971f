#include "feed/dateword.h"

#include <string.h>
#include <strings.h>

#include "feed/civil.h"

/* For each month the beginnings of its names; a longer one wins. */
static const char *const months[12] = {
	"jan ene gen янв ιαν sty led oca січ tammi janv jän ian jaan siječ "
	    "saus јан яну 一月 يناير ינו"
	    " जन জানু ஜன มกรา იან հունվ جنوری",
	"feb fev fév φεβ фев lut úno şub лют helmi veeb velj vasar феб 二月 "
	    "فبراير פבר"
	    " फर फ़र ফেব பிப் กุมภา თებ փետ فروری",
	"mar mär mrz mrt maart maali мар μαρ μάρ bře бер már mac ožuj kov "
	    "三月 مارس מרץ מרס"
	    " मार মার மார் มีนา მარ մար مارچ",
	"apr avr abr ápr апр απρ kwi dub nis кві huhti trav baland 四月 أبريل "
	    "ابريل إبريل אפר"
	    " अप्र এপ্রি ஏப் เมษา აპრ ապր اپریل",
	"may mai mei mag maj máj maí май мая мај μαι μαϊ μαΐ μάι kvě тра touko "
	    "svib geguž 五月 مايو מאי"
	    " मई মে மே พฤษ მაი մայ مئی",
	"jun juin giu jún jūn июн юни јун ιουν ιούν ιον cze červen června čvn "
	    "haz чер kesä iun juun lipnj birž 六月 يونيو יוני"
	    " iyn जून জুন ஜூன் มิถุ ივნ հունիս جون",
	"jul juil lug júl jūl июл юли јул ιουλ ιούλ ιολ lip července červenec "
	    "čvc tem лип heinä iul juul srpnj liep 七月 يوليو יולי"
	    " iyl जुल জুল ஜூலை กรกฎ ივლ հուլիս جولائی",
	"aug ago agu aoû aou ágú avg ogos авг αυγ αύγ sie srp ağu сер elo "
	    "kolov rugp 八月 أغسطس اغسطس אוג"
	    " avq अग আগ ஆக สิงห აგვ օգոս اگست",
	"sep set сен сеп σεπ wrz zář eyl вер syys szep ruj rugs 九月 سبتمبر "
	    "ספט"
	    " सित সেপ செப் กันยา სექ սեպ ستمبر",
	"oct okt out ott окт οκτ paź říj eki жов loka spal 十月 أكتوبر اكتوبر "
	    "אוק"
	    " अक्टू अक्तू অক্ট அக் ตุลา ოქტ հոկ اکتوبر",
	"nov nóv ноя ное нов νοε νοέ lis kas лис marras noi studen lapkr "
	    "十一月 نوفمبر נוב"
	    " noy नव নভে நவ พฤศ ნოე նոյ نومبر",
	"dec dez dic dis déc дек дец δεκ gru pro ara гру joulu des dets 十二月 "
	    "ديسمبر דצמ"
	    " dek दिस ডিস டிச ธันว დეკ դեկ دسمبر",
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
	{ "US/Eastern", -300, DST_US }, { "US/Central", -360, DST_US },
	{ "US/Mountain", -420, DST_US }, { "US/Pacific", -480, DST_US },
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
		else if ((d == 0xd0 && c >= 0xa0 && c <= 0xaf) ||
		    (d == 0xce && c >= 0xa0 && c <= 0xab)) {
			out[i - 1] = (char)(d + 1);
			c -= 0x20;
		} else if (d == 0xd0 && c >= 0x80 && c <= 0x8f) {
			out[i - 1] = (char)(d + 1);
			c += 0x10;
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

static int
find_month(const char *s, size_t n)
{
	char word[32];
	const char *p;
	size_t len, best = 0;
	int i, found = 0;

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
dateword_month(const char *s, size_t n)
{
	int found = english_month(s, n);

	if (found == 0)
		found = find_month(s, n);
	if (found == 0 && n > 2 && memcmp(s, "ב", 2) == 0)
		found = find_month(s + 2, n - 2);	/* Hebrew "in March" */
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

static size_t
starts(const char *s, size_t n, const char *const *marks, size_t count)
{
	size_t i, len;

	for (i = 0; i < count; i++) {
		len = strlen(marks[i]);
		if (len <= n && memcmp(s, marks[i], len) == 0)
			return len;
	}
	return 0;
}

size_t
dateword_hour(const char *s, size_t n)
{
	static const char *const marks[] = { "時", "时", "點", "点", "시" };

	if (n > 0 && (*s | 0x20) == 'h' &&
	    (n == 1 || s[1] == ' ' || (unsigned char)(s[1] - '0') <= 9))
		return 1;
	return starts(s, n, marks, sizeof(marks) / sizeof(marks[0]));
}

size_t
dateword_minute(const char *s, size_t n)
{
	static const char *const marks[] = { "分", "분" };

	return starts(s, n, marks, sizeof(marks) / sizeof(marks[0]));
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

bool
dateword_summer(const struct zone *z, int year, int64_t local)
{
	int64_t first, last;
	bool us = z->dst == DST_US;

	if (z->dst == DST_NONE)
		return false;
	/* US: second Sunday in March to first in November, 02:00 local;
	   EU: last Sunday in March to last in October, 01:00 UTC. */
	first = civil_days(year, 3, us ? 14 : 31);
	last = us ? civil_days(year, 11, 7) : civil_days(year, 10, 31);
	first = (first - civil_weekday(first)) * 86400 +
	    (us ? 7200 : 3600 + z->minutes * 60);
	last = (last - civil_weekday(last)) * 86400 +
	    (us ? 7200 : 7200 + z->minutes * 60);
	return local >= first && local < last;
}
