#include "daemon/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include "base/log.h"

#define FIELDS	8
#define VALUE	4200		/* a line of the log and its name */

struct entry {
	struct iovec	 list[FIELDS];
	char		 text[FIELDS][VALUE];
	int		 n;
};

static void
add(struct entry *e, const char *name, const char *value)
{
	char *to = e->text[e->n];
	int len;

	if (value == NULL || value[0] == '\0')
		return;
	len = snprintf(to, VALUE, "%s=%s", name, value);
	e->list[e->n].iov_base = to;
	e->list[e->n++].iov_len = len < VALUE ? (size_t)len : VALUE - 1;
}

static int
sink(int priority, const char *text, const struct log_subject *about)
{
	struct entry e;
	char number[32];

	e.n = 0;
	snprintf(number, sizeof(number), "%d", priority);
	add(&e, "MESSAGE", text);
	add(&e, "PRIORITY", number);
	add(&e, "SYSLOG_IDENTIFIER", "newsalertd");
	if (about != NULL) {
		add(&e, "FEED", about->feed);
		add(&e, "RULE", about->rule);
		add(&e, "NOTIFIER", about->notifier);
		if (about->alert != 0) {
			snprintf(number, sizeof(number), "%" PRId64,
			    about->alert);
			add(&e, "ALERT", number);
		}
	}
	return sd_journal_sendv(e.list, e.n) < 0 ? -1 : 0;
}

/* As systemd.exec(5) says: the variable may be inherited by what is not it. */
static int
is_ours(const char *stream)
{
	unsigned long long dev, ino;
	struct stat st;

	return stream != NULL &&
	    sscanf(stream, "%llu:%llu", &dev, &ino) == 2 &&
	    fstat(STDERR_FILENO, &st) == 0 && st.st_dev == dev &&
	    st.st_ino == ino && access("/run/systemd/journal/socket", F_OK) == 0;
}

void
journal_open(void)
{
	if (is_ours(getenv("JOURNAL_STREAM")))
		log_set_sink(sink);
}
