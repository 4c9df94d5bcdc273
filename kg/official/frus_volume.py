"""A volume in reading: what its documents share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.official.frus_document import Attended, document
from kg.official.frus_persons import Persona
from kg.official.safexml import elements, local

__all__ = ["Volume", "is_unit"]

_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(slots=True)
class Volume:
    """What documents of one volume share while it is read."""

    id: str
    path: Path
    persons: dict[str, Persona] = field(default_factory=dict)
    attended: dict[str, tuple[Attended, ...]] = field(default_factory=dict)
    """Attendance of documents read so far, for "the same list as Document 139"."""

    def source(self, number: str) -> str:
        """Name of a document in messages and articles."""
        return f"{self.path}:{number}" if self.path.stem == self.id else str(self.path)

    def attendance(self, number: str) -> tuple[Attended, ...]:
        """The attendance list of another document: read before, or in a file beside this one."""
        if number in self.attended or self.path.stem == self.id:
            return self.attended.get(number, ())
        beside = self.path.with_name(f"{self.id}_{number}.xml")
        if not beside.is_file():
            return ()
        try:
            for element in elements(beside, ("div",), is_unit):
                if element.get("type") == "document":
                    return document(element).attended
        except (InputError, OSError):
            # the other file's fault is told when it is read itself
            return ()
        return ()


def is_unit(element: Any) -> bool:
    """A document or the list of persons: read as a whole."""
    return local(element) == "div" and (
        element.get("type") == "document" or element.get(_XML_ID) == "persons"
    )
