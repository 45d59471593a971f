"""newsalertctl import and export: subscription lists in and out."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

from lab import BUILD, FALL, SHARED, Daemon, Site, item, rss

LIST = """<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Asia">
<outline type="rss" text="The Straits &quot;Times&quot; \\ x" xmlUrl="https://a.example/feed"/></outline></outline>
<outline text="Café Süd" xmlUrl="https://b.example/?a=1&amp;b=2"/>
<outline text="Café Süd" xmlUrl="https://c.example/rss"/>
<outline text="新聞" xmlUrl="https://www.d.example/rss"/>
<outline text="old" xmlUrl="http://known.example/feed"/>
</body></opml>"""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="newsalert-import-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.config = self.folder / "newsalertd.conf"
        self.config.write_text('contact = "x@y.example"; feeds = ( { name = "known"; '
                               'url = "https://known.example/feed"; } );\n')

    def run_ctl(self, *args, stdin="", status=0):
        done = subprocess.run([BUILD / "newsalertctl", "-c", self.config, *args], input=stdin, text=True,
                              capture_output=True, timeout=120, env=os.environ)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def file(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def exported(self):
        return json.loads(self.run_ctl("export", "--json").stdout)["feeds"]


class Import(Case):
    def test_a_list_becomes_a_file_to_edit(self):
        done = self.run_ctl("import", self.file("My list.opml", LIST))
        made = self.folder / "feeds.d" / "my-list.conf"
        self.assertIn(f"4 feeds added in {made}; 1 known already.", done.stdout)
        self.assertIn("newsalertctl reload", done.stdout)
        self.assertEqual(made.stat().st_mode & 0o777, 0o644)
        feeds = {f["name"]: f for f in self.exported()}
        self.assertEqual(list(feeds), ["known", "the-straits-times-x", "cafe-sud", "cafe-sud-2", "d.example"])
        self.assertEqual(feeds["cafe-sud"]["url"], "https://b.example/?a=1&b=2")
        self.assertEqual(feeds["the-straits-times-x"]["tags"], ["News", "Asia"])
        self.assertIn('# The Straits "Times" \\ x\n', made.read_text())

    def test_a_second_time_adds_nothing_and_says_so(self):
        path = self.file("a.opml", LIST)
        self.run_ctl("import", path)
        self.assertIn("No feed is new; 5 known already", self.run_ctl("import", path).stdout)
        self.assertEqual(len(list((self.folder / "feeds.d").iterdir())), 1)
        self.file("a.opml", LIST.replace("a.example", "z.example"))
        made = json.loads(self.run_ctl("import", "--json", path).stdout)
        self.assertEqual([f["name"] for f in made["added"]], ["the-straits-times-x-2"])
        self.assertTrue(made["file"].endswith("/feeds.d/a-2.conf"))

    def test_options(self):
        out = self.run_ctl("import", "-n", "--tag", "chips", "-", stdin=LIST).stdout
        self.assertIn('tags = [ "chips", "News", "Asia" ]', out)
        self.assertFalse((self.folder / "feeds.d").exists())
        self.run_ctl("import", "--name", "mine", "-", stdin=LIST)
        self.assertTrue((self.folder / "feeds.d/mine.conf").exists())
        self.run_ctl("import", "--name", "../x", "-", stdin=LIST, status=2)

    def test_what_is_no_list_is_1(self):
        self.assertIn("no subscriptions", self.run_ctl("import", "-", stdin="<html/>", status=1).stderr)
        self.assertIn("no-such", self.run_ctl("import", "no-such", status=1).stderr)

    def test_a_broken_configuration_is_told_and_nothing_written(self):
        self.config.write_text("feeds = (\n")
        done = self.run_ctl("import", "-", stdin=LIST, status=1)
        self.assertIn("mend them first", done.stderr)
        self.assertFalse((self.folder / "feeds.d").exists())

    def test_an_imported_feed_is_polled_after_a_reload(self):
        with Site({"/f": rss(item("1", FALL))}) as site, Daemon() as d:
            d.start()
            d.wait_line("newsalertd .* with 0 feeds")
            d.wait(lambda: (d.folder / "control.sock").exists(), "the control socket")
            path = self.file("l.opml", f'<opml><body><outline text="Chips" xmlUrl="{site.url}/f"/></body></opml>')
            d.ctl("import", path)
            self.assertIn("+1 feed", d.ctl("reload").stdout)
            site.wait_requests(1, "/f")

    @unittest.skipUnless((SHARED / "opml").exists(), "no ../shared")
    def test_real_lists_are_valid_configurations_and_come_back(self):
        few = 5 if "SANITIZE" in os.environ else None
        for path in sorted((SHARED / "opml").glob("*.opml"))[:few]:
            self.run_ctl("import", "--json", path)
        feeds = self.exported()
        total = len(feeds)
        self.assertGreater(total, 100)
        self.assertEqual(len({f["name"] for f in feeds}), total)
        text = self.run_ctl("export").stdout
        shutil.rmtree(self.folder / "feeds.d")
        self.run_ctl("import", "-", stdin=text)
        again = {f["url"]: set(f["tags"]) for f in self.exported()}
        lost = [f["url"] for f in feeds if again.get(f["url"]) != set(f["tags"])]
        self.assertEqual((lost, len(again)), ([], total))
        print(f"# REPORT import: {total} feeds of real lists, out and in again")


class Export(Case):
    def test_other_readers_can_read_it_and_no_secret_is_in_it(self):
        self.config.write_text("""contact = "x@y.example"; feeds = (
            { name = "a"; url = "https://me:secret@a.example/x?a=1&b=<2>"; tags = [ "one", "two" ]; },
            { name = "b"; url = "https://b.example/"; } );""")
        out = self.run_ctl("export").stdout
        body = xml.fromstring(out).find("body")
        self.assertNotIn("secret", out)
        self.assertEqual([o.get("text") for o in body], ["one", "two", "b"])
        self.assertEqual(body[0][0].get("xmlUrl"), "https://a.example/x?a=1&b=<2>")


if __name__ == "__main__":
    unittest.main()
