"""What newsalertctl tells of the feeds: metrics that a collector can read, and
why a feed is asked when it is."""
import contextlib
import json
import os
import re
import signal
import unittest

from lab import FALL, Daemon, Site, feed, item, rss

SAMPLE = re.compile(r'newsalertd_([a-z_]+)(?:\{[a-z]+="((?:[^"\\\n]|\\.)*)"\})? (-?[0-9.e+-]+)$')


def read(text):
    """Prometheus' text format, strictly -> {(name, label): value}"""
    samples, typed = {}, set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert name not in typed and kind in ("gauge", "counter"), line
            typed.add(name)
        elif not line.startswith("# HELP "):
            found = SAMPLE.match(line)
            assert found, line
            assert "newsalertd_" + found[1] in typed, line
            assert (found[1], found[2]) not in samples, line
            samples[found[1], found[2]] = float(found[3])
    return samples


class Metrics(unittest.TestCase):
    def test_what_happened_is_counted(self):
        pages = {"/feed.xml": rss(item("1", FALL)), "/bad.xml": (500, {}, b"no")}
        with Site(pages) as site, \
                Daemon(feed(site) + "," + feed(site, "bad", "/bad.xml") + "," + feed(site, "off", more="enabled = false;")) as d:
            d.start()
            d.wait_alerts(1)
            site.wait_requests(1, "/bad.xml")
            d.wait(lambda: read(d.ctl("metrics").stdout)["feeds", "failing"] == 1, "the failing feed")
            d.wait(lambda: read(d.ctl("metrics").stdout)["delivery_attempts_total", "done"] == 1, "the delivery")
            m = read(d.ctl("metrics").stdout)
            self.assertEqual((m["feeds", "ok"], m["feeds", "off"]), (1, 1))
            self.assertEqual((m["polls_total", "ok"], m["polls_total", "http-error"]), (1, 1))
            self.assertEqual((m["queue_depth", "out"], m["dead_letters", "out"]), (0, 0))
            self.assertEqual((m["alerts", None], m["articles", None], m["matched_articles_total", None]), (1, 1, 1))
            self.assertGreater(m["match_seconds_total", None], 0)
            self.assertEqual(m["store_healthy", None], 1)
            os.kill(d.children()["newsalertd-notify"][0], signal.SIGKILL)
            d.wait_line("it is started again")
            m = read(d.ctl("metrics").stdout)
            self.assertEqual(sum(v for (name, _), v in m.items() if name == "child_restarts_total"), 1)

    def test_a_feed_says_why_it_is_asked_when_it_is(self):
        def answer(status=200, **headers):
            return status, {k.replace("_", "-"): v for k, v in headers.items()}, rss(item("1", FALL))
        ttl = rss(item("1", FALL)).replace(b"<link>", b"<ttl>600</ttl><link>", 1)
        cases = {"plain": (answer(), "its interval"), "fresh": (answer(Cache_Control="max-age=7200"), "fresh until"),
                 "ttl": (ttl, "its ttl"), "wait": (answer(503, Retry_After="7200"), "asked to wait"),
                 "bad": (answer(500), "it failed")}
        with contextlib.ExitStack() as stack:
            # A site each: what one is asked to wait holds its whole host.
            sites = {name: stack.enter_context(Site({"/feed.xml": page})) for name, (page, _) in cases.items()}
            d = stack.enter_context(Daemon(",".join(feed(site, name) for name, site in sites.items())))
            d.start()
            for site in sites.values():
                site.wait_requests(1)

            def feeds():
                return {f["name"]: f for f in json.loads(d.ctl("feeds", "--json").stdout)["feeds"]}
            d.wait(lambda: all(f["last_poll"] for f in feeds().values()), "a poll of each")
            for name, f in feeds().items():
                with self.subTest(name):
                    self.assertIn(cases[name][1], f["why"])
            self.assertIn("its ttl", d.ctl("feeds").stdout)
            self.assertIn("because   fresh until", d.ctl("feed", "fresh").stdout)


if __name__ == "__main__":
    unittest.main()
