"""Copies of a store folder that stand on their own, made while others read and write."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import StoreError
from kg.store.folder import Folder, is_vacant, link_database, remove_folder, unusable

__all__ = ["backup", "restore"]


def backup(store: Path, target: Path) -> Path:
    """Copy the newest finished snapshot of a store folder into a new one and return its path.

    The copy is a store itself: it can be queried, and `restore` puts it back. It appears whole
    or not at all. Raises StoreError when `target` is taken or there is no room.
    """
    from kg.store.embedded import FolderReader

    if not is_vacant(target):
        raise StoreError("there is something here already", where=str(target), remedy="name a new place")
    reader = FolderReader(store)
    making = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        remove_folder(making)
        folder = Folder.create(making)
        source = reader.snapshot_path
        if source is not None:
            folder.publish(lambda path: link_database(source, Path(path), link=False))
        if target.exists():
            target.rmdir()
        making.rename(target)
    except OSError as error:
        raise unusable(target, error) from error
    finally:
        remove_folder(making)
        reader.close()
    return target


def restore(saved: Path, store: Path) -> Path:
    """Make a store folder out of a backup, after having opened it; the store's path.

    Never overwrites: an old or damaged store at that place has to be moved away first.
    """
    from kg.store.embedded import FolderReader

    reader = FolderReader(saved)
    try:
        reader.count()
    finally:
        reader.close()
    return backup(saved, store)
