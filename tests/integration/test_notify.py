#!/usr/bin/python3
"""newsalertd-notify alone: its protocol, plugins that misbehave, and a plugin
from outside of the tree."""
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "fixture"))
from notify_protocol import (  # noqa: E402
    CONFIGURE, LOG, PROGRAM, READY, ROOT, SEND, Ended, Notifier, alert, plugin)

INCLUDE = os.path.join(ROOT, "include")
PLUGINS = os.path.join(ROOT, "tests", "fixture", "plugins")
CC = os.environ.get("CC", "cc")


def build(folder, source, name, *flags, compiler=CC):
    path = os.path.join(folder, name + ".so")
    subprocess.run([compiler, "-shared", "-fPIC", "-w", "-I", INCLUDE,
                    *flags, "-o", path, source], check=True)
    return path


def sanitized():
    with open(PROGRAM, "rb") as f:
        return b"__asan_init" in f.read()


class Loading(unittest.TestCase):
    """What cannot be believed is refused in a sentence."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)

    def refusal(self, path, for_good=True):
        with Notifier(path) as n:
            got = n.hello()
        self.assertIsInstance(got, tuple, got)
        self.assertEqual(got[2], for_good)
        self.assertEqual(n.process.returncode, 78)
        return got[1]

    def test_verdicts(self):
        table = [
            ("MAJOR", "built for plugin ABI 2.0, but this newsalertd has 1.0"),
            ("MINOR", "ABI 1.1, which is newer than this newsalertd's 1.0"),
            ("SIZE", "24 bytes where ABI 1.0 has at least"),
            ("SYMBOL", "it has no symbol newsalertd_notifier"),
            ("UNDEFINED", "undefined symbol: nobody_defines_this"),
            ("SEND", "it has no send function"),
            ("NAME", "its name is not made of"),
            ("OPTION_TYPE", 'option "x" has an unknown type'),
            ("OPTION_FILE", '"x_file" ends in "_file"'),
            ("OPTION_TWICE", 'two options "mode"'),
            ("OPTION_DEFAULT", 'default "soon" of its option "x"'),
            ("OPTION_EACH", '"x" is EACH but no LIST'),
        ]
        lines = []
        for flaw, words in table:
            with self.subTest(flaw=flaw):
                path = build(self.folder.name, PLUGINS + "/broken.c",
                             "broken-" + flaw, "-DBREAK_" + flaw)
                # What is missing may be there tomorrow.
                sentence = self.refusal(path, flaw != "UNDEFINED")
                self.assertIn(words, sentence)
                self.assertIn("broken-" + flaw, sentence)
                lines.append("  %-16s refused: %s" % (
                    flaw.lower(), sentence.replace(self.folder.name + "/",
                                                   "")))
        print("\nplugins that cannot be loaded\n" + "\n".join(lines))

    def test_no_such_file_and_no_plugin(self):
        self.assertIn("No such file", self.refusal("/nonexistent.so", False))
        self.assertIn("cannot load", self.refusal("/etc/passwd", False))

    def test_a_constructor_that_crashes(self):
        path = build(self.folder.name, PLUGINS + "/broken.c", "early",
                     "-DBREAK_CONSTRUCTOR")
        with Notifier(path) as n:
            self.assertRaises(Ended, n.hello)
        self.assertEqual(n.process.returncode, -signal.SIGABRT)

    def test_a_longer_struct_is_cut(self):
        path = build(self.folder.name, PLUGINS + "/newer.c", "newer")
        with Notifier(path) as n:
            n.open()
            self.assertEqual(n.send(alert(), alert())[0], "done")
        self.assertEqual(n.logs, [(6, "2 from chip-selloff")])

    def test_describe(self):
        got = subprocess.run([PROGRAM, "--describe", plugin("email")],
                             capture_output=True, text=True, check=True)
        self.assertIn("email: sends alerts by mail", got.stdout)
        self.assertIn("one delivery for each", got.stdout)
        self.assertIn("or password_file", got.stdout)
        by_name = subprocess.run([PROGRAM, "--describe", "email"],
                                 capture_output=True, text=True, check=True)
        self.assertEqual(got.stdout, by_name.stdout)
        bad = subprocess.run([PROGRAM, "--describe", "/none.so"],
                             capture_output=True, text=True)
        self.assertEqual(bad.returncode, 78)

    def test_usage(self):
        for args in ([], ["--help"], [plugin("file")], ["a", "b"]):
            got = subprocess.run([PROGRAM, *args], capture_output=True,
                                 text=True)
            self.assertEqual(got.returncode, 64)
            self.assertIn("usage:", got.stderr)


class Misbehaving(unittest.TestCase):
    """A broken plugin costs its own delivery an attempt, and nothing else."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = build(cls.folder.name, PLUGINS + "/broken.c", "broken")

    def outcome(self, mode, **options):
        """("open" | "send", outcome or "ended", sentence), and the notifier
        after its end."""
        n = Notifier(self.path)
        self.addCleanup(n.end)
        n.hello()
        try:
            refused = n.configure(dict(options, mode=mode))
        except Ended:
            n.wait()
            return ("open", "ended", n.stderr), n
        if refused:
            return ("open", "never" if refused[2] else "retry",
                    refused[1]), n
        try:
            got = n.send(alert())
        except Ended:
            n.wait()
            return ("send", "ended", n.stderr), n
        n.end()
        return ("send", got[0], got[1]), n

    def test_verdicts(self):
        segv = -signal.SIGSEGV if not sanitized() else 1
        table = [
            # mode, where, outcome, words in the sentence or on stderr, status
            ("open-crash", "open", "ended", "", segv),
            ("send-crash", "send", "ended", "", segv),
            ("close-crash", "send", "done", "", segv),
            ("send-abort", "send", "ended", "", -signal.SIGABRT),
            ("open-exit", "open", "ended", "ended the process in its open()",
             0),
            ("send-exit", "send", "ended", "ended the process in its send()",
             0),
            ("send-_exit", "send", "ended", "", 0),
            ("close-exit", "send", "done", "", 0),
            ("send-fork", "send", "done", "", 0),
            ("send-closefds", "send", "ended", "closed the link", 70),
            ("open-closefds", "open", "ended", "closed the link", 70),
            ("send-replace", "send", "ended", "closed the link", 70),
            ("send-fd3", "send", "done", "", 0),
            ("open-fd3", "send", "done", "", 0),
            ("send-binary", "send", "done", "", 0),
            ("send-flood", "send", "done", "", 0),
            ("send-cd", "send", "done", "", 0),
        ]
        lines = []
        for mode, where, outcome, words, status in table:
            with self.subTest(mode=mode):
                got, n = self.outcome(mode)
                self.assertEqual(got[:2], (where, outcome), got)
                self.assertIn(words, got[2])
                self.assertEqual(n.process.returncode, status)
                lines.append("  %-16s %s: %-6s exit %3d  %s" % (
                    mode, *got[:2], status, words))
        print("\nplugins that misbehave\n" + "\n".join(lines))

    def test_answers_that_mean_nothing(self):
        for value in (3, -1, 77, 2**31 - 1):
            got, _ = self.outcome("", where="send", answer=value)
            self.assertEqual(got, ("send", "retry", "the plugin's send() "
                                   "returned %d, which means nothing" % value))
            got, _ = self.outcome("", where="open", answer=value)
            self.assertEqual(got[:2], ("open", "retry"))
        for value, outcome in ((0, "done"), (1, "retry"), (2, "never")):
            got, _ = self.outcome("", where="send", answer=value)
            self.assertEqual(got[1], outcome)
            self.assertEqual(got[2], "" if value == 0 else
                             "the plugin gave no reason")

    def test_a_sentence_full_of_dirt(self):
        got, _ = self.outcome("send-sentence", where="send", answer=1)
        self.assertEqual(got[1], "retry")
        self.assertTrue(got[2].startswith("? [31m forged    line"), got[2])
        self.assertLess(len(got[2]), 512)

    def test_a_child_does_not_speak_in_our_name(self):
        with Notifier(self.path) as n:
            n.open({"mode": "send-fork"})
            self.assertEqual(n.send(alert())[0], "done")
            self.assertEqual(n.send(alert())[0], "done")
        self.assertIn("forked in its send() and the child came back",
                      n.stderr)

    def test_log_lines_are_limited_and_clean(self):
        got, n = self.outcome("send-flood")
        self.assertEqual(len(n.logs), 201)
        self.assertEqual(n.logs[0], (6, "line 0 [31m ?"))
        self.assertIn("too much", n.logs[-1][1])

    @unittest.skipIf(sanitized(), "the sanitizers need the memory")
    def test_a_gigabyte_is_too_much(self):
        got, _ = self.outcome("send-leak", where="send", answer=1)
        self.assertEqual(got[:2], ("send", "retry"))
        self.assertRegex(got[2], r"^out of memory after \d+ MB$")

    def test_a_hang_ends_with_sigkill(self):
        n = Notifier(self.path)
        n.open({"mode": "send-hang"}, timeout=200)
        n.start_send(alert())
        self.assertRaises(Ended, n.result)
        self.assertEqual(n.wait(), -signal.SIGKILL)
        self.assertIn("did not stop when its time was up", n.stderr)

    def test_the_end_of_the_timeout_interrupts(self):
        n = Notifier(self.path)
        n.open({"mode": "send-sleep", "where": "send", "answer": 1},
               timeout=200)
        self.assertEqual(n.send(alert())[0], "retry")
        self.assertEqual(n.wait(), 0)
        self.assertIn("closed in order", n.stderr)
        n = Notifier(self.path)
        n.hello()
        refused = n.configure({"mode": "open-sleep", "where": "open",
                               "answer": 1}, timeout=200)
        self.assertEqual(refused[0], "refused")
        self.assertFalse(refused[2])
        self.assertTrue(any("open() took longer than its timeout" in line
                            for _, line in n.logs))
        n.wait()

    def test_sigterm_interrupts_and_closes(self):
        n = Notifier(self.path)
        self.addCleanup(n.process.kill)
        n.open({"mode": "send-sleep"})
        n.start_send(alert())
        self.assertEqual(n.get()[0], LOG)
        # It said that it is going to sleep; now it does.
        while self.state(n) != "S":
            pass
        n.term()
        self.assertEqual(n.result()[0], "done")
        self.assertEqual(n.wait(), 0)
        self.assertIn("closed in order", n.stderr)

    @staticmethod
    def state(n):
        with open("/proc/%d/stat" % n.process.pid) as f:
            return f.read().rpartition(") ")[2][0]

    def test_sigterm_between_messages_closes(self):
        n = Notifier(self.path)
        n.open()
        n.term()
        self.assertEqual(n.wait(), 0)
        self.assertIn("closed in order", n.stderr)

    def test_the_end_of_newsalertd_is_the_end(self):
        n = Notifier(self.path)
        n.open()
        n.socket.close()
        self.assertEqual(n.wait(), 0)
        self.assertIn("closed in order", n.stderr)

    def test_no_descriptor_is_left_for_the_plugin(self):
        with open("/dev/null") as leaked:
            os.set_inheritable(leaked.fileno(), True)
            n = Notifier(self.path, leak=(leaked.fileno(),))
        n.open()
        fds = os.listdir("/proc/%d/fd" % n.process.pid)
        self.assertEqual(sorted(map(int, fds))[:4], [0, 1, 2, 3])
        self.assertEqual(len(fds), 5)
        self.assertEqual(os.readlink("/proc/%d/fd/3" % n.process.pid),
                         "/dev/null")
        n.end()

    def test_dies_with_its_parent(self):
        script = (
            "import sys; sys.path.insert(0, %r)\n"
            "from notify_protocol import *\n"
            "n = Notifier(%r, stdout=None); n.open({'mode': 'send-sleep'})\n"
            "n.start_send(alert())\n"
            "print(n.process.pid, flush=True)\n"
            "os.kill(os.getpid(), 9)\n" % (
                os.path.join(ROOT, "tests", "fixture"), self.path))
        p = subprocess.Popen([sys.executable, "-c", script],
                             stdout=subprocess.PIPE, text=True)
        # The notifier holds the same pipe: its end is our end of file.
        pid = p.stdout.readline()
        self.assertTrue(pid.strip().isdigit())
        self.assertEqual(p.stdout.read(), "")
        p.stdout.close()
        p.wait()


