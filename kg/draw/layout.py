"""Where nodes go: a layout on numpy and scipy, the same for the same graph, in any process.

Components up to a few hundred nodes are laid out by stress majorisation on graph distances;
larger ones start from pivot MDS and follow a force model whose repulsion is a convolution
on a grid (FFT), which costs the same for every pair of nodes taken together. Components are
then packed side by side, the largest first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.linalg import inv
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

__all__ = ["EDGE", "Edges", "Points", "layout"]

Points = NDArray[np.float64]
Edges = NDArray[np.int64]

EDGE = 120.0
"""Length of a line between two neighbours, in pixels at zoom 1."""
STRESS_LIMIT = 420
"""Largest component for stress majorisation, whose cost is quadratic."""
STEPS = 130
"""Rounds of the force model."""
GAP = 34.0
"""Least distance of two nodes, pixels."""
ASPECT = 1.7
"""Width to height that packing aims at."""


def layout(count: int, edges: Edges, weights: Points | None = None) -> Points:
    """Positions (count × 2, pixels, centred on 0) of nodes joined by `edges` (m × 2 indices)."""
    if count == 0:
        return np.zeros((0, 2))
    edges = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    weights = np.ones(len(edges)) if weights is None else np.asarray(weights, dtype=float)
    matrix = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    number, member = connected_components(matrix, directed=False)
    order = np.argsort(member, kind="stable")
    bounds = np.searchsorted(member[order], np.arange(number + 1))
    edge_order = np.argsort(member[edges[:, 0]], kind="stable") if len(edges) else np.zeros(0, dtype=int)
    edge_bounds = np.searchsorted(member[edges[edge_order, 0]], np.arange(number + 1))
    local = np.empty(count, dtype=np.int64)
    pieces: list[tuple[Any, Any]] = []
    for index in range(number):
        nodes = order[bounds[index] : bounds[index + 1]]
        local[nodes] = np.arange(len(nodes))
        mine = edge_order[edge_bounds[index] : edge_bounds[index + 1]]
        pieces.append((nodes, _component(len(nodes), local[edges[mine]], weights[mine])))
    return _packed(count, pieces)


def _component(count: int, edges: Edges, weights: Points) -> Points:
    """One connected component, turned so that its longer side lies flat."""
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        return np.array([[-EDGE / 2, 0.0], [EDGE / 2, 0.0]])
    found = _stress(count, edges) if count <= STRESS_LIMIT else _forces(count, edges, weights)
    found -= found.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(found.T))
    found = found @ axes[:, ::-1]
    # eigenvectors have no sign of their own: choose it so that the picture never flips between runs
    found *= np.where(found[np.abs(found).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return _apart(found)


def _graph(count: int, edges: Edges) -> Any:
    both = np.concatenate([edges, edges[:, ::-1]])
    matrix = coo_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(count, count)).tocsr()
    matrix.data[:] = 1.0
    return matrix


def _stress(count: int, edges: Edges) -> Points:
    """Stress majorisation: distances in the picture as near as can be to those in the graph."""
    matrix = _graph(count, edges)
    steps = shortest_path(matrix, directed=False, unweighted=True)
    degree = np.diff(matrix.indptr)
    # neighbours of hubs need room: their lines may be longer
    crowd = np.sqrt(np.maximum(degree[:, None], degree[None, :]) / 6.0)
    ideal = steps * EDGE * np.where(steps == 1, np.clip(crowd, 1.0, 2.2), 1.1)
    np.fill_diagonal(ideal, 1.0)
    pull = ideal**-2.0
    np.fill_diagonal(pull, 0.0)
    laplace = np.diag(pull.sum(axis=1)) - pull
    inverse = inv(laplace + pull.mean()) - 1.0 / (count * count * pull.mean())
    now = _pivot_mds(matrix, min(count, 60)) * EDGE
    now += np.random.default_rng(0).normal(scale=EDGE / 50, size=now.shape)  # parts equal positions
    goal = pull * ideal
    for _ in range(90):
        gaps = np.sqrt(((now[:, None, :] - now[None, :, :]) ** 2).sum(axis=2))
        ratio = goal / np.maximum(gaps, 1e-6)
        np.fill_diagonal(ratio, 0.0)
        b_matrix = np.diag(ratio.sum(axis=1)) - ratio
        moved = inverse @ (b_matrix @ now)
        shift = np.abs(moved - now).max()
        now = moved
        if shift < EDGE / 200:
            break
    return now


def _pivot_mds(matrix: Any, pivots: int) -> Points:
    """First two principal directions of the distances to a few far-apart nodes."""
    count = matrix.shape[0]
    if count > 5000:
        pivots = min(pivots, 30)
    degree = np.diff(matrix.indptr)
    first = int(degree.argmax())
    nearest = np.full(count, np.inf)
    rows = []
    at = first
    for _index in range(pivots):
        row = shortest_path(matrix, directed=False, unweighted=True, indices=at)
        rows.append(row)
        nearest = np.minimum(nearest, row)
        at = int(nearest.argmax())
    square = np.array(rows).T ** 2
    square -= square.mean(axis=0)
    square -= square.mean(axis=1, keepdims=True)
    _, vectors = np.linalg.eigh(square.T @ square)
    found = square @ vectors[:, -2:][:, ::-1]
    spread = np.sqrt((found**2).sum(axis=1).mean()) or 1.0
    return np.asarray(found / spread * np.sqrt(count) / 2)


def _forces(count: int, edges: Edges, weights: Points) -> Points:
    """Force model after ForceAtlas2: mass is degree + 1, repulsion 1/d, attraction grows with d."""
    matrix = _graph(count, edges)
    mass = np.diff(matrix.indptr) + 1.0
    strength = np.minimum(1.0 + np.log2(np.maximum(weights, 1.0)), 4.0)
    pulls = coo_array((strength, (edges[:, 0], edges[:, 1])), shape=(count, count)).tocsr()
    pulls = (pulls + pulls.T).tocsr()
    total = np.asarray(pulls.sum(axis=1)).reshape(-1, 1)
    now = _pivot_mds(matrix, 40)
    now += np.random.default_rng(0).normal(scale=0.05, size=now.shape)
    now *= np.sqrt(mass.mean())
    before = np.zeros_like(now)
    speed = 1.0
    for step in range(STEPS):
        grid = 128 if step < STEPS * 0.6 else 256
        force = _repulsion(now, mass, grid)
        force -= total * now - pulls @ now
        force -= 0.03 * mass[:, None] * now
        swing = np.sqrt(((force - before) ** 2).sum(axis=1))
        useful = np.sqrt(((force + before) ** 2).sum(axis=1)) / 2
        wanted = (mass * useful).sum() / max((mass * swing).sum(), 1e-9)
        speed = min(max(wanted, 1e-3), speed * 1.5)
        pace = speed / (1.0 + np.sqrt(speed * swing))
        size = np.sqrt((force**2).sum(axis=1))
        pace = np.minimum(pace, 10.0 / np.maximum(size, 1e-9))
        now = now + force * pace[:, None]
        before = force
    now = _rounded(now)
    lengths = np.sqrt(((now[edges[:, 0]] - now[edges[:, 1]]) ** 2).sum(axis=1))
    nearest = cKDTree(now).query(now, k=2)[0][:, 1]
    scale = max(EDGE / max(float(np.median(lengths)), 1e-6), GAP * 1.2 / max(float(np.median(nearest)), 1e-6))
    return np.asarray(now * scale)


def _rounded(now: Points) -> Points:
    """Stragglers are drawn in: beyond the 90th percentile, distance from the middle grows only by its log."""
    away = now - np.median(now, axis=0)
    far = np.sqrt((away**2).sum(axis=1))
    edge = float(np.percentile(far, 90))
    drawn = np.where(far > edge, edge * (1 + 0.5 * np.log(np.maximum(far / edge, 1))), far)
    return np.asarray(away * (drawn / np.maximum(far, 1e-9))[:, None])


def _repulsion(now: Points, mass: Points, grid: int) -> Points:
    """Repulsion 1/d of all masses on all nodes, through a grid × grid raster."""
    low = np.percentile(now, 0.5, axis=0)
    high = np.percentile(now, 99.5, axis=0)
    middle = (low + high) / 2
    half = max(float((high - low).max()) * 0.6, 1e-6)
    cell = 2 * half / (grid - 2)
    at = np.clip((now - middle + half) / cell, 0, grid - 2 - 1e-6)
    base = at.astype(np.int64)
    part = at - base
    corners = ((0, 0), (0, 1), (1, 0), (1, 1))
    shares = [np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]) for dx, dy in corners]
    places = [(base[:, 0] + dx) * grid + base[:, 1] + dy for dx, dy in corners]
    raster = np.zeros(grid * grid)
    for share, place in zip(shares, places, strict=True):
        raster += np.bincount(place, share * mass, grid * grid)
    reach = np.concatenate([np.arange(grid), np.arange(-grid, 0)]).astype(np.float32) * cell
    square = reach[:, None] ** 2 + reach[None, :] ** 2 + cell * cell * 0.5
    spectrum = fft.rfft2(raster.reshape(grid, grid).astype(np.float32), s=(2 * grid, 2 * grid))
    found = np.empty_like(now)
    for axis, kernel in enumerate((reach[:, None] / square, reach[None, :] / square)):
        field = fft.irfft2(spectrum * fft.rfft2(kernel), s=(2 * grid, 2 * grid))[:grid, :grid].ravel()
        found[:, axis] = sum(share * field[place] for share, place in zip(shares, places, strict=True))
    return found * mass[:, None]


def _apart(now: Points, rounds: int = 12) -> Points:
    """Nodes nearer to each other than the gap are pushed apart."""
    for _ in range(rounds):
        pairs = cKDTree(now).query_pairs(GAP, output_type="ndarray")
        if len(pairs) == 0:
            break
        if len(pairs) > 40 * len(now):  # a clump: spread everything instead
            now = now * 1.6
            continue
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        away = now[pairs[:, 0]] - now[pairs[:, 1]]
        size = np.sqrt((away**2).sum(axis=1))
        same = size < 1e-6
        away[same] = np.stack([np.cos(pairs[same, 0]), np.sin(pairs[same, 0])], axis=1)
        push = away / np.maximum(size, 1e-6)[:, None] * ((GAP * 1.05 - size) / 2)[:, None]
        push[same] = away[same] * GAP / 2
        shift = np.zeros_like(now)
        for axis in (0, 1):
            shift[:, axis] += np.bincount(pairs[:, 0], push[:, axis], len(now))
            shift[:, axis] -= np.bincount(pairs[:, 1], push[:, axis], len(now))
        now = now + np.clip(shift, -GAP, GAP)
    return now


def _packed(count: int, pieces: list[tuple[Any, Any]]) -> Points:
    """Components side by side without overlap, in a field wider than high."""
    margin = EDGE * 0.6
    boxes = []
    for nodes, points in pieces:
        low, high = points.min(axis=0), points.max(axis=0)
        boxes.append((nodes, points - low, *(high - low + margin)))
    boxes.sort(key=lambda box: (-len(box[0]), int(box[0][0])))
    sizes = [(wide, high) for _, _, wide, high in boxes]
    area = sum(wide * high for wide, high in sizes)
    widest = max(wide for wide, _ in sizes)
    limits = [max(widest, float(np.sqrt(area * ASPECT)) * factor) for factor in (0.9, 1.1, 1.35, 1.7)]
    if len(sizes) > 400:  # packing costs boxes × skyline: one try must do
        limits = limits[1:2]
    tries = [_skyline(sizes, limit) for limit in limits]
    best = min(tries, key=lambda each: max(each[1] / ASPECT, each[2]))
    found = np.zeros((count, 2))
    for (nodes, points, _, _), corner in zip(boxes, best[0], strict=True):
        found[nodes] = points + np.array(corner)
    middle: Points = (found.min(axis=0) + found.max(axis=0)) / 2
    return found - middle


def _skyline(
    sizes: list[tuple[float, float]], limit: float
) -> tuple[list[tuple[float, float]], float, float]:
    """Corners for boxes, each as high up as it fits, with the width and height of the whole."""
    line = [(0.0, 0.0, limit)]  # (height, from, to), from left to right
    corners = []
    right = bottom = 0.0
    for wide, high in sizes:
        at, top = _lowest(line, wide, limit)
        corners.append((at, top))
        right, bottom = max(right, at + wide), max(bottom, top + high)
        end = at + wide
        rest = []
        for height, start, stop in line:
            if start < at:
                rest.append((height, start, min(stop, at)))
            if stop > end:
                rest.append((height, max(start, end), stop))
        line = sorted([*rest, (top + high, at, end)], key=lambda each: each[1])
    return corners, right, bottom


def _lowest(line: list[tuple[float, float, float]], wide: float, limit: float) -> tuple[float, float]:
    best = (float("inf"), 0.0)
    for index, (_, start, _) in enumerate(line):
        if start + wide > limit + 1e-6:
            break
        top = 0.0
        for height, begin, _stop in line[index:]:
            if begin >= start + wide - 1e-6:
                break
            top = max(top, height)
        best = min(best, (top, start))
    return best[1], best[0]
