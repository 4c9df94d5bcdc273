"""Label scores of words → spans: the best labelling in which no span goes on that has not begun."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["best_spans", "probabilities"]

Floats = np.ndarray[Any, np.dtype[np.float32]]
_QUIET = 0.995
"""A word at least so surely outside any span separates what is decoded together."""


def probabilities(scores: Floats) -> Floats:
    """Softmax over the last axis."""
    lifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = lifted / lifted.sum(axis=-1, keepdims=True)
    return result


def best_spans(scores: Floats, lift: float = 0.0) -> list[tuple[int, int, int, float]]:
    """(first word, end, tag, probability) of spans, in order and apart from each other.

    `scores`: (words, 1 + 2 × tags): outside, then begin and inside of each tag. `lift` is taken
    from "outside": a positive one finds more spans. The probability is the mean of the words'.

    >>> scores = np.log(np.array([[0.9, 0.05, 0.05], [0.2, 0.7, 0.1], [0.1, 0.2, 0.7]], dtype=np.float32))
    >>> [(low, high, tag) for low, high, tag, _ in best_spans(scores)]
    [(1, 3, 0)]
    """
    chances = probabilities(scores)
    logs = np.log(np.maximum(chances, 1e-9))
    logs[:, 0] -= lift
    active = np.flatnonzero(chances[:, 0] < _QUIET)
    if not len(active):
        return []
    cuts = np.flatnonzero(np.diff(active) > 1) + 1
    spans: list[tuple[int, int, int, float]] = []
    for run in np.split(active, cuts):
        low, high = int(run[0]), int(run[-1]) + 1
        labels = _viterbi(logs[low:high])
        spans += _spans(labels, chances[low:high], low)
    return spans


def _viterbi(logs: Floats) -> list[int]:
    """The best row of labels; "inside" follows only "begin" or "inside" of its tag."""
    size = logs.shape[0]
    came = np.zeros(logs.shape, dtype=np.int64)
    at = logs[0].copy()
    at[2::2] = -np.inf
    tags = np.arange((logs.shape[1] - 1) // 2)
    for i in range(1, size):
        begin, inside = at[1::2], at[2::2]
        best = int(np.argmax(at))
        went_on = inside > begin
        came[i] = best
        came[i, 2::2] = 1 + 2 * tags + went_on
        nxt = logs[i] + at[best]
        nxt[2::2] = logs[i, 2::2] + np.where(went_on, inside, begin)
        at = nxt
    labels = [int(np.argmax(at))]
    for i in range(size - 1, 0, -1):
        labels.append(int(came[i, labels[-1]]))
    return labels[::-1]


def _spans(labels: list[int], chances: Floats, shift: int) -> list[tuple[int, int, int, float]]:
    spans: list[tuple[int, int, int, float]] = []
    start = -1
    for i, label in enumerate([*labels, 0]):
        if start >= 0 and (label == 0 or label % 2 == 1):
            tag = (labels[start] - 1) // 2
            sure = chances[start:i, 1 + 2 * tag : 3 + 2 * tag].sum(axis=1)
            spans.append((start + shift, i + shift, tag, float(sure.mean())))
            start = -1
        if label % 2 == 1:
            start = i
    return spans
