"""US office holders since 1789: Principal Officers and Chiefs of Mission, and presidents (public domain)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from gazetteer_sources.draft import Draft, Term, name_forms, tidy

__all__ = ["read_us"]


def _parse(path: Path) -> ET.Element:
    """The root of an XML file of ours (public-domain data beside the checkout, not from the network)."""
    return ET.parse(path).getroot()  # noqa: S314


def read_us(data: Path) -> list[Draft]:
    """One draft a person of the register, with offices from day to day."""
    root = data / "historyatstate-pocom"
    drafts: dict[str, Draft] = {}
    for person in _parse(root / "people-merged.xml"):
        ident = person.findtext("id") or ""
        surname = _text(person, "persName/surname")
        forename = re.sub(r"\s*\([^)]*\)", "", _text(person, "persName/forename"))
        label = tidy(f"{forename} {surname}")
        draft = Draft(f"pocom:{ident}", label, birth=_text(person, "birth"), death=_text(person, "death"))
        draft.keys.add(draft.key)
        draft.names.add(tidy(f"{forename.split()[0] if forename else ''} {surname}"))
        for extra in person.findall("persName/altname"):
            draft.names |= name_forms(extra.text or "")
        drafts[ident] = draft
    _principals(root, drafts)
    _missions(root, drafts)
    _presidents(data, drafts)
    return list(drafts.values())


def _text(node: ET.Element, path: str) -> str:
    return re.sub(r"\s+", " ", node.findtext(path) or "").strip()


def _date(node: ET.Element, *steps: str) -> str:
    for step in steps:
        found = _text(node, f"{step}/date")
        if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", found):
            return found
    return ""


def _principals(root: Path, drafts: dict[str, Draft]) -> None:
    for path in sorted((root / "positions-principals").glob("*.xml")):
        position = _parse(path)
        title = _text(position, "names/singular")
        for term in position.findall("principals/principal"):
            _add(term, title, drafts)


def _missions(root: Path, drafts: dict[str, Draft]) -> None:
    titles = {
        path.stem: _text(_parse(path), "names/singular")
        for path in (root / "roles-country-chiefs").glob("*.xml")
    }
    for path in sorted((root / "missions-countries").glob("*.xml")):
        place = path.stem.replace("-", " ").title()
        for term in _parse(path).iter("chief"):
            role = titles.get(_text(term, "role-title-id")) or "Ambassador"
            _add(term, f"{role} to {place}", drafts)
    for path in sorted((root / "missions-orgs").glob("*.xml")):
        mission = _parse(path)
        for term in mission.iter("chief"):
            _add(term, _text(mission, "names/singular"), drafts)


def _add(term: ET.Element, title: str, drafts: dict[str, Draft]) -> None:
    person = drafts.get(_text(term, "person-id"))
    start = _date(term, "started", "arrived", "appointed")
    if person is None or not start:
        return
    title = re.sub(r"\bof the U\.?S\.?A\.?\s*", "", title).replace("Extraordinary and Plenipotentiary ", "")
    person.terms.append(Term(title, "US", start, _date(term, "ended"), "pocom"))


def _presidents(data: Path, drafts: dict[str, Draft]) -> None:
    root = data / "historyatstate-travels/presidents/presidents.xml"
    for node in _parse(root).findall("president"):
        ident, name = _text(node, "id"), _text(node, "name")
        draft = drafts.get(ident)
        if draft is None:
            draft = Draft(f"pocom:{ident}", name, keys={f"pocom:{ident}"})
            draft.birth, draft.death = _text(node, "birth-year"), _text(node, "death-year")
            drafts[ident] = draft
        draft.names.add(name)
        start, end = _text(node, "took-office-date"), _text(node, "left-office-date")
        draft.terms.append(Term("President", "US", start, end, "travels"))
