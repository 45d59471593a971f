/* address: what may be connected to, and how networks are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/address.h"

static struct sockaddr *
make(const char *text)
{
	static struct sockaddr_storage ss;
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
		memcpy(&ss, &in, sizeof(in));
	else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		memcpy(&ss, &in6, sizeof(in6));
	else
		fail_msg("%s", text);
	return (struct sockaddr *)&ss;
}

static void
row_25_only_public_addresses_are_public(void **state)
{
	static const struct { const char *address, *what; } cases[] = {
		{ "93.184.216.34", NULL },
		{ "1.1.1.1", NULL },
		{ "172.15.255.255", NULL },
		{ "172.32.0.0", NULL },
		{ "100.63.255.255", NULL },
		{ "223.255.255.255", NULL },
		{ "2606:4700::1111", NULL },
		{ "2a00:1450:4001::1", NULL },
		{ "64:ff9b::5db8:d822", NULL },		/* NAT64 of 93.184... */
		{ "2002:5db8:d822::1", NULL },		/* 6to4 of the same */
		{ "::ffff:93.184.216.34", NULL },
		{ "0.0.0.0", "unspecified" },
		{ "0.1.2.3", "unspecified" },
		{ "::", "unspecified" },
		{ "127.0.0.1", "loopback" },
		{ "127.255.255.254", "loopback" },
		{ "::1", "loopback" },
		{ "::ffff:127.0.0.1", "loopback" },
		{ "64:ff9b::7f00:1", "loopback" },
		{ "2002:7f00:1::1", "loopback" },
		{ "10.0.0.1", "private" },
		{ "172.16.0.1", "private" },
		{ "172.31.255.255", "private" },
		{ "192.168.1.1", "private" },
		{ "::ffff:10.0.0.1", "private" },
		{ "64:ff9b::a00:1", "private" },
		{ "2002:c0a8:101::1", "private" },
		{ "fc00::1", "private" },
		{ "fdff::1", "private" },
		{ "fec0::1", "private" },
		{ "100.64.0.1", "carrier" },
		{ "100.127.255.255", "carrier" },
		{ "169.254.0.1", "link-local" },
		{ "fe80::1", "link-local" },
		{ "169.254.169.254", "metadata" },
		{ "::ffff:169.254.169.254", "metadata" },
		{ "fd00:ec2::254", "metadata" },
		{ "168.63.129.16", "metadata" },
		{ "224.0.0.1", "multicast" },
		{ "ff02::1", "multicast" },
		{ "255.255.255.255", "reserved" },
		{ "198.18.0.1", "reserved" },
		{ "2001::1", "reserved" },		/* Teredo */
		{ "64:ff9b:1::1", "reserved" },
		{ "::7f00:1", "reserved" },
		{ "100::1", "reserved" },
		{ "2001:db8::1", "documentation" },
		{ "203.0.113.9", "documentation" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = address_private(make(cases[i].address));

		if ((got == NULL) != (cases[i].what == NULL) ||
		    (got != NULL && strstr(got, cases[i].what) == NULL))
			fail_msg("%s: %s", cases[i].address,
			    got ? got : "public");
	}
}

static void
networks_are_read_or_refused(void **state)
{
	static const struct { const char *text; unsigned bits; } good[] = {
		{ "10.0.0.0/8", 104 }, { "127.0.0.1", 128 },
		{ "0.0.0.0/0", 96 }, { "::/0", 0 }, { "::1", 128 }, { "[::1]", 128 }, { "10.1.2.3/8", 104 },
		{ "fd00::/8", 8 }, { "fd12:3456::/33", 33 },
	};
	static const char *const bad[] = { "", "/", "10.0.0.0/33", "10.0.0.0/",
		"10.0.0.0/8x", "10.0.0.0/-8", "10.0.0.0/+8", "10/8", "::/129",
		"localhost", "[::1", "[]", "fe80::1%eth0",
		"10.0.0.0/99999999999999999999",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb/8" };
	struct address_net net;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (address_parse(good[i].text, &net, &err) < 0)
			fail_msg("%s: %s", good[i].text, err.text);
		assert_int_equal(net.bits, good[i].bits);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (address_parse(bad[i], &net, &err) == 0)
			fail_msg("accepted %s", bad[i]);
}

static void
row_25_an_allow_list_opens_just_its_networks(void **state)
{
	struct address_net nets[3];
	struct sockaddr local = { .sa_family = AF_UNIX };

	(void)state;
	assert_int_equal(address_parse("127.0.0.0/9", &nets[0], NULL), 0);
	assert_int_equal(address_parse("10.1.2.3", &nets[1], NULL), 0);
	assert_int_equal(address_parse("fd12::/16", &nets[2], NULL), 0);
	assert_true(address_allowed(make("127.0.0.1"), nets, 3));
	assert_true(address_allowed(make("127.127.0.1"), nets, 3));
	assert_false(address_allowed(make("127.128.0.1"), nets, 3));
	assert_true(address_allowed(make("10.1.2.3"), nets, 3));
	assert_true(address_allowed(make("::ffff:10.1.2.3"), nets, 3));
	assert_false(address_allowed(make("10.1.2.4"), nets, 3));
	assert_true(address_allowed(make("fd12:ffff::1"), nets, 3));
	assert_false(address_allowed(make("fd13::1"), nets, 3));
	assert_true(address_allowed(make("1.1.1.1"), nets, 0));
	assert_false(address_allowed(make("127.0.0.1"), nets, 0));
	assert_false(address_allowed(&local, nets, 3));
	assert_true(address_allowed(make("64:ff9b::7f00:1"), nets, 3));
	assert_false(address_allowed(make("64:ff9b::7f80:1"), nets, 3));
	assert_true(address_allowed_text("10.1.2.3", nets, 3));
	assert_true(address_allowed_text("fd12::1", nets, 3));
	assert_false(address_allowed_text("10.1.2.4", nets, 3));
	assert_false(address_allowed_text("example.org", nets, 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_25_only_public_addresses_are_public),
		cmocka_unit_test(networks_are_read_or_refused),
		cmocka_unit_test(row_25_an_allow_list_opens_just_its_networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
