"""Stores inside this process: a folder on disk, or memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.folder import Folder, ReadLock, WriteLock, remove_folder, unusable
from kg.store.oxigraph import OxigraphStore
from kg.store.terms import ENGINE_ERRORS, to_ox
from kg.vocab.rdf import Quad

if TYPE_CHECKING:
    import pyoxigraph as ox
else:
    from kg.store.lazy import ox

__all__ = ["FolderReader", "FolderWriter", "MemoryStore"]

PUBLISH_EVERY = 2.0
"""Seconds after which a change is shown to readers at the next commit."""


class MemoryStore(OxigraphStore):
    """A store that lives and dies with this process; for tests, and for heavy queries."""

    writable = True

    def __init__(self) -> None:
        super().__init__(":memory:")
        self._db = ox.Store()
        self._changes = 0

    @property
    def revision(self) -> int:
        """Number of changes so far."""
        return self._changes

    def changed(self) -> None:
        """Count the change."""
        self._changes += 1

    @property
    def db(self) -> ox.Store:
        """The engine's handle."""
        return self._db

    def opener(self) -> Callable[[], ox.Store]:
        """A forked child shares the memory as it is now."""
        return lambda: self._db

    def bulk_add(self, quads: Iterable[Quad]) -> None:
        """Add very many quads fast."""
        self._db.bulk_extend(to_ox(quad) for quad in quads)
        self.changed()


class FolderReader(OxigraphStore):
    """The newest finished snapshot of a store folder. `refresh` moves on to a newer one."""

    writable = False

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.folder = Folder.open(path)
        self._lock: ReadLock | None = None
        self._db: ox.Store | None = None
        if self.folder.is_dirty():  # a writer is at work, was killed, or this is a copy made meanwhile
            _finish_what_was_cut_off(self.folder)
            self._lock = usable_snapshot(self.folder)
        else:
            self._lock = self.folder.snapshot()

    @property
    def db(self) -> ox.Store:
        """A read-only handle on the snapshot, opened when first needed."""
        if self._db is None:
            self._db = self.opener()()
        return self._db

    @property
    def revision(self) -> str:
        """Name of the snapshot that this reader sees; another one after `refresh`."""
        return self._lock.path.name if self._lock else ""

    @property
    def snapshot_path(self) -> Path | None:
        """The folder of the snapshot; None when nothing has been published yet."""
        return self._lock.path if self._lock else None

    def opener(self) -> Callable[[], ox.Store]:
        """Opens the snapshot anew: a handle must not be carried over a fork."""
        path = self.snapshot_path
        return lambda: _open_snapshot(path)

    def refresh(self) -> bool:
        """Look at the newest snapshot from now on; True when it is another than before."""
        lock = self.folder.snapshot()
        if lock is None or lock.path.name == self.revision:
            if lock:
                lock.close()
            return False
        self.close()
        self._lock = lock
        return True

    def bulk_add(self, quads: Iterable[Quad]) -> None:  # noqa: ARG002
        """Always refused."""
        self._must_write()

    def failure(self, error: OSError | RuntimeError) -> StoreError:
        """The system's refusal, told to people."""
        return unusable(self.folder.path, error)

    def close(self) -> None:
        """Give the snapshot up."""
        super().close()
        self._db = None
        if self._lock:
            self._lock.close()


