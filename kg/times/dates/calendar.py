"""Arithmetic of dates and the one place where a `DateSpan` is made."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.model import DateSpan

__all__ = [
    "Known",
    "day",
    "days",
    "fit_day",
    "fit_month",
    "fit_weekday",
    "month",
    "nearest",
    "period",
    "safe_date",
    "shift",
    "shift_months",
    "week_of",
    "year",
]

_SLACK: Final = timedelta(days=1)
"""A piece may be published a day before its own "today" somewhere else in the world."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a date's words are read against.

    `anchor` is the day of writing, `reference` the day or period last spoken of, `visit_start`
    the first day of the visit or round of talks; `tense` is `past`, `future`, `open`
    (either: the nearest) or None (not told: news looks back), `sure` whether the caller gave it.
    """

    anchor: date | None = None
    tense: str | None = None
    reference: DateSpan | None = None
    visit_start: date | None = None
    sure: bool = True

    @property
    def reference_day(self) -> date | None:
        """The day last spoken of, when it is known to the day."""
        return self.reference.earliest if self.reference and len(self.reference.edtf) == 10 else None

    @property
    def base(self) -> date | None:
        """The day of writing, or for want of it some day of the period last spoken of."""
        return self.anchor or (self.reference.earliest if self.reference else None)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(start: date, days: int) -> date | None:
    """`start` moved by days; None when that leaves the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(start: date, months: int) -> date | None:
    """`start` moved by months, cut to the last day of a shorter month; None outside the calendar."""
    index = start.year * 12 + start.month - 1 + months
    if not 12 <= index < 120000:
        return None
    target, number = index // 12, index % 12 + 1
    return date(target, number, min(start.day, calendar.monthrange(target, number)[1]))


def day(value: date | None, text: str) -> DateSpan | None:
    """A known day."""
    return None if value is None else DateSpan(value, value, value.isoformat(), text)


def days(first: date | None, last: date | None, text: str) -> DateSpan | None:
    """A stretch of days whose first day is known; None when a bound is missing or they are reversed."""
    if first is None or last is None or last < first:
        return day(first, text)
    return DateSpan(first, last, first.isoformat(), text)


def period(first: date | None, last: date | None, text: str, best: date | None = None) -> DateSpan | None:
    """An uncertain day between two, at the precision of a month: that of `best`, else of the first day."""
    if first is None or last is None or last < first:
        return None
    likely = best or first
    return DateSpan(first, last, f"{likely.year:04}-{likely.month:02}", text)


def month(year_: int, number: int, text: str, part: tuple[int, int] = (1, 31)) -> DateSpan | None:
    """A month, or a part of it given by its first and last day."""
    if not 1 <= year_ <= 9999:
        return None
    length = calendar.monthrange(year_, number)[1]
    first, last = (date(year_, number, min(d, length)) for d in part)
    return DateSpan(first, last, f"{year_:04}-{number:02}", text)


def year(number: int, text: str, part: tuple[int, int] = (1, 12)) -> DateSpan | None:
    """A year, or a part of it given by its first and last month."""
    if not 1 <= number <= 9999:
        return None
    last = calendar.monthrange(number, part[1])[1]
    return DateSpan(date(number, part[0], 1), date(number, part[1], last), f"{number:04}", text)


def week_of(day_: date) -> tuple[date, date]:
    """Monday and Sunday of the week that holds a day."""
    monday = day_ - timedelta(days=min(day_.weekday(), (day_ - date.min).days))
    return monday, shift(monday, 6) or day_


def nearest(choices: Iterable[date | None], known: Known) -> date | None:
    """The candidate nearest to the anchor on the side that the tense asks for."""
    anchor = known.anchor
    if anchor is None:
        return None
    candidates = [c for c in choices if c is not None]
    if known.tense == "past":
        candidates = [c for c in candidates if c - anchor <= _SLACK] or candidates
    elif known.tense == "future":
        candidates = [c for c in candidates if anchor - c <= _SLACK] or candidates
    return min(candidates, key=lambda c: (abs(c - anchor), c), default=None)


def fit_day(number: int, day_: int, known: Known, weekday: int | None = None) -> date | None:
    """Day and month without a year: the year nearest to the anchor, a stated weekday permitting."""
    base = known.base
    if base is None:
        return None
    choices = [safe_date(base.year + n, number, day_) for n in range(-1, 2)]
    if weekday is not None:
        wide = [safe_date(base.year + n, number, day_) for n in (0, -1, 1, -2, 2, -3, 3)]
        right = [c for c in wide if c is not None and c.weekday() == weekday]
        if right:
            return min(right, key=lambda c: abs(c - base))
    return nearest(choices, Known(base, known.tense if known.sure else None))


def fit_month(number: int, known: Known) -> int | None:
    """The year of a month without one: the nearest on the side that the tense asks for."""
    base = known.base
    if base is None:
        return None
    ahead = number - base.month
    if known.tense == "future":
        return base.year + (ahead < 0)
    if known.tense == "past":
        return base.year - (ahead > 0)
    return base.year + (ahead < -6) - (ahead > 4)


def fit_weekday(number: int, known: Known) -> date | None:
    """The nearest such weekday: on or before the anchor unless the tense is future or open."""
    if known.anchor is None:
        return None
    if known.tense == "open":
        return shift(known.anchor, (number - known.anchor.weekday() + 3) % 7 - 3)
    if known.tense == "future":
        return shift(known.anchor, (number - known.anchor.weekday()) % 7)
    return shift(known.anchor, -((known.anchor.weekday() - number) % 7))
