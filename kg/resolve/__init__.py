"""Names become persons, parties, places and topics with ids that are right for the day."""

from __future__ import annotations

from kg.resolve.decisions import Decision, Decisions, load_decisions, merge, split
from kg.resolve.linker import resolve
from kg.resolve.who import Candidate, link_table, who

__all__ = [
    "Candidate",
    "Decision",
    "Decisions",
    "link_table",
    "load_decisions",
    "merge",
    "resolve",
    "split",
    "who",
]
