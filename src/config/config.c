#include "config/config.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "build.h"
#include "config/check.h"
#include "config/folder.h"
#include "config/login.h"
#include "config/settings.h"
#include "config/vocabulary_read.h"
#include "rule/vocabulary.h"

#define MINUTE (60 * 1000LL)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void read_feeds(struct setting_reader *, void *, config_setting_t *);
static void read_notifiers(struct setting_reader *, void *, config_setting_t *);
static void read_rules(struct setting_reader *, void *, config_setting_t *);
static void read_options(struct setting_reader *, void *, config_setting_t *);

#define AT(member) .offset = offsetof(struct config, member)

static const struct setting polling_table[] = {
	{ "interval", SETTING_DURATION, AT(polling.interval), .fallback = "15m",
	  .min = MINUTE, .max = 30 * DAY,
	  .help = "how often a busy feed is asked" },
	{ "spacing", SETTING_DURATION, AT(polling.spacing), .fallback = "2s",
	  .min = 0, .max = HOUR,
	  .help = "least time between two requests to one host" },
	{ "timeout", SETTING_DURATION, AT(polling.timeout), .fallback = "30s",
	  .min = 1000, .max = HOUR, .help = "longest time for one request" },
	{ "max_body", SETTING_SIZE, AT(polling.max_body), .fallback = "10M",
	  .help = "largest document, decoded" },
	{ "window", SETTING_INT, AT(polling.window), .fallback = "64",
	  .min = 1, .max = 1024, .help = "requests in flight" },
	{ "robots", SETTING_BOOL, AT(polling.robots), .fallback = "false",
	  .help = "heed the robots.txt of hosts" },
	{ .name = NULL }
};

static const struct setting network_table[] = {
	{ "allow", SETTING_STRINGS, AT(network.allow),
	  .count = offsetof(struct config, network.nallow),
	  .help = "private networks that may be reached, as CIDR" },
	{ "proxy", SETTING_STRING, AT(network.proxy),
	  .help = "proxy for feeds; none unless given here" },
	{ .name = NULL }
};

static const struct setting system_table[] = {
	{ "enabled", SETTING_BOOL, AT(system.enabled), .fallback = "true",
	  .help = "tell the notifiers what goes wrong with newsalertd itself" },
	{ "feed_failing", SETTING_DURATION, AT(system.feed_failing),
	  .fallback = "1d", .min = 1000, .max = 365 * DAY,
	  .help = "a feed that fails for that long" },
	{ "queue_waiting", SETTING_DURATION, AT(system.queue_waiting),
	  .fallback = "1h", .min = 1000, .max = 365 * DAY,
	  .help = "an alert that waits for that long" },
	{ .name = NULL }
};

/* The main file; the files of feeds.d and rules.d take the lists alone. */
static const struct setting main_table[] = {
	{ "contact", SETTING_STRING, AT(contact),
	  .help = "address in the User-Agent, for those we poll" },
	{ "state", SETTING_STRING, AT(state),
	  .fallback = "/var/lib/newsalertd", .help = "folder of the database" },
	{ "control", SETTING_STRING, AT(control),
	  .fallback = "/run/newsalertd/control.sock",
	  .help = "socket of newsalertctl" },
	{ "control_group", SETTING_STRING, AT(control_group),
	  .help = "group that may use the control socket" },
	{ "libexec_dir", SETTING_STRING, AT(libexec_dir),
	  .help = "folder of the helper programs" },
	{ "plugin_dir", SETTING_STRING, AT(plugin_dir),
	  .help = "folder of the notifier plugins" },
	{ "retention", SETTING_DURATION, AT(retention), .fallback = "30d",
	  .min = HOUR, .max = 3660 * DAY,
	  .help = "how long articles are kept" },
	{ "polling", SETTING_GROUP, .group = polling_table,
	  .help = "how feeds are asked" },
	{ "network", SETTING_GROUP, .group = network_table,
	  .help = "what may be reached" },
	{ "system", SETTING_GROUP, .group = system_table,
	  .help = "alerts of newsalertd's own" },
	{ "feeds", SETTING_CUSTOM, .read = read_feeds, .help = "the feeds" },
	{ "notifiers", SETTING_CUSTOM, .read = read_notifiers,
	  .help = "where alerts go" },
	{ "rules", SETTING_CUSTOM, .read = read_rules, .help = "the rules" },
	{ .name = NULL }
};

