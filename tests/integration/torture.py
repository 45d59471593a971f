#!/usr/bin/python3
"""Kill newsalertd again and again, at random moments and at every named point,
while a feed keeps publishing; then see that nothing was lost.

usage: torture.py BUILD KILLS [SEED]      BUILD made with -DCRASH_POINTS

Oracle: every article that a feed showed us is delivered; a delivery made
twice carries the same id; the database passes its integrity check.
"""
import collections
import contextlib
import os
import pathlib
import random
import re
import signal
import sqlite3
import sys
import time

BUILD = sys.argv[1]
os.environ["BUILD"] = str(pathlib.Path(BUILD).resolve())
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "fixture"))
from lab import ROOT, Daemon, Site, feed, item, rss  # noqa: E402  (needs BUILD)

POINTS = ["after-fetch", "after-begin", "inside-transaction", "before-commit", "after-commit",
          "checkpoint", "after-checkpoint", "after-send"]
MIGRATION = ["migration", "migrated"]       # before and after its commit
PATIENCE = 20   # seconds until a point counts as missed
SHOWN = 120     # articles in the document: more than are published between two good polls


class World:
    """The feed that publishes and the receiver that remembers."""

    def __init__(self, rng):
        self.rng = rng
        self.published = 0
        self.publishing = True
        self.delivered = collections.defaultdict(list)    # article -> delivery ids
        self.site = Site({"/feed.xml": self.feed, "/hook": self.hook})

    def feed(self, request):
        tag = f'"{self.published}"'
        if request.headers.get("If-None-Match") == tag and (not self.publishing or self.rng.random() < 0.3):
            return 304, {"ETag": tag}, b""
        if self.publishing:
            self.published += self.rng.randint(1, 4)
        first = max(1, self.published - SHOWN + 1)
        body = rss(*(item(str(n), f"Torture article {n}.", "x" * 300) for n in range(first, self.published + 1)))
        return 200, {"ETag": f'"{self.published}"'}, body

    def hook(self, request):
        if self.publishing and self.rng.random() < 0.02:
            return 503, {"Retry-After": "1"}, b""
        number = int(re.search(rb"Torture article (\d+)\.", request.body).group(1))
        self.delivered[number].append(request.headers["webhook-id"])
        return 204, {}, b""


def poll_until(daemon, end):
    """Ask for polls until the process has ended or the time is over."""
    while daemon.process.poll() is None and time.monotonic() < end:
        try:
            daemon.ask("poll", feed="wire")
        except (OSError, ValueError):
            daemon.process.poll()
        # One poll at a time: wait for the socket to answer again.
        select_wait(daemon.process, 0.005)


def select_wait(process, seconds):
    try:
        process.wait(seconds)
    except Exception:       # subprocess.TimeoutExpired: it lives on
        pass


def kill_child(daemon, rng):
    """SIGKILL to one of the programs that newsalertd runs."""
    pids = [pid for some in daemon.children().values() for pid in some]
    if pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(rng.choice(pids), signal.SIGKILL)
    return len(pids) > 0


