"""Trigger marks → meetings: which triggers name one and the same meeting, who sits in it.

Triggers that name one meeting are clustered without regard to order. A trigger that names several
("met A, B and C in turn") is split by who sits together, and its parts are matched with the meetings
that other triggers name.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.extract.clustering import agglomerate
from kg.extract.participants import Cast
from kg.extract.scene import Scene
from kg.extract.settings import Settings
from kg.extract.several import several_at
from kg.extract.text import Layout
from kg.model import BlockKind, Reading, Tag

__all__ = ["Group", "groups", "joined", "likeness", "real_of", "support"]


_BEHIND = re.compile(r" ?(?:with |by |to |on )?(?:[\w.’'-]+ ){0,6}")
_OTHER_OBJECT = 3.0
_STRANGER = 0.3
_REACH = 2
"""Sentences around a trigger in which the people of its several meetings are looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """One meeting: its triggers, its actors with their support, and support of the other spans."""

    triggers: tuple[int, ...]
    actors: Mapping[int, float] = field(default_factory=dict)
    spans: Mapping[int, float] = field(default_factory=dict)
    real: float = 1.0
    """Probability of the surest trigger."""
    split: frozenset[int] = frozenset()
    """Those of its triggers that name other meetings too."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A trigger that names several meetings, cut down to one of them."""

    trigger: int
    actors: frozenset[int]
    spans: frozenset[int]


class _Links:
    """Support of spans and actors by triggers, looked up by trigger."""

    def __init__(self, page: Layout, reading: Reading, cast: Cast, settings: Settings) -> None:
        self.page, self.reading, self.cast, self.settings = page, reading, cast, settings
        self.by_trigger: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for (trigger, span), p in reading.links.items():
            self.by_trigger[trigger][span] = p
        self.owners: defaultdict[int, list[int]] = defaultdict(list)
        for k, actor in enumerate(cast.actors):
            for span in actor.spans:
                self.owners[span].append(k)
        self.plural_of: defaultdict[int, list[int]] = defaultdict(list)
        for span, members in cast.plural.items():
            for k in members:
                self.plural_of[k].append(span)
        self._actor_cache: dict[int, dict[int, float]] = {}

    def actors(self, trigger: int) -> dict[int, float]:
        """Support of each actor by one trigger."""
        if trigger not in self._actor_cache:
            self._actor_cache[trigger] = self._actors(trigger)
        return self._actor_cache[trigger]

    def _actors(self, trigger: int) -> dict[int, float]:
        links = self.by_trigger[trigger]
        touched = {k for span in links for k in (*self.owners[span], *self.cast.plural.get(span, ()))}
        at = self.reading.spans[trigger].start
        told = {k: score for k in sorted(touched) if (score := self._support(k, links, trigger, at)) > 0.0}
        shown = self._shown(at)
        return {k: score for k, score in told.items() if k in shown} if len(shown) > 1 else told

    def _shown(self, at: int) -> set[int]:
        """The actors named in the caption that holds `at`: it shows them and nobody else."""
        blocks = (
            b for b in self.page.article.blocks if b.kind is BlockKind.CAPTION and b.start <= at < b.end
        )
        return {
            k
            for block in blocks
            for k, actor in enumerate(self.cast.actors)
            if any(block.start <= self.reading.spans[s].start < block.end for s in actor.spans)
        }

    def _support(self, actor: int, links: Mapping[int, float], trigger: int, at: int) -> float:
        own = [(s, links.get(s), self.reading.spans[s].start) for s in self.cast.actors[actor].spans]
        seen = [(p, start) for s, p, start in own if p is not None or abs(s - trigger) <= self.settings.near]
        plural = [
            (links[s], self.reading.spans[s].start)
            for s in self.plural_of[actor]
            if s in links and s not in self.cast.actors[actor].spans
        ]
        if not seen:
            return max((p for p, _ in plural), default=0.0)
        singular = _weighted(seen, at)
        nearest = max((p for p, start in plural if abs(start - at) < 160), default=0.0)
        return max(singular, 0.6 * singular + 0.4 * nearest) if nearest > singular else singular


