"""Where a conversation took place: dateline, head, a printed "Place:" line, the source note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.official.frus_document import Document

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["Place", "place_of"]

_HELD: Final = re.compile(
    r"\b(?:meeting|conversation|talks?|discussion|luncheon|lunch|dinner|breakfast|session|call|"
    r"conference)s?\b(?: \w+){0,5}? "
    r"(?:was held|were held|took place|occurred|was conducted)(?: \w+){0,2}? (?:in|at|aboard|on board|on) "
    r"(?P<venue>[^.;()\[]{3,120})",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    r"Conversations?,\s*(?P<where>.+?),?\s*(?:\(?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b)"
)
_CUT: Final = re.compile(
    r"\s+(?:from|on|between|beginning|during|after|before|following|and (?!the )|while|where|which|until|"
    r"as|at (?=\d)|in (?=the (?:morning|afternoon|evening)))\b|,?\s+(?=\d{1,2}[:.]\d\d|\d+ [ap]\.m)"
)
_ROOMS: Final = re.compile(
    r"^(?:the )?(?P<room>Oval Office|Cabinet Room|Map Room|Situation Room|Roosevelt Room|Blue Room|Red "
    r"Room) (?:at|of|in) .+$"
)
_UNKNOWN: Final = re.compile(r"not (?:indicated|known|identified)|unknown|no location", re.IGNORECASE)
_STATES: Final = re.compile(
    r"^(?:New Jersey|Rhode Island|Maryland|California|Florida|Texas|Massachusetts|Pennsylvania|Virginia|"
    r"Georgia|Colorado|Illinois|Japan|West Germany)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Venue and city as printed, country (alpha-2) of the city from the gazetteer."""

    venue: str | None = None
    city: str | None = None
    country: str | None = None


def place_of(doc: Document, gazetteer: Gazetteer) -> Place:
    """The place, each part None if neither told nor known."""
    parts = [p.strip(" []()") for text in doc.places for p in text.split(",") if p.strip(" []()")]
    head = _HEAD.search(doc.head)
    if head and len(head["where"]) < 90:
        parts += [p.strip() for p in re.split(r",\s*", head["where"]) if not re.search(r"\d|\bBetween\b", p)]
    told = doc.printed.get("place", "")
    venue = _venue(doc)
    city = next((p for p in parts if gazetteer.is_city(p) and not _STATES.match(p)), None)
    if venue is None:
        venue = next((p for p in parts if p != city and not _STATES.match(p) and _is_venue(p)), None)
    if venue is None and told:
        pieces = [p.strip() for p in told.split(",")]
        venue = next((p for p in pieces if _is_venue(p)), None)
        city = city or next((p for p in pieces if gazetteer.is_city(p)), None)
    if city is None and parts and not _is_venue(parts[0]) and not _STATES.match(parts[0]):
        # a place too small for the gazetteer is a place all the same
        city = parts[0] if re.fullmatch(r"[A-Z][\w.’' -]{2,40}", parts[0]) else None
    return Place(venue, city, _country(city, venue, [*parts, told], gazetteer))


def _is_venue(words: str) -> bool:
    return (
        len(words) > 3
        and re.search(
            r"\b(?:house|office|room|hall|palace|residence|department|embassy|hotel|camp|guest|ministry|"
            r"mission|airport|club|villa|"
            r"building|headquarters|ranch|pentagon|kremlin|legation|chancery|castle|aboard|plane|yacht|"
            r"apartment|suite|library|"
            r"ch[âa]teau|elys[ée]e|quai|schloss|palais|dacha|delegation|center|white|blair|college|home|"
            r"waldorf)\b",
            words,
            re.IGNORECASE,
        )
        is not None
    )


def _venue(doc: Document) -> str | None:
    """The venue that the source note tells."""
    match = _HELD.search(doc.source_note)
    if match is None or _UNKNOWN.search(match.group()):
        return None
    words = _CUT.split(match["venue"])[0].strip(" ,")
    words = re.sub(r"^the ", "", words)
    room = _ROOMS.match(words)
    if room:
        return room["room"]
    city = re.match(r"(?P<venue>.+?) in (?P<city>[A-Z][\w ]+)$", words)
    words = city["venue"] if city and _is_venue(city["venue"]) else words
    return words if _is_venue(words) and len(words) <= 80 else None


def _country(city: str | None, venue: str | None, parts: list[str], gazetteer: Gazetteer) -> str | None:
    for part in reversed(parts):
        hit = gazetteer.country(part) if part and part != city else None
        if hit is not None and hit.how.value == "name":
            return hit.code
        if part and gazetteer.us_state(part):
            return "US"
    hits = gazetteer.cities(city) if city else []
    if hits:
        return hits[0].country
    known = gazetteer.venue(venue) if venue else None
    if known is not None:
        return known.country
    return "US" if any("Camp David" in part for part in parts) else None
