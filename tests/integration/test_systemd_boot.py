"""The Debian package in a booted systemd: installed, edited, reloaded, killed,
upgraded, removed; and the unit's sandbox from inside."""
import base64
import contextlib
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import boot
from lab import BUILD, FALL, ROOT, Site, item, rss

UNIT = "newsalertd"
CONF = "/etc/newsalertd/newsalertd.conf"
DEB = None

CONFIG = """contact = "ops@example.org"; retention = "30d";
polling : {{ interval = "1m"; spacing = "0s"; }};
network : {{ allow = [ "127.0.0.0/8" ]; }};
feeds = ( {{ name = "wire"; url = "{url}/feed.xml"; backlog = "alert"; {feed} }} );
notifiers = ( {{ name = "tail"; plugin = "file"; options : {{ path = "-"; }}; }} {notifiers} );
"""

# Run by the exec notifier, which has no sandbox but the unit's.
PROBE = r"""#!/bin/sh
exec > /var/lib/newsalertd/probe 2>&1
PATH=/usr/sbin:/usr/bin:/sbin:/bin
refused() { what=$1; shift; if "$@" > /dev/null 2>&1; then echo "ALLOWED $what"; else echo "refused $what"; fi; }
refused 'write to /etc' touch /etc/newsalertd/x
refused 'write to /usr' touch /usr/x
refused 'read /root' ls /root/.
refused 'see other processes' test -e /proc/1/status
refused 'see the kernel settings' test -e /proc/sys/kernel
refused 'a namespace' unshare -U true
refused 'a network namespace' unshare -n true
refused 'a raw socket' python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)'
refused 'another family' python3 -c 'import socket; socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)'
refused 'a set-uid file' sh -c 'cp /bin/true /tmp/t && chmod u+s /tmp/t'
refused 'memory to write and run' python3 -c 'import mmap; mmap.mmap(-1, 4096, prot=7)'
refused 'a device' test -e /dev/console
refused 'a mount' mount -t tmpfs tmpfs /tmp
echo end
"""


