"""Persons and their offices: from the text tables into SQLite, with every key a name can be found by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kg.gazetteer.names import keys_of
from kg.gazetteer.roles import role_class
from kg.gazetteer.text import word_set

__all__ = ["compile_persons"]

_SCHEMA = """
CREATE TABLE person (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, label TEXT, wikidata TEXT, birth INTEGER,
                     death INTEGER, weight INTEGER, aliases TEXT);
CREATE TABLE person_name (key TEXT, kind INTEGER, person INTEGER,
                          PRIMARY KEY (key, kind, person)) WITHOUT ROWID;
CREATE TABLE title (id INTEGER PRIMARY KEY, text TEXT, role TEXT);
CREATE TABLE office (person INTEGER, title INTEGER, country TEXT, start TEXT, end TEXT, source TEXT);
CREATE INDEX office_person ON office (person);
CREATE INDEX office_country ON office (country, title);
CREATE INDEX title_role ON title (role);
CREATE INDEX person_wikidata ON person (wikidata);
"""
# Where a person is spoken of by the given or first name alone.
_GIVEN = word_set(
    """
    ET ER SO IS MN MM MY ID TH IQ AF PK BD IN LK SD SS DJ BT KH LA SA AE KW QA BH OM JO EG SY LY
    """
)
_FIRST_IS_SURNAME = word_set(
    """
    CN TW KR KP VN JP HK MO SG KH HU
    """
)


def compile_persons(db: sqlite3.Connection, tables: Path) -> None:
    """Fill the person tables from persons.tsv, offices.tsv and their reviewed supplements."""
    from kg.gazetteer.compile import read_table  # that module imports this one

    db.executescript(_SCHEMA)
    offices: dict[str, list[dict[str, str]]] = {}
    for row in read_table(tables / "offices.tsv"):
        offices.setdefault(row["slug"], []).append(row)
    people = {row["slug"]: row for row in read_table(tables / "persons.tsv")}
    _supplement(tables, people, offices)
    offices = {slug: _without_doubles(terms) for slug, terms in offices.items()}
    titles: dict[str, int] = {}
    for number, slug in enumerate(sorted(people), start=1):
        row, terms = people[slug], offices.get(slug, [])
        aliases = [a for a in row["aliases"].split("|") if a]
        db.execute(
            "INSERT INTO person VALUES (?,?,?,?,?,?,?,?)",
            (
                number,
                slug,
                row["label"],
                row["wikidata"] or None,
                _year(row["birth"]),
                _year(row["death"]),
                int(row["weight"] or 1),
                "|".join(aliases),
            ),
        )
        countries = {t["country"] for t in terms}
        keys = keys_of(
            [row["label"], *aliases],
            eastern=bool(countries & _FIRST_IS_SURNAME),
            given=bool(countries & _GIVEN),
        )
        db.executemany(
            "INSERT OR IGNORE INTO person_name VALUES (?,?,?)",
            [(k, int(kind), number) for k, kind in sorted(keys)],
        )
        for term in terms:
            title = titles.setdefault(term["title"], len(titles) + 1)
            db.execute(
                "INSERT INTO office VALUES (?,?,?,?,?,?)",
                (number, title, term["country"], _first(term["start"]), _last(term["end"]), term["source"]),
            )
    db.executemany("INSERT INTO title VALUES (?,?,?)", [(n, t, role_class(t)) for t, n in titles.items()])


def _supplement(
    tables: Path, people: dict[str, dict[str, str]], offices: dict[str, list[dict[str, str]]]
) -> None:
    """Offices reviewed by hand: a line with the title and country of an open one closes that one."""
    from kg.gazetteer.compile import read_table  # that module imports this one

    for row in _optional(read_table, tables / "persons_supplement.tsv"):
        if row["slug"] in people:
            known = people[row["slug"]]
            known["aliases"] = "|".join(filter(None, [known["aliases"], row["aliases"]]))
            known["weight"] = str(max(int(known["weight"] or 1), int(row["weight"] or 1)))
        else:
            people[row["slug"]] = {**row, "wikidata": ""}
    for row in _optional(read_table, tables / "offices_supplement.tsv"):
        if row["slug"] not in people:
            message = f"offices_supplement.tsv: nobody has the slug {row['slug']}"
            raise ValueError(message)
        terms = offices.setdefault(row["slug"], [])
        terms[:] = [t for t in terms if not _superseded(t, row)]
        terms.append({**row, "source": "supplement"})


def _without_doubles(terms: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without terms left open by one source whose end another source has."""

    def doubled(term: dict[str, str]) -> bool:
        return not term["end"] and any(
            other["end"]
            and other["country"] == term["country"]
            and other["start"][:7] == term["start"][:7]
            and role_class(other["title"]) == role_class(term["title"])
            for other in terms
        )

    return [t for t in terms if not doubled(t)]


def _superseded(term: dict[str, str], row: dict[str, str]) -> bool:
    same = role_class(term["title"]) == role_class(row["title"]) and term["country"] == row["country"]
    return (
        same
        and not term["end"]
        and term["source"] != "supplement"
        and row["start"][:4] <= (term["start"] or "0")[:4]
    )


def _optional(read: object, path: Path) -> Iterator[dict[str, str]]:
    return read(path) if path.exists() else iter(())  # type: ignore[operator]


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text and text[:4].isdigit() else None


def _first(text: str) -> str | None:
    """The first day of a date of any precision."""
    return (text + "-01-01")[:10] if len(text) == 4 else (text + "-01" if len(text) == 7 else text or None)


def _last(text: str) -> str | None:
    """The last day that a date of any precision can mean (a month: its 28th, no more is needed)."""
    return text + "-12-31" if len(text) == 4 else (text + "-28" if len(text) == 7 else text or None)
