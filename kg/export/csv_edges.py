"""CSV of lines with Gephi's headers: one row a meeting and pair."""

from __future__ import annotations

import csv
from typing import TextIO

from kg.export.flat import contacts, safe_cell
from kg.view.model import GraphView

__all__ = ["write"]

HEAD = ("Source", "Target", "Type", "Weight", "Label", "Start", "End", "Status", "Mode", "Place", "Minutes",
        "Duration", "Topics", "Parties", "Articles", "Meeting")  # fmt: skip


def write(view: GraphView, out: TextIO) -> None:
    """Ids are IRIs, as in the table of nodes."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    for one, other, values in contacts(view).edges(data=True):
        facts = [safe_cell(values.get(name.lower(), "")) for name in HEAD[4:]]
        rows.writerow([one, other, "Undirected", 1, *facts])
