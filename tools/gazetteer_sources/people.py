"""Persons of the Foreign Relations of the United States series: name variants, roles (US Government work)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from gazetteer_sources.draft import Draft, Term, name_forms
from kg.gazetteer import Gazetteer, is_former, role_class

__all__ = ["read_people", "terms_of"]

_MONTHS = {
    m: i
    for i, m in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
}
_DAY = (
    r"(?:(?:early|mid|late)[- ]?)?(?:(?P<{n}m>[A-Z][a-z]+)\s+(?:(?P<{n}d>\d{{1,2}}),\s+)?)?"
    r"(?P<{n}y>1[789]\d\d|20\d\d)"
)
_FROM = re.compile(r"\b(?:from|since|after|beginning|as of)\s+" + _DAY.format(n="a"))
_UNTIL = re.compile(r"\b(?:until|till|to|through|before)\s+" + _DAY.format(n="b"))
_RANGE = re.compile(_DAY.format(n="a") + r"\s*[-–—]\s*" + _DAY.format(n="b"))
_SHORT = re.compile(r"\b(?P<ay>1[789]\d\d)\s*[-–—]\s*(?P<by>\d\d)\b")
_DATES = re.compile(
    r",?\s*\b(?:from|since|after|until|till|to|through|before|in|beginning|during|as of|between)?\s*"
    r"(?:(?:early|mid|late)[- ]?)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},\s+)?(?:1[789]|20)\d\d.*$"
)
_VISIT = re.compile(
    r"^(?P<title>[^,]+), (?P<country>.+?)\. Visited U\.S\..*?(?P<a>1[89]\d\d|20\d\d)(?:\D+(?P<b>\d{4}))?"
)
_VOLUME = re.compile(r"^frus:frus(\d{4})(?:-(\d{2}))?")
_US = re.compile(
    r"Department of State|White House|Secretary of State|National Security (?:Council|Adv)|President.s"
    r"|Senator"
    r"|Congress|Under Secretary|Assistant Secretary|Central Intelligence|Ambassador (?:to|in) |USA\b|U\.S\."
    r"|Deputy Chief of Mission"
)


def read_people(data: Path, gazetteer: Gazetteer) -> list[Draft]:
    """One draft a person; those of the US register carry its key in `keys`."""
    with (data / "historyatstate-people/people.jsonl").open(encoding="utf-8") as handle:
        out = [_person(json.loads(line), gazetteer) for line in handle]
    return [p for p in out if p is not None]


def _person(row: dict, gazetteer: Gazetteer) -> Draft | None:  # type: ignore[type-arg]
    names: set[str] = set()
    for raw in {row["name"], *row["variants"]}:
        names |= name_forms(raw)
    main = sorted(name_forms(row["name"]), key=len)
    if not main:
        return None
    draft = Draft(
        f"hs:{row['id']}", main[0], names, birth=(row["birth"] or "")[:4], death=(row["death"] or "")[:4]
    )
    draft.keys.add(draft.key)
    for ref in row["refs"]:
        if ref.startswith("dh:people/"):
            draft.keys.add(f"pocom:{ref.removeprefix('dh:people/')}")
    years = [y for ref in row["refs"] if (m := _VOLUME.match(ref)) for y in _span(m)]
    american = any(k.startswith("pocom:") for k in draft.keys)
    found: dict[tuple[str, str], list[Term]] = {}
    for text in row["roles"]:
        for term in terms_of(text, gazetteer, american):
            found.setdefault((role_class(term.title), term.country), []).append(term)
    draft.terms = [term for told in found.values() if (term := _join(told, years)).start]
    return draft


def _span(match: re.Match[str]) -> tuple[int, int]:
    first = int(match.group(1))
    return first, int(match.group(1)[:2] + match.group(2)) if match.group(2) else first


def _join(told: list[Term], years: list[int]) -> Term:
    """One office out of all its tellings: stated days first, else the volumes' years."""
    title = min((t.title for t in told), key=lambda text: (len(text), text))
    start = min((t.start for t in told if t.start), default="")
    end = max((t.end for t in told if t.end), default="")
    if start and end and start <= end:
        return Term(title, told[0].country, start, end, "people")
    if not years:
        return Term(title, told[0].country, start or end, end or start, "people")
    if start:
        return Term(
            title,
            told[0].country,
            start,
            str(max(int(start[:4]), min(max(years), int(start[:4]) + 8))),
            "people",
        )
    if end:
        return Term(
            title, told[0].country, str(min(int(end[:4]), max(min(years), int(end[:4]) - 8))), end, "people"
        )
    return Term(title, told[0].country, str(min(years)), str(max(years)), "volumes")


def terms_of(text: str, gazetteer: Gazetteer, american: bool) -> list[Term]:
    """Offices told of in a description: "Foreign Minister of Japan until July 1971; thereafter …"."""
    visit = _VISIT.match(text)
    if visit:
        hit = gazetteer.country(visit["country"])
        if hit is None:
            return []
        return [Term(visit["title"], hit.code, visit["a"], visit["b"] or visit["a"], "people")]
    out: list[Term] = []
    context = gazetteer.role_party(text) or ("US" if american or _US.search(text) else None)
    for clause in re.split(r";|\.\s+|\bthereafter\b|\bthen\b|\band later\b", text):
        title = re.sub(r"^(?:also|and|later) ", "", re.sub(r"\s+", " ", _DATES.sub("", clause)).strip(" ,."))
        if not title or len(title) > 90 or not role_class(title) or is_former(title):
            continue
        country = gazetteer.role_party(title) or ("US" if _US.search(title) else context)
        if not country:
            continue
        start, end = _dates(clause)
        out.append(Term(title[:1].upper() + title[1:], country, start, end, "people"))
    return out


def _dates(clause: str) -> tuple[str, str]:
    """Start and end as stated, each empty when the words do not tell."""
    ranged = _RANGE.search(clause)
    if ranged:
        return _iso(ranged, "a"), _iso(ranged, "b")
    short = _SHORT.search(clause)
    if short:
        return short["ay"], short["ay"][:2] + short["by"]
    since, until = _FROM.search(clause), _UNTIL.search(clause)
    return (_iso(since, "a") if since else ""), (_iso(until, "b") if until else "")


def _iso(match: re.Match[str], part: str) -> str:
    groups = match.groupdict()
    year, month, day = groups.get(f"{part}y") or "", groups.get(f"{part}m"), groups.get(f"{part}d")
    number = _MONTHS.get((month or "").casefold())
    if number is None:
        return year
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
