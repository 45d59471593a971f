#include "notify/plugin.h"

#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "build.h"

/* The struct as it was in minor version 0: no plugin has less. */
#define SIZE_1_0 (offsetof(struct notifier, close) + sizeof(void (*)(void)))

#define KNOWN_FLAGS (NOTIFIER_REQUIRED | NOTIFIER_LIST | NOTIFIER_SECRET | \
	NOTIFIER_EACH)

/* The protocol repeats what the public header says. */
_Static_assert(NOTIFIER_STRING == (int)NOTIFY_STRING &&
    NOTIFIER_NUMBER == (int)NOTIFY_NUMBER &&
    NOTIFIER_BOOLEAN == (int)NOTIFY_BOOLEAN &&
    NOTIFIER_DURATION == (int)NOTIFY_DURATION, "types");
_Static_assert(NOTIFIER_REQUIRED == NOTIFY_REQUIRED &&
    NOTIFIER_LIST == NOTIFY_LIST && NOTIFIER_SECRET == NOTIFY_SECRET &&
    NOTIFIER_EACH == NOTIFY_EACH, "flags");
_Static_assert(NOTIFIER_OK == (int)NOTIFY_DONE &&
    NOTIFIER_RETRY == (int)NOTIFY_RETRY &&
    NOTIFIER_FAIL == (int)NOTIFY_NEVER, "outcomes");

const char *
plugin_path(struct arena *a, const char *name)
{
	char self[PATH_MAX], *slash;
	const char *path;
	ssize_t n;

	if (strchr(name, '/') != NULL)
		return name;
	/* In the build tree the plugins are beside the program. */
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n > 0) {
		self[n] = '\0';
		if ((slash = strrchr(self, '/')) != NULL)
			*slash = '\0';
		path = arena_printf(a, "%s/notifiers/%s.so", self, name);
		if (access(path, R_OK) == 0)
			return path;
	}
	return arena_printf(a, "%s/%s.so", BUILD_PLUGINS, name);
}

static int
check_abi(uint32_t abi, uint32_t size, struct error *err)
{
	unsigned major = abi >> 16, minor = abi & 0xffff;

	if (major != NOTIFIER_ABI_MAJOR)
		return error_set(err, "built for plugin ABI %u.%u, but this "
		    "newsalertd has %d.%d: it has to be built again with this "
		    "newsalertd's header", major, minor, NOTIFIER_ABI_MAJOR,
		    NOTIFIER_ABI_MINOR);
	if (minor > NOTIFIER_ABI_MINOR)
		return error_set(err, "built for plugin ABI %u.%u, which is "
		    "newer than this newsalertd's %d.%d", major, minor,
		    NOTIFIER_ABI_MAJOR, NOTIFIER_ABI_MINOR);
	if (size < SIZE_1_0)
		return error_set(err, "its description has %u bytes where ABI "
		    "%u.%u has at least %zu: was it made with "
		    "NOTIFIER_DEFINE?", size, major, minor, SIZE_1_0);
	return 0;
}

