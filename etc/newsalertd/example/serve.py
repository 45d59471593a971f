#!/usr/bin/env python3
"""Serve the example feed on a free loopback port, for "make run".

usage: serve.py FOLDER PIPE     writes the port into PIPE, then serves
"""
import functools
import http.server
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass        # the terminal belongs to the alerts


def main():
    folder, pipe = sys.argv[1:]
    handler = functools.partial(Handler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with open(pipe, "w") as f:
        f.write(f"{server.server_address[1]}\n")
    server.serve_forever()


if __name__ == "__main__":
    main()
