"""The shipped rule packs: every rule in them passes its own examples."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from lab import BUILD, ROOT


class Packs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.etc = pathlib.Path(self.folder.name) / "etc"
        shutil.copytree(ROOT / "etc/newsalertd", self.etc)

    def tearDown(self):
        self.folder.cleanup()

    def check(self):
        return subprocess.run([BUILD / "newsalertctl", "check", "-c", self.etc / "newsalertd.conf"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def test_as_shipped_only_the_two_rules_of_the_mission_are_on(self):
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"0 feeds, 2 rules, 1 notifier")

    def test_every_rule_passes_its_examples_when_it_is_on(self):
        rules = 0
        for path in (self.etc / "rules.d").glob("*.conf"):
            text, n = re.subn(r"enabled\s*=\s*false", "enabled = true", path.read_text())
            rules += n
            path.write_text(text)
        done = self.check()
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])
        self.assertRegex(done.stdout, rf"{rules + 2} rules")
        self.assertGreater(rules, 30)


class Index(unittest.TestCase):
    def test_a_name_that_is_a_member_by_its_last_word_alone_is_a_candidate(self):
        """What makes "Skybird Air" an airline is found late; the index must
        not have dropped the rule before."""
        done = subprocess.run([BUILD / "newsalertctl", "match", "--when", "airline files for bankruptcy",
                               "--input", "text", "-"], input="Skybird Air files for Chapter 11 bankruptcy protection",
                              text=True, stdout=subprocess.PIPE)
        self.assertIn("Skybird Air [airline]", done.stdout)


if __name__ == "__main__":
    unittest.main()
