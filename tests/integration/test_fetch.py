"""newsalertd-fetch against a scriptable origin: what it asks, and what it makes
of the answers. The tests named row_N prove that row of the table of polite
polling behaviours in newsalertd-polling(7)."""
import gzip
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fixture import wire                                          # noqa: E402
from fixture.fetcher import Fetcher                               # noqa: E402
from fixture.origin import (Origin, Reply, bomb, endless, hang,      # noqa: E402
                            head, raw, reply, values)

FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title></channel></rss>"


class Case(unittest.TestCase):
    def setUp(self):
        self.origin = Origin()
        self.fetcher = Fetcher()
        self.addCleanup(self.origin.close)
        self.addCleanup(self.fetcher.close)

    def get(self, path="/feed", *replies, **options):
        if replies:
            self.origin.plan(path, *replies)
        return self.fetcher.get(self.origin.url(path), **options)


class Conditional(Case):
    def test_row_01_validators_are_raw_bytes(self):
        odd = [('W/"a,b"', "Sun, 06 Nov 1994 08:49:37 GMT"),
               ('""', "Mon, 06 Nov 1994 08:49:37 GMT"),     # a Sunday in truth
               ('unquoted', "yesterday, perhaps"),
               ('"\xfc"', "0")]
        for etag, modified in odd:
            with self.subTest(etag=etag):
                got = self.get("/feed", reply(200, FEED, ETag=etag, Last_Modified=modified))
                self.assertEqual(got.outcome, "ok")
                back = [v.encode("utf-8", "surrogateescape")
                        for v in (got.etag, got.last_modified)]
                self.assertEqual(back, [v.encode("latin-1") for v in (etag, modified)])
                got = self.get("/feed", reply(304), etag=back[0], last_modified=back[1])
                self.assertEqual((got.outcome, got.status), ("not-modified", 304))
                sent = self.origin.requests[-1]
                self.assertEqual(values(sent, "If-None-Match"), [etag])
                self.assertEqual(values(sent, "If-Modified-Since"), [modified])

    def test_a_first_request_is_unconditional(self):
        self.get("/feed", reply(200, FEED))
        sent = self.origin.requests[-1]
        for name in ("If-None-Match", "If-Modified-Since", "A-IM"):
            self.assertEqual(values(sent, name), [])

    def test_row_02_a_304_carries_new_validators(self):
        got = self.get("/feed", reply(304, ETag='"new"', Cache_Control="max-age=60"), etag='"old"')
        self.assertEqual((got.outcome, got.etag, got.cache_control),
                         ("not-modified", '"new"', "max-age=60"))

    def test_a_200_with_the_known_document_is_not_modified(self):
        got = self.get("/feed", reply(200, FEED, ETag='"a"'))
        self.assertNotEqual(got.hash, 0)
        again = self.get("/feed", reply(200, gzip.compress(FEED), Content_Encoding="gzip", ETag='"b"'),
                         known=got.hash)
        self.assertEqual((again.outcome, again.status, again.etag, again.body, again.bytes),
                         ("not-modified", 200, '"b"', b"", len(FEED)))
        other = self.get("/feed", reply(200, FEED + b" "), known=got.hash)
        self.assertEqual((other.outcome, other.body), ("ok", FEED + b" "))
        part = self.get("/feed", reply(226, FEED), known=got.hash, etag='"b"')
        self.assertEqual(part.outcome, "ok")

    def test_a_304_to_no_condition_is_an_error(self):
        got = self.get("/feed", reply(304))
        self.assertEqual(got.outcome, "http-error")
        self.assertIn("without validators", got.error)

    def test_no_line_break_leaves_in_a_header(self):
        for options in ({"etag": '"a"\r\nX-Evil: 1'}, {"last_modified": "a\nb"},
                        {"headers": ["X-Key: a\r\nX-Evil: 1"]}):
            got = self.get("/feed", reply(200, FEED), **options)
            self.assertEqual(got.outcome, "bad-url")
        self.assertEqual(self.origin.requests, [])

    def test_row_32_a_226_is_a_document(self):
        got = self.get("/feed", reply(226, FEED, IM="feed"), etag='"a"')
        self.assertEqual((got.outcome, got.status, got.body), ("ok", 226, FEED))
        self.assertEqual(values(self.origin.requests[-1], "A-IM"), ["feed"])


