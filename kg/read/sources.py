"""What the user names → the files and streams to read, one at a time, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from kg.errors import InputError

__all__ = ["STDIN", "Found", "find"]

STDIN: Final = "-"
_FURNITURE: Final = (
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .css .js .mjs .map .woff .woff2 .ttf .otf .eot "
    ".mp3 .mp4 .wav .avi .mov .pyc .so .lock .db .sqlite .bak .swp"
)
_LEFT_OUT: Final = frozenset(_FURNITURE.split())
"""Endings that are passed over in a folder: a saved page's furniture, never an article."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, an address on the net, or standard input."""

    name: str
    is_url: bool = False

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.name == STDIN


def find(sources: Iterable[str]) -> Iterator[Found | InputError]:
    """Everything that the names stand for: files, folders (with what is in them), patterns, addresses, "-".

    A folder is walked as it is read, in the order of names. Hidden files are passed over, and
    what the lines of a file `.kgignore` in the folder match (`drafts`, `*.md`).
    """
    for source in sources:
        if source == STDIN or source.startswith(("http://", "https://")):
            yield Found(source, is_url=source != STDIN)
        elif Path(source).is_dir():
            yield from _folder(source)
        elif os.path.lexists(source):
            yield Found(source)
        elif glob.has_magic(source):
            yield from _pattern(source)
        else:
            yield InputError("there is no such file or folder", where=source, remedy="check the name")


def _pattern(source: str) -> Iterator[Found | InputError]:
    names = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  absolute patterns too
    if not names:
        yield InputError(
            "no file matches this pattern", where=source, remedy="check the pattern, and quote it"
        )
    for name in names:
        if Path(name).is_dir():
            continue
        yield Found(name)


def _folder(source: str) -> Iterator[Found | InputError]:
    try:
        with os.scandir(source) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(
            f"the folder can't be opened ({error.strerror})", where=source, remedy="check its rights"
        )
        return
    ignored = _ignored(Path(source))
    for entry in entries:
        if entry.name.startswith(".") or any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path)
        elif Path(entry.name).suffix.lower() not in _LEFT_OUT and not entry.is_dir():
            yield Found(entry.path)


def _ignored(folder: Path) -> list[str]:
    """The patterns of the folder's `.kgignore`."""
    path = folder / ".kgignore"
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
