#include "config/vocabulary_read.h"

#include <libconfig.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "config/folder.h"
#include "rule/vocabulary.h"

struct reader {
	struct vocabulary	*vocabulary;
	struct problems		*problems;
	struct arena		*mem;
	const char		*path;
	const char		*where;		/* the last, of a line */
	unsigned		 line;
};

static const char *
where(struct reader *r, const config_setting_t *s)
{
	unsigned line = config_setting_source_line(s);

	if (r->where == NULL || r->line != line) {
		r->where = arena_printf(r->mem, "%s:%u", r->path, line);
		r->line = line;
	}
	return r->where;
}

static void
read_ratios(struct reader *r, config_setting_t *list)
{
	const char *verb;
	double percent;
	int i, n = config_setting_length(list);
	config_setting_t *group;

	for (i = 0; i < n; i++) {
		group = config_setting_get_elem(list, (unsigned)i);
		if (config_setting_is_group(group) != CONFIG_TRUE ||
		    !config_setting_lookup_string(group, "verb", &verb) ||
		    !config_setting_lookup_float(group, "percent", &percent)) {
			problems_error(r->problems, where(r, group), "a ratio "
			    "is { verb = \"halve\"; percent = 50.0; }");
			continue;
		}
		vocabulary_ratio(r->vocabulary, verb, percent,
		    where(r, group), r->problems);
	}
}

static void
read_value(struct reader *r, config_setting_t *s)
{
	const char *name = config_setting_name(s), *value;
	const char *at = where(r, s);
	int i, n;

	if (strcmp(name, "ratios") == 0 &&
	    config_setting_type(s) == CONFIG_TYPE_LIST) {
		read_ratios(r, s);
		return;
	}
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_STRING:
		vocabulary_string(r->vocabulary, name,
		    config_setting_get_string(s), at, r->problems);
		return;
	case CONFIG_TYPE_BOOL:
		vocabulary_bool(r->vocabulary, name,
		    config_setting_get_bool(s) != 0, at, r->problems);
		return;
	case CONFIG_TYPE_ARRAY:
	case CONFIG_TYPE_LIST:
		n = config_setting_length(s);
		for (i = 0; i < n; i++) {
			value = config_setting_get_string_elem(s, i);
			if (value == NULL)
				problems_error(r->problems, at, "\"%s\" is a "
				    "list of strings", name);
			else
				vocabulary_string(r->vocabulary, name, value,
				    at, r->problems);
		}
		return;
	default:
		problems_error(r->problems, at, "\"%s\" takes a string, a "
		    "list of strings, or true or false", name);
	}
}

static void
read_entry(struct reader *r, int section, config_setting_t *group)
{
	const char *at = where(r, group), *id = NULL;
	config_setting_t *child;
	int i, n, replace = 0;

	if (config_setting_is_group(group) != CONFIG_TRUE) {
		problems_error(r->problems, at, "an entry stands in braces: "
		    "{ id = ...; }");
		return;
	}
	if (!config_setting_lookup_string(group, "id", &id)) {
		problems_error(r->problems, at, "an entry without an id");
		return;
	}
	config_setting_lookup_bool(group, "replace", &replace);
	vocabulary_begin(r->vocabulary, (enum vocabulary_section)section, id,
	    replace != 0, at, r->problems);
	n = config_setting_length(group);
	for (i = 0; i < n; i++) {
		child = config_setting_get_elem(group, (unsigned)i);
		if (strcmp(config_setting_name(child), "id") != 0 &&
		    strcmp(config_setting_name(child), "replace") != 0)
			read_value(r, child);
	}
}

static void
read_file(struct reader *r)
{
	static const char *const names[] = { "concepts", "entities",
	    "measures", "predicates", "qualities", "cues" };
	config_t config;
	config_setting_t *root, *list;
	const char *name, *near;
	int i, j, n, m, section;

	config_init(&config);
	if (folder_parse(r->path, &config, r->problems) != 0)
		goto out;
	root = config_root_setting(&config);
	n = config_setting_length(root);
	for (i = 0; i < n; i++) {
		list = config_setting_get_elem(root, (unsigned)i);
		name = config_setting_name(list);
		section = vocabulary_section(name);
		if (section < 0) {
			near = problems_nearest(name, names, 6);
			problems_error(r->problems, where(r, list), "\"%s\" is "
			    "no list of a vocabulary; did you mean \"%s\"?",
			    name, near != NULL ? near : "entities");
			continue;
		}
		if (config_setting_is_list(list) != CONFIG_TRUE) {
			problems_error(r->problems, where(r, list), "\"%s\" is "
			    "a list: %s = ( { ... }, { ... } );", name, name);
			continue;
		}
		m = config_setting_length(list);
		for (j = 0; j < m; j++)
			read_entry(r, section,
			    config_setting_get_elem(list, (unsigned)j));
	}
out:
	config_destroy(&config);
}

struct vocabulary *
vocabulary_read(const char *folder, struct problems *problems)
{
	struct vocabulary *v = NULL;
	struct folder_files files;
	struct arena mem;
	struct reader r;
	size_t i, errors = problems->errors;

	arena_init(&mem);
	folder_list(&mem, folder, &files, problems);
	if (files.n == 0) {
		problems_error(problems, folder, "there is no vocabulary: no "
		    "*.conf here");
		goto out;
	}
	v = vocabulary_new();
	r = (struct reader){ .vocabulary = v, .problems = problems,
	    .mem = &mem };
	for (i = 0; i < files.n; i++) {
		r.path = files.paths[i];
		r.where = NULL;
		read_file(&r);
	}
	if (vocabulary_finish(v, problems) != 0 || problems->errors != errors) {
		vocabulary_free(v);
		v = NULL;
	}
out:
	arena_free(&mem);
	return v;
}
