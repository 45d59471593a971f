/*
 * link - this process' end of the connection to newsalertd, kept out of the
 * plugin's way.
 *
 * The socket moves from descriptor 3 to a high one and is closed on exec;
 * descriptor 3 becomes /dev/null, so that a plugin that writes there writes
 * nowhere. Before each frame the descriptor is looked at: if a plugin closed
 * it, or put something else in its place, the process says so on stderr and
 * ends, and newsalertd sees an end of file, never a forged message. All other
 * descriptors but stdin, stdout and stderr are closed.
 */
#ifndef NOTIFY_LINK_H
#define NOTIFY_LINK_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/frame.h"

struct link {
	struct frame_link frames;
	dev_t		  dev;
	ino_t		  ino;
};

/* Is descriptor 3 a socket? */
bool	link_present(void);
int	link_take(struct link *, struct error *);
/* Send what was put; ends the process when that cannot be. */
void	link_flush(struct link *);

#endif