class Manners(Case):
    def test_row_21_one_plain_get_and_nothing_else(self):
        self.get("/feed?a=1", reply(200, FEED, Set_Cookie="id=1", Link="</hub>; rel=hub"))
        self.get("/feed?a=1")
        self.assertEqual([r.method for r in self.origin.requests], ["GET", "GET"])
        self.assertEqual({r.path for r in self.origin.requests}, {"/feed?a=1"})
        for request in self.origin.requests:
            names = {n.lower() for n, _ in request.headers}
            self.assertEqual(names, {"host", "user-agent", "accept", "accept-encoding"})

    def test_row_22_it_says_who_it_is(self):
        self.get("/feed", reply(200, FEED))
        self.assertEqual(values(self.origin.requests[0], "User-Agent"),
                         ["newsalertd/test (+mailto:ops@example.org)"])

    def test_row_23_it_asks_for_feeds_compressed(self):
        self.get("/feed", reply(200, FEED))
        accept = values(self.origin.requests[0], "Accept")[0]
        for kind in ("application/rss+xml", "application/atom+xml", "application/feed+json"):
            self.assertIn(kind, accept)
        self.assertIn("gzip", values(self.origin.requests[0], "Accept-Encoding")[0])

    def test_row_15_an_address_gets_so_many_connections(self):
        self.origin.plan("/hang", hang())
        self.origin.plan("/f", reply(200, b"x"))
        for name in ("a.localhost", "b.localhost"):
            self.fetcher.order(self.origin.url("/hang", host=name), address_max=2)
        self.origin.wait(2)
        with Origin("127.0.0.2") as other:
            other.plan("/f", reply(200, b"y"))
            for url, outcome, address in ((self.origin.url("/f", host="c.localhost"), "busy", "127.0.0.1"),
                                          (other.url("/f"), "ok", "127.0.0.2"),
                                          (self.origin.url("/f", host="c.localhost"), "busy", "127.0.0.1")):
                answer = self.fetcher.get(url, address_max=2)
                self.assertEqual((answer.outcome, answer.address), (outcome, address))
        self.assertEqual(len(self.origin.requests), 2)
        answer = self.fetcher.get(self.origin.url("/f", host="c.localhost"), address_max=3)
        self.assertEqual((answer.outcome, answer.address), ("ok", "127.0.0.1"))
        # A connection that is there already is no new one.
        answer = self.fetcher.get(self.origin.url("/f", host="c.localhost"), address_max=2)
        self.assertEqual((answer.outcome, answer.address), ("ok", "127.0.0.1"))

    def test_row_19_redirects_are_answers(self):
        cases = [(301, "/new", "/new"), (302, "../x y", "/x%20y"), (303, "?q#frag", "/a/feed?q"),
                 (307, "http://user:secret@127.0.0.9/", "http://127.0.0.9/"),
                 (308, "//127.0.0.9:81/f", "http://127.0.0.9:81/f"),
                 (301, "file:///etc/passwd", "file:///etc/passwd")]
        for status, location, target in cases:
            with self.subTest(location=location):
                got = self.get("/a/feed", reply(status, b"moved", Location=location))
                if target.startswith("/"):
                    target = self.origin.url(target)
                self.assertEqual((got.outcome, got.status, got.location, got.body),
                                 ("redirect", status, target, b""))
        self.assertEqual(len(self.origin.requests), len(cases))

    def test_a_redirect_to_nowhere_is_an_error(self):
        self.assertEqual(self.get("/feed", reply(301)).outcome, "http-error")
        self.assertEqual(self.get("/feed", reply(301, Location="http://")).outcome, "broken")

    def test_row_26_credentials_go_where_the_order_says(self):
        got = self.get("/feed", reply(200, FEED), user="reader", password="secret",
                       headers=["X-Api-Key: k1", "Accept: text/plain"])
        self.assertEqual(got.outcome, "ok")
        sent = self.origin.requests[-1]
        self.assertEqual(values(sent, "Authorization"), ["Basic cmVhZGVyOnNlY3JldA=="])
        self.assertEqual(values(sent, "X-Api-Key"), ["k1"])
        self.assertEqual(values(sent, "Accept"), ["text/plain"])
        self.get("/feed")
        self.assertEqual(values(self.origin.requests[-1], "Authorization"), [])

    def test_row_26_credentials_of_a_url_are_sent_and_never_shown(self):
        got = self.fetcher.get(self.origin.url("/feed", user="reader:s3cret@"))
        self.assertEqual(values(self.origin.requests[-1], "Authorization"),
                         ["Basic cmVhZGVyOnMzY3JldA=="])
        self.assertEqual(got.url, self.origin.url("/feed"))
        for url in (f"http://reader:s3cret@127.0.0.1:{free_port()}/",
                    "http://reader:s3cret@no-such-name.invalid/",
                    "ftp://reader:s3cret@127.0.0.1/", "http://reader:s3cret@[::bad/"):
            got = self.fetcher.get(url)
            self.assertNotIn("s3cret", repr(got))
            self.assertNotEqual(got.error, "")

    def test_row_25_the_environment_names_no_proxy(self):
        proxy = Origin()
        self.addCleanup(proxy.close)
        self.origin.plan("/feed", reply(200, FEED))
        with Fetcher({"http_proxy": proxy.url(), "ALL_PROXY": proxy.url()}) as fetcher:
            self.assertEqual(fetcher.get(self.origin.url("/feed")).outcome, "ok")
        self.assertEqual(proxy.requests, [])

    def test_a_configured_proxy_is_used(self):
        proxy = Origin()
        self.addCleanup(proxy.close)
        proxy.plan("http://feeds.example.org/f", reply(200, FEED))
        with Fetcher(proxy=proxy.url(), allow=[]) as fetcher:
            self.assertEqual(fetcher.get("http://feeds.example.org/f").outcome, "ok")
            self.assertEqual(fetcher.get("http://169.254.169.254/f").outcome, "blocked")
        self.assertEqual(len(proxy.requests), 1)