static bool
good_name(const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	return n > 0 && n <= 64 && s[strspn(s,
	    "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

static int
check_fallback(const struct notifier_option *o, struct error *err)
{
	const char *s = o->fallback;
	int64_t ms;

	if (s == NULL || o->type == NOTIFIER_STRING)
		return 0;
	if (o->type == NOTIFIER_DURATION && duration_parse(s, &ms, NULL) == 0)
		return 0;
	if (o->type == NOTIFIER_BOOLEAN && (strcmp(s, "true") == 0 ||
	    strcmp(s, "false") == 0))
		return 0;
	if (o->type == NOTIFIER_NUMBER && *s != '\0' &&
	    s[strspn(s, "-0123456789")] == '\0')
		return 0;
	return error_set(err, "the default \"%s\" of its option \"%s\" is not "
	    "of its type", s, o->name);
}

static int
check_option(const struct plugin *p, const struct notifier_option *o,
    struct error *err)
{
	size_t len;

	if (!good_name(o->name))
		return error_set(err, "the name of its option number %zu is "
		    "not made of a-z, 0-9 and _", p->noptions + 1);
	len = strlen(o->name);
	if (len >= 5 && strcmp(o->name + len - 5, "_file") == 0)
		return error_set(err, "its option \"%s\" ends in \"_file\", "
		    "which is for secrets in files", o->name);
	if (o->type > NOTIFIER_DURATION || (o->flags & ~KNOWN_FLAGS) != 0)
		return error_set(err, "its option \"%s\" has an unknown type "
		    "or flag", o->name);
	if ((o->flags & NOTIFIER_EACH) && !(o->flags & NOTIFIER_LIST))
		return error_set(err, "its option \"%s\" is EACH but no LIST",
		    o->name);
	for (size_t i = 0; i < p->noptions; i++) {
		if (strcmp(p->entry.options[i].name, o->name) == 0)
			return error_set(err, "it has two options \"%s\"",
			    o->name);
		if (p->entry.options[i].flags & o->flags & NOTIFIER_EACH)
			return error_set(err, "its options \"%s\" and \"%s\" "
			    "are both EACH", p->entry.options[i].name, o->name);
	}
	return check_fallback(o, err);
}

int
plugin_load(struct plugin *p, const char *path, bool *later,
    struct error *err)
{
	const struct notifier *from;
	void *object;
	uint32_t head[2];

	memset(p, 0, sizeof(*p));
	*later = true;
	if ((object = dlopen(path, RTLD_NOW | RTLD_LOCAL)) == NULL)
		return error_set(err, "cannot load %s", dlerror());
	*later = false;
	if ((from = dlsym(object, NOTIFIER_SYMBOL)) == NULL)
		return error_set(err, "%s is not a notifier: it has no symbol "
		    NOTIFIER_SYMBOL, path);
	memcpy(head, from, sizeof(head));
	if (check_abi(head[0], head[1], err) < 0)
		return error_prefix(err, "%s", path);
	memcpy(&p->entry, from, head[1] < sizeof(p->entry) ? head[1] :
	    sizeof(p->entry));
	if (!good_name(p->entry.name))
		return error_set(err, "%s: its name is not made of a-z, 0-9, "
		    "_ and -", path);
	if (p->entry.send == NULL)
		return error_set(err, "%s: it has no send function", path);
	if (p->entry.options == NULL)
		return 0;
	for (const struct notifier_option *o = p->entry.options;
	    o->name != NULL; o++, p->noptions++) {
		if (p->noptions == NOTIFY_OPTIONS_MAX)
			return error_set(err, "%s: it has more than %d "
			    "options: does the list end with { .name = NULL "
			    "}?", path, NOTIFY_OPTIONS_MAX);
		if (check_option(p, o, err) < 0)
			return error_prefix(err, "%s", path);
	}
	return 0;
}

void
plugin_hello(const struct plugin *p, struct arena *a, struct notify_hello *h)
{
	h->version = NOTIFY_VERSION;
	h->abi = p->entry.abi;
	h->plugin = p->entry.name;
	h->summary = p->entry.summary != NULL ? p->entry.summary : "";
	h->noptions = p->noptions;
	h->options = arena_zalloc(a, p->noptions + 1, sizeof(*h->options));
	for (size_t i = 0; i < p->noptions; i++) {
		const struct notifier_option *from = &p->entry.options[i];

		h->options[i].name = from->name;
		h->options[i].type = (enum notify_type)from->type;
		h->options[i].flags = from->flags;
		h->options[i].has_fallback = from->fallback != NULL;
		h->options[i].fallback = from->fallback != NULL ?
		    from->fallback : "";
		h->options[i].help = from->help != NULL ? from->help : "";
	}
}

const struct notifier_option *
plugin_option(const struct plugin *p, const char *name)
{
	for (size_t i = 0; i < p->noptions; i++)
		if (strcmp(p->entry.options[i].name, name) == 0)
			return &p->entry.options[i];
	return NULL;
}
