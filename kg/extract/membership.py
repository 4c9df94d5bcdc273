"""Who takes part: the reader's links weighed together with where and how the article names somebody.

A logistic model over a few features of a group of triggers and an actor; its weights come with the
reader's (`kg.extract.settings.Weights`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from kg.extract.grammar import around
from kg.extract.meetings import Group
from kg.extract.names import Form, form_of
from kg.extract.scene import Scene

__all__ = ["FEATURES", "features", "membership"]

FEATURES = (
    "support",
    "best link",
    "valid",
    "in the sentence",
    "in the next sentence",
    "named",
    "marks",
    "first or second",
    "behind the second",
    "speaks only",
    "group",
    "elsewhere stronger",
    "in a headline",
    "country only",
    "several at the table",
    "protagonist",
    "in many meetings",
    "spokesperson",
    "office or party",
    "party only he has",
    "object",
    "subject",
    "beside an object of his party",
)

_SPEAKS = re.compile(
    r"^['’]?s?,? (?:\w+ )?(?:said|says|told|tells|added|adds|wrote|writes|explained|noted|commented|"
    r"remarked|declared|insisted|"
    r"stated|confirmed|announced|reported|argued|warned|tweeted)\b"
)
_SPOKEN = re.compile(
    r"\b(?:said|says|told|according to|added|spokes(?:man|woman|person)|analyst|professor|"
    r"expert)\W+(?:\w+\W+){0,4}$"
)


_MOUTH = re.compile(
    r"\b(?:spokes(?:man|woman|person)|press secretary|analyst|professor|expert|reporter|correspondent|"
    r"commentator|editor|"
    r"columnist|researcher|lecturer|journalist|news agency|lawyer)\b",
    re.IGNORECASE,
)


def membership(scene: Scene, group: Group, others: Sequence[Group]) -> dict[int, float]:
    """Probability of each actor of `group` to take part in its meeting."""
    told = features(scene, group, others)
    base, *weights = scene.settings.weights.membership
    return {
        k: _sigmoid(base + sum(w * x for w, x in zip(weights, row, strict=True))) for k, row in told.items()
    }


def features(scene: Scene, group: Group, others: Sequence[Group]) -> dict[int, tuple[float, ...]]:
    """The features of each actor of a group, in the order of `FEATURES`."""
    actors = scene.cast.actors
    most = max((len(actor.spans) for actor in actors), default=1)
    seen = _coverage(others)
    parties = Counter(code for k, told in group.actors.items() if told > 0.5 for code in actors[k].parties)
    ranked = sorted(group.actors.values(), reverse=True)
    second = ranked[1] if len(ranked) > 1 else 0.0
    sentences = {scene.page.sentence(scene.reading.spans[t].start) for t in group.triggers}
    best = _best_links(scene, group)
    named = [around(scene, t) for t in group.triggers]
    several = math.log(1 + sum(1 for v in ranked if v > 0.3))
    return {
        k: (
            *_row(scene, (k, told, second, best.get(k, 0.0)), sentences, _elsewhere(k, group, others)),
            several,
            float(len(actors[k].spans) == most),
            seen.get(k, 0.0),
            float(_speaks_for_others(scene, k)),
            float(bool(actors[k].parties) or actors[k].office),
            float(any(parties[code] == 1 for code in actors[k].parties)),
            *_grammar(scene, k, named),
        )
        for k, told in group.actors.items()
    }


def _grammar(
    scene: Scene, actor: int, named: Sequence[tuple[int | None, int | None]]
) -> tuple[float, float, float]:
    """Shares of the triggers with somebody before or behind them that have this actor there."""
    before = [subject for subject, _ in named if subject is not None]
    behind = [thing for _, thing in named if thing is not None]
    parties = scene.cast.actors[actor].parties
    rivals = [k for k in behind if k != actor and parties and parties & scene.cast.actors[k].parties]
    return (
        behind.count(actor) / max(1, len(behind)),
        before.count(actor) / max(1, len(before)),
        float(bool(rivals) and actor not in behind),
    )


def _coverage(groups: Sequence[Group]) -> dict[int, float]:
    """For each actor, the share of an article's meetings that it may sit in; of three or more."""
    if len(groups) < 3:
        return {}
    counts = Counter(k for group in groups for k, told in group.actors.items() if told > 0.5)
    return {k: n / len(groups) for k, n in counts.items()}


def _speaks_for_others(scene: Scene, actor: int) -> bool:
    """Is somebody introduced as a spokesperson, reporter or analyst?"""
    for s in scene.cast.actors[actor].spans:
        span = scene.reading.spans[s]
        low, high = scene.page.bounds(scene.page.sentence(span.start))
        before = scene.text[max(low, span.start - 45) : span.start].rsplit(",", 1)[-1]
        apposition = re.match(r"(?:['’]s)?, ([^,.;]{3,60})", scene.text[span.end : min(high, span.end + 70)])
        if _MOUTH.search(before) or (apposition and _MOUTH.search(apposition.group(1))):
            return True
    return False


def _row(
    scene: Scene, actor: tuple[int, float, float, float], sentences: set[int], elsewhere: float
) -> tuple[float, ...]:
    k, told, second, best = actor
    spans = [scene.reading.spans[s] for s in scene.cast.actors[k].spans]
    places = {scene.page.sentence(s.start) for s in spans}
    texts = [scene.text[s.start : s.end] for s in spans]
    named = any(form_of(t) is Form.NAME for t in texts)
    speaking = [_is_speaking(scene.text, s.start, s.end) for s in spans]
    return (
        _logit(told),
        _logit(best),
        _logit(max(s.score for s in spans)),
        float(bool(places & sentences)),
        float(bool({p + 1 for p in places} & sentences or {p - 1 for p in places} & sentences)),
        float(named),
        math.log(len(spans)),
        float(told >= second),
        _logit(told) - _logit(second),
        sum(speaking) / len(speaking),
        scene.cast.actors[k].group,
        max(0.0, elsewhere - told),
        float(any(scene.page.is_headline(s.start) for s in spans)),
        float(named and all(scene.world.party(t.strip()) for t in texts)),
    )


def _best_links(scene: Scene, group: Group) -> dict[int, float]:
    best: dict[int, float] = {}
    for k in group.actors:
        pairs = ((t, s) for t in group.triggers for s in scene.cast.actors[k].spans)
        best[k] = max((scene.reading.links.get(pair, 0.0) for pair in pairs), default=0.0)
    return best


def _elsewhere(actor: int, group: Group, others: Sequence[Group]) -> float:
    return max((other.actors.get(actor, 0.0) for other in others if other is not group), default=0.0)


def _is_speaking(text: str, start: int, end: int) -> bool:
    return bool(_SPEAKS.match(text[end : end + 24]) or _SPOKEN.search(text[max(0, start - 50) : start]))


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


def _logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))
