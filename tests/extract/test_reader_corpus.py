"""Marked texts are taken apart without loss, and give the perfect reading."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Status, Tag
from training.augment import Names, augment
from training.corpus import MarkedArticle, load, oracle_reading, parse

CORPUS = Path(__file__).parents[2] / "seeds" / "corpus"

TEXT = """---
published: 2014-03-07
people:
  reyes: {name: Carla Reyes, type: person, represents: PH, role: foreign secretary}
  lund: {name: Per Lund, type: person, represents: NO, role: foreign minister}
  aoki: {name: Jun Aoki, type: person, represents: JP, role: foreign minister}
meetings:
  m1: {who: [reyes, lund], status: held, mode: in-person, date: 2014-03-06, venue: null, city: Manila,
       country: PH, duration: null, topics: [fishing rights], background: false}
  m2: {who: [reyes, aoki], status: planned, mode: null, date: null, venue: null, city: null,
       country: null, duration: null, topics: [], background: false}
---
[Carla Reyes](P reyes) [held talks](T m1,m2) in [Manila](C m1) with [Per Lund](P lund)
on [fishing rights](S m1)
and [will](X m2) do so with [Jun Aoki](P aoki). [The two](P reyes,lund) [met](T m1) on [Thursday](D m1).
"""


def test_text_and_record() -> None:
    marked = parse("x", TEXT)
    assert marked.text.startswith("Carla Reyes held talks in Manila with Per Lund")
    assert [marked.text[s.start : s.end] for s in marked.spans if s.tag is Tag.TRIGGER] == [
        "held talks",
        "met",
    ]
    assert marked.as_file().startswith("Published: 2014-03-07\n\nCarla")
    first, second = marked.record()["meetings"]
    assert [p["name"] for p in first["participants"]] == ["Carla Reyes", "Per Lund"]
    assert first["date"] == "2014-03-06"
    assert second["place"] is None


def test_perfect_reading() -> None:
    article, reading = oracle_reading(parse("x", TEXT))
    at = {article.text[s.start : s.end]: i for i, s in enumerate(reading.spans)}
    talks, met = at["held talks"], at["met"]
    assert (talks, at["Jun Aoki"]) in reading.links
    assert (met, at["Jun Aoki"]) not in reading.links
    assert (met, at["Carla Reyes"]) in reading.links
    assert reading.same_meeting == {(talks, met): 1.0}
    assert reading.several == {talks: 1.0}
    assert reading.together[at["Per Lund"], at["Jun Aoki"]] == 0.0
    assert reading.together[at["Carla Reyes"], at["Jun Aoki"]] == 1.0
    assert reading.same_participant[at["Carla Reyes"], at["The two"]] == 0.5
    assert (at["Per Lund"], at["The two"]) in reading.part_of
    assert reading.status[met] == {Status.HELD: 1.0}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (TEXT.replace("(P lund)", "(P nobody)"), "names the unknown 'nobody'"),
        (TEXT.replace("](T m1)", "](T m1"), "does not parse"),
        ("no front matter", "no readable front matter"),
    ],
)
def test_faults_are_named(changed: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse("x", changed)


@pytest.fixture(scope="module")
def articles() -> list[MarkedArticle]:
    return load(CORPUS)


def test_whole_corpus_parses(articles: list[MarkedArticle]) -> None:
    assert len(articles) >= 585
    assert sum(len(a.meetings) for a in articles) >= 1443
    for marked in articles:
        _, reading = oracle_reading(marked)
        assert len(reading.spans) == len(marked.spans)


def test_changed_copies_keep_their_marks_on_words(articles: list[MarkedArticle]) -> None:
    names = Names.of(articles)
    rng = random.Random(3)  # noqa: S311
    for marked in articles[::5]:
        copy = augment(marked, rng, names, articles)
        for span in copy.spans:
            words = copy.text[span.start : span.end]
            assert words == words.strip()
            assert words
            assert not copy.text[span.start - 1 : span.start].isalnum() or not words[0].isalnum()
