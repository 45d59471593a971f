/*
 * trial - rules that are tried on articles without a daemon: from the
 * configuration or from the command line.
 */
#ifndef CTL_TRIAL_H
#define CTL_TRIAL_H

#include "base/problems.h"
#include "config/config.h"
#include "ctl/command.h"

struct trial {
	struct config		*config;	/* NULL with rules of --when */
	struct vocabulary	*vocabulary;	/* owned only without config */
	struct ruleset		*own;		/* owned, or NULL */
	const struct ruleset	*rules;
	const char		**names;
	bool			*wanted;	/* by rule */
	size_t			 n;
};

struct trial_choice {
	struct option_list	 names;		/* --rule; none = all */
	struct option_list	 texts;		/* --when */
	bool			 any_feed;	/* rules for some feeds see all */
};

/*
 * Load what is chosen. 0, or -1: problems has what is wrong (or a sentence was
 * written, when a name is unknown). trial_close frees it either way.
 */
int	trial_open(struct trial *, struct ctl *, const struct trial_choice *,
	    struct problems *);
void	trial_close(struct trial *);
/* The tags of a feed of the configuration. */
void	trial_tags(const struct trial *, const char *feed,
	    struct match_context *);

/* All problems on stderr, each on its line. */
void	trial_problems(const struct problems *);

#endif
