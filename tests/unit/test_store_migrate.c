/* store: databases of older programs, newer ones, and not of ours at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "faulty_vfs.h"
#include "slow.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"

#define T0 ((int64_t)1700000000)
#define OLD_VERSIONS 3

static char folder[64], path[96];

static void
clean(void)
{
	static const char *const ends[] = { "", "-wal", "-journal", "-shm" };
	char name[128];

	for (int i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

/* A fresh database of that SQL, as the file of the store. */
static void
make(const char *sql)
{
	sqlite3 *db;
	char *why;

	clean();
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	sqlite3_close(db);
}

/* A database of that version. */
static void
make_old(int version)
{
	char name[64];
	struct buf b;
	struct error err;

	buf_init(&b, 1 << 20);
	snprintf(name, sizeof(name), "tests/data/store-%d.sql", version);
	if (fdio_read_file(name, &b, &err) < 0)
		fail_msg("%s", err.text);
	make(b.data);
	buf_clear(&b);
}

/* The polls from before come after the one that was just made. */
static void
check_history(struct store *s, int version)
{
	static const int64_t before[] = { T0, T0 - 900, T0 - 1800, T0 - 2700 };
	struct store_poll *polls;
	struct arena mem;
	size_t n;

	arena_init(&mem);
	assert_int_equal(store_poll_list(s, 1, &mem, &polls, &n, NULL), 0);
	assert_int_equal(n, version == 1 ? 1 : 5);
	assert_int_equal(polls[0].at, T0 + 900);
	assert_string_equal(polls[0].outcome, "ok");
	assert_int_equal(polls[0].fresh, 1);
	for (size_t i = 1; i < n; i++)
		assert_int_equal(polls[i].at, before[i - 1]);
	if (n > 1) {
		assert_string_equal(polls[1].outcome, "not-modified");
		assert_int_equal(polls[4].status, 503);
		assert_non_null(strstr(polls[4].error, "unavailable"));
	}
	arena_free(&mem);
}

/* All that was in it is there, and what came later works on it. */
static void
check_old(struct store *s, int version)
{
	struct store_silence *silences;
	struct store_alert_row alert;
	enum store_entry_state entry;
	struct store_delivery d;
	struct store_parcel p;
	struct store_feed f;
	struct store_poll poll = { .at = T0 + 900, .outcome = "ok", .fresh = 1 };
	struct arena mem;
	size_t n;

	arena_init(&mem);
	assert_string_equal(store_instance(s),
	    "3f2c1b1e-7d6a-4c0e-9b4a-0123456789ab");
	assert_int_equal(store_feed_get(s, "wire", &mem, &f, NULL), 1);
	assert_string_equal(f.etag, "\"e1\"");
	assert_int_equal(f.polls, 12);
	assert_int_equal(f.this_week, version == 1 ? 0 : 3);
	assert_int_equal(store_feed_polled(s, &f, &poll, NULL), 0);
	check_history(s, version);
	assert_int_equal(store_entry_check(s, 1, 102, 8, T0, &entry, NULL), 0);
	assert_int_equal(entry, STORE_ENTRY_KNOWN);
	assert_int_equal(store_alert_get(s, 1, &mem, &alert, NULL), 1);
	assert_int_equal(alert.alert.fate, STORE_ROUTED);
	assert_int_equal(alert.alert.duplicate_of, 0);
	assert_string_equal(alert.title, "NVIDIA shares fell 12%");
	/* It was being sent when the old program ended. */
	assert_int_equal(store_delivery_load(s, 1, &mem, &p, NULL), 1);
	assert_int_equal(p.delivery.state, STORE_PENDING);
	assert_string_equal(p.delivery.reason, "421 later");
	assert_string_equal(p.article.article.author, "A. Writer");
	assert_int_equal(store_delivery_get(s, "bbbbbbbbbbbbbbbbbbbbbbbbbb",
	    &mem, &d, NULL), 1);
	assert_int_equal(d.state, STORE_DONE);
	assert_int_equal(store_silence_put(s, "chips", T0 + 60, T0, NULL), 0);
	assert_int_equal(store_silence_list(s, T0, &mem, &silences, &n, NULL),
	    0);
	assert_int_equal(n, 1);
	arena_free(&mem);
}

