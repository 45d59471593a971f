/*
 * journal - the daemon's log lines with their fields, when journald listens:
 *	journalctl -u newsalertd FEED=trade-wire
 *
 * Fields: FEED, RULE, NOTIFIER, ALERT. On a terminal, or when the journal does
 * not take a line, lines go to stderr as before.
 */
#ifndef DAEMON_JOURNAL_H
#define DAEMON_JOURNAL_H

/* To the journal, if our stderr is one of its streams. */
void	journal_open(void);

#endif
