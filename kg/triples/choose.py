"""Which of the accepted claims speaks for a fact that can have one value only.

Every choice is a function of the set of claims, never of their order: the property's own
measure first (the narrowest date, the most exact duration, the most specific place),
then how many claims agree, how sure the surest is, and at last the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from kg.model import Claim, DateSpan, Duration, Entity, EntityKind, EntityRef, FusedEvent, Qualifier, Status

__all__ = ["agreed", "dates", "duration", "entity_ids", "party_of", "place_chain", "role_of", "status"]

T = TypeVar("T", bound=str)

_EXACTNESS = (Qualifier.EXACT, Qualifier.ABOUT, Qualifier.MORE_THAN, Qualifier.LESS_THAN)
_SPECIFIC = (EntityKind.VENUE, EntityKind.CITY, EntityKind.COUNTRY)


def agreed(told: Iterable[tuple[T, float]]) -> T | None:
    """The value told most often; then the surest; then the first by code points."""
    votes: Counter[T] = Counter()
    surest: dict[T, float] = {}
    for value, confidence in told:
        votes[value] += 1
        surest[value] = max(confidence, surest.get(value, 0.0))
    return min(votes, key=lambda v: (-votes[v], -surest[v], v), default=None)


def entity_ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The ids that the claims' values name, sorted, each once."""
    return tuple(sorted({c.value.id for c in claims if isinstance(c.value, EntityRef)}))


def status(event: FusedEvent) -> Status | None:
    """The latest told of the accepted statuses; where no telling is dated, the one told most."""
    claims = [c for c in event.accepted if isinstance(c.value, Status)]
    accepted = {c.value for c in claims}
    told = [status for _, status, _ in event.history if status in accepted]
    return (
        told[-1] if told else agreed((c.value, c.confidence) for c in claims if isinstance(c.value, Status))
    )


def dates(claims: Iterable[Claim]) -> DateSpan | None:
    """The narrowest accepted date."""
    spans: Counter[DateSpan] = Counter(c.value for c in claims if isinstance(c.value, DateSpan))
    return min(
        spans, key=lambda s: (s.latest - s.earliest, -spans[s], s.earliest, s.edtf, s.text), default=None
    )


def duration(claims: Iterable[Claim]) -> Duration | None:
    """The most exactly worded accepted duration."""
    told: Counter[Duration] = Counter(c.value for c in claims if isinstance(c.value, Duration))
    return min(told, key=lambda d: (_EXACTNESS.index(d.qualifier), -told[d], d.minutes, d.text), default=None)


def role_of(claims: Iterable[Claim], who: str) -> str | None:
    """The office in which somebody takes part, in the wording most used."""
    return agreed((c.role, c.confidence) for c in _of(claims, who) if c.role)


def party_of(claims: Iterable[Claim], who: str) -> str | None:
    """The id of the party that somebody represents, as most claims have it."""
    return agreed((c.party, c.confidence) for c in _of(claims, who) if c.party)


def _of(claims: Iterable[Claim], who: str) -> Iterable[Claim]:
    return (c for c in claims if isinstance(c.value, EntityRef) and c.value.id == who)


def place_chain(claims: Iterable[Claim], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """The most specific accepted place and what it lies within, from the inside out.

    A city that one article names and a venue that another does belong together when nothing
    places the venue elsewhere: the chain goes on with the city.
    """
    told = Counter(c.value.id for c in claims if isinstance(c.value, EntityRef) and c.value.id in entities)
    ranked = sorted(told, key=lambda i: (_specificity(entities[i]), -told[i], i))
    chain: list[Entity] = []
    for id_ in ranked:
        if not chain or _specificity(entities[id_]) > _specificity(chain[-1]):
            chain += _upwards(id_, entities)
    return tuple(chain)


def _specificity(entity: Entity) -> int:
    return _SPECIFIC.index(entity.kind) if entity.kind in _SPECIFIC else len(_SPECIFIC)


def _upwards(id_: str, entities: Mapping[str, Entity]) -> list[Entity]:
    """The entity and its `within` chain; stops at a loop or a gap."""
    found: list[Entity] = []
    step: str | None = id_
    while step is not None and step in entities and entities[step] not in found:
        found.append(entities[step])
        step = entities[step].within
    return found
