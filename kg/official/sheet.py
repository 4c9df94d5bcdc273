"""A record written out as plain text, so that every value has words to point at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Article, Basis, Block, BlockKind, Evidence, Sourced

__all__ = ["About", "Sheet", "flat", "sourced", "within"]

T = TypeVar("T")


def flat(text: str | None) -> str:
    """Text with its white space made plain and without control characters; "" for None."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text or "").strip()


@dataclass(frozen=True, slots=True)
class About:
    """What an article made from a record says of itself."""

    id: str
    source: str
    title: str
    url: str | None = None
    publisher: str | None = None


class Sheet:
    """Lines of text in the making. What is added comes back as evidence with true offsets."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def line(self, text: str, kind: BlockKind = BlockKind.BODY) -> Evidence:
        """Add a line; the evidence is the whole line."""
        if self._parts:
            self._parts.append("\n")
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        if text:
            self._blocks.append(Block(kind, start, self._length))
        return Evidence(text, start, self._length)

    def gap(self) -> None:
        """Add an empty line."""
        self.line("")

    def article(self, about: About) -> Article:
        """The article of everything added so far."""
        text = "".join(self._parts) + "\n"
        return Article(
            id=about.id,
            text=text,
            sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
            source=about.source,
            blocks=tuple(self._blocks),
            title=about.title,
            url=about.url,
            publisher=about.publisher,
        )


def within(line: Evidence, words: str) -> Evidence:
    """The first place of `words` in a line, or the whole line if they are not there."""
    at = line.text.find(words)
    if at < 0 or not words:
        return line
    return Evidence(words, line.start + at, line.start + at + len(words))


def sourced(value: T, evidence: Evidence, confidence: float = 1.0, basis: Basis = Basis.STATED) -> Sourced[T]:
    """A value with its words."""
    return Sourced(value, evidence, confidence, basis)
