#!/usr/bin/python3
"""newsalertd-parse cannot open, connect, start anything: tried from inside."""
import subprocess
import unittest

from feed_outputs import PARSE


class Sandbox(unittest.TestCase):
    def probe(self, what):
        return subprocess.run([str(PARSE), "--probe", what], timeout=30,
                              capture_output=True, text=True, check=False)

    def test_what_is_forbidden_is_refused(self):
        for what in ("open", "socket", "exec", "fork"):
            with self.subTest(what):
                done = self.probe(what)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stdout, f"{what}: refused\n")

    def test_an_unknown_probe_is_not_taken_for_a_refusal(self):
        self.assertEqual(self.probe("nonsense").returncode, 1)

    def test_every_encoding_is_there_with_the_door_closed(self):
        for name in ("windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030",
                     "big5", "euc-kr", "iso-8859-15", "utf-16", "iso-8859-7",
                     "iso-2022-jp"):
            text = {"windows-1251": "Акции", "koi8-r": "Акции",
                    "iso-8859-7": "Αθήνα", "iso-8859-15": "10 €",
                    "euc-kr": "주가", "utf-16": "Ω"}.get(name, "株価")
            text = {"gb18030": "股价", "big5": "股價"}.get(name, text)
            document = (f'<?xml version="1.0" encoding="{name}"?><rss version='
                        f'"2.0"><channel><title>{text}</title></channel></rss>')
            with self.subTest(name):
                done = subprocess.run([str(PARSE), "--json"], timeout=30,
                                      input=document.encode(name),
                                      capture_output=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(f'"title":"{text}"', done.stdout.decode())


if __name__ == "__main__":
    unittest.main()
