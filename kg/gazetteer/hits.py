"""What the gazetteer's look-ups give back: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.gazetteer.text import slugify

__all__ = [
    "CityHit",
    "CountryHit",
    "How",
    "Office",
    "PartyHit",
    "PartyKind",
    "PersonHit",
    "TitleSplit",
    "VenueHit",
]


class How(StrEnum):
    """What kind of name was found."""

    NAME = "name"
    DEMONYM = "demonym"
    """Adjective or noun: Israeli, Israelis, Dutch."""
    CAPITAL = "capital"
    METONYM = "metonym"
    """A seat of government or a state body that stands for it: Kremlin, Downing Street, Pentagon."""
    REGION = "region"
    """A state or province of a federation: New Jersey, Maharashtra."""


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"
    MOVEMENT = "movement"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class CountryHit:
    """A state. `code` is ISO 3166-1 alpha-2 (ISO 3166-3 or an English name for former states)."""

    code: str
    label: str
    how: How
    since: date | None = None
    until: date | None = None
    """Last day of a former state."""


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A state, organisation, movement or territory that can be represented."""

    code: str
    """`US`, `EU`, `NATO`, `Hamas`: the value of `represents`."""
    label: str
    kind: PartyKind
    how: How
    wikidata: str | None = None

    @property
    def entity(self) -> str:
        """The entity id: `country/us`, `party/nato`."""
        return f"{'country' if self.kind is PartyKind.STATE else 'party'}/{slugify(self.code)}"


@dataclass(frozen=True, slots=True)
class CityHit:
    """A populated place. `country` is alpha-2, `admin` GeoNames' first-level code (US: the state)."""

    id: int
    """GeoNames id."""
    name: str
    country: str
    admin: str
    lat: float
    long: float
    population: int
    capital: bool = False


@dataclass(frozen=True, slots=True)
class VenueHit:
    """A building or site; `city` and `country` (alpha-2) where it stands."""

    name: str
    city: str | None
    country: str


@dataclass(frozen=True, slots=True)
class Office:
    """A term in an office. `country` is a party code; a missing `end` means open or unknown."""

    title: str
    country: str
    start: date | None
    end: date | None
    role: str = ""
    """Class of the office: `foreign-minister`, `head-of-state`, …; see `kg.gazetteer.roles`."""
    source: str = ""

    def on(self, day: date) -> bool:
        """True when the term covers the day (open ends count as still in office)."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person. `id` is the IRI's slug: `antony-blinken`."""

    id: str
    label: str
    wikidata: str | None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    birth: int | None = None
    """Year."""
    death: int | None = None
    how: str = "name"
    """Which form matched: name, short name, surname, given name, similar spelling, office."""
    weight: int = 1
    """How prominent the offices are, 1–99; breaks ties in listings, never decides a link."""


@dataclass(frozen=True, slots=True)
class TitleSplit:
    """A mention taken apart: "U.S. Secretary of State Antony Blinken" → title, party, name."""

    title: str
    party: str | None
    name: str
    former: bool = False
