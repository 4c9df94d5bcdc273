"""What is in the graph, as plain values: the common ground of pictures and exports.

`kg.view.networks` makes networkx graphs of it; it is apart because networkx is slow to import.
"""

from __future__ import annotations

from kg.view.filters import ViewFilter, countries_of, filtered
from kg.view.model import (
    ArticleView,
    GraphView,
    MeetingView,
    PartView,
    PartyView,
    PersonView,
    PlaceView,
    Quote,
    VisitView,
)
from kg.view.read import Select, read_store, read_view, select_from

__all__ = [
    "ArticleView",
    "GraphView",
    "MeetingView",
    "PartView",
    "PartyView",
    "PersonView",
    "PlaceView",
    "Quote",
    "Select",
    "ViewFilter",
    "VisitView",
    "countries_of",
    "filtered",
    "read_store",
    "read_view",
    "select_from",
]
