"""iCalendar (RFC 5545): an event a dated meeting; what has no date at all can't stand in a calendar.

Held and ongoing meetings are CONFIRMED, planned and possible ones TENTATIVE, and cancelled, postponed
and denied ones CANCELLED. A vague date becomes an all-day event from its first to its last day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TextIO

from kg.export.flat import description
from kg.model import Status
from kg.view.model import GraphView, MeetingView
from kg.view.networks import title_of

__all__ = ["STATUSES", "write"]

STATUSES = {
    Status.HELD: "CONFIRMED",
    Status.ONGOING: "CONFIRMED",
    Status.PLANNED: "TENTATIVE",
    Status.POSSIBLE: "TENTATIVE",
    Status.POSTPONED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
    Status.DENIED: "CANCELLED",
}


def write(view: GraphView, out: TextIO) -> None:
    """One calendar; lines are folded at 75 bytes and end in CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dipmeet//kg export//EN", "CALSCALE:GREGORIAN"]
    for meeting in view.meetings:
        if meeting.earliest and meeting.latest:
            lines += _event(view, meeting, meeting.earliest, meeting.latest)
    lines.append("END:VCALENDAR")
    out.writelines(f"{fold(line)}\r\n" for line in lines)


def _event(view: GraphView, meeting: MeetingView, first: date, last: date) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{_text(meeting.id)}", f"DTSTAMP:{_stamp(view, meeting, first)}"]
    if meeting.start:
        lines.append(f"DTSTART:{_moment(meeting.start)}")
        end = meeting.end
        if end is None and meeting.minutes:
            end = meeting.start + timedelta(minutes=meeting.minutes)
        if end and end > meeting.start:
            lines.append(f"DTEND:{_moment(end)}")
    else:
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"]
    lines += [
        f"SUMMARY:{_text(title_of(view, meeting))}",
        f"STATUS:{STATUSES[meeting.status]}",
        f"DESCRIPTION:{_text(description(view, meeting))}",
    ]
    where, point = view.where(meeting), view.point(meeting.place)
    if where:
        lines.append(f"LOCATION:{_text(where)}")
    if point:
        lines.append(f"GEO:{point[0]:.6f};{point[1]:.6f}")
    topics = meeting.topic_texts or meeting.topics
    if topics:
        lines.append("CATEGORIES:" + ",".join(map(_text, topics)))
    lines += [f"URL:{url}" for url in _urls(view, meeting)[:1]]
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def fold(line: str) -> str:
    """A line in pieces of at most 75 bytes of UTF-8, never inside a character."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > (75 if not pieces else 74):
            pieces.append(piece)
            piece, size = "", 0
        piece += character
        size += width
    return "\r\n ".join([*pieces, piece])


def _stamp(view: GraphView, meeting: MeetingView, first: date) -> str:
    """When it was last told of: the day of the newest article, so that the file does not change by itself."""
    days = [view.articles[iri].published for iri in meeting.articles if iri in view.articles]
    newest = max((day for day in days if day), default=first)
    return f"{newest:%Y%m%d}T000000Z"


def _moment(when: datetime) -> str:
    """UTC where the zone is known, else floating time."""
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%S}Z" if when.tzinfo else f"{when:%Y%m%dT%H%M%S}"


def _urls(view: GraphView, meeting: MeetingView) -> list[str]:
    found = [view.articles[iri].url for iri in meeting.articles if iri in view.articles]
    return [url for url in found if url and url.startswith(("http://", "https://")) and url.isprintable()]


def _text(value: str) -> str:
    """A value as TEXT: backslash, comma, semicolon and line breaks escaped, control characters gone."""
    kept = "".join(each for each in value.replace("\r\n", "\n") if each == "\n" or each.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
