"""Every shipped notifier, and one from outside of the tree, behind the whole
newsalertd: one article, one rule, and each server gets its alert once."""
import base64
import hashlib
import hmac
import json
import logging
import os
import re
import signal
import subprocess
import tempfile
import unittest

import rsyslog
import smtp_server
import tls
from lab import BUILD, FALL, PATIENCE, ROOT, Daemon, Site, feed, item, rss
from newsroom import SANITIZED

logging.getLogger("mail.log").setLevel(logging.CRITICAL)
KEY = b"a secret of thirty-two characters"


def notifier(name, plugin, more="", **options):
    def text(v):
        if isinstance(v, bool):
            return str(v).lower()
        if isinstance(v, list):
            return "[ " + ", ".join(map(text, v)) + " ]"
        return json.dumps(str(v))
    inside = " ".join(f"{k} = {text(v)};" for k, v in options.items())
    return f'{{ name = "{name}"; plugin = "{plugin}"; {more} options : {{ {inside} }}; }}'


def rule(*names):
    return ('{ name = "chips"; when = "semiconductor stock down more than 5%"; notify = [ '
            + ", ".join(f'"{n}"' for n in names) + " ]; }")


class Notifiers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def site(self):
        site = Site({"/feed.xml": rss(item("1", FALL)), "/hook": (204, {}, b"")})
        self.addCleanup(site.__exit__)
        return site

    def daemon(self, site, *notifiers):
        names = [re.search(r'name = "(\w+)"', n)[1] for n in notifiers]
        d = Daemon(feed(site), notifiers=", ".join(notifiers), rules=rule(*names))
        self.addCleanup(d.__exit__)
        return d

    @unittest.skipUnless(smtp_server.HAVE, smtp_server.WHY)
    @unittest.skipUnless(tls.HAVE, "openssl is not installed")
    def test_mail_fails_for_one_and_reaches_the_other(self):
        authority = tls.Authority(self.folder)
        site = self.site()
        with smtp_server.SmtpServer(authority, auth=("alerts", "sesame open")) as mail:
            secret = os.path.join(self.folder, "password")
            with open(secret, "w") as f:
                f.write("sesame open\n")
            d = self.daemon(site, notifier(
                "desk", "email", server=mail.url, ca=authority.ca, user="alerts", password_file=secret,
                **{"from": "a@example.org"}, to=["one@example.org", "two@example.org"]))
            mail.fault("RCPT", "550 5.1.1 no such user")
            status, out = d.run("--once")
            self.assertEqual(len(mail.messages), 1, out)
            self.assertTrue(mail.messages[0].tls)
            self.assertEqual(mail.messages[0].auth, "alerts")
            self.assertIn("550 5.1.1 no such user", out)
            self.assertNotIn("sesame", out)
            self.assertEqual(status, 0, out)   # one arrived, one is set aside: nothing is pending
            d.run("--once")
            self.assertEqual(len(mail.messages), 1)

    @unittest.skipUnless(smtp_server.HAVE, smtp_server.WHY)
    @unittest.skipUnless(tls.HAVE, "openssl is not installed")
    def test_a_sample_goes_to_each_recipient(self):
        authority, to = tls.Authority(self.folder), [f"{n}@example.org" for n in ("one", "two", "three")]
        with smtp_server.SmtpServer(authority) as mail:
            d = self.daemon(self.site(), notifier("desk", "email", server=mail.url, ca=authority.ca, to=to,
                                                  **{"from": "a@example.org"}))
            d.start()
            d.wait_line("newsalertd .* with 1 feeds")
            d.wait(lambda: len(mail.messages) == 3, "the alert itself")
            mail.messages.clear()
            self.assertEqual(d.ctl("test", "desk").stdout, "desk took a sample alert.\n")
            self.assertEqual([m.rcpt[0] for m in mail.messages], to)
            self.assertTrue(all(b"Subject: TEST " in m.data for m in mail.messages))
            mail.messages.clear()
            mail.fault("RCPT", "550 5.1.1 no such user")
            failed = d.ctl("test", "desk", check=False)
            self.assertEqual(failed.returncode, 1)
            self.assertRegex(failed.stderr, "'desk': one@example.org: the mail server refuses: 550 5.1.1 no such user$")
            self.assertEqual([m.rcpt[0] for m in mail.messages], to[1:])

    @unittest.skipUnless(rsyslog.HAVE, rsyslog.WHY)
    def test_syslog_webhook_exec_and_file_at_once(self):
        site = self.site()
        out = os.path.join(self.folder, "out")
        program = os.path.join(self.folder, "program")
        with open(program, "w") as f:
            f.write(f'#!/bin/sh\ncat >{out}; echo "$NEWSALERT_EVIDENCE" >>{out}\n')
        os.chmod(program, 0o755)
        secret = "whsec_" + base64.b64encode(KEY).decode()
        with rsyslog.Rsyslog() as log:
            d = self.daemon(
                site, notifier("log", "syslog", target=f"unix:{log.unix}"),
                notifier("hook", "webhook", url=site.url + "/hook", secret=[secret]),
                notifier("run", "exec", command=[program]),
                notifier("tail", "file", path=os.path.join(self.folder, "alerts"), format="json"))
            status, text = d.run("--once")
            self.assertEqual(status, 0, text)
            record = log.alert()
        self.assertEqual(record["data"]["newsalertd@32473"]["rule"], "chips")
        self.assertEqual(record["data"]["evidence@32473"]["owner.value"], "semiconductor")
        _, _, headers, body = site.wait_requests(1, "/hook")[0]
        signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
        self.assertEqual(headers["webhook-signature"], "v1," + base64.b64encode(
            hmac.new(KEY, signed, hashlib.sha256).digest()).decode())
        with open(out) as f:
            ran = f.read().splitlines()
        with open(os.path.join(self.folder, "alerts")) as f:
            filed = json.loads(f.read())
        posted = json.loads(body)["data"]["alerts"][0]
        self.assertIn("dropped [down] 12%", ran[1])
        # Four views of one alert; each delivery has an id of its own.
        ids = {record["data"]["newsalertd@32473"]["id"], posted["delivery_id"], filed["delivery_id"],
               json.loads(ran[0])["delivery_id"]}
        self.assertEqual(len(ids), 4)
        self.assertEqual(posted["evidence"], filed["evidence"])
        title = filed["article"]["title"].encode()
        for part in filed["evidence"]["parts"]:
            self.assertEqual(title[part["start"]:part["end"]].decode(), part["text"])

    def test_a_plugin_from_elsewhere(self):
        site = self.site()
        header = (ROOT / "include" / "newsalertd" / "notifier.h").read_text()
        code = re.search(r"NOTIFIER_DEFINE:\n \*\n(.*?)\n \*\n \*\tcc ", header, re.S)[1]
        source, plugin = os.path.join(self.folder, "hello.c"), os.path.join(self.folder, "hello.so")
        with open(source, "w") as f:
            f.write(re.sub(r"^ \*\t?", "", code, flags=re.M) + "\n")
        subprocess.run(["cc", "-shared", "-fPIC", "-I", ROOT / "include", "-o", plugin, source], check=True)
        d = self.daemon(site, notifier("mine", plugin))
        status, out = d.run("--once")
        self.assertEqual(status, 0, out)
        self.assertIn("chips: " + FALL + "\n", out)

    def broken(self, flaw=""):
        plugin = os.path.join(self.folder, f"broken{flaw}.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-w", "-I", ROOT / "include", "-o", plugin,
                        *([f"-DBREAK_{flaw}"] if flaw else []),
                        ROOT / "tests/fixture/plugins/broken.c"], check=True)
        return plugin

    def test_the_last_words_of_a_plugin_are_in_the_log(self):
        d = self.daemon(self.site(), notifier("bad", self.broken(), mode="send-words", where="", answer="0"))
        d.start()
        stat = f"/proc/{d.process.pid}/task/{d.process.pid}"

        def state(pid):
            with open(f"/proc/{pid}/stat") as f:
                return f.read().rsplit(")", 1)[1].split()[0]

        def gone():
            with open(f"{stat}/children") as f:
                return state(d.process.pid) == "T" and "Z" in map(state, f.read().split())
        d.wait(gone, "the end of the plugin")
        d.process.send_signal(signal.SIGCONT)
        d.wait_line("'bad'.*: last words")

    def beside_a_good_one(self, bad):
        """Returns status and log of one round; the good one must have worked."""
        tail = tempfile.mktemp(dir=self.folder)
        d = self.daemon(self.site(), bad, notifier("good", "file", path=tail))
        # Not d.run: what a plugin prints need not be UTF-8.
        done = subprocess.run([BUILD / "newsalertd", "-c", d.config, "--once"], timeout=PATIENCE,
                              env=d.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with open(tail) as f:
            self.assertEqual(len(f.readlines()), 1)
        return done.returncode, done.stdout.decode(errors="replace")

    def test_a_broken_plugin_harms_nobody_else(self):
        # The sanitizers turn this signal into an exit.
        crash = "" if SANITIZED else "signal 11"
        loaded = [
            # mode, exit status of newsalertd (75: something is pending), words in its log
            ("open-crash", 75, crash), ("send-crash", 75, crash),
            ("send-abort", 75, "signal 6"), ("close-crash", 0, ""),
            ("send-exit", 75, "ended the process in its send()"), ("send-_exit", 75, ""),
            ("send-fork", 0, "the child came back"), ("send-closefds", 75, "closed the link"),
            ("send-hang", 75, "did not stop when its time was up"),
            ("send-fd3", 0, ""), ("send-binary", 0, ""), ("send-flood", 0, "logs too much"),
            ("send-nonsense", 75, "returned 77"),
        ] + ([] if SANITIZED else [("send-leak", 75, "out of memory after")])
        refused = [("MAJOR", "built for plugin ABI 2.0"), ("MINOR", "newer than this newsalertd's"),
                   ("SIZE", "made with NOTIFIER_DEFINE?"), ("SYMBOL", "newsalertd_notifier"),
                   ("UNDEFINED", "nobody_defines_this"), ("SEND", "send"), ("CONSTRUCTOR", "signal 6")]
        plugin, lines = self.broken(), []

        def check(name, bad, status, words):
            with self.subTest(plugin=name):
                got, out = self.beside_a_good_one(bad)
                self.assertEqual(got, status, out)
                self.assertIn(words, out)
                fate = "waits, or is tried again" if status else "delivered"
                lines.append(f"  {name:16} its alert {fate:26} {words}")
        for mode, status, words in loaded:
            answers = {"send-nonsense": "77", "send-leak": "1"}     # what it returns
            check(mode, notifier("bad", plugin, 'timeout = "1s";', mode=mode, where="send",
                                 answer=answers.get(mode, "0")), status, words)
        for flaw, words in refused:
            check(flaw, notifier("bad", self.broken(flaw)), 75, words)
        print("\nbroken plugins behind newsalertd: the good one beside them delivers\n" + "\n".join(lines))

    def test_options_are_checked_before_anything_starts(self):
        site = self.site()
        d = self.daemon(
            site, notifier("desk", "email", sever="smtp://x", to=["a@b", "a@b"]),
            notifier("hook", "webhook", url=["a", "b"], text_max="many"))
        status, out = d.run("-t")
        self.assertNotEqual(status, 0)
        for words in ('has no option "sever"; did you mean "server"?', 'to names "a@b" twice',
                      'needs the option "server"', 'needs the option "from"', "url takes one value",
                      '"many" is not a whole number'):
            self.assertIn(words, out)
        self.assertEqual(len(re.findall(r"newsalertd\.conf:\d+: ", out)), 6, out)


if __name__ == "__main__":
    unittest.main()
