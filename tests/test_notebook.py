"""`kg.open`: a store from Python, as in a notebook."""

from __future__ import annotations

import ast
import json
import shutil
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


def test_the_example_notebook_runs(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    notebook = json.loads(
        (Path(__file__).parent.parent / "docs" / "notebook.ipynb").read_text(encoding="utf-8")
    )
    shutil.copytree(folder, tmp_path / "kg-store")
    monkeypatch.chdir(tmp_path)
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    shown = []
    for source in cells:
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "notebook", "exec"), names)  # noqa: S102  (our own cells)
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), "notebook", "eval"), names))  # noqa: S307
    assert len(shown) == 5
    assert sum(hasattr(each, "_repr_html_") for each in shown) >= 3
    assert not any(cell.get("outputs") for cell in notebook["cells"])
