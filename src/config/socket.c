#include "config/socket.h"

#include <errno.h>
#include <libconfig.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_SOCKET "/run/newsalertd/control.sock"

const char *
config_socket(const char *path, struct arena *mem, struct error *err)
{
	const char *found = NULL, *result = NULL;
	config_t file;
	FILE *f = fopen(path, "re");

	if (f == NULL && errno == EACCES)
		return DEFAULT_SOCKET;	/* the file holds secrets, the path none */
	if (f == NULL) {
		error_errno(err, "cannot read %s", path);
		return NULL;
	}
	config_init(&file);
	if (config_read(&file, f) != CONFIG_TRUE)
		error_set(err, "%s:%d: %s", path, config_error_line(&file),
		    config_error_text(&file));
	else {
		config_lookup_string(&file, "control", &found);
		result = found != NULL ? arena_strdup(mem, found) :
		    DEFAULT_SOCKET;
	}
	config_destroy(&file);
	fclose(f);
	return result;
}
