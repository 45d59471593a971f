#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/fdio.h"
#include "base/mem.h"
#include "store/history.h"
#include "store/internal.h"

#define FILE_NAME	"newsalertd.db"
#define LOCK_NAME	"newsalertd.lock"
#define PROBE_NAME	"newsalertd.probe"
/* Up to this size the whole file is checked at start: well under a second. */
#define CHECK_BYTES	(64 << 20)
/* Pages in the log before it is copied into the file; a build that is made to
   be killed copies often. */
#ifdef CRASH_POINTS
#define CHECKPOINT_PAGES 40
#else
#define CHECKPOINT_PAGES 1000
#endif

static const char pragmas[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA cache_size = -8192;"
    "PRAGMA journal_size_limit = 16777216;"
    "PRAGMA wal_autocheckpoint = 0;";

/*
 * The lock is on a file of its own: SQLite's own locks come too late (after
 * recovery) and end with the connection, ours with the process.
 */
static int
take_lock(struct store *s, struct error *err)
{
	char *path = mem_printf("%s/" LOCK_NAME, s->folder);
	char pid[32] = "";
	ssize_t n;
	int rc = -1;

	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0) {
		error_errno(err, "%s", path);
		goto out;
	}
	if (flock(s->lock, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK) {
			error_errno(err, "%s", path);
			goto out;
		}
		n = read(s->lock, pid, sizeof(pid) - 1);
		pid[n > 0 ? strcspn(pid, "\n") : 0] = '\0';
		error_set(err, "%s is in use by another newsalertd%s%s",
		    s->folder, pid[0] != '\0' ? ", process " : "", pid);
		goto out;
	}
	/* The number is a courtesy; a full disk must not stop us here. */
	n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	if (ftruncate(s->lock, 0) == 0 && write(s->lock, pid, (size_t)n) < 0)
		error_set(NULL, "%s", path);
	rc = 0;
out:
	free(path);
	return rc;
}

/* The name of a new file is only safe when its folder was synced. */
static int
sync_folder(const struct store *s, struct error *err)
{
	int fd = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 || fsync(fd) < 0)
		rc = error_errno(err, "%s", s->folder);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int
note_wal(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct store *s = arg;

	(void)db, (void)name;
	/* Not here: an error would look like one of the commit that is done. */
	s->wal_pages = pages;
	/* Syncing the log syncs all that is in it. */
	s->unsynced = s->relaxed;
	return SQLITE_OK;
}

static int
check(struct store *s, struct error *err)
{
	static const char *const few[] = { "PRAGMA quick_check('feed')",
	    "PRAGMA quick_check('alert')", "PRAGMA quick_check('delivery')" };
	static const char *const all[] = { "PRAGMA quick_check" };
	struct stat file;
	bool large = stat(s->path, &file) == 0 && file.st_size > CHECK_BYTES;
	const char *const *list = large ? few : all;
	size_t n = large ? 3 : 1;

	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *st;
		int rc;

		if (sqlite3_prepare_v2(s->db, list[i], -1, &st, NULL) !=
		    SQLITE_OK)
			return store_fail(s, err);
		rc = stmt_step(s, st, err);
		if (rc == 1 && strcmp(column_text(st, 0), "ok") != 0) {
			s->health = STORE_CORRUPT;
			rc = error_set(err, "%s: is damaged: %s", s->path,
			    column_text(st, 0));
		}
		sqlite3_finalize(st);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static void
close_file(struct store *s)
{
	for (int i = 0; i < STMT_COUNT; i++) {
		sqlite3_finalize(s->stmt[i]);
		s->stmt[i] = NULL;
	}
	sqlite3_close(s->db);
	known_clear(&s->known);
	s->db = NULL;
	s->in_transaction = s->relaxed = s->unsynced = false;
	s->wal_pages = 0;
}

static int
open_file(struct store *s, struct error *err)
{
	sqlite3_stmt *st;

	if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		goto fail;
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, 2000);
	if (store_exec(s, pragmas, err) < 0)
		goto out;
	sqlite3_wal_hook(s->db, note_wal, s);
	if (check(s, err) < 0 || store_migrate(s, err) < 0)
		goto out;
	for (int i = 0; i < STMT_COUNT; i++)
		if (stmt_use(s, (enum stmt)i, err) == NULL)
			goto out;
	if ((st = stmt_use(s, STMT_META_GET, err)) == NULL)
		goto out;
	stmt_bind(st, "t", "instance");
	if (stmt_step(s, st, err) != 1)
		goto out;
	snprintf(s->instance, sizeof(s->instance), "%s", column_text(st, 0));
	sqlite3_reset(st);
	return sync_folder(s, err);
fail:
	if (s->db == NULL)
		return error_set(err, "%s: out of memory", s->path);
	store_fail(s, err);
out:
	close_file(s);
	return -1;
}

