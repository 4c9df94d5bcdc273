"""How fast fusion is, how much memory it takes and how well it does on a synthetic stream.

    python benchmarks/fusion.py [RECORDS ...] > benchmarks/fusion.md

A record is an article that tells of one meeting. There is a true meeting for every five
records on average; participants follow Zipf's law (the busiest person sits in about one
meeting of ten), meetings spread evenly over ten years, and each article errs on its own: a day off, no day,
the office instead of the name, a group, another length, no place, a plan instead of a
report. Every pair of people meets again and again, at times on the same day.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.fuse import block_keys, fuse, update
from kg.model import Witness
from tests.fuse.scene import pair_score, text_signature, witness

PEOPLE = 1_500
STATES = 60
CITIES = 3
DAYS = 3_650
START = date(2020, 1, 1)
PER_MEETING = 5
OFFICES = ("foreign minister", "president", "defence minister", "trade envoy", "speaker", "security adviser")


def people() -> list[tuple[str, str, str]]:
    """Name, state code, office; names share no family name within a state."""
    found = []
    for n in range(PEOPLE):
        state = n * 7 % STATES
        code = chr(65 + state // 26) + chr(65 + state % 26)
        found.append((f"{word(n * 2 + 1)} {word(n * 2 + 5001)}", code, OFFICES[n // STATES % len(OFFICES)]))
    return found


def word(n: int) -> str:
    """A pronounceable name of its own for each number."""
    syllables = [c + v for c in "bdfgklmnprst" for v in "aeiou"]
    parts = []
    for _ in range(3):
        n, part = divmod(n * 2_654_435_761 % (2**32), len(syllables))
        parts.append(syllables[part])
    return "".join(parts).capitalize() + "nlrst"[n % 5]


class Zipf:
    """Draws ranks: the n-th with a share of 1/n."""

    def __init__(self, size: int) -> None:
        self._sums = list(accumulate(1 / n for n in range(1, size + 1)))

    def draw(self, random: Random) -> int:
        """A rank from 0."""
        return bisect(self._sums, random.random() * self._sums[-1])


def meetings(count: int, random: Random) -> Iterator[dict[str, Any]]:
    """True meetings: two people of two states, a day, a place, a length."""
    cast, zipf = people(), Zipf(PEOPLE)
    for _ in range(count):
        one = cast[zipf.draw(random)]
        other = one
        while other[1] == one[1]:
            other = cast[zipf.draw(random)]
        host = random.choice((one, other))[1]
        yield {
            "seats": (one, other),
            "day": START + timedelta(days=random.randrange(DAYS)),
            "place": f"City{random.randrange(CITIES)}{host}, {host}",
            "long": random.choice((30, 45, 60, 90, 120, 180)),
            "phone": random.random() < 0.15,
        }


def tell(meeting: dict[str, Any], random: Random) -> tuple[dict[str, Any], date]:
    """One article's version of a meeting, and its day of publication."""
    day = meeting["day"]
    planned = random.random() < 0.12
    published = (
        day - timedelta(days=random.randint(1, 12)) if planned else day + timedelta(days=random.randint(0, 2))
    )
    record: dict[str, Any] = {
        "who": [seat(person, random) for person in meeting["seats"]],
        "status": "planned" if planned else "held",
    }
    if random.random() < 0.9:
        told = day + timedelta(days=random.choice((-1, 1))) if random.random() < 0.03 else day
        record["date"] = told.isoformat() + ("?" if random.random() < 0.5 else "")
    if meeting["phone"]:
        record["mode"] = "phone"
    elif random.random() < 0.85:
        record["place"] = meeting["place"] if random.random() < 0.8 else meeting["place"][-2:]
    if random.random() < 0.4:
        record["long"] = meeting["long"] if random.random() < 0.9 else meeting["long"] + 30
    return record, published


