/*
 * settings - a group of settings is one table, and the parser, the checker and
 * the manual read that table.
 *
 * settings_read walks the children of a libconfig group against its table and
 * writes the values into a struct: unknown names (with "did you mean"), wrong
 * types, values out of range and missing required ones are collected as
 * "file:line: text", and the defaults of absent ones are filled in. Strings
 * are copied into the reader's arena.
 */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problems.h"

struct config_setting_t;	/* libconfig's, seen by config/ only */

enum setting_type {
	SETTING_STRING,		/* const char * */
	SETTING_NAME,		/* const char *: letters, digits, . _ - */
	SETTING_BOOL,		/* bool */
	SETTING_INT,		/* int64_t */
	SETTING_DURATION,	/* int64_t, milliseconds; "15m" */
	SETTING_SIZE,		/* size_t, bytes; "10M" */
	SETTING_CHOICE,		/* int: index into choices */
	SETTING_STRINGS,	/* const char ** at offset, size_t at count;
				   one string is a list of one */
	SETTING_SECRET,		/* const char *; also as NAME_file */
	SETTING_GROUP,		/* a table of its own, into the same struct */
	SETTING_CUSTOM,		/* read() takes the setting */
};

struct setting_strings {
	const char	**v;
	size_t		  n;
};

struct setting_reader {
	struct arena	*mem;
	struct problems	*problems;
	const char	*file;		/* as shown to the person */
	const char	*folder;	/* where NAME_file is looked up last */
	const char	*where;		/* the last settings_where, of a line */
	unsigned	 line;
};

struct setting {
	const char	 *name;
	enum setting_type type;
	size_t		  offset;
	size_t		  count;	/* offset of a list's length */
	bool		  required;
	const char	 *fallback;	/* as text; NULL = zero */
	int64_t		  min, max;	/* both 0 = any */
	const char *const *choices;	/* NULL-terminated */
	const struct setting *group;	/* ends with .name = NULL */
	void		(*read)(struct setting_reader *, void *target,
			    struct config_setting_t *);
	const char	 *help;
};

/* "file:line" of a setting, in the arena; one text for those of one line. */
const char *settings_where(struct setting_reader *,
	    const struct config_setting_t *);
/* Read a group's children into target, a zeroed struct. */
void	settings_read(struct setting_reader *, const struct setting *table,
	    struct config_setting_t *group, void *target);
/* One string or a list of strings; anything else is a problem. */
int	settings_strings(struct setting_reader *, struct config_setting_t *,
	    struct setting_strings *);
/*
 * The content of a secret's file without its last newline: from systemd's
 * $CREDENTIALS_DIRECTORY, else the folder of the configuration. NULL = told.
 */
const char *settings_secret(struct setting_reader *,
	    struct config_setting_t *, const char *name);

#endif