static void
an_old_database_is_brought_up(void **state)
{
	struct store *s;
	struct error err;

	(void)state;
	for (int version = 1; version <= OLD_VERSIONS; version++) {
		make_old(version);
		if (store_open(folder, &s, &err) < 0)
			fail_msg("%s", err.text);
		check_old(s, version);
		store_close(s);
		if (store_open(folder, &s, &err) < 0)
			fail_msg("%s", err.text);
		check_history(s, version);
		store_close(s);
	}
}

static void
cut_upgrades(int version, enum faulty_mode mode, int step, int *cuts)
{
	struct store *s;
	struct error err;
	int status;

	for (long n = 1;; n += step) {
		pid_t pid;

		make_old(version);
		if ((pid = fork()) == 0) {
			faulty.mode = mode;
			faulty.at = n;
			faulty.seed = (unsigned)n;
			faulty_vfs_install();
			if (store_open(folder, &s, &err) < 0)
				_exit(1);
			store_close(s);
			_exit(0);
		}
		waitpid(pid, &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			break;
		if (WIFEXITED(status))
			assert_int_equal(WEXITSTATUS(status), 1);
		if (store_open(folder, &s, &err) < 0)
			fail_msg("cut at %ld: %s", n, err.text);
		check_old(s, version);
		store_close(s);
		(*cuts)++;
	}
}

/* The upgrade is cut at each operation of the disk, in each way. */
static void
an_upgrade_that_is_cut_is_done_again(void **state)
{
	static const enum faulty_mode modes[] = { FAULTY_KILL, FAULTY_POWER,
	    FAULTY_EVER };
	int step = under_valgrind() ? 12 : under_sanitizers() ? 5 : 1;

	(void)state;
	for (int version = 1; version <= OLD_VERSIONS; version++) {
		int cuts = 0;

		for (int m = 0; m < 3; m++)
			cut_upgrades(version, modes[m], step, &cuts);
		assert_true(cuts > 20 / step);
	}
}

static void
what_is_not_ours_is_left_alone(void **state)
{
	static const struct { const char *sql, *says; } cases[] = {
		{ "CREATE TABLE theirs (x); PRAGMA user_version = 0",
		    "not one of newsalertd" },
		{ "PRAGMA application_id = 7", "not one of newsalertd" },
		{ "PRAGMA application_id = 1851878514; "
		  "PRAGMA user_version = 999", "newer newsalertd" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct store *s;
		struct error err;

		make(cases[i].sql);
		assert_int_equal(store_open(folder, &s, &err), -1);
		assert_null(s);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("%s", err.text);
	}
}

static void
a_folder_that_cannot_be_is_a_sentence(void **state)
{
	struct store *s;
	struct error err;

	(void)state;
	assert_int_equal(store_open("/nonexistent/folder", &s, &err), -1);
	assert_non_null(strstr(err.text, "/nonexistent/folder"));
	assert_int_equal(store_open("/proc", &s, &err), -1);
	assert_null(s);
}

static int
setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s/test_migrate.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/newsalertd.db", folder);
	return 0;
}

static int
teardown(void **state)
{
	char lock[96];

	(void)state;
	clean();
	snprintf(lock, sizeof(lock), "%s/newsalertd.lock", folder);
	unlink(lock);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_old_database_is_brought_up),
		cmocka_unit_test(an_upgrade_that_is_cut_is_done_again),
		cmocka_unit_test(what_is_not_ours_is_left_alone),
		cmocka_unit_test(a_folder_that_cannot_be_is_a_sentence),
	};

	return cmocka_run_group_tests_name("store migrations", tests, setup,
	    teardown);
}
