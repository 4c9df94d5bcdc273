"""Visits are fused as meetings are, and hold their meetings."""

from __future__ import annotations

from typing import Any

import pytest

from kg.fuse import fuse
from kg.model import FusedEvent
from tests.fuse.scene import witness

ELLERY, GAO = "Marcus Ellery @US", "Gao Renshu @CN"
TRIP = {"visit": ELLERY, "date": "2031-06-18", "place": "Beijing, CN", "status": "held"}
TALKS = {"who": [ELLERY, GAO], "date": "2031-06-19", "place": "Beijing, CN", "status": "held"}


def holder(*articles: list[dict[str, Any]]) -> str | None:
    """The visit that holds the meeting; the articles must tell of one meeting."""
    events = fuse(witness(f"a{n}", tells, "2031-06-20") for n, tells in enumerate(articles))
    meetings: list[FusedEvent] = [event for event in events if event.kind == "meeting"]
    assert len(meetings) == 1
    return meetings[0].part_of


VISIT = "visit/2031-06-18-marcus-ellery-cn"


def test_an_article_says_so() -> None:
    undated = {k: v for k, v in TALKS.items() if k != "date"}
    assert holder([undated, {**TRIP, "holds": ["m1"]}]) == VISIT


def test_person_country_and_day_fit() -> None:
    assert holder([TALKS], [TRIP]) == VISIT


@pytest.mark.parametrize(
    ("talks", "trip"),
    [
        ({"date": "2031-06-17"}, {}),
        ({"date": "2031-06-24"}, {"until": "2031-06-20"}),
        ({"date": "2031-07-05"}, {}),
        ({"place": "Tokyo, JP"}, {}),
        ({"who": ["Dana Whitlock @US", GAO]}, {}),
        ({"mode": "phone"}, {}),
        ({}, {"status": "postponed"}),
        ({"date": "2031-06"}, {}),
    ],
    ids=["before", "after its end", "long after", "elsewhere", "somebody else", "phone", "put off", "vague"],
)
def test_it_does_not_fit(talks: dict[str, Any], trip: dict[str, Any]) -> None:
    assert holder([{**TALKS, **talks}], [{**TRIP, **trip}]) is None


def test_most_articles_decide() -> None:
    other = {"visit": "Gao Renshu @CN", "date": "2031-06-19", "place": "Beijing, CN", "holds": ["m1"]}
    mine = {**TRIP, "holds": ["m1"]}
    assert holder([TALKS, other], [TALKS, mine], [TALKS, mine]) == VISIT


def test_two_countries_are_two_visits() -> None:
    tour = [{**TRIP}, {**TRIP, "place": "Seoul, KR", "date": "2031-06-20"}]
    assert len(fuse([witness("t", tour, "2031-06-21")])) == 2


def test_days_of_one_stay_are_one_visit() -> None:
    told = [
        [TRIP],
        [{**TRIP, "date": "2031-06-20", "place": "Shanghai, CN", "status": "ongoing"}],
        [{**TRIP, "until": "2031-06-21"}],
    ]
    events = fuse(witness(f"a{n}", tells, "2031-06-21") for n, tells in enumerate(told))
    assert [event.id for event in events] == [VISIT]
