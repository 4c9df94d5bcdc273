"""The same guarded queries on a SPARQL endpoint: what the server answers, as a `Result`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.query.guard import QUERY_PREFIXES, Checked
from kg.query.params import Ready
from kg.query.result import Cell, Result, Row, cell_of
from kg.query.tokens import Kind, line_and_column
from kg.store.http import Body, Refused
from kg.store.remote import boolean_form, truth
from kg.vocab.terms import XSD

if TYPE_CHECKING:
    from kg.store.remote import RemoteStore

__all__ = ["RemoteResult", "run_remote"]

T = TypeVar("T")

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class RemoteResult(Result):
    """A result that a server sends."""

    def __init__(self, body: Body, form: str, limit: int | None, timeout: float) -> None:
        stream = _Timed(body, timeout)
        self._body = stream
        self._found: ox.QuerySolutions | ox.QueryBoolean | None = None
        if form in {"SELECT", "ASK"}:
            self._found = _told(lambda: ox.parse_query_results(stream, format=ox.QueryResultsFormat.JSON))  # type: ignore[arg-type]
        if form == "ASK":
            head = {"kind": "boolean", "value": truth(self._found)}
        elif isinstance(self._found, ox.QuerySolutions):
            head = {"kind": "rows", "columns": [each.value for each in self._found.variables]}
        else:
            head = {"kind": "triples"}
        super().__init__(head, None, limit, lambda _: None)

    def _rows(self) -> Iterator[Row]:
        self._once()
        width = range(len(self.columns))
        rows = iter(self._found)  # type: ignore[arg-type]
        count = 0
        while (solution := _told(lambda: next(rows, None))) is not None:
            if count == self._limit:
                self.truncated = True
                break
            count += 1
            yield tuple(_cell(solution[each]) for each in width)
        self.close()

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, at most as many as the row limit."""
        self._once()
        quads = _told(lambda: ox.parse(self._body, format=ox.RdfFormat.N_TRIPLES))  # type: ignore[arg-type]
        count = 0
        while (quad := _told(lambda: next(quads, None))) is not None:
            if count == self._limit:
                self.truncated = True
                break
            count += 1
            yield quad.triple
        self.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The result serialised anew, in one piece."""
        self._once()
        if self.kind == "triples":
            form = getattr(ox.RdfFormat, name)
            quads = ox.parse(self._body, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
            yield ox.serialize((quad.triple for quad in quads), format=form) or b""
        elif self._found is not None:
            yield self._found.serialize(format=getattr(ox.QueryResultsFormat, name)) or b""
        self.close()

    def _once(self) -> None:
        if self._started:
            raise QueryError("the result has been read already", remedy="run the query again")
        self._started = True

    def close(self) -> None:
        """Drop what the server still sends; closing twice is harmless."""
        self._body.close()


def _cell(term: object) -> Cell | None:
    cell = cell_of(term)
    if cell is not None and cell.datatype == XSD.boolean:
        return cell._replace(value=boolean_form(cell.value))
    return cell


class _Timed:
    """An answer that may keep us waiting only so long altogether."""

    def __init__(self, body: Body, timeout: float) -> None:
        self._body = body
        self._left = self._timeout = timeout

    def read(self, size: int = -1) -> bytes:
        began = time.monotonic()
        data = self._body.read(size)
        self._left -= time.monotonic() - began
        if self._left < 0:
            raise OSError(f"the server took longer than {self._timeout:g} s")
        return data

    def close(self) -> None:
        self._body.close()


def run_remote(
    store: RemoteStore, query: Checked, ready: Ready, *, timeout: float, limit: int | None
) -> RemoteResult:
    """The result of a checked and prepared query; QueryError when the server refuses it."""
    for iri, place in query.graphs:
        if next(store.find(graph=iri), None) is None:
            raise QueryError(
                f"FROM <{iri}> is no graph of this store, and nothing is fetched",
                where=line_and_column(query.text, place),
                remedy="leave FROM out: all graphs of the store are asked",
            )
    used = {token.text.partition(":")[0] for token in query.tokens if token.kind is Kind.PNAME}
    prefixes = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in QUERY_PREFIXES.items() if name in used)
    accept = _ROWS if query.form in {"SELECT", "ASK"} else _TRIPLES
    try:
        text = f"{prefixes} {ready.text}"
        body = store.ask(text, accept, timeout, union=not query.graphs)
    except Refused as error:
        raise QueryError(f"the server refuses the query: {error.what}", where=store.where) from error
    return RemoteResult(body, query.form, limit, timeout)


def _told(step: Callable[[], T]) -> T:
    """What a step of reading gives; QueryError when the server's answer breaks off or is none."""
    try:
        return step()
    except (OSError, SyntaxError, StoreError) as error:
        raise QueryError(f"the server's answer can't be read ({error})") from error
