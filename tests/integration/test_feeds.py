#!/usr/bin/python3
"""newsalertd-parse against the suites of other projects, where they are, and
against the hostile documents."""
import html
import json
import re
import subprocess
import sys
import unittest

import feed_outputs
from feed_outputs import PARSE, ROOT, SHARED

SUITE = SHARED / "feedsuite"
REAL = SHARED / "realfeeds"
# A build with sanitizers needs more of both.
CHECKED = PARSE.exists() and b"__asan_init" in PARSE.read_bytes()
SECONDS_MAX = 20.0 if CHECKED else 1.0  # CPU
HOSTILE = next((p for p in (ROOT / "tests" / "data" / "hostile",
                            SHARED / "hostile") if p.is_dir()), None)
SUITE_FLOOR = 0.98
REAL_FLOOR = 0.99
MEMORY_MAX = 64 << 10  # KiB
# Cases of newsalertd-fetch: HTTP itself, or a compressed body.
NOT_A_DOCUMENT = re.compile(r"\.gz$|^deflate_|^redirect_|^slowloris|^content_")


@unittest.skipUnless((SUITE / "expect.jsonl").exists(), "no ../shared")
class Suites(unittest.TestCase):
    def test_expectations_of_other_projects(self):
        passed, cases, failed = feed_outputs.judge(
            feed_outputs.load(SUITE / "expect.jsonl"), SUITE)
        for path, fields in failed.items():
            print("#", path, ", ".join(fields))
        print(f"# REPORT feedsuite: {passed} of {cases} cases")
        self.assertGreaterEqual(passed / cases, SUITE_FLOOR)

    def test_agreement_on_real_feeds(self):
        sys.path.insert(0, str(SUITE / "tools"))
        import judge
        fields = ("title", "link", "id", "published", "updated")
        agreed = items = 0
        for case in feed_outputs.load(REAL / "ref.jsonl"):
            results = judge.judge(case, feed_outputs.output(case, REAL))
            per_item = {}
            for name, right in results:
                if name.startswith("items["):
                    item, field = name.rsplit(".", 1)
                    if field in fields:
                        per_item.setdefault(item, []).append(right)
            items += len(per_item)
            agreed += sum(all(right) for right in per_item.values())
        print(f"# REPORT realfeeds: {agreed} of {items} items agree")
        self.assertGreaterEqual(agreed / items, REAL_FLOOR)


@unittest.skipUnless((SUITE / "dates.jsonl").exists(), "no ../shared")
class Dates(unittest.TestCase):
    # A two-digit year is read as RFC 5322, section 4.3, says: 99 is 1999, and
    # 28 May 1999 was the Friday that this date claims to be.
    OTHERWISE = {"Fri, 28 May 99 21:03:38 +0000": 927925418}

    def test_every_form_of_other_projects(self):
        cases = feed_outputs.load(SUITE / "dates.jsonl")
        feed = "".join(f"<item><guid>{number}</guid><pubDate>"
                       f"{html.escape(case['input'])}</pubDate></item>"
                       for number, case in enumerate(cases))
        done = subprocess.run(
            [str(PARSE), "--json"], capture_output=True, check=True,
            input=f"<rss><channel>{feed}</channel></rss>".encode())
        items = json.loads(done.stdout)["items"]
        for case, item in zip(cases, items, strict=True):
            with self.subTest(case["input"]):
                got = item["published"]
                if case.get("must_parse"):
                    self.assertIsNotNone(got)
                else:
                    self.assertEqual(got, self.OTHERWISE.get(
                        case["input"], case["epoch"]))


