/*
 * store: whatever fails, an acknowledged transaction is there and none is
 * there by half.
 *
 * A child stores numbered alerts and says over a pipe which commits returned;
 * its disk, its memory or its life ends at the n-th operation. The parent then
 * opens what is left with a sound disk. By default a sample of n is tried, a
 * smaller one where each run is slow (sanitizers, valgrind); with FAULTS=all
 * every one ("make faults").
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <sys/wait.h>

#include "faulty_vfs.h"
#include "slow.h"
#include "store_rounds.h"

/* The child. Exit 0: all rounds done; 3: the disk did not come back. */
static int
run(int out)
{
	struct store *s;
	struct error err;
	int tries = 0, result = 3;

	while (store_open(folder, &s, &err) < 0)
		if (++tries > 60)
			return 3;
	s->checkpoint = 40;
	for (int i = 0; i < ROUNDS; i++) {
		while (one_round(s, i, &err) < 0) {
			store_rollback(s);
			if (store_health(s) != STORE_OK &&
			    faulty.mode == FAULTY_EVER) {
				still_readable(s, i);
				goto out;
			}
			if (++tries > 60)
				goto out;
			store_resume(s, T0, NULL);
		}
		if (write(out, "+", 1) != 1)
			_exit(6);
		if (i % 4 == 3)
			store_prune_step(s, T0 + i, 3600, 5, NULL);
	}
	result = 0;
out:
	store_close(s);
	return result;
}

/* Do it in a child; returns the commits it acknowledged. */
static int
child(void (*prepare)(void), int *status)
{
	char c[256];
	int ends[2], acked = 0;
	pid_t pid;
	ssize_t n;

	clean();
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(ends[0]);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(7);
		prepare();
		_exit(run(ends[1]));
	}
	close(ends[1]);
	while ((n = read(ends[0], c, sizeof(c))) > 0)
		acked += (int)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, status, 0), pid);
	return acked;
}

/* The step of a sample, at the speed of this build. */
static long
sample(long step)
{
	const char *all = getenv("FAULTS");

	if (all != NULL && strcmp(all, "all") == 0)
		return 1;
	return step * (under_valgrind() ? 16 : under_sanitizers() ? 4 : 1);
}

static void
on_faulty_disk(void)
{
	faulty_vfs_install();
}

/* Operations of a run in which nothing fails. */
static long
count_operations(void)
{
	int status, ends[2];
	long n = 0;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	clean();
	if ((pid = fork()) == 0) {
		faulty_vfs_install();
		if (run(open("/dev/null", O_WRONLY)) != 0 ||
		    write(ends[1], &faulty.count, sizeof(n)) != sizeof(n))
			_exit(1);
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &n, sizeof(n)), sizeof(n));
	close(ends[0]);
	waitpid(pid, &status, 0);
	return n;
}

static void
sweep(const char *what, enum faulty_mode mode, long step, unsigned seeds)
{
	long operations = count_operations(), tried = 0, worked = 0;
	int status;

	if (sample(2) == 1 && mode == FAULTY_POWER)
		seeds *= 3;
	step = sample(step);
	for (long n = 1; n <= operations + 1; n += step)
		for (unsigned seed = 1; seed <= seeds; seed++) {
			int acked;

			faulty.mode = mode;
			faulty.at = n;
			faulty.count = 0;
			faulty.seed = seed * 7919 + (unsigned)n;
			acked = child(on_faulty_disk, &status);
			faulty.mode = FAULTY_NOT;
			if (WIFEXITED(status) && WEXITSTATUS(status) != 0 &&
			    WEXITSTATUS(status) != 3)
				fail_msg("%s %ld: exit %d", what, n,
				    WEXITSTATUS(status));
			examine(acked, what, n);
			tried++;
			worked += WIFEXITED(status) &&
			    WEXITSTATUS(status) == 0;
			/* One fault is outlived, unless it was at the start. */
			if (mode == FAULTY_ONCE || mode == FAULTY_FULL)
				assert_int_equal(WEXITSTATUS(status), 0);
		}
	print_message("# REPORT store faults: %s at %ld of %ld operations: "
	    "0 lost, %ld runs went on\n", what, tried / (long)seeds, operations,
	    worked);
}

