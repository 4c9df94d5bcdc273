"""When a meeting took or takes place and how long it lasted, from its date and duration marks."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import lru_cache

from kg.extract.meetings import Group
from kg.extract.scene import Anchor, Scene
from kg.extract.status import background_of
from kg.model import Article, Basis, DateSpan, Duration, Sourced, Status, Tag
from kg.times.dates import date_at, find_dates, resolve_date
from kg.times.durations import parse_duration

__all__ = ["date_of", "duration_of"]

_Votes = defaultdict[tuple[date, date], list[tuple[float, int, DateSpan]]]
"""First and last day → score, span and value of each mark that means it."""

_PAST = frozenset((Status.HELD, Status.ONGOING, Status.DENIED))
_NEW_DATE = re.compile(
    r"\b(?:instead|new date|until|to|for|rescheduled|postponed to|put (?:off|back) (?:to|"
    r"until))\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_HEADLINE_WEIGHT = 0.6


def _tense(status: Status, *, background: bool) -> str:
    """`past` or `future` at a date mark; what was called off is mostly told before its day."""
    return "past" if status in _PAST or background else "future"


def date_of(scene: Scene, group: Group, status: Status) -> Sourced[DateSpan] | None:
    """The day that the group's date marks tell, the best supported and most exact first."""
    votes: _Votes = defaultdict(list)
    background = background_of(scene.reading, group)
    visit_start = _visit_start(scene.page.article, scene.anchor)
    for score, index in scene.candidates(group.spans, Tag.DATE, scene.settings.date):
        span = scene.reading.spans[index]
        tense = _tense(status, background=background)
        found = date_at(
            scene.text, span.start, span.end, anchor=scene.anchor.day, tense=tense, visit_start=visit_start
        )
        if found and _elsewhen(found, scene.anchor.day, scene.words(index).text):
            # A page's own date stands above old stories too.
            found = resolve_date(scene.words(index).text, anchor=scene.anchor.day, tense=tense)
        if found:
            weight = _HEADLINE_WEIGHT if scene.page.is_headline(span.start) else 1.0
            weight *= scene.nearness(index, group.triggers)
            votes[found.earliest, found.latest].append((score * weight, index, found))
    if not votes:
        return _month_of_writing(scene, group, status)
    best = _choose(scene, votes, status)
    score, index, found = max(votes[best], key=lambda v: (v[0], -v[1]))
    stated = bool(re.search(r"\d{4}", found.text))
    total = sum(v[0] for vs in votes.values() for v in vs)
    share = sum(v[0] for k, vs in votes.items() if _within(best, k) for v in vs) / total
    basis = Basis.STATED if stated else Basis.INFERRED
    return Sourced(found, scene.words(index), min(1.0, score * share), basis)


def _elsewhen(found: DateSpan, day: date | None, words: str) -> bool:
    """Does a date without a year lie years after the day of writing?"""
    return day is not None and found.earliest.year > day.year + 1 and not re.search(r"\d{4}", words)


def _month_of_writing(scene: Scene, group: Group, status: Status) -> Sourced[DateSpan] | None:
    """News without a day: what was held, and is not background, was held in the month of writing.

    Held-out marked texts: right in two cases of three.
    """
    day = scene.anchor.day
    if day is None or status not in (Status.HELD, Status.ONGOING) or background_of(scene.reading, group):
        return None
    first = day.replace(day=1)
    words = scene.words(group.triggers[0])
    value = DateSpan(first, day, f"{day.year:04}-{day.month:02}", "")
    return Sourced(value, words, 0.6, Basis.INFERRED)


def _within(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _choose(scene: Scene, votes: _Votes, status: Status) -> tuple[date, date]:
    """Most support first; a wider period supports the days inside it; of equals the more exact one."""

    def weight(key: tuple[date, date]) -> float:
        own = sum(v[0] for v in votes[key])
        around = sum(v[0] for k, vs in votes.items() if k != key and _within(key, k) for v in vs)
        penalty = 0.0
        if status in (Status.POSTPONED, Status.CANCELLED):
            # A meeting put off keeps the day that it had been set for: not the new one.
            for _, index, _ in votes[key]:
                start = scene.reading.spans[index].start
                if _NEW_DATE.search(scene.text[max(0, start - 30) : start]):
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


def duration_of(scene: Scene, group: Group) -> Sourced[Duration] | None:
    """How long it lasted: the best supported duration mark that parses."""
    best: Sourced[Duration] | None = None
    for score, index in scene.candidates(group.spans, Tag.DURATION, scene.settings.duration):
        words = scene.words(index)
        near = score * scene.nearness(index, group.triggers)
        parsed = parse_duration(words.text)
        if parsed and (best is None or near > best.confidence + 0.1):
            best = Sourced(parsed, words, min(1.0, near))
    return best
