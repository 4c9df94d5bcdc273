"""Text → word pieces in windows that the reader model can take in, with the case the encoder lacks.

The encoder sees lower-case word pieces. Each piece also carries how its word is written (`CASE_*`)
and whether a line or a paragraph begins with it. Texts longer than a window are cut at paragraphs,
lines, sentences or words, in that order; later windows begin with the headline and the words just
before, which are read again as context only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["BREAKS", "CASES", "Window", "Words", "cut", "split_words"]

Ints = np.ndarray[Any, np.dtype[np.int64]]

CASES = 6
"""Number of case classes: other, lower, Title, UPPER, mIxed, digits."""
BREAKS = 4
"""Number of break classes: none, sentence, line, paragraph."""
CHUNK = 2000
"""Longest stretch in characters given to the tokenizer at once: bounds its memory."""
HEADLINE = 32
OVERLAP = 48
_CLS, _SEP = 101, 102
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_ENDS = frozenset(".!?…。！？")


@dataclass(frozen=True, slots=True)
class Words:
    """The words (runs of letters or digits, single marks) of a text and their word pieces.

    `start`, `end`: code points. `sentence`, `paragraph`: running numbers. `first`: index of the
    word's first piece in `ids`; it has one entry more than there are words.
    """

    start: Ints
    end: Ints
    case: Ints
    breaks: Ints
    sentence: Ints
    paragraph: Ints
    first: Ints
    ids: Ints

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Window:
    """Model input for one stretch: pieces with [CLS] and [SEP], and the words read in it.

    Words `low` … `high - 1` are this window's own; their first pieces stand at `firsts` in `ids`.
    """

    ids: Ints
    case: Ints
    breaks: Ints
    low: int
    high: int
    firsts: Ints


def _case(word: str) -> int:
    if word[0].isdigit():
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    return 4 if any(c.isupper() for c in word) else 0


def _chunks(text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(start, end, break class) of stretches without line ends, none longer than `CHUNK`."""
    for low, high in stretches:
        last = -1
        for line in _LINE.finditer(text, low, high):
            start, end = line.span()
            gap = text[last:start] if last >= 0 else "\n\n"
            kind = 3 if gap.replace("\r\n", "\n").count("\n") != 1 else 2
            if not text[start:end].strip():
                continue
            last = end
            while end - start > CHUNK:
                space = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
                middle = space if space > 0 else start + CHUNK
                yield start, middle, kind
                start, kind = middle, 0
            yield start, end, kind


def split_words(text: str, stretches: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Words:
    """The words of the given stretches (code point ranges) of the text."""
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    firsts: list[int] = []
    ids: list[int] = []
    for low, high, kind in _chunks(text, stretches):
        encoding = tokenizer.encode(text[low:high], add_special_tokens=False)
        word: int | None = -1
        new = kind
        for piece, (index, (a, b)) in enumerate(
            zip(encoding.word_ids, encoding.offsets, strict=True), len(ids)
        ):
            if index != word:
                word = index
                starts.append(low + a)
                ends.append(low + b)
                breaks.append(new)
                firsts.append(piece)
                new = 0
            else:
                ends[-1] = low + b
        ids += encoding.ids
    firsts.append(len(ids))
    case = [_case(text[a:b]) if b > a else 0 for a, b in zip(starts, ends, strict=True)]
    _mark_sentences(text, starts, case, breaks)
    levels = np.array(breaks, dtype=np.int64)
    return Words(
        np.array(starts, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(case, dtype=np.int64),
        levels,
        np.cumsum(levels > 0),
        np.cumsum(levels > 2),
        np.array(firsts, dtype=np.int64),
        np.array(ids, dtype=np.int64),
    )


def _mark_sentences(text: str, starts: list[int], case: list[int], breaks: list[int]) -> None:
    """Break class 1 where a sentence begins inside a line: a full stop before, a capital here."""
    for i in range(2, len(starts)):
        if breaks[i] or case[i] not in (2, 3, 0, 5):
            continue
        before = text[starts[i - 1]]
        if before in "\"”’)'" and i > 2:
            before = text[starts[i - 2]] if text[starts[i - 2]] in _ENDS else before
        if before in _ENDS and text[starts[i]].isalnum():
            shortened = before == "." and case[i - 2] in (2, 3) and starts[i - 1] - starts[i - 2] <= 4
            breaks[i] = 0 if shortened else 1


def cut(words: Words, limit: int) -> list[Window]:
    """Windows of at most `limit` pieces that together own each word once, in order."""
    total = len(words)
    if not total:
        return []
    if len(words.ids) <= limit - 2:
        return [_window(words, [(0, total)], 0, limit)]
    head = _headline(words)
    room = limit - 2 - HEADLINE - OVERLAP
    share = -(-len(words.ids) // -(-len(words.ids) // room))
    windows, low = [], 0
    while low < total:
        high = _cut_at(words, low, room, share)
        before = int(np.searchsorted(words.first, words.first[low] - OVERLAP))
        parts = [(0, min(head, before)), (before, low), (low, high)] if low else [(0, high)]
        windows.append(_window(words, parts, low, limit))
        low = high
    return windows


def _headline(words: Words) -> int:
    """Number of words of the first line that fit into `HEADLINE` pieces."""
    lines = np.flatnonzero(words.breaks[1:] > 1)
    end = int(lines[0]) + 1 if len(lines) else len(words)
    fits = int(np.searchsorted(words.first, words.first[0] + HEADLINE, side="right")) - 1
    return min(end, fits)


def _cut_at(words: Words, low: int, room: int, share: int) -> int:
    """Where the window that begins at word `low` ends: the strongest break near `share` pieces on."""
    base = words.first[low]
    most = max(int(np.searchsorted(words.first, base + room, side="right")) - 1, low + 1)
    if most >= len(words):
        return len(words)
    ideal = min(max(int(np.searchsorted(words.first, base + share)), low + 1), most)
    least = low + max(1, (ideal - low) // 2)
    places = np.arange(least, most + 1)
    strength = words.breaks[places] * 1.0 - np.abs(places - ideal) / max(1, ideal - low)
    return int(places[int(np.argmax(strength))])


def _window(words: Words, parts: list[tuple[int, int]], low: int, limit: int) -> Window:
    index = np.concatenate([np.arange(a, b) for a, b in parts])
    sizes = words.first[index + 1] - words.first[index]
    pieces = np.concatenate([words.ids[words.first[a] : words.first[b]] for a, b in parts])[: limit - 2]
    word_of = np.repeat(index, sizes)[: limit - 2]
    places = np.concatenate([[0], np.cumsum(sizes)[:-1]]) + 1
    opening = np.zeros(len(pieces), dtype=bool)
    opening[places[places <= len(pieces)] - 1] = True
    high = parts[-1][1]
    own = places[len(index) - (high - low) :]
    return Window(
        ids=np.concatenate([[_CLS], pieces, [_SEP]]),
        case=np.concatenate([[0], words.case[word_of], [0]]),
        breaks=np.concatenate([[0], np.where(opening, words.breaks[word_of], 0), [0]]),
        low=low,
        high=high,
        firsts=np.minimum(own, limit - 1),
    )
