"""`kg crosscheck` on a store of memoranda and news, as a user's shell sees it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model import (
    Article,
    DateSpan,
    Duration,
    Evidence,
    MeetingMention,
    ParticipantKind,
    ParticipantMention,
    PublishedFrom,
    Qualifier,
    Record,
    Sourced,
    Status,
)
from kg.official import read_official
from kg.pipeline import Tools, ingest
from kg.store import open_store

VOLUME = Path(__file__).parents[1] / "official" / "fixtures" / "frus1974v09.xml"
PEOPLE = (
    ("Martha Holt", "Secretary of State", "US"),
    ("Pieter Verhoeven", "Foreign Minister", "NL"),
)


def _news(name: str, day: date, minutes: int, status: Status = Status.HELD) -> tuple[Article, Record]:
    """An article of one sentence that tells of the two, with its record."""
    sentence = (
        f"Secretary of State Martha Holt and Foreign Minister Pieter Verhoeven met for {minutes} minutes"
        f" in The Hague on {day}, the newspaper {name} writes."
    )
    whole = Evidence(sentence, 0, len(sentence))

    def words(part: str) -> Evidence:
        return Evidence(part, sentence.index(part), sentence.index(part) + len(part))

    length = f"{minutes} minutes"
    meeting = MeetingMention(
        key="m1",
        participants=tuple(
            ParticipantMention(
                who, ParticipantKind.PERSON, words(who), role, Sourced(code, words(who)), (), (words(who),)
            )
            for who, role, code in PEOPLE
        ),
        status=Sourced(status, words("met")),
        evidence=(whole,),
        city=Sourced("The Hague", words("The Hague")),
        country=Sourced("NL", words("The Hague")),
        date=Sourced(DateSpan(day, day, str(day), str(day)), words(str(day))),
        duration=Sourced(Duration(minutes, minutes, minutes, Qualifier.EXACT, length), words(length)),
    )
    digest = hashlib.sha256(sentence.encode()).hexdigest()
    told = Article(
        name,
        sentence,
        digest,
        f"{name}.txt",
        published=day + timedelta(days=1),
        published_from=PublishedFrom.HEADER,
    )
    return told, Record(name, told.published, (meeting,), (), "test/1")


def _store(path: Path, *news: tuple[Article, Record]) -> str:
    with open_store(path, write=True) as store:
        summary = ingest(store, [*read_official([str(VOLUME)]), *news], Tools())
    assert not summary.failures
    return str(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _store(
        tmp_path_factory.mktemp("checked") / "talks",
        _news("true", date(1974, 6, 1), 70),
        _news("long", date(1974, 6, 2), 240),
        _news("alone", date(1974, 6, 4), 30),
        _news("later", date(1975, 6, 4), 30),
        _news("planned", date(1974, 6, 3), 30, Status.PLANNED),
    )


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["crosscheck", *arguments], standalone_mode=False, catch_exceptions=False)


def test_each_told_meeting_gets_its_verdict_with_both_quotes(store: str) -> None:
    rows = json.loads(_run("--store", store, "--json").stdout)
    told = {row["article"].split("/")[1].rsplit("-", 1)[0]: row for row in rows}
    assert {name: (row["verdict"], row["property"]) for name, row in told.items()} == {
        "true": ("borne out", None),
        "long": ("contradicted", "duration"),
        "alone": ("missing", None),
    }
    assert "240 minutes" in (told["long"]["article_quote"] or "")
    assert "2–3 p.m." in told["long"]["record_quote"]
    assert told["long"]["record_url"].endswith("/frus1974v09/d3")
    assert told["alone"]["record_quote"] is None


def test_table_for_reading(store: str) -> None:
    lines = _run("--store", store).stdout.splitlines()
    assert lines[-1] == "1 borne out, 1 contradicted, 1 missing"
    assert any(line.startswith("CONTRADICTED (duration)") and "Holt" in line for line in lines)
    assert any("history.state.gov" in line for line in lines)


def test_table_for_programs_and_one_verdict(store: str, tmp_path: Path) -> None:
    target = tmp_path / "checked.csv"
    _run("--store", store, "--csv", "--verdict", "missing", "-o", str(target))
    (row,) = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert (row["verdict"], row["record"]) == ("missing", "")
    assert "alone" in row["article_quote"]


def test_records_alone_leave_nothing_to_compare(tmp_path: Path) -> None:
    result = _run("--store", _store(tmp_path / "records"))
    assert result.return_value == 4
    assert result.stdout.strip() == "0 borne out, 0 contradicted, 0 missing"
