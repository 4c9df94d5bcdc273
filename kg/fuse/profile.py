"""What fusion compares: one mention of an event with everything that its decision needs.

A `Profile` rests on one article alone. All numbers in it are integers, all sets frozen:
equal profiles compare equal wherever and whenever they were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from kg.fuse.thresholds import Rules
from kg.model import (
    Basis,
    Claim,
    DateSpan,
    Duration,
    Entity,
    EntityRef,
    EventKind,
    EventMention,
    Mode,
    Status,
    Witness,
)

__all__ = ["Precision", "Profile", "Seat", "Shape", "chain", "name_tokens", "profiles", "skeleton"]


class Precision(IntEnum):
    """How well the time of an event is known."""

    NARROW = 0
    """A day, or a few."""
    WIDE = 1
    """Some weeks, stated or taken from when and how it was told."""
    LOOSE = 2
    """Hardly at all."""


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """Somebody at the table. `party` is an entity id, "" when unknown."""

    unit: str
    party: str
    named: bool
    """A person with a name, not a group or an office."""
    linked: bool = field(default=False, compare=False)
    """Known to the gazetteer: two linked persons are never spellings of one name."""
    office: frozenset[str] = field(default=frozenset(), compare=False)
    """Words of the office, without those that every office has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the decision looks at; mentions of one shape are told apart by article only."""

    kind: EventKind
    seats: tuple[Seat, ...]
    details: tuple[tuple[bool, frozenset[str]], ...]
    """What equality of seats leaves out: whether linked, and the office."""
    stated: tuple[int, int] | None
    """First and last possible day as ordinals, as the article tells."""
    window: tuple[int, int] | None
    """The same, or what publication and status let expect."""
    precision: Precision
    inferred: bool
    published: int | None
    until: int | None
    """A visit's last day."""
    places: tuple[str, ...]
    """Most specific first."""
    mode: Mode | None
    status: Status
    length: tuple[float, float, float] | None
    """Least, stated and greatest minutes."""
    clock: int | None
    """Minute of the day at which it began."""
    dayparts: frozenset[str]
    counts: frozenset[tuple[str, int]]
    topics: frozenset[str]
    background: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A mention, its article and its shape."""

    mention: EventMention
    article: str
    published: date | None
    shape: Shape
    slug: str
    """What the event would be called if only this mention told of it."""
    edtf: str
    signature: tuple[int, ...]
    within: Mapping[str, tuple[str, ...]]
    """Place → itself and what holds it, for the places in the claims."""

    @property
    def id(self) -> str:
        """The mention's id."""
        return self.mention.id


_OFFICE_NOISE = frozenset(
    (
        *("the", "of", "an", "and", "to", "for", "his", "her", "its", "us"),
        *("mr", "mrs", "ms", "dr", "sir", "then", "former", "acting", "new", "top", "senior", "chief"),
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = {
    "morning": "morning",
    "breakfast": "morning",
    "lunch": "noon",
    "noon": "noon",
    "midday": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "dinner": "evening",
    "night": "evening",
    "overnight": "evening",
    "late": "evening",
    "early": "morning",
}
_NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            "first 1st",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
            "ninth 9th",
            "tenth 10th",
        ),
        start=1,
    )
    for word in words.split()
}
_COUNT = re.compile(
    rf"\b({'|'.join(_NUMBERS)})\s+(?:[a-z-]+\s+){{0,2}}?(round|session|meeting|summit|encounter|call|talks)\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:this|since|in (?:the )?(?:last|past|(?:19|20)\d\d|\w+ years)|of the (?:year|war|series))\b",
    re.IGNORECASE,
)


def profiles(witness: Witness, rules: Rules) -> tuple[Profile, ...]:
    """A profile of each mention of `witness`, in its order; mentions without any seat as well."""
    return tuple(_profile(witness, mention, rules) for mention in witness.mentions)


