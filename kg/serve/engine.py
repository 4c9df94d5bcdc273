"""The store of a running server: the newest snapshot, queried by workers that can be killed."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from kg.errors import QueryError
from kg.query import Parameter, Result, run
from kg.query.run import Dataset
from kg.serve.settings import Settings
from kg.store.copy import MemoryCopy
from kg.store.embedded import FolderReader
from kg.store.isolate import can_cut_network
from kg.store.oxigraph import OxigraphStore

__all__ = ["Busy", "Engine", "Spool"]

T = TypeVar("T")

_PATIENCE = 20.0
"""Seconds that a query waits for its turn."""

_SPOOL = 1 << 20
"""Bytes of an answer that are held in memory; a longer one goes through a nameless file."""


class Busy(Exception):  # noqa: N818 (a state, not a fault)
    """More queries are waiting than can be answered soon."""


class Spool:
    """A whole answer, taken from the engine before its first byte is sent.

    So a slow client keeps no worker waiting, and a query that fails midway is an error, not a
    broken answer.
    """

    def __init__(self, chunks: Iterator[bytes], most: int) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 (closed by `chunks`)
        self.size = 0
        for chunk in chunks:
            self.size += len(chunk)
            if self.size > most:
                self._file.close()
                raise QueryError(
                    f"the answer is larger than {most:,} bytes", remedy="ask for less, or use LIMIT"
                )
            self._file.write(chunk)
        self._file.seek(0)

    @property
    def is_short(self) -> bool:
        """Is it all in memory?"""
        return self.size <= _SPOOL

    def chunks(self) -> Iterator[bytes]:
        """The answer; to be taken once."""
        with self._file:
            while data := self._file.read(1 << 16):
                yield data


class Engine:
    """Opens the store, follows its snapshots and lets a few queries run at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.offline = can_cut_network()
        """Do the workers run without network?"""
        self._turns = threading.BoundedSemaphore(settings.workers)
        self._lock = threading.Lock()
        self._using: dict[int, int] = {}
        self._store = self._open()

    def _open(self) -> OxigraphStore:
        reader = FolderReader(Path(self.settings.store))
        if self.settings.in_memory < 0 or reader.count() > self.settings.in_memory:
            return reader
        reader.close()
        return MemoryCopy(Path(self.settings.store))

    def refresh(self) -> bool:
        """Move on to the newest snapshot; True when there was a newer one."""
        probe = FolderReader(Path(self.settings.store))
        newest = probe.revision
        probe.close()
        if newest == self._store.revision:
            return False
        fresh = self._open()
        with self._lock:
            old, self._store = self._store, fresh
            idle = not self._using.get(id(old))
        if idle:
            old.close()
        return True

    @contextmanager
    def store(self) -> Iterator[OxigraphStore]:
        """The store as it is now, when it is this caller's turn; it stays open meanwhile."""
        if not self._turns.acquire(timeout=_PATIENCE):
            raise Busy
        try:
            with self._lock:
                store = self._store
                self._using[id(store)] = self._using.get(id(store), 0) + 1
            try:
                yield store
            finally:
                with self._lock:
                    self._using[id(store)] -= 1
                    last = store is not self._store and not self._using[id(store)]
                if last:
                    store.close()
        finally:
            self._turns.release()

    def answer(
        self,
        text: str,
        write: Callable[[Result], Iterator[bytes]],
        *,
        timeout: float | None = None,
        dataset: Dataset = ((), ()),
    ) -> Spool:
        """The result of a query, serialised by `write`; QueryError as from `kg.query.run`."""
        seconds = min(timeout or self.settings.timeout, self.settings.timeout)
        with self.store() as store, run(store, text, timeout=seconds, dataset=dataset) as result:
            return Spool(write(result), self.settings.max_answer)

    def rows(self, text: str, limit: int = 500, **params: Parameter) -> list[tuple[str | None, ...]]:
        """The rows of one of the pages' own queries, as plain strings."""
        with (
            self.store() as store,
            run(store, text, params=params, limit=limit, timeout=self.settings.timeout) as result,
        ):
            return list(result.strings())

    def ask(self, use: Callable[[Result], T], text: str, params: Mapping[str, Parameter], limit: int) -> T:
        """What `use` makes of a result, at most `limit` rows of it."""
        with (
            self.store() as store,
            run(store, text, params=params, limit=limit, timeout=self.settings.timeout) as result,
        ):
            return use(result)

    def close(self) -> None:
        """End the workers."""
        self._store.close()
