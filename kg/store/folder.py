"""The folder of an embedded store: what lies where, who may write, what readers see.

```
dipmeet-store.json   what this folder is, and its format version
live/                the database of the one writer
read/000007/         a finished snapshot (hard links into live/), never changed; readers open it
read/current         the name of the newest snapshot
writer.lock          held by the writer, with its process id
dirty                there while live/ may be ahead of the newest snapshot
bulk                 there while a bulk load runs: when it is cut off, the snapshot counts
```

A reader takes a shared lock on the snapshot folder that it reads, so that the writer
throws away only snapshots that nobody reads: neither ever waits for the other.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError

__all__ = ["FORMAT", "Folder", "ReadLock", "WriteLock"]

FORMAT = 1
"""Version of the folder's layout; raised together with an entry in `MIGRATIONS`."""

MIGRATIONS: dict[int, Callable[[Path], None]] = {}
"""From a format version to the function that turns such a folder into the next one."""

PATIENCE = 0.5
"""Seconds that a writer waits for the lock: a reader holds it when it tidies up after a kill."""

KEEP_OLD = 120.0
"""Seconds for which an old snapshot is kept."""

MARKER = "dipmeet-store.json"


class ReadLock:
    """A snapshot that stays as long as this is open."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    def close(self) -> None:
        """Give the snapshot up; closing twice is harmless."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class WriteLock:
    """The right to write, taken from the operating system: it ends with the process at the latest."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> WriteLock:
        """The lock of the file `path`, or a StoreError that says who holds it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            os.close(handle)
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                raise
            raise StoreError(
                f"another program is writing to this store: {holder}",
                where=str(path.parent),
                remedy="wait until it has finished (reading works meanwhile)",
            ) from None
        with suppress(OSError):  # a full disk must not keep the writer from cleaning up
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"process {os.getpid()} on {os.uname().nodename}\n".encode(), 0)
        return cls(path, handle)

    def close(self) -> None:
        """Let others write; closing twice is harmless."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class Folder:
    """The layout of one store folder. `open` checks that it is one; `create` makes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.live = path / "live"
        self.read = path / "read"
        self.dirty = path / "dirty"
        self.bulk = path / "bulk"

    @classmethod
    def create(cls, path: Path) -> Folder:
        """A new, empty layout at `path`, which must be missing or an empty folder."""
        folder = cls(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            folder.read.mkdir(exist_ok=True)
            _write_atomically(path / MARKER, json.dumps({"store": "dipmeet", "format": FORMAT}) + "\n")
        except OSError as error:
            raise unusable(path, error) from error
        return folder

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Folder:
        """The store folder at `path`; StoreError when it is missing, something else or too new."""
        if create and (is_vacant(path) or _is_half_made(path)):
            return cls.create(path)
        check_marker(path)
        return cls(path)

    def lock(self, *, patience: float = PATIENCE) -> WriteLock:
        """The right to write to this folder; `patience` in seconds covers a reader that tidies up."""
        until = time.monotonic() + patience
        while True:
            try:
                return WriteLock.take(self.path / "writer.lock")
            except OSError as error:
                raise unusable(self.path, error) from error
            except StoreError:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.05)

    def mark_dirty(self) -> None:
        """From now on live/ may be ahead of the newest snapshot."""
        self.dirty.touch()

    def is_dirty(self) -> bool:
        """Was the last writer cut off, or is one at work?"""
        return self.dirty.exists() or not (self.read / "current").exists()

    def mark_clean(self) -> None:
        """The newest snapshot has everything that live/ has."""
        self.dirty.unlink(missing_ok=True)

    def in_bulk(self) -> bool:
        """Was a bulk load cut off, so that live/ holds part of it?"""
        return self.bulk.exists()

    def begin_bulk(self) -> None:
        """From now on only the newest snapshot counts."""
        self.bulk.touch()

    def end_bulk(self) -> None:
        """The bulk load is over: live/ counts again."""
        self.bulk.unlink(missing_ok=True)

    def has_snapshot(self) -> bool:
        """Is there a snapshot at all?"""
        return bool(self._names())

    def live_from_snapshot(self, snapshot: Path) -> None:
        """Make live/ out of a snapshot; OSError when that fails."""
        making = self.path / ".live-making"
        remove_folder(making)
        link_database(snapshot, making)
        making.rename(self.live)

    def put_live_aside(self) -> Path:
        """Rename live/, for whoever wants to look into it; the new place."""
        aside = self.path / f"live.damaged-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}"
        self.live.rename(aside)
        return aside

    def publish(self, backup: Callable[[str], None]) -> Path:
        """Let `backup` write a snapshot, make it the one that readers open, and drop old ones."""
        name = f"{self._newest() + 1:06d}"
        making = self.read / f".making-{os.getpid()}"
        remove_folder(making)
        backup(str(making))
        final = self.read / name
        making.rename(final)
        _write_atomically(self.read / "current", name)
        self._sweep(keep=name)
        return final

    def snapshots(self) -> Iterator[ReadLock]:
        """The snapshots, newest first, each locked for reading until it is closed."""
        name = self._current()
        others = [each for each in self._names(newest_first=True) if each != name]
        for each in [name, *others] if name else others:
            lock = _lock_shared(self.read / each)
            if lock is not None:
                yield lock

    def snapshot(self) -> ReadLock | None:
        """The newest snapshot, locked for reading; None when there is none yet."""
        for _ in range(100):  # a writer may publish between our look and our lock: look again
            lock = next(self.snapshots(), None)
            if lock is not None:
                return lock
            if not self._names():
                break
        return None

    def _current(self) -> str | None:
        try:
            return (self.read / "current").read_text("ascii").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def _names(self, *, newest_first: bool = False) -> list[str]:
        try:
            names = [each.name for each in self.read.iterdir() if each.name.isdecimal()]
        except OSError:
            return []
        return sorted(names, reverse=newest_first)

    def _newest(self) -> int:
        return max((int(each) for each in self._names()), default=0)

    def _sweep(self, keep: str) -> None:
        """Delete snapshots that nobody reads, and what killed writers left half-made.

        The oldest is kept for a while: whoever copies the folder meanwhile gets it whole.
        """
        for path in list(self.read.iterdir()):
            if path.name.startswith((".making-", ".old-")):
                remove_folder(path)
        old = sorted(path for path in self.read.iterdir() if path.name.isdecimal() and path.name != keep)
        if old and time.time() - old[0].stat().st_ctime < KEEP_OLD:
            old = old[1:]
        for path in old:
            _delete_unread(path)


