"""When a conversation took place: the printed words first, the encoder's attributes beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kg.official.frus_document import Document
from kg.times.clock import ClockRange, clock_range, clock_time
from kg.times.dates import full_date, resolve_date

__all__ = ["When", "encoded_when", "printed_when"]

_YEAR_END: Final = re.compile(r"\b1[89]\d\d\b|\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class When:
    """Day, start and end; `words` are those that tell the times. Ends after midnight are on the next day."""

    day: date | None
    start: datetime | None = None
    end: datetime | None = None
    words: str = ""

    @property
    def minutes(self) -> float | None:
        """Minutes from start to end."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).total_seconds() / 60


def _after_date(text: str) -> str:
    """What follows the last year: the times."""
    ends = [m.end() for m in _YEAR_END.finditer(text)]
    return (text[ends[-1] :] if ends else text).lstrip(" ,.-–—[]")


def printed_when(doc: Document) -> When:
    """Day and times as printed in the dateline, the head, or the labelled lines of the document."""
    day = _printed_day(doc)
    places = (
        _after_date(doc.dateline),
        _after_date(doc.head) if _YEAR_END.search(doc.head) else "",
        doc.printed.get("time", ""),
        _after_date(doc.printed.get("date", "")),
    )
    for text in places:
        found = _range(text) if text else None
        if found is not None:
            return _when(day, found, text.strip(" ,.-–—"))
    for text in places:
        single = clock_time(text) if text else None
        if single is not None:
            start = datetime.combine(day, single) if day else None
            return When(day, start, None, text.strip(" ,.-–—"))
    return When(day)


def _range(text: str) -> ClockRange | None:
    """The first range; a second one that goes on from it ("4:30–4:40 and 4:40–7:10") prolongs it."""
    first = clock_range(text)
    if first is None:
        return None
    rest = re.split(r"\band\b|;", text, maxsplit=1)
    second = clock_range(rest[1]) if len(rest) == 2 and clock_range(rest[0]) else None
    if second is not None and second.start == first.end:
        return ClockRange(first.start, second.end, first.minutes + second.minutes, first.sure and second.sure)
    return first


def _when(day: date | None, found: ClockRange, words: str) -> When:
    if day is None:
        return When(None, None, None, words)
    start = datetime.combine(day, found.start)
    return When(day, start, start + timedelta(minutes=found.minutes), words)


def _printed_day(doc: Document) -> date | None:
    for text in (doc.dateline, doc.head, doc.printed.get("date", "")):
        if not text:
            continue
        found = full_date(re.sub(r"(\d)[–—-]\d+(?=,? \d{4})", r"\1", text))
        if found is not None:
            return found[2].earliest
    encoded = doc.encoded.get("when") or doc.encoded.get("from", "")
    try:
        anchor = date.fromisoformat(encoded[:10])
    except ValueError:
        return None
    span = resolve_date(doc.dateline, anchor=anchor) if doc.dateline else None
    return span.earliest if span is not None and len(span.edtf) == 10 else None


def encoded_when(doc: Document) -> When:
    """Day and times as the attributes have them, in either encoding; empty where they have none."""
    got = doc.encoded
    start, end = _moment(got.get("from")), _moment(got.get("to"))
    if start and end and isinstance(start[1], time) and isinstance(end[1], time):
        return When(start[0], datetime.combine(start[0], start[1]), datetime.combine(end[0], end[1]))
    whole = _moment(got.get("when") or got.get("from"))
    day = whole[0] if whole else None
    first, last = _clock(got.get("time-from") or got.get("time-when")), _clock(got.get("time-to"))
    if day is None or first is None:
        return When(day)
    begin = datetime.combine(day, first)
    finish = datetime.combine(day, last) if last else None
    if finish is not None and finish <= begin:
        finish += timedelta(days=1)
    return When(day, begin, finish)


def _moment(value: str | None) -> tuple[date, time | None] | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return None
    return day, _clock(value[11:]) if len(value) > 11 else None


def _clock(value: str | None) -> time | None:
    if not value:
        return None
    try:
        return time.fromisoformat(value[:8])
    except ValueError:
        return None
