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
from kg.extract.names import ROLE_HEAD, Form, bare_name, compatible, count_of, form_of, is_plural, name_tokens
from kg.extract.parties import phrases
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
_HOME = -1.5
"""Least score at which a description or pronoun joins an actor."""
_APPOSITION = 6.0
_DAMPED = 1.0
_OFFICE_FITS = 3.0
_OFFICE_DIFFERS = -1.0
_HEAD_FITS = 1.8
_NO_OFFICE = frozenset(
    ("member", "guest", "host", "colleague", "counterpart", "official", "chief", "head", "deputy", "vice")
)
_PARTY_FITS = 1.5
_PARTY_DIFFERS = -4.0
_RECENT = 2.0
_MEMBER = 0.4
_MOST_MEMBERS = 8


@dataclass(frozen=True, slots=True)
class Actor:
    """One participant: its marks (indices into `Reading.spans`), and how sure it is a group.

    `party` is set where the actor is one item of a list inside its marks.
    """

    spans: tuple[int, ...]
    group: float = 0.0
    party: PartyWord | None = None
    parties: frozenset[str] = frozenset()
    """Codes of the parties that it is said to be of."""
    office: bool = False
    """Is an office named beside any of its marks?"""


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
    """Actors from the participant spans `keep` (indices into the reading's spans).

    Names first, then descriptions and pronouns, each given to the actor it fits best; a pronoun that
    fits nobody stands for nobody.
    """
    marks = [_mark(layout, reading, world, i) for i in keep if reading.spans[i].tag is Tag.PARTICIPANT]
    several = [m for m in marks if _stands_for_several(m, reading)]
    many = {m.index for m in several}
    single = [m for m in marks if m.index not in many]
    actors = [
        Actor(spans, _mean_group(spans, reading), parties=own.parties, office=bool(own.heads))
        for spans, own in _clusters(single, layout, reading, world)
    ]
    plural = {m.index: _expand(m, actors, reading) for m in several}
    orphans = [m for m in several if not plural[m.index] and m.form is not Form.PRONOUN]
    joined = agglomerate(_pair_scores(orphans, reading), len(orphans), threshold=_JOIN)
    for cluster in joined:
        found = [orphans[i] for i in cluster]
        items = _listed(layout, found, world)
        spans = tuple(m.index for m in found)
        base = len(actors)
        group = _mean_group(spans, reading)
        actors += [Actor(spans, group, item, frozenset((item.code,))) for item in items] or [
            Actor(spans, 1.0, parties=_parties(found, layout, world))
        ]
        for m in found:
            plural[m.index] = tuple(range(base, len(actors)))
    for m in several:
        if not plural[m.index]:
            plural[m.index] = _expand(m, actors, reading)
    return Cast(tuple(actors), plural)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What the words beside marks say of their actor."""

    parties: frozenset[str]
    classes: frozenset[str]
    """Classes of its offices, in the gazetteer's terms."""
    heads: frozenset[str]
    """Nouns of office."""


def _clusters(
    marks: Sequence[_Mark], layout: Layout, reading: Reading, world: World
) -> list[tuple[tuple[int, ...], _Profile]]:
    """The marks of each actor, with what is said of it."""
    setting = (layout, reading, world)
    names = [m for m in marks if m.form is Form.NAME and not m.country]
    others = [m for m in marks if m.form is not Form.PRONOUN and m not in names]
    found = [
        [names[i] for i in c] for c in agglomerate(_pair_scores(names, reading), len(names), threshold=_JOIN)
    ]
    profiles = [_profile(cluster, layout, world) for cluster in found]
    base = [list(cluster) for cluster in found]
    left: list[_Mark] = []
    for mark in others:
        best = _best_home(mark, base, profiles, setting)
        if best is None:
            left.append(mark)
        else:
            found[best].append(mark)
    found += [
        [left[i] for i in c] for c in agglomerate(_pair_scores(left, reading), len(left), threshold=_JOIN)
    ]
    profiles += [_profile(cluster, layout, world) for cluster in found[len(profiles) :]]
    base = [list(cluster) for cluster in found]
    for mark in marks:
        if mark.form is Form.PRONOUN:
            best = _best_home(mark, base, profiles, setting)
            if best is not None:
                found[best].append(mark)
    made = [
        (tuple(sorted(m.index for m in cluster)), own) for cluster, own in zip(found, profiles, strict=True)
    ]
    return sorted(made, key=lambda item: item[0])


