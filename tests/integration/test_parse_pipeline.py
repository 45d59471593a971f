#!/usr/bin/python3
"""newsalertd-parse as newsalertd's child: documents in, articles out."""
import os
import signal
import socket
import struct
import subprocess
import unittest

import wire
from feed_outputs import PARSE
from wire import ARTICLE, BEGIN, DOCUMENT, REPORT, frame, text

OK, NOT_MODIFIED, NOT_FEED = map(wire.OUTCOMES.index, ("ok", "not-modified", "not-a-feed"))
FEED = (b'<rss version="2.0"><channel><title>T</title><ttl>5</ttl>'
        b'<item><title>One</title><link>/1</link><guid>1</guid></item>'
        b'<item><title>Two &amp; three</title></item></channel></rss>')


def answer(poll, outcome, url, **texts):
    given = {"url": url, "etag": '"etag"', **texts}
    strings = [given.get(name, "") for name in wire.TEXTS]
    return (struct.pack("<QBI", poll, outcome, 200 if outcome == OK else 304)
            + b"".join(text(s) for s in strings)
            + struct.pack("<QqI", 7, 0, 8))


class Reader:
    def __init__(self, body):
        self.body, self.at = body, 0

    def number(self, form):
        value, = struct.unpack_from("<" + form, self.body, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def text(self):
        size = self.number("I")
        self.at += size
        return self.body[self.at - size:self.at].decode()


class Pipeline(unittest.TestCase):
    def setUp(self):
        self.documents, theirs_in = socket.socketpair()
        self.articles, theirs_out = socket.socketpair()

        def place():
            os.dup2(theirs_in.fileno(), 103)
            os.dup2(theirs_out.fileno(), 104)
            os.dup2(103, 3)
            os.dup2(104, 4)
            os.close(103)
            os.close(104)

        self.child = subprocess.Popen([str(PARSE)], preexec_fn=place,
                                      close_fds=False,
                                      stderr=subprocess.PIPE)
        theirs_in.close()
        theirs_out.close()
        self.documents.settimeout(30)
        self.articles.settimeout(30)

    def tearDown(self):
        self.documents.close()
        self.articles.close()
        self.child.kill()
        self.child.wait()
        self.child.stderr.close()

    def send(self, poll, outcome, body, **more):
        self.documents.sendall(frame(DOCUMENT, answer(
            poll, outcome, "http://example.org/feed", **more) + text(body)))

    def exactly(self, size):
        data = b""
        while len(data) < size:
            more = self.articles.recv(size - len(data))
            self.assertTrue(more, "newsalertd-parse has gone")
            data += more
        return data

    def receive(self):
        size, kind = struct.unpack("<II", self.exactly(8))
        return kind, Reader(self.exactly(size))

    def expect(self, kind, poll):
        got, body = self.receive()
        self.assertEqual((got, body.number("Q")), (kind, poll))
        return body

    def report(self, poll):
        body = self.expect(REPORT, poll)
        outcome, _ = body.number("B"), body.number("I")
        strings = {name: body.text() for name in wire.TEXTS}
        body.number("Q"), body.number("q"), body.number("I")
        feed = [body.text() for _ in range(8)]
        counts = [body.number("B"), body.number("I"), body.number("I"), body.number("B"),
                  body.number("B"), body.number("q")]
        return outcome, strings, feed, counts

    def test_articles_come_between_begin_and_report(self):
        self.send(77, OK, FEED)
        self.expect(BEGIN, 77)
        first, second = self.expect(ARTICLE, 77), self.expect(ARTICLE, 77)
        self.assertEqual([first.text() for _ in range(3)],
                         ["1", "One", "http://example.org/1"])
        self.assertEqual([second.text() for _ in range(2)],
                         ["", "Two & three"])
        outcome, strings, feed, counts = self.report(77)
        self.assertEqual(outcome, OK)
        self.assertEqual(strings["etag"], '"etag"')
        self.assertEqual(feed[:2], ["rss-2.0", "T"])
        self.assertEqual(counts, [0, 2, 0, 1, 1, 300])

    def test_links_are_relative_to_the_base_that_the_server_named(self):
        self.send(78, OK, FEED, base="http://example.net/dir/feed")
        self.expect(BEGIN, 78)
        first = self.expect(ARTICLE, 78)
        self.assertEqual([first.text() for _ in range(3)],
                         ["1", "One", "http://example.net/1"])

    def test_other_answers_pass_through_without_a_begin(self):
        self.send(5, NOT_MODIFIED, b"")
        outcome, strings, feed, counts = self.report(5)
        self.assertEqual((outcome, strings["etag"]), (NOT_MODIFIED, '"etag"'))
        self.assertEqual((feed, counts), ([""] * 8, [0] * 6))

    def test_a_page_is_no_feed_and_the_next_document_is_read(self):
        self.send(1, OK, b"<html><head><link rel=alternate type=application/"
                         b"rss+xml href=/f.xml></head><body>x</body></html>")
        self.expect(BEGIN, 1)
        outcome, strings, _, counts = self.report(1)
        self.assertEqual(outcome, NOT_FEED)
        self.assertEqual(strings["error"], "it is an HTML page, not a feed; it "
                                     "names http://example.org/f.xml")
        self.assertEqual(counts[0], 0)
        self.send(2, OK, FEED)
        self.expect(BEGIN, 2)
        self.expect(ARTICLE, 2)

    def test_the_charset_of_the_server_counts(self):
        self.send(3, OK, b"<rss><channel><item><title>\xc0\xea</title></item>"
                         b"</channel></rss>",
                  content_type="text/xml; charset=windows-1251")
        self.expect(BEGIN, 3)
        body = self.expect(ARTICLE, 3)
        self.assertEqual([body.text(), body.text()], ["", "Ак"])

    def test_it_ends_with_its_input(self):
        self.documents.close()
        self.assertEqual(self.child.wait(30), 0)

    def test_a_breach_of_the_protocol_ends_it(self):
        self.documents.sendall(frame(DOCUMENT, b"\xff" * 20))
        self.assertEqual(self.child.wait(30), 1)

    def test_begin_is_there_before_the_document_is_looked_at(self):
        """It is stopped as soon as it has spoken: what it said is BEGIN."""
        self.send(9, OK, FEED * 2000)
        self.expect(BEGIN, 9)
        self.child.send_signal(signal.SIGSTOP)


if __name__ == "__main__":
    unittest.main()