class Protocol(unittest.TestCase):
    """The daemon's messages are not believed either."""

    def test_malformed_messages_end_the_process(self):
        table = [
            (CONFIGURE, b""), (CONFIGURE, b"\xff" * 40), (READY, b""),
            (SEND, b""), (99, b"x"),
            (CONFIGURE, struct.pack("<II", 0, 0xffffffff)),
        ]
        for kind, body in table:
            with self.subTest(kind=kind, body=body):
                n = Notifier(plugin("file"))
                n.hello()
                n.put(kind, body)
                self.assertRaises(Ended, n.next)
                self.assertEqual(n.wait(), 76)
                self.assertIn("cannot understand newsalertd", n.stderr)

    def test_malformed_batches_end_the_process(self):
        for body in (b"", struct.pack("<QI", 1, 0),
                     struct.pack("<QI", 1, 257),
                     struct.pack("<QI", 1, 1) + b"\x00" * 10,
                     struct.pack("<QII", 1, 1, 3) + b"a\x00b"):
            with self.subTest(body=body):
                n = Notifier(plugin("file"))
                n.open({"path": "-"})
                n.put(SEND, body)
                self.assertRaises(Ended, n.next)
                self.assertEqual(n.wait(), 76)

    def test_a_frame_that_is_too_long(self):
        n = Notifier(plugin("file"))
        n.open({"path": "-"})
        n.socket.sendall(struct.pack("<II", 0xfffffff0, SEND))
        self.assertRaises(Ended, n.next)
        self.assertEqual(n.wait(), 76)

    def test_messages_in_pieces(self):
        n = Notifier(plugin("file"))
        n.open({"path": "-"})
        whole = []
        n.put, put = lambda k, b=b"": whole.append(
            struct.pack("<II", len(b), k) + b), n.put
        n.start_send(alert())
        n.put = put
        for byte in whole[0]:
            n.socket.sendall(bytes([byte]))
        self.assertEqual(n.result()[0], "done")
        n.end()

    def test_damaged_evidence_is_no_evidence(self):
        with Notifier(plugin("file")) as n:
            n.open({"path": "-"})
            self.assertEqual(n.send(alert(evidence=b"\xff" * 99))[0], "done")
        self.assertEqual(n.stdout.count("\n"), 1)


