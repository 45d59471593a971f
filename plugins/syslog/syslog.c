/*
 * syslog - alerts as log records: RFC 5424 with structured data over a unix
 * socket, UDP or TCP, or native fields for the journal.
 *
 * It speaks to the socket itself: syslog(3) knows no structured data and does
 * not tell when nobody listens, and sd_journal_send(3) reports success where
 * there is no journal.
 */
#include <newsalertd/notifier.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../memory_file.h"
#include "record.h"
#include "transport.h"

static const struct notifier_option options[] = {
	{ "target", NOTIFIER_STRING, 0, "unix:/dev/log",
	    "unix:PATH, udp:HOST:PORT, tcp:HOST:PORT or journal" },
	{ "facility", NOTIFIER_STRING, 0, "daemon", "as in syslog.conf" },
	{ "app", NOTIFIER_STRING, 0, "newsalertd", "name of the program" },
	{ "hostname", NOTIFIER_STRING, 0, NULL,
	    "name of the machine; default: what it calls itself" },
	{ "bom", NOTIFIER_BOOLEAN, 0, "false",
	    "a byte order mark before the text, as RFC 5424 has it" },
	{ "max_size", NOTIFIER_NUMBER, 0, "8192",
	    "bytes of a record; the text is cut to fit" },
	{ .name = NULL }
};

struct log {
	struct transport	 transport;
	struct record_settings	 settings;
	char			 hostname[256];
};

static int
log_open(struct notifier_host *host, void **state)
{
	const char *target = host->text(host, "target", 0);
	const char *facility = host->text(host, "facility", 0);
	struct log *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NOTIFIER_RETRY;
	l->settings = (struct record_settings){
		.facility = record_facility(facility),
		.app = host->text(host, "app", 0),
		.hostname = host->text(host, "hostname", 0),
		.pid = (long)getpid(),
		.bom = host->number(host, "bom") != 0,
		.max = (size_t)host->number(host, "max_size"),
	};
	if (transport_parse(&l->transport, target) < 0)
		host->error(host, "target is unix:PATH, udp:HOST:PORT, "
		    "tcp:HOST:PORT or journal, not \"%s\"", target);
	else if (l->settings.facility < 0)
		host->error(host, "there is no facility \"%s\"", facility);
	else if (host->number(host, "max_size") < 480 ||
	    host->number(host, "max_size") > 65000)
		host->error(host, "max_size is from 480 to 65000");
	else {
		if (*l->settings.hostname == '\0' &&
		    gethostname(l->hostname, sizeof(l->hostname) - 1) == 0)
			l->settings.hostname = l->hostname;
		*state = l;
		return NOTIFIER_OK;
	}
	free(l);
	return NOTIFIER_FAIL;
}

static int
log_one(struct notifier_host *host, struct log *l,
    const struct notifier_alert *a)
{
	struct memory_file m;
	char *record;
	size_t len;
	int r = -1;

	if (memory_file_open(&m) != NULL) {
		if (l->transport.kind == TRANSPORT_JOURNAL)
			record_journal(m.file, &l->settings, a);
		else
			record_rfc5424(m.file, &l->settings, a);
	}
	if ((record = memory_file_close(&m, &len)) != NULL)
		r = transport_send(&l->transport, host, record, len);
	else
		host->error(host, "out of memory");
	free(record);
	return r;
}

static int
log_send(struct notifier_host *host, void *state,
    const struct notifier_alert *const *alerts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (log_one(host, state, alerts[i]) < 0)
			return NOTIFIER_RETRY;
	return NOTIFIER_OK;
}

static void
log_close(struct notifier_host *host, void *state)
{
	struct log *l = state;

	(void)host;
	transport_close(&l->transport);
	free(l);
}

NOTIFIER_DEFINE(.name = "syslog",
    .summary = "writes alerts to syslog or the journal",
    .options = options, .open = log_open, .send = log_send,
    .close = log_close)