def _weighted(seen: Sequence[tuple[float | None, int]], at: int) -> float:
    """Mean of probabilities, nearer marks weighing more; a missing one counts as zero."""
    total = weight = 0.0
    for p, start in seen:
        w = 1.0 / (1.0 + abs(start - at) / 200.0)
        total += w * (p or 0.0)
        weight += w
    return total / weight


def support(values: Sequence[float]) -> float:
    """Joint support from several triggers: the mean of the best three."""
    best = sorted(values, reverse=True)[:3]
    return sum(best) / len(best) if best else 0.0


def groups(scene: Scene, triggers: Sequence[int]) -> list[Group]:
    """Meetings named by `triggers` (indices of spans), in the order of their first trigger."""
    links = _Links(scene.page, scene.reading, scene.cast, scene.settings)
    splits = {t: parts for t in triggers if len(parts := _parts(t, links)) > 1}
    plain = [t for t in triggers if t not in splits]
    clusters = [
        tuple(plain[i] for i in c)
        for c in agglomerate(_scores(plain, links), len(plain), threshold=scene.settings.same)
    ]
    cut: list[list[_Part]] = [[] for _ in clusters]
    sets: list[tuple[int, ...]] = list(clusters)
    for trigger in sorted(splits):
        _attach(splits[trigger], sets, cut, links)
    built = [_build(one, parts, links) for one, parts in zip(sets, cut, strict=True)]
    return sorted(built, key=lambda g: (g.triggers, sorted(g.actors)))


def _scores(triggers: Sequence[int], links: _Links) -> dict[tuple[int, int], float]:
    scores = {}
    for i, j in combinations(range(len(triggers)), 2):
        score = _pair_score(triggers[i], triggers[j], links)
        if score is not None:
            scores[i, j] = score
    return scores


def _pair_score(a: int, b: int, links: _Links) -> float | None:
    p = links.reading.same_meeting.get((min(a, b), max(a, b)))
    if p is not None:
        return _logit(p) - _OTHER_OBJECT * _other_object(a, b, links)
    if abs(a - b) <= links.settings.near:
        return -4.0
    one = {k for k, v in links.actors(a).items() if v >= links.settings.member}
    two = {k for k, v in links.actors(b).items() if v >= links.settings.member}
    if len(one) < 2 or len(two) < 2:
        return None
    return links.settings.far + (2.0 if one == two else 0.7 if one <= two or two <= one else -3.0)


def _other_object(a: int, b: int, links: _Links) -> bool:
    """Do two triggers have different people right behind them ("met with X", "met with Y")?"""
    one, two = _object(a, links), _object(b, links)
    if one is None or two is None or one == two:
        return False
    return min(links.actors(a).get(two, 0.0), links.actors(b).get(one, 0.0)) < _STRANGER


def _object(trigger: int, links: _Links) -> int | None:
    """The actor named right behind a trigger, with no more than its title between."""
    end = links.reading.spans[trigger].end
    _, high = links.page.bounds(links.page.sentence(end - 1))
    best: tuple[int, int] | None = None
    for k, actor in enumerate(links.cast.actors):
        for s in actor.spans:
            start = links.reading.spans[s].start
            if end <= start < min(high, end + 60) and (best is None or start < best[0]):
                best = (start, k)
    if best is None or not _BEHIND.fullmatch(links.page.article.text[end : best[0]]):
        return None
    return best[1]


def _logit(p: float) -> float:
    p = min(max(p, 0.003), 0.997)
    return math.log(p / (1 - p))


# --- triggers that name several meetings -------------------------------------------------------


def _parts(trigger: int, links: _Links) -> list[_Part]:
    """The meetings that a trigger of several names; one or none where it cannot be split."""
    told = links.actors(trigger)
    actors = [k for k, v in told.items() if v >= links.settings.member and _close(k, trigger, links)]
    spans = [s for s, p in links.by_trigger[trigger].items() if p >= links.settings.value]
    others = [s for s in spans if links.reading.spans[s].tag is not Tag.PARTICIPANT]
    sure = max(links.reading.several.get(trigger, 0.0), several_at(links.page, links.reading, trigger))
    if sure < links.settings.several:
        return []
    pieces = _components(actors, lambda a, b: _actors_together(a, b, links))
    if len(pieces) > 1:
        return [_Part(trigger, frozenset(p), _spans_with(p, pieces, others, links)) for p in pieces]
    if links.reading.several.get(trigger, 0.0) < links.settings.several:
        return _around_hub(trigger, actors, others, links)
    for tag in (Tag.DATE, Tag.CITY, Tag.DURATION):
        tagged = [s for s in others if links.reading.spans[s].tag is tag]
        sets = _components(tagged, lambda a, b: _together(a, b, links))
        if len(sets) > 1:
            rest = [s for s in others if s not in tagged]
            return [
                _Part(trigger, frozenset(actors), frozenset(s) | frozenset(_beside(s, sets, rest, links)))
                for s in sets
            ]
    return []


