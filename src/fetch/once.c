#include "fetch/once.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/mem.h"
#include "fetch/request.h"

#define HOPS		5
#define TIMEOUT_MS	60000
#define MAX_BODY	(32u << 20)

/* One exchange; the request holds what came of it. */
static struct request *
ask(const char *url, struct request_policy *policy,
    const struct poll_answer **answer)
{
	struct poll_order order = { .url = url, .etag = "",
		.last_modified = "", .user = "", .password = "", .robots = "",
		.timeout_ms = TIMEOUT_MS, .max_body = MAX_BODY };
	struct request *r = request_new(&order, policy);
	CURLcode rc = CURLE_OK;

	if (request_easy(r) != NULL)
		rc = curl_easy_perform(request_easy(r));
	*answer = request_finish(r, rc);
	return r;
}

static int
hand_over(const struct request *r, const struct poll_answer *a, int info_fd,
    struct error *err)
{
	const struct buf *body = request_body(r);
	char *lines = mem_printf("url: %s\ncontent-type: %s\n%s%s%s", a->url,
	    a->content_type, a->base[0] != '\0' ? "base: " : "", a->base,
	    a->base[0] != '\0' ? "\n" : "");
	int rc = fdio_write_all(info_fd, lines, strlen(lines), err);

	if (rc == 0)
		rc = fdio_write_all(STDOUT_FILENO, body->data, body->len, err);
	free(lines);
	return rc;
}

int
once(const struct poll_setup *setup, const char *url, int info_fd,
    struct error *err)
{
	struct request_policy policy = { 0 };
	const struct poll_answer *a;
	struct request *r;
	char *next = mem_strdup(url);
	int rc = -1, hops;

	if (request_policy_init(&policy, setup, err) < 0)
		goto out;
	for (hops = 0; hops <= HOPS; hops++) {
		r = ask(next, &policy, &a);
		free(next);
		next = NULL;
		if (a->outcome == POLL_OK)
			rc = hand_over(r, a, info_fd, err);
		else if (a->outcome == POLL_REDIRECT)
			next = mem_strdup(a->location);
		else
			error_set(err, "%s: %s", a->url[0] != '\0' ? a->url :
			    "the URL", a->error);
		request_free(r);
		if (next == NULL)
			goto out;
	}
	error_set(err, "%s: redirected more than %d times", url, HOPS);
out:
	request_policy_clear(&policy);
	free(next);
	return rc;
}
