#!/usr/bin/python3
"""The syslog plugin in newsalertd-notify against a real rsyslogd, and against
sockets where every byte counts."""
import os
import re
import signal
import socket
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
import journald  # noqa: E402
import rsyslog  # noqa: E402
from notify_protocol import (  # noqa: E402
    CHIPS, Notifier, alert, evidence, plugin)

WAIT = 60.0
# RFC 5424, 6: the head, the structured data, the text.
RECORD = re.compile(
    rb'<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) '
    rb'((?:\[[^ =\]"]{1,32}(?: [^ =\]"]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*\])+)'
    rb'(?: (.*))?', re.S)


class Syslog(unittest.TestCase):
    def notifier(self, target, timeout=30000, **options):
        n = Notifier(plugin("syslog"))
        self.addCleanup(n.end)
        return n.open(dict(options, target=target), timeout=timeout)

    def folder(self):
        d = tempfile.TemporaryDirectory()
        self.addCleanup(d.cleanup)
        return d.name

    def listener(self, family, kind, address):
        s = socket.socket(family, kind)
        self.addCleanup(s.close)
        s.settimeout(WAIT)
        s.bind(address)
        if kind == socket.SOCK_STREAM:
            s.listen()
        return s

    @unittest.skipUnless(rsyslog.HAVE, rsyslog.WHY)
    def test_rsyslogd_understands_every_transport(self):
        title = 'Ünïcode "quoted" \\ ] [x] \u20ac'
        with rsyslog.Rsyslog() as server:
            for target in ("unix:" + server.unix,
                           "udp:127.0.0.1:%d" % server.udp,
                           "tcp:localhost:%d" % server.tcp):
                for bom in (False, True):
                    with self.subTest(target=target, bom=bom):
                        n = self.notifier(target, facility="local3",
                                          hostname="news", bom=bom)
                        self.assertEqual(n.send(alert(title=title)),
                                         ("done", "", 0))
                        self.check(server.alert(), title)

    def check(self, r, title):
        self.assertEqual((r["facility"], r["severity"]),
                         ("local3", "warning"))
        self.assertEqual((r["host"], r["app"], r["msgid"]),
                         ("news", "newsalertd", "ALERT"))
        self.assertTrue(r["time"].startswith("2025-01-27T12:01:00"))
        data = r["data"]["newsalertd@32473"]
        self.assertEqual(data["id"], "abcdefghijklmnopqrstuvwxyz")
        self.assertEqual(data["rule"], "chip-selloff")
        self.assertEqual(data["title"], title)
        self.assertEqual(data["link"], "https://news.example/a?b=1&c=2")
        parts = r["data"]["evidence@32473"]
        self.assertEqual(parts["owner"], "NVIDIA")
        self.assertEqual(parts["owner.value"], "semiconductor")
        self.assertEqual(parts["amount.value"], "-12 %")
        self.assertIn("NVIDIA [semiconductor] shares [stock] dropped [down] "
                      "12% [-12 %]", r["msg"])

    @unittest.skipUnless(rsyslog.HAVE, rsyslog.WHY)
    def test_a_log_that_was_started_again(self):
        with rsyslog.Rsyslog() as server:
            targets = ("unix:" + server.unix,
                       "tcp:localhost:%d" % server.tcp)
            notifiers = [self.notifier(t) for t in targets]
            for n in notifiers:
                self.assertEqual(n.send(alert())[0], "done")
                server.alert()
            server.stop()
            for n in notifiers:
                self.assertEqual(n.send(alert())[0], "retry")
            server.start()
            for n in notifiers:
                self.assertEqual(n.send(alert())[0], "done")
                self.assertEqual(server.alert()["msgid"], "ALERT")

    @unittest.skipUnless(rsyslog.HAVE, rsyslog.WHY)
    def test_a_stopped_log_is_a_retry_in_time(self):
        with rsyslog.Rsyslog() as server:
            n = self.notifier("unix:" + server.unix, timeout=1000)
            server.process.send_signal(signal.SIGSTOP)
            try:
                for _ in range(20000):
                    got = n.send(alert())
                    if got[0] != "done":
                        break
            finally:
                server.process.send_signal(signal.SIGCONT)
            self.assertEqual(got[0], "retry")
            self.assertIn("full or stopped", got[1])

    def test_records_follow_the_grammar(self):
        s = self.listener(socket.AF_INET, socket.SOCK_DGRAM,
                          ("127.0.0.1", 0))
        n = self.notifier("udp:127.0.0.1:%d" % s.getsockname()[1],
                          max_size=2048)
        long = 'x]"\\\n\x1b\u2028 = ü€\U0001f680' * 500
        cases = [
            alert(), alert(priority="low"), alert(priority="normal", test=1),
            alert(title=long, rule=long, feed=long, link="https://x/" + long,
                  evidence=evidence(long, parts=(
                      ('ow ner]="', "x", long), ("ü" * 30, "x", "v")))),
            alert(evidence=b""), alert(title="", link="", evidence=b""),
        ]
        severities = [4, 6, 5, 4, 4, 4]
        for a, severity in zip(cases, severities):
            self.assertEqual(n.send(a), ("done", "", 0))
            got = s.recv(70000)
            m = RECORD.fullmatch(got)
            self.assertIsNotNone(m, got)
            self.assertEqual(int(m[1]), 3 * 8 + severity)
            self.assertNotRegex(got, b"[\x00-\x1f\x7f]")
            got.decode()
            self.assertLessEqual(len(got), 4096)
            self.assertEqual(m[6], b"TEST" if a["test"] else b"ALERT")

    def test_tcp_counts_octets(self):
        s = self.listener(socket.AF_INET, socket.SOCK_STREAM,
                          ("127.0.0.1", 0))
        n = self.notifier("tcp:127.0.0.1:%d" % s.getsockname()[1])
        n.start_send(alert(), alert(title="two"))
        c, _ = s.accept()
        c.settimeout(WAIT)
        self.assertEqual(n.result(), ("done", "", 0))
        n.end()
        data = b"".join(iter(lambda: c.recv(65536), b""))
        c.close()
        for _ in range(2):
            size, _, data = data.partition(b" ")
            self.assertIsNotNone(RECORD.fullmatch(data[:int(size)]))
            data = data[int(size):]
        self.assertEqual(data, b"")

    def test_unix_stream_ends_records_with_newlines(self):
        path = os.path.join(self.folder(), "log")
        s = self.listener(socket.AF_UNIX, socket.SOCK_STREAM, path)
        n = self.notifier("unix:" + path)
        n.start_send(alert(text="a\nb"))
        c, _ = s.accept()
        self.assertEqual(n.result(), ("done", "", 0))
        n.end()
        data = b"".join(iter(lambda: c.recv(65536), b""))
        c.close()
        self.assertTrue(data.endswith(b"\n"))
        self.assertIsNotNone(RECORD.fullmatch(data[:-1]))

    def test_nobody_listens(self):
        closed = rsyslog.free_port(socket.SOCK_STREAM)
        for target in ("unix:" + self.folder() + "/none",
                       "journal:" + self.folder() + "/none",
                       "tcp:127.0.0.1:%d" % closed,
                       "udp:127.0.0.1:%d" % closed):
            with self.subTest(target=target):
                n = self.notifier(target)
                self.assertEqual(n.send(alert())[0], "retry")

    def fields(self, data):
        """The journal's native protocol."""
        out = {}
        while data:
            name, eq, rest = data.partition(b"\n")[0].partition(b"=")
            if eq:
                out[name.decode()] = rest.decode()
                data = data.partition(b"\n")[2]
                continue
            data = data[len(name) + 1:]
            size = int.from_bytes(data[:8], "little")
            out[name.decode()] = data[8:8 + size].decode()
            self.assertEqual(data[8 + size:9 + size], b"\n")
            data = data[9 + size:]
        return out

    def test_journal_fields(self):
        path = os.path.join(self.folder(), "journal")
        s = self.listener(socket.AF_UNIX, socket.SOCK_DGRAM, path)
        n = self.notifier("journal:" + path)
        raw = evidence(CHIPS, parts=(("owner", "NVIDIA", "semiconductor"),),
                       facts="one\ntwo")
        self.assertEqual(n.send(alert(title="x\nPRIORITY=0", evidence=raw)),
                         ("done", "", 0))
        f = self.fields(s.recv(70000))
        self.assertEqual(f["MESSAGE_ID"], "96ea1d0442de46518ac22e707e89b772")
        self.assertEqual((f["PRIORITY"], f["SYSLOG_FACILITY"]), ("4", "3"))
        self.assertEqual(f["SYSLOG_IDENTIFIER"], "newsalertd")
        self.assertEqual(f["NEWSALERT_RULE"], "chip-selloff")
        self.assertEqual(f["NEWSALERT_TITLE"], "x PRIORITY=0")
        self.assertEqual(f["NEWSALERT_PART_OWNER"], "NVIDIA")
        self.assertEqual(f["NEWSALERT_PART_OWNER_VALUE"], "semiconductor")
        self.assertEqual(f["NEWSALERT_FACTS"], "one\ntwo")
        self.assertTrue(f["MESSAGE"].startswith("chip-selloff: NVIDIA ["))

    @unittest.skipUnless(journald.HAVE, journald.WHY)
    def test_the_real_journal_understands_it(self):
        raw = evidence(CHIPS, parts=(("owner", "NVIDIA", "semiconductor"),),
                       facts="one\ntwo")
        with journald.Journald() as journal:
            n = self.notifier("journal:" + journal.socket)
            self.assertEqual(n.send(alert(title="Ü = 1", evidence=raw)),
                             ("done", "", 0))
            self.assertEqual(n.send(alert(rule="other"))[0], "done")
            (e,) = journal.entries("NEWSALERT_RULE=chip-selloff")
            both = journal.entries(
                "MESSAGE_ID=96ea1d0442de46518ac22e707e89b772")
        self.assertEqual(len(both), 2)
        self.assertEqual(e["NEWSALERT_TITLE"], "Ü = 1")
        self.assertEqual(e["NEWSALERT_FACTS"], "one\ntwo")
        self.assertEqual(e["NEWSALERT_PART_OWNER_VALUE"], "semiconductor")
        self.assertEqual((e["PRIORITY"], e["SYSLOG_IDENTIFIER"]),
                         ("4", "newsalertd"))

    def test_settings_that_can_never_work(self):
        table = [
            ({"target": "file:/x"}, "target is"),
            ({"target": "unix:relative"}, "target is"),
            ({"target": "unix:/" + "x" * 200}, "target is"),
            ({"target": "udp:host"}, "target is"),
            ({"target": "tcp:::1:514"}, "target is"),
            ({"target": "udp:h:1", "facility": "local9"}, "local9"),
            ({"target": "udp:h:1", "max_size": 10}, "max_size"),
        ]
        for options, words in table:
            with self.subTest(options=options):
                n = Notifier(plugin("syslog"))
                self.addCleanup(n.end)
                n.hello()
                got = n.configure(options)
                self.assertIsNotNone(got)
                self.assertTrue(got[2])
                self.assertIn(words, got[1])


if __name__ == "__main__":
    unittest.main()
