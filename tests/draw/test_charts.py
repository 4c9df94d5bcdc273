"""Timeline and map: what is drawn, in which place; every format; odd graphs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kg.draw.charts import CHART_FORMATS, Chart
from kg.draw.page import asset
from kg.draw.timeline import ROWS, timeline
from kg.draw.worldmap import world_map
from kg.model import Status
from kg.view import GraphView, MeetingView, PartView, PersonView, PlaceView, VisitView

pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
pytest.importorskip("vl_convert", reason="charts need the extra: pip install 'dipmeet[charts]'")

EVIL = "</script><script>window.hit=1</script>"


def inline(spec: Any) -> Iterator[list[dict[str, Any]]]:
    """Every data set that stands in a specification."""
    if isinstance(spec, dict):
        if isinstance(spec.get("values"), list) and all(isinstance(each, dict) for each in spec["values"]):
            yield spec["values"]
        spec = list(spec.values())
    if isinstance(spec, list):
        for each in spec:
            yield from inline(each)


def data(chart: Chart, field: str) -> list[dict[str, Any]]:
    """The first inline data set whose rows have that field; empty if there is none."""
    return next((rows for rows in inline(dict(chart.spec)) if rows and field in rows[0]), [])


def test_rows_are_people_by_number_of_meetings(view: GraphView) -> None:
    rows = data(timeline(view), "row")
    assert {row["row"] for row in rows} == {"Antony Blinken", "Wang Yi", "Qin Gang", "Xi Jinping"}
    assert rows[0]["row"] == "Antony Blinken"
    qin = next(row for row in rows if row["row"] == "Qin Gang")
    wang = next(row for row in rows if row["row"] == "Wang Yi")
    xi = next(row for row in rows if row["row"] == "Xi Jinping")
    assert qin["length"] > wang["length"]
    assert (wang["told"], xi["told"], xi["status"]) == (True, False, "possible")


def test_rows_by_country(view: GraphView) -> None:
    assert {row["row"] for row in data(timeline(view, by="country"), "row")} == {"China", "United States"}


def test_vague_dates_span_their_days() -> None:
    meeting = MeetingView(
        "urn:m", (PartView("urn:a"),), Status.HELD, earliest=date(2020, 5, 1), latest=date(2020, 5, 31)
    )
    (row,) = data(timeline(GraphView((meeting,), persons={"urn:a": PersonView("urn:a", "A")})), "row")
    assert (row["vague"], row["start"], row["end"], row["When"]) == (
        True,
        "2020-05-01",
        "2020-05-31",
        "May 2020",
    )


def test_the_note_says_what_is_left_out(view: GraphView) -> None:
    assert "without a date: 1 of 4 meetings" in timeline(view).note
    many = tuple(
        MeetingView(
            f"urn:{at}", (PartView(f"urn:p{at}"),), earliest=date(2020, 1, 1), latest=date(2020, 1, 1)
        )
        for at in range(ROWS + 5)
    )
    chart = timeline(GraphView(many))
    assert f"of {ROWS + 5}" in chart.note
    assert len(data(chart, "row")) == ROWS


def test_places_and_trips(view: GraphView) -> None:
    chart = world_map(view)
    (beijing,) = data(chart, "Place")
    assert (beijing["Place"], beijing["Meetings"], beijing["lat"], beijing["long"]) == (
        "Beijing", 3, 39.9075, 116.39723,
    )  # fmt: skip
    assert "coordinates: 1 of 4 meetings" in chart.note
    trips = [
        row
        for rows in inline(dict(chart.spec))
        for row in rows
        if row.get("geometry", {}).get("type") == "LineString"
    ]
    # China has coordinates in this graph, the United States do not: their capital stands for them
    assert [trip["properties"]["Trip"] for trip in trips] == [
        "Antony Blinken to Beijing",
        "Qin Gang to Washington",
    ]
    out, back = (trip["geometry"]["coordinates"] for trip in trips)
    assert out[0] == pytest.approx([-77.0, 38.9], abs=0.2)
    assert out[-1] == pytest.approx([116.39723, 39.9075], abs=0.001)
    assert (back[0], back[-1]) == ([105.0, 35.0], pytest.approx([-77.03637, 38.89511], abs=0.001))
    # a bow that stays on the map, and never jumps from one edge to the other
    assert 60 < max(lat for _, lat in out) <= 78
    assert max(abs(one[0] - other[0]) for one, other in pairwise(out)) < 10


def test_trips_in_the_south_bend_to_the_south() -> None:
    people = {"urn:p": PersonView("urn:p", "P")}
    places = {
        "urn:home": PlaceView("urn:home", "Home", lat=-33.0, long=-70.0),
        "urn:there": PlaceView("urn:there", "There", lat=-25.0, long=28.0),
    }
    view = GraphView(
        meetings=(MeetingView("urn:m", (PartView("urn:p", party="urn:home"),)),),
        visits=(VisitView("urn:v", ("urn:p",), destination="urn:there"),),
        persons=people,
        places=places,
    )
    (trip,) = [
        row
        for rows in inline(dict(world_map(view).spec))
        for row in rows
        if "Trip" in row.get("properties", {})
    ]
    assert min(lat for _, lat in trip["geometry"]["coordinates"]) < -40


def test_the_outline_is_the_world() -> None:
    rings = json.loads(asset("world.json"))["coordinates"]
    points = [point for polygon in rings for ring in polygon for point in ring]
    assert len(rings) > 200
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)


@pytest.mark.parametrize("fmt", CHART_FORMATS)
@pytest.mark.parametrize("kind", ["timeline", "map"])
def test_every_format_of_whole_empty_and_odd_graphs(view: GraphView, kind: str, fmt: str) -> None:
    odd = GraphView(
        (
            MeetingView(
                "urn:m",
                (PartView("urn:a", EVIL),),
                place="urn:p",
                earliest=date(1, 1, 1),
                latest=date(1, 1, 1),
            ),
        ),
        persons={"urn:a": PersonView("urn:a", EVIL)},
        places={"urn:p": PlaceView("urn:p", EVIL, lat=0.0, long=0.0)},
    )
    for each in (view, GraphView(), odd):
        chart = timeline(each) if kind == "timeline" else world_map(each)
        content = chart.render(fmt)
        if fmt == "png":
            assert content.startswith(b"\x89PNG")
        elif fmt == "svg":
            assert ET.fromstring(content).tag.endswith("svg")  # noqa: S314  (our own)
        else:
            text = content.decode()
            assert "<script>window.hit" not in text
            assert "default-src 'none'" in text
            assert not re.search(r'(?:src|href)="https?:', text)


def test_unknown_rows_and_formats(view: GraphView) -> None:
    with pytest.raises(ValueError, match="country"):
        timeline(view, by="planet")
    with pytest.raises(ValueError, match="png"):
        timeline(view).render("gif")
