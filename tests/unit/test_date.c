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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_gives_its_moment),
		cmocka_unit_test(what_is_no_date_gives_none),
		cmocka_unit_test(every_english_month_in_short_and_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
