"""GraphView → what the page draws: three networks built with pyvis, and the facts behind them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
from pyvis.network import Network

from kg.draw.layout import layout
from kg.draw.style import DATA_SHAPES, PHYSICS_LIMIT, vis_options
from kg.draw.words import duration_words, when_words
from kg.view.filters import countries_of
from kg.view.model import GraphView, MeetingView, Quote, VisitView
from kg.view.networks import country_network, full_network, people_network, title_of, visit_title

__all__ = ["Scene", "build_scene", "to_pyvis"]

BASE = "https://w3id.org/dipmeet/id/"
BETWEENNESS_LIMIT = 400
"""Largest network for exact betweenness, whose cost is nodes × lines; above it a sample of 60 nodes, and
above 4,000 nodes none (0 everywhere, the page then offers size by lines)."""
FULL_LIMIT = 5000
"""Most meetings and visits for the view that shows each as a node; the page says so beyond."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The data block of the page, ready for JSON: plain dicts and lists."""

    data: Mapping[str, Any]

    def to_json(self) -> str:
        """Compact JSON, same scene same text."""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))


def build_scene(view: GraphView, *, title: str, start: str = "people") -> Scene:
    """Networks of people, of countries and of everything, with the meetings that they rest on."""
    parties = Counter(iri for meeting in view.meetings for iri in countries_of(meeting))
    ranked = sorted(parties, key=lambda iri: (-parties[iri], iri))
    index = _Index(view, ranked)
    happenings: tuple[MeetingView | VisitView, ...] = (*view.meetings, *view.visits)
    events = [_event(each, view, index) for each in happenings]
    networks = {"people": people_network(view), "countries": country_network(view)}
    if len(events) <= FULL_LIMIT:
        networks["full"] = full_network(view)
    data: dict[str, Any] = {
        "title": title,
        "name": "".join(each if each.isalnum() else "-" for each in title.lower()).strip("-") or "network",
        "start": start,
        "physicsLimit": PHYSICS_LIMIT,
        "articles": [
            _filled(
                title=each.title,
                url=each.url,
                publisher=each.publisher,
                published=each.published.isoformat() if each.published else None,
            )
            for each in view.articles.values()
        ],
        "parties": [_filled(label=view.party(iri), n=parties[iri]) for iri in ranked],
        "persons": [{"label": view.person(iri), "key": _short(iri)} for iri in index.persons],
        "events": events,
        "views": {},
    }
    for name, graph in networks.items():
        net = to_pyvis(graph, _extras(graph, view, index))
        nodes, edges, _heading, _height, _width, options = net.get_network_data()
        data["views"][name] = {"nodes": nodes, "edges": edges}
        data["options"] = json.loads(options)
    return Scene(data)


def to_pyvis(graph: nx.Graph, extras: Mapping[str, Mapping[str, Any]]) -> Network:
    """The network as pyvis holds it, with computed positions, sizes and shapes.

    Node ids are positions in the list, `extras` are further attributes by node. Lines are
    handed over at once: `Network.add_edge` compares each line with all before it.
    """
    net = Network(height="100%", width="100%", cdn_resources="in_line")
    number = {iri: at for at, iri in enumerate(graph)}
    pairs = [(number[one], number[other]) for one, other in graph.edges()]
    weights = np.array([graph.edges[edge].get("count", 1) for edge in graph.edges()], dtype=float)
    places = layout(len(number), np.array(pairs, dtype=np.int64).reshape(-1, 2), weights)
    measures = _measures(graph)
    for iri, at in number.items():
        values = graph.nodes[iri]
        node = {
            "id": at,
            "label": values["label"],
            "shape": DATA_SHAPES[values["kind"]],
            "kind": values["kind"],
            "x": round(float(places[at, 0]), 1),
            "y": round(float(places[at, 1]), 1),
            "key": _short(iri),
            **measures[iri],
            **extras[iri],
        }
        net.nodes.append(node)
        net.node_ids.append(at)
        net.node_map[at] = node
    lines = extras.get("", {})
    net.edges = [
        {"from": one, "to": other, **lines.get(edge, {})}
        for (one, other), edge in zip(pairs, graph.edges(), strict=True)
    ]
    net.set_options(json.dumps(vis_options()))
    return net


class _Index:
    """Positions of things in the lists of the data block."""

    def __init__(self, view: GraphView, ranked: list[str]) -> None:
        self.party = {iri: at for at, iri in enumerate(ranked)}
        self.persons = sorted(
            {
                *view.persons,
                *(part.person for each in view.meetings for part in each.parts),
                *(iri for each in view.visits for iri in each.visitors),
            }
        )
        self.person = {iri: at for at, iri in enumerate(self.persons)}
        self.article = {iri: at for at, iri in enumerate(view.articles)}
        ids = [*(each.id for each in view.meetings), *(each.id for each in view.visits)]
        self.event = {iri: at for at, iri in enumerate(ids)}
        # large graphs carry fewer sentences a meeting: the file must stay one that opens
        self.quotes = 8 if len(self.event) <= 3000 else 1


