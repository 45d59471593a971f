#include "config/folder.h"

#include <dirent.h>
#include <errno.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/program.h"
#include "config/encoding.h"

const char *
folder_of(struct arena *mem, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return arena_strndup(mem, path, slash == path ? 1 :
	    (size_t)(slash - path));
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
folder_list(struct arena *mem, const char *folder, struct folder_files *out,
    struct problems *p)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	size_t cap = 0;
	const char **paths = NULL;

	out->paths = NULL;
	out->n = 0;
	if (dir == NULL) {
		if (errno != ENOENT)
			problems_error(p, folder, "cannot read the folder: %s",
			    strerror(errno));
		return;
	}
	while ((e = readdir(dir)) != NULL) {
		size_t len = strlen(e->d_name);

		/* Editors leave .x.conf.swp, x.conf~ and .#x.conf behind. */
		if (len < 6 || strcmp(e->d_name + len - 5, ".conf") != 0 ||
		    e->d_name[0] == '.')
			continue;
		paths = mem_grow(paths, out->n, &cap, sizeof(*paths));
		paths[out->n++] = arena_printf(mem, "%s/%s", folder,
		    e->d_name);
	}
	closedir(dir);
	if (out->n > 0) {
		qsort(paths, out->n, sizeof(*paths), by_name);
		out->paths = arena_alloc(mem, out->n * sizeof(*paths));
		memcpy(out->paths, paths, out->n * sizeof(*paths));
	}
	free(paths);
}

const char *
folder_vocabulary(struct arena *mem, const char *folder)
{
	const char *beside = arena_printf(mem, "%s/vocabulary.d", folder);

	if (access(beside, R_OK) == 0)
		return beside;
	return arena_printf(mem, "%s/vocabulary.d", program_sysconf());
}

int
folder_parse(const char *path, config_t *file, struct problems *p)
{
	struct arena mem;
	const char *where;

	/* libconfig does not say that a file cannot be opened, or is a folder. */
	if (access(path, R_OK) < 0) {
		problems_error(p, path, "cannot read it: %s", strerror(errno));
		return -1;
	}
	if (config_read_file(file, path) == CONFIG_TRUE)
		return encoding_check(file, path, p);
	arena_init(&mem);
	where = path;
	if (config_error_line(file) > 0)
		where = arena_printf(&mem, "%s:%d", path,
		    config_error_line(file));
	problems_error(p, where, "%s", config_error_text(file) != NULL ?
	    config_error_text(file) : "cannot be parsed");
	arena_free(&mem);
	return -1;
}
