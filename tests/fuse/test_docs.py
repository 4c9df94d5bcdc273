"""The table of points in the documentation is the one in force."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from kg.fuse import RULES

DOC = Path(__file__).parents[2] / "docs" / "fusion.md"


def test_every_point_is_documented_with_its_value() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", DOC.read_text("utf-8"), re.MULTILINE)
    assert {name: float(value) for name, value in rows} == asdict(RULES)
