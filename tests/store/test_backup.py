"""Backups stand on their own and never overwrite."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import backup, open_store, restore
from tests.store.samples import article, graph_of


def test_there_and_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        store.replace_article(graph_of("a"), article("a"), keys=("k",))
    backup(tmp_path / "store", tmp_path / "saved")
    with open_store(tmp_path / "store", write=True) as store:
        store.remove_article(graph_of("a"))
    with open_store(tmp_path / "saved") as saved:
        assert set(saved.quads()) == set(article("a"))
    restore(tmp_path / "saved", tmp_path / "again")
    with open_store(tmp_path / "again", write=True) as store:
        assert set(store.quads()) == set(article("a"))
        assert store.articles_by_keys(["k"]) == {"k": frozenset({graph_of("a")})}
        store.replace_article(graph_of("b"), article("b"))
    with open_store(tmp_path / "again") as reader:
        assert reader.stats().articles == 2
    with open_store(tmp_path / "saved") as saved:
        assert saved.stats().articles == 1


def test_while_somebody_writes(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
        store.publish()
        store.replace_article(graph_of("b"), article("b"))
        backup(tmp_path / "store", tmp_path / "saved")
    with open_store(tmp_path / "saved") as saved:
        assert set(saved.quads()) == set(article("a"))


def test_nothing_is_overwritten_and_nothing_half_made_stays(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", write=True) as store:
        store.replace_article(graph_of("a"), article("a"))
    with pytest.raises(StoreError, match="something here already"):
        backup(tmp_path / "store", tmp_path / "store")
    with pytest.raises(StoreError, match="no store here"):
        restore(tmp_path / "nowhere", tmp_path / "new")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        backup(tmp_path / "store", tmp_path / "file" / "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "store"]
