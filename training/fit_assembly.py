"""Fit the weights of assembly on readings of articles that the reader was not trained on.

    python -m training.fit_assembly READINGS.pickle ...

Each file holds {name: (article, reading, gold record)}. Prints what to put into `kg.extract.membership`
and `kg.extract.reality`, with scores cross-validated by article.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from kg.extract import membership, reality
from kg.extract.anchors import anchor_of
from kg.extract.meetings import Group, groups, real_of
from kg.extract.participants import cast
from kg.extract.places import mentioned_countries
from kg.extract.repair import repaired
from kg.extract.scene import Scene
from kg.extract.settings import Settings
from kg.extract.text import layout
from kg.extract.world import default_world
from kg.model import Article, Reading, Tag
from training.corpus import MarkedArticle, load

Matrix = np.ndarray[Any, np.dtype[np.float64]]


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


def owners(marked: MarkedArticle, reading: Reading, index: int, tag: Tag) -> Counter[str]:
    """Ids of the gold marks that a span overlaps, each with its share."""
    span = reading.spans[index]
    found: Counter[str] = Counter()
    for mark in marked.spans:
        if mark.tag is tag and mark.start < span.end and span.start < mark.end:
            for one in mark.of:
                found[one] += 1 / len(mark.of)  # type: ignore[assignment]
    return found


def actor_ids(marked: MarkedArticle, scene: Scene) -> list[set[str]]:
    """For each actor, the gold people it mostly is."""
    out = []
    for actor in scene.cast.actors:
        found: Counter[str] = Counter()
        for s in actor.spans:
            found += owners(marked, scene.reading, s, Tag.PARTICIPANT)
        most = max(found.values(), default=0)
        out.append({one for one, share in found.items() if share >= 0.5 * most})
    return out


def collect(
    marked: MarkedArticle, article: Article, reading: Reading, members: Table, meetings: Table
) -> None:
    """Examples of one article for both models."""
    world, settings = default_world(), Settings()
    page = layout(article)
    reading = repaired(article.text, reading, world)
    actors = cast(page, reading, world, [i for i, s in enumerate(reading.spans) if s.tag is Tag.PARTICIPANT])
    countries = mentioned_countries(article.text, world)
    scene = Scene(page, reading, actors, world, settings, anchor_of(article), countries)
    triggers = [
        i
        for i, s in enumerate(reading.spans)
        if s.tag is Tag.TRIGGER and real_of(reading, i) >= settings.joining
    ]
    found = groups(scene, triggers)
    ids = actor_ids(marked, scene)
    homes = [_home(marked, reading, group, ids) for group in found]
    best: dict[str, tuple[float, int]] = {}
    for n, (home, share) in enumerate(homes):
        if home and (home not in best or share > best[home][0]):
            best[home] = (share, n)
    for n, group in enumerate(found):
        home = homes[n][0]
        rows = membership.features(scene, group, found)
        if home:
            _add_members(marked.meetings[home]["who"], (group, rows, ids), members, marked.name)
        weighed = replace(group, actors=membership.membership(scene, group, found))
        meetings.add(reality.features(scene, weighed), bool(home) and best[home][1] == n, marked.name)


def _home(
    marked: MarkedArticle, reading: Reading, group: Group, ids: Sequence[set[str]]
) -> tuple[str, float]:
    """The gold meeting that a group tells of, by its triggers and then its people, and how much it does."""
    found: Counter[str] = Counter()
    for t in group.triggers:
        found += owners(marked, reading, t, Tag.TRIGGER)
    if not found:
        return "", 0.0
    people = {one for k, told in group.actors.items() if told >= 0.5 for one in ids[k]}

    def fit(meeting: str) -> float:
        who = set(marked.meetings[meeting]["who"])
        return found[meeting] + len(who & people) / max(1, len(who | people))

    best = max(sorted(found), key=fit)
    return best, fit(best)


def _add_members(
    who: Sequence[str],
    told: tuple[Group, dict[int, tuple[float, ...]], list[set[str]]],
    table: Table,
    name: str,
) -> None:
    group, rows, ids = told
    used: set[str] = set()
    for k in sorted(rows, key=lambda k: -group.actors[k]):
        here = ids[k] & set(who)
        table.add(rows[k], bool(here) and not here <= used, name)
        used |= here


def fit(rows: Matrix, true: Matrix, penalty: float) -> Matrix:
    """Intercept and weights of a logistic model with a quadratic penalty on the weights."""
    wide = np.hstack([np.ones((len(rows), 1)), rows])

    def loss(w: Matrix) -> tuple[float, Matrix]:
        z = wide @ w
        free = w.copy()
        free[0] = 0
        value = (np.logaddexp(0, z) - true * z).sum() + penalty / 2 * (free @ free)
        return float(value), wide.T @ (1 / (1 + np.exp(-z)) - true) + penalty * free

    return np.asarray(minimize(loss, np.zeros(wide.shape[1]), jac=True, method="L-BFGS-B").x)


def report(name: str, table: Table, features: Sequence[str], penalty: float = 1.0) -> None:
    """Cross-validate by article, then fit on everything and print."""
    rows, true, article = np.array(table.rows), np.array(table.true, float), np.array(table.article)
    chance = np.zeros(len(true))
    names = sorted(set(table.article))
    for k in range(5):
        out = np.isin(article, names[k::5])
        w = fit(rows[~out], true[~out], penalty)
        chance[out] = 1 / (1 + np.exp(-(w[0] + rows[out] @ w[1:])))
    loss = -(true * np.log(chance + 1e-9) + (1 - true) * np.log(1 - chance + 1e-9)).mean()
    sys.stdout.write(f"{name}: {len(true)} examples, {true.mean():.3f} true, log loss {loss:.4f}\n")
    for least in (0.3, 0.4, 0.5, 0.6):
        said = chance >= least
        hit = (said * true).sum()
        sys.stdout.write(f"  {least}: P {hit / max(1, said.sum()):.3f} R {hit / max(1, true.sum()):.3f}\n")
    w = fit(rows, true, penalty)
    for label, weight in zip(("intercept", *features), w, strict=True):
        sys.stdout.write(f"  {label:24} {weight:+.3f}\n")
    sys.stdout.write(f"  ({', '.join(f'{x:.3f}' for x in w)})\n")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", type=Path, nargs="+")
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    args = parser.parse_args()
    marked = {m.name: m for m in load(args.corpus)}
    members, meetings = Table(), Table()
    for path in args.readings:
        for name, (article, reading, _) in pickle.loads(path.read_bytes()).items():  # noqa: S301 (own files)
            collect(marked[name], article, reading, members, meetings)
    report("membership", members, membership.FEATURES)
    report("reality", meetings, reality.FEATURES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
