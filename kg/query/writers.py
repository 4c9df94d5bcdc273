"""Results as text: a table for people, CSV, TSV, JSON, XML for programs, Turtle and N-Triples for triples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from kg.errors import QueryError
from kg.query.guard import QUERY_PREFIXES
from kg.query.result import Cell, Result
from kg.vocab.terms import DATA

__all__ = ["FORMATS", "write"]

Writer = Callable[[Result, BinaryIO], int]
"""Writes a result and gives the number of its rows or triples."""


def write(result: Result, name: str, out: BinaryIO) -> int:
    """Write a result in the format `name` (see `FORMATS`) and return how many rows it had.

    An ASK counts as one row when it is true. Raises QueryError for a format that there is not
    or that doesn't suit the result, and when the query is stopped midway.
    """
    if name not in FORMATS:
        raise QueryError(f"no format is called {name!r}", remedy=f"there are {', '.join(FORMATS)}")
    writer, kinds = FORMATS[name]
    if result.kind not in kinds:
        wanted = ", ".join(each for each, (_, kinds) in FORMATS.items() if result.kind in kinds)
        raise QueryError(f"{name} can't hold this result", remedy=f"use one of {wanted}")
    count = writer(result, out)
    return int(bool(result.boolean)) if result.kind == "boolean" else count


# --- for people ---------------------------------------------------------------------------

_SAMPLE = 1000
"""Rows that are looked at to find the columns' widths; longer results stream on with those."""

_WIDEST = 60


def _table(result: Result, out: BinaryIO) -> int:
    columns = (
        ("answer",) if result.kind == "boolean" else result.columns or ("subject", "predicate", "object")
    )
    rows = ([_short(cell) for cell in row] for row in result)
    sample = list(islice(rows, _SAMPLE))
    widths = _widths([list(columns), *sample])
    count = 0
    for line in (list(columns), ["─" * width for width in widths], *sample):
        _table_line(line, widths, out)
    count = len(sample)
    for row in rows:
        _table_line(row, widths, out)
        count += 1
    return count


def _table_line(values: list[str], widths: list[int], out: BinaryIO) -> None:
    cells = [_fit(value, width) for value, width in zip(values, widths, strict=True)]
    out.write(("  ".join(cells).rstrip() + "\n").encode())


def _widths(rows: list[list[str]]) -> list[int]:
    """Widths that show everything where the terminal allows it, else the long columns cut."""
    wanted = [max(min(_breadth(value), _WIDEST) for value in column) for column in zip(*rows, strict=True)]
    room = int(os.environ.get("COLUMNS", "0") or 0) or _terminal()
    while room and sum(wanted) + 2 * len(wanted) > room and max(wanted) > 12:
        wanted[wanted.index(max(wanted))] -= 1
    return wanted


def _terminal() -> int:
    """Columns of the terminal; 0 (no limit) when the output is none."""
    try:
        return os.get_terminal_size(1).columns
    except OSError:
        return 0


def _breadth(text: str) -> int:
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _fit(text: str, width: int) -> str:
    while _breadth(text) > width:
        cut = text[:-2] if text.endswith("…") else text[:-1]
        text = (cut[: width + 1] if len(cut) > width + 1 else cut) + "…"
    return text + " " * (width - _breadth(text))


def _short(cell: Cell | None) -> str:
    """A term as people read it: IRIs by prefix or without the data namespace, one line, no control codes."""
    if cell is None:
        return ""
    if cell.kind != "uri":
        return "".join(char if char.isprintable() else " " for char in cell.value)
    if cell.value.startswith(DATA):
        return cell.value[len(DATA) :]
    for prefix, namespace in QUERY_PREFIXES.items():
        if cell.value.startswith(namespace):
            return f"{prefix}:{cell.value[len(namespace) :]}"
    return cell.value


# --- for programs -------------------------------------------------------------------------


def _csv(result: Result, out: BinaryIO) -> int:
    return _lines(result, out, _Dialect(",", "\r\n", _csv_cell, ""))


def _tsv(result: Result, out: BinaryIO) -> int:
    return _lines(result, out, _Dialect("\t", "\n", _term, "?"))


class _Dialect(NamedTuple):
    between: str
    end: str
    cell: Callable[[Cell | None], str]
    mark: str
    """Stands before each variable's name."""


