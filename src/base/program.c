#include "base/program.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "build.h"

#define LEVELS 4	/* build/unit/test_x stands three below the root */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char *source, *libexec, *plugins, *sysconf_folder;

/* The tree is recognised by a file that no installation has. */
static int
is_source(const char *folder)
{
	char *probe = mem_printf("%s/src/base/program.h", folder);
	int found = access(probe, R_OK) == 0;

	free(probe);
	return found;
}

static void
find(void)
{
	char path[4096], *slash;
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n < 0)
		n = 0;
	path[n] = '\0';
	if ((slash = strrchr(path, '/')) != NULL) {
		*slash = '\0';
		libexec = mem_strdup(path);
	}
	for (int i = 0; i < LEVELS && slash != NULL && source == NULL; i++) {
		if (is_source(path))
			source = mem_strdup(path);
		else if ((slash = strrchr(path, '/')) != NULL)
			*slash = '\0';
	}
	if (source != NULL) {
		plugins = mem_printf("%s/notifiers", libexec);
		sysconf_folder = mem_printf("%s/etc/newsalertd", source);
		return;
	}
	free(libexec);
	libexec = mem_strdup(BUILD_LIBEXEC);
	plugins = mem_strdup(BUILD_PLUGINS);
	sysconf_folder = mem_strdup(BUILD_SYSCONF);
}

const char *
program_source(void)
{
	pthread_once(&once, find);
	return source;
}

const char *
program_libexec(void)
{
	pthread_once(&once, find);
	return libexec;
}

const char *
program_plugins(void)
{
	pthread_once(&once, find);
	return plugins;
}

const char *
program_sysconf(void)
{
	pthread_once(&once, find);
	return sysconf_folder;
}
