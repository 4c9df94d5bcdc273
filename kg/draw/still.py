"""Small pictures without a script, as SVG text: a network, bars over years, a mark of a size."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np

from kg.draw.layout import layout

__all__ = ["PALETTE", "bars", "network_svg"]

PALETTE = ("#3f76bd", "#d9534f", "#e0a03a", "#4c9f70", "#8a63b5", "#2f9fa6", "#b86b2b", "#cf78b3", "#7f8f35")
OTHER = "#929daa"
WIDE = 880.0
MOST = 60
"""Nodes that such a picture can hold and still be read."""


def network_svg(graph: nx.Graph, centre: str | None = None) -> str:
    """The network with names; beyond 60 nodes the most linked, with `centre` always among them."""
    order = sorted(graph, key=lambda iri: (iri != centre, -graph.degree(iri, "count"), iri))
    graph = graph.subgraph(sorted(order[:MOST]))
    number = {iri: at for at, iri in enumerate(graph)}
    pairs = np.array([(number[one], number[other]) for one, other in graph.edges()], dtype=np.int64)
    places = layout(len(number), pairs.reshape(-1, 2))
    if not len(places):
        return ""
    low, high = places.min(axis=0), places.max(axis=0)
    scale = min((WIDE - 160) / max(high[0] - low[0], 1), 460 / max(high[1] - low[1], 1), 1.0)
    tall = (high[1] - low[1]) * scale + 70
    placed = (places - (low + high) / 2) * scale + np.array([WIDE / 2, tall / 2])
    at = {iri: placed[each] for iri, each in number.items()}
    colours = _colours(graph)
    parts = [
        f'<line class="edge" x1="{at[one][0]:.1f}" y1="{at[one][1]:.1f}" x2="{at[other][0]:.1f}" '
        f'y2="{at[other][1]:.1f}" stroke-width="{min(1 + values.get("count", 1) ** 0.5, 8):.1f}"'
        + ("" if values.get("held") else ' stroke-dasharray="6 4"')
        + "/>"
        for one, other, values in sorted(graph.edges(data=True))
    ]
    names: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    for iri in order[:MOST]:  # the most linked first: their names take the room
        x, y = at[iri]
        size = 6 + 2.2 * graph.degree(iri, "count") ** 0.5
        fill = colours.get(graph.nodes[iri].get("party"), OTHER)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{fill}"/>')
        name = str(graph.nodes[iri]["label"])[:34]
        half, low_edge = len(name) * 3.3, y + size + 12
        box = (x - half, low_edge - 12, x + half, low_edge + 3)
        if any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in taken):
            continue
        taken.append(box)
        weight = ' font-weight="600"' if iri == centre else ""
        where = f'x="{x:.1f}" y="{low_edge:.1f}" text-anchor="middle" font-size="12"{weight}'
        names.append(f"<text {where}>{html.escape(name)}</text>")
    parts += names
    return _svg(WIDE, tall, parts, "Network of meetings; the table below tells the same.")


def _colours(graph: nx.Graph) -> Mapping[str | None, str]:
    parties = [values.get("party") for _, values in graph.nodes(data=True) if values.get("party")]
    if len(set(parties)) == len(graph):  # every node a party of its own: colours would say nothing
        return dict.fromkeys(parties, PALETTE[0])
    ranked = sorted(set(parties), key=lambda iri: (-parties.count(iri), iri))
    return dict(zip(ranked, PALETTE, strict=False))


def bars(counts: Mapping[int, tuple[int, int]]) -> str:
    """Bars a year: meetings that took place, and on top, paler, the others."""
    if not counts:
        return ""
    years: Sequence[int] = range(min(counts), max(counts) + 1)
    most = max(sum(each) for each in counts.values())
    step = min(WIDE / len(years), 56)
    parts = []
    for index, year in enumerate(years):
        held, rest = counts.get(year, (0, 0))
        low, high = 110 * held / most, 110 * rest / most
        x, wide = index * step + step * 0.14, step * 0.72
        parts += [
            _bar("bar", x, 122 - low, wide, low),
            _bar("rest", x, 122 - low - high, wide, high),
        ]
        if step >= 26 or year % 5 == 0:
            where = f'x="{x + wide / 2:.1f}" y="138" font-size="11" text-anchor="middle"'
            parts.append(f'<text class="soft" {where}>{year}</text>')
    return _svg(step * len(years), 144, parts, "Meetings a year.")


def _bar(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def _svg(wide: float, tall: float, parts: list[str], label: str) -> str:
    return (
        f'<svg role="img" aria-label="{html.escape(label)}" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="0 0 {wide:.0f} {tall:.0f}">{"".join(parts)}</svg>'
    )
