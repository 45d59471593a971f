/*
 * program - where our own files are, installed or in the build tree.
 *
 * An uninstalled program finds the others beside itself and the shipped files
 * in the source tree above it; an installed one knows the paths it was built
 * with. All strings are made once and live as long as the process.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

/* The root of the source tree this program runs from, or NULL: installed. */
const char *program_source(void);
/* The folder of newsalertd-fetch, -parse and -notify. */
const char *program_libexec(void);
/* The folder of the notifier plugins, NAME.so each. */
const char *program_plugins(void);
/* The folder of the shipped configuration. */
const char *program_sysconf(void);

#endif
