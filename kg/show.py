"""One event of the facts graph with everything that was said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.fuse import copy_groups
from kg.model import Claim, EventKind, FusedEvent, Witness
from kg.store import Store
from kg.triples import witness_from_quads
from kg.vocab import DATA, DM, FACTS_GRAPH, RDF, RDFS, Literal, from_iri, local_name, to_iri

__all__ = ["Shown", "event", "find_event"]

_LISTED = 12
"""Candidates that an error names."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as the facts have it, with the testimonies that it rests on."""

    label: str
    event: FusedEvent
    witnesses: tuple[Witness, ...]


def find_event(store: Store, wanted: str) -> str:
    """IRI of the meeting or visit that `wanted` names: an IRI, an id, or words of its label.

    Raises InputError when there is none, or several; the message names them.
    """
    iri = wanted if wanted.startswith(DATA) else to_iri(wanted)
    if any(True for _ in store.find(iri, RDF.type, DM.Event, FACTS_GRAPH)):
        return iri
    words = wanted.casefold().split()
    hits = sorted(
        (label, iri) for iri, label in _labels(store) if all(word in label.casefold() for word in words)
    )
    if len(hits) == 1:
        return hits[0][1]
    if not hits:
        raise InputError(
            "no such meeting or visit", where=wanted, remedy="kg query --name meetings-of-two finds ids"
        )
    some = ", ".join(from_iri(iri) for _, iri in hits[:_LISTED])
    more = f" and {len(hits) - _LISTED} more" if len(hits) > _LISTED else ""
    raise InputError(f"{len(hits)} events fit: {some}{more}", where=wanted, remedy="give one of these ids")


def event(store: Store, iri: str) -> Shown:
    """Everything that the store has on one event."""
    mentions = {from_iri(q.subject) for q in store.find(None, DM.tellsOf, iri, FACTS_GRAPH)}
    articles = sorted(str(q.object) for q in store.find(iri, DM.reportedBy, None, FACTS_GRAPH))
    witnesses = tuple(witness_from_quads(store.article_quads(article)) for article in articles)
    claims = [c for w in witnesses for m in w.mentions if m.id in mentions for c in m.claims]
    believed = {c.id for c in claims if _accepted(store, c)}
    kinds = {q.object for q in store.find(iri, RDF.type, None, FACTS_GRAPH)}
    fused = FusedEvent(
        id=from_iri(iri),
        kind=EventKind.VISIT if DM.Visit in kinds else EventKind.MEETING,
        mentions=tuple(sorted(mentions)),
        accepted=tuple(c for c in claims if c.id in believed),
        rejected=tuple(c for c in claims if c.id not in believed),
        disputed=tuple(sorted(local_name(o) for o in _objects(store, iri, DM.disputed))),
        part_of=next((from_iri(o) for o in _objects(store, iri, DM.partOf)), None),
        reported_by=tuple(from_iri(article) for article in articles),
        copies=copy_groups({w.article: w.signature for w in witnesses if w.signature}),
    )
    return Shown(next(_objects(store, iri, RDFS.label), fused.id), fused, witnesses)


def _labels(store: Store) -> Iterator[tuple[str, str]]:
    for quad in store.find(None, RDF.type, DM.Event, FACTS_GRAPH):
        yield quad.subject, next(_objects(store, quad.subject, RDFS.label), "")


def _objects(store: Store, subject: str, predicate: str) -> Iterator[str]:
    for quad in store.find(subject, predicate, None, FACTS_GRAPH):
        yield quad.object.value if isinstance(quad.object, Literal) else quad.object


def _accepted(store: Store, claim: Claim) -> bool:
    return "true" in _objects(store, to_iri(claim.id), DM.accepted)
