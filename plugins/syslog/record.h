/*
 * record - an alert as one record: for syslog (RFC 5424) or for the journal
 * (its native protocol, https://systemd.io/JOURNAL_NATIVE_PROTOCOL).
 *
 * Pure: bytes are written to a FILE, which the caller made with
 * open_memstream. Nothing in a record can begin another one.
 */
#ifndef SYSLOG_RECORD_H
#define SYSLOG_RECORD_H

#include <newsalertd/notifier.h>
#include <stddef.h>
#include <stdio.h>

/* Of journal entries that are alerts: journalctl MESSAGE_ID=... */
#define RECORD_MESSAGE_ID "96ea1d0442de46518ac22e707e89b772"

struct record_settings {
	int		 facility;	/* 0 to 23 */
	const char	*app;		/* APP-NAME, SYSLOG_IDENTIFIER */
	const char	*hostname;
	long		 pid;
	int		 bom;		/* a byte order mark before the text */
	size_t		 max;		/* bytes of an RFC 5424 message */
};

/* The number of a facility ("daemon", "local0"), or -1. */
int	record_facility(const char *);
/* 6 (info), 5 (notice) or 4 (warning) for low, normal and high priority. */
int	record_severity(const struct notifier_alert *);
void	record_rfc5424(FILE *, const struct record_settings *,
	    const struct notifier_alert *);
void	record_journal(FILE *, const struct record_settings *,
	    const struct notifier_alert *);

#endif
