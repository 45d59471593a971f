"""The service: systemd's notifications, the watchdog, and what make install
lays out."""
import contextlib
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import unittest

from lab import BUILD, FALL, PATIENCE, ROOT, Daemon, Site, feed, item, rss


class Notify(contextlib.AbstractContextManager):
    """The socket that systemd would listen on."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = f"{self.folder.name}/notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.settimeout(PATIENCE)
        self.socket.bind(self.path)

    def wait(self, text):
        while True:
            got = self.socket.recv(4096).decode()
            if text in got.split("\n"):
                return got

    def __exit__(self, *_):
        self.socket.close()
        self.folder.cleanup()


class Systemd(unittest.TestCase):
    def test_ready_watchdog_reload_and_stop_are_told(self):
        with Notify() as n, Daemon(env={"NOTIFY_SOCKET": n.path, "WATCHDOG_USEC": "200000"}) as d:
            d.start()
            n.wait("READY=1")
            n.wait("WATCHDOG=1")
            n.wait("WATCHDOG=1")
            d.process.send_signal(signal.SIGHUP)
            n.wait("RELOADING=1")
            n.wait("READY=1")
            d.process.send_signal(signal.SIGTERM)
            n.wait("STOPPING=1")
            self.assertEqual(d.process.wait(PATIENCE), 0)

    def test_a_stop_ends_every_program(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(1)
            pids = [pid for pids in d.children().values() for pid in pids]
            self.assertEqual(len(pids), 3)
            self.assertEqual(d.stop(), 0)
            for pid in pids:
                self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())

    def test_no_program_outlives_a_killed_daemon(self):
        with Site({"/feed.xml": rss(item("1", FALL))}) as site, Daemon(feed(site)) as d:
            d.start()
            d.wait_alerts(1)
            pids = [pid for pids in d.children().values() for pid in pids]
            d.kill()

            def gone(pid):
                with contextlib.suppress(OSError):
                    stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
                    return stat.rsplit(")", 1)[1].split()[0] == "Z"
                return True
            d.wait(lambda: all(gone(pid) for pid in pids), "the end of the programs")


class Install(unittest.TestCase):
    def test_everything_is_laid_out_and_an_installed_daemon_finds_it(self):
        with tempfile.TemporaryDirectory() as dest:
            subprocess.run(["make", "-s", "install", f"DESTDIR={dest}", f"BUILD={BUILD}"], cwd=ROOT, check=True,
                           stdout=subprocess.DEVNULL)
            have = {str(p.relative_to(dest)) for p in pathlib.Path(dest).rglob("*") if p.is_file()}
            for path in ("usr/sbin/newsalertd", "usr/bin/newsalertctl", "usr/libexec/newsalertd/newsalertd-fetch",
                         "usr/libexec/newsalertd/newsalertd-parse", "usr/libexec/newsalertd/newsalertd-notify",
                         "usr/lib/newsalertd/notifiers/email.so", "usr/include/newsalertd/notifier.h",
                         "usr/lib/pkgconfig/newsalertd.pc", "lib/systemd/system/newsalertd.service",
                         "etc/newsalertd/newsalertd.conf", "usr/share/man/man8/newsalertd.8",
                         "usr/share/man/man5/newsalertd.conf.5", "usr/share/man/man1/newsalertctl.1"):
                self.assertIn(path, have)
            self.assertTrue(any(p.startswith("etc/newsalertd/vocabulary.d/") for p in have))
            done = subprocess.run([f"{dest}/usr/sbin/newsalertd", "-t", "-c", f"{dest}/etc/newsalertd/newsalertd.conf"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_unit_file_is_clean_and_tight(self):
        unit = ROOT / "systemd/newsalertd.service"
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", unit], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout[-300:])
        self.assertTrue(re.search(r"^Type=notify$", unit.read_text(), re.M))


if __name__ == "__main__":
    unittest.main()
