"""Killed in the middle of a fused ingest, the store opens and its facts fit its claims."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from kg.facts import Graph, change, rebuild
from kg.model import Article, Witness
from kg.store import open_store
from kg.triples import article_graph
from kg.vocab import FACTS_GRAPH, to_iri
from tests.fuse.scene import GROUPS, labelled

MOMENTS = 20
BATCH = 4


def witnesses() -> list[Witness]:
    return [w for path in sorted(GROUPS.glob("*.yaml")) for g in labelled(path) for w in g.witnesses]


def graph(told: Witness) -> Graph:
    text = "\n".join(claim.evidence.text for mention in told.mentions for claim in mention.claims)
    article = Article(id=told.article, text=text, sha256=told.sha256, source=told.source)
    return Graph(told, article_graph(told, article))


def ingest_all(folder: str, graphs: Sequence[Graph], say: int) -> None:
    """What the killed process does: every article, a few a transaction, each batch fused at once."""
    for start in range(0, len(graphs), BATCH):
        with open_store(folder, write=True) as store:
            store.apply(change(store, graphs[start : start + BATCH]))
        os.write(say, b".")


def run_and_kill(folder: str, graphs: Sequence[Graph], batches: int, pause: float) -> None:
    """Ingest in a process of its own, and kill it `pause` seconds after some batches were done."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            ingest_all(folder, graphs, say)
        finally:
            os._exit(0)
    os.close(say)
    while batches and os.read(hear, 1):
        batches -= 1
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(hear)


def serve() -> None:
    """Kill on demand. This process never opens a store itself: a database does not survive a fork."""
    graphs = [graph(one) for one in witnesses()]
    for line in sys.stdin:
        batches, pause, folder = line.rstrip("\n").split(" ", 2)
        run_and_kill(folder, graphs, int(batches), float(pause))
        print("killed", flush=True)


@pytest.fixture
def killer() -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", "from tests.fuse.test_kill import serve; serve()"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.kill()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork and no kill -9 on this system")
def test_facts_fit_the_claims_after_a_kill_at_any_moment(
    tmp_path: Path, killer: subprocess.Popen[str]
) -> None:
    """Twenty kills, in every second case of a store that was killed before."""
    assert killer.stdin
    assert killer.stdout
    random = Random(5)  # noqa: S311 (moments, not secrets)
    whole = {to_iri(one.article): len(graph(one).quads) for one in witnesses()}
    sizes = set()
    for n in range(MOMENTS):
        folder = tmp_path / ("again" if n % 2 else f"new{n}")
        print(random.randrange(12), random.uniform(0, 0.15), folder, file=killer.stdin, flush=True)
        assert killer.stdout.readline() == "killed\n"
        with open_store(str(folder), write=True) as store:
            held = [article.graph for article in store.articles()]
            for iri in held:
                assert len(store.article_quads(iri)) == whole[iri], "an article in part"
            assert set(store.quads(FACTS_GRAPH)) == set(rebuild(store).facts_added)
            sizes.add(len(held))
    assert len(sizes) > 3, "the kills should hit different stages"
