"""pyoxigraph, loaded when it is first used: the parent of a query does without it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["ox"]


class _Lazy:
    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("pyoxigraph"), name)


ox: Any = _Lazy()
"""Stands for the module."""
