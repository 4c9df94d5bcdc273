"""Is the graph what it should be? Shapes, evidence that stands where it says, facts that rest on claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.facts import rebuild
from kg.vocab import DM, FACTS_GRAPH, RDF, SHAPES, Literal, Quad, nquads, ontology_file

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["Fault", "faults"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that should not be: where (an IRI), and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def faults(store: Store, *, deep: bool = False) -> Iterator[Fault]:
    """Every fault of the store's graph, none when all is well. `deep` fuses all claims anew."""
    for article in store.articles():
        yield from _quotes(store.article_quads(article.graph))
    yield from _rootless(store)
    yield from _shapes(store)
    if deep:
        yield from _fused(store)


def _quotes(quads: tuple[Quad, ...]) -> Iterator[Fault]:
    """Quotes that don't stand in the article's text where their offsets say."""
    text = next(
        (q.object.value for q in quads if q.predicate == DM.text and isinstance(q.object, Literal)), ""
    )
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if quad.predicate in (DM.quote, DM.charStart, DM.charEnd) and isinstance(quad.object, Literal):
            told[quad.subject][quad.predicate] = quad.object.value
    for claim, values in sorted(told.items()):
        start, end = int(values[DM.charStart]), int(values[DM.charEnd])
        if text[start:end] != values[DM.quote]:
            yield Fault(claim, f"the quote does not stand at {start}–{end} of the article's text")


def _rootless(store: Store) -> Iterator[Fault]:
    """Events of the facts graph that no claim is about."""
    for class_ in (DM.Meeting, DM.Visit):
        for quad in store.find(None, RDF.type, class_, FACTS_GRAPH):
            if next(store.find(None, DM.about, quad.subject, FACTS_GRAPH), None) is None:
                yield Fault(quad.subject, "no claim is about it")


def _shapes(store: Store) -> Iterator[Fault]:
    """What the SHACL shapes do not allow. The whole graph is held in memory for it."""
    import rdflib
    from pyshacl import validate

    results = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    shapes = rdflib.Graph().parse(ontology_file(SHAPES))
    for claim in list(shapes.subjects(results.targetClass, rdflib.URIRef(DM.Claim))):
        shapes.remove((claim, results.sparql, None))  # quotes: looked up above, a thousand times faster
    triples = (f"{line.rsplit(' <', 1)[0]} ." for line in nquads(store.quads()).splitlines())
    data = rdflib.Graph().parse(data="\n".join(triples), format="nt")
    fine, report, _ = validate(data, shacl_graph=shapes, inference="none")
    if fine:
        return
    for result in report.subjects(rdflib.RDF.type, results.ValidationResult):
        where = str(report.value(result, results.focusNode))
        message = report.value(result, results.resultMessage)
        path = report.value(result, results.resultPath)
        yield Fault(where, f"{message} ({path})" if path else str(message))


def _fused(store: Store) -> Iterator[Fault]:
    """Where the facts differ from what fusing all claims anew gives."""
    wanted = set(rebuild(store).facts_added)
    found = set(store.quads(FACTS_GRAPH))
    for subject in sorted({quad.subject for quad in wanted ^ found}):
        missing = sum(quad.subject == subject for quad in wanted - found)
        extra = sum(quad.subject == subject for quad in found - wanted)
        yield Fault(
            subject, f"{missing} facts are missing and {extra} are too many; ingest the articles again"
        )
