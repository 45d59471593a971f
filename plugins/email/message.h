/*
 * message - alerts as one mail (RFC 5322, MIME), in ASCII with CRLF lines.
 *
 * Pure: the same alerts with the same settings make the same head, whenever
 * and wherever; so a mail that is sent twice is recognised by its Message-ID.
 */
#ifndef EMAIL_MESSAGE_H
#define EMAIL_MESSAGE_H

#include <newsalertd/notifier.h>
#include <stddef.h>

#include "header.h"

struct message_settings {
	struct header_address	 from, to;
	const char		*domain;	/* of Message-ID and List-Id */
	const char		*notifier;	/* name of the notifier */
	const char		*id;		/* of this message */
};

/* Allocated with malloc, *len bytes; NULL when memory is out. */
char	*message_make(const struct message_settings *,
	    const struct notifier_alert *const *, size_t, size_t *len);

#endif
