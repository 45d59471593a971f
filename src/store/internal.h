/*
 * internal - what the files of store/ share: the connection, its statements,
 * and the one way to run them. Not for other folders.
 *
 *	st = stmt_use(s, STMT_X, err);		NULL: why is in err
 *	stmt_bind(st, "it", id, name);
 *	while ((rc = stmt_step(s, st, err)) == 1) ...
 *	sqlite3_reset(st);
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "store/known.h"
#include "store/sql.h"
#include "store/store.h"

#define STORE_DAY	86400
#define STORE_YEAR	(366 * (int64_t)STORE_DAY)

/* Where retention stands; only in memory, a restart begins anew. */
struct store_prune {
	int64_t	day;			/* the day the pass belongs to */
	int64_t	article;		/* looked at up to this id */
	int64_t	kept;			/* of those, still there */
	int64_t	feed, key;		/* entries looked at up to here */
	int64_t	alert;			/* alerts likewise */
	int	stage;
};

struct store {
	sqlite3		*db;		/* NULL: could not be opened again */
	char		*folder, *path;
	int		 lock;
	bool		 in_transaction;
	bool		 relaxed;	/* SQLite is told to sync no commit */
	bool		 unsynced;	/* the last commit was such a one */
	bool		 reopened;	/* and nobody was told yet */
	enum store_health health;
	int		 wal_pages;	/* in the log after the last commit */
	int		 checkpoint;	/* pages in it before it is copied back */
	char		 instance[37];
	/* The entry last found to be new: its put need not look again. */
	struct { int64_t feed, key; bool set; } unseen;
	struct known	 known;
	struct buf	 history;	/* of the feed that is being written */
	struct store_prune prune;
	struct { int64_t article, kept; } pruned;	/* by the last pass */
	sqlite3_stmt	*stmt[STMT_COUNT];
};

/* Note what SQLite says went wrong, in err and health. Always -1. */
int	 store_fail(struct store *, struct error *);
/* The same of one of SQLite's files, with its code. */
int	 store_fail_file(struct store *, int code, struct error *);
int	 store_exec(struct store *, const char *sql, struct error *);
/* Join the open transaction or make one; *own says which. */
int	 store_enter(struct store *, bool *own, struct error *);
/* End it as rc says (>= 0: commit); returns rc, or -1 if that failed. */
int	 store_leave(struct store *, bool own, int rc, struct error *);

struct store_delivery;
/* Columns of DELIVERY in sql.c. With mem NULL strings stay SQLite's. */
void	 store_read_delivery(sqlite3_stmt *, struct arena *,
	    struct store_delivery *);
int64_t	 store_file_bytes(const struct store *);	/* with its log */
int	 store_migrate(struct store *, struct error *);

sqlite3_stmt *stmt_use(struct store *, enum stmt, struct error *);
/* i int64_t, d int, t const char * (NULL = ""), b const void * and size_t,
   z int64_t that is NULL when 0. Memory stays the caller's until the reset. */
void	 stmt_bind(sqlite3_stmt *, const char *, ...);
int	 stmt_step(struct store *, sqlite3_stmt *, struct error *);	/* 1, 0, -1 */
/* To the end, reset: number of rows changed, or -1. */
int	 stmt_run(struct store *, sqlite3_stmt *, struct error *);
/* One number, reset. 1 = there, 0 = no row, -1. NULL in SQL gives 0. */
int	 stmt_number(struct store *, sqlite3_stmt *, int64_t *, struct error *);
/* Columns. */
const char *column_text(sqlite3_stmt *, int);		/* borrowed, never NULL */
const char *column_copy(sqlite3_stmt *, int, struct arena *);
const void *column_blob(sqlite3_stmt *, int, struct arena *, size_t *);

#endif
