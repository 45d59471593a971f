/*
 * newsalertctl import: the feeds of a subscription list (OPML), as a file in
 * feeds.d that a person can edit.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fdio.h"
#include "config/config.h"
#include "config/login.h"
#include "ctl/document.h"
#include "ctl/helper.h"
#include "ctl/names.h"
#include "ctl/trial.h"

#define LIST_MAX (256u << 20)

struct import {
	struct ctl		*c;
	const char		*source;	/* as named on the command line */
	const char		*folder;	/* feeds.d */
	const char		*path;		/* of the new file */
	const struct option_list *tags;
	struct names		 urls, names;
	json_t			*list;		/* what newsalertd-parse said */
	json_t			*added;
	size_t			 known;
	struct buf		 text;
};

/* The list by newsalertd-parse, in its sandbox. */
static int
parse(struct import *i, const struct document *d)
{
	const char *argv[] = { "newsalertd-parse", "--opml", NULL };
	struct error err;
	struct buf out;
	int status;

	buf_init(&out, LIST_MAX);
	status = helper_run(argv[0], argv, d->data.data, d->data.len, &out,
	    NULL, &err);
	if (status == 0)
		i->list = json_loadb(out.data, out.len, 0, NULL);
	buf_clear(&out);
	if (i->list != NULL)
		return 0;
	if (status == -1)
		command_fail("%s", err.text);
	else if (WIFSIGNALED(status))
		command_fail("newsalertd-parse was ended by signal %d",
		    WTERMSIG(status));
	else
		command_fail("%s holds no subscriptions", i->source);
	return -1;
}

/* Case matters in a path; a fragment, or which of http and https, does not. */
static const char *
comparable(struct arena *mem, const char *url)
{
	const char *rest = strstr(url, "://");

	rest = rest != NULL ? rest + 3 : url;
	return arena_strndup(mem, rest, strcspn(rest, "#"));
}

static int
load_known(struct import *i)
{
	struct problems problems;
	struct config *config;

	problems_init(&problems);
	config = config_load(i->c->config, CONFIG_RULES_ONLY, &problems);
	if (config == NULL) {
		trial_problems(&problems);
		command_fail("the configuration has errors; mend them first");
	}
	for (size_t k = 0; config != NULL && k < config->nfeeds; k++) {
		names_add(&i->urls, comparable(&i->c->mem,
		    config->feeds[k].url));
		names_add(&i->names, config->feeds[k].name);
	}
	problems_clear(&problems);
	config_free(config);
	return config != NULL ? 0 : -1;
}

/* A string as libconfig reads it. */
static void
quoted(struct buf *b, const char *s)
{
	buf_addc(b, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_addc(b, '\\');
		if ((unsigned char)*s < ' ')
			buf_printf(b, "\\x%02x", (unsigned char)*s);
		else
			buf_addc(b, *s);
	}
	buf_addc(b, '"');
}

/* In a comment: one line of it. */
static void
remark(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		buf_addc(b, (unsigned char)*s < ' ' ? ' ' : *s);
}

static void
add_tag(struct import *i, struct names *have, const char *tag)
{
	if (*tag == '\0' || !names_add(have, tag))
		return;
	buf_adds(&i->text, have->n > 1 ? ", " : " tags = [ ");
	quoted(&i->text, tag);
}

/* The folders of the list, "News/Asia", become the tags news and asia. */
static void
write_tags(struct import *i, const json_t *folders)
{
	struct names have;

	names_init(&have, &i->c->mem);
	for (size_t k = 0; k < i->tags->n; k++)
		add_tag(i, &have, i->tags->v[k]);
	for (size_t k = 0; k < json_array_size(folders); k++) {
		const char *s = json_string_value(json_array_get(folders, k));

		while (s != NULL && *s != '\0') {
			size_t n = strcspn(s, "/");
			const char *part = arena_strndup(&i->c->mem, s, n);
			const char *slug = names_slug(&i->c->mem, part);

			add_tag(i, &have, *slug != '\0' ? slug : part);
			s += s[n] == '/' ? n + 1 : n;
		}
	}
	if (have.n > 0)
		buf_adds(&i->text, " ];");
	names_clear(&have);
}

static void
write_feed(struct import *i, const json_t *feed)
{
	const char *url = command_string(feed, "url"), *user, *password;
	const char *title = command_string(feed, "title"), *name;
	const char *bare = login_take(url, &i->c->mem, &user, &password);
	const char *host = comparable(&i->c->mem, bare);

	if (!names_add(&i->urls, host)) {
		i->known++;
		return;
	}
	host += strncmp(host, "www.", 4) == 0 ? 4 : 0;
	host = arena_strndup(&i->c->mem, host, strcspn(host, "/:?"));
	name = names_unique(&i->names, (const char *[]){ title, host, NULL });
	if (json_array_size(i->added) > 0)
		buf_adds(&i->text, ",\n");
	if (*title != '\0' && strcmp(title, name) != 0) {
		buf_adds(&i->text, "  # ");
		remark(&i->text, title);
		buf_addc(&i->text, '\n');
	}
	buf_printf(&i->text, "  { name = \"%s\"; url = ", name);
	quoted(&i->text, url);
	buf_addc(&i->text, ';');
	write_tags(i, json_object_get(feed, "folders"));
	buf_adds(&i->text, " }");
	json_array_append_new(i->added, json_pack("{s:s, s:s}", "name", name,
	    "url", bare));
}

