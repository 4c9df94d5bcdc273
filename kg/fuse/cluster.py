"""From likenesses of pairs to events: no chain of weak likenesses pulls strangers together.

1. Mentions that look the same in all that matters stand as one *node*.
2. Nodes that may be one event, or want the same IRI, form *components*. They never influence
   each other: each is solved alone, in any process.
3. Within a component, nodes with a known day are joined by average linkage: two groups become
   one when all their pairs together reach the threshold and none of them forbids it (two
   mentions of one article never meet in one event).
4. Undated and vague nodes then join the group that fits best, if it leads clearly; what is
   left over is joined among itself in the same way as in 3.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.fuse.block import lookup_keys, slug_key, stored_keys
from kg.fuse.copies import likeness as copied
from kg.fuse.profile import Precision, Profile
from kg.fuse.same import score
from kg.fuse.thresholds import VETO, Rules
from kg.model import Status

__all__ = ["Node", "clusters", "components", "connected", "nodes", "reprinted"]


@dataclass(frozen=True, slots=True)
class Node:
    """Mentions of different articles that are alike in all that decides."""

    members: tuple[Profile, ...]

    @property
    def first(self) -> Profile:
        """The member that stands for all: the smallest id."""
        return self.members[0]

    @property
    def articles(self) -> frozenset[str]:
        """Whose mentions they are."""
        return frozenset(member.article for member in self.members)


def nodes(profiles: Iterable[Profile], rules: Rules) -> list[Node]:
    """Alike mentions together, sorted by their smallest ids.

    Two alike mentions of one article (two rounds that it hardly tells apart) stay apart: the
    first goes with the firsts of other articles, the second with the seconds.
    """
    found: dict[object, list[Profile]] = {}
    seen: dict[object, int] = {}
    for profile in sorted(profiles, key=lambda profile: profile.id):
        shape = profile.shape
        turn = seen.get((shape, profile.article), 0)
        seen[shape, profile.article] = turn + 1
        alone = shape.precision is Precision.LOOSE or score(shape, shape, rules) < rules.same
        found.setdefault(profile.id if alone else (shape, turn), []).append(profile)
    return [Node(tuple(members)) for members in found.values()]


def likeness(one: Profile, other: Profile, rules: Rules) -> int:
    """Points for two mentions being one event, with what two copies of a text add."""
    points = score(one.shape, other.shape, rules)
    if points <= VETO or points >= rules.same or not reprinted(one, other, rules):
        return points
    return points + rules.reprint


def reprinted(one: Profile, other: Profile, rules: Rules) -> bool:
    """Are two mentions that nothing else can place told in copies of one text?"""
    if one.shape.precision is not Precision.LOOSE or other.shape.precision is not Precision.LOOSE:
        return False
    return copied(one.signature, other.signature) >= rules.reprint_likeness


def connected(one: Profile, other: Profile, rules: Rules) -> bool:
    """Do two mentions have to be decided on together?

    Two of one article do too when they are alike: one of them may be what others tell of.
    """
    slug = slug_key(one)
    return (slug is not None and slug == slug_key(other)) or likeness(one, other, rules) >= rules.same


# --- components -------------------------------------------------------------------------------


def components(profiles: Sequence[Profile], rules: Rules) -> list[tuple[Profile, ...]]:
    """`profiles` (of one kind) in groups that have nothing to do with each other, in order."""
    parts = nodes(profiles, rules)
    parent = list(range(len(parts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        a, b = root(i), root(j)
        parent[max(a, b)] = min(a, b)

    index: dict[str, list[int]] = {}
    slugs: dict[str, int] = {}
    for i, node in enumerate(parts):
        for member in node.members:  # spelled differently, alike nodes may still want several names
            if slug := slug_key(member):
                join(i, slugs.setdefault(slug, i))
        near = {j for key in lookup_keys(node.first, rules) for j in index.get(key, ())}
        for j in near:
            if root(i) != root(j) and likeness(node.first, parts[j].first, rules) >= rules.same:
                join(i, j)
        for key in stored_keys(node.first):
            index.setdefault(key, []).append(i)
    grouped: dict[int, list[Profile]] = {}
    for i, node in enumerate(parts):
        grouped.setdefault(root(i), []).extend(node.members)
    return [tuple(sorted(group, key=lambda profile: profile.id)) for group in grouped.values()]


# --- clusters within a component ----------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """Nodes joined so far. `weight` is the number of mentions."""

    nodes: tuple[int, ...]
    weight: int


class _Table:
    """Points between the nodes of a component, computed once each."""

    def __init__(self, parts: Sequence[Node], rules: Rules) -> None:
        self.parts = parts
        self.rules = rules
        self._articles = [node.articles for node in parts]
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, i: int, j: int) -> int:
        pair = (i, j) if i < j else (j, i)
        points = self._known.get(pair)
        if points is None:
            if self._articles[i] & self._articles[j]:
                points = VETO
            else:
                points = likeness(self.parts[i].first, self.parts[j].first, self.rules)
            self._known[pair] = points
        return points

    def weight(self, i: int) -> int:
        return len(self.parts[i].members)

    def total(self, one: Iterable[int], other: Sequence[int]) -> int | None:
        """Sum over all pairs of mentions; None when one pair forbids it."""
        total = 0
        for i in one:
            for j in other:
                points = self(i, j)
                if points <= VETO:
                    return None
                total += points * self.weight(i) * self.weight(j)
        return total


def clusters(component: Sequence[Profile], rules: Rules) -> list[tuple[Profile, ...]]:
    """The events of a component, each as its mentions sorted by id; sorted by their first."""
    parts = nodes(component, rules)
    table = _Table(parts, rules)
    known = [i for i, node in enumerate(parts) if node.first.shape.precision is Precision.NARROW]
    vague = [i for i, node in enumerate(parts) if node.first.shape.precision is not Precision.NARROW]
    groups = _linkage(known, table)
    groups, rest = _attach(groups, vague, table)
    groups += _linkage(rest, table)
    found = [
        tuple(sorted((m for i in group.nodes for m in parts[i].members), key=lambda member: member.id))
        for group in groups
    ]
    return sorted(found, key=lambda members: members[0].id)


def _linkage(items: Sequence[int], table: _Table) -> list[_Group]:
    """Average linkage: the most alike pair of groups first, ties by the smallest nodes."""
    alive = {n: _Group((i,), table.weight(i)) for n, i in enumerate(items)}
    sums: dict[tuple[int, int], int] = {}
    heap: list[tuple[float, int, int]] = []

    def offer(a: int, b: int, total: int | None) -> None:
        if total is None:
            return
        sums[a, b] = total
        mean = total / (alive[a].weight * alive[b].weight)
        if mean >= table.rules.same:
            heapq.heappush(heap, (-mean, a, b))

    for b in range(len(items)):
        for a in range(b):
            offer(a, b, table.total(alive[a].nodes, alive[b].nodes))
    fresh = len(items)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in alive or b not in alive:
            continue
        one, other = alive.pop(a), alive.pop(b)
        others = list(alive)
        alive[fresh] = _Group((*one.nodes, *other.nodes), one.weight + other.weight)
        for c in others:
            left, right = sums.get((min(a, c), max(a, c))), sums.get((min(b, c), max(b, c)))
            offer(c, fresh, None if left is None or right is None else left + right)
        fresh += 1
    return list(alive.values())


_AHEAD = frozenset((Status.PLANNED, Status.POSSIBLE))


def _attach(groups: list[_Group], vague: Sequence[int], table: _Table) -> tuple[list[_Group], list[int]]:
    """Vague nodes put to the group that they fit best; returns the groups and who stays alone.

    How well a node fits is measured on the nodes with a known day only, so that the order
    of joining plays no part; that nobody who joined before forbids it is checked as well.
    """
    offers: list[tuple[float, str, int, int]] = []
    for i in vague:
        choice = _choose(i, groups, table)
        if choice is not None:
            mean, g = choice
            offers.append((-mean, table.parts[i].first.id, i, g))
    grown = [list(group.nodes) for group in groups]
    joined = set()
    for _, _, i, g in sorted(offers):
        if all(table(i, j) > VETO for j in grown[g]):
            grown[g].append(i)
            joined.add(i)
    sized = [_Group(tuple(nodes), sum(map(table.weight, nodes))) for nodes in grown]
    return sized, [i for i in vague if i not in joined]


def _choose(i: int, groups: list[_Group], table: _Table) -> tuple[float, int] | None:
    """The group for a vague node: the best by a margin, else the one by far most told of.

    A plan goes to the first of equals in time instead; what else is in doubt stays alone.
    """
    fits: list[tuple[float, int, int]] = []
    for g, group in enumerate(groups):
        total = table.total((i,), group.nodes)
        mean = -1.0 if total is None else total / (group.weight * table.weight(i))
        if mean >= table.rules.same:
            first = min((table.parts[j].first.shape.stated or (0, 0))[0] for j in group.nodes)
            fits.append((mean, first, g))
    if not fits:
        return None
    best = max(mean for mean, _, _ in fits)
    close = [fit for fit in fits if fit[0] > best - table.rules.margin]
    if len(close) > 1 and table.parts[i].first.shape.status in _AHEAD:
        close = [min(close, key=lambda fit: (fit[1], -fit[0], min(groups[fit[2]].nodes)))]
    elif len(close) > 1:
        most = max(groups[fit[2]].weight for fit in close)
        close = [fit for fit in close if groups[fit[2]].weight * table.rules.outweighed > most]
    return (close[0][0], close[0][2]) if len(close) == 1 else None
