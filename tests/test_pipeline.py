"""The facts are a function of the claims: order, batches, repetition and removal never matter."""

from __future__ import annotations

import hashlib
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.export import export
from kg.facts import rebuild
from kg.model import Article, Failure, Record, Status
from kg.store import Store, open_store
from kg.vocab import DM, FACTS_GRAPH, to_iri
from tests.worlds import Told, articles, tell

TOOLS = pipeline.Tools()
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

World = list[tuple[Article, Record]]


def turtle(store: Store) -> bytes:
    out = io.BytesIO()
    export(store, "turtle", out)
    return out.getvalue()


def stored(world: World) -> bytes:
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, world, TOOLS)
        return turtle(store)


@FEW
@given(articles(), st.randoms())
def test_order_and_batches_never_matter(world: World, rng: random.Random) -> None:
    other = world[:]
    rng.shuffle(other)
    with open_store(":memory:", write=True) as store:
        while other:
            size = rng.randint(1, len(other))
            pipeline.ingest(store, other[:size], TOOLS)
            other = other[size:]
        assert turtle(store) == stored(world)


@FEW
@given(articles())
def test_facts_are_what_fusing_everything_gives(world: World) -> None:
    with open_store(":memory:", write=True) as store:
        for one in world:
            pipeline.ingest(store, [one], TOOLS)
        assert set(store.quads(FACTS_GRAPH)) == set(rebuild(store).facts_added)


@FEW
@given(articles(), st.data())
def test_removing_an_article_leaves_no_trace(world: World, data: st.DataObject) -> None:
    gone = set(data.draw(st.lists(st.sampled_from(range(len(world))), unique=True)) if world else [])
    kept = [one for n, one in enumerate(world) if n not in gone]
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, world, TOOLS)
        paths = {article.source: article.graph for article in store.articles()}
        pipeline.remove(store, [paths[world[n][0].source] for n in gone])
        assert turtle(store) == stored(kept)


@FEW
@given(articles())
def test_ingesting_again_changes_nothing(world: World) -> None:
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, world, TOOLS)
        before = turtle(store)
        again = pipeline.ingest(store, world, TOOLS)
        assert again.unchanged == len(world)
        assert again.read == 0
        assert turtle(store) == before


def test_an_article_whose_text_has_changed_takes_its_own_place() -> None:
    old = tell("a", [Told((0, 1), 3, Status.PLANNED, 0, "trade")])
    new = tell("a", [Told((0, 1), 4, Status.HELD, 0, "trade")])
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, [old], TOOLS)
        summary = pipeline.ingest(store, [new], TOOLS)
        assert summary.replaced == 1
        assert turtle(store) == stored([new])


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    world = [tell(f"a{n}", [Told((0, 1 + n % 2), n, Status.HELD, 0, "trade")]) for n in range(6)]
    with open_store(tmp_path / "two", write=True) as store:
        pipeline.ingest(store, world, TOOLS, workers=2)
        assert turtle(store) == stored(world)


def test_a_failure_is_counted_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [Told((0, 1), 1, Status.HELD, 0, "trade")]
    healthy = pipeline.testify

    def sick(source: Article | tuple[Article, Record], tools: pipeline.Tools) -> pipeline.Testimony:
        testimony = healthy(source, tools)
        if testimony.article.id == "broken":
            raise ZeroDivisionError("by chance")
        return testimony

    monkeypatch.setattr(pipeline, "testify", sick)
    world: list[pipeline.Input] = [Failure("x", "x: bad"), tell("broken", told), tell("fine", told)]
    with open_store(":memory:", write=True) as store:
        summary = pipeline.ingest(store, world, TOOLS)
        assert summary.read == 1
        assert [failure.source for failure in summary.failures] == ["x", "broken.txt"]
        assert "ZeroDivisionError" in summary.failures[1].message
        assert next(store.find(to_iri("country/us"), None, None, FACTS_GRAPH), None) is not None


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_store_is_a_store(count: int) -> None:
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, [tell("a", [])][:count], TOOLS)
        assert store.stats().articles == count


def test_a_reprint_is_recorded_and_counts_once() -> None:
    first, record = tell("wire", [Told((0, 1), 3, Status.HELD, 0, "trade")])
    longer = (
        first.text + "Neither side gave out more, and no further round of talks was named on that day.\n" * 3
    )
    article = replace(first, text=longer, sha256=hashlib.sha256(longer.encode()).hexdigest())
    reprint = replace(article, id="reprint", source="reprint.txt")
    with open_store(":memory:", write=True) as store:
        pipeline.ingest(store, [(article, record), (reprint, replace(record, article="reprint"))], TOOLS)
        (quad,) = store.find(None, DM.repeats, None, FACTS_GRAPH)
        assert "wire" in f"{quad.object}{quad.subject}"
        assert "reprint" in f"{quad.object}{quad.subject}"
        told = {article.source: article.graph for article in store.articles()}
        pipeline.remove(store, [told["reprint.txt"]])
        assert list(store.find(None, DM.repeats, None, None)) == []
