"""What keeps alerts back, on the whole newsalertd with a clock of its own: it
is held or counted and shown, never lost."""
import datetime
import tempfile
import unittest
import zoneinfo

import fake_clock
from lab import BUILD, Daemon, Site, feed, item, rss
from newsroom import Newsroom, rule

HOUR = 3600


@unittest.skipUnless(fake_clock.HAVE, fake_clock.WHY)
class Restraint(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.clock = fake_clock.FakeClock(folder.name, BUILD)
        self.room = Newsroom()
        self.addCleanup(self.room.__exit__)

    def daemon(self, notifier="", rules=None):
        self.d = Daemon(feed(self.room), notifiers=self.room.notifier("desk", notifier),
                        rules=rules or rule("desk"), env=self.clock.env,
                        extra=f'libexec_dir = "{self.clock.libexec}";')
        self.addCleanup(self.d.__exit__)
        self.d.start()
        self.d.wait_line("newsalertd .* with 1 feeds")
        return self.d

    def publish(self, count=1):
        """And wait until it is all in the store."""
        before = len(self.alerts())
        self.room.publish(count)
        self.d.ask("poll", feed="wire")
        self.d.wait(lambda: len(self.alerts()) >= before + count, f"{count} more alerts")

    def alerts(self):
        return self.d.ask("alerts", limit=1000)["alerts"]

    def fates(self):
        return [a["fate"] for a in reversed(self.alerts())]

    def pending(self):
        return self.d.ask("status")["notifiers"][0]["pending"]

    def step(self, seconds):
        self.clock.step(seconds)
        self.assertTrue(self.d.ask("reload")["ok"])     # looks at the clock at once

    def held(self, name="news"):
        return next(r for r in self.d.ask("rules")["rules"] if r["name"] == name)["held"]

    def test_cooldown(self):
        self.daemon(rules=rule("desk", more='cooldown = "1h";'))
        self.publish()
        self.room.wait_received("desk", 1)
        self.publish(2)
        self.clock.step(HOUR + 1)
        self.publish()
        self.assertEqual(self.room.wait_received("desk", 2), [1, 4])
        self.assertEqual(self.fates(), ["routed", "cooldown", "cooldown", "routed"])
        self.assertEqual(self.held()["cooldown"], 2)

    def test_max_per_hour(self):
        self.daemon(rules=rule("desk", more="max_per_hour = 2;"))
        self.publish(5)
        self.room.wait_received("desk", 2)
        self.clock.step(HOUR + 1)
        self.publish()
        self.assertEqual(len(self.room.wait_received("desk", 3)), 3)
        self.assertEqual(sum(self.held().values()), 3)
        self.assertEqual(self.fates().count("routed"), 3)

    def test_silence_a_rule_or_all_and_its_count(self):
        other = '{ name = "other"; when = "\'article\'"; notify = [ "desk" ]; }'
        self.daemon(rules=rule("desk") + ", " + other)
        self.d.ctl("silence", "news", "1h")
        before = len(self.alerts())
        self.room.publish()
        self.d.ask("poll", feed="wire")
        self.d.wait(lambda: len(self.alerts()) == before + 2, "both rules")
        self.room.wait_received("desk", 1)
        self.assertRegex(self.d.ctl("silence").stdout, r"news .* 1\n")
        self.d.ctl("silence", "--all", "2h")
        self.publish(2)
        self.d.wait(lambda: len(self.alerts()) == 6, "all six")
        self.assertEqual(self.held()["silenced"], 3)
        self.assertEqual(self.held("other")["silenced"], 2)
        self.clock.step(2 * HOUR + 1)
        self.publish()
        self.d.wait(lambda: len(self.alerts()) == 8, "all eight")
        self.d.wait(lambda: self.pending() == 0, "the delivery of both")
        self.assertEqual(self.room.received("desk"), [1, 4, 4])
        self.assertIn("Nothing is silenced", self.d.ctl("silence").stdout)

    def test_rate(self):
        self.daemon('rate = "1h";')
        self.publish(3)
        for n in (1, 2, 3):
            self.room.wait_received("desk", n)
            self.d.wait(lambda: self.pending() == 3 - n, "the verdict")
            self.step(HOUR - 60)
            self.assertEqual(self.pending(), 3 - n)
            self.step(61)
        self.assertEqual(self.room.received("desk"), [1, 2, 3])

    def test_a_batch_is_one_message_and_high_priority_ends_its_waiting(self):
        high = '{ name = "urgent"; when = "\'article 7\'"; notify = [ "desk" ]; priority = "high"; }'
        self.daemon('batch = "10m";', rule("desk") + ", " + high)
        self.publish(5)
        self.step(500)
        self.assertEqual(self.pending(), 5)
        self.step(101)
        self.room.wait_received("desk", 5)
        self.assertEqual([sorted(m) for m in self.room.messages["desk"]], [[1, 2, 3, 4, 5]])
        self.publish(1)
        self.d.wait(lambda: self.pending() == 1, "the verdicts")
        self.publish(1)
        self.d.wait(lambda: self.pending() == 0, "the urgent one and those that waited")
        self.assertEqual(set(self.room.received("desk")), set(range(1, 8)))

    def test_quiet_hours_hold_and_high_priority_passes(self):
        zone = zoneinfo.ZoneInfo("Europe/Berlin")
        night = datetime.datetime.now(zone).replace(hour=23, minute=0, second=0) + datetime.timedelta(days=1)
        morning = (night + datetime.timedelta(days=1)).replace(hour=7)
        self.clock.set(night.timestamp())
        high = '{ name = "urgent"; when = "\'article 3\'"; notify = [ "desk" ]; priority = "high"; }'
        self.daemon('quiet = "22:00-07:00 Europe/Berlin";', rule("desk") + ", " + high)
        self.publish(2)
        self.publish(1)
        self.room.wait_received("desk", 1)
        self.d.wait(lambda: self.pending() == 3, "the verdict")
        self.assertEqual(self.room.received("desk"), [3])
        self.clock.set(morning.timestamp() - 300)
        self.step(0)
        self.assertEqual(self.pending(), 3)
        self.step(301)
        self.d.wait(lambda: self.pending() == 0, "the morning")
        self.assertEqual(sorted(self.room.received("desk")), [1, 2, 3, 3])

    def test_quiet_hours_over_both_clock_changes(self):
        """The night in which an hour is missing, and the one that has one twice."""
        zone = zoneinfo.ZoneInfo("Europe/Berlin")
        for sunday, hours in (((2027, 3, 28), 8), ((2027, 10, 31), 10)):
            with self.subTest(sunday=sunday):
                morning = datetime.datetime(*sunday, 7, tzinfo=zone)
                evening = datetime.datetime(*sunday, 22, tzinfo=zone) - datetime.timedelta(days=1)
                self.assertEqual(morning.timestamp() - evening.timestamp(), hours * HOUR)
                self.clock.set(evening.timestamp() - 60)
                self.room.published = 0
                self.room.messages.clear()
                self.daemon('quiet = "22:00-07:00 Europe/Berlin";')
                self.publish(1)
                self.room.wait_received("desk", 1)
                self.d.wait(lambda: self.pending() == 0, "the verdict")
                self.step(61)
                self.publish(2)
                for at in (morning.timestamp() - 4.5 * HOUR, morning.timestamp() - 60):
                    self.clock.set(at)
                    self.step(0)
                    self.assertEqual(self.pending(), 2)
                self.step(61)
                self.assertEqual(sorted(self.room.wait_received("desk", 3)), [1, 2, 3])
                self.d.stop()

    def test_an_unknown_zone_is_an_error(self):
        with Daemon(notifiers=self.room.notifier("desk", 'quiet = "22:00-07:00 Europe/Berlim";'),
                    rules=rule("desk")) as d:
            status, out = d.run("-t")
        self.assertEqual(status, 1)
        self.assertRegex(out, r"newsalertd\.conf:\d+: .*Europe/Berlim")


class Duplicates(unittest.TestCase):
    def test_the_same_news_of_several_feeds_alerts_once_and_is_shown(self):
        """Same link; or same title and evidence. Another story passes."""
        title = "NVIDIA shares dropped 12% in pre-market trading"
        site = Site({
            "/a": rss(item("1", title, link="https://wire.example/nvidia")),
            "/b": rss(item("x", "Chips: " + title, link="https://wire.example/nvidia")),
            "/c": rss(item("y", title, link="https://other.example/77")),
            "/d": rss(item("z", "AMD shares dropped 12% in pre-market trading", link="https://d.example/9"))})
        with site, Daemon(feed(site, "a", "/a")) as d:
            d.start()
            d.wait_alerts(1)
            d.write(feeds=", ".join(feed(site, n, "/" + n) for n in "abcd"))
            d.ask("reload")
            d.wait(lambda: len(d.ask("alerts")["alerts"]) == 4, "four alerts")
            self.assertEqual(len(d.wait_alerts(2)), 2)
            fates = {a["feed"]: a["fate"] for a in d.ask("alerts")["alerts"]}
            self.assertEqual(fates, {"a": "routed", "b": "duplicate", "c": "duplicate", "d": "routed"})
            first = next(a["id"] for a in d.ask("alerts")["alerts"] if a["feed"] == "a")
            shown = d.ctl("alerts", str(first)).stdout
            for words in ("b: Chips: " + title, "c: " + title):
                self.assertRegex(shown, rf"(?m)^  same news *{words}$")
            self.assertEqual({x["feed"] for x in d.ask("alert", id=first)["alert"]["duplicates"]}, {"b", "c"})


if __name__ == "__main__":
    unittest.main()
