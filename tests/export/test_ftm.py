"""FollowTheMoney entities, read back by the library, which cleans every value and changes none."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kg.export import export_view
from kg.export.ftm import entity_id
from kg.model import Mode, Status
from kg.view import ArticleView, GraphView, MeetingView, PartView, PartyView, PersonView, PlaceView, Quote

PYTHON = Path(sys.prefix, "ftm", "bin", "python")
"""An environment of its own: the library's networkx and rdflib are older than ours."""
READER = Path(__file__).with_name("ftm_reader.py")
BASE = "https://w3id.org/dipmeet/id/"
Entity = dict[str, Any]


def written(view: GraphView) -> str:
    out = io.BytesIO()
    export_view(view, "ftm", out)
    return out.getvalue().decode("utf-8")


def entities(view: GraphView) -> dict[str, Entity]:
    found = [json.loads(line) for line in written(view).splitlines()]
    assert len({each["id"] for each in found}) == len(found)
    return {each["id"]: each for each in found}


def read_back(view: GraphView) -> dict[str, Entity]:
    """What the library makes of it, having found nothing wrong and changed nothing."""
    if not PYTHON.exists():
        pytest.skip("followthemoney is not there: make .venv/.ftm")
    text = written(view)
    done = subprocess.run(
        [PYTHON, "-I", READER], input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    report = {each["id"]: each for each in json.loads(done.stdout)}
    for line in text.splitlines():
        sent = json.loads(line)
        got = report[sent["id"]]
        assert got["wrong"] is None
        assert (got["schema"], got["properties"]) == (sent["schema"], sent["properties"])
        assert set(got["targets"]) <= set(report), "every reference leads to an entity of the file"
    return report


@pytest.fixture
def odd() -> GraphView:
    """Names, dates and ids that the library would not take as they are."""
    nasty = 'a\x00b\x0b <img src=x onerror=alert(1)>\r\n  "q" 日本 \u202e\ufffe '
    people = {iri: PersonView(iri, nasty, group) for iri, group in (("urn:p", False), (f"{BASE}ä b/c", True))}
    meeting = MeetingView(
        id=f"{BASE}meeting/a.b--",
        parts=(PartView("urn:p", nasty, "urn:party"), PartView(f"{BASE}ä b/c")),
        parties=("urn:party",),
        status=Status.CANCELLED,
        mode=Mode.VIDEO,
        place="urn:venue",
        earliest=date(1999, 12, 1),
        latest=date(1999, 12, 31),
        edtf="1999-12",
        start=datetime(1999, 12, 3, 23, 30, tzinfo=UTC),
        end=datetime(1999, 12, 4, 1, 0),  # noqa: DTZ001
        duration_text=nasty,
        topics=(nasty, "b"),
        outcomes=(nasty,),
        articles=("urn:a",),
        quotes=(Quote("urn:a", nasty), Quote("urn:a", "overruled", accepted=False)),
    )
    return GraphView(
        meetings=(meeting, MeetingView(id="urn:m1", parts=(PartView("urn:p"),))),
        persons=people,
        parties={"urn:party": PartyView("urn:party", nasty)},
        places={
            "urn:venue": PlaceView("urn:venue", nasty, "venue", "urn:city"),
            "urn:city": PlaceView("urn:city", "City", "city", "urn:venue", -33.5, 151.25),
        },
        articles={"urn:a": ArticleView("urn:a", nasty, "javascript:alert(1)")},
    )


def test_the_library_reads_a_graph_back_unchanged(view: GraphView) -> None:
    report = read_back(view)
    schemata = [each["schema"] for each in report.values()]
    assert {name: schemata.count(name) for name in sorted(set(schemata))} == {
        "Address": 5, "Article": 2, "Documentation": 7, "Event": 6, "LegalEntity": 1, "Person": 4,
        "PublicBody": 2, "Representation": 4, "UnknownLink": 2,
    }  # fmt: skip
    meeting = report["dipmeet-meeting-2023-06-19-antony-blinken-wang-yi"]
    assert meeting["caption"] == "Antony Blinken – Wang Yi"
    involved = [report[each] for each in meeting["properties"]["involved"]]
    assert [each["caption"] for each in involved] == ["China", "United States", "Antony Blinken", "Wang Yi"]
    assert all("LegalEntity" in each["kinds"] for each in involved)


def test_the_library_reads_odd_graphs_back_unchanged(odd: GraphView) -> None:
    assert read_back(GraphView()) == {}
    read_back(odd)


def test_the_library_knows_the_country_codes() -> None:
    table = Path(__file__).parents[2] / "kg" / "gazetteer" / "tables" / "countries.tsv"
    codes = [line.split("\t")[0] for line in table.read_text("utf-8").splitlines()[1:]]
    view = GraphView(parties={code: PartyView(code, code, code) for code in codes})
    found = [each["properties"].get("country") for each in read_back(view).values()]
    assert found.count(["suhh"]) == 1
    assert sum(each is not None for each in found) > 200


def test_a_meeting_is_an_event_with_its_facts(view: GraphView) -> None:
    event = entities(view)["dipmeet-meeting-2023-06-19-antony-blinken-wang-yi"]
    assert event["schema"] == "Event"
    found = event["properties"]
    assert found["startDate"] == found["endDate"] == found["date"] == ["2023-06-19"]
    assert found["location"] == ["Diaoyutai state guest house, Beijing, China"]
    assert found["country"] == ["cn"]
    assert found["keywords"] == ["mode: in-person", "status: held"]
    assert found["summary"] == ["held, in-person, around three hours"]
    assert found["sourceUrl"] == ["https://news.example/talks"]
    assert found["proof"] == ["dipmeet-article-talks-1", "dipmeet-article-talks-2"]
    assert found["recordId"] == [f"{BASE}meeting/2023-06-19-antony-blinken-wang-yi"]


def test_an_articles_sentences_are_with_its_link_to_the_event(view: GraphView) -> None:
    told = {
        each["properties"]["document"][0]: each["properties"].get("description")
        for each in entities(view).values()
        if each["schema"] == "Documentation"
        and each["properties"]["entity"] == ["dipmeet-meeting-2023-06-19-antony-blinken-wang-yi"]
    }
    assert told == {
        "dipmeet-article-talks-1": [
            "Officials said that the talks with Wang had lasted around three hours.",
            "The two shook hands at the Diaoyutai state guest house.",
        ],
        "dipmeet-article-talks-2": None,  # its only sentence is overruled
    }


def test_dates_say_no_more_than_is_known(odd: GraphView) -> None:
    (vague, unknown) = [each for each in entities(odd).values() if each["schema"] == "Event"]
    assert vague["properties"]["date"] == ["1999-12"]
    assert vague["properties"]["startDate"] == ["1999-12-03T23:30:00"]
    assert vague["properties"]["endDate"] == ["1999-12-04T01:00:00"]
    assert not {"date", "startDate", "endDate"} & set(unknown["properties"])
    week = replace(odd.meetings[0], edtf="1999-12-01", start=None, end=None)
    event = entities(replace(odd, meetings=(week,)))[entity_id(week.id)]["properties"]
    assert (event["startDate"], event["endDate"]) == (["1999-12-01"], ["1999-12-31"])
    assert "date" not in event


def test_only_web_addresses_become_links(odd: GraphView) -> None:
    assert "javascript:" not in written(odd)


IDS = [
    (f"{BASE}person/wang-yi", "dipmeet-person-wang-yi"),
    (f"{BASE}article/talks.v2-0a1b2c3d", "dipmeet-article-talks.v2-0a1b2c3d"),
]


@pytest.mark.parametrize(("iri", "expected"), IDS)
def test_ids_follow_from_iris(iri: str, expected: str) -> None:
    assert entity_id(iri) == expected


@pytest.mark.parametrize(
    "iri", ["urn:x", f"{BASE}person/a/b", f"{BASE}person/a-", f"{BASE}person/é", f"{BASE}meeting/{'x' * 300}"]
)
def test_iris_of_other_signs_become_digests(iri: str) -> None:
    found = entity_id(iri)
    assert found.startswith("dipmeet-")
    assert len(found.removeprefix("dipmeet-")) == 40
    assert found == entity_id(iri) != entity_id(iri + "x")
