"""A small grammar of the dates of news prose.

`resolve_date` reads marked words, `find_dates` finds candidates in running text,
`dateline` reads the head of a story. Vague words give a month or a year, never a guessed day.
"""

from __future__ import annotations

from kg.times.dates.find import dateline, find_dates, full_date, reference_before
from kg.times.dates.lexicon import guess_tense
from kg.times.dates.locate import date_at, section_day, writing_day
from kg.times.dates.resolve import resolve_date

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
