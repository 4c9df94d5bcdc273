"""dipmeet: a knowledge graph of diplomatic meetings from news and official records."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
