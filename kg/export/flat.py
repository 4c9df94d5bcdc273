"""A view as flat rows: what tables, graph files and calendars have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import networkx as nx

from kg.view.model import GraphView, MeetingView
from kg.view.networks import people_network, title_of

__all__ = ["Value", "contacts", "description", "flat", "meeting_row", "safe_cell"]

_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ufffe\\uffff]")

Value = str | int | float
"""What graph formats can hold; absent values are left out."""


def meeting_row(view: GraphView, meeting: MeetingView) -> dict[str, Value]:
    """The facts of a meeting as single values; lists are joined by `; `."""
    return flat(
        label=title_of(view, meeting),
        status=meeting.status.value,
        mode=meeting.mode.value if meeting.mode else None,
        start=meeting.earliest.isoformat() if meeting.earliest else None,
        end=meeting.latest.isoformat() if meeting.latest else None,
        place=view.where(meeting),
        minutes=meeting.minutes,
        duration=meeting.duration_text,
        topics="; ".join(meeting.topic_texts or meeting.topics) or None,
        parties="; ".join(sorted(view.party(iri) for iri in meeting.parties)) or None,
        articles="; ".join(_links(view, meeting)) or None,
    )


def flat(**values: Value | None) -> dict[str, Value]:
    """Without what is None; whole numbers as int, text without control characters (XML can't hold them)."""
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return _CONTROL.sub(" ", value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def safe_cell(value: Value) -> Value:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before `=`, `+`, `-`, `@`."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def contacts(view: GraphView) -> nx.MultiGraph:
    """Who met whom, one line a meeting and pair; nodes are IRIs, all attributes single values."""
    simple = people_network(view)
    graph = nx.MultiGraph()
    for iri, values in simple.nodes(data=True):
        graph.add_node(
            iri,
            **flat(
                label=values["label"],
                kind=values["kind"],
                party=view.party(values["party"]) if "party" in values else None,
                roles="; ".join(values["roles"]) or None,
                meetings=values["meetings"],
            ),
        )
    for meeting in view.meetings:
        row = meeting_row(view, meeting)
        for one, other in combinations(meeting.parts, 2):
            if one.party is None or one.party != other.party:
                graph.add_edge(one.person, other.person, meeting=meeting.id, **row)
    return graph


def description(view: GraphView, meeting: MeetingView) -> str:
    """Who, how long and on what in lines of text, then the sentences that say so."""
    lines = []
    for part in meeting.parts:
        extra = ", ".join(filter(None, (part.role, view.party(part.party) if part.party else None)))
        lines.append(view.person(part.person) + (f" ({extra})" if extra else ""))
    if meeting.minutes is not None:
        lines.append(f"{meeting.duration_text or ''} ({meeting.minutes:g} minutes)".strip())
    topics = meeting.topic_texts or meeting.topics
    if topics:
        lines.append("On " + ", ".join(topics))
    lines += [f"“{quote.text}”" for quote in meeting.quotes if quote.accepted]
    return "\n".join(lines)


def _links(view: GraphView, meeting: MeetingView) -> Iterator[str]:
    for iri in meeting.articles:
        article = view.articles.get(iri)
        yield (article.url if article and article.url else iri)
