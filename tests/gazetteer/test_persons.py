"""Persons by name and day, holders of offices, and the tables behind them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.gazetteer import Gazetteer
from kg.gazetteer.compile import TABLES, compile_gazetteer, read_table
from kg.gazetteer.names import name_words, sound


def first(gazetteer: Gazetteer, name: str, on: date | None = None) -> str | None:
    hits = gazetteer.persons(name, on)
    return hits[0].id if hits else None


def test_qin_gang_is_foreign_minister_in_june_2023(gazetteer: Gazetteer) -> None:
    hit = gazetteer.persons("Qin Gang", date(2023, 6, 19))[0]
    assert hit.wikidata == "Q7216297"
    assert [o.title for o in hit.offices if o.on(date(2023, 6, 19)) and o.role == "foreign-minister"]
    assert not [o for o in hit.offices if o.on(date(2023, 8, 1))]


def test_kissinger_is_secretary_of_state_in_november_1973(gazetteer: Gazetteer) -> None:
    hit = gazetteer.persons("Kissinger", date(1973, 11, 12))[0]
    assert "Secretary of State" in [o.title for o in hit.offices if o.on(date(1973, 11, 12))]


def test_two_spellings_one_person(gazetteer: Gazetteer) -> None:
    assert first(gazetteer, "Chou En-lai") == first(gazetteer, "Zhou Enlai") == "zhou-enlai"


def test_lavrov_is_of_our_time(gazetteer: Gazetteer) -> None:
    assert first(gazetteer, "Lavrov", date(2023, 6, 1)) == "sergey-lavrov"
    assert first(gazetteer, "Lavrov", date(1955, 6, 1)) is None


SAME = [
    ("Antony J. Blinken", "antony-blinken"),
    ("Sergei Lavrov", "sergey-lavrov"),
    ("S. Lavrov", "sergey-lavrov"),
    ("Saud al-Faisal", "saud-bin-faisal-bin-abdulaziz-al-saud"),
    ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
    ("Abdel Fattah al-Sisi", "abdel-fattah-el-sisi"),
    ("Kim Jong Un", "kim-jong-un"),
    ("Kishida Fumio", "fumio-kishida"),
    ("President Putin", "vladimir-putin"),
    ("Bob Hawke", "robert-j-l-hawke"),
]


@pytest.mark.parametrize(("name", "slug"), SAME)
def test_forms_of_a_name(gazetteer: Gazetteer, name: str, slug: str) -> None:
    assert first(gazetteer, name) == slug


BUGS_CAUGHT = [
    ("Kim Yong-chol", "Kim Kum-chol"),  # first and last syllable only
    ("Moon Hye-jin", "Moon Jae-in"),
    ("Richard M. Nixon", "Richard McGarrah Helms"),  # "Richard M." is not a name
]


@pytest.mark.parametrize(("name", "other"), BUGS_CAUGHT)
def test_bugs_caught(gazetteer: Gazetteer, name: str, other: str) -> None:
    assert other not in {h.label for h in gazetteer.persons(name)}


def test_holders(gazetteer: Gazetteer) -> None:
    day = date(2018, 8, 12)
    assert [h.id for h in gazetteer.holders("JP", "foreign minister", day)] == ["taro-kono"]
    assert "angela-merkel" in {h.id for h in gazetteer.holders("DE", "chancellor", date(2008, 8, 15))}
    assert gazetteer.holders("JP", "carpenter", day) == []


def test_look_up_by_id(gazetteer: Gazetteer) -> None:
    by_qid, by_slug = gazetteer.person("Q701801"), gazetteer.person("person/wang-yi")
    assert by_qid is not None
    assert by_qid == by_slug
    assert gazetteer.person("nobody-of-that-name") is None


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"kg\.gazetteer\.compile"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_text("not a database, whatever its name says", encoding="utf-8")
    with pytest.raises(KgError, match="not a gazetteer"):
        Gazetteer.open(path)


# --- the tables -------------------------------------------------------------------------


def test_slugs_are_unique_and_never_look_like_an_unknown_persons() -> None:
    slugs = [r["slug"] for r in read_table(TABLES / "persons.tsv")]
    assert len(slugs) == len(set(slugs)) > 30_000
    assert not [s for s in slugs if "--" in s or not s]


def test_one_wikidata_id_one_person() -> None:
    ids = [r["wikidata"] for r in read_table(TABLES / "persons.tsv") if r["wikidata"]]
    assert len(ids) == len(set(ids)) > 29_000


def test_each_supplement_line_has_its_source() -> None:
    for name in ("offices_supplement.tsv", "persons_supplement.tsv"):
        rows = list(read_table(TABLES / name))
        assert rows
        assert not [r for r in rows if not r["source"]]


def test_supplement_dates_are_dates() -> None:
    for row in read_table(TABLES / "offices_supplement.tsv"):
        start = date.fromisoformat(row["start"])
        assert not row["end"] or start <= date.fromisoformat(row["end"]), row


def test_former_and_present_codes_do_not_clash() -> None:
    codes = [r["code"] for name in ("countries.tsv", "parties.tsv") for r in read_table(TABLES / name)]
    assert len(codes) == len(set(codes))


@pytest.fixture
def small_tables(tmp_path: Path) -> Path:
    """The real tables with four persons only."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for path in TABLES.glob("*.tsv"):
        if "supplement" not in path.name and path.name not in {"persons.tsv", "offices.tsv"}:
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    wanted = {"antony-blinken", "wang-yi", "sergey-lavrov", "zhou-enlai"}
    for name in ("persons.tsv", "offices.tsv"):
        with (TABLES / name).open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
            lines = ["\t".join(row) for n, row in enumerate(reader) if n == 0 or row[0] in wanted]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_same_tables_same_bytes(small_tables: Path, tmp_path: Path) -> None:
    one = compile_gazetteer(tmp_path / "one.sqlite", small_tables, cities=False).read_bytes()
    two = compile_gazetteer(tmp_path / "two.sqlite", small_tables, cities=False).read_bytes()
    assert one == two