/*
 * One connection, one thread: SQLite need not lock, nor count its memory.
 * Refused once SQLite runs: then it was said before.
 */
static void
prepare_engine(void)
{
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int
store_open(const char *folder, struct store **out, struct error *err)
{
	struct store *s = mem_zalloc(1, sizeof(*s));

	prepare_engine();
	s->lock = -1;
	s->checkpoint = CHECKPOINT_PAGES;
	buf_init(&s->history, HISTORY_MAX);
	s->folder = mem_strdup(folder);
	s->path = mem_printf("%s/" FILE_NAME, folder);
	if (mkdir(folder, 0700) < 0 && errno != EEXIST) {
		error_errno(err, "%s", folder);
		goto fail;
	}
	if (take_lock(s, err) < 0 || open_file(s, err) < 0)
		goto fail;
	if (store_exec(s, "UPDATE delivery SET state = 0 "
	    "WHERE state <> 2 AND state = 1", err) < 0 &&
	    s->health != STORE_FULL)
		goto fail;
	*out = s;
	return 0;
fail:
	store_close(s);
	*out = NULL;
	return -1;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	store_rollback(s);
	close_file(s);
	if (s->lock >= 0)
		close(s->lock);
	buf_clear(&s->history);
	free(s->folder);
	free(s->path);
	free(s);
}

const char *
store_instance(const struct store *s)
{
	return s->instance;
}

enum store_health
store_health(const struct store *s)
{
	return s->health;
}

const char *
store_health_name(enum store_health h)
{
	static const char *const names[] = { "ok", "disk full",
	    "input/output error", "corrupt" };

	return names[h];
}

const char *
store_engine(void)
{
	static char text[32];

	snprintf(text, sizeof(text), "SQLite %s", sqlite3_libversion());
	return text;
}

static int
begin(struct store *s, bool relaxed, struct error *err)
{
	sqlite3_stmt *st;

	if (s->in_transaction)
		return error_set(err, "a transaction is already open");
	if (s->health != STORE_OK)
		return error_set(err, "%s: writing is suspended (%s)", s->path,
		    store_health_name(s->health));
	if (s->relaxed != relaxed && store_exec(s, relaxed ?
	    "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL",
	    err) < 0)
		return -1;
	s->relaxed = relaxed;
	if ((st = stmt_use(s, STMT_BEGIN, err)) == NULL ||
	    stmt_run(s, st, err) < 0)
		return -1;
	s->in_transaction = true;
	CRASH_POINT("after-begin");
	return 0;
}

int
store_begin(struct store *s, struct error *err)
{
	return begin(s, false, err);
}

int
store_begin_unsynced(struct store *s, struct error *err)
{
	return begin(s, true, err);
}

bool
store_is_synced(const struct store *s)
{
	return !s->unsynced;
}

int
store_sync(struct store *s, struct error *err)
{
	sqlite3_file *log = NULL;
	int rc;

	if (!s->unsynced || s->in_transaction || s->health != STORE_OK)
		return 0;
	s->unsynced = false;
	rc = sqlite3_file_control(s->db, "main", SQLITE_FCNTL_JOURNAL_POINTER,
	    &log);
	if (rc == SQLITE_OK && log != NULL && log->pMethods != NULL)
		rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
	return rc == SQLITE_OK ? 0 : store_fail_file(s, rc, err);
}

/* Errors only count as health: what was committed is committed. */
static void
checkpoint(struct store *s)
{
	CRASH_POINT("checkpoint");
	if (sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
	    NULL, NULL) != SQLITE_OK)
		store_fail(s, NULL);
	else
		s->wal_pages = 0;
	CRASH_POINT("after-checkpoint");
}

