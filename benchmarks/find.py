"""
Measure how fast, and how rightly, people's own words find a service; interleaved with a plain count of shared words.

    python -m benchmarks.find [--rounds 20] [--copies 40]

`--copies` repeats the shipped services under other names, to see a catalogue of hundreds. Needs no database; prints
one JSON object a line.
"""

import argparse
import random
import statistics
import time
from pathlib import Path

import psutil
from ruamel.yaml import YAML

from benchmarks.ground import memory_mb, say, spread
from moothall.catalogue.rules.load import load_all
from moothall.catalogue.rules.search import build, search
from moothall.catalogue.rules.words import words

ROOT = Path(__file__).parents[1]
PHRASINGS = ROOT / "src" / "moothall" / "catalogue" / "tests" / "phrasings.txt"
SEED = 1904


def phrasings() -> list[tuple[str, str]]:
    """Return the half of (service, words) that the search was not tuned on."""
    lines = [line for line in PHRASINGS.read_text().splitlines() if line and not line.startswith("#")]
    pairs = [tuple(part.strip() for part in line.split("|")) for line in lines]
    random.Random(SEED).shuffle(pairs)
    return pairs[len(pairs) // 2 :]


def plain(definitions):
    """Return a search that counts shared words: what a first attempt would be."""
    bags = {d.id: set(words(" ".join([d.title.en, d.summary.en, *d.synonyms.en]))) for d in definitions}

    def count(text: str) -> list[str]:
        asked = set(words(text))
        return sorted(bags, key=lambda service: -len(bags[service] & asked))

    return count


def measure(name: str, definitions, pairs, rounds: int) -> None:
    """Print medians, p95 and the share found first of both searches, taken in turn."""
    index, count = build(definitions), plain(definitions)
    took = {"ours": [], "baseline": []}
    for _ in range(rounds):
        for _, text in pairs:
            for which, ask in (("ours", lambda t: search(index, t)), ("baseline", count)):
                began = time.perf_counter()
                ask(text)
                took[which].append((time.perf_counter() - began) * 1000)
    began = time.process_time()
    for _, text in pairs:
        search(index, text)
    used = 1000 * (time.process_time() - began) / len(pairs)
    ours = sum((search(index, t) or [("", 0)])[0][0] == s for s, t in pairs)
    theirs = sum(count(t)[0] == s for s, t in pairs)
    median = {which: statistics.median(times) for which, times in took.items()}
    say(
        name,
        ratio=round(median["ours"] / median["baseline"], 2),
        cpu_ms=round(used, 3),
        **spread(took["ours"]),
        baseline=spread(took["baseline"]) | {"right_first": theirs / len(pairs)},
        right_first=ours / len(pairs),
        services=len(definitions),
        statements=0,
        memory_mb=memory_mb(psutil.Process()),
    )


def main() -> None:
    """Measure the shipped catalogue, then one of hundreds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--copies", type=int, default=40)
    given = parser.parse_args()
    performers = YAML(typ="safe").load((ROOT / "services" / "performers.yaml").read_text())
    shipped = load_all(ROOT / "services", performers)
    measure("find", shipped, phrasings(), given.rounds)
    many = shipped + [d.model_copy(update={"id": f"{d.id}-{n}"}) for n in range(given.copies) for d in shipped]
    measure("find_many", many, phrasings(), max(1, given.rounds // 10))


if __name__ == "__main__":
    main()
