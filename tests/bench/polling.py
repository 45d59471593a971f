#!/usr/bin/python3
"""Polling as a whole: rows poll_200, poll_304, poll_news and idle_10k of
bench.tsv.

newsalertd --once polls FEEDS feeds on 250 loopback hosts, first with 20 new
articles each, then with nothing new, then (poll_news, without a target) with
one new article beside 19 that are known; its processor time, with that of its
programs, stands beside a bare curl-multi fetch of the same URLs. Starting is
not polling: what the same run costs with the same state and every feed
disabled is measured each time and taken off (both figures are told). Where there
is nothing to match it starts without the vocabulary, so that the difference is
not one of two large numbers. The median ratio of some rounds counts. Then the memory of the three programs that poll is
read with 10,000 feeds configured.

usage: polling.py BUILD
"""
import contextlib
import functools
import html
import multiprocessing
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(sys.argv[1]).resolve()
FEEDS, HOSTS, ITEMS = 2000, 250, 20
ROUNDS_FULL, ROUNDS_NONE, ROUNDS_NEWS = 3, 25, 5


@functools.cache
def stories():
    """What corpus.py wrote: title, text."""
    return [line.split("\t") for line in (BUILD / "bench-data/stories.tsv").read_text().splitlines()]


def document(number, age):
    """A feed of ordinary length: 20 articles as they were written, some 9 kB,
    so many later than its first. There is news for 200 feeds; the others publish
    the same under their name."""
    first = number * ITEMS
    chosen = {i: stories()[(first + i) % len(stories())] for i in range(age + ITEMS - 1, age - 1, -1)}
    items = "".join(
        f"<item><title>{html.escape(title)}</title><link>https://wire.example/{number}/{i}</link>"
        f"<guid isPermaLink=\"false\">{number}-{i}</guid><pubDate>Mon, 27 Jan 2025 13:05:00 GMT</pubDate>"
        f"<description>{html.escape(f'<p>{html.escape(text)}</p>')}</description></item>"
        for i, (title, text) in chosen.items())
    return (f"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed {number}</title>"
            f"<link>https://wire.example/</link><description>d</description>{items}</channel></rss>").encode()


