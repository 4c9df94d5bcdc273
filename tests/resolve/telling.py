"""Short ways to write records for the tests of linking."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from kg.gazetteer import Gazetteer
from kg.model import (
    Article,
    Basis,
    DateSpan,
    Evidence,
    MeetingMention,
    ParticipantKind,
    ParticipantMention,
    Record,
    ResolvedRecord,
    Sourced,
    Status,
)
from kg.resolve import Decisions, resolve

__all__ = ["article", "group", "link", "link_all", "meeting", "person", "record_of", "said"]

HERE = Evidence("words", 0, 5)


def said(value: Any, basis: Basis = Basis.STATED) -> Sourced[Any]:
    return Sourced(value, HERE, basis=basis)


def span(text: str | None) -> Sourced[DateSpan] | None:
    if not text:
        return None
    last = {4: text + "-12-31", 7: text + "-28", 10: text}[len(text)]
    first = {4: text + "-01-01", 7: text + "-01", 10: text}[len(text)]
    return said(DateSpan(date.fromisoformat(first), date.fromisoformat(last), text, text))


def person(name: str, *aliases: str, role: str | None = None, party: str | None = None) -> ParticipantMention:
    represents = said(party) if party else None
    return ParticipantMention(name, ParticipantKind.PERSON, HERE, role, represents, aliases)


def group(name: str, party: str | None = None) -> ParticipantMention:
    represents = said(party) if party else None
    return ParticipantMention(name, ParticipantKind.GROUP, HERE, None, represents)


def article(text: str = "words", published: date | None = None, name: str = "a1") -> Article:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(name, text, sha, f"{name}.txt", published=published)


def meeting(
    *who: ParticipantMention, day: str | None = None, key: str = "m1", **places: str
) -> MeetingMention:
    venue, city, country = (said(places[k]) if k in places else None for k in ("venue", "city", "country"))
    return MeetingMention(
        key, who, said(Status.HELD), (HERE,), date=span(day), venue=venue, city=city, country=country
    )


def link_all(
    meetings: Iterable[MeetingMention],
    gazetteer: Gazetteer,
    *,
    text: str = "words",
    published: date | None = None,
    decisions: Decisions | None = None,
) -> ResolvedRecord:
    told = article(text, published)
    return resolve(Record(told.id, published, tuple(meetings)), told, gazetteer, decisions)


def link(
    mention: ParticipantMention, gazetteer: Gazetteer, *, day: str | None = None, **options: Any
) -> tuple[str, str | None]:
    """Ids of the person (or delegation) and of the party."""
    found = link_all([meeting(mention, day=day)], gazetteer, **options).meetings[0].participants[0]
    return found.who.entity, found.party.entity if found.party else None


def record_of(gold: dict[str, Any], *, parties: bool = True, roles: bool = True) -> Record:
    """A gold record as the extractor would hand it over; without parties or roles on demand."""
    meetings = []
    for number, told in enumerate(gold["meetings"]):
        who = tuple(
            ParticipantMention(
                p["name"],
                ParticipantKind(p["type"]),
                HERE,
                p.get("role") if roles else None,
                said(p["represents"]) if parties and p.get("represents") else None,
                tuple(p.get("aliases") or ()),
            )
            for p in told["participants"]
        )
        place = {k: v for k, v in (told.get("place") or {}).items() if v}
        meetings.append(meeting(*who, day=told.get("date"), key=f"m{number}", **place))
    published = date.fromisoformat(gold["published"]) if gold.get("published") else None
    return Record(gold["article"], published, tuple(meetings))
