"""Articles against official records: what is borne out, contradicted, or missing.

Pure: fused events and the witnesses whose mentions they hold go in, findings come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kg.model import Claim, DateSpan, Duration, EntityRef, EventKind, FusedEvent, Status, Witness

__all__ = ["Finding", "Verdict", "crosscheck"]

OFFICIAL: Final = ("frus", "travels", "visits", "table")
"""Extractors of official records."""


class Verdict(StrEnum):
    """What the records say of a meeting that articles tell of."""

    BORNE_OUT = "borne out"
    CONTRADICTED = "contradicted"
    MISSING = "missing"
    """No record of the period has it, though its people are in the records."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One property of one event; quotes of both sides, None where a side is silent."""

    event: str
    verdict: Verdict
    property: str | None = None
    article_quote: str | None = None
    article: str | None = None
    record_quote: str | None = None
    record: str | None = None


def crosscheck(events: Iterable[FusedEvent], witnesses: Iterable[Witness]) -> Iterator[Finding]:
    """Findings on every held meeting that an article tells of, in the order of the events.

    A meeting in both kinds of witness is contradicted in each property (day, place, duration) on
    which they can't both be right, borne out if in none. One in articles alone is missing when
    its day lies within the days of the records and a record knows at least one of its people.
    """
    sources = {m.id: w for w in witnesses for m in w.mentions}
    meetings = [e for e in events if e.kind is EventKind.MEETING]
    told = [(e, *_sides(e, sources)) for e in meetings]
    official = [claim for _, _, records in told for claim in records]
    days = [c.value for c in official if isinstance(c.value, DateSpan)]
    period = (min(d.earliest for d in days), max(d.latest for d in days)) if days else None
    known = {c.value.id for c in official if c.property == "participant" and isinstance(c.value, EntityRef)}
    for event, articles, records in told:
        if not articles or not _held(articles):
            continue
        if records:
            yield from _compared(event, articles, records, sources)
        elif _expected(articles, period, known):
            claim = articles[0]
            yield Finding(
                event.id, Verdict.MISSING, None, claim.evidence.text, sources[claim.mention].article
            )


def _sides(event: FusedEvent, sources: Mapping[str, Witness]) -> tuple[list[Claim], list[Claim]]:
    """Claims of articles and claims of records, both in a fixed order."""
    sides: tuple[list[Claim], list[Claim]] = ([], [])
    for claim in sorted((*event.accepted, *event.rejected), key=lambda c: c.id):
        witness = sources.get(claim.mention)
        if witness is not None:
            sides[witness.extractor.split("/")[0] in OFFICIAL].append(claim)
    return sides


def _held(claims: list[Claim]) -> bool:
    return any(c.value in (Status.HELD, Status.ONGOING) for c in claims if c.property == "status")


def _expected(claims: list[Claim], period: tuple[date, date] | None, known: set[str]) -> bool:
    spans = [c.value for c in claims if isinstance(c.value, DateSpan)]
    inside = period is not None and any(period[0] <= s.earliest and s.latest <= period[1] for s in spans)
    people = {c.value.id for c in claims if c.property == "participant" and isinstance(c.value, EntityRef)}
    return inside and bool(people & known)


def _compared(
    event: FusedEvent, articles: list[Claim], records: list[Claim], sources: Mapping[str, Witness]
) -> Iterator[Finding]:
    contradicted = False
    for name in ("date", "place", "minutes"):
        ours = [c for c in articles if c.property == name]
        theirs = [c for c in records if c.property == name]
        if ours and theirs and not any(_agree(a.value, b.value) for a in ours for b in theirs):
            contradicted = True
            yield _finding(event, Verdict.CONTRADICTED, name, (ours[0], theirs[0]), sources)
    if not contradicted:
        yield _finding(event, Verdict.BORNE_OUT, None, (articles[0], records[0]), sources)


def _finding(
    event: FusedEvent,
    verdict: Verdict,
    name: str | None,
    pair: tuple[Claim, Claim],
    sources: Mapping[str, Witness],
) -> Finding:
    ours, theirs = pair
    return Finding(
        event.id,
        verdict,
        name,
        ours.evidence.text,
        sources[ours.mention].article,
        theirs.evidence.text,
        sources[theirs.mention].article,
    )


def _agree(ours: object, theirs: object) -> bool:
    """Whether both can be right: overlapping days or lengths, the same place or one of another kind."""
    if isinstance(ours, DateSpan) and isinstance(theirs, DateSpan):
        return ours.earliest <= theirs.latest and theirs.earliest <= ours.latest
    if isinstance(ours, Duration) and isinstance(theirs, Duration):
        low, high = ours.min_minutes or 0.0, ours.max_minutes
        least, most = theirs.min_minutes or 0.0, theirs.max_minutes
        slack = 0.1 * theirs.minutes
        not_below = least <= (high if high is not None else least) + slack
        return not_below and low <= (most if most is not None else low) + slack
    if isinstance(ours, EntityRef) and isinstance(theirs, EntityRef):
        same_kind = ours.id.split("/")[0] == theirs.id.split("/")[0]
        return not same_kind or ours.id == theirs.id
    return ours == theirs
