#!/usr/bin/python3
"""newsalertctl: its commands as a person or a script uses them."""
import http.server
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

import lab
import origin

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("BUILD", "build")
CTL = BUILD / "newsalertctl"

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
<item><guid>one</guid><title>Nvidia shares fall 12% on export news</title>
<link>/one</link></item>
<item><guid>two</guid><title>Potato chip maker recalls 400 bags</title></item>
</channel></rss>"""

CONFIG = """contact = "ops@example.org"; control = "%s/control.sock";
notifiers = ( { name = "log"; plugin = "file"; options : { path = "-"; }; } );
rules = (
  { name = "chips"; when = "semiconductor stock down more than 5%%"; notify = [ "log" ]; },
  { name = "recall"; when = "title:recalls"; notify = [ "log" ]; feeds = [ "trade-*" ]; }
);
"""


def run(*args, stdin="", env=None):
    return subprocess.run([str(CTL), *map(str, args)], input=stdin, timeout=120, check=False,
                          capture_output=True, text=True, env={**os.environ, **(env or {})})


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="newsalertctl-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.config = self.file("newsalertd.conf", CONFIG % self.folder)

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def check(self, done, status=0):
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        long = [line for line in done.stdout.splitlines() if len(line) > 100 and line[0] != "{"]
        self.assertEqual(long, [])
        self.assertNotIn("\033", done.stdout)
        return done


class Usage(Case):
    def test_help_names_every_command_and_option(self):
        text = self.check(run("--help")).stdout
        for command in ("read", "match", "check", "status", "feeds", "rules", "alerts",
                        "deliveries", "tail", "poll", "retry", "silence", "test", "reload",
                        "import", "export", "metrics"):
            self.assertIn(f"\n  {command} ", text)
            one = self.check(run(command, "--help")).stdout
            self.assertIn(f"usage: newsalertctl {command}", one)
            self.assertIn("--json", one)

    def test_wrong_usage_is_2_with_a_hint(self):
        self.assertIn("did you mean 'status'?", self.check(run("stauts"), 2).stderr)
        for args in ((), ("read",), ("read", "a", "b"), ("match", "--nonsense"),
                     ("match", "--input", "pdf"), ("match", "--rule", "a", "--when", "b"),
                     ("match", "--stored", "file"), ("poll",), ("retry",),
                     ("match", "--since", "15"), ("alerts", "--limit", "many"), ("alerts", "x")):
            with self.subTest(args):
                self.assertNotEqual(self.check(run(*args), 2).stderr, "")


class Read(Case):
    def test_a_feed_becomes_json(self):
        done = self.check_json(run("read", "--base", "https://example.org/", "-", stdin=FEED))
        self.assertEqual(done["format"], "rss-2.0")
        self.assertEqual([i["id"] for i in done["items"]], ["one", "two"])
        self.assertEqual(done["items"][0]["link"], "https://example.org/one")

    def check_json(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_a_url_is_fetched_with_its_type_and_address(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/old":
                    self.send_response(302)
                    self.send_header("Location", "/new/feed")
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml; charset=iso-8859-1")
                self.end_headers()
                self.wfile.write(FEED.replace("Wire", "Nestlé").encode("iso-8859-1"))

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}"
        made = self.check_json(run("read", "--allow", "127.0.0.0/8", f"{url}/old"))
        self.assertEqual(made["title"], "Nestlé")
        self.assertEqual(made["items"][0]["link"], f"{url}/one")
        refused = run("read", f"{url}/old")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("could not be fetched", refused.stderr)

    def test_a_url_is_asked_as_the_configuration_says(self):
        """Also by one that has errors elsewhere."""
        with tempfile.TemporaryDirectory() as folder, origin.Origin() as site:
            site.plan("/f", origin.reply(200, FEED.encode()))
            config = pathlib.Path(folder) / "newsalertd.conf"
            config.write_text('contact = "ops@example.org"; intervall = 5;\n'
                              'network : { allow = [ "10.0.0.0/8", "127.0.0.0/8" ]; };\n')
            made = self.check_json(run("read", "-c", str(config), site.url("/f")))
            self.assertEqual(made["format"], "rss-2.0")
            self.assertRegex(origin.values(site.requests[0], "User-Agent")[0], r"^newsalertd/\S+ \(\+ops@example.org\)$")
            rule = "semiconductor stock down more than 5%"
            self.assertIn("Nvidia", self.check(run("match", "--when", rule, "-c", str(config), site.url("/f")), 0).stdout)
            config.write_text(f'network : {{ allow = "127.0.0.0/8"; proxy = "{site.url()}"; }};\n')
            site.plan("http://feeds.example/f", origin.reply(200, FEED.encode()))
            self.check_json(run("read", "-c", str(config), "http://feeds.example/f"))

    def test_a_web_page_names_its_feeds(self):
        page = ('<html><head><base href="/blog/"><link rel="alternate" type="application/rss+xml" href="feed.xml">'
                '<link rel="alternate" type="application/atom+xml" href="https://other.example/atom"></head></html>')
        with lab.Site({"/": (200, {"Content-Type": "text/html"}, page.encode())}) as site:
            done = self.check(run("read", "--allow", "127.0.0.0/8", site.url + "/"), 1)
        names = [f"{site.url}/blog/feed.xml", "https://other.example/atom"]
        self.assertEqual(json.loads(done.stdout)["advertised"], names)
        self.assertIn("HTML page", done.stderr)
        for name in names:
            self.assertIn(f"it names {name}\n", done.stderr)

    def test_what_is_no_feed_is_1_with_the_reason(self):
        self.assertIn("not a feed", self.check(run("read", "-", stdin="hello"), 1).stderr)
        self.assertIn("no-such-file", self.check(run("read", "no-such-file"), 1).stderr)

    def test_a_parser_that_dies_is_3(self):
        # Beside a program in the source tree its helpers are looked for.
        place = pathlib.Path(tempfile.mkdtemp(prefix="ctl-", dir=BUILD))
        self.addCleanup(shutil.rmtree, place)
        shutil.copy(CTL, place)
        parser = place / "newsalertd-parse"
        parser.write_text("#!/bin/sh\nkill -SEGV $$\n")
        parser.chmod(0o755)
        done = subprocess.run([str(place / "newsalertctl"), "read", "-"], input="x" * 300000,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("signal 11", done.stderr)


class Match(Case):
    def match(self, *args, status=0, **more):
        return self.check(run("match", "-c", self.config, *args, **more), status).stdout

    def test_each_kind_of_input_is_guessed(self):
        line = json.dumps({"id": "j", "title": "Nvidia shares fall 12%", "text": ""})
        for name, text in (("f.xml", FEED), ("a.jsonl", line), ("b", line), ("c.txt", "Nvidia shares fall 12%\n")):
            with self.subTest(name):
                out = self.match("--rule", "chips", self.file(name, text))
                self.assertIn("fall", out)
                self.assertIn("12% [> 5%]", out)
                self.assertIn("12% [> 5%]", self.match("--rule", "chips", stdin=text))

    def test_the_summary_counts_by_rule(self):
        out = self.match(self.file("f.xml", FEED))
        self.assertIn("2 articles, 2 matches", out)
        self.assertRegex(out, r"(?m)^chips +1$")
        self.assertRegex(out, r"(?m)^recall +1$")

    def test_a_rule_for_some_feeds_obeys_a_named_feed(self):
        feed = self.file("f.xml", FEED)
        self.assertRegex(self.match("--feed", "other", feed), r"(?m)^recall +0$")
        self.assertRegex(self.match("--feed", "trade-wire", feed), r"(?m)^recall +1$")

    def test_json_is_one_line_a_match(self):
        out = self.match("--json", self.file("f.xml", FEED))
        first, second = map(json.loads, out.splitlines())
        self.assertEqual((first["id"], first["rule"]), ("one", "chips"))
        title = "Nvidia shares fall 12% on export news"
        self.assertEqual(first["sentence"], title)
        for part in first["evidence"]:
            self.assertEqual(title[part["start"]:part["end"]], part["text"])
            self.assertEqual(part["field"], "title")
        self.assertEqual(second["rule"], "recall")

    def test_explain_names_the_test_that_failed(self):
        out = self.match("--rule", "chips", "--explain", stdin="Nvidia shares fall 4.9%\n")
        self.assertIn("no match", out)
        self.assertIn("4.9", out)
        line = self.match("--rule", "chips", "--explain", "--json", stdin="Weather is fine\n")
        self.assertIs(json.loads(line)["match"], False)

    def test_a_rule_may_be_tried_from_the_command_line(self):
        out = self.match("--when", "oil price up more than 2%", stdin="Oil prices rise 3%\n")
        self.assertIn("[> 2%]", out)
        bad = self.check(run("match", "-c", self.config, "--when", "oil prise up", stdin="x"), 1)
        self.assertIn("prise", bad.stderr)
        near = self.check(run("match", "-c", self.config, "--rule", "chip", stdin="x"), 1)
        self.assertIn("did you mean 'chips'?", near.stderr)

    def test_a_bad_line_is_named(self):
        path = self.file("a.jsonl", '{"id":"1","title":"x","text":""}\n{oops\n')
        self.assertIn("a.jsonl:2:", self.check(run("match", "-c", self.config, path), 1).stderr)

    def test_nothing_a_terminal_obeys_comes_through(self):
        out = self.match("--when", "title:nvidia", stdin="Nvidia \033]0;x\007 \302\233 falls\n")
        self.assertNotIn("\007", out)

    def test_no_match_is_no_failure(self):
        self.assertIn("no match", self.match(stdin="Weather is fine\n"))


class Check(Case):
    def test_a_good_configuration_is_read_out(self):
        out = self.check(run("check", "-c", self.config)).stdout
        self.assertIn("amount   percent > 5", out)
        self.assertIn("2 rules, 1 notifier: good", out)
        self.assertEqual(self.check(run("check", "-q", self.config)).stdout, "")
        made = json.loads(run("check", "--json", "-c", self.config).stdout)
        self.assertTrue(made["ok"])
        self.assertEqual([r["name"] for r in made["rules"]], ["chips", "recall"])

    def test_every_problem_is_told_with_its_line(self):
        path = self.file("bad.conf", self.config.read_text().replace("semiconductor", "semiconducter")
                         .replace('notify = [ "log" ]; feeds', 'notfy = [ "log" ]; feeds'))
        done = self.check(run("check", "-c", path), 1)
        self.assertRegex(done.stderr, r'bad\.conf:4: .*"semiconducter".*"semiconductor"')
        self.assertRegex(done.stderr, r"bad\.conf:5: .*notfy.*notify")
        self.assertFalse(json.loads(run("check", "--json", "-c", path).stdout)["ok"])


class Daemon:
    """Answers each request by its command; remembers what it was asked."""

    def __init__(self, path, answers):
        self.answers, self.asked = answers, []
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rw") as lines:
                request = json.loads(lines.readline())
                self.asked.append(request)
                for answer in self.answers[request["command"]]:
                    lines.write(json.dumps(answer) + "\n")

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


EVIDENCE = {"line": "Nvidia [semiconductor] fell [down] 12% [> 5%]", "facts": ""}
ALERT = {"id": 7, "rule": "chips", "rule_text": "x", "priority": "high", "fate": "sent", "feed": "wire",
         "title": "Nvidia fell", "link": "https://example.org/", "found": 1700000000,
         "published": None, "evidence": EVIDENCE, "deliveries": 1, "done": 1, "pending": 0, "dead": 0}
ANSWERS = {
    "status": [{"ok": True, "version": "1", "uptime": 90, "rules": 2, "rules_off": 1, "last_alert": None,
                "feeds": {"total": 3, "ok": 1, "failing": 2, "held": 0, "gone": 0, "new": 0},
                "notifiers": [{"name": "log", "pending": 1, "done": 2, "dead": 3, "oldest": 65}],
                "store": {"engine": "SQLite", "health": "ok", "bytes": 1000000, "articles": 5,
                          "alerts": 1, "oldest_article": None}}],
    "feeds": [{"ok": True, "feeds": [{"name": "wire", "state": "failing", "error": "a long reason " * 20,
                                      "articles_a_day": 1.5}]}],
    "alerts": [{"ok": True, "alerts": [ALERT]}],
    "alert": [{"ok": True, "alert": {**ALERT, "text": "Body text.", "duplicates": [], "attempts": [
        {"id": "abc", "notifier": "log", "recipient": "", "state": "done",
         "history": [{"at": 1700000001, "outcome": "done", "reason": "fine"}]}]}}],
    "deliveries": [{"ok": True, "deliveries": [{"id": "abc", "alert": 7, "notifier": "log",
        "recipient": "", "state": "dead", "attempts": 9, "reason": "refused", "next": None}]}],
    "poll": [{"ok": True}], "retry": [{"ok": True, "count": 2}],
    "reload": [{"ok": False, "error": "the configuration has 1 errors", "errors": [
        {"where": "rules.d/a.conf:3", "text": "no such word"}]}],
    "silence": [{"ok": True, "until": 1700000000}], "silences": [{"ok": True, "silences": []}],
    "tail": [{"ok": True}, ALERT], "rules": [{"ok": False, "error": "not now"}],
    "alerted": [{"ok": True, "alerts": []}],
    "articles": [{"ok": True, "more": False, "articles": [{"id": 3, "feed": "trade-wire",
        "title": "Nvidia shares fall 12%", "text": "", "published": None, "found": 1700000000}]}],
}


class Online(Case):
    def setUp(self):
        super().setUp()
        self.daemon = Daemon(self.folder / "control.sock", ANSWERS)
        self.addCleanup(self.daemon.close)

    def ask(self, *args, status=0):
        return self.check(run(args[0], "-c", self.config, *args[1:]), status)

    def test_replies_are_shown_to_a_person(self):
        for args, text in ((("status",), "2 failing"), (("status",), "never"), (("feeds",), "a long reason"),
                           (("alerts",), "12% [> 5%]"), (("alerts", "7"), "Body text."),
                           (("deliveries",), "refused"), (("poll", "wire"), "wire will be polled"),
                           (("retry", "--all"), "2 deliveries"), (("silence",), "Nothing is silenced"),
                           (("silence", "chips", "2h"), "Silent until"), (("tail",), "12% [> 5%]"),
                           (("match", "--stored"), "12% [> 5%]")):
            with self.subTest(args):
                self.assertIn(text, self.ask(*args).stdout)

    def test_requests_carry_what_was_asked(self):
        self.ask("silence", "chips", "2h")
        self.ask("alerts", "--rule", "chips", "--limit", "5")
        self.ask("deliveries", "--failed", "--notifier", "log")
        asked = self.daemon.asked
        self.assertEqual((asked[0]["rule"], asked[0]["seconds"]), ("chips", 7200))
        self.assertEqual((asked[1]["rule"], asked[1]["limit"]), ("chips", 5))
        self.assertEqual((asked[2]["failed"], asked[2]["notifier"]), (True, "log"))

    def test_json_is_the_reply(self):
        self.assertEqual(json.loads(run("status", "--json", "-c", self.config).stdout)["rules"], 2)

    def test_a_refusal_is_1_with_the_daemon_s_sentence(self):
        self.assertIn("not now", self.ask("rules", status=1).stderr)
        refused = self.ask("reload", status=1).stderr
        self.assertIn("rules.d/a.conf:3: no such word", refused)

    def test_no_daemon_gives_a_sentence(self):
        config = self.file("other.conf", 'control = "/nonexistent/control.sock";\n')
        for command in ("status", "feeds", "alerts", "deliveries", "tail", "reload", "silence"):
            done = self.check(run(command, "-c", config), 1)
            self.assertIn("newsalertd is not running", done.stderr)


if __name__ == "__main__":
    unittest.main()
