"""Marked texts → what the network is trained on: windows with labels, spans with relations."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kg.extract.pairs import TAGS, pair_features, span_features
from kg.extract.reader import sections
from kg.extract.windows import Window, Words, cut, split_words
from kg.model import Mode, Tag
from training.corpus import MarkedArticle, MarkedSpan, coreference, meetings_of
from training.network import MODES, STATUSES

__all__ = ["Candidates", "Example", "Targets", "example", "propose", "stack", "targets"]

Ints = np.ndarray[Any, np.dtype[np.int64]]
LIMIT = 384
"""Word pieces in a window."""
MISSTEPS = 16
"""Most wrong spans of the tagger taken from an article: an untrained one finds hundreds."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article in windows; gold spans as words `low` … `high - 1`, in order of the text."""

    marked: MarkedArticle
    words: Words
    windows: list[Window]
    gold: list[tuple[int, int, int, MarkedSpan]]
    """(low, high, index of the tag, mark)."""
    labels: Ints
    """A label for each word."""


def example(marked: MarkedArticle, tokenizer: Any, *, whole: bool = False) -> Example:
    """Cut an article into words and windows; marks take in every word that they touch.

    Boilerplate and bylines are left out, as the reader leaves them out, unless `whole`.
    """
    read = [part for section in sections(marked.article()) for part in section]
    words = split_words(marked.text, [(0, len(marked.text))] if whole else read, tokenizer)
    labels = np.zeros(len(words), dtype=np.int64)
    gold, last = [], 0
    for mark in sorted(marked.spans, key=lambda s: s.start):
        low = int(np.searchsorted(words.end, mark.start, side="right"))
        high = int(np.searchsorted(words.start, mark.end, side="left"))
        low = max(low, last)
        if high <= low:
            continue
        tag = TAGS.index(mark.tag)
        gold.append((low, high, tag, mark))
        labels[low] = 1 + 2 * tag
        labels[low + 1 : high] = 2 + 2 * tag
        last = high
    return Example(marked, words, cut(words, LIMIT), gold, labels)