@unittest.skipUnless((SUITE / "opml_expect.jsonl").exists(), "no ../shared")
class Subscriptions(unittest.TestCase):
    def read(self, path):
        with open(path, "rb") as document:
            done = subprocess.run([str(PARSE), "--opml"], stdin=document,
                                  capture_output=True, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    def test_expectations_of_another_project(self):
        for case in feed_outputs.load(SUITE / "opml_expect.jsonl"):
            if case["format"] != "opml":
                continue
            with self.subTest(case["path"]):
                made = self.read(SUITE / case["path"])
                if "feed_count" in case:
                    self.assertEqual(len(made["feeds"]), case["feed_count"])
                if "list_title" in case:
                    self.assertEqual(made["title"], case["list_title"])
                for feed in case.get("feeds", ()):
                    got = made["feeds"][feed["index"]]
                    for key in {"title", "url"} & set(feed):
                        self.assertEqual(got[key], feed[key])

    def test_no_feed_of_a_real_list_is_lost(self):
        for path in sorted((SHARED / "opml").rglob("*.opml")):
            text = re.sub(r"<!--.*?-->", "", path.read_text(errors="replace"),
                          flags=re.S)
            wanted = {html.unescape(url.strip()) for tag, url in re.findall(
                r"(<outline[^<]*?xmlUrl\s*=\s*[\"']([^\"']*))", text, re.I)
                if not re.search("type=.(source|include)", tag)}
            with self.subTest(path.name):
                have = {feed["url"] for feed in self.read(path)["feeds"]}
                self.assertEqual(
                    {u for u in wanted if re.match("https?://", u)} - have,
                    set())


def cost(document):
    """Run the filter on bytes -> (status, output, CPU seconds, KiB)"""
    code = ("import resource as r, subprocess as s, sys; p = s.run("
            "sys.argv[1:], stderr=s.DEVNULL); u = r.getrusage("
            "r.RUSAGE_CHILDREN); sys.stderr.write(f'{u.ru_utime + u.ru_stime} "
            "{u.ru_maxrss}'); sys.exit(p.returncode if p.returncode >= 0 else "
            "128)")
    done = subprocess.run([sys.executable, "-c", code, str(PARSE), "--json"],
                          input=document, capture_output=True, timeout=120,
                          check=False)
    seconds, memory = done.stderr.split()
    return done.returncode, done.stdout, float(seconds), int(memory)


@unittest.skipUnless(HOSTILE, "no hostile documents")
class Hostile(unittest.TestCase):
    # name -> titles of the items that have to be there
    KEPT = {
        "billion_laughs.xml": ["ok before"],
        "xxe_dtd.xml": ["ok before"],
        "deep_nesting.xml": ["t"],
        "many_attributes.xml": ["t"],
        "attr_hash_collision_like.xml": ["t"],
        "truncated.xml": ["ok before", "ok before"],
        "truncated_cdata.xml": ["ok before"],
        "truncated_comment.xml": ["ok before"],
        "garbage_after.xml": ["ok before"],
        "nul_prefix.xml": ["ok before"],
        "odd_utf16.xml": ["ok before"],
        "wrong_encoding_decl.xml": ["café"],
        "unknown_encoding.xml": ["abc"],
        "utf7_trick.xml": ["+ADw-script+AD4-"],
        "script_html.xml": ["Title"],
    }
    NO_FEED = ("html_error_page.html", "empty.xml", "only_bom.xml")

    def test_no_document_takes_long_or_much_or_kills(self):
        for path in sorted(HOSTILE.iterdir()):
            if (NOT_A_DOCUMENT.search(path.name)
                    or path.suffix in (".tsv", ".py")):
                continue
            with self.subTest(path.name):
                status, out, seconds, memory = cost(path.read_bytes())
                self.assertIn(status, (0, 1))
                self.assertEqual(status, 1 if path.name in self.NO_FEED else 0)
                self.assertLess(seconds, SECONDS_MAX)
                if not CHECKED:
                    self.assertLess(memory, MEMORY_MAX)
                if status == 0:
                    self.check_texts(json.loads(out))

    def check_texts(self, made):
        for item in made["items"]:
            for key in ("title", "summary", "content", "id", "author", "link"):
                self.assertNotRegex(item[key], "[\x00-\x09\x0b-\x1f\x7f]")
                self.assertNotIn("root:", item[key])
            if item["link"]:
                self.assertNotRegex(item["link"], "^(?i:javascript|data|file):")
            self.assertNotIn("\n", item["title"])

    def test_what_is_whole_is_kept(self):
        for name, titles in self.KEPT.items():
            with self.subTest(name):
                items = feed_outputs.read(HOSTILE / name)[1]["items"]
                self.assertEqual([i["title"] for i in items][:len(titles)],
                                 titles)

    def test_particular_answers(self):
        def read(name):
            return feed_outputs.read(HOSTILE / name)[1]
        self.assertEqual(len(read("bad_dates.xml")["items"]), 9)
        self.assertEqual(len(read("future_dates.xml")["items"]), 2)
        self.assertEqual(len(read("duplicate_guids.xml")["items"]), 1000)
        many = read("many_items.xml")
        self.assertEqual((len(many["items"]), many["dropped"]), (10000, 10000))
        self.assertEqual(read("deep_html_in_cdata.xml")["items"][0]["summary"],
                         "deep")
        self.assertEqual(read("script_html.xml")["items"][0]["summary"],
                         "safe")
        self.assertEqual(read("nul_bytes.xml")["items"][0]["link"],
                         "http://e/1")
        self.assertTrue(read("huge_numeric_ref.xml")["items"][0]["title"]
                        .endswith("ok"))
        self.assertEqual(read("truncated.xml")["damaged"], "it is cut short")
        self.assertEqual(read("many_namespaces.xml")["title"], "t")


class Shapes(unittest.TestCase):
    """Two megabytes of the same few bytes: time grows with the length only."""
    SIZE = 2 << 20
    START = "<rss><channel><item><title>t</title><description>"
    PIECES = (
        "<", "&", "&a", "&#", "&lt;p", "<a ", "<zz ", "<a b='", '<a b="x>',
        "<!--", "<!--x>", "<!-- -->", "<![CDATA[", "<![CDATA[<item]]>",
        "<![CDATA[</description><item>", "<!a[", "<!a['", "<?", "<?x>", "</",
        "</x>", "<x>", "<x/>", "<x><y>", "<x a=1 b>", "<title>", "<item>",
        "<entry>", "<entry><![CDATA[", "</item>", "<script>", "]]>", "\r",
        "  ", "\u00a0", "\u00e2\u0080", "<x xmlns:a='b'>", "<b:c>",
        "<item xml:base='x/'><link>y</link>", "{", "[", '{"a":',
    )

    def documents(self):
        for piece in self.PIECES:
            many = piece * (self.SIZE // len(piece))
            yield piece, self.START + many
            yield f"bare {piece}", many
            yield f"escaped {piece}", (
                self.START + many.replace("&", "&amp;").replace("<", "&lt;")
                + "</description></item></channel></rss>")
            yield f"json {piece}", (
                '{"version":"https://jsonfeed.org/version/1","items":[' + many)
        base = "x" * (1 << 20)
        yield "long base", (f"<rss xml:base='http://e/{base}/'><channel>"
                            + "<item><link>y</link></item>" * 10000)
        yield "many attributes", "<rss " + "".join(
            f"a{i}='x' " for i in range(200000)) + "><channel>"

    def test_time_grows_with_the_length_only(self):
        worst = (0.0, "")
        for name, document in self.documents():
            status, _, seconds, memory = cost(document.encode())
            worst = max(worst, (seconds, name))
            with self.subTest(name):
                self.assertIn(status, (0, 1))
                self.assertLess(seconds, SECONDS_MAX)
                if not CHECKED:
                    self.assertLess(memory, MEMORY_MAX)
        print(f"# REPORT slowest shape: {worst[1]} in {worst[0]:.2f} s")


if __name__ == "__main__":
    unittest.main()
