"""Linking measured on the development set against a key of persons (skipped where the set is missing)."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.gazetteer import Gazetteer
from kg.model import Article
from kg.resolve import resolve
from tests.resolve.telling import record_of

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared/eval/dev"
KEY = Path(__file__).parent / "dev_key.tsv"

pytestmark = pytest.mark.skipif(not DEV.is_dir(), reason="the development set is not here")


def key() -> dict[tuple[str, str], str]:
    with KEY.open(encoding="utf-8") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(r["article"], r["name"]): r["id"] for r in rows}


def answers(gazetteer: Gazetteer, *, parties: bool, roles: bool) -> Iterator[tuple[str, str]]:
    """(id wanted, id given) for each person, article and day; "-" is nobody."""
    wanted = key()
    seen = set()
    for path in sorted(DEV.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        told = Article(gold["article"], text, hashlib.sha256(text.encode()).hexdigest(), path.name)
        found = resolve(record_of(gold, parties=parties, roles=roles), told, gazetteer)
        for one, gold_one in zip(found.meetings, gold["meetings"], strict=True):
            for who in one.participants:
                name = (gold["article"], who.mention.name)
                entity = found.entities[who.who.entity]
                given = "-" if "--" in entity.id else entity.wikidata or entity.id
                row = (*name, given, gold_one.get("date"))
                if name in wanted and who.mention.kind == "person" and row not in seen:
                    seen.add(row)
                    yield wanted[name], given


@pytest.mark.parametrize(("parties", "roles"), [(True, True), (False, True), (True, False), (False, False)])
def test_precision_and_recall(gazetteer: Gazetteer, parties: bool, roles: bool) -> None:
    pairs = list(answers(gazetteer, parties=parties, roles=roles))
    right = sum(w == g != "-" for w, g in pairs)
    given = sum(g != "-" for _, g in pairs)
    held = sum(w != "-" for w, _ in pairs)
    assert right / given >= 0.98
    assert right / held >= 0.90


def test_the_key_is_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    ids = {i for i in key().values() if i != "-"}
    assert len(ids) > 70
    assert not [i for i in ids if gazetteer.person(i) is None]
