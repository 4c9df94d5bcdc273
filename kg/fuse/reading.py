"""A claim together with who told it and when."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Claim

__all__ = ["Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """`voice` is the article that stands for all copies of a text; `day` an ordinal, 0 unknown."""

    claim: Claim
    article: str
    voice: str
    day: int
