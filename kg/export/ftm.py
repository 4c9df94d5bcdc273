"""FollowTheMoney entities, one JSON object a line: what Aleph and the OpenSanctions tools read.

A meeting or visit is an `Event` that involves people and parties, not an edge; who spoke for whom
is a `Representation`, which article tells of an event a `Documentation` with its sentences.

The library itself is not needed to write: an entity is an id, a schema's name and lists of
strings, and cleaning, its main work, is done already. Tests read the file back with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TextIO

from kg.export.flat import flat
from kg.view.model import GraphView, MeetingView, PartView, PlaceView, VisitView
from kg.view.networks import title_of, visit_title
from kg.vocab import DATA

__all__ = ["entity_id", "write"]

_TAIL = re.compile(r"[a-z]+/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,228}[A-Za-z0-9])?")
_EDTF = re.compile(r"\d{4}(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class _Entity:
    id: str
    schema: str
    values: dict[str, Iterable[str | None]] = field(default_factory=dict)

    def line(self) -> str:
        """Properties and values in order and once each; what is unknown is left out."""
        properties = {name: found for name in sorted(self.values) if (found := _texts(self.values[name]))}
        entity = {"id": self.id, "schema": self.schema, "properties": properties}
        return json.dumps(entity, ensure_ascii=False, separators=(",", ":"))


def write(view: GraphView, out: TextIO) -> None:
    """Parties, people, places and articles, then events, then what connects them."""
    out.writelines(entity.line() + "\n" for entity in _entities(view))


def entity_id(iri: str) -> str:
    """`dipmeet-person-wang-yi` for `…/id/person/wang-yi`: stable, and of the signs that FollowTheMoney
    allows; an IRI of other signs or another namespace becomes a digest.

    >>> entity_id("https://w3id.org/dipmeet/id/person/wang-yi")
    'dipmeet-person-wang-yi'
    >>> entity_id("urn:x")
    'dipmeet-3b1fd55f192b3fc87316a04000c15ddb6255e07e'
    """
    tail = iri.removeprefix(DATA)
    if tail != iri and _TAIL.fullmatch(tail):
        return f"dipmeet-{tail.replace('/', '-', 1)}"
    return _digest(iri)


def _digest(*parts: str) -> str:
    digest = hashlib.sha1("\n".join(parts).encode(), usedforsecurity=False).hexdigest()
    return f"dipmeet-{digest}"


def _entities(view: GraphView) -> Iterator[_Entity]:
    yield from _parties(view)
    yield from _people(view)
    for place in view.places.values():
        yield _address(view, place)
    yield from _articles(view)
    for meeting in view.meetings:
        yield _meeting(view, meeting)
    for visit in view.visits:
        yield _visit(view, visit)
    yield from _representations(view)
    for meeting in view.meetings:
        yield from _documentation(meeting)
    for visit in view.visits:
        yield from _documentation(visit)
    yield from _visits_parts(view)


# --- who --------------------------------------------------------------------------------------


def _parties(view: GraphView) -> Iterator[_Entity]:
    """A state is a PublicBody; organisations and movements are Organizations."""
    for party in view.parties.values():
        yield _Entity(
            entity_id(party.id),
            "PublicBody" if party.iso2 else "Organization",
            {"name": [party.label], "country": [_country(party.iso2)], "wikidataId": [party.wikidata]},
        )


def _people(view: GraphView) -> Iterator[_Entity]:
    """A delegation or unnamed group is a LegalEntity: it is none of its more exact kinds."""
    parts: dict[str, list[PartView]] = defaultdict(list)
    for meeting in view.meetings:
        for part in meeting.parts:
            parts[part.person].append(part)
    for person in view.persons.values():
        values: dict[str, Iterable[str | None]] = {
            "name": [person.label],
            "alias": person.aliases,
            "wikidataId": [person.wikidata],
            "country": [_country(view.parties[part.party].iso2) for part in parts[person.id]
                        if part.party and part.party in view.parties],
        }  # fmt: skip
        if not person.group:
            values["position"] = [part.role for part in parts[person.id]]
        yield _Entity(entity_id(person.id), "LegalEntity" if person.group else "Person", values)


def _representations(view: GraphView) -> Iterator[_Entity]:
    """One a person and party, with the offices held and the days on which they met others."""
    found: dict[tuple[str, str], list[tuple[str | None, date | None]]] = defaultdict(list)
    for meeting in view.meetings:
        for part in meeting.parts:
            if part.party:
                found[part.person, part.party].append((part.role, meeting.day))
    for (person, party), each in sorted(found.items()):
        yield _Entity(
            _digest("represents", person, party),
            "Representation",
            {
                "agent": [entity_id(person)],
                "client": [entity_id(party)],
                "role": [role for role, _ in each],
                "date": [day.isoformat() for _, day in each if day],
            },
        )


# --- where, and who says so ----------------------------------------------------------------------


def _address(view: GraphView, place: PlaceView) -> _Entity:
    around = list(_around(view, place))
    full = ", ".join(dict.fromkeys(each.label for each in around))
    return _Entity(
        entity_id(place.id) if place.id not in view.parties else _digest("place", place.id),
        "Address",
        {
            "name": [place.label],
            "full": [full],
            "city": [each.label for each in around if each.kind == "city"],
            "country": [_country(each.iso2) for each in around],
            "latitude": [str(place.lat) if place.lat is not None else None],
            "longitude": [str(place.long) if place.long is not None else None],
        },
    )


def _around(view: GraphView, place: PlaceView | None) -> Iterator[PlaceView]:
    """The place, then what holds it, outwards."""
    seen: set[str] = set()
    while place and place.id not in seen:
        seen.add(place.id)
        yield place
        place = view.places.get(place.within or "")


def _articles(view: GraphView) -> Iterator[_Entity]:
    """`fileName`, which a Document must have, is the article's name in the graph."""
    for article in view.articles.values():
        yield _Entity(
            entity_id(article.id),
            "Article",
            {
                "title": [article.title],
                "fileName": [article.id.rsplit("/", 1)[-1]],
                "sourceUrl": [_url(article.url)],
                "publisher": [article.publisher],
                "publishedAt": [article.published.isoformat() if article.published else None],
            },
        )


