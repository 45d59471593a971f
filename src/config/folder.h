/*
 * folder - the files of a configuration: one main file and the folders beside
 * it, read in name order (libconfig 1.5 has no include_dir).
 */
#ifndef CONFIG_FOLDER_H
#define CONFIG_FOLDER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/problems.h"

struct config_t;	/* libconfig's, seen by config/ only */

struct folder_files {
	const char	**paths;	/* sorted; names ending in .conf only */
	size_t		  n;
};

/* The folder of a path: "/etc/newsalertd", or "." */
const char *folder_of(struct arena *, const char *path);
/* All *.conf of a folder; a missing folder has none and is no problem. */
void	folder_list(struct arena *, const char *folder, struct folder_files *,
	    struct problems *);
/* vocabulary.d beside the configuration, else the shipped one. */
const char *folder_vocabulary(struct arena *, const char *folder);
/* Parse one file; syntax errors, and texts that are not
   UTF-8, go to problems with their line. 0 or -1. */
int	folder_parse(const char *path, struct config_t *, struct problems *);

#endif
