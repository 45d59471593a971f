"""The README: what it shows is what happens."""
import re
import subprocess
import unittest

from lab import BUILD, ROOT

README = (ROOT / "README.md").read_text()


def match(rule, text, *more):
    done = subprocess.run([BUILD / "newsalertctl", "match", "--when", rule, *more, "--input", "text", "-"], input=text,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Readme(unittest.TestCase):
    def test_rules_fire_and_stay_silent_as_it_says(self):
        """`RULE` fires on “TEXT”; It stays silent on “TEXT”, “TEXT” ..."""
        plain = " ".join(README.split())
        fires = re.findall(r"`([^`]+)` fires on “([^”]+)”", plain)
        self.assertEqual(len(fires), 2)
        for rule, text in fires:
            self.assertIn("[", match(rule, text), f"{rule}: {text}")
            self.assertNotIn("no match", match(rule, text, "--explain"))
        silent = re.search(r"It stays silent on (.*?)\. `", plain).group(1)
        texts = re.findall(r"“([^”]+)”", silent)
        self.assertEqual(len(texts), 4)
        for text in texts:
            self.assertIn("no match", match(fires[0][0], text, "--explain"))

    def test_its_commands_run(self):
        shell = re.findall(r"(?m)^    \$ build/(.*)$", README)
        self.assertTrue(shell)
        for line in shell:
            done = subprocess.run(["bash", "-c", f"{BUILD}/{line}"], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertIn("4.9", done.stdout)

    def test_what_it_points_at_is_there(self):
        for path in re.findall(r"(?m)^\| `([^`*]+)`", README):
            self.assertTrue((ROOT / path).exists(), path)
        targets = set(re.findall(r"(?m)^    make ?(\S*)", README))
        makefile = (ROOT / "Makefile").read_text()
        for target in targets - {""}:
            self.assertRegex(makefile, rf"(?m)^{target}:")


if __name__ == "__main__":
    unittest.main()
