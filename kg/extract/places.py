"""Venue, city and country of a meeting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from kg.extract.meetings import Group, Settings
from kg.extract.names import fold
from kg.extract.text import Layout, evidence
from kg.extract.world import World
from kg.model import Basis, Reading, Sourced, Tag

__all__ = ["Where", "mentioned_countries", "place_of"]

Where = tuple[Sourced[str] | None, Sourced[str] | None, Sourced[str] | None]
"""Venue, city, country."""

_EDGE = re.compile(r"^(?:the|in|at|of|a|an|its|his|her|their)\s+", re.IGNORECASE)
_CAPITAL = re.compile(r"(?P<whose>.+?)(?:['’]s?)? capital(?: city)?", re.IGNORECASE)
_GENERIC = re.compile(r"(?:\w+ )?(?:city|town|capital|village|island|same (?:city|town)|here|there)")
_TAIL = re.compile(r"(?:['’]s?|,)$")


def mentioned_countries(layout: Layout, world: World) -> frozenset[str]:
    """Codes of all countries that the article names: they decide between cities of one name."""
    return frozenset(word.code for word in world.scan(layout.article.text[:20000]))


def place_of(
    layout: Layout, reading: Reading, group: Group, world: World, countries: Collection[str], settings: Settings
) -> Where:
    """The best supported venue and city; the country stated, or inferred from city or venue."""
    venue = _best(layout, reading, group, Tag.VENUE, settings)
    city = _named_capital(_best(layout, reading, group, Tag.CITY, settings), world)
    country = _country(layout, reading, group, world, settings)
    if city and country is None:
        hit = world.country_of_city(city.value, countries)
        if hit:
            country = Sourced(hit[0], city.evidence, city.confidence * hit[1], Basis.GAZETTEER)
    if venue and country is None:
        known = world.venue(venue.value)
        if known and known[1]:
            country = Sourced(known[1], venue.evidence, venue.confidence * 0.9, Basis.GAZETTEER)
    return venue, city, country


def _named_capital(city: Sourced[str] | None, world: World) -> Sourced[str] | None:
    """"The Russian capital" by its name."""
    match = _CAPITAL.fullmatch(city.value) if city else None
    party = world.party(match["whose"]) if match else None
    name = world.capital(party[0]) if party else None
    if city is None or name is None:
        return city
    return replace(city, value=name, basis=Basis.GAZETTEER)


def _best(layout: Layout, reading: Reading, group: Group, tag: Tag, settings: Settings) -> Sourced[str] | None:
    """The value whose marks together have most support; its fullest wording, first place of evidence."""
    text = layout.article.text
    votes: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for index, told in sorted(group.spans.items()):
        span = reading.spans[index]
        score = told * span.score
        if span.tag is tag and score >= settings.value:
            votes[fold(_clean(text[span.start : span.end]))].append((score, index))
    votes.pop("", None)
    if tag is Tag.CITY and len(votes) > 1:
        for generic in [k for k in votes if _GENERIC.fullmatch(k)]:
            del votes[generic]
    if not votes:
        return None
    order = sorted(votes, key=lambda k: (-max(v[0] for v in votes[k]) - 0.05 * len(votes[k]), votes[k][0][1]))
    best = order[0]
    if tag is Tag.VENUE:
        # A fuller wording of the same place ("guest house" / "Diaoyutai state guest house") is the better name.
        fuller = [k for k in order if best in k and len(k) > len(best)]
        best = max(fuller, key=len) if fuller else best
    score, index = votes[best][0]
    span = reading.spans[index]
    value = _clean(text[span.start : span.end])
    if value.isupper() and len(value) > 3:
        value = value.title()
    return Sourced(value, evidence(layout.article, span.start, span.end), min(1.0, max(v[0] for v in votes[best])))


def _clean(text: str) -> str:
    value = " ".join(text.split()).strip(" ,.;:\"“”()")
    while (shorter := _EDGE.sub("", _TAIL.sub("", value))) != value:
        value = shorter
    return value


def _country(
    layout: Layout, reading: Reading, group: Group, world: World, settings: Settings
) -> Sourced[str] | None:
    text = layout.article.text
    best: tuple[float, int, str] | None = None
    for index, told in sorted(group.spans.items()):
        span = reading.spans[index]
        score = told * span.score
        if span.tag is not Tag.COUNTRY or score < settings.value:
            continue
        hit = world.party(_clean(text[span.start : span.end]))
        code = hit[0] if hit else next((w.code for w in world.scan(text, span.start, span.end)), None)
        if code and len(code) == 2 and (best is None or score > best[0]):
            best = (score, index, code)
    if best is None:
        return None
    span = reading.spans[best[1]]
    return Sourced(best[2], evidence(layout.article, span.start, span.end), min(1.0, best[0]))
