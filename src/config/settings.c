#include "config/settings.h"

#include <ctype.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/fdio.h"

#define SECRET_MAX 65536
#define FILE_SUFFIX "_file"

const char *
settings_where(struct setting_reader *r, const config_setting_t *s)
{
	unsigned line = config_setting_source_line(s);

	if (r->where == NULL || r->line != line) {
		r->where = arena_printf(r->mem, "%s:%u", r->file, line);
		r->line = line;
	}
	return r->where;
}

static const char *
type_name(enum setting_type type)
{
	static const char *const names[] = {
		[SETTING_STRING] = "a string in quotes",
		[SETTING_NAME] = "a name in quotes",
		[SETTING_BOOL] = "true or false",
		[SETTING_INT] = "a whole number",
		[SETTING_DURATION] = "a time with a unit, such as \"15m\"",
		[SETTING_SIZE] = "a size with a unit, such as \"10M\"",
		[SETTING_CHOICE] = "a string in quotes",
		[SETTING_STRINGS] = "a list of strings, such as [ \"a\", \"b\" ]",
		[SETTING_SECRET] = "a string in quotes",
		[SETTING_GROUP] = "a group, such as { a = 1; }",
		[SETTING_CUSTOM] = "a list",
	};

	return names[type];
}

int
settings_strings(struct setting_reader *r, config_setting_t *s,
    struct setting_strings *out)
{
	const char *one = config_setting_get_string(s);
	int n = config_setting_length(s);

	if (one != NULL)
		n = 1;
	else if (!config_setting_is_aggregate(s) || config_setting_is_group(s))
		goto bad;
	out->v = arena_zalloc(r->mem, (size_t)n + 1, sizeof(*out->v));
	for (int i = 0; i < n; i++) {
		const char *text = one != NULL ? one :
		    config_setting_get_string_elem(s, i);

		if (text == NULL)
			goto bad;
		out->v[i] = arena_strdup(r->mem, text);
	}
	out->n = (size_t)n;
	return 0;
bad:
	out->n = 0;
	problems_error(r->problems, settings_where(r, s),
	    "'%s' must be %s", config_setting_name(s),
	    type_name(SETTING_STRINGS));
	return -1;
}

const char *
settings_secret(struct setting_reader *r, config_setting_t *s,
    const char *name)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY"), *text = NULL;
	const char *places[2] = { folder, r->folder };
	struct error err;
	struct buf b;

	if (name[0] == '/')
		places[0] = "", places[1] = NULL;
	buf_init(&b, SECRET_MAX);
	for (size_t i = 0; i < 2 && text == NULL; i++) {
		if (places[i] == NULL)
			continue;
		buf_reset(&b);
		if (fdio_read_file(arena_printf(r->mem, "%s%s%s", places[i],
		    places[i][0] != '\0' ? "/" : "", name), &b, &err) < 0)
			continue;
		while (b.len > 0 && (b.data[b.len - 1] == '\n' ||
		    b.data[b.len - 1] == '\r'))
			b.len--;
		text = arena_strndup(r->mem, b.data, b.len);
	}
	buf_clear(&b);
	if (text == NULL)
		problems_error(r->problems, settings_where(r, s),
		    "secret for '%s': %s%s", config_setting_name(s), err.text,
		    folder == NULL ? "" : " (nor in the credentials directory)");
	return text;
}

static int
check_name(struct setting_reader *r, config_setting_t *s, const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("._-", *p) == NULL)
			break;
	if (*p == '\0' && p != text && p - text <= 128)
		return 0;
	problems_error(r->problems, settings_where(r, s), "'%s' may hold "
	    "letters, digits, '.', '_' and '-' only: \"%s\"",
	    config_setting_name(s), text);
	return -1;
}

