"""Dates that name their day, month or year: "June 19, 2023", "3-5 March", "19/6/2023", "late May", "2019".

Each rule takes the folded lower-case text, what is known, and the text as written, and gives
a span or None. A missing year comes from the anchor; a day or month is never made up.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.extract.dates import calendar as cal
from kg.extract.dates.calendar import Known
from kg.extract.dates.lexicon import (
    HOLIDAYS,
    MONTH,
    ROMAN_MONTHS,
    SEASONS,
    WEEKDAY,
    month_number,
    weekday_number,
)
from kg.extract.numerals import ORDINAL, ordinal
from kg.model import DateSpan

__all__ = [
    "PART",
    "day_of_month",
    "holiday",
    "month_day",
    "month_only",
    "numeric",
    "part_of",
    "season",
    "year_only",
]

_DAY: Final = rf"(?:{ORDINAL}|\d{{1,2}})(?![\d:]|[.]\d|,\d{{3}})"
_YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
_SEP: Final = r"(?: ?(?:-|/|&) ?| (?:to|until|till|through|thru|and|or|and the|or the|to the) )"
_AFTER_YEAR: Final = rf"(?:(?: |, ?| of |, in )(?P<{{0}}>{_YEAR})\b(?!-\d\d)|,? '(?P<{{0}}s>\d\d)\b)?"
_BEFORE_YEAR: Final = rf"(?:\b(?P<y0>{_YEAR}),? )?"


def _month_first(p: str) -> str:
    return rf"(?P<m{p}>{MONTH})[ ,]*(?:the )?(?P<d{p}>{_DAY})"


def _day_first(p: str) -> str:
    return rf"(?P<d{p}>{_DAY})(?: day)?(?: of| in|,)?[ -]?(?:the month of )?(?P<m{p}>{MONTH})"


_TWO_MONTHS: Final = tuple(
    re.compile(
        rf"{_BEFORE_YEAR}\b{make('1')}{_AFTER_YEAR.format('y1')}(?P<sep>{_SEP})(?:{WEEKDAY},? )?{make('2')}{_AFTER_YEAR.format('y2')}"
    )
    for make in (_month_first, _day_first)
)
_ONE_MONTH: Final = (
    re.compile(
        rf"{_BEFORE_YEAR}\b(?P<m1>{MONTH})[ ,]*(?:the )?(?P<d1>{_DAY})(?:(?:, ?{_DAY})*(?P<sep>{_SEP})(?P<d2>{_DAY})(?! (?:hours|days|minutes)))?"
        + _AFTER_YEAR.format("y1")
    ),
    re.compile(
        rf"{_BEFORE_YEAR}\b(?P<d1>{_DAY})(?:(?:, ?{_DAY})*(?P<sep>{_SEP})(?:{WEEKDAY},? )?(?P<d2>{_DAY}))?(?: day)?(?: of|,)?[ -]?(?P<m1>{MONTH})(?!\w)"
        + _AFTER_YEAR.format("y1")
    ),
)
_WEEKDAY: Final = re.compile(rf"\b(?P<w>{WEEKDAY})")


def _weekday(text: str) -> int | None:
    match = _WEEKDAY.search(text)
    return weekday_number(match["w"]) if match else None


def _day_number(word: str) -> int:
    return ordinal(word) or int(re.sub(r"\D", "", word) or 0)


def _year(match: re.Match[str], name: str, known: Known) -> int | None:
    got = match.groupdict()
    if got.get("y0"):
        return int(got["y0"])
    if got.get(name):
        return int(got[name])
    return _century(int(got[f"{name}s"]), known) if got.get(f"{name}s") else None


def _century(short: int, known: Known) -> int:
    """Four digits of a year written with two: the last one not more than five years ahead."""
    base = known.base
    if base is None:
        return short + (1900 if short >= 30 else 2000)
    full = base.year // 100 * 100 + short
    return full - 100 if full > base.year + 5 else full


def _placed(year: int | None, month: int, day: int, known: Known, weekday: int | None) -> date | None:
    return cal.safe_date(year, month, day) if year else cal.fit_day(month, day, known, weekday)


def month_day(text: str, known: Known, words: str) -> DateSpan | None:
    """A day with its month, or several: "June 19", "the 20th of February", "between 3 and 5 May".

    >>> month_day("9 or 10 march 2011", Known(), "").edtf
    '2011-03'
    """
    for pattern in _TWO_MONTHS:
        if match := pattern.search(text):
            return _two_months(match, known, words)
    for pattern in _ONE_MONTH:
        if match := pattern.search(text):
            return _one_month(match, text, known, words)
    return None


def _two_months(match: re.Match[str], known: Known, words: str) -> DateSpan | None:
    last_year = _year(match, "y2", known)
    first_year = _year(match, "y1", known) or last_year
    last_month = month_number(match["m2"])
    first = _placed(first_year, month_number(match["m1"]), _day_number(match["d1"]), known, None)
    if first is None:
        return None
    last = cal.safe_date(last_year or first.year, last_month, _day_number(match["d2"]))
    if last is not None and last < first and last_year is None:
        last = cal.safe_date(first.year + 1, last_month, last.day)
    if last is not None and last < first:
        first = cal.safe_date(first.year - 1, first.month, first.day) or first
    if " or " in match["sep"]:
        return cal.period(first, last, words)
    return cal.days(first, last, words)


def _one_month(match: re.Match[str], text: str, known: Known, words: str) -> DateSpan | None:
    number, first_day = month_number(match["m1"]), _day_number(match["d1"])
    year = _year(match, "y1", known)
    if not 1 <= first_day <= 31:
        short = match["d1"].isdigit() and 32 <= int(match["d1"]) <= 99
        return cal.month(_century(int(match["d1"]), known), number, words) if short else None
    first = _placed(year, number, first_day, known, _weekday(text) if year is None else None)
    if first is None:
        return None
    if not match["d2"]:
        if re.search(r"\bweek (?:of|beginning|starting|from)\b", text[: match.start()]):
            return cal.period(first, cal.shift(first, 6), words)
        return cal.day(first, words)
    last = cal.safe_date(first.year, number, _day_number(match["d2"]))
    return (cal.period if " or " in match["sep"] else cal.days)(first, last, words)


_ISO: Final = re.compile(r"(?<![\d/-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)")
_DOTTED: Final = re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?![\d/])")
_THREE: Final = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s> ?[-/. ] ?)(?P<b>\d{1,2}|[ivx]{1,4})(?P=s)(?P<y>'?\d{4}|'?\d\d)(?![\d/])"
)
_TWO: Final = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])")


def numeric(text: str, known: Known, words: str) -> DateSpan | None:
    """A date in figures; where day and month could change places, the weekday or the anchor decides;
    dots are written with the day first.

    >>> numeric("19/6/2023", Known(), "").edtf, numeric("5/9/2023", Known(), "").edtf
    ('2023-06-19', '2023')
    """
    for pattern in (_ISO, _COMPACT):
        if (match := pattern.search(text)) and (
            found := cal.safe_date(int(match["y"]), int(match["m"]), int(match["d"]))
        ):
            return cal.day(found, words)
    if match := _DOTTED.search(text):
        return cal.day(cal.safe_date(int(match["y"]), int(match["m"]), int(match["d"])), words)
    if match := _THREE.search(text):
        digits = match["y"].lstrip("'")
        year = int(digits) if len(digits) == 4 else _century(int(digits), known)
        if match["b"].isdigit():
            return _day_or_month(int(match["a"]), int(match["b"]), year, (text, known, words))
        if match["b"] in ROMAN_MONTHS:
            return cal.day(cal.safe_date(year, ROMAN_MONTHS.index(match["b"]) + 1, int(match["a"])), words)
    if match := _TWO.search(text):
        return _day_or_month(int(match["a"]), int(match["b"]), None, (text, known, words))
    return None


def _day_or_month(a: int, b: int, year: int | None, where: tuple[str, Known, str]) -> DateSpan | None:
    text, known, words = where
    weekday = _weekday(text)
    if year is None:
        found = {cal.fit_day(m, d, known, weekday) for d, m in {(a, b), (b, a)} if 1 <= m <= 12} - {None}
    else:
        found = {cal.safe_date(year, m, d) for d, m in {(a, b), (b, a)} if 1 <= m <= 12} - {None}
    candidates = sorted(c for c in found if c is not None)
    if weekday is not None:
        candidates = [c for c in candidates if c.weekday() == weekday] or candidates
    if known.anchor is not None and len(candidates) > 1:
        near = [c for c in candidates if abs((c - known.anchor).days) <= 21]
        candidates = near or candidates
    if len(candidates) == 1:
        return cal.day(candidates[0], words)
    if len(candidates) > 1 and candidates[0].year == candidates[-1].year:
        return DateSpan(candidates[0], candidates[-1], f"{candidates[0].year:04}", words)
    return None


_DAY_ONLY: Final = re.compile(
    rf"(?:\b{WEEKDAY}[ ,]*(?:the )?\(?(?P<w>{_DAY})\)?|\b(?:on )?the (?P<o>{ORDINAL})\b|^(?:on )?(?P<n>\d{{1,2}})(?:st|nd|rd|th)?$|"
    r"\b(?P<nth>\d{1,2}(?:st|nd|rd|th))\b)(?! ?(?:of|half|hour|day|week|month|minute|time|round|session|morning|evening|anniversary|night|[ap]\.?m|floor|century|[:.]\d))"
)


def day_of_month(text: str, known: Known, words: str) -> DateSpan | None:
    """A day without its month ("the 5th", "Tuesday 8", "Friday the 27th"): the nearest such day.

    >>> day_of_month("friday the 27th", Known(anchor=date(2012, 7, 30)), "").edtf
    '2012-07-27'
    """
    match = _DAY_ONLY.search(text)
    base = known.base
    if match is None or base is None or re.search(rf"\b{MONTH}", text):
        return None
    last = known.reference
    if last and known.tense == "past" and len(last.edtf) > 4 and (base - last.latest).days > 60:
        base = last.earliest
    number = _day_number(match["w"] or match["o"] or match["nth"] or match["n"])
    months = [cal.shift_months(base.replace(day=1), n) for n in range(-2, 3)]
    choices = [cal.safe_date(m.year, m.month, number) for m in months if m]
    weekday = _weekday(text)
    fitting = [c for c in choices if c is not None and (weekday is None or c.weekday() == weekday)]
    near = Known(base, known.tense if base == known.anchor and known.sure else None)
    return cal.day(cal.nearest(fitting, near), words)


PART: Final = (
    r"(?:(?P<early>early|beginning of|start of|the beginning of|the start of|first days of|first week of|opening days of|first third of)|"
    r"(?P<mid>mid|middle of|the middle of)|(?P<late>late|end of|the end of|last days of|last week of|closing days of|the last third of)|"
    r"(?P<half1>first half of)|(?P<half2>second half of|latter half of)|(?P<ten>first ten days of))[ -](?:the )?"
)
"""Regex source of "early", "mid-", "the end of" …; read by `part_of`."""
_MONTH_PARTS: Final = {
    "early": (1, 10), "mid": (10, 20), "late": (20, 31), "half1": (1, 15), "half2": (15, 31), "ten": (1, 10),
}  # fmt: skip
_YEAR_PARTS: Final = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6), "half2": (7, 12), "ten": (1, 1),
}  # fmt: skip


def part_of(match: re.Match[str]) -> str | None:
    """Which part `PART` found: a key of the tables of parts."""
    return next((name for name in _MONTH_PARTS if match.groupdict().get(name)), None)


_MONTH_ONLY: Final = re.compile(
    rf"\b(?:{PART})?(?:(?P<rel>last|past|this|next|coming|previous)[ ,])?(?:month of )?(?P<m>{MONTH})(?! \d{{1,2}}(?!\d))"
    rf"(?:,? (?:of )?(?P<y>{_YEAR})\b|,? '(?P<ys>\d\d)\b|,? (?:of )?(?P<after>last year|this year|next year|the same year|that year|the previous year|the following year|the year before))?"
    rf"(?P<sep>{_SEP}(?:{PART.replace('?P<', '?P<b_')})?(?P<m2>{MONTH})(?! \d{{1,2}}(?!\d))(?: (?P<y2>{_YEAR})\b)?)?"
)
_AFTER: Final = {"last year": -1, "this year": 0, "next year": 1}
_AFTER_REFERENCE: Final = {
    "the same year": 0, "that year": 0, "the previous year": -1, "the year before": -1, "the following year": 1,
}  # fmt: skip


def month_only(text: str, known: Known, words: str) -> DateSpan | None:
    """A month, or a part of one, with or without its year: "late May", "November of last year".

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
    first = cal.month(year, number, words, _MONTH_PARTS[part] if part else (1, 31))
    if match["m2"] and first is not None:
        number2 = month_number(match["m2"])
        last = cal.month(year + (number2 < number), number2, words)
        return first if last is None else DateSpan(first.earliest, last.latest, first.edtf, words)
    return first


