/*
 * curl_multi - the yardstick of polling: fetch every URL of a file with bare
 * curl-multi, 64 at a time, throw the bodies away.
 *
 * usage: curl_multi FILE ETAG		ETAG "" = unconditional
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW 64

static size_t
drop(char *data, size_t size, size_t n, void *arg)
{
	(void)data;
	(void)arg;
	return size * n;
}

static int
add(CURLM *multi, FILE *urls, struct curl_slist *headers, CURL *easy)
{
	char url[512];

	if (fgets(url, sizeof(url), urls) == NULL) {
		curl_easy_cleanup(easy);
		return 0;
	}
	url[strcspn(url, "\n")] = '\0';
	if (easy == NULL)
		easy = curl_easy_init();
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_multi_add_handle(multi, easy);
	return 1;
}

int
main(int argc, char **argv)
{
	FILE *urls = argc == 3 ? fopen(argv[1], "r") : NULL;
	struct curl_slist *headers = NULL;
	int running = 0, left, flying = 0, failed = 0;
	char line[256];
	CURLMsg *m;
	CURLM *multi;

	if (urls == NULL)
		return 2;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 256L);
	if (argv[2][0] != '\0') {
		snprintf(line, sizeof(line), "If-None-Match: %s", argv[2]);
		headers = curl_slist_append(headers, line);
	}
	while (flying < WINDOW && add(multi, urls, headers, NULL))
		flying++;
	while (flying > 0) {
		curl_multi_perform(multi, &running);
		while ((m = curl_multi_info_read(multi, &left)) != NULL) {
			CURL *easy = m->easy_handle;

			failed += m->data.result != CURLE_OK;
			curl_multi_remove_handle(multi, easy);
			flying -= !add(multi, urls, headers, easy);
		}
		if (running > 0)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	}
	curl_multi_cleanup(multi);
	curl_slist_free_all(headers);
	fclose(urls);
	return failed > 0;
}
