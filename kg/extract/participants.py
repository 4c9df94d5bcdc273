"""Participant marks → actors: one actor a person or group, however the article names it.

Clustering is agglomerative and order-free: pairs of marks are scored from the reader's coreference
probabilities and from what names allow; names that cannot be one person's are never joined. Plural
marks ("the two leaders", "they") are not clustered but stand for members.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.clustering import agglomerate
from kg.extract.names import Form, bare_name, compatible, form_of, is_plural, name_tokens
from kg.extract.text import Layout
from kg.extract.world import World
from kg.model import Reading, Tag

__all__ = ["Actor", "Cast", "cast"]

_NEAR = 700
"""Characters within which a pair without a probability counts as judged different."""
_JOIN = 0.0
_NAME_WEIGHT = {1.0: 6.0, 0.9: 5.0, 0.6: 1.5, 0.5: 0.5}
_APART = -30.0
_MEMBER = 0.22
"""Least `same_participant` of a plural mark and a member."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One participant: its marks (indices into `Reading.spans`), and whether it can only be a group."""

    spans: tuple[int, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of an article, and what plural marks stand for (indices into `actors`)."""

    actors: tuple[Actor, ...]
    plural: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Mark:
    index: int
    start: int
    end: int
    text: str
    form: Form
    country: str | None
    """Code when the mark is nothing but the name of a party."""


def cast(layout: Layout, reading: Reading, world: World, keep: Sequence[int]) -> Cast:
    """Actors from the participant spans `keep` (indices into the reading's spans)."""
    marks = [_mark(layout, reading, world, i) for i in keep if reading.spans[i].tag is Tag.PARTICIPANT]
    members = _members(marks, reading)
    many = {m.index for m in marks if _stands_for_several(m, members.get(m.index, ()))}
    single = [m for m in marks if m.index not in many]
    clusters = agglomerate(_pair_scores(single, reading), len(single), threshold=_JOIN)
    groups = [tuple(single[i].index for i in cluster) for cluster in clusters]
    actors = [Actor(spans) for spans in groups]
    plural = {
        m.index: _expand(m, actors, reading, members.get(m.index, ())) for m in marks if m.index in many
    }
    orphans = [m for m in marks if m.index in many and not plural[m.index] and m.form is not Form.PRONOUN]
    joined = agglomerate(_pair_scores(orphans, reading), len(orphans), threshold=_JOIN)
    base = len(actors)
    for k, cluster in enumerate(joined):
        actors.append(Actor(tuple(orphans[i].index for i in cluster), group=True))
        for i in cluster:
            plural[orphans[i].index] = (base + k,)
    for m in marks:
        if m.index in many and not plural[m.index]:
            plural[m.index] = _expand(m, actors, reading, members.get(m.index, ()))
    return Cast(tuple(actors), plural)


def _mark(layout: Layout, reading: Reading, world: World, index: int) -> _Mark:
    span = reading.spans[index]
    text = " ".join(layout.article.text[span.start : span.end].split())
    form = form_of(text)
    hit = world.party(bare_name(text)) if form is Form.NAME else None
    return _Mark(index, span.start, span.end, text, form, hit[0] if hit else None)


def _members(marks: Sequence[_Mark], reading: Reading) -> dict[int, tuple[tuple[int, float], ...]]:
    """For each mark, the others it is neither the same as nor apart from: candidates for members."""
    out: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for (a, b), p in reading.same_participant.items():
        if p >= _MEMBER:
            out[a].append((b, p))
            out[b].append((a, p))
    wanted = {m.index for m in marks}
    return {k: tuple(sorted(v)) for k, v in out.items() if k in wanted}


def _stands_for_several(mark: _Mark, related: Sequence[tuple[int, float]]) -> bool:
    if mark.form is Form.NAME and not is_plural(mark.text):
        return False
    halves = sum(1 for _, p in related if _MEMBER <= p <= 0.75)
    wholes = sum(1 for _, p in related if p > 0.75)
    if is_plural(mark.text):
        return mark.form is Form.PRONOUN or halves >= 1 or wholes == 0
    return mark.form is not Form.PRONOUN and halves >= 2 and halves > wholes


def _pair_scores(marks: Sequence[_Mark], reading: Reading) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = {}
    for i, a in enumerate(marks):
        for j in range(i + 1, len(marks)):
            score = _pair_score(a, marks[j], reading)
            if score is not None:
                scores[i, j] = score
    return scores


def _pair_score(a: _Mark, b: _Mark, reading: Reading) -> float | None:
    """Log-odds that two marks are one actor's; None where nothing can be said."""
    p = reading.same_participant.get((min(a.index, b.index), max(a.index, b.index)))
    if a.form is b.form is Form.NAME and not (a.country and b.country):
        fit = compatible(a.text, b.text)
        if fit == 0.0 and not (a.country or b.country):
            return _APART if p is None or p < 0.97 or _both_full(a, b) else 1.0
        if fit:
            return _NAME_WEIGHT[fit] + (_logit(p) if p is not None else 0.0) * 0.5
    if a.country and b.country and a.country == b.country and p is None:
        return 2.0
    if p is None:
        same = a.form is b.form is Form.DESCRIPTION and name_tokens(a.text) == name_tokens(b.text)
        if same and abs(a.start - b.start) > _NEAR:
            return 1.0
        return -2.5 if abs(a.start - b.start) < _NEAR else None
    return _logit(p)


def _both_full(a: _Mark, b: _Mark) -> bool:
    return len(name_tokens(a.text)) > 1 and len(name_tokens(b.text)) > 1


def _logit(p: float) -> float:
    p = min(max(p, 0.003), 0.997)
    return math.log(p / (1 - p))


def _expand(
    mark: _Mark, actors: Sequence[Actor], reading: Reading, related: Sequence[tuple[int, float]]
) -> tuple[int, ...]:
    """Actors a plural mark stands for: those whose marks are related to it, most of them."""
    near = dict(related)
    found: list[int] = []
    for k, actor in enumerate(actors):
        if actor.group and mark.index in actor.spans:
            found.append(k)
            continue
        if any(s in near for s in actor.spans):
            found.append(k)
    return tuple(found)
