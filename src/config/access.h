/*
 * access - how the network is to be asked, without reading all else.
 *
 * newsalertctl fetches a document as the daemon would, also while the
 * configuration has errors or is not for the eyes of whoever types.
 */
#ifndef CONFIG_ACCESS_H
#define CONFIG_ACCESS_H

#include <stddef.h>

#include "base/arena.h"

#define CONFIG_ALLOW_MAX 256

struct config_access {
	const char	*allow[CONFIG_ALLOW_MAX];	/* private networks */
	size_t		 nallow;
	const char	*proxy, *contact;		/* "" = none */
};

/* As the main file says; what it does not say, or nobody lets us read, is as if
   there were no file. Strings live in the arena. */
void	config_access_read(const char *path, struct arena *,
	    struct config_access *);
/* Who we are, for servers: name, version, and the contact unless it is "". */
const char *config_user_agent(const char *contact, struct arena *);
/* One more network; those beyond CONFIG_ALLOW_MAX are left out. */
void	config_access_allow(struct config_access *, const char *network);

#endif
