/*
 * child - one run of the program: its environment, its stdin, its end.
 *
 * It runs in a process group of its own, which is killed as a whole when the
 * time is up; so nothing that it started outlives the delivery unless it left
 * the group on purpose.
 */
#ifndef EXEC_CHILD_H
#define EXEC_CHILD_H

#include <newsalertd/notifier.h>
#include <stddef.h>

/* The exit status; -1 with a sentence in host->error() when there is none: it
   could not be run, was killed by a signal or took too long. */
int	child_run(struct notifier_host *, const struct notifier_alert *const *,
	    size_t n, const char *input, size_t len);

/* The environment for the program: an array to be freed with free(), the
   strings, too. NULL when memory is out. Begins anew: of our own environment
   only PATH, HOME, LANG, TZ and what begins with LC_ is passed on. */
char	**child_environment(struct notifier_host *,
	    const struct notifier_alert *, size_t n);
void	 child_environment_free(char **);

#endif
