"""Pictures of the graph, each one HTML file that opens offline."""

from __future__ import annotations

from kg.view import GraphView, ViewFilter, filtered

__all__ = ["VIEWS", "draw"]

VIEWS = ("people", "countries", "full", "table")


def draw(
    view: GraphView,
    *,
    title: str = "Who met whom",
    start: str = "people",
    wanted: ViewFilter | None = None,
) -> str:
    """One self-contained HTML page: the network of people, of countries, of everything, and a table.

    `start` is the view that the page opens with (`people`, `countries`, `full`, `table`), `wanted`
    narrows the graph before it is drawn. Same graph, same bytes.
    """
    from kg.draw.page import render
    from kg.draw.scene import build_scene

    if start not in VIEWS:
        raise ValueError(f"no view {start!r}: one of {', '.join(VIEWS)}")
    chosen = filtered(view, wanted) if wanted else view
    return render(build_scene(chosen, title=title, start=start), title=title)
