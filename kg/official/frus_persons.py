"""The list of persons of a volume: what `@corresp` in its documents points to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.official.safexml import elements, local, text_of
from kg.times.dates import find_dates
from kg.times.dates.calendar import safe_date

__all__ = ["Persona", "office_on", "personae", "personae_beside"]

_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_PARTICLES: Final = re.compile(r"^(?:Jr|Sr|II|III|IV)\.?$")
_RANK: Final = re.compile(
    r"^(?:(?:Lieutenant|Major|Brigadier|Vice|Rear|Field|Fleet|Lt\.?|Maj\.?|Brig\.?|Gen\.?|Adm\.?|Col\.?) "
    r"?)*(?:General|Admiral|Colonel|Captain|Marshal|Major|Commander|Bishop|"
    r"Gen\.|Adm\.|Col\.|Capt\.|Dr\.?|Sir|Sheikh|Prince|Princess|Lord|Shaikh|Count|Baron|Mrs\.?|Amb\.?|"
    r"Ambassador)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Persona:
    """An entry of a list of persons: full name in speaking order, and the offices as printed."""

    id: str
    name: str
    surname: str
    offices: str
    entry: str


def personae(element: Any) -> dict[str, Persona]:
    """All entries below an element, by id."""
    found: dict[str, Persona] = {}
    for item in element.iter():
        if local(item) != "item":
            continue
        named = next((e for e in item.iter() if local(e) == "persName" and e.get(_XML_ID)), None)
        if named is None:
            continue
        ident = named.get(_XML_ID)
        entry = text_of(item)
        written = text_of(named).strip(" ,")
        offices = entry[entry.find(written) + len(written) :].strip(" ,;.") if written in entry else ""
        name, surname = _spoken(written)
        found[ident] = Persona(ident, name, surname, offices, re.sub(r"\s+,", ",", entry))
    return found


def personae_beside(path: Path, volume: str) -> dict[str, Persona]:
    """The list of persons kept in a `persons` folder beside or above a loose document; empty without one."""
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        beside = folder / "persons" / f"{volume}.xml"
        if beside.is_file():
            found: dict[str, Persona] = {}
            try:
                for element in elements(beside, ("div", "list")):
                    found.update(personae(element))
            except (InputError, OSError):
                # a list that can't be read is as good as none: the documents name people too
                return found
            return found
    return {}


def _spoken(written: str) -> tuple[str, str]:
    """ "Haig, Major General Alexander M., Jr." → ("Alexander M. Haig, Jr.", "Haig").

    Names without a comma (Chou En-lai, Aichi Kiichi) stay as they are.
    """
    plain = re.sub(r"\s*\([^)]*\)|\s*[“\"][^”\"]*[”\"]?(?=\s|,|$)", "", written)
    parts = [p.strip() for p in plain.split(",") if p.strip()]
    if not parts:
        return written, written
    if len(parts) == 1:
        return parts[0], parts[0]
    suffix = next((p for p in parts[1:] if _PARTICLES.match(p)), None)
    given = next((p for p in parts[1:] if not _PARTICLES.match(p)), "")
    given = _RANK.sub("", given)
    name = f"{given} {parts[0]}".strip()
    return (f"{name}, {suffix}" if suffix else name), parts[0]


_TERM: Final = re.compile(r"\b(?P<word>from|until|through|to|beginning|since|after|in)\b")


def office_on(offices: str, day: date | None) -> str:
    """The office held on a day, of a list such as "Under Secretary of State until April 21, 1959;
    thereafter Secretary of State"; the first one when no term fits or the day is unknown.

    >>> office_on("Under Secretary until April 21, 1959; thereafter Secretary of State", date(1960, 1, 1))
    'Secretary of State'
    """
    clauses = [c.strip() for c in offices.split(";") if c.strip()]
    if not clauses:
        return ""
    if day is None:
        return _bare(clauses[0])
    last_end: date | None = None
    for clause in clauses:
        start, end = _term(clause)
        if clause.lower().startswith(("thereafter", "later", "subsequently")) and start is None:
            start = last_end
        last_end = end or last_end
        if (start is None or start <= day) and (end is None or day <= end):
            return _bare(clause)
    return _bare(clauses[0])


def _term(clause: str) -> tuple[date | None, date | None]:
    start = end = None
    for at, until, span in find_dates(clause):
        before = clause[max(0, at - 12) : at].lower()
        if re.search(r"\b(?:until|through|to|till)\s+$", before):
            end = span.latest
        elif re.search(r"\b(?:from|since|after|beginning|in|of)\s+$", before):
            start = span.earliest
            if before.rstrip().endswith("in"):
                end = span.latest
        del until
    years = re.search(r"\b(?P<a>1[89]\d\d)[–-](?P<b>1[89]\d\d)\b", clause)
    if years and start is None and end is None:
        start, end = safe_date(int(years["a"]), 1, 1), safe_date(int(years["b"]), 12, 31)
    return start, end


def _bare(clause: str) -> str:
    """A clause without its term."""
    plain = re.sub(
        r"^(?:and )?(?:thereafter|subsequently|later|then|previously|formerly|also),? ?", "", clause
    )
    cut = re.split(
        r",? (?:from|until|through|since|after|beginning|to (?=(?:January|February|March|April|May|June|"
        r"July|August|September|"
        r"October|November|December|1[89]\d\d))|in (?=1[89]\d\d)|(?=1[89]\d\d))",
        plain,
        maxsplit=1,
    )[0]
    return cut.strip(" ,.")
