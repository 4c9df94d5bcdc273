"""The real lists and memoranda, kept beside the checkout: counts, agreement, remarks read by hand.

Where memoranda and the derived header facts differ on the duration, the facts are wrong: they come
from attributes that contradict the printed times (noon for midnight, minutes left out, a wrong
month), or have no end at all. Other differences: four documents name no participants; places of
telephone calls are none; lists of participants that the facts give to the wrong document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from kg.gazetteer import Gazetteer
from kg.model import Article, Failure, MeetingMention, Record
from kg.official import read_official
from kg.resolve import resolve

DATA = Path(__file__).parents[3] / "shared" / "data"
HERE = Path(__file__).parent

pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the official records are not beside the checkout"),
    pytest.mark.slow,
]

Pairs = dict[str, tuple[Article, Record]]


def _pairs(*folders: str) -> Pairs:
    found: Pairs = {}
    for item in read_official([str(DATA / folder) for folder in folders]):
        assert not isinstance(item, Failure), item
        if isinstance(item, tuple):
            found[item[0].id] = item
    return found


@pytest.fixture(scope="module")
def trips() -> Pairs:
    return _pairs(
        "historyatstate-travels/president-travels",
        "historyatstate-travels/secretary-travels",
        "historyatstate-visits/data",
    )


@pytest.fixture(scope="module")
def memoranda() -> Pairs:
    return _pairs("frus/memcons_with_times")


def _headers() -> Iterator[tuple[str, dict[str, Any]]]:
    with (DATA / "frus" / "memcon_headers.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            header = json.loads(line)
            if header["has_range"]:
                yield f"{header['volume']}-{header['id']}", header


def _meeting(memoranda: Pairs, name: str) -> MeetingMention | None:
    meetings = memoranda[name][1].meetings
    return meetings[0] if meetings else None


def test_counts_of_trips_and_visits(trips: Pairs) -> None:
    # 4,271 trips, two of them twice under different ids; 3,264 visits
    assert sum(name.startswith("travels") for name in trips) == 4269
    assert sum(name.startswith("visits") for name in trips) == 3264
    assert all(len(record.visits) == 1 for _, record in trips.values())
    unknown = [name for name, (_, record) in trips.items() if record.visits[0].country is None]
    assert len(unknown) <= 5


@pytest.mark.parametrize(
    ("reading", "precision", "recall"), [("read_by_hand.tsv", 0.96, 0.97), ("read_by_hand_2.tsv", 0.93, 0.93)]
)
def test_remarks_read_by_hand(trips: Pairs, reading: str, precision: float, recall: float) -> None:
    """The second list was drawn afresh and read before the output was looked at."""
    wanted: set[tuple[str, str]] = set()
    got: set[tuple[str, str]] = set()
    text = (HERE / reading).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    for name, told in rows:
        wanted |= {(name, who) for who in re.split(r"[;|]", told) if who}
        for meeting in trips[name][1].meetings:
            got |= {(name, p.name) for p in meeting.participants[1:]}
    assert len(rows) > 195
    assert len(wanted & got) / len(got) >= precision
    assert len(wanted & got) / len(wanted) >= recall


def test_durations_of_memoranda(memoranda: Pairs) -> None:
    minutes = [
        m.duration.value.minutes for name, _ in _headers() if (m := _meeting(memoranda, name)) and m.duration
    ]
    assert len(minutes) >= 410
    assert median(minutes) == 70


def test_memoranda_agree_with_their_headers(memoranda: Pairs) -> None:
    headers = list(_headers())
    assert len(headers) == 419
    days = places = subjects = told = 0
    for name, header in headers:
        meeting = _meeting(memoranda, name)
        if meeting is None:
            continue
        told += 1
        first = header["dates"][0]
        days += (
            meeting.date is not None and meeting.date.value.edtf == (first.get("when") or first["from"])[:10]
        )
        where = " ".join(v.value for v in (meeting.city, meeting.venue) if v)
        places += any(place.split(",")[0].strip("[] ") in where for place in header["places"])
        words = {w for s in header["subjects"] for w in re.findall(r"\w{4,}", s.lower())}
        subjects += words <= {w for t in meeting.topics for w in re.findall(r"\w{4,}", t.value.lower())}
    assert told >= 415
    assert days == told
    assert places >= 396
    assert subjects >= told - 2


def test_participants_of_memoranda(memoranda: Pairs) -> None:
    wanted = found = 0
    for name, header in _headers():
        meeting = _meeting(memoranda, name)
        names = " ".join(
            " ".join((p.name, *p.aliases)) for p in (meeting.participants if meeting else ())
        ).lower()
        for entry in header["participants"]:
            for person in entry["persons"]:
                if person["name"]:
                    wanted += 1
                    found += re.sub(r",? (?:jr|sr|ii+)\.?$", "", person["name"].lower()).split()[-1] in names
    assert wanted > 1800
    assert found / wanted >= 0.98


def test_a_whole_volume() -> None:
    pairs = _pairs("frus/volumes")
    assert len(pairs) >= 60
    talk = pairs["frus1969-76ve13-d90"][1].meetings[0]
    assert talk.date is not None
    assert talk.date.value.earliest == date(1972, 2, 22)
    assert talk.start is not None
    assert talk.start.value == datetime(1972, 2, 22, 10, 5)  # noqa: DTZ001


def test_one_person_each_across_volumes_and_spellings(memoranda: Pairs, trips: Pairs) -> None:
    """As they stand in memoranda, travels and visits, resolved: an entity for each of three people."""
    gazetteer = Gazetteer.open()
    surnames = re.compile(r"Kissinger|Gromyko|Chou En|Zhou En")
    entities: dict[str, set[str]] = {"Kissinger": set(), "Gromyko": set(), "Chou En": set()}
    spelt: set[str] = set()
    for article, record in (*memoranda.values(), *trips.values()):
        if not any(surnames.search(p.name) for m in record.meetings for p in m.participants):
            continue
        for told, found in zip(record.meetings, resolve(record, article, gazetteer).meetings, strict=True):
            for mention, participant in zip(told.participants, found.participants, strict=True):
                if match := surnames.search(mention.name):
                    entities[match[0].replace("Zhou", "Chou")].add(participant.who.entity)
                    spelt.add(mention.name)
    assert {"Gromyko", "Andrei A. Gromyko", "Andrey A. Gromyko", "Chou En-lai"} <= spelt
    assert entities == {
        "Kissinger": {"person/henry-a-kissinger"},
        "Gromyko": {"person/andrei-andreevich-gromyko"},
        "Chou En": {"person/zhou-enlai"},
    }


def _minutes_told(header: dict[str, Any]) -> float | None:
    """The length in minutes by the attributes of the header facts, if they have a start and an end."""
    for facts in (*header["times"][:1], *header["dates"][:1]):
        start, end = facts.get("from"), facts.get("to")
        if start and end and ":" in start and ":" in end:
            day = "" if "T" in start else "2000-01-01T"
            first, last = (datetime.fromisoformat((day + time)[:19]) for time in (start, end))
            minutes = (last - first).total_seconds() / 60
            return minutes % 1440 if day else minutes
    return None


def _surname(name: str) -> str:
    return re.sub(r",? (?:jr|sr|ii+)\.?$", "", name.lower()).split()[-1]


def _differences(header: dict[str, Any], meeting: MeetingMention | None) -> Iterator[tuple[str, str, str]]:
    """(field, value of the header facts, value read) wherever the two differ."""
    if meeting is None:
        yield "meeting", header["head"].split(", ")[0][:60], ""
        return
    where = " ".join(v.value for v in (meeting.city, meeting.venue) if v)
    if not any(place.split(",")[0].strip("[] ") in where for place in header["places"]):
        yield "place", "; ".join(header["places"]), where
    words = {w for s in header["subjects"] for w in re.findall(r"\w{4,}", s.lower())}
    topics = "; ".join(t.value for t in meeting.topics)
    if not words <= set(re.findall(r"\w{4,}", topics.lower())):
        yield "subject", "; ".join(header["subjects"]), topics
    names = " ".join(" ".join((p.name, *p.aliases)) for p in meeting.participants).lower()
    told = (p["name"] for entry in header["participants"] for p in entry["persons"] if p["name"])
    lacking = list(dict.fromkeys(name for name in told if _surname(name) not in names))
    if lacking:
        yield "persons", "; ".join(lacking), "; ".join(p.name for p in meeting.participants)
    minutes = meeting.duration.value.minutes if meeting.duration else None
    if minutes != _minutes_told(header):
        yield "minutes", str(_minutes_told(header)), str(minutes)


def test_every_disagreement_is_explained(memoranda: Pairs) -> None:
    """`disagreements.tsv`: document, field, value of the facts, value read, reason; no more and no less."""
    text = (HERE / "disagreements.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    assert all(row[4] for row in rows)
    found = {
        (name, *(re.sub(r"\s+", " ", part) for part in difference))
        for name, header in _headers()
        for difference in _differences(header, _meeting(memoranda, name))
    }
    assert {tuple(row[:4]) for row in rows} == found
