"""Name variants of countries (countrynames, MIT) and their Wikidata ids (every-politician-scrapers, CC0)."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from kg.gazetteer.compile import TABLES, read_table
from kg.gazetteer.text import fold

__all__ = ["country_ids", "country_variants"]

_CODES = {"YUCS": "YU", "CSXX": "CSXX", "SUHH": "SU", "CSHH": "CS"}


def _known() -> dict[str, str]:
    """Folded curated name → code."""
    out: dict[str, str] = {}
    for row in read_table(TABLES / "countries.tsv"):
        for cell in ("label", "names", "adjectives", "nouns", "capitals", "metonyms"):
            for name in (row[cell] or "").split("|"):
                out.setdefault(fold(name), row["code"])
    for row in read_table(TABLES / "parties.tsv"):
        for name in (row["names"] or "").split("|"):
            out.setdefault(fold(name), row["code"])
    return out


def country_variants(data: Path) -> list[list[str]]:
    """Names in Latin letters that the reviewed table lacks; those claimed by two countries are left out."""
    known = _known()
    codes = {row["code"] for row in read_table(TABLES / "countries.tsv")}
    claimed: dict[str, tuple[str, str] | None] = {}
    loaded = yaml.safe_load((data / "countrynames/data.yaml").read_text(encoding="utf-8"))
    for raw, names in loaded.items():
        code = _CODES.get(str(raw), str(raw))
        if code not in codes:
            continue
        for name in names:
            text = " ".join(str(name).split())
            key = fold(text)
            latin = all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in text)
            if not latin or len(key) < 5 or key in known or any(c.isdigit() for c in key):
                continue
            if key in claimed and claimed[key] is not None and claimed[key][0] != code:  # type: ignore[index]
                claimed[key] = None
            else:
                claimed.setdefault(key, (code, text))
    return sorted([list(v) for v in claimed.values() if v is not None])


def country_ids(data: Path) -> list[list[str]]:
    """Wikidata ids of countries, by their English label."""
    known = _known()
    out: dict[str, str] = {}
    root = data / "every-politician-scrapers"
    for path, ident, label in (
        (root / "world/sources/foreign/wikidata.csv", "country", "countryLabel"),
        (root / "world/wikidata/results/country-cabinets.csv", "state", "stateLabel"),
    ):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                code = known.get(fold(row[label]))
                if code and row[ident].startswith("Q"):
                    out.setdefault(code, row[ident])
    return sorted([c, q] for c, q in out.items())
