"""Which column of a table holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError

__all__ = ["Mapping", "Who", "guessed", "load"]

_FIELDS: Final = (
    "id", "date", "end_date", "start", "end", "duration", "venue", "city", "country", "topics", "status",
    "mode", "url", "note", "title",
)  # fmt: skip
_USUAL: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "ref", "reference", "number", "no"),
    "date": ("date", "day", "meeting date", "start date"),
    "end_date": ("end date",),
    "start": ("start", "start time", "begin", "time"),
    "end": ("end", "end time", "until"),
    "duration": ("duration", "length", "minutes"),
    "venue": ("venue", "place", "location", "room"),
    "city": ("city", "town"),
    "country": ("country", "state"),
    "topics": ("topics", "topic", "subject", "subjects", "agenda"),
    "status": ("status",),
    "mode": ("mode", "format", "how"),
    "url": ("url", "link"),
    "note": ("note", "notes", "remarks", "description", "summary"),
    "title": ("title", "meeting", "event"),
}
_PEOPLE: Final = ("participants", "attendees", "with", "who", "people", "names", "present")
_PERSON: Final = ("host", "guest", "visitor", "visitee", "participant", "minister", "official", "counterpart")
_KEYS: Final = ("name", "names", "role", "party", "separator", "kind")


@dataclass(frozen=True, slots=True)
class Who:
    """Where participants stand: columns joined to one name, or one column with several names.

    `fixed` participants are the same in every row: then the fields are values, not columns.
    """

    name: tuple[str, ...] = ()
    names: str | None = None
    separator: str = ";"
    role: str | None = None
    party: str | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """Field → column; participants; values that hold for every row."""

    columns: dict[str, str]
    who: tuple[Who, ...]
    fixed: dict[str, str]
    day_first: bool = True


def load(path: Path) -> Mapping:
    """The mapping of a YAML file. Raises `InputError` that names what is wrong in it."""
    import yaml

    where = str(path)
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InputError(
            f"the mapping is not YAML ({str(error).splitlines()[0]})", where=where, remedy=_REMEDY
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the mapping can't be read ({error})", where=where, remedy="check the name"
        ) from error
    if not isinstance(data, dict):
        raise InputError("the mapping has no fields", where=where, remedy=_REMEDY)
    unknown = set(map(str, data)) - {*_FIELDS, "participants", "fixed", "day_first"}
    if unknown:
        raise InputError(f"the mapping has an unknown field {min(unknown)!r}", where=where, remedy=_REMEDY)
    fixed = data.get("fixed") or {}
    if not isinstance(fixed, dict):
        raise InputError("`fixed` must hold fields and values", where=where, remedy=_REMEDY)
    people = [_who(entry, where, fixed=False) for entry in _entries(data.get("participants"))]
    people += [_who(entry, where, fixed=True) for entry in _entries(fixed.get("participants"))]
    if not people:
        raise InputError("the mapping names no participants", where=where, remedy=_REMEDY)
    return Mapping(
        {name: str(data[name]) for name in _FIELDS if data.get(name)},
        tuple(people),
        {str(k): str(v) for k, v in fixed.items() if k != "participants"},
        bool(data.get("day_first", True)),
    )


_REMEDY: Final = "see docs/tables.md for the fields of a mapping"


def _entries(value: Any) -> Sequence[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _who(entry: Any, where: str, *, fixed: bool) -> Who:
    if isinstance(entry, str):
        return Who(name=(entry,), fixed=True) if fixed else Who(names=entry)
    if not isinstance(entry, dict) or not ("name" in entry or "names" in entry):
        raise InputError("a participant has neither `name` nor `names`", where=where, remedy=_REMEDY)
    unknown = set(map(str, entry)) - set(_KEYS)
    if unknown:
        raise InputError(f"a participant has an unknown field {min(unknown)!r}", where=where, remedy=_REMEDY)
    name = entry.get("name")
    return Who(
        name=tuple(map(str, name)) if isinstance(name, list) else (str(name),) if name else (),
        names=str(entry["names"]) if entry.get("names") else None,
        separator=str(entry.get("separator", ";")),
        role=str(entry["role"]) if entry.get("role") else None,
        party=str(entry["party"]) if entry.get("party") else None,
        fixed=fixed,
    )


def guessed(columns: Sequence[str], where: str) -> Mapping:
    """The mapping of a table whose columns have the usual names. Raises `InputError` if they have not."""
    plain = {re.sub(r"[\s_-]+", " ", name).strip().lower(): name for name in columns}
    found = {field: plain[n] for field, names in _USUAL.items() for n in reversed(names) if n in plain}
    who = [Who(names=plain[name]) for name in _PEOPLE if name in plain]
    for name, column in plain.items():
        if re.sub(r" ?\d+$", "", name) in _PERSON:
            role = next(
                (plain[r] for r in (f"{name} role", f"{name} office", f"{name} title") if r in plain), None
            )
            party = next((plain[p] for p in (f"{name} party", f"{name} country") if p in plain), None)
            who.append(Who(name=(column,), role=role, party=party))
    if not who:
        raise InputError(
            "no column of this table looks like participants",
            where=where,
            remedy="say with --mapping which it is",
        )
    return Mapping(found, tuple(who), {})
