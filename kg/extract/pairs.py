"""What the reader's second stage is told of spans and pairs of spans besides the encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.extract.windows import Words
from kg.model import Tag

__all__ = ["PAIR_ROWS", "SPAN_ROWS", "TAGS", "pair_features", "span_features"]

Ints = np.ndarray[Any, np.dtype[np.int64]]

TAGS: tuple[Tag, ...] = tuple(Tag)
"""The order in which the model numbers the marks."""
_FAR = (1, 2, 3, 5, 8, 12, 20, 35, 60, 120)
_DISTANCES, _SENTENCES, _PARAGRAPHS, _STRINGS, _BETWEEN = 2 * len(_FAR) + 1, 7, 5, 6, 4
PAIR_ROWS = _DISTANCES + _SENTENCES + _PARAGRAPHS + _STRINGS + _BETWEEN
"""Rows of the embedding table that pair features index (five a pair)."""
_WIDTHS, _CASES, _PLACES = 7, 6, 5
SPAN_ROWS = len(TAGS) + _WIDTHS + _CASES + _PLACES
"""Rows of the embedding table that span features index (four a span)."""
_STOP = frozenset(
    "a an the of on in at to for and or with by from over his her its their s mr mrs ms dr sir lord".split()  # noqa: SIM905
)


def span_features(words: Words, low: Ints, high: Ints, tags: Ints) -> Ints:
    """Tag, width, case of the first word, paragraph: rows of one table, shape (spans, 4).

    Spans are given as words `low` … `high - 1`; `tags` are indices into `TAGS`.
    """
    width = np.digitize(high - low, (2, 3, 4, 5, 7, 10))
    place = np.digitize(words.paragraph[low] - words.paragraph[0], (1, 2, 3, 6))
    offsets = np.cumsum([0, len(TAGS), _WIDTHS, _CASES])
    rows: Ints = np.stack([tags, width, words.case[low], place], axis=1) + offsets
    return rows


def pair_features(text: str, words: Words, low: Ints, high: Ints, tags: Ints) -> Ints:
    """How two spans stand to each other: rows of one table, shape (spans, spans, 5).

    Signed distance in words, in sentences, in paragraphs; what their wording shares; how many
    triggers stand between them.
    """
    ahead = np.maximum(low[None, :] - high[:, None] + 1, 0)
    behind = np.maximum(low[:, None] - high[None, :] + 1, 0)
    distance = np.digitize(ahead, _FAR) - np.digitize(behind, _FAR) + len(_FAR)
    sentences = _signed(words.sentence[low], 3)
    paragraphs = _signed(words.paragraph[low], 2)
    triggers = np.cumsum(tags == TAGS.index(Tag.TRIGGER))
    between = np.clip(np.abs(triggers[:, None] - triggers[None, :]), 0, _BETWEEN - 1)
    strings = _shared_words([_wording(text, words, a, b) for a, b in zip(low, high, strict=True)])
    offsets = np.cumsum([0, _DISTANCES, _SENTENCES, _PARAGRAPHS, _STRINGS])
    rows: Ints = np.stack([distance, sentences, paragraphs, strings, between], axis=2) + offsets
    return rows


def _signed(values: Ints, most: int) -> Ints:
    steps: Ints = np.clip(values[None, :] - values[:, None], -most, most) + most
    return steps


def _wording(text: str, words: Words, low: int, high: int) -> list[str]:
    all_words = [text[words.start[i] : words.end[i]].lower() for i in range(low, high)]
    told = [w for w in all_words if w[0].isalnum() and w not in _STOP]
    return told or all_words


def _shared_words(wordings: Sequence[Sequence[str]]) -> Ints:
    """0 nothing shared, 1 some word, 2 first within second, 3 second within first, 4 last word, 5 all."""
    vocabulary: dict[str, int] = {}
    for wording in wordings:
        for word in wording:
            vocabulary.setdefault(word, len(vocabulary))
    size = len(wordings)
    holds = np.zeros((size, len(vocabulary)), dtype=np.float32)
    for row, wording in enumerate(wordings):
        holds[row, [vocabulary[w] for w in wording]] = 1
    common = holds @ holds.T
    count = holds.sum(axis=1)
    last = np.array([vocabulary[w[-1]] for w in wordings], dtype=np.int64)
    result = (common > 0).astype(np.int64)
    result[common >= count[:, None]] = 2
    result[common >= count[None, :]] = 3
    result[(common > 0) & (last[:, None] == last[None, :])] = 4
    result[(common >= count[:, None]) & (common >= count[None, :])] = 5
    return result
