"""Office holders of every-politician-scrapers: answers of Wikidata (CC0)."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from gazetteer_sources.draft import Draft, Term, tidy

__all__ = ["read_wikidata"]

_BODIES = (
    (r"United Nations|UNHCR|UNICEF|UNESCO", "UN"),
    (r"International Court of Justice", "ICJ"),
    (r"NATO|North Atlantic", "NATO"),
    (r"European Commission|European Union|European Council|European Parliament", "EU"),
    (r"World Bank", "World Bank"),
    (r"International Monetary Fund", "IMF"),
    (r"Council of Europe", "Council of Europe"),
    (r"World Trade Organi", "WTO"),
    (r"World Health Organi", "WHO"),
    (r"African Union", "African Union"),
    (r"Commonwealth", "Commonwealth"),
    (r"OSCE", "OSCE"),
)
_DATE = re.compile(r"^(\d{4}(?:-\d{2}(?:-\d{2})?)?).*$")
_TERRITORIES = {
    "abkhazia-ministers": "Abkhazia",
    "south-ossetia": "South Ossetia",
    "artsakh-ministers": "Nagorno-Karabakh",
    "donetsk": "Donetsk People's Republic",
    "luhansk-ministers": "Luhansk People's Republic",
    "somaliland": "Somaliland",
}


def read_wikidata(data: Path) -> list[Draft]:
    """One draft a Wikidata id, with dated offices and other names."""
    drafts: dict[str, Draft] = {}
    for row in _rows(data / "office-holders/office_holders.csv"):
        qid = row["person_qid"]
        draft = drafts.setdefault(
            qid, Draft(f"wd:{qid}", row["person_name"], wikidata=qid, keys={f"wd:{qid}"})
        )
        repo = row["source_repo"].rsplit("/", 1)[-1]
        country = row["country"] or _TERRITORIES.get(repo, "") or _body(row["position_label"])
        if row["end"] and row["start"] and row["end"][:4] < row["start"][:4]:
            continue
        start, end = (_DATE.sub(r"\1", row[c]) if _DATE.match(row[c]) else "" for c in ("start", "end"))
        draft.terms.append(Term(row["position_label"], country, start, end, "wikidata"))
    for row in _rows(data / "office-holders/person_alt_names.csv"):
        name = tidy(row["alt_name"])
        if row["person_qid"] in drafts and len(name.split()) >= 1 and re.search("[A-Za-z]", name):
            drafts[row["person_qid"]].names.add(_recase(name))
    for draft in drafts.values():
        if not re.search("[A-Za-z]", draft.label) and draft.names:
            draft.names.add(draft.label)
            draft.label = min(draft.names - {draft.label}, key=lambda n: (len(n), n))
    _births(data, drafts)
    return list(drafts.values())


def _births(data: Path, drafts: dict[str, Draft]) -> None:
    root = data / "every-politician-scrapers"
    for row in _rows(root / "world/html/bio.csv"):
        if row["id"] in drafts:
            drafts[row["id"]].birth, drafts[row["id"]].death = row["dob"][:4], row["dod"][:4]
    for row in _rows(root / "china-ministers/html/holders21.csv"):
        if row["personID"] in drafts:
            drafts[row["personID"]].birth, drafts[row["personID"]].death = row["DOB"][:4], row["DOD"][:4]


def _body(title: str) -> str:
    return next((code for pattern, code in _BODIES if re.search(pattern, title)), "")


def _recase(name: str) -> str:
    words = [w.title() if w.isupper() and len(w) > 3 else w for w in name.split()]
    return " ".join(words)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
