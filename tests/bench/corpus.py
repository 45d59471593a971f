#!/usr/bin/env python3
"""Make the input of the rule benchmarks, the same every time: short articles
(title TAB body, plain words so that any engine cuts them alike; news.tsv has
the same as they were written, stories.tsv those that are more than a title) and
rule sets with the words Zipf-distributed as
in the articles, most of them rare.

Also the literals and companies of a vocabulary, for event rules, companies that
are much written about first, and a whole configuration of 100,000 rules.

usage: corpus.py OUT CORPORA VOCABULARY
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
STORIES = 4_000
NOT_PLAIN = re.compile(r"[^A-Za-z0-9., ]+")
DIGITS = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)")
INNER_STOP = re.compile(r"(?<=\w)[.,](?=\w)|(?<!\w)[.,]")


def plain(text):
    text = INNER_STOP.sub(" ", NOT_PLAIN.sub(" ", text))
    return " ".join(DIGITS.sub(" ", text).split())


def line(text):
    return " ".join(text.split())


def from_corpora(folder):
    ag = folder / "ag_news_subset_2004.csv.gz"
    if ag.exists():
        with gzip.open(ag, "rt", errors="replace") as f:
            for row in csv.DictReader(f):
                yield row["title"], row["description"]
    for path in sorted(folder.glob("*headlines_20*.jsonl.gz")):
        with gzip.open(path, "rt", errors="replace") as f:
            for text in f:
                row = json.loads(text)
                yield row.get("title", ""), row.get("summary", "")


def invented(rng):
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = sorted({"".join(rng.choice(letters[:6 + i % 20])
                            for _ in range(3 + i % 8)) for i in range(60_000)})
    rng.shuffle(words)
    weights = [1 / (i + 3) for i in range(len(words))]
    while True:
        text = rng.choices(words, weights, k=42)
        title, body = " ".join(text[:10]), " ".join(text[10:]).capitalize() + "."
        yield title, body, title, body


def articles(folder, rng):
    found = [(plain(t), plain(b), line(t), line(b)) for t, b in from_corpora(folder)]
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


REFERENCES = re.compile(
    r"\b(id|kind|frame|direction|mood|need_in|of|is|agent|place|same|since|until"
    r"|amounts|frames)\s*=\s*(\[[^]]*\]|\"[^\"]*\")")


def written_about(companies, known):
    """In an order by chance, but those often met mostly first."""
    met = collections.Counter(w for a in known for w in set(a[2].split() + a[3].split()))
    rng = random.Random(20260402)
    return sorted(companies, key=lambda name: -(rng.random() ** (1 / (met[name] + 0.01))))


def vocabulary(folder, out, known):
    """Its companies and all it looks for in a text."""
    literals, companies = set(), []
    for path in sorted(folder.glob("*.conf")):
        text = "\n".join(part.split("//")[0]
                         for part in path.read_text().splitlines())
        companies += re.findall(r'kind = "company";\s*names = \[ "([A-Z]\w+)"',
                                text)
        for word in re.findall(r'"([^"]+)"', REFERENCES.sub("", text)):
            word = word.lstrip("=$~").lower()
            if len(word) > 1:
                literals.add(word)
    companies = written_about(companies, known)
    (out / "literals.txt").write_text("\n".join(sorted(literals)) + "\n")
    (out / "companies.txt").write_text("\n".join(companies) + "\n")
    return companies


def configuration(out, folder, companies, words):
    """One rule in ten is an event phrase."""
    conf = out / "conf"
    (conf / "rules.d").mkdir(parents=True, exist_ok=True)
    link = conf / "vocabulary.d"
    if not link.exists():
        link.symlink_to(folder.resolve())
    (conf / "newsalertd.conf").write_text('contact = "bench@example.org";\n')
    with io.open(conf / "rules.d" / "bench.conf", "w") as f:
        f.write("rules = (\n")
        for i, rule in enumerate(words):
            when = " AND ".join(f"'{w}'" for w in rule)
            if i % 10 == 0 and companies:
                who = companies[i // 10 % len(companies)]
                when = f"{who} stock down more than {i // 10 % 20 + 1}%"
            f.write(f'  {{ name = "r{i}"; when = "{when}"; }}'
                    f'{"," if i + 1 < len(words) else ""}\n')
        f.write(");\n")


def main():
    out, corpora, folder = (pathlib.Path(a) for a in sys.argv[1:4])
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20260401)
    found = articles(corpora, rng)
    # Rules are written by people who have seen other articles of the kind.
    half = len(found) // 2
    with io.open(out / "articles.tsv", "w") as f:
        for title, body, *_ in found[:min(half, ARTICLES)]:
            f.write(f"{title}\t{body}\n")
    with io.open(out / "news.tsv", "w") as f:
        for *_, title, body in found[:min(half, ARTICLES)]:
            f.write(f"{title}\t{body}\n")
    stories = [a for a in found[:half] if len(a[3]) > 40]
    with io.open(out / "stories.tsv", "w") as f:
        for *_, title, body in stories[:STORIES]:
            f.write(f"{title}\t{body}\n")
    made = list(rules(found[half:], RULES, rng))
    (out / "rules.txt").write_text("\n".join(map(" ".join, made)) + "\n")
    configuration(out, folder, vocabulary(folder, out, found[half:]), made)


if __name__ == "__main__":
    main()
