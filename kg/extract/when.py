"""When a meeting took or takes place and how long it lasted, from its date and duration marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kg.times.dates import date_at, dateline, find_dates, full_date, guess_tense, resolve_date
from kg.times.durations import parse_duration
from kg.extract.meetings import Group, Settings
from kg.extract.status import background_of
from kg.extract.text import Layout, evidence
from kg.model import Article, Basis, DateSpan, Duration, Reading, Sourced, Status, Tag

__all__ = ["Anchor", "anchor_of", "date_of", "duration_of"]

_PAST = frozenset((Status.HELD, Status.ONGOING, Status.DENIED))
_FUTURE = frozenset((Status.PLANNED, Status.POSSIBLE))
_NEW_DATE = re.compile(r"\b(?:instead|new date|until|to|for|rescheduled|postponed to|put (?:off|back) (?:to|until))\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DATELINE_LAG = timedelta(days=4)
_HEADLINE_WEIGHT = 0.6
_LOOSE_DATELINE = re.compile(
    r"^(?:\([^()]{3,40}\)\s*)?(?:[A-Z][\w .'’-]{2,40}, )?(?P<when>(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:night|evening|morning)?,?\s?)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)"
    r"(?:,? \d{4})?|(?<=, )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:night|evening|morning))?(?= ?(?:-|–|—)))"
    r"(?:,? \d{1,2}[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?|[Hh])?)?(?:\.|,)?\s*(?:$|[-–—(|]|(?<=\.) [A-Z])"
)
_IN_PROSE = re.compile(r"\b(?:on|of|since|until|till|by|from|in|after|before|to) (?:\w+day,? )?$", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of writing, and where it is written (offsets), if it is."""

    day: date | None
    start: int | None = None
    end: int | None = None


def anchor_of(article: Article) -> Anchor:
    """The dateline's day where there is one near the day of publication, else that day, else a full date in the head."""
    found = _dateline(article)
    if article.published:
        if found and found.day and timedelta(0) <= article.published - found.day <= _DATELINE_LAG:
            return found
        return Anchor(article.published)
    return found or _written(article)


def _dateline(article: Article) -> Anchor | None:
    offset = 0
    for line in article.text[:1500].split("\n"):
        hit = dateline(line, anchor=article.published)
        if hit and hit[1] is not None and len(hit[1].edtf) == 10:
            begin = line.find(hit[1].text)
            return Anchor(hit[1].earliest, offset + begin, offset + begin + len(hit[1].text))
        loose = _LOOSE_DATELINE.match(line) if article.published else None
        if loose:
            day = resolve_date(loose["when"], anchor=article.published, tense="past")
            if day and len(day.edtf) == 10:
                return Anchor(day.earliest, offset + loose.start("when"), offset + loose.end("when"))
        offset += len(line) + 1
    return None


def _written(article: Article) -> Anchor:
    """A day in full in the head of the text, or at its very end."""
    text = article.text
    for low, high in ((0, 900), (max(0, len(text) - 160), len(text))):
        numeric = _NUMERIC.search(text, low, high)
        hit = full_date(text[low:high])
        if hit and _IN_PROSE.search(text[max(0, low + hit[0] - 12) : low + hit[0]]):
            hit = None
        if numeric and (hit is None or numeric.start() < low + hit[0]):
            day = _numeric_day(numeric)
            if day:
                return Anchor(day, numeric.start(), numeric.end())
        if hit:
            start, end = low + hit[0], low + hit[1]
            wider = resolve_date(text[max(0, start - 24) : end], anchor=hit[2].earliest)
            ranged = wider and re.search(r"\d\D{0,14}(?:to|-|–|until)\s*$", text[max(0, start - 24) : start])
            return Anchor(wider.earliest if wider and ranged else hit[2].earliest, start, end)
    return Anchor(None)


def _numeric_day(match: re.Match[str]) -> date | None:
    """Day and month in figures: day first, unless it cannot be."""
    first, second, year = (int(part) for part in match.groups())
    for day, month in ((first, second), (second, first)):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def tense_of(layout: Layout, status: Status, at: int, *, background: bool) -> str | None:
    """`past`, `future` or None at a date mark: from the status, else from the sentence."""
    if status in _PAST or background:
        return "past"
    if status in _FUTURE or status is Status.POSTPONED:
        return "future"
    low, high = layout.bounds(layout.sentence(at))
    return "past" if guess_tense(layout.article.text[low:high]) == "past" and status is Status.DENIED else "future"


