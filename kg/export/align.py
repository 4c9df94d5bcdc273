"""What the graph says, in other vocabularies too: derived from `ontology/alignments.ttl`.

Beside the data stand the alignments themselves, in a graph of their own; and for each `dm:` class or
property that they declare below (or equal to) a foreign one, members and values are stated with the
foreign term as well, in the graph of the original statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import rdflib

from kg.vocab import NS, RDF, XSD
from kg.vocab.files import ALIGNMENTS, ONTOLOGY, ontology_file
from kg.vocab.rdf import Literal, Quad

__all__ = ["ALIGNMENT_GRAPH", "Alignment", "aligned", "load_alignment"]

ALIGNMENT_GRAPH = "https://w3id.org/dipmeet/alignments"
"""The named graph that the alignments stand in."""
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Foreign terms by own term, and the statements that say so."""

    classes: Mapping[str, tuple[str, ...]]
    properties: Mapping[str, tuple[str, ...]]
    statements: tuple[Quad, ...]


def aligned(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The statements, and beside each what the alignments derive from it (duplicates possible)."""
    table = load_alignment()
    yield from table.statements
    for quad in quads:
        yield quad
        if quad.predicate == RDF.type:
            for foreign in table.classes.get(str(quad.object), ()):
                yield Quad(quad.subject, RDF.type, foreign, quad.graph)
        for foreign in table.properties.get(quad.predicate, ()):
            yield Quad(quad.subject, foreign, quad.object, quad.graph)


@cache
def load_alignment() -> Alignment:
    """The table in `alignments.ttl`, closed over the class and property tree of the ontology."""
    own, foreign = rdflib.Graph(), rdflib.Graph()
    own.parse(ontology_file(ONTOLOGY), format="turtle")
    foreign.parse(ontology_file(ALIGNMENTS), format="turtle")
    both = own + foreign
    return Alignment(
        classes=_above(both, (f"{RDFS}subClassOf", f"{OWL}equivalentClass")),
        properties=_above(both, (f"{RDFS}subPropertyOf", f"{OWL}equivalentProperty")),
        statements=tuple(sorted(_statements(foreign), key=str)),
    )


def _statements(graph: rdflib.Graph) -> Iterator[Quad]:
    """What the file says of our own terms."""
    for subject, predicate, value in graph:
        if not str(subject).startswith(NS):
            continue
        node = (
            Literal(str(value), str(value.datatype or XSD.string))
            if isinstance(value, rdflib.Literal)
            else str(value)
        )
        yield Quad(str(subject), str(predicate), node, ALIGNMENT_GRAPH)


def _above(graph: rdflib.Graph, links: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Own term → every foreign term reached over the links."""
    steps: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for one, other in graph.subject_objects(rdflib.URIRef(link)):
            if isinstance(one, rdflib.URIRef) and isinstance(other, rdflib.URIRef):
                steps[str(one)].add(str(other))
    found = {}
    for start in sorted(steps):
        if not start.startswith(NS):
            continue
        reached: set[str] = set()
        front = [start]
        while front:
            new = steps.get(front.pop(), set()) - reached
            reached |= new
            front += new
        foreign = tuple(sorted(each for each in reached if not each.startswith(NS)))
        if foreign:
            found[start] = foreign
    return found
