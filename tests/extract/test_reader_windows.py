"""Words, windows, labels and pair features: the parts around the model, without it."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import kg.extract.reader
from kg.extract.labels import best_spans
from kg.extract.pairs import PAIR_ROWS, SPAN_ROWS, pair_features, span_features
from kg.extract.windows import cut, split_words

TOKENIZER = Tokenizer.from_file(
    str(Path(kg.extract.reader.__file__).parent / "reader_model" / "tokenizer.json")
)
TOKENIZER.no_padding()
TOKENIZER.no_truncation()


def test_words_carry_case_and_breaks() -> None:
    text = "PARIS, May 3 – Mr. Li met\nher.\n\nThey spoke. Nobody else did."
    words = split_words(text, [(0, len(text))], TOKENIZER)
    told = {
        text[a:b]: (case, level)
        for a, b, case, level in zip(words.start, words.end, words.case, words.breaks, strict=True)
    }
    assert told["PARIS"] == (3, 3)
    assert told["3"] == (5, 0)
    assert told["Li"] == (2, 0)
    assert told["her"] == (1, 2)
    assert told["They"] == (2, 3)
    assert told["Nobody"] == (2, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("ab .\nXé😀\x00\u2028ß中,'"), max_size=3000),
    st.sampled_from([96, 128, 384]),
)
def test_windows_own_each_word_once(text: str, limit: int) -> None:
    words = split_words(text, [(0, len(text))], TOKENIZER)
    windows = cut(words, limit)
    assert [i for w in windows for i in range(w.low, w.high)] == list(range(len(words)))
    for window in windows:
        assert len(window.ids) <= limit
        assert len(window.ids) == len(window.case) == len(window.breaks)
        heads = words.ids[words.first[window.low : window.high]]
        fits = window.firsts < limit - 1
        assert (window.ids[window.firsts][fits] == heads[fits]).all()


@given(st.lists(st.lists(st.floats(-4, 4), min_size=5, max_size=5), min_size=1, max_size=5))
def test_best_spans_are_the_best_of_all_labellings(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32)

    def allowed(labels: tuple[int, ...]) -> bool:
        return all(b not in (2, 4) or a in (b - 1, b) for a, b in zip((0, *labels), labels, strict=False))

    best = max(
        (ls for ls in itertools.product(range(5), repeat=len(rows)) if allowed(ls)),
        key=lambda ls: sum(rows[i][label] for i, label in enumerate(ls)),
    )
    spans = [(low, high, tag) for low, high, tag, _ in best_spans(scores)]
    reached = _total(scores, spans)
    assert reached == pytest.approx(sum(rows[i][label] for i, label in enumerate(best)), abs=0.3)


def _total(scores: np.ndarray, spans: list[tuple[int, int, int]]) -> float:
    labels = [0] * len(scores)
    for low, high, tag in spans:
        labels[low:high] = [1 + 2 * tag] + [2 + 2 * tag] * (high - low - 1)
    return float(sum(scores[i, label] for i, label in enumerate(labels)))


def test_pair_features_tell_shared_names() -> None:
    text = "Anna Berg met Ms Berg and Anna Lund. The minister left."
    words = split_words(text, [(0, len(text))], TOKENIZER)
    low, high = np.array([0, 3, 6, 9]), np.array([2, 5, 8, 11])
    tags = np.zeros(4, dtype=np.int64)
    rows = pair_features(text, words, low, high, tags)
    shared = rows[:, :, 3] - rows[0, 3, 3]
    assert shared[0, 1] == 4  # same last word
    assert shared[0, 2] == 1  # some word
    assert shared[2, 3] == 0
    assert (np.diag(shared) == 5).all()
    assert rows.max() < PAIR_ROWS
    assert span_features(words, low, high, tags).max() < SPAN_ROWS