static void
a_write_or_sync_fails_once(void **state)
{
	(void)state;
	sweep("input/output error, once", FAULTY_ONCE, 23, 1);
}

static void
a_disk_fails_for_good(void **state)
{
	(void)state;
	sweep("input/output error, for ever", FAULTY_EVER, 37, 1);
}

static void
a_disk_is_full_for_a_while(void **state)
{
	(void)state;
	sweep("disk full", FAULTY_FULL, 37, 1);
}

static void
kill_nine_at_an_operation(void **state)
{
	(void)state;
	sweep("SIGKILL", FAULTY_KILL, 23, 1);
}

static void
power_fails(void **state)
{
	(void)state;
	sweep("power cut", FAULTY_POWER, 17, 2);
}

/* Memory: SQLite's allocations fail, once or for ever. */

static struct {
	sqlite3_mem_methods real;
	long	at, count;
	bool	ever;
} memory;

static bool
no_memory(void)
{
	long n = ++memory.count;

	return memory.at != 0 && (n == memory.at ||
	    (memory.ever && n > memory.at));
}

static void *
take(int n)
{
	return no_memory() ? NULL : memory.real.xMalloc(n);
}

static void *
retake(void *p, int n)
{
	return no_memory() ? NULL : memory.real.xRealloc(p, n);
}

static void
on_little_memory(void)
{
	sqlite3_mem_methods m;

	sqlite3_shutdown();
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory.real);
	m = memory.real;
	m.xMalloc = take;
	m.xRealloc = retake;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &m);
	/* No slot of preallocated memory may hide an allocation. */
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	memory.count = 0;
}

static long
count_allocations(void)
{
	int status, ends[2];
	long n = 0;
	pid_t pid;

	memory.at = 0;
	assert_int_equal(pipe(ends), 0);
	clean();
	if ((pid = fork()) == 0) {
		on_little_memory();
		if (run(open("/dev/null", O_WRONLY)) != 0 ||
		    write(ends[1], &memory.count, sizeof(n)) != sizeof(n))
			_exit(1);
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &n, sizeof(n)), sizeof(n));
	close(ends[0]);
	waitpid(pid, &status, 0);
	return n;
}

static void
an_allocation_fails(void **state)
{
	long all = count_allocations(), tried = 0, worked = 0;
	long step = sample(all / 60 + 1);
	int status;

	(void)state;
	for (int ever = 0; ever < 2; ever++)
		for (long n = 1; n <= all; n += step) {
			int acked;

			memory.at = n;
			memory.ever = ever;
			acked = child(on_little_memory, &status);
			/* It may stop in order or by abort (mem.h). */
			if (WIFSIGNALED(status) ? WTERMSIG(status) != SIGABRT :
			    WEXITSTATUS(status) != 0 &&
			    WEXITSTATUS(status) != 3)
				fail_msg("allocation %ld: status %x", n,
				    status);
			examine(acked, "allocation", n);
			tried++;
			worked += WIFEXITED(status) &&
			    WEXITSTATUS(status) == 0;
		}
	print_message("# REPORT store faults: %ld failing allocations of "
	    "%ld: 0 lost, %ld runs went on\n", tried, all, worked);
}

static long
syncs(void (*what)(struct store *), struct store *s)
{
	long before = faulty.syncs;

	what(s);
	return faulty.syncs - before;
}

static void
sync_now(struct store *s)
{
	struct error err;

	if (store_sync(s, &err) < 0)
		fail_msg("%s", err.text);
}

static void
commit_now(struct store *s)
{
	struct error err;

	if (store_commit(s, &err) < 0)
		fail_msg("%s", err.text);
}

static void
write_host(struct store *s, bool unsynced)
{
	struct store_host host = { .name = "h", .reason = "" };
	struct error err;

	if ((unsynced ? store_begin_unsynced(s, &err) : store_begin(s, &err))
	    < 0 || store_host_put(s, &host, &err) < 0)
		fail_msg("%s", err.text);
}

