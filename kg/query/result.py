"""What a query gives: rows, triples or a yes or no, as they come out of the engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kg.errors import QueryError
from kg.store.worker import CHUNK

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.worker import Worker

__all__ = ["Cell", "Result", "Row", "cell_of"]


class Cell(NamedTuple):
    """A term of a result: `kind` is `uri`, `literal`, `bnode` or `triple`; plain text has no datatype."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


Row = tuple[Cell | None, ...]
"""One value a column; None where the query left it unbound."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Result:
    """A query's result. Rows stream: iterate once, or close it early.

    `kind` is `rows`, `triples` or `boolean`. After the last row, `truncated` says whether the
    row limit cut more off. `warnings` are for people: misspelt terms, for example.
    """

    def __init__(
        self,
        head: dict[str, Any],
        worker: Worker | None,
        limit: int | None,
        release: Callable[[Worker], None],
    ) -> None:
        self.kind: str = head["kind"]
        self.columns: tuple[str, ...] = tuple(head.get("columns", ()))
        self.boolean: bool | None = head.get("value")
        self.warnings: tuple[str, ...] = ()
        self.truncated = False
        self._worker: Worker | None = worker
        self._limit = limit
        self._release = release
        self._started = False
        if self.kind == "boolean":
            self._finish()

    # --- rows

    def __iter__(self) -> Iterator[Row]:
        """The rows of a SELECT, in the engine's order. QueryError when it is stopped midway."""
        if self.kind == "boolean":
            yield (Cell("literal", "true" if self.boolean else "false", _BOOLEAN),)
            return
        if self.kind == "triples":
            for triple in self.triples():
                yield tuple(cell_of(each) for each in triple)
            return
        yield from self._rows()

    def _rows(self) -> Iterator[Row]:
        stream = self._stream("JSON")
        if stream.is_short():
            yield from self._short(stream)
            return
        import pyoxigraph as ox

        try:
            found = ox.parse_query_results(stream, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
            width = range(len(self.columns))
            for count, solution in enumerate(found):  # type: ignore[arg-type]
                if count == self._limit:
                    self.truncated = True
                    break
                yield tuple(cell_of(solution[each]) for each in width)
        except (OSError, SyntaxError, ValueError) as error:
            raise stream.failure or error from None
        finally:
            self.close()
        if stream.failure:
            raise stream.failure

    def _short(self, stream: _Stream) -> Iterator[Row]:
        """The rows of a result that has arrived as a whole: no library need be loaded for it."""
        rows = json.loads(stream.read())["results"]["bindings"]
        stream.read()
        for count, row in enumerate(rows):
            if count == self._limit:
                self.truncated = True
                break
            yield tuple(_from_json(row.get(name)) for name in self.columns)

    def strings(self) -> Iterator[tuple[str | None, ...]]:
        """The rows as plain strings: IRIs and lexical forms."""
        for row in self:
            yield tuple(cell.value if cell else None for cell in row)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, at most as many as the row limit."""
        import pyoxigraph as ox

        stream = self._stream("N_TRIPLES")
        try:
            for count, quad in enumerate(ox.parse(stream, format=ox.RdfFormat.N_TRIPLES)):  # type: ignore[arg-type]
                if count == self._limit:
                    self.truncated = True
                    break
                yield quad.triple
        except (OSError, SyntaxError, ValueError) as error:
            raise stream.failure or error from None
        finally:
            self.close()
        if stream.failure:
            raise stream.failure

    def chunks(self, name: str) -> Iterator[bytes]:
        """The result as the engine serialises it (`JSON`, `XML`, `CSV`, `TSV`, `N_TRIPLES`, `TURTLE`).

        The fastest way to pass a result on. It can't tell where a row limit cut, so with a limit
        there may be one row more than asked for.
        """
        stream = self._stream(name)
        try:
            while data := stream.read(1 << 16):
                yield data
        finally:
            self.close()

    def _stream(self, name: str) -> _Stream:
        if self._started or self._worker is None:
            raise QueryError("the result has been read already", remedy="run the query again")
        self._started = True
        self._worker.send({"format": name})
        return _Stream(self._worker, self._finish)

    # --- life

    def _finish(self) -> None:
        """The worker is at the end and free for the next query."""
        if self._worker is not None:
            worker, self._worker = self._worker, None
            self._release(worker)

    def close(self) -> None:
        """Stop the query, if it still runs; closing twice is harmless."""
        if self._worker is None:
            return
        if self._started or not self._worker.alive:
            self._worker.close()
        else:
            self._worker.send({"stop": True})
        self._finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_worker", None) is not None:
            self.close()


class _Stream:
    """The worker's frames as a file; `failure` is why it ended too early."""

    def __init__(self, worker: Worker, finish: Callable[[], None]) -> None:
        self._worker = worker
        self._finish = finish
        self._rest = memoryview(b"")
        self._done = False
        self.failure: QueryError | None = None

    def is_short(self) -> bool:
        """Did all of it come in the first frame?"""
        self._fill()
        return len(self._rest) < CHUNK

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""
        self._fill()
        size = len(self._rest) if size < 0 else size
        data, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return data

    def _fill(self) -> None:
        if self._rest or self._done:
            return
        try:
            self._rest = memoryview(self._worker.frame())
            if not self._rest:
                self._end()
        except QueryError as error:
            self.failure = error
            raise

    def _end(self) -> None:
        self._done = True
        end = json.loads(self._worker.frame())
        self._finish()
        if end:
            raise QueryError(f"the query broke off ({end['message']})", remedy="ask in another way")


_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def _from_json(term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    if term["type"] == "triple":
        parts = (_from_json(term["value"][each]) for each in ("subject", "predicate", "object"))
        return Cell("triple", " ".join(cell.value for cell in parts if cell))
    return Cell(term["type"], term["value"], term.get("datatype"), term.get("xml:lang"))


def cell_of(term: Any) -> Cell | None:
    """A term of the engine as a plain value."""
    if term is None:
        return None
    kind = type(term).__name__
    if kind == "NamedNode":
        return Cell("uri", term.value)
    if kind == "Literal":
        datatype = term.datatype.value
        if term.language:
            return Cell("literal", term.value, None, term.language)
        return Cell("literal", term.value, None if datatype == _STRING else datatype)
    if kind == "BlankNode":
        return Cell("bnode", term.value)
    return Cell("triple", str(term))
