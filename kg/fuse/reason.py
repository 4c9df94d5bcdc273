"""A piece of evidence for or against two mentions being one event."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Reason"]


class Reason(NamedTuple):
    """Words for people, and points: positive speaks for one event, negative against."""

    text: str
    points: int
