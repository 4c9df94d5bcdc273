"""What linking costs: time a link, time to open the gazetteer, memory that it adds.

A million mentions are drawn from the gazetteer's own names (full names, surnames, offices) with
days, so that most are asked for the first time: the cache of repeated names helps less than in news.

    python benchmarks/linking.py [--mentions 1000000]
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from kg.gazetteer import Gazetteer
from kg.gazetteer.compile import TABLES, read_table
from kg.resolve.people import Mention, holder, identify
from kg.resolve.score import Context

__all__ = ["main"]

FIRST = date(1950, 1, 1)


def mentions(
    count: int, labels: dict[str, str], offices: list[dict[str, str]]
) -> list[tuple[str, str, str, date]]:
    """(name, title, party, day): persons drawn by chance, day within the term."""
    draw = random.Random(20230619)  # noqa: S311 (a benchmark's choice, repeatable)
    out = []
    for _ in range(count):
        row = draw.choice(offices)
        label = labels[row["slug"]]
        name = draw.choice((label, label.split()[-1], ""))
        start = date.fromisoformat((row["start"] or row["end"] or "1990")[:4] + "-07-01")
        out.append((name, row["title"], row["country"], start + timedelta(days=draw.randrange(400))))
    return out


def link(gazetteer: Gazetteer, name: str, title: str, party: str, day: date) -> bool:
    """One link, as the linker makes it."""
    if not name:
        return holder(party, title, day, gazetteer) is not None
    state = len(party) == 2
    return identify(Mention((name,), Context(party, state, title, False, day)), gazetteer) is not None


def rss() -> float:
    """Resident memory of this process in MB."""
    with open("/proc/self/statm", encoding="ascii") as handle:  # noqa: PTH123 (not a file on disk)
        return int(handle.read().split()[1]) * resource.getpagesize() / 1e6


def opening() -> float:
    """Milliseconds to open and to answer a first look-up, the best of five fresh processes."""
    code = (
        "import time; from kg.gazetteer import Gazetteer; t = time.perf_counter(); g = Gazetteer.open(); "
        "g.persons('Wang Yi'); print((time.perf_counter() - t) * 1e3)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    return min(float(r.stdout) for r in runs)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mentions", type=int, default=1_000_000)
    count = options.parse_args().mentions
    labels = {r["slug"]: r["label"] for r in read_table(TABLES / "persons.tsv")}
    offices = list(read_table(TABLES / "offices.tsv"))
    drawn = mentions(count, labels, offices)
    before = rss()
    gazetteer = Gazetteer.open()
    start, worked = time.perf_counter(), time.process_time()
    linked = sum(link(gazetteer, *m) for m in drawn)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"{count:,} mentions, {linked:,} linked")
    print(f"a link: {worked / count * 1e3:.4f} ms of work, {seconds / count * 1e3:.4f} ms by the clock")
    print(f"memory added: {rss() - before:.1f} MB ({len(offices):,} rows of the tables kept aside)")
    print(f"open and first look-up: {opening():.1f} ms")


if __name__ == "__main__":
    main()
