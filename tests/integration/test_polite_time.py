"""Weeks of polling in seconds: the whole of newsalertd with a clock that is set
forward, against an origin that keeps every request. The numbers are the rows of
newsalertd-polling(7). Hosts with public names are reached by way of a proxy,
which the origin plays: holds of hosts of our own are another matter.
"""
import email.utils
import random
import time
import unittest

import fake_clock
from lab import BUILD, FALL, Daemon, item, rss
from newsroom import SANITIZED
from origin import Origin, reply, values

MINUTE, HOUR, DAY = 60, 3600, 86400
HOST, OTHER = "http://wire.example.org", "http://other.example.org"
TICK = "http://tick.example.org/"       # asked by hand, so that the daemon looks at its clock


@unittest.skipUnless(fake_clock.HAVE, fake_clock.WHY)
@unittest.skipIf(SANITIZED, "libfaketime and the sanitizers do not go together")
class Room(unittest.TestCase):
    OPTIONS = ()

    def setUp(self):
        self.origin = Origin()
        self.addCleanup(self.origin.close)

    def start(self, *urls, interval="15m", before=None):
        feeds = ", ".join(f'{{ name = "f{i}"; url = "{url}"; backlog = "alert"; interval = "{interval}"; }}'
                          for i, url in enumerate(urls))
        self.origin.plan(TICK, reply(200, rss(item("tick", "Tick"))))
        self.daemon = Daemon(f'{feeds}, {{ name = "tick"; url = "{TICK}"; interval = "30d"; }}')
        self.addCleanup(self.daemon.__exit__)
        self.clock = fake_clock.FakeClock(self.daemon.folder, BUILD)
        self.daemon.env.update(self.clock.env)
        self.daemon.write(extra=f'libexec_dir = "{self.clock.libexec}";')
        self.daemon.config.write_text(self.daemon.config.read_text().replace(
            "network : {", f'network : {{ proxy = "{self.origin.url("")}";'))
        if before:
            before(self.clock)
        self.go()

    def go(self):
        self.daemon.start(*self.OPTIONS).wait_line("newsalertd .* feeds")

    def restart(self, kill):
        (self.daemon.kill if kill else self.daemon.stop)()
        self.daemon.process.stdout.close()
        self.daemon.lines.clear()
        self.go()

    def know(self, name="f0"):
        return self.daemon.ask("feed", feed=name)["feed"]

    def wait_polls(self, count, name="f0"):
        self.daemon.wait(lambda: self.know(name)["polls"] >= count, f"{count} polls of {name}")
        return self.know(name)

    def pass_to(self, when):
        """Set the clock; what is due then has been asked afterwards."""
        self.clock.set(when)
        polls = self.know("tick")["polls"]
        self.daemon.ask("poll", feed="tick")
        self.wait_polls(polls + 1, "tick")

    def wait_for_next(self, name="f0"):
        """Not a second before it is due, then its poll; returns the time that passed."""
        known = self.know(name)
        self.pass_to(known["next"] - 2)
        self.assertEqual(self.know(name)["polls"], known["polls"])
        self.pass_to(known["next"] + 1)
        return self.wait_polls(known["polls"] + 1, name)["last_poll"] - known["last_poll"]

    def check(self, passed, least):
        """At least that, and at most a tenth and some seconds more."""
        self.assertGreaterEqual(passed, least)
        self.assertLessEqual(passed, least * 1.1 + 10)

    def asked(self, url):
        return len(self.origin.seen(url))


