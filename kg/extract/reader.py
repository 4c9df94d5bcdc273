"""The reader: a small trained model that marks a text as an analyst would, offline.

`Reader.load()` opens two ONNX files shipped with the package (how they are trained: `training/`,
what they are worth: docs/MODEL_CARD.md). `Reader.read` is a pure function of the article: the same
text gives the same `Reading` in any process. One thread; batches go to several processes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import InputError
from kg.extract.labels import best_spans, probabilities
from kg.extract.pairs import TAGS, pair_features, span_features
from kg.extract.windows import Window, Words, cut, split_words
from kg.model import Article, BlockKind, Mode, Reading, Span, Status, Tag

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["Reader", "sections"]

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float32]]

_UNREAD = frozenset({BlockKind.BOILERPLATE, BlockKind.BYLINE})
_HEADER = re.compile(r"\s*Published:[^\n]*\n")
_SECTION = 60_000
"""Characters read together; nothing is linked across the borders of longer texts' sections."""
_CROWD = 80
"""Most spans kept in one window: real texts have fewer, floods of "met" have not."""
_BLOCK, _CORE = 128, 64
"""Spans that the second stage sees at once; pairs are taken from the block with the span in its core."""
_LIFT = 1.6
"""Readiness of the tagger: the second stage refuses what is wrong."""
_LEAST = 0.01
"""Probabilities below are left out of a `Reading`."""
_TOGETHER = 32
"""Most spans linked to one trigger of several meetings that are compared with each other."""
_UNKNOWN = 100