def seat(person: tuple[str, str, str], random: Random) -> str:
    """How an article names somebody: now and then by office only, often without it."""
    name, code, office = person
    luck = random.random()
    if luck < 0.05:
        return f"~ @{code} {office}"
    return f"{name} @{code} {office}" if luck < 0.7 else f"{name} @{code}"


def stream(records: int, seed: int = 7) -> tuple[list[Witness], dict[str, str]]:
    """Articles, and the true meeting of each mention."""
    random = Random(seed)  # noqa: S311 (data, not secrets)
    true = list(meetings(max(1, records // PER_MEETING), random))
    found, truth = [], {}
    for n in range(records):
        # every meeting is told once; beyond that some are told often
        which = n if n < len(true) else random.randrange(len(true))
        record, published = tell(true[which], random)
        told = witness(f"s{n}", [record], published, text_signature(f"s{n}", 0, 16))
        found.append(told)
        truth[told.mentions[0].id] = str(which)
    random.shuffle(found)
    return found, truth


# --- measuring ----------------------------------------------------------------------------------


def peak() -> float:
    """MB of this process at its largest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Index:
    """Articles by block key, as a store keeps them."""

    def __init__(self, witnesses: Iterable[Witness]) -> None:
        self.by_key: dict[str, list[Witness]] = {}
        for one in witnesses:
            for key in block_keys(one):
                self.by_key.setdefault(key, []).append(one)
        self.looked_at = 0

    def __call__(self, keys: frozenset[str]) -> Iterable[Witness]:
        """The look-up that `kg.fuse.update` asks for."""
        found = {one.article: one for key in keys for one in self.by_key.get(key, ())}
        self.looked_at += len(found)
        return found.values()


def whole(records: int) -> str:
    """A row of the first table: fusing everything from scratch."""
    witnesses, truth = stream(records)
    gc.collect()
    before = peak()
    start = time.process_time()
    events = fuse(witnesses)
    seconds = time.process_time() - start
    grown = peak() - before
    score = pair_score(truth, {m: event.id for event in events for m in event.mentions})
    return row(
        (
            f"{records:,}",
            f"{len(events):,}",
            f"{seconds:.1f}",
            f"{seconds / records * 1e6:.0f}",
            f"{grown:.0f}",
        ),
        (f"{score.precision:.4f}", f"{score.recall:.4f}", f"{score.f1:.4f}"),
    )


def row(*cells: tuple[str, ...]) -> str:
    """A line of a table in Markdown."""
    return "| " + " | ".join(cell for part in cells for cell in part) + " |"


def one_more(records: int, tries: int = 300) -> str:
    """A row of the second table: adding one article to a graph of `records`."""
    witnesses, _ = stream(records + tries)
    held, fresh = witnesses[:records], witnesses[records:]
    index = Index(held)
    gc.collect()
    times = []
    for one in fresh:
        start = time.process_time()
        update([], [one], index)
        times.append(time.process_time() - start)
    times.sort()
    middle, mean = times[len(times) // 2], sum(times) / len(times)
    worst = times[int(len(times) * 0.99)]
    figures = (f"{seconds * 1e3:.2f}" for seconds in (middle, mean, worst))
    return row((f"{records:,}", *figures, f"{index.looked_at / tries:.1f}"))


def main() -> None:
    """Measure and print."""
    sizes = [int(arg) for arg in sys.argv[1:]] or [5_000, 20_000, 100_000]
    print("# Fusion of a synthetic stream\n")
    print(f"`python benchmarks/fusion.py`, Python {sys.version.split()[0]}, one core.\n")
    print("## From scratch\n")
    print("| records | events | seconds | µs a record | MB more | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for size in sizes:
        print(whole(size), flush=True)
    print("\n## One article more\n")
    print("| graph of | median ms | mean ms | 99 % ms | articles looked at |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    for size in (1_000, sizes[-1]):
        print(one_more(size), flush=True)


if __name__ == "__main__":
    main()