class Time(Room):
    def test_row_05_a_server_that_only_ever_says_304(self):
        self.origin.plan(HOST + "/f", reply(200, rss(item("1", FALL)), ETag='"1"', Cache_Control="max-age=86400"),
                         reply(304))
        self.start(HOST + "/f")
        self.wait_polls(1)
        bare, began = [], self.clock.now()
        while self.clock.now() < began + 34 * DAY:
            self.wait_for_next()
            if not values(self.origin.seen(HOST + "/f")[-1], "If-None-Match"):
                bare.append(self.clock.now() - began)
        # After a month, and then, since it answers no better, once a day at the most.
        self.assertGreaterEqual(bare[0], 30 * DAY)
        self.assertTrue(3 <= len(bare) <= 5, bare)
        self.assertGreaterEqual(min(b - a for a, b in zip(bare, bare[1:])), DAY - 10)

    def test_row_06_what_the_server_says_holds_on_304_and_errors(self):
        self.origin.plan(HOST + "/f", reply(200, rss(item("1", FALL)), ETag='"1"', Cache_Control="max-age=7200", Age="600"),
                         reply(304), reply(304, Cache_Control="max-age=3600"), reply(500, Retry_After="10800"),
                         reply(200, rss(item("1", FALL)).replace(b"<item>", b"<ttl>90</ttl><item>", 1)),
                         reply(200, rss(item("1", FALL), item("2", "News"))))
        self.start(HOST + "/f")
        self.wait_polls(1)
        for least in (6600, 6600, HOUR, 3 * HOUR, 90 * MINUTE):
            self.check(self.wait_for_next(), least)
        self.check(self.wait_for_next(), 15 * MINUTE)

    def test_row_07_a_week_is_waited_but_no_more_than_a_day_of_freshness(self):
        self.origin.plan(HOST + "/f", reply(200, rss(item("1", FALL)), Cache_Control="max-age=500000000"),
                         reply(503, Retry_After="604800"), reply(503, Retry_After="99999999"), reply(304))
        self.start(HOST + "/f")
        self.wait_polls(1)
        for least in (DAY, 7 * DAY, 7 * DAY):
            self.check(self.wait_for_next(), least)

    def test_row_09_a_quiet_feed_is_asked_less_often(self):
        self.origin.plan(HOST + "/f", reply(200, rss(item("1", FALL)), ETag='"1"'), reply(304))
        self.start(HOST + "/f", interval="6h")
        self.wait_polls(1)
        began, polls = self.clock.now(), 1
        while self.clock.now() < began + 40 * DAY:
            last, polls = self.wait_for_next(), polls + 1
        self.check(last, DAY)
        self.assertLess(polls, 90)                                  # every six hours would be 160
        self.origin.plan(HOST + "/f", reply(200, rss(item("2", "News"))))
        self.wait_for_next()
        self.check(self.wait_for_next(), 6 * HOUR)

    def test_row_10_hours_that_are_skipped_are_so_whatever_kept_it_waiting(self):
        hour = (int(time.time()) // HOUR + 2) % 24
        skip = f"<skipHours><hour>{hour}</hour></skipHours><item>".encode()
        for path in ("/a", "/b"):
            self.origin.plan(HOST + path, reply(200, rss(item("1", FALL)).replace(b"<item>", skip, 1)))
        self.start(HOST + "/a", HOST + "/b")
        self.wait_polls(1, "f0")
        self.wait_polls(1, "f1")
        middle = self.clock.now() // HOUR * HOUR + 2 * HOUR + 30 * MINUTE
        # The hold of its host ends in the middle of that hour, ...
        self.origin.plan(HOST + "/a", reply(429, Retry_After=str(int(middle - self.clock.now()))))
        self.daemon.ask("poll", feed="f0")
        self.wait_polls(2, "f0")
        self.pass_to(middle + 5)
        self.assertEqual(self.asked(HOST + "/b"), 1)
        known = self.know("f1")
        self.assertGreaterEqual(known["next"], middle + 30 * MINUTE)
        self.assertEqual((known["state"], known["why"]), ("ok", "it names hours or days in which nothing is new"))
        # ... or newsalertd is started then.
        self.restart(kill=True)
        self.pass_to(middle + 10)
        self.assertEqual(self.asked(HOST + "/b"), 1)
        self.daemon.ask("poll", feed="f1")              # a person may want it all the same
        self.wait_polls(2, "f1")
        self.wait_for_next("f0")

    def test_row_11_to_13_a_host_that_says_429_is_left_alone_over_a_restart(self):
        for path in ("/a", "/b"):
            self.origin.plan(HOST + path, reply(429, Retry_After="7200"))
        self.origin.plan(OTHER + "/c", reply(200, rss(item("c", FALL))))
        self.start(HOST + "/a", HOST + "/b", OTHER + "/c")
        self.wait_polls(1, "f2")
        self.daemon.wait_line("warning: feed 'f[01]'.*429")

        def on_host():
            return self.asked(HOST + "/a") + self.asked(HOST + "/b")
        for kill in (False, True):
            self.restart(kill)
            self.assertEqual(on_host(), 1)
        for path in ("/a", "/b"):
            self.origin.plan(HOST + path, reply(200, rss(item(path, FALL))))
        refused = [self.daemon.ask("poll", feed=name) for name in ("f0", "f1")]
        self.assertEqual([r["ok"] for r in refused], [False, False])
        self.assertIn("asked us to wait", refused[0]["error"])
        for name in ("f0", "f1"):               # the one that was not asked says so, too
            known = self.know(name)
            self.assertEqual(known["state"], "held")
            self.assertTrue(-MINUTE < known["next"] - time.time() - 2 * HOUR < 13 * MINUTE, known)
        known = min((self.know(name) for name in ("f0", "f1")), key=lambda k: k["polls"])
        self.assertEqual(known["why"], "its host asked to wait: the server answered 429 (too many requests)")
        self.assertRegex(self.daemon.ctl("status").stdout, "2 held")
        self.pass_to(time.time() + 2 * HOUR - 60)
        self.wait_polls(2, "f2")                                    # the other host goes on
        self.assertEqual(on_host(), 1)
        self.pass_to(time.time() + 2.5 * HOUR)
        self.daemon.wait(lambda: on_host() >= 3, "both feeds of the host")

    def test_row_12_a_503_holds_the_host_when_two_feeds_meet_it(self):
        for path in ("/a", "/b", "/c"):
            self.origin.plan(HOST + path, reply(503, Retry_After="3600"))
        self.start(HOST + "/a", HOST + "/b", HOST + "/c")
        def on_host():
            return sum(self.asked(HOST + path) for path in ("/a", "/b", "/c"))
        self.daemon.wait(lambda: on_host() == 2, "two of them")
        self.daemon.wait(lambda: sum(self.know(f"f{i}")["polls"] for i in range(3)) == 2, "their answers")
        for name in ("f0", "f1", "f2"):
            self.assertFalse(self.daemon.ask("poll", feed=name)["ok"])
        self.assertEqual(on_host(), 2)

    def test_row_16_a_server_that_is_gone_for_weeks(self):
        self.origin.plan(HOST + "/f", reply(404), *[reply(404)] * 20)
        self.start(HOST + "/f")
        self.wait_polls(1)
        waits = [self.wait_for_next() for _ in range(16)]
        for wait, least in zip(waits, [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR] + [DAY] * 7):
            self.check(wait, least)
        self.assertGreaterEqual(waits[-1], 6.9 * DAY)
        self.origin.plan(HOST + "/f", reply(200, rss(item("1", FALL))))
        self.wait_for_next()                                        # nobody had to click
        self.assertEqual(self.know()["errors"], 0)
        self.check(self.wait_for_next(), 15 * MINUTE)

    def test_row_18_a_week_of_the_same_301(self):
        self.origin.plan(HOST + "/f", reply(301, Location=OTHER + "/g"))
        self.origin.plan(OTHER + "/g", reply(200, rss(item("1", FALL)), ETag='"1"', Cache_Control="max-age=86400"),
                         reply(304))
        self.start(HOST + "/f")
        self.wait_polls(1)
        while self.asked(OTHER + "/g") < 12:
            self.wait_for_next()
        self.assertIn(self.asked(HOST + "/f"), (8, 9))
        self.daemon.wait_line("warning: feed 'f0'.*moved for good: http://other.example.org/g")
        # From now on it is a feed of that host, also when it is asked for by hand.
        self.origin.plan(OTHER + "/g", reply(429, Retry_After="7200"))
        self.wait_for_next()
        asked = self.asked(OTHER + "/g"), self.asked(HOST + "/f")
        self.assertIn("asked us to wait", self.daemon.ask("poll", feed="f0")["error"])
        self.pass_to(self.clock.now() + 60)
        self.assertEqual((self.asked(OTHER + "/g"), self.asked(HOST + "/f")), asked)

    def test_row_18_where_it_moved_to_fails_and_the_configured_url_is_asked_again(self):
        self.origin.plan(HOST + "/f", reply(301, Location=OTHER + "/g"))
        self.origin.plan(OTHER + "/g", reply(200, rss(item("1", FALL)), Cache_Control="max-age=86400"))
        self.start(HOST + "/f")
        self.wait_polls(1)
        while self.know()["url"] != OTHER + "/g":
            self.wait_for_next()
        asked = self.asked(HOST + "/f")
        self.origin.plan(OTHER + "/g", reply(404))
        self.origin.plan(HOST + "/f", reply(200, rss(item("2", "News"))))
        for _ in range(5):
            self.assertEqual(self.asked(HOST + "/f"), asked)
            self.wait_for_next()
        self.assertEqual(self.know()["errors"], 5)
        self.wait_for_next()
        self.daemon.wait_line("feed 'f0': it fails where it had moved to; its configured URL is asked again")
        known = self.know()
        self.assertEqual((known["url"], known["outcome"], known["articles"]), (HOST + "/f", "ok", 2))

    def test_row_19_a_redirect_to_a_host_that_is_held_is_not_followed(self):
        self.origin.plan(HOST + "/f", reply(302, Location=OTHER + "/g"))
        self.origin.plan(OTHER + "/g", reply(200, rss(item("g", FALL)), ETag='"1"'), reply(304))
        self.origin.plan(OTHER + "/h", reply(200, rss(item("h", FALL))), reply(429, Retry_After="36000"),
                         reply(200, rss(item("h", FALL))))
        self.start(HOST + "/f", OTHER + "/h")
        self.wait_polls(1)
        self.wait_polls(1, "f1")
        self.daemon.ask("poll", feed="f1")
        self.wait_polls(2, "f1")
        end = self.clock.now() + 10 * HOUR
        self.daemon.ask("poll", feed="f0")
        known = self.wait_polls(2)
        self.assertRegex(known["error"], "redirected to http://other.example.org/g, whose host asked us to wait")
        self.assertEqual(known["state"], "held")
        self.assertGreater(known["next"], end - 5)
        asked = self.asked(HOST + "/f")
        self.restart(kill=True)                         # it has no second try with each start
        self.pass_to(end - HOUR)
        self.assertEqual((self.asked(HOST + "/f"), self.asked(OTHER + "/g")), (asked, 1))
        self.wait_for_next()
        self.assertEqual(self.know()["outcome"], "not-modified")

    def test_row_28_a_bot_wall_is_explained_and_left_alone(self):
        page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"
        self.origin.plan(HOST + "/f", reply(403, page, Content_Type="text/html; charset=UTF-8",
                                            Cf_Mitigated="challenge", Server="cloudflare"))
        self.start(HOST + "/f")
        self.daemon.wait_line("warning: feed 'f0'.*403.*bot protection.*User-Agent")
        self.wait_polls(1)
        self.check(self.wait_for_next(), 6 * HOUR)
        self.assertEqual(len({tuple(r.headers) for r in self.origin.seen(HOST + "/f")}), 1)      # no disguise


class Whims:
    """A feed whose server answers as it likes, and what that server may expect of
    the next request. One held is for all feeds of a host."""

    def __init__(self, name, rng, clock, held):
        self.name, self.rng, self.clock, self.held = name, rng, clock, held
        self.etag = self.modified = self.body = ""
        self.earliest = self.life = self.ttl = self.full = self.number = self.asked = 0
        self.skip, self.wrong = set(), []

    def look(self, request, now):
        """Note what this server would complain of."""
        sent = values(request, "If-None-Match"), values(request, "If-Modified-Since")
        known = [self.etag] if self.etag else [], [self.modified] if self.modified else []
        hour = int(now) // HOUR % 24
        for complaint, true in (
                (f"{self.earliest - now} s too early", now + 2 < self.earliest),
                (f"its host is held for {self.held[0] - now} s", now + 2 < self.held[0]),
                (f"in hour {hour}, of {self.skip}", {hour, int(now - 30) // HOUR % 24} <= self.skip),
                (f"it sent {sent}, not {known}", sent != known and
                 (sent != ([], []) or now - self.full < 30 * DAY))):
            if true:
                self.wrong.append(f"{self.name}, request {self.asked}: {complaint}")

    def lifetime(self, headers, now):
        """What a server says of it, or nothing; returns what counts, or None."""
        what, seconds = self.rng.random(), self.rng.choice([60, 1800, 7200, 100000])
        if what < 0.3:
            age = self.rng.choice([0, 300, 4000])
            headers += [("Cache-Control", f"public, max-age={seconds}"), ("Age", age)]
            return min(max(0, seconds - age), DAY)
        if what < 0.4:
            headers += [("Expires", email.utils.formatdate(now + seconds, usegmt=True)),
                        ("Date", email.utils.formatdate(now, usegmt=True))]
            return min(seconds, DAY)
        headers += [("Cache-Control", "no-cache")] if what < 0.5 else []
        return 0 if what < 0.5 else None

    def validators(self, headers):
        what, number = self.rng.random(), self.rng.randrange(10 ** 6)
        etag = self.rng.choice([f'"{number}"', f'W/"a,{number}"', '""', f"odd{number}"]) if what < 0.7 else ""
        modified = self.rng.choice([email.utils.formatdate(number), f"yesterday {number}"]) if what > 0.4 else ""
        headers += [("ETag", etag)] if etag else []
        headers += [("Last-Modified", modified)] if modified else []
        return etag, modified

    def document(self):
        self.number += 1
        self.ttl = self.rng.choice([0, 0, 0, 600, 10800])
        self.skip = set(self.rng.sample(range(24), self.rng.choice([0, 0, 3, 10])))
        said = f"<ttl>{self.ttl // 60}</ttl>" if self.ttl else ""
        said += "".join(f"<skipHours><hour>{hour}</hour></skipHours>" for hour in sorted(self.skip))
        self.body = rss(*(item(f"{self.name}-{n}", f"News {n}") for n in range(max(1, self.number - 4), self.number + 1)))
        self.body = self.body.replace(b"<item>", said.encode() + b"<item>", 1)

    def __call__(self, request):
        now, headers, what = self.clock.now(), [], self.rng.random()
        self.asked += 1
        self.look(request, now)
        if what < 0.3 and (self.etag or self.modified) and values(request, "If-None-Match") + values(
                request, "If-Modified-Since"):
            return self.not_modified(headers, now)
        if what < 0.8:
            return self.whole(headers, now)
        return self.error(headers, now)

    def not_modified(self, headers, now):
        life = self.lifetime(headers, now)
        self.life = self.life if life is None else life
        etag, modified = self.validators(headers) if self.rng.random() < 0.3 else ("", "")
        if etag not in ("", self.etag):
            self.etag, self.modified = etag, modified
        elif modified:
            self.modified = modified
        self.earliest = now + max(15 * MINUTE, self.life, self.ttl)
        return reply(304, headers=headers)

    def whole(self, headers, now):
        self.life = self.lifetime(headers, now) or 0
        if not self.body or self.rng.random() < 0.5:
            self.document()
        self.etag, self.modified = self.validators(headers)
        self.full = now
        self.earliest = now + max(15 * MINUTE, self.life, self.ttl)
        return reply(200, self.body, headers)

    def error(self, headers, now):
        status, wait = self.rng.choice([404, 500, 502, 503, 429, 403]), self.rng.choice([0, 60, 3600, 3600, 40000, 700000])
        if wait:
            headers.append(("Retry-After", wait if self.rng.random() < 0.5 else
                            email.utils.formatdate(now + wait + 1, usegmt=True)))
        life, wait = self.lifetime(headers, now) or 0, min(wait, 7 * DAY)
        if status == 429 or (status == 403 and wait):
            self.held[0] = max(self.held[0], now + (wait or 5 * MINUTE))
        self.earliest = now + max(15 * MINUTE, wait, life, self.ttl)
        return reply(status, b"no", headers)


class Random(Room):
    POLLS = 300
    OPTIONS = ("--log-level", "debug")      # each poll is a line to wait for

    def test_no_whim_of_a_server_is_disregarded(self):
        """Months with servers that do as they like, and a newsalertd that is killed now and then."""
        seed = random.randrange(1 << 32)
        rng, held = random.Random(seed), [[0], [0], [0]]
        urls = [f"http://h{i % 3}.example.org/f{i}" for i in range(24)]
        whims = [Whims(f"f{i}", rng, None, held[i % 3]) for i in range(24)]
        for url, whim in zip(urls, whims):
            self.origin.plan(url, whim)
        self.start(*urls, before=lambda clock: [setattr(whim, "clock", clock) for whim in whims])
        began = self.clock.now()
        while sum(whim.asked for whim in whims) < self.POLLS:
            self.next_round(rng)
            if rng.random() < 0.05 and self.settled(3):
                self.daemon.ask("poll", feed="tick")        # before it, what others brought is committed
                self.restart(kill=rng.random() < 0.5)
            self.assertEqual(sum((whim.wrong for whim in whims), []), [], f"seed {seed}")
        print(f"# REPORT polite: {self.POLLS} polls in {(self.clock.now() - began) / DAY:.0f} days, none that a server "
              f"could complain of (seed {seed})")

    def settled(self, seconds=0):
        """Nothing is due, or will be in so many seconds, and nothing under way."""
        return all(f["next"] > self.clock.now() + seconds and f["why"] != "it is being asked"
                   for f in self.daemon.ask("feeds")["feeds"])

    def next_round(self, rng):
        """Until the next feed is due, or for an hour, and what is due then."""
        self.daemon.wait(self.settled, "the end of what is under way")
        before = {f["name"]: f for f in self.daemon.ask("feeds")["feeds"]}
        when = min(f["next"] for name, f in before.items() if name != "tick")
        self.clock.set(max(when + 1, self.clock.now()) if rng.random() < 0.5 else self.clock.now() + HOUR)
        self.daemon.ask("poll", feed="tick")

        def over():
            now = self.clock.now()
            return all(f["polls"] > before[f["name"]]["polls"] or (f["name"] != "tick" and f["next"] > now)
                       for f in self.daemon.ask("feeds")["feeds"])
        self.daemon.wait(over, "the polls that are due")


if __name__ == "__main__":
    unittest.main()