@dataclass(slots=True)
class _Draft:
    """A `Reading` under construction."""

    spans: list[Span] = field(default_factory=list)
    links: dict[tuple[int, int], float] = field(default_factory=dict)
    same_meeting: dict[tuple[int, int], float] = field(default_factory=dict)
    same_participant: dict[tuple[int, int], float] = field(default_factory=dict)
    part_of: dict[tuple[int, int], float] = field(default_factory=dict)
    together: dict[tuple[int, int], float] = field(default_factory=dict)
    status: dict[int, Mapping[Status, float]] = field(default_factory=dict)
    mode: dict[int, Mapping[Mode | None, float]] = field(default_factory=dict)
    background: dict[int, float] = field(default_factory=dict)
    several: dict[int, float] = field(default_factory=dict)
    real: dict[int, float] = field(default_factory=dict)
    group: dict[int, float] = field(default_factory=dict)
    many: dict[int, float] = field(default_factory=dict)

    def finished(self) -> Reading:
        """The frozen value."""
        return Reading(
            spans=tuple(self.spans),
            links=self.links,
            same_meeting=self.same_meeting,
            same_participant=self.same_participant,
            status=self.status,
            mode=self.mode,
            background=self.background,
            real=self.real,
            several=self.several,
            together=self.together,
            part_of=self.part_of,
            group=self.group,
            many=self.many,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """The spans of a section: words `low` … `high - 1`, tag numbers, tagger's probabilities, vectors."""

    low: Ints
    high: Ints
    tags: Ints
    sure: Floats
    pooled: Floats


class Reader:
    """The trained model, opened. Make one with `load`; `read` may be called any number of times."""

    def __init__(self, tokenizer: Tokenizer, sessions: Sequence[InferenceSession], meta: Mapping[str, Any]):
        self._tokenizer = tokenizer
        self._encoder, self._relations = sessions
        self._outputs = [output.name for output in self._relations.get_outputs()]
        self._meta = meta
        self._statuses = [Status(s) for s in meta["statuses"]]
        self._modes = [Mode(m) if m else None for m in meta["modes"]]
        self._temperatures: Mapping[str, float] = meta["temperatures"]

    @property
    def version(self) -> str:
        """Changes whenever the weights do."""
        return str(self._meta["version"])

    @classmethod
    def load(cls, path: Path | None = None) -> Reader:
        """Open the model in the folder `path`, or the one shipped with the package.

        Raises `InputError` where there is no readable model.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        folder = path or Path(__file__).parent / "reader_model"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
            files = [(folder / name).read_bytes() for name in ("encoder.onnx", "relations.onnx")]
        except (OSError, ValueError) as error:
            raise InputError(
                "no readable model of the reader", where=str(folder), remedy="install dipmeet again"
            ) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        providers = ["CPUExecutionProvider"]
        sessions = [onnxruntime.InferenceSession(f, options, providers=providers) for f in files]
        return cls(tokenizer, sessions, meta)

    def read(self, article: Article) -> Reading:
        """Spans and how they belong together; offsets are code points of `article.text`.

        Bylines and boilerplate are not read; an article without blocks is read whole. Time grows
        with the length of the text, memory does not beyond sections of 60,000 characters.
        """
        draft = _Draft()
        for stretches in sections(article):
            words = split_words(article.text, stretches, self._tokenizer)
            found = self._find(words)
            if len(found.low):
                self._relate(article.text, words, found, draft)
        return draft.finished()

    # --- first stage -------------------------------------------------------------------------

    def _find(self, words: Words) -> _Found:
        low: list[int] = []
        high: list[int] = []
        tags: list[int] = []
        sure: list[float] = []
        pooled: list[Floats] = []
        for window in cut(words, int(self._meta["limit"])):
            if np.mean(window.ids == _UNKNOWN) > 0.8:
                continue
            vectors, scores = self._run_encoder(window)
            spans = best_spans(scores, _LIFT)
            if len(spans) > _CROWD:
                spans = sorted(sorted(spans, key=lambda s: (-s[3], s[0]))[:_CROWD])
            for first, end, tag, chance in spans:
                low.append(window.low + first)
                high.append(window.low + end)
                tags.append(tag)
                sure.append(chance)
                mean = vectors[first:end].mean(axis=0)
                pooled.append(np.concatenate([vectors[first], vectors[end - 1], mean]))
        return _Found(
            np.array(low, dtype=np.int64),
            np.array(high, dtype=np.int64),
            np.array(tags, dtype=np.int64),
            np.array(sure, dtype=np.float32),
            np.array(pooled, dtype=np.float32),
        )

    def _run_encoder(self, window: Window) -> tuple[Floats, Floats]:
        """Vectors and label scores of the window's own words."""
        feed = {
            "ids": window.ids[None],
            "case": window.case[None],
            "breaks": window.breaks[None],
            "places": np.arange(len(window.ids))[None],
        }
        vectors, scores = self._encoder.run(["vectors", "scores"], feed)
        return vectors[0, window.firsts], scores[0, window.firsts]

    # --- second stage ------------------------------------------------------------------------

    def _relate(self, text: str, words: Words, found: _Found, draft: _Draft) -> None:
        shift = len(draft.spans)
        size = len(found.low)
        valid = np.zeros(size, dtype=np.float32)
        for start in range(0, max(1, size - _BLOCK + _CORE), _CORE):
            end = min(size, start + _BLOCK)
            block = slice(start, end)
            core_low = 0 if start == 0 else start + (_BLOCK - _CORE) // 2
            core_high = size if end == size else end - (_BLOCK - _CORE) // 2
            out = self._run_relations(text, words, found, block)
            valid[core_low:core_high] = out["valid"][core_low - start : core_high - start]
            self._take(out, found.tags[block], shift + start, (core_low - start, core_high - start), draft)
        for k in range(size):
            place = (int(words.start[found.low[k]]), int(words.end[found.high[k] - 1]))
            draft.spans.append(Span(*place, TAGS[found.tags[k]], round(float(valid[k]), 4)))
            if TAGS[found.tags[k]] is Tag.TRIGGER:
                draft.real[shift + k] = round(float(valid[k]), 4)

    def _run_relations(self, text: str, words: Words, found: _Found, block: slice) -> dict[str, Floats]:
        low, high, tags = found.low[block], found.high[block], found.tags[block]
        feed = {
            "pooled": found.pooled[block],
            "spans": span_features(words, low, high, tags),
            "pairs": pair_features(text, words, low, high, tags),
            "triggers": np.flatnonzero(tags == TAGS.index(Tag.TRIGGER)),
            "persons": np.flatnonzero(tags == TAGS.index(Tag.PARTICIPANT)),
        }
        raw = dict(zip(self._outputs, self._relations.run(self._outputs, feed), strict=True))
        result: dict[str, Floats] = {}
        for name, raw_scores in raw.items():
            scores = raw_scores / self._temperatures.get(name, 1.0)
            many = name in {"people", "kind", "status", "mode"}
            result[name] = probabilities(scores) if many else 1 / (1 + np.exp(-scores))
        return result

    def _take(
        self, out: Mapping[str, Floats], tags: Ints, shift: int, core: tuple[int, int], draft: _Draft
    ) -> None:
        """Put a block's results into the draft: those of the spans in its core."""
        triggers = np.flatnonzero(tags == TAGS.index(Tag.TRIGGER))
        persons = np.flatnonzero(tags == TAGS.index(Tag.PARTICIPANT))
        several: list[int] = []
        for row, t in enumerate(triggers.tolist()):
            if not core[0] <= t < core[1]:
                continue
            at = shift + t
            draft.links |= {
                (at, shift + i): p
                for i, p in _likely(out["links"][row])
                if tags[i] != TAGS.index(Tag.TRIGGER)
            }
            later = {int(triggers[k]): p for k, p in _likely(out["meetings"][row]) if k > row}
            draft.same_meeting |= {(at, shift + k): p for k, p in later.items()}
            draft.status[at] = _distribution(self._statuses, out["status"][row])
            draft.mode[at] = _distribution(self._modes, out["mode"][row])
            draft.background[at] = round(float(out["background"][row]), 4)
            draft.several[at] = round(float(out["several"][row]), 4)
            if draft.several[at] >= 0.2:
                several.append(row)
        self._take_people(out, persons, shift, core, draft)
        for row in several:
            likely = sorted(_likely(out["links"][row]), key=lambda found: -found[1])
            linked = sorted([i for i, _ in likely if i not in triggers][:_TOGETHER])
            for place, i in enumerate(linked):
                for j in linked[place + 1 :]:
                    draft.together[shift + i, shift + j] = round(float(out["together"][i, j]), 4)

    def _take_people(
        self, out: Mapping[str, Floats], persons: Ints, shift: int, core: tuple[int, int], draft: _Draft
    ) -> None:
        for row, i in enumerate(persons.tolist()):
            if not core[0] <= i < core[1]:
                continue
            kinds = out["kind"][i]
            draft.group[shift + i] = round(float(kinds[1]), 4)
            draft.many[shift + i] = round(float(kinds[2]), 4)
            classes = out["people"][row]
            for column in np.flatnonzero(classes[:, 1:].sum(axis=1) >= _LEAST).tolist():
                if column <= row:
                    continue
                pair = (shift + i, shift + int(persons[column]))
                same, within, holds = (float(p) for p in classes[column, 1:])
                draft.same_participant[pair] = round(same + (within + holds) / 2, 4)
                if within >= _LEAST:
                    draft.part_of[pair] = round(within, 4)
                if holds >= _LEAST:
                    draft.part_of[pair[::-1]] = round(holds, 4)


def _likely(row: Floats) -> list[tuple[int, float]]:
    return [(int(i), round(float(row[i]), 4)) for i in np.flatnonzero(row >= _LEAST)]


def _distribution(values: Sequence[Any], row: Floats) -> dict[Any, float]:
    return {value: round(float(p), 4) for value, p in zip(values, row, strict=True)}


def sections(article: Article) -> Iterator[list[tuple[int, int]]]:
    """What is to be read, in sections of at most about `_SECTION` characters."""
    if article.blocks:
        parts = _joined(article.text, [(b.start, b.end) for b in article.blocks if b.kind not in _UNREAD])
    else:
        header = _HEADER.match(article.text)
        parts = [(header.end() if header else 0, len(article.text))]
    section: list[tuple[int, int]] = []
    size = 0
    for begin, end in parts:
        start = begin
        while start < end:
            stop = _stop(article.text, start, min(end, start + _SECTION - size), end)
            section.append((start, stop))
            size += stop - start
            start = stop
            if size >= _SECTION or (size >= _SECTION * 3 // 4 and start < end):
                yield section
                section, size = [], 0
    if section:
        yield section


def _joined(text: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches with nothing but white space between them as one: a dateline opens its paragraph."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stop(text: str, start: int, most: int, end: int) -> int:
    """The best place up to `most` to end a section: a line's end, a space, or `most` itself."""
    if most >= end:
        return end
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, start + (most - start) // 2, most)
        if place > 0:
            return place + len(mark)
    return most