def remove_folder(path: Path) -> None:
    """Delete a folder with all that is in it, as far as it goes."""
    import shutil

    shutil.rmtree(path, ignore_errors=True)


def link_database(source: Path, target: Path, *, link: bool = True) -> None:
    """Copy a closed database: its immutable table files by hard link where possible, or all by copy."""
    import shutil

    target.mkdir(parents=True)
    for file in source.iterdir():
        if not file.is_file():
            continue
        if link and file.suffix == ".sst":
            try:
                os.link(file, target / file.name)
            except OSError:  # another file system, or one without links
                shutil.copy2(file, target / file.name)
        else:
            shutil.copy2(file, target / file.name)


def is_vacant(path: Path) -> bool:
    """Is there nothing at `path`, or an empty folder?"""
    try:
        return not path.exists() or (path.is_dir() and not any(path.iterdir()))
    except OSError as error:
        raise unusable(path, error) from error


def _is_half_made(path: Path) -> bool:
    """Was a process killed in `Folder.create`? Then nothing but the empty beginnings of a store is there."""
    try:
        names = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
        started = {name for name in names if name.startswith(f".{MARKER}-")}
        return "read" in names and names == {"read", *started} and not any((path / "read").iterdir())
    except OSError as error:
        raise unusable(path, error) from error


def check_marker(path: Path) -> None:
    """StoreError unless `path` is a store folder of this format (older ones are brought up to it)."""
    where = str(path)
    if not path.exists():
        raise StoreError("there is no store here", where=where, remedy="make one with `kg ingest`")
    if not path.is_dir():
        raise StoreError("this is a file, not a store folder", where=where, remedy="name another place")
    try:
        found = json.loads((path / MARKER).read_text("utf-8"))
        version = found["format"] if found["store"] == "dipmeet" else None
    except FileNotFoundError:
        version = None
    except OSError as error:
        raise unusable(path, error) from error
    except (ValueError, KeyError, TypeError):
        version = None
    if not isinstance(version, int):
        raise StoreError(
            "this folder is something else, not a dipmeet store",
            where=where,
            remedy="name another folder with --store (nothing was changed here)",
        )
    if version > FORMAT:
        raise StoreError(
            f"the store has format {version}, this program knows formats up to {FORMAT}",
            where=where,
            remedy="update dipmeet",
        )
    _migrate(path, version)


def _migrate(path: Path, version: int) -> None:
    if version == FORMAT:
        return
    lock = WriteLock.take(path / "writer.lock")
    try:
        for step in range(version, FORMAT):
            if step not in MIGRATIONS:
                raise StoreError(
                    f"the store has format {step}, which can't be brought up to {FORMAT}",
                    where=str(path),
                    remedy="ingest the articles again into a new folder",
                )
            MIGRATIONS[step](path)
            _write_atomically(path / MARKER, json.dumps({"store": "dipmeet", "format": step + 1}) + "\n")
    finally:
        lock.close()


def unusable(path: Path, error: OSError | RuntimeError) -> StoreError:
    """The refusal of the operating system or the engine as a StoreError with a remedy."""
    where = str(path)
    text = str(error)
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC or "No space left" in text:
        return StoreError(
            "the disk is full", where=where, remedy="free some space and run again; whole articles are kept"
        )
    if number in {errno.EACCES, errno.EPERM, errno.EROFS} or "ermission denied" in text:
        return StoreError(
            "no permission to use this folder", where=where, remedy="check its owner and rights"
        )
    if "ile too large" in text or number == errno.EFBIG:
        return StoreError(
            "a file would grow larger than allowed", where=where, remedy="raise the file size limit"
        )
    if "Too many open files" in text or number == errno.EMFILE:
        return StoreError("too many files are open", where=where, remedy="raise the limit with `ulimit -n`")
    if "Corruption" in text or "No such file" in text:
        return StoreError(
            f"the store is damaged ({text})",
            where=where,
            remedy="restore a backup with `kg restore`, or ingest the articles again into a new folder",
        )
    return StoreError(f"the store can't be used ({text})", where=where, remedy="check the disk")


def _write_atomically(path: Path, text: str) -> None:
    making = path.with_name(f".{path.name}-{os.getpid()}")
    with making.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    making.replace(path)


def _lock_shared(path: Path) -> ReadLock | None:
    """A shared lock on a snapshot folder; None when it is gone or going."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if (path / "CURRENT").exists():  # RocksDB's own file of that name: the snapshot is all there
            return ReadLock(path, handle)
    except OSError:
        pass
    os.close(handle)
    return None


def _delete_unread(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        away = path.with_name(f".old-{path.name}")
        path.rename(away)
        remove_folder(away)
    except OSError:
        return  # somebody reads it: the next publication tries again
    finally:
        os.close(handle)
