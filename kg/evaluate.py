"""Score predicted meeting records against gold ones: the task definition in numbers.

Predicted and gold meetings of one article are paired one to one so that the sum of their
likeness is largest (optimal assignment). Counts of hits, gold and predicted values are kept
for each field; what a missed meeting holds counts as missed, what a spurious one holds as
spurious. Records are JSON objects after the record schema, as `kg extract` writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.wording import content, words

__all__ = [
    "FIELDS",
    "OVERALL",
    "Difference",
    "Evaluation",
    "Score",
    "evaluate",
    "load_gold",
    "load_predicted",
]

Json = Mapping[str, Any]

FIELDS = (
    "meeting",
    "participants",
    "represents",
    "status",
    "mode",
    "date",
    "city",
    "country",
    "venue",
    "duration",
    "topics",
)
OVERALL = ("meeting", "participants", "status", "date", "city", "duration", "topics")
"""The fields whose mean F1 is the overall figure."""

_TITLES = frozenset(
    "mr mrs ms dr sir lord president prime minister foreign secretary state chancellor king queen prince "  # noqa: SIM905
    "sheikh sheik crown ambassador envoy special general gen senator sen premier chairman".split()
)
_ISO_DURATION = re.compile(
    r"P(?:(?P<d>\d+(?:\.\d+)?)D)?(?:T(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<m>\d+(?:\.\d+)?)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field and what follows from them."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float:
        """Share of predicted values that are right (0 when there are none)."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold values that were found (0 when there are none)."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / (self.gold + self.predicted) if self.hit else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hit + other.hit, self.gold + other.gold, self.predicted + other.predicted)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fault: a meeting missed, a spurious one, or a pair that differs in `fields`."""

    article: str
    gold: Json | None
    predicted: Json | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by field, whole records, clean negatives, and every fault."""

    scores: Mapping[str, Score]
    complete: int
    """Gold meetings whose participants, status, date and city are all right."""
    meetings: int
    articles: int
    negatives: int
    negatives_clean: int
    differences: tuple[Difference, ...] = ()

    @property
    def record(self) -> float:
        """Share of gold meetings that are completely right."""
        return self.complete / self.meetings if self.meetings else 0.0

    @property
    def overall(self) -> float:
        """Mean F1 of the seven fields of `OVERALL`."""
        return sum(self.scores[name].f1 for name in OVERALL) / len(OVERALL)

    def to_json(self) -> dict[str, Any]:
        """The figures as one JSON object, rounded to four places."""
        out: dict[str, Any] = {
            name: {key: round(getattr(score, key), 4) for key in ("precision", "recall", "f1")}
            for name, score in self.scores.items()
        }
        out["record"] = round(self.record, 4)
        out["negatives_clean"] = f"{self.negatives_clean}/{self.negatives}"
        out["overall"] = round(self.overall, 4)
        out["counts"] = {"articles": self.articles, "meetings": self.meetings}
        return out


def load_gold(directory: Path) -> list[Json]:
    """Gold records: one JSON file an article in `directory`. Raises InputError."""
    paths = sorted(directory.glob("*.json"))
    if not paths:
        raise InputError("no gold record", where=str(directory), remedy="give a folder of NAME.json files")
    return [_record(path.read_text(encoding="utf-8"), str(path)) for path in paths]


