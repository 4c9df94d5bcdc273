"""How fast the named queries run: through `kg.query`, raw pyoxigraph, and HTTP.

    python benchmarks/query.py [RECORDS]

The graph is made up (see fusion.py): every record is an article that tells of a meeting of its
own. Each figure is the median of seven runs that take turns, in milliseconds, everything in one run.

"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

import benchmarks.fusion as made
from kg.fuse import entities, fuse
from kg.model import Article
from kg.query import run
from kg.store import Store, open_store
from kg.store.copy import MemoryCopy
from kg.triples import article_graph, entity_facts, facts_graph
from kg.vocab.queries import named_queries
from kg.vocab.rdf import Quad

RUNS = 7


def graph(records: int) -> Iterator[Quad]:
    """The quads of a made-up world: claims and facts."""
    made.PER_MEETING = 1
    witnesses, _ = made.stream(records)
    described = entities(each for witness in witnesses for each in witness.entities.values())
    for witness in witnesses:
        article = Article(
            witness.article, "text", witness.sha256, witness.source, published=witness.published
        )
        yield from article_graph(witness, article)
    for event in fuse(witnesses):
        yield from facts_graph(event, described)
    for entity in described.values():
        yield from entity_facts(entity)


def timed(ways: Sequence[Callable[[], object]]) -> list[float]:
    """Median milliseconds of each way; they take turns, so that a noisy moment hits all of them alike.

    Stops early when one run takes more than ten seconds.
    """
    found: list[list[float]] = [[] for _ in ways]
    for _ in range(RUNS):
        for what, times in zip(ways, found, strict=True):
            began = time.perf_counter()
            what()
            times.append((time.perf_counter() - began) * 1000)
        if max(times[-1] for times in found) > 10_000:
            break
    return [statistics.median(times) for times in found]


def texts(db: ox.Store) -> dict[str, str]:
    """Each named query with parameters that exist in the made-up world."""
    people = [row["l"].value for row in db.query(BUSY, use_default_graph_as_union=True)]  # type: ignore[union-attr]
    found = {}
    for name, query in named_queries().items():
        names = iter(people)
        values = {}
        for each in query.parameters:
            values[each.name] = (
                next(names) if each.kind == "name" and "ountry" not in each.help else each.example
            )
        found[name] = query.bind(values)
    return found


BUSY = """PREFIX dm: <https://w3id.org/dipmeet/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?l (COUNT(*) AS ?n) {
  ?m dm:participant ?p . ?p rdfs:label ?l
} GROUP BY ?l ORDER BY DESC(?n) LIMIT 5"""


def ask_raw(db: ox.Store, text: str) -> object:
    """All rows, straight from the engine."""
    return list(db.query(text, use_default_graph_as_union=True))  # type: ignore[arg-type]


def ask_ours(store: Store, text: str) -> object:
    """All rows as texts, through `kg.query`."""
    return list(run(store, text, timeout=120).strings())


def over_http(url: str, text: str) -> bytes:
    """The whole answer of an endpoint."""
    from urllib.parse import urlencode
    from urllib.request import Request, urlopen

    data = urlencode({"query": text, "union-default-graph": "true"}).encode()
    request = Request(url, data, {"Accept": "application/sparql-results+json"})  # noqa: S310 (127.0.0.1)
    with urlopen(request) as answer:  # noqa: S310
        told: bytes = answer.read()
        return told


def main() -> None:
    """Make the graph, load it, and print a table."""
    options = argparse.ArgumentParser()
    options.add_argument("records", type=int, nargs="?", default=40_000)
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp()) / "store"
    began = time.perf_counter()
    quads = list(graph(chosen.records))
    print(f"{len(quads):,} quads made in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    with open_store(folder, write=True) as store:
        store.bulk_add(quads)
    ours = time.perf_counter() - began
    from kg.store.terms import to_ox

    began = time.perf_counter()
    raw_store = ox.Store(str(folder.parent / "raw"))
    raw_store.bulk_extend(to_ox(quad) for quad in quads)
    raw = time.perf_counter() - began
    print(f"loading: {ours:.1f} s, raw bulk_extend {raw:.1f} s: {ours / raw:.2f} times")
    del quads
    began = time.perf_counter()
    copy = MemoryCopy(folder)
    print(f"copied into memory in {time.perf_counter() - began:.1f} s")
    compare(folder, copy)


def compare(folder: Path, copy: MemoryCopy) -> None:
    """One line a query: on disk and in memory, ours and raw; over HTTP, ours and Oxigraph's server."""
    from kg.serve import Settings  # noqa: F401 (the server needs its parts installed)
    from tests.serve.conftest import running
    from tests.store.servers import oxigraph

    disk = open_store(folder)
    raw = ox.Store.read_only(str(disk.snapshot_path))  # type: ignore[attr-defined]
    print(f"{'query':<22}{'disk raw':>10}{'ours':>8}{'mem raw':>10}{'ours':>8}{'oxi http':>10}{'ours':>8}")
    with running(folder, timeout=60, in_memory=100_000_000) as site, oxigraph() as server:
        upload(copy.db, server.graphs or "")
        for name, text in texts(copy.db).items():
            ways: list[Callable[[], object]] = [
                partial(ask_raw, raw, text),
                partial(ask_ours, disk, text),
                partial(ask_raw, copy.db, text),
                partial(ask_ours, copy, text),
                partial(over_http, server.query, text),
                partial(over_http, f"{site}/sparql", text),
            ]
            times = timed(ways)
            widths = (10, 8, 10, 8, 10, 8)
            cells = "".join(f"{each:>{width}.1f}" for each, width in zip(times, widths, strict=True))
            print(f"{name:<22}{cells}", flush=True)


def upload(db: ox.Store, address: str) -> None:
    """Put everything into Oxigraph's server."""
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        db.dump(file.name, ox.RdfFormat.N_QUADS)
        command = [
            "curl",
            "-sf",
            "-X",
            "POST",
            "-H",
            "Content-Type: application/n-quads",
            "-T",
            file.name,
            address,
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
