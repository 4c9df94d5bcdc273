"""Dates and durations in plain English, for pictures and reports."""

from __future__ import annotations

import calendar
from datetime import date

from kg.view.model import MeetingView

__all__ = ["duration_words", "hours", "when_words"]


def when_words(earliest: date | None, latest: date | None) -> str | None:
    """A day, a month, a year or a span of days in words; None when nothing is known.

    >>> when_words(date(2023, 6, 19), date(2023, 6, 19))
    '19 Jun 2023'
    >>> when_words(date(2023, 6, 1), date(2023, 6, 30))
    'June 2023'
    >>> when_words(date(2023, 1, 1), date(2023, 12, 31))
    '2023'
    >>> when_words(None, date(2023, 6, 18))
    'by 18 Jun 2023'
    >>> when_words(date(2023, 6, 18), date(2023, 6, 19))
    '18 Jun 2023 – 19 Jun 2023'
    """
    if earliest is None or latest is None:
        if latest:
            return f"by {_day(latest)}"
        return f"from {_day(earliest)} on" if earliest else None
    if earliest == latest:
        return _day(earliest)
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return str(earliest.year) if earliest.year == latest.year else f"{earliest.year} – {latest.year}"
    end = calendar.monthrange(latest.year, latest.month)[1]
    if (
        earliest.day == 1
        and latest.day == end
        and (earliest.year, earliest.month) == (latest.year, latest.month)
    ):
        return f"{calendar.month_name[earliest.month]} {earliest.year}"
    return f"{_day(earliest)} – {_day(latest)}"


def duration_words(meeting: MeetingView) -> str | None:
    """How long, in hours and minutes with the article's own words behind it; None if not told."""
    if meeting.minutes is None:
        return meeting.duration_text
    low, high = meeting.min_minutes, meeting.max_minutes
    if low is None and high is not None:
        how = "less than "
    elif low is not None and high is None:
        how = "more than "
    else:
        how = "" if low == high else "about "
    words = how + hours(meeting.minutes)
    return f"{words} (“{meeting.duration_text}”)" if meeting.duration_text else words


def hours(minutes: float) -> str:
    """Minutes as hours and minutes.

    >>> hours(450)
    '7 h 30 min'
    """
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} h"


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
