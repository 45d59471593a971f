#include "config/access.h"

#include <libconfig.h>
#include <stdio.h>
#include <string.h>

#include "build.h"

static const char *
text(const config_t *file, const char *path, struct arena *mem)
{
	const char *found = "";

	config_lookup_string(file, path, &found);
	return arena_strdup(mem, found);
}

const char *
config_user_agent(const char *contact, struct arena *mem)
{
	return contact[0] == '\0' ? "newsalertd/" BUILD_VERSION :
	    arena_printf(mem, "newsalertd/" BUILD_VERSION " (+%s)", contact);
}

void
config_access_allow(struct config_access *a, const char *network)
{
	if (a->nallow < CONFIG_ALLOW_MAX)
		a->allow[a->nallow++] = network;
}

/* A list of strings, or one alone, as everywhere in the configuration. */
static void
read_allow(const config_t *file, struct arena *mem, struct config_access *a)
{
	const config_setting_t *s = config_lookup(file, "network.allow");
	const char *one;

	if (s == NULL)
		return;
	if ((one = config_setting_get_string(s)) != NULL)
		config_access_allow(a, arena_strdup(mem, one));
	for (int i = 0; i < config_setting_length(s); i++)
		if ((one = config_setting_get_string_elem(s, i)) != NULL)
			config_access_allow(a, arena_strdup(mem, one));
}

void
config_access_read(const char *path, struct arena *mem,
    struct config_access *a)
{
	config_t file;
	FILE *f = fopen(path, "re");

	memset(a, 0, sizeof(*a));
	a->proxy = a->contact = "";
	if (f == NULL)
		return;
	config_init(&file);
	if (config_read(&file, f) == CONFIG_TRUE) {
		a->proxy = text(&file, "network.proxy", mem);
		a->contact = text(&file, "contact", mem);
		read_allow(&file, mem, a);
	}
	config_destroy(&file);
	fclose(f);
}