class Compression(Case):
    def body(self, data, encoding=None):
        headers = {"Content-Encoding": encoding} if encoding else {}
        return self.get("/feed", reply(200, data, headers))

    def test_row_23_every_layer_is_taken_off(self):
        raw_deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        deflated = raw_deflate.compress(FEED) + raw_deflate.flush()
        packed = gzip.compress(FEED)
        cases = {
            "plain": (FEED, None),
            "gzip": (packed, "gzip"),
            "x-gzip": (packed, "X-GZIP"),
            "zlib": (zlib.compress(FEED), "deflate"),
            "raw deflate": (deflated, "deflate"),
            "gzip called deflate": (packed, "deflate"),
            "says gzip and is not": (FEED, "gzip"),
            "says br and is not": (FEED, "br"),
            "says deflate and is not": (FEED, "deflate"),
            "says what nobody knows": (FEED, "utf-8"),
            "identity": (FEED, "identity"),
            "twice, said": (gzip.compress(packed), "gzip, gzip"),
            "twice, said once": (gzip.compress(packed), "gzip"),
            "a .gz file": (packed, None),
            "two members": (gzip.compress(FEED[:20]) + gzip.compress(FEED[20:]), "gzip"),
            "padded": (packed + bytes(10), "gzip"),
        }
        for name, (data, encoding) in cases.items():
            with self.subTest(name):
                got = self.body(data, encoding)
                self.assertEqual((got.outcome, got.body, got.bytes), ("ok", FEED, len(FEED)))

    def test_row_23_brotli_and_zstd_as_built(self):
        self.get("/feed", reply(200, FEED))
        accepted = values(self.origin.requests[0], "Accept-Encoding")[0]
        # Made by the reference tools from FEED[:21].
        known = {"br": "0b0a803c3f786d6c2076657273696f6e3d27312e30273f3e03",
                 "zstd": "28b52ffd0058a900003c3f786d6c2076657273696f6e3d27312e30273f3e"}
        for name, data in known.items():
            if name not in accepted:
                print(f"skip: built without {name}")
                continue
            with self.subTest(name):
                got = self.body(bytes.fromhex(data), name)
                self.assertEqual((got.outcome, got.body), ("ok", FEED[:21]))

    def test_a_large_document_passes_through_in_pieces(self):
        data = b"".join(b"<item>%d</item>" % i for i in range(200000))
        got = self.body(gzip.compress(data, 1), "gzip")
        self.assertEqual((got.outcome, got.body), ("ok", data))

    def test_row_23_a_cut_gzip_is_broken(self):
        packed = gzip.compress(os.urandom(5000))
        got = self.body(packed[:3000], "gzip")
        self.assertEqual((got.outcome, got.body), ("broken", b""))
        self.assertIn("cut short", got.error)
        damaged = packed[:2000] + bytes(500) + packed[2500:]
        self.assertEqual(self.body(damaged, "gzip").outcome, "broken")


