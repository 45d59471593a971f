"""newsalertd from end to end: a feed comes in, the right rule fires, the
notifier delivers; and what is bad disturbs nothing else."""
import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import unittest

from lab import BUILD, FALL, ROOT, Daemon, Site, feed, item, rss


class Demonstration(unittest.TestCase):
    def round(self):
        return subprocess.run([ROOT / "etc/newsalertd/example/run", BUILD, "--once"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)

    def test_one_round_alerts_both_mission_rules_and_can_be_repeated(self):
        for _ in range(2):
            done = self.round()
            self.assertEqual(done.returncode, 0, done.stdout)
            alerts = [x for x in done.stdout.splitlines() if x.startswith("ALERT ")]
            self.assertEqual(len(alerts), 2, done.stdout)
            self.assertRegex(alerts[0], r"chip-selloff  NVIDIA \[semiconductor\] shares \[stock\] "
                                        r"dropped \[down\] 12% \[> 5%\] in pre-market trading")
            self.assertRegex(alerts[1], r"open-model-tops  .*DeepSeek V3 \[open-source-model\].*surpassed.*AppStore")


class Articles(unittest.TestCase):
    def test_a_restart_repeats_nothing_and_misses_nothing(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            self.assertEqual(d.run("--once")[0], 0)
            self.assertEqual(len(d.alert_lines()), 1)
            site.pages["/feed.xml"] = rss(item("1", FALL), item("2", "AMD shares plunged 15% on Tuesday"))
            d.start()
            d.wait_line("newsalertd .* with 1 feeds")
            d.ask("poll", feed="wire")
            self.assertEqual(len(d.wait_alerts(2)), 2)
            self.assertIn("AMD", d.alert_lines()[1])
            self.assertEqual(d.stop(), 0)
            self.assertEqual(len(d.alert_lines()), 2)

    def test_a_backlog_is_stored_without_alerts(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site, backlog="skip")) as d:
            self.assertEqual(d.run("--once")[0], 0)
            self.assertEqual(d.alert_lines(), [])
            site.pages["/feed.xml"] = rss(item("1", FALL), item("2", "AMD shares plunged 15% on Tuesday"))
            d.start()
            d.wait_line("newsalertd .* with 1 feeds")
            d.ask("poll", feed="wire")
            self.assertIn("AMD", d.wait_alerts(1)[0])

    def test_an_article_that_changes_alerts_at_most_once(self):
        with Site({"/feed.xml": rss(item("1", "Chip stocks are mixed"))}) as site, Daemon(feed(site)) as d:
            self.assertEqual(d.run("--once")[0], 0)
            d.start()
            d.wait_line("newsalertd .* with 1 feeds")
            for text in (FALL, FALL + " on Monday"):
                site.pages["/feed.xml"] = rss(item("1", text))
                d.ask("poll", feed="wire")
                d.wait(lambda: d.ask("feed", feed="wire")["feed"]["history"][0]["changed"] == 1, "the change")
                d.wait_alerts(1)
            self.assertEqual(len(d.alert_lines()), 1)

    def test_an_id_that_is_used_twice_repeats_no_alert(self):
        """What an entry is known by changes with its neighbours; it is the same entry."""
        falls = [f"NVIDIA shares dropped {percent}% on Monday" for percent in range(10, 20)]

        def entry(guid, number):
            return item(guid, falls[number], link=f"https://wire.example/{number}")
        documents = ([entry("a", 0), entry("b", 1)],
                     [entry("b", 2), entry("a", 0), entry("b", 1)],        # b again, another article
                     [entry("b", 2), entry("c", 3)],
                     [entry("d", 4), entry("d", 5), entry("b", 2), entry("a", 0)],
                     [entry("d", 5), entry("c", 3), entry("b", 1)])
        alerts = (2, 3, 4, 6, 6)
        with Site({"/feed.xml": rss(*documents[0])}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(2)
            for number, (document, count) in enumerate(zip(documents, alerts)):
                if number > 0:
                    site.pages["/feed.xml"] = rss(*document)
                    d.ask("poll", feed="wire")
                d.wait(lambda: d.ask("feed", feed="wire")["feed"]["polls"] > number, "the poll")
                self.assertEqual(len(d.wait_alerts(count)), count, d.alert_lines())


class Backtest(unittest.TestCase):
    def test_a_changed_rule_shows_what_it_gains_and_loses(self):
        texts = (FALL, "Intel shares fell 6% on Friday", "A recipe for strawberry jam")
        with Site({"/feed.xml": rss(*(item(str(n), t) for n, t in enumerate(texts)))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(2)
            self.assertIn("0 gained, 0 lost", d.ctl("match", "--stored", "--since", "1d").stdout)
            d.write(rules='{ name = "chips"; when = "semiconductor stock down more than 10% OR \'strawberry jam\'"; '
                          'notify = [ "out" ]; }')
            out = d.ctl("match", "--stored", "--since", "1d").stdout
            self.assertIn("1 gained, 1 lost", out)
            self.assertRegex(out, r"chips  gained  \d+\n.*strawberry")
            self.assertRegex(out, r"chips  lost  \d+\n.*Intel")


class BadInput(unittest.TestCase):
    def test_bad_feeds_are_named_and_disturb_nobody(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            dead = s.getsockname()[1]
        with Site({"/feed.xml": rss(item("1", FALL)), "/page": b"<html><body>Hello</body></html>"}) as site:
            feeds = ", ".join([feed(site), feed(site, "page", "/page"), feed(site, "missing", "/nothing"),
                               f'{{ name = "dead"; url = "http://127.0.0.1:{dead}/"; }}'])
            with Daemon(feeds) as d:
                status, out = d.run("--once")
                self.assertEqual(status, 0, out)
                self.assertEqual(len(d.alert_lines()), 1, out)
                for name in ("page", "missing", "dead"):
                    self.assertRegex(out, rf"feed '{name}'.*\S")
                self.assertRegex(out, r"feed 'missing'.*404")
                self.assertNotRegex(out, r"warning: feed 'wire'")

    def test_private_addresses_are_refused_unless_allowed(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            text = d.config.read_text().replace('"127.0.0.0/8"', '"192.0.2.0/24"')
            d.config.write_text(text)
            status, out = d.run("--once")
            self.assertEqual(status, 0, out)
            self.assertEqual(site.requests, [])
            self.assertRegex(out, r"feed 'wire'.*not in network.allow")

    def test_a_parser_that_dies_blames_its_document(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(1)
            pid = d.children()["newsalertd-parse"][0]
            os.kill(pid, signal.SIGKILL)
            d.wait_line("newsalertd-fetch and -parse.*started again")
            site.pages["/feed.xml"] = rss(item("2", "AMD shares plunged 15% on Tuesday"))
            d.wait(lambda: "newsalertd-parse" in d.children(), "a new parser")
            d.ask("poll", feed="wire")
            self.assertEqual(len(d.wait_alerts(2)), 2)

    def test_once_ends_even_if_the_readers_cannot_start(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            broken = d.folder / "libexec"
            broken.mkdir()
            for name in ("newsalertd-fetch", "newsalertd-parse"):
                (broken / name).write_text("#!/bin/sh\nexit 3\n")
                (broken / name).chmod(0o755)
            (broken / "newsalertd-notify").symlink_to(BUILD / "newsalertd-notify")
            d.write(extra=f'libexec_dir = "{broken}";')
            status, out = d.run("--once")
            self.assertEqual(status, 1, out)
            self.assertRegex(out, "giving up")

    def test_once_ends_even_if_the_readers_are_missing(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            bare = d.folder / "libexec"
            bare.mkdir()
            (bare / "newsalertd-notify").symlink_to(BUILD / "newsalertd-notify")
            d.write(extra=f'libexec_dir = "{bare}";')
            status, out = d.run("--once")
            self.assertEqual(status, 1, out)
            self.assertRegex(out, "giving up")

    def test_once_does_not_wait_for_a_host_that_asked_us_to(self):
        """By way of a proxy, since hosts of our own are not held as a whole."""
        with Site({"http://wire.example.org/a": (429, {"Retry-After": "3600"}, b"")}) as site:
            names = ("a", "b", "c", "d")
            feeds = ", ".join(f'{{ name = "{x}"; url = "http://wire.example.org/a?{x}"; }}' for x in names)
            with Daemon(feeds) as d:
                d.config.write_text(d.config.read_text().replace(
                    "network : {", f'network : {{ proxy = "{site.url}";'))
                for _ in range(2):
                    status, out = d.run("--once")
                    self.assertEqual(status, 0, out)
                self.assertEqual(len(site.requests), 1, site.requests)

    def test_a_missing_plugin_is_named_and_its_alerts_wait(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site:
            with Daemon(feed(site)) as d:
                good = d.notifiers
                rule = '{ name = "chips"; when = "semiconductor stock down more than 5%"; notify = [ "out", "gone" ]; }'
                d.write(notifiers=good + ', { name = "gone"; plugin = "/nowhere/nothing.so"; }', rules=rule)
                status, out = d.run("--once")
                self.assertEqual(status, 75, out)
                self.assertRegex(out, r"notifier 'gone'.*nothing\.so")
                self.assertEqual(len(d.alert_lines()), 1)
                other = d.folder / "other.txt"
                d.write(notifiers=good + f', {{ name = "gone"; plugin = "file"; options : {{ path = "{other}"; }}; }}')
                d.start()
                d.wait(other.exists, "the alert that waited")
                d.wait(lambda: len(other.read_text().splitlines()) == 1, "the alert that waited")
                self.assertEqual(len(d.alert_lines()), 1)


class Polls(unittest.TestCase):
    def polls(self, d, name):
        """As a crash would leave it: the database and its log, copied."""
        with tempfile.TemporaryDirectory() as folder:
            for file in ("newsalertd.db", "newsalertd.db-wal"):
                shutil.copy(d.folder / "state" / file, folder)
            with contextlib.closing(sqlite3.connect(f"{folder}/newsalertd.db")) as db:
                return db.execute("SELECT polls FROM polled JOIN feed ON id = feed WHERE name = ?", (name,)).fetchone()[0]

    def test_one_without_news_is_kept_while_another_is_in_flight(self):
        gate = threading.Event()

        def page(request):
            if request.headers.get("If-None-Match") is None:
                return 200, {"ETag": '"1"'}, rss(item("1", "News"))
            if request.path == "/slow":
                gate.wait()
            return 304, {}, b""
        with Site({"/slow": page}) as one, Site({"/quick": page}, host="127.0.0.2") as two:
            feeds = ", ".join(f'{{ name = "{name}"; url = "{site.url}/{name}"; }}'
                              for name, site in (("slow", one), ("quick", two)))
            with Daemon(feeds) as d:
                d.config.write_text(d.config.read_text().replace('timeout = "5s"', 'timeout = "5m"'))
                self.assertEqual(d.run("--once")[0], 0)
                d.start()
                for name, site in (("slow", one), ("quick", two)):
                    d.wait_line("newsalertd .* with 2 feeds")
                    d.ask("poll", feed=name)
                    site.wait_requests(2)
                d.wait(lambda: self.polls(d, "quick") == 2, "the poll in the database")
                self.assertEqual(self.polls(d, "slow"), 1)
                gate.set()
                d.wait(lambda: self.polls(d, "slow") == 2, "the other poll in the database")


class Delivery(unittest.TestCase):
    def test_killed_between_store_and_deliver_the_alert_comes_after_the_restart(self):
        """The receiver answers 503 until the daemon was killed: the delivery
        is stored and pending, and the restarted daemon makes it."""
        state = {"up": False}

        def hook(request):
            return (204, {}, b"") if state["up"] else (503, {"Retry-After": "1"}, b"")
        with Site({"/feed.xml": rss(item("1", FALL)), "/hook": hook}) as site:
            hooks = f'{{ name = "out"; plugin = "webhook"; options : {{ url = "{site.url}/hook"; }}; }}'
            with Daemon(feed(site), notifiers=hooks) as d:
                d.start()
                first = site.wait_requests(1, "/hook")[0]
                d.kill()
                state["up"] = True
                before = len([r for r in site.requests if r[1] == "/hook"])
                d.start()
                last = site.wait_requests(before + 1, "/hook")[-1]
                self.assertEqual(first[2]["webhook-id"], last[2]["webhook-id"])
                d.wait(lambda: d.ask("status")["notifiers"][0]["pending"] == 0, "no pending delivery")
                self.assertEqual(d.stop(), 0)
                self.assertEqual(len([r for r in site.requests if r[1] == "/hook"]), before + 1)


class Configuration(unittest.TestCase):
    BAD = '''
feeds = ( { name = "a b"; url = "ftp://x/"; intervall = "5m"; } );
notifiers = ( { name = "out"; plugin = "file"; options : { pth = "-"; }; } );
rules = ( { name = "r"; when = "semiconducter stock down more than 5%"; notify = [ "uot" ]; } );
polling : { timeout = "5"; };
'''

    def test_every_error_is_told_at_once_with_its_line(self):
        with Daemon() as d:
            d.config.write_text(self.BAD)
            for args in ((), ("-t",)):
                status, out = d.run(*args)
                self.assertEqual(status, 1, out)
                for line, text in ((2, "'name' may hold"), (2, "http or https"), (2, "did you mean 'interval'"),
                                   (4, "semiconducter"), (4, "did you mean 'out'"), (5, "timeout")):
                    self.assertRegex(out, rf"(?m)^{re.escape(str(d.config))}:{line}: .*{re.escape(text)}")
            self.assertFalse((d.folder / "state").exists())

    def test_a_text_that_is_not_utf8_is_an_error_with_its_line(self):
        with Daemon() as d:
            text = d.config.read_text().replace("stock down", "stock d\xf6wn").replace("feeds =", "# f\xfcr\nfeeds =")
            d.config.write_text(text, encoding="latin-1")
            status, out = d.run("-t")
            self.assertEqual(status, 1, out)
            self.assertRegex(out, r"newsalertd.conf:9: 'when' is not UTF-8")
            d.config.write_text(text.replace("d\xf6wn", "down"), encoding="latin-1")
            self.assertEqual(d.run("-t")[0], 0)

    def test_a_bad_reload_keeps_the_old_configuration_and_says_why(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(1)
            good = d.config.read_text()
            d.config.write_text(good.replace("semiconductor", "semiconducter"))
            reply = d.ask("reload")
            self.assertFalse(reply["ok"])
            self.assertIn("semiconducter", reply["errors"][0]["text"])
            site.pages["/feed.xml"] = rss(item("2", "AMD shares plunged 15% on Tuesday"))
            d.ask("poll", feed="wire")
            d.wait_alerts(2)
            more = '{ name = "new"; when = "title:\'strawberry jam\'"; notify = [ "out" ]; }'
            d.write(rules=d.rules + ", " + more)
            reply = d.ask("reload")
            self.assertTrue(reply["ok"], reply)
            self.assertEqual(reply["summary"], "+1 rule")
            site.pages["/feed.xml"] = rss(item("3", "A recipe for strawberry jam"))
            d.ask("poll", feed="wire")
            self.assertIn("new", d.wait_alerts(3)[2])
            d.process.send_signal(signal.SIGHUP)
            d.wait_line("reloaded: nothing changed")

    def test_a_reload_with_other_networks_reaches_the_notifiers(self):
        with Site({"/hook": (204, {}, b"")}) as site:
            hooks = f'{{ name = "out"; plugin = "webhook"; options : {{ url = "{site.url}/hook"; }}; }}'
            with Daemon(notifiers=hooks) as d:
                good = d.config.read_text()
                d.config.write_text(good.replace('"127.0.0.0/8"', '"192.0.2.0/24"'))
                d.start()
                d.wait_line("newsalertd .* with 0 feeds")
                self.assertFalse(d.ask("test", notifier="out")["ok"])
                d.config.write_text(good)
                self.assertTrue(d.ask("reload")["ok"])
                reply = d.ask("test", notifier="out")
                self.assertTrue(reply["ok"], reply)

    def test_a_test_of_a_notifier_that_cannot_start_is_answered(self):
        with Daemon() as d:
            d.write(notifiers='{ name = "out"; plugin = "/nowhere/nothing.so"; }')
            d.start()
            d.wait_line("newsalertd .* with 0 feeds")
            reply = d.ask("test", notifier="out")
            self.assertFalse(reply["ok"])
            self.assertIn("notifier 'out'", reply["error"])

    def test_a_notifier_may_go_before_it_has_started(self):
        with Daemon() as d:
            slow = d.folder / "libexec"
            slow.mkdir()
            for name in ("newsalertd-fetch", "newsalertd-parse"):
                (slow / name).symlink_to(BUILD / name)
            (slow / "newsalertd-notify").write_text(f'#!/bin/sh\nsleep 1\nexec {BUILD}/newsalertd-notify "$@"\n')
            (slow / "newsalertd-notify").chmod(0o755)
            d.write(extra=f'libexec_dir = "{slow}";')
            d.start()
            d.wait_line("newsalertd .* with 0 feeds")
            d.write(notifiers="", rules="")
            self.assertEqual(d.ask("reload")["summary"], "1 rule removed, 1 notifier removed")
            d.wait(lambda: "newsalertd-notify" not in d.children(), "the end of the notifier")
            self.assertTrue(d.ask("status")["ok"])
            self.assertEqual(d.stop(), 0)

    def test_a_second_daemon_on_the_same_state_is_refused(self):
        with Daemon() as d:
            d.start()
            d.wait_line("newsalertd .* with 0 feeds")
            status, out = d.run()
            self.assertEqual(status, 1)
            self.assertRegex(out, "store: .*(lock|another|already)")


if __name__ == "__main__":
    unittest.main()
