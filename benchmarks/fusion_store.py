"""Adding one article to a graph that is kept on disk, whatever its size: time and memory.

    python benchmarks/fusion_store.py [RECORDS …]

Fills a store with the synthetic stream of `fusion.py`, batch by batch, as an ingest does, then adds
articles one at a time: look-ups, fusion of the neighbourhood and the transaction are all in the time.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.fusion import stream
from kg.facts import Graph, change
from kg.model import Article, Witness
from kg.store import Store, open_store
from kg.triples import article_graph

BATCH = 50
SINGLE = 100


def graph(witness: Witness) -> Graph:
    """The witness with its quads; the text is a stand-in."""
    article = Article(witness.article, "Talks.", witness.sha256, witness.source)
    return Graph(witness, article_graph(witness, article))


def fill(store: Store, witnesses: list[Witness]) -> float:
    """Add them in batches; processor seconds."""
    began = time.process_time()
    rest = iter(witnesses)
    while batch := list(islice(rest, BATCH)):
        store.apply(change(store, [graph(w) for w in batch]))
    return time.process_time() - began


def one_more(store: Store, witnesses: list[Witness]) -> list[float]:
    """Processor milliseconds of each article that is added alone."""
    times = []
    for witness in witnesses:
        began = time.process_time()
        store.apply(change(store, [graph(witness)]))
        times.append((time.process_time() - began) * 1000)
    return times


def main() -> None:
    """A row for each size."""
    print("| records | filling, ms a record | peak MB | one more: median ms | mean ms |")
    print("| --- | --- | --- | --- | --- |")
    for records in [int(word) for word in sys.argv[1:]] or [1_000, 10_000]:
        witnesses, _ = stream(records + SINGLE)
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s", write=True) as store:
            seconds = fill(store, witnesses[:records])
            times = one_more(store, witnesses[records:])
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {records:,} | {seconds / records * 1000:.1f} | {peak:.0f} | "
            f"{statistics.median(times):.1f} | {statistics.mean(times):.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
