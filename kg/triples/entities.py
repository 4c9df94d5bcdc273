"""Descriptions of persons, parties, places, topics and extractors in the facts graph.

They are apart from `facts_graph` because events share them: whoever keeps the facts graph
writes each description once, and drops it with the last event that names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    Literal,
    Node,
    Quad,
    canonical_order,
    from_iri,
    number,
    to_iri,
    topic_chain,
    word,
)

__all__ = ["entity_facts", "entity_from_facts", "extractor_facts"]


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
    if entity.kind is EntityKind.TOPIC:
        yield SKOS.prefLabel, word(entity.label)
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


def entity_from_facts(id_: str, quads: Iterable[Quad]) -> Entity:
    """The entity that these facts describe: the inverse of `entity_facts` (a topic's `within` apart).

    `quads` are those with the entity as subject; others are passed over.
    """
    iri = to_iri(id_)
    told: dict[str, list[Node]] = {}
    for quad in quads:
        if quad.subject == iri:
            told.setdefault(quad.predicate, []).append(quad.object)
    classes = set(told.get(RDF.type, ()))
    kind = max(
        (kind for kind, needed in ENTITY_CLASSES.items() if classes.issuperset(needed)),
        key=lambda kind: len(ENTITY_CLASSES[kind]),
    )

    def one(predicate: str) -> str | None:
        values = sorted(v.value if isinstance(v, Literal) else v for v in told.get(predicate, ()))
        return values[0] if values else None

    lat, long, within = one(DM.lat), one(DM.long), one(DM.within)
    return Entity(
        kind=kind,
        id=id_,
        label=one(RDFS.label) or id_.rpartition("/")[2],
        aliases=tuple(sorted(v.value for v in told.get(SKOS.altLabel, ()) if isinstance(v, Literal))),
        wikidata=one(DM.wikidata),
        iso2=one(DM.iso2),
        lat=None if lat is None else float(lat),
        long=None if long is None else float(long),
        within=None if within is None else from_iri(within),
    )


def _broader(topic: str) -> Iterator[Quad]:
    """Links to the broader topics and their labels, up to the top of the scheme."""
    for concept in topic_chain(topic):
        iri = to_iri(concept.id)
        yield Quad(iri, RDF.type, DM.Topic, FACTS_GRAPH)
        yield Quad(iri, RDF.type, SKOS.Concept, FACTS_GRAPH)
        if concept.id != topic:
            yield Quad(iri, RDFS.label, word(concept.label), FACTS_GRAPH)
            yield Quad(iri, SKOS.prefLabel, word(concept.label), FACTS_GRAPH)
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