def _extras(graph: nx.Graph, view: GraphView, index: _Index) -> dict[str, Any]:
    """By node: its events, party, second line and community; under "": by line, its meetings."""
    mine: dict[str, set[int]] = {iri: set() for iri in graph}
    for each in view.meetings:
        at = index.event[each.id]
        for iri in (each.id, each.city or each.place or each.country, *_people(each), *countries_of(each)):
            if iri in mine:
                mine[iri].add(at)
    for visit in view.visits:
        for iri in (visit.id, visit.destination, *visit.visitors):
            if iri in mine:
                mine[iri].add(index.event[visit.id])
    communities = _communities(graph)
    extras: dict[str, Any] = {}
    for iri, values in graph.nodes(data=True):
        person = view.persons.get(iri)
        event = index.event.get(iri)
        extras[iri] = _filled(
            m=sorted(mine[iri]),
            party=index.party.get(values.get("party", ""), -1),
            community=communities[iri],
            sub=", ".join(values.get("roles", ())[:3]) or None,
            aliases=list(person.aliases[:6]) if person and person.aliases else None,
            event=event,
            status=values.get("status"),
        )
    extras[""] = {
        (one, other): _line(one, other, values, index) for one, other, values in graph.edges(data=True)
    }
    return extras


def _line(one: str, other: str, values: Mapping[str, Any], index: _Index) -> dict[str, Any]:
    events = [index.event[each] for each in values.get("meetings", ())]
    events += [index.event[iri] for iri in (one, other) if not events and iri in index.event]
    return _filled(m=sorted(set(events)), kind=values.get("kind"), role=values.get("role"))


def _measures(graph: nx.Graph) -> dict[str, dict[str, float]]:
    """Degree, and betweenness where it can be had in reasonable time."""
    count = len(graph)
    between: Mapping[str, float] = {}
    if 2 < count <= BETWEENNESS_LIMIT:
        between = nx.betweenness_centrality(graph)
    elif BETWEENNESS_LIMIT < count <= 4000:
        between = nx.betweenness_centrality(graph, k=60, seed=1)
    return {
        iri: {"degree": graph.degree(iri), "betweenness": round(between.get(iri, 0.0), 4)} for iri in graph
    }


def _communities(graph: nx.Graph) -> dict[str, int]:
    """Number of each node's community, the largest first; −1 in a network too large for it."""
    if not graph.number_of_edges() or len(graph) > 4000:
        return dict.fromkeys(graph, -1)
    found = nx.community.louvain_communities(graph, weight="count", seed=1)
    order = sorted((sorted(each) for each in found), key=lambda each: (-len(each), each[0]))
    return {iri: number if len(each) > 1 else -1 for number, each in enumerate(order) for iri in each}


def _event(each: MeetingView | VisitView, view: GraphView, index: _Index) -> dict[str, Any]:
    """One meeting or visit as the page knows it; days are counted from 1970-01-01."""
    common = {
        "key": _short(each.id),
        "status": each.status.value,
        "from": _days(each.earliest) if each.earliest else None,
        "to": _days(each.latest) if each.latest else None,
        "date": when_words(each.earliest, each.latest),
        "articles": [index.article[iri] for iri in each.articles if iri in index.article] or None,
        "quotes": _quotes(each.quotes, index) or None,
        "more": max(len(each.quotes) - index.quotes, 0) or None,
    }
    if isinstance(each, VisitView):
        place = view.places.get(each.destination or "")
        return _filled(
            **common,
            kind="visit",
            title=visit_title(view, each),
            who=[[index.person[iri], None, -1] for iri in each.visitors],
            where=place.label if place else None,
            home=index.party.get(each.country or each.destination or ""),
        )
    return _filled(
        **common,
        kind="meeting",
        title=title_of(view, each),
        who=[
            [index.person[part.person], part.role, index.party.get(part.party or "", -1)]
            for part in each.parts
        ],
        parties=[index.party[iri] for iri in countries_of(each)] or None,
        home=index.party.get(each.country or ""),
        where=view.where(each),
        mode=each.mode.value if each.mode else None,
        minutes=each.minutes,
        long=duration_words(each),
        topics=list(each.topic_texts or each.topics) or None,
        outcomes=list(each.outcomes) or None,
        disputed=list(each.disputed) or None,
        within=_within(each, view),
    )


def _within(each: MeetingView, view: GraphView) -> str | None:
    found = next((visit for visit in view.visits if visit.id == each.part_of), None) if each.part_of else None
    return f"visit of {visit_title(view, found)}" if found else None


def _quotes(quotes: Iterable[Quote], index: _Index) -> list[list[Any]]:
    """Accepted sentences first, those that speak for most properties first."""
    order = sorted(
        quotes, key=lambda each: (not each.accepted, -len(each.properties), each.article, each.start)
    )
    return [
        [index.article[each.article], each.text, list(each.properties), int(each.accepted)]
        for each in order[: index.quotes]
        if each.article in index.article
    ]


def _people(meeting: MeetingView) -> tuple[str, ...]:
    return tuple(part.person for part in meeting.parts)


def _filled(**values: Any) -> dict[str, Any]:
    """Without what is None: absent values cost nothing in the file."""
    return {name: value for name, value in values.items() if value is not None}


def _short(iri: str) -> str:
    return iri.removeprefix(BASE)


def _days(day: date) -> int:
    return (day - date(1970, 1, 1)).days
