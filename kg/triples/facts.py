"""A fused event as facts: what the facts graph says of one meeting or visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from kg.model import Claim, Entity, EntityKind, EventKind, FusedEvent, Mode
from kg.triples import choose
from kg.triples.names import EVENT_CLASS, MODE, STATUS
from kg.triples.times import When, when
from kg.vocab import (
    DM,
    FACTS_GRAPH,
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

__all__ = ["event_label", "facts_graph"]

Pair = tuple[str, Node]

_MULTILATERAL = 4
"""Parties from which on a meeting is multilateral, whoever else sits in."""

_NAMES_IN_A_LABEL = 4


def facts_graph(event: FusedEvent, entities: Mapping[str, Entity]) -> tuple[Quad, ...]:
    """Every fact of one meeting or visit, in canonical order, all in the facts graph.

    `entities` must hold each entity that an accepted claim names, and what those lie
    within. Their own descriptions are in `entity_facts`, not here: events share them.
    """
    describe = _meeting if event.kind is EventKind.MEETING else _visit
    iri = to_iri(event.id)
    pairs = (*_common(event, entities), *describe(event, entities))
    quads = [Quad(iri, p, o, FACTS_GRAPH) for p, o in pairs]
    quads += _participations(event)
    quads += _outcomes(event)
    quads += _testimony(event)
    return canonical_order(quads)


def event_label(event: FusedEvent, entities: Mapping[str, Entity]) -> str:
    """A name for people: who (and where to, for a visit), and when."""
    who = choose.entity_ids(_who(event))
    names = [entities[id_].label if id_ in entities else id_.rpartition("/")[2] for id_ in who]
    if len(names) > _NAMES_IN_A_LABEL:
        names = [*names[: _NAMES_IN_A_LABEL - 1], f"{len(names) - _NAMES_IN_A_LABEL + 1} others"]
    label = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    if event.kind is EventKind.VISIT:
        chain = choose.place_chain(_claims(event, "destination"), entities)
        label += f" to {chain[0].label}" if chain else ": visit"
    return f"{label}, {when(event).edtf or 'undated'}"


# --- one event ----------------------------------------------------------------------------


def _claims(event: FusedEvent, prop: str) -> list[Claim]:
    return [claim for claim in event.accepted if claim.property == prop]


def _who(event: FusedEvent) -> list[Claim]:
    return _claims(event, "participant" if event.kind is EventKind.MEETING else "visitor")


def _common(event: FusedEvent, entities: Mapping[str, Entity]) -> Iterator[Pair]:
    """What meetings and visits have alike: class, label, time, status, who says so."""
    yield RDF.type, DM.Event
    yield RDF.type, EVENT_CLASS[event.kind]
    yield RDFS.label, word(event_label(event, entities))
    yield from _time(when(event))
    status = choose.status(event)
    if status:
        yield DM.status, STATUS[status]
    for article in event.reported_by:
        yield DM.reportedBy, to_iri(article)
    for prop in event.disputed:
        yield DM.disputed, term(prop)


def _time(time: When) -> Iterator[Pair]:
    yield DM.earliest, day(time.earliest)
    yield DM.latest, day(time.latest)
    if time.day:
        yield DM.date, day(time.day)
    if time.last_day:
        yield DM.endDate, day(time.last_day)
    if time.edtf:
        yield DM.edtf, word(time.edtf)
    if time.text:
        yield DM.dateText, word(time.text)


def _meeting(event: FusedEvent, entities: Mapping[str, Entity]) -> Iterator[Pair]:
    claims = _who(event)
    parties = {who: choose.party_of(claims, who) for who in choose.entity_ids(claims)}
    for who in parties:
        yield DM.participant, to_iri(who)
    for party in {party for party in parties.values() if party}:
        yield DM.party, to_iri(party)
    form = _format(parties)
    if form:
        yield DM.format, form
    yield from _places(DM.place, _claims(event, "place"), entities)
    yield from _course(event)
    for claim in _claims(event, "topicText"):
        yield DM.topicText, word(str(claim.value))
    for topic in choose.entity_ids(_claims(event, "topic")):
        yield DM.topic, to_iri(topic)
    if event.part_of:
        yield DM.partOf, to_iri(event.part_of)


def _visit(event: FusedEvent, entities: Mapping[str, Entity]) -> Iterator[Pair]:
    for who in choose.entity_ids(_who(event)):
        yield DM.visitor, to_iri(who)
    yield from _places(DM.destination, _claims(event, "destination"), entities)


def _format(parties: Mapping[str, str | None]) -> str | None:
    """By the parties represented; nothing where somebody's party is unknown and could matter."""
    sides = len({party for party in parties.values() if party})
    if sides >= _MULTILATERAL:
        return DM.Multilateral
    if None in parties.values():
        return None
    return {2: DM.Bilateral, 3: DM.Trilateral}.get(sides)


