/*
 * notifier_stderr - what a plugin prints on stderr goes to the log, line by
 * line, with its notifier's name.
 */
#ifndef DAEMON_NOTIFIER_STDERR_H
#define DAEMON_NOTIFIER_STDERR_H

struct notifier;

void	notifier_stderr_init(struct notifier *);
/* Read from now on; the descriptor is taken. */
void	notifier_stderr_open(struct notifier *, int fd);
/* Log what is left; harmless when not open. */
void	notifier_stderr_close(struct notifier *);

#endif
