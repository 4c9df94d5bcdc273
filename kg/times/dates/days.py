"""Dates that name their day: "June 19, 2023", "3-5 March", "19/6/2023", "Friday the 27th".

Each rule takes the folded lower-case text, what is known, and the text as written, and gives
a span or None. A missing year or month comes from the anchor; nothing else is made up.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.dates import calendar as cal
from kg.times.dates.calendar import Known
from kg.times.dates.lexicon import MONTH, ROMAN_MONTHS, WEEKDAY, month_number, weekday_number
from kg.times.numerals import ORDINAL, ordinal

__all__ = ["SEPARATOR", "YEAR", "century", "day_of_month", "month_day", "numeric", "placed"]

_DAY: Final = rf"(?:{ORDINAL}|\d{{1,2}})(?![\d:]|[.]\d|,\d{{3}})"
YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
SEPARATOR: Final = r"(?: ?(?:-|/|&) ?| (?:to|until|till|through|thru|and|or|and the|or the|to the) )"
_AFTER_YEAR: Final = rf"(?:(?: |, ?| of |, in )(?P<{{0}}>{YEAR})\b(?!-\d\d)|,? '(?P<{{0}}s>\d\d)\b)?"
_BEFORE_YEAR: Final = rf"(?:\b(?P<y0>{YEAR}),? )?"


def _month_first(p: str) -> str:
    return rf"(?P<m{p}>{MONTH})[ ,]*(?:the )?(?P<d{p}>{_DAY})"


def _day_first(p: str) -> str:
    return rf"(?P<d{p}>{_DAY})(?: day)?(?: of| in|,)?[ -]?(?:the month of )?(?P<m{p}>{MONTH})"


_TWO_MONTHS: Final = tuple(
    re.compile(
        rf"{_BEFORE_YEAR}\b{make('1')}{_AFTER_YEAR.format('y1')}(?P<sep>{SEPARATOR})(?:{WEEKDAY},? "
        rf")?{make('2')}{_AFTER_YEAR.format('y2')}"
    )
    for make in (_month_first, _day_first)
)
_ONE_MONTH: Final = (
    re.compile(
        rf"{_BEFORE_YEAR}\b(?P<m1>{MONTH})[ ,]*(?:the )?(?P<d1>{_DAY})(?:(?:, "
        rf"?{_DAY})*(?P<sep>{SEPARATOR})(?P<d2>{_DAY})(?! (?:hours|days|minutes)))?"
        + _AFTER_YEAR.format("y1")
    ),
    re.compile(
        rf"{_BEFORE_YEAR}\b(?P<d1>{_DAY})(?:(?:, ?{_DAY})*(?P<sep>{SEPARATOR})(?:{WEEKDAY},? "
        rf")?(?P<d2>{_DAY}))?(?: day)?(?: of|,)?[ -]?(?P<m1>{MONTH})(?!\w)" + _AFTER_YEAR.format("y1")
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
    return century(int(got[f"{name}s"]), known) if got.get(f"{name}s") else None


def century(short: int, known: Known) -> int:
    """Four digits of a year written with two: the last one not more than five years ahead."""
    base = known.base
    if base is None:
        return short + (1900 if short >= 30 else 2000)
    full = base.year // 100 * 100 + short
    return full - 100 if full > base.year + 5 else full


def placed(year: int | None, month: int, day: int, known: Known, weekday: int | None) -> date | None:
    """A day and month in a stated year, or in the year that fits; None outside the calendar."""
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
    first = placed(first_year, month_number(match["m1"]), _day_number(match["d1"]), known, None)
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
        return cal.month(century(int(match["d1"]), known), number, words) if short else None
    first = placed(year, number, first_day, known, _weekday(text) if year is None else None)
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
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s> ?[-/. ] ?)(?P<b>\d{1,2}|[ivx]{1,4})(?P=s)(?P<y>'?\d{4}|"
    r"'?\d\d)(?![\d/])"
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
        year = int(digits) if len(digits) == 4 else century(int(digits), known)
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
    rf"(?:\b{WEEKDAY}[ ,]*(?:the )?\(?(?P<w>{_DAY})\)?|\b(?:on )?the (?P<o>{ORDINAL})\b|^(?:on "
    rf")?(?P<n>\d{{1,2}})(?:st|nd|rd|th)?$|"
    r"\b(?P<nth>\d{1,2}(?:st|nd|rd|th))\b)(?! ?(?:of|half|hour|day|week|month|minute|time|round|session|"
    r"morning|evening|anniversary|night|[ap]\.?m|floor|century|[:.]\d))"
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
