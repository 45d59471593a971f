/*
 * sandbox - after sandbox_enter the process can read, write and reckon, and
 * nothing else: no open, no socket, no exec, no new process, little memory.
 *
 * What is forbidden fails with EPERM (it does not kill), so that a library
 * which tries one way and then another goes on, and a test can see the
 * refusal. Everything that comes from files must be loaded before.
 */
#ifndef PARSE_SANDBOX_H
#define PARSE_SANDBOX_H

#include "base/error.h"

#define SANDBOX_MEMORY	(384u << 20)	/* bytes of address space beyond what
					   is mapped already */
#define SANDBOX_SECONDS	5		/* CPU time for one document */

/* No way back. -1 when the kernel does not give it: then stop. */
int	sandbox_enter(struct error *);
/* A new document begins: its CPU time is counted from here. When it is used
   up, SIGPROF ends the process. */
void	sandbox_start_clock(void);
/* Try what is forbidden ("open", "socket", "exec"). 0 when it was refused. */
int	sandbox_probe(const char *, struct error *);

#endif
