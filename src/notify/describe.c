#include "notify/describe.h"

#include <string.h>

static void
print_option(FILE *f, const struct notify_option *o, int width)
{
	static const char *const types[NOTIFY_TYPES] = {
		[NOTIFY_STRING] = "string",
		[NOTIFY_NUMBER] = "number",
		[NOTIFY_BOOLEAN] = "true or false",
		[NOTIFY_DURATION] = "duration",
	};

	fprintf(f, "  %-*s  %s\n", width, o->name, o->help);
	fprintf(f, "  %-*s  (%s%s%s%s", width, "",
	    o->flags & NOTIFY_LIST ? "list of " : "", types[o->type],
	    o->flags & NOTIFY_REQUIRED ? ", required" : "",
	    o->flags & NOTIFY_EACH ? ", one delivery for each" : "");
	if (o->flags & NOTIFY_SECRET)
		fprintf(f, ", secret: or %s_file", o->name);
	if (o->has_fallback)
		fprintf(f, ", default \"%s\"", o->fallback);
	fputs(")\n", f);
}

void
describe_print(FILE *f, const struct notify_hello *h)
{
	int width = 0;

	fprintf(f, "%s: %s\n", h->plugin, h->summary);
	for (size_t i = 0; i < h->noptions; i++)
		if ((int)strlen(h->options[i].name) > width)
			width = (int)strlen(h->options[i].name);
	for (size_t i = 0; i < h->noptions; i++)
		print_option(f, &h->options[i], width);
}
