"""What is installed beside the programs: the Debian package, the completion,
and that make uninstall leaves the configuration alone."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lab import BUILD, ROOT


def make(*args):
    return subprocess.run(["make", "-s", f"BUILD={BUILD}", *args], cwd=ROOT, text=True, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout


@unittest.skipIf("SANITIZE" in os.environ, "packages are not made of sanitized programs")
@unittest.skipUnless(shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"), "no dpkg-dev here: no package is made")
class Debian(unittest.TestCase):
    def test_the_package(self):
        deb = ROOT / make("deb").splitlines()[-1]
        fields = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True, check=True).stdout
        self.assertRegex(fields, r"(?m)^Depends: .*libsqlite3-0")
        listed = subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True).stdout
        for path in ("./usr/sbin/newsalertd", "./lib/systemd/system/newsalertd.service",
                     "./usr/share/man/man1/newsalertctl.1.gz", "./usr/share/bash-completion/completions/newsalertctl"):
            self.assertIn(f" {path}\n", listed)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "-e", deb, folder], check=True)
            conffiles = (pathlib.Path(folder) / "conffiles").read_text().split()
        self.assertEqual(set(conffiles), {"/" + p for p in re.findall(r" \./(etc/\S*[^/])\n", listed)})
        if not shutil.which("lintian"):
            self.skipTest("no lintian here: the package itself is right")
        done = subprocess.run(["lintian", "--fail-on", "error", deb], text=True, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_source_archive_holds_what_is_committed(self):
        if subprocess.run(["git", "rev-parse"], cwd=ROOT, capture_output=True).returncode != 0:
            self.skipTest("this is no git clone")
        tar = ROOT / make("dist").splitlines()[-1]
        names = subprocess.run(["tar", "-tf", tar], capture_output=True, text=True, check=True).stdout
        self.assertRegex(names, r"(?m)^newsalertd-[0-9.]+/Makefile$")


class Uninstall(unittest.TestCase):
    def test_only_the_configuration_stays(self):
        with tempfile.TemporaryDirectory() as dest:
            make("install", f"DESTDIR={dest}")
            make("uninstall", f"DESTDIR={dest}")
            left = {str(p.relative_to(dest)) for p in pathlib.Path(dest).rglob("*") if p.is_file()}
            self.assertIn("etc/newsalertd/newsalertd.conf", left)
            self.assertEqual({p for p in left if not p.startswith("etc/newsalertd/")}, set())


@unittest.skipUnless(shutil.which("bash"), "no bash here")
class Completion(unittest.TestCase):
    def complete(self, *words):
        script = ('. src/ctl/newsalertctl.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  '_newsalertctl; printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", "newsalertctl", *words], cwd=ROOT, text=True,
                              capture_output=True, env={**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}"})
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_every_command_and_option_is_offered(self):
        text = subprocess.run([BUILD / "newsalertctl", "--help"], capture_output=True, text=True, check=True).stdout
        commands = re.findall(r"(?m)^  ([a-z]+) ", text)
        self.assertGreater(len(commands), 15)
        self.assertEqual(self.complete(""), commands)
        self.assertEqual(self.complete("-c", "x.conf", "re"), ["read", "retry", "reload"])
        for command in commands:
            with self.subTest(command):
                options = self.complete(command, "--")
                self.assertIn("--json", options)
                self.assertIn("--help", options)
        self.assertEqual(self.complete("alerts", "--li"), ["--limit"])
        self.assertEqual(self.complete("deliveries", "--fa"), ["--failed"])


class Documents(unittest.TestCase):
    def setUp(self):
        def help_of(*args):
            return subprocess.run([BUILD / "newsalertctl", *args, "--help"], capture_output=True, text=True,
                                  check=True).stdout
        self.commands = {name: re.findall(r"(?m)^  (?:-. *)?.*?--([a-z-]+)", help_of(name))
                         for name in re.findall(r"(?m)^  ([a-z]+) ", help_of())}

    def test_every_command_that_is_named_exists(self):
        others = {"feed", "alert", "rule", "silences", "help"}
        for path in (ROOT / "README.md", *ROOT.glob("src/*/*.[1-8]"), *ROOT.glob("plugins/*/*.[1-8]"),
                     *ROOT.glob("src/*/*.c"), *ROOT.glob("etc/newsalertd/*.conf")):
            for name in re.findall(r"(?:build/|\$ |# |[Ss]ee |    |: +|[Qq]l )newsalertctl ([a-z]+)", path.read_text()):
                with self.subTest(path=path.name, name=name):
                    self.assertIn(name, set(self.commands) | others | {"of", "and", "has", "says"})

    def test_the_manual_has_every_command_and_option(self):
        text = (ROOT / "src/ctl/newsalertctl.1").read_text()
        for name, options in self.commands.items():
            self.assertRegex(text, rf"(?m)^\.Ss {name}\b")
            section = re.split(rf"(?m)^\.Ss {name}\b", text)[1].split("\n.S")[0]
            for option in set(options) - {"json", "config", "socket", "help"}:
                with self.subTest(name, option=option):
                    self.assertRegex(section, rf"Fl (?:. , )?-{option}\b")


if __name__ == "__main__":
    unittest.main()