class Limits(Case):
    def test_row_24_decoded_bytes_are_capped(self):
        self.assertEqual(self.get("/feed", reply(200, b"x" * 1000), max_body=1000).outcome, "ok")
        self.assertEqual(self.get("/feed", reply(200, b"x" * 1001), max_body=1000).outcome,
                         "too-large")
        got = self.get("/feed", bomb(), max_body=1 << 20)
        self.assertEqual((got.outcome, got.body), ("too-large", b""))
        self.assertIn("1048576", got.error)
        got = self.get("/feed", endless(), max_body=1 << 20)
        self.assertEqual(got.outcome, "too-large")

    def test_row_24_headers_are_capped(self):
        many = [(f"X-{i}", "x" * 50) for i in range(100000)]
        got = self.get("/feed", reply(200, FEED, many))
        self.assertEqual(got.outcome, "broken")
        self.assertIn("headers", got.error)
        got = self.get("/feed", raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000000))
        self.assertEqual(got.outcome, "broken")

    def test_row_24_a_header_too_long_to_keep_counts_as_absent(self):
        many = [("Cache-Control", "public, x=" + "y" * 30)] * 400
        got = self.get("/feed", reply(200, FEED, [("ETag", '"' + "x" * 9000 + '"'), *many]))
        self.assertEqual((got.outcome, got.etag), ("ok", ""))
        self.assertLess(len(got.cache_control), 8300)

    def test_a_hanging_server_is_a_timeout(self):
        got = self.get("/feed", hang(), timeout_ms=200)
        self.assertEqual(got.outcome, "timeout")
        self.assertIn("200 ms", got.error)
        self.assertLess(got.elapsed_ms, 5000)

    def test_row_24_who_drips_is_a_timeout(self):
        for data in (b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000, head(200, [("Content-Length", 1000)]) + b"x" * 1000):
            with self.subTest(data[:30]):
                got = self.get("/feed", drip(data), timeout_ms=300)
                self.assertEqual((got.outcome, got.body), ("timeout", b""))
                self.assertLess(got.elapsed_ms, 5000)

    def test_an_error_page_is_not_read_to_its_end(self):
        got = self.get("/feed", Limits.error_page())
        self.assertEqual((got.outcome, got.status, got.body), ("http-error", 500, b""))

    @staticmethod
    def error_page():
        page = endless()
        chunks = page.chunks

        def failing():
            yield head(500, [("Retry-After", "60")])
            it = iter(chunks())
            next(it)
            yield from it
        page.chunks = failing
        return page


