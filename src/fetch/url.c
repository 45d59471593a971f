#include "fetch/url.h"

#include <string.h>
#include <strings.h>

static const char *
part(CURLU *u, CURLUPart what, unsigned flags, struct arena *mem)
{
	char *text = NULL;
	const char *copy = "";

	if (curl_url_get(u, what, &text, flags) == CURLUE_OK)
		copy = arena_strdup(mem, text);
	curl_free(text);
	return copy;
}

CURLU *
url_parse(const char *text, struct error *err)
{
	CURLU *u = curl_url();
	CURLUcode rc = curl_url_set(u, CURLUPART_URL, text, 0);
	char *scheme = NULL;

	if (rc == CURLUE_UNSUPPORTED_SCHEME ||
	    (rc == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    strcasecmp(scheme, "http") != 0 &&
	    strcasecmp(scheme, "https") != 0)) {
		error_set(err, "only http and https are fetched");
		rc = CURLUE_UNSUPPORTED_SCHEME;
	} else if (rc == CURLUE_BAD_SCHEME)
		error_set(err, "the URL does not begin with http:// or "
		    "https://");
	else if (rc != CURLUE_OK)
		error_set(err, "not a URL: %s", curl_url_strerror(rc));
	curl_free(scheme);
	if (rc == CURLUE_OK)
		return u;
	curl_url_cleanup(u);
	return NULL;
}

static const char *
bare(CURLU *u, struct arena *mem)
{
	curl_url_set(u, CURLUPART_USER, NULL, 0);
	curl_url_set(u, CURLUPART_PASSWORD, NULL, 0);
	curl_url_set(u, CURLUPART_OPTIONS, NULL, 0);
	curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
	return part(u, CURLUPART_URL, 0, mem);
}

const char *
url_shown(CURLU *u, const char *text, struct arena *mem)
{
	CURLU *copy;

	/* Most have nothing to hide. */
	if (strpbrk(text, "@#") == NULL)
		return arena_strdup(mem, text);
	copy = curl_url_dup(u);
	text = bare(copy, mem);
	curl_url_cleanup(copy);
	return text;
}

const char *
url_resolve(CURLU *base, const char *location, struct arena *mem,
    struct error *err)
{
	CURLU *u = curl_url_dup(base);
	CURLUcode rc = curl_url_set(u, CURLUPART_URL, location,
	    CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME);
	const char *text = NULL;

	if (rc == CURLUE_OK)
		text = bare(u, mem);
	else
		error_set(err, "redirected to something that is not a URL");
	curl_url_cleanup(u);
	return text;
}

const char *
url_host(CURLU *u, struct arena *mem)
{
	return part(u, CURLUPART_HOST, 0, mem);
}
