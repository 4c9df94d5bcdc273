"""A reading → the record: the analyst's judgement, one meeting at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.alike import alike_joined
from kg.extract.anchors import anchor_of
from kg.extract.hosts import with_hosts
from kg.extract.meetings import Group, groups, real_of
from kg.extract.membership import membership
from kg.extract.ordinary import is_ordinary, is_sports_page
from kg.extract.participants import cast
from kg.extract.people import participant
from kg.extract.places import mentioned_countries, place_of
from kg.extract.reality import reality
from kg.extract.repair import repaired, with_counterparts
from kg.extract.scene import Scene
from kg.extract.settings import Settings
from kg.extract.status import background_of, mode_of, status_of
from kg.extract.text import layout
from kg.extract.topics import topics_of
from kg.extract.visits import visits_of
from kg.extract.when import date_of, duration_of
from kg.extract.world import World
from kg.model import (
    Article,
    Evidence,
    MeetingMention,
    ParticipantMention,
    Reading,
    Record,
    Tag,
)

__all__ = ["assemble", "candidates", "scene_of"]

_ORDINARY_SHARE = 3
"""One trigger in so many that is plainly no diplomacy settles it for its group."""
_DOUBTFUL = 0.6
"""Support below which somebody may be displaced."""
_COUNTRIES = 2
"""So many at least are named wherever two states meet."""
_MOST_TRIGGERS = 400
_MOST_PARTICIPANTS = 1500
"""More marks than any real article has: the surest are kept, so that time stays bounded."""


def assemble(article: Article, reading: Reading, world: World, settings: Settings) -> Record:
    """The record that a reading tells of; deterministic, whatever the order of the reading's mappings."""
    likely = any(real_of(reading, i) >= settings.trigger for i in _triggers(reading, settings))
    if not likely or is_sports_page(article.text):
        return Record(article.id, article.published)
    scene = scene_of(article, reading, world, settings)
    known: dict[int, ParticipantMention] = {}
    told = [replace(group, real=reality(scene, group)) for group in candidates(scene)]
    found = [_meeting(scene, group, known) for group in told if group.real >= settings.real]
    hosted = with_hosts([meeting for meeting in found if meeting])
    meetings = tuple(replace(meeting, key=f"m{n}") for n, meeting in enumerate(hosted, start=1))
    return Record(article.id, article.published, meetings, visits_of(scene, known, meetings))


def scene_of(article: Article, reading: Reading, world: World, settings: Settings) -> Scene:
    """Everything that is known of an article before any meeting is put together."""
    page = layout(article)
    reading = with_counterparts(article.text, repaired(article.text, reading, world))
    actors = cast(page, reading, world, _surest(reading, Tag.PARTICIPANT, _MOST_PARTICIPANTS))
    countries = mentioned_countries(article.text, world)
    return Scene(page, reading, actors, world, settings, anchor_of(article), countries)


def candidates(scene: Scene) -> list[Group]:
    """Groups of triggers that may be meetings, each with the probabilities of its actors."""
    settings = scene.settings
    told = groups(scene, _triggers(scene.reading, settings))
    named = [group for group in told if group.real >= settings.trigger and not _ordinary(scene, group)]
    weighed = [replace(group, actors=membership(scene, group, named)) for group in named]
    return alike_joined(scene, weighed)


def _ordinary(scene: Scene, group: Group) -> bool:
    """Is it a cabinet's, a court's or a team's meeting by the words at a good part of its triggers?"""
    spans = scene.reading.spans
    told = sum(is_ordinary(scene.page, spans[t]) for t in group.triggers)
    return told * _ORDINARY_SHARE >= len(group.triggers)


def _triggers(reading: Reading, settings: Settings) -> list[int]:
    found = _surest(reading, Tag.TRIGGER, _MOST_TRIGGERS)
    return [i for i in found if real_of(reading, i) >= settings.joining]


def _surest(reading: Reading, tag: Tag, most: int) -> list[int]:
    found = [i for i, span in enumerate(reading.spans) if span.tag is tag]
    if len(found) > most:
        found = sorted(sorted(found, key=lambda i: (-reading.spans[i].score, i))[:most])
    return found


def _members(scene: Scene, group: Group) -> list[int]:
    """Actors with enough support; a meeting takes two, so the next best is let in where only one has it."""
    least = scene.settings
    members = [
        k for k, told in group.actors.items() if told >= least.member and not _displaced(scene, group, k)
    ]
    if len(members) == 1:
        rest = {k: told for k, told in group.actors.items() if k not in members and told >= least.second}
        members += sorted(rest, key=lambda k: (-rest[k], k))[:1]
    return sorted(members) if len(members) > 1 or group.real >= least.alone else []


def _displaced(scene: Scene, group: Group, actor: int) -> bool:
    """Does a weakly supported actor stand far off, while two others are named where they meet?"""
    told = group.actors[actor]
    if told >= _DOUBTFUL or _is_present(scene, group, actor):
        return False
    surer = [k for k, other in group.actors.items() if other > told and _is_present(scene, group, k)]
    return len(surer) > 1


def _is_present(scene: Scene, group: Group, actor: int) -> bool:
    """Is an actor named in a sentence with one of the triggers?"""
    spans = scene.reading.spans
    sentences = {scene.page.sentence(spans[t].start) for t in group.triggers}
    return any(scene.page.sentence(spans[s].start) in sentences for s in scene.cast.actors[actor].spans)


def _least_real(scene: Scene, people: Sequence[ParticipantMention]) -> float:
    """The probability that a meeting of these people needs.

    Two parties are what makes it one. In a text that names no second country people are likely to be at a
    wedding, at a match or in a quarrel: more is asked for.
    """
    known = {who.represents.value for who in people if who.represents}
    named = len(scene.countries | known)
    return scene.settings.real if len(known) > 1 or named >= _COUNTRIES else scene.settings.unofficial


def _meeting(scene: Scene, group: Group, known: dict[int, ParticipantMention]) -> MeetingMention | None:
    """One meeting, or None where nobody is left in it; `known` keeps the participants made so far."""
    members = _members(scene, group)
    if not members:
        return None
    for k in members:
        if k not in known:
            known[k] = participant(scene, k)
    if group.real < _least_real(scene, [known[k] for k in members]):
        return None
    sure = sum(group.actors[k] for k in members) / len(members)
    status = status_of(scene, group)
    venue, city, country = place_of(scene, group)
    return MeetingMention(
        key="m",
        participants=tuple(replace(known[k], confidence=min(1.0, group.actors[k])) for k in members),
        status=status,
        evidence=_evidence(scene, group),
        mode=mode_of(scene, group),
        venue=venue,
        city=city,
        country=country,
        date=date_of(scene, group, status.value),
        duration=duration_of(scene, group),
        topics=topics_of(scene, group),
        background=background_of(scene.reading, group),
        confidence=min(1.0, group.real * sure),
    )


def _evidence(scene: Scene, group: Group) -> tuple[Evidence, ...]:
    sentences = sorted({scene.page.sentence(scene.reading.spans[t].start) for t in group.triggers})
    return tuple(scene.page.quote(s) for s in sentences)
