"""A witness as the quads of its article's own named graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kg.model import (
    Article,
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    Entity,
    EntityRef,
    EventMention,
    Mode,
    Status,
    Witness,
)
from kg.triples.claims import canonical
from kg.triples.names import (
    BASIS,
    MENTION_CLASS,
    MODE,
    QUALIFIER,
    STATUS,
)
from kg.vocab import (
    DM,
    RDF,
    RDFS,
    Node,
    Quad,
    boolean,
    canonical_order,
    day,
    moment,
    number,
    term,
    to_iri,
    word,
)

__all__ = ["SIGNATURE_DIGITS", "article_graph", "extractor_path"]

Pair = tuple[str, Node]
"""Predicate and object."""

SIGNATURE_DIGITS = 8
"""Hexadecimal digits of each number of a signature."""


def extractor_path(extractor: str) -> str:
    """The id of an extractor named as in `reader/0.1.0`."""
    return f"extractor/{extractor}"


def article_graph(witness: Witness, article: Article) -> tuple[Quad, ...]:
    """Every quad of the article's own graph, in canonical order.

    The graph's name is the article's IRI. It holds what depends on this article alone; no
    two articles share a subject there except by naming it, so the union of all graphs
    shows each statement once.
    """
    testimony = canonical(witness)
    graph = to_iri(testimony.article)
    quads = [Quad(graph, p, o, graph) for p, o in _article_pairs(testimony, article.text)]
    for mention in testimony.mentions:
        iri = to_iri(mention.id)
        quads += [Quad(iri, p, o, graph) for p, o in _mention_pairs(mention)]
        for claim in mention.claims:
            claim_iri = to_iri(claim.id)
            quads += [Quad(claim_iri, p, o, graph) for p, o in _claim_pairs(claim, testimony)]
    for entity in testimony.entities.values():
        iri = to_iri(f"{testimony.article}/entity/{entity.id}")
        quads += [Quad(iri, p, o, graph) for p, o in _entity_pairs(entity)]
    return canonical_order(quads)


def _article_pairs(witness: Witness, text: str) -> Iterator[Pair]:
    yield RDF.type, DM.Article
    yield RDFS.label, word(witness.title or witness.article.rpartition("/")[2])
    yield DM.textSha256, word(witness.sha256)
    yield DM.text, word(text)
    yield DM.readFrom, word(witness.source)
    yield DM.extractor, to_iri(extractor_path(witness.extractor))
    yield DM.publishedFrom, word(witness.published_from.value)
    for predicate, value in (
        (DM.title, witness.title),
        (DM.url, witness.url),
        (DM.publisher, witness.publisher),
    ):
        if value is not None:
            yield predicate, word(value)
    if witness.published:
        yield DM.published, day(witness.published)
    if witness.signature:
        yield DM.signature, word("".join(f"{number_:0{SIGNATURE_DIGITS}x}" for number_ in witness.signature))


def _mention_pairs(mention: EventMention) -> Iterator[Pair]:
    yield RDF.type, DM.Mention
    yield RDF.type, MENTION_CLASS[mention.kind]
    yield DM.background, boolean(mention.background)
    yield DM.confidence, number(mention.confidence)
    for held in mention.holds:
        yield DM.holds, to_iri(held)


def _claim_pairs(claim: Claim, witness: Witness) -> Iterator[Pair]:
    yield RDF.type, DM.Claim
    yield DM.mention, to_iri(claim.mention)
    yield DM.property, term(claim.property)
    yield DM.valueText, word(claim.text)
    yield DM.source, to_iri(witness.article)
    yield DM.quote, word(claim.evidence.text)
    yield DM.charStart, number(claim.evidence.start)
    yield DM.charEnd, number(claim.evidence.end)
    yield DM.confidence, number(claim.confidence)
    yield DM.basis, BASIS[claim.basis]
    yield DM.extractor, to_iri(extractor_path(witness.extractor))
    yield from _value_pairs(claim.value)
    if claim.role is not None:
        yield DM.valueRole, word(claim.role)
    if claim.party is not None:
        yield DM.valueParty, to_iri(claim.party)
    if claim.party_basis is not None:
        yield DM.valuePartyBasis, BASIS[claim.party_basis]


def _value_pairs(value: ClaimValue) -> Iterator[Pair]:
    match value:
        case EntityRef():
            yield DM.value, to_iri(value.id)
        case DateSpan():
            known = value.earliest == value.latest
            yield DM.value, day(value.earliest) if known else word(value.edtf)
            yield DM.valueEarliest, day(value.earliest)
            yield DM.valueLatest, day(value.latest)
            yield DM.valueEdtf, word(value.edtf)
        case Duration():
            yield DM.value, number(value.minutes)
            yield DM.valueQualifier, QUALIFIER[value.qualifier]
            if value.min_minutes is not None:
                yield DM.valueMinMinutes, number(value.min_minutes)
            if value.max_minutes is not None:
                yield DM.valueMaxMinutes, number(value.max_minutes)
        case Status():
            yield DM.value, STATUS[value]
        case Mode():
            yield DM.value, MODE[value]
        case datetime():
            yield DM.value, moment(value)
        case bool():
            yield DM.value, boolean(value)
        case str():
            yield DM.value, word(value)


def _entity_pairs(entity: Entity) -> Iterator[Pair]:
    yield RDF.type, DM.EntityMention
    yield DM.entity, to_iri(entity.id)
    yield DM.valueKind, word(entity.kind.value)
    yield DM.valueLabel, word(entity.label)
    for alias in entity.aliases:
        yield DM.valueAltLabel, word(alias)
    if entity.wikidata is not None:
        yield DM.valueWikidata, word(entity.wikidata)
    if entity.iso2 is not None:
        yield DM.valueIso2, word(entity.iso2)
    if entity.lat is not None:
        yield DM.valueLat, number(entity.lat)
    if entity.long is not None:
        yield DM.valueLong, number(entity.long)
    if entity.within is not None:
        yield DM.valueWithin, to_iri(entity.within)
