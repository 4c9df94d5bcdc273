"""Articles against records: borne out, contradicted, missing, and what is left alone."""

from __future__ import annotations

from datetime import date

from kg.model import (
    Claim,
    ClaimValue,
    DateSpan,
    Duration,
    EntityRef,
    EventKind,
    EventMention,
    Evidence,
    FusedEvent,
    Qualifier,
    Status,
    Witness,
)
from kg.official.crosscheck import Verdict, crosscheck


def _day(day: int) -> DateSpan:
    return DateSpan(date(1973, 5, day), date(1973, 5, day), f"1973-05-{day:02}", "")


def _minutes(minutes: float, qualifier: Qualifier = Qualifier.EXACT) -> Duration:
    top = None if qualifier is Qualifier.MORE_THAN else minutes
    return Duration(minutes, minutes, top, qualifier, "")


def _claim(mention: str, name: str, value: ClaimValue) -> Claim:
    return Claim(f"{mention}/{name}", mention, name, value, "", Evidence(f"{mention} says {name}", 0, 1))


def _mention(ident: str, status: Status = Status.HELD, **values: ClaimValue) -> EventMention:
    people = _claim(ident, "participant", EntityRef("person/ada-lind"))
    told = [_claim(ident, name, value) for name, value in values.items()]
    return EventMention(ident, EventKind.MEETING, (people, _claim(ident, "status", status), *told))


def _world(
    *pairs: tuple[str, list[EventMention]], official: str = "o"
) -> tuple[list[FusedEvent], list[Witness]]:
    events = [
        FusedEvent(
            name,
            EventKind.MEETING,
            tuple(m.id for m in mentions),
            tuple(c for m in mentions for c in m.claims),
        )
        for name, mentions in pairs
    ]
    witnesses = [
        Witness(f"article/{m.id}", "", "", "frus/1" if m.id.startswith(official) else "reader/1", (m,))
        for _, mentions in pairs
        for m in mentions
    ]
    return events, witnesses


def test_borne_out_and_contradicted() -> None:
    events, witnesses = _world(
        (
            "e1",
            [
                _mention("a1", date=_day(3), minutes=_minutes(60, Qualifier.MORE_THAN)),
                _mention("o1", date=_day(3), minutes=_minutes(75)),
            ],
        ),
        (
            "e2",
            [
                _mention("a2", date=_day(4), minutes=_minutes(60)),
                _mention("o2", date=_day(5), minutes=_minutes(120)),
            ],
        ),
    )
    found = list(crosscheck(events, witnesses))
    assert [(f.event, f.verdict, f.property) for f in found] == [
        ("e1", Verdict.BORNE_OUT, None),
        ("e2", Verdict.CONTRADICTED, "date"),
        ("e2", Verdict.CONTRADICTED, "minutes"),
    ]
    assert (found[1].article_quote, found[1].record_quote) == ("a2 says date", "o2 says date")


def test_missing_only_within_the_period_and_of_known_people() -> None:
    events, witnesses = _world(
        ("e1", [_mention("o1", date=_day(1))]),
        ("e2", [_mention("o2", date=_day(20))]),
        ("e3", [_mention("a3", date=_day(10))]),
        ("e4", [_mention("a4", date=_day(25))]),
        ("e5", [_mention("a5", Status.PLANNED, date=_day(11))]),
    )
    assert [(f.event, f.verdict) for f in crosscheck(events, witnesses)] == [("e3", Verdict.MISSING)]


def test_places_are_compared_with_their_like_only() -> None:
    events, witnesses = _world(
        (
            "e1",
            [_mention("a1", place=EntityRef("city/bonn")), _mention("o1", place=EntityRef("venue/palais"))],
        ),
        ("e2", [_mention("a2", place=EntityRef("city/bonn")), _mention("o2", place=EntityRef("city/paris"))]),
    )
    assert [f.verdict for f in crosscheck(events, witnesses)] == [Verdict.BORNE_OUT, Verdict.CONTRADICTED]


def test_nothing_to_compare() -> None:
    assert list(crosscheck([], [])) == []
