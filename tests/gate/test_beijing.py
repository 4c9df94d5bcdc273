"""The Beijing talks of June 2023: a real page as it was published, and our own text with the same traps.

Two meetings that were held, one hoped for, one announced, two visits; headlines of other stories,
captions, a man who only may be met, a list of topics two sentences after the talks.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import MeetingMention, Record
from kg.read import read

ROOT = Path(__file__).parents[2]
OWN = ROOT / "seeds" / "articles" / "2023-06-19-beijing-blinken.html"
REAL = ROOT.parent / "shared" / "seeds" / "000_842f3594d3a9ffad.txt"

PAGES = [
    pytest.param(OWN, id="own"),
    pytest.param(
        REAL, id="real", marks=pytest.mark.skipif(not REAL.exists(), reason="../shared is not there")
    ),
]

pytestmark = pytest.mark.parametrize("page", PAGES)


@cache
def record(page: Path) -> Record:
    (article,) = read([str(page)], published=date(2023, 6, 19))
    return pipeline.testify(article, pipeline.Tools()).resolved.record  # type: ignore[arg-type]


def of(page: Path, partner: str) -> MeetingMention:
    """Blinken's one meeting with somebody."""
    found = [
        meeting
        for meeting in record(page).meetings
        if any(partner in person.name for person in meeting.participants)
    ]
    assert len(found) == 1, [person.name for meeting in found for person in meeting.participants]
    assert [p.name for p in found[0].participants if partner not in p.name] == ["Antony Blinken"]
    return found[0]


def test_four_meetings_and_nothing_else(page: Path) -> None:
    assert len(record(page).meetings) == 4


def test_wang_yi(page: Path) -> None:
    meeting = of(page, "Wang Yi")
    assert meeting.status.value == "held"
    assert meeting.date is not None
    assert meeting.date.value.edtf == "2023-06-19"
    assert meeting.venue is not None
    assert "Diaoyutai" in meeting.venue.value
    assert meeting.city is not None
    assert meeting.city.value == "Beijing"
    assert meeting.duration is not None
    assert (meeting.duration.value.minutes, meeting.duration.value.qualifier) == (180, "about")


def test_qin_gang(page: Path) -> None:
    meeting = of(page, "Qin Gang")
    assert meeting.status.value == "held"
    assert meeting.date is not None
    assert meeting.date.value.edtf == "2023-06-18"
    assert meeting.country is not None
    assert meeting.country.value == "CN"
    assert meeting.duration is not None
    assert (meeting.duration.value.minutes, meeting.duration.value.qualifier) == (450, "more-than")
    topics = " / ".join(topic.value for topic in meeting.topics)
    for wanted in ("Taiwan", "trade", "human rights", "fentanyl", "Ukraine"):
        assert wanted in topics


def test_xi_jinping(page: Path) -> None:
    assert of(page, "Xi Jinping").status.value == "possible"


def test_business_people(page: Path) -> None:
    meeting = of(page, "business people" if page == REAL else "American companies")
    assert meeting.status.value == "planned"
    assert meeting.city is not None
    assert meeting.city.value == "Beijing"


def test_visits(page: Path) -> None:
    told = {
        (visit.visitor.name, visit.country.value if visit.country else None): visit
        for visit in record(page).visits
    }
    assert set(told) == {("Antony Blinken", "CN"), ("Qin Gang", "US")}
    assert told["Antony Blinken", "CN"].status.value == "held"
    back = told["Qin Gang", "US"]
    assert back.status.value == "planned"
    assert back.date is None
