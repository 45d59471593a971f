/*
 * faulty_vfs - a disk under SQLite that fails when told to.
 *
 * faulty_vfs_install() makes it the default. Each write, truncate and sync is
 * one operation; the one numbered faulty.at (from 1) does what faulty.mode
 * says. FAULTY_POWER ends the process as a power cut would: of what was
 * written since the last sync of each file some sectors are on the disk, some
 * are not, by faulty.seed.
 */
#ifndef TESTS_FAULTY_VFS_H
#define TESTS_FAULTY_VFS_H

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum faulty_mode {
	FAULTY_NOT,
	FAULTY_ONCE,		/* that operation fails: input/output error */
	FAULTY_EVER,		/* and all after it */
	FAULTY_FULL,		/* that one and the next 20: no room */
	FAULTY_KILL,		/* SIGKILL just before it */
	FAULTY_POWER
};

static struct {
	enum faulty_mode mode;
	long	at, count, syncs;
	unsigned seed;
} faulty;

#define FAULTY_SECTOR	512
#define FAULTY_FILES	8

struct faulty_op {
	sqlite3_int64	 at;
	int		 len;		/* -1: truncate to at */
	char		*data;
};

/* A file since its last sync. */
struct faulty_track {
	char		 path[512];
	char		*disk;		/* what is safe */
	size_t		 len;
	struct faulty_op *ops;
	size_t		 n;
};

struct faulty_file {
	sqlite3_file	 base;
	struct faulty_track *track;
	sqlite3_file	*real;
};

static struct faulty_track faulty_tracks[FAULTY_FILES];
static sqlite3_vfs *faulty_real;

static void
faulty_synced(struct faulty_track *t)
{
	struct stat st;
	int fd = open(t->path, O_RDONLY);

	for (size_t i = 0; i < t->n; i++)
		free(t->ops[i].data);
	t->n = 0;
	free(t->disk);
	t->disk = NULL;
	t->len = 0;
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_size > 0) {
		t->disk = malloc((size_t)st.st_size);
		if (read(fd, t->disk, (size_t)st.st_size) == st.st_size)
			t->len = (size_t)st.st_size;
	}
	close(fd);
}

static struct faulty_track *
faulty_find(const char *path)
{
	for (int i = 0; i < FAULTY_FILES; i++) {
		struct faulty_track *t = &faulty_tracks[i];

		if (t->path[0] == '\0') {
			snprintf(t->path, sizeof(t->path), "%s", path);
			faulty_synced(t);
			return t;
		}
		if (strcmp(t->path, path) == 0)
			return t;
	}
	abort();
}

static unsigned
faulty_random(void)
{
	faulty.seed = faulty.seed * 1103515245u + 12345u;
	return faulty.seed >> 16;
}

static void
faulty_grow(struct faulty_track *t, size_t len)
{
	if (len <= t->len)
		return;
	t->disk = realloc(t->disk, len);
	memset(t->disk + t->len, 0, len - t->len);
	t->len = len;
}

/* One write: all of it, none of it, or some sectors. */
static void
faulty_replay(struct faulty_track *t, const struct faulty_op *op)
{
	unsigned fate = faulty_random() % 3;
	size_t at = (size_t)op->at, step;

	if (fate == 0)
		return;
	if (op->len < 0) {
		if (at < t->len)
			t->len = at;
		return;
	}
	for (size_t i = 0; i < (size_t)op->len; i += step) {
		step = FAULTY_SECTOR - (at + i) % FAULTY_SECTOR;
		if (step > (size_t)op->len - i)
			step = (size_t)op->len - i;
		if (fate == 1 || faulty_random() % 2 == 0) {
			faulty_grow(t, at + i + step);
			memcpy(t->disk + at + i, op->data + i, step);
		}
	}
}

static void
faulty_power(void)
{
	for (int i = 0; i < FAULTY_FILES; i++) {
		struct faulty_track *t = &faulty_tracks[i];
		int fd;

		if (t->path[0] == '\0' || access(t->path, F_OK) != 0)
			continue;
		for (size_t k = 0; k < t->n; k++)
			faulty_replay(t, &t->ops[k]);
		fd = open(t->path, O_WRONLY | O_TRUNC);
		if (fd < 0 || (t->len > 0 &&
		    write(fd, t->disk, t->len) != (ssize_t)t->len))
			abort();
		close(fd);
	}
	kill(getpid(), SIGKILL);
}

static int
faulty_step(int code)
{
	long n = ++faulty.count;

	if (faulty.mode == FAULTY_NOT || n < faulty.at)
		return SQLITE_OK;
	if (faulty.mode == FAULTY_EVER)
		return code;
	if (faulty.mode == FAULTY_FULL)
		return n <= faulty.at + 20 && code == SQLITE_IOERR_WRITE ?
		    SQLITE_FULL : SQLITE_OK;
	if (n != faulty.at)
		return SQLITE_OK;
	if (faulty.mode == FAULTY_KILL)
		kill(getpid(), SIGKILL);
	if (faulty.mode == FAULTY_POWER)
		faulty_power();
	return code;
}

