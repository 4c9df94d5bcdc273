"""Whom somebody represents, where the article only implies it: the host's country, then everywhere alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Basis, MeetingMention, Mode, ParticipantKind, ParticipantMention, Sourced

__all__ = ["with_hosts"]

_SURE = 0.6


def with_hosts(meetings: Sequence[MeetingMention]) -> tuple[MeetingMention, ...]:
    """Meetings in which the one office-holder without a party gets that of the country where they met.

    Only in person, only where everybody else stands for some other party: then one side is at
    home. What one meeting shows holds for the same person in the article's other meetings.
    """
    found: dict[str, Sourced[str]] = {}
    for meeting in meetings:
        host = _host(meeting)
        if host and meeting.country:
            country = meeting.country
            found.setdefault(
                host.name,
                Sourced(country.value, country.evidence, country.confidence * _SURE, Basis.INFERRED),
            )
    if not found:
        return tuple(meetings)
    return tuple(
        replace(m, participants=tuple(_with_party(p, found) for p in m.participants)) for m in meetings
    )


def _host(meeting: MeetingMention) -> ParticipantMention | None:
    if meeting.country is None or not meeting.mode or meeting.mode.value is not Mode.IN_PERSON:
        return None
    unknown = [p for p in meeting.participants if p.represents is None]
    known = [p.represents.value for p in meeting.participants if p.represents]
    if len(unknown) != 1 or not known or meeting.country.value in known:
        return None
    one = unknown[0]
    return (
        one if one.kind is ParticipantKind.PERSON and one.role and "former" not in one.role.lower() else None
    )


def _with_party(who: ParticipantMention, found: dict[str, Sourced[str]]) -> ParticipantMention:
    if who.represents is not None or who.name not in found:
        return who
    return replace(who, represents=found[who.name])
