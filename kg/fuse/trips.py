"""Which visit holds which meeting: what an article says of it, else person, country and day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.fuse.block import trip_keys, trip_lookups
from kg.fuse.events import Solved
from kg.fuse.thresholds import Rules
from kg.model import Claim, DateSpan, EntityRef, FusedEvent, Mode, Status

__all__ = ["link"]

_UNDONE = frozenset((Status.CANCELLED, Status.POSTPONED, Status.DENIED))


def link(meetings: Iterable[Solved], visits: Sequence[Solved], rules: Rules) -> Iterator[FusedEvent]:
    """Each meeting with `part_of` filled in where a visit of `visits` holds it."""
    said: dict[str, list[Solved]] = {}
    waiting: dict[str, list[Solved]] = {}
    for visit in visits:
        for member in visit.members:
            for mention in member.mention.holds:
                said.setdefault(mention, []).append(visit)
        for key in {key for member in visit.members for key in trip_keys(member)}:
            waiting.setdefault(key, []).append(visit)
    for meeting in meetings:
        visit_id = _said(meeting, said) or _inferred(meeting, waiting, rules)
        yield replace(meeting.event, part_of=visit_id) if visit_id else meeting.event


def _said(meeting: Solved, said: dict[str, list[Solved]]) -> str | None:
    """The visit that most articles put the meeting into."""
    votes: dict[str, int] = {}
    for member in meeting.members:
        for visit in said.get(member.id, ()):
            votes[visit.event.id] = votes.get(visit.event.id, 0) + 1
    return min(votes, key=lambda visit: (-votes[visit], visit), default=None)


def _inferred(meeting: Solved, waiting: dict[str, list[Solved]], rules: Rules) -> str | None:
    """The visit of a participant to the country of the meeting at that time; the latest begun."""
    keys = {key for member in meeting.members for key in trip_lookups(member, rules)}
    found = {visit.event.id: visit for key in keys for visit in waiting.get(key, ())}
    fits = [
        (-start, visit_id)
        for visit_id, visit in found.items()
        if (start := _start_if_holding(meeting, visit, rules)) is not None
    ]
    return min(fits)[1] if fits else None


def _start_if_holding(meeting: Solved, visit: Solved, rules: Rules) -> int | None:
    """The visit's first day as an ordinal when it holds the meeting."""
    day, start = _span(meeting.event, "date"), _span(visit.event, "date")
    if day is None or start is None or (day.latest - day.earliest).days > rules.narrow_days:
        return None
    if any(claim.value in {Mode.PHONE, Mode.VIDEO} for claim in _all(meeting.event, "mode")):
        return None
    if any(claim.value in _UNDONE for claim in _all(visit.event, "status")) and not any(
        claim.value in _UNDONE for claim in _all(meeting.event, "status")
    ):
        return None
    end = _span(visit.event, "endDate")
    last = end.latest.toordinal() if end else start.earliest.toordinal() + rules.visit_days_most
    if not start.earliest.toordinal() <= day.earliest.toordinal() <= last:
        return None
    visitors = {c.value.id for c in _all(visit.event, "visitor") if isinstance(c.value, EntityRef)}
    present = {c.value.id for c in _all(meeting.event, "participant") if isinstance(c.value, EntityRef)}
    if not visitors & present or not _countries(meeting, "place") & _countries(visit, "destination"):
        return None
    return start.earliest.toordinal()


def _all(event: FusedEvent, prop: str) -> Iterator[Claim]:
    return (claim for claim in event.accepted if claim.property == prop)


def _span(event: FusedEvent, prop: str) -> DateSpan | None:
    return next((c.value for c in _all(event, prop) if isinstance(c.value, DateSpan)), None)


def _countries(solved: Solved, prop: str) -> set[str]:
    """The outermost places of the accepted ones."""
    return {
        steps[-1]
        for claim in _all(solved.event, prop)
        if isinstance(claim.value, EntityRef)
        for member in solved.members
        if (steps := member.within.get(claim.value.id))
    }
