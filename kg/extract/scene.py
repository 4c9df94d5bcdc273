"""Everything that assembly knows of one article, in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.extract.participants import Cast
from kg.extract.settings import Settings
from kg.extract.text import Layout, evidence
from kg.extract.world import World
from kg.model import Evidence, Reading, Tag

__all__ = ["Anchor", "Scene"]

_SAME = 1.0
_NEXT = 0.55
_FAR = 0.35


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of writing, and where it is written (offsets), if it is."""

    day: date | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """An article's layout and reading, its actors, and what is known of the world."""

    page: Layout
    reading: Reading
    cast: Cast
    world: World
    settings: Settings
    anchor: Anchor
    countries: frozenset[str] = frozenset()
    """Codes of all countries that the article names: they decide between cities of one name."""

    @property
    def text(self) -> str:
        """The article's text."""
        return self.page.article.text

    def words(self, index: int) -> Evidence:
        """The words of span `index`."""
        span = self.reading.spans[index]
        return evidence(self.page.article, span.start, span.end)

    def sentence(self, index: int) -> Evidence:
        """The sentence in which span `index` begins."""
        return self.page.quote(self.page.sentence(self.reading.spans[index].start))

    def candidates(self, told: Mapping[int, float], tag: Tag, least: float) -> list[tuple[float, int]]:
        """Score and index of the marks of `tag` among those told of a meeting, in text order.

        The score is the link's probability times the mark's own; lower ones than `least` are left out.
        """
        spans = self.reading.spans
        scored = ((p * spans[i].score, i) for i, p in sorted(told.items()) if spans[i].tag is tag)
        return [(score, i) for score, i in scored if score >= least]

    def nearness(self, index: int, triggers: Sequence[int]) -> float:
        """Weight of a mark by its distance from the triggers: 1 in their sentence, less beyond."""
        here = self.page.sentence(self.reading.spans[index].start)
        away = min(abs(self.page.sentence(self.reading.spans[t].start) - here) for t in triggers)
        return (_SAME, _NEXT)[away] if away < 2 else _FAR
