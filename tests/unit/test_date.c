/* feed/date: every way a feed writes a moment. */
#include "feed_case.h"

#include <stdio.h>

#include "feed/date.h"

static const struct {
	const char	*text;
	int64_t		 seconds;
} known[] = {
	/* RFC 822 and its successors */
	{ "Tue, 05 Mar 2024 14:30:00 GMT", 1709649000 },
	{ "Tue, 05 Mar 2024 14:30:00 +0130", 1709643600 },
	{ "Tue, 05 Mar 2024 14:30:00 -01:30", 1709654400 },
	{ "Tue, 05 Mar 2024 20:00:00 +05.30", 1709649000 },
	{ "5 Mar 2024 14:30 UT", 1709649000 },
	{ "Tue, 5 Mar 24 14:30:00 Z", 1709649000 },
	{ "Tue,05 March 2024 14:30:00 EST", 1709667000 },
	{ "Tue, 05 Mar 2024 14:30:00 GMT+0200", 1709641800 },
	{ "Wed, 05 Mar 97 14:30:00 GMT", 857572200 },
	/* RFC 3339, W3C, ISO 8601 */
	{ "2024-03-05T14:30:00Z", 1709649000 },
	{ "2024-03-05T14:30:00.25+01:00", 1709645400 },
	{ "2024-03-05 14:30:00", 1709649000 },
	{ "2024-03-05T14:30", 1709649000 },
	{ "2024-03-05", 1709596800 },
	{ "2024-03", 1709251200 },
	{ "2024", 1704067200 },
	{ "20240305", 1709596800 },
	{ "20240305T143000Z", 1709649000 },
	{ "20240305143000", 1709649000 },
	{ "2024-065", 1709596800 },
	{ "2024065", 1709596800 },
	{ "2024-366", 1735603200 },
	{ "2024-W10-2", 1709596800 },
	{ "2024W102", 1709596800 },
	{ "2024-W10", 1709510400 },
	{ "2024-W10-2T14:30:00Z", 1709649000 },
	{ "2004-W53-6", 1104537600 },		/* 2005-01-01 */
	{ "2004-W01-1", 1072656000 },		/* 2003-12-29 */
	{ "2024-03-05T14Z", 1709647200 },
	{ "1709649000", 1709649000 },
	{ "1709649000123", 1709649000 },
	{ "2023-12-31T24:00:00Z", 1704067200 },
	{ "2016-12-31T23:59:60Z", 1483228800 },
	{ "1969-12-31T23:59:59Z", -1 },
	/* what templates make of them */
	{ "Tue Mar  5 14:30:00 2024", 1709649000 },
	{ "Tue Mar 05 2024 14:30:00 GMT+0000 (Coordinated Universal Time)",
	    1709649000 },
	{ "March 5, 2024 2:30 pm", 1709649000 },
	{ "March 5th, 2024 at 02:30 PM EST", 1709667000 },
	{ "5 Mar 2024, 2:30 p.m.", 1709649000 },
	{ "12:15 am, 5 Mar 2024", 1709597700 },
	{ "2024-03-05 下午 02:30:00", 1709649000 },
	{ "2024年3月5日 午後 2:30", 1709649000 },
	{ "03/05/2024 14:30", 1709649000 },
	{ "25/03/2024", 1711324800 },
	{ "Tue, 05/03/2024", 1709596800 },	/* the weekday decides */
	{ "05.03.2024 14:30", 1709649000 },
	{ "2024/03/05 14:30:00", 1709649000 },
	{ "Mar. 2024", 1709251200 },
	{ "mar., 05 mars 2024 14:30:00 +0000", 1709649000 },
	{ "Di, 05 Mär 2024 14:30:00 +0000", 1709649000 },
	{ "вт, 05 марта 2024 14:30:00 +0000", 1709649000 },
	{ "5 de marzo de 2024", 1709596800 },
	{ "2024-03-05 오후 2:30:00", 1709616600 },
	/* times without colons, or with words */
	{ "Tue, 05 Mar 2024 14.30.00 GMT", 1709649000 },
	{ "05 Mar 24 1430 GMT", 1709649000 },
	{ "2024-03-05T143000Z", 1709649000 },
	{ "20240305 1430", 1709649000 },
	{ "mardi 5 mars 2024, 14h30", 1709649000 },
	{ "dinsdag 5 maart 2024, 14.30 uur", 1709649000 },
	{ "2024年3月5日14時30分", 1709649000 },
	{ "2024년 3월 5일 14시 30분", 1709649000 },
	{ "05/Mar/2024:14:30:00 +0000", 1709649000 },
	/* words in between, and letters that are words */
	{ "terça-feira, 5 de março de 2024 14:30", 1709649000 },
	{ "5 de marzo de 2024 a las 14:30", 1709649000 },
	{ "antradienis, 2024 m. kovo 5 d. 14:30", 1709649000 },
	{ "mar. 05.03.2024 14:30", 1709649000 },
	{ "2024-03-05Z", 1709596800 },
	{ "Tue, 05 Mar 124 14:30:00 GMT", 1709649000 },
	/* seconds since 1970 */
	{ "@1709649000", 1709649000 },
	{ "1709649000.5", 1709649000 },
	{ "1709649000123456", 1709649000 },
	{ "1709649000123456789", 1709649000 },
	/* zones in more shapes */
	{ "Tue, 05 Mar 2024 14:30:00 (UTC+2)", 1709641800 },
	{ "Tue, 05 Mar 2024 14:30:00 (EST)", 1709667000 },
	{ "Tue, 05 Mar 2024 14:30:00 EST5EDT", 1709667000 },
	{ "Tue, 05 Mar 2024 14:30:00 UTC0", 1709649000 },
	{ "Tue, 05 Mar 2024 14:30:00 +01:30:00", 1709643600 },
	{ "Tue, 05 Mar 2024 14:30:00 \u22120500", 1709667000 },
	{ "Fri, 05 Jul 2024 14:30:00 US/Eastern", 1720204200 },
	/* zones by their place, in summer and in winter */
	{ "Tue, 05 Mar 2024 14:30:00 Europe/Paris", 1709645400 },
	{ "Fri, 05 Jul 2024 14:30:00 Europe/Paris", 1720182600 },
	{ "Fri, 05 Jul 2024 14:30:00 America/New_York", 1720204200 },
	{ "Tue, 05 Mar 2024 14:30:00 Asia/Kolkata", 1709629200 },
	/* a zone nobody knows, an offset of no place: the date still counts */
	{ "Tue, 05 Mar 2024 14:30:00 XQZ", 1709649000 },
	{ "Tue, 05 Mar 2024 14:30:00 +9900", 1709649000 },
	{ "  Tue, 05 Mar 2024 14:30:00 GMT\n", 1709649000 },
};

