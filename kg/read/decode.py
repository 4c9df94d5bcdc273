"""Bytes → text: encodings detected, binary files refused, line ends made one."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import InputError

__all__ = ["LIMIT", "clean", "decode"]

LIMIT: Final = 10_000_000
"""Bytes of the largest single text that is read."""

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF", "a PDF", "convert it to text first, for example with pdftotext"),
    (b"\x89PNG", "a picture", "leave it out"),
    (b"\xff\xd8\xff", "a picture", "leave it out"),
    (b"GIF8", "a picture", "leave it out"),
    (b"PK\x03\x04", "a ZIP or office file", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an office file", "save it as plain text"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it with gunzip"),
    (b"BZh", "compressed with bzip2", "unpack it with bunzip2"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it with unxz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it with unzstd"),
    (b"SQLite format 3", "a database", "export its texts as JSON lines"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ\x90", "a program", "leave it out"),
    (b"ID3", "a sound file", "leave it out"),
)
_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,20})", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROL_BYTES: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b\x85")
_WINDOWS: Final = frozenset((0x80, 0x85, *range(0x91, 0x98), 0x99, *range(0xA0, 0x100)))
_SAMPLE: Final = 60_000
_REMEDY: Final = "save it as UTF-8"


def decode(data: bytes, where: str) -> str:
    """The text of a file, with "\\n" as line end and without control characters.

    `where` names the file in errors. Raises `InputError` when the file is empty, too
    large, binary, or in an encoding that can't be told.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise InputError("the file is empty", where=where, remedy="leave it out")
    if len(data) > LIMIT:
        size = f"{len(data) / 1e6:.0f} MB" if len(data) < 10**9 else "over 1 GB"
        raise InputError(
            f"the text is larger than {LIMIT // 1_000_000} MB ({size})",
            where=where,
            remedy="split it into articles, or make it JSON lines with one article a line",
        )
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not a text", where=where, remedy=remedy)
    text = _decoded(data, where)
    strange = len(_CONTROL.findall(text))
    if strange > 8 and strange > len(text) * 0.02:
        raise InputError("this is a binary file, not a text", where=where, remedy="leave it out")
    return clean(text)


def clean(text: str) -> str:
    """Line ends made "\\n"; control characters and halves of surrogate pairs replaced, one for one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = _CONTROL.sub(" ", text).removeprefix("\ufeff")
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _decoded(data: bytes, where: str) -> str:
    bom = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    declared = _DECLARED.search(data[:2048])
    if not bom and data.count(0) > len(data) * 0.02:
        return _wide(data, where)
    names = [bom] if bom else ["utf-8"]
    if declared and not bom:
        names.insert(0, declared[1].decode("ascii"))
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data, where)


def _guessed(data: bytes, where: str) -> str:
    """What is neither UTF-8 nor what it says it is."""
    if sum(byte in _CONTROL_BYTES for byte in data[:_SAMPLE]) > min(len(data), _SAMPLE) * 0.02:
        raise InputError("this is a binary file, not a text", where=where, remedy="leave it out")
    mended = data.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    kept = sum(char > "\x7f" for char in mended) - lost
    if kept > 3 * lost:
        return mended
    high = [byte for byte in data if byte > 127]
    if len(high) < len(data) * 0.15 and set(high) <= _WINDOWS:
        return data.decode("cp1252")
    return _detected(data, where)


def _wide(data: bytes, where: str) -> str:
    """UTF-16 without its mark: every other byte is mostly zero."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) > len(data) * 0.2 and min(even, odd) < max(even, odd) * 0.1:
        try:
            return data[: len(data) // 2 * 2].decode(name)
        except UnicodeDecodeError:
            pass
    raise InputError("this is a binary file, not a text", where=where, remedy="leave it out")


def _detected(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    raise InputError("the encoding of this text can't be told", where=where, remedy=_REMEDY)
