#!/usr/bin/python3
"""The webhook plugin in newsalertd-notify against a real HTTP server."""
import base64
import email.utils
import hashlib
import hmac
import json
import os
import socket
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
import tls  # noqa: E402
from hook_server import HookServer  # noqa: E402
from notify_protocol import (  # noqa: E402
    CHIPS, Notifier, alert, evidence, plugin)

KEYS = [bytes(range(32)), b"another key of enough bytes 1234"]
SECRETS = ["whsec_" + base64.b64encode(k).decode() for k in KEYS]


def units(text):
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def verify(request, key):
    """Standard Webhooks, as a receiver does it (an independent reading)."""
    signed = b".".join([request.headers["webhook-id"].encode(),
                        request.headers["webhook-timestamp"].encode(),
                        request.body])
    good = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    for one in request.headers["webhook-signature"].split(" "):
        version, _, value = one.partition(",")
        if version == "v1" and hmac.compare_digest(value.encode(), good):
            return True
    return False


class Webhook(unittest.TestCase):
    def server(self, authority=None):
        s = HookServer(authority)
        s.__enter__()
        self.addCleanup(s.__exit__)
        return s

    def notifier(self, options, **more):
        n = Notifier(plugin("webhook"))
        self.addCleanup(n.end)
        return n.open(options, **more)

    def refusal(self, options):
        n = Notifier(plugin("webhook"))
        self.addCleanup(n.end)
        n.hello()
        return n.configure(options)

    def body(self, template, *alerts, channel="42"):
        """What is posted for the alerts; it must be JSON in UTF-8."""
        s = self.server()
        n = self.notifier({"url": s.url, "template": template,
                           "channel": channel})
        self.assertEqual(n.send(*alerts), ("done", "", 0))
        self.assertEqual(s.requests[0].headers["Content-Type"],
                         "application/json")
        return s.requests[0].json()

    def test_our_own_json(self):
        s = self.server()
        n = self.notifier({"url": s.url})
        self.assertEqual(n.send(alert()), ("done", "", 0))
        r = s.requests[0]
        self.assertEqual((r.method, r.path), ("POST", "/hook"))
        self.assertEqual(r.headers["webhook-id"],
                         "abcdefghijklmnopqrstuvwxyz")
        self.assertEqual(r.headers["Idempotency-Key"],
                         "abcdefghijklmnopqrstuvwxyz")
        self.assertIsNone(r.headers["webhook-signature"])
        self.assertIsNone(r.headers["Expect"])
        body = r.json()
        self.assertEqual(body["type"], "newsalertd.alert")
        self.assertEqual(body["timestamp"], "2025-01-27T12:01:00Z")
        (a,) = body["data"]["alerts"]
        self.assertEqual(a["rule"], "chip-selloff")
        self.assertEqual(a["feed"]["name"], "trade-wire")
        self.assertEqual(a["article"]["title"], CHIPS)
        self.assertEqual(a["evidence"]["sentence"], CHIPS)
        for part in a["evidence"]["parts"]:
            raw = a["article"]["title"].encode()
            self.assertEqual(raw[part["start"]:part["end"]].decode(),
                             part["text"])
        self.assertEqual([p["role"] for p in a["evidence"]["parts"]],
                         ["owner", "measure", "predicate", "amount"])

    def test_long_text_is_cut_between_characters(self):
        s = self.server()
        n = self.notifier({"url": s.url, "text_max": 11})
        n.send(alert(text="ü" * 100))
        a = s.requests[0].json()["data"]["alerts"][0]
        self.assertEqual(a["article"]["text"], "ü" * 5)

    def test_signature(self):
        s = self.server()
        n = self.notifier({"url": s.url, "secret": SECRETS})
        n.send(alert(title="Ünïcode \u2028 title"))
        r = s.requests[0]
        self.assertTrue(verify(r, KEYS[0]))
        self.assertTrue(verify(r, KEYS[1]))
        self.assertFalse(verify(r, b"x" * 32))
        self.assertLess(abs(int(r.headers["webhook-timestamp"]) -
                            time.time()), 60)

    def test_secrets_of_a_file_are_one_a_line(self):
        s = self.server()
        n = self.notifier({"url": s.url, "secret": "\n".join(SECRETS) +
                           "\n"})
        n.send(alert())
        self.assertTrue(all(verify(s.requests[0], k) for k in KEYS))

    def test_the_standards_own_example(self):
        # The test vector of the specification's reference libraries.
        s = self.server()
        n = self.notifier({"url": s.url, "secret":
                           "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
        n.send(alert())
        self.assertTrue(verify(s.requests[0], base64.b64decode(
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))

    def test_same_id_at_every_attempt_and_for_the_same_batch(self):
        s = self.server()
        n = self.notifier({"url": s.url})
        batch = [alert(delivery_id="%026d" % i) for i in range(3)]
        n.send(*batch)
        n.send(*[dict(a, attempt=2) for a in batch])
        n.send(*batch[:2])
        ids = [r.headers["webhook-id"] for r in s.requests]
        self.assertEqual(ids[0], ids[1])
        self.assertNotEqual(ids[0], ids[2])
        self.assertRegex(ids[0], r"^[a-z2-7]{26}$")
        self.assertEqual(len(s.requests[0].json()["data"]["alerts"]), 3)

    def test_answers(self):
        date = email.utils.formatdate(time.time() + 90, usegmt=True)
        table = [
            (200, {}, b"", "done", 0, 0),
            (202, {}, b"", "done", 0, 0),
            (204, {}, b"", "done", 0, 0),
            (301, {"Location": "/other"}, b"", "retry", 0, 0),
            (307, {"Location": "/other"}, b"", "retry", 0, 0),
            (400, {}, b"invalid_payload", "never", 0, 0),
            (401, {}, b"", "retry", 0, 0),
            (404, {}, b"", "retry", 0, 0),
            (408, {}, b"", "retry", 0, 0),
            (413, {}, b"", "never", 0, 0),
            (422, {}, b"", "never", 0, 0),
            (429, {"Retry-After": "7"}, b"", "retry", 7, 7),
            (429, {"Retry-After": date}, b"", "retry", 80, 92),
            (429, {}, b'{"retry_after": 0.64}', "retry", 1, 1),
            (429, {}, b'{"ok":false,"parameters":{"retry_after":31}}',
             "retry", 31, 31),
            (429, {"Retry-After": "nonsense"}, b"", "retry", 0, 0),
            (429, {"Retry-After": "-5"}, b"", "retry", 0, 0),
            (429, {"Retry-After": "1e300"}, b"", "retry", 604800, 604800),
            (500, {}, b"oops\r\n\x1b[31m", "retry", 0, 0),
            (503, {"Retry-After": "120"}, b"", "retry", 120, 120),
        ]
        s = self.server()
        n = self.notifier({"url": s.url})
        for status, headers, body, outcome, low, high in table:
            with self.subTest(status=status, headers=headers, body=body):
                s.answer(status, headers, body)
                got = n.send(alert())
                self.assertEqual(got[0], outcome, got)
                self.assertTrue(low <= got[2] <= high, got)
                if outcome != "done":
                    self.assertIn(str(status), got[1])
                    self.assertNotIn("\x1b", got[1])
        self.assertEqual({r.path for r in s.requests}, {"/hook"})

    def test_every_status(self):
        """What there is to answer with; about the message, it is given up."""
        never = {400, 405, 406, 410, 411, 413, 414, 415, 422}
        s = self.server()
        got = {"done": [], "retry": [], "never": []}
        for status in (*range(200, 209), 226, *range(300, 309), *range(400, 419), *range(421, 427), 428, 429, 431, 451,
                       499, *range(500, 512), 520, 522, 524, 530, 598, 599):
            s.answer(status)
            # A new one each time: 410 would end what follows.
            got[self.notifier({"url": s.url}).send(alert())[0]].append(status)
        self.assertEqual(set(got["done"]), {*range(200, 209), 226})
        self.assertEqual(set(got["never"]), never)
        print("\nwhat an HTTP server answers, and what becomes of the message")
        for outcome, statuses in got.items():
            print(f"  {outcome:6} {' '.join(map(str, statuses))}")

    def test_answers_that_are_none(self):
        table = [
            (b"", "retry"), (b"\x00\xff\x16\x03\x01 garbage\r\n\r\n", "retry"),
            (b"220 smtp.example ESMTP\r\n", "retry"), (b"HTTP/1.1 200", "retry"),
            (b"HTTP/1.1 100 Continue\r\n\r\n", "retry"),
            (b"HTTP/1.1 999 what\r\nContent-Length: 0\r\n\r\n", "retry"),
            # It has the message; that its own words were cut is another matter.
            (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "done"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok", "done"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "done"),
            (b"HTTP/1.1 500 No\r\nContent-Length: 500\r\n\r\nno", "retry"),
            (b"HTTP/1.1 400 No\r\nContent-Length: 500\r\n\r\nno", "never"),
        ]
        for said, outcome in table:
            with self.subTest(said=said), socket.create_server(("127.0.0.1", 0)) as listener:
                def answer():
                    with listener.accept()[0] as c:
                        while b'"found"' not in c.recv(65536):
                            pass
                        c.sendall(said)
                thread = threading.Thread(target=answer, daemon=True)
                thread.start()
                n = self.notifier({"url": "http://127.0.0.1:%d/" % listener.getsockname()[1]}, timeout=5000)
                got = n.send(alert())
                self.assertEqual(got[0], outcome, got)
                thread.join(10)

    def test_410_ends_it_until_a_sample_finds_it_there_again(self):
        s = self.server()
        n = self.notifier({"url": s.url})
        s.answer(410)
        for _ in range(2):
            got = n.send(alert())
            self.assertEqual(got[0], "never")
            self.assertIn("410", got[1])
        self.assertEqual(len(s.requests), 1)
        self.assertEqual(n.send(alert(test=1))[0], "done")
        self.assertEqual(n.send(alert())[0], "done")
        self.assertEqual(len(s.requests), 3)

    def test_a_large_answer_and_a_large_alert(self):
        s = self.server()
        n = self.notifier({"url": s.url, "text_max": 100000})
        s.answer(500, {}, b"x" * 3000000)
        got = n.send(alert(text="y" * 65536))
        self.assertEqual(got[0], "retry")
        self.assertLess(len(got[1]), 400)

    def test_troubles_below_http(self):
        s = self.server()
        n = self.notifier({"url": s.url}, timeout=1500)
        for trouble in ("drop", "hang"):
            with self.subTest(trouble=trouble):
                s.answer(trouble)
                self.assertEqual(n.send(alert())[0], "retry")
        self.assertEqual(n.send(alert())[0], "done")
        dead = s.url
        s.server.shutdown()
        s.server.server_close()
        n = self.notifier({"url": dead})
        self.assertEqual(n.send(alert())[0], "retry")
        n = self.notifier({"url": "http://nowhere.invalid/"})
        got = n.send(alert())
        self.assertEqual(got[0], "retry")

    def test_private_addresses_are_refused(self):
        s = self.server()
        for allow in ((), ("10.0.0.0/8",)):
            n = self.notifier({"url": s.url}, allow=allow)
            got = n.send(alert())
            self.assertEqual(got[0], "retry", got)
            self.assertIn("private address", got[1])
        for url in ("http://127.0.0.1:%d/", "http://[::1]:%d/",
                    "http://2130706433:%d/", "http://0x7f.1:%d/",
                    "http://[::ffff:127.0.0.1]:%d/"):
            n = self.notifier({"url": url % s.server.server_address[1]},
                              allow=())
            self.assertEqual(n.send(alert())[0], "retry")
        self.assertEqual(s.requests, [])

    @unittest.skipUnless(tls.HAVE, "openssl is not installed")
    def test_https(self):
        with tempfile.TemporaryDirectory() as folder:
            authority = tls.Authority(folder)
            s = self.server(authority)
            n = self.notifier({"url": s.url})
            got = n.send(alert())
            self.assertEqual(got[0], "retry")
            self.assertIn("certificate", got[1])
            n = self.notifier({"url": s.url, "ca": authority.ca})
            self.assertEqual(n.send(alert())[0], "done")

    def test_headers_and_secrets_stay_out_of_the_log(self):
        s = self.server()
        token = "tok-4711-very-secret"
        n = self.notifier({"url": s.url + "/" + token,
                           "headers": ["Authorization: Bearer " + token],
                           "secret": "first\nsecond-secret"})
        s.answer(500, {}, ("you sent Bearer %s to /hook/%s, second-secret" %
                           (token, token)).encode())
        got = n.send(alert())
        self.assertEqual(s.requests[0].headers["Authorization"],
                         "Bearer " + token)
        n.end()
        for text in [got[1], n.stderr] + [line for _, line in n.logs]:
            self.assertNotIn(token, text)
            self.assertNotIn("second-secret", text)
        self.assertTrue(any("short" in line for _, line in n.logs))

    def test_settings_that_can_never_work(self):
        table = [
            ({"url": "ftp://x/"}, "http://"),
            ({"url": "http://x/ y"}, "space"),
            ({"url": "http://x/", "template": "signal"}, "no template"),
            ({"url": "http://x/", "template": "telegram"}, "chat id"),
            ({"url": "http://x/", "template": "ntfy"}, "topic"),
            ({"url": "http://x/", "secret": "whsec_!!"}, "base64"),
            ({"url": "http://x/", "body": "{", "template": "slack"}, "both"),
            ({"url": "http://x/", "body": "{"}, "no JSON"),
            ({"url": "http://x/", "body": '{"a": {{title}}}'}, "no JSON"),
            ({"url": "http://x/", "body": '{"a": "{{titel}}"}'},
             "{{titel}}"),
            ({"url": "http://x/", "headers": ["nonsense"]}, "Name: value"),
            ({"url": "http://x/", "headers": ["A: b\r\nC: d"]},
             "Name: value"),
        ]
        for options, words in table:
            with self.subTest(options=options):
                got = self.refusal(options)
                self.assertIsNotNone(got)
                self.assertTrue(got[2])
                self.assertIn(words, got[1])

    def test_a_body_of_ones_own(self):
        s = self.server()
        form = ('{ "summary": "{{rule}}: {{title}}", "at": {{found}},\n'
                '"link": "{{link}}", "all": {{json}} }')
        n = self.notifier({"url": s.url, "body": form})
        evil = 'x", "link": "evil" }} {{rule}} \\'
        self.assertEqual(n.send(alert(title=evil), alert(
            title="two", delivery_id="2" * 26)), ("done", "", 0))
        first, second = (r.json() for r in s.requests)
        self.assertEqual(first["summary"], "chip-selloff: " + evil)
        self.assertEqual(first["link"], "https://news.example/a?b=1&c=2")
        self.assertEqual(first["at"], 1737979260)
        self.assertEqual(first["all"]["article"]["title"], evil)
        self.assertEqual(second["summary"], "chip-selloff: two")
        self.assertEqual([r.headers["webhook-id"] for r in s.requests],
                         ["abcdefghijklmnopqrstuvwxyz", "2" * 26])

    # The services: every limit holds for one alert and for many, however
    # long and strange the text.

    LONG = "\U0001f680 <@U1> & `*_~|>[](x) @everyone <!channel> ü€ " * 400

    def cases(self):
        yield [alert()]
        yield [alert(title=self.LONG, feed_title=self.LONG, rule="r" * 200,
                     link="https://x.example/?" + "a&" * 100,
                     evidence=evidence(self.LONG))]
        yield [alert(title="%d %s" % (i, self.LONG), delivery_id="%026d" % i,
                     link="https://x.example/" + "a" * (i * 20),
                     evidence=evidence(self.LONG)) for i in range(12)]
        yield [alert(title="%d %s" % (i, self.LONG), delivery_id="%026d" % i,
                     evidence=evidence(self.LONG)) for i in range(256)]

    def test_slack(self):
        for alerts in self.cases():
            body = self.body("slack", *alerts)
            self.assertLessEqual(len(body["blocks"]), 50)
            self.assertLessEqual(len(body["text"]), 4000)
            texts = [b["text"]["text"] for b in body["blocks"]]
            for t in texts:
                self.assertLessEqual(units(t), 3000)
                self.assertNotIn("<@", t)
                self.assertNotIn("<!", t)
                self.assertNotRegex(t, "&(?!amp;|lt;|gt;)")
            self.assertLessEqual(sum(map(units, texts)), 13200)
            for i in range(len(alerts) if len(alerts) > 1 else 0):
                self.assertIn(str(i), "".join(texts))
        body = self.body("slack", alert(title="A < B & C"))
        self.assertIn("*<https://news.example/a?b=1&amp;c=2|A &lt; B &amp; "
                      "C>*", body["blocks"][0]["text"]["text"])
        self.assertIn("NVIDIA [semiconductor] shares",
                      body["blocks"][0]["text"]["text"])

    def test_discord(self):
        for alerts in self.cases():
            body = self.body("discord", *alerts)
            self.assertEqual(body["allowed_mentions"], {"parse": []})
            self.assertLessEqual(len(body["embeds"]), 10)
            total = 0
            for e in body["embeds"]:
                title, text = e.get("title", ""), e["description"]
                foot = e.get("footer", {}).get("text", "")
                self.assertLessEqual(units(title), 256)
                self.assertLessEqual(units(text), 4096)
                self.assertLessEqual(units(foot), 2048)
                total += units(title) + units(text) + units(foot)
            self.assertLessEqual(total, 6000)
            if len(alerts) > 10:
                lines = body["embeds"][9]["description"].splitlines()
                self.assertEqual(len(lines), len(alerts) - 9)
        e = self.body("discord", alert(title="a *b* _c_"))["embeds"][0]
        self.assertEqual(e["title"], r"a \*b\* \_c\_")
        self.assertEqual(e["url"], "https://news.example/a?b=1&c=2")
        self.assertEqual(e["timestamp"], "2025-01-27T12:01:00Z")

    def test_teams(self):
        for alerts in self.cases():
            s = self.server()
            n = self.notifier({"url": s.url, "template": "teams"})
            self.assertEqual(n.send(*alerts)[0], "done")
            self.assertLessEqual(len(s.requests[0].body), 28 * 1024,
                                 len(alerts))
        (card,) = s.requests[0].json()["attachments"]
        self.assertEqual(card["contentType"],
                         "application/vnd.microsoft.card.adaptive")
        self.assertEqual(card["content"]["version"], "1.4")
        body = self.body("teams", alert(title="a [b](c)", link="https://x/("))
        self.assertEqual(body["attachments"][0]["content"]["body"][0]["text"],
                         r"[a \[b\]\(c\)](https://x/%28)")

    def test_telegram(self):
        for alerts in self.cases():
            body = self.body("telegram", *alerts)
            self.assertEqual(body["chat_id"], "42")
            self.assertNotIn("parse_mode", body)
            self.assertLessEqual(units(body["text"]), 4096)
            self.assertLessEqual(len(body["entities"]), 100)
            wide = body["text"].encode("utf-16-le")
            for e in body["entities"]:
                part = wide[2 * e["offset"]:2 * (e["offset"] + e["length"])]
                self.assertNotIn("\n", part.decode("utf-16-le"))
        body = self.body("telegram", alert(title="\U0001f680 <b>x</b>"))
        self.assertTrue(body["text"].startswith("\U0001f680 <b>x</b>\n"))
        self.assertEqual(body["entities"], [{
            "type": "text_link", "offset": 0, "length": 11,
            "url": "https://news.example/a?b=1&c=2"}])

    def test_ntfy(self):
        for alerts in self.cases():
            body = self.body("ntfy", *alerts, channel="chips")
            self.assertEqual(body["topic"], "chips")
            self.assertLessEqual(len(body["message"].encode()), 4096)
            self.assertEqual(body["priority"], 4)
        body = self.body("ntfy", alert(priority="low"))
        self.assertEqual((body["priority"], body["click"]),
                         (2, "https://news.example/a?b=1&c=2"))
        self.assertIn("dropped [down] 12% [-12 %]", body["message"])

    def test_what_is_refused_is_sent_in_plain_words(self):
        """Under the same id; refused again it is given up."""
        def words(template, body):
            return {"slack": lambda: body["text"], "discord": lambda: body["content"],
                    "telegram": lambda: body["text"], "ntfy": lambda: body["message"],
                    "teams": lambda: body["attachments"][0]["content"]["body"][0]["text"]}[template]()
        limits = {"slack": 3000, "discord": 2000, "telegram": 4096, "ntfy": 1365, "teams": 6000}
        for template, limit in limits.items():
            with self.subTest(template=template):
                s = self.server()
                n = self.notifier({"url": s.url, "template": template, "channel": "42"})
                for alerts in ([alert()], *self.cases()):
                    s.requests.clear()
                    s.answer(400, {}, b"invalid_blocks")
                    self.assertEqual(n.send(*alerts), ("done", "", 0))
                    first, second = s.requests
                    self.assertEqual(first.headers["webhook-id"], second.headers["webhook-id"])
                    text = words(template, second.json())
                    self.assertLessEqual(units(text), limit)
                    self.assertEqual(len(text.splitlines()), len(alerts))
                    if alerts == [alert()]:
                        self.assertIn("NVIDIA shares dropped 12", text)
                        link = "https://news.example/a?b=1&c=2"
                        self.assertIn(link.replace("&", "&amp;") if template == "slack" else link, text)
                if template == "discord":
                    self.assertEqual(second.json()["allowed_mentions"], {"parse": []})
                s.requests.clear()
                s.answer(400, {}, b"chat not found")
                s.answer(400, {}, b"chat not found")
                got = n.send(alert())
                self.assertEqual((got[0], len(s.requests)), ("never", 2))
                self.assertIn("chat not found", got[1])
                self.assertTrue(any("in plain words" in line for _, line in n.logs))

    def test_an_alert_without_a_title(self):
        for template in ("slack", "discord", "teams", "telegram", "ntfy"):
            with self.subTest(template=template):
                text = json.dumps(self.body(template, alert(title="", evidence=evidence("It fell 12%.", "body"))))
                self.assertIn("It fell 12%", text)


if __name__ == "__main__":
    unittest.main()
