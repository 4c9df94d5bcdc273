"""A reading → the record: the analyst's judgement, one meeting at a time."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.hosts import with_hosts
from kg.extract.meetings import Group, Settings, groups
from kg.extract.participants import Cast, cast
from kg.extract.people import participant
from kg.extract.places import mentioned_countries, place_of
from kg.extract.status import background_of, mode_of, status_of
from kg.extract.text import Layout, layout
from kg.extract.topics import topics_of
from kg.extract.when import anchor_of, date_of, duration_of
from kg.extract.visits import visits_of
from kg.extract.world import World
from kg.model import Article, Evidence, MeetingMention, ParticipantMention, Reading, Record, Tag

__all__ = ["assemble"]

_MOST_TRIGGERS = 400
_MOST_PARTICIPANTS = 1500
"""More marks than any real article has: the surest are kept, so that time stays bounded."""


def assemble(article: Article, reading: Reading, world: World, settings: Settings) -> Record:
    """The record that a reading tells of; deterministic, whatever the order of the reading's mappings."""
    page = layout(article)
    triggers = [
        i
        for i in _surest(reading, Tag.TRIGGER, _MOST_TRIGGERS)
        if reading.real.get(i, 1.0) * reading.spans[i].score >= settings.trigger
    ]
    if not triggers:
        return Record(article.id, article.published)
    people = cast(page, reading, world, _surest(reading, Tag.PARTICIPANT, _MOST_PARTICIPANTS))
    known: dict[int, ParticipantMention] = {}
    countries = mentioned_countries(page, world)
    meetings = []
    for group in groups(reading, people, triggers, settings):
        meeting = _meeting(page, reading, people, group, (world, countries, settings, known))
        if meeting:
            meetings.append(meeting)
    numbered = tuple(replace(meeting, key=f"m{n}") for n, meeting in enumerate(with_hosts(meetings), start=1))
    visits = visits_of(page, reading, people, known, numbered, (world, anchor_of(article)))
    return Record(article.id, article.published, numbered, visits)


def _surest(reading: Reading, tag: Tag, most: int) -> list[int]:
    found = [i for i, span in enumerate(reading.spans) if span.tag is tag]
    if len(found) > most:
        found = sorted(sorted(found, key=lambda i: (-reading.spans[i].score, i))[:most])
    return found


def _meeting(page: Layout, reading: Reading, people: Cast, group: Group, known: tuple) -> MeetingMention | None:
    world, countries, settings, cache = known
    status = status_of(page, reading, group)
    anchor = anchor_of(page.article)
    page_day = anchor.day
    members = []
    for k, told in group.actors.items():
        if told < settings.member:
            continue
        if k not in cache:
            cache[k] = participant(page, reading, people, k, (world, page_day))
        members.append(cache[k])
    if not members:
        return None
    venue, city, country = place_of(page, reading, group, world, countries, settings)
    return MeetingMention(
        key="m",
        participants=tuple(members),
        status=status,
        evidence=_evidence(page, reading, group),
        mode=mode_of(page, reading, group),
        venue=venue,
        city=city,
        country=country,
        date=date_of(page, reading, group, status.value, anchor, settings),
        duration=duration_of(page, reading, group, settings),
        topics=topics_of(page, reading, group, settings),
        background=background_of(reading, group),
    )


def _evidence(page: Layout, reading: Reading, group: Group) -> tuple[Evidence, ...]:
    sentences = sorted({page.sentence(reading.spans[t].start) for t in group.triggers})
    return tuple(page.quote(s) for s in sentences)
