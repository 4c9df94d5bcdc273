"""Visits of foreign leaders to the US (CC0): an office attested on the days of a visit."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from gazetteer_sources.draft import Draft, Term, tidy
from kg.gazetteer import Gazetteer, fold, role_class
from kg.gazetteer.names import name_words, sound

__all__ = ["attest"]


def _parse(path: Path) -> ET.Element:
    """The root of an XML file of ours (public-domain data beside the checkout, not from the network)."""
    return ET.parse(path).getroot()  # noqa: S314


def attest(data: Path, gazetteer: Gazetteer, drafts: list[Draft]) -> list[Draft]:
    """Add attested offices to the persons they fit, in place; gives back the persons nobody knew before."""
    index: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        for country in draft.countries():
            for form in draft.forms():
                index.setdefault((country, form), []).append(draft)
                pair = form.split()
                index.setdefault((country, "~" + sound((pair[0], pair[-1]))), []).append(draft)
    fresh: dict[tuple[str, str], Draft] = {}
    for path in sorted((data / "historyatstate-visits/data").glob("*.xml")):
        for visit in _parse(path).findall("visit"):
            _one(visit, gazetteer, index, fresh)
    return [fresh[k] for k in sorted(fresh)]


def _one(
    visit: ET.Element,
    gazetteer: Gazetteer,
    index: dict[tuple[str, str], list[Draft]],
    fresh: dict[tuple[str, str], Draft],
) -> None:
    text = re.sub(r"\s+", " ", visit.findtext("visitor") or "").strip()
    hit = gazetteer.country(re.sub(r"^(.*), (.*)$", r"\2 \1", (visit.findtext("from") or "").strip()))
    start, end = visit.findtext("start-date") or "", visit.findtext("end-date") or ""
    split = gazetteer.split_title(text)
    name = tidy(split.name or text)
    if (
        hit is None
        or not split.title
        or len(name.split()) < 2
        or not role_class(split.title)
        or "elect" in split.title
    ):
        return
    words = list(name_words(name)) if len(name_words(name)) > 1 else fold(name).split()
    forms = {" ".join(words), f"{words[0]} {words[-1]}"}
    known = {id(d): d for f in forms for d in index.get((hit.code, f), [])}
    if not known:
        alike = index.get((hit.code, "~" + sound((words[0], words[-1]))), [])
        known = {
            id(d): d
            for d in alike
            if any(
                t.country == hit.code
                and role_class(t.title) == role_class(split.title)
                and t.start[:4] <= start[:4] <= (t.end or "9999")[:4]
                for t in d.terms
            )
        }
    if len(known) > 1:
        return
    if known:
        draft = next(iter(known.values()))
    else:
        draft = fresh.setdefault(
            (hit.code, " ".join(words)), Draft(f"visit:{hit.code}:{' '.join(words)}", name)
        )
        draft.keys.add(draft.key)
    role = role_class(split.title)
    if any(
        role_class(t.title) == role
        and t.country == hit.code
        and t.start[:4] <= start[:4] <= (t.end or "9999")[:4]
        and t.source != "visits"
        for t in draft.terms
    ):
        return
    same = [
        t for t in draft.terms if t.source == "visits" and t.title == split.title and t.country == hit.code
    ]
    for term in same:
        draft.terms.remove(term)
    draft.terms.append(
        Term(
            split.title,
            hit.code,
            min([start, *(t.start for t in same)]),
            max([end, *(t.end for t in same)]),
            "visits",
        )
    )
    draft.names.add(name)
