"""No alert is lost, on the whole newsalertd, whatever fails. Prints the fault
matrix: each fault with what was seen. (Kills: torture.py; every write and
allocation of the store: test_store_faults; plugins: test_notifiers.)"""
import functools
import itertools
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import tempfile
import threading
import unittest

import disk
import fake_clock
import smtp_server
import tls
from lab import BUILD, Daemon, feed
from newsroom import BUSY, DONE, SANITIZED, Newsroom, rule

DAY, HOUR = 86400, 3600
MATRIX = []


def fault(name):
    """The test of a row; it returns the verdict."""
    def wrap(test):
        @functools.wraps(test)
        def run(self):
            verdict = "FAILED"
            try:
                verdict = "ok: " + test(self)
            except unittest.SkipTest as e:
                verdict = f"skipped: {e}"
                raise
            finally:
                MATRIX.append((name, verdict))
        return run
    return wrap


def tearDownModule():
    print("\nfault matrix of newsalertd")
    for name, verdict in MATRIX:
        print(f"  {name:44} {verdict}")


class Faults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.room = Newsroom()
        self.addCleanup(self.room.__exit__)
        self.gate = threading.Event()       # closed: answers wait
        self.addCleanup(self.gate.set)

    def wait_at_gate(self, request):
        self.gate.wait()
        return DONE

    def daemon(self, notifiers=None, rules=None, **more):
        self.d = Daemon(feed(self.room), notifiers=notifiers or self.room.notifier("desk"),
                        rules=rules or rule("desk"), **more)
        self.addCleanup(self.d.__exit__)
        return self.d

    def start(self):
        before = sum("newsalertd 0" in x for x in self.d.lines)
        self.d.start()
        self.d.wait_line("newsalertd .* with 1 feeds", before + 1)
        return self.d

    def faked(self, **more):
        if not fake_clock.HAVE:
            self.skipTest(fake_clock.WHY)
        self.clock = fake_clock.FakeClock(self.folder, BUILD)
        self.daemon(env=self.clock.env, extra=f'libexec_dir = "{self.clock.libexec}";', **more)
        return self.start()

    def mounted(self, kind, *args):
        try:
            mount = kind(self.d.folder / "state", *args)
        except OSError as e:
            self.skipTest(str(e))
        self.addCleanup(mount.gone)
        return mount

    def publish(self, count, stored=True):
        self.room.publish(count)
        self.d.ask("poll", feed="wire")
        if stored:
            self.d.wait(lambda: self.alerts() >= self.room.published, "all alerts in the store")

    def alerts(self):
        return self.d.ask("status")["store"]["alerts"]

    def count(self, what):
        return self.d.ask("status")["notifiers"][0][what]

    def check(self, name="desk"):
        """The oracle. Returns how many came twice."""
        self.assertEqual(self.room.lost(name), [])
        self.assertEqual(self.room.changed_ids(name), [])
        self.assertEqual(self.d.stop(), 0)
        with sqlite3.connect(self.d.folder / "state" / "newsalertd.db") as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        db.close()
        return len(self.room.received(name)) - self.room.published

    def trouble(self, fail, words):
        """20 are stored and wait; then the disk fails, and 30 more are news."""
        self.room.answers["desk"] = self.wait_at_gate
        self.publish(20)
        fail()
        self.publish(30, stored=False)
        self.d.wait_line(words + "; feeds are not polled")
        asked = len(self.room.wait_requests(1, "/feed.xml"))
        self.d.ask("poll", feed="wire")
        self.gate.set()
        self.room.wait_received("desk", 20)
        self.assertEqual(len(self.room.wait_requests(1, "/feed.xml")), asked, "it went on polling")

    def well_again(self):
        self.d.wait_line("store: well again")
        self.d.ask("poll", feed="wire")
        self.room.wait_received("desk", 50)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return self.check()

    @fault("disk full")
    def test_full_disk(self):
        self.daemon()
        small = self.mounted(disk.Small, "4m")
        self.start()
        self.trouble(small.fill, "full")
        small.empty()
        again = self.well_again()
        self.assertEqual(again, 0)
        return "stops polling, delivers what is stored, resumes by itself; 50 alerts, 0 twice"

    @fault("disk full, killed and started again")
    def test_started_on_a_full_disk(self):
        self.daemon()
        small = self.mounted(disk.Small, "4m")
        self.start()
        self.room.answers["desk"] = self.wait_at_gate
        self.publish(20)
        self.room.wait_requests(1, "/desk")
        small.fill()
        self.d.kill()
        self.room.answers["desk"] = DONE
        self.gate.set()
        self.start()
        self.room.wait_received("desk", 20)
        self.room.publish(30)
        small.empty()
        return f"delivers what is stored, resumes by itself; 50 alerts, {self.well_again()} twice with the same id"

    def faulty(self, how):
        faulty = disk.Faulty(self.folder)
        self.daemon(env=faulty.env)
        self.start()
        self.trouble(lambda: faulty.fail(how), "")
        faulty.work()
        return f"the same; 50 alerts, {self.well_again()} twice"

    @fault("every write fails (EROFS), then works")
    def test_writes_fail(self):
        return self.faulty("write")

    @fault("every fsync fails (EIO), then works")
    def test_syncs_fail(self):
        return self.faulty("sync")

    @fault("file system becomes read-only (ext4 error)")
    def test_read_only(self):
        self.daemon()
        ext4 = self.mounted(disk.Ext4, self.folder / "image")
        self.start()
        self.trouble(ext4.become_read_only, "Read-only file system|input/output error")
        self.d.stop()
        # Nothing can be stored, so it does not start, and says why.
        self.assertRegex(self.d.run()[1], "newsalertd.lock: Read-only file system")
        ext4.unmount()
        ext4.repair()
        ext4.mount()
        self.start()
        self.d.ask("poll", feed="wire")
        self.room.wait_received("desk", 50)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"delivers what is stored, goes on after fsck and mount; 50 alerts, {self.check()} twice with the same id"

    @fault("remounted read-only, and back, while it runs")
    def test_remounted_read_only_and_back(self):
        self.daemon()
        remounted = self.mounted(disk.Remounted, self.folder)
        self.start()
        self.trouble(remounted.become_read_only, "Read-only file system|readonly|input/output error")
        remounted.become_writable()
        return f"delivers what is stored, resumes by itself; 50 alerts, {self.well_again()} twice"

    @fault("the same, killed and started again between")
    def test_remounted_and_killed(self):
        self.daemon()
        remounted = self.mounted(disk.Remounted, self.folder)
        self.start()
        self.trouble(remounted.become_read_only, "Read-only file system|readonly|input/output error")
        self.d.kill()
        self.assertRegex(self.d.run()[1], "newsalertd.lock: Read-only file system")
        remounted.become_writable()
        self.start()
        self.d.ask("poll", feed="wire")
        self.room.wait_received("desk", 50)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"does not start, and says why; 50 alerts, {self.check()} twice with the same id"

    @fault("power cut, 5 times (ext4 shutdown)")
    def test_power_loss(self):
        self.daemon()
        ext4 = self.mounted(disk.Ext4, self.folder / "image")
        for cut in range(5):
            self.start()
            self.publish(30, stored=False)
            self.room.wait_received("desk", self.room.published - 25)
            ext4.cut_power()
            self.d.kill()
            ext4.unmount()
            ext4.mount()
        self.start()
        self.d.ask("poll", feed="wire")
        self.room.wait_received("desk", 150)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"150 alerts, 0 lost, {self.check()} twice with the same id"

    @fault("clock a day ahead, two back, machine asleep")
    def test_clock_steps(self):
        self.faked()
        for step in (DAY, -2 * DAY, DAY):
            # One is refused before the step, so that its waiting spans it.
            self.room.answers["desk"] = BUSY
            refused = len([x for x in self.d.lines if "tried again in" in x])
            self.publish(1)
            self.d.wait_line("tried again in", refused + 1)
            self.clock.step(step)
            self.room.answers["desk"] = DONE
            self.publish(1)
            self.room.wait_received("desk", self.room.published)
        self.d.process.send_signal(signal.SIGSTOP)
        self.clock.step(8 * HOUR)
        self.d.process.send_signal(signal.SIGCONT)
        self.publish(1)
        self.room.wait_received("desk", self.room.published)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"{self.room.published} alerts, 0 lost, {self.check()} twice, none waits for the old time"

    @fault("clock a day ahead, set right while it is down")
    def test_clock_set_right_before_a_restart(self):
        self.faked()
        self.clock.step(DAY)
        self.room.answers["desk"] = BUSY
        self.publish(3)
        self.d.wait_line("tried again in")
        self.d.kill()
        self.clock.step(-DAY)
        self.room.answers["desk"] = DONE
        asked = len(self.room.wait_requests(1, "/feed.xml"))
        self.start()
        self.room.wait_received("desk", 3)
        self.room.publish(1)
        self.clock.step(120)        # the feed's interval is a minute
        self.d.ask("reload")
        self.room.wait_requests(asked + 1, "/feed.xml")
        self.room.wait_received("desk", 4)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"4 alerts, {self.check()} twice; neither they nor the feed wait for the wrong time"

    @fault("a notifier is down for two days")
    def test_two_days_down(self):
        self.faked()
        self.room.answers["desk"] = (503, {}, b"")
        self.publish(5)
        self.d.wait_line("tried again in")
        for tries in range(2, 10):
            self.clock.step(6 * HOUR)
            self.d.ask("reload")
            self.d.wait_line("tried again in", tries)
        self.publish(1)
        self.d.wait(lambda: self.count("pending") == 6, "the sixth in the queue")
        self.assertEqual(self.count("dead"), 0)
        self.room.answers["desk"] = DONE
        self.clock.step(3 * HOUR)
        self.d.ask("reload")
        self.room.wait_received("desk", 6)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        return f"tried at growing distance, all delivered when it is back; 6 alerts, {self.check()} twice"

    @fault("a destination hangs, another is down")
    def test_dead_destinations_delay_no_other(self):
        names = ("desk", "hangs", "down")
        self.daemon(", ".join(map(self.room.notifier, names)), rule(*names))
        self.room.answers["hangs"] = self.wait_at_gate
        self.room.answers["down"] = BUSY
        self.start()
        self.publish(300)
        self.room.wait_received("desk", 300)
        # All came while the first message to the other was still under way.
        self.assertEqual(len(self.room.wait_requests(1, "/hangs")), 1)
        self.assertEqual(self.room.messages["hangs"] + self.room.messages["down"], [])
        self.gate.set()
        self.assertEqual(len(self.room.received("desk")), 300)
        self.d.stop()
        return "300 alerts reach the third while one message to the first is under way"

    @fault("one recipient of a notifier is refused")
    def test_a_refused_recipient_delays_no_other(self):
        if not smtp_server.HAVE or not tls.HAVE:
            self.skipTest("no SMTP server here")
        authority = tls.Authority(str(self.folder))
        refused, tries = {"bad@example.org"}, []

        class Server(smtp_server.SmtpServer):
            async def handle_RCPT(self, server, session, envelope, address, options):
                tries.append(address)
                if address in refused:
                    return "451 4.2.1 not now"
                return await super().handle_RCPT(server, session, envelope, address, options)

        with Server(authority) as mail:
            self.daemon('{ name = "desk"; plugin = "email"; options : { from = "a@example.org"; '
                        f'server = "{mail.url}"; ca = "{authority.ca}"; '
                        'to = [ "bad@example.org", "good@example.org" ]; }; }')
            self.start()
            self.publish(40)
            self.d.wait(lambda: len(mail.messages) == 40, "all to the good one")
            bad = tries.count("bad@example.org")
            self.assertLess(bad, 10)
            self.assertEqual((self.count("pending"), self.count("dead")), (40, 0))
            refused.clear()
            self.d.ask("retry", all=True)
            self.d.wait(lambda: self.count("pending") == 0, "all to both")
            got = [m.rcpt[0] for m in mail.messages]
            self.assertEqual((got.count("good@example.org"), got.count("bad@example.org")), (40, 40))
            self.d.stop()
        return f"40 mails reach the other, beside {bad} tries; the 40 wait and come later"

    @fault("the password of a mailbox is changed")
    def test_a_password_is_changed(self):
        if not smtp_server.HAVE or not tls.HAVE:
            self.skipTest("no SMTP server here")
        authority = tls.Authority(str(self.folder))
        secret = self.folder / "password"
        secret.write_text("the old one\n")
        with smtp_server.SmtpServer(authority, auth=("desk", "the new one")) as mail:
            self.daemon('{ name = "desk"; plugin = "email"; options : { from = "a@example.org"; user = "desk"; '
                        f'server = "{mail.url}"; ca = "{authority.ca}"; password_file = "{secret}"; '
                        'to = [ "one@example.org" ]; }; }')
            self.start()
            self.publish(5)
            self.d.wait_line("refuses the login: 535.*tried again in 5 min")
            self.assertEqual((self.count("pending"), self.count("dead")), (5, 0))
            secret.write_text("the new one\n")
            self.assertTrue(self.d.ask("reload")["ok"])
            self.d.wait(lambda: len(mail.messages) == 5, "all of them")
            self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
            self.assertFalse([x for x in self.d.lines if "the old one" in x or "the new one" in x])
            self.d.stop()
        return "5 wait, none is given up; a reload with the new one sends them at once"

    def memory(self, field="VmRSS"):
        text = pathlib.Path(f"/proc/{self.d.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", text)[1]) / 1024

    @fault("10,000 alerts at once, a slow server")
    def test_ten_thousand_alerts(self):
        self.daemon(self.room.notifier("desk", 'batch = "1s";'))
        self.room.answers["desk"] = self.wait_at_gate
        self.start()
        self.publish(10000)
        self.room.wait_requests(1, "/desk")
        waiting = self.memory()
        self.gate.set()
        self.room.wait_received("desk", 10000)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        most = self.memory("VmHWM")
        if not SANITIZED:
            self.assertLess(most, 100)
        return f"{waiting:.0f} MB with all waiting, {most:.0f} MB at most; {self.check()} twice"

    @fault("killed while alerts go out, one by one")
    def test_killed_between_messages(self):
        self.daemon()
        slow = itertools.count()
        self.room.answers["desk"] = lambda request: self.wait_at_gate(request) if next(slow) >= 10 else DONE
        self.start()
        self.publish(20)
        self.room.wait_requests(11, "/desk")
        self.d.kill()
        self.gate.set()
        self.start()
        self.room.wait_received("desk", 20)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        again = self.check()
        self.assertLessEqual(again, 1)      # the one under way
        return f"20 alerts, 0 lost, {again} twice with the same id"

    @fault("a message of many is refused")
    def test_a_refused_message_goes_one_by_one(self):
        told = []

        def refuse_many(request):
            alerts = json.loads(request.body)["data"]["alerts"]
            told.append([a["attempt"] for a in alerts])
            return (400, {}, b"") if len(alerts) > 1 else DONE

        self.daemon(self.room.notifier("desk", 'batch = "1s";'))
        self.room.answers["desk"] = refuse_many
        self.start()
        self.publish(5)
        self.room.wait_received("desk", 5)
        self.d.wait(lambda: self.count("pending") == 0, "the verdicts")
        self.assertEqual(told, [[1] * 5] + [[2]] * 5)
        return f"each goes alone, as its second attempt; 5 alerts, {self.check()} twice"

    @fault("webhook answers 410")
    def test_410_disables_until_a_reload(self):
        self.daemon()
        self.room.answers["desk"] = (410, {}, b"")
        self.start()
        self.publish(3)
        self.d.wait(lambda: self.count("dead") == 3, "all set aside")
        self.publish(2)
        self.d.wait(lambda: self.count("dead") == 5, "all set aside")
        self.assertEqual(len(self.room.wait_requests(1, "/desk")), 1)
        self.d.wait_line("answered 410: nothing more is sent there until a reload")
        self.assertIn("410", self.d.ctl("deliveries", "--failed").stdout)
        self.room.answers["desk"] = DONE
        self.d.ask("reload")
        self.publish(1)
        self.room.wait_received("desk", 1)
        self.assertEqual(self.d.ask("retry", all=True)["count"], 5)
        self.room.wait_received("desk", 6)
        return f"one request, 5 set aside and told; a reload and retry deliver them, {self.check()} twice"

    @fault("a plugin is missing, then there")
    def test_a_plugin_that_comes_later(self):
        if not smtp_server.HAVE or not tls.HAVE:
            self.skipTest("no SMTP server here")
        authority = tls.Authority(str(self.folder))
        plugin = self.folder / "late.so"
        with smtp_server.SmtpServer(authority) as mail:
            self.daemon(f'{{ name = "desk"; plugin = "{plugin}"; options : {{ from = "a@example.org"; '
                        f'server = "{mail.url}"; ca = "{authority.ca}"; '
                        'to = [ "one@example.org", "two@example.org" ]; }; }')
            self.start()
            self.publish(3)
            self.d.wait_line("late.so: cannot open shared object file.*; it is started again|late.so.*No such file")
            self.assertEqual((self.count("pending"), self.count("dead")), (3, 0))
            shutil.copy(BUILD / "notifiers" / "email.so", plugin.with_suffix(".new"))
            plugin.with_suffix(".new").rename(plugin)
            self.d.wait(lambda: self.count("pending") == 0, "all to both")
            self.assertEqual(sorted(m.rcpt[0] for m in mail.messages), ["one@example.org"] * 3 + ["two@example.org"] * 3)
            self.assertEqual(self.count("dead"), 0)
            self.assertFalse([x for x in self.d.lines if "set aside" in x])
            self.d.stop()
        return "3 alerts wait for it, and reach both of its recipients without a reload"

    def test_a_plugin_that_comes_later_and_wants_other_options(self):
        plugin = self.folder / "late.so"
        self.daemon(f'{{ name = "desk"; plugin = "{plugin}"; options : {{ urk = "x"; }}; }}')
        self.start()
        self.publish(1)
        shutil.copy(BUILD / "notifiers" / "webhook.so", plugin)
        self.d.wait_line(r'newsalertd.conf:\d+: .* has no option "urk"; did you mean "url"\?; the alerts .* wait')
        self.d.write(notifiers=self.room.notifier("desk").replace('"webhook"', f'"{plugin}"'))
        self.d.ask("reload")
        self.room.wait_received("desk", 1)
        self.d.stop()

    @fault("a notifier is removed, then brought back")
    def test_removed_and_brought_back(self):
        desk, other = self.room.notifier("desk"), self.room.notifier("other")
        self.daemon(desk)
        self.room.answers["desk"] = BUSY
        self.start()
        self.publish(4)
        ids = {x["id"] for x in self.d.ask("deliveries")["deliveries"]}
        self.d.wait_line("tried again in")
        self.d.write(notifiers=other, rules=rule("other"))
        self.assertTrue(self.d.ask("reload")["ok"])
        self.d.wait_line("4 deliveries were set aside")
        dead = self.d.ask("deliveries", failed=True)["deliveries"]
        self.assertEqual({x["id"] for x in dead}, ids)
        self.assertTrue(all(x["reason"] for x in dead))
        self.room.answers["desk"] = DONE
        self.d.write(notifiers=desk, rules=rule("desk"))
        self.d.ask("reload")
        self.d.wait_line("4 deliveries set aside earlier have their notifier back")
        self.assertEqual(self.room.messages["desk"], [])
        self.d.ctl("retry", "--all")
        self.room.wait_received("desk", 4)
        self.assertEqual({i for m in self.room.messages["desk"] for i in m.values()}, ids)
        return f"dead letters, then offered; retry delivers 4 under the same ids, {self.check()} twice"


if __name__ == "__main__":
    unittest.main()
