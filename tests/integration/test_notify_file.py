#!/usr/bin/python3
"""The file plugin in newsalertd-notify."""
import fcntl
import json
import os
import resource
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
from notify_protocol import CHIPS, Notifier, alert, evidence, plugin  # noqa: E402,E501

LINE = ("ALERT chip-selloff  NVIDIA [semiconductor] shares [stock] dropped "
        "[down] 12% [-12 %] in pre-market trading · " + CHIPS +
        " · https://news.example/a?b=1&c=2\n")


class File(unittest.TestCase):
    def setUp(self):
        d = tempfile.TemporaryDirectory()
        self.addCleanup(d.cleanup)
        self.path = os.path.join(d.name, "alerts")

    def notifier(self, path=None, **options):
        n = Notifier(plugin("file"))
        self.addCleanup(n.end)
        return n.open(dict(options, path=path or self.path))

    def read(self, path=None):
        with open(path or self.path, encoding="utf-8") as f:
            return f.read()

    def test_lines_on_the_terminal(self):
        n = self.notifier("-")
        self.assertEqual(n.send(alert()), ("done", "", 0))
        self.assertEqual(n.wait_line(), LINE)

    def test_appends_lines(self):
        n = self.notifier()
        n.send(alert())
        n.send(alert(), alert(test=1))
        self.assertEqual(self.read(), LINE * 2 +
                         LINE.replace("ALERT", "TEST"))
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o640)

    def test_appends_json(self):
        before = os.umask(0o077)
        n = self.notifier(format="json", mode="0644")
        os.umask(before)
        n.send(alert(), alert(title='q"\\\n\x07 \u2028 ü', published=0))
        lines = self.read().splitlines()
        self.assertEqual(len(lines), 2)
        first, second = map(json.loads, lines)
        self.assertEqual(first, {
            "delivery_id": "abcdefghijklmnopqrstuvwxyz", "attempt": 1,
            "test": False, "alert_id": "zyxwvutsrqponmlkjihgfedcba",
            "recipient": "", "rule": "chip-selloff",
            "rule_text": "semiconductor stock down more than 5%",
            "priority": "high", "found": "2025-01-27T12:01:00Z",
            "feed": {"name": "trade-wire", "title": "The Trade Wire",
                     "url": "https://feeds.example/rss"},
            "article": {
                "title": CHIPS, "link": "https://news.example/a?b=1&c=2",
                "author": "A. Writer", "text": "It fell.\nBadly.",
                "published": "2025-01-27T12:00:00Z"},
            "evidence": {
                "line": "NVIDIA [semiconductor] shares [stock] dropped "
                "[down] 12% [-12 %] in pre-market trading",
                "sentence": CHIPS, "field": "title", "start": 0, "end": 47,
                "parts": [
                    {"role": "owner", "text": "NVIDIA", "field": "title",
                     "start": 0, "end": 6, "value": "semiconductor"},
                    {"role": "measure", "text": "shares", "field": "title",
                     "start": 7, "end": 13, "value": "stock"},
                    {"role": "predicate", "text": "dropped",
                     "field": "title", "start": 14, "end": 21,
                     "value": "down"},
                    {"role": "amount", "text": "12%", "field": "title",
                     "start": 22, "end": 25, "value": "-12 %"}],
                "facts": []}})
        self.assertEqual(second["article"]["title"], 'q"\\       ü')
        self.assertIsNone(second["article"]["published"])
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o644)

    def test_a_file_that_was_rotated(self):
        n = self.notifier()
        n.send(alert())
        os.rename(self.path, self.path + ".1")
        n.process.send_signal(signal.SIGHUP)
        n.send(alert())
        self.assertEqual(self.read(), LINE)
        self.assertEqual(self.read(self.path + ".1"), LINE)

    def test_a_full_disk_is_a_retry(self):
        n = self.notifier("/dev/full")
        got = n.send(alert())
        self.assertEqual(got, ("retry", "cannot write to /dev/full: No space "
                               "left on device", 0))

    def test_no_half_line_stays_behind(self):
        n = self.notifier()
        n.send(alert())
        size = os.stat(self.path).st_size
        # A limit in the middle of the next line.
        pid = n.process.pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE,
                         (size + 40, resource.RLIM_INFINITY))
        got = n.send(alert(), alert())
        self.assertEqual(got[0], "retry", got)
        self.assertEqual(self.read(), LINE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.assertEqual(n.send(alert())[0], "done")
        self.assertEqual(self.read(), LINE * 2)

    def test_notifiers_that_share_a_file_wait_for_each_other(self):
        n = self.notifier()
        with open(self.path, "w") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            n.start_send(alert())
            f.write("mine\n")
            f.flush()
            fcntl.flock(f, fcntl.LOCK_UN)
            self.assertEqual(n.result()[0], "done")
        self.assertEqual(self.read(), "mine\n" + LINE)

    def test_a_lock_that_is_never_free_is_a_retry(self):
        n = Notifier(plugin("file"))
        self.addCleanup(n.end)
        n.open({"path": self.path}, timeout=200)
        with open(self.path, "w") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            got = n.send(alert())
        self.assertEqual(got[0], "retry", got)
        self.assertEqual(self.read(), "")

    def test_hostile_text(self):
        n = self.notifier()
        n.send(alert(title="a\nALERT forged\x1b[2J\u202e\x9b", rule="r\rx",
                     link="javascript:alert(1)",
                     evidence=evidence("x\nALERT forged")))
        text = self.read()
        self.assertEqual(text.count("\n"), 1)
        self.assertEqual(text, "ALERT r x  x ALERT forged · "
                         "a ALERT forged [2J" + 5 * " " + " · \n")

    def test_settings_that_can_never_work(self):
        for options, words in (({"format": "xml"}, "format"),
                               ({"mode": "rw"}, "mode"),
                               ({"mode": "4755"}, "mode"),
                               ({"mode": ""}, "mode")):
            n = Notifier(plugin("file"))
            self.addCleanup(n.end)
            n.hello()
            got = n.configure(dict(options, path="-"))
            self.assertTrue(got[2])
            self.assertIn(words, got[1])

    def test_a_folder_that_is_not_there(self):
        n = self.notifier(self.path + "/x/y")
        self.assertEqual(n.send(alert())[0], "retry")


if __name__ == "__main__":
    unittest.main()
