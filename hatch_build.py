"""Build hook: compiles the gazetteer's text tables into SQLite, for wheels and editable installs alike."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["GazetteerHook"]


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Runs before files are collected; the SQLite file is an artifact (git-ignored, in the wheel)."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (given by hatch)
        """Compile in place."""
        sys.path.insert(0, self.root)
        try:
            from kg.gazetteer.compile import compile_gazetteer
        finally:
            sys.path.remove(self.root)
        target = compile_gazetteer()
        build_data["artifacts"].append(target.relative_to(Path(self.root)).as_posix())
