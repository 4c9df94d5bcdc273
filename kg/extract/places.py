"""Venue, city and country of a meeting."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from kg.extract.meetings import Group
from kg.extract.names import fold
from kg.extract.scene import Scene
from kg.extract.world import World
from kg.model import Basis, Sourced, Tag

__all__ = ["Where", "mentioned_countries", "place_of"]

Where = tuple[Sourced[str] | None, Sourced[str] | None, Sourced[str] | None]
"""Venue, city, country."""

_EDGE = re.compile(r"^(?:the|in|at|of|a|an|its|his|her|their)\s+", re.IGNORECASE)
_CAPITAL = re.compile(r"(?P<whose>.+?)(?:['’]s?)? capital(?: city)?", re.IGNORECASE)
_GENERIC = re.compile(r"(?:\w+ )?(?:city|town|capital|village|island|same (?:city|town)|here|there)")
_TAIL = re.compile(r"(?:['’]s?|,)$")


def mentioned_countries(text: str, world: World) -> frozenset[str]:
    """Codes of all countries that a text names."""
    return frozenset(word.code for word in world.scan(text[:20000]))


def place_of(scene: Scene, group: Group) -> Where:
    """The best supported venue and city; the country stated, or inferred from city or venue."""
    venue = _best(scene, group, Tag.VENUE)
    city = _named_capital(_best(scene, group, Tag.CITY), scene.world)
    country = _country(scene, group)
    if city and country is None:
        hit = scene.world.country_of_city(city.value, scene.countries)
        if hit:
            country = Sourced(hit[0], city.evidence, city.confidence * hit[1], Basis.GAZETTEER)
    if venue and country is None:
        known = scene.world.venue(venue.value)
        if known and known[1]:
            country = Sourced(known[1], venue.evidence, venue.confidence * 0.9, Basis.GAZETTEER)
    return venue, city, country


def _named_capital(city: Sourced[str] | None, world: World) -> Sourced[str] | None:
    """ "The Russian capital" by its name."""
    match = _CAPITAL.fullmatch(city.value) if city else None
    party = world.party(match["whose"]) if match else None
    name = world.capital(party[0]) if party else None
    if city is None or name is None:
        return city
    return replace(city, value=name, basis=Basis.GAZETTEER)


def _best(scene: Scene, group: Group, tag: Tag) -> Sourced[str] | None:
    """The value whose marks together have most support; its fullest wording, first place of evidence."""
    votes: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for score, index in scene.candidates(group.spans, tag, _least(scene, tag)):
        near = scene.nearness(index, group.triggers)
        votes[fold(_clean(scene.words(index).text))].append((score * near, index))
    votes.pop("", None)
    if tag is Tag.CITY and len(votes) > 1:
        for generic in [k for k in votes if _GENERIC.fullmatch(k)]:
            del votes[generic]
    if not votes:
        return None
    order = sorted(votes, key=lambda k: (-max(v[0] for v in votes[k]) - 0.05 * len(votes[k]), votes[k][0][1]))
    best = order[0]
    if tag is Tag.VENUE:
        # A fuller wording of the same place is the better name: "Diaoyutai state guest house".
        fuller = [k for k in order if best in k and len(k) > len(best)]
        best = max(fuller, key=len) if fuller else best
    words = scene.words(votes[best][0][1])
    value = _clean(words.text)
    if value.isupper() and len(value) > 3:
        value = value.title()
    return Sourced(value, words, min(1.0, max(v[0] for v in votes[best])))


def _least(scene: Scene, tag: Tag) -> float:
    return scene.settings.city if tag is Tag.CITY else scene.settings.value


def _clean(text: str) -> str:
    value = " ".join(text.split()).strip(' ,.;:"“”()')
    while (shorter := _EDGE.sub("", _TAIL.sub("", value))) != value:
        value = shorter
    return value


def _country(scene: Scene, group: Group) -> Sourced[str] | None:
    """The state that the country marks name."""
    best: Sourced[str] | None = None
    for score, index in scene.candidates(group.spans, Tag.COUNTRY, scene.settings.value):
        words = scene.words(index)
        hit = scene.world.party(_clean(words.text))
        inside = scene.world.scan(scene.text, words.start, words.end)
        code = hit[0] if hit else inside[0].code if inside else ""
        if len(code) == 2 and (best is None or score > best.confidence):
            best = Sourced(code, words, min(1.0, score))
    return best
