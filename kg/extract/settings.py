"""Thresholds and weights of assembly, fitted on articles that the reader had not seen (never on test sets).

The weights belong to one model's probabilities: they lie in the model's folder (`assembly.json`, written by
`training/finish.py`). The thresholds are the same for every model.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import InputError

__all__ = ["Settings", "Weights"]

_SHIPPED = Path(__file__).parent / "reader_model" / "assembly.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Intercept, then one weight a feature, of the two logistic models of assembly."""

    membership: tuple[float, ...]
    """After `kg.extract.membership.FEATURES`."""
    reality: tuple[float, ...]
    """After `kg.extract.reality.FEATURES`."""

    @classmethod
    def load(cls, path: Path) -> Weights:
        """The weights in a file. Raises `InputError` where it cannot be read."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls(*(tuple(float(w) for w in told[name].values()) for name in ("membership", "reality")))
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise InputError(
                "no readable weights of assembly",
                where=str(path),
                remedy="install dipmeet again; after training: training.finish",
            ) from error


@cache
def _shipped() -> Weights:
    return Weights.load(_SHIPPED)


@dataclass(frozen=True, slots=True)
class Settings:
    """Least probabilities and log-odds at which something is believed."""

    weights: Weights = field(default_factory=_shipped)
    trigger: float = 0.5
    """Least probability that a trigger names a meeting that counts."""
    real: float = 0.4
    """Least probability of a meeting, once its people are known."""
    unofficial: float = 0.8
    """Least probability of a meeting of one party at most, in a text that names no two countries."""
    joining: float = 0.3
    """Least probability of a trigger that only adds to a meeting which a surer one names."""
    member: float = 0.42
    """Least support for a participant."""
    second: float = 0.3
    """Least support for a second participant where only one has enough."""
    alone: float = 0.8
    """Least probability of a meeting with only one known participant."""
    alike: float = 0.0
    """Least probability of being one at which meetings of the same people are joined."""
    value: float = 0.2
    """Least support for a venue or country, and for what goes along with a split meeting."""
    city: float = 0.12
    """Least support for a city."""
    date: float = 0.1
    """Least support for a date."""
    duration: float = 0.25
    """Least support for a duration."""
    topic: float = 0.35
    """Least support for a topic."""
    same: float = -0.3
    """Least mean log-odds at which two sets of triggers are one meeting."""
    far: float = -0.5
    """Log-odds of two triggers that the reader never saw together, before people are compared."""
    several: float = 0.5
    """Least probability that a trigger names more than one meeting."""
    together: float = 0.5
    """Least probability that two actors sit together."""
    near: int = 32
    """Spans within which the reader judges every pair: a missing one was judged improbable."""
