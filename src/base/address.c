#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
/* RFC 6052: the well-known NAT64 prefix; RFC 3056: 6to4. */
static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
static const unsigned char six_to_four[2] = { 0x20, 0x02 };

struct special {
	const char	*net;		/* as text: read once per look */
	unsigned	 bits;
	const char	*what;
};

/* First match wins. */
static const struct special specials4[] = {
	{ "169.254.169.254", 32, "a cloud metadata address" },
	{ "168.63.129.16", 32, "a cloud metadata address" },
	{ "100.100.100.200", 32, "a cloud metadata address" },
	{ "0.0.0.0", 8, "an unspecified address" },
	{ "10.0.0.0", 8, "a private address" },
	{ "100.64.0.0", 10, "a carrier-grade NAT address" },
	{ "127.0.0.0", 8, "a loopback address" },
	{ "169.254.0.0", 16, "a link-local address" },
	{ "172.16.0.0", 12, "a private address" },
	{ "192.0.0.0", 24, "a reserved address" },
	{ "192.0.2.0", 24, "a documentation address" },
	{ "192.88.99.0", 24, "a reserved address" },
	{ "192.168.0.0", 16, "a private address" },
	{ "198.18.0.0", 15, "a reserved address" },
	{ "198.51.100.0", 24, "a documentation address" },
	{ "203.0.113.0", 24, "a documentation address" },
	{ "224.0.0.0", 4, "a multicast address" },
	{ "240.0.0.0", 4, "a reserved address" },
};

static const struct special specials6[] = {
	{ "fd00:ec2::254", 128, "a cloud metadata address" },
	{ "::", 128, "an unspecified address" },
	{ "::1", 128, "a loopback address" },
	{ "fc00::", 7, "a private address" },
	{ "fe80::", 10, "a link-local address" },
	{ "fec0::", 10, "a private address" },
	{ "ff00::", 8, "a multicast address" },
	{ "2001:db8::", 32, "a documentation address" },
	{ "3fff::", 20, "a documentation address" },
	{ "2001::", 23, "a reserved address" },	/* Teredo among others */
};

static bool
same_bits(const unsigned char *a, const unsigned char *b, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;
	unsigned char mask = (unsigned char)(0xff00 >> rest);

	return memcmp(a, b, whole) == 0 &&
	    (rest == 0 || ((a[whole] ^ b[whole]) & mask) == 0);
}

/* The sixteen bytes of an address, IPv4 mapped. */
static bool
bytes_of(const struct sockaddr *sa, unsigned char out[16])
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		memcpy(out, mapped, sizeof(mapped));
		memcpy(out + 12, &in.sin_addr, 4);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		memcpy(out, &in6.sin6_addr, 16);
		return true;
	}
	return false;
}

static const char *
look_up(const struct special *table, size_t n, int family,
    const unsigned char *address)
{
	unsigned char net[16];

	for (size_t i = 0; i < n; i++)
		if (inet_pton(family, table[i].net, net) == 1 &&
		    same_bits(address, net, table[i].bits))
			return table[i].what;
	return NULL;
}

static const char *
private4(const unsigned char *four)
{
	return look_up(specials4, sizeof(specials4) / sizeof(specials4[0]),
	    AF_INET, four);
}

static const char *
private6(const unsigned char *b)
{
	const char *what;

	if (memcmp(b, mapped, sizeof(mapped)) == 0 ||
	    memcmp(b, nat64, sizeof(nat64)) == 0)
		return private4(b + 12);
	if (memcmp(b, six_to_four, sizeof(six_to_four)) == 0)
		return private4(b + 2);
	what = look_up(specials6, sizeof(specials6) / sizeof(specials6[0]),
	    AF_INET6, b);
	if (what == NULL && (b[0] & 0xe0) != 0x20)
		what = "a reserved address";	/* only 2000::/3 is in use */
	return what;
}

const char *
address_private(const struct sockaddr *sa)
{
	unsigned char b[16];

	return bytes_of(sa, b) ? private6(b) : "not an internet address";
}

static bool
allowed(const unsigned char bytes[16], const struct address_net *nets,
    size_t n)
{
	unsigned char carried[16];

	if (private6(bytes) == NULL)
		return true;
	for (size_t i = 0; i < n; i++)
		if (same_bits(bytes, nets[i].bytes, nets[i].bits))
			return true;
	/* A listed IPv4 network may also be reached through NAT64. */
	if (memcmp(bytes, nat64, sizeof(nat64)) != 0)
		return false;
	memcpy(carried, mapped, sizeof(mapped));
	memcpy(carried + 12, bytes + 12, 4);
	return allowed(carried, nets, n);
}

bool
address_allowed(const struct sockaddr *sa, const struct address_net *nets,
    size_t n)
{
	unsigned char b[16];

	return bytes_of(sa, b) && allowed(b, nets, n);
}

/* 4 or 6, or 0 if the text is no address. */
static int
read_numeric(const char *text, unsigned char out[16])
{
	if (inet_pton(AF_INET, text, out + 12) == 1) {
		memcpy(out, mapped, sizeof(mapped));
		return 4;
	}
	return inet_pton(AF_INET6, text, out) == 1 ? 6 : 0;
}

bool
address_allowed_text(const char *text, const struct address_net *nets,
    size_t n)
{
	unsigned char b[16];

	return read_numeric(text, b) != 0 && allowed(b, nets, n);
}

/* Digits only, no sign, at most max. */
static bool
read_bits(const char *text, unsigned max, unsigned *out)
{
	char *end;
	unsigned long v;

	if (*text < '0' || *text > '9')
		return false;
	v = strtoul(text, &end, 10);
	*out = (unsigned)v;
	return *end == '\0' && v <= max;
}

int
address_parse(const char *text, struct address_net *net, struct error *err)
{
	const char *slash = strchr(text, '/'), *from = text;
	size_t len = slash != NULL ? (size_t)(slash - text) : strlen(text);
	char host[INET6_ADDRSTRLEN];
	unsigned max;
	int family;

	if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
		from++;
		len -= 2;
	}
	if (len >= sizeof(host))
		goto bad;
	memcpy(host, from, len);
	host[len] = '\0';
	if ((family = read_numeric(host, net->bytes)) == 0)
		goto bad;
	max = family == 4 ? 32 : 128;
	net->bits = max;
	if (slash != NULL && !read_bits(slash + 1, max, &net->bits))
		return error_set(err, "\"%s\": after the / stands a number "
		    "from 0 to %u", text, max);
	if (family == 4)
		net->bits += 96;
	return 0;
bad:
	return error_set(err, "\"%s\" is not a network: write it like "
	    "10.0.0.0/8 or fd00::/8", text);
}

char *
address_text(const struct sockaddr *sa, char *out, size_t size)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	const char *text = NULL;

	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		text = inet_ntop(AF_INET, &in.sin_addr, out, (socklen_t)size);
	} else if (sa->sa_family == AF_INET6) {
		memcpy(&in6, sa, sizeof(in6));
		text = inet_ntop(AF_INET6, &in6.sin6_addr, out,
		    (socklen_t)size);
	}
	if (text == NULL)
		snprintf(out, size, "?");
	return out;
}
