"""GraphView → networkx graphs: who met whom, which countries met, and meetings as nodes.

Nodes are IRIs. Attributes hold plain strings, numbers and tuples; absent values are left
out, so that networkx's own writers take the graphs once tuples are joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import networkx as nx

from kg.model import Status
from kg.view.filters import ViewFilter, countries_of, filtered
from kg.view.model import GraphView, MeetingView, VisitView

__all__ = [
    "STATUS_ORDER",
    "country_network",
    "full_network",
    "people_network",
    "title_of",
    "visit_title",
]

STATUS_ORDER = (
    Status.HELD,
    Status.ONGOING,
    Status.PLANNED,
    Status.POSSIBLE,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.DENIED,
)
"""The first of a pair's statuses in this order is the status of its line."""


def people_network(view: GraphView, wanted: ViewFilter | None = None) -> nx.Graph:
    """Persons and delegations; a line joins two who met, or were to meet, across a table.

    People of the same party sit on one side of it, so no line joins them. Line attributes:
    `meetings` (ids), `count`, `held`, `minutes` (sum of what is known), `status`, `first`, `last`.
    """
    view = filtered(view, wanted) if wanted else view
    graph = nx.Graph()
    parties: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    pairs: dict[tuple[str, str], list[MeetingView]] = defaultdict(list)
    for meeting in view.meetings:
        for part in meeting.parts:
            if part.party:
                parties[part.person][part.party] += 1
            if part.role:
                roles[part.person][part.role] = None
        for one, other in combinations(meeting.parts, 2):
            if one.party is None or one.party != other.party:
                pairs[one.person, other.person].append(meeting)
    met = Counter(part.person for meeting in view.meetings for part in meeting.parts)
    for iri in sorted({*view.persons, *met}):
        person = view.persons.get(iri)
        party = _most(parties.get(iri))
        graph.add_node(
            iri,
            label=view.person(iri),
            kind="group" if person and person.group else "person",
            meetings=met[iri],
            roles=tuple(roles.get(iri, ())),
            **({"party": party} if party else {}),
        )
    _add_pairs(graph, pairs)
    return graph


def country_network(view: GraphView, wanted: ViewFilter | None = None) -> nx.Graph:
    """Parties (states, organisations, movements); a line joins two that were at one meeting."""
    view = filtered(view, wanted) if wanted else view
    graph = nx.Graph()
    pairs: dict[tuple[str, str], list[MeetingView]] = defaultdict(list)
    met: Counter[str] = Counter()
    for meeting in view.meetings:
        there = countries_of(meeting)
        met.update(there)
        for one, other in combinations(there, 2):
            pairs[one, other].append(meeting)
    for iri in sorted(met):
        graph.add_node(iri, label=view.party(iri), kind="party", meetings=met[iri], party=iri)
    _add_pairs(graph, pairs)
    return graph


def full_network(view: GraphView, wanted: ViewFilter | None = None) -> nx.Graph:
    """Meetings and visits as nodes, joined to who took part and where it was.

    Line attribute `kind`: `participant`, `place`, `visitor`, `destination` or `partOf`.
    """
    view = filtered(view, wanted) if wanted else view
    people = people_network(view)
    graph = people.__class__()
    graph.add_nodes_from(people.nodes(data=True))
    used: Counter[str] = Counter()
    for meeting in view.meetings:
        graph.add_node(meeting.id, label=title_of(view, meeting), kind="meeting", status=meeting.status.value)
        for part in meeting.parts:
            extra = {"role": part.role} if part.role else {}
            graph.add_edge(meeting.id, part.person, kind="participant", meetings=(meeting.id,), **extra)
        spot = meeting.city or meeting.place or meeting.country
        if spot:
            used[spot] += 1
            graph.add_edge(meeting.id, spot, kind="place", meetings=(meeting.id,))
    for visit in view.visits:
        graph.add_node(visit.id, label=visit_title(view, visit), kind="visit", status=visit.status.value)
        for person in visit.visitors:
            graph.add_edge(visit.id, person, kind="visitor", meetings=())
        if visit.destination:
            used[visit.destination] += 1
            graph.add_edge(visit.id, visit.destination, kind="destination", meetings=())
    visits = {visit.id for visit in view.visits}
    for meeting in view.meetings:
        if meeting.part_of in visits:
            graph.add_edge(meeting.id, meeting.part_of, kind="partOf", meetings=(meeting.id,))
    for iri in sorted(used):
        place = view.places.get(iri)
        label = place.label if place else iri.rsplit("/", 1)[-1].replace("-", " ")
        graph.add_node(iri, label=label, kind="place", meetings=used[iri])
    for iri in graph:
        graph.nodes[iri].setdefault("label", view.person(iri))
        graph.nodes[iri].setdefault("kind", "person")
        graph.nodes[iri].setdefault("meetings", graph.degree(iri))
    return graph


def title_of(view: GraphView, meeting: MeetingView) -> str:
    """Who met, in words: "Antony Blinken – Wang Yi", at most three names and how many more."""
    names = [view.person(part.person) for part in meeting.parts]
    if not names:
        return "Meeting"
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return " – ".join(names[:3]) + more


def visit_title(view: GraphView, visit: VisitView) -> str:
    """Who goes where, in words."""
    who = ", ".join(view.person(each) for each in visit.visitors) or "Visit"
    place = view.places.get(visit.destination or "")
    return f"{who} to {place.label}" if place else who


def _add_pairs(graph: nx.Graph, pairs: dict[tuple[str, str], list[MeetingView]]) -> None:
    for (one, other), meetings in sorted(pairs.items()):
        firsts = [each.earliest.isoformat() for each in meetings if each.earliest]
        lasts = [each.latest.isoformat() for each in meetings if each.latest]
        facts: dict[str, Any] = {
            "meetings": tuple(each.id for each in meetings),
            "count": len(meetings),
            "held": sum(each.status in {Status.HELD, Status.ONGOING} for each in meetings),
            "minutes": sum(each.minutes or 0 for each in meetings),
            "status": min((each.status for each in meetings), key=STATUS_ORDER.index).value,
        }
        if firsts:
            facts |= {"first": min(firsts), "last": max(lasts)}
        graph.add_edge(one, other, **facts)


def _most(counted: Counter[str] | None) -> str | None:
    """The most frequent; of equals, the first in alphabetical order."""
    return min(counted, key=lambda each: (-counted[each], each)) if counted else None
