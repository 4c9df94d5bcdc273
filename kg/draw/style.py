"""Numbers and names that the picture is made of; colours and dashes live in the page's script."""

from __future__ import annotations

from typing import Any

__all__ = ["DATA_SHAPES", "PHYSICS_LIMIT", "vis_options"]

DATA_SHAPES = {
    "person": "dot",
    "group": "square",
    "party": "dot",
    "meeting": "diamond",
    "visit": "star",
    "place": "triangle",
}
"""vis-network shape of each kind of node; the page's legend explains them."""

PHYSICS_LIMIT = 150
"""Up to so many nodes springs answer a drag; above, positions stay as they were computed."""


def vis_options() -> dict[str, Any]:
    """Options for vis-network: computed positions, springs only while something is dragged."""
    return {
        "autoResize": False,
        "physics": {
            "enabled": False,
            "stabilization": {"enabled": False},
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {
                "gravitationalConstant": -60,
                "centralGravity": 0.002,
                "springLength": 110,
                "springConstant": 0.06,
                "damping": 0.7,
                "avoidOverlap": 0.3,
            },
            "minVelocity": 0.8,
            "maxVelocity": 40,
        },
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "hideEdgesOnZoom": False,
            "tooltipDelay": 120,
            "zoomSpeed": 0.7,
            "keyboard": {"enabled": False},
        },
        "nodes": {"font": {"size": 0}, "labelHighlightBold": False},
        "edges": {"smooth": False, "hoverWidth": 0.6, "selectionWidth": 0.8},
    }
