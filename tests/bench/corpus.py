#!/usr/bin/env python3
"""Make the input of the rule benchmarks, the same every time: short articles
(title TAB body, plain words so that any engine cuts them alike) and rule sets
with the words Zipf-distributed as in the articles, most of them rare.

usage: corpus.py OUT CORPORA
Reads CORPORA/*headlines*.gz and ag_news where they are; else invents text with
the same statistics."""
import collections
import csv
import gzip
import io
import itertools
import json
import pathlib
import random
import re
import sys

RULES = 100_000
ARTICLES = 20_000
NOT_PLAIN = re.compile(r"[^A-Za-z0-9., ]+")
DIGITS = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)")
INNER_STOP = re.compile(r"(?<=\w)[.,](?=\w)|(?<!\w)[.,]")


def plain(text):
    text = INNER_STOP.sub(" ", NOT_PLAIN.sub(" ", text))
    return " ".join(DIGITS.sub(" ", text).split())


def from_corpora(folder):
    ag = folder / "ag_news_subset_2004.csv.gz"
    if ag.exists():
        with gzip.open(ag, "rt", errors="replace") as f:
            for row in csv.DictReader(f):
                yield row["title"], row["description"]
    for path in sorted(folder.glob("*headlines_20*.jsonl.gz")):
        with gzip.open(path, "rt", errors="replace") as f:
            for line in f:
                row = json.loads(line)
                yield row.get("title", ""), row.get("summary", "")


def invented(rng):
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = sorted({"".join(rng.choice(letters[:6 + i % 20])
                            for _ in range(3 + i % 8)) for i in range(60_000)})
    rng.shuffle(words)
    weights = [1 / (i + 3) for i in range(len(words))]
    while True:
        text = rng.choices(words, weights, k=42)
        yield " ".join(text[:10]), " ".join(text[10:]).capitalize() + "."


def articles(folder, rng):
    found = [(plain(t), plain(b)) for t, b in from_corpora(folder)]
    found = [a for a in found if len(a[0]) > 15]
    if len(found) < ARTICLES:
        source = invented(rng)
        found += [next(source) for _ in range(ARTICLES - len(found))]
    rng.shuffle(found)
    return found


def words_of(article):
    text = (article[0] + " " + article[1]).lower()
    return {w for w in text.replace(".", " ").replace(",", " ").split()
            if len(w) > 2 and w.isalpha()}


def rules(known, n, rng):
    """A third one rare word, the rest two or three words that do meet in some
    article, or (half of them) anywhere: as people write alerts."""
    words = [words_of(a) for a in known]
    counts = collections.Counter(w for ws in words for w in ws)
    rare = sorted(w for w, c in counts.items() if c <= len(known) / 5_000)
    every = sorted(counts)
    weights = list(itertools.accumulate(counts[w] ** 0.5 for w in every))
    while n > 0:
        kind = rng.random()
        if kind < 0.33:
            rule = [rng.choice(rare)]
        elif kind < 0.66:
            some = sorted(rng.choice(words), key=lambda w: (counts[w], w))[:8]
            rule = rng.sample(some, min(len(some), rng.choice((2, 3))))
        else:
            rule = rng.choices(every, cum_weights=weights,
                               k=rng.choice((2, 3)))
        if rule:
            yield sorted(set(rule))
            n -= 1


def main():
    out, corpora = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20260401)
    found = articles(corpora, rng)
    # Rules are written by people who have seen other articles of the kind.
    half = len(found) // 2
    with io.open(out / "articles.tsv", "w") as f:
        for title, body in found[:min(half, ARTICLES)]:
            f.write(f"{title}\t{body}\n")
    with io.open(out / "rules.txt", "w") as f:
        for words in rules(found[half:], RULES, rng):
            f.write(" ".join(words) + "\n")


if __name__ == "__main__":
    main()
