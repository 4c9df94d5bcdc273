"""Rules of assembly on readings made by hand: captions, open questions, trips without a goal, loose ends."""

from __future__ import annotations

import pytest

from kg.extract.assemble import assemble
from kg.extract.repair import repaired
from kg.extract.settings import Settings
from kg.extract.world import default_world
from kg.model import Reading, Span, Status, Tag
from tests.extract.test_assemble import marked
from training.corpus import oracle_reading

PEOPLE = """people:
  a: {name: Lena Moss, type: person, represents: SE, role: null}
  b: {name: Tomas Rehak, type: person, represents: CZ, role: null}
meetings:
  m1: {who: [a, b], status: STATUS, mode: in-person, date: 2023-06-19, city: Prague, country: CZ}
"""
DENIALS = [
    ("Whether [Lena Moss](P a) of Sweden will be [seen](T m1) by [Tomas Rehak](P b) is open.", "possible"),
    ("[Lena Moss](P a) of Sweden might [meet](T m1) [Tomas Rehak](P b) of Czechia on Monday.", "possible"),
    ("[Lena Moss](P a) of Sweden refused to [meet](T m1) [Tomas Rehak](P b) of Czechia.", "denied"),
    ("[Lena Moss](P a) of Sweden denied that she had [met](T m1) [Tomas Rehak](P b).", "denied"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DENIALS)
def test_a_wavering_reader_needs_a_word_of_denial(text: str, expected: str) -> None:
    article, reading = oracle_reading(marked(PEOPLE.replace("STATUS", "held"), text))
    wavering = {Status.DENIED: 0.55, Status.POSSIBLE: 0.3, Status.HELD: 0.1}
    told = Reading(
        spans=reading.spans,
        links=reading.links,
        same_participant=reading.same_participant,
        status=dict.fromkeys(reading.status, wavering),
        mode=reading.mode,
        real=reading.real,
    )
    (meeting,) = assemble(article, told, default_world(), Settings(near=10**9)).meetings
    assert meeting.status.value.value == expected


def test_a_trip_without_a_goal_led_to_the_meeting() -> None:
    text = (
        "[Lena Moss](P a), Sweden's foreign minister, [met](T m1) [Tomas Rehak](P b), the Czech premier, in "
        "[Prague](C m1) on [Monday](D m1), the second day of a trip that both sides called useful."
    )
    article, reading = oracle_reading(marked(PEOPLE.replace("STATUS", "held"), text))
    record = assemble(article, reading, default_world(), Settings(near=10**9))
    assert [(v.visitor.name, v.country.value if v.country else None) for v in record.visits] == [
        ("Lena Moss", "CZ")
    ]


ENDS = [
    ("owners of ships in the port", "owners of ships in", "owners of ships"),
    ("envoys from Chad and the south", "envoys from Chad and the", "envoys from Chad"),
    ("the head of state spoke", "the head of state", "the head of state"),
]


@pytest.mark.parametrize(("text", "mark", "expected"), ENDS)
def test_a_participant_does_not_end_in_a_preposition(text: str, mark: str, expected: str) -> None:
    reading = Reading(spans=(Span(0, len(mark), Tag.PARTICIPANT),))
    (span,) = repaired(text, reading, default_world()).spans
    assert text[span.start : span.end] == expected
