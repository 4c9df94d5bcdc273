"""GEXF for Gephi, dynamic: who met whom, one line a meeting, with its first and last day."""

from __future__ import annotations

import io
import re
from typing import TextIO

import networkx as nx

from kg.export.flat import contacts
from kg.view.model import GraphView

__all__ = ["write"]


def write(view: GraphView, out: TextIO) -> None:
    """Lines carry `start` and `end` (ISO days), status, place, minutes, topics; undated ones hold always."""
    buffer = io.BytesIO()
    nx.write_gexf(contacts(view), buffer, version="1.2draft")
    text = buffer.getvalue().decode("utf-8")
    # networkx writes today's date: the same graph must give the same bytes
    out.write(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1))
