#include "fetch/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As of ABI 6; a kernel takes a longer struct if what it lacks is zero. */
struct ruleset {
	uint64_t fs, net, scoped;
};

#define FS_ABI_1	((1ULL << 13) - 1)	/* execute ... make_sym */
#define FS_REFER	(1ULL << 13)		/* ABI 2 */
#define FS_TRUNCATE	(1ULL << 14)		/* ABI 3 */
#define FS_IOCTL_DEV	(1ULL << 15)		/* ABI 5 */
#define NET_BIND_TCP	(1ULL << 0)		/* ABI 4 */
#define SCOPE_ALL	3ULL			/* ABI 6: abstract sockets, signals */

static struct ruleset
everything(long abi)
{
	struct ruleset r = { .fs = FS_ABI_1 };

	if (abi >= 2)
		r.fs |= FS_REFER;
	if (abi >= 3)
		r.fs |= FS_TRUNCATE;
	if (abi >= 4)
		r.net = NET_BIND_TCP;
	if (abi >= 5)
		r.fs |= FS_IOCTL_DEV;
	if (abi >= 6)
		r.scoped = SCOPE_ALL;
	return r;
}

static int
allow_reading(int ruleset, const char *path, struct error *err)
{
	struct landlock_path_beneath_attr rule = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE };
	struct stat st;
	int rc = 0;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return 0;
	if (fstat(rule.parent_fd, &st) == 0 && S_ISDIR(st.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
	    &rule, 0) < 0)
		rc = error_errno(err, "Landlock: %s", path);
	close(rule.parent_fd);
	return rc;
}

int
landlock_read_only(const char *const *paths, size_t n, struct error *err)
{
	struct ruleset all;
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	int fd, rc = 0;

	if (abi < 1)
		return error_errno(err, "no Landlock in this kernel");
	all = everything(abi);
	fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (fd < 0)
		return error_errno(err, "Landlock");
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = allow_reading(fd, paths[i], err);
	if (rc == 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    syscall(SYS_landlock_restrict_self, fd, 0) < 0))
		rc = error_errno(err, "Landlock");
	close(fd);
	return rc;
}
