"""Do two tables seat the same people? Persons, offices and groups, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.fuse.profile import Profile, Seat, Shape, name_tokens, skeleton
from kg.fuse.reason import Reason
from kg.fuse.thresholds import VETO, Rules
from kg.model import EntityRef, EventKind

__all__ = ["covered", "people", "spelled_alike"]


def people(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """The seats in common, the two best first, then what is left over on either side."""
    first, second = sorted((one.seats, other.seats))  # so that pairing does not depend on who is asked
    matched, mine, theirs = _match(list(first), list(second), rules)
    needed = 1 if one.kind is EventKind.VISIT else 2
    if len(matched) < needed:
        yield Reason("not enough participants in common", VETO)
        return
    matched.sort(key=lambda pair: (-pair[0], pair[1]))
    for points, words, _ in matched[:needed]:
        yield Reason(words, points)
    more = len(matched) - needed
    if more > 0:
        yield Reason(f"{more} more in common", min(more * rules.further, rules.further_most))
    at_both = {party for _, _, party in matched}
    yield from _left_over(mine, theirs, at_both, rules)


Match = tuple[int, str, str]
"""Points, words, party of the seat."""


def _match(mine: list[Seat], theirs: list[Seat], rules: Rules) -> tuple[list[Match], list[Seat], list[Seat]]:
    """Seats paired one to one, the surest kind of likeness first; a group may cover several."""
    matched: list[Match] = []
    common = {seat.unit for seat in mine} & {seat.unit for seat in theirs}
    for seat in mine:
        if seat.unit in common:
            points = rules.person if seat.named else rules.role if _holds_office(seat) else rules.group + 3
            matched.append((points, f"{_short(seat)} on both sides", seat.party or seat.unit))
    mine = [seat for seat in mine if seat.unit not in common]
    theirs = [seat for seat in theirs if seat.unit not in common]
    if not mine or not theirs:
        return matched, mine, theirs
    for likeness in (_as_spelled, _as_office, _as_unknown_office, _as_group):
        for a in list(mine):
            found = min((b for b in theirs if likeness(a, b)), default=None)
            if found:
                mine.remove(a)
                theirs.remove(found)
                matched.append(_matched(likeness, a, found, rules))
    return matched, mine, theirs


def _matched(likeness: object, a: Seat, b: Seat, rules: Rules) -> Match:
    a, b = sorted((a, b))
    party = a.party or b.party or a.unit
    if likeness is _as_spelled:
        return rules.variant, f"{_short(a)} and {_short(b)} are spellings of one name", party
    if likeness is _as_office:
        return rules.role, f"{_short(a)} and {_short(b)} are one office", party
    points = rules.office if likeness is _as_unknown_office else rules.group
    return points, f"{_short(a)} and {_short(b)} are of one party", party


def _short(seat: Seat) -> str:
    return seat.unit.partition("/")[2]


def _holds_office(seat: Seat) -> bool:
    return seat.named or bool(seat.office & _OFFICES)


_OFFICES = frozenset(
    (
        *("minister", "president", "premier", "chancellor", "king", "queen", "secretary", "ambassador"),
        *("envoy", "chairman", "chair", "speaker", "prince", "emir", "sultan", "pope", "director"),
        *("commissioner", "negotiator", "adviser", "advisor", "leader"),
    )
)
"""Words that make a phrase an office of one person ("Japanese foreign minister")."""


def _one_party(a: Seat, b: Seat) -> bool:
    return not a.party or not b.party or a.party == b.party


def _as_spelled(a: Seat, b: Seat) -> bool:
    return a.named and b.named and _one_party(a, b) and spelled_alike(a, b)


def spelled_alike(a: Seat, b: Seat) -> bool:
    """Are the names spellings of one, as `sergey-lavrov` and `sergei-lavrov`, or `lavrov` alone?"""
    mine, theirs = name_tokens(a.unit), name_tokens(b.unit)
    if (a.linked and b.linked) or not mine or not theirs:
        return False
    whole = skeleton("".join(mine)) == skeleton("".join(theirs))
    return whole or (skeleton(mine[-1]) == skeleton(theirs[-1]) and _given_alike(a, b, mine, theirs))


def _given_alike(a: Seat, b: Seat, mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Of one family name: is a given name missing, an initial, or sounding the same?"""
    if len(mine) == 1 or len(theirs) == 1:
        return bool(a.party and b.party)
    initial = 1 in (len(mine[0]), len(theirs[0])) and mine[0][0] == theirs[0][0]
    return initial or skeleton(mine[0]) == skeleton(theirs[0])


