"""The whole of newsalertd against an origin that looks at its manners: what the
pure functions of poll/ promise, on the wire and over restarts. The numbers are
the rows of newsalertd-polling(7)."""
import contextlib
import pathlib
import re
import sqlite3
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fixture"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fixture.origin import Origin, hang, raw, reply, values       # noqa: E402
from lab import FALL, Daemon, item, rss                           # noqa: E402


def feeds(*urls, more=""):
    return ", ".join(f'{{ name = "f{i}"; url = "{url}"; backlog = "alert"; {more} }}'
                     for i, url in enumerate(urls))


def history(daemon, name="f0"):
    return daemon.ask("feed", feed=name)["feed"]["history"]


def poll_again(daemon, origin, path, name="f0"):
    """Ask for a poll by hand; returns its request."""
    before, polls = len(origin.seen(path)), len(history(daemon, name))
    daemon.ask("poll", feed=name)
    request = origin.wait(before + 1, path)[-1]
    daemon.wait(lambda: len(history(daemon, name)) > polls, "the end of the poll")
    return request


class Room(unittest.TestCase):
    def setUp(self):
        self.origin = Origin()
        self.addCleanup(self.origin.close)

    def daemon(self, config, **options):
        daemon = Daemon(config, **options)
        self.addCleanup(daemon.__exit__)
        return daemon

    def start(self, daemon):
        daemon.start().wait_line("newsalertd .* feeds")
        return daemon

    def restart(self, daemon, kill=False):
        if daemon.process.poll() is None:
            (daemon.kill if kill else daemon.stop)()
        daemon.process.stdout.close()
        daemon.lines.clear()
        return self.start(daemon)


