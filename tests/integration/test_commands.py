"""Every command of newsalertctl against a live newsalertd, for a person and
as JSON; output fits 100 columns."""
import json
import re
import select
import subprocess
import unittest

from lab import BUILD, FALL, Daemon, Site, feed, item, rss

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body>
<outline text="Other wire" type="rss" xmlUrl="http://127.0.0.1:9/other.xml"/></body></opml>"""


class Commands(unittest.TestCase):
    """One daemon for all: a feed that is well, one that fails, one alert."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site({"/feed.xml": rss(item("1", FALL))})
        down = f'{{ name = "down"; plugin = "webhook"; options : {{ url = "{cls.site.url}/no-hook"; }}; }}'
        feeds = feed(cls.site) + ", " + feed(cls.site, "broken", "/missing.xml")
        cls.d = Daemon(feeds)
        cls.d.write(notifiers=cls.d.notifiers + ", " + down,
                    rules='{ name = "chips"; when = "semiconductor stock down more than 5%"; notify = [ "out", "down" ]; }')
        cls.d.start()
        cls.d.wait_alerts(1)
        cls.site.wait_requests(1, "/no-hook")
        cls.d.wait(lambda: cls.d.ask("feed", feed="broken")["feed"]["errors"] > 0, "the feed that fails")

    @classmethod
    def tearDownClass(cls):
        cls.d.__exit__()
        cls.site.__exit__()

    def run_both(self, *args, text):
        out = self.d.ctl(*args).stdout
        self.assertRegex(out, text)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 100, line)
        self.assertNotIn("\x1b", out)
        for line in self.d.ctl(*args, "--json").stdout.splitlines():
            json.loads(line)

    def test_status(self):
        self.run_both("status", text=r"(?s)feeds.*1 ok.*1 failing|failing.*1")

    def test_feeds(self):
        self.run_both("feeds", text=r"(?s)broken.*wire|wire.*broken")

    def test_feed(self):
        self.run_both("feeds", "broken", text="404")

    def test_rules(self):
        self.run_both("rules", text="chips")
        self.run_both("rules", "chips", text="semiconductor")

    def test_alerts(self):
        self.run_both("alerts", "--since", "1d", "--rule", "chips", text="NVIDIA")

    def test_alert(self):
        self.run_both("alerts", "1", text=r"(?s)NVIDIA.*(out|down)")

    def test_deliveries_and_retry(self):
        self.run_both("deliveries", "--failed", text="down")
        self.assertEqual(self.d.ctl("retry", "--all").returncode, 0)

    def test_silence_and_silences(self):
        self.d.ctl("silence", "chips", "1h")
        self.run_both("silence", text="chips")
        self.d.ctl("silence", "chips", "0s")

    def test_poll(self):
        before = len([r for r in self.site.requests if r[1] == "/feed.xml"])
        self.assertEqual(self.d.ctl("poll", "wire").returncode, 0)
        self.site.wait_requests(before + 1, "/feed.xml")

    def test_reload(self):
        self.assertRegex(self.d.ctl("reload").stdout, "nothing changed|[+]")

    def test_check(self):
        self.assertRegex(self.d.ctl("check").stdout, "good")

    def test_test(self):
        before = len(self.d.alert_lines())
        self.d.ctl("test", "out")
        self.d.wait(lambda: len(self.d.alert_lines()) > before, "the sample")
        failed = self.d.ctl("test", "down", check=False)
        self.assertEqual(failed.returncode, 1)
        self.assertRegex(failed.stderr, "404")

    def test_metrics(self):
        self.assertRegex(self.d.ctl("metrics").stdout, r"(?m)^newsalertd_\w+(\{.*\})? [0-9]")

    def test_import_and_export(self):
        path = self.d.folder / "mine.opml"
        path.write_text(OPML)
        self.d.ctl("import", str(path))
        self.assertRegex((self.d.folder / "feeds.d/mine.conf").read_text(), "127.0.0.1:9/other.xml")
        self.assertRegex(self.d.ctl("export").stdout, "127.0.0.1:9/other.xml")
        (self.d.folder / "feeds.d/mine.conf").unlink()

    def test_tail(self):
        tail = subprocess.Popen([BUILD / "newsalertctl", "tail", "-c", self.d.config], stdout=subprocess.PIPE, text=True)
        try:
            self.d.wait(lambda: self.d.ask("status")["ok"], "an answer")
            number = len(self.site.pages) + 2
            seen = []
            while not seen:     # until tail is connected, alerts pass it by
                number += 1
                self.site.pages["/feed.xml"] = rss(item(str(number), f"AMD shares plunged {number + 10}% on Tuesday"))
                n = len(self.d.alert_lines())
                self.d.ask("poll", feed="wire")
                self.d.wait(lambda: len(self.d.alert_lines()) > n, "another alert")
                if select.select([tail.stdout], [], [], 0.2)[0]:
                    seen.append(tail.stdout.readline())
            self.assertRegex("".join(seen), "chips|AMD")
        finally:
            tail.kill()
            tail.wait()
            tail.stdout.close()

    def test_match_stored(self):
        self.assertRegex(self.d.ctl("match", "--stored", "--since", "1d").stdout, "NVIDIA")

    def test_read(self):
        out = self.d.ctl("read", "--allow", "127.0.0.0/8", f"{self.site.url}/feed.xml").stdout
        self.assertEqual(json.loads(out)["format"], "rss-2.0")

    def test_a_dead_daemon_gives_a_sentence(self):
        with Daemon() as dead:
            for args in (("status",), ("feeds",), ("alerts",), ("poll", "x"), ("reload",), ("metrics",)):
                done = dead.ctl(*args, check=False)
                self.assertEqual(done.returncode, 1, args)
                self.assertTrue(re.search("not running", done.stderr), done.stderr)


if __name__ == "__main__":
    unittest.main()