class FolderWriter(OxigraphStore):
    """The one writer of a store folder. What it commits survives a kill; readers see it in seconds."""

    writable = True

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.folder = Folder.open(path, create=True)
        self._write_lock: WriteLock | None = self.folder.lock()
        self._read_lock: ReadLock | None = None
        self._unpublished = False
        self._changes = 0
        self._published_at = time.monotonic()
        try:
            cut_off = self.folder.is_dirty()
            self._db: ox.Store | None = open_live(self.folder)
            if cut_off:
                self.publish()
        except BaseException:
            self._write_lock.close()
            raise

    @property
    def db(self) -> ox.Store:
        """The live handle."""
        if self._db is None:
            raise StoreError("the store is closed", where=self.where)
        return self._db

    def opener(self) -> Callable[[], ox.Store]:
        """Publishes first, then opens the snapshot: a child never touches the live database."""
        if self._unpublished:
            self.publish()
        if self._read_lock:
            self._read_lock.close()
        self._read_lock = self.folder.snapshot()
        path = self._read_lock.path if self._read_lock else None
        return lambda: _open_snapshot(path)

    def publish(self) -> None:
        """Show readers everything that is committed (10 to 20 ms)."""
        try:
            self.db.flush()
            self.folder.publish(self.db.backup)
        except ENGINE_ERRORS as error:
            raise self.failure(error) from error
        self._unpublished = False
        self._published_at = time.monotonic()

    @property
    def revision(self) -> int:
        """Number of changes so far."""
        return self._changes

    def changed(self) -> None:
        """Publish now and then, so that readers of a long ingest see it grow."""
        self._changes += 1
        self._unpublished = True
        if time.monotonic() - self._published_at >= PUBLISH_EVERY:
            self.publish()

    def bulk_add(self, quads: Iterable[Quad]) -> None:
        """Add very many quads: when it is cut off, the store goes back to what it was before."""
        if self._unpublished or not self.folder.has_snapshot():
            self.publish()
        self.folder.begin_bulk()
        try:
            self.db.bulk_extend(to_ox(quad) for quad in quads)
        except OSError as error:
            self._roll_back()
            raise self.failure(error) from error
        except BaseException:  # the source of the quads failed
            self._roll_back()
            raise
        self._changes += 1
        self.publish()
        self.folder.end_bulk()

    def _roll_back(self) -> None:
        self._db = None
        self._db = open_live(self.folder)

    def failure(self, error: OSError | RuntimeError) -> StoreError:
        """The system's refusal, told to people."""
        return unusable(self.folder.path, error)

    def close(self) -> None:
        """Publish, and let others write."""
        super().close()
        if self._write_lock is None:
            return
        try:
            if self._db is not None:
                if self._unpublished:
                    self.publish()
                self.folder.mark_clean()
        finally:
            self._db = None
            if self._read_lock:
                self._read_lock.close()
            self._write_lock.close()
            self._write_lock = None


def _open_snapshot(path: Path | None) -> ox.Store:
    if path is None:
        return ox.Store()  # nothing has been published yet: an empty store
    try:
        return ox.Store.read_only(str(path))
    except ENGINE_ERRORS as error:
        raise unusable(path, error) from error


def usable_snapshot(folder: Folder) -> ReadLock | None:
    """The newest snapshot that opens, locked: in a copy of a folder the newest may be torn."""
    for lock in folder.snapshots():
        try:
            _open_snapshot(lock.path)
        except StoreError:
            lock.close()
        else:
            return lock
    return folder.snapshot()


def open_live(folder: Folder) -> ox.Store:
    """The live database, opened under the write lock.

    A bulk load that was cut off is undone. A database that can't be opened is put aside
    and the newest snapshot takes its place, with a warning.
    """
    try:
        if folder.in_bulk():
            remove_folder(folder.live)
        if not folder.live.exists():
            _live_from_snapshot(folder)
        folder.mark_dirty()
        folder.end_bulk()
    except OSError as error:
        raise unusable(folder.path, error) from error
    try:
        return ox.Store(str(folder.live))
    except ENGINE_ERRORS as error:
        told = unusable(folder.path, error)
        if not folder.has_snapshot() or "damaged" not in told.what:
            raise told from error
    import logging

    aside = folder.put_live_aside()
    logging.getLogger(__name__).warning(
        "%s: the database was damaged and is put aside as %s; the newest whole snapshot is used instead. "
        "Ingest the newest articles again: what is still there is skipped.",
        folder.path,
        aside.name,
    )
    try:
        _live_from_snapshot(folder)
        return ox.Store(str(folder.live))
    except ENGINE_ERRORS as error:
        raise unusable(folder.path, error) from error


def _live_from_snapshot(folder: Folder) -> None:
    """Put the newest usable snapshot in the place of live/, where there is a snapshot."""
    lock = usable_snapshot(folder)
    if lock is not None:
        try:
            folder.live_from_snapshot(lock.path)
        finally:
            lock.close()


def _finish_what_was_cut_off(folder: Folder) -> None:
    """When the last writer was killed, publish what it had committed. Never waits for a living one."""
    if not folder.is_dirty():
        return
    try:
        lock = folder.lock(patience=0)
    except StoreError:
        return  # a writer is at work, or we may not write here: a snapshot will do
    try:
        db = open_live(folder)
        folder.publish(db.backup)
        folder.mark_clean()
    except (StoreError, *ENGINE_ERRORS):
        return  # no room, no right to, or no hope: the next writer will tell; a snapshot is whole
    finally:
        lock.close()
