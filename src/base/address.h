/*
 * address - which internet addresses may be connected to.
 *
 * A feed, or whoever answers for its name in the DNS, must not be able to make
 * us talk to our own machine, our network or the cloud's metadata service.
 * Everything that is not plainly a public unicast address by the IANA special
 * purpose registries (RFC 6890 and its successors) counts as private. Forms of
 * IPv6 that carry an IPv4 address (mapped, NAT64, 6to4) are judged by what they
 * carry.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/error.h"

/* A network; IPv4 is held in its mapped form ::ffff:a.b.c.d. */
struct address_net {
	unsigned char	bytes[16];
	unsigned	bits;
};

/* "10.0.0.0/8", "fd00::/8", "127.0.0.1", "::1" or "[::1]". */
int	address_parse(const char *, struct address_net *, struct error *);

/* What keeps the address from being public ("a loopback address"), or NULL. */
const char *address_private(const struct sockaddr *);
/* Public, or within one of the n networks. */
bool	address_allowed(const struct sockaddr *, const struct address_net *,
	    size_t n);
/* The same for a numeric address as text; text that is none is refused. */
bool	address_allowed_text(const char *, const struct address_net *,
	    size_t n);
/* "192.0.2.1", "2001:db8::1", or "?"; returns the buffer. */
#define ADDRESS_TEXT 64
char	*address_text(const struct sockaddr *, char *, size_t);

#endif