static void
write_feeds(struct import *i)
{
	const json_t *feeds = json_object_get(i->list, "feeds");

	buf_adds(&i->text, "# From ");
	remark(&i->text, i->source);
	buf_adds(&i->text, " by newsalertctl import. Edit it as you like: a "
	    "feed is known by its name.\nfeeds = (\n");
	for (size_t k = 0; k < json_array_size(feeds); k++)
		write_feed(i, json_array_get(feeds, k));
	buf_adds(&i->text, "\n);\n");
}

/* feeds.d beside the configuration, a file named after the list. */
static void
choose_path(struct import *i, const char *name)
{
	struct arena *mem = &i->c->mem;
	const char *slash = strrchr(i->c->config, '/'), *base;

	i->folder = slash == NULL ? "feeds.d" : arena_printf(mem,
	    "%.*s/feeds.d", (int)(slash - i->c->config), i->c->config);
	if (name == NULL) {
		base = strrchr(i->source, '/');
		base = base != NULL ? base + 1 : i->source;
		name = arena_strndup(mem, base, strcspn(base, ".?#"));
		name = names_slug(mem, name);
		if (*name == '\0' || strcmp(name, "-") == 0)
			name = "imported";
	}
	i->path = arena_printf(mem, "%s/%s.conf", i->folder, name);
	for (unsigned k = 2; access(i->path, F_OK) == 0; k++)
		i->path = arena_printf(mem, "%s/%s-%u.conf", i->folder, name,
		    k);
}

/* A file that newsalertd would refuse is not left behind. */
static int
save(struct import *i)
{
	struct problems problems;
	struct config *config;
	struct error err;

	if (mkdir(i->folder, 0755) < 0 && errno != EEXIST) {
		command_fail("cannot make %s: %s", i->folder, strerror(errno));
		return -1;
	}
	if (fdio_replace_file(i->path, i->text.data, i->text.len, &err) < 0) {
		command_fail("%s", err.text);
		return -1;
	}
	problems_init(&problems);
	config = config_load(i->c->config, CONFIG_RULES_ONLY, &problems);
	if (config == NULL) {
		trial_problems(&problems);
		unlink(i->path);
		command_fail("with these feeds the configuration would have "
		    "errors: nothing was added");
	}
	problems_clear(&problems);
	config_free(config);
	return config != NULL ? 0 : -1;
}

static void
tell(struct import *i, bool written)
{
	size_t n = json_array_size(i->added);
	const char *damaged = command_string(i->list, "damaged");
	json_t *o;

	if (i->c->json) {
		o = json_pack("{s:b, s:O, s:I, s:s}", "ok", 1, "added",
		    i->added, "known", (json_int_t)i->known, "damaged",
		    damaged);
		json_object_set_new(o, "file", written ?
		    json_string(i->path) : json_null());
		command_print_json(o);
		json_decref(o);
		return;
	}
	if (*damaged != '\0')
		fprintf(stderr, "newsalertctl: the list was damaged (%s); "
		    "what could be read was taken\n", damaged);
	if (written)
		printf("%zu feed%s added in %s", n, n == 1 ? "" : "s",
		    i->path);
	else
		fputs("No feed is new", stdout);
	if (i->known > 0)
		printf("; %zu known already", i->known);
	puts(written ? ".\nEdit it as you like, then: newsalertctl reload" :
	    ".");
}

static int
run(struct import *i, const struct document *d, const char *name, bool dry)
{
	size_t n;

	if (parse(i, d) < 0 || load_known(i) < 0)
		return STATUS_FAILED;
	choose_path(i, name);
	write_feeds(i);
	n = json_array_size(i->added);
	if (dry && !i->c->json) {
		if (n > 0)
			fwrite(i->text.data, 1, i->text.len, stdout);
		return STATUS_OK;
	}
	if (n > 0 && !dry && save(i) < 0)
		return STATUS_FAILED;
	tell(i, n > 0 && !dry);
	return STATUS_OK;
}

int
command_import(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	struct option_list allow = { .n = 0 }, tags = { .n = 0 };
	const char *name = NULL;
	bool dry = false;
	const struct option_spec specs[] = {
		{ "name", 0, OPTION_TEXT, &name, "NAME",
		  "of the file in feeds.d, if not the list's" },
		{ "tag", 't', OPTION_LIST, &tags, "TAG",
		  "a tag for all these feeds" },
		{ "dry-run", 'n', OPTION_FLAG, &dry, NULL,
		  "show the file instead of writing it" },
		{ "allow", 0, OPTION_LIST, &allow, "NETWORK",
		  "a private network that a URL may lead to, 127.0.0.0/8" },
		{ .name = NULL }
	};
	int status, first = options_read(c, cmd, specs, argc, argv, &status);
	struct import i = { .c = c, .tags = &tags, .added = NULL };
	struct config_access access;
	struct document d;
	struct error err;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 1, 1))
		return STATUS_USAGE;
	if (name != NULL && (*name == '\0' || *name == '.' ||
	    strcmp(names_slug(&c->mem, name), name) != 0))
		return options_wrong(cmd, "a name holds letters, digits, '.', "
		    "'_' and '-' only");
	i.source = argv[first];
	i.added = json_array();
	buf_init(&i.text, LIST_MAX);
	names_init(&i.urls, &c->mem);
	names_init(&i.names, &c->mem);
	document_access(c, &allow, &access);
	if (document_load(&d, argv[first], &access, &c->mem, &err) < 0)
		status = command_fail("%s", err.text);
	else
		status = run(&i, &d, name, dry);
	document_clear(&d);
	json_decref(i.list);
	json_decref(i.added);
	names_clear(&i.urls);
	names_clear(&i.names);
	buf_clear(&i.text);
	return status;
}
