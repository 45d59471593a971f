#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#define MAPPED	96		/* bits before the IPv4 address */

/* What is not globally reachable; from the two IANA registries. */
static const char *const special[] = {
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
	"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96",		/* unspecified, loopback, IPv4-compatible */
	"64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
	"2002::/16",		/* 6to4: leads to any IPv4 address */
	"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
	"ff00::/8",
};

static const unsigned char mapped_prefix[12] = { [10] = 0xff, [11] = 0xff };
static const unsigned char nat64_prefix[12] = { 0, 0x64, 0xff, 0x9b };

static void
from_v4(unsigned char bytes[16], const void *v4)
{
	memcpy(bytes, mapped_prefix, sizeof(mapped_prefix));
	memcpy(bytes + 12, v4, 4);
}

static int
numeric(const char *s, unsigned char bytes[16], bool *v4)
{
	struct in_addr four;

	*v4 = inet_pton(AF_INET, s, &four) == 1;
	if (*v4)
		from_v4(bytes, &four);
	else if (inet_pton(AF_INET6, s, bytes) != 1)
		return -1;
	return 0;
}

int
address_parse(const char *s, struct address_net *net, struct error *err)
{
	char host[INET6_ADDRSTRLEN + 1], *end;
	const char *slash = strchr(s, '/');
	size_t len = slash != NULL ? (size_t)(slash - s) : strlen(s);
	const char *from = s;
	unsigned long bits;
	bool v4;

	if (len > 2 && s[0] == '[' && s[len - 1] == ']') {
		from++;
		len -= 2;
	}
	if (len >= sizeof(host))
		return error_set(err, "\"%s\" is not a network", s);
	memcpy(host, from, len);
	host[len] = '\0';
	if (numeric(host, net->bytes, &v4) < 0)
		return error_set(err, "\"%s\" is not a network: write it like "
		    "10.0.0.0/8 or fd00::/8", s);
	net->bits = 128;
	if (slash == NULL)
		return 0;
	bits = strtoul(slash + 1, &end, 10);
	if (slash[1] < '0' || slash[1] > '9' || *end != '\0' ||
	    bits > (v4 ? 32 : 128))
		return error_set(err, "\"%s\": after the / stands a number "
		    "from 0 to %d", s, v4 ? 32 : 128);
	net->bits = (unsigned)bits + (v4 ? MAPPED : 0);
	return 0;
}

static bool
inside(const unsigned char a[16], const struct address_net *net)
{
	unsigned whole = net->bits / 8, rest = net->bits % 8;
	unsigned char mask = (unsigned char)(0xff << (8 - rest));

	if (memcmp(a, net->bytes, whole) != 0)
		return false;
	return rest == 0 || ((a[whole] ^ net->bytes[whole]) & mask) == 0;
}

static bool
allowed(const unsigned char a[16], const struct address_net *nets, size_t n)
{
	unsigned char plain[16];
	struct address_net net;

	for (size_t i = 0; i < n; i++)
		if (inside(a, &nets[i]))
			return true;
	if (memcmp(a, nat64_prefix, sizeof(nat64_prefix)) == 0) {
		from_v4(plain, a + 12);
		return allowed(plain, nets, n);
	}
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (address_parse(special[i], &net, NULL) == 0 &&
		    inside(a, &net))
			return false;
	return true;
}

bool
address_allowed(const struct sockaddr *sa, const struct address_net *nets,
    size_t n)
{
	unsigned char bytes[16];
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (sa->sa_family == AF_INET) {
		memcpy(&four, sa, sizeof(four));
		from_v4(bytes, &four.sin_addr);
	} else if (sa->sa_family == AF_INET6) {
		memcpy(&six, sa, sizeof(six));
		memcpy(bytes, &six.sin6_addr, sizeof(bytes));
	} else
		return false;
	return allowed(bytes, nets, n);
}

bool
address_allowed_text(const char *s, const struct address_net *nets, size_t n)
{
	unsigned char bytes[16];
	bool v4;

	return numeric(s, bytes, &v4) == 0 && allowed(bytes, nets, n);
}
