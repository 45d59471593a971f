#include "poll/backoff.h"

#include <string.h>
#include <strings.h>

#include "poll/schedule.h"

#define MINUTE	60
#define HOUR	3600
#define DAY	86400
#define DAYS_BEFORE_WEEK 7

static const int64_t first_wait[POLL_OUTCOMES] = {
	[POLL_NOT_MODIFIED] = HOUR,
	[POLL_REDIRECT] = HOUR,		/* loops, too many, nowhere */
	[POLL_DNS] = 15 * MINUTE,
	[POLL_CONNECT] = 15 * MINUTE,
	[POLL_TLS] = HOUR,
	[POLL_TIMEOUT] = 15 * MINUTE,
	[POLL_TOO_LARGE] = 6 * HOUR,
	[POLL_BLOCKED] = HOUR,
	[POLL_BAD_URL] = DAY,
	[POLL_BROKEN] = 30 * MINUTE,
	[POLL_NOT_FEED] = HOUR,
	[POLL_DISALLOWED] = DAY,
	[POLL_PARSER_DIED] = HOUR,
};

static int64_t
first_wait_of_status(uint32_t status)
{
	switch (status) {
	case 401:
	case 402:
	case 407:
	case 451:
		return 6 * HOUR;
	case 403:
	case 404:
		return HOUR;
	case 429:
		return 5 * MINUTE;	/* beside the hold of the host */
	default:
		return status >= 500 ? 15 * MINUTE : HOUR;
	}
}

static bool
is_html(const char *content_type)
{
	return strncasecmp(content_type, "text/html", 9) == 0;
}

bool
poll_is_bot_wall(const struct poll_answer *a)
{
	return a->outcome == POLL_HTTP_ERROR && (a->mitigated[0] != '\0' ||
	    (a->status == 403 && is_html(a->content_type)));
}

int64_t
poll_backoff(const struct poll_answer *a, int64_t errors)
{
	int64_t wait, days = 0;

	if (a->outcome != POLL_HTTP_ERROR)
		wait = first_wait[a->outcome];
	else if (poll_is_bot_wall(a))
		wait = 6 * HOUR;
	else
		wait = first_wait_of_status(a->status);
	for (int64_t i = 1; i < errors && wait < POLL_ERROR_MAX; i++)
		if (wait < DAY)
			wait = wait * 2 < DAY ? wait * 2 : DAY;
		else if (++days >= DAYS_BEFORE_WEEK)
			wait *= 2;
	return wait < POLL_ERROR_MAX ? wait : POLL_ERROR_MAX;
}

const char *
poll_advice(const struct poll_answer *a)
{
	if (a->outcome == POLL_BLOCKED)
		return "list the network in network.allow if this is meant";
	if (a->outcome == POLL_DISALLOWED)
		return "ask the site, or set polling.robots to false";
	if (a->outcome != POLL_HTTP_ERROR)
		return "";
	if (poll_is_bot_wall(a))
		return "a bot protection stands before the feed; ask the site "
		    "to let newsalertd's User-Agent read it";
	if (a->status == 401)
		return "set user and password_file for this feed";
	if (a->status == 410)
		return "remove the feed or give its new URL";
	return "";
}