def setUpModule():
    global DEB
    if "SANITIZE" in os.environ:
        raise unittest.SkipTest("packages are not made of sanitized programs")
    if why := boot.missing():
        raise unittest.SkipTest(why)
    made = subprocess.run(["make", "-s", f"BUILD={BUILD}", "deb"], cwd=ROOT, check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    DEB = "/mnt/" + made.split()[-1].rsplit("/", 1)[-1]
    try:
        with boot.Machine(BUILD):
            pass
    except AssertionError as e:
        raise unittest.SkipTest(f"systemd cannot be booted here: {e}") from e


class Case(unittest.TestCase):
    def setUp(self):
        self.site = self.enter(Site({"/feed.xml": rss(item("1", FALL))}))
        self.m = self.enter(boot.Machine(BUILD))

    def enter(self, context):
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def install(self):
        # Triggers rebuild the index of man pages for seconds.
        return self.m.run("dpkg", "--no-triggers", "-i", DEB).stdout

    def configure(self, feed="", notifiers=""):
        self.m.write(CONF, CONFIG.format(url=self.site.url, feed=feed, notifiers=notifiers))

    def reload(self, check=True):
        return self.m.run("systemctl", "reload", UNIT, check=check).returncode

    def alerts(self):
        return re.findall(r"(?m)^.*ALERT .*$", self.m.journal(UNIT))

    def wait_alerts(self, n):
        self.m.wait(lambda: len(self.alerts()) >= n, f"{n} alerts in the journal")

    def state(self):
        return self.m.show(UNIT, "ActiveState")


class Newcomer(Case):
    def test_package_one_rule_reload_first_alert(self):
        began = time.monotonic()
        self.install()
        self.assertEqual(self.state(), "active")
        installed = time.monotonic()
        self.configure()
        # A regular expression: its compiler may not have memory to write and run.
        rule = '{ name = "mine"; when = "title =~ /NVIDIA.*dropp?ed/"; notify = [ "tail" ]; }'
        self.m.write("/etc/newsalertd/rules.d/mine.conf", f"rules = ( {rule} );\n")
        self.reload()
        self.wait_alerts(2)
        done = time.monotonic()
        self.assertTrue(any("mine" in line for line in self.alerts()))
        print(f"# REPORT newcomer: package {installed - began:.1f} s, rule to first alert {done - installed:.1f} s")
        self.assertNotIn("sandbox is incomplete", self.m.journal(UNIT))

        # What a line is about can be searched for.
        for field, text in (("RULE=mine", "rule 'mine'"), ("NOTIFIER=tail", "delivered")):
            lines = self.m.run("journalctl", "-u", UNIT, "-o", "cat", "--no-pager", field).stdout.splitlines()
            self.assertTrue(lines, field)
            self.assertTrue(all(text in line for line in lines), lines)

        # A reload that fails is reported, and the old configuration goes on.
        self.m.write("/etc/newsalertd/rules.d/mine.conf", 'rules = ( { name = "mine"; when = "oil prise up"; } );\n')
        self.assertNotEqual(self.reload(check=False), 0)
        self.assertRegex(self.m.journal(UNIT), r"rules.d/mine.conf:1: .*prise")
        self.assertEqual(self.state(), "active")
        self.assertIn("mine", self.m.run("newsalertctl", "rules").stdout)


class Service(Case):
    def test_credentials_watchdog_and_restart(self):
        want = "Basic " + base64.b64encode(b"me:s3cret").decode()
        seen = threading.Event()

        def page(request):
            if request.headers.get("Authorization") != want:
                return 401, {}, b"no"
            seen.set()
            return 200, {}, rss(item("1", FALL))
        self.site.pages["/feed.xml"] = page
        self.m.write("/root/feed-password", "s3cret\n")
        self.m.run("chmod", "600", "/root/feed-password")
        self.m.run("mkdir", "-p", "/etc/systemd/system/newsalertd.service.d")
        self.m.write("/etc/systemd/system/newsalertd.service.d/test.conf", "[Service]\nWatchdogSec=1\n"
                     "TimeoutAbortSec=1\nRestartSec=0\nLoadCredential=feed-password:/root/feed-password\n")
        self.install()
        self.configure(feed='user = "me"; password_file = "feed-password";')
        self.reload()
        self.assertTrue(seen.wait(boot.PATIENCE), "the feed was not asked with its password")
        self.wait_alerts(1)

        pid = int(self.m.show(UNIT, "MainPID"))
        self.assertGreater(pid, 1)
        self.m.run("kill", "-STOP", pid)
        self.m.wait(lambda: self.m.show(UNIT, "NRestarts") == "1", "the restart by the watchdog")
        self.m.wait(lambda: self.state() == "active", "the service after the restart")
        self.assertIn("watchdog", self.m.journal(UNIT).lower())
        self.assertNotEqual(int(self.m.show(UNIT, "MainPID")), pid)
        self.assertIn("1 ok", self.m.run("newsalertctl", "status").stdout)
        self.assertEqual(len(self.m.run("pgrep", "-x", "newsalertd").stdout.split()), 1)

    def test_the_sandbox_refuses_what_newsalertd_must_not_do(self):
        self.m.write("/usr/local/bin/probe", PROBE)
        self.m.run("chmod", "755", "/usr/local/bin/probe")
        self.install()
        self.configure(notifiers=', { name = "probe"; plugin = "exec"; '
                                 'options : { command = [ "/usr/local/bin/probe" ]; }; }')
        self.reload()
        self.m.run("newsalertctl", "test", "probe")
        found = self.m.run("cat", "/var/lib/newsalertd/probe").stdout
        self.assertTrue(found.endswith("end\n"), found)
        self.assertNotIn("ALLOWED", found)
        # Outside the unit the same things work: the probe tells the truth.
        self.m.run("/usr/local/bin/probe")
        free = self.m.run("cat", "/var/lib/newsalertd/probe").stdout
        self.assertEqual(free, found.replace("refused", "ALLOWED"))


class Package(Case):
    def test_the_database_of_an_older_build_is_taken_over(self):
        self.install()
        self.m.run("systemctl", "stop", UNIT)
        state = "/var/lib/private/newsalertd"
        with tempfile.TemporaryDirectory() as folder:
            old = f"{folder}/newsalertd.db"
            with contextlib.closing(sqlite3.connect(old)) as db:
                db.executescript((ROOT / "tests/data/store-1.sql").read_text())
            encoded = base64.b64encode(pathlib.Path(old).read_bytes()).decode()
        self.m.run("sh", "-c", f"rm -f {state}/* && base64 -d > {state}/newsalertd.db && "
                   f"chown --reference={state} {state}/newsalertd.db", stdin=encoded)
        self.configure()
        self.m.run("systemctl", "start", UNIT)
        self.assertRegex(self.m.run("newsalertctl", "deliveries", "--failed").stdout, "desk .*dead")
        self.assertIn("NVIDIA shares fell 12%", self.m.run("newsalertctl", "alerts", "1").stdout)

    def test_stop_upgrade_remove_and_purge(self):
        self.install()
        self.configure()
        self.reload()
        self.wait_alerts(1)
        pid = self.m.show(UNIT, "MainPID")
        self.install()                                  # an upgrade keeps what is there
        self.assertNotEqual(self.m.show(UNIT, "MainPID"), pid)
        self.assertEqual(self.state(), "active")
        self.assertIn("wire", self.m.run("newsalertctl", "feeds").stdout)
        self.assertIn("chip-selloff", self.m.run("newsalertctl", "alerts").stdout)

        # A server that does not answer delays no stop, and its feed is not lost.
        hang = threading.Event()
        self.addCleanup(hang.set)
        asked = threading.Event()

        def page(request):
            asked.set()
            hang.wait(boot.PATIENCE)
            return 200, {}, rss(item("2", "AMD shares plunged 15% on Tuesday"))
        self.site.pages["/feed.xml"] = page
        self.m.run("newsalertctl", "poll", "wire")
        self.assertTrue(asked.wait(boot.PATIENCE))
        began = time.monotonic()
        self.m.run("systemctl", "stop", UNIT)
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(self.m.show(UNIT, "Result"), "success")
        self.assertEqual(self.m.run("pgrep", "newsalertd", check=False).stdout, "")
        hang.set()
        self.m.run("systemctl", "start", UNIT)
        self.m.run("newsalertctl", "poll", "wire")
        self.wait_alerts(2)
        self.assertEqual(len(self.alerts()), 2)

        self.m.run("dpkg", "--no-triggers", "-r", UNIT)
        self.assertEqual(self.m.run("pgrep", "newsalertd", check=False).stdout, "")
        self.m.run("test", "-e", CONF)
        self.m.run("test", "-e", "/var/lib/private/newsalertd/newsalertd.db")
        self.m.run("dpkg", "--no-triggers", "-P", UNIT)
        left = self.m.run("find", "/etc", "/var/lib", "/usr/lib", "/usr/libexec", "/run/systemd/system", "-name",
                          "*newsalertd*").stdout
        self.assertEqual(left, "")
        self.assertIn("not be found", self.m.run("systemctl", "status", UNIT, check=False).stdout)


if __name__ == "__main__":
    unittest.main()
