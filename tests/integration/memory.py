#!/usr/bin/python3
"""Every allocation of newsalertd's programs fails in turn; nothing is lost.

usage: memory.py BUILD [EACH [PART...]]     each EACH-th allocation (default: every one) of all parts
       memory.py BUILD --trace PART N       one, with who asked for it, and all that was said

The plugins alone, over their link: whatever the allocation that failed, the
message is delivered whole, or is to be tried again, or the process dies; it is
never given up, and never delivered mutilated.

newsalertd and its readers: articles are published while it is started again
and again, and in each start one allocation fails. Oracle: every article is
delivered, a repetition carries the same id, the database passes its check.
"""
import atexit
import collections
import concurrent.futures
import contextlib
import functools
import gzip
import html
import json
import logging
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading

if __name__ == "__main__":
    os.environ["BUILD"] = str(pathlib.Path(sys.argv[1]).resolve())
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "fixture"))

import smtp_server  # noqa: E402  (needs BUILD)
import tls  # noqa: E402
from failing_memory import FailingMemory  # noqa: E402
from hook_server import HookServer  # noqa: E402
from lab import Daemon, feed  # noqa: E402
from newsroom import Newsroom  # noqa: E402
from notify_protocol import Ended, Notifier, alert, plugin  # noqa: E402

logging.getLogger("mail.log").setLevel(logging.CRITICAL)
TO = "desk@example.org"
CRASH = "ERROR: AddressSanitizer|runtime error:|ended by signal (11|7|8|4) "
# These do not look whether they got memory while they are set up: that a program
# then crashes, instead of ending with a word, is not ours to mend.
BLIND = ("libconfig.so.9", "libseccomp.so.2", "libcrypto.so.3")


