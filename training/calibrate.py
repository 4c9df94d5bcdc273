"""One temperature a head, so that the reader's probabilities mean what they say.

    python -m training.calibrate --model kg/extract/reader_model --held h

Measured on the exported model as it is shipped, on articles that it was not trained on, and written into
its `meta.json`. A model trained on all articles takes the temperatures of one that held some out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.pairs import TAGS
from kg.extract.reader import Reader, _Found
from kg.extract.windows import Words
from kg.model import Mode, Status, Tag
from training.corpus import MarkedArticle, MarkedSpan, held_out, load, meetings_of

__all__ = ["calibrate", "temperatures"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Pairs = defaultdict[str, list[tuple[Floats, int]]]
"""Head → (raw scores, gold class) of each decision; a binary head has one score."""


class _Listening(Reader):
    """The reader without temperatures, noting what its second stage says beside what is true."""

    marked: MarkedArticle
    heard: Pairs

    def _run_relations(self, text: str, words: Words, found: _Found, block: slice) -> dict[str, Any]:
        self._temperatures = {}
        out = super()._run_relations(text, words, found, block)
        low, high = words.start[found.low[block]], words.end[found.high[block] - 1]
        marks = [
            _mark_at(self.marked, int(a), int(b), TAGS[tag])
            for a, b, tag in zip(low, high, found.tags[block], strict=True)
        ]
        for name, value in _decisions(self.marked, marks, [TAGS[t] for t in found.tags[block]], out, self):
            self.heard[name].append(value)
        return out

    @property
    def classes(self) -> tuple[list[Status], list[Mode | None]]:
        """Statuses and modes in the order of the model's classes."""
        return self._statuses, self._modes


def _mark_at(marked: MarkedArticle, start: int, end: int, tag: Tag) -> MarkedSpan | None:
    over = [m for m in marked.spans if m.tag is tag and m.start < end and start < m.end]
    return max(over, key=lambda m: min(m.end, end) - max(m.start, start), default=None)


def _decisions(
    marked: MarkedArticle,
    marks: Sequence[MarkedSpan | None],
    tags: Sequence[Tag],
    out: Mapping[str, Any],
    reader: _Listening,
) -> list[tuple[str, tuple[Floats, int]]]:
    of = [meetings_of(marked, m) if m else frozenset[str]() for m in marks]
    triggers = [i for i, tag in enumerate(tags) if tag is Tag.TRIGGER]
    told: list[tuple[str, tuple[Floats, int]]] = []

    def say(name: str, p: Any, gold: int) -> None:
        told.append((name, (np.log(np.clip(np.atleast_1d(np.asarray(p, float)), 1e-7, 1 - 1e-7)), gold)))

    for i, m in enumerate(marks):
        say("valid", out["valid"][i], int(m is not None))
        if m and m.tag is Tag.PARTICIPANT:
            kind = 2 if len(m.of) > 1 else int(marked.people[m.of[0]]["type"] == "group")
            say("kind", out["kind"][i], kind)
    statuses, modes = reader.classes
    for row, t in enumerate(triggers):
        for i in range(len(tags)):
            if tags[i] is not Tag.TRIGGER:
                say("links", out["links"][row][i], int(bool(of[t] & of[i])))
        for later in range(row + 1, len(triggers)):
            say("meetings", out["meetings"][row][later], int(bool(of[t] & of[triggers[later]])))
        if of[t]:
            fact = marked.meetings[min(of[t])]
            say("status", out["status"][row], statuses.index(Status(fact["status"])))
            say("mode", out["mode"][row], modes.index(Mode(fact["mode"]) if fact.get("mode") else None))
            say("background", out["background"][row], int(bool(fact.get("background"))))
            say("several", out["several"][row], int(len(of[t]) > 1))
    told += _between(marks, of, tags, out)
    return told


def _between(
    marks: Sequence[MarkedSpan | None],
    of: Sequence[frozenset[str]],
    tags: Sequence[Tag],
    out: Mapping[str, Any],
) -> list[tuple[str, tuple[Floats, int]]]:
    """Coreference of people, and which linked spans share a meeting."""
    told = []
    people = [i for i, tag in enumerate(tags) if tag is Tag.PARTICIPANT]
    for a, i in enumerate(people):
        for b in range(a + 1, len(people)):
            p = np.log(np.clip(np.asarray(out["people"][a][b], float), 1e-7, 1.0))
            told.append(("people", (p, _coreference_class(marks[i], marks[people[b]]))))
    linked = [i for i in range(len(tags)) if of[i] and tags[i] is not Tag.TRIGGER]
    for a, i in enumerate(linked):
        for j in linked[a + 1 :]:
            p = np.clip(np.atleast_1d(np.asarray(out["together"][i, j], float)), 1e-7, 1 - 1e-7)
            told.append(("together", (np.log(p), int(bool(of[i] & of[j])))))
    return told


def _coreference_class(one: MarkedSpan | None, other: MarkedSpan | None) -> int:
    """0 apart, 1 the same people, 2 the first among the second's, 3 the other way round."""
    if one is None or other is None:
        return 0
    a, b = set(one.of), set(other.of)
    return 1 if a == b else 2 if a < b else 3 if b < a else 0


def _fit(scores: Floats, gold: Any) -> float:
    """The temperature of least cross-entropy; `scores` are log-probabilities at temperature 1."""
    from scipy.optimize import minimize_scalar

    if scores.shape[1] == 1:
        scores = np.hstack([np.log1p(-np.exp(scores)), scores])

    def loss(t: float) -> float:
        z = scores / t
        return float((np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), gold]).mean())

    return float(minimize_scalar(loss, bounds=(0.4, 5.0), method="bounded").x)


def temperatures(model: Path, held: Sequence[MarkedArticle]) -> dict[str, float]:
    """Temperature by head of the exported model in the folder `model`."""
    reader = _Listening.load(model)
    reader.heard = defaultdict(list)
    for m in held:
        reader.marked = m
        reader.read(m.article())
    return {
        name: round(_fit(np.stack([s for s, _ in told]), np.array([g for _, g in told])), 2)
        for name, told in sorted(reader.heard.items())
    }


def calibrate(model: Path, held: Sequence[MarkedArticle]) -> dict[str, float]:
    """Measure the temperatures of the model in the folder `model` and write them into its `meta.json`."""
    found = temperatures(model, held)
    path = model / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(meta | {"temperatures": found}, indent=1) + "\n", encoding="utf-8")
    return found


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    parser.add_argument("--held", required=True)
    args = parser.parse_args()
    sys.stderr.write(f"{calibrate(args.model, held_out(load(args.corpus), args.held))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
