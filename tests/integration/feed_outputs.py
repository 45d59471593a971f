"""What newsalertd-parse makes of documents, in the form tests compare."""
import json
import os
import pathlib
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("BUILD", "build")
SHARED = (ROOT / ".." / "shared").resolve()
PARSE = BUILD / "newsalertd-parse"


def read(path, content_type=None, base=None):
    """-> (exit status, object or None, stderr)"""
    command = [str(PARSE), "--json"]
    if content_type:
        command += ["--content-type", content_type]
    if base:
        command += ["--base", base]
    with open(path, "rb") as document:
        done = subprocess.run(command, stdin=document, capture_output=True,
                              timeout=60, check=False)
    try:
        made = json.loads(done.stdout) if done.stdout else None
    except ValueError:
        return 99, None, "no JSON"
    return done.returncode, made, done.stderr.decode(errors="replace")


def base_of(case):
    """As newsalertd-fetch finds it: Content-Location, else the URL."""
    url = case.get("base_url")
    location = case.get("headers", {}).get("Content-Location")
    if url and location:
        said = urllib.parse.urljoin(url, location)
        return said if said.startswith(("http://", "https://")) else url
    return url


def output(case, folder):
    """One line as feedsuite's judge wants it."""
    status, made, _ = read(folder / case["path"], case.get("content_type"),
                           base_of(case))
    out = {"path": case["path"]}
    if status == 0 and made is not None:
        out.update(feed_title=made["title"], feed_link=made["link"],
                   items=made["items"])
    return out


def load(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def judge(expect, folder):
    """-> (passed, cases, {path: failed fields}); contested fields are out."""
    sys.path.insert(0, str(SHARED / "feedsuite" / "tools"))
    import judge as tool  # the suite's own
    passed, cases, failed = 0, 0, {}
    for case in expect:
        results = [(field, ok) for field, ok
                   in tool.judge(case, output(case, folder))
                   if field not in case.get("contested", ())]
        if not results:
            continue
        cases += 1
        wrong = [field for field, ok in results if not ok]
        if wrong:
            failed[case["path"]] = wrong
        else:
            passed += 1
    return passed, cases, failed
