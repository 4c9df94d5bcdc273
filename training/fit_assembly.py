"""The weights of assembly, fitted on readings of articles that the reader was not trained on.

Two logistic models with a quadratic penalty: who sits in a meeting (`kg.extract.membership`), and
whether a group of triggers is a meeting at all (`kg.extract.reality`). A few hundred examples cannot settle
some twenty weights: they start from those shipped and leave them only as far as articles left out of the
fit agree. That carries over because the reader's probabilities are calibrated first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from kg.extract import membership, reality
from kg.extract.assemble import candidates, scene_of
from kg.extract.meetings import Group, groups
from kg.extract.scene import Scene
from kg.extract.settings import Settings, Weights
from kg.extract.world import default_world
from kg.model import Tag
from training.readings import Read

__all__ = ["Fit", "fitted", "folds", "member_examples"]

Matrix = np.ndarray[Any, np.dtype[np.float64]]
PENALTIES = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
FOLDS = 5


@dataclass
class Table:
    """Rows of features, whether true, and the article each comes from."""

    rows: list[tuple[float, ...]] = field(default_factory=list)
    true: list[bool] = field(default_factory=list)
    article: list[str] = field(default_factory=list)

    def add(self, row: tuple[float, ...], true: bool, article: str) -> None:
        """One example."""
        self.rows.append(row)
        self.true.append(true)
        self.article.append(article)

    def of(self, articles: AbstractSet[str]) -> Table:
        """The examples from some articles."""
        kept = Table()
        for row, true, article in zip(self.rows, self.true, self.article, strict=True):
            if article in articles:
                kept.add(row, true, article)
        return kept


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of one model, and how well they do on articles left out of the fit."""

    weights: tuple[float, ...]
    examples: int
    penalty: float
    loss: float
    """Cross-validated log loss; that of a constant is `base`."""
    base: float


def folds(read: Sequence[Read]) -> Iterator[tuple[list[Read], list[Read]]]:
    """(articles to fit on, articles left out), five times; every register in each."""
    for k in range(FOLDS):
        yield [r for i, r in enumerate(read) if i % FOLDS != k], list(read[k::FOLDS])


def fitted(read: Sequence[Read], members: Table | None = None) -> tuple[Weights, dict[str, Fit]]:
    """Both models. Membership first: what makes a meeting is seen in who sits in it.

    `members` are the examples of membership where they are known already (of these articles and others).
    """
    names = {r.marked.name for r in read}
    shipped = Settings().weights
    sits = _best((members or member_examples(read)).of(names), shipped.membership)
    settings = replace(_rough(), weights=Weights(sits.weights, _rough().weights.reality))
    meetings = _best(_meetings(read, settings), shipped.reality)
    return Weights(sits.weights, meetings.weights), {"membership": sits, "reality": meetings}


def _rough() -> Settings:
    return Settings(weights=Weights(*(_unfitted(m.FEATURES) for m in (membership, reality))))


def _unfitted(features: Sequence[str]) -> tuple[float, ...]:
    """Trust the first feature, the reader's opinion."""
    return (0.0, 1.0, *[0.0] * (len(features) - 1))


# --- examples ------------------------------------------------------------------------------------


def member_examples(read: Sequence[Read]) -> Table:
    """Examples of actors of groups, right where they sit in the group's meeting."""
    table, settings = Table(), _rough()
    for r in read:
        scene = scene_of(r.article, r.reading, default_world(), settings)
        triggers = [i for i, s in enumerate(scene.reading.spans) if s.tag is Tag.TRIGGER]
        likely = [t for t in triggers if scene.reading.real.get(t, 0.0) >= settings.joining]
        found = [g for g in groups(scene, likely) if g.real >= settings.trigger]
        ids = _actor_ids(r, scene)
        for group in found:
            home, _ = _home(r, scene, group, ids)
            if home:
                rows = membership.features(scene, group, found)
                _add_members(r, (home, group, rows, ids), table)
    return table


def _add_members(
    r: Read, told: tuple[str, Group, dict[int, tuple[float, ...]], list[set[str]]], table: Table
) -> None:
    """An actor is right if it is somebody who sits there and no better supported actor is the same one."""
    home, group, rows, ids = told
    who = set(r.marked.meetings[home]["who"])
    used: set[str] = set()
    for k in sorted(rows, key=lambda k: (-group.actors[k], k)):
        here = ids[k] & who
        table.add(rows[k], bool(here) and not here <= used, r.marked.name)
        used |= here


