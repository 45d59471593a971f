/* base: buffers, wire, frames, durations, hashes, problems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/fdio.h"
#include "base/frame.h"
#include "base/hash.h"
#include "base/problems.h"
#include "base/wire.h"

static void
buf_refuses_more_than_its_maximum(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10);
	assert_int_equal(buf_adds(&b, "12345"), 0);
	assert_int_equal(buf_adds(&b, "123456"), -1);
	assert_true(b.full);
	assert_string_equal(b.data, "12345");
	assert_int_equal(buf_adds(&b, ""), -1);
	buf_clear(&b);
}

static void
arena_keeps_what_was_committed(void **state)
{
	struct arena mem;
	char *first, *second, *third;

	(void)state;
	arena_init(&mem);
	first = arena_strdup(&mem, "first");
	second = arena_reserve(&mem, 40000);	/* more than a chunk has left */
	memset(second, 'x', 40000);
	memcpy(second, "second", 7);
	arena_commit(&mem, 7);
	third = arena_strdup(&mem, "third");
	assert_ptr_equal(third, second + 16);	/* the rest was given back */
	assert_string_equal(first, "first");
	assert_string_equal(second, "second");
	arena_free(&mem);
}

static void
wire_reads_back_what_was_written(void **state)
{
	const char *list[] = { "a", "", "ü" };
	struct arena mem;
	struct buf b;
	struct wire w;
	size_t n;
	const char **got;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 4096);
	wire_put_u8(&b, 7);
	wire_put_i64(&b, INT64_MIN);
	wire_put_double(&b, -8.32);
	wire_put_str(&b, NULL);
	wire_put_strs(&b, list, 3);
	wire_init(&w, b.data, b.len);
	assert_int_equal(wire_get_u8(&w), 7);
	assert_true(wire_get_i64(&w) == INT64_MIN);
	assert_true(wire_get_double(&w) == -8.32);
	assert_string_equal(wire_get_str(&w, &mem), "");
	got = wire_get_strs(&w, &mem, &n, 3);
	assert_int_equal(n, 3);
	assert_string_equal(got[2], "ü");
	assert_true(wire_done(&w));
	/* Every cut of the message is bad, none reads past its end. */
	for (size_t len = 0; len < b.len; len++) {
		char *copy = malloc(len ? len : 1);

		memcpy(copy, b.data, len);
		wire_init(&w, copy, len);
		wire_get_u8(&w);
		wire_get_i64(&w);
		wire_get_double(&w);
		wire_get_str(&w, &mem);
		wire_get_strs(&w, &mem, &n, 3);
		assert_false(wire_done(&w));
		free(copy);
	}
	buf_clear(&b);
	arena_free(&mem);
}

static void
frames_cross_a_socket_and_long_ones_are_a_breach(void **state)
{
	struct frame_link a, z;
	struct frame f;
	struct error err;
	int fds[2];

	(void)state;
	assert_int_equal(fdio_pair(fds, &err), 0);
	frame_link_init(&a, fds[0], 1000);
	frame_link_init(&z, fds[1], 100);
	assert_int_equal(frame_put(&a, 1, "hello", 5), 0);
	assert_int_equal(frame_put(&a, 2, "", 0), 0);
	assert_int_equal(frame_flush(&a, &err), 1);
	assert_int_equal(frame_wait(&z, &f, &err), 1);
	assert_int_equal(f.type, 1);
	assert_memory_equal(f.body, "hello", 5);
	assert_int_equal(frame_wait(&z, &f, &err), 1);
	assert_int_equal(f.len, 0);
	assert_int_equal(frame_put(&a, 3, (char[101]){ 0 }, 101), 0);
	assert_int_equal(frame_flush(&a, &err), 1);
	assert_int_equal(frame_wait(&z, &f, &err), -1);
	buf_add(frame_begin(&a, 4), (char[1001]){ 0 }, 1001);
	assert_int_equal(frame_end(&a, &err), -1);
	assert_int_equal(frame_pending(&a), 0);
	close(fds[0]);
	assert_int_equal(frame_fill(&z, &err), -2);
	close(fds[1]);
	frame_link_clear(&a);
	frame_link_clear(&z);
}

static void
durations_need_a_unit(void **state)
{
	static const struct { const char *text; int64_t ms; } good[] = {
		{ "15m", 900000 }, { "2h 30m", 9000000 }, { "30d", 2592000000 },
		{ "500 ms", 500 }, { "0s", 0 }, { "1week", 604800000 } };
	static const char *const bad[] = { "15", "", "m", "-5m", "5x", "5m x",
		"99999999999999d" };
	struct error err;
	int64_t ms;
	size_t bytes;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(duration_parse(good[i].text, &ms, &err), 0);
		assert_true(ms == good[i].ms);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(duration_parse(bad[i], &ms, &err), -1);
	assert_int_equal(size_parse("10M", &bytes, &err), 0);
	assert_int_equal(bytes, 10 << 20);
}

static void
stable_names_never_change(void **state)
{
	char id[HASH_ID_SIZE], other[HASH_ID_SIZE];

	(void)state;
	/* Computed with Python's hashlib and base64, independently. */
	hash_id((const char *[]){ "instance", "rule" }, 2, id);
	assert_string_equal(id, "mllszxfg65tsiod5pfndlisl7q");
	hash_id((const char *[]){ "instancer", "ule" }, 2, other);
	assert_string_not_equal(id, other);
}

static void
a_misspelling_finds_its_word(void **state)
{
	static const char *const words[] = { "title", "notify", "enabled" };
	struct problems p;

	(void)state;
	assert_string_equal(problems_nearest("titel", words, 3), "title");
	assert_string_equal(problems_nearest("notfy", words, 3), "notify");
	assert_null(problems_nearest("zebra", words, 3));
	problems_init(&p);
	problems_warning(&p, "a:1", "w");
	problems_error(&p, "a:2", "unknown setting '%s'", "titel");
	assert_int_equal(p.errors, 1);
	assert_string_equal(p.list[1].text, "unknown setting 'titel'");
	problems_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_refuses_more_than_its_maximum),
		cmocka_unit_test(arena_keeps_what_was_committed),
		cmocka_unit_test(wire_reads_back_what_was_written),
		cmocka_unit_test(frames_cross_a_socket_and_long_ones_are_a_breach),
		cmocka_unit_test(durations_need_a_unit),
		cmocka_unit_test(stable_names_never_change),
		cmocka_unit_test(a_misspelling_finds_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
