"""Trips abroad of presidents and secretaries of state (history.state.gov lists, XML)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError
from kg.model import Article, Failure, Record
from kg.official.safexml import elements, local, text_of
from kg.official.trips import Trip, record_of

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["read_travels", "read_visits"]

_OFFICES: Final = {"president": "President", "secretary": "Secretary of State"}
_URL: Final = "https://history.state.gov/departmenthistory"


def read_travels(
    path: Path, gazetteer: Gazetteer, seen: set[tuple[str, ...]] | None = None
) -> Iterator[tuple[Article, Record] | Failure]:
    """The trips of a file, each as an article with its record, and failures for entries that are none.

    A trip that `seen` holds already, under whatever id, is passed over: the lists have some twice.
    """
    yield from _read(path, "trip", _trip, gazetteer, seen)


def read_visits(
    path: Path, gazetteer: Gazetteer, seen: set[tuple[str, ...]] | None = None
) -> Iterator[tuple[Article, Record] | Failure]:
    """The visits of foreign leaders of a file; otherwise as `read_travels`."""
    yield from _read(path, "visit", _visit, gazetteer, seen)


def _read(
    path: Path, name: str, make: Any, gazetteer: Gazetteer, seen: set[tuple[str, ...]] | None
) -> Iterator[tuple[Article, Record] | Failure]:
    known = set() if seen is None else seen
    number = 0
    try:
        for element in elements(path, (name,)):
            number += 1
            fields = {local(child): text_of(child, without=()) for child in element}
            where = f"{path}:{name} {fields.get('id') or number}"
            try:
                trip: Trip = make(element, fields, where, gazetteer)
            except InputError as error:
                yield Failure(where, str(error))
                continue
            key = same_trip(trip)
            if key in known:
                continue
            known.add(key)
            yield record_of(trip, gazetteer)
    except InputError as error:
        yield Failure(error.where or str(path), str(error))
    except OSError as error:
        yield Failure(str(path), str(InputError(f"it can't be read ({error.strerror})", where=str(path))))
    if number == 0:
        yield Failure(str(path), str(InputError(f"there is no <{name}> in it", where=str(path))))


def same_trip(trip: Trip) -> tuple[str, ...]:
    """What makes two entries the same trip: who, when, where, and what is said of it."""
    return (
        trip.kind, trip.traveller.casefold(), trip.start.isoformat(), trip.end.isoformat(),
        trip.country.casefold(), trip.locale.casefold(), trip.remarks.casefold().rstrip(". "),
    )  # fmt: skip


def _days(fields: dict[str, str], where: str) -> tuple[date, date]:
    days: list[date] = []
    for name in ("start-date", "end-date"):
        written = fields.get(name) or fields.get("start-date", "")
        try:
            days.append(date.fromisoformat(written))
        except ValueError as error:
            raise InputError(
                f"its {name} {written[:20]!r} is no day", where=where, remedy="correct it"
            ) from error
    return days[0], max(days)


def _need(fields: dict[str, str], name: str, where: str) -> str:
    if not fields.get(name):
        raise InputError(f"it has no {name}", where=where, remedy="correct it")
    return fields[name]


def _trip(element: Any, fields: dict[str, str], where: str, gazetteer: Gazetteer) -> Trip:
    del gazetteer
    role = fields.get("role") or element.get("role") or "secretary"
    start, end = _days(fields, where)
    who = element.get("who") or ""
    return Trip(
        kind="travels",
        number=_need(fields, "id", where),
        traveller=_need(fields, "name", where),
        office=_OFFICES.get(role, role),
        home="US",
        start=start,
        end=end,
        country=_need(fields, "country", where),
        locale=fields.get("locale", ""),
        remarks=fields.get("remarks", ""),
        source=where,
        url=f"{_URL}/travels/{role}/{who}" if who else f"{_URL}/travels/{role}",
    )


def _visit(element: Any, fields: dict[str, str], where: str, gazetteer: Gazetteer) -> Trip:
    from kg.official.trips import country_code

    start, end = _days(fields, where)
    origin = next((child for child in element if local(child) == "from"), None)
    land = origin.get("id") if origin is not None else None
    home = fields.get("from", "")
    return Trip(
        kind="visits",
        number=_need(fields, "id", where),
        traveller=_need(fields, "visitor", where),
        office=None,
        home=country_code(home, gazetteer) if home else None,
        start=start,
        end=end,
        country="United States",
        locale="",
        remarks=fields.get("description", ""),
        source=where,
        url=f"{_URL}/visits/{land}" if land else f"{_URL}/visits",
    )
