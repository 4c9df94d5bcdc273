"""Candidate dates in running text: datelines, publication lines, the day last spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kg.model import DateSpan
from kg.times.dates.lexicon import DAY_PART, MONTH, NAMED_MONTH, WEEKDAY
from kg.times.dates.months import PART
from kg.times.dates.resolve import resolve_date
from kg.times.numerals import CARDINAL

__all__ = ["dateline", "dateline_end", "find_dates", "full_date", "reference_before"]

_DAY: Final = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
_PARTS: Final = re.sub(r"\?P<\w+>", "?:", PART)
_CANDIDATE: Final = re.compile(
    rf"(?<![\w/])(?:"
    rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    rf"|(?:{WEEKDAY},? (?:the )?)?(?:{_DAY}(?: ?[-–] ?{_DAY}| (?:and|to|or) {_DAY})?(?: of)? {MONTH}|"
    rf"{MONTH} {_DAY}(?: ?[-–] ?{_DAY}| (?:and|to|or) {_DAY})?)(?!\d)(?:,? {_YEAR}\b)?"
    rf"|(?:{_PARTS})?(?:(?:last|next|this) )?{MONTH}(?: (?:of )?{_YEAR}\b| (?:last|this|next) year)?"
    rf"|(?:(?:last|next|this|that|the following|the previous) )?{WEEKDAY}(?: {DAY_PART})?(?: (?:of "
    rf")?(?:last|next|this) week)?"
    rf"|(?:the )?day (?:before yesterday|after tomorrow|before|after|earlier|later)\b|yesterday|today|"
    rf"tomorrow|tonight|last (?:night|evening)|this {DAY_PART}"
    rf"|(?:an?|{CARDINAL}) (?:day|week|month|year)s? (?:ago|earlier|later|before)"
    rf"|(?:the )?(?:next|following|previous|same) (?:day|{DAY_PART})"
    rf"|(?:(?:early|earlier|late|later) )?(?:last|next|this) (?:week(?:end)?|month|year|spring|summer|"
    rf"autumn|winter)"
    rf"|(?:{_PARTS}|in |since |of ){_YEAR}(?![\d/]|-\d)"
    rf")(?!\w)",
    re.IGNORECASE,
)
_ADJACENT: Final = 80
_NEEDS_CAPITAL: Final = re.compile(r"(?:may|march|mar|sat|sun|mon|wed|fri)\.?", re.IGNORECASE)


def find_dates(text: str, *, anchor: date | None = None) -> Iterator[tuple[int, int, DateSpan]]:
    """Stretches of `text` that read like a date and resolve, with offsets, in text order.

    Words told from another event ("the next day") are resolved against the date before them.
    Linear in the length of the text.
    """
    reference: DateSpan | None = None
    for match in _CANDIDATE.finditer(text):
        words = match.group()
        if _NEEDS_CAPITAL.fullmatch(words) and not NAMED_MONTH.match(words):
            continue
        sentence = text[max(0, match.start() - 80) : match.end() + 40]
        found = resolve_date(words, anchor=anchor, context=sentence, reference=reference)
        if found is None:
            continue
        reference = found
        yield match.start(), match.end(), found


def reference_before(
    text: str, offset: int, *, anchor: date | None, tense: str | None = None, reach: int = 3000
) -> DateSpan | None:
    """The day or period last spoken of before `offset`: what "the next day" counts from.

    A day is preferred to a vaguer date unless that stands right before. With tense "past",
    days after the anchor are passed over. Looks back `reach` characters at most; None when
    nothing is found there.
    """
    first = max(0, offset - reach)
    last: DateSpan | None = None
    for _, end, found in find_dates(text[first:offset], anchor=anchor):
        if first + end > offset or (tense == "past" and anchor is not None and found.earliest > anchor):
            continue
        precise, near = len(found.edtf) == 10, offset - first - end < _ADJACENT and len(found.edtf) > 4
        if precise or near or last is None:
            last = found
    return last


_FULL: Final = re.compile(
    rf"(?<![\w/.-])(?:\d{{4}}-\d\d-\d\d|{_DAY}(?: of)? {MONTH},? {_YEAR}|{MONTH} {_DAY},? {_YEAR}|"
    rf"{_DAY}[./]{_DAY}[./]\d{{4}})(?![\w/-])",
    re.IGNORECASE,
)


def full_date(text: str) -> tuple[int, int, DateSpan] | None:
    """The first date in `text` that names day, month and year itself; None if there is none.

    >>> full_date("Posted 9 August 2011 by staff")[2].edtf
    '2011-08-09'
    """
    for match in _FULL.finditer(text):
        found = resolve_date(match.group(), anchor=None)
        if found is not None and len(found.edtf) == 10:
            return match.start(), match.end(), found
    return None


_CITY: Final = (
    r"(?:[A-Z][\w'’.-]*|of|the|de|la|el|al-\w+|(?<=[A-Z] )[A-Z][\w'’.-]*)(?:[ /-](?:[A-Z][\w'’.-]*|of|the|"
    r"de|la|le|el|al|da|do|del|upon|sur|and))*"
)
_AGENCY: Final = r"(?:\([^()\n]{2,40}\))"
_WHEN: Final = (
    rf"(?:(?:{WEEKDAY},? )?(?:{_DAY}(?: of)? {MONTH}|{MONTH} {_DAY})\.?(?:,? {_YEAR})?|"
    rf"{WEEKDAY}(?: {DAY_PART})?|{_DAY}/{_DAY}/\d{{2,4}})"
)
_DATELINE: Final = re.compile(
    rf"^\W{{0,3}}(?:\([^()\n]{{4,40}}\) )?(?P<city>{_CITY}(?:, (?!(?i:{MONTH}|{WEEKDAY}))[A-Z][\w'’. -]*?)?)"
    rf"(?:(?:,|\.)? ?(?:\()?(?P<when>(?i:{_WHEN}))\)?)?,?(?: ?{_AGENCY})?(?P<end> ?(?:—|–|--|―) ?| ?- |-$|"
    rf" ?: |\.(?: |$)|$)"
)
_CALENDAR_WORD: Final = re.compile(rf"(?:{MONTH}|{WEEKDAY})(?!\w)", re.IGNORECASE)
_CAPS_CITY: Final = re.compile(r"[A-Z][A-Z'’. -]{2,}(?:,|$)")


def dateline(text: str, *, anchor: date | None = None) -> tuple[str, DateSpan | None] | None:
    """City and day of a paragraph that begins with a dateline; None if it does not.

    A dateline has its city in capitals, or a date or an agency beside it.

    >>> city, when = dateline("BEIJING, June 19 (Reuters) - Talks began", anchor=date(2023, 6, 20))
    >>> city, when.edtf
    ('BEIJING', '2023-06-19')
    """
    found = _dateline(text)
    if found is None:
        return None
    written = found["when"]
    when = resolve_date(written, anchor=anchor, tense="past") if written else None
    return found["city"].strip(" ,."), when


def dateline_end(text: str) -> int | None:
    """Where the dateline at the head of a paragraph ends (behind its dash); None if there is none.

    >>> dateline_end("PARIS (AP) — The two met.")
    13
    """
    found = _dateline(text)
    return None if found is None else found.end()


def _dateline(text: str) -> re.Match[str] | None:
    match = _DATELINE.match(text[:160])
    if match is None or _CALENDAR_WORD.match(match["city"]):
        return None
    end, written, agency = match["end"], match["when"], "(" in match.group()
    caps = _CAPS_CITY.match(match["city"].strip(" ,.").split("/")[0]) is not None
    if end.strip(" .:") == "" and not (caps and written) and not (agency and ":" in end):
        return None
    return match if written or caps or agency else None
