"""Dates counted from another day: "two weeks ago", "a day later", "the second day of her visit".

"Ago" counts from the day of writing, "later" and "the next day" from the day last spoken of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.dates import calendar as cal
from kg.times.dates.calendar import Known
from kg.times.dates.lexicon import DAY_PART, WEEKDAY, weekday_number
from kg.times.numerals import CARDINAL, ORDINAL, cardinal, ordinal

__all__ = ["event_day", "offset"]

_AMOUNT: Final = (
    rf"(?P<near>nearly |almost |about |some |around |roughly |over |more than )?(?P<n>an?|one|{CARDINAL}|a "
    rf"couple of|a few|several)"
)
_OFFSET: Final = re.compile(
    rf"\b(?:{_AMOUNT}[ -])?(?P<u>day|week|fortnight|month|year|decade|hour|minute)s?'? (?P<way>ago|before|"
    rf"beforehand|earlier|previously|prior|later|after|afterwards|on\b(?! )|from now|hence|from "
    rf"today)(?<!before(?= yester))(?<!after(?= tomo))(?<!after(?= to-mo))"
    rf"(?P<extra> to-?day| yester-?day| (?:on )?{WEEKDAY})?"
)
_AHEAD: Final = re.compile(rf"\bin {_AMOUNT} (?P<u>day|week|fortnight|month|year)s?(?:'s?)?(?: time)?\b")
_SOON: Final = re.compile(
    r"\b(?:within|in the (?:coming|next few|next)|in coming|over the (?:coming|next)|the coming) (?:a few "
    r")?(?P<u>hours?|days?)\b|\bin the (?P<u2>days|hours) ahead\b"
)
_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
_AGO: Final = ("ago", "from now", "hence", "from today")
_FORWARD: Final = ("later", "after", "afterwards", "on", "from now", "hence", "from today")


def offset(text: str, known: Known, words: str) -> DateSpan | None:
    """So many days, weeks, months or years before or after; weeks are known to the month only.

    >>> offset("twelve days ago", Known(anchor=date(2017, 2, 8)), "").edtf
    '2017-01-27'
    """
    if match := _OFFSET.search(text):
        way = match["way"]
        sign = 1 if way in _FORWARD else -1
        return (
            _moved(match, known.anchor, sign, words)
            if way in _AGO
            else _from_event(match, known, sign, words)
        )
    if match := _AHEAD.search(text):
        return _moved(match, known.anchor, 1, words)
    if (match := _SOON.search(text)) and known.anchor is not None:
        if (match["u"] or match["u2"]).startswith("hour"):
            return cal.days(known.anchor, cal.shift(known.anchor, 1), words)
        return cal.period(known.anchor, cal.shift(known.anchor, 14), words)
    return None


def _from_event(match: re.Match[str], known: Known, sign: int, words: str) -> DateSpan | None:
    """So long before or after what was last spoken of; as vague as that was."""
    last = known.reference
    if last is None or known.reference_day or match["u"] in ("month", "year", "decade"):
        return None if last is None else _moved(match, last.earliest, sign, words)
    return replace(last, text=words) if match["u"] in ("hour", "minute", "day") else None


def _moved(match: re.Match[str], base: date | None, sign: int, words: str) -> DateSpan | None:
    got = match.groupdict()
    number = got["n"] or "one"
    count = 1.0 if number in ("a", "an", "one") else cardinal(number)
    unit = got["u"]
    if base is None or unit in ("hour", "minute"):
        return cal.day(base, words) if count is None or count < 12 else None
    if count is None:
        count, rough = (2.0 if number == "a couple of" else 4.0), True
    else:
        rough = bool(got["near"]) or (unit == "day" and count >= 10 and count % 5 == 0)
    steps = sign * int(count)
    if unit in _DAYS:
        target = cal.shift(base, steps * _DAYS[unit]) if abs(steps) < 40000 else None
        return _around(target, unit, rough, (got.get("extra") or "").strip(), words)
    months = steps * {"month": 1, "year": 12, "decade": 120}[unit]
    target_month = cal.shift_months(base, months)
    if target_month is None or (got.get("extra") or "").strip() in ("today", "to-day"):
        return cal.day(target_month, words)
    if unit == "month":
        return cal.month(target_month.year, target_month.month, words)
    return cal.year(target_month.year, words)


def _around(target: date | None, unit: str, rough: bool, extra: str, words: str) -> DateSpan | None:
    """A day counted in days, or about such a day when counted in weeks."""
    if target is None:
        return None
    named = extra.removeprefix("on ")
    if named and named not in ("today", "to-day", "yesterday", "yester-day"):
        monday = cal.week_of(target)[0]
        return cal.day(cal.shift(monday, weekday_number(named)), words)
    if named.startswith("yester"):
        return cal.day(cal.shift(target, -1), words)
    if named or (unit == "day" and not rough):
        return cal.day(target, words)
    slack = 2 if unit == "day" else 4
    return cal.period(cal.shift(target, -slack), cal.shift(target, slack), words, target)


_NEXT_DAY: Final = re.compile(
    rf"\b(?:next|following) (?:day|{DAY_PART})\b|\bday after(?:wards?)?\b|\bmorning after\b|\bon the morrow\b"
)
_PREVIOUS_DAY: Final = re.compile(
    rf"\b(?:previous|preceding|prior) (?:day|{DAY_PART})\b|\bday before\b|\b(?:on )?the eve\b|\b(?:evening|"
    rf"night) before\b"
)
_SAME_DAY: Final = re.compile(
    rf"\b(?:same|that|that same|that very) (?:day|date|{DAY_PART})\b|\b(?:later|earlier|before|ended|of) "
    rf"(?:on )?(?:in )?(?:the |that )?day\b|\b(?:earlier|later) on the day\b|"
    rf"\b(?:early|late|earlier|later) in the (?:day|{DAY_PART})\b|\b(?:minutes|hours|an hour) (?:later|"
    rf"before|earlier|after)\b|\b(?:on )?the day itself\b|^(?:the )?day$|\b(?:in|during) the course of the "
    rf"day\b"
)
_IN_THE_DAY: Final = re.compile(r"\b(?:early|late|earlier|later) (?:in|on) the day\b")
_NTH_DAY: Final = re.compile(rf"\b(?P<n>{ORDINAL})(?: and (?P<last>final|last))? (?:day|{DAY_PART})\b")
_SAME_PERIOD: Final = re.compile(
    r"\b(?:same|that|that same) (?P<u>week|month|year|summer|winter|spring|autumn)\b|\bin the "
    r"(?P<ago>previous|following|preceding) (?P<u2>month|year|week)\b"
)


def event_day(text: str, known: Known, words: str) -> DateSpan | None:
    """A day told from another event: "the next day", "that evening", "on the second day of her visit".

    None without a reference day, for then there is nothing to count from.

    >>> event_day("on the second day", Known(visit_start=date(2022, 6, 29)), "").edtf
    '2022-06-30'
    """
    if match := _NTH_DAY.search(text):
        start = known.visit_start or known.reference_day
        number = ordinal(match["n"])
        return None if start is None or number is None else cal.day(cal.shift(start, number - 1), words)
    if known.reference is None:
        return None
    for pattern, moved in ((_NEXT_DAY, 1), (_PREVIOUS_DAY, -1), (_SAME_DAY, 0)):
        if pattern.search(text):
            return _beside(text, moved, known.reference, known, words)
    if match := _SAME_PERIOD.search(text):
        step = {"previous": -1, "preceding": -1, "following": 1}.get(match["ago"] or "", 0)
        return _period_of(known.reference.earliest, match["u"] or match["u2"], step, words)
    return None


def _beside(text: str, moved: int, last: DateSpan, known: Known, words: str) -> DateSpan | None:
    """The day last spoken of, or the one before or after it; as vague as that was."""
    told = known.reference_day
    if _IN_THE_DAY.search(text) and known.anchor is not None:
        near = told is not None and abs((told - known.anchor).days) <= 3
        return cal.day(told if near else known.anchor, words)
    return replace(last, text=words) if told is None else cal.day(cal.shift(told, moved), words)


def _period_of(base: date, unit: str, step: int, words: str) -> DateSpan | None:
    """The week, month or year of a day, or the one before or after it."""
    if unit == "week":
        moved = cal.shift(base, 7 * step)
        return None if moved is None else cal.period(*cal.week_of(moved), words, moved)
    moved = cal.shift_months(base, step * (1 if unit == "month" else 12))
    if moved is None:
        return None
    return cal.month(moved.year, moved.month, words) if unit == "month" else cal.year(moved.year, words)
