"""Tables of meetings: usual columns without a mapping, a calendar and a visitor log with one, and faults."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from kg.model import Article, Failure, Mode, Record, Status
from kg.official import read_official

CALENDAR = (
    "Ref;Date;Start;End;Guest;Guest role;Guest country;Where;Subject;Status\n"
    "7;3.6.2024;10:00;11:30;Ada Lind;Foreign Minister;Norway;Green Room;Fish; held\n"
    "8;2024-06-04;14:00;;Samuel Okoro;President;Nigeria;;Oil|Trade;planned\n"
    "9;2024-06-31;;;Jo Berg;;Norway;;;held\n"
    "10;2024-06-05;;;;;Norway;;;held\n"
    "11;2024-06-06;;;Jo Berg;;Norway;;;maybe\n"
)
CALENDAR_MAPPING = """
id: Ref
date: Date
start: Start
end: End
venue: Where
topics: Subject
status: Status
participants:
  - {name: Guest, role: Guest role, party: Guest country}
fixed:
  participants:
    - {name: Martha Holt, role: foreign minister, party: Netherlands}
  city: The Hague
"""
LOG = "NAMELAST,NAMEFIRST,VISITEE_LAST,VISITEE_FIRST,APPT_START\nLind,Ada,Holt,Martha,2024-06-03T10:00:00\n"
LOG_MAPPING = """
date: APPT_START
start: APPT_START
participants:
  - name: [NAMEFIRST, NAMELAST]
  - name: [VISITEE_FIRST, VISITEE_LAST]
fixed: {city: Washington, country: US}
"""


def _read(
    folder: Path, name: str, text: str, mapping: str | None = None
) -> list[Article | tuple[Article, Record] | Failure]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    if mapping is None:
        return list(read_official([str(path)], extractor="table"))
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return list(read_official([str(path)], mapping=str(folder / "map.yaml")))


def test_calendar_with_a_mapping(tmp_path: Path) -> None:
    found = _read(tmp_path, "calendar.csv", CALENDAR, CALENDAR_MAPPING)
    pairs = [f for f in found if isinstance(f, tuple)]
    assert [article.id for article, _ in pairs] == ["calendar-7", "calendar-8"]
    meeting = pairs[0][1].meetings[0]
    people = [(p.name, p.role, p.represents and p.represents.value) for p in meeting.participants]
    assert people == [("Ada Lind", "Foreign Minister", "NO"), ("Martha Holt", "foreign minister", "NL")]
    assert meeting.date is not None
    assert meeting.date.value.edtf == "2024-06-03"
    assert meeting.start is not None
    assert meeting.start.value == datetime(2024, 6, 3, 10)  # noqa: DTZ001
    assert meeting.duration is not None
    assert meeting.duration.value.minutes == 90
    assert meeting.city is not None
    assert meeting.country is not None
    assert (meeting.city.value, meeting.country.value) == ("The Hague", "NL")
    second = pairs[1][1].meetings[0]
    assert second.status.value is Status.PLANNED
    assert [t.value for t in second.topics] == ["Oil", "Trade"]
    for article, record in pairs:
        for spot in record.meetings[0].evidence:
            assert article.text[spot.start : spot.end] == spot.text


def test_rows_that_are_no_meeting_are_named(tmp_path: Path) -> None:
    found = _read(tmp_path, "calendar.csv", CALENDAR, CALENDAR_MAPPING)
    failures = {f.source.rsplit(":", 1)[-1]: f.message for f in found if isinstance(f, Failure)}
    assert "2024-06-31" in failures["4"]
    assert "fewer than two" in failures["5"]
    assert "maybe" in failures["6"]


def test_visitor_log(tmp_path: Path) -> None:
    ((_, record),) = [f for f in _read(tmp_path, "log.csv", LOG, LOG_MAPPING) if isinstance(f, tuple)]
    meeting = record.meetings[0]
    assert [p.name for p in meeting.participants] == ["Ada Lind", "Martha Holt"]
    assert meeting.start is not None
    assert meeting.start.value == datetime(2024, 6, 3, 10)  # noqa: DTZ001


def test_usual_columns_need_no_mapping(tmp_path: Path) -> None:
    rows = [
        {
            "date": "2024-06-03",
            "participants": ["Ada Lind (foreign minister, Norway)", "Martha Holt (Netherlands)"],
            "duration": "about two hours",
            "mode": "video",
        }
    ]
    ((_, record),) = [f for f in _read(tmp_path, "list.json", json.dumps(rows)) if isinstance(f, tuple)]
    meeting = record.meetings[0]
    people = [(p.name, p.role, p.represents and p.represents.value) for p in meeting.participants]
    assert people == [("Ada Lind", "foreign minister", "NO"), ("Martha Holt", None, "NL")]
    assert meeting.duration is not None
    assert (meeting.duration.value.minutes, meeting.duration.value.qualifier.value) == (120, "about")
    assert meeting.mode is not None
    assert meeting.mode.value is Mode.VIDEO


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("{", "not YAML"),
        ("dat: X\nparticipants: [A]", "unknown field 'dat'"),
        ("date: Date", "no participants"),
        ("participants: [{role: X}]", "neither"),
        ("participants: [{name: X, rol: Y}]", "unknown field 'rol'"),
    ],
)
def test_faulty_mapping(tmp_path: Path, mapping: str, says: str) -> None:
    (failure,) = _read(tmp_path, "a.csv", "Date,A\n2024-06-03,B\n", mapping)
    assert isinstance(failure, Failure)
    assert says in failure.message
    assert "docs/tables.md" in failure.message


def test_columns_without_people(tmp_path: Path) -> None:
    (failure,) = _read(tmp_path, "a.csv", "Date,Amount\n2024-06-03,5\n")
    assert isinstance(failure, Failure)
    assert "--mapping" in failure.message


def test_missing_column_is_named(tmp_path: Path) -> None:
    (failure,) = _read(tmp_path, "a.csv", "Date,A\n2024-06-03,B\n", "date: Day\nparticipants: [A]")
    assert isinstance(failure, Failure)
    assert "'Day'" in failure.message
