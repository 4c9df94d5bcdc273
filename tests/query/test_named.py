"""Named queries asked with parts of names and with ids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.errors import QueryError, VocabularyError
from kg.query import run_named, understand
from kg.store import Store, open_store
from kg.vocab.queries import named_query
from kg.vocab.rdf import Quad, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF, RDFS, SKOS

THINGS = (
    ("person/antony-blinken", DM.Person, "Antony Blinken", ("Tony Blinken",)),
    ("person/wang-yi", DM.Person, "Wang Yi", ()),
    ("person/wang-wentao", DM.Person, "Wang Wentao", ()),
    ("person/jose-munoz", DM.Person, "José Muñoz", ()),
    ("country/us", DM.Country, "United States", ("USA",)),
    ("place/CN/beijing", DM.City, "Beijing", ()),
    ("meeting/1", DM.Meeting, "Blinken and others", ()),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(":memory:", write=True) as memory:
        memory.replace_facts((), quads())
        yield memory


def quads() -> Iterator[Quad]:
    for path, kind, label, others in THINGS:
        iri = f"{DATA}{path}"
        yield Quad(iri, RDF.type, kind, FACTS_GRAPH)
        yield Quad(iri, RDFS.label, word(label), FACTS_GRAPH)
        for other in others:
            yield Quad(iri, SKOS.altLabel, word(other), FACTS_GRAPH)
    for path in ("person/antony-blinken", "person/wang-yi"):
        yield Quad(f"{DATA}meeting/1", DM.participant, f"{DATA}{path}", FACTS_GRAPH)
    yield Quad(f"{DATA}meeting/1", DM.status, DM.Held, FACTS_GRAPH)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Antony Blinken", "Antony Blinken"),  # a label stays
        ("antony blinken", "antony blinken"),  # the query itself tries the usual cases
        ("Tony Blinken", "Tony Blinken"),  # an alias stays
        ("Blinken", "Antony Blinken"),
        ("blinken", "Antony Blinken"),
        ("Tony", "Antony Blinken"),  # by the alias
        ("Blinken, Antony", "Antony Blinken"),
        ("Munoz", "Munoz"),  # accents are not folded in the graph: no guess
        ("Muñoz", "José Muñoz"),
        ("Wentao", "Wang Wentao"),
        ("person/wang-yi", "Wang Yi"),
        (f"{DATA}person/wang-yi", "Wang Yi"),
        ("country/us", "United States"),
        ("person/nobody", "person/nobody"),
        ("Nobody Known", "Nobody Known"),
        ("and", "and"),  # of a meeting's label: not a person, party or place
        ("link", "link"),  # part of a word is no name
    ],
)
def test_what_a_name_is_taken_for(store: Store, given: str, meant: str) -> None:
    understood = understand(store, named_query("people-met"), {"who": given})
    assert understood.values == {"who": meant}
    assert bool(understood.notes) == (given != meant)


def test_a_part_of_several_names_is_told_with_all_of_them(store: Store) -> None:
    with pytest.raises(QueryError, match="'Wang' may be Wang Wentao, Wang Yi") as caught:
        run_named(store, "people-met", params={"who": "Wang"})
    assert "full name" in str(caught.value.remedy)


def test_a_surname_finds_the_meeting_and_says_whose_it_took(store: Store) -> None:
    with run_named(store, "people-met", params={"who": "Blinken"}) as result:
        assert result.warnings == ("who: 'Blinken' is taken for Antony Blinken",)
        assert [row[0] for row in result.strings()] == ["Wang Yi"]


def test_other_parameters_and_faults_stay_as_they_are(store: Store) -> None:
    query = named_query("meetings-of-country")
    assert dict(understand(store, query, {"country": "USA", "since": "2023"}).values) == {
        "country": "USA",
        "since": "2023",
    }
    with pytest.raises(VocabularyError, match="no parameter 'whom'"):
        run_named(store, "people-met", params={"whom": "Blinken"})