static void
what_was_not_synced_is_synced_once(void **state)
{
	struct error err;
	struct store *s;

	(void)state;
	clean();
	faulty_vfs_install();
	assert_int_equal(store_open(folder, &s, &err), 0);
	write_host(s, false);
	commit_now(s);
	write_host(s, false);
	assert_int_equal(syncs(commit_now, s), 1);
	assert_int_equal(syncs(sync_now, s), 0);
	write_host(s, true);
	assert_int_equal(syncs(commit_now, s), 0);
	assert_int_equal(syncs(sync_now, s), 1);
	assert_int_equal(syncs(sync_now, s), 0);
	/* A commit that is synced does it for those before it. */
	write_host(s, true);
	commit_now(s);
	write_host(s, false);
	assert_int_equal(syncs(commit_now, s), 1);
	assert_int_equal(syncs(sync_now, s), 0);
	/* What failed is not tried again: the file is opened anew. */
	write_host(s, true);
	commit_now(s);
	faulty.at = faulty.count + 1;
	faulty.mode = FAULTY_ONCE;
	assert_int_equal(store_sync(s, &err), -1);
	faulty.mode = FAULTY_NOT;
	assert_int_equal(store_health(s), STORE_IOERR);
	assert_int_equal(syncs(sync_now, s), 0);
	assert_int_equal(store_resume(s, T0, &err), 1);
	assert_int_equal(one_round(s, 0, &err), 0);
	store_close(s);
	sqlite3_vfs_unregister(sqlite3_vfs_find("faulty"));
}

/* The limit of pages: what a full disk says, without a disk of our own. */
static void
a_full_disk_stops_writing_not_reading(void **state)
{
	struct error err;
	struct store *s;
	int i = 0;

	(void)state;
	clean();
	assert_int_equal(store_open(folder, &s, &err), 0);
	store_exec(s, "PRAGMA max_page_count = 120", NULL);
	while (one_round(s, i, &err) == 0)
		assert_true(++i < 1000);
	store_rollback(s);
	assert_true(i > 5);
	assert_int_equal(store_health(s), STORE_FULL);
	assert_non_null(strstr(err.text, "full"));
	still_readable(s, i);
	assert_int_equal(one_round(s, i, &err), -1);
	assert_non_null(strstr(err.text, "disk full"));
	/* A small write may fit; then the next large one says full again. */
	store_exec(s, "PRAGMA max_page_count = 1000000", NULL);
	assert_int_equal(store_resume(s, T0, &err), 0);
	assert_int_equal(store_health(s), STORE_OK);
	assert_int_equal(one_round(s, i, &err), 0);
	store_close(s);
}

static void
damage_is_seen_at_the_start(void **state)
{
	char path[256], rubbish[4096];
	struct error err;
	struct store *s;
	int fd;

	(void)state;
	clean();
	assert_int_equal(store_open(folder, &s, &err), 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(one_round(s, i, &err), 0);
	store_close(s);
	snprintf(path, sizeof(path), "%s/newsalertd.db", folder);
	memset(rubbish, 0x5a, sizeof(rubbish));
	fd = open(path, O_WRONLY);
	for (int page = 2; page < 12; page++)
		assert_int_equal(pwrite(fd, rubbish, sizeof(rubbish),
		    page * 4096), 4096);
	assert_int_equal(store_open(folder, &s, &err), -1);
	assert_non_null(strstr(err.text, "newsalertd.db"));
	assert_int_equal(pwrite(fd, rubbish, sizeof(rubbish), 0), 4096);
	close(fd);
	assert_int_equal(store_open(folder, &s, &err), -1);
	assert_non_null(strstr(err.text, "not a database"));
}

static int
setup(void **state)
{
	(void)state;
	/* In memory if possible: it is not the disk that is tested. */
	snprintf(folder, sizeof(folder), "%s/test_faults.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	return mkdtemp(folder) == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	clean();
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_write_or_sync_fails_once),
		cmocka_unit_test(a_disk_fails_for_good),
		cmocka_unit_test(a_disk_is_full_for_a_while),
		cmocka_unit_test(kill_nine_at_an_operation),
		cmocka_unit_test(power_fails),
		cmocka_unit_test(an_allocation_fails),
		cmocka_unit_test(what_was_not_synced_is_synced_once),
		cmocka_unit_test(a_full_disk_stops_writing_not_reading),
		cmocka_unit_test(damage_is_seen_at_the_start),
	};

	return cmocka_run_group_tests_name("store faults", tests, setup,
	    teardown);
}
