"""Thresholds of assembly, fitted on articles that the reader had not seen (never on test sets)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Least probabilities and log-odds at which something is believed."""

    trigger: float = 0.5
    """Least probability that a trigger names a meeting that counts."""
    member: float = 0.5
    """Least support for a participant."""
    value: float = 0.5
    """Least support for a date, place or duration."""
    topic: float = 0.5
    """Least support for a topic."""
    same: float = 0.0
    """Least mean log-odds at which two sets of triggers are one meeting."""
    far: float = -0.5
    """Log-odds of two triggers that the reader never saw together, before people are compared."""
    several: float = 0.5
    """Least probability that a trigger names more than one meeting."""
    together: float = 0.5
    """Least probability that two actors sit together."""
    near: int = 32
    """Spans within which the reader judges every pair: a missing one was judged improbable."""
