"""newsalertd tells of itself: feeds that fail, queues that do not move, rules
that match nothing; once for each time, through the notifiers."""
import json
import unittest

from lab import FALL, Daemon, Site, feed, item, rss

SYSTEM = 'system : { feed_failing = "1s"; queue_waiting = "1s"; };'


class SelfAlerts(unittest.TestCase):
    def system_alerts(self, d):
        return [a["title"] for a in json.loads(d.ctl("alerts", "--json", "--rule", "system").stdout)["alerts"]]

    def test_each_trouble_is_told_once(self):
        with Site({"/feed.xml": rss(item("1", FALL)), "/bad.xml": (500, {}, b"no")}) as site, \
                Daemon(feed(site) + "," + feed(site, "bad", "/bad.xml"), extra=SYSTEM) as d:
            # One that never delivers, and a rule that matches nothing.
            d.write(notifiers=d.notifiers + ', { name = "mute"; plugin = "exec"; '
                    'options : { command = [ "/bin/sh", "-c", "exit 75" ]; }; }',
                    rules='{ name = "chips"; when = "semiconductor stock down more than 5%"; notify = [ "out", "mute" ]; },'
                    '{ name = "never"; when = "title:unheard"; notify = [ "out" ]; expect_within = "1s"; }')
            d.start()
            d.wait(lambda: len(d.alert_lines()) >= 4, "the alert and three of newsalertd's own")
            text = d.alerts.read_text()
            self.assertRegex(text, "Feed 'bad' has failed for .*500")
            self.assertRegex(text, "Rule 'never' has matched nothing for ")
            self.assertRegex(text, "Notifier 'mute' delivers nothing: ")
            # The next look finds the same trouble, and nothing new.
            d.stop()
            d.start()
            d.wait_line("newsalertd .* with 2 feeds", 2)
            d.ask("poll", feed="wire")
            site.wait_requests(2, "/feed.xml")
            titles = self.system_alerts(d)
            self.assertEqual(len(titles), 3, titles)

    def test_what_is_given_up_is_told_by_the_others(self):
        news = rss(*(item(str(n), FALL + f" again ({n})") for n in range(3)))
        with Site({"/feed.xml": news, "/hook": (400, {}, b"no such channel")}) as site, Daemon(feed(site)) as d:
            d.write(notifiers=d.notifiers + ', { name = "chat"; plugin = "webhook"; '
                    f'options : {{ url = "{site.url}/hook"; }}; }}', rules=d.rules.replace('"out"', '"out", "chat"'))
            d.start()
            d.wait_line("newsalertd .* with 1 feeds")
            d.wait(lambda: self.system_alerts(d), "the alert of newsalertd itself")
            (title,) = self.system_alerts(d)
            self.assertEqual(title, "Notifier 'chat' gave up 3 alerts: the server answers 400: no such channel")
            d.wait_alerts(4)
            self.assertEqual(len(site.wait_requests(3, "/hook")), 3)    # not by itself

    def test_they_can_be_silenced_or_switched_off(self):
        with Site({"/bad.xml": (500, {}, b"no")}) as site, Daemon(feed(site, "bad", "/bad.xml"), extra=SYSTEM) as d:
            d.start()
            site.wait_requests(1)
            d.ctl("silence", "system", "1h")
            d.wait(lambda: self.system_alerts(d), "the alert that is held back")
            self.assertIn("silenced", d.ctl("alerts", "--rule", "system").stdout)
            self.assertEqual(d.alert_lines(), [])

    def test_nothing_is_told_when_all_is_well(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(1)
            self.assertEqual(self.system_alerts(d), [])
            self.assertNotIn("(newsalertd)", d.ctl("feeds").stdout)


if __name__ == "__main__":
    unittest.main()