def one_kill(daemon, rng, kill, counts):
    point = None
    daemon.env.pop("NEWSALERTD_CRASH", None)
    if kill % 2 == 1:
        point = (POINTS + MIGRATION)[(kill // 2) % len(POINTS + MIGRATION)]
        if point in MIGRATION:
            return upgrade(point)
        daemon.env["NEWSALERTD_CRASH"] = f"{point}:{rng.randint(1, 4)}"
    daemon.start()
    if not point and rng.random() < 0.5:
        poll_until(daemon, time.monotonic() + rng.uniform(0.02, 0.2))
        counts["a program it runs"] += kill_child(daemon, rng)
    poll_until(daemon, time.monotonic() + (PATIENCE if point else rng.uniform(0.02, 0.5)))
    died = daemon.process.poll() is not None
    if not died:
        daemon.process.send_signal(signal.SIGKILL)
    status = daemon.process.wait()
    daemon.process.stdout.close()
    if died and status != -signal.SIGKILL:
        print("\n".join(daemon.lines[-20:]))
        sys.exit(f"torture: newsalertd ended by itself with {status}")
    del daemon.lines[:-50]
    return point if died else "random"


def upgrade(point):
    """The database of an older build, with a delivery that waits: killed while it
    is brought up to date, then started again, it is sent."""
    with Daemon(notifiers='{ name = "desk"; plugin = "file"; options : { path = "-"; }; }',
                rules='{ name = "all"; when = "\'x\'"; notify = [ "desk" ]; }') as daemon:
        path = daemon.folder / "state" / "newsalertd.db"
        path.parent.mkdir()
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.executescript((ROOT / "tests/data/store-1.sql").read_text())
            db.execute("UPDATE delivery SET recipient = '', since = ?", (int(time.time()),))
            db.commit()
        status, said = daemon.run("--once", env={**daemon.env, "NEWSALERTD_CRASH": point})
        with contextlib.closing(sqlite3.connect(path)) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
        if status != -signal.SIGKILL or (version > 1) != (point == "migrated"):
            sys.exit(f"torture: at {point} it ended with {status}, the schema is {version}:\n{said}")
        status, said = daemon.run("--once")
        if "ALERT chips" not in said or check_integrity(path) != "ok":
            sys.exit(f"torture: not delivered after a kill at {point}:\n{said}")
    return point


def check_integrity(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("PRAGMA integrity_check").fetchone()[0]


def settle(world, daemon):
    """Without kills until all is delivered."""
    daemon.env.pop("NEWSALERTD_CRASH", None)
    world.publishing = False
    daemon.start()
    end, pending = time.monotonic() + 300, None
    while time.monotonic() < end:
        try:
            daemon.ask("poll", feed="wire")
            pending = daemon.ask("status")["notifiers"][0]["pending"]
            if pending == 0 and len(world.delivered) >= world.published:
                break
        except OSError:
            pass
        select_wait(daemon.process, 0.05)
    daemon.stop()
    return pending


def main():
    kills, seed = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    rng = random.Random(seed)
    print(f"torture: {kills} kills, seed {seed}", flush=True)
    world = World(rng)
    hook = f'{{ name = "out"; plugin = "webhook"; options : {{ url = "{world.site.url}/hook"; }}; }}'
    counts = collections.Counter()
    rule = '{ name = "all"; when = "\'torture article\'"; notify = [ "out" ]; }'
    with Daemon(feed(world.site), notifiers=hook, rules=rule, env={}) as daemon:
        for kill in range(kills):
            counts[one_kill(daemon, rng, kill, counts)] += 1
            if (kill + 1) % 50 == 0:
                print(f"torture: {kill + 1} kills, {world.published} published, "
                      f"{len(world.delivered)} delivered", flush=True)
        pending = settle(world, daemon)
        integrity = check_integrity(daemon.folder / "state" / "newsalertd.db")
    if pending:
        print(f"torture: {pending} deliveries are still pending")
    lost = [n for n in range(1, world.published + 1) if n not in world.delivered]
    changed = [n for n, ids in world.delivered.items() if len(set(ids)) > 1]
    again = sum(len(ids) - 1 for ids in world.delivered.values())
    missed = [p for p in POINTS + MIGRATION if counts[p] == 0 and kills >= 2 * len(POINTS + MIGRATION)]
    for point in [*POINTS, *MIGRATION, "random"]:
        print(f"torture: killed {counts[point]:4} times at {point}")
    print(f"torture: killed {counts['a program it runs']:4} of its fetch, parse and notify, beside these")
    if missed:
        print(f"torture: never killed at {', '.join(missed)}")
    if integrity != "ok":
        print(f"torture: the database is damaged: {integrity}")
    if changed:
        print(f"torture: {len(changed)} deliveries changed their id")
    if lost:
        print(f"torture: lost: {lost[:20]}")
    print(f"{kills} kills, {world.published} alerts, {len(lost)} lost, {again} redelivered", flush=True)
    return 1 if lost or pending or changed or missed or integrity != "ok" else 0


if __name__ == "__main__":
    sys.exit(main())
