"""Subject and object of a trigger, as far as the order of words shows them."""

from __future__ import annotations

import re

from kg.extract.scene import Scene

__all__ = ["around"]

_BEHIND = re.compile(
    r"[ ,]?(?:with |by |to |on |and |from |between |of )?(?:[\w.’'-]+ ){0,6}(?:with |by )?(?:[\w.’'-]+ ){0,4}"
)
_BEFORE = re.compile(r"(?:,[^,.;:!?]{1,80},)?[^.;:!?,]{0,48}")
_FARTHEST = 90


def around(scene: Scene, trigger: int) -> tuple[int | None, int | None]:
    """The actors named nearest before and nearest behind a trigger, in its sentence; None where nobody is."""
    span = scene.reading.spans[trigger]
    low, high = scene.page.bounds(scene.page.sentence(span.start))
    subject: tuple[int, int] | None = None
    thing: tuple[int, int] | None = None
    for k, actor in enumerate(scene.cast.actors):
        for s in actor.spans:
            mark = scene.reading.spans[s]
            if max(low, span.start - _FARTHEST) <= mark.end <= span.start:
                if subject is None or mark.end > subject[0]:
                    subject = (mark.end, k)
            elif span.end <= mark.start < min(high, span.end + _FARTHEST) and (
                thing is None or mark.start < thing[0]
            ):
                thing = (mark.start, k)
    text = scene.text
    if subject and not _BEFORE.fullmatch(text[subject[0] : span.start]):
        subject = None
    if thing and not _BEHIND.fullmatch(text[span.end : thing[0]]):
        thing = None
    return (subject[1] if subject else None, thing[1] if thing else None)