class Failures(Case):
    def test_each_failure_has_its_name(self):
        cases = [
            ("http-error", 404, reply(404, b"no")),
            ("http-error", 410, reply(410)),
            ("http-error", 429, reply(429, Retry_After="120")),
            ("http-error", 503, reply(503, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT")),
            ("http-error", 204, reply(204)),
            ("broken", 200, reply(200, FEED, cut=20)),
            ("broken", 0, raw(b"")),
            ("broken", 0, raw(b"SSH-2.0-OpenSSH_9.2\r\n")),
            ("broken", 200, raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")),
            ("ok", 200, raw(b"HTTP/1.0 200 OK\r\n\r\n" + FEED)),
        ]
        for outcome, status, what in cases:
            with self.subTest(outcome=outcome, status=status):
                got = self.get("/feed", what)
                self.assertEqual((got.outcome, got.status), (outcome, status))
                self.assertEqual(got.error == "", outcome == "ok")
        got = self.get("/feed", reply(429, Retry_After="120", cf_mitigated="challenge",
                                      headers={"Content-Type": "text/html"}))
        self.assertEqual((got.retry_after, got.mitigated, got.content_type),
                         ("120", "challenge", "text/html"))

    def test_a_reset_is_a_connection_error(self):
        self.assertEqual(self.get("/feed", raw(b"HTTP/1.1 2", reset=True)).outcome, "connect")
        self.assertEqual(self.fetcher.get(f"http://127.0.0.1:{free_port()}/").outcome, "connect")

    def test_a_name_that_is_none(self):
        got = self.fetcher.get("http://no-such-name.invalid/feed")
        self.assertEqual(got.outcome, "dns")
        self.assertIn("no-such-name.invalid", got.error)

    def test_row_27_what_is_not_a_url_is_not_guessed(self):
        for url in ("", "example.org/feed", "file:///etc/passwd", "gopher://127.0.0.1/",
                    "http://", "http://a b/", "http://127.0.0.1:99999/", "http://[::1",
                    "javascript:alert(1)", "http:\\\\127.0.0.1\\"):
            with self.subTest(url=url):
                got = self.fetcher.get(url)
                self.assertEqual(got.outcome, "bad-url")
                self.assertNotEqual(got.error, "")

    def test_row_27_a_name_in_any_script(self):
        got = self.fetcher.get("http://b\u00fccher.invalid/feed")
        self.assertEqual(got.outcome, "dns")
        self.assertIn("xn--bcher-kva.invalid", got.error)

    def test_headers_of_an_interim_response_do_not_count(self):
        got = self.get("/feed", raw(b'HTTP/1.1 103 Early Hints\r\nETag: "no"\r\n\r\n'
                                    b"HTTP/1.1 200 OK\r\nCache-Control: public\r\n"
                                    b"Cache-Control:max-age=9 \r\nAge: 1\r\nAge: 2\r\n"
                                    b"Content-Length: 1\r\n\r\nx"))
        self.assertEqual((got.outcome, got.etag, got.cache_control, got.age),
                         ("ok", "", "public, max-age=9", "2"))


class Addresses(unittest.TestCase):
    def test_row_25_private_addresses_are_refused(self):
        with Origin() as origin, Fetcher(allow=[]) as fetcher:
            for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.1",
                         "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "169.254.169.254",
                         "[64:ff9b::7f00:1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]",
                         "[fe80::1%25lo]", "127.1", "0", "127\u30020\u30020\u30021", "a@127.0.0.1"):
                with self.subTest(host=host):
                    got = fetcher.get(origin.url("/feed", host=host))
                    self.assertEqual(got.outcome, "blocked")
                    self.assertIn("network.allow", got.error)
            self.assertEqual(origin.connections, 0)

    def test_row_25_the_allow_list_opens_what_it_says(self):
        with Origin("127.0.0.7") as one, Origin("127.0.0.8") as two:
            with Fetcher(allow=["127.0.0.7"]) as fetcher:
                self.assertEqual(fetcher.get(one.url("/")).outcome, "http-error")
                self.assertEqual(fetcher.get(two.url("/")).outcome, "blocked")
            self.assertEqual((one.connections, two.connections), (1, 0))


class Tls(unittest.TestCase):
    def test_a_certificate_nobody_vouches_for_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            key, cert = f"{folder}/key", f"{folder}/cert"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
                            "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=IP:127.0.0.1"],
                           check=True, capture_output=True)
            with Origin(certificate=(cert, key)) as origin, Fetcher() as fetcher:
                got = fetcher.get(origin.url("/feed"))
                self.assertEqual(got.outcome, "tls")
                self.assertIn("certificate", got.error)
                self.assertEqual(origin.requests, [])


