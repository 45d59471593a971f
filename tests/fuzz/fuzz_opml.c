/* Any bytes as a subscription list: what is read is text with web addresses,
   each feed once, and can be printed as JSON. */
#include "fuzz.h"

#include <jansson.h>
#include <strings.h>

#include "feed/opml.h"

static void
must_be_list(const struct opml *l)
{
	must(l->nfeeds <= OPML_FEEDS_MAX);
	must_be_text(l->title, false, FEED_LINE_MAX);
	must_be_text(l->damaged, false, 512);
	for (size_t i = 0; i < l->nfeeds; i++) {
		const struct opml_feed *f = &l->feeds[i];

		must_be_text(f->title, false, FEED_LINE_MAX);
		must_be_text(f->url, false, FEED_URL_MAX);
		must_be_text(f->link, false, FEED_URL_MAX);
		must(strncasecmp(f->url, "http", 4) == 0);
		must(f->nfolders <= OPML_FOLDERS_MAX);
		for (size_t k = 0; k < f->nfolders; k++)
			must_be_text(f->folders[k], false, FEED_TEXT_MAX);
		for (size_t k = 0; k < i && k < 16; k++)
			must(strcmp(l->feeds[k].url, f->url) != 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena mem;
	struct opml list;
	struct error err;
	struct buf out;
	json_t *json;

	arena_init(&mem);
	if (opml_read((const char *)p, n, &mem, &list, &err) == 0) {
		must_be_list(&list);
		buf_init(&out, SIZE_MAX / 2);
		opml_json(&list, &out);
		json = json_loadb(out.data, out.len, 0, NULL);
		must(json_array_size(json_object_get(json, "feeds")) ==
		    list.nfeeds);
		json_decref(json);
		buf_clear(&out);
	}
	arena_free(&mem);
	return 0;
}
