"""Sentences, blocks and exact offsets of an article's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.model import Article, BlockKind, Evidence

__all__ = ["Layout", "evidence", "layout"]

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Hon|Rev|Sr|Jr|St|Ste|No|Nos|"
    r"Art|vs|etc|approx|"
    r"Amb|Messrs|Mgr|Msgr|Pres|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|"
    r"Fri|Sat|Sun|Inc|Ltd|"
    r"Corp|Co|Bros|dep|min|i\.e|e\.g|a\.m|p\.m|cf)|(?:^|[\s(.\"“'])[A-Z]|\b[A-Z]\.[A-Z])$"
)
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)|\n[ \t]*(?:\n\s*)?")
_HEADLINE_LIMIT = 140


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an article's sentences lie. `starts` and `ends` run parallel, in text order."""

    article: Article
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def sentence(self, offset: int) -> int:
        """Index of the sentence that holds `offset` (the nearest one before it in gaps)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def bounds(self, index: int) -> tuple[int, int]:
        """Start and end of sentence `index`."""
        return self.starts[index], self.ends[index]

    def quote(self, index: int) -> Evidence:
        """Sentence `index` as evidence."""
        return evidence(self.article, *self.bounds(index))

    def kind(self, offset: int) -> BlockKind:
        """Kind of the block at `offset`; body where the article has no blocks."""
        for block in self.article.blocks:
            if block.start <= offset < block.end:
                return block.kind
        return BlockKind.BODY

    def is_headline(self, offset: int) -> bool:
        """Is `offset` in a headline: a headline block, or the short first line of a text without blocks?"""
        if self.article.blocks:
            return self.kind(offset) is BlockKind.HEADLINE
        text = self.article.text
        first = len(text) - len(text.lstrip())
        end = text.find("\n", first)
        return first <= offset < end <= first + _HEADLINE_LIMIT


def evidence(article: Article, start: int, end: int) -> Evidence:
    """The stretch of `article` from `start` to `end`."""
    return Evidence(article.text[start:end], start, end)


def layout(article: Article) -> Layout:
    """Split an article into sentences; line ends always end a sentence that stands in a list or headline."""
    text = article.text
    starts: list[int] = []
    ends: list[int] = []
    begin = 0
    for match in _END.finditer(text):
        if not _is_end(text, begin, match):
            continue
        _add(text, begin, match.end(), starts, ends)
        begin = match.end()
    _add(text, begin, len(text), starts, ends)
    if not starts:
        return Layout(article, (0,), (len(text),))
    return Layout(article, tuple(starts), tuple(ends))


def _is_end(text: str, begin: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        # A single line end inside running text is only a wrapped line.
        if mark.count("\n") > 1:
            return True
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        following = text[match.end() : match.end() + 1]
        return not (len(line) > 60 and following[:1].islower())
    if mark[0] == ".":
        before = text[max(begin, match.start() - 12) : match.start()]
        if _ABBREVIATION.search(before):
            return False
    following = text[match.end() : match.end() + 40].lstrip()
    return not following[:1].islower()


def _add(text: str, begin: int, end: int, starts: list[int], ends: list[int]) -> None:
    piece = text[begin:end]
    left = begin + len(piece) - len(piece.lstrip())
    right = begin + len(piece.rstrip())
    if right > left:
        starts.append(left)
        ends.append(right)