def _profile(witness: Witness, mention: EventMention, rules: Rules) -> Profile:
    by: dict[str, list[Claim]] = {}
    for claim in mention.claims:
        by.setdefault(claim.property, []).append(claim)
    who, where = ("participant", "place") if mention.kind is EventKind.MEETING else ("visitor", "destination")
    seats = _seats(by.get(who, ()), witness.entities)
    day = _best(by.get("date", ()))
    status = _best(by.get("status", ()))
    span = day.value if day and isinstance(day.value, DateSpan) else None
    within = {
        claim.value.id: chain(claim.value.id, witness.entities)
        for claim in by.get(where, ())
        if isinstance(claim.value, EntityRef)
    }
    state = status.value if status and isinstance(status.value, Status) else Status.HELD
    published = witness.published.toordinal() if witness.published else None
    stated = (span.earliest.toordinal(), span.latest.toordinal()) if span else None
    window = stated or _expected(state, published, rules, background=mention.background)
    texts = sorted({claim.evidence.text for claim in mention.claims})
    shape = Shape(
        kind=mention.kind,
        seats=seats,
        details=tuple((seat.linked, seat.office) for seat in seats),
        stated=stated,
        window=window,
        precision=_precision(stated, window, rules),
        inferred=bool(day and day.basis is not Basis.STATED),
        published=published,
        until=_until(by.get("endDate", ())),
        places=max(within.values(), key=lambda places: (len(places), places), default=()),
        mode=_mode(_best(by.get("mode", ()))),
        status=state,
        length=_length(_best(by.get("minutes", ()))),
        clock=_clock(_best(by.get("start", ()))),
        dayparts=_dayparts([claim.text for claim in (*by.get("date", ()), *by.get("start", ()))] + texts),
        counts=_counts(texts),
        topics=_topics(by.get("topic", ()), by.get("topicText", ())),
        background=mention.background,
    )
    edtf = span.edtf if span else ""
    name = _slug(mention.kind, seats, shape.places, edtf)
    return Profile(mention, witness.article, witness.published, shape, name, edtf, witness.signature, within)


def _best(claims: Iterable[Claim]) -> Claim | None:
    """The claim to compare by: the most confident, then the smallest id."""
    return min(claims, key=lambda claim: (-claim.confidence, claim.id), default=None)


# --- who ------------------------------------------------------------------------------------


def _seats(claims: Iterable[Claim], entities: Mapping[str, Entity]) -> tuple[Seat, ...]:
    """The seats, sorted; a person claimed twice sits once, with every office named."""
    seats: dict[str, Seat] = {}
    for claim in sorted(claims, key=lambda claim: (-claim.confidence, claim.id)):
        if not isinstance(claim.value, EntityRef):
            continue
        unit = claim.value.id
        entity = entities.get(unit)
        named = unit.startswith("person/")
        words = claim.role or ("" if named else (entity.label if entity else claim.text))
        office = frozenset(_office(words))
        known = seats.get(unit)
        seats[unit] = Seat(
            unit,
            (known.party if known and known.party else claim.party or ""),
            named,
            bool(entity and entity.wikidata),
            office | known.office if known else office,
        )
    return tuple(sorted(seats.values()))


def _office(words: str) -> Iterator[str]:
    for word in _WORD.findall(words.casefold()):
        if word not in _OFFICE_NOISE and len(word) > 1:
            yield word


def _folded(names: Iterable[str]) -> Iterator[str]:
    return (" ".join(_WORD.findall(name.casefold())) for name in names)


def name_tokens(unit: str) -> tuple[str, ...]:
    """The words of a person's id, without what only tells namesakes apart.

    >>> name_tokens("person/sergei-lavrov-1950")
    ('sergei', 'lavrov')
    """
    return tuple(t for t in unit.partition("/")[2].split("-") if t and not any(c.isdigit() for c in t))


_SOUNDS = str.maketrans({"c": "k", "q": "k", "x": "k", "w": "v", "z": "s", "j": None, "y": None, "h": None})


def skeleton(word: str) -> str:
    """The consonants of a name as they sound alike in different transliterations.

    >>> skeleton("zelenskiy") == skeleton("zelensky"), skeleton("lavrow") == skeleton("lavrov")
    (True, True)
    """
    text = word.casefold().replace("ph", "f").replace("ts", "s").replace("tz", "s").translate(_SOUNDS)
    bones = [c for c in text if c not in "aeiou"]
    return "".join(c for i, c in enumerate(bones) if i == 0 or bones[i - 1] != c) or word


