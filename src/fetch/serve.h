/*
 * serve - orders in on one descriptor, documents out on another, until either
 * ends.
 *
 * Every order is answered by exactly one document message (unless cancelled),
 * in the order of completion. When more than FETCH_HIGH bytes wait for
 * newsalertd-parse, no order and no answer is read until FETCH_LOW is reached;
 * the clocks of the requests stand still meanwhile.
 */
#ifndef FETCH_SERVE_H
#define FETCH_SERVE_H

#include "base/error.h"

#define FETCH_HIGH	(16u << 20)
#define FETCH_LOW	(4u << 20)

/* 0 when the orders ended, -1 on a breach of the protocol or a dead parser. */
int	serve(int orders_fd, int documents_fd, struct error *);

#endif
