"""Status, mode and background of a meeting: votes over everything the article says of it."""

from __future__ import annotations

import math
import re

from kg.extract.meetings import Group
from kg.extract.scene import Scene
from kg.model import Basis, BlockKind, Mode, Reading, Sourced, Status, Tag

__all__ = ["background_of", "mode_of", "status_of"]

_ASIDE_WEIGHT = 0.4
"""Headlines and captions speak in the present of what is past."""
_ANNOUNCED = 1.5
"""Log-odds that such words add."""
_DUE = re.compile(r"\b(?:expected|due|scheduled|set|slated|is|are) to (?:\w+ )?$", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:may|might|could|would|if|whether|hope[sd]?|unconfirmed|not (?:been |yet )?confirmed|unclear|"
    r"possibl[ey]|had been|was to)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:whether|if|may|might|could)\b[^.;:]*$", re.IGNORECASE)
"""Words before a trigger that leave it open."""
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|refus\w+|rul(?:e[sd]?|ing) out|no (?:plans?|meeting|talks|contact|such)|"
    r"never|"
    r"reject\w*|snub\w*|declin\w+|not|n['’]t|without|nor|turned (?:down|away)|false|untrue|fabricat\w+|"
    r"nothing|cold shoulder|rebuff\w*|spurn\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_UNSAID = 1.5
"""Log-odds taken from a denial that no word of the sentences around it speaks."""
_FLOOR = 0.02
_SURE = 0.5


def status_of(scene: Scene, group: Group) -> Sourced[Status]:
    """The status with most votes of all triggers; a headline's word counts less than the body's."""
    reading = scene.reading
    total = dict.fromkeys(Status, 0.0)
    weight = 0.0
    for trigger in group.triggers:
        told = reading.status.get(trigger)
        if not told:
            continue
        start = reading.spans[trigger].start
        aside = scene.page.is_headline(start) or scene.page.kind(start) is BlockKind.CAPTION
        w = _ASIDE_WEIGHT if aside else 1.0
        w *= reading.real.get(trigger, 1.0)
        weight += w
        if _is_announced(scene, trigger):
            total[Status.PLANNED] += w * _ANNOUNCED
        total[Status.POSSIBLE] += w * _ANNOUNCED * _is_open(scene, trigger)
        total[Status.DENIED] -= w * _UNSAID * (not _denial_near(scene, trigger))
        for status in Status:
            total[status] += w * math.log(max(told.get(status, 0.0), _FLOOR))
    if not weight:
        return Sourced(Status.HELD, scene.sentence(group.triggers[0]), 0.5, Basis.INFERRED)
    shares = {status: math.exp(value / weight) for status, value in total.items()}
    best = max(Status, key=lambda status: shares[status])
    cue = _first_cue(reading, group, Tag.STATUS_CUE)
    said = [t for t in group.triggers if reading.status.get(t, {}).get(best, 0.0) >= 0.5]
    basis = Basis.STATED if cue or best is Status.HELD else Basis.INFERRED
    return Sourced(
        best,
        scene.sentence((cue or said or group.triggers)[0]),
        shares[best] / sum(shares.values()),
        basis,
    )


def _is_announced(scene: Scene, trigger: int) -> bool:
    """Is a trigger's meeting announced as due, without a word of doubt in the sentence?"""
    start = scene.reading.spans[trigger].start
    low, high = scene.page.bounds(scene.page.sentence(start))
    before = scene.text[max(low, start - 40) : start]
    return bool(_DUE.search(before)) and not _DOUBT.search(scene.text[low:high])


def _is_open(scene: Scene, trigger: int) -> bool:
    """Does the sentence leave open whether the trigger's meeting comes about?"""
    start = scene.reading.spans[trigger].start
    low, _ = scene.page.bounds(scene.page.sentence(start))
    told = scene.reading.status.get(trigger, {})
    return told.get(Status.HELD, 0.0) < _SURE and bool(_OPEN.search(scene.text[low:start]))


def _denial_near(scene: Scene, trigger: int) -> bool:
    here = scene.page.sentence(scene.reading.spans[trigger].start)
    low = scene.page.bounds(max(0, here - 1))[0]
    high = scene.page.bounds(min(len(scene.page.starts) - 1, here + 1))[1]
    return bool(_DENIAL.search(scene.text[low:high]))


def _first_cue(reading: Reading, group: Group, tag: Tag) -> list[int]:
    return [s for s, p in group.spans.items() if reading.spans[s].tag is tag and p >= 0.5][:1]


def mode_of(scene: Scene, group: Group) -> Sourced[Mode] | None:
    """The mode with most votes, None where the article does not tell."""
    reading = scene.reading
    total: dict[Mode | None, float] = {}
    for trigger in group.triggers:
        for mode, p in reading.mode.get(trigger, {}).items():
            total[mode] = total.get(mode, 0.0) + p
    if not total:
        return None
    order: list[Mode | None] = [*Mode, None]
    best = max(order, key=lambda mode: total.get(mode, 0.0))
    if best is None:
        return None
    cue = _first_cue(reading, group, Tag.MODE_CUE)
    sure = total[best] / sum(total.values())
    return Sourced(
        best, scene.sentence((cue or group.triggers)[0]), sure, Basis.STATED if cue else Basis.INFERRED
    )


def background_of(reading: Reading, group: Group) -> bool:
    """Is it an earlier meeting mentioned in passing?"""
    told = [reading.background[t] for t in group.triggers if t in reading.background]
    return bool(told) and sum(told) / len(told) >= 0.5
