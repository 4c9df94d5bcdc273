"""Store or view → a file in one of the formats."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from kg.errors import InputError
from kg.export.base import FORMATS, Format
from kg.vocab import DM, FACTS_GRAPH
from kg.vocab.rdf import Quad

if TYPE_CHECKING:
    from kg.store import Store
    from kg.view import GraphView

__all__ = ["export", "export_quads", "export_view"]


def export(store: Store, fmt: str, out: IO[bytes], *, align: bool = False, facts_only: bool = False) -> None:
    """Write a store's graph in the format `fmt` (a key of `FORMATS`), UTF-8.

    RDF formats hold everything, facts and the claims that they rest on; `facts_only` leaves the
    claims out, `align` adds what `alignments.ttl` says in other vocabularies.
    """
    chosen = _format(fmt)
    if chosen.rdf:
        quads = store.find(graph=FACTS_GRAPH) if facts_only else store.quads()
        export_quads(quads, fmt, out, align=align)
        return
    from kg.view import read_store

    export_view(read_store(store), fmt, out)


def export_quads(quads: Iterable[Quad], fmt: str, out: IO[bytes], *, align: bool = False) -> None:
    """Write statements in one of the RDF formats: the same statements, the same bytes."""
    chosen = _format(fmt)
    if not chosen.rdf:
        raise InputError(f"{fmt} is not a format of RDF", remedy="use export_view")
    if align:
        from kg.export.align import aligned

        quads = aligned(quads)
    _write(chosen, quads, out)


def export_view(view: GraphView, fmt: str, out: IO[bytes]) -> None:
    """Write a view in one of the formats that are not RDF."""
    chosen = _format(fmt)
    if chosen.rdf:
        raise InputError(f"{fmt} needs the whole graph", remedy="use export or export_quads")
    _write(chosen, view, out)


def without_texts(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Statements without the articles' texts and signatures, for graphs that are passed on."""
    return (quad for quad in quads if quad.predicate not in {DM.text, DM.signature})


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise InputError(f"no format {name!r}", remedy=f"one of {', '.join(FORMATS)}")
    return FORMATS[name]


def _write(chosen: Format, what: object, out: IO[bytes]) -> None:
    writer = importlib.import_module(f"kg.export.{chosen.module}").write
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=False)
    try:
        writer(what, text)
        text.flush()
    finally:
        text.detach()  # the stream stays the caller's
