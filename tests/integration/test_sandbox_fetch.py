"""What newsalertd-fetch cannot do, tried from inside; and that it can still do
its work there. Also its other face: one document by hand (--once)."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fixture.fetcher import BUILD, FETCH                          # noqa: E402
from fixture.origin import Origin, reply                          # noqa: E402

FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
SANITIZED = b"__asan_init" in FETCH.read_bytes()


def run(*arguments):
    return subprocess.run([FETCH, *arguments], capture_output=True, timeout=60)


class Sandbox(unittest.TestCase):
    def refused(self, *probes):
        for what in probes:
            with self.subTest(what):
                got = run("--probe", what)
                if b"Landlock" in got.stderr and (what == "write" or "=" in what):
                    print("skip: no Landlock in this kernel")
                    continue
                self.assertEqual(got.returncode, 0, got.stderr)

    def test_nothing_is_written(self):
        self.refused("write")

    @unittest.skipIf(SANITIZED, "the sanitizer needs what seccomp forbids")
    def test_no_exec_no_ptrace_no_listening(self):
        self.refused("exec", "ptrace", "listen")

    def test_only_the_files_it_needs_are_read(self):
        with tempfile.NamedTemporaryFile() as file:
            self.refused("read=/etc/shadow", "read=/etc/passwd",
                         f"read={file.name}", f"read={BUILD}")
        if not SANITIZED:
            self.refused("read=/proc/self/environ")
        for path in ("/etc/hosts", "/etc/ssl/certs"):
            self.assertEqual(run("--probe", f"read={path}").returncode, 1)

    def test_names_resolve_in_a_thread(self):
        self.assertEqual(run("--probe", "resolve=localhost").returncode, 0)
        self.assertEqual(run("--probe", "resolve=no-such-name.invalid").returncode, 1)

    def test_an_unknown_probe_is_no_success(self):
        got = run("--probe", "fly")
        self.assertEqual(got.returncode, 1)
        self.assertIn(b"no probe", got.stderr)


class Once(unittest.TestCase):
    def setUp(self):
        self.origin = Origin()
        self.addCleanup(self.origin.close)

    def once(self, path, *options):
        return run("--once", "--allow", "127.0.0.0/8", *options, self.origin.url(path))

    def test_a_document_and_where_it_came_from(self):
        self.origin.plan("/a", reply(302, Location="/b"))
        self.origin.plan("/b", reply(301, Location=self.origin.url("/c")))
        self.origin.plan("/c", reply(200, FEED, Content_Type="text/xml; charset=utf-8"))
        got = self.once("/a")
        self.assertEqual((got.returncode, got.stdout), (0, FEED))
        self.assertEqual(got.stderr.decode(), f"url: {self.origin.url('/c')}\n"
                         "content-type: text/xml; charset=utf-8\n")
        self.assertEqual([r.path for r in self.origin.requests], ["/a", "/b", "/c"])

    def test_content_location_is_the_base_of_a_document(self):
        at = self.origin.url
        for path, said, base in (("/dir/1", "en/feed", at("/dir/en/feed")),
                                 ("/2", "http://example.org/x", "http://example.org/x"),
                                 ("/3", "javascript:alert(1)", None),
                                 ("/4", "file:///etc/hosts", None)):
            with self.subTest(said):
                self.origin.plan(path, reply(200, FEED, Content_Type="text/xml",
                                             Content_Location=said))
                got = self.once(path)
                self.assertEqual(got.stderr.decode(), f"url: {at(path)}\ncontent-type: text/xml\n"
                                 + (f"base: {base}\n" if base else ""))

    def test_failures_are_one_line(self):
        self.origin.plan("/loop", reply(302, Location="/loop"))
        self.origin.plan("/file", reply(302, Location="file:///etc/hosts"))
        self.origin.plan("/inside", reply(302, Location="http://10.0.0.1/"))
        cases = {"/loop": "more than 5 times", "/file": "http and https",
                 "/inside": "10.0.0.1 is a private address", "/none": "404"}
        for path, reason in cases.items():
            with self.subTest(path):
                got = self.once(path)
                self.assertEqual((got.returncode, got.stdout), (1, b""))
                self.assertIn(reason, got.stderr.decode())
                self.assertEqual(got.stderr.count(b"\n"), 1)
        self.assertEqual(len(self.origin.seen("/loop")), 6)

    def test_private_addresses_need_the_option(self):
        self.origin.plan("/a", reply(200, FEED))
        got = run("--once", self.origin.url("/a"))
        self.assertEqual(got.returncode, 1)
        self.assertIn(b"loopback", got.stderr)
        self.assertEqual(self.origin.connections, 0)

    def test_misuse(self):
        for arguments in (["--once"], ["--once", "a", "b"], ["x"], ["--nonsense"]):
            self.assertEqual(run(*arguments).returncode, 64)


if __name__ == "__main__":
    unittest.main()
