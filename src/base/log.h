/*
 * log - one line per event worth a line, to stderr.
 *
 * Under journald (JOURNAL_STREAM set) each line carries a "<N>" priority
 * prefix; on a terminal it carries a time. Control characters in the text are
 * replaced, so that feed text cannot forge lines. Low layers do not log: they
 * return a struct error, and the layer that knows the feed, rule or notifier
 * by name logs once.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE,
	LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

void	log_open(const char *);		/* program name, kept by reference */
void	log_set_level(enum log_level);	/* default LOG_LEVEL_INFO */
int	log_level_parse(const char *, enum log_level *);	/* 0 or -1 */
void	log_write(enum log_level, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
void	log_vwrite(enum log_level, const char *, va_list)
	    __attribute__((format(printf, 2, 0)));

/*
 * What a line is about, for those who search by it (the journal's fields FEED,
 * RULE, NOTIFIER, ALERT). NULL and 0 = nothing. The text says it, too.
 */
struct log_subject {
	const char	*feed, *rule, *notifier;
	int64_t		 alert;
};
void	log_about(enum log_level, const struct log_subject *,
	    const char *, ...) __attribute__((format(printf, 3, 4)));
/*
 * Where lines go instead of stderr: returns 0 when it took the line. priority
 * as in syslog(3); the text is disarmed; the subject may be NULL.
 */
typedef int log_sink(int priority, const char *text,
	    const struct log_subject *);
void	log_set_sink(log_sink *);

#define log_error(...)   log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...)  log_write(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...)    log_write(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_write(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
