"""Is a group of triggers a meeting that counts? The reader's opinion weighed with who sits in it.

A logistic model; its weights come with the reader's (`kg.extract.settings.Weights`).
"""

from __future__ import annotations

import math

from kg.extract.meetings import Group, real_of
from kg.extract.names import Form, form_of
from kg.extract.scene import Scene
from kg.model import Tag

__all__ = ["FEATURES", "features", "reality"]

FEATURES = (
    "surest trigger",
    "mean trigger",
    "triggers",
    "first member",
    "second member",
    "two parties",
    "a party",
    "two names",
    "a name",
    "day",
    "city",
    "headline only",
    "split off",
    "an office",
    "two offices",
    "one side only",
)


def reality(scene: Scene, group: Group) -> float:
    """Probability that `group`, whose actors carry probabilities, is a meeting of its own."""
    row = features(scene, group)
    base, *weights = scene.settings.weights.reality
    x = base + sum(w * v for w, v in zip(weights, row, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


def features(scene: Scene, group: Group) -> tuple[float, ...]:
    """The features of a group, in the order of `FEATURES`."""
    real = [real_of(scene.reading, t) for t in group.triggers]
    ranked = sorted(group.actors, key=lambda k: (-group.actors[k], k))
    told = [group.actors[k] for k in ranked[:2]] + [0.0, 0.0]
    likely = [k for k in ranked if group.actors[k] >= 0.35]
    codes = {code for k in likely for code in sorted(scene.cast.actors[k].parties)[:1]}
    named = sum(1 for k in likely if _is_named(scene, k))
    offices = sum(1 for k in likely if scene.cast.actors[k].office or scene.cast.actors[k].parties)
    spans = scene.reading.spans
    return (
        _logit(max(real)),
        _logit(sum(real) / len(real)),
        math.log(len(real)),
        _logit(told[0]),
        _logit(told[1]),
        float(len(codes) > 1),
        float(len(codes) > 0),
        float(named > 1),
        float(named > 0),
        max((p * spans[s].score for s, p in group.spans.items() if spans[s].tag is Tag.DATE), default=0.0),
        max((p * spans[s].score for s, p in group.spans.items() if spans[s].tag is Tag.CITY), default=0.0),
        float(all(scene.page.is_headline(spans[t].start) for t in group.triggers)),
        float(bool(group.split)),
        float(offices > 0),
        float(offices > 1),
        float(len(codes) == 1 and all(scene.cast.actors[k].parties for k in likely)),
    )


def _is_named(scene: Scene, actor: int) -> bool:
    return any(form_of(scene.words(s).text) is Form.NAME for s in scene.cast.actors[actor].spans)


def _logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))