def _places(predicate: str, claims: list[Claim], entities: Mapping[str, Entity]) -> Iterator[Pair]:
    """The most specific place, and the city and country that it lies in."""
    chain = choose.place_chain(claims, entities)
    if not chain:
        for place in choose.entity_ids(claims)[:1]:
            yield predicate, to_iri(place)
        return
    yield predicate, to_iri(chain[0].id)
    for kind, shortcut in ((EntityKind.CITY, DM.city), (EntityKind.COUNTRY, DM.country)):
        found = [place.id for place in chain if place.kind is kind]
        if found:
            yield shortcut, to_iri(found[0])


def _course(event: FusedEvent) -> Iterator[Pair]:
    """How they met, from when to when by the clock, and for how long."""
    mode = choose.agreed((c.value, c.confidence) for c in event.accepted if isinstance(c.value, Mode))
    if mode:
        yield DM.mode, MODE[mode]
    for prop, predicate in (("start", DM.start), ("end", DM.end)):
        told = (
            (moment(c.value).value, c.confidence)
            for c in _claims(event, prop)
            if isinstance(c.value, datetime)
        )
        best = choose.agreed(told)
        if best:
            yield predicate, moment(datetime.fromisoformat(best))
    length = choose.duration(_claims(event, "minutes"))
    if length:
        yield DM.minutes, number(length.minutes)
        yield DM.durationText, word(length.text)
        if length.min_minutes is not None:
            yield DM.minMinutes, number(length.min_minutes)
        if length.max_minutes is not None:
            yield DM.maxMinutes, number(length.max_minutes)


# --- nodes that belong to one event --------------------------------------------------------


def _participations(event: FusedEvent) -> Iterator[Quad]:
    """One node a participant or visitor, with office and party as of that day."""
    claims = _who(event)
    for who in choose.entity_ids(claims):
        iri = to_iri(f"{event.id}/{who}")
        yield Quad(to_iri(event.id), DM.participation, iri, FACTS_GRAPH)
        yield Quad(iri, RDF.type, DM.Participation, FACTS_GRAPH)
        yield Quad(iri, DM.person, to_iri(who), FACTS_GRAPH)
        role, party = choose.role_of(claims, who), choose.party_of(claims, who)
        if role:
            yield Quad(iri, DM.role, word(role), FACTS_GRAPH)
        if party:
            yield Quad(iri, DM.represents, to_iri(party), FACTS_GRAPH)


def _outcomes(event: FusedEvent) -> Iterator[Quad]:
    for text in sorted({str(claim.value) for claim in _claims(event, "outcome")}):
        iri = to_iri(f"{event.id}/outcome/{sha256(text.encode()).hexdigest()[:10]}")
        yield Quad(to_iri(event.id), DM.outcome, iri, FACTS_GRAPH)
        yield Quad(iri, RDF.type, DM.Outcome, FACTS_GRAPH)
        yield Quad(iri, RDFS.label, word(text), FACTS_GRAPH)


def _testimony(event: FusedEvent) -> Iterator[Quad]:
    """Which mentions tell of the event, and which of their claims are believed."""
    iri = to_iri(event.id)
    for mention in event.mentions:
        yield Quad(to_iri(mention), DM.tellsOf, iri, FACTS_GRAPH)
    told = {mention.rpartition("/")[0]: mention for mention in event.mentions}
    for first, *copies in event.copies:
        for article in copies:
            if first in told and article in told:
                yield Quad(to_iri(told[article]), DM.repeats, to_iri(told[first]), FACTS_GRAPH)
    for claims, accepted in ((event.accepted, True), (event.rejected, False)):
        for claim in claims:
            yield Quad(to_iri(claim.id), DM.about, iri, FACTS_GRAPH)
            yield Quad(to_iri(claim.id), DM.accepted, boolean(accepted), FACTS_GRAPH)
