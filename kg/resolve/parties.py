"""Whom a participant represents: the text first, the gazetteer second; former officials nobody."""

from __future__ import annotations

import re
from datetime import date

from kg.gazetteer import Gazetteer, How, Office, PartyHit, PartyKind, PersonHit, slugify
from kg.gazetteer.persons import SNAPSHOT
from kg.model import Basis, Entity, EntityKind, Link, ParticipantKind, ParticipantMention

__all__ = ["party_entity", "party_from_gazetteer", "party_link", "stated_party"]

_SUBNATIONAL = frozenset({"governor", "mayor", "court"})
_NOT_STATE = re.compile(r"^(?:ambassador|envoy)", re.IGNORECASE)


def party_entity(code: str, gazetteer: Gazetteer) -> Entity:
    """The party of a code or short name; one that the gazetteer lacks is a party of its own."""
    hit = gazetteer.party_by_code(code) or _exact(code, gazetteer)
    if hit is None:
        return Entity(EntityKind.PARTY, f"party/{slugify(code)}", code)
    if hit.kind is PartyKind.STATE:
        iso = hit.code if len(hit.code) == 2 else None
        return Entity(EntityKind.COUNTRY, hit.entity, hit.label, wikidata=hit.wikidata, iso2=iso)
    aliases = (hit.code,) if hit.code != hit.label else ()
    return Entity(EntityKind.PARTY, hit.entity, hit.label, aliases, hit.wikidata)


def _exact(code: str, gazetteer: Gazetteer) -> PartyHit | None:
    """A party by any of its own names, not by demonym, capital or region."""
    hit = gazetteer.party(code)
    return hit if hit is not None and hit.how is How.NAME else None


def stated_party(
    mention: ParticipantMention, titles: tuple[str, ...], gazetteer: Gazetteer
) -> tuple[str, Basis] | None:
    """The party that the words of the article give: the role's, the titles', then what the reader saw.

    A role that names an organisation wins over a nationality: an Italian UN envoy speaks for the UN.
    """
    worded = [code for text in (mention.role, *titles) if text and (code := gazetteer.role_party(text))]
    organisation = next((c for c in worded if not _is_state(c, gazetteer)), None)
    if mention.represents is not None:
        told = mention.represents.value
        if organisation is not None and _is_state(told, gazetteer):
            return organisation, Basis.STATED
        return told, mention.represents.basis
    if worded:
        return organisation or worded[0], Basis.STATED
    if mention.kind is ParticipantKind.GROUP or not titles:
        hit = gazetteer.party(mention.name)
        if hit is not None and mention.kind is ParticipantKind.GROUP:
            return hit.code, Basis.STATED
    return None


def _is_state(code: str, gazetteer: Gazetteer) -> bool:
    hit = gazetteer.party_by_code(code)
    return hit is not None and hit.kind is PartyKind.STATE


def party_from_gazetteer(hit: PersonHit, day: date | None) -> str | None:
    """The one party for which the person held an office on that day; None when none or several."""
    if day is None:
        return None
    codes = {o.country for o in hit.offices if o.country and _serving(o, day) and o.role not in _SUBNATIONAL}
    return next(iter(codes)) if len(codes) == 1 else None


def _serving(office: Office, day: date) -> bool:
    # An office still open in the snapshot may have ended since: it counts for some years, not for ever.
    if office.start is None or not office.on(day):
        return False
    return office.end is not None or office.source == "supplement" or day.year <= SNAPSHOT.year + 2


def party_link(code: str, basis: Basis, confidence: float, gazetteer: Gazetteer) -> tuple[Entity, Link]:
    """The party's entity and the link to it."""
    entity = party_entity(code, gazetteer)
    return entity, Link(entity.id, confidence, basis, (f"{code} ({basis.value})",))
