/* newsalertctl export: the configured feeds as a subscription list (OPML 2.0). */
#include <stdio.h>
#include <string.h>

#include "config/config.h"
#include "ctl/names.h"
#include "ctl/trial.h"

/* XML 1.0 has no way to write most control characters: they are left out. */
static void
escaped(const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&':
			fputs("&amp;", stdout);
			break;
		case '<':
			fputs("&lt;", stdout);
			break;
		case '>':
			fputs("&gt;", stdout);
			break;
		case '"':
			fputs("&quot;", stdout);
			break;
		default:
			if ((unsigned char)*s >= ' ')
				putchar(*s);
		}
}

static void
print_feed(const struct config_feed *f, const char *indent)
{
	printf("%s<outline type=\"rss\" text=\"", indent);
	escaped(f->name);
	fputs("\" xmlUrl=\"", stdout);
	escaped(f->url);
	fputs("\"/>\n", stdout);
}

static bool
has_tag(const struct config_feed *f, const char *tag)
{
	for (size_t i = 0; i < f->ntags; i++)
		if (strcmp(f->tags[i], tag) == 0)
			return true;
	return false;
}

/* A tag is a folder; a feed with several tags stands in each. */
static void
print_folder(const struct config *config, const char *tag)
{
	fputs("    <outline text=\"", stdout);
	escaped(tag);
	fputs("\">\n", stdout);
	for (size_t i = 0; i < config->nfeeds; i++)
		if (has_tag(&config->feeds[i], tag))
			print_feed(&config->feeds[i], "      ");
	fputs("    </outline>\n", stdout);
}

static void
print_list(struct ctl *c, const struct config *config)
{
	struct names done;

	names_init(&done, &c->mem);
	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
	    "  <head><title>newsalertd</title></head>\n  <body>");
	for (size_t i = 0; i < config->nfeeds; i++) {
		const struct config_feed *f = &config->feeds[i];

		if (f->ntags == 0)
			print_feed(f, "    ");
		for (size_t k = 0; k < f->ntags; k++)
			if (names_add(&done, f->tags[k]))
				print_folder(config, f->tags[k]);
	}
	puts("  </body>\n</opml>");
	names_clear(&done);
}

static void
print_json(const struct config *config)
{
	json_t *list = json_array(), *o, *tags;

	for (size_t i = 0; i < config->nfeeds; i++) {
		tags = json_array();
		for (size_t k = 0; k < config->feeds[i].ntags; k++)
			json_array_append_new(tags,
			    json_string(config->feeds[i].tags[k]));
		json_array_append_new(list, json_pack("{s:s, s:s, s:o}",
		    "name", config->feeds[i].name, "url",
		    config->feeds[i].url, "tags", tags));
	}
	o = json_pack("{s:b, s:o}", "ok", 1, "feeds", list);
	command_print_json(o);
	json_decref(o);
}

int
command_export(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	struct problems problems;
	struct config *config;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	problems_init(&problems);
	config = config_load(c->config, CONFIG_RULES_ONLY, &problems);
	if (config == NULL) {
		trial_problems(&problems);
		status = STATUS_FAILED;
	} else {
		if (c->json)
			print_json(config);
		else
			print_list(c, config);
		status = STATUS_OK;
	}
	config_free(config);
	problems_clear(&problems);
	return status;
}