static void
faulty_note(struct faulty_track *t, const void *data, int len,
    sqlite3_int64 at)
{
	struct faulty_op *op;

	if (faulty.mode != FAULTY_POWER || t == NULL)
		return;
	t->ops = realloc(t->ops, (t->n + 1) * sizeof(*t->ops));
	op = &t->ops[t->n++];
	op->at = at;
	op->len = len;
	op->data = NULL;
	if (len > 0) {
		op->data = malloc((size_t)len);
		memcpy(op->data, data, (size_t)len);
	}
}

#define FAULTY_REAL(f) (((struct faulty_file *)(f))->real)
#define FAULTY_TRACK(f) (((struct faulty_file *)(f))->track)

static int
faulty_close(sqlite3_file *f)
{
	return FAULTY_REAL(f)->pMethods->xClose(FAULTY_REAL(f));
}

static int
faulty_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return FAULTY_REAL(f)->pMethods->xRead(FAULTY_REAL(f), p, n, at);
}

static int
faulty_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int rc = faulty_step(SQLITE_IOERR_WRITE);

	if (rc != SQLITE_OK)
		return rc;
	faulty_note(FAULTY_TRACK(f), p, n, at);
	return FAULTY_REAL(f)->pMethods->xWrite(FAULTY_REAL(f), p, n, at);
}

static int
faulty_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int rc = faulty_step(SQLITE_IOERR_TRUNCATE);

	if (rc != SQLITE_OK)
		return rc;
	faulty_note(FAULTY_TRACK(f), NULL, -1, size);
	return FAULTY_REAL(f)->pMethods->xTruncate(FAULTY_REAL(f), size);
}

static int
faulty_sync(sqlite3_file *f, int flags)
{
	int rc = faulty_step(SQLITE_IOERR_FSYNC);

	faulty.syncs++;
	if (rc != SQLITE_OK)
		return rc;
	rc = FAULTY_REAL(f)->pMethods->xSync(FAULTY_REAL(f), flags);
	if (rc == SQLITE_OK && FAULTY_TRACK(f) != NULL &&
	    faulty.mode == FAULTY_POWER)
		faulty_synced(FAULTY_TRACK(f));
	return rc;
}

static int
faulty_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return FAULTY_REAL(f)->pMethods->xFileSize(FAULTY_REAL(f), size);
}

static int
faulty_lock(sqlite3_file *f, int level)
{
	return FAULTY_REAL(f)->pMethods->xLock(FAULTY_REAL(f), level);
}

static int
faulty_unlock(sqlite3_file *f, int level)
{
	return FAULTY_REAL(f)->pMethods->xUnlock(FAULTY_REAL(f), level);
}

static int
faulty_reserved(sqlite3_file *f, int *out)
{
	return FAULTY_REAL(f)->pMethods->xCheckReservedLock(FAULTY_REAL(f),
	    out);
}

static int
faulty_control(sqlite3_file *f, int op, void *arg)
{
	return FAULTY_REAL(f)->pMethods->xFileControl(FAULTY_REAL(f), op, arg);
}

static int
faulty_sector(sqlite3_file *f)
{
	(void)f;
	return FAULTY_SECTOR;
}

static int
faulty_traits(sqlite3_file *f)
{
	(void)f;
	return 0;		/* no promise: nothing is atomic or in order */
}

static int
faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
    int *out)
{
	/* Version 1: no shared memory and no mapping can be asked for. */
	static const sqlite3_io_methods methods = { 1, faulty_close,
	    faulty_read, faulty_write, faulty_truncate, faulty_sync,
	    faulty_size, faulty_lock, faulty_unlock, faulty_reserved,
	    faulty_control, faulty_sector, faulty_traits,
	    NULL, NULL, NULL, NULL, NULL, NULL };
	struct faulty_file *file = (struct faulty_file *)f;
	int rc;

	(void)vfs;
	memset(file, 0, sizeof(*file));
	file->real = (sqlite3_file *)(file + 1);
	rc = faulty_real->xOpen(faulty_real, name, file->real, flags, out);
	if (file->real->pMethods != NULL)
		file->base.pMethods = &methods;
	if (rc == SQLITE_OK && name != NULL)
		file->track = faulty_find(name);
	return rc;
}

static void
faulty_vfs_install(void)
{
	static sqlite3_vfs vfs;

	faulty_real = sqlite3_vfs_find(NULL);
	vfs = *faulty_real;
	vfs.zName = "faulty";
	vfs.szOsFile = (int)sizeof(struct faulty_file) +
	    faulty_real->szOsFile;
	vfs.xOpen = faulty_open;
	sqlite3_vfs_register(&vfs, 1);
}

#endif