def stack(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, case, breaks, mask: (windows, longest), padded with 0."""
    longest = max(len(w.ids) for w in windows)

    def padded(rows: list[Ints]) -> Tensor:
        return torch.from_numpy(np.stack([np.pad(r, (0, longest - len(r))) for r in rows]))

    ids = padded([w.ids for w in windows])
    return ids, padded([w.case for w in windows]), padded([w.breaks for w in windows]), ids > 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans given to the second stage, in order; `marks` holds the gold mark or None."""

    low: Ints
    high: Ints
    tags: Ints
    marks: list[MarkedSpan | None]

    def inputs(self, e: Example, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What `Relations` takes; `vectors` are those of the article's first pieces, (words, 384)."""
        low, high = torch.from_numpy(self.low), torch.from_numpy(self.high)
        sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
        mean = (sums[high] - sums[low]) / (high - low)[:, None]
        pooled = torch.cat([vectors[low], vectors[high - 1], mean], dim=1)
        spans = torch.from_numpy(span_features(e.words, self.low, self.high, self.tags))
        pairs = torch.from_numpy(pair_features(e.marked.text, e.words, self.low, self.high, self.tags))
        triggers, persons = (
            torch.from_numpy(np.flatnonzero(self.tags == TAGS.index(tag)))
            for tag in (Tag.TRIGGER, Tag.PARTICIPANT)
        )
        return pooled, spans, pairs, triggers, persons


Found = list[tuple[int, int, int]]


def propose(e: Example, found: Found, rng: random.Random) -> Candidates:
    """Gold spans, some with the boundaries that the tagger found, its wrong ones, and invented ones.

    What the tagger finds in texts that it is trained on is nearly right soon; invented wrong spans
    (names and capitals nobody marked) teach the second stage to refuse.
    """
    chosen: list[tuple[int, int, int, MarkedSpan | None]] = []
    for low, high, tag, mark in e.gold:
        over = [f for f in found if f[2] == tag and f[0] < high and low < f[1]]
        if len(over) == 1 and rng.random() < 0.6:
            chosen.append((*over[0], mark))
        elif over or rng.random() > 0.04:
            chosen.append((low, high, tag, mark))
    invented = _invented(e, rng)
    free = [f for f in found if not any(f[0] < g[1] and g[0] < f[1] and f[2] == g[2] for g in e.gold)]
    missteps = free if len(free) <= MISSTEPS else sorted(rng.sample(free, MISSTEPS))
    used = np.zeros(len(e.words), dtype=bool)
    kept: list[tuple[int, int, int, MarkedSpan | None]] = []
    wrong: list[tuple[int, int, int, MarkedSpan | None]] = [(*f, None) for f in [*missteps, *invented]]
    for low, high, tag, mark in [*chosen, *wrong]:
        if not used[low:high].any():
            used[low:high] = True
            kept.append((low, high, tag, mark))
    return _candidates(kept)


def _candidates(spans: list[tuple[int, int, int, MarkedSpan | None]]) -> Candidates:
    spans = sorted(spans, key=lambda s: s[:3])
    low, high, tags = (np.array([s[k] for s in spans], dtype=np.int64) for k in range(3))
    return Candidates(low, high, tags, [s[3] for s in spans])


def matched(e: Example, found: Found) -> Candidates:
    """Only what the tagger found, with the gold mark it overlaps if any: for measuring."""
    spans: list[tuple[int, int, int, MarkedSpan | None]] = []
    for low, high, tag in found:
        over = [g for g in e.gold if g[2] == tag and g[0] < high and low < g[1]]
        best = max(over, key=lambda g: min(high, g[1]) - max(low, g[0]), default=None)
        spans.append((low, high, tag, best[3] if best else None))
    return _candidates(spans)


def _invented(e: Example, rng: random.Random) -> Found:
    """Some unmarked runs of capitalised words, as participants, cities or venues."""
    free = (e.labels == 0) & np.isin(e.words.case, (2, 3, 4))
    starts = np.flatnonzero(free & ~np.concatenate([[False], free[:-1]]))
    found: Found = []
    for start in starts:
        if rng.random() > 0.12:
            continue
        end = int(start) + 1
        while end < len(free) and free[end] and end - start < 4:
            end += 1
        tag = rng.choices((Tag.PARTICIPANT, Tag.CITY, Tag.VENUE, Tag.TRIGGER, Tag.TOPIC), (6, 2, 1, 1, 1))[0]
        found.append((int(start), end, TAGS.index(tag)))
    return found


@dataclass(frozen=True, slots=True)
class Targets:
    """Gold for one article's candidates; -1 where nothing is to be learned."""

    valid: Tensor
    links: Tensor
    meetings: Tensor
    people: Tensor
    kind: Tensor
    together: Tensor
    status: Tensor
    mode: Tensor
    background: Tensor
    several: Tensor


def targets(marked: MarkedArticle, c: Candidates) -> Targets:
    """Gold relations of the candidates."""
    of = [meetings_of(marked, m) if m else frozenset[str]() for m in c.marks]
    triggers = [i for i, tag in enumerate(c.tags) if TAGS[tag] is Tag.TRIGGER]
    names = sorted(marked.meetings)
    told = np.array([[n in ids for n in names] for ids in of], dtype=np.float32).reshape(len(of), len(names))
    common = (told @ told.T > 0).astype(np.float32)
    is_trigger = np.isin(np.arange(len(of)), triggers)
    persons = [m for tag, m in zip(c.tags, c.marks, strict=True) if TAGS[tag] is Tag.PARTICIPANT]
    links = common[triggers].copy()
    links[:, is_trigger] = -1
    linked = told.any(1) & ~is_trigger
    apart = np.where(linked[:, None] & linked[None, :], common, -1)
    facts = [marked.meetings[min(of[t])] if of[t] else None for t in triggers]

    def fact(of_meeting: Callable[[Any], int]) -> Tensor:
        return torch.tensor([of_meeting(m) if m else -1 for m in facts], dtype=torch.int64)

    return Targets(
        valid=torch.tensor([float(m is not None) for m in c.marks]),
        links=torch.from_numpy(links),
        meetings=torch.from_numpy(np.triu(common[np.ix_(triggers, triggers)] + 1, 1) - 1),
        people=torch.from_numpy(_people(persons)),
        kind=torch.tensor([_kind(marked, m) for m in c.marks], dtype=torch.int64),
        together=torch.from_numpy(np.triu(apart + 1, 1) - 1),
        status=fact(lambda m: [s.value for s in STATUSES].index(m["status"])),
        mode=fact(lambda m: MODES.index(Mode(m["mode"]) if m.get("mode") else None)),
        background=fact(lambda m: int(bool(m.get("background")))).float(),
        several=torch.tensor([float(len(of[t]) > 1) if of[t] else -1.0 for t in triggers]),
    )


def _people(marks: Sequence[MarkedSpan | None]) -> Ints:
    result = np.full((len(marks), len(marks)), -1, dtype=np.int64)
    for i, a in enumerate(marks):
        for j, b in enumerate(marks[i + 1 :], i + 1):
            result[i, j] = 0 if a is None or b is None else _coreference_class(a, b)
    return result


def _kind(marked: MarkedArticle, mark: MarkedSpan | None) -> int:
    if mark is None or mark.tag is not Tag.PARTICIPANT:
        return -1
    if len(mark.of) > 1:
        return 2
    return int(marked.people[mark.of[0]]["type"] == "group")


def _coreference_class(a: MarkedSpan, b: MarkedSpan) -> int:
    value = coreference(a, b)
    if value == 1.0:
        return 1
    if not value:
        return 0
    return 2 if set(a.of) < set(b.of) else 3
