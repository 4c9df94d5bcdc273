"""One meeting told twice: groups of the same people that nothing keeps apart are joined."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.meetings import Group, joined, likeness
from kg.extract.places import place_of
from kg.extract.scene import Scene
from kg.extract.status import background_of, status_of
from kg.extract.when import date_of, duration_of
from kg.model import Basis, BlockKind, DateSpan, Sourced, Status

__all__ = ["alike_joined"]

_OPEN = frozenset((Status.PLANNED, Status.POSSIBLE))


def alike_joined(scene: Scene, found: Sequence[Group]) -> list[Group]:
    """The groups, those joined that tell of one meeting: same people, no other day, place or outcome."""
    left = list(found)
    n = 0
    while n < len(left):
        m = n + 1
        while m < len(left):
            if _alike(scene, left[n], left[m]):
                left[n] = joined(left[n], left.pop(m))
                m = n + 1
            else:
                m += 1
        n += 1
    return left


def _alike(scene: Scene, one: Group, other: Group) -> bool:
    if one.split & other.split or not _same_people(scene, one, other):
        return False
    if likeness(scene.reading, one, other) < scene.settings.alike:
        return False
    aside = _aside(scene, one) or _aside(scene, other)
    if not aside and background_of(scene.reading, one) != background_of(scene.reading, other):
        return False
    if _same_length(scene, one, other):
        return True
    a, b = status_of(scene, one).value, status_of(scene, other).value
    if _aside(scene, one):
        a = b
    elif _aside(scene, other):
        b = a
    if a is not b and not {a, b} <= _OPEN:
        return False
    return not _apart(date_of(scene, one, a), date_of(scene, other, b)) and not _elsewhere(scene, one, other)


def _same_length(scene: Scene, one: Group, other: Group) -> bool:
    """Do both rest on the same mark of a duration? One stretch of time is one meeting's."""
    a, b = duration_of(scene, one), duration_of(scene, other)
    return a is not None and b is not None and a.evidence == b.evidence


def _aside(scene: Scene, group: Group) -> bool:
    """Is a group named in headlines and captions alone? Their present tense says little."""
    starts = [scene.reading.spans[t].start for t in group.triggers]
    return all(scene.page.is_headline(s) or scene.page.kind(s) is BlockKind.CAPTION for s in starts)


def _same_people(scene: Scene, one: Group, other: Group) -> bool:
    a, b = (
        {k for k, told in group.actors.items() if told >= scene.settings.member} for group in (one, other)
    )
    return len(a & b) >= 2 and (a <= b or b <= a)


def _apart(one: Sourced[DateSpan] | None, other: Sourced[DateSpan] | None) -> bool:
    """Do two dates exclude each other? The month of writing, a mere inference, excludes nothing."""
    if one is None or other is None:
        return False
    if not one.value.text or not other.value.text:
        return False
    return one.value.latest < other.value.earliest or other.value.latest < one.value.earliest


def _elsewhere(scene: Scene, one: Group, other: Group) -> bool:
    _, a, _ = place_of(scene, one)
    _, b, _ = place_of(scene, other)
    return (
        a is not None and b is not None and a.value != b.value and Basis.GAZETTEER not in (a.basis, b.basis)
    )
