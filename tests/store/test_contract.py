"""What every kind of store keeps: in memory, in a folder, behind either of two servers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.store import INDEX_GRAPH, Change, Store, open_store
from kg.vocab.rdf import Literal, Quad, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, XSD
from tests.store.samples import article, fact, graph_of


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    store.replace_article(graph_of("a"), article("a"))
    assert set(store.article_quads(graph_of("a"))) == set(article("a"))
    assert list(store.graphs()) == [graph_of("a")]
    (stored,) = store.articles()
    assert stored.graph == stored.iri == graph_of("a")
    assert (stored.sha256, stored.source) == ("00", "news/a.txt")
    assert stored.published == date(2023, 6, 19)
    assert stored.extractor == f"{DATA}extractor/reader/1"


def test_replacing_leaves_nothing_of_the_old(store: Store) -> None:
    store.replace_article(graph_of("a"), article("a", claims=9), keys=("k1", "k2"))
    store.replace_article(graph_of("b"), article("b"), keys=("k1",))
    store.replace_article(graph_of("a"), article("a", claims=2), keys=("k3",))
    assert set(store.article_quads(graph_of("a"))) == set(article("a", claims=2))
    assert store.articles_by_keys(["k1", "k2", "k3", "k4"]) == {
        "k1": frozenset({graph_of("b")}),
        "k3": frozenset({graph_of("a")}),
    }
    store.remove_article(graph_of("b"))
    assert set(store.quads()) == set(article("a", claims=2))
    assert store.articles_by_keys(["k1"]) == {}


def test_removing_what_is_not_there_is_no_error(store: Store) -> None:
    store.remove_article(graph_of("nobody"))
    assert store.count() == 0


def test_facts_are_replaced_by_subject(store: Store) -> None:
    store.replace_facts((), [fact("one", "trade"), fact("one", "Taiwan"), fact("two", "energy")])
    store.apply(
        Change(
            articles={graph_of("a"): article("a")},
            facts_removed=[fact("one", "").subject],
            facts_added=[fact("one", "trade"), fact("one", "visas")],
        )
    )
    assert set(store.quads(FACTS_GRAPH)) == {
        fact("one", "trade"),
        fact("one", "visas"),
        fact("two", "energy"),
    }
    assert store.stats().facts == 3
    assert store.stats().articles == 1


def test_the_index_is_no_part_of_the_data(store: Store) -> None:
    store.replace_article(graph_of("a"), article("a"), keys=("k",))
    assert all(quad.graph != INDEX_GRAPH for quad in store.quads())
    assert store.count() == len(article("a")) + 1


def test_a_quad_of_another_graph_is_refused_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(StoreError, match="another graph"):
        store.replace_article(graph_of("a"), [*article("a"), *article("b")])
    assert store.count() == 0


@pytest.mark.parametrize("bad", ["not an iri", "", "http://x/ y", 'http://x/"', "http://x/>", "relative"])
def test_what_is_no_iri_is_refused_whole(store: Store, bad: str) -> None:
    store.replace_article(graph_of("a"), article("a"))
    for quads in (
        [Quad(bad, DM.quote, word("x"), graph_of("a"))],
        [*article("a"), Quad(graph_of("a"), DM.source, bad, graph_of("a"))],
    ):
        with pytest.raises((StoreError, ValueError)):
            store.replace_article(graph_of("a"), quads)
    assert set(store.quads()) == set(article("a"))


def test_a_text_beyond_what_the_engine_keeps_is_refused_with_a_remedy(store: Store) -> None:
    quads = [*article("a"), Quad(graph_of("a"), DM.text, word("x" * (16 * 1024 * 1024)), graph_of("a"))]
    with pytest.raises(StoreError, match="16 MiB"):
        store.replace_article(graph_of("a"), quads)
    assert store.count() == 0


def test_a_text_just_short_enough_is_kept() -> None:
    store = open_store(":memory:", write=True)
    text = word("x" * (16 * 1024 * 1024 - 1))
    store.replace_article(graph_of("a"), [Quad(graph_of("a"), DM.text, text, graph_of("a"))])
    (quad,) = store.quads()
    assert quad.object == text


def test_bulk_adding(store: Store) -> None:
    store.bulk_add(quad for index in range(100) for quad in article(f"n{index}"))
    assert store.stats().articles == 100
    assert set(store.article_quads(graph_of("n7"))) == set(article("n7"))


OURS = f'SELECT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{DATA}")) }}'
"""Virtuoso has statements of its own."""


def test_rdflib_sees_the_union_of_all_graphs(store: Store) -> None:
    store.replace_article(graph_of("a"), article("a"))
    store.replace_facts((), [fact("one", "trade")])
    view = store.as_rdflib()
    assert len(list(view.query(OURS))) == len(article("a")) + 1


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(texts, st.sampled_from([XSD.string, f"{DATA}type"])), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_text_survives_both_ways_of_writing(values: list[tuple[str, str]]) -> None:
    """`extend` (nothing to take out) and the update text (something to take out) keep the same."""
    graph = graph_of("a")
    quads = {
        Quad(f"{graph}/{at}", DM.quote, Literal(text, kind), graph) for at, (text, kind) in enumerate(values)
    }
    store = open_store(":memory:", write=True)
    store.replace_article(graph, quads)
    assert set(store.quads()) == quads
    store.replace_article(graph, [*quads, fact("x", "y")._replace(graph=graph)])
    store.replace_article(graph, quads)
    assert set(store.quads()) == quads
    store.replace_article(graph, article("a"))
    store.replace_article(graph, quads)
    assert set(store.quads()) == quads
