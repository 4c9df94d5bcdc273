"""Places: venue in city in country, and which of several cities of one name is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.gazetteer import CityHit, Gazetteer, fold, slugify
from kg.gazetteer.text import word_set
from kg.model import Basis, Entity, EntityKind, Link, Sourced
from kg.resolve.parties import party_entity

__all__ = ["Place", "Setting", "place_of"]

_GENERIC = word_set(
    """
    foreign ministry ministry of affairs hotel embassy presidential palace parliament airport government
    house guest guesthouse residence office offices headquarters state headquarter royal un united nations
    prime minister's ministers conference centre center university military base his her their own home the
    a an city hall
    """
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article says of where something happened."""

    venue: Sourced[str] | None = None
    city: Sourced[str] | None = None
    country: Sourced[str] | None = None
    nearby: frozenset[str] = frozenset()
    """Countries that the article names: they tell same-named cities apart."""
    scope: str = ""
    """Distinguishes places of which nothing but a common noun is known."""


@dataclass(frozen=True, slots=True)
class Place:
    """The link to the most specific place, and every entity of its `within` chain, inner first."""

    link: Link
    entities: tuple[Entity, ...]


def place_of(setting: Setting, gazetteer: Gazetteer) -> Place | None:
    """The place of an event; None when the article tells of none."""
    venue = gazetteer.venue(setting.venue.value) if setting.venue else None
    code = setting.country.value if setting.country else None
    city_name, city_basis = (setting.city.value, setting.city.basis) if setting.city else (None, Basis.STATED)
    if venue is not None:
        if city_name is None and venue.city and code in (None, venue.country):
            city_name, city_basis = venue.city, Basis.GAZETTEER
        code = code or venue.country
    chain: list[Entity] = []
    reasons: list[str] = []
    hit = city_hit(city_name, code, setting.nearby, gazetteer) if city_name else None
    owner = code or (hit.country if hit else None)
    country = party_entity(owner, gazetteer) if owner else None
    if country is not None and country.kind is not EntityKind.COUNTRY:
        country = None
    city = _city(city_name, hit, country, gazetteer) if city_name else None
    if setting.venue is not None:
        label = venue.name if venue else setting.venue.value
        inner = city or country
        chain.append(_venue(label, setting.venue.value, inner, setting.scope))
        reasons.append("known venue" if venue else "venue as written")
    chain += [e for e in (city, country) if e is not None]
    if not chain:
        return None
    if hit is not None:
        reasons.append(f"{hit.name}, {hit.country}, population {hit.population}")
    first = setting.venue or (setting.city if city is not None else setting.country)
    confidence = first.confidence if first else 0.9
    basis = first.basis if first else city_basis
    return Place(Link(chain[0].id, confidence, basis, tuple(reasons)), tuple(chain))


def city_hit(name: str, country: str | None, nearby: Iterable[str], gazetteer: Gazetteer) -> CityHit | None:
    """The city meant: the one in the stated country or state; else the largest, unless context has another.

    A city in a country that the text names wins over one up to fifty times as large elsewhere.
    """
    bare, _, region = (part.strip() for part in name.partition(","))
    hits = gazetteer.cities(name) or gazetteer.cities(bare)
    if region and (state := gazetteer.us_state(region)):
        return next((h for h in hits if h.country == "US" and h.admin == state), None)
    if region and (within := gazetteer.country(region)):
        country = country or within.code
    if country is not None:
        return next((h for h in hits if h.country == country), None)
    near = set(nearby)
    local = next((h for h in hits if h.country in near), None)
    if local is not None and (hits[0].country in near or local.population * 50 >= hits[0].population):
        return local
    return hits[0] if hits else None


def _city(name: str, hit: CityHit | None, country: Entity | None, gazetteer: Gazetteer) -> Entity:
    within = country.id if country else None
    if hit is None or (country is not None and country.iso2 is not None and country.iso2 != hit.country):
        tail = slugify(country.iso2 or country.label) if country else "x"
        return Entity(EntityKind.CITY, f"city/{slugify(name)}--{tail}", name, within=within)
    ident = f"city/{slugify(hit.name)}-{hit.country.lower()}"
    largest = next(h for h in gazetteer.cities(hit.name) if h.country == hit.country)
    if largest.id != hit.id:
        ident += f"-{hit.id}"
    alias = (name,) if fold(name) != fold(hit.name) else ()
    return Entity(EntityKind.CITY, ident, hit.name, alias, lat=hit.lat, long=hit.long, within=within)


def _venue(label: str, written: str, inner: Entity | None, scope: str) -> Entity:
    """A venue's id carries its city (or country): every capital has a foreign ministry."""
    where = inner.id.partition("/")[2] if inner else ""
    common = set(fold(label).split()) <= _GENERIC
    tail = where or (scope if common else "x")
    alias = (written,) if fold(written) != fold(label) else ()
    return Entity(
        EntityKind.VENUE, f"venue/{slugify(label)}--{tail}", label, alias, within=inner.id if inner else None
    )
