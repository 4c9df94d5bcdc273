"""A reading → the record: the analyst's judgement, one meeting at a time."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.anchors import anchor_of
from kg.extract.hosts import with_hosts
from kg.extract.meetings import Group, groups
from kg.extract.participants import cast
from kg.extract.people import participant
from kg.extract.places import mentioned_countries, place_of
from kg.extract.scene import Scene
from kg.extract.settings import Settings
from kg.extract.status import background_of, mode_of, status_of
from kg.extract.text import layout
from kg.extract.topics import topics_of
from kg.extract.visits import visits_of
from kg.extract.when import date_of, duration_of
from kg.extract.world import World
from kg.model import Article, Evidence, MeetingMention, ParticipantMention, Reading, Record, Tag

__all__ = ["assemble"]

_MOST_TRIGGERS = 400
_MOST_PARTICIPANTS = 1500
"""More marks than any real article has: the surest are kept, so that time stays bounded."""


def assemble(article: Article, reading: Reading, world: World, settings: Settings) -> Record:
    """The record that a reading tells of; deterministic, whatever the order of the reading's mappings."""
    triggers = [
        i
        for i in _surest(reading, Tag.TRIGGER, _MOST_TRIGGERS)
        if reading.real.get(i, reading.spans[i].score) >= settings.trigger
    ]
    if not triggers:
        return Record(article.id, article.published)
    page = layout(article)
    actors = cast(page, reading, world, _surest(reading, Tag.PARTICIPANT, _MOST_PARTICIPANTS))
    countries = mentioned_countries(article.text, world)
    scene = Scene(page, reading, actors, world, settings, anchor_of(article), countries)
    known: dict[int, ParticipantMention] = {}
    found = [_meeting(scene, group, known) for group in groups(reading, actors, triggers, settings)]
    told = with_hosts([meeting for meeting in found if meeting])
    meetings = tuple(replace(meeting, key=f"m{n}") for n, meeting in enumerate(told, start=1))
    return Record(article.id, article.published, meetings, visits_of(scene, known, meetings))


def _surest(reading: Reading, tag: Tag, most: int) -> list[int]:
    found = [i for i, span in enumerate(reading.spans) if span.tag is tag]
    if len(found) > most:
        found = sorted(sorted(found, key=lambda i: (-reading.spans[i].score, i))[:most])
    return found


def _meeting(scene: Scene, group: Group, known: dict[int, ParticipantMention]) -> MeetingMention | None:
    """One meeting, or None where nobody is left in it; `known` keeps the participants made so far."""
    members = [k for k, told in group.actors.items() if told >= scene.settings.member]
    if not members:
        return None
    for k in members:
        if k not in known:
            known[k] = participant(scene, k)
    status = status_of(scene, group)
    venue, city, country = place_of(scene, group)
    return MeetingMention(
        key="m",
        participants=tuple(known[k] for k in members),
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
    )


def _evidence(scene: Scene, group: Group) -> tuple[Evidence, ...]:
    sentences = sorted({scene.page.sentence(scene.reading.spans[t].start) for t in group.triggers})
    return tuple(scene.page.quote(s) for s in sentences)
