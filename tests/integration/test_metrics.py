"""newsalertctl metrics: the numbers, and that a collector can read them."""
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


if __name__ == "__main__":
    unittest.main()
