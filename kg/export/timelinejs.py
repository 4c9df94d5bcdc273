"""JSON for TimelineJS: a slide a dated meeting, grouped by country, with its sentences."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any, TextIO

from kg.export.flat import description
from kg.view.model import GraphView, MeetingView
from kg.view.networks import title_of

__all__ = ["write"]


def write(view: GraphView, out: TextIO) -> None:
    """Text is escaped: TimelineJS takes it for HTML."""
    events = [_event(view, each) for each in view.meetings if each.earliest]
    json.dump({"events": events}, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _event(view: GraphView, meeting: MeetingView) -> dict[str, Any]:
    event: dict[str, Any] = {
        "unique_id": meeting.id,
        "start_date": _date(meeting.earliest),
        "text": {
            "headline": html.escape(title_of(view, meeting)),
            "text": html.escape(description(view, meeting)).replace("\n", "<br>"),
        },
    }
    if meeting.latest and meeting.latest != meeting.earliest:
        event["end_date"] = _date(meeting.latest)
        if meeting.date_text:
            event["display_date"] = html.escape(meeting.date_text)
    country = view.places.get(meeting.country or "")
    if country:
        event["group"] = html.escape(country.label)
    return event


def _date(day: date | None) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day} if day else {}
