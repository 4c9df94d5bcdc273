"""Dates told from another day: "yesterday", "Monday", "two weeks ago", "the next day", "late last month".

Rules have the same signature as in `absolute`. Words like "today" and weekdays are read
against the day of writing; "the next day", "that evening" against the day last spoken of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from kg.extract.dates import calendar as cal
from kg.extract.dates.absolute import PART, part_of
from kg.extract.dates.calendar import Known
from kg.extract.dates.lexicon import DAY_PART, WEEKDAY, weekday_number
from kg.extract.numerals import CARDINAL, ORDINAL, cardinal, ordinal
from kg.model import DateSpan

__all__ = ["day_part", "day_word", "event_day", "offset", "span", "weekday"]

_TODAY: Final = re.compile(
    rf"\bto-?day\b|\bto-?night\b|\b(?:this|earlier this|later this)(?: very)?(?: coming)? (?:day|{DAY_PART})\b"
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
    rf"\b(?P<week>(?:last|next|this) week,? (?:on )?)?(?:(?P<mod>last|past|this coming|this past|coming|this|next|previous|that same|that|the same|same|the following|following)[ ])?"
    rf"(?P<w>{WEEKDAY})(?: {DAY_PART})?"
    rf"(?P<post>,? (?:of )?(?:last|next|this|that|the previous|the following) week| last\b| next\b| before\b| after\b| week\b)?"
)
_WEEK_FROM: Final = re.compile(rf"\b(?:a|one) week (?:from|on) (?:this |next )?(?P<w>{WEEKDAY})")
_WEEKDAY_RANGE: Final = re.compile(
    rf"(?P<a>{WEEKDAY})(?:, {WEEKDAY})*(?: {DAY_PART})?(?: ?- ?| (?:and|to|until|till|through|or)(?: again)?(?: on)?(?: late| early)? )(?P<b>{WEEKDAY})"
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
    post = (match["post"] or "").strip(" ,").removeprefix("of ")
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
    if base is None:
        return None
    return _against_writing(number, mod, known, base)


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
    if mod == "next":
        ahead = _strictly(number, base, 1)
        # said on a Monday, "next Thursday" is not the Thursday of the same week
        same_week = ahead is not None and cal.week_of(ahead) == cal.week_of(base)
        return cal.shift(ahead, 7) if ahead and same_week and match_is_early(base, ahead) else ahead
    if mod == "week":
        ahead = _strictly(number, base, 1)
        return None if ahead is None else cal.shift(ahead, 7)
    if mod in ("coming", "this coming"):
        return cal.fit_weekday(number, Known(base, "future"))
    if mod == "this" and known.tense is None:
        return cal.shift(cal.week_of(base)[0], number)
    return cal.fit_weekday(number, known)


def match_is_early(base: date, ahead: date) -> bool:
    """Whether a weekday lies so close in the same week that "next" must skip it."""
    return (ahead - base).days <= 3


def _strictly(number: int, base: date | None, way: int) -> date | None:
    """The nearest such weekday before (way -1) or after (1) a day, never the day itself."""
    if base is None:
        return None
    gap = (way * (number - base.weekday())) % 7 or 7
    return cal.shift(base, way * gap)


_AMOUNT: Final = rf"(?P<near>nearly |almost |about |some |around |roughly |over |more than )?(?P<n>an?|one|{CARDINAL}|a couple of|a few|several)"
_OFFSET: Final = re.compile(
    rf"\b(?:{_AMOUNT}[ -])?(?P<u>day|week|fortnight|month|year|decade|hour|minute)s?'? (?P<way>ago|before|beforehand|earlier|previously|prior|later|after|afterwards|on\b(?! )|from now|hence|from today)(?<!before(?= yester))(?<!after(?= tomo))(?<!after(?= to-mo))"
    rf"(?P<extra> to-?day| yester-?day| (?:on )?{WEEKDAY})?"
)
_AHEAD: Final = re.compile(rf"\bin {_AMOUNT} (?P<u>day|week|fortnight|month|year)s?(?:'s?)?(?: time)?\b")
_SOON: Final = re.compile(
    r"\b(?:within|in the (?:coming|next few|next)|in coming|over the (?:coming|next)|the coming) (?:a few )?(?P<u>hours?|days?)\b|\bin the (?P<u2>days|hours) ahead\b"
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
    if base is None:
        return None
    if unit in ("hour", "minute"):
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
    if target_month is None:
        return None
    if (got.get("extra") or "").strip() in ("today", "to-day"):
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
    rf"\b(?:previous|preceding|prior) (?:day|{DAY_PART})\b|\bday before\b|\b(?:on )?the eve\b|\b(?:evening|night) before\b"
)
_SAME_DAY: Final = re.compile(
    rf"\b(?:same|that|that same|that very) (?:day|date|{DAY_PART})\b|\b(?:later|earlier|before|ended|of) (?:on )?(?:in )?(?:the |that )?day\b|\b(?:earlier|later) on the day\b|"
    rf"\b(?:early|late|earlier|later) in the (?:day|{DAY_PART})\b|\b(?:minutes|hours|an hour) (?:later|before|earlier|after)\b|\b(?:on )?the day itself\b|^(?:the )?day$|\b(?:in|during) the course of the day\b"
)
_IN_THE_DAY: Final = re.compile(r"\b(?:early|late|earlier|later) (?:in|on) the day\b")
_NTH_DAY: Final = re.compile(rf"\b(?P<n>{ORDINAL})(?: and (?P<last>final|last))? (?:day|{DAY_PART})\b")
_SAME_PERIOD: Final = re.compile(
    r"\b(?:same|that|that same) (?P<u>week|month|year|summer|winter|spring|autumn)\b|\bin the (?P<ago>previous|following|preceding) (?P<u2>month|year|week)\b"
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
            if _IN_THE_DAY.search(text) and known.anchor is not None:
                told = known.reference_day
                near = told is not None and abs((told - known.anchor).days) <= 3
                return cal.day(told if near else known.anchor, words)
            if (told := known.reference_day) is None:
                return replace(known.reference, text=words)
            return cal.day(cal.shift(told, moved), words)
    if match := _SAME_PERIOD.search(text):
        step = {"previous": -1, "preceding": -1, "following": 1}.get(match["ago"] or "", 0)
        return _period_of(known.reference.earliest, match["u"] or match["u2"], step, words)
    return None


def _period_of(base: date, unit: str, step: int, words: str) -> DateSpan | None:
    """The week, month or year of a day, or the one before or after it."""
    if unit == "week":
        moved = cal.shift(base, 7 * step)
        return None if moved is None else cal.period(*cal.week_of(moved), words, moved)
    moved = cal.shift_months(base, step * (1 if unit == "month" else 12))
    if moved is None:
        return None
    return cal.month(moved.year, moved.month, words) if unit == "month" else cal.year(moved.year, words)


_SPAN: Final = re.compile(
    rf"(?:\b{PART})?\b(?:(?P<when>later|earlier|sometime|some time) )?(?:in )?(?:(?P<rel>this|last|next|the coming|coming|the past|past|the previous|previous|the following|the|at the|over the|since the) )?"
    r"(?P<u>week-?end|week|month|year)\b(?P<out> (?:is|was) (?:out|over))?"
)
_BACK: Final = ("last", "the past", "past", "the previous", "previous")
_AHEAD_WORDS: Final = ("next", "the coming", "coming", "the following")


def span(text: str, known: Known, words: str) -> DateSpan | None:
    """This, last or next week, weekend, month or year, and parts of them.

    >>> span("later this month", Known(anchor=date(2023, 3, 14)), "").edtf
    '2023-03'
    """
    match = _SPAN.search(text)
    if match is None or known.anchor is None:
        return None
    anchor, rel = known.anchor, match["rel"] or ""
    step = -1 if rel in _BACK else 1 if rel in _AHEAD_WORDS else 0
    unit = match["u"].replace("-", "")
    if unit == "weekend":
        return _weekend(step, rel, known, anchor, words)
    if unit == "week":
        moved = cal.shift(anchor, 7 * step)
        if moved is None:
            return None
        first, last = cal.week_of(moved)
        return cal.period(first, last, words, cal.shift(first, 3))
    part = part_of(match)
    moved = cal.shift_months(anchor, step * (1 if unit == "month" else 12))
    if moved is None:
        return None
    if unit == "year":
        return cal.year(moved.year, words)
    return cal.month(moved.year, moved.month, words, _month_part(part, match["when"], anchor))


def _month_part(part: str | None, when: str | None, anchor: date) -> tuple[int, int]:
    if when in ("later", "earlier"):
        return (anchor.day, 31) if when == "later" else (1, anchor.day)
    table = {
        "early": (1, 10),
        "mid": (10, 20),
        "late": (20, 31),
        "half1": (1, 15),
        "half2": (15, 31),
        "ten": (1, 10),
    }
    return table.get(part or "", (1, 31))


def _weekend(step: int, rel: str, known: Known, anchor: date, words: str) -> DateSpan | None:
    monday = cal.week_of(anchor)[0]
    if step == 0 and known.tense != "future" and rel != "this" and anchor.weekday() < 5:
        step = -1
    if step == -1 and anchor.weekday() == 6:
        step = -1 if rel in _BACK else 0
    first = cal.shift(monday, 5 + 7 * step)
    return None if first is None else cal.period(first, cal.shift(first, 1), words)


_PART_ALONE: Final = re.compile(
    rf"^(?:later|earlier)$|^(?:late |early |earlier |later |mid-?)*(?:in |at |the |on |around |about |before |after )*(?:{DAY_PART}|lunch|luncheon|dinner|breakfast)?$"
)


def day_part(text: str, known: Known, words: str) -> DateSpan | None:
    """Nothing but a part of the day or a clock time: the day last spoken of, else that of writing."""
    if _PART_ALONE.match(text.strip(" ,.")):
        return cal.day(known.reference_day or known.anchor, words)
    return None