static int
find_choice(struct setting_reader *r, config_setting_t *s,
    const struct setting *t, const char *text)
{
	const char *near;
	struct buf b;
	int n;

	for (n = 0; t->choices[n] != NULL; n++)
		if (strcmp(t->choices[n], text) == 0)
			return n;
	near = problems_nearest(text, t->choices, (size_t)n);
	buf_init(&b, 1024);
	for (int i = 0; i < n; i++)
		buf_printf(&b, "%s\"%s\"", i == 0 ? "" : i == n - 1 ? " or " :
		    ", ", t->choices[i]);
	problems_error(r->problems, settings_where(r, s),
	    "'%s' is \"%s\", but must be %s%s%s%s", t->name, text, b.data,
	    near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
	    near != NULL ? "\"?" : "");
	buf_clear(&b);
	return -1;
}

/* A value given as text (also the defaults of the table). */
static int
set_text(struct setting_reader *r, const struct setting *t,
    config_setting_t *s, const char *text, char *to)
{
	struct error err;
	int64_t ms;
	size_t bytes;
	int choice;

	switch (t->type) {
	case SETTING_NAME:
		if (s != NULL && check_name(r, s, text) < 0)
			return 0;	/* told */
		/* FALLTHROUGH */
	case SETTING_STRING:
	case SETTING_SECRET:
		*(const char **)(void *)to = arena_strdup(r->mem, text);
		return 0;
	case SETTING_DURATION:
		if (duration_parse(text, &ms, &err) < 0)
			break;
		*(int64_t *)(void *)to = ms;
		return 0;
	case SETTING_SIZE:
		if (size_parse(text, &bytes, &err) < 0)
			break;
		*(size_t *)(void *)to = bytes;
		return 0;
	case SETTING_CHOICE:
		if ((choice = find_choice(r, s, t, text)) >= 0)
			*(int *)(void *)to = choice;
		return 0;
	case SETTING_BOOL:
		*(bool *)(void *)to = strcmp(text, "true") == 0;
		return s == NULL ? 0 : -1;
	case SETTING_INT:
		*(int64_t *)(void *)to = strtoll(text, NULL, 10);
		return s == NULL ? 0 : -1;
	default:
		return -1;
	}
	problems_error(r->problems, settings_where(r, s), "'%s': %s", t->name,
	    err.text);
	return 0;
}

static void
check_range(struct setting_reader *r, const struct setting *t,
    config_setting_t *s, const char *to)
{
	char low[64], high[64];
	int64_t v = *(const int64_t *)(const void *)to;

	if ((t->min == 0 && t->max == 0) || (v >= t->min && v <= t->max))
		return;
	if (t->type == SETTING_DURATION)
		problems_error(r->problems, settings_where(r, s),
		    "'%s' must be between %s and %s", t->name,
		    duration_text(t->min, low, sizeof(low)),
		    duration_text(t->max, high, sizeof(high)));
	else
		problems_error(r->problems, settings_where(r, s),
		    "'%s' must be between %lld and %lld", t->name,
		    (long long)t->min, (long long)t->max);
}

static void
set_value(struct setting_reader *r, const struct setting *t,
    config_setting_t *s, char *target)
{
	const char *text = config_setting_get_string(s);
	char *to = target + t->offset;
	struct setting_strings list;
	int kind = config_setting_type(s), bad = -1;

	if (text != NULL && t->type != SETTING_STRINGS)
		bad = set_text(r, t, s, text, to);
	else if (t->type == SETTING_BOOL && kind == CONFIG_TYPE_BOOL) {
		*(bool *)(void *)to = config_setting_get_bool(s) != 0;
		bad = 0;
	} else if (t->type == SETTING_INT && (kind == CONFIG_TYPE_INT ||
	    kind == CONFIG_TYPE_INT64)) {
		*(int64_t *)(void *)to = config_setting_get_int64(s);
		bad = 0;
	} else if (t->type == SETTING_STRINGS) {
		if (settings_strings(r, s, &list) == 0) {
			*(const char ***)(void *)to = list.v;
			*(size_t *)(void *)(target + t->count) = list.n;
		}
		return;
	}
	if (bad < 0)
		problems_error(r->problems, settings_where(r, s),
		    "'%s' must be %s", t->name, type_name(t->type));
	else if (t->type == SETTING_DURATION || t->type == SETTING_INT)
		check_range(r, t, s, to);
}

