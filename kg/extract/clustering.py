"""Order-free agglomerative clustering over sparse pair scores."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

__all__ = ["agglomerate"]

_Cell = tuple[float, int, bool]
"""Sum of scores between two clusters, number of scored pairs, kept apart for good."""


def agglomerate(
    scores: Mapping[tuple[int, int], float], size: int, *, threshold: float = 0.0, veto: float = -20.0
) -> list[tuple[int, ...]]:
    """Clusters of `range(size)`: the two with the highest mean score are joined while it beats `threshold`.

    A pair at or below `veto` keeps its clusters apart for good. Unlisted pairs say nothing. Clusters
    come back ordered by their first member; equal scores are decided by the members, never by the
    order of the mapping.

    >>> agglomerate({(0, 1): 2.0, (1, 2): 1.0, (0, 2): -30.0}, 4)
    [(0, 1), (2,), (3,)]
    """
    members: dict[int, tuple[int, ...]] = {i: (i,) for i in range(size)}
    cells: dict[int, dict[int, _Cell]] = {i: {} for i in range(size)}
    for (a, b), score in scores.items():
        if a != b:
            cells[a][b] = cells[b][a] = (score, 1, score <= veto)
    heap = [_entry(a, b, cell) for a in cells for b, cell in cells[a].items() if a < b]
    heap = [entry for entry in heap if -entry[0] > threshold]
    heapq.heapify(heap)
    while heap:
        mean, a, b, pairs = heapq.heappop(heap)
        cell = cells.get(a, {}).get(b)
        if cell is None or cell[2] or cell[1] != pairs or _entry(a, b, cell)[0] != mean:
            continue
        members[a] = tuple(sorted(members[a] + members.pop(b)))
        _merge(cells, a, b)
        for other, fresh in cells[a].items():
            entry = _entry(min(a, other), max(a, other), fresh)
            if not fresh[2] and -entry[0] > threshold:
                heapq.heappush(heap, entry)
    return sorted(members.values())


def _entry(a: int, b: int, cell: _Cell) -> tuple[float, int, int, int]:
    return (-cell[0] / cell[1], a, b, cell[1])


def _merge(cells: dict[int, dict[int, _Cell]], a: int, b: int) -> None:
    """Add the cells of cluster `b` to those of `a` (`a` < `b`: a cluster's key is its first member)."""
    gone = cells.pop(b)
    for other, cell in gone.items():
        del cells[other][b]
        if other == a:
            continue
        before = cells[a].get(other, (0.0, 0, False))
        cells[a][other] = cells[other][a] = (before[0] + cell[0], before[1] + cell[1], before[2] or cell[2])