static const char *const unknown[] = {
	"2024-W54-1", "2024-W00", "2024-W",
	"", "-", "yesterday", "12:30", "2024-", "2024-13-01", "2024-02-30",
	"2024-xx-05", "2024-03-05T25:00:00Z", "2024-03-05T10:61:00Z",
	"2024-03-05T10:xx:00Z", "2024-03-05T10:00:00+00:xx", "0000-00-00",
	"-0001-11-30T00:00:00+00:00", "99999-01-01", "2024-03-05-01",
	"Tue, Mar x 2024 10:00:00 GMT", "31 April 2024", "00 Mar 2024",
	"170964900", "99999999999999999999", "1709649000.x", "17096490001", "Tue, Mar x 2024 1430",
	"2023-366", "2024-999", "2024 foo 420203542",
	"Tue, 99 Mar 2024 10:00:00 GMT", "0001-01-01T00:00:00Z",
};

static void
every_form_gives_its_moment(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (date_parse(known[i].text) != known[i].seconds)
			fail_msg("%s: %lld", known[i].text,
			    (long long)date_parse(known[i].text));
}

static void
what_is_no_date_gives_none(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		if (date_parse(unknown[i]) != ARTICLE_NO_TIME)
			fail_msg("%s: %lld", unknown[i],
			    (long long)date_parse(unknown[i]));
}

