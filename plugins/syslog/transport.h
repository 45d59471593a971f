/*
 * transport - a socket to a log: kept open, opened again when it broke.
 *
 *	unix:PATH	a datagram socket, or a stream (then newline framing)
 *	udp:HOST:PORT
 *	tcp:HOST:PORT	octet counting (RFC 6587, 3.4.1)
 *	journal[:PATH]	datagrams in the journal's own protocol
 *
 * Syslog has no acknowledgement. A TCP record counts as sent when the other
 * machine's kernel confirmed it; a UDP record when it left.
 */
#ifndef SYSLOG_TRANSPORT_H
#define SYSLOG_TRANSPORT_H

#include <newsalertd/notifier.h>
#include <stddef.h>

enum transport_kind {
	TRANSPORT_UNIX, TRANSPORT_UDP, TRANSPORT_TCP, TRANSPORT_JOURNAL
};

struct transport {
	enum transport_kind	 kind;
	char			 path[108];	/* unix, journal */
	char			 host[256], port[32];
	int			 fd;		/* -1 = not connected */
	int			 stream;	/* records need framing */
};

/* 0, or -1 when the target is none of the above. */
int	transport_parse(struct transport *, const char *target);
/* 0, or -1 with a sentence in host->error(). */
int	transport_send(struct transport *, struct notifier_host *,
	    const char *record, size_t len);
void	transport_close(struct transport *);

#endif
