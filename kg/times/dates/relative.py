"""Days told from the day of writing: "yesterday", "this morning", "Monday", "Tuesday of last week".

The rules have the same signature as those of `days`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.dates import calendar as cal
from kg.times.dates.calendar import Known
from kg.times.dates.lexicon import DAY_PART, WEEKDAY, weekday_number

__all__ = ["day_word", "weekday"]

_TODAY: Final = re.compile(
    rf"\bto-?day\b|\bto-?night\b|\b(?:this|earlier this|later this)(?: very)?(?: coming)? (?:day|"
    rf"{DAY_PART})\b"
)
_YESTERDAY: Final = re.compile(r"\byester-?day\b|\blast (?:night|evening)\b")
_TOMORROW: Final = re.compile(r"\bto-?morrow\b")
_BEYOND: Final = re.compile(r"\bday (?P<way>before|after) (?:yester-?day|to-?morrow)\b")


def day_word(text: str, known: Known, words: str) -> DateSpan | None:
    """Yesterday, today, tomorrow, this morning, last night.

    >>> day_word("last night", Known(anchor=date(2024, 3, 1)), "").edtf
    '2024-02-29'
    """
    if known.anchor is None:
        return None
    if match := _BEYOND.search(text):
        return cal.day(cal.shift(known.anchor, 2 if match["way"] == "after" else -2), words)
    for pattern, moved in ((_YESTERDAY, -1), (_TOMORROW, 1), (_TODAY, 0)):
        if pattern.search(text):
            return cal.day(cal.shift(known.anchor, moved), words)
    if re.search(r"\bovernight\b", text):
        return cal.period(cal.shift(known.anchor, -1), known.anchor, words, known.anchor)
    return None


_WEEKDAY_RULE: Final = re.compile(
    rf"\b(?P<week>(?:last|next|this) week,? (?:on )?)?(?:(?P<mod>last|past|this coming|this past|coming|"
    rf"this|next|previous|that same|that|the same|same|the following|following)[ ])?"
    rf"(?P<w>{WEEKDAY})(?: {DAY_PART})?"
    rf"(?P<post>,? (?:of )?(?:last|next|this|that|the previous|the following) week| last\b| next\b| "
    rf"before\b| after\b| week\b)?"
)
_OF_WEEK: Final = re.compile(r" (?:of )?(?:last|next|this|that) week\b")
_WEEK_FROM: Final = re.compile(rf"\b(?:a|one) week (?:from|on) (?:this |next )?(?P<w>{WEEKDAY})")
_WEEKDAY_RANGE: Final = re.compile(
    rf"(?P<a>{WEEKDAY})(?:, {WEEKDAY})*(?: {DAY_PART})?(?: ?- ?| (?:and|to|until|till|through|or)(?: "
    rf"again)?(?: on)?(?: late| early)? )(?P<b>{WEEKDAY})"
)


def weekday(text: str, known: Known, words: str) -> DateSpan | None:
    """A weekday or two, with "last", "next", "of last week" and the like.

    >>> weekday("sunday", Known(anchor=date(2023, 6, 19), tense="past"), "").edtf
    '2023-06-18'
    """
    if (ahead := _WEEK_FROM.search(text)) and known.anchor:
        coming = _strictly(weekday_number(ahead["w"]), known.anchor, 1)
        return cal.day(None if coming is None else cal.shift(coming, 7), words)
    match = _WEEKDAY_RULE.search(text)
    if match is None:
        return None
    number = weekday_number(match["w"])
    first = _one_weekday(number, match, known)
    pair = _WEEKDAY_RANGE.search(text)
    if pair and first is not None and pair.start("a") == match.start("w"):
        last = cal.shift(first, (weekday_number(pair["b"]) - number) % 7)
        if " or " in pair.group():
            return cal.period(first, last, words)
        return cal.days(first, last, words)
    return cal.day(first, words)


def _one_weekday(number: int, match: re.Match[str], known: Known) -> date | None:
    later = _OF_WEEK.search(match.string, match.end())
    post = (match["post"] or (later.group() if later else "")).strip(" ,").removeprefix("of ")
    mod = (match["week"] or "").strip().split(",")[0].removesuffix(" on") or match["mod"] or post
    if post.endswith("week") and post != "week":
        mod = post
    base = known.anchor
    told = known.reference_day or base
    if mod in ("that same", "that", "same", "the same") and told:
        return cal.fit_weekday(number, Known(told, "past"))
    if mod in ("the following", "following", "after"):
        return _strictly(number, told, 1)
    if mod == "before":
        return _strictly(number, told, -1)
    return None if base is None else _against_writing(number, mod, known, base)


def _against_writing(number: int, mod: str, known: Known, base: date) -> date | None:
    """A weekday counted from the day of writing."""
    if mod.endswith("week") and mod != "week":
        from_day = known.reference_day or base if mod.split(maxsplit=1)[0] in ("that", "the") else base
        weeks = {"last": -7, "next": 7, "the previous": -7, "the following": 7}.get(
            mod.removesuffix(" week"), 0
        )
        return cal.shift(cal.week_of(from_day)[0], number + weeks)
    if mod in ("last", "past", "this past", "previous"):
        return _strictly(number, base, -1)
    if mod in ("next", "week"):
        ahead = _strictly(number, base, 1)
        return cal.shift(ahead, 7) if ahead and (mod == "week" or _too_near(base, ahead)) else ahead
    if mod in ("coming", "this coming"):
        return cal.fit_weekday(number, Known(base, "future"))
    if mod == "this" and known.tense is None:
        return cal.shift(cal.week_of(base)[0], number)
    return cal.fit_weekday(number, known)


def _too_near(base: date, ahead: date) -> bool:
    """Whether "next" must skip a weekday: said on a Monday, "next Thursday" is of another week."""
    return cal.week_of(ahead) == cal.week_of(base) and (ahead - base).days <= 3


def _strictly(number: int, base: date | None, way: int) -> date | None:
    """The nearest such weekday before (way -1) or after (1) a day, never the day itself."""
    if base is None:
        return None
    gap = (way * (number - base.weekday())) % 7 or 7
    return cal.shift(base, way * gap)
