# mypy: disable-error-code="no-untyped-call"
"""Meetings over time, a row a person or country: strokes as high as the meeting was long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.draw.charts import STATUS_COLOURS, Chart, chart_config
from kg.draw.words import duration_words, when_words
from kg.errors import KgError
from kg.view.filters import countries_of
from kg.view.model import GraphView, MeetingView
from kg.view.networks import title_of

__all__ = ["BY", "timeline"]

BY = ("person", "country")
ROWS = 40
HEIGHT = 34
NOTE = (
    "A stroke is a meeting on a known day: the higher, the longer it was. A dot is one whose length is "
    "not told. A pale bar is a meeting whose day is not known: it spans the days that it can have been on."
)


def timeline(view: GraphView, *, by: str = "person", title: str | None = None) -> Chart:
    """The chart of all dated meetings; at most the 40 rows with the most meetings, and the note says so.

    Raises KgError when the extra `charts` is missing, ValueError for another `by`.
    """
    if by not in BY:
        raise ValueError(f"no rows by {by!r}: one of {', '.join(BY)}")
    rows: dict[str, list[MeetingView]] = defaultdict(list)
    dated = [each for each in view.meetings if each.earliest and each.latest]
    for meeting in dated:
        for name in _rows_of(view, meeting, by):
            rows[name].append(meeting)
    order = sorted(rows, key=lambda name: (-len(rows[name]), name))
    shown = order[:ROWS]
    longest = max((each.minutes or 0 for each in dated), default=0) or 60
    data = [_datum(view, each, name, longest) for name in shown for each in rows[name]]
    note = NOTE
    if len(order) > ROWS:
        note += f" The {ROWS} with the most meetings of {len(order):,} are shown."
    undated = len(view.meetings) - len(dated)
    if undated:
        note += f" Left out, without a date: {undated:,} of {len(view.meetings):,} meetings."
    title = title or f"Meetings by {by}"
    table = [(when_words(each.earliest, each.latest) or "", title_of(view, each), view.where(each) or "",
              duration_words(each) or "", each.status.value) for each in dated]  # fmt: skip
    head = ("Date", "Meeting", "Where", "How long", "Status")
    return Chart(_spec(data, shown, title), title, note, head, table)


def _rows_of(view: GraphView, meeting: MeetingView, by: str) -> Iterable[str]:
    if by == "country":
        return sorted({view.party(iri) for iri in countries_of(meeting)})
    return sorted({view.person(part.person) for part in meeting.parts})


def _datum(view: GraphView, meeting: MeetingView, row: str, longest: float) -> dict[str, Any]:
    assert meeting.earliest  # noqa: S101  (only dated ones come here)
    assert meeting.latest  # noqa: S101
    minutes = meeting.minutes
    return {
        "row": row,
        "start": meeting.earliest.isoformat(),
        "end": meeting.latest.isoformat(),
        "vague": meeting.day is None,
        "told": minutes is not None,
        "length": 7 + (HEIGHT - 9) * (max(minutes or 0, 0) / longest) ** 0.5,
        "status": meeting.status.value,
        "What": title_of(view, meeting),
        "When": when_words(meeting.earliest, meeting.latest),
        "Where": view.where(meeting) or "not told",
        "How long": duration_words(meeting) or "not told",
        "On": ", ".join(meeting.topic_texts or meeting.topics) or "not told",
    }


def _spec(data: list[dict[str, Any]], order: list[str], title: str) -> dict[str, Any]:
    try:
        import altair as alt
    except ImportError as error:
        raise KgError("charts need more packages", remedy="pip install 'dipmeet[charts]'") from error

    if not data:
        words = alt.Chart(alt.Data(values=[{}])).mark_text(text="No meeting with a date.", fontSize=14)
        nothing = words.properties(width=900, height=60, title=title).configure(**chart_config())
        return dict(nothing.to_dict())
    used = [each for each in STATUS_COLOURS if any(datum["status"] == each for datum in data)]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y(
            "row:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelLimit=220, grid=True, tickSize=0, domain=False),
        ),
        color=alt.Color(
            "status:N",
            scale=alt.Scale(domain=used, range=[STATUS_COLOURS[each] for each in used]),
            legend=alt.Legend(title=None),
        ),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("What", "When", "Where", "How long", "On", "status")],
    )
    x = alt.X("start:T", title=None, scale=alt.Scale(type="utc", nice=True), axis=alt.Axis(labelOverlap=True))
    bars = (
        base.transform_filter("datum.vague")
        .mark_rule(opacity=0.3, strokeWidth=11, strokeCap="round")
        .encode(x=x, x2="end:T")
    )
    strokes = (
        base.transform_filter("!datum.vague && datum.told")
        .mark_tick(orient="vertical", thickness=3, cornerRadius=1.5)
        .encode(x=x, size=alt.Size("length:Q", scale=None, legend=None))
    )
    dots = base.transform_filter("!datum.vague && !datum.told").mark_circle(size=42, opacity=0.9).encode(x=x)
    chart = alt.layer(bars, strokes, dots).properties(width=900, height=alt.Step(HEIGHT), title=title)
    spec: dict[str, Any] = chart.interactive(bind_y=False).configure(**chart_config()).to_dict()
    return spec
