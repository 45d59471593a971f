/*
 * pipeline - documents from newsalertd-fetch, articles to newsalertd.
 *
 * Answers without a document pass through. A document is named before it is
 * looked at (POLL_BEGIN, flushed). Both descriptors may block. Returns the
 * exit status: 0 when the other side has closed.
 */
#ifndef PARSE_PIPELINE_H
#define PARSE_PIPELINE_H

int	pipeline_run(int documents, int articles);

#endif