static const struct setting feeds_file_table[] = {
	{ "feeds", SETTING_CUSTOM, .read = read_feeds, .help = "the feeds" },
	{ .name = NULL }
};

static const struct setting rules_file_table[] = {
	{ "rules", SETTING_CUSTOM, .read = read_rules, .help = "the rules" },
	{ .name = NULL }
};

#undef AT
#define AT(member) .offset = offsetof(struct config_feed, member)
static const char *const backlog_choices[] = { "skip", "alert", NULL };
static const struct setting feed_table[] = {
	{ "name", SETTING_NAME, AT(name), .required = true,
	  .help = "the feed's identity, whatever its URL" },
	{ "url", SETTING_STRING, AT(url), .required = true,
	  .help = "http or https address" },
	{ "interval", SETTING_DURATION, AT(interval), .min = MINUTE,
	  .max = 30 * DAY, .help = "how often, if not polling.interval" },
	{ "enabled", SETTING_BOOL, AT(enabled), .fallback = "true",
	  .help = "false: not polled" },
	{ "backlog", SETTING_CHOICE, AT(backlog), .choices = backlog_choices,
	  .fallback = "skip",
	  .help = "what becomes of the articles a new feed already holds" },
	{ "tags", SETTING_STRINGS, AT(tags),
	  .count = offsetof(struct config_feed, ntags),
	  .help = "words that text queries find with tag:" },
	{ "user", SETTING_STRING, AT(user), .help = "user name" },
	{ "password", SETTING_SECRET, AT(password), .help = "password" },
	{ "headers", SETTING_STRINGS, AT(headers),
	  .count = offsetof(struct config_feed, nheaders),
	  .help = "request headers, \"Name: value\"" },
	{ .name = NULL }
};

#undef AT
#define AT(member) .offset = offsetof(struct config_notifier, member)
static const struct setting notifier_table[] = {
	{ "name", SETTING_NAME, AT(name), .required = true,
	  .help = "the name that rules notify" },
	{ "plugin", SETTING_STRING, AT(plugin), .required = true,
	  .help = "email, webhook, syslog, file, exec, or a path" },
	{ "options", SETTING_CUSTOM, .read = read_options,
	  .help = "the plugin's own settings" },
	{ "timeout", SETTING_DURATION, AT(timeout), .fallback = "60s",
	  .min = 100, .max = HOUR, .help = "longest time for one message" },
	{ "batch", SETTING_DURATION, AT(batch), .min = 0, .max = 7 * DAY,
	  .help = "collect alerts that long into one message" },
	{ "rate", SETTING_DURATION, AT(rate), .min = 0, .max = DAY,
	  .help = "least time between two messages" },
	{ "quiet", SETTING_STRING, AT(quiet),
	  .help = "\"22:00-07:00 Europe/Berlin\": held until then" },
	{ "max_age", SETTING_DURATION, AT(max_age), .fallback = "3d",
	  .min = MINUTE, .max = 365 * DAY,
	  .help = "retried that long, then set aside" },
	{ .name = NULL }
};

#undef AT
#define AT(member) .offset = offsetof(struct config_rule, member)
static const char *const priority_choices[] = { "low", "normal", "high", NULL };
static const struct setting rule_table[] = {
	{ "name", SETTING_NAME, AT(source.name), .required = true,
	  .help = "the rule's identity" },
	{ "when", SETTING_STRING, AT(source.when), .required = true,
	  .help = "what the news must say" },
	{ "notify", SETTING_STRINGS, AT(notify),
	  .count = offsetof(struct config_rule, nnotify),
	  .help = "names of notifiers" },
	{ "feeds", SETTING_STRINGS, AT(source.feeds),
	  .count = offsetof(struct config_rule, source.nfeeds),
	  .help = "only feeds whose name fits one of these globs" },
	{ "match", SETTING_STRINGS, AT(source.match),
	  .count = offsetof(struct config_rule, source.nmatch),
	  .help = "texts that must match" },
	{ "no_match", SETTING_STRINGS, AT(source.no_match),
	  .count = offsetof(struct config_rule, source.nno_match),
	  .help = "texts that must not match" },
	{ "priority", SETTING_CHOICE, AT(priority), .choices = priority_choices,
	  .fallback = "normal", .help = "low, normal or high" },
	{ "enabled", SETTING_BOOL, AT(enabled), .fallback = "true",
	  .help = "false: not looked at" },
	{ "cooldown", SETTING_DURATION, AT(cooldown), .min = 0, .max = 30 * DAY,
	  .help = "after an alert, hold back others that long" },
	{ "max_per_hour", SETTING_INT, AT(max_per_hour), .min = 0,
	  .max = 1000000, .help = "hold back more than that" },
	{ "expect_within", SETTING_DURATION, AT(expect_within), .min = 0,
	  .max = 3660 * DAY, .help = "tell when nothing matched for that long" },
	{ .name = NULL }
};
#undef AT