class Polite(Room):
    def test_row_01_to_04_validators_over_restarts_and_errors(self):
        etag, modified = 'W/"a,b"', "Sun, 06 Nov 1994 08:49:37 GMT"
        self.origin.plan("/f", reply(200, rss(item("1", FALL)), ETag=etag, Last_Modified=modified),
                         reply(304), reply(500), reply(304, ETag='"new"'), reply(304),
                         reply(200, rss(item("1", FALL))), reply(200, rss(item("1", FALL))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait_alerts(1)
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")

        def sent(request):
            return values(request, "If-None-Match"), values(request, "If-Modified-Since")
        self.assertEqual(sent(self.origin.requests[0]), ([], []))
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), ([etag], [modified]))
        self.restart(daemon, kill=True)
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), ([etag], [modified]))   # 500
        self.restart(daemon)
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), ([etag], [modified]))
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), (['"new"'], []))
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), (['"new"'], []))
        self.assertEqual(sent(poll_again(daemon, self.origin, "/f")), ([], []))

    def test_row_02_what_a_cut_document_lacks_comes_with_the_next_poll(self):
        whole = rss(item("1", FALL), item("2", "Intel shares plunged 15%"))
        # Nothing but the end of the connection says where it ends.
        cut = raw(b'HTTP/1.1 200 OK\r\nETag: "1"\r\n\r\n' + whole[:-100])
        self.origin.plan("/f", cut, reply(200, whole, ETag='"1"'), reply(304))
        self.origin.plan("/always", cut, cut, reply(304))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"), self.origin.url("/always"))))
        daemon.wait(lambda: len(history(daemon, "f0")) + len(history(daemon, "f1")) == 2, "the first polls")
        for path, name in (("/f", "f0"), ("/always", "f1")):
            sent = [values(poll_again(daemon, self.origin, path, name), "If-None-Match") for _ in range(2)]
            self.assertEqual(sent, [[], ['"1"']])
        self.assertEqual(daemon.ask("feed", feed="f0")["feed"]["articles"], 2)
        self.assertEqual([p["outcome"] for p in history(daemon, "f1")], ["not-modified", "not-modified", "ok"])

    def test_row_08_a_restart_does_not_poll_again(self):
        self.origin.plan("/f", reply(200, rss(item("1", FALL))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")
        for kill in (False, True):
            self.restart(daemon, kill)
            self.assertEqual(len(history(daemon)), 1)
        self.assertEqual(len(self.origin.requests), 1)

    def test_row_08_a_shorter_interval_counts_from_the_reload(self):
        self.origin.plan("/f", reply(200, rss(item("1", FALL))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"), more='interval = "30d";')))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")

        def wait():
            known = daemon.ask("feed", feed="f0")["feed"]
            return known["next"] - known["last_poll"]
        self.assertGreaterEqual(wait(), 30 * 86400)
        daemon.stop()
        with contextlib.closing(sqlite3.connect(daemon.folder / "state/newsalertd.db")) as db, db:
            db.execute("UPDATE polled SET last_poll = last_poll - 3600")      # an hour passes
        self.restart(daemon)
        self.assertEqual(len(self.origin.requests), 1)
        daemon.write(feeds=feeds(self.origin.url("/f"), more='interval = "1m";'))
        daemon.ctl("reload")
        self.origin.wait(2)

    def test_row_11_and_13_retry_after_holds_over_a_restart(self):
        self.origin.plan("/f", reply(503, Retry_After="3600"))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")
        self.restart(daemon, kill=True)
        known = daemon.ask("feed", feed="f0")["feed"]
        due, polled = known["next"], known["last_poll"]
        self.assertGreaterEqual(due - polled, 3600)
        self.assertLessEqual(due - polled, 3600 * 1.1 + 1)
        daemon.stop()
        self.assertEqual(daemon.run("--once")[0], 0)        # --once does not ask it either
        self.assertEqual(len(self.origin.requests), 1)

    def test_row_14_one_request_per_host_and_a_pause(self):
        paths = [f"/{i}" for i in range(12)]
        for path in paths:
            self.origin.plan(path, reply(200, rss(item(path, FALL))))
        daemon = self.daemon(feeds(*map(self.origin.url, paths)))
        text = daemon.config.read_text().replace('spacing = "0s"', 'spacing = "100ms"')
        daemon.config.write_text(text)
        self.assertEqual(daemon.run("--once")[0], 0)
        times = [r.at for r in self.origin.requests]
        self.assertEqual(sorted(r.path for r in self.origin.requests), sorted(paths))
        self.assertGreaterEqual(min(b - a for a, b in zip(times, times[1:])), 0.099)
        self.assertEqual(self.origin.connections, 1)

    def test_row_14_a_slow_host_keeps_no_other_waiting(self):
        self.origin.plan("/slow", hang())
        self.origin.plan("/behind", reply(200, rss(item("1", FALL))))
        with Origin("127.0.0.2") as other:
            other.plan("/f", reply(200, rss(item("2", FALL))))
            daemon = self.daemon(feeds(self.origin.url("/slow"), self.origin.url("/behind"), other.url("/f")))
            daemon.config.write_text(daemon.config.read_text().replace('timeout = "5s"', 'timeout = "1s"'))
            self.start(daemon)
            other.wait(1)
            first = self.origin.wait(1)[0]
            if first.path == "/slow":       # else it had its turn before
                daemon.wait(lambda: len(history(daemon, "f2")) == 1, "the poll of the other host")
                self.assertEqual(len(self.origin.requests), 1)
            self.origin.wait(2)

    def test_row_15_many_names_of_one_address(self):
        names = [f"n{i}.localhost" for i in range(16)]
        self.origin.plan("/f", reply(200, rss(item("1", FALL))))
        daemon = self.daemon(feeds(*(self.origin.url("/f", host=name) for name in names)))
        daemon.config.write_text(daemon.config.read_text().replace('spacing = "0s"', 'spacing = "400ms"'))
        began = time.monotonic()
        self.assertEqual(daemon.run("--once")[0], 0)
        times = [r.at - began for r in self.origin.requests]
        self.assertEqual(sorted(values(r, "Host")[0].partition(":")[0] for r in self.origin.requests), sorted(names))
        # Nobody knew where they lead: four may ask at once, the others each in its turn.
        for turn, at in enumerate(sorted(times)[4:]):
            self.assertGreaterEqual(at, turn * 0.1)

    def test_row_17_410_stops_and_tells(self):
        self.origin.plan("/f", reply(410))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait_line(r"warning: feed 'f0'.*410.*remove the feed")
        self.restart(daemon)
        daemon.stop()
        daemon.run("--once")
        self.assertEqual(len(self.origin.requests), 1)

    def test_row_18_and_26_a_redirect_is_followed_without_credentials(self):
        with Origin("127.0.0.2") as other:
            self.origin.plan("/f", reply(302, Location="/g"))
            self.origin.plan("/g", reply(301, Location=other.url("/h", user="not:ours@")))
            other.plan("/h", reply(200, rss(item("1", FALL)), ETag='"h"'), reply(304))
            daemon = self.start(self.daemon(feeds(
                self.origin.url("/f"), more='user = "reader"; password = "secret"; headers = [ "X-Api-Key: k" ];')))
            daemon.wait_alerts(1)
            for path in ("/f", "/g"):
                self.assertEqual(len(values(self.origin.seen(path)[0], "Authorization")), 1)
                self.assertEqual(values(self.origin.seen(path)[0], "X-Api-Key"), ["k"])
            for name in ("Authorization", "X-Api-Key", "Referer", "Cookie"):
                self.assertEqual(values(other.requests[0], name), [])
            # The validators belong to where they came from.
            request = poll_again(daemon, other, "/h")
            self.assertEqual(values(request, "If-None-Match"), ['"h"'])
            self.assertEqual(values(self.origin.seen("/f")[1], "If-None-Match"), [])

    def test_row_26_a_login_in_a_url_is_one_and_shown_nowhere(self):
        self.origin.plan("/f", reply(302, Location="g"))
        self.origin.plan("/g", reply(200, rss(item("1", FALL))))
        self.origin.plan("/e", reply(302, Location="/e"))
        daemon = self.daemon(feeds(*(self.origin.url(path, user="reader:s%2Fcret@") for path in ("/f", "/e", "/g"))))
        daemon.start("--log-level", "debug").wait_line("newsalertd .* feeds")
        daemon.wait(lambda: [len(history(daemon, f"f{i}")) > 0 for i in range(3)] == [True] * 3, "the polls")
        for request in self.origin.requests:        # also where its own host redirects to
            self.assertEqual(values(request, "Authorization"), ["Basic cmVhZGVyOnMvY3JldA=="])
        said = [daemon.ctl(*args).stdout for args in (["feeds"], ["feeds", "f0"], ["feeds", "--json"], ["export"])]
        kept = [path.read_bytes().decode("latin-1") for path in (daemon.folder / "state").iterdir()]
        for text in ["\n".join(daemon.lines), *said, *kept]:
            self.assertNotRegex(text, r"s(%2F|/)cret")

    def test_row_18_and_19_redirects_that_are_not_followed(self):
        cases = {"/loop": "/loop", "/file": "file:///etc/passwd", "/metadata": "http://169.254.169.254/",
                 "/inside": "http://10.0.0.1/feed"}
        for path, target in cases.items():
            self.origin.plan(path, reply(302, Location=target))
        self.origin.plan("/0", *[])
        for i in range(7):
            self.origin.plan(f"/{i}", reply(302, Location=f"/{i + 1}"))
        paths = [*cases, "/0"]
        status, out = self.daemon(feeds(*map(self.origin.url, paths))).run("--once")
        self.assertEqual(status, 0, out)
        for i, reason in enumerate(["circle", "neither http nor https", "metadata", "private", "more than 5"]):
            self.assertRegex(out, rf"feed 'f{i}'.*{reason}")
        self.assertEqual(len(self.origin.requests), len(cases) + 6)

    def test_row_21_and_22_one_get_by_someone_with_a_name(self):
        self.origin.plan("/f?x=1", reply(200, rss(item("1", FALL)), Set_Cookie="a=b"))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f?x=1"))))
        daemon.wait_alerts(1)
        poll_again(daemon, self.origin, "/f?x=1")
        self.assertEqual(len(self.origin.requests), 2)
        for request in self.origin.requests:
            self.assertEqual((request.method, request.path), ("GET", "/f?x=1"))
            self.assertEqual({n.lower() for n, _ in request.headers},
                             {"host", "user-agent", "accept", "accept-encoding"})
            agent = values(request, "User-Agent")[0]
            self.assertRegex(agent, r"^newsalertd/[0-9.]+ .*test@newsalertd\.example")

    def test_row_24_a_document_that_is_too_large(self):
        self.origin.plan("/f", reply(200, b"x" * 3000000))
        daemon = self.daemon(feeds(self.origin.url("/f")))
        daemon.config.write_text(daemon.config.read_text().replace(
            'timeout = "5s"', 'timeout = "5s"; max_body = "1M"'))
        self.assertRegex(daemon.run("--once")[1], r"feed 'f0'.*larger than 1048576 bytes")

    def test_row_33_a_gap_is_told(self):
        self.origin.plan("/f", reply(200, rss(*(item(f"a{i}", "x") for i in range(5)))),
                         reply(200, rss(*(item(f"b{i}", "x") for i in range(5)))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")
        poll_again(daemon, self.origin, "/f")
        daemon.wait_line(r"warning: feed 'f0'.*may have been missed")


class Reload(Room):
    """What a person changes while a poll is in flight, or after one that failed."""

    def test_an_answer_of_the_url_before_is_none_of_the_new_one(self):
        gate = threading.Event()
        self.origin.plan("/old", reply(410, gate=gate))
        self.origin.plan("/new", reply(200, rss(item("1", FALL))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/old"))))
        self.origin.wait(1, "/old")
        daemon.write(feeds=feeds(self.origin.url("/new")))
        daemon.ctl("reload")
        self.assertEqual(len(self.origin.requests), 1)          # one request at a time to a host
        gate.set()
        daemon.wait_alerts(1)
        known = daemon.ask("feed", feed="f0")["feed"]
        self.assertEqual((known["state"], known["polls"], known["url"]), ("ok", 1, self.origin.url("/new")))

    def test_a_feed_between_two_hops_starts_anew(self):
        self.origin.plan("/old", reply(302, Location="/x", Retry_After="200"))
        self.origin.plan("/new", reply(200, rss(item("1", FALL))))
        daemon = self.start(self.daemon(feeds(self.origin.url("/old"))))
        daemon.wait(lambda: daemon.ask("feed", feed="f0")["feed"]["why"] == "a redirect asked to wait", "the pause")
        daemon.write(feeds=feeds(self.origin.url("/new")))
        daemon.ctl("reload")
        daemon.wait_alerts(1)
        self.assertEqual([r.path for r in self.origin.requests], ["/old", "/new"])

    def test_a_new_password_is_tried_at_once_and_not_before_it_may(self):
        self.origin.plan("/f", reply(401), reply(401, Retry_After="3600"))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"), more='user = "a"; password = "b";')))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")
        for password, polls in (("c", 2), ("d", 2)):
            daemon.write(feeds=feeds(self.origin.url("/f"), more=f'user = "a"; password = "{password}";'))
            daemon.ctl("reload")
            daemon.wait(lambda: len(history(daemon)) == polls, "another poll")
        known = daemon.ask("feed", feed="f0")["feed"]
        self.assertEqual(known["state"], "held")
        self.assertAlmostEqual(known["next"] - known["last_poll"], 3600, delta=2)
        self.assertEqual(len(self.origin.requests), 2)

    def test_what_was_forbidden_is_tried_when_the_rules_have_changed(self):
        self.origin.plan("/robots.txt", reply(200, b"User-agent: *\nDisallow: /f\n"))
        self.origin.plan("/f", reply(200, rss(item("1", FALL))))
        self.origin.plan("/e", reply(404))
        daemon = self.daemon(feeds(self.origin.url("/f"), self.origin.url("/e")))
        text = daemon.config.read_text()
        robots = text.replace("polling : {", "polling : { robots = true;")
        daemon.config.write_text(robots.replace('"127.0.0.0/8"', '"10.0.0.0/8"'))
        self.start(daemon)
        for outcomes, rules in ((["blocked", "blocked"], robots), (["disallowed", "http-error"], text),
                                (["ok", "http-error"], text)):
            daemon.wait(lambda: [daemon.ask("feed", feed=n)["feed"]["outcome"] for n in ("f0", "f1")] == outcomes, outcomes)
            daemon.config.write_text(rules)
            daemon.ctl("reload")
        self.assertEqual(len(self.origin.seen("/e")), 1)        # it fails for a reason of its own

    def test_what_a_person_asks_for_is_asked_only_if_it_may(self):
        self.origin.plan("/f", reply(503, Retry_After="3600"))
        daemon = self.start(self.daemon(feeds(self.origin.url("/f"))))
        daemon.wait(lambda: len(history(daemon)) == 1, "the first poll")
        refused = daemon.ctl("poll", "f0", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.stderr, "asked us to wait for another (59 min|1 h)")
        self.assertRegex(daemon.ctl("feeds", "f0").stdout, r"because +its server asked to wait")
        self.assertEqual(len(self.origin.requests), 1)


class Robots(Room):
    """polling.robots"""
    DENY = b"User-agent: *\nAllow: /\nUser-agent: newsalertd\nDisallow: /f\n"

    def once(self, daemon, robots="true"):
        text = re.sub(r"polling : \{( robots = \w+;)?", f"polling : {{ robots = {robots};", daemon.config.read_text())
        daemon.config.write_text(text)
        before = len(self.origin.requests)
        status, out = daemon.run("--once")
        self.assertEqual(status, 0, out)
        return [r.path for r in self.origin.requests[before:]], out

    def room(self, *answers, path="/f"):
        self.origin.plan("/robots.txt", *answers)
        self.origin.plan(path, reply(200, rss(item("1", FALL)), ETag='"1"'), reply(304))
        return self.daemon(feeds(self.origin.url(path), more='user = "reader"; password = "secret";'))

    def test_row_29_robots_is_read_where_that_is_wanted_once_a_day(self):
        daemon = self.room(reply(200, b"User-agent: *\nDisallow: /private\n"))
        self.assertEqual(self.once(daemon, "false")[0], ["/f"])         # by default
        self.assertEqual(self.once(daemon)[0], ["/robots.txt", "/f"])
        self.assertEqual([values(r, "If-None-Match") for r in self.origin.requests], [[], [], ['"1"']])
        self.assertEqual(self.once(daemon)[0], ["/f"])                  # it is remembered
        with contextlib.closing(sqlite3.connect(daemon.folder / "state/newsalertd.db")) as db, db:
            db.execute("UPDATE feed SET extra = x''")                   # as if a day had passed
        self.assertEqual(self.once(daemon)[0], ["/robots.txt", "/f"])

    def test_row_29_what_it_denies_is_not_asked(self):
        daemon = self.room(reply(200, self.DENY))
        asked, out = self.once(daemon)
        self.assertEqual(asked, ["/robots.txt"])
        self.assertRegex(out, "warning: feed 'f0': the robots.txt of its host does not let newsalertd read it.*"
                              "polling.robots")
        self.start(daemon)
        known = daemon.ask("feed", feed="f0")["feed"]
        self.assertEqual(known["outcome"], "disallowed")
        self.assertGreaterEqual(known["next"] - known["last_poll"], 86400)
        daemon.stop()
        self.assertEqual(self.once(daemon, "false")[0], ["/f"])

    def test_row_29_a_host_without_one_allows_and_one_that_fails_does_not(self):
        for answers, asked in (((reply(404, b"no"),), ["/robots.txt", "/f"]), ((reply(403, b"no"),), ["/robots.txt", "/f"]),
                               ((reply(200, b""),), ["/robots.txt", "/f"]), ((reply(503),), ["/robots.txt"]),
                               ((reply(302, Location="/r2"),), ["/robots.txt", "/r2", "/f"]),
                               ((reply(302, Location="/robots.txt"),), ["/robots.txt", "/f"])):
            self.origin.plan("/r2", reply(200, b"User-agent: newsalertd\nAllow: /\n"))
            self.assertEqual(self.once(self.room(*answers))[0], asked)

    def test_row_29_the_path_with_its_query_is_looked_for(self):
        daemon = self.room(reply(200, b"User-agent: *\nDisallow: /*?*page=\n"), path="/f?a=1&page=2")
        self.assertEqual(self.once(daemon)[0], ["/robots.txt"])


class Twins(Room):
    """Feeds that end at one URL are asked once."""

    def line(self, name, path, more=""):
        return f'{{ name = "{name}"; url = "{self.origin.url(path)}"; backlog = "alert"; {more} }}'

    def daemon_with(self, *lines, polls):
        """Feeds a and b, asked for the first time; the last to answer may say it for both."""
        self.origin.plan("/r", reply(302, Location="/x"))
        self.origin.plan("/x", reply(200, rss(item("1", FALL)), ETag='"1"'), reply(200, rss(item("1", FALL)), ETag='"1"'),
                         reply(200, rss(item("2", "AMD shares plunged 15%"), item("1", FALL)), ETag='"2"'), reply(304))
        daemon = self.start(self.daemon(", ".join(lines)))
        daemon.wait(lambda: sum(self.know(daemon, n)["polls"] for n in "ab") == polls, f"{polls} polls")
        return daemon

    def know(self, daemon, name):
        return daemon.ask("feed", feed=name)["feed"]

    def poll(self, daemon, name, answers):
        """One poll, which is one for all of answers; returns what was asked."""
        asked = len(self.origin.requests)
        before = {n: self.know(daemon, n)["polls"] for n in "ab"}
        daemon.ask("poll", feed=name)
        daemon.wait(lambda: self.know(daemon, name)["polls"] > before[name], f"a poll of {name}")
        self.assertEqual({n for n in "ab" if self.know(daemon, n)["polls"] > before[n]}, set(answers))
        return [r.path for r in self.origin.requests[asked:]]

    def both(self, daemon, key):
        return [self.know(daemon, n).get(key) for n in "ab"]

    def test_row_20_one_answer_for_two_names(self):
        daemon = self.daemon_with(self.line("a", "/x"), self.line("b", "/r"), polls=3)
        daemon.wait_line(r"warning: feed '[ab]': it ends at http\S*/x, as feed '[ab]' does.*one of them can be removed")
        self.assertEqual(sorted(r.path for r in self.origin.requests), ["/r", "/x", "/x"])
        self.assertEqual(self.poll(daemon, "a", "ab"), ["/x"])
        self.assertEqual(self.both(daemon, "articles"), [2, 2])
        self.assertEqual(self.both(daemon, "same_as"), ["b", "a"])
        self.assertIn("same as", daemon.ctl("feeds", "b").stdout)
        self.restart(daemon, kill=True)
        self.assertEqual(self.poll(daemon, "a", "ab"), ["/x"])      # 304: nothing new for both
        self.assertEqual(self.both(daemon, "outcome"), ["not-modified"] * 2)
        for name in "ab":
            known = self.know(daemon, name)
            self.assertGreaterEqual(known["next"] - known["last_poll"], 60)
        # The other one still goes its own way when it is asked, and says it for both.
        self.assertEqual(self.poll(daemon, "b", "ab"), ["/r", "/x"])

    def test_row_20_who_asks_otherwise_asks_for_himself(self):
        daemon = self.daemon_with(self.line("a", "/x"), self.line("b", "/r", 'user = "reader"; password = "secret";'),
                                  polls=2)
        self.assertEqual(self.poll(daemon, "a", "a"), ["/x"])
        self.assertEqual(self.both(daemon, "articles"), [2, 1])
        self.assertEqual(self.both(daemon, "same_as"), [None, None])

    def test_row_20_a_failure_is_not_shared(self):
        daemon = self.daemon_with(self.line("a", "/x"), self.line("b", "/r"), polls=3)
        self.origin.plan("/x", reply(500), reply(200, rss(item("3", "Intel shares plunged 15%"), item("1", FALL))))
        self.poll(daemon, "a", "a")
        self.assertEqual(self.both(daemon, "errors"), [1, 0])
        self.poll(daemon, "b", "ab")                                # what it gets helps the other one
        self.assertEqual(self.both(daemon, "errors"), [0, 0])
        self.assertEqual(self.both(daemon, "articles"), [2, 2])

    def test_row_20_a_feed_that_calls_itself_as_another_does(self):
        document = rss(item("1", FALL)).replace(
            b"<channel>", b'<channel><a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="http://e.org/f"/>')
        self.origin.plan("/y", reply(200, document))
        self.origin.plan("/z", reply(200, document))
        daemon = self.daemon_with(self.line("a", "/y"), self.line("b", "/z"), polls=2)
        daemon.wait_line(r"feed '[ab]': it says that it is http://e.org/f, as feed '[ab]' does: is it the same one twice")
        self.assertEqual(self.poll(daemon, "a", "a"), ["/y"])       # it is not taken at its word


class Older(Room):
    """Atom feeds of five entries with archives (RFC 5005): page n has entries 5n-4 to 5n."""
    RULE = '{ name = "news"; when = "\'numbered article\'"; notify = [ "out" ]; }'

    def page(self, number, older=None, newest=None):
        entries = "".join(
            f"<entry><id>urn:e:{n}</id><title>Numbered article {n}</title><updated>{self.stamp}</updated></entry>"
            for n in reversed(range(5 * number - 4, 5 * number + 1)))
        link = f'<link rel="prev-archive" href="{older}"/>' if older else ""
        return reply(200, ('<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title>'
                           f"{link}{entries}</feed>").encode())

    def setUp(self):
        super().setUp()
        self.stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def publish(self, last, links=None):
        """The feed knows page 1 and then shows page last; older pages are /2 ... /last-1."""
        self.origin.plan("/f", self.page(1), self.page(last, f"/{last - 1}"), reply(304))
        for n in range(1, last):
            self.origin.plan(f"/{n}", self.page(n, (links or {}).get(n, f"/{n - 1}" if n > 1 else None)))
        daemon = self.daemon(feeds(self.origin.url("/f")), rules=self.RULE)
        self.assertEqual(daemon.run("--once")[0], 0)
        return daemon

    def asked(self):
        return [r.path for r in self.origin.requests]

    def numbers(self, daemon):
        return sorted(int(re.search(r"article (\d+)", line)[1]) for line in daemon.alert_lines())

    def make_due(self, daemon):
        with contextlib.closing(sqlite3.connect(daemon.folder / "state/newsalertd.db")) as db, db:
            db.execute("UPDATE polled SET next_due = next_due - 86400, last_poll = last_poll - 3600")

    def test_row_31_what_a_gap_skipped_is_found_in_older_pages(self):
        daemon = self.publish(6)
        daemon.config.write_text(daemon.config.read_text().replace('spacing = "0s"', 'spacing = "100ms"'))
        began = time.monotonic()
        status, out = daemon.run("--once")
        self.assertEqual(status, 0)
        self.assertEqual(self.asked(), ["/f", "/f", "/5", "/4", "/3", "/2", "/1"])
        for turn, request in enumerate(self.origin.requests[1:]):
            self.assertGreaterEqual(request.at - began, turn * 0.1)
        self.assertEqual(self.numbers(daemon), list(range(1, 31)))      # each once
        self.assertRegex(out, "feed 'f0': .*20 articles were found in older pages, and none is missing")

    def test_row_31_ten_pages_at_the_most(self):
        daemon = self.publish(14)
        out = daemon.run("--once")[1]
        self.assertEqual(self.asked(), ["/f", "/f"] + [f"/{n}" for n in range(13, 3, -1)])
        self.assertRegex(out, "warning: feed 'f0': .*50 articles were found in 10 older pages.*missed")
        self.assertEqual(daemon.run("--once")[0], 0)
        self.assertEqual(self.asked()[12:], ["/f"])

    def test_row_31_a_circle_of_pages(self):
        daemon = self.publish(6, links={3: "/5"})
        self.assertEqual(daemon.run("--once")[0], 0)
        self.assertEqual(self.asked(), ["/f", "/f", "/5", "/4", "/3", "/5"])

    def test_row_31_a_kill_between_pages(self):
        daemon = self.publish(6)
        gate = threading.Event()
        self.origin.plan("/4", reply(200, b"", gate=gate), self.page(4, "/3"))
        self.make_due(daemon)
        self.start(daemon)
        self.origin.wait(1, "/4")
        # The one that a kill finds under way would come twice.
        daemon.wait_alerts(10)
        daemon.wait(lambda: daemon.ask("status")["notifiers"][0]["pending"] == 0, "the verdicts")
        self.restart(daemon, kill=True)
        gate.set()
        daemon.wait_alerts(30)
        self.assertEqual(self.asked(), ["/f", "/f", "/5", "/4", "/4", "/3", "/2", "/1"])
        self.assertEqual(self.numbers(daemon), list(range(1, 31)))

    def test_row_31_entries_that_were_there_before_are_no_news(self):
        """All ids are new: a site that moved, not a gap. What is dated long ago does not alert."""
        self.origin.plan("/f", self.page(1), self.page(6, "/5"))
        self.stamp = "2020-01-01T00:00:00Z"
        self.origin.plan("/5", self.page(5, "/4"))
        daemon = self.daemon(feeds(self.origin.url("/f")), rules=self.RULE)
        for _ in range(2):
            self.assertEqual(daemon.run("--once")[0], 0)
        self.assertEqual(self.asked(), ["/f", "/f", "/5"])
        self.assertEqual(self.numbers(daemon), [*range(1, 6), *range(26, 31)])


class Manual(unittest.TestCase):
    def test_the_manual_names_every_test_of_a_row_and_no_other(self):
        tests = pathlib.Path(__file__).resolve().parents[1]
        there = set()
        for path in (*tests.glob("unit/test_*.c"), *tests.glob("integration/test_*.py")):
            names = re.findall(r"^(?:row_\d\w+|    def test_row_\d\w+)", path.read_text(), re.M)
            there |= {(path.stem.removeprefix("test_"), n.strip().removeprefix("def test_")) for n in names}
        page = (tests.parent / "src/poll/newsalertd-polling.7").read_text()
        self.assertEqual(set(re.findall(r"^\.Em (\w+) (row_\w+)", page, re.M)), there)


if __name__ == "__main__":
    unittest.main()
