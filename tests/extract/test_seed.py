"""Whole articles through gate, reader and assembly: the hard wire page, exactly."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.reader import Reader
from kg.model import Article, MeetingMention, Record
from kg.read import read

MODEL = Path(__file__).parents[2] / "kg" / "extract" / "reader_model" / "meta.json"
SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_842f3594d3a9ffad.txt"
GOLD = Path(__file__).parents[1] / "golden" / "seeds" / "2023-06-19-beijing-blinken.json"
OWN = Path(__file__).parents[2] / "seeds" / "articles" / "2023-06-19-beijing-blinken.html"

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="no trained model in this checkout")


def told(path: Path, published: date) -> tuple[Article, Record]:
    (article,) = [a for a in read([str(path)], published=published) if isinstance(a, Article)]
    return article, extract(article, Reader.load())


def surnames(meeting: MeetingMention) -> frozenset[str]:
    return frozenset(p.name for p in meeting.participants)


def facts(meeting: MeetingMention) -> tuple[str, str | None, str | None, tuple[float, str] | None]:
    length = meeting.duration.value if meeting.duration else None
    return (
        meeting.status.value.value,
        meeting.date.value.edtf if meeting.date else None,
        meeting.city.value if meeting.city else None,
        (length.minutes, length.qualifier.value) if length else None,
    )


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside the checkout")
def test_the_wire_page_of_june_2023() -> None:
    _, record = told(SEED, date(2023, 6, 19))
    found = {surnames(m): m for m in record.meetings}
    assert len(found) == len(record.meetings) == 4
    wang = found[frozenset({"Antony Blinken", "Wang Yi"})]
    assert facts(wang) == ("held", "2023-06-19", "Beijing", (180.0, "about"))
    assert wang.venue
    assert "Diaoyutai" in wang.venue.value
    qin = found[frozenset({"Antony Blinken", "Qin Gang"})]
    assert facts(qin) == ("held", "2023-06-18", "Beijing", (450.0, "more-than"))
    topics = " ".join(t.value.lower() for t in qin.topics)
    assert all(word in topics for word in ("taiwan", "trade", "human rights", "fentanyl", "ukraine"))
    xi = found[frozenset({"Antony Blinken", "Xi Jinping"})]
    assert xi.status.value.value == "possible"
    (business,) = [m for names, m in found.items() if any("business" in name for name in names)]
    assert business.status.value.value == "planned"
    assert business.city
    assert business.city.value == "Beijing"
    visits = {(v.visitor.name, v.country.value if v.country else None): v for v in record.visits}
    assert set(visits) == {("Antony Blinken", "CN"), ("Qin Gang", "US")}
    assert visits["Antony Blinken", "CN"].status.value.value == "held"
    assert visits["Qin Gang", "US"].status.value.value == "planned"
    assert visits["Qin Gang", "US"].date is None


def test_the_same_difficulties_in_own_words() -> None:
    article, record = told(OWN, date(2023, 6, 19))
    found = {surnames(m): facts(m) for m in record.meetings}
    assert len(found) == len(record.meetings)
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert {names: fact[:2] for names, fact in found.items()} == {
        frozenset(p["name"] for p in m["participants"]): (m["status"], m["date"]) for m in gold["meetings"]
    }
    assert found[frozenset({"Antony Blinken", "Wang Yi"})][2:] == ("Beijing", (180.0, "about"))
    assert found[frozenset({"Antony Blinken", "Qin Gang"})][3] == (450.0, "more-than")
    visits = {(v.visitor.name, v.country.value if v.country else None): v.status.value for v in record.visits}
    assert visits == {(v["visitor"], v["destination_country"]): v["status"] for v in gold["visits"]}
    for meeting in record.meetings:
        for evidence in meeting.evidence:
            assert article.text[evidence.start : evidence.end] == evidence.text