/* Make room for the elements of one more list; NULL when it is no list. */
static void *
extend(struct setting_reader *r, config_setting_t *list, void *old,
    size_t *n, size_t size)
{
	size_t add = (size_t)config_setting_length(list);
	char *new;

	if (!config_setting_is_list(list)) {
		problems_error(r->problems, settings_where(r, list),
		    "'%s' must be a list of groups: %s = ( { ... }, { ... } );",
		    config_setting_name(list), config_setting_name(list));
		return NULL;
	}
	/* Lists of 100,000 rules come in few files: copying is cheap. */
	new = arena_zalloc(r->mem, *n + add + 1, size);
	if (*n > 0)
		memcpy(new, old, *n * size);
	return new;
}

static config_setting_t *
group_at(struct setting_reader *r, config_setting_t *list, int i)
{
	config_setting_t *g = config_setting_get_elem(list, (unsigned)i);

	if (config_setting_is_group(g))
		return g;
	problems_error(r->problems, settings_where(r, g), "an element of '%s' "
	    "must be a group in braces { }", config_setting_name(list));
	return NULL;
}

/* A login in the URL is one of the feed, unless it has its own. */
static void
take_login(struct setting_reader *r, struct config_feed *f)
{
	const char *user = "", *password = "";

	f->url = login_take(f->url, r->mem, &user, &password);
	if (f->user[0] != '\0')
		return;
	f->user = user;
	if (f->password[0] == '\0')
		f->password = password;
}

static void
read_feeds(struct setting_reader *r, void *target, config_setting_t *list)
{
	struct config *c = target;
	struct config_feed *feeds;
	config_setting_t *g;

	feeds = extend(r, list, c->feeds, &c->nfeeds, sizeof(*c->feeds));
	if (feeds == NULL)
		return;
	c->feeds = feeds;
	for (int i = 0; i < config_setting_length(list); i++) {
		if ((g = group_at(r, list, i)) == NULL)
			continue;
		c->feeds[c->nfeeds].origin = settings_where(r, g);
		settings_read(r, feed_table, g, &c->feeds[c->nfeeds]);
		take_login(r, &c->feeds[c->nfeeds++]);
	}
}

static void
read_notifiers(struct setting_reader *r, void *target, config_setting_t *list)
{
	struct config *c = target;
	struct config_notifier *all;
	config_setting_t *g;

	all = extend(r, list, c->notifiers, &c->nnotifiers, sizeof(*all));
	if (all == NULL)
		return;
	c->notifiers = all;
	for (int i = 0; i < config_setting_length(list); i++) {
		if ((g = group_at(r, list, i)) == NULL)
			continue;
		all[c->nnotifiers].origin = settings_where(r, g);
		settings_read(r, notifier_table, g, &all[c->nnotifiers++]);
	}
}

static void
read_rules(struct setting_reader *r, void *target, config_setting_t *list)
{
	struct config *c = target;
	struct config_rule *rules;
	config_setting_t *g, *when;

	rules = extend(r, list, c->rules, &c->nrules, sizeof(*rules));
	if (rules == NULL)
		return;
	c->rules = rules;
	for (int i = 0; i < config_setting_length(list); i++) {
		if ((g = group_at(r, list, i)) == NULL)
			continue;
		rules[c->nrules].name_origin = settings_where(r, g);
		when = config_setting_get_member(g, "when");
		rules[c->nrules].source.origin = when != NULL ?
		    settings_where(r, when) : rules[c->nrules].name_origin;
		settings_read(r, rule_table, g, &rules[c->nrules++]);
	}
}

