"""Official records: memoranda of conversation, travels, visits, tables of meetings.

Each reader yields the same article and record as the extraction from news, so that everything
after it (linking, claims, fusion, queries, pictures) is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Article, Failure, Record
from kg.official.detect import detect, is_other_xml

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["detect", "read_official"]

_Read = Callable[[Path], Iterator["tuple[Article, Record] | Failure"]]


def read_official(
    sources: Iterable[str],
    *,
    extractor: str = "auto",
    published: date | None = None,
    mapping: str | None = None,
) -> Iterator[Article | tuple[Article, Record] | Failure]:
    """Records of official files with their articles, plain articles of all others, and failures.

    `extractor` is `auto` (told from the content), `frus`, `travels`, `visits`, `table` or `news`;
    `mapping` names the YAML file that says what a table's columns hold (then CSV, TSV and JSON
    files are tables). Names and order are those of `kg.read`. Other XML that lies in a folder beside
    the records (schemas, tables of codes) is passed over; named itself, it is a failure.
    """
    from kg.read import Ids, read_found
    from kg.read.sources import find

    ids = Ids()
    readers = _Readers(mapping)
    named = list(sources)
    for found in find(named):
        if isinstance(found, InputError):
            yield Failure(found.where or "", str(found))
            continue
        kind = None if found.is_stdin or found.is_url else _kind(found.name, extractor, mapping)
        if isinstance(kind, Failure):
            yield kind
        elif kind is None and found.name not in named and _beside(found.name):
            continue
        elif kind is None or kind == "news":
            yield from read_found(found, ids, published=published)
        elif kind != "persons":
            yield from readers.of(kind)(Path(found.name))


def _kind(name: str, extractor: str, mapping: str | None) -> str | Failure | None:
    if extractor != "auto":
        return extractor
    if mapping is not None and name.lower().endswith((".csv", ".tsv", ".json", ".jsonl", ".ndjson")):
        return "table"
    try:
        return detect(Path(name)) if Path(name).is_file() else None
    except OSError:
        # the reader of articles says what is wrong with it
        return None


def _beside(name: str) -> bool:
    """Whether a file is XML of another kind."""
    try:
        return Path(name).is_file() and is_other_xml(Path(name))
    except OSError:
        return False


class _Readers:
    """The readers by kind, sharing the gazetteer and what has been seen."""

    def __init__(self, mapping: str | None) -> None:
        self._mapping = Path(mapping) if mapping else None
        self._seen: set[tuple[str, ...]] = set()
        self._gazetteer: Gazetteer | None = None

    def of(self, kind: str) -> _Read:
        """The reader of a kind; the gazetteer is opened with the first."""
        if self._gazetteer is None:
            from kg.gazetteer import Gazetteer

            self._gazetteer = Gazetteer.open()
        if kind == "frus":
            from kg.official.frus import read_frus

            return partial(read_frus, gazetteer=self._gazetteer)
        if kind == "table":
            from kg.official.table import read_table

            return partial(read_table, gazetteer=self._gazetteer, mapping=self._mapping)
        from kg.official.travels import read_travels, read_visits

        reader = read_travels if kind == "travels" else read_visits
        return partial(reader, gazetteer=self._gazetteer, seen=self._seen)
