"""Topics of a meeting: noun phrases as the article words them, one item each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.meetings import Group
from kg.extract.scene import Scene
from kg.extract.text import evidence
from kg.model import Sourced, Tag
from kg.wording import content

__all__ = ["topics_of"]

_NEAR = 0.5
"""Least nearness of a topic that needs no more support than usual."""
_AWAY = 0.6
_EDGE = re.compile(r"^(?:the|a|an|its|their|his|her|our|on|about|of|over)\s+", re.IGNORECASE)


def topics_of(scene: Scene, group: Group) -> tuple[Sourced[str], ...]:
    """The group's topics in text order, near repetitions left out."""
    found: list[Sourced[str]] = []
    kept: list[frozenset[str]] = []
    for index in sorted(group.spans):
        span = scene.reading.spans[index]
        if span.tag is not Tag.TOPIC:
            continue
        near = 1.0 if scene.nearness(index, group.triggers) > _NEAR else _AWAY
        if group.spans[index] * span.score * near < scene.settings.topic:
            continue
        for start, end in _items(scene.text, span.start, span.end):
            words = content(scene.text[start:end])
            if not words or any(_alike(words, other) for other in kept):
                continue
            kept.append(words)
            value = " ".join(scene.text[start:end].split())
            found.append(
                Sourced(value, evidence(scene.page.article, start, end), group.spans[index] * span.score)
            )
    return tuple(found)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) / max(len(one), len(other)) >= 0.75


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span's stretch, articles and edges of punctuation cut off."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \n\t\"“”'‘,;:–—-"))
    right = len(piece.rstrip(' \n\t"“”’,;:–—-.'))
    start, end = start + left, start + right
    match = _EDGE.match(text[start:end])
    if match and start + match.end() < end:
        start += match.end()
    if end > start:
        yield start, end
