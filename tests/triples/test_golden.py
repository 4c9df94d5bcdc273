"""The whole graph of the sample, claims and facts, as a reviewed file.

After an intended change: `python -m tests.triples.test_golden` writes the file anew; read its diff.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic

from kg.fuse import fuse
from kg.triples import article_graph, entity_facts, extractor_facts, facts_graph, witness
from kg.vocab import DATA, PREFIXES, Quad, nquads
from tests.triples.sample import article, resolved

GOLDEN = Path(__file__).with_name("golden.trig")


def whole() -> list[Quad]:
    told = witness(article(), resolved())
    quads = [*article_graph(told, article()), *extractor_facts(told.extractor)]
    quads += [quad for event in fuse([told]) for quad in facts_graph(event, told.entities)]
    return quads + [quad for entity in told.entities.values() for quad in entity_facts(entity)]


def as_trig(quads: list[Quad]) -> str:
    store = ox.Store()
    store.load(nquads(quads).encode(), format=ox.RdfFormat.N_QUADS)
    prefixes = {**PREFIXES, "id": DATA}
    written = ox.serialize(sorted(store, key=str), format=ox.RdfFormat.TRIG, prefixes=prefixes)
    assert written is not None
    return written.decode()


def test_the_sample_gives_the_golden_graph() -> None:
    expected = set(ox.parse(path=GOLDEN, format=ox.RdfFormat.TRIG))
    found = set(ox.parse(nquads(whole()), format=ox.RdfFormat.N_QUADS))
    assert found - expected == set()
    assert expected - found == set()


def test_rdflib_reads_the_same_graph() -> None:
    ours, theirs = rdflib.Graph(), rdflib.Graph()
    for text, format_, into in ((GOLDEN.read_text(), "trig", ours), (nquads(whole()), "nquads", theirs)):
        dataset = rdflib.Dataset()
        dataset.parse(data=text, format=format_)
        for subject, predicate, thing, _ in dataset.quads():
            into.add((subject, predicate, thing))
    assert isomorphic(ours, theirs)
    assert not any(isinstance(node, rdflib.BNode) for triple in ours for node in triple)


if __name__ == "__main__":
    GOLDEN.write_text(as_trig(whole()), encoding="utf-8")
