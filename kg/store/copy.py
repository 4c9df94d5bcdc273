"""A folder's newest snapshot, copied into memory: queries run several times faster there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.store.embedded import FolderReader
from kg.store.oxigraph import OxigraphStore
from kg.vocab.rdf import Quad

__all__ = ["MemoryCopy"]


class MemoryCopy(OxigraphStore):
    """Read-only. Takes about 12 s a million quads to make; workers share its memory."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        reader = FolderReader(path)
        try:
            self._revision = reader.revision
            self._db = ox.Store()
            # by way of text, because a million Python objects take longer
            text = reader.db.dump(format=ox.RdfFormat.N_QUADS)
            self._db.bulk_load(text, ox.RdfFormat.N_QUADS, lenient=True)
        finally:
            reader.close()

    @property
    def revision(self) -> str:
        """Name of the snapshot that was copied."""
        return self._revision

    @property
    def db(self) -> ox.Store:
        """The engine's handle."""
        return self._db

    def opener(self) -> Callable[[], ox.Store]:
        """A forked child shares the memory."""
        return lambda: self._db

    def bulk_add(self, quads: Iterable[Quad]) -> None:  # noqa: ARG002
        """Always refused."""
        self._must_write()
