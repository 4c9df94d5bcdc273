"""N-Quads in pieces, for the bulk loaders of large stores: one stream in, so memory stays flat."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from zlib import crc32

from kg.errors import InputError
from kg.vocab import FACTS_GRAPH
from kg.vocab.rdf import Quad, nquad

__all__ = ["MOST", "export_shards", "shard_of"]

MOST = 512
"""Pieces at most: each is an open file while the graph is written."""


def shard_of(quad: Quad, shards: int) -> int:
    """The piece that a statement belongs to, from 0: by its article's graph or, of the facts, by its subject.

    So an article's graph, and what the facts say of one thing, are each whole in one piece.
    """
    key = quad.subject if quad.graph == FACTS_GRAPH else quad.graph
    return crc32(key.encode()) % shards


def export_shards(quads: Iterable[Quad], folder: Path, shards: int, *, compress: bool = False) -> list[Path]:
    """Write the statements into `shards` files of `folder` and give their paths; none is lost.

    `compress` makes gzip files. Lines are in no particular order. The folder appears when all is
    written. Raises InputError for a number out of range and for a folder that holds something.
    """
    if not 1 <= shards <= MOST:
        raise InputError(f"{shards} pieces can't be written", remedy=f"ask for 1 to {MOST}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "there is something already", where=str(folder), remedy="name an empty or new folder"
        )
    ending = ".nq.gz" if compress else ".nq"
    names = [f"part-{number:03d}-of-{shards:03d}{ending}" for number in range(1, shards + 1)]
    making = folder.with_name(f".{folder.name}-making")
    making.mkdir(parents=True)
    try:
        with ExitStack() as files:
            parts = [_open(making / name, files, compress=compress) for name in names]
            for quad in quads:
                parts[shard_of(quad, shards)].write(f"{nquad(quad)}\n".encode())
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except BaseException:
        _remove(making)
        raise
    return [folder / name for name in names]


def _open(path: Path, files: ExitStack, *, compress: bool) -> IO[bytes] | gzip.GzipFile:
    raw = files.enter_context(path.open("wb"))
    if not compress:
        return raw
    # without name and time: the same statements in the same order give the same bytes
    packed = gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6)
    files.callback(packed.close)
    return packed


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
