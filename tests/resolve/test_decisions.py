"""People's decisions: kept in a file, in force at every linking, undone by a later line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteer import Gazetteer
from kg.resolve import Decision, Decisions, load_decisions, merge, split
from kg.resolve.decisions import FILE_NAME
from tests.resolve.telling import link, link_all, meeting, person

STRANGER = person("Carla Reyes", role="foreign secretary", party="PH")


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path) == Decisions()


def test_a_merge_is_in_force_and_survives_a_reading_anew(gazetteer: Gazetteer, tmp_path: Path) -> None:
    merge(tmp_path, "person/carla-reyes--ph", "person/wang-yi", by="me", why="a test")
    decisions = load_decisions(tmp_path)
    assert link(STRANGER, gazetteer, decisions=decisions)[0] == "person/wang-yi"
    found = link_all([meeting(STRANGER)], gazetteer, decisions=decisions)
    assert found.entities["person/wang-yi"].wikidata == "Q701801"
    assert "Carla Reyes" in found.entities["person/wang-yi"].aliases


def test_every_merge_can_be_undone(gazetteer: Gazetteer, tmp_path: Path) -> None:
    merge(tmp_path, "person/carla-reyes--ph", "person/wang-yi")
    decisions = split(tmp_path, "person/carla-reyes--ph", "person/wang-yi")
    assert link(STRANGER, gazetteer, decisions=decisions)[0] == "person/carla-reyes--ph"
    assert [d.action for d in decisions.log] == ["merge", "split"]


def test_merges_follow_one_another(tmp_path: Path) -> None:
    merge(tmp_path, "person/a", "person/b")
    decisions = merge(tmp_path, "person/b", "person/c")
    assert decisions.canonical("person/a") == "person/c"


def test_a_circle_is_refused(tmp_path: Path) -> None:
    merge(tmp_path, "person/a", "person/b")
    with pytest.raises(InputError, match="split"):
        merge(tmp_path, "person/b", "person/a")


def test_kinds_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two kinds"):
        merge(tmp_path, "person/a", "city/a")


def test_apart_in_one_article(gazetteer: Gazetteer, tmp_path: Path) -> None:
    who = person("Wang Yi", role="foreign minister", party="CN")
    decisions = split(tmp_path, "person/wang-yi", "article/a1", name="Wang Yi")
    assert link(who, gazetteer, day="2022-03-10")[0] == "person/wang-yi"
    assert "--" in link(who, gazetteer, day="2022-03-10", decisions=decisions)[0]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("# comment\n\nmerge\tperson/a\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"decisions\.tsv:3"):
        load_decisions(tmp_path)


def test_the_file_is_readable(tmp_path: Path) -> None:
    merge(tmp_path, "person/a", "person/b", by="Ann", why="same\tperson\nreally")
    assert load_decisions(tmp_path).log == (
        Decision("merge", "person/a", "person/b", "", "Ann", "same person really"),
    )
