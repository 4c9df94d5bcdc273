"""Memoranda of conversation of the series Foreign Relations of the United States (TEI) → records.

One document, one meeting: who was in the room and for whom, where, from when to when, on what.
The printed words win; where the encoder's attributes say something else, they are kept as a
second, weaker witness of their own, so that the dispute shows in the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.model import Article, Failure, Record
from kg.official.frus_document import document, is_conversation
from kg.official.frus_persons import personae, personae_beside
from kg.official.frus_record import Maker
from kg.official.frus_times import When, encoded_when, printed_when
from kg.official.frus_volume import Volume, is_unit
from kg.official.safexml import elements, local

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

__all__ = ["read_frus"]


def read_frus(path: Path, gazetteer: Gazetteer) -> Iterator[tuple[Article, Record] | Failure]:
    """The conversations of a volume or of a loose document; everything else in it is passed over.

    What stands before a fault in the XML is given, then a failure.
    """
    volume = Volume(re.sub(r"_d\w+$", "", path.stem), path)
    given = 0
    try:
        for element in elements(path, ("div", "idno"), is_unit):
            if local(element) == "idno":
                if element.get("type") == "frus" and (element.text or "").strip():
                    volume.id = (element.text or "").strip()
            elif element.get("type") == "document":
                if element.getparent() is None and not volume.persons:
                    volume.persons = personae_beside(path, volume.id)
                given += 1
                yield from _document(element, volume, gazetteer)
            elif is_unit(element):
                volume.persons.update(personae(element))
    except InputError as error:
        yield Failure(error.where or str(path), str(error))
    except OSError as error:
        yield Failure(str(path), str(InputError(f"it can't be read ({error.strerror})", where=str(path))))
    else:
        if not given:
            what = "there is no document of a volume in it"
            yield Failure(
                str(path), str(InputError(what, where=str(path), remedy="give a TEI file of the series"))
            )


def _document(
    element: Any, volume: Volume, gazetteer: Gazetteer
) -> Iterator[tuple[Article, Record] | Failure]:
    doc = document(element)
    if doc.attended:
        volume.attended[doc.id] = doc.attended
    if not is_conversation(doc.head):
        return
    maker = Maker(doc, volume, gazetteer)
    printed, encoded = printed_when(doc), encoded_when(doc)
    yield maker.record(printed if printed.minutes or not encoded.minutes else _joined(printed, encoded))
    if printed.start and encoded.start and (printed.start, printed.end) != (encoded.start, encoded.end):
        yield maker.encoding(encoded)


def _joined(printed: When, encoded: When) -> When:
    """The encoder's times where no printed ones can be read."""
    return When(encoded.day or printed.day, encoded.start, encoded.end, "")
