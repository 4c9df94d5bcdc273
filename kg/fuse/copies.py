"""Reprints and lightly edited wire copies: found by likeness of texts, one voice together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.fuse.thresholds import RULES, Rules

__all__ = ["copy_groups", "likeness", "voices_of"]

_ROWS = 4
"""Numbers of a signature a band; texts of likeness 0.7 share one of 32 bands with p > 0.999."""


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimated share of word shingles in common, 0–1; 0 without comparable signatures."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(map(int.__eq__, one, other)) / len(one)


def copy_groups(
    signatures: Mapping[str, tuple[int, ...]], rules: Rules = RULES
) -> tuple[tuple[str, ...], ...]:
    """Articles whose texts are copies of each other, each group sorted, groups of two or more.

    Bands of the signatures find the candidates, so that the work is linear in the articles.
    """
    parent = {article: article for article in signatures}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    bands: dict[tuple[int, tuple[int, ...]], list[str]] = {}
    for article in sorted(signatures):
        mine = signatures[article]
        for start in range(0, len(mine), _ROWS):
            block = bands.setdefault((start, mine[start : start + _ROWS]), [])
            for other in block:
                a, b = root(article), root(other)
                if a != b and likeness(mine, signatures[other]) >= rules.reprint_likeness:
                    parent[max(a, b)] = min(a, b)
            block.append(article)
    groups: dict[str, list[str]] = {}
    for article in sorted(signatures):
        groups.setdefault(root(article), []).append(article)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def voices_of(
    articles: Iterable[str], signatures: Mapping[str, tuple[int, ...]], rules: Rules = RULES
) -> dict[str, str]:
    """Article → the article that stands for its voice: itself, or the smallest id among copies."""
    voice = {article: article for article in articles}
    for group in copy_groups({a: signatures.get(a, ()) for a in voice}, rules):
        voice.update(dict.fromkeys(group, group[0]))
    return voice
