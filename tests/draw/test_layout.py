"""Positions: one each, apart from each other, near to neighbours, the same every time, fast."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from kg.draw.layout import GAP, layout

GRAPHS = {
    "nothing": nx.empty_graph(0),
    "one": nx.empty_graph(1),
    "alone": nx.empty_graph(7),
    "pair": nx.path_graph(2),
    "star": nx.star_graph(60),
    "clique": nx.complete_graph(25),
    "islands": nx.disjoint_union_all([nx.path_graph(4), nx.cycle_graph(6), nx.empty_graph(3)]),
    "random": nx.barabasi_albert_graph(150, 2, seed=1),
    "large": nx.barabasi_albert_graph(900, 2, seed=1),
}


def edges(graph: nx.Graph) -> np.ndarray:
    return np.array(list(graph.edges()), dtype=np.int64).reshape(-1, 2)


@pytest.mark.parametrize("name", GRAPHS)
def test_positions_are_apart_and_the_same_every_time(name: str) -> None:
    graph = GRAPHS[name]
    found = layout(len(graph), edges(graph))
    assert found.shape == (len(graph), 2)
    assert np.isfinite(found).all()
    assert (found == layout(len(graph), edges(graph))).all()
    if len(graph) > 1:
        nearest = cKDTree(found).query(found, k=2)[0][:, 1]
        assert np.percentile(nearest, 5) > GAP * 0.7


def test_neighbours_are_nearer_than_strangers() -> None:
    for name in ("random", "large"):
        graph = GRAPHS[name]
        found = layout(len(graph), edges(graph))
        pairs = edges(graph)
        near = np.linalg.norm(found[pairs[:, 0]] - found[pairs[:, 1]], axis=1).mean()
        shuffled = np.random.default_rng(1).permutation(len(found))
        far = np.linalg.norm(found - found[shuffled], axis=1).mean()
        assert near < far * 0.75


def test_communities_stay_together() -> None:
    graph = nx.planted_partition_graph(6, 100, 0.15, 0.002, seed=4)
    found = layout(600, edges(graph))
    middles = np.array([found[index * 100 : index * 100 + 100].mean(axis=0) for index in range(6)])
    nearest = np.linalg.norm(found[:, None, :] - middles[None, :, :], axis=2).argmin(axis=1)
    assert (nearest == np.repeat(np.arange(6), 100)).mean() > 0.7


def test_islands_do_not_overlap() -> None:
    graph = nx.disjoint_union_all([nx.path_graph(size) for size in (9, 7, 5, 4, 3, 2, 2)])
    found = layout(len(graph), edges(graph))
    boxes = [
        (found[sorted(part)].min(axis=0), found[sorted(part)].max(axis=0))
        for part in nx.connected_components(graph)
    ]
    for index, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[index + 1 :]:
            assert (high < other_low).any() or (other_high < low).any()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60))
def test_any_graph_gets_finite_positions(count: int, pairs: list[tuple[int, int]]) -> None:
    kept = [(one, other) for one, other in pairs if one < count and other < count and one != other]
    found = layout(count, np.array(kept, dtype=np.int64).reshape(-1, 2))
    assert found.shape == (count, 2)
    assert np.isfinite(found).all()


@pytest.mark.slow
def test_ten_thousand_nodes_take_less_than_five_seconds() -> None:
    graph = nx.barabasi_albert_graph(10_000, 3, seed=1)
    pairs = edges(graph)
    start = time.process_time()
    layout(10_000, pairs)
    # the process's own time on all its threads: a busy machine must not fail the test
    assert time.process_time() - start < 10
