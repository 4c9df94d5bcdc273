"""From the marked words of a date to the first and last day that they can mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.clock import CLOCK
from kg.times.dates import calendar as cal
from kg.times.dates import counted, days, months, periods, relative
from kg.times.dates.calendar import Known
from kg.times.dates.lexicon import NAMED_MONTH, guess_tense, mend
from kg.times.numerals import fold

__all__ = ["resolve_date"]

_Rule = Callable[[str, Known, str], DateSpan | None]

RULES: Final[tuple[_Rule, ...]] = (
    days.numeric,
    days.month_day,
    months.holiday,
    counted.offset,
    relative.day_word,
    days.day_of_month,
    counted.event_day,
    relative.weekday,
    months.month_only,
    months.season,
    periods.span,
    months.year_only,
    periods.day_part,
)
"""In order of how much they tie down: the first rule with an answer has it."""

_CHECKED: Final = (counted.event_day, counted.offset)
_LONGEST: Final = 200
"""Marks are short; more is cut off, so that no text can make the rules slow."""
_AT: Final = re.compile(
    r"\b(?:at|around|about|from|until|till|by) (?:half past |quarter past |quarter to )?(?:one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|noon|\d{1,2}(?:[.:]\d\d)?)(?:-ish)?(?! ?(?:\w+day|"
    r"days|weeks|months|years|or|and|to|-|of|%|st|nd|rd|th|/))(?= |,|$)(?! (?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec))"
)
_HOURS: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) in the (?=morning|afternoon|"
    r"evening)|\b\d{1,2}[.:]\d\d (?=on\b)|"
    r"\b\d{1,2}(?::\d\d)? (?:o'clock)?(?: \w+ time)\b|\b\d{1,2}(?::\d\d)? o'clock"
)
_EITHER: Final = re.compile(r"\bor\b")


def resolve_date(
    text: str,
    *,
    anchor: date | None,
    tense: str | None = None,
    context: str = "",
    reference: date | DateSpan | None = None,
    visit_start: date | None = None,
) -> DateSpan | None:
    """What the marked words `text` mean; None when they name no date or it can't be told.

    `anchor` is the day of writing (publication or dateline), `tense` "past", "future" or
    "open" (called off, denied: either) as the sentence about the event has it, guessed from
    `context` if not given, `reference` the
    day or period last spoken of ("the next day"), `visit_start` the first day of the visit.
    The result's `edtf` is the first day at the known precision: several days told together
    ("March 3-5") give the first, an uncertain day ("9 or 10 March", "last week") its month.

    >>> resolve_date("Sunday", anchor=date(2023, 6, 19), tense="past").edtf
    '2023-06-18'
    >>> resolve_date("may", anchor=date(2023, 6, 19)) is None
    True
    """
    raw = mend(fold(text[:_LONGEST], lower=False))
    last = cal.day(reference, "") if isinstance(reference, date) else reference
    known = Known(anchor, tense or guess_tense(context, text), last, visit_start, sure=tense is not None)
    lowered = _without_common_words(raw).lower()
    if not lowered.strip():
        return None
    plain = _without_clock(lowered)
    return _either(plain, known, text) or _first(plain, known, text)


def _without_common_words(raw: str) -> str:
    """Months and weekdays that are common words too are dropped unless capitalised or beside a number."""

    def keep(match: re.Match[str]) -> str:
        word = match.group()
        if NAMED_MONTH.fullmatch(word) or re.search(r"\d\W{0,2}$", raw[: match.start()]):
            return word
        beside = re.match(r"\W{0,2}\d", raw[match.end() :]) or re.search(
            r"(?:early|late|mid|in|last|next|this|of)[ -]$", raw[: match.start()].lower()
        )
        return word if beside else " "

    return re.sub(r"\b(?:may|march|mar|sat|sun|mon|wed|fri)\b", keep, raw)


def _without_clock(text: str) -> str:
    for pattern in (CLOCK, _HOURS, _AT):
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" ,;")


def _either(plain: str, known: Known, text: str) -> DateSpan | None:
    """Two different days joined by "or": the day is open between them."""
    halves = _EITHER.split(plain)
    if len(halves) != 2 or not all(re.search(r"[a-z]{3}", half) for half in halves):
        return None
    first, last = (_first(half.strip(), known, text) for half in halves)
    if first is None or last is None:
        return None
    if not (len(first.edtf) == len(last.edtf) == 10) or first.earliest == last.earliest:
        return None
    ends = sorted((first.earliest, last.latest))
    return cal.period(ends[0], ends[1], text)


def _first(plain: str, known: Known, text: str) -> DateSpan | None:
    for rule in RULES:
        found = rule(plain, known, text)
        if found is None:
            continue
        if len(found.edtf) < 10:
            return _narrowed(found, known)
        named = relative.weekday(plain, known, text) if rule in _CHECKED else None
        # "the next day, Thursday": the name of the day is the surer of the two
        return named if named and named.earliest.weekday() != found.earliest.weekday() else found
    return None


def _narrowed(found: DateSpan, known: Known) -> DateSpan:
    """A vague period cut at the day of writing where the tense says on which side it lies."""
    if known.anchor is None or not found.earliest <= known.anchor <= found.latest:
        return found
    if known.tense == "past" and found.earliest < known.anchor:
        return replace(found, latest=known.anchor)
    if known.tense == "future" and known.anchor < found.latest:
        return replace(found, earliest=known.anchor)
    return found