def load_predicted(path: Path) -> list[Json]:
    """Predicted records: JSON lines, as `kg extract` writes them. Raises InputError."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [_record(line, f"{path}:{number}") for number, line in lines if line.strip()]


def _record(text: str, where: str) -> Json:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"not JSON ({error.msg})", where=where, remedy="write one object after the record schema"
        ) from error
    if (
        not isinstance(record, dict)
        or "article" not in record
        or not isinstance(record.get("meetings"), list)
    ):
        raise InputError(
            "not a meeting record", where=where, remedy="it needs `article` and a list `meetings`"
        )
    return record


def evaluate(gold: Iterable[Json], predicted: Iterable[Json]) -> Evaluation:
    """Score `predicted` records against `gold` ones; articles without a prediction count as empty."""
    by_article = {Path(str(record["article"])).stem: record for record in predicted}
    totals = dict.fromkeys(FIELDS, Score())
    differences: list[Difference] = []
    complete = meetings = articles = negatives = clean = 0
    for record in gold:
        name = str(record["article"])
        want = list(record["meetings"])
        got = [m for m in by_article.get(name, {"meetings": []})["meetings"] if m.get("participants")]
        pairs = _assign(want, got, _likeness)
        for field in FIELDS:
            totals[field] += _score_field(field, want, got, pairs)
        complete += sum(_whole(want[i], got[j]) for i, j in pairs)
        articles, meetings = articles + 1, meetings + len(want)
        negatives, clean = negatives + (not want), clean + (not want and not got)
        differences += _differences(name, want, got, pairs)
    return Evaluation(totals, complete, meetings, articles, negatives, clean, tuple(differences))


def _score_field(
    field: str, want: Sequence[Json], got: Sequence[Json], pairs: Sequence[tuple[int, int]]
) -> Score:
    if field == "meeting":
        return Score(len(pairs), len(want), len(got))
    hit = sum(_hits(want[i], got[j], field) for i, j in pairs)
    return Score(hit, sum(_count(m, field) for m in want), sum(_count(m, field) for m in got))


def _differences(
    name: str, want: Sequence[Json], got: Sequence[Json], pairs: Sequence[tuple[int, int]]
) -> list[Difference]:
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    out = [Difference(name, m, None) for i, m in enumerate(want) if i not in left]
    out += [Difference(name, None, m) for j, m in enumerate(got) if j not in right]
    for i, j in pairs:
        g, p = want[i], got[j]
        wrong = tuple(f for f in FIELDS[1:] if _hits(g, p, f) < max(_count(g, f), _count(p, f)))
        if wrong:
            out.append(Difference(name, g, p, wrong))
    return out


# --- pairing --------------------------------------------------------------------------------


def _assign(
    left: Sequence[Any], right: Sequence[Any], weight: Callable[[Any, Any], float]
) -> list[tuple[int, int]]:
    """One-to-one pairs of largest total weight; pairs of weight zero are left out."""
    if not left or not right:
        return []
    matrix = [[weight(a, b) for b in right] for a in left]
    if not any(map(any, matrix)):
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if matrix[i][j] > 0]


def _people(gold: Json, predicted: Json) -> list[tuple[int, int]]:
    return _assign(gold["participants"], predicted["participants"], lambda g, p: float(_same_name(g, p)))


def _likeness(gold: Json, predicted: Json) -> float:
    common, most = len(_people(gold, predicted)), len(gold["participants"])
    if common == 0 or (common == 1 and most > 2):
        return 0.0
    sizes = (most, len(predicted["participants"]))
    date = _same_date(gold.get("date"), predicted.get("date"))
    city = _same_place(_place(gold, "city"), _place(predicted, "city"))
    if common == 1 and not (date or city or 1 in sizes):
        return 0.0
    return (
        2 * common / sum(sizes)
        + 0.15 * date
        + 0.10 * city
        + 0.05 * (gold.get("status") == predicted.get("status"))
    )


# --- equality of values ---------------------------------------------------------------------


def _forms(participant: Json) -> list[list[str]]:
    tokens = [words(form) for form in (participant["name"], *(participant.get("aliases") or ()))]
    return [bare for t in tokens if (bare := [w for w in t if w not in _TITLES] or t)]


def _same_name(gold: Json, predicted: Json) -> bool:
    """Equal up to titles, or one is the surname or the given-name-less form of the other."""
    if gold.get("type") == "group":
        side = words(str(gold.get("represents") or ""))
        if (
            side
            and predicted.get("type") == "group"
            and side == words(str(predicted.get("represents") or ""))
        ):
            return True
        got = content(predicted["name"])
        forms = [content(form) for form in (gold["name"], *(gold.get("aliases") or ()))]
        return any(len(form & got) / max(len(form), 1) >= 0.6 for form in forms)
    return any(_same_form(g, p) for g in _forms(gold) for p in _forms(predicted))


def _same_form(one: list[str], other: list[str]) -> bool:
    if sorted(one) == sorted(other):
        return True
    short, long = sorted((one, other), key=len)
    if set(short) <= set(long) and any(len(w) > 2 for w in short):
        return True
    return one[-1] == other[-1] and len(one[-1]) > 2 and one[0][0] == other[0][0]


def _place(meeting: Json, key: str) -> str | None:
    value = (meeting.get("place") or {}).get(key)
    return str(value) if value else None


def _same_place(one: str | None, other: str | None) -> bool:
    a, b = content(one or ""), content(other or "")
    return bool(a & b) and len(a & b) / min(len(a), len(b)) >= 0.5


def _same_date(gold: str | None, predicted: str | None) -> bool:
    return bool(gold and predicted and predicted.startswith(gold))


def _minutes(iso: str) -> float | None:
    match = _ISO_DURATION.fullmatch(iso)
    if not match:
        return None
    part = {key: float(value or 0) for key, value in match.groupdict().items()}
    return part["d"] * 1440 + part["h"] * 60 + part["m"] + part["s"] / 60


def _same_duration(gold: Json | None, predicted: Json | None) -> bool:
    if not gold or not predicted or gold.get("qualifier") != predicted.get("qualifier"):
        return False
    a, b = _minutes(str(gold["iso"])), _minutes(str(predicted["iso"]))
    return a is not None and b is not None and abs(a - b) <= 0.1 * a


def _same_topic(one: str, other: str) -> float:
    a, b = content(one), content(other)
    share = len(a & b) / max(len(a), len(b), 1)
    return share if share >= 0.5 else 0.0


def _count(meeting: Json, field: str) -> int:
    match field:
        case "participants":
            return len(meeting["participants"])
        case "represents":
            return sum(1 for p in meeting["participants"] if p.get("represents"))
        case "city" | "country" | "venue":
            return int(_place(meeting, field) is not None)
        case "topics":
            return len(meeting.get("topics") or ())
    return int(bool(meeting.get(field)))


def _represents(gold: Json, predicted: Json) -> int:
    sides = (
        (gold["participants"][i].get("represents"), predicted["participants"][j].get("represents"))
        for i, j in _people(gold, predicted)
    )
    return sum(1 for g, p in sides if g and words(str(g)) == words(str(p or "")))


def _hits(gold: Json, predicted: Json, field: str) -> int:
    return int(_HITS[field](gold, predicted) if field in _HITS else _equal(gold, predicted, field))


def _equal(gold: Json, predicted: Json, field: str) -> bool:
    return bool(gold.get(field)) and gold.get(field) == predicted.get(field)


_HITS: Mapping[str, Callable[[Json, Json], int]] = {
    "participants": lambda g, p: len(_people(g, p)),
    "represents": _represents,
    "city": lambda g, p: _same_place(_place(g, "city"), _place(p, "city")),
    "venue": lambda g, p: _same_place(_place(g, "venue"), _place(p, "venue")),
    "country": lambda g, p: _place(g, "country") is not None and _place(g, "country") == _place(p, "country"),
    "date": lambda g, p: _same_date(g.get("date"), p.get("date")),
    "duration": lambda g, p: _same_duration(g.get("duration"), p.get("duration")),
    "topics": lambda g, p: len(_assign(g.get("topics") or [], p.get("topics") or [], _same_topic)),
}
"""How many values of a field a pair of meetings shares; other fields are compared as they are."""


def _whole(gold: Json, predicted: Json) -> bool:
    everybody = len(_people(gold, predicted)) == len(gold["participants"]) == len(predicted["participants"])
    date_right = not gold.get("date") or bool(_hits(gold, predicted, "date"))
    city_right = not _place(gold, "city") or bool(_hits(gold, predicted, "city"))
    return everybody and gold["status"] == predicted.get("status") and date_right and city_right
