"""N-Triples, canonical: one statement a line, sorted by code point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kg.export.base import term
from kg.vocab.rdf import Quad

__all__ = ["write"]


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """All statements as triples; which graph they stand in is not told."""
    lines = {f"<{quad.subject}> <{quad.predicate}> {term(quad.object)} .\n" for quad in quads}
    out.writelines(sorted(lines))
