"""Are two mentions one event? A sum of evidence, each piece with its reason.

Every function here looks at two shapes only, is symmetric, and returns `Reason`s; the
event is one when the points of all reasons reach `Rules.same`. A single `VETO` settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.fuse.people import people
from kg.fuse.profile import Precision, Shape
from kg.fuse.reason import Reason
from kg.fuse.thresholds import RULES, VETO, Rules
from kg.model import EventKind, Mode, Status

__all__ = ["Verdict", "compare", "score"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on two mentions, and what it rests on."""

    points: int
    same: bool
    reasons: tuple[Reason, ...]


def compare(one: Shape, other: Shape, rules: Rules = RULES) -> Verdict:
    """The decision on two mentions of different articles, with reasons in a fixed order."""
    reasons = tuple(_reasons(one, other, rules))
    points = max(VETO, sum(reason.points for reason in reasons))
    return Verdict(points, points >= rules.same, reasons)


def score(one: Shape, other: Shape, rules: Rules = RULES) -> int:
    """The points of `compare` alone, ending at the first veto."""
    points = 0
    for reason in _reasons(one, other, rules):
        if reason.points <= VETO:
            return VETO
        points += reason.points
    return points


Feature = Callable[[Shape, Shape, Rules], Iterator[Reason]]


def _reasons(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    if one.kind is not other.kind:
        yield Reason("a meeting is no visit", VETO)
        return
    for feature in _MEETING if one.kind is EventKind.MEETING else _VISIT:
        for reason in feature(one, other, rules):
            yield reason
            if reason.points <= VETO:
                return


# --- when -----------------------------------------------------------------------------------

_AHEAD = frozenset((Status.PLANNED, Status.POSSIBLE))
_DONE = frozenset((Status.HELD, Status.ONGOING))
_UNDONE = frozenset((Status.CANCELLED, Status.POSTPONED, Status.DENIED))


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between two periods; 0 when they overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def when(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """Days and periods, stated or expected, and whether it was told before it can have been."""
    if one.stated and other.stated:
        yield from _stated(one, other, _gap(one.stated, other.stated), rules)
    elif one.window and other.window:
        yield from _expected(one, other, _gap(one.window, other.window), rules)
    elif _late(one, other) or _late(other, one):
        yield Reason("told of before the other's first day", VETO)
    for told, day in ((one, other), (other, one)):
        if told.status in _DONE and told.published is not None and day.stated:
            early = day.stated[0] - told.published
            if early > 1:
                yield Reason(f"told as done {early} days before the other's day", rules.told_before)


def _late(told: Shape, day: Shape) -> bool:
    """Is one told as done before the other's first day? (An undated report of the past.)"""
    if told.published is None or day.stated is None or told.status not in _DONE:
        return False
    return day.stated[0] > told.published + 1


def _stated(one: Shape, other: Shape, gap: int, rules: Rules) -> Iterator[Reason]:
    if gap > rules.tolerance:
        yield Reason(f"{gap} days apart", VETO)
    elif gap:
        yield Reason(f"{gap} day(s) apart", _off(one, other, gap, rules))
    elif one.precision is Precision.LOOSE or other.precision is Precision.LOOSE:
        yield Reason("the day lies in the long period that the other names", rules.within_year)
    elif one.precision is Precision.NARROW and other.precision is Precision.NARROW:
        yield Reason("same day", rules.same_day)
    else:
        yield Reason("the day lies in the period that the other names", rules.within_days)


def _off(one: Shape, other: Shape, gap: int, rules: Rules) -> int:
    moved = (one.status in _AHEAD) != (other.status in _AHEAD)
    if gap > 1:
        return (rules.off_two if gap == 2 else rules.off_three) + moved * rules.off_more_moved
    if moved:
        return rules.off_one_moved
    return rules.off_one_inferred if one.inferred or other.inferred else rules.off_one_stated


def _expected(one: Shape, other: Shape, gap: int, rules: Rules) -> Iterator[Reason]:
    """At least one is undated: its window comes from when and how it was told."""
    if gap > 1:
        yield Reason("not at the time that the undated report lets expect", VETO)
        return
    points = [
        _nearness(vague, known, rules)
        for vague, known in ((one, other), (other, one))
        if vague.stated is None
    ]
    yield Reason("at the time that the undated report lets expect", min(points))


def _nearness(vague: Shape, known: Shape, rules: Rules) -> int:
    if known.stated is None:
        days = abs((vague.published or 0) - (known.published or 0))
    elif vague.status in _AHEAD:
        days = max(0, known.stated[0] - (vague.published or 0)) // 4
    else:
        days = max(0, (vague.published or 0) - known.stated[1])
    if days <= rules.soon_days:
        return rules.told_soon - days
    return max(0, rules.told_later - (days - rules.soon_days) // 2)


# --- where, how, whether, how long -----------------------------------------------------------


def where(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """The most specific place in common, or the first level at which they differ."""
    levels = (
        ("country/", "country", rules.same_country, rules.other_country),
        ("city/", "city", rules.same_city, rules.other_city),
        ("venue/", "venue", rules.same_venue, rules.other_venue),
    )
    best: Reason | None = None
    for prefix, word, same, differ in levels:
        mine = next((p for p in one.places if p.startswith(prefix)), None)
        theirs = next((p for p in other.places if p.startswith(prefix)), None)
        if mine and theirs:
            best = Reason(f"same {word}", same) if mine == theirs else Reason(f"another {word}", differ)
            if mine != theirs:
                break
    if best:
        yield best


def how(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """In person, by phone or by video."""
    modes = {one.mode, other.mode}
    remote = modes & {Mode.PHONE, Mode.VIDEO}
    if None in modes:
        placed = one.places if one.mode is None else other.places
        if remote and placed and modes != {None}:
            yield Reason("one at a distance, the other at a place", rules.remote_with_place)
    elif len(modes) == 1:
        yield Reason("same mode", rules.same_remote if remote else rules.same_presence)
    elif len(remote) == 2:
        yield Reason("phone against video", rules.phone_or_video)
    else:
        yield Reason("in person against at a distance", rules.remote_or_present)


def whether(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """Statuses: a plan and its fulfilment agree; called off and held do not."""
    states = {one.status, other.status}
    if len(states) == 1 and states & _UNDONE:
        yield Reason(f"both {one.status}", rules.same_undone)
    elif states & _DONE and states & {Status.CANCELLED, Status.POSTPONED}:
        yield Reason("called off against held", rules.undone_done)


def how_long(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """Lengths with their bounds."""
    if one.length is None or other.length is None:
        return
    (least, value, most), (low, worth, high) = one.length, other.length
    if value == worth:
        yield Reason("same length", rules.same_length)
    elif max(least, low) <= min(most, high):
        yield Reason("lengths that agree", rules.near_length)
    elif max(value, worth) > 3 * min(value, worth):
        yield Reason("lengths that are far apart", rules.far_length)
    else:
        yield Reason("lengths that differ", rules.other_length)


def hour(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """Clock times, or else morning against evening."""
    if one.clock is not None and other.clock is not None:
        if abs(one.clock - other.clock) > rules.clock_minutes:
            yield Reason("started at other hours", rules.other_clock)
        else:
            yield Reason("started at the same hour", rules.same_clock)
    elif one.dayparts and other.dayparts:
        first, second = sorted((one, other), key=lambda shape: shape.stated or (0, 0))
        if _next_day(first, second) and "evening" in first.dayparts and "morning" in second.dayparts:
            yield Reason("evening here, morning there", rules.date_line)
        elif one.dayparts & other.dayparts:
            yield Reason("same part of the day", rules.same_daypart)
        else:
            yield Reason("another part of the day", rules.other_daypart)


def _next_day(first: Shape, second: Shape) -> bool:
    return bool(first.stated and second.stated and first.stated[1] + 1 == second.stated[0])


def which(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """ "Their third meeting this year", "the second round"."""
    mine, theirs = dict(one.counts), dict(other.counts)
    for what in sorted(mine.keys() & theirs.keys()):
        same = {n for w, n in one.counts if w == what} & {n for w, n in other.counts if w == what}
        if same:
            yield Reason(f"both number {min(same)} ({what})", rules.same_count)
        elif " " in what or what in {"round", "session"}:
            yield Reason(f"numbers {mine[what]} and {theirs[what]} ({what})", rules.other_count)
        return


def on_what(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """Topics in common; different topics say nothing."""
    common = len(one.topics & other.topics)
    if common:
        yield Reason(f"{common} topic(s) in common", rules.topic * min(common, 3))


# --- visits -----------------------------------------------------------------------------------


def visit_where(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """The country visited; another country is another visit."""
    if not one.places or not other.places:
        return
    if one.places[-1] != other.places[-1]:
        yield Reason("another country", VETO)
    else:
        yield Reason("same destination", rules.destination)


def visit_when(one: Shape, other: Shape, rules: Rules) -> Iterator[Reason]:
    """First days, or days of the stay; undated visits as undated meetings."""
    if one.stated is None or other.stated is None:
        yield from when(one, other, rules)
        return
    mine = (one.stated[0], max(one.stated[1], one.until or 0))
    theirs = (other.stated[0], max(other.stated[1], other.until or 0))
    gap = _gap(mine, theirs)
    narrow = one.precision is Precision.NARROW and other.precision is Precision.NARROW
    if narrow and abs(one.stated[0] - other.stated[0]) <= 1:
        yield Reason("same first day", rules.visit_start)
    elif gap <= (rules.visit_tolerance if narrow else 0):
        yield Reason("days that fit one stay", rules.visit_days)
    elif gap <= rules.visit_reach:
        yield Reason(f"{gap} days apart", rules.visit_off)
    else:
        yield Reason(f"{gap} days apart", VETO)


_MEETING: tuple[Feature, ...] = (when, people, how, where, whether, which, hour, how_long, on_what)
"""In the order in which they cost and settle."""

_VISIT: tuple[Feature, ...] = (visit_where, visit_when, people, whether, which)
