"""Meetings that a one-line remark tells of, and all that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.official.remarks import meetings_in, offices_of

# remark, names of each meeting clause, topics, when, where
CASES: list[tuple[str, list[list[str]]]] = [
    ("Met with President Lind.", [["President Lind"]]),
    ("Met with President Lind and Foreign Minister Okoro.", [["President Lind", "Foreign Minister Okoro"]]),
    (
        "Met with King Olav I, Prime Minister Berg, and senior Norwegian officials.",
        [["King Olav I", "Prime Minister Berg"]],
    ),
    ("Attended a summit; met with Queen Ada.", [["Queen Ada"]]),
    ("Met with President Lind, addressed Congress, and signed a treaty.", [["President Lind"]]),
    ("Discussed the fish crisis with Chancellor Roth.", [["Chancellor Roth"]]),
    ("Informal meeting with President de la Torre. Signed agreement.", [["President de la Torre"]]),
    (
        "Audience with Pope Pius XX and met with Foreign Secretary Moss.",
        [["Pope Pius XX"], ["Foreign Secretary Moss"]],
    ),
    ("Accompanied President Brandt to a meeting with President Lind.", [["President Lind"]]),
    (
        "Met with the Foreign Ministers of Albania, Croatia, and Macedonia.",
        [["Foreign Ministers of Albania, Croatia, and Macedonia"]],
    ),
    ("Met June 3 with President Lind.", [["President Lind"]]),
    ("Met with President Lind June 3.", [["President Lind"]]),
    ("Met with UN Special Envoy for Peace Carla Moss.", [["UN Special Envoy for Peace Carla Moss"]]),
    ("Met with President Lind at the UN General Assembly in New York City.", [["President Lind"]]),
    ("State visit; met with Prime Minister Abd al-Rahman.", [["Prime Minister Abd al-Rahman"]]),
]

NONE = [
    "Attended the NATO Summit Meeting.",
    "Attended APEC Ministerial Meeting in Lima.",
    "Accompanied President Brandt.",
    "Met with senior Thai officials.",
    "Met with U.S. military personnel.",
    "Discussed bilateral relations with senior Polish officials.",
    "Met with NATO Allies and partners.",
    "Signed a treaty with Norway.",
    "Addressed a conference co-hosted by Jordan and Egypt.",
    "Visited Allied military installations.",
    "State visit.",
    "",
]


@pytest.mark.parametrize(("remark", "names"), CASES)
def test_meetings(remark: str, names: list[list[str]]) -> None:
    told = list(meetings_in(remark))
    assert [[name for name, _ in t.names] for t in told] == names
    for meeting in told:
        for words, at in (*meeting.names, *meeting.topics):
            assert remark[at : at + len(words)] == words


@pytest.mark.parametrize("remark", NONE)
def test_no_meeting(remark: str) -> None:
    assert list(meetings_in(remark)) == []


def test_topics_day_and_place() -> None:
    told = next(
        meetings_in(
            "Discussed the fish crisis and the Bergen Accord with President Lind in New York City on June 3."
        )
    )
    assert [topic for topic, _ in told.topics] == ["fish crisis", "Bergen Accord"]
    assert told.when == "on June 3"
    told = next(meetings_in("Met with President Lind to discuss trade."))
    assert [topic for topic, _ in told.topics] == ["trade"]
    told = next(meetings_in("Met with President Lind and attended a conference on fish."))
    assert told.topics == ()


def test_offices_listed_together() -> None:
    assert offices_of("Prime Ministers of Antigua and Barbuda, Dominica, and Norway") == [
        ("Prime Minister", "Antigua and Barbuda"),
        ("Prime Minister", "Dominica"),
        ("Prime Minister", "Norway"),
    ]
    assert offices_of("President Lind") == []


WORDS = (
    "met with President Lind and , ; . Foreign Minister of Norway discussed the on June 3 in Rome officials"
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)))
def test_never_crashes_and_offsets_are_true(remark: str) -> None:
    for told in meetings_in(remark):
        assert 0 <= told.start < told.end <= len(remark)
        for words, at in (*told.names, *told.topics):
            assert remark[at : at + len(words)] == words
