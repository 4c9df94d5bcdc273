"""Leave out what the extractor is not sure enough of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from kg.model import ResolvedMeeting, ResolvedRecord, Sourced

__all__ = ["at_least"]

S = TypeVar("S", bound=Sourced[Any])


def at_least(resolved: ResolvedRecord, confidence: float) -> ResolvedRecord:
    """The record without meetings, visits, participants and values below `confidence` (0–1).

    A meeting left with nobody goes too; a status is never left out: without it a meeting
    would say nothing.
    """
    if confidence <= 0:
        return resolved
    meetings = tuple(
        kept for each in resolved.meetings if (kept := _meeting(each, confidence)) and kept.participants
    )
    visits = tuple(each for each in resolved.visits if each.mention.confidence >= confidence)
    record = replace(
        resolved.record,
        meetings=tuple(each.mention for each in meetings),
        visits=tuple(each.mention for each in visits),
    )
    return replace(resolved, record=record, meetings=meetings, visits=visits)


def _meeting(meeting: ResolvedMeeting, confidence: float) -> ResolvedMeeting | None:
    mention = meeting.mention
    if min(mention.confidence, mention.status.confidence) < confidence:
        return None
    people = tuple(p for p in meeting.participants if p.mention.confidence >= confidence)
    topics = [
        (said, link)
        for said, link in zip(mention.topics, meeting.topics, strict=True)
        if said.confidence >= confidence
    ]
    values: dict[str, Any] = {
        name: _sure(getattr(mention, name), confidence)
        for name in ("mode", "venue", "city", "country", "date", "start", "end", "duration")
    }
    kept = replace(
        mention,
        participants=tuple(person.mention for person in people),
        topics=tuple(said for said, _ in topics),
        outcomes=tuple(said for said in mention.outcomes if said.confidence >= confidence),
        **values,
    )
    return replace(meeting, mention=kept, participants=people, topics=tuple(link for _, link in topics))


def _sure(value: S | None, confidence: float) -> S | None:
    return value if value is not None and value.confidence >= confidence else None
