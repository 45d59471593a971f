#include "base/log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096

static struct {
	const char	*name;
	enum log_level	 level;
	bool		 journal;
	log_sink	*sink;
} state = { "newsalertd", LOG_LEVEL_INFO, false, NULL };

/* Indexed by enum log_level: syslog priority, name. */
static const struct {
	int		 priority;
	const char	*name;
} levels[] = {
	[LOG_LEVEL_ERROR] = { 3, "error" },
	[LOG_LEVEL_WARNING] = { 4, "warning" },
	[LOG_LEVEL_NOTICE] = { 5, "notice" },
	[LOG_LEVEL_INFO] = { 6, "info" },
	[LOG_LEVEL_DEBUG] = { 7, "debug" },
};

void
log_open(const char *name)
{
	state.name = name;
	state.journal = getenv("JOURNAL_STREAM") != NULL;
}

void
log_set_level(enum log_level level)
{
	state.level = level;
}

int
log_level_parse(const char *s, enum log_level *level)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (strcmp(s, levels[i].name) == 0) {
			*level = (enum log_level)i;
			return 0;
		}
	return -1;
}

/* C0, DEL and C1 (as UTF-8) would let a feed title move the cursor. */
static void
disarm(char *s)
{
	unsigned char *p = (unsigned char *)s;

	for (; *p != '\0'; p++) {
		if (*p < 0x20 || *p == 0x7f)
			*p = ' ';
		else if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0)
			p[0] = p[1] = ' ';
	}
}

void
log_set_sink(log_sink *sink)
{
	state.sink = sink;
}

static void emit(enum log_level, const struct log_subject *, const char *,
    va_list) __attribute__((format(printf, 3, 0)));

static void
emit(enum log_level level, const struct log_subject *about, const char *fmt,
    va_list ap)
{
	char line[LINE_MAX_BYTES], text[LINE_MAX_BYTES - 128], stamp[32] = "";
	struct timespec now;
	struct tm tm;
	int n;

	if (level > state.level)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	disarm(text);
	if (state.sink != NULL &&
	    state.sink(levels[level].priority, text, about) == 0)
		return;
	if (state.journal) {
		n = snprintf(line, sizeof(line), "<%d>%s\n",
		    levels[level].priority, text);
	} else {
		clock_gettime(CLOCK_REALTIME, &now);
		if (localtime_r(&now.tv_sec, &tm) != NULL)
			strftime(stamp, sizeof(stamp), "%H:%M:%S ", &tm);
		n = snprintf(line, sizeof(line), "%s%s: %s%s%s\n", stamp,
		    state.name, level <= LOG_LEVEL_WARNING ?
		    levels[level].name : "", level <= LOG_LEVEL_WARNING ?
		    ": " : "", text);
	}
	/* One write per line: lines of several processes do not mix. */
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		return;
}

void
log_vwrite(enum log_level level, const char *fmt, va_list ap)
{
	emit(level, NULL, fmt, ap);
}

void
log_write(enum log_level level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	emit(level, NULL, fmt, ap);
	va_end(ap);
}

void
log_about(enum log_level level, const struct log_subject *about,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	emit(level, about, fmt, ap);
	va_end(ap);
}
