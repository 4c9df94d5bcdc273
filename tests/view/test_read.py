"""Graph → view: what the small graph says, the same in any order of rows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import Mode, Status
from kg.view import GraphView, PartView, ViewFilter, filtered, read_view, select_from

SMALL = Path(__file__).parent / "small.trig"
ID = "https://w3id.org/dipmeet/id/"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return found


@pytest.fixture(scope="module")
def view(store: ox.Store) -> GraphView:
    return read_view(select_from(store))


def test_meetings_come_in_order_of_time_with_their_facts(view: GraphView) -> None:
    assert [each.id.removeprefix(f"{ID}meeting/") for each in view.meetings] == [
        "2023-06-18-antony-blinken-qin-gang",
        "2023-06-19-antony-blinken-wang-yi",
        "2023-06-19-antony-blinken-xi-jinping",
        "antony-blinken-us-business-people",
    ]
    wang = view.meetings[1]
    assert (wang.status, wang.mode, wang.day) == (Status.HELD, Mode.IN_PERSON, date(2023, 6, 19))
    assert (wang.minutes, wang.min_minutes, wang.max_minutes) == (180, 150, 210)
    assert wang.duration_text == "around three hours"
    assert view.where(wang) == "Diaoyutai state guest house, Beijing, China"
    assert wang.disputed == ("minutes",)
    assert PartView(f"{ID}person/wang-yi", "top diplomat", f"{ID}country/cn") in wang.parts
    assert view.meetings[3].earliest is None
    assert view.meetings[2].status is Status.POSSIBLE


def test_topics_are_labels_beside_the_words_of_the_article(view: GraphView) -> None:
    qin = view.meetings[0]
    assert qin.topics == ("Taiwan", "trade")
    assert qin.topic_texts == ("Taiwan", "human rights", "trade")


def test_quotes_are_sentences_with_what_they_speak_for(view: GraphView) -> None:
    quotes = view.meetings[1].quotes
    assert [(quote.text[:12], quote.properties, quote.accepted) for quote in quotes] == [
        ("The two shoo", ("place",), True),
        ("Officials sa", ("minutes",), True),
        ("The meeting ", ("minutes",), False),
    ]
    assert view.articles[quotes[0].article].title == "Two days of talks in Beijing"


def test_places_lend_their_coordinates_inwards(view: GraphView) -> None:
    assert view.point(f"{ID}venue/diaoyutai") == (39.9075, 116.39723)
    assert view.point(f"{ID}country/us") is None
    assert view.point(None) is None
    assert view.places[f"{ID}country/cn"].kind == "country"
    assert view.parties[f"{ID}country/cn"].iso2 == "CN"


def test_visits(view: GraphView) -> None:
    blinken, qin = view.visits
    assert (blinken.status, blinken.earliest) == (Status.HELD, date(2023, 6, 18))
    assert (qin.status, qin.earliest) == (Status.PLANNED, None)
    assert view.meetings[1].part_of == blinken.id


def test_the_order_of_rows_does_not_matter(store: ox.Store, view: GraphView) -> None:
    chance = random.Random(3)  # noqa: S311  (a test, no secret)

    def mixed(text: str) -> Iterable[Sequence[str | None]]:
        rows = [list(row) for row in select_from(store)(text)]
        chance.shuffle(rows)
        return rows

    assert read_view(mixed) == view


def test_an_empty_graph_is_an_empty_view() -> None:
    assert read_view(select_from(ox.Store())) == GraphView()


def test_open_bounds_are_no_dates() -> None:
    store = ox.Store()
    store.load(
        b"""@prefix dm: <https://w3id.org/dipmeet/ontology#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:a> a dm:Meeting ; dm:earliest "0001-01-01"^^xsd:date ; dm:latest "1972-02-23"^^xsd:date .
        <urn:b> a dm:Meeting ; dm:earliest "2021-06-15"^^xsd:date ; dm:latest "9999-12-31"^^xsd:date .
        <urn:c> a dm:Meeting ; dm:earliest "0001-01-01"^^xsd:date ; dm:latest "9999-12-31"^^xsd:date .""",
        format=ox.RdfFormat.TURTLE,
    )
    view = read_view(select_from(store))
    assert [(each.id, each.earliest, each.latest, each.day) for each in view.meetings] == [
        ("urn:a", None, date(1972, 2, 23), None),
        ("urn:b", date(2021, 6, 15), None, None),
        ("urn:c", None, None, None),
    ]
    assert [each.id for each in filtered(view, ViewFilter(start=date(2000, 1, 1))).meetings] == ["urn:b"]
    assert [each.id for each in filtered(view, ViewFilter(end=date(2000, 1, 1))).meetings] == ["urn:a"]