def serve(ports, age):
    import asyncio
    pages = {}

    async def client(reader, writer):
        with contextlib.suppress(Exception):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                number = int(re.match(rb"GET /(\d+)", head).group(1))
                tag = b"\"t%d\"" % age.value
                if re.search(rb"\r\nIf-None-Match: " + tag + rb"\r\n", head, re.IGNORECASE):
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n")
                else:
                    if (number, tag) not in pages:
                        pages[number, tag] = document(number, age.value)
                    body = pages[number, tag]
                    writer.write(b"HTTP/1.1 200 OK\r\nETag: " + tag + b"\r\nContent-Type: application/rss+xml\r\n"
                                 b"Content-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
        writer.close()

    async def main():
        hosts = [f"127.0.0.{h + 1}" for h in range(HOSTS)]
        first = await asyncio.start_server(client, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        servers = [first, await asyncio.start_server(client, hosts[1:], port)]
        ports.put(port)
        await asyncio.gather(*(s.serve_forever() for s in servers))
    asyncio.run(main())


def cpu(*command):
    """Processor seconds of a command and all it started; it must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"polling.py: {command[0]} ended with {done.returncode}\n{done.stdout[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name, target, rounds):
    """rounds: (start-up, with polls, bare), in seconds."""
    start, polls, bare = (statistics.median(r[i] for r in rounds) for i in range(3))
    ratio = statistics.median((p - s) / b for s, p, b in rounds)
    print(f"# {name}: {polls:.3f} s, of which start-up {start:.3f} s", file=sys.stderr)
    row(name, polls - start, "s", "bare curl-multi", bare, ratio, target)


def row(name, value, unit, yardstick, beside, ratio, target):
    bound, verdict = (f"<= {target}", "ok" if ratio <= target else "short") if target else ("-", "-")
    print(f"{name}\t{value:.4g}\t{unit}\t{yardstick}\t{beside:.4g}\t{ratio:.3g}\t{bound}\t{verdict}", flush=True)


RULES = """{ name = "chips"; when = "semiconductor stock down more than 5%"; notify = "out"; },
          { name = "jam"; when = "'strawberry jam'"; notify = "out"; }"""


def configuration(folder, port, feeds, enabled="true", rules=RULES):
    folder.mkdir(exist_ok=True)
    path = folder / f"newsalertd-{enabled}.conf"
    listed = ",\n".join(f'{{ name = "f{n}"; url = "http://127.0.0.{n % HOSTS + 1}:{port}/{n}"; backlog = "alert"; '
                        f'enabled = {enabled}; }}' for n in range(feeds))
    path.write_text(f"""contact = "bench@newsalertd.example"; state = "{folder}/state"; control = "{folder}/c";
polling : {{ spacing = "0s"; interval = "30d"; }}; network : {{ allow = [ "127.0.0.0/8" ]; }};
notifiers = ( {{ name = "out"; plugin = "file"; options : {{ path = "/dev/null"; }}; }} );
rules = ( {rules} );
feeds = ( {listed} );
""")
    return path


def without_vocabulary(folder, port, enabled):
    """One name in it, since there must be something."""
    path = configuration(folder, port, FEEDS, enabled, RULES[RULES.index('{ name = "jam"'):])
    (folder / "vocabulary.d").mkdir(exist_ok=True)
    (folder / "vocabulary.d/one.conf").write_text('entities = ( { id = "acme"; names = [ "Acme Corp" ]; } );\n')
    return path


def memory(pid):
    """Resident bytes of a daemon and of its programs but the notifiers."""
    total = 0
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            text = status.read_text()
            found = dict(re.findall(r"^(\w+):\s+(\S+)", text, re.M))
            if (int(found["Pid"]) == pid or int(found["PPid"]) == pid) and found["Name"] != "newsalertd-noti":
                total += int(found["VmRSS"]) * 1024
    return total


def idle(folder, port):
    """10,000 feeds, all polled a moment ago."""
    path = configuration(folder, port, 10000)
    cpu(BUILD / "newsalertd", "-c", path, "--once")
    daemon = subprocess.Popen([BUILD / "newsalertd", "-c", path], stderr=subprocess.PIPE, text=True)
    for line in daemon.stderr:
        if " with 10000 feeds" in line:
            break
    with socket.socket(socket.AF_UNIX) as control:      # it has settled when it answers
        control.connect(str(folder / "c"))
        control.sendall(b'{"command":"status"}\n')
        control.recv(1)
    used = memory(daemon.pid)
    daemon.terminate()
    daemon.wait()
    return used


def main():
    ports, age = multiprocessing.Queue(), multiprocessing.Value("i", 0)
    origin = multiprocessing.Process(target=serve, args=(ports, age), daemon=True)
    origin.start()
    port = ports.get()
    full, none, news = [], [], []
    with tempfile.TemporaryDirectory(prefix="newsalertd-bench-") as name:
        folder = pathlib.Path(name)
        urls = folder / "urls"
        urls.write_text("".join(f"http://127.0.0.{n % HOSTS + 1}:{port}/{n}\n" for n in range(FEEDS)))
        once = [BUILD / "newsalertd", "--once", "-c"]
        path, idle_path = (configuration(folder, port, FEEDS, e) for e in ("true", "false"))

        def poll(tag):
            return cpu(*once, idle_path), cpu(*once, path), cpu(BUILD / "bench/curl_multi", urls, tag)
        for _ in range(ROUNDS_FULL):
            shutil.rmtree(folder / "state", ignore_errors=True)
            full.append(poll(""))
        for age.value in range(1, ROUNDS_NEWS + 1):
            news.append(poll(""))
        path, idle_path = (without_vocabulary(folder / "quiet", port, e) for e in ("true", "false"))
        cpu(*once, path)
        for _ in range(ROUNDS_NONE):
            none.append(poll(f'"t{age.value}"'))
        compare("poll_200", 5, full)
        compare("poll_304", 1.5, none)
        compare("poll_news", None, news)
    with tempfile.TemporaryDirectory(prefix="newsalertd-bench-") as name:
        used = idle(pathlib.Path(name), port) / 1e6
        row("idle_10k", used, "MB", "-", 0, used, 60)
    origin.terminate()


if __name__ == "__main__":
    main()
