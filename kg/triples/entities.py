"""Descriptions of persons, parties, places, topics and extractors in the facts graph.

They are apart from `facts_graph` because events share them: whoever keeps the facts graph
writes each description once, and drops it with the last event that names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Entity, EntityKind
from kg.triples.article import extractor_path
from kg.triples.names import ENTITY_CLASSES
from kg.vocab import (
    DM,
    FACTS_GRAPH,
    OWL,
    RDF,
    RDFS,
    SKOS,
    WIKIDATA,
    Node,
    Quad,
    canonical_order,
    number,
    to_iri,
    topic_chain,
    word,
)

__all__ = ["entity_facts", "extractor_facts"]


def entity_facts(entity: Entity) -> tuple[Quad, ...]:
    """What is known of one entity, in canonical order.

    A topic brings the chain of its broader topics with it, so that a count by broader
    topic needs nothing but the data.
    """
    iri = to_iri(entity.id)
    quads = [Quad(iri, p, o, FACTS_GRAPH) for p, o in _pairs(entity)]
    if entity.kind is EntityKind.TOPIC:
        quads += _broader(entity.id)
    return canonical_order(quads)


def _pairs(entity: Entity) -> Iterator[tuple[str, Node]]:
    for class_ in ENTITY_CLASSES[entity.kind]:
        yield RDF.type, class_
    yield RDFS.label, word(entity.label)
    for alias in entity.aliases:
        if alias != entity.label:
            yield SKOS.altLabel, word(alias)
    if entity.wikidata:
        yield DM.wikidata, word(entity.wikidata)
        yield OWL.sameAs, WIKIDATA + entity.wikidata
    if entity.iso2:
        yield DM.iso2, word(entity.iso2)
    if entity.lat is not None and entity.long is not None:
        yield DM.lat, number(entity.lat)
        yield DM.long, number(entity.long)
    if entity.within and entity.kind is not EntityKind.TOPIC:
        yield DM.within, to_iri(entity.within)


def _broader(topic: str) -> Iterator[Quad]:
    """Links to the broader topics and their labels, up to the top of the scheme."""
    for concept in topic_chain(topic):
        iri = to_iri(concept.id)
        yield Quad(iri, RDF.type, DM.Topic, FACTS_GRAPH)
        yield Quad(iri, RDF.type, SKOS.Concept, FACTS_GRAPH)
        if concept.id != topic:
            yield Quad(iri, RDFS.label, word(concept.label), FACTS_GRAPH)
        for broader in concept.broader:
            yield Quad(iri, SKOS.broader, to_iri(broader), FACTS_GRAPH)


def extractor_facts(extractor: str) -> tuple[Quad, ...]:
    """Name and version of an extractor called as in `reader/0.1.0`."""
    name, _, version = extractor.partition("/")
    iri = to_iri(extractor_path(extractor))
    quads = [
        Quad(iri, RDF.type, DM.Extractor, FACTS_GRAPH),
        Quad(iri, RDFS.label, word(name), FACTS_GRAPH),
    ]
    if version:
        quads.append(Quad(iri, DM.version, word(version), FACTS_GRAPH))
    return canonical_order(quads)
