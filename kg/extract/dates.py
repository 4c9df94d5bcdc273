"""The grammar of dates, under the name by which extraction knows it."""

from __future__ import annotations

from kg.times.dates import (
    date_at,
    dateline,
    find_dates,
    full_date,
    guess_tense,
    reference_before,
    resolve_date,
    section_day,
    writing_day,
)

__all__ = [
    "date_at",
    "dateline",
    "find_dates",
    "full_date",
    "guess_tense",
    "reference_before",
    "resolve_date",
    "section_day",
    "writing_day",
]