def test_adding_a_person_changes_nobody_elses_id(small_tables: Path, tmp_path: Path) -> None:
    names = ["Blinken", "Wang Yi", "Lavrov", "Chou En-lai"]
    before = Gazetteer.open(compile_gazetteer(tmp_path / "before.sqlite", small_tables, cities=False))
    old = [first(before, n) for n in names]
    with (small_tables / "persons.tsv").open("a", encoding="utf-8") as handle:
        handle.write("aaa-first-of-all\tAaa Firstofall\t\t\t\t99\tWang Yi\ttest:1\n")
    after = Gazetteer.open(compile_gazetteer(tmp_path / "after.sqlite", small_tables, cities=False))
    assert {h.id for h in after.persons("Wang Yi")} >= {"wang-yi", "aaa-first-of-all"}
    assert [first(after, n) for n in names if n != "Wang Yi"] == [
        o for o, n in zip(old, names, strict=True) if n != "Wang Yi"
    ]
    wang = after.person("wang-yi")
    assert wang is not None
    assert wang.wikidata == "Q701801"


def test_sound_brings_spellings_together_but_not_everything() -> None:
    assert sound(name_words("Yasser Arafat")) != sound(name_words("Yitzhak Rabin"))
    assert sound(("mohammed",)) == sound(("muhamad",))


@pytest.mark.parametrize(
    ("day", "slug"), [(date(1960, 6, 1), "dwight-d-eisenhower"), (date(1963, 6, 1), "john-f-kennedy")]
)
def test_the_president_is_no_president_of_a_foundation(gazetteer: Gazetteer, day: date, slug: str) -> None:
    assert [h.id for h in gazetteer.holders("US", "president", day)] == [slug]


@pytest.mark.parametrize(
    ("name", "slugs"),
    [("C. C. Lai", []), ("S. Lavrov", ["sergey-lavrov"]), ("H. A. Kissinger", ["henry-a-kissinger"])],
)
def test_all_initials_agree(gazetteer: Gazetteer, name: str, slugs: list[str]) -> None:
    assert [h.id for h in gazetteer.persons(name)] == slugs