def _lines(result: Result, out: BinaryIO, dialect: _Dialect) -> int:
    between, end, cell, mark = dialect
    if result.kind == "boolean":
        out.write(f"{'true' if result.boolean else 'false'}{end}".encode())
        return 1
    columns = result.columns or ("subject", "predicate", "object")
    out.write((between.join(f"{mark}{each}" for each in columns) + end).encode())
    count = 0
    for batch in _batches(between.join(map(cell, row)) + end for row in result):
        out.write("".join(batch).encode())
        count += len(batch)
    return count


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(lines)
    while batch := list(islice(rest, 1000)):
        yield batch


def _csv_cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    text = f"_:{cell.value}" if cell.kind == "bnode" else cell.value
    if any(char in text for char in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _term(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind == "uri":
        return f"<{cell.value}>"
    if cell.kind == "bnode":
        return f"_:{cell.value}"
    if cell.kind == "triple":
        return cell.value
    text = f'"{cell.value.translate(_ESCAPES)}"'
    if cell.language:
        return f"{text}@{cell.language}"
    return f"{text}^^<{cell.datatype}>" if cell.datatype else text


def _json(result: Result, out: BinaryIO) -> int:
    import json

    if result.kind == "boolean":
        out.write(json.dumps({"head": {}, "boolean": result.boolean}).encode() + b"\n")
        return 1
    out.write(b'{"head":{"vars":' + json.dumps(result.columns).encode() + b'},"results":{"bindings":[')
    count = 0
    for row in result:
        found = {
            name: _json_cell(cell) for name, cell in zip(result.columns, row, strict=True) if cell is not None
        }
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        out.write((",\n" if count else "\n").encode() + text.encode("utf-8", "surrogatepass"))
        count += 1
    out.write(b"\n]}}\n")
    return count


def _json_cell(cell: Cell) -> dict[str, str]:
    found = {"type": cell.kind, "value": cell.value}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype:
        found["datatype"] = cell.datatype
    return found


def _xml(result: Result, out: BinaryIO) -> int:
    from xml.sax.saxutils import escape, quoteattr

    out.write(b'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>')
    out.writelines(f"<variable name={quoteattr(name)}/>".encode() for name in result.columns)
    out.write(b"</head>\n")
    if result.kind == "boolean":
        out.write(f"<boolean>{'true' if result.boolean else 'false'}</boolean>\n</sparql>\n".encode())
        return 1
    out.write(b"<results>\n")
    count = 0
    for row in result:
        parts = []
        for name, cell in zip(result.columns, row, strict=True):
            if cell is None:
                continue
            extra = f" xml:lang={quoteattr(cell.language)}" if cell.language else ""
            extra = extra or (f" datatype={quoteattr(cell.datatype)}" if cell.datatype else "")
            value = f"<{cell.kind}{extra}>{escape(cell.value, _XML_EXTRA)}</{cell.kind}>"
            parts.append(f"<binding name={quoteattr(name)}>{value}</binding>")
        out.write(f"<result>{''.join(parts)}</result>\n".encode())
        count += 1
    out.write(b"</results>\n</sparql>\n")
    return count


_XML_EXTRA = {chr(code): "\ufffd" for code in range(32) if chr(code) not in "\t\n\r"} | {"\r": "&#13;"}
"""Characters that XML can't carry, and the one that it would change."""


def _ntriples(result: Result, out: BinaryIO) -> int:
    return _graph(result, out, "N_TRIPLES")


def _turtle(result: Result, out: BinaryIO) -> int:
    return _graph(result, out, "TURTLE")


def _graph(result: Result, out: BinaryIO, name: str) -> int:
    """The triples, each once, in the order of their N-Triples lines: the same answer, the same bytes."""
    import pyoxigraph as ox

    triples = sorted(set(result.triples()), key=str)
    form = getattr(ox.RdfFormat, name)
    prefixes = dict(QUERY_PREFIXES) if name == "TURTLE" else None
    out.write(ox.serialize(triples, format=form, prefixes=prefixes) or b"")
    return len(triples)


_ROWS = ("rows", "boolean")

FORMATS: dict[str, tuple[Writer, tuple[str, ...]]] = {
    "table": (_table, ("rows", "boolean", "triples")),
    "csv": (_csv, ("rows", "boolean", "triples")),
    "tsv": (_tsv, ("rows", "boolean", "triples")),
    "json": (_json, _ROWS),
    "xml": (_xml, _ROWS),
    "turtle": (_turtle, ("triples",)),
    "ntriples": (_ntriples, ("triples",)),
}
"""Format → its writer, and the kinds of results that it can hold."""
