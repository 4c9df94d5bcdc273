"""Dates that name a month, a season, a holiday or a year, or a part of one: "late May", "2019".

The rules have the same signature as those of `days`.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import DateSpan
from kg.times.dates import calendar as cal
from kg.times.dates.calendar import Known
from kg.times.dates.days import SEPARATOR, YEAR, century, placed
from kg.times.dates.lexicon import HOLIDAYS, MONTH, SEASONS, month_number

__all__ = ["MONTH_PARTS", "PART", "holiday", "month_only", "part_of", "season", "year_only"]

PART: Final = (
    r"(?:(?P<early>early|beginning of|start of|the beginning of|the start of|first days of|first week of|"
    r"opening days of|first third of)|"
    r"(?P<mid>mid|middle of|the middle of)|(?P<late>late|end of|the end of|last days of|last week of|"
    r"closing days of|the last third of)|"
    r"(?P<half1>first half of)|(?P<half2>second half of|latter half of)|(?P<ten>first ten days "
    r"of))[ -](?:the )?"
)
"""Regex source of "early", "mid-", "the end of" …; read by `part_of`."""
MONTH_PARTS: Final = {
    "early": (1, 10), "mid": (10, 20), "late": (20, 31), "half1": (1, 15), "half2": (15, 31), "ten": (1, 10),
}  # fmt: skip
_YEAR_PARTS: Final = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6), "half2": (7, 12), "ten": (1, 1),
}  # fmt: skip


def part_of(match: re.Match[str]) -> str | None:
    """Which part `PART` found: a key of the tables of parts."""
    return next((name for name in MONTH_PARTS if match.groupdict().get(name)), None)


_MONTH_ONLY: Final = re.compile(
    rf"\b(?:{PART})?(?:(?P<rel>last|past|this|next|coming|previous)[ ,])?(?:month of )?(?P<m>{MONTH})"
    rf"(?:,? (?:of )?(?P<y>{YEAR})\b|,? '(?P<ys>\d\d)\b|,? (?:of )?(?P<after>last year|this year|next "
    rf"year|the same year|that year|the previous year|the following year|the year before))?"
    rf"(?P<sep>{SEPARATOR}(?:{PART.replace('?P<', '?P<b_')})?(?P<m2>{MONTH})(?! \d{{1,2}}(?!\d))(?: "
    rf"(?P<y2>{YEAR})\b)?)?"
)
_AFTER: Final = {"last year": -1, "this year": 0, "next year": 1}
_AFTER_REFERENCE: Final = {
    "the same year": 0, "that year": 0, "the previous year": -1, "the year before": -1,
    "the following year": 1,
}  # fmt: skip


def month_only(text: str, known: Known, words: str) -> DateSpan | None:
    """A month, or a part of one, with or without its year: "late May", "November of last year".

    >>> from datetime import date
    >>> month_only("last november", Known(anchor=date(2011, 11, 26)), "").edtf
    '2010-11'
    """
    match = _MONTH_ONLY.search(text)
    if match is None:
        return None
    number = month_number(match["m"])
    year = _month_year(match, number, known)
    if year is None:
        return None
    part = part_of(match)
    first = cal.month(year, number, words, MONTH_PARTS[part] if part else (1, 31))
    if match["m2"] and first is not None:
        number2 = month_number(match["m2"])
        last = cal.month(year + (number2 < number), number2, words)
        return first if last is None else DateSpan(first.earliest, last.latest, first.edtf, words)
    return first


def _month_year(match: re.Match[str], number: int, known: Known) -> int | None:
    got = match.groupdict()
    if got["y"] or got["y2"]:
        return int(got["y"] or got["y2"])
    return century(int(got["ys"]), known) if got["ys"] else _told_year(got, number, known)


def _told_year(got: dict[str, str | None], number: int, known: Known) -> int | None:
    """The year of a month that goes without figures: told by a word, else the nearest."""
    anchor = known.anchor
    if (after := got["after"]) is not None:
        told = known.reference.earliest if known.reference else None
        base = anchor if after in _AFTER else told
        return None if base is None else base.year + (_AFTER | _AFTER_REFERENCE)[after]
    if got["rel"] and anchor is not None:
        if got["rel"] in ("last", "past", "previous"):
            return anchor.year - (number >= anchor.month)
        if got["rel"] in ("next", "coming"):
            return anchor.year + (number <= anchor.month)
    return cal.fit_month(number, known)


_SEASON: Final = re.compile(
    rf"\b(?:{PART})?(?:(?P<rel>this|last|next|in the|the|in)[ ])?(?P<s>spring|summer|autumn|fall|"
    rf"winter)(?: (?:of )?(?P<y>{YEAR}|last year|this year|next year))?\b"
)


def season(text: str, known: Known, words: str) -> DateSpan | None:
    """A season as a part of its year; year precision (hemispheres differ).

    >>> from datetime import date
    >>> season("this autumn", Known(anchor=date(2020, 6, 1)), "").edtf
    '2020'
    """
    match = _SEASON.search(text)
    if match is None or (match["s"] == "fall" and not (match["rel"] or match["y"])):
        return None
    year, anchor = match["y"], known.anchor
    if year and year.isdigit():
        number = int(year)
    elif anchor is None:
        return None
    elif year:
        number = anchor.year + _AFTER[year]
    else:
        start = SEASONS.get(match["s"], (12, 12))[0]
        ahead = start > anchor.month
        number = anchor.year + {"last": -1 if ahead else 0, "next": 0 if ahead else 1}.get(match["rel"], 0)
        if match["rel"] not in ("this", "last", "next") and ahead and known.tense == "past":
            number -= 1
    return cal.year(number, words, SEASONS.get(match["s"], (1, 12)))


_HOLIDAY: Final = re.compile(
    rf"\b(?P<h>{'|'.join(map(re.escape, HOLIDAYS))})(?:,? (?:of )?(?P<y>{YEAR}))?\b".replace("'", "'?")
)
_CHRISTMAS: Final = re.compile(rf"\b(?P<before>before |after )?(?P<h>christmas)(?: (?P<y>{YEAR}))?\b")


def holiday(text: str, known: Known, words: str) -> DateSpan | None:
    """A day with a name of its own ("Christmas Eve"), or Christmas time at month precision."""
    if match := _HOLIDAY.search(text):
        name = next(h for h in HOLIDAYS if h.replace("'", "") == match["h"].replace("'", ""))
        number, day_ = HOLIDAYS[name]
        return cal.day(placed(int(match["y"]) if match["y"] else None, number, day_, known, None), words)
    if match := _CHRISTMAS.search(text):
        year = int(match["y"]) if match["y"] else cal.fit_month(12, known)
        if year is None:
            return None
        return cal.year(year, words, (10, 12)) if match["before"] else cal.month(year, 12, words, (20, 31))
    return None


_YEAR_ONLY: Final = re.compile(
    rf"(?<![\d/.,-])(?:{PART})?(?:in |of |year )*(?P<y>{YEAR})(?![\d/]|-\d|s\b|,\d)"
)


def year_only(text: str, known: Known, words: str) -> DateSpan | None:
    """A year, or a part of it: "2019", "early 2019"."""
    del known
    match = _YEAR_ONLY.search(text)
    if match is None:
        return None
    part = part_of(match)
    if match["late"] and "days" in match["late"]:
        return cal.month(int(match["y"]), 12, words, (20, 31))
    return cal.year(int(match["y"]), words, _YEAR_PARTS[part] if part else (1, 12))
