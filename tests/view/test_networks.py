"""Filters and networks on the small graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import Status
from kg.view import GraphView, ViewFilter, filtered, read_view, select_from
from kg.view.networks import country_network, full_network, people_network

SMALL = Path(__file__).parent / "small.trig"
PERSON = "https://w3id.org/dipmeet/id/person/"
COUNTRY = "https://w3id.org/dipmeet/id/country/"
ALL = {"qin", "wang", "xi", "business"}


@pytest.fixture(scope="module")
def view() -> GraphView:
    store = ox.Store()
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return read_view(select_from(store))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ViewFilter(), ALL),
        (ViewFilter(persons=("wang yi",)), {"wang"}),
        (ViewFilter(persons=("Blinken",)), ALL),
        (ViewFilter(persons=("qin-gang",), hops=2), ALL),
        (ViewFilter(persons=(f"{PERSON}xi-jinping",)), {"xi"}),
        (ViewFilter(countries=("cn",)), {"qin", "wang", "xi"}),
        (ViewFilter(countries=("United States",)), ALL),
        (ViewFilter(countries=("FR",)), set()),
        (ViewFilter(topics=("taiwan",)), {"qin"}),
        (ViewFilter(topics=("Human Rights", "nothing")), {"qin"}),
        (ViewFilter(statuses=(Status.PLANNED, Status.POSSIBLE)), {"xi", "business"}),
        (ViewFilter(start=date(2023, 6, 19)), {"wang", "xi"}),
        (ViewFilter(end=date(2023, 6, 18)), {"qin"}),
        (ViewFilter(start=date(2024, 1, 1)), set()),
        (ViewFilter(persons=("nobody",)), set()),
    ],
)
def test_filters(view: GraphView, wanted: ViewFilter, expected: set[str]) -> None:
    kept = {each.id for each in filtered(view, wanted).meetings}
    assert {name for name in ALL if any(name in iri for iri in kept)} == expected
    assert len(kept) == len(expected)


def test_what_nothing_kept_names_is_gone(view: GraphView) -> None:
    few = filtered(view, ViewFilter(persons=("Xi Jinping",)))
    assert {iri.removeprefix(PERSON) for iri in few.persons} == {"antony-blinken", "xi-jinping"}
    assert set(few.places) == {"https://w3id.org/dipmeet/id/city/beijing-cn", f"{COUNTRY}cn"}
    assert few.visits == ()


def test_people_who_met_are_joined_with_what_is_known(view: GraphView) -> None:
    graph = people_network(view)
    assert len(graph) == 5
    assert graph.number_of_edges() == 4
    line = graph.edges[f"{PERSON}antony-blinken", f"{PERSON}wang-yi"]
    assert (line["count"], line["held"], line["minutes"], line["status"]) == (1, 1, 180, "held")
    assert (line["first"], line["last"]) == ("2023-06-19", "2023-06-19")
    assert graph.nodes[f"{PERSON}wang-yi"]["party"] == f"{COUNTRY}cn"


def test_one_side_of_the_table_does_not_meet_itself(view: GraphView) -> None:
    meeting = view.meetings[1]
    third = meeting.parts[0].__class__(f"{PERSON}nick-burns", "ambassador", f"{COUNTRY}us")
    wider = GraphView(
        meetings=(meeting.__class__(id="urn:m", parts=(*meeting.parts, third), status=Status.HELD),),
        persons=view.persons,
    )
    graph = people_network(wider)
    assert not graph.has_edge(f"{PERSON}nick-burns", f"{PERSON}antony-blinken")
    assert graph.has_edge(f"{PERSON}nick-burns", f"{PERSON}wang-yi")


def test_countries(view: GraphView) -> None:
    graph = country_network(view)
    (line,) = graph.edges(data=True)
    assert {line[0], line[1]} == {f"{COUNTRY}cn", f"{COUNTRY}us"}
    assert (line[2]["count"], line[2]["held"], line[2]["minutes"]) == (3, 2, 630)


def test_everything_has_meetings_as_nodes(view: GraphView) -> None:
    graph = full_network(view)
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "person": 4, "group": 1, "meeting": 4, "visit": 2, "place": 2,
    }  # fmt: skip
    assert all("label" in values for _, values in graph.nodes(data=True))


def test_empty() -> None:
    for network in (people_network, country_network, full_network):
        assert len(network(GraphView())) == 0
