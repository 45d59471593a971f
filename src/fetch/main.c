/*
 * newsalertd-fetch - the program that talks to the network.
 *
 *   newsalertd-fetch                      serve: fd 3 orders, fd 4 documents
 *   newsalertd-fetch --once [OPTION]... URL
 *   newsalertd-fetch --probe write|exec|read=PATH
 */
#include <curl/curl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/error.h"
#include "base/log.h"
#include "build.h"
#include "fetch/serve.h"

#define ORDERS_FD	3
#define DOCUMENTS_FD	4

int
main(void)
{
	struct error err = { "" };

	log_open("newsalertd-fetch");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGPIPE, SIG_IGN);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (serve(ORDERS_FD, DOCUMENTS_FD, &err) < 0) {
		log_error("%s", err.text);
		return 1;
	}
	return 0;
}