def _close(actor: int, trigger: int, links: _Links) -> bool:
    """Is an actor named near a trigger: in its sentence or one beside it?"""
    here = links.page.sentence(links.reading.spans[trigger].start)
    return any(
        abs(links.page.sentence(links.reading.spans[s].start) - here) <= _REACH
        for s in links.cast.actors[actor].spans
    )


def _around_hub(trigger: int, actors: Sequence[int], others: Sequence[int], links: _Links) -> list[_Part]:
    """One who meets the rest one by one: a meeting with each party of the rest."""
    if len(actors) < 3:
        return []
    hub = max(actors, key=lambda k: (len(links.cast.actors[k].spans), links.actors(trigger)[k], -k))
    own = links.cast.actors[hub].parties
    sides: list[tuple[frozenset[str], list[int]]] = []
    for k in actors:
        if k == hub:
            continue
        parties = links.cast.actors[k].parties
        if parties and parties & own:
            continue
        side = next((members for codes, members in sides if parties and codes & parties), None)
        if side is None:
            sides.append((parties, [k]))
        else:
            side.append(k)
    if len(sides) < 2:
        return []
    return [_Part(trigger, frozenset((hub, *members)), frozenset(others)) for _, members in sides]


def _together(a: int, b: int, links: _Links) -> bool:
    p = links.reading.together.get((min(a, b), max(a, b)))
    return p is None or p >= links.settings.together


def _actors_together(a: int, b: int, links: _Links) -> bool:
    """Do two actors sit together, by the pairs of their marks? Without a pair: yes."""
    known = [
        p
        for s in links.cast.actors[a].spans
        for t in links.cast.actors[b].spans
        if (p := links.reading.together.get((min(s, t), max(s, t)))) is not None
    ]
    return not known or sum(known) / len(known) >= links.settings.together


def _components(items: Sequence[int], joined: Callable[[int, int], bool]) -> list[list[int]]:
    """Sets that sit together: items joined with all others are in every set, the rest by connection."""
    near = {a: {b for b in items if b != a and joined(a, b)} for a in items}
    hubs = [a for a in items if len(near[a]) == len(items) - 1]
    left = [a for a in items if a not in hubs]
    pieces: list[list[int]] = []
    while left:
        piece, todo = [], [left[0]]
        while todo:
            a = todo.pop()
            if a in left:
                left.remove(a)
                piece.append(a)
                todo += [b for b in near[a] if b in left]
        pieces.append(sorted(piece + hubs))
    return pieces or [sorted(hubs)]


def _spans_with(
    piece: Sequence[int], pieces: Sequence[Sequence[int]], others: Sequence[int], links: _Links
) -> frozenset[int]:
    """Spans that sit with the actors who tell this part from the others."""
    own = [k for k in piece if any(k not in p for p in pieces)] or list(piece)
    marks = [s for k in own for s in links.cast.actors[k].spans]
    return frozenset(s for s in others if _mean_together(s, marks, links) >= links.settings.together)


def _beside(
    own: Sequence[int], sets: Sequence[Sequence[int]], rest: Sequence[int], links: _Links
) -> list[int]:
    marks = [s for s in own if any(s not in p for p in sets)] or list(own)
    return [s for s in rest if _mean_together(s, marks, links) >= links.settings.together]


def _mean_together(span: int, marks: Sequence[int], links: _Links) -> float:
    known = [p for m in marks if (p := links.reading.together.get((min(span, m), max(span, m)))) is not None]
    return sum(known) / len(known) if known else 1.0