class OutOfTree(unittest.TestCase):
    """A plugin from elsewhere: the header's example, built by one cc line with
    what pkg-config says."""

    def setUp(self):
        d = tempfile.TemporaryDirectory()
        self.addCleanup(d.cleanup)
        self.folder = d.name
        with open(os.path.join(INCLUDE, "newsalertd", "notifier.h")) as f:
            header = f.read()
        code = re.search(r"NOTIFIER_DEFINE:\n \*\n(.*?)\n \*\n \*\tcc ",
                         header, re.S)[1]
        code = re.sub(r"^ \*\t?", "", code, flags=re.M)
        self.source = os.path.join(self.folder, "hello.c")
        with open(self.source, "w") as f:
            f.write(code + "\n")
        self.command = re.search(r"^ \*\t(cc -shared .*)$", header, re.M)[1]

    def install(self):
        """What make install lays out, as far as a plugin's author sees it."""
        place = os.path.join(self.folder, "usr")
        shutil.copytree(INCLUDE, os.path.join(place, "include"))
        with open(os.path.join(ROOT, "plugins", "newsalertd.pc.in")) as f:
            text = f.read()
        for name, value in (("prefix", place), ("version", "0"),
                            ("plugindir", place)):
            text = text.replace("@%s@" % name, value)
        self.assertNotIn("@", text)
        with open(os.path.join(self.folder, "newsalertd.pc"), "w") as f:
            f.write(text)

    @unittest.skipUnless(shutil.which("pkg-config"), "no pkg-config")
    def test_the_headers_example(self):
        self.install()
        subprocess.run(self.command, shell=True, check=True,
                       cwd=self.folder, env=dict(
                           os.environ, PKG_CONFIG_PATH=self.folder))
        with Notifier(os.path.join(self.folder, "hello.so")) as n:
            n.open()
            self.assertEqual(n.send(alert(), alert(title="two"))[0], "done")
        self.assertEqual(n.stdout, "chip-selloff: NVIDIA shares dropped 12% "
                         "in pre-market trading\nchip-selloff: two\n")

    def test_the_header_under_every_standard(self):
        plus = shutil.which("c++") or shutil.which("g++")
        runs = [(c, "-std=" + std, "-x", "c") for c in ("gcc", "clang")
                if shutil.which(c) for std in ("c11", "c17")]
        for compiler, *flags in runs:
            with self.subTest(compiler=compiler, flags=flags):
                subprocess.run(
                    [compiler, *flags, "-Wall", "-Wextra", "-Werror",
                     "-pedantic", "-fPIC", "-shared", "-I", INCLUDE, "-o",
                     os.path.join(self.folder, "x.so"), self.source],
                    check=True)
        if plus is None:
            self.skipTest("no C++ compiler")
        subprocess.run(
            [plus, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-pedantic",
             "-Wno-missing-field-initializers", "-fPIC", "-shared", "-I",
             INCLUDE, "-o", os.path.join(self.folder, "x.so"), "-x", "c++",
             self.source], check=True)
        with Notifier(os.path.join(self.folder, "x.so")) as n:
            n.open()
            self.assertEqual(n.send(alert())[0], "done")

    def test_the_manuals_example(self):
        page = os.path.join(ROOT, "src", "notify", "newsalertd-notifier.7")
        with open(page) as f:
            code = re.search(r"\n(#include <news.*?)\n\.Ed", f.read(),
                             re.S)[1]
        source = os.path.join(self.folder, "pager.c")
        with open(source, "w") as f:
            f.write(code.replace("\\e", "\\") + "\n")
        path = build(self.folder, source, "pager", "-Wall", "-Werror")
        out = os.path.join(self.folder, "out")
        with Notifier(path) as n:
            n.open({"path": out})
            self.assertEqual(n.send(alert())[0], "done")
        with open(out) as f:
            self.assertTrue(f.read().startswith("chip-selloff: NVIDIA [semi"))
        with Notifier(path) as n:
            n.open({"path": "/nonexistent/x"})
            self.assertEqual(n.send(alert()),
                             ("retry", "the pager is away", 60))

    def test_it_exports_one_symbol(self):
        path = build(self.folder, self.source, "hello",
                     "-fvisibility=hidden")
        out = subprocess.run(["nm", "-D", "--defined-only", path],
                             capture_output=True, text=True, check=True)
        names = [line.split()[-1] for line in out.stdout.splitlines()]
        self.assertEqual([n for n in names if not n.startswith("_")],
                         ["newsalertd_notifier"])


if __name__ == "__main__":
    unittest.main()
