"""Agreement of dates and durations with the marked corpus (kept beside the checkout; skipped without it)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.times.dates import date_at, writing_day
from kg.times.durations import duration_at, iso, parse_duration

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "train"
MARK = re.compile(r"\[([^\[\]]+)\]\(([PTDLVCNSXM]) ([\w, -]+)\)")
TENSE = {"held": "past", "ongoing": "past", "planned": "future", "possible": "future"}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")

Mark = tuple[int, int, str, list[str]]


def _articles() -> Iterator[tuple[dict[str, Any], str, list[Mark]]]:
    for path in sorted(CORPUS.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        plain, marks, last = "", [], 0
        for mark in MARK.finditer(body):
            plain += body[last : mark.start()]
            marks.append((len(plain), len(plain) + len(mark[1]), mark[2], re.findall(r"[\w-]+", mark[3])))
            plain += mark[1]
            last = mark.end()
        yield yaml.safe_load(head), plain + body[last:], marks


def test_days_are_reached_from_their_marks() -> None:
    reached: defaultdict[tuple[int, str], bool] = defaultdict(bool)
    for number, (meta, text, marks) in enumerate(_articles()):
        anchor = writing_day(text, meta.get("published"))
        for start, end, tag, meetings in marks:
            for key in meetings if tag == "D" else []:
                meeting = meta["meetings"][key]
                if isinstance(gold := meeting.get("date"), date):
                    tense = TENSE.get(meeting["status"], "open")
                    found = date_at(text, start, end, anchor=anchor, tense=tense)
                    reached[number, key] |= found is not None and found.edtf == gold.isoformat()
    assert len(reached) > 900
    assert sum(reached.values()) / len(reached) >= 0.95


def _minutes(written: str) -> int:
    parts = re.fullmatch(r"P(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", written)
    assert parts is not None
    months, days, hours, minutes = (int(p or 0) for p in parts.groups())
    return ((months * 30 + days) * 24 + hours) * 60 + minutes


def test_durations_agree_with_their_marks() -> None:
    total = right = 0
    for meta, text, marks in _articles():
        for start, end, tag, meetings in marks:
            for gold in (meta["meetings"][key].get("duration") for key in meetings if tag == "L"):
                found = duration_at(text, start, end)
                total += 1
                right += (
                    found is not None
                    and found.qualifier.value == gold["qualifier"]
                    and abs(_minutes(iso(found)) - _minutes(gold["iso"])) <= 0.1 * _minutes(gold["iso"])
                )
    assert total > 300
    assert right / total >= 0.97


def test_marks_alone_are_enough_for_durations() -> None:
    marks = [(t[a:b], m) for m, t, ms in _articles() for a, b, tag, _ in ms if tag == "L"]
    assert sum(parse_duration(words) is not None for words, _ in marks) / len(marks) >= 0.97
