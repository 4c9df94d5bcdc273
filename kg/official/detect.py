"""What kind of official record a file holds, told from its content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kg.official.safexml import head_of

__all__ = ["detect", "is_other_xml"]

_ROOT: Final = re.compile(rb"<(?:\w+:)?(?P<name>[A-Za-z][\w.-]*)(?P<attributes>[^<>]*)>")
_TEI: Final = b"http://www.tei-c.org/ns/1.0"
_KINDS: Final = {b"trips": "travels", b"trip": "travels", b"visits": "visits", b"visit": "visits"}
_TABLES: Final = (".csv", ".tsv")


def detect(path: Path) -> str | None:
    """`frus`, `travels`, `visits`, `table`, `persons` (a list of persons, of use to others only), or None.

    Reads the first bytes only; raises `OSError` when it can't. A table is known by its ending,
    for any text could be one.
    """
    if path.suffix.lower() in _TABLES:
        return "table"
    head = head_of(path)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    if b"<" not in head[:2048]:
        return None
    bare = re.sub(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", b"", head, flags=re.DOTALL)
    root = _ROOT.match(bare.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if root is None:
        return None
    name, attributes = root["name"], root["attributes"]
    if name in _KINDS:
        return _KINDS[name]
    if _TEI not in attributes or name not in (b"TEI", b"div", b"teiCorpus"):
        return None
    return "persons" if name == b"div" and re.search(rb"xml:id=\"persons\"", attributes) else "frus"


def is_other_xml(path: Path) -> bool:
    """Whether the file declares itself XML and is no page: a schema, a table of codes.

    Reads the first bytes only; raises `OSError` when it can't.
    """
    head = head_of(path).lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<?xml") and not re.search(rb"<(?:\w+:)?html\b", head, re.IGNORECASE)
