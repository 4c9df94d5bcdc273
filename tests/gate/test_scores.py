"""Scores that may not fall: pinned floors, and a hash of the texts and labels that they were measured on.

A floor is raised or lowered only on purpose:

    KG_GATE_UPDATE=1 pytest tests/gate

writes what is measured (less a margin for ties) to floors.json; the change is then visible in review.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from kg.evaluate import OVERALL, Evaluation, evaluate, load_gold
from kg.extract import extract
from kg.extract.jsonl import to_json
from kg.extract.reader import Reader
from kg.model import Article
from kg.read import read

FLOORS = Path(__file__).parent / "floors.json"
DEV = Path(__file__).parents[3] / "shared" / "eval" / "dev"
MODEL = Path(__file__).parents[2] / "kg" / "extract" / "reader_model" / "meta.json"
UPDATE = os.environ.get("KG_GATE_UPDATE") == "1"
MARGIN = 0.01

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DEV.is_dir(), reason="the development articles are not beside the checkout"),
    pytest.mark.skipif(not MODEL.exists(), reason="no trained model in this checkout"),
]


def digest() -> str:
    """Hash of all texts and labels."""
    found = hashlib.sha256()
    for path in sorted(DEV.iterdir()):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def measured() -> Evaluation:
    reader = Reader.load()
    said = []
    for path in sorted(DEV.glob("*.txt")):
        (article,) = [a for a in read([str(path)]) if isinstance(a, Article)]
        said.append(to_json(extract(article, reader)))
    return evaluate(load_gold(DEV), said)


def test_scores_do_not_fall() -> None:
    result = measured()
    now = {name: round(result.scores[name].f1, 4) for name in OVERALL}
    now |= {"record": round(result.record, 4), "overall": round(result.overall, 4)}
    if UPDATE:
        floors = {name: round(value - MARGIN, 4) for name, value in now.items()}
        told = {"sha256": digest(), "negatives_clean": result.negatives_clean, "floors": floors}
        FLOORS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert digest() == pinned["sha256"], "texts or labels have changed: measure again on purpose"
    fallen = {name: (now[name], floor) for name, floor in pinned["floors"].items() if now[name] < floor}
    assert not fallen
    assert result.negatives_clean >= pinned["negatives_clean"]
