"""`kg who` and `kg link`: what the gazetteer knows of a name, and ids for a table of names and dates."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from kg.errors import InputError
from kg.gazetteer import Gazetteer, Office, PartyKind, PersonHit, is_former, strip_possessive
from kg.resolve.decisions import Decisions
from kg.resolve.people import Mention, holder, identify, rank
from kg.resolve.score import THRESHOLD, Context

__all__ = ["COLUMNS", "Candidate", "link_rows", "link_table", "who"]

COLUMNS = ("id", "wikidata", "label", "confidence", "why")
"""What `link_table` adds to each row."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a name can mean."""

    id: str
    """Entity id, `person/qin-gang`, after people's merges."""
    label: str
    wikidata: str | None
    score: float
    """0–1: the weight of the name, the office in the words and the day."""
    linked: bool
    """True for the one candidate, if any, that is good and clear enough for a link."""
    offices: tuple[Office, ...]
    """Those held on the day, the latest first; without a day, all."""
    aliases: tuple[str, ...]
    reasons: tuple[str, ...]


def who(
    name: str, on: date | None, gazetteer: Gazetteer, decisions: Decisions | None = None, *, role: str = ""
) -> tuple[Candidate, ...]:
    """Candidates for a name as a text may give it ("Qin Gang", "US Secretary Kissinger"), best first.

    `role` adds what stands elsewhere than in the name ("Russian foreign minister").

    A role alone ("foreign minister of Japan") gives its holder on the day.
    """
    mention = _mention(name, on, gazetteer, role)
    decided = decisions or Decisions()
    chosen = _chosen(mention, gazetteer)
    if not mention.names and chosen is not None:
        return (
            _candidate(chosen, 0.8, on, decided, linked=True, reasons=("holder of the office on the day",)),
        )
    ranked = rank(mention, gazetteer)
    if on is not None:  # those in office on the day first among equals
        ranked.sort(
            key=lambda s: (-s.score, not any(o.on(on) for o in s.hit.offices), -s.hit.weight, s.hit.id)
        )
    else:
        ranked.sort(key=lambda s: (-s.score, -s.hit.weight, s.hit.id))
    return tuple(
        _candidate(
            s.hit,
            s.score,
            on,
            decided,
            linked=chosen is not None and s.hit.id == chosen.id,
            reasons=s.reasons,
        )
        for s in ranked
    )


def _mention(name: str, on: date | None, gazetteer: Gazetteer, added: str) -> Mention:
    bare = strip_possessive(name.strip())
    split = gazetteer.split_title(bare)
    role, names = split.title or added, (split.name,) if split.name else ()
    party = split.party or next(
        (p for text in (role, added) if text and (p := gazetteer.role_party(text))), None
    )
    hit = gazetteer.party_by_code(party) if party else None
    state = hit is not None and hit.kind is PartyKind.STATE
    return Mention(names, Context(party, state, role, split.former or is_former(added), on))


def _chosen(mention: Mention, gazetteer: Gazetteer) -> PersonHit | None:
    if mention.names:
        found = identify(mention, gazetteer)
    elif mention.context.party:
        found = holder(mention.context.party, mention.context.role, mention.context.day, gazetteer)
    else:
        found = None
    return found[0] if found else None


def _candidate(
    hit: PersonHit,
    score: float,
    on: date | None,
    decisions: Decisions,
    *,
    linked: bool,
    reasons: tuple[str, ...],
) -> Candidate:
    held = [o for o in hit.offices if on is None or o.on(on)]
    offices = tuple(sorted(held, key=lambda o: (o.start or date.min, o.title), reverse=True))
    ident = decisions.canonical(f"person/{hit.id}")
    return Candidate(ident, hit.label, hit.wikidata, score, linked, offices, hit.aliases, reasons)


def link_rows(
    rows: Iterable[tuple[str, date | None, str]], gazetteer: Gazetteer, decisions: Decisions | None = None
) -> Iterator[Candidate | None]:
    """For each (name, day, role or "") the person it means, or None where nobody is good and clear enough."""
    for name, day, role in rows:
        found = next((c for c in who(name, day, gazetteer, decisions, role=role) if c.linked), None)
        yield found if found is None or found.score >= THRESHOLD else None


def link_table(
    source: TextIO, target: TextIO, gazetteer: Gazetteer, decisions: Decisions | None = None
) -> tuple[int, int]:
    """`kg link --csv`: copy a CSV with columns `name` and, if any, `date` and `role`, adding `COLUMNS`.

    Gives back (rows, rows linked). InputError names a missing column or a bad date with its line.
    """
    reader = csv.DictReader(source)
    head = list(reader.fieldnames or ())
    where = getattr(source, "name", "table")
    if "name" not in head:
        raise InputError("no column `name`", where=str(where), remedy="the first line must name the columns")
    writer = csv.DictWriter(target, [*head, *(c for c in COLUMNS if c not in head)], lineterminator="\n")
    writer.writeheader()
    rows = linked = 0
    for row in reader:
        rows += 1
        day = _day(row.get("date") or "", f"{where}:{reader.line_num}")
        found = next(link_rows([(row["name"] or "", day, row.get("role") or "")], gazetteer, decisions))
        linked += found is not None
        writer.writerow({**{k: v for k, v in row.items() if k in head}, **_cells(found)})
    return rows, linked


def _cells(found: Candidate | None) -> dict[str, str]:
    if found is None:
        return dict.fromkeys(COLUMNS, "")
    why = "; ".join(found.reasons)
    return dict(
        zip(COLUMNS, (found.id, found.wikidata or "", found.label, f"{found.score:.2f}", why), strict=True)
    )


def _day(text: str, where: str) -> date | None:
    """A date of any precision: a year means its middle, a month its fifteenth."""
    text = text.strip()
    if not text:
        return None
    padded = {4: text + "-07-01", 7: text + "-15"}.get(len(text), text)
    try:
        return date.fromisoformat(padded)
    except ValueError as error:
        raise InputError(
            f"not a date: {text!r}", where=where, remedy="write 2023-06-19, 2023-06 or 2023"
        ) from error
