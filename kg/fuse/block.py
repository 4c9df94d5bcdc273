"""Which mentions are compared at all: keys of participants and period.

Two mentions that `kg.fuse.same` could call one event always share a key: one of those that
either is *stored* under is among those that the other *looks up*. A known day is stored
under that day and looked up a few days around, so that the hundreds of meetings of a busy
pair are never compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from kg.fuse.profile import Precision, Profile, Seat, Shape, name_tokens, profiles, skeleton
from kg.fuse.thresholds import RULES, Rules
from kg.model import EventKind, Witness

__all__ = ["block_keys", "lookup_keys", "slug_key", "stored_keys", "trip_keys", "trip_lookups"]

_FORTNIGHT = 14
_SEATS_MOST = 8
"""Of larger tables the seats with the smallest hashes are paired: two tables that are much
alike have most of those in common."""

_BANDS = 16
"""Bands of a signature: copies (likeness 0.7 or more, 8 rows a band) share one with p > 0.6."""


def block_keys(witness: Witness, rules: Rules = RULES) -> frozenset[str]:
    """The keys to index an article under, so that `kg.fuse.update` can find its neighbours."""
    keys: set[str] = set()
    for profile in profiles(witness, rules):
        keys.update(stored_keys(profile), trip_keys(profile))
        if slug := slug_key(profile):
            keys.add(slug)
    return frozenset(keys)


def slug_key(profile: Profile) -> str | None:
    """The key of those that may want the same IRI; None where the IRI carries a hash anyway."""
    return f"id|{profile.shape.kind}|{profile.slug}" if len(profile.edtf) in (7, 10) else None


# --- who, as keys ---------------------------------------------------------------------------


def _small(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


@lru_cache(maxsize=1 << 15)
def _name(unit: str) -> str:
    """What spellings of one name have in common: the bones of the family name."""
    tokens = name_tokens(unit) or (unit,)
    bones = skeleton(tokens[-1])
    return bones if len(bones) > 1 else skeleton(tokens[0]) + bones


@lru_cache(maxsize=1 << 15)
def _whole(unit: str) -> str:
    """The bones of all names together, for those that are split in several ways."""
    return skeleton("".join(name_tokens(unit)) or unit)


def _table(seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    if len(seats) <= _SEATS_MOST:
        return seats
    return tuple(sorted(sorted(seats, key=lambda seat: _small(seat.unit))[:_SEATS_MOST]))


def _pairs(seats: tuple[Seat, ...]) -> tuple[set[str], set[str], set[str]]:
    """Pairs of names, of a name and a party across the table, and of parties."""
    seats = _table(seats)
    names, mixed, parties = set(), set(), set()
    for one, other in combinations(seats, 2):
        if one.named and other.named:
            names.add("+".join(sorted((_name(one.unit), _name(other.unit)))))
            names.add("+".join(sorted((_whole(one.unit), _whole(other.unit)))))
        for a, b in ((one, other), (other, one)):
            if a.named:
                mixed.add(f"{_name(a.unit)}+{b.party or b.unit}")
        sides = sorted((one.party or one.unit, other.party or other.unit))
        parties.add("+".join(sides))
    return names, mixed, parties


def _who(shape: Shape) -> tuple[set[str], set[str]]:
    """The participants as stored keys and as look-ups, without the period.

    Tables of named persons only (f) find each other by the pair of names; those with a group or
    an office (v) by one name and the other party; those without any name (z) by the parties.
    """
    if shape.kind is EventKind.VISIT:
        return _visitor(shape)
    names, mixed, parties = _pairs(shape.seats)
    named = sum(seat.named for seat in shape.seats)
    own = "f" if named == len(shape.seats) else "v" if named else "z"
    stored = {f"n|{p}" for p in names}
    wanted = set(stored)
    stored.update(f"m{own}|{p}" for p in mixed)
    wanted.update(f"m{c}|{p}" for c in _SEES_BY_NAME[own] for p in mixed)
    stored.update(f"p{own}|{p}" for p in parties)
    wanted.update(f"p{c}|{p}" for c in _SEES_BY_PARTY[own] for p in parties)
    return stored, wanted


_SEES_BY_NAME = {"f": "v", "v": "fv", "z": ""}
_SEES_BY_PARTY = {"f": "z", "v": "vz", "z": "fvz"}


def _visitor(shape: Shape) -> tuple[set[str], set[str]]:
    where = shape.places[-1] if shape.places else ""
    keys: set[str] = set()
    for seat in _table(shape.seats):
        keys.add(f"t|{_name(seat.unit) if seat.named else seat.party or seat.unit}>{where}")
    return keys, keys


# --- when, as keys --------------------------------------------------------------------------


def _weeks(first: int, last: int) -> range:
    return range(first // _FORTNIGHT, last // _FORTNIGHT + 1)


def _city(shape: Shape) -> str | None:
    return next((place for place in shape.places if place.startswith("city/")), None)


def stored_keys(profile: Profile) -> Iterator[str]:
    """The keys that others find this mention by."""
    shape = profile.shape
    who, _ = _who(shape)
    city = _city(shape)
    if shape.precision is Precision.LOOSE:
        times = [f"@o{city}"] if city else []
        yield from _bands(profile)
    else:
        times = list(_stored_times(shape))
    for key in who:
        yield from (key + time for time in times)
        if city and shape.precision is not Precision.LOOSE and key.startswith(("n|", "t|")):
            yield f"{key}@c{city}"


def _stored_times(shape: Shape) -> Iterator[str]:
    first, last = shape.window or (0, -1)
    if shape.precision is Precision.NARROW:
        yield from (f"@d{day}" for day in range(first, last + 1))
        yield from (f"@n{week}" for week in _weeks(first, last))
    else:
        yield from (f"@w{week}" for week in _weeks(first, last))


def lookup_keys(profile: Profile, rules: Rules) -> Iterator[str]:
    """The keys under which everything lies that may be the same event."""
    shape = profile.shape
    _, who = _who(shape)
    city = _city(shape)
    times: list[str] = []
    if shape.precision is Precision.LOOSE:
        yield from _bands(profile)
    else:
        times = list(_looked_up_times(shape, rules))
    for key in who:
        yield from (key + time for time in times)
        if city and key.startswith(("n|", "t|")):
            yield f"{key}@o{city}"
            if shape.precision is Precision.LOOSE:
                yield f"{key}@c{city}"


def _looked_up_times(shape: Shape, rules: Rules) -> Iterator[str]:
    first, last = shape.window or (0, -1)
    reach = rules.visit_reach if shape.kind is EventKind.VISIT else rules.tolerance
    first, last = first - reach, last + reach
    if shape.precision is Precision.NARROW:
        yield from (f"@d{day}" for day in range(first, last + 1))
    else:
        yield from (f"@n{week}" for week in _weeks(first, last))
    yield from (f"@w{week}" for week in _weeks(first, last))


def _bands(profile: Profile) -> Iterator[str]:
    """Keys that copies share: all that is left to find an event without time and place by."""
    rows = len(profile.signature) // _BANDS
    if not rows:
        return
    for band in range(_BANDS):
        part = ",".join(map(str, profile.signature[band * rows : (band + 1) * rows]))
        yield f"x|{band}|{_small(part).hex()}"


# --- visits and their meetings ----------------------------------------------------------------


def trip_keys(profile: Profile) -> Iterator[str]:
    """Where a visit waits for its meetings, and a meeting for its visit."""
    shape = profile.shape
    side = "trip" if shape.kind is EventKind.VISIT else "stop"
    yield from (f"{side}|{key}" for key in _stops(shape, 0))


def trip_lookups(profile: Profile, rules: Rules) -> Iterator[str]:
    """The keys of meetings that a visit may hold, or of visits that may hold a meeting."""
    shape = profile.shape
    side = "stop" if shape.kind is EventKind.VISIT else "trip"
    yield from (f"{side}|{key}" for key in _stops(shape, rules.visit_days_most))


def _stops(shape: Shape, reach: int) -> Iterable[str]:
    if not shape.places or shape.stated is None or shape.precision is not Precision.NARROW:
        return
    first, last = shape.stated[0] - reach, max(shape.stated[1], shape.until or 0) + reach
    for seat in _table(shape.seats):
        if seat.named:
            yield from (f"{seat.unit}>{shape.places[-1]}@{week}" for week in _weeks(first, last))
