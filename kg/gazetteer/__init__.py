"""Who is who: countries, parties, cities, venues, titles and office holders, by name and day."""

from __future__ import annotations

from kg.gazetteer.hits import (
    CityHit,
    CountryHit,
    How,
    Office,
    PartyHit,
    PartyKind,
    PersonHit,
    TitleSplit,
    VenueHit,
)
from kg.gazetteer.roles import is_former, role_class
from kg.gazetteer.store import Gazetteer
from kg.gazetteer.text import fold, slugify, strip_possessive

__all__ = [
    "CityHit",
    "CountryHit",
    "Gazetteer",
    "How",
    "Office",
    "PartyHit",
    "PartyKind",
    "PersonHit",
    "TitleSplit",
    "VenueHit",
    "fold",
    "is_former",
    "role_class",
    "slugify",
    "strip_possessive",
]