def date_of(
    layout: Layout, reading: Reading, group: Group, status: Status, anchor: Anchor, settings: Settings
) -> Sourced[DateSpan] | None:
    """The day that the group's date marks tell, the best supported and most exact first."""
    text = layout.article.text
    votes: defaultdict[tuple[date, date], list[tuple[float, int, DateSpan]]] = defaultdict(list)
    background = background_of(reading, group)
    for index, told in sorted(group.spans.items()):
        span = reading.spans[index]
        score = told * span.score
        if span.tag is not Tag.DATE or score < settings.value:
            continue
        tense = tense_of(layout, status, span.start, background=background)
        if layout.is_headline(span.start):
            score *= _HEADLINE_WEIGHT
        found = date_at(
            text, span.start, span.end, anchor=anchor.day, tense=tense, visit_start=_visit_start(layout.article, anchor)
        )
        if found:
            votes[found.earliest, found.latest].append((score, index, found))
    if not votes:
        return _month_of_writing(layout, reading, group, status, anchor)
    best = _choose(votes, status, text, reading)
    score, index, found = max(votes[best], key=lambda v: (v[0], -v[1]))
    span = reading.spans[index]
    stated = bool(re.search(r"\d{4}", found.text))
    total = sum(v[0] for vs in votes.values() for v in vs)
    share = sum(v[0] for k, vs in votes.items() if _within(best, k) for v in vs) / total
    basis = Basis.STATED if stated else Basis.INFERRED
    return Sourced(found, evidence(layout.article, span.start, span.end), min(1.0, score * share), basis)


def _month_of_writing(
    layout: Layout, reading: Reading, group: Group, status: Status, anchor: Anchor
) -> Sourced[DateSpan] | None:
    """News without a day: what was held, and is not background, was held in the month of writing or just before.

    Held-out marked texts: right in two cases of three.
    """
    day = anchor.day
    if day is None or status not in (Status.HELD, Status.ONGOING) or background_of(reading, group):
        return None
    first = day.replace(day=1)
    span = reading.spans[group.triggers[0]]
    words = evidence(layout.article, span.start, span.end)
    value = DateSpan(first, day, f"{day.year:04}-{day.month:02}", "")
    return Sourced(value, words, 0.6, Basis.INFERRED)


def _within(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _choose(
    votes: Mapping[tuple[date, date], list[tuple[float, int, DateSpan]]], status: Status, text: str, reading: Reading
) -> tuple[date, date]:
    """Most support first; a wider period supports the days inside it; of equals the more exact, then the first."""

    def weight(key: tuple[date, date]) -> float:
        own = sum(v[0] for v in votes[key])
        around = sum(v[0] for k, vs in votes.items() if k != key and _within(key, k) for v in vs)
        penalty = 0.0
        if status in (Status.POSTPONED, Status.CANCELLED):
            # A meeting put off keeps the day that it had been set for: not the new one.
            for _, index, _ in votes[key]:
                if _NEW_DATE.search(text[: reading.spans[index].start][-30:]):
                    penalty += 0.8
        return own + around - penalty

    def order(key: tuple[date, date]) -> tuple[float, int, int]:
        exact = (key[1] - key[0]).days
        return (-round(weight(key), 6), exact, min(v[1] for v in votes[key]))

    return min(votes, key=order)


@lru_cache(maxsize=64)
def _visit_start(article: Article, anchor: Anchor) -> date | None:
    """First day of the visit that the article tells of, where one is plain."""
    match = re.search(r"\b(?:arrived|landed|arrives|flew in)\b[^.\n]{0,60}", article.text)
    if not match:
        return None
    for _, _, found in find_dates(match.group(), anchor=anchor.day):
        if found.earliest == found.latest:
            return found.earliest
    return None


def duration_of(layout: Layout, reading: Reading, group: Group, settings: Settings) -> Sourced[Duration] | None:
    """How long it lasted: the best supported duration mark that parses."""
    text = layout.article.text
    best: tuple[float, int, Duration] | None = None
    for index, told in sorted(group.spans.items()):
        span = reading.spans[index]
        score = told * span.score
        if span.tag is not Tag.DURATION or score < settings.value:
            continue
        parsed = parse_duration(text[span.start : span.end])
        if parsed and (best is None or score > best[0] + 0.1):
            best = (score, index, parsed)
    if best is None:
        return None
    span = reading.spans[best[1]]
    return Sourced(best[2], evidence(layout.article, span.start, span.end), min(1.0, best[0]))
