"""Weeks, weekends, months and years told from the day of writing; bare parts of a day.

The rules have the same signature as those of `days`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.dates import calendar as cal
from kg.times.dates.calendar import Known
from kg.times.dates.lexicon import DAY_PART
from kg.times.dates.months import MONTH_PARTS, PART, part_of

__all__ = ["day_part", "span"]

_SPAN: Final = re.compile(
    rf"(?<!that )(?<!same )(?:\b{PART})?\b(?<!that )(?<!same )"
    r"(?:(?P<when>later|earlier|sometime|some time) )?(?:in )?"
    r"(?:(?P<rel>this|last|next|the coming|coming|the past|past|the previous|previous|the following|the|"
    r"at the|over the|since the) )?"
    r"(?P<u>week-?end|week|month|year)\b(?P<out> (?:is|was) (?:out|over))?"
)
_BACK: Final = ("last", "the past", "past", "the previous", "previous")
_AHEAD_WORDS: Final = ("next", "the coming", "coming", "the following")


def span(text: str, known: Known, words: str) -> DateSpan | None:
    """This, last or next week, weekend, month or year, and parts of them.

    >>> span("later this month", Known(anchor=date(2023, 3, 14)), "").edtf
    '2023-03'
    """
    match = _SPAN.search(text)
    if match is None or known.anchor is None:
        return None
    anchor, rel = known.anchor, match["rel"] or ""
    step = -1 if rel in _BACK else 1 if rel in _AHEAD_WORDS else 0
    unit = match["u"].replace("-", "")
    if unit == "weekend":
        return _weekend(step, rel, known, anchor, words)
    week, months = unit == "week", step * (1 if unit == "month" else 12)
    moved = cal.shift(anchor, 7 * step) if week else cal.shift_months(anchor, months)
    if moved is None:
        return None
    if week:
        first, last = cal.week_of(moved)
        return cal.period(first, last, words, cal.shift(first, 3))
    if unit == "year":
        return cal.year(moved.year, words)
    part = part_of(match)
    return cal.month(moved.year, moved.month, words, _month_part(part, match["when"], anchor))


def _month_part(part: str | None, when: str | None, anchor: date) -> tuple[int, int]:
    if when in ("later", "earlier"):
        return (anchor.day, 31) if when == "later" else (1, anchor.day)
    return MONTH_PARTS.get(part or "", (1, 31))


def _weekend(step: int, rel: str, known: Known, anchor: date, words: str) -> DateSpan | None:
    monday = cal.week_of(anchor)[0]
    if step == 0 and known.tense != "future" and rel != "this" and anchor.weekday() < 5:
        step = -1
    if step == -1 and anchor.weekday() == 6:
        step = -1 if rel in _BACK else 0
    first = cal.shift(monday, 5 + 7 * step)
    return None if first is None else cal.period(first, cal.shift(first, 1), words)


_PART_ALONE: Final = re.compile(
    rf"^(?:later|earlier)$|^(?:late |early |earlier |later |mid-?)*(?:in |at |the |on |around |about |"
    rf"before |after )*(?:{DAY_PART}|lunch|luncheon|dinner|breakfast)?$"
)


def day_part(text: str, known: Known, words: str) -> DateSpan | None:
    """Nothing but a part of the day or a clock time: the day last spoken of, else that of writing."""
    if _PART_ALONE.match(text.strip(" ,.")):
        return cal.day(known.reference_day or known.anchor, words)
    return None
