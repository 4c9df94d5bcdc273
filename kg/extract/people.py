"""Actors → participants: best form of the name, office, party, other forms, mentions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.extract.names import (
    GROUP_NOUN,
    PLURAL_OFFICE,
    Form,
    bare_name,
    form_of,
    singular,
)
from kg.extract.participants import Actor
from kg.extract.parties import Office, office, phrases
from kg.extract.scene import Scene
from kg.extract.text import Layout, evidence
from kg.extract.world import PartyWord, World
from kg.model import Basis, Evidence, ParticipantKind, ParticipantMention, Sourced

__all__ = ["participant"]

_DETERMINER = re.compile(
    r"^(?:the|a|an|his|her|its|their|our|some|several|all|other|both|these|those|one of)\s+", re.IGNORECASE
)


def participant(scene: Scene, index: int) -> ParticipantMention:
    """The participant that actor `index` is, as the article names it."""
    layout, world = scene.page, scene.world
    actor = scene.cast.actors[index]
    mentions = tuple(scene.words(s) for s in actor.spans)
    names = [m for m in mentions if form_of(m.text) is Form.NAME and not _is_party(m.text, world)]
    held = office([p for m in mentions for p in phrases(layout, m.start, m.end, world)])
    if names:
        return _with_office(_named(layout, actor, names, mentions, held), held, world, scene.anchor.day)
    return _described(layout, actor, mentions, held, world)


def _is_party(text: str, world: World) -> bool:
    return world.party(bare_name(text)) is not None


def _named(
    layout: Layout, actor: Actor, names: list[Evidence], mentions: tuple[Evidence, ...], held: Office
) -> ParticipantMention:
    best = min(names, key=lambda m: _rank(m.text))
    name = _tidy(bare_name(best.text))
    aliases = _aliases(name, [bare_name(m.text) for m in names])
    group = actor.group >= 0.5 and not held.role
    return ParticipantMention(
        name=name,
        kind=ParticipantKind.GROUP if group else ParticipantKind.PERSON,
        evidence=best,
        role=held.role,
        represents=None if held.former else _party(layout, held),
        aliases=aliases,
        mentions=mentions,
    )


def _with_office(who: ParticipantMention, held: Office, world: World, day: date | None) -> ParticipantMention:
    """Party and office of a well-known office holder, where the article leaves them out."""
    if who.represents or held.former or who.kind is ParticipantKind.GROUP:
        return who
    for name in (who.name, *who.aliases):
        found = world.office_of(name, day)
        if found:
            party = Sourced(found[0], who.evidence, 0.8, Basis.GAZETTEER)
            return replace(who, represents=party)
    return who


def _rank(text: str) -> tuple[bool, int, int]:
    """Full names before surnames, ordinary case before capitals, longer before shorter."""
    name = bare_name(text)
    return (name.isupper() and len(name) > 3, -min(len(name.split()), 5), -len(name))


def _tidy(name: str) -> str:
    if name.isupper() and len(name) > 3:
        return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)
    return name


def _aliases(name: str, forms: list[str]) -> tuple[str, ...]:
    out: list[str] = []
    for form in forms:
        if form != name and form not in out and len(form) > 1:
            out.append(form)
    return tuple(out)


def _party(layout: Layout, held: Office) -> Sourced[str] | None:
    phrase = held.party
    if phrase is None or phrase.party is None:
        return None
    word = phrase.party
    return Sourced(
        word.code, evidence(layout.article, word.start, word.end), 0.5 + 0.45 * held.share, Basis.STATED
    )


def _described(
    layout: Layout, actor: Actor, mentions: tuple[Evidence, ...], held: Office, world: World
) -> ParticipantMention:
    """A group, or a person known by office only."""
    best = min(mentions, key=lambda m: _description_rank(m.text, world))
    text = " ".join(best.text.split())
    phrase = _DETERMINER.sub("", text).strip(" ,")
    plural = bool(GROUP_NOUN.search(phrase)) or _is_party(text, world)
    group = actor.group >= 0.5 or (plural and actor.group > 0.2)
    represents = None if held.former else _party(layout, held)
    name = phrase or text
    if actor.party:
        name = _item_name(phrase, actor.party, layout, world)
        represents = Sourced(
            actor.party.code, evidence(layout.article, actor.party.start, actor.party.end), 0.9
        )
        group = group or not PLURAL_OFFICE.search(phrase)
    elif not group:
        name = _by_office(phrase, held, world)
    others = [
        _DETERMINER.sub("", " ".join(m.text.split())) for m in mentions if form_of(m.text) is not Form.PRONOUN
    ]
    return ParticipantMention(
        name=name,
        kind=ParticipantKind.GROUP if group else ParticipantKind.PERSON,
        evidence=best,
        role=None if group else held.role,
        represents=represents,
        aliases=_aliases(name, [] if actor.party else others),
        mentions=mentions,
    )


def _by_office(phrase: str, held: Office, world: World) -> str:
    """A person known by office: named by country ("German chancellor"), as far as the country is known."""
    code = held.party.party.code if held.party and held.party.party else None
    adjective = world.adjective(code) if code else None
    if not adjective or not held.role or world.scan(phrase):
        return phrase
    return f"{adjective} {held.role[0].lower() + held.role[1:] if held.role[1:2].islower() else held.role}"


def _item_name(phrase: str, party: PartyWord, layout: Layout, world: World) -> str:
    """One item of a list: "Kyrgyz and Tajik working groups" → "Tajik working group"."""
    words = world.scan(phrase)
    own = layout.article.text[party.start : party.end]
    if not words:
        return phrase
    head = (phrase[: words[0].start] + " " + phrase[words[-1].end :]).strip()
    head = re.sub(
        r"^(?:of|from|for)\b|\b(?:of|from|for)(?: the)?$|^['’]s?\b", "", " ".join(head.split())
    ).strip(" ,'’")
    one = singular(head) if PLURAL_OFFICE.search(head) else head.removesuffix("s")
    adjective = own if party.how == "demonym" else world.adjective(party.code) or own
    return f"{adjective} {one}".strip()


def _description_rank(text: str, world: World) -> tuple[bool, bool, int]:
    """Descriptions that name a party before those that don't, then the longer one."""
    pronoun = form_of(text) is Form.PRONOUN
    return (pronoun, not world.scan(text), -len(text))
