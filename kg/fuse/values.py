"""Whose value wins, and what is in dispute. `docs/fusion.md` gives the order in words.

Claims of one property are gathered by value. A value is backed by every voice that says it
or says less exactly the same ("June" backs the 19th of June). The best backed wins; then the
more precise, the one that more voices give in just this form, the one told later, the one
the extractor was surer of, and at last the greater in writing, so that the result never
depends on order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from kg.fuse.history import settle_status
from kg.fuse.reading import Told
from kg.model import Claim, ClaimValue, DateSpan, Duration, EntityRef

__all__ = ["Settled", "settle"]

MANY = frozenset(("participant", "visitor", "topic", "topicText", "outcome"))
"""Properties of which an event has as many values as are told."""

EXACT_TOLERANCE = 0.05
"""Share by which lengths given without bounds may differ and still agree."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The claims of an event, and what is in dispute.

    Of a property with one value the first accepted claim is the winner, and others say the
    same or the same less exactly.
    """

    accepted: tuple[Claim, ...]
    rejected: tuple[Claim, ...]
    disputed: tuple[str, ...]


def settle(told: Sequence[Told], within: Mapping[str, tuple[str, ...]]) -> Settled:
    """Decide every property of one event. `within` leads from each place to what holds it."""
    by: dict[str, list[Told]] = {}
    for item in told:
        by.setdefault(item.claim.property, []).append(item)
    accepted: list[Claim] = []
    rejected: list[Claim] = []
    disputed: list[str] = []
    for prop in sorted(by):
        won, lost, dispute = _one(prop, sorted(by[prop], key=_order), within)
        accepted += won
        rejected += lost
        if dispute:
            disputed.append(prop)
    return Settled(tuple(accepted), tuple(rejected), tuple(disputed))


def _order(told: Told) -> tuple[int, float, str]:
    """Told last first, then the surest, then by id."""
    return -told.day, -told.claim.confidence, told.claim.id


def _one(
    prop: str, told: list[Told], within: Mapping[str, tuple[str, ...]]
) -> tuple[list[Claim], list[Claim], bool]:
    if prop in MANY:
        return [item.claim for item in told], [], False
    if prop == "status":
        winner, dispute = settle_status(told)
    else:
        winner, dispute = _best_backed(told, within)
    value = next(item.claim.value for item in told if key_of(item.claim.value) == winner)
    won: list[Claim] = []
    agreeing: list[Claim] = []
    lost: list[Claim] = []
    for item in told:
        if key_of(item.claim.value) == winner:
            won.append(item.claim)
        elif backs(item.claim.value, value, within):
            agreeing.append(item.claim)
        else:
            lost.append(item.claim)
    return [*won, *agreeing], lost, dispute


# --- values with one winner ------------------------------------------------------------------

Key = tuple[object, ...]


def key_of(value: ClaimValue) -> Key:
    """The value without its wording: claims with one key say the same."""
    match value:
        case DateSpan():
            return ("date", value.earliest, value.latest, value.edtf)
        case Duration():
            return ("length", value.minutes, value.min_minutes, value.max_minutes, str(value.qualifier))
        case EntityRef():
            return ("entity", value.id)
        case datetime():
            return ("time", value.isoformat())
        case _:
            return (type(value).__name__, str(value))


def _best_backed(told: list[Told], within: Mapping[str, tuple[str, ...]]) -> tuple[Key, bool]:
    """The key of the winning value, and whether voices contradict each other."""
    groups: dict[Key, list[Told]] = {}
    for item in told:
        groups.setdefault(key_of(item.claim.value), []).append(item)
    values = {key: items[0].claim.value for key, items in groups.items()}
    voices = {key: {item.voice for item in items} for key, items in groups.items()}

    def rank(key: Key) -> tuple[int, float, int, int, float, str]:
        backing = {
            voice
            for other, value in values.items()
            if other == key or backs(value, values[key], within)
            for voice in voices[other]
        }
        latest = max(item.day for item in groups[key])
        surest = max(item.claim.confidence for item in groups[key])
        exact = precision(values[key])
        return len(backing), exact, len(voices[key]), latest, surest, repr(key)

    ranked = sorted(groups, key=rank, reverse=True)
    dispute = any(
        contradicts(values[a], values[b], within) and _different_voices(voices[a], voices[b])
        for a, b in combinations(groups, 2)
    )
    return ranked[0], dispute


def _different_voices(one: set[str], other: set[str]) -> bool:
    return len(one | other) > 1


def precision(value: ClaimValue) -> float:
    """The greater, the more exact; comparable between values of one property only."""
    match value:
        case DateSpan():
            return -float((value.latest - value.earliest).days)
        case Duration():
            low, high = _bounds(value)
            return -(high - low)
        case EntityRef():
            return float(_SPECIFIC.get(value.id.partition("/")[0], 0))
        case _:
            return 0.0


_SPECIFIC = {"country": 1, "city": 2, "venue": 3}


def _bounds(value: Duration) -> tuple[float, float]:
    low = value.min_minutes if value.min_minutes is not None else 0.0
    high = value.max_minutes if value.max_minutes is not None else float("inf")
    return low, high


def backs(coarse: ClaimValue, fine: ClaimValue, within: Mapping[str, tuple[str, ...]]) -> bool:
    """Does the one say less exactly what the other says?"""
    match coarse, fine:
        case DateSpan(), DateSpan():
            return coarse.earliest <= fine.earliest and fine.latest <= coarse.latest
        case Duration(), Duration():
            wider = precision(coarse) <= precision(fine)
            return wider and not contradicts(coarse, fine, within)
        case EntityRef(), EntityRef():
            wider = precision(coarse) <= precision(fine)
            return wider and not contradicts(coarse, fine, within)
        case _:
            return False


def _levels(place: EntityRef, within: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Venue, city and country of a place, as far as known: kind → id."""
    return {step.partition("/")[0]: step for step in within.get(place.id, (place.id,))}


def contradicts(one: ClaimValue, other: ClaimValue, within: Mapping[str, tuple[str, ...]]) -> bool:
    """Can the two not both be true? A difference in precision is no contradiction."""
    match one, other:
        case DateSpan(), DateSpan():
            return one.latest < other.earliest or other.latest < one.earliest
        case Duration(), Duration():
            if abs(one.minutes - other.minutes) <= EXACT_TOLERANCE * max(one.minutes, other.minutes):
                return False
            (low, high), (least, most) = _bounds(one), _bounds(other)
            return max(low, least) > min(high, most)
        case EntityRef(), EntityRef():
            mine, theirs = _levels(one, within), _levels(other, within)
            return any(mine[level] != theirs[level] for level in mine.keys() & theirs.keys())
        case _:
            return key_of(one) != key_of(other)
