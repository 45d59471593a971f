"""A plugin built against version 1.0 of the header works in this newsalertd,
and in one whose structures have grown since."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from lab import BUILD, FALL, ROOT, Daemon, Site, feed, item, rss
from newsroom import SANITIZED

V1_0 = ROOT / "tests/data/notifier-1.0.h"
NOW = ROOT / "include/newsalertd/notifier.h"
GROWN = ("notifier_part", "notifier_alert", "notifier_host", "notifier")


def cc(*args):
    done = subprocess.run(["cc", "-std=gnu17", "-fPIC", *args], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout


def grown(header):
    """The header as a next minor version would be."""
    minor = int(re.search(r"ABI_MINOR\t(\d+)", header)[1])
    header = re.sub(r"ABI_MINOR\t\d+", f"ABI_MINOR\t{minor + 1}", header)
    for name in GROWN:
        header, n = re.subn(rf"(?ms)^(struct {name} {{\n.*?)^}};", r"\1\tvoid *grown[4];\n};", header)
        assert n == 1, name
    return header


class Abi(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "include/newsalertd").mkdir(parents=True)
        self.next = self.folder / "include/newsalertd/notifier.h"
        self.next.write_text(grown(NOW.read_text()))

    def plugin(self, header):
        out = self.folder / "every_field.so"
        cc("-shared", f'-DHEADER="{header}"', "-o", out, ROOT / "tests/fixture/plugins/every_field.c")
        return out

    def run_with(self, plugin, extra="", once=False):
        """Returns status, log and what the plugin wrote."""
        out = self.folder / "out"
        options = f'path = "{out}"; words = [ "one", "two" ];'
        with Site({"/feed.xml": rss(item("1", FALL, "The text."))}) as site, \
                Daemon(feed(site), notifiers=f'{{ name = "out"; plugin = "{plugin}"; options : {{ {options} }}; }}',
                       extra=extra) as d:
            if once:
                return *d.run("--once"), out.exists()
            d.start()
            d.wait_line("the first is refused; tried again")
            d.ask("retry", all=True)
            d.wait_line("alert delivered")
            status = d.stop()
        return status, "\n".join(d.lines), out.read_text()

    def check(self, status, log, text):
        self.assertEqual(status, 0, log)
        self.assertIn("opened by out", log)
        self.assertIn("the first is refused", log)
        first, again = text.index("\ndelivery_id="), text.rindex("\ndelivery_id=")
        begin, one, two = text[:first], text[first:again], text[again:]
        self.assertEqual(begin, "name=out\ncount=7\nwait=2000\nwords=2 two")
        self.assertTrue(two.endswith("in_time=1\nclosed\n"), two)
        self.assertEqual(one.replace("attempt=1", "attempt=2").replace('"attempt":1', '"attempt":2'),
                         two.removesuffix("\nclosed\n"))
        fields = dict(x.split("=", 1) for x in two.splitlines() if "=" in x)
        told = json.loads(fields["json"])
        self.assertEqual(told["delivery_id"], fields["delivery_id"])
        self.assertEqual(fields["message_id"], fields["delivery_id"])
        for name, value in {"test": "0", "recipient": "", "rule": "chips", "priority": "normal", "feed": "wire",
                            "feed_title": "Test Wire", "title": FALL, "link": "https://wire.example/1",
                            "text": "The text.", "sentence": FALL, "sentence_field": "title",
                            "sentence_at": f"0-{len(FALL)}", "evidence": told["evidence"]["line"],
                            "may_connect": "0 -1"}.items():
            self.assertEqual(fields[name], value, name)
        parts = [x[5:] for x in two.splitlines() if x.startswith("part=")]
        self.assertEqual(len(parts), len(told["evidence"]["parts"]))
        self.assertIn("title 0-6 semiconductor", parts[0])

    def test_a_plugin_of_1_0_here(self):
        self.check(*self.run_with(self.plugin(V1_0)))

    def test_a_plugin_of_1_0_in_a_newsalertd_of_the_next_minor_version(self):
        libexec = self.folder / "libexec"
        libexec.mkdir()
        for name in ("fetch", "parse"):
            (libexec / f"newsalertd-{name}").symlink_to(BUILD / f"newsalertd-{name}")
        cc("-D_GNU_SOURCE", "-I", self.folder / "include", "-I", ROOT / "src", "-I", ROOT / "include", "-I", BUILD,
           *(["-fsanitize=address,undefined"] if SANITIZED else []),
           "-o", libexec / "newsalertd-notify", *sorted((ROOT / "src/notify").glob("*.c")),
           *(BUILD / f"lib/{x}.a" for x in ("delivery", "article", "base")), "-ljansson", "-lnettle", "-ldl")
        self.check(*self.run_with(self.plugin(V1_0), f'libexec_dir = "{libexec}";'))

    def test_a_plugin_of_the_next_minor_version_is_refused_with_a_sentence(self):
        status, log, opened = self.run_with(self.plugin(self.next), once=True)
        self.assertEqual((status, opened), (75, False), log)      # its alert waits
        self.assertRegex(log, r"built for plugin ABI 1\.\d+, which is newer than this newsalertd's 1\.\d+")

    def test_the_frozen_header_is_still_what_1_0_was(self):
        """Whoever changes the ABI raises the minor version."""
        if "ABI_MINOR\t0" in NOW.read_text():
            def code(text):
                return re.sub(r"\s+", " ", re.sub(r"(?s)/\*.*?\*/", "", text))
            self.assertEqual(code(NOW.read_text()), code(V1_0.read_text()))


if __name__ == "__main__":
    unittest.main()
