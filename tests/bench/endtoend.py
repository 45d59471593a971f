#!/usr/bin/python3
"""The whole newsalertd under load, for people to read (rows without a target):
10,000 rules, 2,000 loopback feeds that publish 20 new articles each, one
alert a feed through a webhook; and how long the loop stands still while
100,000 rules are reloaded.

usage: endtoend.py BUILD
"""
import contextlib
import http.server
import multiprocessing
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import polling

BUILD = pathlib.Path(sys.argv[1]).resolve()
FEEDS, RULES, MANY = 2000, 10000, 100000
WORDS = """shares company market percent year bank growth profit quarter report analysts sales price
government minister announced deal million billion energy technology chip software plant workers
union court ruling agency study research data service customers network launch product model""".split()


def rules(n):
    """Text rules of two to four words: few common ones, many rare ones."""
    rng = random.Random(7)
    rare = ["".join(rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))
            for _ in range(50000)]
    out = []
    for i in range(n):
        words = [rng.choice(rare)] + [rng.choice(WORDS if rng.random() < .3 else rare)
                                      for _ in range(rng.randint(1, 3))]
        rng.shuffle(words)
        out.append(f'{{ name = "r{i}"; when = "{" AND ".join(chr(39) + w + chr(39) for w in words)}"; notify = "out"; }}')
    return ",\n".join(out)


class Receiver:
    """A webhook that notes when the alert of each feed came."""

    def __init__(self):
        came = self.came = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format, *args):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                for number in re.findall(rb"Marker of feed (\d+)\.", body):
                    came.setdefault(int(number), time.monotonic())
                self.send_response(204)
                self.end_headers()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def serve(ports, sent):
    """As polling.serve, but each feed's first article is marked, and the time
    of its last byte noted."""
    import asyncio

    async def client(reader, writer):
        with contextlib.suppress(Exception):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                number = int(re.match(rb"GET /(\d+)", head).group(1))
                body = polling.document(number, 0).replace(b"<title>", b"<title>Marker of feed %d. " % number, 2)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n"
                             % len(body) + body)
                await writer.drain()
                sent[number] = time.monotonic()

    async def main():
        hosts = [f"127.0.0.{h + 1}" for h in range(polling.HOSTS)]
        first = await asyncio.start_server(client, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        await asyncio.start_server(client, hosts[1:], port)
        ports.put(port)
        await first.serve_forever()
    asyncio.run(main())


def ask(path, command):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(str(path))
        control.sendall(b'{"command":"%s"}\n' % command)
        return control.makefile().readline()


def peaks(pid):
    out = {}
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            found = dict(re.findall(r"^(\w+):\s+(\S+)", status.read_text(), re.M))
            if int(found["Pid"]) == pid or int(found["PPid"]) == pid:
                out[found["Name"]] = int(found["VmHWM"]) / 1024
    return out


def row(name, value, unit):
    print(f"{name}\t{value:.4g}\t{unit}\t-\t-\t-\t-\t-", flush=True)


def start(folder, port, hook, feeds, n):
    path = polling.configuration(folder, port, feeds)
    text = re.sub(r"(?s)notifiers = .*?\);\nrules = .*?\);\nfeeds", lambda _: (
        f'notifiers = ( {{ name = "out"; plugin = "webhook"; options : {{ url = "http://127.0.0.1:{hook}/"; }}; '
        f'batch = "0s"; }} );\nrules = ( {{ name = "marker"; when = "\'marker of feed\'"; notify = "out"; }},\n'
        f'{rules(n)} );\nfeeds'), path.read_text())
    path.write_text(text)
    daemon = subprocess.Popen([BUILD / "newsalertd", "-c", path, "--log-level", "warning"], stderr=subprocess.DEVNULL)
    while daemon.poll() is None:
        with contextlib.suppress(OSError):
            ask(folder / "c", b"status")
            return daemon
        select = threading.Event()
        select.wait(0.01)
    sys.exit("endtoend.py: newsalertd did not start")


def load(port, sent):
    receiver = Receiver()
    with tempfile.TemporaryDirectory(prefix="newsalertd-bench-") as name:
        folder = pathlib.Path(name)
        began = time.monotonic()
        daemon = start(folder, port, receiver.port, FEEDS, RULES)
        end = time.monotonic() + 180
        while len(receiver.came) < FEEDS and time.monotonic() < end:
            threading.Event().wait(0.02)
        took = max(receiver.came.values()) - min(sent.values())
        delays = sorted(receiver.came[n] - sent[n] for n in receiver.came if n in sent)
        row("end_to_end_articles", FEEDS * polling.ITEMS / took, "articles/s")
        row("end_to_end_alerts", len(receiver.came), f"of {FEEDS}, {time.monotonic() - began:.1f} s from the start")
        row("end_to_end_median", delays[len(delays) // 2] * 1000, "ms from last byte to send")
        row("end_to_end_p99", delays[len(delays) * 99 // 100] * 1000, "ms from last byte to send")
        for program, peak in sorted(peaks(daemon.pid).items()):
            row(f"peak_{program}", peak, "MB")
        daemon.terminate()
        daemon.wait()


def reload(port):
    with tempfile.TemporaryDirectory(prefix="newsalertd-bench-") as name:
        folder = pathlib.Path(name)
        daemon = start(folder, port, 9, 1, MANY)
        done = threading.Event()
        took = []

        def whole():
            began = time.monotonic()
            ask(folder / "c", b"reload")
            took.append(time.monotonic() - began)
            done.set()
        threading.Thread(target=whole).start()
        longest = 0.0
        while not done.is_set():
            began = time.monotonic()
            ask(folder / "c", b"silences")
            longest = max(longest, time.monotonic() - began)
        row("reload_100k", took[0], "s")
        row("reload_100k_stall", longest * 1000, "ms without an answer")
        daemon.terminate()
        daemon.wait()


def main():
    manager = multiprocessing.Manager()
    sent, ports = manager.dict(), multiprocessing.Queue()
    origin = multiprocessing.Process(target=serve, args=(ports, sent), daemon=True)
    origin.start()
    port = ports.get()
    load(port, dict_of(sent))
    reload(port)
    origin.terminate()


class dict_of:
    """A manager's dict, read once it is full."""

    def __init__(self, shared):
        self.shared, self.copy = shared, None

    def now(self):
        if self.copy is None:
            self.copy = dict(self.shared)
        return self.copy

    def values(self):
        return self.now().values()

    def __contains__(self, key):
        return key in self.now()

    def __getitem__(self, key):
        return self.now()[key]


if __name__ == "__main__":
    main()
