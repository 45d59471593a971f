/* twins: who has a key in common, however keys come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "poll/twins.h"

#define NUMBERS 1000

static void
check(const struct twins *t, const uint64_t *keys, uint64_t key)
{
	bool seen[NUMBERS] = { false };

	for (uint32_t i = twins_first(t, key); i != TWINS_END;
	    i = twins_after(t, i)) {
		assert_false(seen[i]);
		assert_true(keys[i] == key);
		seen[i] = true;
	}
	for (uint32_t i = 0; i < NUMBERS; i++)
		assert_true(key == 0 || seen[i] == (keys[i] == key));
}

static void
they_agree_with_a_plain_list(void **state)
{
	uint64_t keys[NUMBERS] = { 0 };
	struct twins t;

	(void)state;
	twins_init(&t);
	assert_int_equal(twins_first(&t, 7), TWINS_END);
	for (uint32_t step = 0; step < 20000; step++) {
		uint64_t h = hash_bytes(&step, sizeof(step));
		uint32_t number = (uint32_t)(h % NUMBERS);
		/* Keys of one bucket, many of them shared, and none. */
		uint64_t key = (h >> 32) % 40 * (step % 3 == 0 ? 4096 : 1);

		keys[number] = key;
		twins_set(&t, number, key);
		if (step % 100 == 0)
			for (uint64_t k = 0; k < 40; k++) {
				check(&t, keys, k);
				check(&t, keys, k * 4096);
			}
	}
	assert_int_equal(twins_first(&t, 0), TWINS_END);
	twins_clear(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_agree_with_a_plain_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