def _month_year(match: re.Match[str], number: int, known: Known) -> int | None:
    got = match.groupdict()
    if got["y"] or got["y2"]:
        return int(got["y"] or got["y2"])
    if got["ys"]:
        return _century(int(got["ys"]), known)
    anchor = known.anchor
    if got["after"] in _AFTER:
        return None if anchor is None else anchor.year + _AFTER[got["after"]]
    if got["after"]:
        last = known.reference
        return None if last is None else last.earliest.year + _AFTER_REFERENCE[got["after"]]
    if got["rel"] and anchor is not None:
        if got["rel"] in ("last", "past", "previous"):
            return anchor.year - (number >= anchor.month)
        if got["rel"] in ("next", "coming"):
            return anchor.year + (number <= anchor.month)
    return cal.fit_month(number, known)


_SEASON: Final = re.compile(
    rf"\b(?:{PART})?(?:(?P<rel>this|last|next|in the|the|in)[ ])?(?P<s>spring|summer|autumn|fall|winter)(?: (?:of )?(?P<y>{_YEAR}|last year|this year|next year))?\b"
)


def season(text: str, known: Known, words: str) -> DateSpan | None:
    """A season as a part of its year; year precision (hemispheres differ).

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
    rf"\b(?P<h>{'|'.join(map(re.escape, HOLIDAYS))})(?:,? (?:of )?(?P<y>{_YEAR}))?\b".replace("'", "'?")
)
_CHRISTMAS: Final = re.compile(rf"\b(?P<before>before |after )?(?P<h>christmas)(?: (?P<y>{_YEAR}))?\b")


def holiday(text: str, known: Known, words: str) -> DateSpan | None:
    """A day with a name of its own ("Christmas Eve"), or Christmas time at month precision."""
    if match := _HOLIDAY.search(text):
        name = next(h for h in HOLIDAYS if h.replace("'", "") == match["h"].replace("'", ""))
        number, day_ = HOLIDAYS[name]
        return cal.day(_placed(int(match["y"]) if match["y"] else None, number, day_, known, None), words)
    if match := _CHRISTMAS.search(text):
        year = int(match["y"]) if match["y"] else cal.fit_month(12, known)
        if year is None:
            return None
        return cal.year(year, words, (10, 12)) if match["before"] else cal.month(year, 12, words, (20, 31))
    return None


_YEAR_ONLY: Final = re.compile(
    rf"(?<![\d/.,-])(?:{PART})?(?:in |of |year )*(?P<y>{_YEAR})(?![\d/]|-\d|s\b|,\d)"
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
