"""Tables of meetings that somebody keeps: a ministry's calendar, a colleague's spreadsheet, a visitor log.

A small YAML file says which column holds what (see docs/tables.md); columns with the usual
names need none. Each row becomes an article of "column: value" lines with its record.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError
from kg.model import Article, Failure, Record
from kg.official.table_mapping import Mapping, guessed, load
from kg.official.table_row import row_record
from kg.read.decode import decode

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["read_table"]

Row = dict[str, str]
_SAMPLE: Final = 200_000


def read_table(
    path: Path, gazetteer: Gazetteer, mapping: Path | None = None
) -> Iterator[tuple[Article, Record] | Failure]:
    """The rows of a CSV, TSV, JSON or JSON-lines table, each as an article with its record.

    A row that is no meeting gives a failure that names its line; the rest is read.
    """
    try:
        chosen = load(mapping) if mapping else None
        for number, row in _rows(path):
            where = f"{path}:{number}"
            if isinstance(row, InputError):
                yield Failure(where, str(row))
                continue
            if chosen is None:
                chosen = guessed(list(row), str(path))
            yield _record(row, chosen, where, gazetteer)
    except InputError as error:
        yield Failure(error.where or str(path), str(error))
    except (OSError, csv.Error) as error:
        yield Failure(str(path), str(InputError(f"it can't be read ({error})", where=str(path))))


def _record(row: Row, mapping: Mapping, where: str, gazetteer: Gazetteer) -> tuple[Article, Record] | Failure:
    try:
        return row_record(row, mapping, where, gazetteer)
    except InputError as error:
        return Failure(where, str(error))


def _rows(path: Path) -> Iterator[tuple[int, Row | InputError]]:
    """(line or position, row) of a table; numbers count from 1 and include the header line."""
    ending = path.suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, _object(line, f"{path}:{number}")
        return
    if ending == ".json":
        yield from _listed(path)
        return
    with path.open("rb") as raw:
        sample = raw.read(_SAMPLE)
        decode(sample, str(path))
        encoding = _encoding(sample)
        raw.seek(0)
        with io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
            yield from _delimited(text, "\t" if ending == ".tsv" else None, str(path))


def _encoding(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimited(
    text: io.TextIOWrapper, delimiter: str | None, where: str
) -> Iterator[tuple[int, Row | InputError]]:
    header = text.readline()
    if delimiter is None:
        counts = {mark: header.count(mark) for mark in (",", ";", "\t", "|")}
        delimiter = max(counts, key=lambda mark: counts[mark])
    names = next(csv.reader([header], delimiter=delimiter), [])
    if not any(name.strip() for name in names):
        raise InputError(
            "the table has no header line", where=where, remedy="give it one with the names of its columns"
        )
    reader = csv.reader(text, delimiter=delimiter)
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = reader.line_num + 1
        if len(cells) > len(names):
            yield (
                line,
                InputError(
                    "the row has more cells than the header",
                    where=f"{where}:{line}",
                    remedy="quote its commas",
                ),
            )
            continue
        yield line, {name.strip(): cell.strip() for name, cell in zip(names, cells, strict=False)}


def _object(line: str, where: str) -> Row | InputError:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(f"the line is not JSON ({error})", where=where, remedy="correct it")
    return _flat(data, where)


def _listed(path: Path) -> Iterator[tuple[int, Row | InputError]]:
    try:
        data = json.loads(decode(path.read_bytes(), str(path)))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"this is not JSON ({error})", where=str(path), remedy="correct it") from error
    for number, entry in enumerate(data if isinstance(data, list) else [data], 1):
        yield number, _flat(entry, f"{path}:{number}")


def _flat(data: Any, where: str) -> Row | InputError:
    if not isinstance(data, dict):
        return InputError(
            "this is no row but another JSON value", where=where, remedy="give a list of objects"
        )
    row: Row = {}
    for name, value in data.items():
        if isinstance(value, list):
            row[str(name)] = "; ".join(str(v) for v in value)
        elif value is not None and not isinstance(value, dict):
            row[str(name)] = str(value)
    return row
