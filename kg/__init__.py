"""dipmeet: a knowledge graph of diplomatic meetings from news and official records."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.notebook import Graph

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(store: str | Path = "kg-store") -> Graph:  # noqa: A001  (reads as it should: kg.open)
    """A store to ask and draw from Python and notebooks; see `kg.notebook.Graph`."""
    # by name: importing kg loads nothing, and rooms that ask for its version do not depend on notebooks
    found: Graph = importlib.import_module("kg.notebook").Graph(store)
    return found