static void
every_english_month_in_short_and_in_full(void **state)
{
	static const char *const names[] = { "January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };
	char text[64];
	int i;

	(void)state;
	for (i = 0; i < 12; i++) {
		int64_t iso;

		snprintf(text, sizeof(text), "2023-%02d-09", i + 1);
		iso = date_parse(text);
		snprintf(text, sizeof(text), "9 %s 2023", names[i]);
		assert_true(date_parse(text) == iso);
		snprintf(text, sizeof(text), "9 %.3s 2023", names[i]);
		assert_true(date_parse(text) == iso);
	}
}

static void
every_month_in_the_languages_of_feeds(void **state)
{
	static const char *const languages[] = {
		"जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
		"জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর "
		"অক্টোবর নভেম্বর ডিসেম্বর",
		"ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் "
		"அக்டோபர் நவம்பர் டிசம்பர்",
		"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม "
		"กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
		"იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო "
		"სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
		"հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի "
		"սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
		"جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
		"Januar Februar März April Mai Juni Juli August September "
		    "Oktober November Dezember",
		"Jänner Feber März April Mai Juni Juli August September "
		    "Oktober November Dezember",
		"janvier février mars avril mai juin juillet août septembre "
		    "octobre novembre décembre",
		"janv. févr. mars avr. mai juin juil. août sept. oct. nov. "
		    "déc.",
		"enero febrero marzo abril mayo junio julio agosto "
		    "septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto "
		    "settembre ottobre novembre dicembre",
		"gen feb mar apr mag giu lug ago set ott nov dic",
		"janeiro fevereiro março abril maio junho julho agosto "
		    "setembro outubro novembro dezembro",
		"januari februari maart april mei juni juli augustus "
		    "september oktober november december",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia "
		    "września października listopada grudnia",
		"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień "
		    "wrzesień październik listopad grudzień",
		"января февраля марта апреля мая июня июля августа сентября "
		    "октября ноября декабря",
		"ЯНВ ФЕВ МАР АПР МАЙ ИЮН ИЮЛ АВГ СЕН ОКТ НОЯ ДЕК",
		"січня лютого березня квітня травня червня липня серпня "
		    "вересня жовтня листопада грудня",
		"січень лютий березень квітень травень червень липень "
		    "серпень вересень жовтень листопад грудень",
		"Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου "
		    "Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
		    "Δεκεμβρίου",
		"Ιαν Φεβ Μάρ Απρ Μάι Ιούν Ιούλ Αύγ Σεπ Οκτ Νοέ Δεκ",
		"január február március április május június július "
		    "augusztus szeptember október november december",
		"jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. "
		    "dec.",
		"ledna února března dubna května června července srpna září "
		    "října listopadu prosince",
		"leden únor březen duben květen červen červenec srpen září "
		    "říjen listopad prosinec",
		"januára februára marca apríla mája júna júla augusta "
		    "septembra októbra novembra decembra",
		"januari februari mars april maj juni juli augusti "
		    "september oktober november december",
		"januar februar marts april maj juni juli august september "
		    "oktober november december",
		"januar februar mars april mai juni juli august september "
		    "oktober november desember",
		"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta "
		    "kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
		    "marraskuuta joulukuuta",
		"Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül "
		    "Ekim Kasım Aralık",
		"ianuarie februarie martie aprilie mai iunie iulie august "
		    "septembrie octombrie noiembrie decembrie",
		"januar februar marec april maj junij julij avgust "
		    "september oktober november december",
		"јануар фебруар март април мај јун јул август септембар "
		    "октобар новембар децембар",
		"януари февруари март април май юни юли август септември "
		    "октомври ноември декември",
		"Januari Februari Maret April Mei Juni Juli Agustus "
		    "September Oktober November Desember",
		"Januari Februari Mac April Mei Jun Julai Ogos September "
		    "Oktober November Disember",
		"gener febrer març abril maig juny juliol agost setembre "
		    "octubre novembre desembre",
		"jaanuar veebruar märts aprill mai juuni juuli august "
		    "september oktoober november detsember",
		"janvāris februāris marts aprīlis maijs jūnijs jūlijs "
		    "augusts septembris oktobris novembris decembris",
		"sausio vasario kovo balandžio gegužės birželio liepos "
		    "rugpjūčio rugsėjo spalio lapkričio gruodžio",
		"一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
		"1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
		"1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
		"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر "
		    "أكتوبر نوفمبر ديسمبر",
		"ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר "
		    "נובמבר דצמבר",
		"janúar febrúar mars apríl maí júní júlí ágúst september "
		    "október nóvember desember",
	};
	char text[128];
	const char *p;
	size_t i, n;
	int month;

	(void)state;
	for (i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		for (p = languages[i], month = 1; *p != '\0'; month++) {
			n = strcspn(p, " ");
			snprintf(text, sizeof(text), "2023-%02d-09", month);
			int64_t iso = date_parse(text);

			snprintf(text, sizeof(text), "9 %.*s 2023", (int)n, p);
			if (date_parse(text) != iso)
				fail_msg("%s", text);
			p += n + (p[n] == ' ');
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_gives_its_moment),
		cmocka_unit_test(what_is_no_date_gives_none),
		cmocka_unit_test(every_english_month_in_short_and_in_full),
		cmocka_unit_test(every_month_in_the_languages_of_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
