/*
 * store: real file systems that are full, become read-only or lose power.
 *
 * Mounts in a mount namespace of its own, so root is needed; skipped, with a
 * line, where that is not to be had. Power is cut by ext4's own shutdown
 * (EXT4_IOC_SHUTDOWN without flushing its journal): what was not synced is
 * gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store_rounds.h"

#define EXT4_SHUTDOWN	_IOR('X', 125, uint32_t)
#define NO_LOG_FLUSH	2
#define ACKED		17	/* commits before the disk goes away */
#define AHEAD		60	/* further ones in which it must have gone */

static char base[64], image[96];
static bool mounts;

__attribute__((format(printf, 1, 2))) static int
shell(const char *format, ...)
{
	char command[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(command, sizeof(command), format, ap);
	va_end(ap);
	return system(command);
}

static void
need_mounts(void)
{
	if (mounts)
		return;
	print_message("# REPORT store on real disks: skipped, no right to "
	    "mount\n");
	skip();
}

static void
a_full_file_system_gets_room_again(void **state)
{
	struct store *s;
	struct error err;
	int done = 0;

	(void)state;
	need_mounts();
	assert_int_equal(mount("tmpfs", folder, "tmpfs", 0, "size=2m"), 0);
	if (store_open(folder, &s, &err) < 0)
		fail_msg("%s", err.text);
	while (one_round(s, done, &err) == 0)
		assert_true(++done < 500);
	store_rollback(s);
	assert_true(done > 10);
	assert_int_equal(store_health(s), STORE_FULL);
	still_readable(s, done);
	/* A small write may fit, a round does not. */
	for (int i = 0; i < 3; i++) {
		store_resume(s, T0, &err);
		assert_int_equal(one_round(s, done, &err), -1);
		store_rollback(s);
	}
	assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT,
	    "size=30m"), 0);
	if (store_resume(s, T0, &err) < 0)
		fail_msg("%s", err.text);
	for (int i = 0; i < 20; i++, done++)
		if (one_round(s, done, &err) < 0)
			fail_msg("%s", err.text);
	store_close(s);
	examine(done, "a full tmpfs", 0);
	assert_int_equal(umount(folder), 0);
}

