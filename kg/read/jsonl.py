"""JSON and JSON lines: one object an article, with its text and what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

from kg.errors import InputError
from kg.read.article import read_day
from kg.read.decode import LIMIT, clean

__all__ = ["Item", "items_of_json", "items_of_lines"]

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "maintext", "article_text", "full_text"),
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url"),
    "published": (
        "published",
        "date",
        "date_published",
        "datePublished",
        "published_at",
        "date_publish",
        "pub_date",
    ),
    "publisher": ("publisher", "source", "outlet", "site", "source_domain"),
    "id": ("id", "article", "article_id"),
}
_REMEDY: Final = 'each line must be an object such as {"text": "…", "title": "…", "published": "2023-06-19"}'


@dataclass(frozen=True, slots=True)
class Item:
    """The article of one line (counted from 1), its fields as found."""

    line: int
    text: str
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    id: str | None


def items_of_lines(stream: IO[bytes], where: str) -> Iterator[Item | InputError]:
    """The articles of a stream of JSON lines; a line that is none gives an error, and the next is read.

    Never holds more than one line.
    """
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) > LIMIT:
            while not line.endswith(b"\n") and (line := stream.readline(LIMIT)):
                pass
            yield InputError(
                f"the line is longer than {LIMIT // 1_000_000} MB",
                where=f"{where}:{number}",
                remedy="split it",
            )
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _item(line, number, f"{where}:{number}")


def items_of_json(text: str, where: str) -> Iterator[Item | InputError]:
    """The article or list of articles that a JSON file holds."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield InputError(f"this is not JSON ({error})", where=where, remedy="correct it")
        return
    several = data if isinstance(data, list) else [data]
    for number, entry in enumerate(several, 1):
        yield _article(entry, number, where if len(several) == 1 else f"{where}:{number}")


def _item(line: bytes, number: int, where: str) -> Item | InputError:
    try:
        data = json.loads(line)
    except UnicodeDecodeError:
        return InputError("the line is not UTF-8", where=where, remedy="save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return InputError(f"the line is not JSON ({error})", where=where, remedy=_REMEDY)
    return _article(data, number, where)


def _article(data: Any, number: int, where: str) -> Item | InputError:
    if not isinstance(data, dict):
        return InputError("this is no article, but another JSON value", where=where, remedy=_REMEDY)
    text = _field(data, "text")
    if text is None or not text.strip():
        return InputError("this is no article: it has no text", where=where, remedy=_REMEDY)
    written = _field(data, "published")
    published = read_day(written) if written else None
    if written and published is None:
        return InputError(
            f"the date {written[:40]!r} is no day of the calendar",
            where=where,
            remedy="write it as YYYY-MM-DD",
        )
    known = {key: _field(data, key) for key in ("title", "url", "publisher", "id")}
    title = clean(known["title"]).strip() if known["title"] else None
    return Item(number, clean(text), title, known["url"], known["publisher"], published, known["id"])


def _field(data: dict[str, Any], name: str) -> str | None:
    for key in _KEYS[name]:
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if name == "id" and isinstance(value, int):
            return str(value)
        if name == "publisher" and isinstance(value, dict) and isinstance(value.get("name"), str):
            return str(value["name"])
    return None
