"""The lines (or wrapped paragraphs) of a text with their offsets and plain looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Final

__all__ = ["Line", "lines_of"]

_LIST_MARK: Final = re.compile(r"^(?:[•*\-–—>»·▪►+|]+|\d{1,2}[.)])\s+")
_WRAP: Final = (48, 100)
"""Between these median widths, line after line, a text is hard-wrapped."""
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*$")


@dataclass(frozen=True)
class Line:
    """One line, or one hard-wrapped paragraph: `text[start:end]` without outer white space."""

    text: str
    start: int
    end: int
    gap: int
    """Blank lines before it."""
    place: int
    """How many lines stand before it."""

    @cached_property
    def bare(self) -> str:
        """Without list marks and emphasis marks, white space made plain."""
        flat = re.sub(r"\s+", " ", self.text)
        return _LIST_MARK.sub("", flat).strip("*_# \t").strip()

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return len(self.bare.split())

    @cached_property
    def is_list_item(self) -> bool:
        """Does it begin with a list mark?"""
        return _LIST_MARK.match(self.text) is not None

    @cached_property
    def ends_sentence(self) -> bool:
        """Does it end as sentences end?"""
        return _SENTENCE_END.search(self.bare) is not None

    @cached_property
    def is_prose(self) -> bool:
        """Running text: a sentence of some length."""
        return (self.words >= 12 and self.ends_sentence) or self.words >= 30

    @cached_property
    def is_headlike(self) -> bool:
        """Short, not ending as sentences end (a question or a quotation may)."""
        return 2 <= self.words <= 24 and not self.bare.endswith((".", ";", ",")) and len(self.bare) <= 180


def lines_of(text: str) -> list[Line]:
    """Lines that are not blank, in order; those of a hard-wrapped text joined to paragraphs."""
    spans: list[tuple[int, int, int]] = []
    at = gap = 0
    for piece in text.split("\n"):
        bare = piece.strip()
        if bare:
            start = at + len(piece) - len(piece.lstrip())
            spans.append((start, start + len(bare), gap))
            gap = 0
        else:
            gap += 1
        at += len(piece) + 1
    if _is_wrapped(spans):
        spans = _joined(spans)
    return [Line(text[a:b], a, b, gap, n) for n, (a, b, gap) in enumerate(spans)]


def _is_wrapped(spans: list[tuple[int, int, int]]) -> bool:
    followed = [a[1] - a[0] for a, b in pairwise(spans) if b[2] == 0]
    if len(followed) < 6 or len(followed) < 0.5 * len(spans):
        return False
    middle = median(followed)
    even = sum(abs(width - middle) <= 14 for width in followed)
    return _WRAP[0] <= middle <= _WRAP[1] and even >= 0.8 * len(followed)


def _joined(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for start, end, gap in spans:
        if gap == 0 and joined:
            first = joined[-1]
            joined[-1] = (first[0], end, first[2])
        else:
            joined.append((start, end, gap))
    return joined