class Process(unittest.TestCase):
    def test_many_at_once_are_all_answered(self):
        gate = threading.Event()
        with Origin() as origin, Fetcher() as fetcher:
            paths = [f"/{i}" for i in range(200)]
            for path in paths:
                origin.plan(path, reply(200, path.encode(), gate=gate))
            for path in paths:
                fetcher.order(origin.url(path))
            origin.wait(len(paths))         # all are in flight together
            gate.set()
            got = {a.poll: a.body for a in (fetcher.answer() for _ in paths)}
        self.assertEqual(got, {i + 1: p.encode() for i, p in enumerate(paths)})

    def test_a_full_pipe_holds_it_back(self):
        size, count = 1 << 20, 40
        with Origin() as origin, Fetcher() as fetcher:
            origin.plan("/big", reply(200, b"x" * size))
            for _ in range(count):
                fetcher.order(origin.url("/big"))
            self.assertEqual({len(fetcher.answer().body) for _ in range(count)}, {size})

    def test_a_cancelled_poll_is_not_answered(self):
        with Origin() as origin, Fetcher() as fetcher:
            origin.plan("/slow", hang())
            origin.plan("/feed", reply(200, FEED))
            poll = fetcher.order(origin.url("/slow"))
            origin.wait(1)
            fetcher.orders.sendall(wire.cancel(poll))
            fetcher.orders.sendall(wire.cancel(999))
            self.assertEqual(fetcher.get(origin.url("/feed")).body, FEED)

    def test_connections_are_used_again(self):
        with Origin() as origin, Fetcher() as fetcher:
            origin.plan("/feed", reply(200, FEED))
            for _ in range(5):
                fetcher.get(origin.url("/feed"))
            self.assertEqual(origin.connections, 1)

    def test_it_ends_with_either_side(self):
        with Fetcher() as fetcher:
            self.assertEqual(fetcher.close(), (0, ""))
        with Fetcher() as fetcher:
            fetcher.documents.close()
            status, text = fetcher.wait()
            self.assertEqual(status, 1)
            self.assertIn("newsalertd-parse is gone", text)

    def test_a_breach_of_the_protocol_ends_it(self):
        breaches = [wire.frame(99, b""), wire.frame(wire.ORDER, b"\0" * 7),
                    wire.setup(), b"\xff" * 8]
        for data in breaches:
            with Fetcher() as fetcher:
                fetcher.orders.sendall(data)
                status, text = fetcher.wait()
                self.assertEqual(status, 1)
                self.assertIn("newsalertd: ", text)
        for data in (wire.order(1, "http://127.0.0.1/"), wire.setup(user_agent="a\r\nb"),
                     wire.setup(allow=["10.0.0.0/99"])):
            with Fetcher(setup=False) as fetcher:
                fetcher.orders.sendall(data)
                self.assertEqual(fetcher.wait()[0], 1)


def drip(data):
    """A byte now and then."""
    pause = threading.Event()

    def chunks():
        for i in range(len(data)):
            pause.wait(0.02)
            yield data[i:i + 1]
    return Reply(chunks)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


if __name__ == "__main__":
    unittest.main()
