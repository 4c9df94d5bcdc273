"""Formats for other tools: each read back by its own library, with odd graphs too."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import networkx as nx
import pytest

from kg.export import FORMATS, export_view
from kg.model import Mode, Status
from kg.view import ArticleView, GraphView, MeetingView, PartView, PersonView, PlaceView, Quote

TOOLS = [name for name, each in FORMATS.items() if not each.rdf]
NASTY = 'a\x00b\x0b <&> "q", it\'s; \\ back\nnext 日本 =1+1'


def written(view: GraphView, fmt: str) -> bytes:
    out = io.BytesIO()
    export_view(view, fmt, out)
    return out.getvalue()


@pytest.fixture
def odd() -> GraphView:
    """One meeting with nothing known, one with everything, in texts that need escaping."""
    people = {f"urn:p{at}": PersonView(f"urn:p{at}", name) for at, name in enumerate((NASTY, "=HYPERLINK()"))}
    parts = tuple(PartView(iri, NASTY) for iri in people)
    full = MeetingView(
        id="urn:m2",
        parts=parts,
        status=Status.CANCELLED,
        mode=Mode.VIDEO,
        place="urn:venue",
        earliest=date(1999, 12, 1),
        latest=date(1999, 12, 31),
        date_text=NASTY,
        start=datetime(1999, 12, 3, 23, 30, tzinfo=UTC),
        minutes=90.5,
        duration_text=NASTY,
        topics=(NASTY, "b"),
        outcomes=(NASTY,),
        articles=("urn:a",),
        quotes=(Quote("urn:a", NASTY),),
    )
    return GraphView(
        meetings=(
            full,
            MeetingView(id="urn:m1", parts=parts),
            MeetingView(id="urn:m3", parts=parts, latest=date(1999, 1, 1)),
            MeetingView(id="urn:m4", parts=parts, earliest=date(1999, 1, 1)),
        ),
        persons=people,
        places={
            "urn:venue": PlaceView("urn:venue", NASTY, "venue", "urn:city"),
            "urn:city": PlaceView("urn:city", "City", "city", None, -33.5, 151.25),
        },
        articles={"urn:a": ArticleView("urn:a", NASTY, "javascript:alert(1)")},
    )


@pytest.mark.parametrize("fmt", TOOLS)
def test_empty_odd_and_whole_graphs_are_written(fmt: str, odd: GraphView, view: GraphView) -> None:
    for each in (GraphView(), odd, view):
        assert written(each, fmt) == written(each, fmt)
        written(each, fmt).decode("utf-8")


def test_gexf_is_dynamic_and_reads_back(view: GraphView, odd: GraphView) -> None:
    graph = nx.read_gexf(io.BytesIO(written(view, "gexf")))
    assert graph.graph["mode"] == "dynamic"
    assert len(graph) == 5
    wang = "https://w3id.org/dipmeet/id/person/wang-yi"
    blinken = "https://w3id.org/dipmeet/id/person/antony-blinken"
    assert graph.nodes[wang]["label"] == "Wang Yi"
    assert graph.nodes[wang]["party"] == "China"
    (line,) = (
        graph.get_edge_data(blinken, wang).values() if graph.is_multigraph() else (graph[blinken][wang],)
    )
    assert (line["start"], line["end"], line["minutes"]) == ("2023-06-19", "2023-06-19", 180)
    assert nx.read_gexf(io.BytesIO(written(odd, "gexf"))).number_of_edges() == 4


def test_graphml_reads_back_with_meetings_as_nodes(view: GraphView, odd: GraphView) -> None:
    graph = nx.read_graphml(io.BytesIO(written(view, "graphml")))
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "person": 4, "group": 1, "meeting": 4, "visit": 2, "place": 2,
    }  # fmt: skip
    meeting = graph.nodes["https://w3id.org/dipmeet/id/meeting/2023-06-18-antony-blinken-qin-gang"]
    assert (meeting["minutes"], meeting["status"], meeting["start"]) == (450, "held", "2023-06-18")
    assert nx.read_graphml(io.BytesIO(written(odd, "graphml"))).number_of_nodes() == 7


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_has_the_headers_that_gephi_looks_for(view: GraphView) -> None:
    nodes, lines = rows(written(view, "csv-nodes")), rows(written(view, "csv"))
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert list(lines[0])[:4] == ["Source", "Target", "Type", "Weight"]
    assert {line["Source"] for line in lines} | {line["Target"] for line in lines} <= {
        node["Id"] for node in nodes
    }
    assert len(lines) == 4


def test_csv_cells_are_no_formulas(odd: GraphView) -> None:
    names = {node["Label"] for node in rows(written(odd, "csv-nodes"))}
    assert "'=HYPERLINK()" in names


def test_geojson_puts_longitude_first(view: GraphView, odd: GraphView) -> None:
    features = json.loads(written(view, "geojson"))["features"]
    assert [each["geometry"] is None for each in features] == [False, False, False, True]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [116.39723, 39.9075]}
    assert features[0]["properties"]["precision"] == "city"
    (first, *_) = json.loads(written(odd, "geojson"))["features"]
    assert first["geometry"]["coordinates"] == [151.25, -33.5]


def events(data: bytes) -> list[Any]:
    icalendar = pytest.importorskip("icalendar", reason="reads calendars back: pip install icalendar")
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_calendar_reads_back(view: GraphView) -> None:
    data = written(view, "ical")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = events(data)
    assert [str(each["STATUS"]) for each in found] == ["CONFIRMED", "CONFIRMED", "TENTATIVE"]
    wang = found[1]
    assert wang["DTSTART"].dt == date(2023, 6, 19)
    assert wang["DTEND"].dt == date(2023, 6, 20)
    assert str(wang["LOCATION"]) == "Diaoyutai state guest house, Beijing, China"
    assert "The two shook hands at the Diaoyutai state guest house." in str(wang["DESCRIPTION"])
    assert "two hours" not in str(wang["DESCRIPTION"])


def test_calendar_escapes_and_keeps_clock_times(odd: GraphView) -> None:
    (event,) = events(written(odd, "ical"))
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["DTSTART"].dt == datetime(1999, 12, 3, 23, 30, tzinfo=UTC)
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 90.5 * 60
    clean = NASTY.replace("\x00", "").replace("\x0b", "")
    assert clean in str(event["DESCRIPTION"])
    assert "URL" not in event


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_calendar_word(status: Status) -> None:
    day = date(2020, 1, 1)
    view = GraphView(meetings=(MeetingView("urn:m", (), status, earliest=day, latest=day),))
    (event,) = events(written(view, "ical"))
    assert str(event["STATUS"]) in {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert (str(event["STATUS"]) == "CONFIRMED") == (status in {Status.HELD, Status.ONGOING})


def test_timeline_slides(view: GraphView, odd: GraphView) -> None:
    slides = json.loads(written(view, "timelinejs"))["events"]
    assert len(slides) == 3
    assert slides[0]["start_date"] == {"year": 2023, "month": 6, "day": 18}
    assert slides[0]["group"] == "China"
    assert "end_date" not in slides[0]
    (slide, _) = json.loads(written(odd, "timelinejs"))["events"]
    assert slide["end_date"] == {"year": 1999, "month": 12, "day": 31}
    assert "<&>" not in slide["text"]["text"]
