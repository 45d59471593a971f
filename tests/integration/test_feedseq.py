"""Snapshots of real feeds over weeks, replayed through the whole daemon: each
entry that is new alerts once, when it is new, and never again."""
import collections
import contextlib
import json
import sqlite3
import unittest

from lab import SHARED, Daemon, Site, feed

SEQUENCES = SHARED / "feedseq"
ANYTHING = '{ name = "anything"; when = "/./"; notify = [ "out" ]; }'


@unittest.skipUnless(SEQUENCES.is_dir(), "no ../shared/feedseq")
class Sequences(unittest.TestCase):
    def setUp(self):
        self.steps = {folder.name: [json.loads(line) for line in (folder / "truth.jsonl").open()]
                      for folder in sorted(SEQUENCES.iterdir())}
        self.site = Site()
        self.daemon = Daemon(", ".join(feed(self.site, name, f"/{name}") for name in self.steps), rules=ANYTHING)
        self.addCleanup(self.site.__exit__)
        self.addCleanup(self.daemon.__exit__)
        self.polls = collections.Counter()

    def show(self, name, step):
        """What the feed held at that step, and a poll of it."""
        self.site.pages[f"/{name}"] = (200, {"Content-Type": "application/xml", "ETag": f'"{step["step"]}"'},
                                       (SEQUENCES / name / step["file"]).read_bytes())
        self.polls[name] += 1
        if self.polls[name] > 1:
            self.daemon.ask("poll", feed=name)

    def ended(self):
        return all(self.daemon.ask("feed", feed=name)["feed"]["polls"] >= n for name, n in self.polls.items())

    def replay(self):
        for name, steps in self.steps.items():
            self.show(name, steps[0])
        self.daemon.start().wait_line("newsalertd .* feeds")
        for number in range(1, 1 + max(map(len, self.steps.values()))):
            self.daemon.wait(self.ended, f"the polls of step {number - 1}")
            for name, steps in self.steps.items():
                if number < len(steps):
                    self.show(name, steps[number])
        self.daemon.stop()

    def alerts(self, name):
        """Ids of the entries that alerted, in that order."""
        with contextlib.closing(sqlite3.connect(self.daemon.folder / "state/newsalertd.db")) as db:
            return [row[0] for row in db.execute(
                "SELECT iif(a.entry = '', a.link, a.entry) FROM alert l JOIN article a ON a.id = l.article JOIN feed f ON f.id = l.feed "
                "WHERE f.name = ? ORDER BY l.id", (name,))]

    def test_each_new_entry_alerts_once_and_none_twice(self):
        self.replay()
        total = 0
        for name, steps in self.steps.items():
            with self.subTest(name):
                alerts = self.alerts(name)
                new = [{entry["id"] for entry in step["new"]} for step in steps[1:]]
                first = len(alerts) - sum(map(len, new))
                self.assertEqual(len(set(alerts[:first])), steps[0]["items"])
                for number, ids in enumerate(new, 1):
                    alerted, first = alerts[first:first + len(ids)], first + len(ids)
                    self.assertEqual(sorted(alerted), sorted(ids), f"step {number}")
                    total += len(ids)
        print(f"# REPORT feedseq: {total} new entries in {sum(map(len, self.steps.values()))} polls, "
              "each alerted once")


if __name__ == "__main__":
    unittest.main()
