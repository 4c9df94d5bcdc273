"""Delegations and unnamed groups: one id for a party's officials, another for each other kind of group."""

from __future__ import annotations

from kg.gazetteer import Gazetteer, fold, slugify, strip_possessive
from kg.gazetteer.text import word_set
from kg.model import Entity, EntityKind, ParticipantMention
from kg.resolve.parties import party_entity

__all__ = ["delegation"]

# Words that add nothing to "people who speak for the party".
_OFFICIAL = word_set(
    """
    official officials delegation delegations delegate delegates negotiator negotiators representative
    representatives government side sides mediator mediators diplomat diplomats leader leaders team teams
    envoy envoys authority authorities senior top high level ranking visiting other several some two three
    the a an of from for and its their counterpart counterparts administration officers officer state group
    members member his her north south people
    """
)


def delegation(mention: ParticipantMention, party: str | None, scope: str, gazetteer: Gazetteer) -> Entity:
    """The group's entity: `delegation/kr`, `delegation/us-business-people`, or one of this article alone."""
    if party is None:
        return Entity(EntityKind.DELEGATION, f"delegation/{slugify(mention.name)}--{scope}", mention.name)
    owner = party_entity(party, gazetteer)
    tail = owner.id.partition("/")[2]
    left = [w for w in _words(mention.name, party, gazetteer) if w not in _OFFICIAL]
    if not left:
        return Entity(EntityKind.DELEGATION, f"delegation/{tail}", f"{owner.label} (delegation)")
    return Entity(EntityKind.DELEGATION, f"delegation/{tail}-{slugify(' '.join(left))}", mention.name)


def _words(name: str, party: str, gazetteer: Gazetteer) -> list[str]:
    """The words of the phrase without those that name the party."""
    tokens = [strip_possessive(t.strip(',.;()"“”')) for t in name.split()]
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + 6), at, -1):
            hit = gazetteer.party(" ".join(tokens[at:end]))
            if hit is not None and hit.code == party:
                at = end
                break
        else:
            out.append(fold(tokens[at]))
            at += 1
    return [w for w in out if w]