static void
read_one(struct setting_reader *r, const struct setting *t,
    config_setting_t *s, void *target)
{
	switch (t->type) {
	case SETTING_GROUP:
		if (config_setting_is_group(s))
			settings_read(r, t->group, s, target);
		else
			problems_error(r->problems, settings_where(r, s),
			    "'%s' must be %s", t->name, type_name(t->type));
		break;
	case SETTING_CUSTOM:
		t->read(r, target, s);
		break;
	default:
		set_value(r, t, s, target);
		break;
	}
}

/* "password_file" for a secret called "password". */
static bool
is_secret_file(const struct setting *t, const char *name)
{
	size_t n = strlen(t->name);

	return t->type == SETTING_SECRET && strncmp(name, t->name, n) == 0 &&
	    strcmp(name + n, FILE_SUFFIX) == 0;
}

static void
tell_unknown(struct setting_reader *r, const struct setting *table,
    config_setting_t *s)
{
	const char *names[64], *near, *name = config_setting_name(s);
	size_t n = 0;

	for (const struct setting *t = table; t->name != NULL && n < 62; t++) {
		names[n++] = t->name;
		if (t->type == SETTING_SECRET)
			names[n++] = arena_printf(r->mem, "%s" FILE_SUFFIX,
			    t->name);
	}
	near = problems_nearest(name, names, n);
	problems_error(r->problems, settings_where(r, s),
	    "unknown setting '%s'%s%s%s", name,
	    near != NULL ? ", did you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
}

static void
read_child(struct setting_reader *r, const struct setting *table,
    config_setting_t *s, void *target)
{
	const char *name = config_setting_name(s), *text;

	for (const struct setting *t = table; t->name != NULL; t++) {
		if (strcmp(t->name, name) == 0) {
			read_one(r, t, s, target);
			return;
		}
		if (!is_secret_file(t, name))
			continue;
		if ((text = config_setting_get_string(s)) == NULL)
			problems_error(r->problems, settings_where(r, s),
			    "'%s' must be the name of a file", name);
		else if ((text = settings_secret(r, s, text)) != NULL)
			*(const char **)(void *)((char *)target + t->offset) =
			    text;
		return;
	}
	tell_unknown(r, table, s);
}

static void
set_defaults(struct setting_reader *r, const struct setting *table,
    void *target)
{
	for (const struct setting *t = table; t->name != NULL; t++) {
		char *to = (char *)target + t->offset;

		if (t->type == SETTING_GROUP)
			set_defaults(r, t->group, target);
		else if (t->fallback != NULL)
			set_text(r, t, NULL, t->fallback, to);
		else if (t->type == SETTING_STRING || t->type == SETTING_NAME ||
		    t->type == SETTING_SECRET)
			*(const char **)(void *)to = "";
	}
}

static void
check_required(struct setting_reader *r, const struct setting *table,
    config_setting_t *group)
{
	for (const struct setting *t = table; t->name != NULL; t++)
		if (t->required &&
		    config_setting_get_member(group, t->name) == NULL)
			problems_error(r->problems, settings_where(r, group),
			    "'%s' is missing: %s", t->name, t->help);
}

void
settings_read(struct setting_reader *r, const struct setting *table,
    config_setting_t *group, void *target)
{
	int n = config_setting_length(group);

	/* A group inside a group shares the target: its defaults are set. */
	if (config_setting_name(group) == NULL)
		set_defaults(r, table, target);
	for (int i = 0; i < n; i++)
		read_child(r, table, config_setting_get_elem(group,
		    (unsigned)i), target);
	check_required(r, table, group);
}
