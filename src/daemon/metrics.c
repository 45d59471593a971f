#include "daemon/metrics.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"

struct restarts {
	char	*program;
	uint64_t n;
};

static struct {
	uint64_t	 polls[POLL_OUTCOMES];
	uint64_t	 deliveries[STORE_OUTCOME_DEAD + 1];
	struct restarts	*restarts;
	size_t		 nrestarts, crestarts;
	uint64_t	 matched;
	int64_t		 match_ns;
} count;

int64_t
metrics_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

void
metrics_poll(enum poll_outcome o)
{
	if ((unsigned)o < POLL_OUTCOMES)
		count.polls[o]++;
}

void
metrics_delivery(enum store_outcome o)
{
	if ((unsigned)o <= STORE_OUTCOME_DEAD)
		count.deliveries[o]++;
}

/* There are few programs: one for each notifier, and the reader. */
void
metrics_restart(const char *program)
{
	struct restarts *r = count.restarts;

	for (size_t i = 0; i < count.nrestarts; i++)
		if (strcmp(r[i].program, program) == 0) {
			r[i].n++;
			return;
		}
	count.restarts = mem_grow(r, count.nrestarts, &count.crestarts,
	    sizeof(*r));
	count.restarts[count.nrestarts++] = (struct restarts){
		mem_strdup(program), 1 };
}

void
metrics_match(int64_t began)
{
	count.matched++;
	count.match_ns += metrics_clock() - began;
}

void
metrics_head(struct buf *b, const char *name, const char *type,
    const char *help)
{
	buf_printf(b, "# HELP newsalertd_%s %s\n# TYPE newsalertd_%s %s\n",
	    name, help, name, type);
}

void
metrics_line(struct buf *b, const char *name, const char *label,
    const char *value, double v)
{
	buf_printf(b, "newsalertd_%s", name);
	if (label != NULL) {
		buf_printf(b, "{%s=\"", label);
		for (; *value != '\0'; value++) {
			if (*value == '"' || *value == '\\')
				buf_addc(b, '\\');
			if (*value == '\n')
				buf_adds(b, "\\n");
			else
				buf_addc(b, *value);
		}
		buf_adds(b, "\"}");
	}
	buf_printf(b, " %.15g\n", v);
}

void
metrics_print(struct buf *b)
{
	static const char *const outcomes[] = { "done", "retry", "dead" };

	metrics_head(b, "polls_total", "counter", "Polls by outcome.");
	for (int o = 0; o < POLL_OUTCOMES; o++)
		metrics_line(b, "polls_total", "outcome",
		    poll_outcome_name((enum poll_outcome)o),
		    (double)count.polls[o]);
	metrics_head(b, "delivery_attempts_total", "counter",
	    "Attempts to deliver by outcome.");
	for (int o = 0; o <= STORE_OUTCOME_DEAD; o++)
		metrics_line(b, "delivery_attempts_total", "outcome",
		    outcomes[o], (double)count.deliveries[o]);
	metrics_head(b, "child_restarts_total", "counter",
	    "Programs that died and were to be started again.");
	for (size_t i = 0; i < count.nrestarts; i++)
		metrics_line(b, "child_restarts_total", "program",
		    count.restarts[i].program, (double)count.restarts[i].n);
	metrics_head(b, "matched_articles_total", "counter",
	    "Articles that the rules were tried on.");
	metrics_line(b, "matched_articles_total", NULL, NULL,
	    (double)count.matched);
	metrics_head(b, "match_seconds_total", "counter",
	    "Time that took.");
	metrics_line(b, "match_seconds_total", NULL, NULL,
	    (double)count.match_ns / 1e9);
}