def _attach(
    parts: Sequence[_Part], sets: list[tuple[int, ...]], cut: list[list[_Part]], links: _Links
) -> None:
    """Give each part of a split trigger to the meeting it fits best, or make it a meeting of its own."""
    options = []
    for n, part in enumerate(parts):
        for m, cluster in enumerate(sets):
            fit = _fit(part, cluster, cut[m], links)
            if fit > 0.0:
                options.append((-fit, n, m))
    taken_parts: set[int] = set()
    taken_sets: set[int] = set()
    for _, n, m in sorted(options):
        if n not in taken_parts and m not in taken_sets:
            taken_parts.add(n)
            taken_sets.add(m)
            cut[m].append(parts[n])
    for n, part in enumerate(parts):
        if n not in taken_parts:
            sets.append(())
            cut.append([part])


def _fit(part: _Part, cluster: Sequence[int], already: Sequence[_Part], links: _Links) -> float:
    same = [
        p
        for t in (*cluster, *(q.trigger for q in already))
        if (p := links.reading.same_meeting.get((min(t, part.trigger), max(t, part.trigger)))) is not None
    ]
    if not same or max(same) < 0.5:
        return 0.0
    who: set[int] = set()
    for t in cluster:
        who |= {k for k, v in links.actors(t).items() if v >= links.settings.member}
    for q in already:
        who |= q.actors
    union = who | part.actors
    overlap = len(who & part.actors) / len(union) if union else 0.0
    if overlap < 0.5:
        return 0.0
    days = {s for q in already for s in q.spans} | {
        s for t in cluster for s, p in links.by_trigger[t].items() if p >= 0.5
    }
    shared = len(days & part.spans) / max(1, len(part.spans))
    return overlap + 0.3 * shared + 0.2 * max(same)


# --- from triggers to a meeting -------------------------------------------------------------------


def _build(cluster: Sequence[int], parts: Sequence[_Part], links: _Links) -> Group:
    actors: defaultdict[int, list[float]] = defaultdict(list)
    spans: defaultdict[int, list[float]] = defaultdict(list)
    for trigger in cluster:
        for k, score in links.actors(trigger).items():
            actors[k].append(score)
        for s, p in links.by_trigger[trigger].items():
            if links.reading.spans[s].tag is not Tag.PARTICIPANT:
                spans[s].append(p)
    for part in parts:
        for k in part.actors:
            actors[k].append(links.actors(part.trigger)[k])
        for s in part.spans:
            spans[s].append(links.by_trigger[part.trigger][s])
    triggers = tuple(sorted({*cluster, *(p.trigger for p in parts)}))
    return Group(
        triggers,
        {k: support(v) for k, v in sorted(actors.items())},
        {s: support(v) for s, v in sorted(spans.items())},
        max(real_of(links.reading, t) for t in triggers),
        frozenset(p.trigger for p in parts),
    )


def real_of(reading: Reading, trigger: int) -> float:
    """Probability that a trigger names a meeting that counts."""
    return reading.real.get(trigger, reading.spans[trigger].score)


def joined(one: Group, other: Group) -> Group:
    """Two groups that turn out to be one meeting."""

    share = len(one.triggers) / (len(one.triggers) + len(other.triggers))

    def mixed(a: Mapping[int, float], b: Mapping[int, float]) -> dict[int, float]:
        return {k: share * a.get(k, 0.0) + (1 - share) * b.get(k, 0.0) for k in sorted({*a, *b})}

    def most(a: Mapping[int, float], b: Mapping[int, float]) -> dict[int, float]:
        return {k: max(a.get(k, 0.0), b.get(k, 0.0)) for k in sorted({*a, *b})}

    return Group(
        tuple(sorted({*one.triggers, *other.triggers})),
        mixed(one.actors, other.actors),
        most(one.spans, other.spans),
        max(one.real, other.real),
        one.split | other.split,
    )


def likeness(reading: Reading, one: Group, other: Group) -> float:
    """Highest probability that a trigger of one group and one of the other name the same meeting."""
    pairs = ((min(a, b), max(a, b)) for a in one.triggers for b in other.triggers if a != b)
    return max((reading.same_meeting.get(pair, 0.0) for pair in pairs), default=0.0)