def _as_office(a: Seat, b: Seat) -> bool:
    """A person or an unnamed office-bearer, and an unnamed bearer of the same office."""
    if (a.named and b.named) or not a.party or a.party != b.party:
        return False
    titles = a.office & _OFFICES
    return bool(titles) and titles == b.office & _OFFICES and bool(_kin(a.office, b.office))


def _kin(one: frozenset[str], other: frozenset[str]) -> bool:
    """One office worded more or less fully: "minister" and "foreign minister", not "defence minister"."""
    return one <= other or other <= one or len(one & other) >= 2


def _as_unknown_office(a: Seat, b: Seat) -> bool:
    """A person whose office nobody told, and an unnamed office-bearer of the same party."""
    if a.named == b.named or not a.party or a.party != b.party:
        return False
    person, bearer = (a, b) if a.named else (b, a)
    return not person.office and _holds_office(bearer)


def _as_group(a: Seat, b: Seat) -> bool:
    if (a.named and b.named) or not a.party or a.party != b.party:
        return False
    single = [seat for seat in (a, b) if not seat.named and _holds_office(seat)]
    # two offices, or an office and a person in another one, are two people
    return not single or (len(single) == 1 and not (a.named or b.named)) or any(not s.office for s in (a, b))


def _left_over(mine: list[Seat], theirs: list[Seat], at_both: set[str], rules: Rules) -> Iterator[Reason]:
    """Those who sit on one side only."""
    parties = {seat.party or seat.unit for seat in mine} & {seat.party or seat.unit for seat in theirs}
    if rivals := sorted(parties - at_both):
        yield Reason(f"another participant for {rivals[0]}", VETO)
    if mine and theirs and any(not s.party for s in (*mine, *theirs)):
        yield Reason("different people whose party is unknown", rules.third_party)
    aides = third = groups = 0
    for seat in (*mine, *theirs):
        if (seat.party or seat.unit) in at_both:
            aides += 1
        elif seat.named:
            third += 1
        else:
            groups += 1
    if aides:
        yield Reason(f"{aides} more of the same parties on one side", rules.aide * min(aides, 4))
    if third:
        yield Reason(f"{third} of another party on one side only", rules.third_party * min(third, 2))
    if groups:
        yield Reason(
            f"{groups} group(s) of another party on one side", rules.third_party_group * min(groups, 2)
        )


def covered(members: Iterable[Profile]) -> frozenset[str]:
    """Ids of participant claims that say less than others of the same event.

    An office or a group is spared when a person of its party sits in that seat; of two
    spellings the less frequent one goes. Two whom one article seats together are two.
    """
    seats: dict[str, Seat] = {}
    votes: dict[str, int] = {}
    claims: dict[str, set[str]] = {}
    together: set[tuple[str, str]] = set()
    for member in members:
        units = [seat.unit for seat in member.shape.seats]
        together.update((one, other) for one in units for other in units if one != other)
        for seat in member.shape.seats:
            known = seats.get(seat.unit)
            seats[seat.unit] = replace(known, office=known.office | seat.office) if known else seat
            votes[seat.unit] = votes.get(seat.unit, 0) + 1
        for claim in member.mention.claims:
            if claim.property in _SEATED and isinstance(claim.value, EntityRef):
                claims.setdefault(claim.value.id, set()).add(claim.id)
    spare: set[str] = set()
    for unit, seat in seats.items():
        rivals = (o for o in seats.values() if o.unit != unit and (unit, o.unit) not in together)
        if any(_outdoes(other, seat, votes) for other in rivals):
            spare |= claims.get(unit, set())
    return frozenset(spare)


_SEATED = frozenset(("participant", "visitor"))


def _outdoes(other: Seat, seat: Seat, votes: Mapping[str, int]) -> bool:
    if seat.named:
        better = (-votes[other.unit], other.unit) < (-votes[seat.unit], seat.unit)
        return better and _as_spelled(other, seat)
    return other.named and (_as_office(other, seat) or (not _holds_office(seat) and _as_group(other, seat)))
