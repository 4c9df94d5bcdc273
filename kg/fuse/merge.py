"""One description of each person, party, place and topic, from all that articles give.

`merge` is associative, commutative and idempotent: descriptions can be merged in any order,
any number of times, and onto what was merged before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Entity

__all__ = ["entities", "merge"]


def entities(descriptions: Iterable[Entity]) -> dict[str, Entity]:
    """Id → merged description, sorted by id. `within` leads to ids that need descriptions too."""
    found: dict[str, Entity] = {}
    for entity in descriptions:
        known = found.get(entity.id)
        found[entity.id] = merge(entity, entity) if known is None else merge(known, entity)
    return {key: found[key] for key in sorted(found)}


def merge(one: Entity, other: Entity) -> Entity:
    """Two descriptions of one entity as one.

    The label of a description that is linked (has a Wikidata id) wins, then the longest, then
    the first in the alphabet; the loser becomes an alias. Other differing values: the smallest.
    """
    if one == other and not one.aliases:
        return one
    winner = min((one, other), key=lambda e: (e.wikidata is None, -len(e.label), e.label))
    names = {one.label, other.label, *one.aliases, *other.aliases} - {winner.label}
    lat, long = min(
        ((e.lat, e.long) for e in (one, other) if e.lat is not None and e.long is not None),
        default=(None, None),
    )
    return Entity(
        kind=min(one.kind, other.kind),
        id=one.id,
        label=winner.label,
        aliases=tuple(sorted(names)),
        wikidata=min((e.wikidata for e in (one, other) if e.wikidata), default=None),
        iso2=min((e.iso2 for e in (one, other) if e.iso2), default=None),
        lat=lat,
        long=long,
        within=min((e.within for e in (one, other) if e.within), default=None),
    )