/* One option's values as text; the plugin's own table checks them later. */
static void
read_option(struct setting_reader *r, struct config_option *o,
    config_setting_t *s)
{
	size_t len = strlen(config_setting_name(s));
	struct setting_strings list = { NULL, 0 };
	const char *text = NULL;

	o->origin = settings_where(r, s);
	o->name = arena_strdup(r->mem, config_setting_name(s));
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_BOOL:
		text = config_setting_get_bool(s) ? "true" : "false";
		break;
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		text = arena_printf(r->mem, "%lld",
		    (long long)config_setting_get_int64(s));
		break;
	case CONFIG_TYPE_STRING:
		text = config_setting_get_string(s);
		break;
	default:
		settings_strings(r, s, &list);
		break;
	}
	if (text != NULL && len > 5 && strcmp(o->name + len - 5, "_file") == 0) {
		o->is_file = true;
		o->name = arena_strndup(r->mem, o->name, len - 5);
		text = settings_secret(r, s, text);
	}
	if (text != NULL) {
		list.v = arena_zalloc(r->mem, 2, sizeof(*list.v));
		list.v[0] = arena_strdup(r->mem, text);
		list.n = 1;
	}
	o->values = list.v;
	o->nvalues = list.n;
}

static void
read_options(struct setting_reader *r, void *target, config_setting_t *group)
{
	struct config_notifier *n = target;
	size_t count = (size_t)config_setting_length(group);

	if (!config_setting_is_group(group)) {
		problems_error(r->problems, settings_where(r, group),
		    "'options' must be a group in braces { }");
		return;
	}
	n->options = arena_zalloc(r->mem, count + 1, sizeof(*n->options));
	for (size_t i = 0; i < count; i++)
		read_option(r, &n->options[n->noptions++],
		    config_setting_get_elem(group, (unsigned)i));
}

/* One file against one table. */
static void
read_file(struct config *c, struct problems *p, const char *path,
    const struct setting *table, const char *folder)
{
	struct setting_reader r = { .mem = &c->mem, .problems = p,
	    .file = path, .folder = folder };
	config_t file;

	config_init(&file);
	if (folder_parse(path, &file, p) == 0)
		settings_read(&r, table, config_root_setting(&file), c);
	else if (table == main_table)
		c->path = NULL;
	config_destroy(&file);
}

static void
read_folder(struct config *c, struct problems *p, const char *folder,
    const char *name, const struct setting *table)
{
	struct folder_files files;

	folder_list(&c->mem, arena_printf(&c->mem, "%s/%s", folder, name),
	    &files, p);
	for (size_t i = 0; i < files.n; i++)
		read_file(c, p, files.paths[i], table, folder);
}

/* Rules that are off go behind those the ruleset is made of. */
static size_t
enabled_first(struct config *c)
{
	struct config_rule *sorted;
	size_t n = 0, end;

	sorted = arena_zalloc(&c->mem, c->nrules + 1, sizeof(*sorted));
	for (size_t i = 0; i < c->nrules; i++)
		if (c->rules[i].enabled)
			sorted[n++] = c->rules[i];
	end = n;
	for (size_t i = 0; i < c->nrules; i++)
		if (!c->rules[i].enabled)
			sorted[end++] = c->rules[i];
	c->rules = sorted;
	return n;
}

static void
compile_rules(struct config *c, const char *folder, struct problems *p)
{
	struct rule_source *sources;
	size_t n = enabled_first(c);

	c->vocabulary = vocabulary_read(folder_vocabulary(&c->mem, folder), p);
	if (c->vocabulary == NULL)
		return;
	sources = mem_zalloc(n, sizeof(*sources));
	for (size_t i = 0; i < n; i++)
		sources[i] = c->rules[i].source;
	c->ruleset = ruleset_new(c->vocabulary, sources, n, p);
	free(sources);
	if (c->ruleset == NULL)
		return;
	/* ", once per day" in the rule itself; a setting of its own wins */
	for (size_t i = 0; i < n; i++)
		if (c->rules[i].cooldown == 0)
			c->rules[i].cooldown =
			    ruleset_once(c->ruleset, i) * 1000;
}

struct config *
config_load(const char *path, unsigned flags, struct problems *p)
{
	struct config *c = mem_zalloc(1, sizeof(*c));
	const char *folder;

	arena_init(&c->mem);
	c->path = arena_strdup(&c->mem, path);
	folder = folder_of(&c->mem, path);
	read_file(c, p, path, main_table, folder);
	if (c->path != NULL) {
		read_folder(c, p, folder, "feeds.d", feeds_file_table);
		read_folder(c, p, folder, "rules.d", rules_file_table);
		config_check(c, flags, p);
		compile_rules(c, folder, p);
	}
	if (p->errors > 0) {
		config_free(c);
		return NULL;
	}
	return c;
}

void
config_free(struct config *c)
{
	if (c == NULL)
		return;
	ruleset_free(c->ruleset);
	vocabulary_free(c->vocabulary);
	arena_free(&c->mem);
	free(c);
}
