#include "base/crash.h"

#ifdef CRASH_POINTS
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
crash_point(const char *name)
{
	static long passed;
	const char *wanted = getenv("NEWSALERTD_CRASH");
	size_t n = strlen(name);
	long which = 1;

	if (wanted == NULL || strncmp(wanted, name, n) != 0)
		return;
	if (wanted[n] == ':')
		which = strtol(wanted + n + 1, NULL, 10);
	else if (wanted[n] != '\0')
		return;
	if (++passed == which)
		kill(getpid(), SIGKILL);
}
#endif