def _meetings(read: Sequence[Read], settings: Settings) -> Table:
    table = Table()
    for r in read:
        scene = scene_of(r.article, r.reading, default_world(), settings)
        found = candidates(scene)
        ids = _actor_ids(r, scene)
        homes = [_home(r, scene, group, ids) for group in found]
        best: dict[str, tuple[float, int]] = {}
        for n, (home, share) in enumerate(homes):
            if home and (home not in best or share > best[home][0]):
                best[home] = (share, n)
        for n, group in enumerate(found):
            home = homes[n][0]
            table.add(reality.features(scene, group), bool(home) and best[home][1] == n, r.marked.name)
    return table


def _owners(r: Read, scene: Scene, index: int, tag: Tag) -> Counter[str]:
    """Ids of the gold marks that a span overlaps, each with its share."""
    span = scene.reading.spans[index]
    found: Counter[str] = Counter()
    for mark in r.marked.spans:
        if mark.tag is tag and mark.start < span.end and span.start < mark.end:
            for one in mark.of:
                found[one] += 1 / len(mark.of)  # type: ignore[assignment]
    return found


def _actor_ids(r: Read, scene: Scene) -> list[set[str]]:
    """For each actor, the gold people it mostly is."""
    out = []
    for actor in scene.cast.actors:
        found: Counter[str] = Counter()
        for s in actor.spans:
            found += _owners(r, scene, s, Tag.PARTICIPANT)
        most = max(found.values(), default=0)
        out.append({one for one, share in found.items() if share >= 0.5 * most})
    return out


def _home(r: Read, scene: Scene, group: Group, ids: Sequence[set[str]]) -> tuple[str, float]:
    """The gold meeting that a group tells of, by its triggers and then its people, and how much it does."""
    found: Counter[str] = Counter()
    for t in group.triggers:
        found += _owners(r, scene, t, Tag.TRIGGER)
    if not found:
        return "", 0.0
    people = {one for k, told in group.actors.items() if told >= 0.5 for one in ids[k]}

    def fit(meeting: str) -> float:
        who = set(r.marked.meetings[meeting]["who"])
        return found[meeting] + len(who & people) / max(1, len(who | people))

    best = max(sorted(found), key=fit)
    return best, fit(best)


# --- the fit -------------------------------------------------------------------------------------


def _logistic(rows: Matrix, true: Matrix, penalty: float, prior: Matrix) -> Matrix:
    """Intercept and weights; the penalty falls on how far the weights of scaled features are from `prior`."""
    scale = np.maximum(rows.std(axis=0), 1e-3)
    start = np.concatenate([prior[:1], prior[1:] * scale])
    wide = np.hstack([np.ones((len(rows), 1)), rows / scale])

    def loss(w: Matrix) -> tuple[float, Matrix]:
        z = wide @ w
        free = w - start
        value = (np.logaddexp(0, z) - true * z).sum() + penalty / 2 * (free @ free)
        return float(value), wide.T @ (1 / (1 + np.exp(-z)) - true) + penalty * free

    found = np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)
    found[1:] /= scale
    return found


def _best(table: Table, prior: Sequence[float]) -> Fit:
    """The fit with the penalty that does best on articles left out."""
    rows, true = np.array(table.rows), np.array(table.true, dtype=np.float64)
    before = np.array(prior)
    names = sorted(set(table.article))
    part = np.array([names.index(a) % FOLDS for a in table.article])

    def left_out(penalty: float) -> float:
        total = 0.0
        for k in range(FOLDS):
            w = _logistic(rows[part != k], true[part != k], penalty, before)
            z = w[0] + rows[part == k] @ w[1:]
            total += float((np.logaddexp(0, z) - true[part == k] * z).sum())
        return total / len(true)

    losses = {penalty: left_out(penalty) for penalty in PENALTIES}
    penalty = min(losses, key=lambda p: losses[p])
    share = float(true.mean())
    base = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    weights = tuple(round(float(w), 4) for w in _logistic(rows, true, penalty, before))
    return Fit(weights, len(true), penalty, losses[penalty], float(base))
