"""Participant marks → actors: one actor a person or group, however the article names it.

Clustering is agglomerative and order-free: pairs of marks are scored from the reader's coreference
probabilities and from what names allow; names that cannot be one person's are never joined. Marks that
stand for several ("the two leaders", "they") are not clustered but have members; where none is named
elsewhere, a list ("Kyrgyz and Tajik working groups") is taken apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.clustering import agglomerate
from kg.extract.names import Form, bare_name, compatible, form_of, is_plural, name_tokens
from kg.extract.text import Layout
from kg.extract.world import PartyWord, World
from kg.model import Reading, Tag

__all__ = ["Actor", "Cast", "cast"]

_NEAR = 32
"""Marks within which the reader judges every pair: one that is missing was judged improbable."""
_JOIN = 0.0
_NAME_WEIGHT = {1.0: 6.0, 0.9: 5.0, 0.6: 1.5, 0.5: 0.5}
_APART = -30.0
_SEVERAL = 0.5
_MEMBER = 0.4


@dataclass(frozen=True, slots=True)
class Actor:
    """One participant: its marks (indices into `Reading.spans`), and how sure it is a group.

    `party` is set where the actor is one item of a list inside its marks.
    """

    spans: tuple[int, ...]
    group: float = 0.0
    party: PartyWord | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """All actors of an article, and what marks for several stand for (indices into `actors`)."""

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
    several = [m for m in marks if _stands_for_several(m, reading)]
    many = {m.index for m in several}
    single = [m for m in marks if m.index not in many]
    clusters = agglomerate(_pair_scores(single, reading), len(single), threshold=_JOIN)
    actors = [_actor(tuple(single[i].index for i in cluster), reading) for cluster in clusters]
    plural = {m.index: _expand(m, actors, reading) for m in several}
    orphans = [m for m in several if not plural[m.index] and m.form is not Form.PRONOUN]
    joined = agglomerate(_pair_scores(orphans, reading), len(orphans), threshold=_JOIN)
    for cluster in joined:
        found = [orphans[i] for i in cluster]
        items = _listed(layout, found, world)
        spans = tuple(m.index for m in found)
        base = len(actors)
        actors += [Actor(spans, _mean_group(spans, reading), item) for item in items] or [Actor(spans, 1.0)]
        for m in found:
            plural[m.index] = tuple(range(base, len(actors)))
    for m in several:
        if not plural[m.index]:
            plural[m.index] = _expand(m, actors, reading)
    return Cast(tuple(actors), plural)


def _actor(spans: tuple[int, ...], reading: Reading) -> Actor:
    return Actor(spans, _mean_group(spans, reading))


def _mean_group(spans: Sequence[int], reading: Reading) -> float:
    known = [reading.group[s] for s in spans if s in reading.group]
    return sum(known) / len(known) if known else 0.0


def _listed(layout: Layout, marks: Sequence[_Mark], world: World) -> list[PartyWord]:
    """The parties of a list inside a mark, where there are two or more."""
    for mark in marks:
        words = world.scan(layout.article.text, mark.start, mark.end)
        codes = {w.code for w in words}
        between = layout.article.text[words[0].end : words[-1].start] if words else ""
        if len(codes) >= 2 and ("and" in between or "," in between or "-" in between):
            return [w for n, w in enumerate(words) if w.code not in {v.code for v in words[:n]}]
    return []


def _mark(layout: Layout, reading: Reading, world: World, index: int) -> _Mark:
    span = reading.spans[index]
    text = " ".join(layout.article.text[span.start : span.end].split())
    form = form_of(text)
    hit = world.party(bare_name(text)) if form is Form.NAME else None
    return _Mark(index, span.start, span.end, text, form, hit[0] if hit else None)


def _stands_for_several(mark: _Mark, reading: Reading) -> bool:
    plural = is_plural(mark.text)
    if mark.form is Form.NAME and not plural and not mark.country:
        return False
    if mark.form is Form.PRONOUN:
        return plural or reading.many.get(mark.index, 0.0) >= 0.8
    told = reading.many.get(mark.index)
    if told is None:
        return plural
    return told + (0.1 if plural else -0.1) >= _SEVERAL


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
        if abs(a.index - b.index) <= _NEAR:
            return -4.0
        same = a.form is b.form is Form.DESCRIPTION and name_tokens(a.text) == name_tokens(b.text)
        return 1.0 if same else None
    return _logit(p)


def _both_full(a: _Mark, b: _Mark) -> bool:
    return len(name_tokens(a.text)) > 1 and len(name_tokens(b.text)) > 1


def _logit(p: float) -> float:
    p = min(max(p, 0.003), 0.997)
    return math.log(p / (1 - p))


def _expand(mark: _Mark, actors: Sequence[Actor], reading: Reading) -> tuple[int, ...]:
    """Actors that a mark for several stands for: those whose marks are mostly part of it."""
    found: list[int] = []
    for k, actor in enumerate(actors):
        if mark.index in actor.spans:
            found.append(k)
            continue
        told = [p for s in actor.spans if (p := _part_of(s, mark.index, reading)) is not None]
        if told and sum(told) / len(told) >= _MEMBER:
            found.append(k)
    return tuple(found)


def _part_of(member: int, whole: int, reading: Reading) -> float | None:
    """Probability that `member`'s person is among those of `whole`; None where they stand too far apart."""
    p = reading.part_of.get((member, whole))
    if p is None and not reading.part_of:
        same = reading.same_participant.get((min(member, whole), max(member, whole)))
        p = None if same is None else min(1.0, 2 * same)
    return 0.0 if p is None and abs(member - whole) <= _NEAR else p