def _profile(cluster: Sequence[_Mark], layout: Layout, world: World) -> _Profile:
    told = [p for m in cluster for p in phrases(layout, m.start, m.end, world)]
    roles = [p.role for p in told if p.role]
    heads = {h.group().lower() for role in roles for h in ROLE_HEAD.finditer(role)} - _NO_OFFICE
    return _Profile(
        _parties(cluster, layout, world),
        frozenset(c for role in roles for c in world.role_classes(role)),
        frozenset(heads),
    )


def _parties(cluster: Sequence[_Mark], layout: Layout, world: World) -> frozenset[str]:
    """Codes of the parties that a cluster's marks are said to be of."""
    codes = {m.country for m in cluster if m.country}
    for m in cluster:
        codes |= {p.party.code for p in phrases(layout, m.start, m.end, world) if p.party}
    return frozenset(codes)


def _best_home(
    mark: _Mark,
    clusters: Sequence[Sequence[_Mark]],
    profiles: Sequence[_Profile],
    setting: tuple[Layout, Reading, World],
) -> int | None:
    """Index of the cluster that a description or pronoun fits best; None where none fits."""
    layout, reading, world = setting
    pronoun = mark.form is Form.PRONOUN
    own = None if pronoun else _profile([mark], layout, world)
    last = _last_named(mark, clusters, layout)
    best: tuple[float, int] | None = None
    for k, cluster in enumerate(clusters):
        scores = sorted((s for m in cluster if (s := _told(mark, m, reading)) is not None), reverse=True)[:2]
        score = sum(scores) / len(scores) if scores else -1.5
        if own:
            score = _DAMPED * score + _beside(mark, cluster, layout) + _fit(own, profiles[k])
        score += (_RECENT if pronoun else 0.3) * (k == last)
        if score > _HOME and (best is None or score > best[0]):
            best = (score, k)
    return best[1] if best else None


def _fit(own: _Profile, other: _Profile) -> float:
    """How well party and office of a description fit those of an actor."""
    score = 0.0
    if own.parties and other.parties:
        score += _PARTY_FITS if own.parties & other.parties else _PARTY_DIFFERS
    if own.classes and other.classes:
        score += _OFFICE_FITS if own.classes & other.classes else _OFFICE_DIFFERS
    elif own.heads & other.heads:
        score += _HEAD_FITS
    return score


def _told(one: _Mark, other: _Mark, reading: Reading) -> float | None:
    p = reading.same_participant.get((min(one.index, other.index), max(one.index, other.index)))
    if p is None:
        return -4.0 if abs(one.index - other.index) <= _NEAR else None
    return _logit(p)


def _beside(mark: _Mark, cluster: Sequence[_Mark], layout: Layout) -> float:
    """A description right beside a name, with at most a comma between them, is that person's."""
    text = layout.article.text
    for m in cluster:
        first, second = (mark, m) if mark.start < m.start else (m, mark)
        between = text[first.end : second.start]
        if (
            second.start >= first.end
            and between.strip() in ("", ",", "(", ", the", "–", "—")
            and len(between) < 8
        ):
            return _APPOSITION
    return 0.0


def _last_named(mark: _Mark, clusters: Sequence[Sequence[_Mark]], layout: Layout) -> int | None:
    """The cluster named first in the sentence before the pronoun, or in the one before that."""
    here = layout.sentence(mark.start)
    for index in (here, here - 1):
        spots = [
            (m.start, k)
            for k, cluster in enumerate(clusters)
            for m in cluster
            if m.start < mark.start and layout.sentence(m.start) == index
        ]
        if spots:
            return min(spots)[1]
    return None


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
    """Actors that a mark for several stands for: as many as its number says, the likeliest."""
    found: dict[int, float] = {}
    for k, actor in enumerate(actors):
        if mark.index in actor.spans:
            return (k,)
        told = [p for s in actor.spans if (p := _part_of(s, mark.index, reading)) is not None]
        if told and sum(told) / len(told) >= _MEMBER:
            found[k] = sum(told) / len(told)
    number = count_of(mark.text)
    return tuple(sorted(sorted(found, key=lambda k: (-found[k], k))[: number or _MOST_MEMBERS]))


def _part_of(member: int, whole: int, reading: Reading) -> float | None:
    """Probability that `member`'s person is among those of `whole`; None where they stand too far apart."""
    p = reading.part_of.get((member, whole))
    if p is None and not reading.part_of:
        same = reading.same_participant.get((min(member, whole), max(member, whole)))
        p = None if same is None else min(1.0, 2 * same)
    return 0.0 if p is None and abs(member - whole) <= _NEAR else p
