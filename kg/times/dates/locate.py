"""A date where it stands: with the words beside it, the heading above it and the day told before it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.clock import CLOCK
from kg.times.dates.find import dateline, find_dates, full_date, reference_before
from kg.times.dates.lexicon import MONTH, WEEKDAY
from kg.times.dates.resolve import resolve_date
from kg.times.numerals import ORDINAL

__all__ = ["date_at", "section_day", "writing_day"]

_HEAD_LINES: Final = 15
_NEAR: Final = 4
"""Days by which a dateline may precede publication and still be the day of writing."""

_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)"
_FIGURE: Final = rf"(?:{ORDINAL}|\d{{1,2}})"
_DAY_MONTH: Final = rf"(?:{_FIGURE}(?: of)? {MONTH}|{MONTH} {_FIGURE})\b"
_TO_THE_RIGHT: Final = re.compile(
    rf"(?:\s?\(|,?\s(?:a |the |on )?)(?:{WEEKDAY}(?:,? | the ))?(?:(?:the )?{_DAY_MONTH}(?:,? {_YEAR}\b)?|"
    rf"the {ORDINAL}\b(?! \w)|(?:in )?{MONTH} {_YEAR}\b|{WEEKDAY}\b)|,? {_YEAR}\b|,? in the (?:morning|"
    rf"afternoon|evening)\b",
    re.IGNORECASE,
)
_TO_THE_LEFT: Final = re.compile(
    rf"(?:\b{WEEKDAY}(?:,| the|, the)? |\b{MONTH} |\b(?:the )?{_FIGURE}(?: of)? |"
    r"\b(?:early|late|mid|later|earlier|the end of|end of|the beginning of|the start of|the middle of)[ -]|"
    r"\b(?:that same|the same|same|previous|next|following|that|this|last|a|two|three|one) )$",
    re.IGNORECASE,
)


def writing_day(text: str, published: date | None) -> date | None:
    """The day that "today" means: the dateline's if it fits publication, else that, else any full date."""
    anchor = published
    if anchor is None and (found := full_date(text)) is not None:
        anchor = found[2].earliest
    for line in text[:4000].splitlines()[:_HEAD_LINES]:
        head = dateline(line.strip(), anchor=anchor)
        when = head[1] if head else None
        if when is not None and len(when.edtf) == 10:
            fits = anchor is None or published is None or 0 <= (anchor - when.earliest).days <= _NEAR
            return when.earliest if fits else anchor
    return anchor


def section_day(text: str, offset: int, anchor: date | None, *, weekdays: bool = True) -> date | None:
    """The day of the heading or dateline that the text at `offset` stands under, else `anchor`.

    Diaries and live blogs have a date on a line of its own, or at the head of a part.
    Without `weekdays`, lines that name only a weekday are passed over.
    """
    first = max(0, offset - 6000)
    for line in reversed(text[first:offset].splitlines()[:-1]):
        bare = line.strip(" \t*#_=-•|")
        if not 4 <= len(bare) <= 70:
            continue
        for start, end, found in find_dates(bare, anchor=anchor):
            rest = CLOCK.sub("", bare[:start] + bare[end:]).strip(" (),.:|")
            named = _named(bare[start:end])
            whole = (not rest and (named or weekdays)) or (
                named and start <= 8 and end - start >= 0.4 * len(bare)
            )
            if whole and len(found.edtf) == 10:
                return found.earliest
            break
    return anchor


def _named(words: str) -> bool:
    return bool(re.search(rf"\d.*{MONTH}|{MONTH}.*\d|\d[./-]\d", words, re.IGNORECASE))


def _widened(text: str, start: int, end: int) -> str:
    """The marked words with the date words that belong to them but stand just outside the mark."""
    right = _TO_THE_RIGHT.match(text, end)
    left = _TO_THE_LEFT.search(text, max(0, start - 24), start)
    first = left.start() if left else start
    until = right.end() if right else end
    return re.sub(r"\s+", " ", text[first:until])


def date_at(
    text: str,
    start: int,
    end: int,
    *,
    anchor: date | None,
    tense: str | None = None,
    visit_start: date | None = None,
) -> DateSpan | None:
    """What the date marked at `text[start:end]` means, read where it stands; None if it can't be told.

    `anchor` is the article's `writing_day`. The span's `text` is the mark as it stands.

    >>> story = "It began on July 7. The next day, a Monday, she saw the minister."
    >>> date_at(story, 20, 32, anchor=date(2019, 7, 9), tense="past").edtf
    '2019-07-08'
    """
    weekday = re.search(WEEKDAY, text[start:end], re.IGNORECASE)
    day = section_day(text, start, anchor, weekdays=weekday is None)
    last = reference_before(text, start, anchor=day, tense=tense)
    context = re.sub(r"\s+", " ", text[max(0, start - 90) : end + 70])
    mark = re.sub(r"\s+", " ", text[start:end])
    tries = [_widened(text, start, end), mark]
    best: DateSpan | None = None
    for words in dict.fromkeys(tries):
        for reference in (last, None if day is None else DateSpan(day, day, day.isoformat(), "")):
            found = resolve_date(
                words, anchor=day, tense=tense, context=context, reference=reference, visit_start=visit_start
            )
            if found is not None and (best is None or len(found.edtf) > len(best.edtf)):
                best = found
            if reference is None or found is not None:
                break
    return None if best is None else DateSpan(best.earliest, best.latest, best.edtf, text[start:end])
