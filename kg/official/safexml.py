"""XML read as a stream and without trust: no entities, nothing from the net, no bombs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError

__all__ = ["elements", "head_of", "local", "text_of"]

_HEAD: Final = 65_536
_ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


def head_of(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def local(element: Any) -> str:
    """An element's name without its namespace; "" for a comment or instruction."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def elements(path: Path, names: Collection[str], whole: Callable[[Any], bool] | None = None) -> Iterator[Any]:
    """Elements of these local names as soon as they are complete, in document order.

    An element is emptied when the next one is asked for, so that a file of any size takes
    little memory. Elements inside one for which `whole` is true are left alone: they are read with it.
    Raises `InputError` for a file that declares entities or is not well-formed: what came
    before the fault has been given.
    """
    from lxml import etree

    if _ENTITY.search(head_of(path)):
        raise InputError(
            "the XML declares entities, and those are never read",
            where=str(path),
            remedy="remove its DOCTYPE",
        )
    wanted = frozenset(names)
    try:
        events = etree.iterparse(
            str(path),
            events=("end",),
            tag=[f"{{*}}{name}" for name in wanted],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            if whole is not None and any(whole(outer) for outer in element.iterancestors()):
                continue
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 0
        raise InputError(
            f"the XML is not well-formed ({error.msg})", where=f"{path}:{line}", remedy="correct it"
        ) from error


def _forget(element: Any) -> None:
    """Empty an element that has been read, and drop what stands before it."""
    element.clear()
    while element.getprevious() is not None and (parent := element.getparent()) is not None:
        del parent[0]


def text_of(element: Any, *, without: Collection[str] = ("note",)) -> str:
    """The text of an element on one line, without that of some kinds of child (their tails stay).

    Never follows entity references, which have no text of their own.
    """
    parts: list[str] = []
    _gather(element, frozenset(without), parts)
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _gather(element: Any, without: frozenset[str], parts: list[str]) -> None:
    stack: list[tuple[Any, bool]] = [(element, False)]
    # a tree walk without recursion: nesting comes from outside and may be deep
    while stack:
        node, is_tail = stack.pop()
        if is_tail:
            parts.append(node.tail or "")
            continue
        name = local(node)
        if not name or (name in without and node is not element):
            continue
        if name in ("lb", "pb", "item", "p"):
            parts.append(" ")
        parts.append(node.text or "")
        for child in reversed(node):
            stack.append((child, True))
            stack.append((child, False))
