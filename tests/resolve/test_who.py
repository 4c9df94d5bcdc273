"""`kg who` and `kg link`."""

from __future__ import annotations

import io
from datetime import date

import pytest

from kg.errors import InputError
from kg.gazetteer import Gazetteer
from kg.resolve import link_table, who


def test_qin_gang(gazetteer: Gazetteer) -> None:
    best = who("Qin Gang", date(2023, 6, 19), gazetteer)[0]
    assert (best.id, best.wikidata) == ("person/qin-gang", "Q7216297")
    assert [o.title for o in best.offices] == ["Minister of Foreign Affairs"]


def test_kissinger(gazetteer: Gazetteer) -> None:
    best = who("Kissinger", date(1973, 11, 12), gazetteer)[0]
    assert best.id == "person/henry-a-kissinger"
    assert best.offices[0].title == "Secretary of State"


def test_spellings_of_one_person(gazetteer: Gazetteer) -> None:
    assert who("Chou En-lai", None, gazetteer)[0].id == who("Zhou Enlai", None, gazetteer)[0].id


def test_a_role_alone(gazetteer: Gazetteer) -> None:
    assert who("foreign minister of Japan", date(2024, 3, 1), gazetteer)[0].wikidata == "Q276275"


@pytest.mark.parametrize("name", ["", "…", "президент", "Qin Gnag of Nowhere", "12"])
def test_nobody(gazetteer: Gazetteer, name: str) -> None:
    assert not any(c.linked for c in who(name, date(2023, 1, 1), gazetteer))


TABLE = """name,date,role,note
Wang Yi,2022-03-10,,a
Lavrov,2023-06,Russian foreign minister,b
Lavrov,1955,,c
Nobody Whatsoever,,,d
"""


def test_a_table_gets_ids(gazetteer: Gazetteer) -> None:
    target = io.StringIO()
    assert link_table(io.StringIO(TABLE), target, gazetteer) == (4, 2)
    lines = target.getvalue().splitlines()
    assert lines[0] == "name,date,role,note,id,wikidata,label,confidence,why"
    assert lines[1].startswith("Wang Yi,2022-03-10,,a,person/wang-yi,Q701801,Wang Yi,")
    assert "Q58217" in lines[2]
    assert lines[3] == "Lavrov,1955,,c,,,,,"


@pytest.mark.parametrize(
    ("table", "named"), [("person\nWang\n", "no column"), ("name,date\nWang,yesterday\n", "not a date")]
)
def test_a_bad_table_is_named(gazetteer: Gazetteer, table: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        link_table(io.StringIO(table), io.StringIO(), gazetteer)