class Outlet:
    """A plugin, its options, and where its messages arrive."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def open(self):
        pass

    def close(self):
        pass


class Webhook(Outlet):
    plugin = "webhook"

    def __init__(self, folder, **more):
        super().__init__(folder)
        self.more = more

    def open(self):
        self.server = HookServer().__enter__()
        self.options = {"url": self.server.url, "secret": "whsec_" + "QUJD" * 10,
                        "headers": ["X-One: 1"], **self.more}

    def take(self):
        got = [(sorted((k, v) for k, v in r.headers.items()
                       if k not in ("webhook-signature", "webhook-timestamp")),
                "webhook-signature" in r.headers, r.body) for r in self.server.requests]
        self.server.requests.clear()
        return got

    def close(self):
        self.server.__exit__()


class Email(Outlet):
    plugin = "email"

    def open(self):
        authority = tls.Authority(self.folder)
        self.server = smtp_server.SmtpServer(authority, auth=("user", "password")).__enter__()
        self.options = {"server": self.server.url, "ca": authority.ca, "from": "a@example.org", "to": [TO],
                        "user": "user", "password": "password", "ehlo": "here.example"}

    def take(self):
        got = [(m.rcpt, m.data) for m in self.server.messages]
        self.server.messages.clear()
        return got

    def close(self):
        self.server.__exit__()


class File(Outlet):
    plugin = "file"

    def open(self):
        self.path = self.folder / "alerts"
        self.options = {"path": self.path, "format": "json"}

    def take(self):
        got = self.path.read_bytes() if self.path.exists() else b""
        self.path.unlink(missing_ok=True)
        return [got] if got else []


class Exec(File):
    plugin = "exec"

    def open(self):
        self.path = self.folder / "ran"
        program = self.folder / "program"
        program.write_text(f"#!/bin/sh\n{{ cat; env | grep -v ^_=; }} >{self.path}.new; mv {self.path}.new {self.path}\n")
        program.chmod(0o755)
        self.options = {"command": [str(program)], "secret": "a secret"}


class Syslog(Outlet):
    plugin = "syslog"

    def __init__(self, folder, kind):
        super().__init__(folder)
        self.kind = kind

    def open(self):
        path = self.folder / "log"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.setblocking(False)
        self.options = {"target": f"{self.kind}:{path}", "hostname": "here"}

    def take(self):
        got = []
        try:
            while True:
                got.append(re.sub(rb"( here newsalertd |SYSLOG_PID=)\d+", rb"\1", self.socket.recv(1 << 16)))
        except BlockingIOError:
            return got

    def close(self):
        self.socket.close()


def outlets(folder):
    """name -> outlet."""
    form = '{"t": "{{title}}", "e": "{{evidence}}", "all": {{json}}}'
    out = {"webhook": Webhook(folder), "webhook-body": Webhook(folder, body=form)}
    for name in ("slack", "discord", "teams", "telegram", "ntfy"):
        out["webhook-" + name] = Webhook(folder, template=name, channel="42")
    out.update({"email": Email(folder), "file": File(folder), "exec": Exec(folder),
                "syslog": Syslog(folder, "unix"), "journal": Syslog(folder, "journal")})
    return out


def numbered(n):
    return alert(recipient=TO, delivery_id=f"{n:026d}", title=f"Title {n}: Übernahme \"für\" 12 Mrd. <€>",
                 facts="" if n else "one\ntwo", text="Long text. " * 500)


MESSAGES = [[numbered(0)], [numbered(n) for n in (1, 2, 3)]]


class PluginSweep:
    CHECK = 1 << 30

    def __init__(self, folder, name):
        self.name, self.outlet = name, outlets(folder)[name]
        self.memory = FailingMemory(folder, "newsalertd-notify")
        self.outlet.open()
        self.fates = {"died": 0, "to be tried again": 0, "delivered": 0}
        self.wrong = []
        self.ready = 0          # allocations until it is ready
        self.whole = None
        self.run(0)
        self.last = self.memory.count
        self.fates = dict.fromkeys(self.fates, 0)
        # What it does until it is ready is the same in another shape.
        self.first = self.ready if name.startswith("webhook-") else 1

    def run(self, n, trace=False):
        """Fail that one; what comes of it must be whole, or nothing."""
        self.memory.fail(n, trace=trace)
        got, fate = [], "delivered"
        notifier = Notifier(plugin(self.outlet.plugin), env={**os.environ, **self.memory.env})
        try:
            fate = self.talk(notifier, got)
        except Ended:
            fate = "died"
        status = notifier.end()
        if n == 0:
            assert [r for r, _ in got] == ["done", "done"], (got, self.said, notifier.stderr)
            self.whole = [m for _, m in got]
        if trace:
            print(notifier.stderr, notifier.logs)
        self.judge(n, fate, got, status, notifier.stderr)

    def talk(self, notifier, got):
        hello = notifier.hello()
        refused = notifier.configure(self.outlet.options) if isinstance(hello, dict) else hello
        if refused:
            return "refused for good: " + refused[1] if refused[2] else "to be tried again"
        if self.whole is None:
            self.ready = self.memory.count
        fate = "delivered"
        for message in MESSAGES:
            result = notifier.send(*message)
            got.append((result[0], self.outlet.take()))
            self.said = result[1]
            if result[0] == "never":
                return "given up: " + result[1]
            if result[0] == "retry":
                fate = "to be tried again"
        return fate

    def judge(self, n, fate, got, status, stderr):
        for (result, message), whole in zip(got, self.whole):
            if result == "done" and message != whole:
                fate = f"delivered mutilated: {str(message)[:300]}"
        if (re.search(CRASH, stderr) or status == -signal.SIGSEGV) and self.memory.who not in BLIND:
            fate = f"crashed ({self.memory.who}): {stderr[-3000:]}"
        if fate == "died" and status == 0:
            fate = "ended as if nothing were the matter"
        if fate in self.fates:
            self.fates[fate] += 1
        else:
            self.wrong.append((n, fate))
        self.outlet.take()

    def check(self, n):
        """Each run was judged by itself."""

    def close(self):
        self.outlet.close()



RULES = ('{ name = "words"; when = "\'fjärde artikel\' AND body:/[0-9]+ Ü/"; notify = [ "desk" ]; }, '
         '{ name = "event"; when = "chipmaker stock down more than 5%"; notify = [ "desk" ]; }')
VOCABULARY = """
concepts = ( { id = "semiconductor"; classes = [ "chipmaker" ]; }, { id = "company"; classes = [ "company" ]; } );
entities = ( { id = "nvidia"; kind = "company"; is = [ "semiconductor" ]; names = [ "NVIDIA" ]; } );
measures = ( { id = "stock"; of = [ "company" ]; words = [ "share", "stock" ]; alone = true; } );
predicates = ( { id = "down"; frame = "change"; direction = "down"; verbs = [ "drop" ]; particles = [ "down" ]; } );
"""
TITLE = "NVIDIA shares dropped 12% (fjärde artikel {})"
TEXT = "<p>Part {} &Uuml;<br>of the <b>text</b>.</p>"


def rss(numbers):
    items = "".join(f"<item><guid>r{n}</guid><title>{TITLE.format(n)}</title><link>http://x.example/{n}</link>"
                    f"<description><![CDATA[{TEXT.format(n)}]]></description></item>" for n in numbers)
    return ('<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>Wörter</title>'
            f"<link>http://x.example/</link><description>d</description>{items}</channel></rss>").encode("cp1252")


def atom(numbers):
    items = "".join(f"<entry><id>urn:{n}</id><title>{TITLE.format(n)}</title><updated>2025-01-27T12:00:00Z</updated>"
                    f'<link href="http://x.example/{n}"/><content type="html">{html.escape(TEXT.format(n))}</content>'
                    "</entry>" for n in numbers)
    return ('<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>Atoms</title>'
            f"<updated>2025-01-27T12:00:00Z</updated>{items}</feed>").encode()


def json_feed(numbers):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [
        {"id": str(n), "title": TITLE.format(n), "url": f"http://x.example/{n}", "content_html": TEXT.format(n)}
        for n in numbers]}).encode()


class Wires(Newsroom):
    """Three feeds of one site, in a format each: every third article."""
    SHOWN = 90      # articles: more than are published between two checks
    FORMATS = (rss, atom, json_feed)

    def __init__(self):
        super().__init__()
        for k in range(3):
            self.pages[f"/{k}"] = functools.partial(self.wire, k)

    def wire(self, k, request):
        numbers = [n for n in range(max(1, self.published - self.SHOWN), self.published + 1) if n % 3 == k]
        tag = f'"{numbers[-1] if numbers else 0}"'
        if request.headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        body = gzip.compress(self.FORMATS[k](numbers), 1)
        return 200, {"ETag": tag, "Content-Encoding": "gzip"}, body

    def take(self, name, request):
        """Each rule must have sent each article once: numbers are told apart by it."""
        with self.condition:
            for a in json.loads(request.body)["data"]["alerts"]:
                number = int((re.search(r"artikel (\d+)", a["article"]["title"]) or "00")[1])
                whole = a["article"]["title"] == TITLE.format(number) and f"Part {number} Ü" in a["article"]["text"]
                if not a["test"]:
                    self.messages[name].append({(a["rule"], number, whole): a["delivery_id"]})
        return 204, {}, b""

    def missing(self):
        got = set(self.received("desk"))
        return [(r, n) for r in ("words", "event") for n in range(1, self.published + 1)
                if (r, n, True) not in got] + [x for x in got if not x[2]]


class DaemonSweep:
    """Starts of newsalertd, one after the other on the same state."""
    CHECK = 20      # starts between two checks
    first = 1

    def __init__(self, folder, program):
        self.program, self.name = program, program
        self.memory = FailingMemory(folder, program)
        self.fates = collections.Counter()
        self.wrong = []
        self.room = Wires()
        self.daemon = Daemon(", ".join(feed(self.room, f"wire{k}", f"/{k}") for k in range(3)),
                             notifiers=self.room.notifier("desk"), rules=RULES,
                             env={**self.memory.env, "TMPDIR": str(folder)})
        vocabulary = self.daemon.folder / "vocabulary.d"
        vocabulary.mkdir()
        (vocabulary / "small.conf").write_text(VOCABULARY)
        self.fresh()
        self.start(0)
        self.last = self.memory.count
        self.check(0)

    def fresh(self):
        """Begin with nothing stored."""
        self.room.messages["desk"].clear()
        self.room.published = 0
        shutil.rmtree(self.daemon.folder / "state", ignore_errors=True)

    def start(self, n, trace=False):
        """One start in which that allocation fails: how it ended, and its log."""
        d = self.daemon
        self.room.publish(3)
        self.memory.fail(n, trace=trace)
        d.lines.clear()
        d.start("--once")
        # A reader or a plugin that died would be started again in a second.
        d.wait(lambda: "(end)" in d.lines or any("started again" in x for x in d.lines), "its end")
        if "(end)" not in d.lines:
            d.process.kill()
            d.wait(lambda: "(end)" in d.lines, "its end")
        status = d.process.wait()
        d.process.stdout.close()
        text = "\n".join(d.lines)
        if trace:
            print(text)
        return "a program died" if status == -signal.SIGKILL else f"ended with {status}", text

    def run(self, n, trace=False):
        fate, text = self.start(n, trace)
        words = {"ended with 0": "", "ended with 75": "", "a program died": "", "ended with 1": "error",
                 "ended with -6": "memory|allocate"}
        if self.memory.who in BLIND:
            fate = "a library gave up"
        elif fate not in words or not re.search(words[fate], text) or re.search(CRASH, text):
            self.wrong.append((n, f"{fate} ({self.memory.who}): {text[-500:]}"))
        self.fates[fate] += 1

    def check(self, n):
        """The oracle, after a start in which nothing fails."""
        self.start(0)
        missing = self.room.missing()
        with sqlite3.connect(self.daemon.folder / "state" / "newsalertd.db") as db:
            sound = db.execute("PRAGMA integrity_check").fetchone()[0]
            open_ones = db.execute("SELECT count(*) FROM delivery WHERE state <> 2").fetchone()[0]
        db.close()
        if missing or sound != "ok" or open_ones or self.room.changed_ids("desk"):
            self.wrong.append((n, f"lost {missing[:5]}; {open_ones} open; database {sound}; "
                               f"changed ids {self.room.changed_ids('desk')}"))
            self.fresh()
            self.start(0)

    def close(self):
        self.daemon.__exit__()
        self.room.__exit__()



class LiveSweep(DaemonSweep):
    """newsalertd as it runs: asked all that there is to ask, and read anew."""
    COMMANDS = ("status", "feeds", "rules", "alerts", "deliveries", "silences", "metrics", "reload")

    def __init__(self, folder, name):
        super().__init__(folder, "newsalertd")
        self.name = name

    def start(self, n, trace=False):
        d = self.daemon
        self.room.publish(3)
        self.memory.fail(n, trace=trace)
        d.lines.clear()
        d.start()
        d.wait(lambda: self.ended() or any("with 3 feeds" in x for x in d.lines), "its start, or its end")
        if self.first == 1:
            self.first = self.memory.count      # what comes before is newsalertd's part
        for k in range(3):
            self.ask("poll", feed=f"wire{k}")
        d.wait(lambda: self.ended() or not self.room.missing(), "all alerts, or its end")
        for command in self.COMMANDS:
            self.ask(command)
        self.ask("test", notifier="desk")
        if not self.ended():
            d.process.send_signal(signal.SIGTERM)
        d.wait(lambda: "(end)" in d.lines, "its end")
        status = d.process.wait()
        d.process.stdout.close()
        text = "\n".join(d.lines)
        if trace:
            print(text)
        return f"ended with {status}", text

    def ask(self, command, **fields):
        """Unless it ends meanwhile."""
        if not self.ended():
            with contextlib.suppress(OSError, ValueError):
                self.daemon.ask(command, **fields)

    def ended(self):
        return "(end)" in self.daemon.lines or any("started again" in x for x in self.daemon.lines)


PARTS = ["newsalertd", "newsalertd-live", "newsalertd-fetch", "newsalertd-parse", "webhook", "webhook-body", "webhook-slack",
         "webhook-discord", "webhook-teams", "webhook-telegram", "webhook-ntfy", "email", "file", "exec", "syslog",
         "journal"]
SLICE = 400     # allocations that a process of ours looks at


def make(part):
    folder = tempfile.mkdtemp(dir="/dev/shm")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kind = LiveSweep if part == "newsalertd-live" else DaemonSweep if part.startswith("newsalertd") else PluginSweep
    return kind(folder, part)


def examine(part, numbers=None, few=0, trace=False):
    """Fail those, or a few that are spread over all; what came of it."""
    sweep = make(part)
    if numbers is None:
        numbers = [sweep.first + (2 * i + 1) * (sweep.last - sweep.first) // (2 * few) for i in range(few)]
    for i, n in enumerate(numbers):
        sweep.run(n, trace)
        if i % sweep.CHECK == sweep.CHECK - 1 or i == len(numbers) - 1:
            sweep.check(n)
    sweep.close()
    return {"tried": len(numbers), "fates": sweep.fates, "wrong": sweep.wrong}


class Sums:
    """Of a part: its slices, which end in any order."""

    def __init__(self, part, each, pool):
        self.part, sweep = part, make(part)
        sweep.close()
        self.all, self.tried, self.fates, self.wrong = sweep.last, 0, collections.Counter(), []
        self.slices = [pool.submit(self.slice, first, min(first + SLICE, sweep.last + 1), each)
                       for first in range(sweep.first, sweep.last + 1, SLICE)]

    def slice(self, first, end, each):
        numbers = [str(n) for n in range(first, end) if n % each == 0]
        done = subprocess.run([sys.executable, __file__, sys.argv[1], "--slice", self.part, *numbers],
                              stdout=subprocess.PIPE, check=True) if numbers else None
        return json.loads(done.stdout) if done else {"tried": 0, "fates": {}, "wrong": []}

    def finish(self):
        for s in self.slices:
            got = s.result()
            self.tried += got["tried"]
            self.fates.update(got["fates"])
            self.wrong += got["wrong"]
        print(f"memory: {self.part:17} {self.tried:6} of {self.all:6}: "
              + ", ".join(f"{n} {what}" for what, n in sorted(self.fates.items()))
              + f"; {len(self.wrong)} wrong", flush=True)
        for n, what in self.wrong[:10]:
            print(f"  allocation {n}: {what}", flush=True)
        return self.tried, len(self.wrong)


def sweep_all(each, parts):
    """Every each-th allocation of the parts. Prints a line for each, and the sums."""
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count()))) as pool:
        sums = [Sums(part, each, pool).finish() for part in parts]
    tried, wrong = (sum(x) for x in zip(*sums))
    print(f"{tried} failing allocations, {wrong} lost", flush=True)
    return 1 if wrong else 0


def main():
    args = sys.argv[2:]
    if args[:1] == ["--slice"]:
        json.dump(examine(args[1], [int(n) for n in args[2:]]), sys.stdout)
    elif args[:1] == ["--trace"]:
        print(examine(args[1], [int(args[2])], trace=True))
    else:
        return sweep_all(int(args[0]) if args else 1, args[1:] or PARTS)


if __name__ == "__main__":
    sys.exit(main())
