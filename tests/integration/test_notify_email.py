#!/usr/bin/python3
"""The email plugin in newsalertd-notify against a real SMTP server."""
import email
import email.policy
import email.utils
import logging
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
import exim  # noqa: E402
import smtp_script  # noqa: E402
import smtp_server  # noqa: E402
import tls  # noqa: E402
from notify_protocol import (  # noqa: E402
    CHIPS_EVIDENCE, Notifier, alert, evidence, plugin)

logging.getLogger("mail.log").setLevel(logging.CRITICAL)
AUTH = ("alerts", "correct horse battery")
TO = "desk@example.org"


def parse(message):
    return email.message_from_bytes(message.data, policy=email.policy.default)


@unittest.skipUnless(smtp_server.HAVE, smtp_server.WHY)
@unittest.skipUnless(tls.HAVE, "openssl is not installed")
class Email(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.authority = tls.Authority(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def server(self, **more):
        s = smtp_server.SmtpServer(self.authority, **more)
        s.__enter__()
        self.addCleanup(s.__exit__)
        return s

    def notifier(self, server, timeout=30000, **changes):
        options = {"server": server.url, "from": "alerts@example.org",
                   "to": ["desk@example.org"], "ca": self.authority.ca}
        if server.auth:
            options.update(user=AUTH[0], password=AUTH[1])
        options.update(changes)
        n = Notifier(plugin("email"))
        self.addCleanup(n.end)
        return n.open({k: v for k, v in options.items() if v is not None},
                      timeout=timeout)

    def refusal(self, **changes):
        options = {"server": "smtp://localhost:1", "from": "a@example.org",
                   "to": ["b@example.org"]}
        options.update(changes)
        n = Notifier(plugin("email"))
        self.addCleanup(n.end)
        n.hello()
        return n.configure(options)

    def test_sends_with_starttls_and_login(self):
        s = self.server(auth=AUTH)
        n = self.notifier(s, ehlo="client.example.org")
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual(got, ("done", "", 0))
        m = s.messages[0]
        self.assertTrue(m.tls)
        self.assertEqual(m.auth, "alerts")
        self.assertEqual(m.helo, "client.example.org")
        self.assertEqual(m.mail_from, "alerts@example.org")
        self.assertEqual(m.rcpt, ["desk@example.org"])

    def test_sends_with_tls_from_the_start(self):
        s = self.server(auth=AUTH, implicit=True)
        n = self.notifier(s)
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual(got, ("done", "", 0))
        self.assertEqual(s.messages[0].auth, "alerts")

    def test_head_and_bodies(self):
        s = self.server()
        n = self.notifier(s, **{"from": "Nachrichten für Zwölf "
                                        "<alerts@example.org>"})
        title = "Halbleiter: Übernahme für 12 Mrd. € — was nun? " * 3
        self.assertEqual(n.send(alert(
            recipient="The Desk <desk@example.org>", title=title,
            evidence=CHIPS_EVIDENCE))[0], "done")
        raw = s.messages[0].data
        m = parse(s.messages[0])
        self.assertTrue(all(b < 0x80 for b in raw))
        self.assertTrue(all(len(line) <= 78 for line in raw.split(b"\r\n")))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        self.assertIn("Übernahme für 12 Mrd. €", m["Subject"])
        self.assertEqual(m["From"].addresses[0].display_name,
                         "Nachrichten für Zwölf")
        self.assertEqual(m["To"].addresses[0].addr_spec, "desk@example.org")
        self.assertEqual(m["Message-ID"],
                         "<abcdefghijklmnopqrstuvwxyz@example.org>")
        self.assertEqual(m["List-Id"],
                         "<chip-selloff.newsalertd.example.org>")
        self.assertEqual(m["Auto-Submitted"], "auto-generated")
        self.assertEqual(m["Importance"], "high")
        self.assertEqual(
            email.utils.parsedate_to_datetime(m["Date"]).timestamp(),
            1737979260)
        self.assertEqual(m.get_content_type(), "multipart/alternative")
        self.assertEqual([p.get_content_type() for p in m.iter_parts()],
                         ["text/plain", "text/html"])

    def test_bodies_show_the_evidence(self):
        s = self.server()
        n = self.notifier(s)
        hostile = '<script>alert("x")</script> & \u202eevil \x1b[31m'
        n.send(alert(recipient="desk@example.org", text=hostile + "\n.\nFrom "
                     "me\n" + "long " * 100))
        plain, html = (p.get_content().replace("\r\n", "\n")
                       for p in parse(s.messages[0]).iter_parts())
        self.assertIn("NVIDIA [semiconductor] shares [stock] dropped [down] "
                      "12% [-12 %] in pre-market", plain)
        self.assertIn("https://news.example/a?b=1&c=2", plain)
        self.assertIn("semiconductor stock down more than 5%", plain)
        self.assertIn("<mark>NVIDIA</mark> <small>[semiconductor]</small> "
                      "<mark>shares</mark>", html)
        self.assertIn('href="https://news.example/a?b=1&amp;c=2"', html)
        self.assertIn("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; "
                      "&amp;", html)
        self.assertNotIn("<script", html)
        for body in (plain, html):
            self.assertNotIn("\x1b", body)
            self.assertNotIn("\u202e", body)
            self.assertIn("\n.\n" if body is plain else "\n.<br>", body)

    def test_feed_text_cannot_add_headers(self):
        s = self.server()
        n = self.notifier(s)
        n.send(alert(recipient="desk@example.org",
                     title="x\r\nBcc: evil@example.com\r\n\r\nbody",
                     link="https://x.example/\r\nBcc:evil@example.com",
                     feed="f\nBcc: evil@example.com",
                     rule="r\r\n.\r\nMAIL FROM:<evil@example.com>"))
        m = parse(s.messages[0])
        self.assertEqual(len(s.messages), 1)
        self.assertIsNone(m["Bcc"])
        self.assertEqual(s.messages[0].rcpt, ["desk@example.org"])
        self.assertEqual(m["Subject"],
                         "[r  .  MAIL FROM:<evil@example.com>] "
                         "x  Bcc: evil@example.com    body")

    def test_links_other_than_http_are_not_links(self):
        s = self.server()
        n = self.notifier(s)
        n.send(alert(recipient="desk@example.org",
                     link="javascript:alert(1)"))
        self.assertNotIn(b"javascript", s.messages[0].data)

    def test_a_batch_is_one_message(self):
        s = self.server()
        n = self.notifier(s)
        alerts = [alert(recipient="desk@example.org", title="Title %d" % i,
                        delivery_id="%026d" % i) for i in range(3)]
        self.assertEqual(n.send(*alerts)[0], "done")
        self.assertEqual(n.send(*alerts)[0], "done")
        self.assertEqual(n.send(*alerts[:2])[0], "done")
        first, again, other = (parse(m) for m in s.messages)
        self.assertEqual(first["Subject"], "[chip-selloff] 3 alerts: Title 0")
        self.assertEqual(first["Message-ID"], again["Message-ID"])
        self.assertNotEqual(first["Message-ID"], other["Message-ID"])
        plain = next(first.iter_parts()).get_content()
        for i in range(3):
            self.assertIn("Title %d" % i, plain)

    def test_answers_of_the_server(self):
        table = [
            ("MAIL", "451 4.3.0 come later", "retry"),
            ("MAIL", "550 5.7.1 not you", "never"),
            ("RCPT", "450 4.2.1 mailbox busy", "retry"),
            ("RCPT", "550 5.1.1 no such user", "never"),
            ("DATA", "451 4.7.1 greylisted", "retry"),
            ("DATA", "554 5.6.0 looks like spam", "never"),
            ("DATA", "552 5.2.2 mailbox full", "never"),
            ("EHLO", "421 4.3.2 shutting down", "retry"),
        ]
        for stage, reply, outcome in table:
            with self.subTest(stage=stage, reply=reply):
                s = self.server()
                n = self.notifier(s)
                s.fault(stage, reply)
                got = n.send(alert(recipient="desk@example.org"))
                self.assertEqual(got[0], outcome, got)
                if stage != "EHLO":
                    self.assertIn(reply, got[1])
                self.assertEqual(
                    n.send(alert(recipient="desk@example.org"))[0], "done")

    def test_every_verdict_of_a_server(self):
        """At each step of the talk; what it says, and what becomes of the mail."""
        big = "552 5.3.4 message size exceeds fixed limit"
        table = [
            # Not a word of the message was said: it is about us.
            ("greeting", "554 5.7.1 your address is on a list", "retry"),
            ("greeting", "421 4.3.2 too many connections", "retry"),
            ("greeting", "drop", "retry"),
            ("greeting", "HTTP/1.1 400 Bad Request", "retry"),
            ("EHLO", "550 5.7.1 we know nobody of that name", "retry"),
            ("EHLO", "421 4.7.0 come back later", "retry"),
            ("EHLO", "drop", "retry"),
            ("MAIL", "421 4.4.2 idle for too long", "retry"),
            ("MAIL", "450 4.1.8 sender domain not found", "retry"),
            ("MAIL", "452 4.3.1 no room", "retry"),
            ("MAIL", "530 5.7.0 authentication required", "retry"),
            ("MAIL", "550 5.1.8 no such sender", "never"),
            ("MAIL", big, "never"),
            ("MAIL", "drop", "retry"),
            ("RCPT", "421 4.7.0 goodbye", "retry"),
            ("RCPT", "450 4.2.0 greylisted, try again in 300 seconds", "retry"),
            ("RCPT", "451 4.7.1 greylisted", "retry"),
            ("RCPT", "452 4.5.3 too many recipients", "retry"),
            ("RCPT", "452 4.2.2 mailbox full", "retry"),
            ("RCPT", "535 5.7.8 log in first", "retry"),
            ("RCPT", "550 5.1.1 no such user", "never"),
            ("RCPT", "551 5.1.6 user not local", "never"),
            ("RCPT", "552 5.2.2 mailbox full", "never"),
            ("RCPT", "553 5.1.3 bad mailbox name", "never"),
            ("RCPT", "554 5.7.1 relay access denied", "never"),
            ("RCPT", "drop", "retry"),
            ("DATA", "421 4.3.0 shutting down", "retry"),
            ("DATA", "451 4.3.0 local error", "retry"),
            ("DATA", "554 5.5.1 no valid recipients", "never"),
            ("DATA", "drop", "retry"),
            (".", "421 4.3.0 shutting down", "retry"),
            (".", "450 4.7.1 greylisted after the data", "retry"),
            (".", "451 4.3.0 the disk is full", "retry"),
            (".", "452 4.3.1 no room", "retry"),
            (".", "550 5.7.1 looks like spam", "never"),
            (".", big, "never"),
            (".", "554-5.7.1 it is\r\n554 5.7.1 a virus", "never"),
            # It has the message, perhaps: it comes again under the same id.
            (".", "drop", "retry"),
        ]
        rows = []
        for at, reply, outcome in table:
            # Who does not understand EHLO is greeted with HELO.
            answers = {at: reply, **({"HELO": reply} if at == "EHLO" else {})}
            with self.subTest(at=at, reply=reply), smtp_script.SmtpScript(answers) as s:
                n = Notifier(plugin("email"))
                self.addCleanup(n.end)
                n.open({"server": s.url, "from": "a@example.org", "to": [TO], "starttls": False, "ehlo": "us"},
                       timeout=3000)
                got = n.send(alert(recipient=TO))
                rows.append(f"  {at:9} {reply.splitlines()[-1][:48]:50} {got[0]}")
                self.assertEqual(got[0], outcome, got)
                if reply[0].isdigit():
                    self.assertIn(reply.splitlines()[-1], got[1])
        print("\nwhat a mail server says, and what becomes of the mail\n" + "\n".join(rows))

    def test_greylisting_ends_in_delivery(self):
        with smtp_script.SmtpScript({"RCPT": ["450 4.2.0 greylisted", "451 4.7.1 still"]}) as s:
            n = Notifier(plugin("email"))
            self.addCleanup(n.end)
            n.open({"server": s.url, "from": "a@example.org", "to": [TO], "starttls": False})
            outcomes = [n.send(alert(recipient=TO, attempt=i))[0] for i in (1, 2, 3)]
        self.assertEqual(outcomes, ["retry", "retry", "done"])
        self.assertEqual(len(s.messages), 1)

    def test_a_connection_that_the_server_ended_is_made_anew(self):
        """The idle one is told 421 when it is used again, or finds it closed."""
        for end in ("421 4.4.2 idle for too long", "drop"):
            with self.subTest(end=end), smtp_script.SmtpScript({"MAIL": [None, end]}) as s:
                n = Notifier(plugin("email"))
                self.addCleanup(n.end)
                n.open({"server": s.url, "from": "a@example.org", "to": [TO], "starttls": False})
                outcomes = [n.send(alert(recipient=TO))[0] for _ in range(3)]
                self.assertEqual((outcomes[0], outcomes[2]), ("done", "done"))
                self.assertEqual(len(s.messages), outcomes.count("done"))

    def test_starttls_that_was_taken_out(self):
        """Somebody in between hides it, or refuses it: nothing is sent in the clear."""
        for answers in ({}, {"EHLO": "250-here\r\n250 STARTTLS", "STARTTLS": "454 4.7.0 not now"},
                        {"EHLO": "250-here\r\n250 STARTTLS", "STARTTLS": "502 5.5.1 what?"},
                        {"EHLO": "250-here\r\n250-AUTH PLAIN LOGIN\r\n250 XXXXXXXA"}):
            with self.subTest(answers=answers), smtp_script.SmtpScript(answers) as s:
                n = Notifier(plugin("email"))
                self.addCleanup(n.end)
                n.open({"server": s.url, "from": "a@example.org", "to": [TO], "user": "u", "password": "sesame open"})
                got = n.send(alert(recipient=TO))
                self.assertEqual(got[0], "retry", got)
                self.assertEqual(s.messages, [])
                self.assertFalse([c for c in s.commands if c.split()[0] in ("AUTH", "MAIL", "DATA")], s.commands)

    def test_lost_connections_are_retried(self):
        for stage in ("EHLO", "MAIL", "RCPT", "DATA", "ACK"):
            with self.subTest(stage=stage):
                s = self.server()
                n = self.notifier(s)
                s.fault(stage, "drop")
                got = n.send(alert(recipient="desk@example.org"))
                self.assertEqual(got[0], "retry", got)
                again = n.send(alert(recipient="desk@example.org", attempt=2))
                self.assertEqual(again, ("done", "", 0))
                ids = {parse(m)["Message-ID"] for m in s.messages}
                self.assertEqual(len(ids), 1)

    def test_a_server_that_does_not_confirm_in_time(self):
        s = self.server()
        n = self.notifier(s, timeout=1500)
        s.fault("ACK", "hang")
        got = n.send(alert(recipient=TO))
        self.assertEqual((got[0], len(s.messages)), ("retry", 1))
        self.assertIn("a longer timeout may help", got[1])

    def test_a_silent_server_is_left_in_time(self):
        s = self.server()
        n = self.notifier(s, timeout=1500)
        s.fault("RCPT", "hang")
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual(got[0], "retry", got)

    def test_nobody_listens(self):
        s = self.server()
        s.__exit__()
        n = self.notifier(s)
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual(got[0], "retry")
        self.assertIn("localhost", got[1])

    def test_a_wrong_password_is_retried_and_not_shown(self):
        s = self.server(auth=AUTH)
        n = self.notifier(s, password="wrong-password-123")
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual(got[0], "retry", got)
        self.assertIn("login", got[1])
        self.assertEqual(got[2], 300)
        n.end()
        for text in [got[1], n.stderr] + [line for _, line in n.logs]:
            self.assertNotIn("wrong-password-123", text)

    def test_encryption_is_insisted_on(self):
        s = self.server(offer_tls=False)
        n = self.notifier(s)
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual((got[0], s.messages), ("retry", []))
        n = self.notifier(s, starttls=False)
        self.assertEqual(n.send(alert(recipient="desk@example.org"))[0],
                         "done")

    def test_an_unknown_certificate_is_refused(self):
        s = self.server()
        n = self.notifier(s, ca=None)
        got = n.send(alert(recipient="desk@example.org"))
        self.assertEqual((got[0], s.messages), ("retry", []))
        self.assertIn("certificate", got[1])

    def test_settings_that_can_never_work(self):
        table = [
            ({"server": "localhost:25"}, "smtp://host:port"),
            ({"server": "smtp://"}, "only host:port"),
            ({"server": "smtp://h:25/x"}, "only host:port"),
            ({"from": "nobody"}, "not a mail address"),
            ({"from": "a@b\r\nRCPT TO:<c@d>"}, "not a mail address"),
            ({"to": ["a@b", "evil> <c@d"]}, "not a mail address"),
            ({"user": "u", "password": "p", "starttls": False},
             "without encryption"),
            ({"ehlo": "a b"}, "host names"),
        ]
        for changes, words in table:
            with self.subTest(changes=changes):
                got = self.refusal(**changes)
                self.assertIsNotNone(got)
                self.assertTrue(got[2])
                self.assertIn(words, got[1])

    def test_a_sentence_in_the_body(self):
        s = self.server()
        n = self.notifier(s)
        text = "Vorher: Ärger.\nChips fielen um 12 % am Montag.\nEnde."
        start = text.encode().index("Chips".encode())
        n.send(alert(recipient="desk@example.org", title="T", text=text,
                     evidence=evidence("Chips fielen um 12 % am Montag.",
                                       "body", start, (
                                           ("owner", "Chips", ""),
                                           ("amount", "12 %", "-12 %")))))
        html = list(parse(s.messages[0]).iter_parts())[1].get_content()
        self.assertIn("<mark>Chips</mark> fielen um <mark>12 %</mark> "
                      "<small>[-12 %]</small> am Montag.", html)

    @unittest.skipUnless(exim.HAVE, exim.WHY)
    def test_exim_takes_what_we_send(self):
        s = exim.Exim(self.authority)
        s.__enter__()
        self.addCleanup(s.__exit__)
        s.auth = None
        n = self.notifier(s, user="alerts", password="pw")
        table = [
            ({}, "done"), ({"title": "Ünïcode " * 40}, "done"),
            ({"recipient": "Nähe <x@example.org>"}, "done"),
            ({"recipient": "busy@example.org"}, "retry"),
            ({"recipient": "nobody@example.org"}, "never"),
        ]
        for changes, outcome in table:
            changes = dict({"recipient": "desk@example.org"}, **changes)
            got = n.send(alert(**changes))
            self.assertEqual(got[0], outcome, got)
        got = n.send(*[alert(recipient="desk@example.org", text="x" * 9999,
                             delivery_id="%026d" % i) for i in range(256)])
        self.assertEqual(got[0], "never")
        self.assertIn("size exceeds", got[1])
        n.end()
        self.assertEqual(len(s.queue()), 3)
        for head, body in s.queue():
            self.assertIn("<abcdefghijklmnopqrstuvwxyz@example.org>", head)
            self.assertIn("-tls_cipher TLS", head)
            self.assertIn("--=_newsalertd_alternative--", body)
        n = self.notifier(s, user="alerts", password="wrong")
        self.assertEqual(n.send(alert(recipient="a@example.org"))[0],
                         "retry")


if __name__ == "__main__":
    unittest.main()
