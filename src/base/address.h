/*
 * address - which network addresses may be reached.
 *
 * A URL from a feed, or a name that resolves to something new, must not lead
 * us into the operator's own network. Only addresses that the IANA registries
 * of special-purpose addresses (RFC 6890; IPv4 and IPv6, 2024) call globally
 * reachable are allowed, and those that the configuration lists. An IPv4
 * address inside an IPv6 address (mapped, or behind NAT64) counts as the IPv4
 * address it is.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/error.h"

/* An address and how many of its leading bits count. IPv4 is kept mapped. */
struct address_net {
	unsigned char	 bytes[16];
	unsigned	 bits;
};

/* "10.0.0.0/8", "fd00::/8", "127.0.0.1", "[::1]". */
int	 address_parse(const char *, struct address_net *, struct error *);
/* true if it is globally reachable or in one of the n networks. */
bool	 address_allowed(const struct sockaddr *,
	    const struct address_net *, size_t);
/* The same for a numeric address as text; text that is none is refused. */
bool	 address_allowed_text(const char *, const struct address_net *,
	    size_t);

#endif
