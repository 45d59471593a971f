#!/usr/bin/python3
"""The exec plugin in newsalertd-notify."""
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
from notify_protocol import Notifier, alert, plugin  # noqa: E402


class Exec(unittest.TestCase):
    def setUp(self):
        d = tempfile.TemporaryDirectory()
        self.addCleanup(d.cleanup)
        self.folder = d.name

    def program(self, body, interpreter="/bin/sh"):
        path = os.path.join(self.folder, "program")
        with open(path, "w") as f:
            f.write("#!%s\n%s\n" % (interpreter, body))
        os.chmod(path, 0o755)
        return path

    def notifier(self, command, timeout=30000, env=None, **options):
        n = Notifier(plugin("exec"), env=env)
        self.addCleanup(n.end)
        return n.open(dict(options, command=command), timeout=timeout)

    def test_json_on_stdin_and_the_environment(self):
        program = self.program(
            "import json, os, sys\n"
            "json.dump({'argv': sys.argv[1:], 'cwd': os.getcwd(),\n"
            "    'env': dict(os.environ), 'in': sys.stdin.read(),\n"
            "    'fds': sorted(os.listdir('/proc/self/fd'))},\n"
            "    open(sys.argv[1], 'w'))", "/usr/bin/python3")
        out = os.path.join(self.folder, "out")
        evil = "$(touch /tmp/x) `id`; rm -rf * 'q' \"d\""
        n = self.notifier([program, out, "a b", evil], secret="s3cret",
                          env={"PATH": "/bin:/usr/bin", "SECRET": "no",
                               "LC_ALL": "C.UTF-8", "CREDENTIALS": "no"})
        self.assertEqual(n.send(alert(title=evil), alert(title="two")),
                         ("done", "", 0))
        with open(out) as f:
            got = json.load(f)
        self.assertEqual(got["argv"], [out, "a b", evil])
        self.assertEqual(got["cwd"], "/")
        # The last is the open folder itself.
        self.assertEqual(got["fds"][:3], ["0", "1", "2"])
        self.assertLessEqual(len(got["fds"]), 4)
        lines = [json.loads(line) for line in got["in"].splitlines()]
        self.assertEqual([x["article"]["title"] for x in lines],
                         [evil, "two"])
        env = got["env"]
        self.assertEqual(env["NEWSALERT_TITLE"], evil)
        self.assertEqual(env["NEWSALERT_COUNT"], "2")
        self.assertEqual(env["NEWSALERT_NOTIFIER"], "desk")
        self.assertEqual(env["NEWSALERT_SECRET"], "s3cret")
        self.assertEqual(env["NEWSALERT_FOUND"], "1737979260")
        self.assertIn("dropped [down] 12%", env["NEWSALERT_EVIDENCE"])
        self.assertNotIn("SECRET", env)
        self.assertNotIn("CREDENTIALS", env)
        self.assertEqual(env["LC_ALL"], "C.UTF-8")

    def test_exit_statuses(self):
        program = self.program("exit $1")
        table = [(0, "done"), (1, "retry"), (2, "retry"), (64, "never"),
                 (65, "never"), (66, "never"), (67, "never"), (68, "retry"),
                 (69, "retry"), (70, "retry"), (71, "retry"), (73, "retry"),
                 (74, "retry"), (75, "retry"), (76, "retry"), (77, "never"),
                 (78, "retry"), (126, "retry"), (127, "retry"),
                 (255, "retry")]
        for status, outcome in table:
            with self.subTest(status=status):
                n = self.notifier([program, str(status)])
                got = n.send(alert())
                self.assertEqual(got[0], outcome)
                if status:
                    self.assertEqual(got[1], "%s ended with status %d" % (
                        program, status))

    def test_a_program_killed_by_a_signal(self):
        n = self.notifier([self.program("kill -9 $$")])
        got = n.send(alert())
        self.assertEqual(got[0], "retry")
        self.assertIn("signal 9 (Killed)", got[1])

    def test_a_program_that_takes_too_long(self):
        stubborn = self.program("trap '' TERM\nwhile :; do sleep 100; done")
        n = self.notifier([stubborn], timeout=1000)
        got = n.send(alert())
        self.assertEqual(got[0], "retry")
        self.assertIn("was stopped", got[1])

    def test_what_it_leaves_running_is_ended(self):
        fifo = os.path.join(self.folder, "fifo")
        os.mkfifo(fifo)
        reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
        # The sleeper holds the pipe open; its end is our end of file.
        n = self.notifier([self.program("sleep 1000 >%s & exit 0" % fifo)])
        self.assertEqual(n.send(alert())[0], "done")
        os.set_blocking(reader, True)
        self.assertEqual(os.read(reader, 1), b"")
        os.close(reader)

    def test_a_program_that_does_not_read(self):
        n = self.notifier([self.program("exit 0")])
        for _ in range(5):
            self.assertEqual(n.send(alert(text="x" * 65536),
                                    alert(text="y" * 65536),
                                    alert(text="z" * 65536))[0], "done")

    def test_a_program_that_reads_it_all(self):
        n = self.notifier([self.program("test $(wc -c) -gt 650000")])
        self.assertEqual(n.send(*[alert(text="x" * 65536)] * 10)[0], "done")

    def test_long_values(self):
        n = self.notifier([self.program(
            "test ${#NEWSALERT_TITLE} -gt 8000 || exit 64")])
        self.assertEqual(n.send(alert(title="ü" * 200000)), ("done", "", 0))

    def test_output_goes_to_the_log_and_not_to_stdout(self):
        n = self.notifier([self.program("echo out; echo err >&2")])
        n.send(alert())
        n.end()
        self.assertEqual(n.stdout, "")
        self.assertIn("out\nerr\n", n.stderr)

    def test_settings(self):
        for command, permanent, words in (
                (["relative"], True, "whole path"),
                (["/nonexistent/x"], False, "cannot run")):
            n = Notifier(plugin("exec"))
            self.addCleanup(n.end)
            n.hello()
            got = n.configure({"command": command})
            self.assertEqual(got[2], permanent)
            self.assertIn(words, got[1])

    def test_a_directory_that_is_not_there(self):
        n = self.notifier([self.program("exit 0")], directory="/nonexistent")
        got = n.send(alert())
        self.assertEqual(got[0], "retry")
        self.assertIn("126", got[1])


if __name__ == "__main__":
    unittest.main()