int
store_commit(struct store *s, struct error *err)
{
	sqlite3_stmt *st;

	if (!s->in_transaction)
		return error_set(err, "no transaction is open");
	CRASH_POINT("before-commit");
	if ((st = stmt_use(s, STMT_COMMIT, err)) == NULL ||
	    stmt_run(s, st, err) < 0) {
		store_rollback(s);
		return -1;
	}
	s->in_transaction = false;
	CRASH_POINT("after-commit");
	if (s->wal_pages >= s->checkpoint)
		checkpoint(s);
	return 0;
}

void
store_rollback(struct store *s)
{
	if (!s->in_transaction)
		return;
	s->in_transaction = false;
	known_clear(&s->known);
	/* After a full disk SQLite may have rolled back by itself. */
	if (s->db != NULL && !sqlite3_get_autocommit(s->db))
		store_exec(s, "ROLLBACK", NULL);
}

int
store_enter(struct store *s, bool *own, struct error *err)
{
	*own = !s->in_transaction;
	if (*own)
		return store_begin(s, err);
	CRASH_POINT("inside-transaction");
	return 0;
}

int
store_leave(struct store *s, bool own, int rc, struct error *err)
{
	if (!own)
		return rc;
	if (rc < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, err) < 0 ? -1 : rc;
}

int64_t
store_file_bytes(const struct store *s)
{
	char *log = mem_printf("%s-wal", s->path);
	struct stat file;
	int64_t bytes = 0;

	if (stat(s->path, &file) == 0)
		bytes += file.st_size;
	if (stat(log, &file) == 0)
		bytes += file.st_size;
	free(log);
	return bytes;
}

static int
write_probe(struct store *s, struct error *err)
{
	char *path = mem_printf("%s/" PROBE_NAME, s->folder);
	int rc = fdio_replace_file(path, "probe\n", 6, err);

	if (rc == 0)
		unlink(path);
	free(path);
	return rc;
}

/* Reads still work on the old connection: kept until the disk takes writes. */
static int
open_anew(struct store *s, struct error *err)
{
	enum store_health was = s->health;

	if (write_probe(s, err) < 0)
		return -1;
	if (s->db != NULL)
		sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		    NULL);
	close_file(s);
	s->health = STORE_OK;
	if (open_file(s, err) < 0) {
		if (s->health == STORE_OK)
			s->health = was;
		return -1;
	}
	s->reopened = true;
	return 0;
}

static int
try_write(struct store *s, int64_t now, struct error *err)
{
	char text[32];
	sqlite3_stmt *st;

	snprintf(text, sizeof(text), "%lld", (long long)now);
	if (store_begin(s, err) < 0)
		return -1;
	if ((st = stmt_use(s, STMT_META_PUT, err)) != NULL) {
		stmt_bind(st, "tt", "resumed", text);
		if (stmt_run(s, st, err) >= 0)
			return store_commit(s, err);
	}
	store_rollback(s);
	return -1;
}

int
store_resume(struct store *s, int64_t now, struct error *err)
{
	enum store_health was = s->health;

	if (was == STORE_OK)
		return 0;
	if (was == STORE_CORRUPT)
		return error_set(err, "%s: is damaged", s->path);
	store_rollback(s);
	if ((was == STORE_IOERR || s->db == NULL) && open_anew(s, err) < 0)
		return -1;
	s->health = STORE_OK;
	if (try_write(s, now, err) < 0) {
		if (s->health == STORE_OK)
			s->health = was;
		return -1;
	}
	if (!s->reopened)
		return 0;
	s->reopened = false;
	return 1;
}