static void
a_full_file_system_does_not_prevent_a_start(void **state)
{
	char path[160], block[4096] = "";
	struct store *s;
	struct error err;
	int fd;

	(void)state;
	need_mounts();
	assert_int_equal(mount("tmpfs", folder, "tmpfs", 0, "size=2m"), 0);
	assert_int_equal(store_open(folder, &s, &err), 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(one_round(s, i, &err), 0);
	assert_int_equal(store_delivery_sending(s, 2, &err), 0);
	store_close(s);
	snprintf(path, sizeof(path), "%s/filler", folder);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	while (write(fd, block, sizeof(block)) > 0)
		;
	close(fd);
	if (store_open(folder, &s, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(store_health(s), STORE_FULL);
	still_readable(s, 5);
	unlink(path);
	assert_int_equal(store_resume(s, T0, &err), 0);
	assert_int_equal(one_round(s, 5, &err), 0);
	store_close(s);
	examine(6, "a start on a full disk", 0);
	assert_int_equal(umount(folder), 0);
}

/* The child: rounds, each acknowledged, until the disk is gone. After so many
   it waits for that, or it would fill the disk on a busy machine. */
static int
until_it_fails(int out, int gone, int rounds, bool readable)
{
	struct store *s;
	struct error err;
	int i = 0;
	char c;

	if (store_open(folder, &s, &err) < 0)
		return 1;
	while (one_round(s, i, &err) == 0)
		if (write(out, "+", 1) != 1 || ++i > rounds ||
		    (i == rounds && read(gone, &c, 1) != 0))
			return 2;
	store_rollback(s);
	if (store_health(s) != STORE_IOERR)
		return 3;
	if (readable)
		still_readable(s, i);
	if (store_resume(s, T0, &err) != -1)
		return 6;
	if (readable)
		still_readable(s, i);
	store_close(s);
	return 0;
}

/*
 * busy: it goes in the middle of a commit, perhaps. An fdatasync that is under
 * way while ext4 gives up its journal may return 0 although nothing is on the
 * disk (jbd2_complete_transaction finds the aborted transaction ended). Then
 * that commit may be missing, as a whole: its feed's validators go with it.
 */
static void
without_its_disk(int (*take_away)(void), bool busy, bool readable,
    const char *what)
{
	int ends[2], gone[2], acked = 0, status;
	char c;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(pipe(gone), 0);
	if ((pid = fork()) == 0) {
		close(ends[0]);
		close(gone[1]);
		_exit(until_it_fails(ends[1], gone[0],
		    busy ? ACKED + AHEAD : ACKED, readable));
	}
	close(ends[1]);
	close(gone[0]);
	while (read(ends[0], &c, 1) == 1)
		if (++acked == ACKED) {
			if (take_away() != 0)
				fail_msg("%s: %s", what, strerror(errno));
			close(gone[1]);
		}
	close(ends[0]);
	waitpid(pid, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("%s: status %x after %d", what, status, acked);
	assert_true(acked >= ACKED);
	assert_int_equal(umount(folder), 0);
	/* e2fsck replays the journal, as mounting would. */
	shell("e2fsck -fp %s >%s/fsck.log 2>&1", image, base);
	assert_int_equal(shell("mount -o loop %s %s", image, folder), 0);
	examine_all_but(busy, acked, what, 0);
	assert_int_equal(umount(folder), 0);
	print_message("# REPORT store: %s after %d commits, %s: 0 lost\n",
	    what, acked, busy ? "busy" : "idle");
}

static int
make_disk(const char *options)
{
	return shell("rm -f %s; truncate -s 24M %s && mkfs.ext4 -q -F %s && "
	    "mount -o loop,%s %s %s", image, image, image, options, image,
	    folder);
}

static int
shut_down(void)
{
	uint32_t how = NO_LOG_FLUSH;
	int fd = open(folder, O_RDONLY | O_DIRECTORY), rc;

	rc = ioctl(fd, EXT4_SHUTDOWN, &how);
	close(fd);
	return rc;
}

static void
power_is_cut(void **state)
{
	(void)state;
	need_mounts();
	for (int i = 0; i < 4; i++) {
		if (make_disk("noatime") != 0) {
			print_message("# REPORT store: power cut skipped, no "
			    "ext4 on a loop\n");
			skip();
		}
		without_its_disk(shut_down, i % 2, false,
		    "power cut on ext4");
	}
}

/* What the kernel does to a file system with errors. */
static int
make_read_only(void)
{
	return shell("d=$(findmnt -n -o SOURCE %s) && echo test > "
	    "/sys/fs/ext4/${d##*/}/trigger_fs_error", folder);
}

static void
a_file_system_becomes_read_only(void **state)
{
	(void)state;
	need_mounts();
	for (int i = 0; i < 4; i++) {
		if (make_disk("errors=remount-ro") != 0)
			skip();
		without_its_disk(make_read_only, i % 2, true,
		    "read-only file system");
	}
}

static int
setup(void **state)
{
	(void)state;
	snprintf(base, sizeof(base), "/tmp/test_disk.XXXXXX");
	if (mkdtemp(base) == NULL)
		return -1;
	snprintf(folder, sizeof(folder), "%s/mnt", base);
	snprintf(image, sizeof(image), "%s/image", base);
	if (mkdir(folder, 0700) < 0)
		return -1;
	mounts = unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	if (mounts)
		umount2(folder, MNT_DETACH);
	return shell("rm -r %s", base);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_file_system_gets_room_again),
		cmocka_unit_test(a_full_file_system_does_not_prevent_a_start),
		cmocka_unit_test(power_is_cut),
		cmocka_unit_test(a_file_system_becomes_read_only),
	};

	return cmocka_run_group_tests_name("store on real disks", tests, setup,
	    teardown);
}
