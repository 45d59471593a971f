"""Documents that are too much for newsalertd-parse: their feed is blamed and
backs off, every other poll is made again, and nothing else is lost.

The parser is the real one; what its own limits would do with a document of
hundreds of megabytes, lower ones do here with a small one.
"""
import os
import signal
import threading
import unittest

from origin import Origin, reply
from lab import BUILD, FALL, Daemon, item, rss
from newsroom import SANITIZED

HOUR = 3600
PLUNGE = "AMD shares plunged 15% on Tuesday"
# No end of elements, each of them small.
LONG = b"<rss><channel><item><title>t</title><description>" + b"<x/>" * (7 << 20)
LARGE = b"<rss><channel><item><title>t</title><description>" + b"word " * (8 << 20)


class Deaths(unittest.TestCase):
    def setUp(self):
        self.origin, self.other = Origin(), Origin("127.0.0.2")
        self.addCleanup(self.origin.close)
        self.addCleanup(self.other.close)

    def start(self, document, limit=None):
        """A daemon with a feed that kills its parser and two that do not: one has
        ended before, the other's server has not answered yet."""
        self.gate = threading.Event()
        self.origin.plan("/ended", reply(200, rss(item("e", FALL))))
        self.origin.plan("/bad", reply(200, document))
        self.other.plan("/slow", reply(200, b"", gate=self.gate), reply(200, rss(item("s", PLUNGE))))
        self.daemon = Daemon(", ".join(
            f'{{ name = "{name}"; url = "{url}"; backlog = "alert"; enabled = {enabled}; }}' for name, url, enabled in (
                ("ended", self.origin.url("/ended"), "true"), ("bad", self.origin.url("/bad"), "false"),
                ("slow", self.other.url("/slow"), "true"))))
        self.addCleanup(self.daemon.__exit__)
        if limit:
            self.limit(limit)
        text = self.daemon.config.read_text().replace('timeout = "5s"', 'timeout = "60s"; max_body = "60M"')
        self.daemon.config.write_text(text)
        self.daemon.start()
        self.daemon.wait_alerts(1)
        self.other.wait(1)
        self.daemon.config.write_text(text.replace("enabled = false", "enabled = true"))
        self.daemon.ctl("reload")
        self.origin.wait(1, "/bad")

    def limit(self, command):
        """Its programs, the parser with lower limits."""
        libexec = self.daemon.folder / "libexec"
        libexec.mkdir()
        for name in ("newsalertd-fetch", "newsalertd-notify"):
            (libexec / name).symlink_to(BUILD / name)
        parse = libexec / "newsalertd-parse"
        parse.write_text(f'#!/bin/sh\n{command}\nexec {BUILD / "newsalertd-parse"} "$@"\n')
        parse.chmod(0o755)
        self.daemon.write(extra=f'libexec_dir = "{libexec}";')

    def check(self, why, asked=1):
        self.daemon.wait_line(rf"warning: feed 'bad': {why}")
        self.daemon.wait_line("newsalertd-fetch and -parse.*started again")
        self.other.wait(2)                          # it was in flight
        self.daemon.wait_alerts(2)
        bad = self.daemon.ask("feed", feed="bad")["feed"]
        self.assertEqual((bad["outcome"], bad["errors"]), ("parser-died", 1))
        self.assertGreaterEqual(bad["next"] - bad["last_poll"], HOUR)
        for name in ("ended", "slow"):
            known = self.daemon.ask("feed", feed=name)["feed"]
            self.assertEqual((known["outcome"], known["errors"], known["polls"]), ("ok", 0, 1))
        self.assertEqual([len(self.origin.seen(path)) for path in ("/ended", "/bad")], [1, asked])
        self.gate.set()

    @unittest.skipIf(SANITIZED, "sanitizers need more memory than any limit")
    def test_a_document_that_takes_too_much_memory(self):
        self.start(LARGE, "ulimit -v 130000")
        self.check("its document was too much for the parser, which was ended by signal 6")

    @unittest.skipIf(SANITIZED, "sanitizers need more memory than any limit")
    def test_a_document_that_cannot_even_be_taken_in(self):
        """Nobody is to blame then, until it has happened three times."""
        self.start(LARGE, "ulimit -v 60000")
        self.check("each time it was asked one of the programs that read feeds was ended by signal 6", asked=3)

    def test_a_document_that_takes_too_much_time(self):
        self.start(LONG, "ulimit -t 1")
        self.check("its document was too much for the parser, which was ended by signal")

    def test_a_document_at_which_it_stops(self):
        self.start(LONG)
        parser = self.daemon.children()["newsalertd-parse"][0]
        stat = f"/proc/{parser}/stat"

        def is_at_it():
            with open(stat) as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return int(fields[11]) > 20             # hundredths of a second of its own
        self.daemon.wait(is_at_it, "the document")
        os.kill(parser, signal.SIGSTOP)
        self.check("its document was too much for the parser, which took too long over a document")


if __name__ == "__main__":
    unittest.main()
