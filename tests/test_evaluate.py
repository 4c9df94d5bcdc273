"""The scorer: small cases by hand, agreement with the reference scorer under noise."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import FIELDS, evaluate, load_gold, load_predicted

REFERENCE = Path(__file__).parents[2] / "shared" / "eval" / "score.py"
DEV = REFERENCE.parent / "dev"


def meeting(*names: str, **fields: Any) -> dict[str, Any]:
    people = [{"name": name, "type": "person", "represents": None, "role": None} for name in names]
    return {
        "participants": people,
        "status": "held",
        "mode": None,
        "place": None,
        "date": None,
        "topics": [],
    } | fields


def record(article: str, *meetings: dict[str, Any]) -> dict[str, Any]:
    return {"article": article, "published": None, "meetings": list(meetings), "visits": []}


def test_perfect() -> None:
    gold = [record("a", meeting("Wang Yi", "Antony Blinken", date="2023-06-19")), record("b")]
    result = evaluate(gold, gold)
    assert result.scores["meeting"].f1 == result.scores["participants"].f1 == result.scores["date"].f1 == 1.0
    assert result.record == 1.0
    assert (result.negatives, result.negatives_clean) == (1, 1)
    assert not result.differences


def test_surname_and_alias_are_enough() -> None:
    gold = [record("a", meeting("Wang Yi", "Antony Blinken"))]
    said = [record("a", meeting("Blinken", "Minister Wang Yi"))]
    assert evaluate(gold, said).scores["participants"].f1 == 1.0


def test_missed_and_spurious_count_in_every_field() -> None:
    gold = [record("a", meeting("A Bcd", "E Fgh", date="2020-01-02"))]
    said = [record("a", meeting("X Yzz", "U Vww", date="2020-01-02"))]
    result = evaluate(gold, said)
    assert result.scores["date"].f1 == 0.0
    assert [(d.gold is None, d.predicted is None) for d in result.differences] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("gold", "said", "right"),
    [
        ("2023-06", "2023-06-19", True),
        ("2023-06-19", "2023-06", False),
        ("2023-06-19", "2023-06-18", False),
        (None, "2023", False),
    ],
)
def test_dates_at_the_precision_of_gold(gold: str | None, said: str, right: bool) -> None:
    result = evaluate(
        [record("a", meeting("A Bcd", "E Fgh", date=gold))],
        [record("a", meeting("A Bcd", "E Fgh", date=said))],
    )
    assert bool(result.scores["date"].hit) is right


@pytest.mark.parametrize(
    ("iso", "qualifier", "right"),
    [
        ("PT7H30M", "more-than", True),
        ("PT7H", "more-than", True),
        ("PT450M", "more-than", True),
        ("PT6H", "more-than", False),
        ("PT7H30M", "about", False),
    ],
)
def test_durations_within_a_tenth(iso: str, qualifier: str, right: bool) -> None:
    gold = {"iso": "PT7H30M", "qualifier": "more-than"}
    said = {"iso": iso, "qualifier": qualifier}
    result = evaluate(
        [record("a", meeting("A Bcd", "E Fgh", duration=gold))],
        [record("a", meeting("A Bcd", "E Fgh", duration=said))],
    )
    assert bool(result.scores["duration"].hit) is right


def test_broken_input_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"article": "a", "meetings": []}\nnonsense\n')
    with pytest.raises(InputError, match=r"p\.jsonl:2"):
        load_predicted(path)
    with pytest.raises(InputError, match="no gold record"):
        load_gold(tmp_path)


def noisy(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    out = json.loads(json.dumps(gold))
    meetings = [m for m in out["meetings"] if rng.random() > 0.15]
    for m in meetings:
        if rng.random() < 0.3:
            m["participants"] = m["participants"][: rng.randint(1, len(m["participants"]))]
        if rng.random() < 0.3:
            m["status"] = rng.choice(["held", "planned", "possible"])
        if rng.random() < 0.3:
            m["date"] = rng.choice([None, "2020", "2021-05-06"])
        if m["topics"] and rng.random() < 0.5:
            m["topics"] = [*m["topics"][1:], "something else entirely"]
        if rng.random() < 0.2:
            m["place"] = {"venue": None, "city": "Paris", "country": "FR"}
    if rng.random() < 0.2:
        meetings.append(meeting("Nobody Atall", "Someone Else"))
    out["meetings"] = meetings
    return dict(out)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not beside the checkout")
@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_reference(tmp_path: Path, seed: int) -> None:
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE)
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = load_gold(DEV)
    rng = random.Random(seed)  # noqa: S311
    said = [noisy(dict(g), rng) for g in gold]
    path = tmp_path / "said.jsonl"
    path.write_text("\n".join(json.dumps(s) for s in said))
    theirs, _ = reference.score(DEV, path)
    ours = evaluate(gold, load_predicted(path)).to_json()
    assert ours["negatives_clean"] == theirs["negatives_clean"]
    for field in FIELDS:
        assert ours[field]["f1"] == pytest.approx(theirs[field]["f1"], abs=0.012), field  # ties between pairs
    assert ours["overall"] == pytest.approx(theirs["overall"], abs=0.002)
    assert ours["record"] == pytest.approx(theirs["record"], abs=0.01)
