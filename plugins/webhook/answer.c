#include "answer.h"

#include <curl/curl.h>
#include <jansson.h>
#include <newsalertd/notifier.h>
#include <stdlib.h>
#include <string.h>

int
answer_judge(long status)
{
	static const long hopeless[] = { 400, 405, 406, 410, 411, 413, 414,
		415, 422 };

	if (status >= 200 && status < 300)
		return NOTIFIER_OK;
	for (size_t i = 0; i < sizeof(hopeless) / sizeof(*hopeless); i++)
		if (status == hopeless[i])
			return NOTIFIER_FAIL;
	return NOTIFIER_RETRY;
}

static int64_t
bounded(double seconds)
{
	if (!(seconds > 0))
		return 0;
	return seconds > ANSWER_WAIT_MAX ? ANSWER_WAIT_MAX :
	    (int64_t)(seconds + 0.999);
}

static int64_t
from_body(const char *body)
{
	json_t *root = json_loads(body, 0, NULL);
	json_t *wait = json_object_get(root, "retry_after");
	int64_t seconds;

	if (wait == NULL)
		wait = json_object_get(json_object_get(root, "parameters"),
		    "retry_after");
	seconds = bounded(json_number_value(wait));
	json_decref(root);
	return seconds;
}

int64_t
answer_wait(const char *retry_after, const char *body, int64_t now)
{
	time_t when;
	char *end;
	double seconds;

	if (*retry_after == '\0')
		return from_body(body);
	seconds = strtod(retry_after, &end);
	if (end != retry_after && end[strspn(end, " \t")] == '\0')
		return bounded(seconds);
	if ((when = curl_getdate(retry_after, NULL)) == -1)
		return 0;
	return bounded((double)when - (double)now);
}
