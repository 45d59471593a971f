#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

/* Which errors are the disk's, so that the daemon can act on the kind. */
static enum store_health
health_of(int code)
{
	if (code == SQLITE_IOERR_NOMEM)
		return STORE_OK;
	switch (code & 0xff) {
	case SQLITE_FULL:
		return STORE_FULL;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return STORE_IOERR;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return STORE_CORRUPT;
	default:
		return STORE_OK;
	}
}

int
store_fail(struct store *s, struct error *err)
{
	enum store_health health = health_of(sqlite3_extended_errcode(s->db));

	/* The worst is what counts until it is mended. */
	if (health > s->health)
		s->health = health;
	return error_set(err, "%s: %s", s->path, sqlite3_errmsg(s->db));
}

int
store_fail_file(struct store *s, int code, struct error *err)
{
	enum store_health health = health_of(code);

	if (health > s->health)
		s->health = health;
	return error_set(err, "%s: %s", s->path, sqlite3_errstr(code));
}

int
store_exec(struct store *s, const char *sql, struct error *err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(s, err);
	return 0;
}

sqlite3_stmt *
stmt_use(struct store *s, enum stmt which, struct error *err)
{
	sqlite3_stmt *st = s->stmt[which];

	if (st == NULL) {
		if (s->db == NULL)
			error_set(err, "%s: is not open", s->path);
		else if (sqlite3_prepare_v3(s->db, sql_text[which], -1,
		    SQLITE_PREPARE_PERSISTENT, &s->stmt[which], NULL) !=
		    SQLITE_OK)
			store_fail(s, err);
		return s->stmt[which];
	}
	sqlite3_reset(st);
	return st;
}

void
stmt_bind(sqlite3_stmt *st, const char *kinds, ...)
{
	va_list ap;
	int64_t n;

	va_start(ap, kinds);
	for (int i = 1; *kinds != '\0'; kinds++, i++)
		switch (*kinds) {
		case 'i':
			sqlite3_bind_int64(st, i, va_arg(ap, int64_t));
			break;
		case 'd':
			sqlite3_bind_int64(st, i, va_arg(ap, int));
			break;
		case 'z':
			n = va_arg(ap, int64_t);
			if (n == 0)
				sqlite3_bind_null(st, i);
			else
				sqlite3_bind_int64(st, i, n);
			break;
		case 't': {
			const char *text = va_arg(ap, const char *);

			sqlite3_bind_text(st, i, text != NULL ? text : "", -1,
			    SQLITE_STATIC);
			break;
		}
		case 'b': {
			const void *data = va_arg(ap, const void *);
			size_t len = va_arg(ap, size_t);

			sqlite3_bind_blob64(st, i, len > 0 ? data : "", len,
			    SQLITE_STATIC);
			break;
		}
		}
	va_end(ap);
}

int
stmt_step(struct store *s, sqlite3_stmt *st, struct error *err)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return store_fail(s, err);
	}
}

int
stmt_run(struct store *s, sqlite3_stmt *st, struct error *err)
{
	int rc;

	while ((rc = stmt_step(s, st, err)) == 1)
		;
	sqlite3_reset(st);
	return rc < 0 ? -1 : sqlite3_changes(s->db);
}

int
stmt_number(struct store *s, sqlite3_stmt *st, int64_t *n, struct error *err)
{
	int rc = stmt_step(s, st, err);

	*n = rc == 1 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return rc;
}

/* SQLite gives NULL for a value it has no memory to show: see mem.h. */
static void
check_memory(sqlite3_stmt *st)
{
	if (sqlite3_errcode(sqlite3_db_handle(st)) == SQLITE_NOMEM) {
		fprintf(stderr, "out of memory\n");
		abort();
	}
}

const char *
column_text(sqlite3_stmt *st, int i)
{
	const char *text = (const char *)sqlite3_column_text(st, i);

	if (text == NULL)
		check_memory(st);
	return text != NULL ? text : "";
}

const char *
column_copy(sqlite3_stmt *st, int i, struct arena *mem)
{
	return arena_strdup(mem, column_text(st, i));
}

const void *
column_blob(sqlite3_stmt *st, int i, struct arena *mem, size_t *len)
{
	const void *data = sqlite3_column_blob(st, i);
	void *copy;

	if (data == NULL)
		check_memory(st);
	*len = data != NULL ? (size_t)sqlite3_column_bytes(st, i) : 0;
	copy = arena_alloc(mem, *len + 1);
	if (*len > 0)
		memcpy(copy, data, *len);
	return copy;
}
