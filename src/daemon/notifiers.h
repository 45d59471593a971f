/*
 * notifiers - one supervised newsalertd-notify per configured notifier: gives
 * each what is due, and stores what became of it.
 */
#ifndef DAEMON_NOTIFIERS_H
#define DAEMON_NOTIFIERS_H

#include <stdbool.h>
#include <stddef.h>

struct daemon;
struct notifiers;

struct notifiers *notifiers_new(struct daemon *);
void	notifiers_free(struct notifiers *);	/* only when all have stopped */
/* The notifiers of the daemon's (new) generation: those that changed are
   started anew, those that are gone are stopped. */
void	notifiers_configure(struct notifiers *);
/* Something may be due: look. */
void	notifiers_wake(struct notifiers *);
void	notifiers_stop(struct notifiers *);
bool	notifiers_stopped(const struct notifiers *);
bool	notifiers_busy(const struct notifiers *);	/* a send is under way */

#endif
