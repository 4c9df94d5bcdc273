"""Frozen values that pictures and exports are made from; no RDF, no I/O.

Ids are IRIs. A value that the graph does not hold is None or empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kg.model import Mode, Status

__all__ = [
    "ArticleView",
    "GraphView",
    "MeetingView",
    "PartView",
    "PartyView",
    "PersonView",
    "PlaceView",
    "Quote",
    "VisitView",
]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person or delegation."""

    id: str
    label: str
    group: bool = False
    """True for a delegation or other unnamed group."""
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class PartyView:
    """A state, organisation or movement; `iso2` is set for states."""

    id: str
    label: str
    iso2: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A venue, city or country with its coordinates (degrees, WGS 84) where known."""

    id: str
    label: str
    kind: str = "place"
    """`venue`, `city`, `country` or `place`."""
    within: str | None = None
    lat: float | None = None
    long: float | None = None
    iso2: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article that reports something. `url` is as the article gives it, unchecked."""

    id: str
    title: str
    url: str | None = None
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article that a fact rests on."""

    article: str
    text: str
    start: int = 0
    """Offset in the article's stored text, code points."""
    properties: tuple[str, ...] = ()
    """Local names of the properties it speaks for, sorted."""
    accepted: bool = True
    """False when every claim resting on it was overruled by other articles."""


@dataclass(frozen=True, slots=True)
class PartView:
    """Who took part, in which office, for whom (`party` is a PartyView id)."""

    person: str
    role: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting with its facts, quotes and articles."""

    id: str
    parts: tuple[PartView, ...]
    status: Status = Status.HELD
    mode: Mode | None = None
    parties: tuple[str, ...] = ()
    place: str | None = None
    """PlaceView id of the most specific place."""
    city: str | None = None
    country: str | None = None
    """Where it took place, PlaceView ids."""
    earliest: date | None = None
    latest: date | None = None
    """First and last day on which it can have been; None where nothing bounds it on that side."""
    date_text: str | None = None
    edtf: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    minutes: float | None = None
    min_minutes: float | None = None
    max_minutes: float | None = None
    duration_text: str | None = None
    topics: tuple[str, ...] = ()
    """Labels of concepts, sorted."""
    topic_texts: tuple[str, ...] = ()
    """Topics as the articles word them, sorted."""
    outcomes: tuple[str, ...] = ()
    part_of: str | None = None
    disputed: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def day(self) -> date | None:
        """The day, when it is known; None for a vague or missing date."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit or trip."""

    id: str
    visitors: tuple[str, ...]
    status: Status = Status.HELD
    destination: str | None = None
    country: str | None = None
    earliest: date | None = None
    latest: date | None = None
    date_text: str | None = None
    articles: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphView:
    """Everything a picture or an export needs; meetings and visits are in order of time, then id."""

    meetings: tuple[MeetingView, ...] = ()
    visits: tuple[VisitView, ...] = ()
    persons: Mapping[str, PersonView] = field(default_factory=dict)
    parties: Mapping[str, PartyView] = field(default_factory=dict)
    places: Mapping[str, PlaceView] = field(default_factory=dict)
    articles: Mapping[str, ArticleView] = field(default_factory=dict)

    def person(self, iri: str) -> str:
        """The label of a person, or the last step of the IRI if the graph names none."""
        known = self.persons.get(iri)
        return known.label if known else _tail(iri)

    def party(self, iri: str) -> str:
        """The label of a party, or the last step of its IRI."""
        known = self.parties.get(iri)
        return known.label if known else _tail(iri)

    def where(self, meeting: MeetingView) -> str | None:
        """The place in words, most specific first: "Diaoyutai, Beijing, China"; None if unknown."""
        steps: list[str] = []
        for iri in (meeting.place, meeting.city, meeting.country):
            if iri:
                known = self.places.get(iri)
                label = known.label if known else _tail(iri)
                if label not in steps:
                    steps.append(label)
        return ", ".join(steps) or None

    def point(self, iri: str | None) -> tuple[float, float] | None:
        """(latitude, longitude) of a place, or of the nearest place around it that has them."""
        seen: set[str] = set()
        while iri and iri not in seen:
            seen.add(iri)
            place = self.places.get(iri)
            if place is None:
                return None
            if place.lat is not None and place.long is not None:
                return place.lat, place.long
            iri = place.within
        return None


def _tail(iri: str) -> str:
    """A readable last resort for a thing without a label."""
    return iri.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