# --- when -----------------------------------------------------------------------------------

_AHEAD = frozenset((Status.PLANNED, Status.POSSIBLE))
_UNDONE = frozenset((Status.CANCELLED, Status.POSTPONED, Status.DENIED))


def _expected(
    status: Status, published: int | None, rules: Rules, *, background: bool
) -> tuple[int, int] | None:
    """When an undated event can have been, by when and how it is told."""
    if published is None or background:
        return None
    if status in _AHEAD:
        return published, published + rules.ahead_days
    if status in _UNDONE:
        return published - rules.back_days, published + rules.ahead_days
    return published - rules.back_days, published


def _precision(stated: tuple[int, int] | None, window: tuple[int, int] | None, rules: Rules) -> Precision:
    if window is None or window[1] - window[0] > rules.wide_days:
        return Precision.LOOSE
    if stated is not None and stated[1] - stated[0] <= rules.narrow_days:
        return Precision.NARROW
    return Precision.WIDE


def _until(claims: Iterable[Claim]) -> int | None:
    best = _best(claims)
    return best.value.latest.toordinal() if best and isinstance(best.value, DateSpan) else None


def _clock(claim: Claim | None) -> int | None:
    if claim is None or not isinstance(claim.value, datetime):
        return None
    return claim.value.hour * 60 + claim.value.minute


def _dayparts(texts: Iterable[str]) -> frozenset[str]:
    words = {word for text in texts for word in _WORD.findall(text.casefold())}
    return frozenset(_PARTS[word] for word in words if word in _PARTS)


# --- where, how, how long, on what ------------------------------------------------------------


def chain(place: str, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """A place and what holds it, most specific first; a circle ends where it closes."""
    found: list[str] = []
    step: str | None = place
    while step is not None and step not in found:
        found.append(step)
        entity = entities.get(step)
        step = entity.within if entity else None
    return tuple(found)


def _mode(claim: Claim | None) -> Mode | None:
    return claim.value if claim and isinstance(claim.value, Mode) else None


def _length(claim: Claim | None) -> tuple[float, float, float] | None:
    if claim is None or not isinstance(claim.value, Duration):
        return None
    value = claim.value
    least = value.min_minutes if value.min_minutes is not None else 0.0
    return least, value.minutes, value.max_minutes if value.max_minutes is not None else float("inf")


def _counts(texts: Iterable[str]) -> frozenset[tuple[str, int]]:
    """What is counted, and the number: ("meeting this year", 3)."""
    found = set()
    for text in texts:
        for match in _COUNT.finditer(text):
            noun = match[2].casefold()
            scope = _SCOPE.search(text, match.end(), match.end() + 40)
            what = f"{noun} {scope[0].casefold()}" if scope else noun
            found.add((what, _NUMBERS[match[1].casefold()]))
    return frozenset(found)


def _topics(concepts: Iterable[Claim], words: Iterable[Claim]) -> frozenset[str]:
    ids = {claim.value.id for claim in concepts if isinstance(claim.value, EntityRef)}
    return frozenset(ids | set(_folded(c.value for c in words if isinstance(c.value, str))))


# --- names ----------------------------------------------------------------------------------

_NAMED_IN_SLUG = 3


def _slug(kind: EventKind, seats: tuple[Seat, ...], places: tuple[str, ...], edtf: str) -> str:
    """`2023-06-19-antony-blinken-wang-yi`; groups where persons lack; three at most, then `and-others`."""
    named = [seat for seat in seats if seat.named]
    order = named if len(named) > 1 else sorted(seats, key=lambda seat: (not seat.named, seat.unit))
    names = [seat.unit.partition("/")[2] for seat in order]
    parts = [re.sub(r"[^0-9-]", "-", edtf) or "undated", *names[:_NAMED_IN_SLUG]]
    if len(names) > _NAMED_IN_SLUG:
        parts.append("and-others")
    if kind is EventKind.VISIT and places:
        parts.append(places[-1].partition("/")[2])
    return re.sub(r"-{2,}", "-", "-".join(part.replace("/", "-") for part in parts))
