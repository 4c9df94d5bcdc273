"""The graph in other people's formats: one file a format, one function for all."""

from __future__ import annotations

from kg.export.base import FORMATS, Format, format_for
from kg.export.run import export, export_quads, export_view
from kg.export.shards import export_shards

__all__ = ["FORMATS", "Format", "export", "export_quads", "export_shards", "export_view", "format_for"]
