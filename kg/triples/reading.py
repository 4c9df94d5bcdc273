"""The witness that an article's named graph holds: the exact inverse of `article_graph`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kg.errors import StoreError
from kg.model import (
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    Entity,
    EntityKind,
    EntityRef,
    EventKind,
    EventMention,
    Evidence,
    PublishedFrom,
    Witness,
)
from kg.triples.article import SIGNATURE_DIGITS
from kg.triples.claims import canonical
from kg.triples.names import (
    BASIS_OF,
    MODE_OF,
    QUALIFIER_OF,
    STATUS_OF,
)
from kg.vocab import (
    DM,
    RDF,
    XSD,
    Literal,
    Node,
    Quad,
    from_iri,
    local_name,
)

__all__ = ["witness_from_quads"]

_Node = Mapping[str, list[Node]]
"""Everything said of one subject: predicate → objects."""


def witness_from_quads(quads: Iterable[Quad]) -> Witness:
    """The witness whose `article_graph` these quads are; other order or repeats do no harm.

    Gives `canonical(witness)`. Raises `StoreError` when they are not one article's graph.
    """
    nodes: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    by_class: dict[Node, list[str]] = defaultdict(list)
    for quad in dict.fromkeys(quads):
        nodes[quad.subject][quad.predicate].append(quad.object)
        if quad.predicate == RDF.type:
            by_class[quad.object].append(quad.subject)
    if len(by_class[DM.Article]) != 1:
        raise StoreError(f"a graph of {len(by_class[DM.Article])} articles", remedy="read the article again")
    iri = by_class[DM.Article][0]
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim_iri in by_class[DM.Claim]:
        claim = _read_claim(from_iri(claim_iri), nodes[claim_iri])
        claims[claim.mention].append(claim)
    mentions = [_read_mention(from_iri(m), nodes[m], claims) for m in by_class[DM.Mention]]
    entities = [_read_entity(nodes[e]) for e in by_class[DM.EntityMention]]
    return canonical(_read_article(from_iri(iri), nodes[iri], mentions, entities))


def _read_article(path: str, node: _Node, mentions: list[EventMention], entities: list[Entity]) -> Witness:
    published = _text(node, DM.published)
    digits = _text(node, DM.signature) or ""
    return Witness(
        article=path,
        sha256=_must(node, DM.textSha256),
        source=_must(node, DM.readFrom),
        extractor=from_iri(_must(node, DM.extractor)).removeprefix("extractor/"),
        mentions=tuple(mentions),
        entities={entity.id: entity for entity in entities},
        title=_text(node, DM.title),
        url=_text(node, DM.url),
        publisher=_text(node, DM.publisher),
        published=date.fromisoformat(published) if published else None,
        published_from=PublishedFrom(_must(node, DM.publishedFrom)),
        signature=tuple(
            int(digits[i : i + SIGNATURE_DIGITS], 16) for i in range(0, len(digits), SIGNATURE_DIGITS)
        ),
    )


def _read_mention(path: str, node: _Node, claims: Mapping[str, list[Claim]]) -> EventMention:
    return EventMention(
        id=path,
        kind=EventKind.VISIT if DM.VisitMention in node[RDF.type] else EventKind.MEETING,
        claims=tuple(claims.get(path, ())),
        background=_must(node, DM.background) == "true",
        confidence=float(_must(node, DM.confidence)),
        holds=tuple(from_iri(str(held)) for held in node.get(DM.holds, ())),
    )


def _read_claim(path: str, node: _Node) -> Claim:
    party = _text(node, DM.valueParty)
    party_basis = _text(node, DM.valuePartyBasis)
    text = _must(node, DM.valueText)
    return Claim(
        id=path,
        mention=from_iri(_must(node, DM.mention)),
        property=local_name(_must(node, DM.property)),
        value=_read_value(node, text),
        text=text,
        evidence=Evidence(
            _must(node, DM.quote), int(_must(node, DM.charStart)), int(_must(node, DM.charEnd))
        ),
        confidence=float(_must(node, DM.confidence)),
        basis=BASIS_OF[_must(node, DM.basis)],
        role=_text(node, DM.valueRole),
        party=None if party is None else from_iri(party),
        party_basis=None if party_basis is None else BASIS_OF[party_basis],
    )


def _read_value(node: _Node, text: str) -> ClaimValue:
    value = node[DM.value][0]
    if DM.valueEdtf in node:
        earliest = date.fromisoformat(_must(node, DM.valueEarliest))
        latest = date.fromisoformat(_must(node, DM.valueLatest))
        return DateSpan(earliest, latest, _must(node, DM.valueEdtf), text)
    if DM.valueQualifier in node:
        low, high = _text(node, DM.valueMinMinutes), _text(node, DM.valueMaxMinutes)
        return Duration(
            minutes=float(_must(node, DM.value)),
            min_minutes=None if low is None else float(low),
            max_minutes=None if high is None else float(high),
            qualifier=QUALIFIER_OF[_must(node, DM.valueQualifier)],
            text=text,
        )
    if isinstance(value, str):
        return STATUS_OF.get(value) or MODE_OF.get(value) or EntityRef(from_iri(value))
    if value.datatype == XSD.dateTime:
        return datetime.fromisoformat(value.value)
    return value.value == "true" if value.datatype == XSD.boolean else value.value


def _read_entity(node: _Node) -> Entity:
    lat, long, within = (_text(node, p) for p in (DM.valueLat, DM.valueLong, DM.valueWithin))
    return Entity(
        kind=EntityKind(_must(node, DM.valueKind)),
        id=from_iri(_must(node, DM.entity)),
        label=_must(node, DM.valueLabel),
        aliases=tuple(o.value for o in node.get(DM.valueAltLabel, ()) if isinstance(o, Literal)),
        wikidata=_text(node, DM.valueWikidata),
        iso2=_text(node, DM.valueIso2),
        lat=None if lat is None else float(lat),
        long=None if long is None else float(long),
        within=None if within is None else from_iri(within),
    )


def _text(node: _Node, predicate: str) -> str | None:
    """The single object's text or IRI, or None."""
    found = node.get(predicate)
    if not found:
        return None
    return found[0] if isinstance(found[0], str) else found[0].value


def _must(node: _Node, predicate: str) -> str:
    found = _text(node, predicate)
    if found is None:
        raise StoreError(f"an article's graph lacks {predicate}", remedy="read the article again")
    return found
