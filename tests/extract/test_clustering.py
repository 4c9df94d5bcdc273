"""Clustering: joins what is alike, never what is kept apart, in whatever order the pairs come."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.clustering import agglomerate

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
    st.sampled_from([-30.0, -2.0, -0.5, 0.5, 1.0, 3.0]),
    max_size=28,
)


def test_joins_by_mean_score() -> None:
    assert agglomerate({(0, 1): 3.0, (1, 2): 2.0, (0, 2): -1.0}, 3) == [(0, 1, 2)]
    assert agglomerate({(0, 1): 3.0, (1, 2): 0.5, (0, 2): -1.0}, 3) == [(0, 1), (2,)]


def test_veto_is_for_good() -> None:
    assert agglomerate({(0, 1): 3.0, (1, 2): 3.0, (0, 2): -30.0}, 3) in ([(0, 1), (2,)], [(0,), (1, 2)])


@given(PAIRS, st.integers(0, 999))
def test_order_of_pairs_is_irrelevant(pairs: dict[tuple[int, int], float], seed: int) -> None:
    shuffled = list(pairs.items())
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    assert agglomerate(pairs, 8) == agglomerate(dict(shuffled), 8)


@given(PAIRS)
def test_partition_without_vetoed_pairs(pairs: dict[tuple[int, int], float]) -> None:
    clusters = agglomerate(pairs, 8)
    assert sorted(i for c in clusters for i in c) == list(range(8))
    assert all(pairs.get((a, b), 0.0) > -20.0 for c in clusters for a in c for b in c if a < b)
