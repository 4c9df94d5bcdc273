"""GeoJSON (RFC 7946): a point a meeting, longitude first; no geometry where the place is unknown."""

from __future__ import annotations

import json
from typing import Any, TextIO

from kg.export.flat import meeting_row
from kg.view.model import GraphView, MeetingView

__all__ = ["write"]


def write(view: GraphView, out: TextIO) -> None:
    """Property `precision` tells whether the point is the venue's, the city's or the country's."""
    out.write('{"type":"FeatureCollection","features":[\n')
    features = (_feature(view, each) for each in view.meetings)
    out.write(",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features))
    out.write("\n]}\n")


def _feature(view: GraphView, meeting: MeetingView) -> dict[str, Any]:
    point = view.point(meeting.place)
    geometry = {"type": "Point", "coordinates": [point[1], point[0]]} if point else None
    properties = meeting_row(view, meeting)
    if point:
        properties["precision"] = _precision(view, meeting.place)
    return {"type": "Feature", "id": meeting.id, "geometry": geometry, "properties": properties}


def _precision(view: GraphView, iri: str | None) -> str:
    """Kind of the first place, from the most specific outwards, that has coordinates."""
    while iri:
        place = view.places[iri]
        if place.lat is not None:
            return place.kind
        iri = place.within
    return "unknown"
