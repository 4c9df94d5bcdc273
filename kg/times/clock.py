"""Clock times: "11:30", "half past seven", "a quarter past one", "3 p.m.", "noon", and ranges of two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from kg.times.numerals import cardinal, fold

__all__ = ["CLOCK", "ClockRange", "clock_range", "clock_time"]

_HOUR_WORDS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HALF_DAY: Final = r"(?P<{p}half>a\.? ?m\b\.?|p\.? ?m\b\.?)"
_ZONE: Final = r"(?: ?(?:gmt|utc|hours|hrs|local time|cet|bst)\b)?"
_SAID: Final = (
    rf"(?:(?:a )?(?P<{{p}}part>half|quarter|five|ten|twenty|twenty-five|\d{{{{1,2}}}}) (?:minutes "
    rf")?(?P<{{p}}way>past|to|after) "
    rf"(?P<{{p}}of>{_HOUR_WORDS}|\d{{{{1,2}}}}))"
)
_DIGITAL: Final = r"(?:(?P<{p}h>[01]?\d|2[0-4])(?:(?:[:.]|h) ?(?P<{p}m>[0-5]\d)(?!\d))?(?P<{p}plain>h\b)?)"
_MILITARY: Final = (
    r"(?:(?P<{p}mil>(?:[01]\d|2[0-3])[0-5]\d)(?= ?(?:h\b|hours|hrs|gmt|-|to|until|$)) ?(?:h\b|hours|hrs)?)"
)
_WORDED: Final = rf"(?P<{{p}}word>{_HOUR_WORDS})(?:[ -](?P<{{p}}wm>thirty|fifteen|forty-five|forty five))?\b"
_NAMED: Final = r"(?P<{p}named>noon|midday|mid-day|midnight)"


def _clock(prefix: str) -> str:
    pieces = f"{_NAMED}|{_SAID}|{_MILITARY}|{_DIGITAL}|{_WORDED}"
    return rf"(?:(?:{pieces})(?: ?o'clock)?(?: ?{_HALF_DAY})?{_ZONE})".format(p=prefix)


CLOCK: Final = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.? ?m\b\.?|o'clock)(?: gmt)?|\d{1,2}[:h][0-5]\d(?![\d/])|"
    rf"\b(?:{_HOUR_WORDS}) o'clock|\b(?:noon|midnight|midday)\b|\b(?:half|quarter) past (?:{_HOUR_WORDS}))",
    re.IGNORECASE,
)
"""A stretch that is surely a clock time; date rules cut it out before they read numbers."""

_TO: Final = (
    r"(?: ?(?:-|until|till|til|to|through|and|à)(?: about| around| nearly)? ?|,? and it was |,? ending at )"
)
_RANGE: Final = re.compile(
    rf"(?:\b(?P<lead>from|between|started at|began at) ?(?:about |around "
    rf")?)?(?<![\d/.:-]){_clock('a')}{_TO}{_clock('b')}(?![\d/]|[:.]\d)"
)
_SINGLE: Final = re.compile(rf"(?<![\d/.:-]){_clock('a')}(?![\d/]|[:.]\d)")
_MINUTES: Final = {"thirty": 30, "fifteen": 15, "forty-five": 45, "forty five": 45}
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class ClockRange:
    """From when to when; `minutes` between (an end before the start is on the next day).

    `sure` is False when the text leaves open which half of the day is meant
    ("from half past seven until eleven"): then only `minutes` may be used.
    """

    start: time
    end: time
    minutes: int
    sure: bool


def _minute_of_day(match: re.Match[str], p: str) -> tuple[int, bool] | None:
    """Minute of the day and whether the half of the day is known."""
    got = match.groupdict()
    if named := got[f"{p}named"]:
        return (0 if named == "midnight" else 12 * 60), True
    if military := got[f"{p}mil"]:
        return int(military[:2]) * 60 + int(military[2:]), True
    sure = False
    if got[f"{p}part"]:
        value = cardinal(got[f"{p}of"])
        part = {"half": 30.0, "quarter": 15.0}.get(got[f"{p}part"]) or cardinal(got[f"{p}part"])
        if value is None or part is None or value > 24:
            return None
        minute = int(value) * 60 + (-int(part) if got[f"{p}way"] == "to" else int(part))
    elif got[f"{p}h"] is not None:
        minute = int(got[f"{p}h"]) * 60 + int(got[f"{p}m"] or 0)
        sure = got[f"{p}m"] is not None and (minute >= 13 * 60 or got[f"{p}h"].startswith("0"))
    else:
        value = cardinal(got[f"{p}word"])
        minute = int(value or 0) * 60 + _MINUTES.get(got[f"{p}wm"] or "", 0)
    half = (got[f"{p}half"] or "")[:1]
    if half:
        if minute >= 13 * 60:
            return minute % _DAY, True
        minute = minute % (12 * 60) + (12 * 60 if half == "p" else 0)
        return minute, True
    return minute % _DAY, sure or minute >= 13 * 60


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _marked(match: re.Match[str], p: str) -> bool:
    """Whether this is written like a clock time, not like any number."""
    got = match.groupdict()
    return any(got[f"{p}{k}"] for k in ("named", "part", "m", "mil", "half", "plain", "wm"))


def clock_range(text: str) -> ClockRange | None:
    """The first range of two clock times in `text`; None if there is none.

    >>> clock_range("from 11:30 until 16:00")
    ClockRange(start=datetime.time(11, 30), end=datetime.time(16, 0), minutes=270, sure=True)
    >>> clock_range("between 3 and 5 p.m.").start
    datetime.time(15, 0)
    """
    for match in _RANGE.finditer(fold(text)):
        if not (_marked(match, "a") or _marked(match, "b") or match["lead"] == "from"):
            continue
        start, end = _minute_of_day(match, "a"), _minute_of_day(match, "b")
        if start is None or end is None:
            continue
        return _range(start, end, bool(match["ahalf"]), bool(match["bhalf"]), match)
    return None


def _range(
    start: tuple[int, bool], end: tuple[int, bool], a_half: bool, b_half: bool, match: re.Match[str]
) -> ClockRange:
    (first, first_sure), (last, last_sure) = start, end
    noon = 12 * 60
    if b_half and not a_half and not first_sure:
        # "between 3 and 5 p.m.": the half of the day is said once, for both
        late = first % noon + (noon if last >= noon else 0)
        first, first_sure = (late if late < last else first % noon), True
    elif first_sure and not last_sure and last <= first and last + noon > first:
        last, last_sure = last + noon, True
    elif match["am"] is not None and match["bm"] is not None and not a_half:
        # both in digits without a.m. or p.m.: a 24-hour clock
        first_sure = last_sure = first_sure or last_sure or first >= 10 * 60
    if last <= first:
        last += noon if not (first_sure and last_sure) and last + noon > first else _DAY
    return ClockRange(_time(first % _DAY), _time(last % _DAY), last - first, first_sure and last_sure)


def clock_time(text: str) -> time | None:
    """The first clock time in `text` whose half of the day is known; None if there is none.

    >>> clock_time("at 3.15 p.m. on Sunday")
    datetime.time(15, 15)
    """
    for match in _SINGLE.finditer(fold(text)):
        got = _minute_of_day(match, "a")
        if got is not None and got[1] and _marked(match, "a"):
            return _time(got[0])
    return None
