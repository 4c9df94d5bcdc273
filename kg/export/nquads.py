"""N-Quads, canonical: one statement a line with its graph, sorted by code point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from kg.vocab.rdf import Quad, nquad

__all__ = ["write"]


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """All statements with their graphs."""
    out.writelines(f"{line}\n" for line in sorted({nquad(quad) for quad in quads}))
