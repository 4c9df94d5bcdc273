"""`kg draw`, `kg timeline`, `kg map`, `kg report` and `kg export` on a store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.export import FORMATS
from kg.store import open_store
from kg.store.terms import from_ox

SMALL = Path(__file__).parent.parent / "view" / "small.trig"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("stores") / "talks"
    with open_store(path, write=True) as opened:
        opened.bulk_add(from_ox(quad) for quad in ox.parse(path=str(SMALL), format=ox.RdfFormat.TRIG))
    return str(path)


def run(*arguments: str) -> bytes:
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_draw_filters_what_is_drawn(store: str, tmp_path: Path) -> None:
    target = tmp_path / "n.html"
    run("draw", "--store", store, "-o", str(target), "--person", "Xi Jinping", "--title", "Xi")
    text = target.read_text(encoding="utf-8")
    assert "<title>Xi</title>" in text
    assert "Qin Gang" not in text


@pytest.mark.parametrize("command", ["timeline", "map"])
@pytest.mark.parametrize(("ending", "start"), [("html", b"<!DOCTYPE"), ("svg", b"<svg"), ("png", b"\x89PNG")])
def test_charts_follow_the_ending(
    store: str, tmp_path: Path, command: str, ending: str, start: bytes
) -> None:
    pytest.importorskip("altair", reason="charts need the extra: pip install 'dipmeet[charts]'")
    target = tmp_path / f"c.{ending}"
    run(command, "--store", store, "-o", str(target))
    assert target.read_bytes().startswith(start)


def test_report(store: str) -> None:
    assert b"<h1>China</h1>" in run("report", "CN", "--store", store, "-o", "-")


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_format(store: str, name: str) -> None:
    assert run("export", "--store", store, "--format", name) == run(
        "export", "--store", store, "--format", name
    )


def test_facts_only_leaves_claims_out(store: str) -> None:
    whole = run("export", "--store", store)
    facts = run("export", "--store", store, "--facts-only")
    assert b"dm:quote" in whole
    assert b"dm:quote" not in facts
    assert b"person:wang-yi" in facts
