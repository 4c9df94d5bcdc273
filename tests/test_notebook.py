"""`kg.open`: a store from Python, as in a notebook."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import StoreError
from kg.notebook import Graph
from kg.store import open_store
from kg.store.terms import from_ox
from kg.view import ViewFilter, read_store

SMALL = Path(__file__).parent / "view" / "small.trig"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "talks"
    with open_store(path, write=True) as store:
        store.bulk_add(from_ox(quad) for quad in ox.parse(path=str(SMALL), format=ox.RdfFormat.TRIG))
    return path


@pytest.fixture
def graph(folder: Path) -> Graph:
    return kg.open(folder)


def test_query_gives_a_frame(graph: Graph) -> None:
    pytest.importorskip("pandas", reason="frames need the extra: pip install 'dipmeet[charts]'")
    frame = graph.query(
        "SELECT ?meeting ?minutes { ?meeting a dm:Meeting ; dm:minutes ?minutes } ORDER BY ?minutes"
    )
    assert list(frame.columns) == ["meeting", "minutes"]
    assert list(frame["minutes"]) == [180, 450]
    assert len(graph.query("SELECT ?x { ?x a dm:Nothing }")) == 0


def test_networks_pictures_and_reports(graph: Graph, tmp_path: Path) -> None:
    assert len(graph.network()) == 5
    assert len(graph.network("countries")) == 2
    assert len(graph.network("full")) == 13
    assert len(graph.network(wanted=ViewFilter(persons=("Xi Jinping",)))) == 2
    page = graph.draw(title="Talks")
    assert "&lt;title&gt;Talks" in page._repr_html_()
    assert page.save(tmp_path / "n.html").read_text(encoding="utf-8") == page.text
    assert "Wang Yi" in graph.report("Wang Yi").text
    with pytest.raises(ValueError, match="full"):
        graph.network("planets")


def test_charts_show_inline(graph: Graph) -> None:
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    assert graph.timeline()._repr_html_().startswith("<iframe")
    assert graph.map()._repr_html_().startswith("<iframe")


def test_refresh_reads_anew(folder: Path, graph: Graph) -> None:
    before = graph.view
    assert graph.view is before
    assert graph.refresh().view == before
    with open_store(folder) as store:
        assert read_store(store) == before


def test_no_store_is_an_error_when_it_is_needed(tmp_path: Path) -> None:
    graph = kg.open(tmp_path / "nothing")
    with pytest.raises(StoreError):
        _ = graph.view