def _documentation(event: MeetingView | VisitView) -> Iterator[_Entity]:
    """An article's sentences about an event, without those that other articles overrule."""
    for article in event.articles:
        yield _Entity(
            _digest("tells", article, event.id),
            "Documentation",
            {
                "document": [entity_id(article)],
                "entity": [entity_id(event.id)],
                "role": ["report"],
                "description": [q.text for q in event.quotes if q.article == article and q.accepted],
            },
        )


# --- what happened -----------------------------------------------------------------------------------


def _meeting(view: GraphView, meeting: MeetingView) -> _Entity:
    values = _event(view, meeting)
    parts = (part.person for part in meeting.parts)
    mode = meeting.mode.value if meeting.mode else None
    values |= {
        "name": [title_of(view, meeting)],
        "involved": [entity_id(iri) for iri in (*parts, *meeting.parties)],
        "startDate": [_moment(meeting.start) or _day(meeting.earliest)],
        "endDate": [_moment(meeting.end) or _day(meeting.latest)],
        "date": [meeting.edtf if _EDTF.fullmatch(meeting.edtf or "") else _day(meeting.day)],
        "summary": [_words(meeting.status, mode, meeting.duration_text)],
        "keywords": [f"status: {meeting.status}", f"mode: {mode}" if mode else None,
                     *(meeting.topic_texts or meeting.topics)],
        "notes": meeting.outcomes,
    }  # fmt: skip
    return _placed(view, _Entity(entity_id(meeting.id), "Event", values), meeting.place or meeting.country)


def _visit(view: GraphView, visit: VisitView) -> _Entity:
    """An Event, not a Trip: a Trip must have a place of departure, and articles rarely tell it."""
    values = _event(view, visit)
    values |= {
        "name": [visit_title(view, visit)],
        "involved": [entity_id(iri) for iri in visit.visitors],
        "startDate": [_day(visit.earliest)],
        "endDate": [_day(visit.latest)],
        "summary": [_words("visit", visit.status)],
        "keywords": [f"status: {visit.status}", "visit"],
    }
    return _placed(view, _Entity(entity_id(visit.id), "Event", values), visit.destination or visit.country)


def _event(view: GraphView, event: MeetingView | VisitView) -> dict[str, Iterable[str | None]]:
    told = [view.articles[iri] for iri in event.articles if iri in view.articles]
    return {
        "recordId": [event.id],
        "proof": [entity_id(iri) for iri in event.articles],
        "sourceUrl": [_url(article.url) for article in told],
        "publisher": [article.publisher for article in told],
    }


def _placed(view: GraphView, event: _Entity, iri: str | None) -> _Entity:
    place = view.places.get(iri or "")
    if place:
        address = _address(view, place)
        event.values["location"] = address.values["full"]
        event.values["country"] = address.values["country"]
        event.values["addressEntity"] = [address.id]
    return event


def _visits_parts(view: GraphView) -> Iterator[_Entity]:
    for meeting in view.meetings:
        if meeting.part_of:
            yield _Entity(
                _digest("part of", meeting.id, meeting.part_of),
                "UnknownLink",
                {
                    "subject": [entity_id(meeting.id)],
                    "object": [entity_id(meeting.part_of)],
                    "role": ["part of"],
                },
            )


# --- values --------------------------------------------------------------------------------------------


def _texts(values: Iterable[str | None]) -> list[str]:
    """Without None, control characters, and space at the ends; each once, sorted."""
    plain = (" ".join(str(flat(text=value)["text"]).split()) for value in values if value)
    return sorted({text for text in plain if text})


def _words(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


_GONE = {"SU": "suhh", "YU": "yucs", "CS": "cshh", "AN": None, "VD": None, "YD": None}
"""States that are no more: FollowTheMoney has codes of its own for some, and none for the others."""


def _country(iso2: str | None) -> str | None:
    if iso2 in _GONE:
        return _GONE[iso2]
    return iso2.lower() if iso2 and len(iso2) == 2 else None


def _url(url: str | None) -> str | None:
    """Web addresses only: a reader makes links of them."""
    return url if url and url.startswith(("http://", "https://")) and url.isprintable() else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(when: datetime | None) -> str | None:
    """To the second, UTC where the zone is known: FollowTheMoney's dates have no zones."""
    if when is None:
        return None
    return f"{when.astimezone(UTC) if when.tzinfo else when:%Y-%m-%dT%H:%M:%S}"
