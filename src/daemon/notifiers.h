/*
 * notifiers - one supervised newsalertd-notify per configured notifier: gives
 * each what is due, and stores what became of it.
 */
#ifndef DAEMON_NOTIFIERS_H
#define DAEMON_NOTIFIERS_H

#include <stdbool.h>
#include <stdint.h>

struct daemon;
struct error;
struct notifiers;
struct store_delivery;

struct notifiers *notifiers_new(struct daemon *);
void	notifiers_free(struct notifiers *);	/* only when all have stopped */
/* The notifiers of the daemon's (new) generation: those that changed are
   started anew, those that are gone are stopped. */
void	notifiers_configure(struct notifiers *);
/* A delivery that was committed. Copied. */
void	notifiers_add(struct notifiers *, const struct store_delivery *);
/* Something may be due: look. */
void	notifiers_wake(struct notifiers *);
/* The store is well again: add what is pending in it and not known here. */
void	notifiers_resync(struct notifiers *);
/* A plugin said who its recipients are: what waited for it goes to each. */
void	notifiers_described(struct notifiers *);
/*
 * What became of messages, into the store: put into the transaction that is
 * open (how many, -1 = error), to be followed by stored when that is committed;
 * or settle, in one of its own.
 */
bool	notifiers_unsettled(const struct notifiers *);	/* there is some */
int	notifiers_put(struct notifiers *, struct error *);
void	notifiers_stored(struct notifiers *, int n);
void	notifiers_settle(struct notifiers *);
/* What waits because of failures may go now; NULL: of all notifiers. */
void	notifiers_release(struct notifiers *, const char *name);
/* Send a marked sample; the client hears of it. -1 = no such notifier. */
int	notifiers_test(struct notifiers *, const char *name,
	    unsigned long client);
void	notifiers_stop(struct notifiers *);
bool	notifiers_stopped(const struct notifiers *);
/* A send is under way, or will be at once. */
bool	notifiers_busy(const struct notifiers *);
/* Deliveries that are neither done nor set aside. */
int64_t	notifiers_pending(const struct notifiers *);

#endif
