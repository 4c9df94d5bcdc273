"""CSV of persons and groups with Gephi's headers."""

from __future__ import annotations

import csv
from typing import TextIO

from kg.export.flat import contacts, safe_cell
from kg.view.model import GraphView

__all__ = ["write"]

HEAD = ("Id", "Label", "Kind", "Party", "Roles", "Meetings")


def write(view: GraphView, out: TextIO) -> None:
    """One row each; `Meetings` counts those that they took part in, whatever their status."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    for iri, values in contacts(view).nodes(data=True):
        rows.writerow([iri, *(safe_cell(values.get(name.lower(), "")) for name in HEAD[1:])])
