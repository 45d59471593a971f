/* newsalertctl status: how newsalertd is doing, on one screen. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "ctl/show.h"

/* "3 failing" in the colour of alarm, when there are any. */
static void
part(const struct ctl *c, const json_t *o, const char *key,
    enum show_colour colour, const char **gap)
{
	char text[64];
	long long n = command_integer(o, key);

	if (n == 0)
		return;
	snprintf(text, sizeof(text), "%lld %s", n, key);
	fputs(*gap, stdout);
	show_text(c, colour, text);
	*gap = ", ";
}

static void
print_feeds(const struct ctl *c, const json_t *f)
{
	const char *gap = ": ";

	printf("  feeds     %lld", command_integer(f, "total"));
	part(c, f, "ok", SHOW_GREEN, &gap);
	part(c, f, "new", SHOW_PLAIN, &gap);
	part(c, f, "held", SHOW_YELLOW, &gap);
	part(c, f, "failing", SHOW_RED, &gap);
	part(c, f, "gone", SHOW_RED, &gap);
	putchar('\n');
}

static void
print_store(const struct ctl *c, const json_t *s, int64_t now)
{
	const char *health = command_string(s, "health");
	bool good = *health == '\0' || strcmp(health, "ok") == 0 ||
	    strcmp(health, "good") == 0;
	char since[40];

	printf("  store     %lld articles, %lld alerts, %.1f MB, oldest %s",
	    command_integer(s, "articles"), command_integer(s, "alerts"),
	    (double)command_integer(s, "bytes") / 1e6,
	    show_since(command_integer(s, "oldest_article"), now, since));
	if (!good) {
		fputs(", ", stdout);
		show_text(c, SHOW_RED, health);
	}
	putchar('\n');
}

static void
print_notifiers(struct ctl *c, const json_t *list)
{
	static const char *const headings[] = { "notifier", "pending#",
	    "oldest", "failed#", "done#", NULL };
	struct show_table *t = show_table_new(&c->mem, headings);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *n = json_array_get(list, i);
		long long dead = command_integer(n, "dead");
		char span[32] = "";

		if (json_is_integer(json_object_get(n, "oldest")))
			duration_text(command_integer(n, "oldest") * 1000,
			    span, sizeof(span));
		show_cell(t, SHOW_PLAIN, "%s", command_string(n, "name"));
		show_cell(t, SHOW_PLAIN, "%lld", command_integer(n, "pending"));
		show_cell(t, SHOW_PLAIN, "%s", span);
		show_cell(t, dead > 0 ? SHOW_RED : SHOW_PLAIN, "%lld", dead);
		show_cell(t, SHOW_PLAIN, "%lld", command_integer(n, "done"));
	}
	if (json_array_size(list) > 0) {
		putchar('\n');
		show_table_print(c, t);
	}
}

int
command_status(struct ctl *c, const struct command *cmd, int argc, char **argv)
{
	int status, first = options_read(c, cmd, NULL, argc, argv, &status);
	int64_t now = (int64_t)time(NULL);
	char up[32], since[40];
	long long off;
	json_t *s;

	if (first < 0)
		return status;
	if (!options_count(cmd, argc, first, 0, 0))
		return STATUS_USAGE;
	if ((s = command_ask(c, json_pack("{s:s}", "command", "status"))) == NULL)
		return STATUS_FAILED;
	if (c->json) {
		command_print_json(s);
		json_decref(s);
		return STATUS_OK;
	}
	duration_text(command_integer(s, "uptime") * 1000, up, sizeof(up));
	printf("newsalertd %s, up %s\n", command_string(s, "version"), up);
	print_feeds(c, json_object_get(s, "feeds"));
	off = command_integer(s, "rules_off");
	printf("  rules     %lld", command_integer(s, "rules"));
	if (off > 0)
		printf(", %lld more are off", off);
	printf("; last alert %s\n", show_since(command_integer(s,
	    "last_alert"), now, since));
	print_store(c, json_object_get(s, "store"), now);
	print_notifiers(c, json_object_get(s, "notifiers"));
	json_decref(s);
	return STATUS_OK;
}
